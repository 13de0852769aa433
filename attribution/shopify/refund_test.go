package shopify_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func TestRefundFragment(t *testing.T) {
	t.Parallel()
	events, err := decode(t, "refunds/create", load(t, "refund_lines.json"))
	require.NoError(t, err)
	require.Len(t, events, 1)
	gbp := func(amount string) byline.Money { return money(amount, "GBP") }
	want := attribution.Order{ID: "shopify:5900000000012", Shop: shop, Currency: "GBP", Refunds: []attribution.Refund{{
		ID: "990000000001", At: at(t, "2026-10-07T08:00:00Z"), AsOf: at(t, "2026-10-07T08:00:00Z"), State: attribution.Settled,
		Lines: []attribution.RefundLine{{Line: "14100000000111", Quantity: 1, Subtotal: gbp("18"), Tax: gbp("3.60")}},
		Cash:  gbp("21.60"),
	}}}
	if diff := cmp.Diff(want, *events[0].Order); diff != "" {
		t.Errorf("fragment mismatch (-want +got):\n%s", diff)
	}
	if events[0].Kind != attribution.OrderRefunded || events[0].Order.HasDocument() {
		t.Errorf("kind %q, document %t", events[0].Kind, events[0].Order.HasDocument())
	}
	sales, err := events[0].Order.Sales()
	require.NoError(t, err)
	if !sales.Kept.IsZero() {
		t.Errorf("a refund alone is worth %v", sales)
	}
}

// moneyOf is what a refund says about money.
type moneyOf struct {
	State          attribution.RefundState
	Cash, Shipping string
}

func TestRefundMoney(t *testing.T) {
	t.Parallel()
	const duties = `"total_duties_set":{"shop_money":{"amount":"0.00","currency_code":"EUR"},"presentment_money":{"amount":"0.00","currency_code":"JPY"}}`
	line := func(subtotal string) string {
		return `"refund_line_items":[{"line_item_id":11,"quantity":1,"subtotal_set":{"shop_money":{"amount":"` + subtotal + `","currency_code":"EUR"}}}]`
	}
	tests := []struct {
		name, patch string
		want        moneyOf
	}{
		{"no transactions", line("10"), moneyOf{"settled", "0.00 EUR", "0 "}},
		{"one that succeeded", duties + `,"transactions":[{"kind":"refund","status":"success","amount":"10.00","currency":"EUR"}]`, moneyOf{"settled", "10.00 EUR", "0 "}},
		{"in any case", duties + `,"transactions":[{"kind":"REFUND","status":"Success","amount":10.5}]`, moneyOf{"settled", "10.50 EUR", "0 "}},
		{
			"two that succeeded and one that failed",
			duties + `,"transactions":[{"kind":"refund","status":"success","amount":"10"},{"kind":"refund","status":"failure","amount":"7"},{"kind":"refund","status":"success","amount":"1"}]`,
			moneyOf{"settled", "11.00 EUR", "0 "},
		},
		{"all failed", duties + `,"transactions":[{"kind":"refund","status":"failure","amount":"10"},{"kind":"refund","status":"error","amount":"10"}]`, moneyOf{"failed", "0 ", "0 "}},
		{"failed and tried again", duties + `,"transactions":[{"kind":"refund","status":"failure","amount":"10"},{"kind":"refund","status":"pending","amount":"10"}]`, moneyOf{"pending", "0 ", "0 "}},
		{"pending", duties + `,"transactions":[{"kind":"refund","status":"pending","amount":"10"}]`, moneyOf{"pending", "0 ", "0 "}},
		{"of a state nobody knows", duties + `,"transactions":[{"kind":"refund","status":null,"amount":"10"}]`, moneyOf{"pending", "0 ", "0 "}},
		{"a void", duties + `,"transactions":[{"kind":"void","status":"success","amount":"10"}]`, moneyOf{"settled", "0.00 EUR", "0 "}},
		{
			"a transaction with a set", duties + `,"transactions":[{"kind":"refund","status":"success","amount":"1600","currency":"JPY","amount_set":{"shop_money":{"amount":"10.00","currency_code":"EUR"}}}]`,
			moneyOf{"settled", "10.00 EUR", "0 "},
		},
		{
			"another currency, goods", line("10") + `,"transactions":[{"kind":"refund","status":"success","amount":"1600","currency":"JPY"}]`,
			moneyOf{"settled", "10.00 EUR", "0 "},
		},
		{
			"another currency, goods and shipping",
			line("10") + `,"transactions":[{"kind":"refund","status":"success","amount":"2400","currency":"JPY"}],
				"refund_shipping_lines":[{"subtotal_amount_set":{"shop_money":{"amount":"5","currency_code":"EUR"}}}]`,
			moneyOf{"settled", "15.00 EUR", "5.00 EUR"},
		},
		{
			"another currency, goodwill",
			duties + `,"transactions":[{"kind":"refund","status":"success","amount":"1600","currency":"JPY"}],
				"order_adjustments":[{"amount":"-9.00","tax_amount":"-1.00"}]`,
			moneyOf{"settled", "10.00 EUR", "0 "},
		},
		{
			"another currency, less than the goods",
			line("10") + `,"transactions":[{"kind":"refund","status":"success","amount":"600","currency":"JPY"}],
				"order_adjustments":[{"kind":"refund_discrepancy","amount":"6.00","tax_amount":"0"}]`,
			moneyOf{"settled", "4.00 EUR", "0 "},
		},
		{
			"another currency, nothing left", line("10") + `,"transactions":[{"kind":"refund","status":"success","amount":"0","currency":"JPY"}],
				"order_adjustments":[{"amount":"12.00"}]`,
			moneyOf{"settled", "0.00 EUR", "0 "},
		},
		{
			"shipping as an adjustment", duties + `,"transactions":[{"kind":"refund","status":"success","amount":"5.95"}],
				"order_adjustments":[{"kind":"shipping_refund","amount":"-5.00","tax_amount":"-0.95"}]`,
			moneyOf{"settled", "5.95 EUR", "5.95 EUR"},
		},
		{
			"shipping told twice", line("10") + `,"transactions":[{"kind":"refund","status":"success","amount":"15.95"}],
				"refund_shipping_lines":[{"subtotal_amount_set":{"shop_money":{"amount":"3","currency_code":"EUR"}}},{"subtotal_amount_set":{"shop_money":{"amount":"2","currency_code":"EUR"}}}],
				"order_adjustments":[{"kind":"shipping_refund","amount":"-5.00","tax_amount":"-0.95"}]`,
			moneyOf{"settled", "15.95 EUR", "5.95 EUR"},
		},
		{
			"shipping alone, its tax not told", duties + `,"transactions":[{"kind":"refund","status":"success","amount":"5.95"}],
				"refund_shipping_lines":[{"subtotal_amount_set":{"shop_money":{"amount":"5","currency_code":"EUR"}}}]`,
			moneyOf{"settled", "5.95 EUR", "5.95 EUR"},
		},
		{
			"shipping and goodwill", duties + `,"transactions":[{"kind":"refund","status":"success","amount":"8.00"}],
				"refund_shipping_lines":[{"subtotal_amount_set":{"shop_money":{"amount":"5","currency_code":"EUR"}}}],
				"order_adjustments":[{"kind":"refund_discrepancy","amount":"-3.00","tax_amount":"0.00"}]`,
			moneyOf{"settled", "8.00 EUR", "5.00 EUR"},
		},
		{
			"shipping charged again", duties + `,"order_adjustments":[{"kind":"shipping_refund","amount":"5.00","tax_amount":"0.95"}]`,
			moneyOf{"settled", "0.00 EUR", "0.00 EUR"},
		},
		{"currency of the transactions alone", `"transactions":[{"kind":"refund","status":"success","amount":"1050","currency":"JPY"}]`, moneyOf{"settled", "1050 JPY", "0 "}},
		{"no currency at all", `"refund_line_items":[{"line_item_id":11,"quantity":1,"subtotal":0.0,"total_tax":"0"}]`, moneyOf{"settled", "0 ", "0 "}},
		{"a hint of an odd type", `"total_duties_set":"x","total_additional_fees_set":{"shop_money":{"amount":null,"currency_code":"EUR"}},"transactions":[{"kind":"refund","status":"success","amount":"1"}]`, moneyOf{"settled", "1.00 EUR", "0 "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := decodeOrder(t, "refunds/create", change(t, plainRefund, `{`+tt.patch+`}`))
			require.Len(t, o.Refunds, 1)
			r := o.Refunds[0]
			got := moneyOf{r.State, r.Cash.Amount() + " " + string(r.Cash.Currency()), r.Shipping.Amount() + " " + string(r.Shipping.Currency())}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("refund mismatch (-want +got):\n%s", diff)
			}
			_, err := o.Sales()
			require.NoError(t, err)
		})
	}
}

