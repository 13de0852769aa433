package campaign_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault that this package has of its own, in order. A code may
// retire and is never reused.
func codes() []string {
	return []string{
		"alias.chain",
		"alias.other_order",
		"alias.other_shop",
		"alias.self",
		"plan.budget",
		"plan.deadline",
		"plan.metric",
		"plan.metric_twice",
		"plan.rate",
		"plan.target",
		"plan.window",
		"plan.window_order",
		"settler.left",
		"settler.no_accruals",
		"settler.no_aliases",
		"settler.no_history",
		"settler.not_made",
		"settler.policy_twice",
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
