package disclosure

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// Explain says the assessment in plain words: first what it comes to, then each answer
// that is not without an issue with its reason, its remedy and its source. It never says
// that a post is lawful.
func (a Assessment) Explain() string {
	var b strings.Builder
	b.WriteString(a.Status.sentence())
	if len(a.Missing) > 0 {
		fmt.Fprintf(&b, " Not known: %s.", strings.Join(a.Missing, ", "))
	}
	if len(a.Unruled) > 0 {
		fmt.Fprintf(&b, " There is no rule here for %s.", joinMarkets(a.Unruled))
	}
	b.WriteString("\n")
	fine := 0
	for _, answer := range a.Answers {
		if answer.Status == NoKnownIssue && len(answer.Findings) == 0 {
			fine++
			continue
		}
		answer.explain(&b)
	}
	if fine > 0 {
		fmt.Fprintf(&b, "No known issue under %d of %d duties.\n", fine, len(a.Answers))
	}
	return b.String()
}

func (a Answer) explain(b *strings.Builder) {
	fmt.Fprintf(b, "- %s, %s: %s.\n", a.ID(), a.Status.words(), a.Says)
	for _, f := range a.Findings {
		fmt.Fprintf(b, "  %s.", upperFirst(f.Message))
		if f.Fix != "" {
			fmt.Fprintf(b, " %s", f.Fix)
		}
		b.WriteString("\n")
	}
	if len(a.Missing) > 0 {
		fmt.Fprintf(b, "  Not known: %s.\n", strings.Join(a.Missing, ", "))
	}
	fmt.Fprintf(b, "  Source: %s (%s)%s.\n", a.Rule.Instrument, a.Rule.Confidence, from(a.Rule))
}

func from(rule byline.Rule) string {
	if rule.Effective.Start.IsZero() {
		return ""
	}
	return ", in force since " + rule.Effective.Start.Format("2 January 2006")
}

func (s Status) sentence() string {
	switch s {
	case Violation:
		return "At least one rule is not kept."
	case Risk:
		return "There is a risk."
	case CannotDetermine:
		return "This cannot be determined."
	case NoKnownIssue:
	}
	return "No known issue under the rules asked. This is not legal advice."
}

func (s Status) words() string { return strings.ReplaceAll(string(s), "_", " ") }

func joinMarkets(markets []byline.Market) string {
	codes := make([]string, len(markets))
	for i, m := range markets {
		codes[i] = string(m)
	}
	return strings.Join(codes, ", ")
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
