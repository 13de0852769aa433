package lift

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// panelCodes is every code of experiments on panels, in order. A code may retire and is
// never reused.
func panelCodes() []string {
	return []string{
		"conformal.donor",
		"conformal.level",
		"conformal.method",
		"conformal.not_constant",
		"conformal.permutations",
		"conformal.scheme",
		"conformal.too_few",
		"conformal.unbounded",
		"geo.effect",
		"geo.false_positives",
		"geo.few_periods",
		"geo.history",
		"geo.keep",
		"geo.kept",
		"geo.left_out",
		"geo.length",
		"geo.level",
		"geo.loose_fit",
		"geo.max_sets",
		"geo.method",
		"geo.no_market",
		"geo.no_mde",
		"geo.not_positive",
		"geo.search",
		"geo.sizes",
		"geo.step",
		"geo.target",
		"geo.tie",
		"geo.windows",
		"geo.windows_share",
		"panel.donor_range",
		"panel.donor_sign",
		"panel.equal_weights",
		"panel.error_method",
		"panel.few_placebos",
		"panel.few_pre_periods",
		"panel.heavy_donor",
		"panel.level",
		"panel.loose_fit",
		"panel.many_donors",
		"panel.method",
		"panel.misfit",
		"panel.no_control",
		"panel.no_interval",
		"panel.no_jackknife",
		"panel.no_post_period",
		"panel.no_pre_period",
		"panel.no_treated",
		"panel.no_variation",
		"panel.not_made",
		"panel.not_unique",
		"panel.one_donor",
		"panel.outcome",
		"panel.period_twice",
		"panel.periods",
		"panel.poor_fit",
		"panel.predictor",
		"panel.ragged",
		"panel.replications",
		"panel.short_past",
		"panel.shorter_pre",
		"panel.treated",
		"panel.unit_twice",
		"panel.units",
		"panel.zeta",
		"placebo.above",
		"placebo.calm",
		"placebo.drift",
		"placebo.exact_fit",
		"placebo.few_controls",
		"placebo.left_out",
		"placebo.level",
		"placebo.pre_ratio",
		"placebo.start",
		"placebo.statistic",
		"placebo.too_few",
	}
}

func TestPanelCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		got = slices.DeleteFunc(got, func(code string) bool {
			noun, _, _ := strings.Cut(code, ".")
			return !slices.Contains([]string{"panel", "placebo", "conformal", "geo"}, noun)
		})
		if diff := cmp.Diff(panelCodes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
