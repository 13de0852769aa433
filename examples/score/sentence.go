package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

// String names the policy and where it is from.
func (d declared) String() string {
	switch {
	case d.Preset != "":
		return d.Version + ", which mimics " + d.Mimics
	case d.File != "":
		return d.Version + ", of " + filepath.Base(d.File)
	}
	return d.Version
}

func (r report) ordersFact() string {
	if r.First.IsZero() {
		return showCount(r.Orders)
	}
	return showCount(r.Orders) + ", placed " + r.Placed()
}

// Placed names the days of the orders.
func (r report) Placed() string { return span(r.First, r.Last) + " (UTC)" }

func (r report) creditedFact() string {
	fact := fmt.Sprintf("%s (%s)", showCount(r.Credited), percent(r.Credited, r.Counted))
	if r.Silent > 0 {
		fact += "; " + plural(int64(r.Silent), "creator of the offers has", "creators of the offers have") + " none"
	}
	return fact
}

func (r report) badFact() string {
	return plural(r.Bad.Rows, "row", "rows") + ", listed below"
}

// standingWords say why an order is left out.
func standingWords(s attribution.Standing) string {
	switch s {
	case attribution.StandingTest:
		return "test orders"
	case attribution.StandingExcluded:
		return "orders of a kind that the policy leaves out"
	case attribution.StandingInvalid:
		return "orders whose amounts contradict each other"
	}
	return strings.ReplaceAll(string(s), "_", " ")
}

func findingText(f byline.Finding) string {
	words := fmt.Sprintf("Policy %s: %s", f.Severity, f.Message)
	if f.Path != "" {
		words = fmt.Sprintf("Policy %s at %s: %s", f.Severity, f.Path, f.Message)
	}
	return sentences(words, f.Fix) + " (" + f.Code + ")"
}

// sentences joins what may end with a full stop or not.
func sentences(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			first, size := utf8.DecodeRuneInString(p)
			all = append(all, string(unicode.ToUpper(first))+strings.TrimSuffix(p[size:], ".")+".")
		}
	}
	return strings.Join(all, " ")
}

// sectionTitle names a currency with its orders.
func sectionTitle(s section) string {
	return fmt.Sprintf("%s: %s, %s of them credited", moneyName(s.Currency), plural(s.Total.Orders, "order", "orders"), showCount(s.Total.Orders-s.Nobody.Orders))
}

// moneyName names a currency, or that there is none.
func moneyName(c byline.Currency) string {
	if c == "" {
		return "Without money"
	}
	return string(c)
}

// confirmedMeans keeps a low number from being read as a fault of the creator's.
const confirmedMeans = "Confirmed: of the orders by code, how many a click of the same creator agrees with. " +
	"Who hears a code often types it without clicking."

// nobodyRows has the orders without evidence first, then the reasons.
func (r report) nobodyRows() []reasonCount {
	rows := make([]reasonCount, 0, len(r.Nobody.Reasons)+1)
	if r.Nobody.Bare > 0 {
		rows = append(rows, reasonCount{Meaning: "nothing on the order points to a creator", Orders: r.Nobody.Bare})
	}
	return append(rows, r.Nobody.Reasons...)
}

// Summary tells how many codes were watched, and what that found.
func (l leaks) Summary() string {
	var codes int64
	for _, n := range l.Codes {
		codes += n
	}
	return fmt.Sprintf("%s watched. %s leaking, %s without a rise so far, %s with too few uses to tell, %s that no rise could show of. The chance of any false alarm is at most %.0f%%.",
		plural(codes, "code", "codes"), showCount(l.Codes[trust.Leaking]), showCount(l.Codes[trust.NothingYet]), showCount(l.Codes[trust.TooFewUses]),
		showCount(l.Codes[trust.CannotTell]), l.Chance*100)
}

// leakText tells of one leak.
func leakText(r trust.Report) string {
	var signs []string
	for _, e := range r.Leak.Evidence {
		signs = append(signs, e.Message)
	}
	amounts := ""
	if len(r.Leak.Amounts) > 0 {
		var all []string
		for _, m := range r.Leak.Amounts {
			all = append(all, showMoney(m))
		}
		amounts = " of " + strings.Join(all, ", ")
	}
	seen := sentences(strings.Join(signs, "; "))
	return fmt.Sprintf("%s of %s looks leaked, score %d: %s%s. %s", r.Code, r.Creator, r.Leak.Score, plural(r.Leak.Orders, "order", "orders"), amounts, seen)
}

// Place names the lines.
func (b badRow) Place() string {
	if b.End > b.Line {
		return fmt.Sprintf("lines %d-%d", b.Line, b.End)
	}
	return fmt.Sprintf("line %d", b.Line)
}

// Rest says where those rows are that are not shown.
func (b badRows) Rest() string {
	more := b.Rows - int64(len(b.First))
	switch {
	case b.File != "" && more > 0:
		return fmt.Sprintf("And %s more; %s has all of them.", showCount(more), b.File)
	case b.File != "":
		return b.File + " has them too."
	case more > 0:
		return fmt.Sprintf("And %s more; -bad file.csv lists all of them.", showCount(more))
	}
	return ""
}

// showSigned puts a sign before every amount but nothing.
func showSigned(m byline.Money) string {
	if m.Sign() > 0 {
		return "+" + showMoney(m)
	}
	return showMoney(m)
}
