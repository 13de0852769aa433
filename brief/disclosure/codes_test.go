package disclosure_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault or a finding that this package has of its own, in
// order. A code may retire and is never reused.
func codes() []string {
	return []string{
		"gate.banned",
		"gate.conditions",
		"gate.credentials",
		"label.after_fold",
		"label.buried",
		"label.companion",
		"label.denied",
		"label.frame",
		"label.hashtags",
		"label.hidden",
		"label.inadequate",
		"label.inline",
		"label.language",
		"label.late",
		"label.low",
		"label.missing",
		"label.not_alone",
		"label.not_first",
		"label.not_in_content",
		"label.once",
		"label.one_channel",
		"label.open",
		"label.toggle_alone",
		"label.unconfirmed",
		"label.unlisted",
		"label.wrong_place",
		"notice.missing",
		"notice.place",
		"notice.unclear",
		"permit.missing",
		"rule.bands",
		"rule.confidence",
		"rule.force",
		"rule.gate",
		"rule.id",
		"rule.label",
		"rule.label_twice",
		"rule.market",
		"rule.overlap",
		"rule.permit",
		"rule.place",
		"rule.scope",
		"rule.source",
		"rule.toggle",
		"rule.window",
		"time.short",
		"toggle.off",
	}
}

// foreign are paths of JSON that look like codes.
func foreign(code string) bool {
	return slices.Contains([]string{"label.accepted", "label.risky", "label.rejected", "label.place", "label.toggle_suffices",
		"notice.accepted", "time.bands", "time.media", "toggle.name", "gate.effect", "permit.name"}, code)
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		if diff := cmp.Diff(codes(), slices.DeleteFunc(got, foreign)); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
