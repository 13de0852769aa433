package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// amountText writes minor units of EUR as Shopify writes an amount.
func amountText(minor int64) string { return byline.Minor(minor, byline.EUR).Amount() }

func setOf(minor int64) bodySet {
	p := bodyPrice{Amount: amountText(minor), Currency: string(byline.EUR)}
	return bodySet{Shop: p, Presentment: p}
}

func timeText(t time.Time) string { return t.Format(time.RFC3339) }

func graphID(kind string, id int64) string { return fmt.Sprintf("gid://shopify/%s/%d", kind, id) }

// taxOf is never null: an empty list says that there is no tax, a missing one nothing.
func taxOf(amount int64) []bodyTax {
	if amount == 0 {
		return []bodyTax{}
	}
	tax := taxIn(amount)
	return []bodyTax{{Title: "VAT", Price: amountText(tax), PriceSet: setOf(tax), Rate: float64(taxPercent) / 100}}
}

// orderBody writes the sale as Shopify's order document.
func (s sale) orderBody() bodyOrder {
	o := bodyOrder{
		ID: s.id, GraphID: graphID("Order", s.id), AppID: 580111, BrowserIP: "192.0.2.1", Confirmed: true,
		CartToken: s.token("cart"), CheckoutID: s.id + 1, CheckoutToken: s.token("checkout"), Token: s.token("order"),
		ConfirmationNumber: fmt.Sprintf("DEMO%05d", s.number), CreatedAt: timeText(s.placed), ProcessedAt: timeText(s.placed),
		UpdatedAt: timeText(s.updated), CustomerLocale: "en-DE", FinancialStatus: s.status, Name: s.name(),
		Number: s.number - 1000, OrderNumber: s.number, OrderStatusURL: "https://" + demoShop + "/orders/" + s.token("order"),
		Gateways: []string{"shopify_payments"}, SourceName: "web", TaxesIncluded: true, Test: s.test, Tip: "0.00",
		Currency: string(byline.EUR), Presentment: string(byline.EUR), TaxLines: taxOf(s.total()),
		Fulfilments: []string{}, NoteAttributes: []bodyAttribute{}, Refunds: []bodyRefund{},
	}
	s.writeTotals(&o)
	s.writeCustomer(&o)
	s.writeClick(&o)
	s.writeDiscounts(&o)
	if !s.cancelled.IsZero() {
		at, reason := timeText(s.cancelled), "customer"
		o.CancelledAt, o.CancelReason = &at, &reason
	}
	for i := range s.lines {
		o.LineItems = append(o.LineItems, s.lineBody(i))
	}
	o.ShippingLines = []bodyShippingLine{{
		ID: s.id + 2, Code: "standard", Price: amountText(s.shipping), PriceSet: setOf(s.shipping), Source: "shopify", Title: "Standard",
		Discounted: amountText(s.shipping), DiscountedSet: setOf(s.shipping), TaxLines: taxOf(s.shipping), Allocations: []bodyAllocation{},
	}}
	for _, r := range s.refunds {
		o.Refunds = append(o.Refunds, s.refundBody(r))
	}
	return o
}

func (s sale) token(what string) string { return fmt.Sprintf("demo-%s-%d", what, s.id) }

func (s sale) writeTotals(o *bodyOrder) {
	gross, net := s.grossTotal(), s.subtotal()
	o.LineItemsPrice, o.LineItemsPriceSet = amountText(gross), setOf(gross)
	o.Discounts, o.DiscountsSet = amountText(gross-net), setOf(gross-net)
	o.Subtotal, o.SubtotalSet = amountText(net), setOf(net)
	o.Total, o.TotalSet = amountText(s.total()), setOf(s.total())
	o.Tax, o.TaxSet = amountText(taxIn(s.total())), setOf(taxIn(s.total()))
	o.ShippingSet = setOf(s.shipping)
	now := s.currentSubtotal()
	o.CurrentSubtotal, o.CurrentSubtotalSet = amountText(now), setOf(now)
	o.CurrentTotal, o.CurrentTotalSet = amountText(now+s.shipping), setOf(now+s.shipping)
	o.CurrentTax, o.CurrentDiscounts = amountText(taxIn(now+s.shipping)), amountText(gross-net)
	o.Outstanding = "0.00"
	if s.status == "pending" {
		o.Outstanding = o.Total
	}
}

