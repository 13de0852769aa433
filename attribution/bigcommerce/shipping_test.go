package bigcommerce_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

func TestShipping(t *testing.T) {
	t.Parallel()
	unknown := byline.Money{}
	eur := func(text string) byline.Money { return money(text, "EUR") }
	tests := map[string]struct {
		patch    string
		net, tax byline.Money
	}{
		"nothing stated":         {`{}`, unknown, unknown},
		"empty":                  {`{"shipping_cost_ex_tax":"","shipping_cost_inc_tax":""}`, unknown, unknown},
		"free":                   {`{"shipping_cost_ex_tax":"0.0000","shipping_cost_inc_tax":"0.0000"}`, eur("0"), eur("0")},
		"both":                   {`{"shipping_cost_ex_tax":"4.1176","shipping_cost_inc_tax":"4.9000"}`, eur("4.12"), eur("0.78")},
		"both, of such a store":  {`{"is_tax_inclusive_pricing":true,"shipping_cost_ex_tax":"4.1176","shipping_cost_inc_tax":"4.9000"}`, eur("4.12"), eur("0.78")},
		"without tax alone":      {`{"shipping_cost_ex_tax":"4.12"}`, eur("4.12"), unknown},
		"with tax alone":         {`{"shipping_cost_inc_tax":"4.90"}`, unknown, unknown},
		"less with than without": {`{"shipping_cost_ex_tax":"4.90","shipping_cost_inc_tax":"4.12"}`, eur("4.90"), eur("0")},
		"below nothing":          {`{"shipping_cost_ex_tax":"-4.90","shipping_cost_inc_tax":"-4.90"}`, eur("0"), eur("0")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			products := `[{"id":11,"quantity":1,"total_ex_tax":"10","total_inc_tax":"10"}]`
			o, err := fetchParts(t, plain().with(t, tt.patch, "", products, ""))
			require.NoError(t, err)
			if o.Currency != byline.EUR || o.Shipping != tt.net || o.ShippingTax != tt.tax {
				t.Errorf("shipping %s and %s, want %s and %s", o.Shipping, o.ShippingTax, tt.net, tt.tax)
			}
		})
	}
	_, err := fetchParts(t, plain().with(t, `{"shipping_cost_ex_tax":"1e3","shipping_cost_inc_tax":{}}`, "", "", ""))
	attributiontest.Refused(t, "bigcommerce: order 250: ", []string{
		"order.shipping_cost_ex_tax bigcommerce.money", "order.shipping_cost_inc_tax bigcommerce.money"}, nil, err)
}
