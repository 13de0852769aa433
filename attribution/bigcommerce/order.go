package bigcommerce

import (
	"net/mail"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// order converts the documents. Without a currency no amount can be read, and their
// faults would only hide the one that matters.
func (d *documents) order(r *wire.Reader, w Webhook, id string) attribution.Order {
	head := r.In("order")
	o := d.head.order(&head, w, id)
	if o.Currency == "" {
		return o
	}
	r.Currency = o.Currency
	head.Currency = o.Currency
	o.Shipping, o.ShippingTax = d.head.shipping(&head)
	o.Codes = d.codes(r)
	o.Lines = d.lines(r, o.TaxIncluded)
	o.Refunds = d.refundsOf(r, &o)
	o.RefundsAsOf = o.UpdatedAt
	return o
}

func (h *wireOrder) order(r *wire.Reader, w Webhook, id string) attribution.Order {
	if own := r.ID("id", h.ID); own != "" && own != id {
		r.Add("id", codeShape, "the document is of another order")
	}
	status := r.Count("status_id", h.StatusID)
	o := attribution.Order{
		ID:          OrderID(w.StoreHash, id),
		Shop:        w.StoreHash,
		Number:      "#" + id,
		Channel:     channel(h.OrderSource.Words(), h.ExternalSource.Words()),
		PlacedAt:    r.MustTime("date_created", h.DateCreated.Given(), parseDate),
		UpdatedAt:   r.MustTime("date_modified", h.DateModified.Given(), parseDate),
		Test:        strings.EqualFold(h.PaymentMethod.Words(), methodTest),
		Payment:     payment(status, h.PaymentStatus.Words()),
		Currency:    h.currency(r),
		TaxIncluded: r.Flag("is_tax_inclusive_pricing", h.IsTaxInclusivePricing.Given()),
		Customer:    h.customer(w.Identity),
	}
	if status == statusCancelled || status == statusDeclined {
		// BigCommerce does not say when.
		o.CancelledAt = o.UpdatedAt
	}
	o.Touches = h.touches(o.PlacedAt)
	return o
}

// methodTest is the name of BigCommerce's payment gateway for test orders.
// https://github.com/bigcommerce/docs, reference/orders.v2.oas2.yml, read 2026-11-22.
const methodTest = "Test Payment Gateway"

// currency is the one that the customer pays in and the store is paid in, and all amounts
// of the order are in it. currency_code is what prices were shown in; it is the same for
// orders from before a store had several.
// https://github.com/bigcommerce/docs, reference/orders.v2.oas2.yml, "Currency Fields",
// read 2026-11-22.
func (h *wireOrder) currency(r *wire.Reader) byline.Currency {
	if h.DefaultCurrencyCode.Empty() && !h.CurrencyCode.Empty() {
		return r.CurrencyOf("currency_code", h.CurrencyCode)
	}
	return r.CurrencyOf("default_currency_code", h.DefaultCurrencyCode.Given())
}

// parseDate reads RFC 2822 ("Tue, 05 Mar 2019 21:40:11 +0000"), as version 2 writes it, and
// RFC 3339, as version 3 does.
func parseDate(text string) (time.Time, error) {
	if at, err := wire.RFC3339(text); err == nil {
		return at, nil
	}
	return mail.ParseDate(text)
}

// Where an order came from, in order_source and external_source. All other sources are
// kinds of storefront.
// https://github.com/bigcommerce/docs, reference/orders.v2.oas2.yml, read 2026-11-22.
const (
	sourceManual   = "manual"   // written in the control panel
	sourceExternal = "external" // through the Orders API
	sourcePOS      = "pos"      // also what external_source begins with: "POS (Square)"
)

func channel(source, external string) attribution.Channel {
	source, external = strings.ToLower(source), strings.ToLower(external)
	switch {
	case source == sourcePOS, strings.HasPrefix(external, sourcePOS):
		return attribution.InStore
	case source == sourceManual:
		return attribution.Draft
	case source == sourceExternal, source == "amazon", source == "ebay", source == "facebookmarketplace":
		return attribution.API
	}
	return attribution.Online
}

// customer keeps the id of the store's account, "0" for a guest, and keys.
func (h *wireOrder) customer(identity attribution.Identity) attribution.Customer {
	a := h.BillingAddress
	market, err := byline.ParseMarket(a.CountryISO2.Words())
	if err != nil {
		market = ""
	}
	c := attribution.Customer{
		Email: identity.Email(a.Email.Words()),
		Phone: identity.Phone(a.Phone.Words(), market),
		Address: identity.Address(attribution.PostalAddress{
			Street: strings.TrimSpace(a.Street1.Words() + " " + a.Street2.Words()), PostCode: a.Zip.Words(), City: a.City.Words(), Market: market,
		}),
	}
	if n, ok := h.CustomerID.Whole(); ok && n > 0 {
		c.ID = h.CustomerID.Words()
	}
	return c
}

// shipping reads what delivery cost without its tax, and that tax, as the difference of
// the two amounts that are stated. Handling and wrapping are no shipping.
// https://github.com/bigcommerce/docs, reference/orders.v2.oas2.yml, read 2026-11-22.
func (h *wireOrder) shipping(r *wire.Reader) (net, tax byline.Money) {
	without, ok := r.Amount("shipping_cost_ex_tax", h.ShippingCostExTax)
	with, both := r.Amount("shipping_cost_inc_tax", h.ShippingCostIncTax)
	if !ok {
		return byline.Money{}, byline.Money{}
	}
	net = r.Rounded("shipping_cost_ex_tax", decimal.Max(without, decimal.Zero))
	if !both {
		return net, byline.Money{}
	}
	total := r.Rounded("shipping_cost_inc_tax", with)
	return net, byline.Minor(max(total.Minor()-net.Minor(), 0), r.Currency)
}

// codes lists the coupons. Each is a code that the store knows; a discount that staff
// type by hand is no coupon, and a promotion that applies by itself has no code.
func (d *documents) codes(r *wire.Reader) []attribution.CodeUse {
	var uses []attribution.CodeUse
	for i, c := range d.coupons {
		if attribution.NormalizeCode(c.Code.Words()) == "" {
			continue
		}
		use := attribution.CodeUse{Code: c.Code.Words(), Kind: attribution.Genuine}
		inner := r.Item("coupons", i)
		if taken, ok := inner.Amount("discount", c.Discount); ok {
			use.Discount = inner.Rounded("discount", taken)
		}
		uses = append(uses, use)
	}
	return uses
}

func (d *documents) lines(r *wire.Reader, taxIncluded bool) []attribution.Line {
	var lines []attribution.Line
	for i := range d.products {
		inner := r.Item("products", i)
		line := d.products[i].line(&inner, taxIncluded)
		line.Removed = d.removed(&inner, &d.products[i], line.ID)
		lines = append(lines, line)
	}
	return lines
}

// typeGiftCertificate is the type of a product that is money for later.
const typeGiftCertificate = "giftcertificate"

// line reads the totals of the kind that the store enters its prices in. BigCommerce
// calls the others estimates. Both are before discounts; total_tax is after them.
func (p *wireProduct) line(r *wire.Reader, taxIncluded bool) attribution.Line {
	path, gross := "total_ex_tax", p.TotalExTax
	if taxIncluded {
		path, gross = "total_inc_tax", p.TotalIncTax
	}
	line := attribution.Line{
		ID:       r.ID("id", p.ID),
		SKU:      p.SKU.Words(),
		Quantity: r.Count("quantity", p.Quantity),
		Gross:    r.Rounded(path, r.MustAmount(path, gross)),
		Discount: p.discount(r),
		GiftCard: strings.EqualFold(p.Type.Words(), typeGiftCertificate),
	}
	if n, ok := p.ProductID.Whole(); ok && n > 0 {
		line.Product = p.ProductID.Words()
	}
	if tax, ok := r.Amount("total_tax", p.TotalTax); ok {
		line.Tax = r.Rounded("total_tax", tax)
	}
	return line
}

func (p *wireProduct) discount(r *wire.Reader) byline.Money {
	total := decimal.Zero
	for i, applied := range p.AppliedDiscounts {
		inner := r.Item("applied_discounts", i)
		total = total.Add(inner.MustAmount("amount", applied.Amount))
	}
	return r.Rounded("applied_discounts", total)
}

// removed is quantity_refunded where the list of refunds explains fewer units: refunds
// that were made before there was such a list.
func (d *documents) removed(r *wire.Reader, p *wireProduct, line string) int64 {
	if p.QuantityRefunded.Missing() {
		return 0
	}
	refunded := r.Count("quantity_refunded", p.QuantityRefunded)
	var listed int64
	for _, refund := range d.refunds {
		for _, item := range refund.Items {
			if item.isProduct() && item.ItemID.Words() == line {
				units, _ := item.Quantity.Whole()
				listed += units
			}
		}
	}
	if listed >= refunded {
		return 0
	}
	return refunded
}
