package vet_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/creator/vet"
	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of this package, in order. A code may retire and is never reused.
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
		"calibration.name",
		"calibration.rate",
		"calibration.rule",
		"calibration.sample",
		"calibration.source",
		"cohort.definition",
		"cohort.name",
		"cohort.no_reading",
		"cohort.other_definition",
		"cohort.too_few",
		"cohort.value",
		"comments.burst",
		"comments.duplicates",
		"comments.generic",
		"comments.language",
		"comments.level",
		"comments.negative",
		"comments.no_authors",
		"comments.no_judge",
		"comments.no_pods",
		"comments.no_times",
		"comments.none",
		"comments.not_judged",
		"comments.pod",
		"comments.positive",
		"comments.regulars",
		"comments.same_id",
		"comments.spam",
		"comments.too_few",
		"comments.too_few_posts",
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
		"fake.above_baseline",
		"fake.baseline",
		"fake.below_false_alarms",
		"fake.caveat",
		"fake.level",
		"fake.no_better_than_chance",
		"fake.no_sample",
		"fake.not_above_baseline",
		"fake.not_random",
		"fake.other_rule",
		"fake.population",
		"fake.too_few",
		"fake.undetermined",
		"fit.age",
		"fit.age_overlap",
		"fit.base_unknown",
		"fit.dimension_missing",
		"fit.floor",
		"fit.key_twice",
		"fit.no_audience",
		"fit.no_breakdown",
		"fit.no_ideal",
		"fit.nothing_known",
		"fit.placed_only",
		"fit.sampling",
		"fit.share",
		"fit.small_base",
		"fit.sum_over",
		"fit.sum_under",
		"fit.too_little",
		"fit.withheld",
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
		"ideal.age_overlap",
		"ideal.at_least",
		"ideal.audience",
		"ideal.dimension",
		"ideal.dimension_twice",
		"ideal.key",
		"ideal.key_twice",
		"ideal.name",
		"ideal.no_shares",
		"ideal.no_targets",
		"ideal.population",
		"ideal.share",
		"ideal.sum",
		"ideal.weight",
		"read.cohort",
		"read.options",
		"review.no_mark",
		"review.rubrics_mixed",
		"spam.name",
		"spam.pattern",
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
		"audience.share", vet.ViewRate, vet.MedianViews, vet.GrowthRate, vet.AudienceFit, vet.FakeShare,
		vet.DuplicateComments, vet.EarlyComments, vet.GenericComments, vet.NegativeComments, vet.PodComments, vet.PositiveComments,
		vet.RepeatCommenters, vet.SpamComments,
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		got = slices.DeleteFunc(got, func(code string) bool {
			return slices.Contains(metrics(), code)
		})
		if diff := cmp.Diff(codes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
