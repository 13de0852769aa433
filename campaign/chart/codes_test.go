package chart_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault that this package has of its own, in order. A code may
// retire and is never reused.
func codes() []string {
	return []string{
		"chart.id",
		"chart.level",
		"chart.magnitude",
		"chart.range",
		"chart.series",
		"chart.title",
		"chart.values",
		"chart.width",
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
