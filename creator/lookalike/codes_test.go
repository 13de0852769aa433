package lookalike_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, with its metric, in order. A code
// may retire and is never reused.
func codes() []string {
	return []string{
		"lookalike.creator",
		"lookalike.creator_twice",
		"lookalike.expected",
		"lookalike.no_signal",
		"lookalike.no_variation",
		"lookalike.nobody_alike",
		"lookalike.not_comparable",
		"lookalike.option",
		"lookalike.outcome_definition",
		"lookalike.outcome_missing",
		"lookalike.too_few_known",
		"lookalike.weight",
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
