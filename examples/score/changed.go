package main

import (
	"encoding/csv"
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
)

// changedFile writes every order that two policies decide otherwise, with both reasons.
type changedFile struct{ out *csv.Writer }

func newChangedFile(o *output) (*changedFile, error) {
	f := &changedFile{csv.NewWriter(o)}
	return f, f.out.Write([]string{
		"order", "number", "placed_at", "currency", "standing_a", "standing_b", "earning_a", "earning_b", "credited_a", "credited_b", "why_a", "why_b",
	})
}

func (f *changedFile) add(c attribution.Change) error {
	o := &c.Case.Order
	return f.out.Write([]string{
		harmless(string(o.ID)), harmless(o.Number), o.PlacedAt.UTC().Format(time.RFC3339), string(o.Currency),
		string(c.A.Standing), string(c.B.Standing), c.A.Earning.Amount(), c.B.Earning.Amount(),
		harmless(credited(c.A)), harmless(credited(c.B)), harmless(c.A.Explain()), harmless(c.B.Explain()),
	})
}

func (f *changedFile) finish() error {
	f.out.Flush()
	return f.out.Error()
}

// credited names the creators with their amounts: "ada 12.50, bruno 12.50 held".
func credited(d attribution.Decision) string {
	var parts []string
	for _, c := range d.Credits {
		if c.Held.Sign() > 0 {
			parts = append(parts, string(c.Creator)+" "+c.Held.Amount()+" held")
		} else {
			parts = append(parts, string(c.Creator)+" "+c.Earning.Amount())
		}
	}
	return strings.Join(parts, ", ")
}

// harmless keeps a spreadsheet from taking text of a stranger for a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
