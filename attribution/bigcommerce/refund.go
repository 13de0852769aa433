package bigcommerce

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// Types of what a refund lists. An amount of the order itself is free of tax; all other
// types (SHIPPING, HANDLING, GIFT_WRAPPING, FEE, TAX) are beside the goods.
// https://github.com/bigcommerce/docs, docs/store-operations/orders/refunds.mdx, read 2026-11-22.
const (
	itemProduct = "PRODUCT" // item_id is Line.ID
	itemOrder   = "ORDER"
)

func (i *wireRefundItem) isProduct() bool { return strings.EqualFold(i.ItemType.Words(), itemProduct) }

func (i *wireRefundItem) isOrder() bool { return strings.EqualFold(i.ItemType.Words(), itemOrder) }

func (d *documents) refundsOf(r *wire.Reader, o *attribution.Order) []attribution.Refund {
	var refunds []attribution.Refund
	for i := range d.refunds {
		inner := r.Item("refunds.data", i)
		refunds = append(refunds, d.refunds[i].refunds(&inner, o)...)
	}
	return refunds
}

// refunds is one, or two where money came back beside goods: an amount that names no
// goods is taken off all of them, and would else be lost behind those that are named.
func (w *wireRefund) refunds(r *wire.Reader, o *attribution.Order) []attribution.Refund {
	cash, state := w.cash(r)
	sums := w.sums(r)
	refund := attribution.Refund{ID: r.ID("id", w.ID), At: w.at(r, o.UpdatedAt), AsOf: o.UpdatedAt, State: state, Lines: w.lines(r, o)}
	if len(refund.Lines) == 0 {
		refund.Cash = r.Rounded("payments", cash)
		refund.Shipping = r.Rounded("items", sums.shippingOf(cash, o.TaxIncluded))
		return []attribution.Refund{refund}
	}
	apart := decimal.Max(decimal.Min(sums.order, cash), decimal.Zero)
	refund.Cash = r.Rounded("payments", cash.Sub(apart))
	refund.Shipping = r.Rounded("items", sums.beside)
	if rest := beside(r, &refund, o.TaxIncluded); rest.Sign() > 0 {
		refund.Shipping = rest
	}
	if !apart.IsPositive() {
		return []attribution.Refund{refund}
	}
	return []attribution.Refund{refund, {
		ID: refund.ID + "-order", At: refund.At, AsOf: refund.AsOf, State: state, Cash: r.Rounded("items", apart),
	}}
}

// beside is what a refund paid back beyond its goods: shipping and fees with their tax,
// which the items name without. It is the zero Money where not all goods have a price.
func beside(r *wire.Reader, refund *attribution.Refund, taxIncluded bool) byline.Money {
	rest := refund.Cash
	for _, line := range refund.Lines {
		if line.Subtotal == (byline.Money{}) {
			return byline.Money{}
		}
		rest = r.Sum("payments", rest, line.Subtotal.Neg())
		if !taxIncluded {
			rest = r.Sum("payments", rest, line.Tax.Neg())
		}
	}
	return rest
}

func (w *wireRefund) at(r *wire.Reader, fallback time.Time) time.Time {
	if at := r.Time("created", w.Created.Given(), parseDate); !at.IsZero() {
		return at
	}
	return fallback
}

// cash is what payments returned, as money or as store credit. The refund has failed when
// the provider declined every one of them.
func (w *wireRefund) cash(r *wire.Reader) (decimal.Decimal, attribution.RefundState) {
	if len(w.Payments) == 0 {
		total, _ := r.Amount("total_amount", w.TotalAmount)
		return total, attribution.Settled
	}
	total, state := decimal.Zero, attribution.RefundFailed
	for i, payment := range w.Payments {
		inner := r.Item("payments", i)
		paid := inner.MustAmount("amount", payment.Amount)
		if !inner.Flag("is_declined", payment.IsDeclined.Given()) {
			total, state = total.Add(paid), attribution.Settled
		}
	}
	return total, state
}

// refundSums are the amounts that a refund asks for beside goods.
type refundSums struct {
	order, beside decimal.Decimal
	tax           decimal.Decimal // of all of it; may be negative
	byOrder       bool            // an amount of the order itself is among it
}

func (w *wireRefund) sums(r *wire.Reader) refundSums {
	var s refundSums
	s.tax, _ = r.Amount("total_tax", w.TotalTax)
	for i := range w.Items {
		item := &w.Items[i]
		if item.isProduct() {
			continue
		}
		inner := r.Item("items", i)
		asked, _ := inner.Amount("requested_amount", item.RequestedAmount)
		if item.isOrder() {
			s.order, s.byOrder = s.order.Add(asked), true
		} else {
			s.beside = s.beside.Add(asked)
		}
	}
	return s
}

// shippingOf is what of the cash is not for goods, in a refund that names none. Where
// nothing else is in it that is all of it. An amount of the order has no tax, so what tax
// there is belongs to the rest.
func (s refundSums) shippingOf(cash decimal.Decimal, taxIncluded bool) decimal.Decimal {
	if !s.byOrder && s.beside.IsPositive() {
		return cash
	}
	shipping := s.beside
	if shipping.IsPositive() && !taxIncluded {
		shipping = shipping.Add(decimal.Max(s.tax, decimal.Zero))
	}
	return decimal.Min(shipping, decimal.Max(cash, decimal.Zero))
}

func (w *wireRefund) lines(r *wire.Reader, o *attribution.Order) []attribution.RefundLine {
	var lines []attribution.RefundLine
	for i := range w.Items {
		item := &w.Items[i]
		if !item.isProduct() {
			continue
		}
		inner := r.Item("items", i)
		lines = append(lines, item.line(&inner, o))
	}
	return lines
}

// line says what came back of one order line. BigCommerce names units and, now and then,
// an amount; what the customer had paid for those units follows from the order. An amount
// below that is money for goods that stayed.
func (i *wireRefundItem) line(r *wire.Reader, o *attribution.Order) attribution.RefundLine {
	back := attribution.RefundLine{Line: r.ID("item_id", i.ItemID)}
	if !i.Quantity.Missing() {
		back.Quantity = r.Count("quantity", i.Quantity)
	}
	var asked byline.Money
	sum, stated := r.Amount("requested_amount", i.RequestedAmount)
	if stated {
		asked = r.Rounded("requested_amount", sum)
	}
	at := slices.IndexFunc(o.Lines, func(l attribution.Line) bool { return l.ID == back.Line })
	if at < 0 {
		back.Subtotal = asked
		return back
	}
	line := o.Lines[at]
	paid := byline.Minor(max(line.Gross.Minor()-line.Discount.Minor(), 0), o.Currency)
	whole := part(paid, back.Quantity, line.Quantity)
	if back.Quantity > 0 && (!stated || asked.Minor() >= whole.Minor()) {
		back.Subtotal, back.Tax = whole, part(line.Tax, back.Quantity, line.Quantity)
		return back
	}
	if stated {
		back.Quantity, back.Subtotal, back.Tax = 0, asked, part(line.Tax, asked.Minor(), paid.Minor())
	}
	return back
}

// part is of·num/den, at most all of it and nothing where that makes no sense.
func part(of byline.Money, num, den int64) byline.Money {
	m, err := of.Portion(min(num, den), den)
	if err != nil {
		return byline.Money{}
	}
	return m
}
