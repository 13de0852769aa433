package vet

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline/creator"
)

// check asks whether a share is as high as it must be. Those who are unknown may live in
// the bucket or not, and where that decides, the answer is that it cannot be told.
func (f Floor) check(a *creator.Audience, base audienceBase, at time.Time) creator.Check {
	c := creator.Check{Code: "fit.floor", At: at}
	m := readMasses(a, f.Dimension, base)
	if m.refusal != nil {
		c.State = creator.Undetermined
		c.Reason = fmt.Sprintf("at least %s of %s %s is asked for, and %s", percent(f.AtLeast), f.Dimension, f.Key, m.refusal.Message)
		return c
	}
	c.Findings = m.findings
	low, high := f.share(m)
	const hair = 1e-9 // sums of shares are not exact
	said := fmt.Sprintf("%s of %s %s", percent(low), f.Dimension, f.Key)
	if high > low+hair {
		said = fmt.Sprintf("%s to %s of %s %s, for the rest is unknown", percent(low), percent(high), f.Dimension, f.Key)
	}
	switch {
	case low >= f.AtLeast-hair:
		c.State = creator.Passed
	case high < f.AtLeast-hair:
		c.State = creator.Failed
	default:
		c.State = creator.Undetermined
	}
	c.Reason = fmt.Sprintf("at least %s is asked for; the audience has %s", percent(f.AtLeast), said)
	return c
}

func percent(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) }

// share bounds the share of the floor's key. A range of ages has all of the ranges inside
// of it, and may have what overlaps it.
func (f Floor) share(m masses) (low, high float64) {
	switch f.Dimension {
	case creator.Interest:
		if share, known := m.shares[fitKey(f.Dimension, f.Key)]; known {
			return share, share
		}
		return 0, 1
	case creator.Age:
		asked, _ := parseSpan(f.Key)
		for _, have := range m.ages() {
			if have.span.inside(asked) {
				low += have.share
			}
			if have.span.overlaps(asked) {
				high += have.share
			}
		}
		return low, unit(high + m.unknown)
	}
	low = m.shares[fitKey(f.Dimension, f.Key)]
	return low, unit(low + m.unknown)
}
