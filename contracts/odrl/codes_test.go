package odrl_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault that this package has, in order. A code may retire and is
// never reused.
func codes() []string {
	return []string{
		"odrl.action",
		"odrl.conflict",
		"odrl.context",
		"odrl.duplicate",
		"odrl.grant",
		"odrl.id",
		"odrl.json",
		"odrl.kind",
		"odrl.left_operand",
		"odrl.nested",
		"odrl.operator",
		"odrl.profile",
		"odrl.property",
		"odrl.required",
		"odrl.right_operand",
		"odrl.shape",
		"odrl.size",
		"odrl.term",
		"odrl.unit",
		"odrl.word",
		"odrl.zone",
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

// Every code has a document or terms that are refused with it.
func TestEveryCodeIsFound(t *testing.T) {
	t.Parallel()
	var found []string
	for _, tt := range refused() {
		found = append(found, codesIn(tt.want)...)
	}
	for _, tt := range unwritable() {
		found = append(found, codesIn(tt.want)...)
	}
	for _, tt := range noGrants() {
		found = append(found, codesIn(tt.want)...)
	}
	slices.Sort(found)
	if diff := cmp.Diff(codes(), slices.Compact(found)); diff != "" {
		t.Errorf("codes (-listed +found):\n%s", diff)
	}
}
