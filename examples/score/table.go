package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// textWidth is where running text is wrapped.
const textWidth = 100

// text writes the report for a terminal.
type text struct {
	out io.Writer
	err error
	report
}

// writeTable writes the report as tables.
func (r report) writeTable(out io.Writer) error {
	t := &text{out: out, report: r}
	t.head()
	for _, s := range r.Currencies {
		t.section(s)
	}
	if t.Clicks && len(t.Currencies) > 0 {
		t.wrapped("", confirmedMeans)
		t.printf("\n")
	}
	t.nobody()
	t.whatIf()
	t.leaks()
	t.bad()
	return t.err
}

func (t *text) printf(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.out, format, args...)
	}
}

// wrapped writes running text under a mark.
func (t *text) wrapped(mark, words string) {
	line, indent := mark, strings.Repeat(" ", width(mark))
	for word := range strings.SplitSeq(clean(words), " ") {
		if width(line) > width(indent) && width(line)+width(word) >= textWidth {
			t.printf("%s\n", line)
			line = indent
		}
		if width(line) > width(indent) {
			line += " "
		}
		line += word
	}
	t.printf("%s\n", line)
}

func (t *text) head() {
	t.printf("Who brought the orders of %s\n\n", clean(t.File))
	facts := grid{text: map[int]bool{1: true}}
	facts.add("Orders", t.ordersFact())
	facts.add("Credited", t.creditedFact())
	for _, s := range t.Standings {
		if !s.Counts {
			facts.add("Left out", fmt.Sprintf("%s: %s", showCount(s.Orders), standingWords(s.Standing)))
		}
	}
	if t.Bad.Rows > 0 {
		facts.add("Unreadable", t.badFact())
	}
	facts.add("Policy", t.Policy.String())
	t.printf("%s\n", facts.String())
	if !t.Complete {
		t.wrapped("! ", "Not all of the file: "+t.Stopped+".")
	}
	t.findings(t.Policy)
	for _, n := range t.Notes {
		t.wrapped("* ", n.Text)
	}
	if !t.Complete || len(t.Policy.Findings)+len(t.Policy.Limits)+len(t.Notes) > 0 {
		t.printf("\n")
	}
}

// findings tell what is unwise in a policy, and what a preset does not mimic.
func (t *text) findings(p declared) {
	for _, f := range p.Findings {
		t.wrapped("! ", findingText(f))
	}
	for _, l := range p.Limits {
		t.wrapped("* ", l)
	}
}

// column is one of the table of creators.
type column struct {
	title string
	shown bool
	cell  func(sums) string
	// ofCreators is left empty for nobody and for all orders together.
	ofCreators bool
}

// columns are those of a currency: what is nothing for everybody is left out.
func (t *text) columns(s section) []column {
	money := s.Currency != ""
	return []column{
		{"Orders", true, func(s sums) string { return showCount(s.Orders) }, false},
		{"Code", true, func(s sums) string { return showCount(s.Code) }, true},
		{"Click", true, func(s sums) string { return showCount(s.Click) }, true},
		{"Other", true, func(s sums) string { return showCount(s.Other) }, true},
		{"Confirmed", t.Clicks, func(s sums) string { return percent(s.Confirmed, s.Code) }, true},
		{"Sold", money, func(s sums) string { return showMoney(s.Sold) }, false},
		{"Returned", money, func(s sums) string { return showMoney(s.Returned) }, false},
		{"Unpaid", s.Total.Unpaid.Sign() != 0, func(s sums) string { return showMoney(s.Unpaid) }, false},
		{"Held", s.Total.Held.Sign() != 0, func(s sums) string { return showMoney(s.Held) }, false},
		{"Earning", money, func(s sums) string { return showMoney(s.Earning) }, false},
	}
}

func (t *text) section(s section) {
	columns := slices.DeleteFunc(t.columns(s), func(c column) bool { return !c.shown })
	g := grid{}
	titles := []string{"Creator"}
	for _, c := range columns {
		titles = append(titles, c.title)
	}
	g.add(titles...)
	row := func(name string, of sums, creator bool) {
		cells := []string{name}
		for _, c := range columns {
			if c.ofCreators && !creator {
				cells = append(cells, "")
			} else {
				cells = append(cells, c.cell(of))
			}
		}
		g.add(cells...)
	}
	for _, c := range s.Creators {
		row(string(c.Creator), c.sums, true)
	}
	row("Nobody", s.Nobody, false)
	row("All orders", s.Total, false)
	t.printf("%s\n%s\n", sectionTitle(s), g.String())
}

func (t *text) nobody() {
	if t.Nobody.Orders == 0 {
		return
	}
	t.printf("Why %s went to nobody\n", plural(t.Nobody.Orders, "order", "orders"))
	g := grid{text: map[int]bool{1: true}}
	for _, row := range t.nobodyRows() {
		g.add(showCount(row.Orders), row.Meaning)
	}
	t.printf("%s\n", rightFirst(g))
}

// rightFirst writes a table whose first column is of numbers.
func rightFirst(g grid) string {
	most := 0
	for _, row := range g.rows {
		most = max(most, width(row[0]))
	}
	for _, row := range g.rows {
		row[0] = strings.Repeat(" ", most-width(row[0])) + row[0]
	}
	return g.String()
}

func (t *text) whatIf() {
	w := t.WhatIf
	if w == nil {
		return
	}
	t.wrapped("What if: ", w.Policy.String())
	t.findings(w.Policy)
	t.wrapped("", w.summary())
	for _, c := range w.reasons() {
		t.wrapped(fmt.Sprintf("%8s  ", showCount(c.Orders)), c.Kind+", now: "+c.A+". Then: "+c.B+".")
	}
	t.printf("\n")
	for _, s := range w.sections(t.Currencies) {
		g := grid{}
		t.printf("%s\n", moneyName(s.Total.Currency))
		g.add("Creator", "Orders now", "then", "Earning now", "then", "Difference")
		for _, c := range s.Creators {
			g.add(string(c.Creator), showCount(c.A.Orders), showCount(c.B.Orders), showMoney(whole(c.A)), showMoney(whole(c.B)), showSigned(c.Difference))
		}
		a, b := s.Total.A, s.Total.B
		g.add("Nobody", "", "", showMoney(a.Uncredited), showMoney(b.Uncredited), showSigned(less(b.Uncredited, a.Uncredited)))
		g.add("All orders", "", "", showMoney(a.Base), showMoney(b.Base), showSigned(less(b.Base, a.Base)))
		t.printf("%s\n", g.String())
	}
	if w.File != "" {
		t.printf("Every changed order with both reasons: %s\n\n", clean(w.File))
	}
}

func (t *text) leaks() {
	if len(t.Leaks.Codes) == 0 {
		return
	}
	t.wrapped("Leaks: ", t.Leaks.Summary())
	for _, r := range t.Leaks.Leaking {
		t.wrapped("! ", leakText(r))
	}
	t.printf("\n")
}

func (t *text) bad() {
	if t.Bad.Rows == 0 {
		return
	}
	t.printf("Unreadable rows: %s\n", showCount(t.Bad.Rows))
	g := grid{text: map[int]bool{1: true}}
	for _, b := range t.Bad.First {
		g.add(b.Place(), b.Text)
	}
	t.printf("%s", g.String())
	if rest := t.Bad.Rest(); rest != "" {
		t.wrapped("", rest)
	}
}
