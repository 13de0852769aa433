package rail_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/contracts/rail"
	"github.com/bylinehq/byline/internal/promise"
)

func TestCodes(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, row := range rail.Codes() {
		listed = append(listed, row.Code)
		if row.Meaning == "" {
			t.Errorf("code %s means nothing", row.Code)
		}
	}
	slices.Sort(listed)
	if len(slices.Compact(slices.Clone(listed))) != len(listed) {
		t.Error("a code stands twice")
	}
	used, documented := promise.PackageCodes(t)
	other := func(code string) bool { return !strings.HasPrefix(code, "rail.") }
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		if diff := cmp.Diff(listed, slices.DeleteFunc(got, other)); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
