package budget

import (
	"fmt"
	"strings"
)

// Explain says in words how the budget is split, how sure it is that no split is better,
// and what would change it.
func (a Allocation) Explain() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s is allocated and brings %.6g; an even split brings %.6g", a.Allocated, a.Total, a.Objective, a.Even)
	if a.Current != nil {
		fmt.Fprintf(&b, ", today's %.6g", *a.Current)
	}
	b.WriteString(".\n")
	if a.Gap < 1e-9 {
		b.WriteString("No other split within the limits brings more.\n")
	} else {
		fmt.Fprintf(&b, "No other split within the limits can bring over %.2g%% more.\n", 100*a.Gap/(1-a.Gap))
	}
	for _, l := range a.Lines {
		fmt.Fprintf(&b, "%s gets %s, which brings %.4g.\n", l.ID, l.Amount, l.Outcome)
	}
	for _, f := range a.Findings {
		b.WriteString("- " + f.Message)
		if f.Fix != "" {
			b.WriteString("; " + f.Fix)
		}
		b.WriteString(".\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}
