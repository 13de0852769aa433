package lift_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault, a refusal and a finding of this package but for those of
// experiments on panels and their paths, in order. A code may retire and is never reused.
func codes() []string {
	return []string{
		"arm.conversions", "arm.sample_ratio", "arm.units",
		"assignment.experiment", "assignment.group", "assignment.treated_share", "assignment.unit",
		"cuped.constant_before", "cuped.covariate_differs", "cuped.depends", "cuped.level", "cuped.theta", "cuped.tipping",
		"did.cluster", "did.few_clusters", "did.level", "did.periods", "did.tipping", "did.too_few_clusters",
		"did.trends_alike", "did.trends_differ", "did.trends_unchecked", "did.unit",
		"holdout.converted_before", "holdout.crossed", "holdout.effect", "holdout.experiment", "holdout.moved", "holdout.one_look", "holdout.power", "holdout.share_changed",
		"holdout.small", "holdout.split", "holdout.treated_share", "holdout.unassigned",
		"lift.control_mean_near_zero", "lift.level", "lift.no_control_conversions", "lift.too_few_conversions", "lift.too_few_units",
		"means.constant", "means.level", "means.tipping",
		"options.treated_share",
		"power.effect", "power.method", "power.no_effect", "power.power", "power.rate", "power.share", "power.tails",
		"power.units", "power.units_per_day", "power.unreachable",
		"proportions.crossover", "proportions.disagree", "proportions.exact", "proportions.level", "proportions.tipping",
		"sample.currency", "sample.finite", "sample.n", "sample.variance",
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		got = slices.DeleteFunc(got, func(code string) bool {
			noun, _, _ := strings.Cut(code, ".")
			return slices.Contains([]string{"panel", "placebo", "conformal", "geo", "robustness", "treated"}, noun)
		})
		if diff := cmp.Diff(codes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
