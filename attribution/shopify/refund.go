package shopify

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
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
func parseRefund(d attribution.Delivery, shop string) ([]attribution.Event, faults) {
	var w wireRefund
	found, ok := decode(d.Body, &w)
	if !ok {
		return nil, found
	}
	if misfit := w.shape(); misfit != nil {
		return nil, found.or(misfit)
	}
	r := reader{currency: w.currency()}
	order := attribution.Order{ID: OrderID(r.id("order_id", w.OrderID)), Shop: shop, Currency: r.currency}
	refund := r.refund(&w)
	refund.AsOf = refund.At
	if !w.ProcessedAt.missing() {
		refund.AsOf = r.time("processed_at", w.ProcessedAt)
	}
	order.Refunds = []attribution.Refund{refund}
	if found = append(found, r.faults...); len(found) > 0 {
		return nil, found
	}
	return orderEvent(d, attribution.OrderRefunded, order, refund.AsOf)
}

func (w *wireRefund) shape() *byline.FieldError {
	hasContent := w.RefundLineItems != nil || w.Transactions != nil
	switch {
	case w.Order.kind == kindComposite || w.Refund.kind == kindComposite:
		return fault("", codeEnvelope, "")
	case w.OrderID.missing() && w.LineItems.kind == kindComposite:
		return fault("", codeShape, "the body is an order, not a refund")
	case w.ID.missing() || w.OrderID.missing() || !hasContent:
		return fault("", codeShape, "the body is no refund: a refund has an id, an order_id and refund_line_items")
	}
	return nil
}

// refunds reads those inside an order. They are as the order's document knows them.
func (r *reader) refunds(list []wireRefund, asOf time.Time) []attribution.Refund {
	var refunds []attribution.Refund
	for i := range list {
		inner := reader{currency: r.currency}
		refund := inner.refund(&list[i])
		refund.AsOf = asOf
		refunds = append(refunds, refund)
		r.faults.nest("refunds", i, inner.faults)
	}
	return refunds
}

func (r *reader) refund(w *wireRefund) attribution.Refund {
	if w.CreatedAt.missing() {
		r.faults.add("created_at", codeRequired, "")
	}
	refund := attribution.Refund{
		ID:    r.idText("id", w.ID),
		At:    r.time("created_at", w.CreatedAt),
		State: w.state(),
		Lines: r.refundLines(w.RefundLineItems),
	}
	back := r.adjustments(w.OrderAdjustments)
	refund.Shipping = r.shippingBack(w, back)
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
	return strings.EqualFold(t.Kind.words(), transactionRefund)
}

func (t *wireTransaction) status() string { return strings.ToLower(t.Status.words()) }

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
		inner := reader{currency: r.currency}
		line := attribution.RefundLine{
			Line:     inner.idText("line_item_id", w.LineItemID),
			Quantity: inner.count("quantity", w.Quantity),
		}
		line.Subtotal, _ = inner.amount("subtotal", w.SubtotalSet, w.Subtotal)
		line.Tax, _ = inner.amount("total_tax", w.TotalTaxSet, w.TotalTax)
		lines = append(lines, line)
		r.faults.nest("refund_line_items", i, inner.faults)
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
		inner := reader{currency: r.currency}
		amount, _ := inner.amount("amount", w.AmountSet, w.Amount)
		tax, _ := inner.amount("tax_amount", w.TaxAmountSet, w.TaxAmount)
		if w.isShipping() {
			sums.shipping = inner.sum("amount", sums.shipping, amount)
			sums.shippingTax = inner.sum("tax_amount", sums.shippingTax, tax)
		} else {
			sums.discrepancy = inner.sum("amount", sums.discrepancy, inner.sum("tax_amount", amount, tax))
		}
		r.faults.nest("order_adjustments", i, inner.faults)
	}
	return sums
}

func (w *wireAdjustment) isShipping() bool { return w.Kind.words() == adjustmentShipping }

// shippingBack is the shipping paid back, with its tax where the shop says it. The two
// places that tell of it say the same, so they are not added.
func (r *reader) shippingBack(w *wireRefund, back adjusted) byline.Money {
	var shipping byline.Money
	for i, line := range w.RefundShippingLines {
		inner := reader{currency: r.currency}
		subtotal, _ := inner.amount("subtotal_amount", line.SubtotalAmountSet, scalar{})
		shipping = inner.sum("subtotal_amount_set", shipping, subtotal)
		r.faults.nest("refund_shipping_lines", i, inner.faults)
	}
	if len(w.RefundShippingLines) == 0 {
		shipping = back.shipping.Neg()
	}
	return floor(r.sum("order_adjustments", shipping, back.shippingTax.Neg()))
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
	for i := range w.Transactions {
		t := &w.Transactions[i]
		if !t.isRefund() || t.status() != statusSuccess {
			continue
		}
		inner := reader{currency: r.currency}
		if !t.AmountSet.ShopMoney.Amount.missing() || t.Currency.missing() || inner.isOwn(t.Currency) {
			total = inner.sum("amount", total, inner.mustAmount("amount", t.AmountSet, t.Amount))
		} else {
			known = false
		}
		r.faults.nest("transactions", i, inner.faults)
	}
	return total, known
}

// cashFromSets works the cash out in the shop's currency when the transactions are in
// another: the goods and the shipping, minus what Shopify reckoned and was not paid. Tax
// on the goods is left out, because the refund does not say whether the subtotals hold
// it. Only for a refund that names no goods does the amount matter, and there it is
// exact.
func (r *reader) cashFromSets(refund attribution.Refund, back adjusted) byline.Money {
	total := refund.Shipping
	for _, line := range refund.Lines {
		total = r.sum("refund_line_items", total, line.Subtotal)
	}
	return floor(r.sum("order_adjustments", total, back.discrepancy.Neg()))
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
	sets := []wireSet{w.TotalDutiesSet.value, w.TotalAdditionalFeesSet.value}
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
		if c, err := byline.ParseCurrency(set.ShopMoney.CurrencyCode.words()); err == nil {
			return c
		}
	}
	for i := range w.Transactions {
		if c, err := byline.ParseCurrency(w.Transactions[i].Currency.words()); err == nil && w.Transactions[i].isRefund() {
			return c
		}
	}
	return ""
}
