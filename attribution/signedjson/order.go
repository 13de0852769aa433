package signedjson

import "github.com/bylinehq/byline/attribution"

// Words that the vocabulary of attribution leaves empty.
const (
	wordPurchase = "purchase"
	wordOnline   = "online"
)

func (r *reading) order(o *object) attribution.Order {
	order := attribution.Order{
		ID:          OrderID(r.shop, o.must("id").id()),
		Shop:        r.shop,
		Number:      o.may("number").id(),
		Kind:        r.conversion(o),
		Channel:     r.channel(o),
		Renewal:     o.may("renewal").flag(),
		PlacedAt:    o.must("placed_at").time(),
		UpdatedAt:   r.clock(o),
		CancelledAt: o.may("cancelled_at").time(),
		DeliveredAt: o.may("delivered_at").time(),
		Test:        o.may("test").flag(),
		Currency:    r.setCurrency(o),
		TaxIncluded: o.may("tax_included").flag(),
	}
	order.Payment = r.payment(o, order.Kind)
	order.Customer = r.customer(o)
	order.Lines = r.lines(o, order.Kind)
	order.Shipping, order.ShippingTax = o.may("shipping").money(), o.may("shipping_tax").money()
	order.Codes = r.codes(o)
	order.Touches = r.touches(o, order.PlacedAt)
	o.may("refunds").each(func(o *object) { order.Refunds = append(order.Refunds, r.refund(o, order.UpdatedAt)) })
	o.may("disputes").each(func(o *object) { order.Disputes = append(order.Disputes, r.dispute(o, order.UpdatedAt)) })
	o.may("claims").each(func(o *object) { order.Claims = append(order.Claims, r.claim(o, order.UpdatedAt)) })
	if o.may("refunds_complete").flag() {
		order.RefundsAsOf = order.UpdatedAt
	}
	return order
}

func (r *reading) conversion(o *object) attribution.Conversion {
	word := o.may("kind").word(wordPurchase, string(attribution.Lead), string(attribution.SignUp), string(attribution.DemoRequest),
		string(attribution.Trial), string(attribution.Signature), string(attribution.Donation), string(attribution.Reservation),
		string(attribution.AppDownload))
	if word == wordPurchase {
		return attribution.Purchase
	}
	return attribution.Conversion(word)
}

func (r *reading) channel(o *object) attribution.Channel {
	word := o.may("channel").word(wordOnline, string(attribution.InStore), string(attribution.Draft), string(attribution.API))
	if word == wordOnline {
		return attribution.Online
	}
	return attribution.Channel(word)
}

// payment must be said of a purchase: only what is paid earns, and nothing is paid by
// default.
func (r *reading) payment(o *object, kind attribution.Conversion) attribution.Payment {
	v := o.mustIf(kind == attribution.Purchase, "payment")
	return attribution.Payment(v.word(string(attribution.Pending), string(attribution.Authorized), string(attribution.PartiallyPaid),
		string(attribution.Paid), string(attribution.PartiallyRefunded), string(attribution.Refunded), string(attribution.Voided)))
}

func (r *reading) codes(o *object) []attribution.CodeUse {
	var uses []attribution.CodeUse
	for _, element := range o.may("codes").list() {
		if element.kind != kindObject {
			uses = append(uses, attribution.CodeUse{Code: element.id(), Kind: attribution.Genuine})
			continue
		}
		element.object(func(o *object) {
			use := attribution.CodeUse{Code: o.must("code").id(), Kind: attribution.Genuine, Discount: o.may("discount").money()}
			if kind := o.may("kind").word(string(attribution.Genuine), string(attribution.Offline), string(attribution.Manual)); kind != "" {
				use.Kind = attribution.CodeKind(kind)
			}
			uses = append(uses, use)
		})
	}
	return uses
}
