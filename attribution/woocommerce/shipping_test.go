package woocommerce_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

func TestShipping(t *testing.T) {
	t.Parallel()
	unknown := byline.Money{}
	eur := func(text string) byline.Money { return money(text, "EUR") }
	tests := map[string]struct {
		lines    string
		net, tax byline.Money
	}{
		"none":                {`[]`, eur("0"), eur("0")},
		"no list":             {`null`, unknown, unknown},
		"a list of odd type":  {`{"total":"1.00"}`, unknown, unknown},
		"never with its tax":  {`[{"total":"4.12","total_tax":"0.78"}]`, eur("4.12"), eur("0.78")},
		"two":                 {`[{"total":"4.12","total_tax":"0.78"},{"total":"1","total_tax":"0"}]`, eur("5.12"), eur("0.78")},
		"finer than a cent":   {`[{"total":"1.005","total_tax":"0.1"},{"total":"1.005","total_tax":"0.1"}]`, eur("2.01"), eur("0.20")},
		"its tax is missing":  {`[{"total":"4.12","total_tax":""}]`, eur("4.12"), unknown},
		"an amount is absent": {`[{"total":"4.12","total_tax":"0.78"},{"total_tax":"0.10"}]`, unknown, eur("0.88")},
		"below nothing":       {`[{"total":"-4.12","total_tax":"-0.78"}]`, eur("0"), eur("0")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := plain(t, `{"shipping_lines":`+tt.lines+`}`)
			if o.Shipping != tt.net || o.ShippingTax != tt.tax {
				t.Errorf("shipping %s and %s, want %s and %s", o.Shipping, o.ShippingTax, tt.net, tt.tax)
			}
		})
	}
}

func TestShippingFaults(t *testing.T) {
	t.Parallel()
	_, err := parse("order.updated", edit(`"refunds"`, `"shipping_lines":[{"total":"4,12","total_tax":{"a":1}}],"refunds"`))
	want := []string{"shipping_lines[0].total woocommerce.money", "shipping_lines[0].total_tax woocommerce.money"}
	if diff := cmp.Diff(want, codesOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// A completed order was handed over to a carrier, or to nobody: that is no delivery.
func TestCompletedIsNotDelivered(t *testing.T) {
	t.Parallel()
	o := plain(t, `{"status":"completed","date_completed":"2026-10-06T10:00:00","date_completed_gmt":"2026-10-06T08:00:00"}`)
	if !o.DeliveredAt.IsZero() || !o.Lines[0].DeliveredAt.IsZero() {
		t.Errorf("delivered %s", o.DeliveredAt)
	}
}
