package stripe

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline/attribution"
)

// Modes of a Checkout Session.
// https://docs.stripe.com/api/checkout/sessions/object, read 2026-11-22.
const (
	modePayment      = "payment"
	modeSubscription = "subscription"
	modeSetup        = "setup" // keeps a way to pay and sells nothing
)

func modeOf(text string) (mode string, ok bool) {
	return text, text == modePayment || text == modeSubscription || text == modeSetup
}

// sessionPayment reads payment_status. A session that had nothing to charge is paid.
// https://docs.stripe.com/api/checkout/sessions/object, read 2026-11-22.
func sessionPayment(status string) (p attribution.Payment, ok bool) {
	switch status {
	case "paid", "no_payment_required":
		return attribution.Paid, true
	case "unpaid":
		return attribution.Pending, true
	}
	return attribution.PaymentUnknown, false
}

// afterInvoice puts a session's document behind its invoice's where both are of one
// second: an event that names an invoice was made after it.
const afterInvoice = time.Millisecond

// parseSession reads the end of a Checkout Session. That one expired is not read: nobody
// ordered.
func (w Webhook) parseSession(r *reader, e *event) []attribution.Event {
	var doc wireSession
	if !e.read(r, "checkout.session", &doc) {
		return nil
	}
	id, clock := r.place(&doc, e.at)
	order := e.order(id)
	placed := e.at
	if !doc.Created.Missing() {
		placed = r.created(doc.Created)
	}
	order.Touches = doc.touches(placed)
	if !clock.IsZero() {
		order.PlacedAt, order.UpdatedAt = placed, clock
		w.fillFromSession(r, &order, &doc)
		order.Payment = e.payment(r, &doc)
	}
	if id == "" {
		return nil
	}
	links := e.links(doc.Invoice, doc.PaymentIntent)
	if !order.HasDocument() && len(order.Touches) == 0 {
		return links
	}
	return append(e.says(r, attribution.OrderChanged, order), links...)
}

// place says which order a session is of, "" for none, and by which clock it is the
// order's document, the zero time for not.
//
// A session with an invoice leaves the money to the invoice, and adds its touches. One
// case is different. The invoice names its discounts by ids that only Stripe can resolve
// (since version 2025-03-31.basil), and the session names their promotion codes: where it
// does, and all is paid, it is the better document of the same money, and takes the place
// of the invoice, though without its lines. A paid invoice does not change any more.
//
// A session that will have an invoice, and does not know it yet, leaves the money to it
// too. https://docs.stripe.com/payments/checkout/post-payment-invoices, read 2026-11-22.
func (r *reader) place(doc *wireSession, at time.Time) (id string, clock time.Time) {
	mode := status(r, "mode", doc.Mode, modeOf)
	session, invoice := r.id("id", doc.ID), r.pointed("invoice", doc.Invoice)
	payment := r.pointed("payment_intent", doc.PaymentIntent)
	switch {
	case mode == modeSetup, mode == modeSubscription && invoice == "":
		return "", time.Time{}
	case invoice != "" && doc.isPaid() && slices.ContainsFunc(doc.Discounts, wireDiscount.isNamed):
		return invoice, at.Add(afterInvoice)
	case invoice != "":
		return invoice, time.Time{}
	case doc.InvoiceCreation.Value.Enabled.IsTrue():
		return cmp.Or(payment, session), time.Time{}
	}
	return cmp.Or(payment, session), at
}

func (w *wireSession) isPaid() bool {
	p, _ := sessionPayment(w.PaymentStatus.Text())
	return p == attribution.Paid
}

// payment is what the object says, but for the one thing that only the event says.
func (e *event) payment(r *reader, doc *wireSession) attribution.Payment {
	p := status(r, "payment_status", doc.PaymentStatus, sessionPayment)
	if e.topic == topicSessionFailed {
		return attribution.Voided
	}
	return p
}

// fillFromSession reads who ordered for how much.
func (w Webhook) fillFromSession(r *reader, order *attribution.Order, doc *wireSession) {
	order.Customer = w.customer(accountID(doc.Customer, doc.CustomerAccount), contact{
		emails:  []scalar{doc.CustomerDetails.Value.Email, doc.CustomerEmail},
		phone:   doc.CustomerDetails.Value.Phone,
		address: &doc.CustomerDetails.Value.Address.Value,
	})
	if !r.readCurrency(doc.Currency) {
		return
	}
	order.Currency = r.Currency
	g := r.sessionGoods(doc)
	order.TaxIncluded = g.taxIncluded()
	order.Lines = []attribution.Line{r.line(doc.ID.Text(), g, order.TaxIncluded)}
	order.Shipping, order.ShippingTax = r.shipping(doc.ShippingCost, "total_details.amount_shipping", doc.TotalDetails.AmountShipping)
	order.Codes = w.sessionCodes(doc, order.Lines[0].Discount)
}

// sessionGoods works out the one line of a session, whose events list no items. It does
// not say either whether the prices contain the tax; the total does. Tax on shipping is
// left out with the shipping.
// https://docs.stripe.com/api/checkout/sessions/object, read 2026-11-22.
func (r *reader) sessionGoods(doc *wireSession) goods {
	g := goods{
		gross:    r.mustUnits("amount_subtotal", doc.AmountSubtotal),
		discount: r.units("total_details.amount_discount", doc.TotalDetails.AmountDiscount),
	}
	tax := r.units("total_details.amount_tax", doc.TotalDetails.AmountTax) - r.units("shipping_cost.amount_tax", doc.ShippingCost.AmountTax)
	shipping := r.units("total_details.amount_shipping", doc.TotalDetails.AmountShipping)
	if !doc.ShippingCost.AmountTotal.Missing() {
		shipping = r.units("shipping_cost.amount_total", doc.ShippingCost.AmountTotal)
	}
	total := r.moved("amount_total", doc.AmountTotal)
	switch added := total - shipping - g.gross + g.discount; {
	case tax == 0 || r.Failed():
	case 0 <= added && added <= tax:
		g.added, g.included = added, tax-added
	default:
		r.Add("amount_total", codeTotal, "")
	}
	return g
}
