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
		"agreement.fee",
		"agreement.missing",
		"agreement.nothing_owed",
		"agreement.parties",
		"agreement.rate",
		"agreement.start",
		"agreement.version",
		"agreement.window_order",
		"batch.amount",
		"batch.currency",
		"batch.empty",
		"batch.item_twice",
		"batch.minimum",
		"batch.rail",
		"batch.reference",
		"batch.same_person",
		"batch.state",
		"batch.status",
		"batch.unapproved",
		"ledger.currency",
		"ledger.mixed_append",
		"ledger.other_currency",
		"ledger.other_subject",
		"outcome.amount",
		"outcome.contradiction",
		"outcome.currency",
		"outcome.missing",
		"outcome.not_under_way",
		"outcome.status",
		"outcome.unknown_reference",
		"payee.bic",
		"payee.email",
		"payee.iban",
		"payee.name",
		"payee.stripe_account",
		"payment.amount",
		"payment.status",
		"payment.withheld",
		"payout.other",
		"payout.step",
		"payout.uncovered",
		"payout.unknown",
		"rate.syntax",
		"register.overlap",
		"register.parties",
		"register.version_twice",
		"write_off.other",
		"write_off.too_much",
	}
}

// foreign are codes of the root that doc comments name, and paths that look like codes.
func foreign(code string) bool { return code == "money.range" || code == "effective.start" }

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
