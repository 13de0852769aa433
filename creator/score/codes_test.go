package score_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes are public contract: one is never renamed or reused. The check of a limit adds
// "limit." and its metric.
func codes() []string {
	return []string{
		"limit.bounds", "limit.metric",
		"rank.by", "rank.rubric", "rank.twice",
		"rubric.anchors", "rubric.check", "rubric.coverage", "rubric.criteria", "rubric.group_name", "rubric.groups", "rubric.json",
		"rubric.metric", "rubric.metric_twice", "rubric.name", "rubric.unit", "rubric.version", "rubric.weight",
		"score.definitions", "score.interval",
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	if diff := cmp.Diff(codes(), used); diff != "" {
		t.Errorf("codes in use mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(codes(), documented); diff != "" {
		t.Errorf("documented codes mismatch (-want +got):\n%s", diff)
	}
}
