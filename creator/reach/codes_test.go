package reach_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, in order. A code may retire and
// is never reused.
func codes() []string {
	return []string{
		"curve.audience_unknown",
		"curve.cost",
		"curve.cost_sum",
		"curve.currency",
		"curve.order",
		"overlap.jaccard",
		"overlap.sample_thin",
		"overlap.size",
		"overlap.sketch",
		"reach.audience_partial",
		"reach.audience_unknown",
		"reach.creator",
		"reach.creator_twice",
		"reach.formula",
		"reach.formula_outside",
		"reach.no_audience",
		"reach.pair_creator",
		"reach.pair_share",
		"reach.pair_twice",
		"reach.pairs_contradict",
		"reach.pairs_missing",
		"reach.population",
		"reach.random_duplication",
		"reach.share",
		"reach.size",
		"reach.size_contradicts",
		"sketch.malformed",
		"sketch.precision",
		"sketch.sample",
		"sketch.seed",
		"sketch.space",
		"sketch.version",
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		if diff := cmp.Diff(codes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
