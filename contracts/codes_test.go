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
		"audit.order",
		"audit.placement_twice",
		"batch.amount",
		"batch.currency",
		"batch.empty",
		"batch.item_twice",
		"batch.market",
		"batch.minimum",
		"batch.rail",
		"batch.reference",
		"batch.same_person",
		"batch.state",
		"batch.status",
		"batch.text",
		"batch.unapproved",
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
		"negotiation.signed",
		"negotiation.subject",
		"negotiation.syntax",
		"negotiation.time",
		"outcome.amount",
		"outcome.contradiction",
		"outcome.currency",
		"outcome.missing",
		"outcome.not_under_way",
		"outcome.status",
		"outcome.unknown_reference",
		"pay.base",
		"pay.currency",
		"pay.hold",
		"pay.id_twice",
		"pay.metric",
		"pay.money",
		"pay.period",
		"pay.rate",
		"pay.span",
		"pay.tiers",
		"payee.bic",
		"payee.email",
		"payee.iban",
		"payee.market",
		"payee.name",
		"payee.stripe_account",
		"payment.amount",
		"payment.status",
		"payment.withheld",
		"payout.other",
		"payout.step",
		"payout.uncovered",
		"payout.unknown",
		"price.base",
		"price.order",
		"price.rate",
		"price.twice",
		"price.unpriced",
		"quote.currency",
		"quote.rate",
		"quote.source",
		"quote.syntax",
		"quote.time",
		"rate.syntax",
		"register.overlap",
		"register.parties",
		"register.version_twice",
		"renewal.same",
		"renewal.term",
		"repurpose.currency",
		"repurpose.definitions",
		"repurpose.impossible",
		"repurpose.missing",
		"repurpose.rank",
		"repurpose.sample",
		"repurpose.twice",
		"review.ai_contradiction",
		"review.ai_label",
		"review.ai_performer",
		"review.ai_unmentioned",
		"review.audit_missing",
		"review.category_banned",
		"review.category_conditions",
		"review.category_unknown",
		"review.commission_base",
		"review.commission_cap",
		"review.commission_currency",
		"review.commission_returns",
		"review.commission_statements",
		"review.commission_tiers",
		"review.disclosure_advised",
		"review.disclosure_duty",
		"review.edits_unmentioned",
		"review.exclusivity_conflict",
		"review.exclusivity_nowhere",
		"review.exclusivity_unbounded",
		"review.exclusivity_unclear",
		"review.exclusivity_undefined",
		"review.exclusivity_unpaid",
		"review.followers_unwarranted",
		"review.france_insurance",
		"review.france_law",
		"review.france_parties",
		"review.france_pay",
		"review.france_representative",
		"review.france_rights",
		"review.france_scope",
		"review.france_unknown",
		"review.france_unwritten",
		"review.freelance_date",
		"review.freelance_from",
		"review.freelance_late",
		"review.freelance_list",
		"review.freelance_parties",
		"review.freelance_pay",
		"review.freelance_services",
		"review.freelance_unknown",
		"review.freelance_unwritten",
		"review.kill_fee_missing",
		"review.kill_fee_stages",
		"review.markets_unknown",
		"review.minor_authorisation",
		"review.minor_earnings",
		"review.minor_guardian",
		"review.minor_signature",
		"review.monitoring_advised",
		"review.monitoring_duty",
		"review.morals_clawback",
		"review.morals_one_sided",
		"review.morals_undefined",
		"review.payment_long",
		"review.payment_missing",
		"review.payment_very_long",
		"review.permission_missing",
		"review.permission_narrow",
		"review.permission_short",
		"review.permission_unknown",
		"review.permit_missing",
		"review.permit_unknown",
		"review.region_unknown",
		"review.replica_purpose",
		"review.right_incomplete",
		"review.right_long",
		"review.right_perpetual",
		"review.rounds_many",
		"review.rounds_open",
		"review.silence_open",
		"review.takedown_advised",
		"review.takedown_duty",
		"review.undated",
		"review.union_scope",
		"rights.ai",
		"rights.asset",
		"rights.brand",
		"rights.cap_unchecked",
		"rights.channel",
		"rights.credit",
		"rights.edit",
		"rights.ended",
		"rights.flight",
		"rights.impression_cap",
		"rights.licensee",
		"rights.likeness",
		"rights.no_grant",
		"rights.not_started",
		"rights.parties",
		"rights.permission_gap",
		"rights.raw",
		"rights.replaced",
		"rights.spend_cap",
		"rights.territory",
		"rights.unpaid",
		"rights.unsigned",
		"rights.version_twice",
		"statement.payment_days",
		"statement.period",
		"taxonomy.cycle",
		"taxonomy.parent_unknown",
		"taxonomy.twice",
		"write_off.other",
		"write_off.too_much",
	}
}

// foreign are codes of the root that doc comments name, and paths that look like codes.
func foreign(code string) bool {
	return slices.Contains([]string{"money.range", "effective.start", "cap.amount", "cap.headroom", "tax.payer", "pay.guarantee", "hold.from", "hold.days", "hold.at_most_days"}, code)
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

// Every code of a batch, and of a decision on tax, stands in its table once.
func TestMeanings(t *testing.T) {
	t.Parallel()
	checkMeanings(t, "batch.go", "LeftReason", contracts.LeftReasons())
	checkMeanings(t, "batch.go", "ItemStatus", contracts.ItemStatuses())
	checkMeanings(t, "tax.go", "TaxReason", contracts.TaxReasons())
	checkMeanings(t, "tax.go", "TaxOutcome", contracts.TaxOutcomes())
	if got := contracts.MeaningOf(contracts.TaxOutcomes(), "later"); got != "later" {
		t.Errorf("a code of a later version means %q", got)
	}
}

func checkMeanings[Code ~string](t *testing.T, file, typed string, table []contracts.Meaning[Code]) {
	t.Helper()
	var listed []string
	for _, row := range table {
		listed = append(listed, string(row.Code))
		if row.Meaning == "" || contracts.MeaningOf(table, row.Code) != row.Meaning {
			t.Errorf("%s %q means %q", typed, row.Code, contracts.MeaningOf(table, row.Code))
		}
	}
	if diff := cmp.Diff(promise.Constants(t, file, typed), listed); diff != "" {
		t.Errorf("%s (-constants +listed):\n%s", typed, diff)
	}
}
