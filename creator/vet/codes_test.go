package vet_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/creator/vet"
	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of engagement, activity, growth, cohorts, benchmarks and reviews, in
// order. A code may retire and is never reused.
func codes() []string {
	return []string{
		"activity.commerce_unknown",
		"activity.too_few_posts",
		"activity.too_short",
		"benchmark.average_only",
		"benchmark.band",
		"benchmark.band_only",
		"benchmark.no_platform",
		"benchmark.no_tier",
		"benchmark.other_basis",
		"benchmark.redefined",
		"cohort.definition",
		"cohort.name",
		"cohort.no_reading",
		"cohort.other_definition",
		"cohort.too_few",
		"cohort.value",
		"engagement.beyond_last",
		"engagement.boosted",
		"engagement.comments_unusual",
		"engagement.definitions_mixed",
		"engagement.denominator_missing",
		"engagement.followers_unknown",
		"engagement.future",
		"engagement.likes_even",
		"engagement.measured_later",
		"engagement.negative",
		"engagement.no_date",
		"engagement.no_denominator",
		"engagement.no_followers",
		"engagement.no_median",
		"engagement.not_finite",
		"engagement.other_account",
		"engagement.other_definition",
		"engagement.other_format",
		"engagement.outside_window",
		"engagement.part_missing",
		"engagement.post_twice",
		"engagement.prior_default",
		"engagement.prior_empty",
		"engagement.prior_no_variation",
		"engagement.promotion_unknown",
		"engagement.sponsored",
		"engagement.tally",
		"engagement.too_few_posts",
		"engagement.too_few_sponsored",
		"engagement.too_young",
		"engagement.views_without_reaction",
		"growth.definitions_mixed",
		"growth.follow_unfollow",
		"growth.gap",
		"growth.leap",
		"growth.no_followers",
		"growth.no_gain",
		"growth.no_variation",
		"growth.pace",
		"growth.point",
		"growth.rounded",
		"growth.too_few_points",
		"growth.too_few_recent",
		"read.cohort",
		"read.options",
		"review.no_mark",
		"review.rubrics_mixed",
		"variant.count_twice",
		"variant.counts",
		"variant.days",
		"variant.format",
		"variant.last",
		"variant.min_age",
		"variant.min_posts",
		"variant.per",
		"variant.statistic",
	}
}

// metrics look like codes and are none.
func metrics() []string {
	return []string{
		vet.EngagementRate, vet.EngagementPercentile, vet.EngagementConsistency, vet.CommentsPerLike, vet.SponsoredRatio, vet.ViewRate,
		vet.EngagementTrimmedMean, vet.EngagementShrunk, vet.SuspiciousGrowth, vet.PostsPerWeek, vet.SponsoredShare,
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	nouns := []string{"activity", "benchmark", "cohort", "engagement", "growth", "read", "review", "variant"}
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		got = slices.DeleteFunc(got, func(code string) bool {
			noun, _, _ := strings.Cut(code, ".")
			return !slices.Contains(nouns, noun) || slices.Contains(metrics(), code)
		})
		if diff := cmp.Diff(codes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
