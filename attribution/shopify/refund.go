package shopify

import (
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// Kinds and states of what a refund lists.
// https://shopify.dev/api/admin-rest/2023-10/resources/transaction and
// https://shopify.dev/docs/api/admin-rest/2024-10/resources/refund, read 2026-11-22.
const (
	transactionRefund = "refund"
	statusSuccess     = "success"
	statusFailure     = "failure"
	statusError       = "error"

	// Until version 2024-10 refunded shipping is an adjustment of this kind, with its
	// tax beside it; from then on it has refund_shipping_lines, without their tax. All
	// other adjustments are what Shopify reckoned minus what was paid back.
	adjustmentShipping = "shipping_refund"
)

// parseRefund makes the fragment of an order that knows the refund only. It carries the
// currency, so that the fragment alone adds up; the order's document has the last word.
func (r *reader) parseRefund(d attribution.Delivery, shop string) []attribution.Event {
	var w wireRefund
	if !r.Decode(d.Body, &w) || r.Misfit(w.shape()) {
		return nil
	}
	r.Currency = w.currency()
	order := attribution.Order{ID: OrderID(r.Number("order_id", w.OrderID)), Shop: shop, Currency: r.Currency}
	refund := r.refund(&w)
	refund.AsOf = refund.At
	if !w.ProcessedAt.Missing() {
		refund.AsOf = r.Time("processed_at", w.ProcessedAt, wire.RFC3339)
	}
	order.Refunds = []attribution.Refund{refund}
	return r.orderEvent(d, attribution.OrderRefunded, order, refund.AsOf)
}

func (w *wireRefund) shape() *byline.FieldError {
	hasContent := w.RefundLineItems != nil || w.Transactions != nil
	switch {
	case w.Order.Kind == wire.Composite || w.Refund.Kind == wire.Composite:
		return fault(codeEnvelope, "")
	case w.OrderID.Missing() && w.LineItems.Kind == wire.Composite:
		return fault(codeShape, "the body is an order, not a refund")
	case w.ID.Missing() || w.OrderID.Missing() || !hasContent:
		return fault(codeShape, "the body is no refund: a refund has an id, an order_id and refund_line_items")
	}
	return nil
}

// refunds reads those inside an order. They are as the order's document knows them.
func (r *reader) refunds(list []wireRefund, asOf time.Time) []attribution.Refund {
	var refunds []attribution.Refund
	for i := range list {
		inner := r.item("refunds", i)
		refund := inner.refund(&list[i])
		refund.AsOf = asOf
		refunds = append(refunds, refund)
	}
	return refunds
}

func (r *reader) refund(w *wireRefund) attribution.Refund {
	if w.CreatedAt.Missing() {
		r.Add("created_at", codeRequired, "")
	}
	refund := attribution.Refund{
		ID:    r.ID("id", w.ID),
		At:    r.Time("created_at", w.CreatedAt, wire.RFC3339),
		State: w.state(),
		Lines: r.refundLines(w.RefundLineItems),
	}
	back := r.adjustments(w.OrderAdjustments)
	refund.Shipping = r.withDuties(w, r.shippingBack(w, back))
	cash, known := r.cash(w)
	switch {
	case !known:
		cash = r.cashFromSets(refund, back)
	case w.onlyShipping():
		// Nothing but shipping came back and Shopify's reckoning agrees with what was paid,
		// so all of it is shipping: this finds the tax that refund_shipping_lines leave out.
		refund.Shipping = cash
	}
	refund.Cash = cash
	return refund
}

func (t *wireTransaction) isRefund() bool {
	return strings.EqualFold(t.Kind.Words(), transactionRefund)
}

func (t *wireTransaction) status() string { return strings.ToLower(t.Status.Words()) }

// state looks at refund transactions alone: a cancelled authorisation is voided, and
// takes goods off an order without paying anything back.
func (w *wireRefund) state() attribution.RefundState {
	all, failed := 0, 0
	for i := range w.Transactions {
		t := &w.Transactions[i]
		switch {
		case !t.isRefund():
			continue
		case t.status() == statusSuccess:
			return attribution.Settled
		case t.status() == statusFailure, t.status() == statusError:
			failed++
		}
		all++
	}
	switch {
	case all == 0:
		return attribution.Settled
	case failed == all:
		return attribution.RefundFailed
	}
	return attribution.RefundPending
}

func (r *reader) refundLines(items []wireRefundLine) []attribution.RefundLine {
	var lines []attribution.RefundLine
	for i := range items {
		w := &items[i]
		inner := r.item("refund_line_items", i)
		line := attribution.RefundLine{
			Line:     inner.ID("line_item_id", w.LineItemID),
			Quantity: inner.Count("quantity", w.Quantity),
		}
		line.Subtotal, _ = inner.amount("subtotal", w.SubtotalSet, w.Subtotal)
		line.Tax, _ = inner.amount("total_tax", w.TotalTaxSet, w.TotalTax)
		lines = append(lines, line)
	}
	return lines
}

// adjusted sums a refund's adjustments, with the shop's signs: what goes back to the
// customer is negative.
type adjusted struct {
	shipping, shippingTax, discrepancy byline.Money
}

func (r *reader) adjustments(list []wireAdjustment) adjusted {
	var sums adjusted
	for i := range list {
		w := &list[i]
		inner := r.item("order_adjustments", i)
		amount, _ := inner.amount("amount", w.AmountSet, w.Amount)
		tax, _ := inner.amount("tax_amount", w.TaxAmountSet, w.TaxAmount)
		if w.isShipping() {
			sums.shipping = inner.Sum("amount", sums.shipping, amount)
			sums.shippingTax = inner.Sum("tax_amount", sums.shippingTax, tax)
		} else {
			sums.discrepancy = inner.Sum("amount", sums.discrepancy, inner.Sum("tax_amount", amount, tax))
		}
	}
	return sums
}

func (w *wireAdjustment) isShipping() bool { return w.Kind.Words() == adjustmentShipping }

// shippingBack is the shipping paid back, with its tax where the shop says it. The two
// places that tell of it say the same, so they are not added.
func (r *reader) shippingBack(w *wireRefund, back adjusted) byline.Money {
	var shipping byline.Money
	for i, line := range w.RefundShippingLines {
		inner := r.item("refund_shipping_lines", i)
		subtotal, _ := inner.amount("subtotal_amount", line.SubtotalAmountSet, scalar{})
		shipping = inner.Sum("subtotal_amount_set", shipping, subtotal)
	}
	if len(w.RefundShippingLines) == 0 {
		shipping = back.shipping.Neg()
	}
	return floor(r.Sum("order_adjustments", shipping, back.shippingTax.Neg()))
}

// withDuties adds what else was paid back that is no merchandise.
func (r *reader) withDuties(w *wireRefund, shipping byline.Money) byline.Money {
	for _, set := range []wireSet{w.TotalDutiesSet.Value, w.TotalAdditionalFeesSet.Value} {
		if amount, _ := r.amount("total_duties", set, scalar{}); amount.Sign() > 0 {
			shipping = r.Sum("total_duties", shipping, amount)
		}
	}
	return shipping
}

func (w *wireRefund) onlyShipping() bool {
	if len(w.RefundLineItems) > 0 || len(w.RefundShippingLines) == 0 || w.OrderAdjustments == nil {
		return false
	}
	for i := range w.OrderAdjustments {
		if !w.OrderAdjustments[i].isShipping() {
			return false
		}
	}
	return true
}

// cash sums what successful transactions paid back. It is unknown when one of them is
// in another currency than the shop's: amount and currency of a transaction are what
// the customer was charged in.
// https://shopify.dev/docs/api/admin-graphql/2024-04/input-objects/ReturnRefundOrderTransactionInput,
// read 2026-11-22.
func (r *reader) cash(w *wireRefund) (total byline.Money, known bool) {
	known = true
	if w.movedNothing() && r.Currency != "" {
		total = byline.Minor(0, r.Currency)
	}
	for i := range w.Transactions {
		t := &w.Transactions[i]
		if !t.isRefund() || t.status() != statusSuccess {
			continue
		}
		inner := r.item("transactions", i)
		if !t.AmountSet.ShopMoney.Amount.Missing() || t.Currency.Missing() || inner.isOwn(t.Currency) {
			total = inner.Sum("amount", total, inner.mustAmount("amount", t.AmountSet, t.Amount))
		} else {
			known = false
		}
	}
	return total, known
}

// movedNothing is true of a refund that lists its transactions and has none that pays
// back: goods came off the order, and their money comes later or never.
func (w *wireRefund) movedNothing() bool {
	return w.Transactions != nil && !slices.ContainsFunc(w.Transactions, func(t wireTransaction) bool { return t.isRefund() })
}

// cashFromSets works the cash out in the shop's currency when the transactions are in
// another: the goods and the shipping, minus what Shopify reckoned and was not paid. Tax
// on the goods is left out, because the refund does not say whether the subtotals hold
// it. Only for a refund that names no goods does the amount matter, and there it is
// exact.
func (r *reader) cashFromSets(refund attribution.Refund, back adjusted) byline.Money {
	total := refund.Shipping
	for _, line := range refund.Lines {
		total = r.Sum("refund_line_items", total, line.Subtotal)
	}
	return floor(r.Sum("order_adjustments", total, back.discrepancy.Neg()))
}

func floor(m byline.Money) byline.Money {
	if m.Sign() < 0 {
		return byline.Minor(0, m.Currency())
	}
	return m
}

// currency is the shop's, which any of the sets names, with money in it or not. A
// version that sends no sets has only its transactions to tell by. "" means that the
// refund names none.
func (w *wireRefund) currency() byline.Currency {
	sets := []wireSet{w.TotalDutiesSet.Value, w.TotalAdditionalFeesSet.Value}
	for i := range w.RefundLineItems {
		sets = append(sets, w.RefundLineItems[i].SubtotalSet, w.RefundLineItems[i].TotalTaxSet)
	}
	for i := range w.RefundShippingLines {
		sets = append(sets, w.RefundShippingLines[i].SubtotalAmountSet)
	}
	for i := range w.OrderAdjustments {
		sets = append(sets, w.OrderAdjustments[i].AmountSet, w.OrderAdjustments[i].TaxAmountSet)
	}
	for i := range w.Transactions {
		sets = append(sets, w.Transactions[i].AmountSet)
	}
	for _, set := range sets {
		if c, err := byline.ParseCurrency(set.ShopMoney.CurrencyCode.Words()); err == nil {
			return c
		}
	}
	for i := range w.Transactions {
		if c, err := byline.ParseCurrency(w.Transactions[i].Currency.Words()); err == nil && w.Transactions[i].isRefund() {
			return c
		}
	}
	return ""
}
