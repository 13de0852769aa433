package brief_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault or a finding that this package has of its own, in order.
// A code may retire and is never reused.
func codes() []string {
	list := []string{
		"brief.market_twice",
		"brief.minors",
		"calendar.weekday",
		"calendar.zone",
		"code.twice",
		"deliverable.format",
		"deliverable.posting",
		"deliverable.posting_order",
		"disclosure.twice",
		"element.piece",
		"element.piece_twice",
		"link.twice",
		"link.utm",
		"piece.hashtag",
		"piece.length_order",
		"piece.tag",
		"variant.field",
		"variant.list",
		"variant.overlap",
		"variant.value",
	}
	for _, row := range brief.ReviewCodes() {
		list = append(list, row.Code)
	}
	slices.Sort(list)
	return list
}

// foreign are codes of package disclosure, and paths of JSON that look like codes.
func foreign(code string) bool {
	field, _, _ := strings.Cut(code, ".")
	return slices.Contains([]string{
		"approval", "audience", "gate", "length", "monitoring", "objective", "posting", "product", "timeline", "tracking", "claims",
	}, field)
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		if diff := cmp.Diff(codes(), slices.DeleteFunc(got, foreign)); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
	if list := codes(); len(slices.Compact(slices.Clone(list))) != len(list) {
		t.Error("a code is listed twice")
	}
}
