package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// writeText writes for a terminal: what blocks in full, the rest in short.
func (r report) writeText(out io.Writer) error {
	var t text
	for _, one := range []*reviewed{r.Draft, r.Brief} {
		if one != nil {
			t.reviewed(*one)
			t.gap()
		}
	}
	if r.Post != nil {
		t.post(*r.Post)
	}
	if len(r.Files) > 0 {
		t.line("Ready to send: %s", strings.Join(r.Files, ", "))
	}
	for _, why := range r.Skipped {
		t.line("Not written: %s", line(why))
	}
	_, err := io.WriteString(out, clean(t.String()))
	return err
}

// text grows line by line.
type text struct{ strings.Builder }

func (t *text) gap() { t.WriteByte('\n') }

func (t *text) line(format string, args ...any) {
	t.WriteString(fmt.Sprintf(format, args...) + "\n")
}

func (t *text) reviewed(r reviewed) {
	t.line("%s, version %d", line(r.Title), r.Version)
	t.verdict(r.Findings)
	t.findings(r.Findings, "Mend before it is sent", "Then look at")
}

func (t *text) verdict(found []byline.Finding) {
	count := map[byline.Severity]int{}
	for _, r := range remarksOf(found) {
		count[r.Severity]++
	}
	blocking, rest := count[byline.Blocker], count[byline.Warning]+count[byline.Info]
	switch {
	case len(found) == 0:
		t.line("No issue is known.")
	case blocking == 0:
		t.line("Nothing blocks it. To look at: %d.", rest)
	default:
		t.line("It must not be sent. To mend: %d; to look at: %d.", blocking, rest)
	}
}

// findings tells what blocks with what mends it, and the rest on a line each.
func (t *text) findings(found []byline.Finding, first, then string) {
	remarks := remarksOf(found)
	number := 0
	for _, r := range remarks {
		if r.Severity != byline.Blocker {
			continue
		}
		if number++; number == 1 {
			t.gap()
			t.line("%s", first)
		}
		t.line("%3d. %s", number, sentence(r.Message))
		t.line("     → %s", line(r.Fix))
		t.line("     %s", line(r.ground()))
	}
	if len(remarks) > number {
		t.gap()
		t.line("%s", then)
	}
	for _, r := range remarks[number:] {
		t.line("   - %s: %s", cmp.Or(line(strings.Join(r.paths, ", ")), "in all"), line(r.Message))
	}
}

// remark is a finding with all the places at which it is made.
type remark struct {
	byline.Finding

	paths []string
}

// remarksOf makes one remark of findings that say the same in several places. The worst
// come first, as in what it is given.
func remarksOf(found []byline.Finding) []remark {
	var remarks []remark
	for _, f := range found {
		same := func(r remark) bool { return r.Severity == f.Severity && r.Message == f.Message && r.Fix == f.Fix }
		i := slices.IndexFunc(remarks, same)
		if i < 0 {
			i = len(remarks)
			remarks = append(remarks, remark{Finding: f})
		}
		if f.Path != "" && !slices.Contains(remarks[i].paths, f.Path) {
			remarks[i].paths = append(remarks[i].paths, f.Path)
		}
	}
	return remarks
}

// ground is where it stands and on what.
func (r remark) ground() string {
	parts := []string{r.Code}
	if len(r.paths) > 0 {
		parts = append(parts, strings.Join(r.paths, ", "))
	}
	if r.Rule != nil {
		parts = append(parts, fmt.Sprintf("%s (%s)", r.Rule.Instrument, r.Rule.Confidence))
	}
	return strings.Join(parts, " · ")
}

func (t *text) post(c brief.Check) {
	t.line("Post %s: %s", line(c.Post), strings.ReplaceAll(string(c.Status), "_", " "))
	t.line("Of %s %d are as agreed, %d are not, %d are open, and %d are still to come.", plural(len(c.Points), "point"),
		len(c.Having(brief.Fulfilled)), len(c.Having(brief.Unfulfilled)), len(c.Having(brief.Undetermined)), len(c.Having(brief.Pending)))
	t.findings(c.Findings, "Mend at once", "Then look at")
	if open := c.Having(brief.Undetermined); len(open) > 0 {
		t.gap()
		t.line("Nobody can tell yet")
		for _, p := range open {
			t.line("   - %s (needs %s)", sentence(p.What), line(strings.Join(p.Needs, ", ")))
		}
	}
}
