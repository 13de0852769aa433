package shopify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

func TestShipping(t *testing.T) {
	t.Parallel()
	unknown := byline.Money{}
	eur := func(text string) byline.Money { return money(text, "EUR") }
	tests := map[string]struct {
		patch    string
		net, tax byline.Money
	}{
		"none":               {`{}`, eur("0"), eur("0")},
		"no list":            {`{"shipping_lines":null}`, unknown, unknown},
		"without the field":  {`{"shipping_lines":"drop"}`, unknown, unknown},
		"a price is missing": {`{"shipping_lines":[{"price":"4.90"},{"tax_lines":[{"price":"1.00"}]}]}`, unknown, unknown},
		"tax on top":         {`{"shipping_lines":[{"price":"4.90","tax_lines":[{"price":"0.93"}]}]}`, eur("4.90"), eur("0.93")},
		"tax in the price":   {`{"taxes_included":true,"shipping_lines":[{"price":"4.90","tax_lines":[{"price":"0.70"},{"price":"0.08"}]}]}`, eur("4.12"), eur("0.78")},
		"the shop's money": {`{"shipping_lines":[{"price":"7.00","price_set":{"shop_money":{"amount":"4.90","currency_code":"EUR"}},
			"tax_lines":[{"price":"7.00","price_set":{"shop_money":{"amount":"0.93","currency_code":"EUR"}}}]}]}`, eur("4.90"), eur("0.93")},
		"a discount":                {`{"shipping_lines":[{"price":"4.90","discount_allocations":[{"amount":"1.90"}]}]}`, eur("3.00"), eur("0")},
		"free by a code":            {`{"taxes_included":true,"shipping_lines":[{"price":"4.90","discounted_price":"4.90","discount_allocations":[{"amount":"4.90"}],"tax_lines":[]}]}`, eur("0"), eur("0")},
		"two parcels":               {`{"shipping_lines":[{"price":"4.90"},{"price":"2.00"}]}`, eur("6.90"), eur("0")},
		"one that was removed":      {`{"shipping_lines":[{"price":"4.90","is_removed":true,"tax_lines":[{"price":"0.93"}]},{"price":"2.00","is_removed":false}]}`, eur("2.00"), eur("0")},
		"more taken off than there": {`{"shipping_lines":[{"price":"4.90","discount_allocations":[{"amount":"9.00"}]}]}`, eur("0"), eur("0")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := decodeOrder(t, "orders/create", change(t, plainOrder, tt.patch))
			if o.Shipping != tt.net || o.ShippingTax != tt.tax {
				t.Errorf("shipping %s and %s, want %s and %s", o.Shipping, o.ShippingTax, tt.net, tt.tax)
			}
		})
	}
}

func TestShippingFaults(t *testing.T) {
	t.Parallel()
	_, err := decode(t, "orders/create", change(t, plainOrder, `{"shipping_lines":[{"price":"4,90","is_removed":"perhaps","tax_lines":[{}],
		"discount_allocations":[{"amount":"x"}]},{"price_set":{"shop_money":{"amount":"1","currency_code":"USD"}}}]}`))
	want := []string{
		"shipping_lines[0].price shopify.money", "shipping_lines[0].discount_allocations[0].amount shopify.money",
		"shipping_lines[0].tax_lines[0].price shopify.required", "shipping_lines[0].is_removed shopify.flag",
		"shipping_lines[1].price_set.shop_money.currency_code shopify.currency",
	}
	if diff := cmp.Diff(want, codesOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestDelivery(t *testing.T) {
	t.Parallel()
	first, second := "2026-10-06T10:00:00+02:00", "2026-10-07T10:00:00+02:00"
	ship := func(at, status, items string) string {
		return `{"status":"success","shipment_status":` + status + `,"updated_at":"` + at + `","line_items":[` + items + `]}`
	}
	const delivered = `"delivered"`
	tests := map[string]struct{ shipments, want string }{
		"not sent":                        {``, ""},
		"on its way":                      {ship(first, `"in_transit"`, `{"id":11,"quantity":2}`), ""},
		"nobody says":                     {ship(first, `null`, `{"id":11,"quantity":2}`), ""},
		"delivered":                       {ship(first, delivered, `{"id":11,"quantity":2}`), first},
		"in other letters, as text":       {ship(first, `"DELIVERED"`, `{"id":"11","quantity":"2"}`), first},
		"one of two":                      {ship(first, delivered, `{"id":11,"quantity":1}`), ""},
		"one of two, the other on it":     {ship(first, delivered, `{"id":11,"quantity":1}`) + `,` + ship(second, `"in_transit"`, `{"id":11,"quantity":1}`), ""},
		"in two parcels":                  {ship(second, delivered, `{"id":11,"quantity":1}`) + `,` + ship(first, delivered, `{"id":11,"quantity":1}`), second},
		"another line":                    {ship(first, delivered, `{"id":12,"quantity":2}`), ""},
		"called off":                      {strings.Replace(ship(first, delivered, `{"id":11,"quantity":2}`), "success", "cancelled", 1), ""},
		"without a time":                  {ship("soon", delivered, `{"id":11,"quantity":2}`), ""},
		"a time that nobody can carry on": {ship("0001-01-01T00:00:00Z", delivered, `{"id":11,"quantity":2}`), ""},
		"no number of units":              {ship(first, delivered, `{"id":11,"quantity":-2},{"id":11,"quantity":"x"}`), ""},
		"units without end":               {ship(first, delivered, strings.Repeat(`{"id":11,"quantity":9223372036854775807},`, 5)+`{"id":11,"quantity":1}`), first},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := decodeOrder(t, "orders/updated", change(t, plainOrder, `{"fulfillments":[`+tt.shipments+`]}`))
			var want time.Time
			if tt.want != "" {
				want = at(t, tt.want)
			}
			if got := o.Lines[0].DeliveredAt; !got.Equal(want) || !got.IsZero() && got.Location() != time.UTC || !o.DeliveredAt.IsZero() {
				t.Errorf("delivered %s, want %s", got, want)
			}
		})
	}
}

// What is no longer on the order need not be delivered.
func TestDeliveryOfWhatIsLeft(t *testing.T) {
	t.Parallel()
	o := decodeOrder(t, "orders/updated", change(t, plainOrder, `{"fulfillments":[{"shipment_status":"delivered","updated_at":"2026-10-06T10:00:00Z",
		"line_items":[{"id":11,"quantity":1}]}],"line_items":[{"id":11,"quantity":2,"current_quantity":1,"price":"10.00","discount_allocations":[],"tax_lines":[]},
		{"id":12,"quantity":1,"current_quantity":0,"price":"10.00","discount_allocations":[],"tax_lines":[]}]}`))
	if want := at(t, "2026-10-06T10:00:00Z"); !o.Lines[0].DeliveredAt.Equal(want) || !o.Lines[1].DeliveredAt.IsZero() {
		t.Errorf("delivered %s and %s", o.Lines[0].DeliveredAt, o.Lines[1].DeliveredAt)
	}
}