func (s sale) writeCustomer(o *bodyOrder) {
	last := "Demo" + strconv.Itoa(s.customer)
	address := bodyAddress{
		FirstName: "Casey", LastName: last, Name: "Casey " + last, Address1: strconv.Itoa(s.customer) + " Example Street",
		City: "Demoville", Zip: "00000", Country: "Germany", CountryCode: "DE",
	}
	email := cmp.Or(s.email, fmt.Sprintf("casey%d@example.com", s.customer))
	o.Email, o.ContactEmail, o.Billing, o.Shipping = email, email, address, address
	id := int64(9_000_000 + s.customer)
	o.Customer = bodyCustomer{
		ID: id, GraphID: graphID("Customer", id), Email: email, CreatedAt: timeText(s.placed), UpdatedAt: timeText(s.placed),
		FirstName: "Casey", LastName: last, State: "disabled", Currency: string(byline.EUR), Address: address,
	}
}

// writeClick puts the link where a shop keeps it: in the address the visit began with,
// or in a cart attribute that the theme set.
func (s sale) writeClick(o *bodyOrder) {
	landing := "/"
	if s.link != "" && s.inCart {
		o.NoteAttributes = []bodyAttribute{{Name: attribution.LinkParameter, Value: s.link}}
	} else if s.link != "" {
		landing = "/collections/autumn?" + url.Values{attribution.LinkParameter: {s.link}, "utm_medium": {"creator"}}.Encode()
	}
	o.LandingSite = &landing
}

func (s sale) writeDiscounts(o *bodyOrder) {
	o.DiscountCodes, o.Applications = []bodyCode{}, []bodyApplication{}
	for _, c := range s.codes {
		var amount int64
		for _, l := range s.lines {
			amount += l.discount(c)
		}
		application := bodyApplication{
			TargetType: "line_item", Type: "discount_code", Value: strconv.FormatInt(c.percent, 10) + ".0", ValueType: "percentage",
			Method: "across", Selection: "all", Code: c.code,
		}
		if c.byHand {
			application.Type, application.Title, application.Code = "manual", c.code, ""
		}
		o.Applications = append(o.Applications, application)
		o.DiscountCodes = append(o.DiscountCodes, bodyCode{Code: c.code, Amount: amountText(amount), Type: "percentage"})
	}
}

func (s sale) lineBody(i int) bodyLine {
	l := s.lines[i]
	left := l.quantity - s.returned(i)
	b := bodyLine{
		ID: s.lineID(i), GraphID: graphID("LineItem", s.lineID(i)), CurrentQuantity: left, Fulfillable: left, Service: "manual",
		Grams: 400, Name: l.product.title, Title: l.product.title, Price: amountText(l.product.price), PriceSet: setOf(l.product.price),
		ProductExists: true, ProductID: 8_000_000 + l.product.number, VariantID: 8_500_000 + l.product.number,
		Quantity: l.quantity, RequiresShipping: true, SKU: l.product.sku, Taxable: true, Vendor: demoBrand,
		TotalDiscount: "0.00", TotalDiscountSet: setOf(0), TaxLines: taxOf(s.net(i)),
		Properties: []bodyAttribute{}, Duties: []string{}, Allocations: []bodyAllocation{},
	}
	for n, c := range s.codes {
		off := l.discount(c)
		b.Allocations = append(b.Allocations, bodyAllocation{Amount: amountText(off), AmountSet: setOf(off), Application: n})
	}
	return b
}

// refundBody writes one refund of the sale as refunds/create sends it.
func (s sale) refundBody(r giveBack) bodyRefund {
	at := timeText(r.at)
	b := bodyRefund{
		ID: r.id, GraphID: graphID("Refund", r.id), OrderID: s.id, CreatedAt: at, ProcessedAt: at, Note: r.note, Restock: true,
		Duties: []string{}, DutiesSet: setOf(0), Adjustments: []string{}, Lines: []bodyRefundLine{}, ShippingBack: []bodyShippingBack{},
		Transactions: []bodyTransaction{{
			ID: r.id + 1, OrderID: s.id, Kind: "refund", Gateway: "shopify_payments", Status: "success",
			CreatedAt: at, ProcessedAt: at, Amount: amountText(s.refundTotal(r)), Currency: string(byline.EUR),
		}},
	}
	for _, i := range r.positions() {
		value := s.value(i, r.units[i])
		b.Lines = append(b.Lines, bodyRefundLine{
			ID: r.id*lineIDFactor + int64(i), LineItemID: s.lineID(i), LineItem: s.lineBody(i), Quantity: r.units[i], RestockType: "return",
			Subtotal: json.Number(amountText(value)), SubtotalSet: setOf(value),
			TotalTax: json.Number(amountText(taxIn(value))), TotalTaxSet: setOf(taxIn(value)),
		})
	}
	if r.shipping > 0 {
		b.ShippingBack = append(b.ShippingBack, bodyShippingBack{ID: r.id + 2, SubtotalSet: setOf(r.shipping), TaxSet: setOf(taxIn(r.shipping))})
	}
	return b
}
