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
	switch {
	case a.Gap == 0:
		b.WriteString("No other split within the limits brings more.\n")
	case a.Gap < 1e-9:
		b.WriteString("No other split within the limits brings even a billionth more.\n")
	default:
		fmt.Fprintf(&b, "Another split within the limits may bring %s, and none can bring over that.\n", a.more())
	}
	for _, l := range a.Lines {
		b.WriteString(l.explain() + ".\n")
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

// more says how much better another split may be.
func (a Allocation) more() string {
	if a.Gap > 0.5 {
		return fmt.Sprintf("up to %.4g in all", a.UpperBound)
	}
	return fmt.Sprintf("up to %.2g%% more", 100*a.Gap/(1-a.Gap))
}

// explain does not credit money with what a curve gives for none, as a sigmoid
// does.
func (s Share) explain() string {
	switch {
	case s.Amount.Sign() != 0:
		return fmt.Sprintf("%s gets %s, which brings %.4g", s.ID, s.Amount, s.Outcome)
	case s.Outcome > 0:
		return fmt.Sprintf("%s gets nothing; its curve gives %.4g without spend", s.ID, s.Outcome)
	}
	return s.ID + " gets nothing"
}
