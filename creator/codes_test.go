package creator_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, in order. A code may retire and
// is never reused.
func codes() []string {
	return []string{
		"audience.account",
		"audience.age",
		"audience.age_overlap",
		"audience.base",
		"audience.bucket_twice",
		"audience.country",
		"audience.coverage",
		"audience.dimension_twice",
		"audience.language",
		"audience.no_unknown",
		"audience.share",
		"audience.shares_sum",
		"audience.stale",
		"audience.twice",
		"audience.undated",
		"comment.account",
		"comment.author_personal",
		"comment.future",
		"comment.likes",
		"comment.post_unknown",
		"comment.twice",
		"dossier.size",
		"dossier.syntax",
		"dossier.text",
		"dossier.type",
		"dossier.unclosed",
		"dossier.unknown_field",
		"measure.future",
		"origin.missing",
		"origin.platform",
		"origin.retention",
		"origin.retention_over",
		"partnership.window",
		"post.account",
		"post.future",
		"post.likes_above_views",
		"post.measure",
		"post.metric",
		"post.mixed_definitions",
		"post.single",
		"post.twice",
		"post.views_below_reach",
		"privacy.special_category",
		"profile.account_twice",
		"profile.embedding",
		"profile.followers",
		"profile.following",
		"profile.handle",
		"profile.no_followers",
		"profile.posts",
		"profile.stale",
		"rate.price",
		"rate.window",
		"rate.zero",
		"review.mark",
		"scheme.bounds",
		"scheme.gap",
		"scheme.name",
		"scheme.no_tiers",
		"scheme.overlap",
		"scheme.tier_name",
		"series.account",
		"series.mixed_definitions",
		"series.time",
		"series.twice",
		"series.two_values",
		"series.value",
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
