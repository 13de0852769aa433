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
		"delivery.panic", "delivery.source",
		"identity.key",
		"money.range",
		"offer.group", "offer.length", "offer.no_evidence", "offer.overlap", "offer.page", "offer.uses", "offer.window_days", "offer.window_order",
		"order.currency", "order.dispute_state", "order.encoding", "order.line_id", "order.line_twice", "order.manual_discount_as_code",
		"order.negative", "order.other_order", "order.other_shop", "order.quantity", "order.refund_state", "order.size",
		"order.strange_return",
		"policy.click_window", "policy.cool_down", "policy.customers", "policy.evidence", "policy.exclude",
		"policy.needs", "policy.pick", "policy.several_codes", "policy.trust", "policy.version", "policy.weights", "policy.window",
		"share.syntax",
		"signal.held", "signal.observed", "signal.withheld",
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
