package stripe

import (
	"github.com/bylinehq/byline/attribution"
)

// Reasons for an invoice that the clock or a meter gives, and not the customer. "manual",
// "subscription_create", "subscription_update" and the like are none.
// https://docs.stripe.com/api/invoices/object, read 2026-11-22.
const (
	reasonCycle     = "subscription_cycle"
	reasonThreshold = "subscription_threshold"
)

// invoicePayment reads status. An uncollectible invoice may be paid all the same.
// https://docs.stripe.com/invoicing/overview#invoice-statuses, read 2026-11-22.
func invoicePayment(status string) (p attribution.Payment, ok bool) {
	switch status {
	case "paid":
		return attribution.Paid, true
	case "draft", "open", "uncollectible":
		return attribution.Pending, true
	case "void":
		return attribution.Voided, true
	}
	return attribution.PaymentUnknown, false
}

// parseInvoice reads an invoice that was finalised. From then on its content is fixed and
// its status goes one way, so all its documents have one clock, the invoice's own, and
// the further status is the later one; it does not matter which event came of which
// second. invoice.paid and invoice.payment_succeeded say the very same.
// https://docs.stripe.com/invoicing/integration/workflow-transitions, read 2026-11-22.
func (w Webhook) parseInvoice(r *reader, e *event) []attribution.Event {
	var doc wireInvoice
	if !e.read(r, "invoice", &doc) {
		return nil
	}
	order := e.order(r.id("id", doc.ID))
	order.Number = doc.Number.Text()
	order.PlacedAt = r.created(doc.Created)
	order.UpdatedAt = order.PlacedAt
	order.Payment = status(r, "status", doc.Status, invoicePayment)
	order.Renewal = doc.BillingReason.Text() == reasonCycle || doc.BillingReason.Text() == reasonThreshold
	order.Touches = doc.touches(order.PlacedAt)
	order.Customer = w.customer(accountID(doc.Customer, doc.CustomerAccount), contact{
		emails: []scalar{doc.CustomerEmail}, phone: doc.CustomerPhone, address: &doc.CustomerAddress.Value,
	})
	w.fillFromInvoice(r, &order, &doc, e)
	r.payment(doc.wirePayment)
	return append(e.says(r, attribution.OrderChanged, order), e.links(ref{doc.ID}, doc.PaymentIntent, doc.Charge)...)
}

// fillFromInvoice reads for how much.
func (w Webhook) fillFromInvoice(r *reader, order *attribution.Order, doc *wireInvoice, e *event) {
	if !r.readCurrency(doc.Currency) {
		return
	}
	order.Currency = r.Currency
	order.Lines, order.TaxIncluded = r.invoiceLines(doc)
	order.Shipping, order.ShippingTax = r.shipping(doc.ShippingCost, "amount_shipping", doc.AmountShipping)
	order.Codes = w.invoiceCodes(r, doc)
	order.Refunds = r.credited(doc, e)
}

// creditNotes is the id of a refund that stands for an invoice's credit notes.
const creditNotes = "pre_payment_credit_notes"

// credited is what credit notes took off the invoice before it was paid: goods that were
// not sold after all, though the total still has them. Credit notes after the payment
// pay back by a refund, which is heard of by itself, or into the customer's balance,
// which is not.
// https://docs.stripe.com/api/invoices/object, read 2026-11-22.
func (r *reader) credited(doc *wireInvoice, e *event) []attribution.Refund {
	units := r.units("pre_payment_credit_notes_amount", doc.CreditNotes)
	if units <= 0 {
		return nil
	}
	return []attribution.Refund{{ID: creditNotes, At: e.at, AsOf: e.at, State: attribution.Settled, Cash: r.money(units)}}
}

// parseInvoicePayment reads that an invoice was paid. One that was paid outside of Stripe
// has neither a payment intent nor a charge, and cannot be refunded through Stripe.
// https://docs.stripe.com/api/invoice-payment/object, read 2026-11-22.
func (w Webhook) parseInvoicePayment(r *reader, e *event) []attribution.Event {
	var doc wireInvoicePayment
	if !e.read(r, "invoice_payment", &doc) {
		return nil
	}
	r.id("invoice", doc.Invoice.id)
	inner := reader{r.In("payment")}
	inner.payment(doc.Payment)
	return e.links(doc.Invoice, doc.Payment.PaymentIntent, doc.Payment.Charge)
}
