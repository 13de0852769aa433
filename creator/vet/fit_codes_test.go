package vet

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// fitCodes is every code of audience fit, fake followers and comments, in order. A code
// may retire and is never reused.
func fitCodes() []string {
	return []string{
		"calibration.name", "calibration.rate", "calibration.rule", "calibration.sample", "calibration.source",
		"comments.burst", "comments.duplicates", "comments.generic", "comments.language", "comments.level",
		"comments.negative", "comments.no_authors", "comments.no_judge", "comments.no_pods", "comments.no_times",
		"comments.none", "comments.not_judged", "comments.pod", "comments.positive", "comments.regulars",
		"comments.same_id", "comments.spam", "comments.too_few", "comments.too_few_posts",
		"fake.above_baseline", "fake.baseline", "fake.below_false_alarms", "fake.caveat", "fake.level",
		"fake.no_better_than_chance", "fake.no_sample", "fake.not_above_baseline", "fake.not_random",
		"fake.other_rule", "fake.population", "fake.too_few", "fake.undetermined",
		"fit.age", "fit.age_overlap", "fit.base_unknown", "fit.dimension_missing", "fit.floor", "fit.key_twice",
		"fit.no_audience", "fit.no_breakdown", "fit.no_ideal", "fit.nothing_known", "fit.placed_only",
		"fit.sampling", "fit.share", "fit.small_base", "fit.sum_over", "fit.sum_under", "fit.too_little", "fit.withheld",
		"ideal.age_overlap", "ideal.at_least", "ideal.audience", "ideal.dimension", "ideal.dimension_twice",
		"ideal.key", "ideal.key_twice", "ideal.name", "ideal.no_shares", "ideal.no_targets", "ideal.population",
		"ideal.share", "ideal.sum", "ideal.weight",
		"spam.name", "spam.pattern",
	}
}

// fitMetrics have the shape of a code and are none.
func fitMetrics() []string {
	return []string{
		DuplicateComments, EarlyComments, GenericComments, NegativeComments, PodComments, PositiveComments,
		RepeatCommenters, SpamComments,
	}
}

func TestFitCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		ours := slices.DeleteFunc(got, func(code string) bool {
			noun, _, _ := strings.Cut(code, ".")
			return !slices.Contains([]string{"calibration", "comments", "fake", "fit", "ideal", "spam"}, noun) || slices.Contains(fitMetrics(), code)
		})
		if diff := cmp.Diff(fitCodes(), ours); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
