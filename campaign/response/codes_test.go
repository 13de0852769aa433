package response_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of this package, in order. A code may retire and is never reused.
func codes() []string {
	return []string{
		"response.adstock",
		"response.ceiling_not_seen",
		"response.decay_at_edge",
		"response.family",
		"response.json",
		"response.level",
		"response.loose_parameter",
		"response.no_better_than_mean",
		"response.no_variation",
		"response.not_identified",
		"response.not_rising",
		"response.observation",
		"response.parameter",
		"response.spend",
		"response.too_few",
		"response.window",
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
