package score_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes are public contract: one is never renamed or reused. The check of a limit adds
// "limit." and its metric.
func codes() []string {
	return []string{
		"limit.bounds", "limit.metric",
		"preset.goal", "preset.orders", "preset.tier",
		"rank.by", "rank.rubric", "rank.twice",
		"rubric.anchors", "rubric.check", "rubric.coverage", "rubric.criteria", "rubric.group_name", "rubric.groups", "rubric.json",
		"rubric.metric", "rubric.metric_twice", "rubric.name", "rubric.unit", "rubric.version", "rubric.weight",
		"score.definitions", "score.interval",
	}
}

// own are codes of this package; metrics and the checks of others have the same shape.
func own(all []string) []string {
	nouns := []string{"limit", "preset", "rank", "rubric", "score"}
	return slices.DeleteFunc(all, func(code string) bool {
		noun, _, _ := strings.Cut(code, ".")
		return !slices.Contains(nouns, noun)
	})
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	used, documented = own(used), own(documented)
	if diff := cmp.Diff(codes(), used); diff != "" {
		t.Errorf("codes in use mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(codes(), documented); diff != "" {
		t.Errorf("documented codes mismatch (-want +got):\n%s", diff)
	}
}
