package forecast

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// TestPlansAreCalibrated: three posts of a creator with a past, of a new one, and of both
// and two more new ones together lie from P10 to P90 about as often as they should. The
// histories are thin, so what the lines share is most of what is uncertain.
func TestPlansAreCalibrated(t *testing.T) {
	t.Parallel()
	const histories, known, posts = 24, 7, 5
	plan := []Line{line("c00", 3), line("c07", 3), line("c08", 3), line("c09", 3)}
	covered := map[string]int{}
	for seed := range uint64(histories) {
		before, reach, sales := splitPast(past(known+3, posts+3, 1000+seed), posts)
		f, err := Make(before, plan, &Options{Draws: 100, Seed: seed})
		require.NoError(t, err)
		for name, c := range map[string]struct {
			of  Outcomes
			ids []byline.CreatorID
		}{
			"known": {f.Lines[0].Outcomes, []byline.CreatorID{"c00"}},
			"new":   {f.Lines[1].Outcomes, []byline.CreatorID{"c07"}},
			"all":   {f.Outcomes, []byline.CreatorID{"c00", "c07", "c08", "c09"}},
		} {
			reached, sold := 0.0, 0.0
			for _, id := range c.ids {
				reached, sold = reached+reach[id], sold+sales[id]
			}
			if q := c.of.GrossReach.Quantiles; q[0].Value <= reached && reached <= q[2].Value {
				covered[name+" reach"]++
			}
			if q := c.of.Conversions.Quantiles; q[0].Value <= sold && sold <= q[2].Value {
				covered[name+" sales"]++
			}
		}
	}
	for name, n := range covered {
		t.Logf("%s: %d of %d", name, n, histories)
		if n < 13 { // of 24 at 80%, more than three standard deviations
			t.Errorf("%s: %d of %d covered", name, n, histories)
		}
	}
	if len(covered) != 6 {
		t.Errorf("covered %v", covered)
	}
}

// splitPast keeps the first posts of the creators before c07, without clicks, and sums what
// everyone did later.
func splitPast(all []Post, posts int) (before []Post, reach, sales map[byline.CreatorID]float64) {
	reach, sales = map[byline.CreatorID]float64{}, map[byline.CreatorID]float64{}
	for _, p := range all {
		switch later := !p.At.Before(day(7 * posts)); {
		case later:
			reach[p.CreatorID] += value(p.Reach)
			sales[p.CreatorID] += value(p.Conversions)
		case p.CreatorID < "c07":
			p.Clicks = byline.Measure{}
			before = append(before, p)
		}
	}
	return before, reach, sales
}

func value(m byline.Measure) float64 {
	v, _ := m.Value()
	return v
}
