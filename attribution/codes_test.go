package attribution_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is the table of all fault and finding codes of this package. They are a public
// contract: one may retire, none is ever reused for something else.
func codes() []string {
	return []string{
		"backfill.panic", "backfill.pointer",
		"claim.unknown_creator",
		"delivery.no_fetcher", "delivery.panic", "delivery.pointer_loop", "delivery.source",
		"identity.key",
		"money.range",
		"offer.group", "offer.length", "offer.no_evidence", "offer.overlap", "offer.page", "offer.uses", "offer.window_days", "offer.window_order",
		"order.currency", "order.dispute_state", "order.encoding", "order.known_twice", "order.line_id", "order.line_twice", "order.manual_discount_as_code",
		"order.negative", "order.other_order", "order.other_shop", "order.quantity", "order.refund_state", "order.size",
		"order.strange_return",
		"policy.all_channels_before_codes", "policy.assignment_limited", "policy.assignment_missing",
		"policy.assignment_outranked", "policy.binding_of_new", "policy.click_window", "policy.clicks_uncredited",
		"policy.codes_need_click", "policy.codes_outranked", "policy.codes_uncredited",
		"policy.confirmation_behind_clicks", "policy.cool_down", "policy.cool_down_ends_binding",
		"policy.credits_nobody", "policy.customers", "policy.evidence", "policy.exclude", "policy.excludes_everything",
		"policy.field_twice", "policy.json", "policy.needs", "policy.pick", "policy.several_codes",
		"policy.shadowed_evidence", "policy.size", "policy.trust", "policy.trust_any_score", "policy.trust_shadowed",
		"policy.trust_unknown_signal", "policy.type", "policy.unknown_customers", "policy.unknown_field",
		"policy.unreachable", "policy.unused", "policy.version", "policy.views_paid", "policy.weights", "policy.window",
		"policy.winner_without_clicks", "replay.order",
		"share.syntax",
		"signal.held", "signal.observed", "signal.withheld",
		"touch.encoding", "touch.kind",
		"worker.not_made",
	}
}

// others look like codes and are none: kinds of event, and a path.
func others() []string {
	return []string{"order.changed", "order.refunded", "order.claimed", "order.disputed", "order.deleted", "order.linked", "order.pointed", "person.data_requested", "person.redact", "shop.redact", "app.removed", "order.id",
		"gmail.com", "googlemail.com"}
}

func TestCodesAreListedAndDocumented(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	used = slices.DeleteFunc(used, func(code string) bool { return slices.Contains(others(), code) })
	if diff := cmp.Diff(codes(), used); diff != "" {
		t.Errorf("codes in the table and in the source (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(codes(), documented); diff != "" {
		t.Errorf("codes in the table and in doc comments (-want +got):\n%s", diff)
	}
}
