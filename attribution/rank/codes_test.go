package rank_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, in order. A code may retire and
// is never reused.
func codes() []string {
	return []string{
		"rank.belief_parameter",
		"rank.belief_shape",
		"rank.count",
		"rank.creator",
		"rank.creator_twice",
		"rank.dispersion",
		"rank.exposure",
		"rank.extremes",
		"rank.few_creators",
		"rank.level",
		"rank.luck_first",
		"rank.mean",
		"rank.min_creators",
		"rank.min_size",
		"rank.no_creators",
		"rank.no_failures",
		"rank.no_maximum",
		"rank.no_successes",
		"rank.no_variation",
		"rank.order",
		"rank.prior_family",
		"rank.probability",
		"rank.single_trials",
		"rank.size",
		"rank.standard_error",
		"rank.successes",
		"rank.too_few_creators",
		"rank.too_thin",
		"rank.top",
		"rank.trials",
		"rank.variation_uncertain",
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
