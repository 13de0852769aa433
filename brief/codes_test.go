package brief_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault, a refusal or a finding that this package has of its own,
// in order. A code may retire and is never reused.
func codes() []string {
	list := slices.Concat(shapeCodes(), checkCodes())
	for _, row := range brief.ReviewCodes() {
		list = append(list, row.Code)
	}
	slices.Sort(list)
	return list
}

// shapeCodes are those of Validate, of calendars and of variants.
func shapeCodes() []string {
	return []string{
		"brief.market_twice",
		"brief.minors",
		"calendar.date",
		"calendar.field",
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
}

// checkCodes are those of posts, their evidence and their progress.
func checkCodes() []string {
	return []string{
		"agreed.label",
		"agreed.toggle",
		"brands.other",
		"brands.unnamed",
		"claim.manner",
		"code.expired",
		"code.missing",
		"code.other",
		"code.ran_out",
		"code.typo",
		"competitor.named",
		"content.embargo",
		"content.music",
		"content.politics",
		"content.profanity",
		"content.time",
		"content.unlicensed",
		"course.number",
		"course.piece",
		"deliverable.carried",
		"deliverable.early",
		"deliverable.frames",
		"deliverable.language",
		"deliverable.late",
		"deliverable.length",
		"deliverable.none",
		"deliverable.platform",
		"deliverable.removed",
		"deliverable.unknown",
		"element.altered",
		"element.missing",
		"evidence.digest",
		"evidence.hash",
		"evidence.text",
		"evidence.time",
		"forbidden.said",
		"hashtag.missing",
		"link.broken",
		"link.expired",
		"link.missing",
		"link.parameters",
		"link.ran_out",
		"link.shortened",
		"link.target",
		"link.unknown",
		"progress.closed",
		"progress.early",
		"progress.evidence",
		"progress.final",
		"progress.id",
		"progress.late",
		"progress.log",
		"progress.no_rule",
		"progress.party",
		"progress.rounds",
		"progress.schedule",
		"progress.settled",
		"progress.violation",
		"progress.window",
		"step.answer_by",
		"step.count",
		"step.posting",
		"step.text",
		"step.time",
		"tag.missing",
	}
}

// foreign are codes of package disclosure, and paths of JSON that look like codes.
func foreign(code string) bool {
	field, _, _ := strings.Cut(code, ".")
	return slices.Contains([]string{
		"approval", "audience", "gate", "label", "length", "monitoring", "objective", "posting", "product", "timeline", "tracking", "claims",
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
