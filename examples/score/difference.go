package main

import (
	"github.com/bylinehq/byline"
)

// difference is what another policy would change, as the page shows it.
type difference struct {
	Policy   declared
	Name     string
	Summary  string
	Explains string
	Reasons  []changeRow
	File     string
	Tables   []differenceTable
}

// differenceTable is one currency.
type differenceTable struct {
	ID, Title string
	Rows      []differenceRow
}

// differenceRow is one creator, nobody, or all that orders earn.
type differenceRow struct {
	Name       string
	Kind       string // "creator", "nobody", "total"
	A, B       byline.Money
	OrdersA    int64
	OrdersB    int64
	Difference byline.Money
	Bar        bar // of 100, from the middle to the side
}

func newDifference(w *whatIf, like []section) *difference {
	d := &difference{Policy: w.Policy, Name: w.Policy.String(), Summary: w.summary(), Explains: clean(w.explain()), Reasons: w.reasons(), File: w.File}
	for _, s := range w.sections(like) {
		t := differenceTable{ID: "what-if-" + string(s.Total.Currency), Title: "What changes: " + moneyName(s.Total.Currency)}
		for _, c := range s.Creators {
			t.Rows = append(t.Rows, differenceRow{Name: string(c.Creator), Kind: "creator", A: whole(c.A), B: whole(c.B), OrdersA: c.A.Orders, OrdersB: c.B.Orders, Difference: c.Difference})
		}
		a, b := s.Total.A, s.Total.B
		t.Rows = append(t.Rows,
			differenceRow{Name: "Nobody", Kind: "nobody", A: a.Uncredited, B: b.Uncredited, Difference: less(b.Uncredited, a.Uncredited)},
			differenceRow{Name: "All orders", Kind: "total", A: a.Base, B: b.Base, Difference: less(b.Base, a.Base)})
		t.draw()
		d.Tables = append(d.Tables, t)
	}
	return d
}

// draw gives every row its bar: to the right for who gains.
func (t *differenceTable) draw() {
	var most int64
	for _, r := range t.Rows {
		most = max(most, r.Difference.Minor(), -r.Difference.Minor())
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		switch n := r.Difference.Minor(); {
		case n > 0:
			r.Bar = bar{"gain", 50, portion(n, most) / 2}
		case n < 0:
			half := portion(-n, most) / 2
			r.Bar = bar{"loss", 50 - half, half}
		}
	}
}
