package signedjson

import (
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// customer keeps keys. What they were made of goes no further.
func (r *reading) customer(o *object) (c attribution.Customer) {
	o.may("customer").object(func(o *object) {
		country := o.may("country").country()
		c = attribution.Customer{
			ID:        r.impersonal(o.may("id")),
			Visitor:   r.impersonal(o.may("visitor")),
			Email:     r.identity.Email(o.may("email").loose()),
			Phone:     r.identity.Phone(o.may("phone").loose(), country),
			Payment:   r.identity.Payment(o.may("payment_fingerprint").loose()),
			Staff:     o.may("staff").flag(),
			Wholesale: o.may("wholesale").flag(),
		}
		o.may("address").object(func(o *object) {
			address := attribution.PostalAddress{
				Street: o.may("street").loose(), PostCode: o.may("post_code").loose(), City: o.may("city").loose(),
				Market: o.may("country").country(),
			}
			if address.Market == "" {
				address.Market = country
			}
			c.Address = r.identity.Address(address)
		})
	})
	return c
}

// impersonal reads an id, which is kept as it is.
func (r *reading) impersonal(v value) string {
	id := v.id()
	if strings.Contains(id, "@") {
		v.fault(codePersonal, "")
		return ""
	}
	return id
}
