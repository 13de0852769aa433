package forecast_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, in order. A code may retire and
// is never reused.
func codes() []string {
	return []string{
		"forecast.count",
		"forecast.creator",
		"forecast.currency",
		"forecast.draws",
		"forecast.fee",
		"forecast.few_creators",
		"forecast.few_repeats",
		"forecast.folds",
		"forecast.level",
		"forecast.line_twice",
		"forecast.minimum",
		"forecast.mixed_definitions",
		"forecast.new_creator",
		"forecast.no_better",
		"forecast.no_plan",
		"forecast.no_rates",
		"forecast.overlap",
		"forecast.plan_size",
		"forecast.platform",
		"forecast.posts",
		"forecast.range",
		"forecast.reach",
		"forecast.repeated_post",
		"forecast.revenue",
		"forecast.thin_backtest",
		"forecast.thin_history",
		"forecast.time",
		"forecast.too_sure",
		"forecast.too_unsure",
		"forecast.unpaid_conversions",
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
