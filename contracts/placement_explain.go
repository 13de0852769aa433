package contracts

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
)

// Explain renders the report for a person, a line for each breach and for each
// placement that could not be checked. The wording may
// change; programs read the fields.
func (a AuditReport) Explain() string {
	var text strings.Builder
	fmt.Fprintf(&text, "At %s, %s, of which %d run now.\n", timeWords(a.At), counted(a.Placements, "placement"), a.Running)
	breachLines(&text, "now", a.Now, a.Costs.Now, a.Costs.NowUnknown)
	breachLines(&text, "to come", a.ToCome, a.Costs.ToCome, a.Costs.ToComeUnknown)
	if len(a.Unchecked) > 0 {
		fmt.Fprintf(&text, "%s could not be checked in full.\n", counted(len(a.Unchecked), "placement"))
	}
	for _, u := range a.Unchecked {
		var said []string
		for _, f := range u.Findings {
			said = append(said, sentence(f.Message))
		}
		fmt.Fprintf(&text, "- %s: %s\n", u.Placement.ID, strings.Join(said, " "))
	}
	return text.String()
}

func breachLines(text *strings.Builder, when string, breaches []Breach, sums []byline.Money, unknown int) {
	fmt.Fprintf(text, "%s %s", counted(len(breaches), "breach"), when)
	var cost []string
	for _, sum := range sums {
		cost = append(cost, sum.String())
	}
	if unknown > 0 {
		cost = append(cost, fmt.Sprintf("%d of unknown cost", unknown))
	}
	if len(cost) > 0 {
		text.WriteString(" (" + strings.Join(cost, ", ") + ")")
	}
	text.WriteString(".\n")
	for _, b := range breaches {
		fmt.Fprintf(text, "- %s, from %s on. %s\n", b.Placement.ID, timeWords(b.From), b.Permission.Explain())
	}
}
