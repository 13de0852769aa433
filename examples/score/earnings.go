package main

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// earnings is the table of one currency.
type earnings struct {
	ID           string
	Title        string
	Rows         []earningRow
	Unpaid, Held bool // some amount is
	Other        bool // some order was credited by other evidence than code or click
	Money        bool // leads have none
}

// earningRow is a creator, nobody, or all of them.
type earningRow struct {
	sums
	Name      string
	Kind      string // "creator", "nobody", "total"
	Confirmed string
	Mix       []bar // code, click and other evidence, of 100
	MixText   string
	Share     float64 // of who earns most
	Part      string  // of what all creators earn
}

// bar is a part of a bar.
type bar struct {
	Class    string
	X, Width float64
}

func newEarnings(s section, clicks bool) earnings {
	e := earnings{
		ID: "in-" + string(s.Currency), Title: sectionTitle(s), Money: s.Currency != "",
		Unpaid: s.Total.Unpaid.Sign() != 0, Held: s.Total.Held.Sign() != 0,
	}
	var most int64
	for _, c := range s.Creators {
		most = max(most, c.measure())
		e.Other = e.Other || c.Other > 0
	}
	all := less(s.Total.Earning, s.Nobody.Earning).Minor()
	for _, c := range s.Creators {
		row := earningRow{sums: c.sums, Name: string(c.Creator), Kind: "creator", Confirmed: "–", Mix: c.mix(), Share: portion(c.measure(), most)}
		row.MixText = fmt.Sprintf("%s by code, %s by click, %s by other evidence", plural(c.Code, "order", "orders"), showCount(c.Click), showCount(c.Other))
		row.Part = percent(c.Earning.Minor(), all)
		if clicks {
			row.Confirmed = percent(c.Confirmed, c.Code)
		}
		e.Rows = append(e.Rows, row)
	}
	e.Rows = append(e.Rows, earningRow{sums: s.Nobody, Name: "Nobody", Kind: "nobody"}, earningRow{sums: s.Total, Name: "All orders", Kind: "total"})
	return e
}

// measure is what creators are compared by: money, or orders where there is none.
func (s sums) measure() int64 {
	if (s.Earning == byline.Money{}) {
		return s.Orders
	}
	return s.Earning.Minor()
}

// mix is the kinds of evidence side by side, with a gap between them.
func (s sums) mix() []bar {
	const gap = 1.5
	total := s.Code + s.Click + s.Other
	if total == 0 {
		return nil
	}
	var bars []bar
	at := 0.0
	for _, part := range []struct {
		class string
		n     int64
	}{{"code", s.Code}, {"click", s.Click}, {"other", s.Other}} {
		if part.n > 0 {
			wide := float64(part.n) / float64(total) * 100
			bars = append(bars, bar{part.class, at, max(wide-gap, 1)})
			at += wide
		}
	}
	// The last needs no gap behind it.
	bars[len(bars)-1].Width += gap
	return bars
}
