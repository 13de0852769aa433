package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// whatIf is what another policy would make of the same orders. Its JSON is stable.
type whatIf struct {
	Policy     declared               `json:"policy"`
	Comparison attribution.Comparison `json:"comparison"`
	File       string                 `json:"file,omitempty"` // that has every changed order
}

// summary says how much would change.
func (w *whatIf) summary() string {
	c := w.Comparison
	return fmt.Sprintf("%s of %s (%s) would be decided otherwise by %s than by %s.",
		showCount(c.Changed), plural(c.Orders, "order", "orders"), percent(c.Changed, c.Orders), c.B, c.A)
}

// explain tells the whole comparison in words.
func (w *whatIf) explain() string {
	return w.Comparison.ExplainTo(&attribution.ExplainOptions{Money: showMoney, Name: func(id byline.CreatorID) string { return string(id) }})
}

// changeRow is what becomes of a kind of evidence.
type changeRow struct {
	Orders     int64
	Kind, A, B string
}

// reasons tells what becomes of the evidence on changed orders.
func (w *whatIf) reasons() []changeRow {
	var rows []changeRow
	for _, r := range w.Comparison.Reasons {
		row := changeRow{r.Orders, strings.ReplaceAll(string(r.Kind), "_", " "), reasonMeaning(r.A, r.AHeld), reasonMeaning(r.B, r.BHeld)}
		if row.A == row.B {
			row.B = "the same, with another share or amount"
		}
		rows = append(rows, row)
	}
	return rows
}

func reasonMeaning(reason attribution.Reason, held bool) string {
	if reason == "" {
		return "it is not there"
	}
	words := string(reason)
	for _, m := range attribution.Reasons() {
		if m.Reason == reason {
			words = m.Meaning
		}
	}
	if held {
		words += ", and the amount waits"
	}
	return words
}

// whatIfSection is one currency of a comparison, who gains most first.
type whatIfSection struct {
	Total    attribution.TotalChange
	Creators []attribution.CreatorChange
}

func (w *whatIf) sections(like []section) []whatIfSection {
	var list []whatIfSection
	for _, total := range w.Comparison.Totals {
		s := whatIfSection{Total: total}
		for _, c := range w.Comparison.Creators {
			if c.Currency == total.Currency {
				s.Creators = append(s.Creators, c)
			}
		}
		slices.SortStableFunc(s.Creators, func(a, b attribution.CreatorChange) int {
			return cmp.Compare(b.Difference.Minor(), a.Difference.Minor())
		})
		list = append(list, s)
	}
	place := func(s whatIfSection) int {
		return slices.IndexFunc(like, func(l section) bool { return l.Currency == s.Total.Currency })
	}
	slices.SortStableFunc(list, func(a, b whatIfSection) int { return cmp.Compare(place(a), place(b)) })
	return list
}

// whole is what a creator has, held or not.
func whole(t attribution.Tally) byline.Money { return more(t.Earning, t.Held) }
