package shortlist_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, in order. A code may retire and
// is never reused.
func codes() []string {
	return []string{
		"candidate.check",
		"candidate.creator",
		"candidate.currency",
		"candidate.outcome",
		"candidate.price",
		"candidate.twice",
		"list.coverage_doubt",
		"list.empty",
		"list.estimated",
		"list.gap",
		"list.no_interval",
		"list.not_found",
		"list.other_definition",
		"list.reserve_short",
		"list.undetermined",
		"must.apart",
		"must.barred",
		"must.over_budget",
		"must.over_max",
		"must.unknown",
		"options.count",
		"out.apart",
		"out.brings_nothing",
		"out.budget_left",
		"out.cap_reached",
		"out.check_failed",
		"out.check_undetermined",
		"out.coverage_floor",
		"out.definition",
		"out.dominated",
		"out.list_full",
		"out.never",
		"out.no_audience",
		"out.no_coverage",
		"out.no_outcome",
		"out.no_price",
		"out.no_score",
		"out.outweighed",
		"out.over_budget",
		"out.quota_full",
		"out.same_creator",
		"out.score_floor",
		"pick.minimum",
		"pick.must_have",
		"pick.no_reserve",
		"pick.outcome",
		"pick.replace",
		"pick.undetermined",
		"quota.cap",
		"quota.count",
		"quota.dimension",
		"quota.few_candidates",
		"quota.key",
		"quota.over_budget",
		"quota.over_max",
		"quota.twice",
		"record.erased",
		"record.inputs_differ",
		"record.list_differs",
		"request.apart",
		"request.budget",
		"request.clash",
		"request.count",
		"request.coverage",
		"request.creator",
		"request.few_candidates",
		"request.floor",
		"request.min_over_budget",
		"request.must_never",
		"request.objective",
		"score.thin",
		"score.verdict",
		"sketch.none",
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
