package performance_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, with its metrics and the codes of
// rank that it names, in order. A code may retire and is never reused.
func codes() []string {
	return []string{
		"performance.contribution_per_order",
		"performance.contribution_per_post",
		"performance.conversion_rate",
		"performance.count",
		"performance.creator",
		"performance.creator_twice",
		"performance.credited_per_post",
		"performance.currency",
		"performance.definition",
		"performance.definitions",
		"performance.more_orders_than_clicks",
		"performance.no_contribution",
		"performance.no_spread",
		"performance.no_trials",
		"performance.not_counted",
		"performance.order",
		"performance.order_twice",
		"performance.order_variance",
		"performance.orders_per_post",
		"performance.prior_only",
		"performance.refund_rate",
		"performance.refunds_open",
		"performance.refused",
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	ofRank := func(code string) bool { return strings.HasPrefix(code, "rank.") }
	for what, got := range map[string][]string{"used": slices.DeleteFunc(used, ofRank), "documented": slices.DeleteFunc(documented, ofRank)} {
		if diff := cmp.Diff(codes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
