package stripe_test

import (
	"testing"

	"github.com/bylinehq/byline"
)

func TestShipping(t *testing.T) {
	t.Parallel()
	unknown := byline.Money{}
	eur := func(cents int64) byline.Money { return byline.Minor(cents, byline.EUR) }
	const session, invoice = "session_guest.json", "invoice_paid.json"
	tests := map[string]struct {
		file, patch string
		net, tax    byline.Money
	}{
		"with its tax":                      {session, `{"amount_total":5583,"shipping_cost":{"amount_tax":93,"amount_total":583},"total_details":{"amount_tax":93}}`, eur(490), eur(93)},
		"with its tax, which the price has": {session, `{"amount_total":5490,"shipping_cost":{"amount_tax":78,"amount_total":490},"total_details":{"amount_tax":78}}`, eur(412), eur(78)},
		"its tax is not stated":             {session, `{"shipping_cost":{"amount_total":0}}`, eur(0), unknown},
		"the sum alone":                     {session, `{"shipping_cost":null,"total_details":{"amount_shipping":0}}`, eur(0), unknown},
		"nothing stated":                    {session, `{"shipping_cost":null,"total_details":{"amount_shipping":null}}`, unknown, unknown},
		"more tax than there is":            {session, `{"shipping_cost":{"amount_tax":5,"amount_total":0},"total_details":{"amount_tax":5}}`, eur(0), eur(5)},
		"of an invoice":                     {invoice, `{"shipping_cost":{"amount_subtotal":0,"amount_tax":0,"amount_total":0}}`, eur(0), eur(0)},
		"an invoice's sum alone":            {invoice, `{"shipping_cost":null,"amount_shipping":0}`, eur(0), unknown},
		"an invoice says nothing":           {invoice, `{"shipping_cost":null,"amount_shipping":null}`, unknown, unknown},
		"an invoice's, below nothing":       {invoice, `{"shipping_cost":null,"amount_shipping":-7}`, eur(0), unknown},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := order(t, change(t, tt.file, tt.patch))
			if o.Currency != byline.EUR {
				t.Fatalf("the sample is in %s", o.Currency)
			}
			if o.Shipping != tt.net || o.ShippingTax != tt.tax {
				t.Errorf("shipping %s and %s, want %s and %s", o.Shipping, o.ShippingTax, tt.net, tt.tax)
			}
		})
	}
}
