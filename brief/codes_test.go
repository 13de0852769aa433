package brief_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault, a refusal or a finding that this package has of its own,
// in order. A code may retire and is never reused.
func codes() []string {
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
		"content.time",
		"course.number",
		"course.piece",
		"deliverable.carried",
		"deliverable.early",
		"deliverable.format",
		"deliverable.frames",
		"deliverable.language",
		"deliverable.late",
		"deliverable.length",
		"deliverable.none",
		"deliverable.platform",
		"deliverable.posting",
		"deliverable.posting_order",
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
		"tracking.unknown",
	}
}

// foreign are paths of JSON that look like codes.
func foreign(code string) bool {
	return slices.Contains([]string{"posting.start", "posting.end", "timeline.embargo_ends"}, code)
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
