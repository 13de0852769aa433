package shopify

import (
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// customer says whose order it is by the account's id and by keys. Every field may be
// null or missing: a guest has no account, a till asks for no address, an app without
// Shopify's leave sees no personal data, and a redacted order has none.
// https://shopify.dev/docs/apps/launch/protected-customer-data, read 2026-11-22.
//
// Visitor stays empty. The checkout_token of an order is the token of one checkout and
// not of a browser: no earlier order has it, so a guest would pass for new each time, and
// who knows it can open the customer's page. A pixel says more with the order's own id
// or with the cart attribute that it sets.
func (w Webhook) customer(doc *wireOrder) attribution.Customer {
	person := &doc.Customer.Value
	return attribution.Customer{
		ID:        accountID(person.ID),
		Email:     firstKey(w.Identity.Email, doc.Email, doc.ContactEmail, person.Email),
		Phone:     w.phoneKey(doc),
		Address:   w.addressKey(doc),
		Staff:     doc.tagged(w.Tags.Staff),
		Wholesale: !doc.Company.Value.ID.Missing() || doc.tagged(w.Tags.Wholesale),
	}
}

func accountID(id scalar) string {
	n, ok := parseID(id)
	if !ok {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func firstKey(key func(string) string, values ...scalar) string {
	for _, v := range values {
		if k := key(v.Words()); k != "" {
			return k
		}
	}
	return ""
}

// phoneKey reads a number that names no country as one of the country beside it.
func (w Webhook) phoneKey(doc *wireOrder) string {
	person, paid, sent := &doc.Customer.Value, &doc.BillingAddress.Value, &doc.ShippingAddress.Value
	for _, from := range [...]struct {
		number  scalar
		address *wireAddress
	}{
		{doc.Phone, doc.payer()},
		{person.Phone, &person.DefaultAddress.Value},
		{paid.Phone, paid},
		{sent.Phone, sent},
	} {
		if key := w.Identity.Phone(from.number.Words(), from.address.market()); key != "" {
			return key
		}
	}
	return ""
}

func (w Webhook) addressKey(doc *wireOrder) string {
	from := doc.payer()
	return w.Identity.Address(attribution.PostalAddress{
		Street: from.street(), PostCode: from.Zip.Words(), City: from.City.Words(), Market: from.market(),
	})
}

// payer is the address of who pays; a present is sent to another's. Without Shopify's
// leave an address is a country and no more.
func (w *wireOrder) payer() *wireAddress {
	if w.BillingAddress.Value.street() == "" && w.ShippingAddress.Value.street() != "" {
		return &w.ShippingAddress.Value
	}
	return &w.BillingAddress.Value
}

func (a *wireAddress) street() string {
	return strings.TrimSpace(a.Address1.Words() + " " + a.Address2.Words())
}

// market is "" where the country is missing or none that is known.
func (a *wireAddress) market() byline.Market {
	m, err := byline.ParseMarket(a.CountryCode.Words())
	if err != nil {
		return ""
	}
	return m
}
