package budget_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of this package, in order. A code may retire and is never reused.
func codes() []string {
	return []string{
		"budget.arm_id",
		"budget.arms",
		"budget.beyond_seen",
		"budget.ceiling_binds",
		"budget.currency",
		"budget.current",
		"budget.current_not_allowed",
		"budget.curve",
		"budget.draws",
		"budget.exploration",
		"budget.floor_above_ceiling",
		"budget.floor_binds",
		"budget.floors_exceed_group",
		"budget.floors_exceed_total",
		"budget.gap_open",
		"budget.group",
		"budget.group_floor",
		"budget.group_step",
		"budget.groups_cross",
		"budget.left_unspent",
		"budget.limit",
		"budget.line_id",
		"budget.lines",
		"budget.next_unit",
		"budget.posterior",
		"budget.search",
		"budget.step",
		"budget.too_small_to_start",
		"budget.total",
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
