package contracts_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault or a finding that this package has of its own, in
// order. A code may retire and is never reused.
func codes() []string {
	return []string{
		"agreement.digest",
		"agreement.id_twice",
		"agreement.missing",
		"agreement.money",
		"agreement.no_party",
		"agreement.nothing_owed",
		"agreement.other_document",
		"agreement.parties",
		"agreement.rate",
		"agreement.role_twice",
		"agreement.stage_twice",
		"agreement.start",
		"agreement.subdivision",
		"agreement.term_end",
		"agreement.term_order",
		"agreement.term_start",
		"agreement.territory",
		"agreement.unnamed",
		"agreement.unwritable",
		"agreement.version",
		"agreement.window_order",
		"agreement.zone",
		"earn.breakdown",
		"exclusivity.category",
		"exclusivity.everyone",
		"exclusivity.named",
		"exclusivity.recent",
		"exclusivity.unknown",
		"exclusivity.wider",
		"ledger.currency",
		"ledger.mixed_append",
		"ledger.other_currency",
		"ledger.other_subject",
		"negotiation.hash",
		"negotiation.order",
		"negotiation.other_offer",
		"negotiation.own_offer",
		"negotiation.subject",
		"negotiation.syntax",
		"negotiation.time",
		"pay.currency",
		"pay.hold",
		"pay.id_twice",
		"pay.metric",
		"pay.money",
		"pay.rate",
		"pay.span",
		"pay.tiers",
		"payment.amount",
		"quote.currency",
		"quote.rate",
		"quote.source",
		"quote.syntax",
		"rate.syntax",
		"register.overlap",
		"register.parties",
		"register.version_twice",
		"taxonomy.cycle",
		"taxonomy.parent_unknown",
		"taxonomy.twice",
	}
}

// foreign are codes of the root that doc comments name, and paths that look like codes.
func foreign(code string) bool {
	return slices.Contains([]string{"money.range", "effective.start", "cap.amount", "cap.headroom", "hold.from", "hold.days", "hold.at_most_days"}, code)
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

// Every reason stands in the table of reasons once, with its meaning.
func TestReasons(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, r := range contracts.Reasons() {
		listed = append(listed, string(r.Reason))
		if r.Meaning == "" {
			t.Errorf("reason %q means nothing", r.Reason)
		}
	}
	constants := promise.Constants(t, "line.go", "Reason")
	if diff := cmp.Diff(constants, listed); diff != "" {
		t.Errorf("reasons (-constants +listed):\n%s", diff)
	}
	slices.Sort(listed)
	if len(slices.Compact(listed)) != len(constants) {
		t.Error("two constants have one reason")
	}
}