// A refund is the same whether it comes alone or inside its order, but for the clock.
func TestRefundInsideItsOrder(t *testing.T) {
	t.Parallel()
	files := []string{
		"refund_lines.json", "refund_no_lines.json", "refund_pending.json", "refund_foreign_currency.json", "refund_shipping_only.json",
		"refund_shipping_without_adjustment.json", "refund_numbers_only.json", "refund_no_money.json", "refund_void_only.json",
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			alone := sampleOrder(t, file)
			currency := alone.Currency
			if currency == "" {
				currency = "GBP"
			}
			inside := decodeOrder(t, "orders/updated", change(t, plainOrder, `{"currency":"`+string(currency)+`","refunds":[`+string(load(t, file))+`]}`))
			want := alone.Refunds[0]
			want.AsOf = inside.UpdatedAt
			if diff := cmp.Diff([]attribution.Refund{want}, inside.Refunds, cmp.Comparer(sameMoney)); diff != "" {
				t.Errorf("refund mismatch (-alone +inside):\n%s", diff)
			}
		})
	}
}

// sameMoney lets a zero without a currency equal a zero with one.
func sameMoney(a, b byline.Money) bool { return a == b || a.IsZero() && b.IsZero() }

func TestRefundClock(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, patch, want string }{
		{"processed", `{"processed_at":"2026-10-10T00:00:00+02:00"}`, "2026-10-09T22:00:00Z"},
		{"not processed", `{"processed_at":null}`, "2026-10-09T13:30:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := change(t, plainRefund, tt.patch)
			r := decodeOrder(t, "refunds/create", body).Refunds[0]
			if !r.AsOf.Equal(at(t, tt.want)) || !r.At.Equal(at(t, "2026-10-09T13:30:00Z")) {
				t.Errorf("As of %s, made at %s", r.AsOf, r.At)
			}
			events, err := decoder().Decode(with(signed("refunds/create", body), "X-Shopify-Triggered-At"), body)
			require.NoError(t, err)
			if !events[0].At.Equal(r.AsOf) {
				t.Errorf("the event's time is %s, want the refund's", events[0].At)
			}
		})
	}
}
