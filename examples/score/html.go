package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
)

//go:embed web/report.html
var pageHTML string

//go:embed web/report.css
var pageCSS string

// page is the report as the template needs it: one file that loads nothing.
type page struct {
	report

	CSS    template.CSS
	CSP    string // what the page may load: its own style, by its hash
	Tiles  []tile
	Tables []earnings
	Why    []barRow
	WhatIf *difference
}

// tile is one number at the top.
type tile struct {
	Label  string
	Values []string
	Note   string
}

// barRow is a count with its bar.
type barRow struct {
	Text, Code, Count string
	Width             float64 // of 100
}

func (r report) writeHTML(out io.Writer) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"money": showMoney, "signed": showSigned, "count": showCount, "finding": findingText, "leak": leakText, "plural": plural, "clean": clean, "confirmed": func() string { return confirmedMeans },
	}).Option("missingkey=error").Parse(pageHTML)
	if err != nil {
		return err
	}
	return t.Execute(out, newPage(r))
}

func newPage(r report) page {
	sum := sha256.Sum256([]byte(pageCSS))
	p := page{
		report: r, CSS: template.CSS(pageCSS),
		CSP:   fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:])),
		Tiles: r.tiles(),
	}
	for _, s := range r.Currencies {
		p.Tables = append(p.Tables, newEarnings(s, r.Clicks))
	}
	rows := r.nobodyRows()
	var most int64
	for _, row := range rows {
		most = max(most, row.Orders)
	}
	for _, row := range rows {
		p.Why = append(p.Why, barRow{row.Meaning, string(row.Reason), showCount(row.Orders), portion(row.Orders, most)})
	}
	if r.WhatIf != nil {
		p.WhatIf = newDifference(r.WhatIf, r.Currencies)
	}
	return p
}

func (r report) tiles() []tile {
	earning, held := tile{Label: "Brought by creators"}, tile{Label: "Held", Note: "until a person has looked"}
	for _, s := range r.Currencies {
		if s.Currency == "" {
			continue
		}
		earning.Values = append(earning.Values, showMoney(less(s.Total.Earning, s.Nobody.Earning)))
		if s.Total.Held.Sign() != 0 {
			held.Values = append(held.Values, showMoney(s.Total.Held))
		}
	}
	earning.Note = "paid for and kept, without tax"
	tiles := []tile{
		{"Orders", []string{showCount(r.Orders)}, r.leftOut()},
		{"Credited", []string{percent(r.Credited, r.Counted)}, plural(r.Credited, "order", "orders")},
	}
	if len(earning.Values) > 0 {
		tiles = append(tiles, earning)
	}
	if len(held.Values) > 0 {
		tiles = append(tiles, held)
	}
	if r.Bad.Rows > 0 {
		tiles = append(tiles, tile{"Unreadable rows", []string{showCount(r.Bad.Rows)}, "listed below, in no sum"})
	}
	return tiles
}

// leftOut says how many orders are not among the sales.
func (r report) leftOut() string {
	out := r.Orders - r.Counted
	switch {
	case r.Orders == 0:
		return "there is none"
	case out == 0:
		return "all of them count"
	}
	return showCount(out) + " of them left out: tests and the like"
}

// portion is a part of most, in percent, and never too thin to be seen.
func portion(part, most int64) float64 {
	if part <= 0 || most <= 0 {
		return 0
	}
	const least = 1
	return max(float64(part)/float64(most)*100, least)
}
