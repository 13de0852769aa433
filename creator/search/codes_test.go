package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, in order. A code may retire and
// is never reused.
func codes() []string {
	return []string{
		"search.audience",
		"search.by",
		"search.check",
		"search.check_twice",
		"search.contact",
		"search.creator",
		"search.creator_twice",
		"search.definition",
		"search.metric",
		"search.missing",
		"search.page",
		"search.price",
		"search.range",
		"search.reading_metric",
		"search.reading_twice",
		"search.window",
		"search.words",
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
