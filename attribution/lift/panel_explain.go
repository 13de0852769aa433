package lift

import (
	"fmt"
	"math"
	"strings"
)

// Explain says the result in plain English, three to five sentences. The wording may
// change; programs read the fields.
func (e PanelEffect) Explain() string {
	post := len(e.Periods) - e.prePeriods()
	said := []string{fmt.Sprintf("In the %s from %s on, %s came out %s per period %s what the comparison says it would have been without the campaign%s: %s in total.",
		counted(post, "period"), e.Periods[e.prePeriods()].Period, places(e.Treated), brief(math.Abs(e.ATT)), side(e.ATT), e.share(), signed(e.Total))}
	said = append(said,
		fmt.Sprintf("The comparison is made of %s.", e.mix()),
		fmt.Sprintf("In the %s before, it missed by %s on average, %s of the usual ups and downs.", counted(e.prePeriods(), "period"), brief(e.PreRMSPE), percentOf(e.Misfit)))
	if e.Interval != nil {
		said = append(said, fmt.Sprintf("With %s confidence the effect per period lies between %s and %s%s.",
			percentOf(e.Interval.Level), brief(e.Interval.Low), brief(e.Interval.High), verdict(*e.Interval)))
	}
	if drops := e.Robustness.WithoutDonor; len(drops) == 1 {
		said = append(said, fmt.Sprintf("Without %s it would be %s.", drops[0].Unit, brief(drops[0].ATT)))
	} else if len(drops) > 1 {
		low, high := e.Robustness.Range()
		said = append(said, fmt.Sprintf("Leaving out any one place of the comparison gives between %s and %s.", brief(low), brief(high)))
	}
	return strings.Join(said, " ")
}

func (e PanelEffect) share() string {
	if e.Relative == nil {
		return ""
	}
	return " (" + percentSigned(*e.Relative) + ")"
}

func (e PanelEffect) mix() string {
	if e.Method == PanelEqualWeights {
		return "all controls at equal weight"
	}
	const most = 4
	var parts []string
	for i, w := range e.Weights {
		if i == most {
			parts = append(parts, fmt.Sprintf("%d more", len(e.Weights)-most))
			break
		}
		parts = append(parts, percentOf(w.Weight)+" "+w.Unit)
	}
	return listed(parts)
}

func verdict(i Interval) string {
	if i.Contains(0) {
		return ", so no effect at all is not ruled out"
	}
	return ""
}

func side(v float64) string {
	if v < 0 {
		return "below"
	}
	return "above"
}

func places(names []string) string {
	if len(names) > 3 {
		return fmt.Sprintf("the mean of %d treated units", len(names))
	}
	if len(names) > 1 {
		return "the mean of " + listed(names)
	}
	return names[0]
}

func listed(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

func signed(v float64) string {
	if v > 0 {
		return "+" + brief(v)
	}
	return brief(v)
}

func percentSigned(share float64) string {
	if share > 0 {
		return "+" + percentOf(share)
	}
	return percentOf(share)
}
