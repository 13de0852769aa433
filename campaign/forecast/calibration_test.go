package forecast

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// TestPlansAreCalibrated: totals of several posts, of a creator with a past and of five new
// ones together, lie from P10 to P90 about as often as they should. The histories are thin,
// so what the lines share is most of what is uncertain.
func TestPlansAreCalibrated(t *testing.T) {
	t.Parallel()
	const histories, known, posts = 60, 7, 5
	covered := map[string]int{}
	for seed := range uint64(histories) {
		var before []Post
		actual := map[string]float64{}
		for _, p := range past(known+5, posts+3, 1000+seed) {
			isNew, later := p.CreatorID >= "c07", !p.At.Before(day(7*posts))
			switch {
			case !isNew && !later:
				before = append(before, p)
			case later && isNew:
				actual["new reach"] += value(p.Reach)
				actual["new sales"] += value(p.Conversions)
			case later && p.CreatorID == "c00":
				actual["known reach"] += value(p.Reach)
				actual["known sales"] += value(p.Conversions)
			}
		}
		newcomers := []Line{line("c07", 3), line("c08", 3), line("c09", 3), line("c10", 3), line("c11", 3)}
		for who, plan := range map[string][]Line{"known": {line("c00", 3)}, "new": newcomers} {
			f, err := Make(before, plan, &Options{Draws: 200, Seed: seed})
			require.NoError(t, err)
			for name, o := range map[string]Outcome{" reach": f.GrossReach, " sales": f.Conversions} {
				if q := o.Quantiles; q[0].Value <= actual[who+name] && actual[who+name] <= q[2].Value {
					covered[who+name]++
				}
			}
		}
	}
	for name, n := range covered {
		// Of 60 at 80%, 38 to 57 is nearly certain.
		if n < 38 || n > 57 {
			t.Errorf("%s: %d of %d covered", name, n, histories)
		}
		t.Logf("%s: %d of %d", name, n, histories)
	}
	if len(covered) != 4 {
		t.Errorf("covered %v", covered)
	}
}

func value(m byline.Measure) float64 {
	v, _ := m.Value()
	return v
}
