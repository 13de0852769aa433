package stripe

import (
	"cmp"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// contact is what a document says of a person. It leaves this file as keys alone.
type contact struct {
	emails  []scalar // the first that has a key counts
	phone   scalar
	address *wireAddress
}

// customer says whose order it is. A guest has no account: customer is null.
func (w Webhook) customer(account string, c contact) attribution.Customer {
	found := attribution.Customer{ID: account}
	for _, address := range c.emails {
		found.Email = cmp.Or(found.Email, w.Identity.Email(address.Text()))
	}
	found.Phone = w.Identity.Phone(c.phone.Text(), c.address.market())
	// Without a street an address is nobody's: a card asks for the country alone.
	if street := c.address.street(); street != "" {
		found.Address = w.Identity.Address(attribution.PostalAddress{
			Street: street, PostCode: c.address.PostalCode.Text(), City: c.address.City.Text(), Market: c.address.market(),
		})
	}
	return found
}

// accountID is the id of the customer's account. Platforms on Accounts v2 have it under
// another name. One that a shop chose itself may be an address or a name, and is left out.
// https://docs.stripe.com/connect/use-accounts-as-customers, read 2026-11-22.
func accountID(customer ref, account scalar) string {
	for _, id := range [...]string{customer.id.Text(), account.Text()} {
		if validID(id) {
			return id
		}
	}
	return ""
}

func (a *wireAddress) street() string {
	return strings.TrimSpace(a.Line1.Text() + " " + a.Line2.Text())
}

// market is "" where the country is missing or none that is known.
func (a *wireAddress) market() byline.Market {
	m, err := byline.ParseMarket(a.Country.Text())
	if err != nil {
		return ""
	}
	return m
}
