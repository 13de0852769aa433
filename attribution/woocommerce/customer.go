package woocommerce

import (
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// customer knows a guest by what they left in the billing address, and by nothing else:
// the account of every guest is 0.
func (w Webhook) customer(o *wireOrder) attribution.Customer {
	b := o.Billing.Value
	c := attribution.Customer{ID: number(o.CustomerID), Email: w.Identity.Email(b.Email.Words())}
	market, err := byline.ParseMarket(b.Country.Words())
	address := attribution.PostalAddress{
		Street:   strings.TrimSpace(b.Address1.Words() + " " + b.Address2.Words()),
		PostCode: b.Postcode.Words(), City: b.City.Words(), Market: market,
	}
	if address.Street != "" {
		c.Address = w.Identity.Address(address)
	}
	if err != nil {
		market = w.Market
	}
	c.Phone = w.Identity.Phone(b.Phone.Words(), market)
	return c
}
