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
	said := fmt.Sprintf("%s of %s %s", apart(low, f.AtLeast), f.Dimension, f.Key)
	if high > low+hair {
		said = fmt.Sprintf("%s to %s of %s %s, for the rest is unknown", apart(low, f.AtLeast), apart(high, f.AtLeast), f.Dimension, f.Key)
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

// apart shows a share with as many digits as it takes to tell it from another, so that no
// 45.0% fails a floor of 45.0%.
func apart(share, from float64) string {
	text := percent(share)
	for digits := 2; digits < 8 && text == percent(from) && share != from; digits++ {
		if more := fmt.Sprintf("%.*f%%", digits, 100*share); more != fmt.Sprintf("%.*f%%", digits, 100*from) {
			return more
		}
	}
	return text
}

func percent(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) }

// share bounds the share of the floor's key. A range of ages has all of the ranges inside
// of it, and may have what overlaps it. At most it is what the source says, though its
// rounded shares make up more than the whole.
func (f Floor) share(m masses) (low, high float64) {
	switch f.Dimension {
	case creator.Interest:
		if share, known := m.shares[fitKey(f.Dimension, f.Key)]; known {
			return share, unit(share + m.unknown)
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
		return low, unit(high*m.excess + m.unknown)
	}
	low = m.shares[fitKey(f.Dimension, f.Key)]
	return low, unit(low*m.excess + m.unknown)
}
