package shopify_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func at(t testing.TB, text string) time.Time {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return parsed.UTC()
}

func TestOrderHead(t *testing.T) {
	t.Parallel()
	got := decodeOrder(t, "orders/create", change(t, plainOrder, `{
		"id":"9007199254740993","name":"#1001","taxes_included":true,
		"processed_at":"2026-10-04T02:30:00-06:30","cancelled_at":"2026-10-05T00:00:00+14:00"}`))
	want := attribution.Order{
		ID: "shopify:9007199254740993", Shop: shop, Number: "#1001", Payment: attribution.Paid, Currency: "EUR", TaxIncluded: true,
		PlacedAt: at(t, "2026-10-04T09:00:00Z"), UpdatedAt: at(t, "2026-10-04T09:00:07Z"), CancelledAt: at(t, "2026-10-04T10:00:00Z"),
		Lines:    []attribution.Line{{ID: "11", Quantity: 2, Gross: money("20", "EUR")}},
		Shipping: money("0", "EUR"), ShippingTax: money("0", "EUR"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Order mismatch (-want +got):\n%s", diff)
	}
	if zone := got.PlacedAt.Location(); zone != time.UTC {
		t.Errorf("PlacedAt is in %s", zone)
	}
}

func TestPayment(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status string
		want   attribution.Payment
	}{
		{`"pending"`, attribution.Pending},
		{`"authorized"`, attribution.Authorized},
		{`"partially_paid"`, attribution.PartiallyPaid},
		{`"paid"`, attribution.Paid},
		{`"PAID"`, attribution.Paid},
		{`"partially_refunded"`, attribution.PartiallyRefunded},
		{`"refunded"`, attribution.Refunded},
		{`"voided"`, attribution.Voided},
		{`"expired"`, attribution.PaymentUnknown},
		{`"of tomorrow"`, attribution.PaymentUnknown},
		{`null`, attribution.PaymentUnknown},
		{`"drop"`, attribution.PaymentUnknown},
		{`["paid"]`, attribution.PaymentUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.status, func(t *testing.T) {
			t.Parallel()
			got := decodeOrder(t, "orders/create", change(t, plainOrder, `{"financial_status":`+tt.status+`}`)).Payment
			if got != tt.want {
				t.Errorf("Payment = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTestOrders(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, patch string
		want        bool
	}{
		{"marked", `{"test":true}`, true},
		{"marked in text", `{"test":"TRUE"}`, true},
		{"not marked", `{"test":false}`, false},
		{"null", `{"test":null}`, false},
		{"the test gateway", `{"payment_gateway_names":["bogus"]}`, true},
		{"the test gateway in any case, twice", `{"payment_gateway_names":["Bogus","BOGUS"]}`, true},
		{"the test gateway beside another", `{"payment_gateway_names":["bogus","gift_card"]}`, false},
		{"no gateway", `{"payment_gateway_names":[]}`, false},
		{"an empty gateway", `{"payment_gateway_names":[""]}`, false},
		{"an odd gateway", `{"payment_gateway_names":["bogus",{}]}`, false},
		{"gateways of an odd type", `{"payment_gateway_names":"bogus"}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := decodeOrder(t, "orders/create", change(t, plainOrder, tt.patch)).Test; got != tt.want {
				t.Errorf("Test = %t, want %t", got, tt.want)
			}
		})
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	eur := func(amount string) byline.Money { return money(amount, "EUR") }
	tests := []struct {
		name, line string
		want       attribution.Line
	}{
		{"a SKU", `{"id":11,"quantity":1,"price":"5","sku":"TRAY-OAK","variant_id":7}`, attribution.Line{ID: "11", SKU: "TRAY-OAK", Quantity: 1, Gross: eur("5")}},
		{"a SKU of digits alone", `{"id":11,"quantity":1,"price":"5","sku":4711}`, attribution.Line{ID: "11", SKU: "4711", Quantity: 1, Gross: eur("5")}},
		{"as small as it may be", `{"id":11,"quantity":1,"price":"5"}`, attribution.Line{ID: "11", Quantity: 1, Gross: eur("5")}},
		{"ids beyond 2^53", `{"id":866550311766439021,"product_id":788032119674292923,"quantity":1,"price":"5"}`,
			attribution.Line{ID: "866550311766439021", Product: "788032119674292923", Quantity: 1, Gross: eur("5")}},
		{"the set before the plain field", `{"id":11,"quantity":2,"price":"9.99","price_set":{"shop_money":{"amount":"5.00","currency_code":"EUR"},"presentment_money":{"amount":"900","currency_code":"JPY"}}}`,
			attribution.Line{ID: "11", Quantity: 2, Gross: eur("10")}},
		{"a set of nulls", `{"id":11,"quantity":2,"price":"5.00","price_set":{"shop_money":null}}`, attribution.Line{ID: "11", Quantity: 2, Gross: eur("10")}},
		{"a number for a price", `{"id":11,"quantity":3,"price":1.10}`, attribution.Line{ID: "11", Quantity: 3, Gross: eur("3.30")}},
		{"zeros beyond the cent", `{"id":11,"quantity":1,"price":"361.9500"}`, attribution.Line{ID: "11", Quantity: 1, Gross: eur("361.95")}},
		{"free", `{"id":11,"quantity":1,"price":"0.00"}`, attribution.Line{ID: "11", Quantity: 1, Gross: eur("0")}},
		{"none of it", `{"id":11,"quantity":0,"price":"5"}`, attribution.Line{ID: "11", Gross: eur("0")}},
		{"edited away", `{"id":11,"quantity":5,"current_quantity":3,"price":"1"}`, attribution.Line{ID: "11", Quantity: 5, Removed: 2, Gross: eur("5")}},
		{"all edited away", `{"id":11,"quantity":5,"current_quantity":0,"price":"1"}`, attribution.Line{ID: "11", Quantity: 5, Removed: 5, Gross: eur("5")}},
		{"more now than before", `{"id":11,"quantity":5,"current_quantity":6,"price":"1"}`, attribution.Line{ID: "11", Quantity: 5, Gross: eur("5")}},
		{"no current quantity", `{"id":11,"quantity":5,"current_quantity":null,"price":"1"}`, attribution.Line{ID: "11", Quantity: 5, Gross: eur("5")}},
		{"a gift card", `{"id":11,"quantity":1,"price":"50","gift_card":true}`, attribution.Line{ID: "11", Quantity: 1, Gross: eur("50"), GiftCard: true}},
		{"two taxes", `{"id":11,"quantity":1,"price":"50","tax_lines":[{"price":"1.10"},{"price":"9","price_set":{"shop_money":{"amount":"0.40","currency_code":"EUR"}}}]}`,
			attribution.Line{ID: "11", Quantity: 1, Gross: eur("50"), Tax: eur("1.50")}},
		{"discounts from everywhere", `{"id":11,"quantity":1,"price":"50","total_discount":"9.99","discount_allocations":[{"amount":"1.10"},{"amount":2},{"amount":"7","amount_set":{"shop_money":{"amount":"0.40","currency_code":"EUR"}}}]}`,
			attribution.Line{ID: "11", Quantity: 1, Gross: eur("50"), Discount: eur("3.50")}},
		{"before allocations existed", `{"id":11,"quantity":1,"price":"50","total_discount":"9.99"}`,
			attribution.Line{ID: "11", Quantity: 1, Gross: eur("50"), Discount: eur("9.99")}},
		{"a negative price is passed on, for Sales to refuse", `{"id":11,"quantity":1,"price":"-5.00"}`, attribution.Line{ID: "11", Quantity: 1, Gross: eur("-5")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := decodeOrder(t, "orders/create", change(t, plainOrder, `{"line_items":[`+tt.line+`]}`))
			if diff := cmp.Diff([]attribution.Line{tt.want}, got.Lines); diff != "" {
				t.Errorf("Lines mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTipsAreNoGoods(t *testing.T) {
	t.Parallel()
	const tip = `{"id":12,"quantity":1,"price":"3.00","title":"Tip"`
	tests := []struct {
		name, line string
		lines      int
	}{
		{"a tip", tip + `,"product_id":null,"tip_payment_gateway":"shopify_payments"}`, 0},
		{"a tip of an unknown gateway", tip + `,"tip_payment_gateway":null}`, 0},
		{"goods of no product", tip + `,"product_id":null}`, 1},
		{"goods that are called a tip", tip + `,"product_id":7,"tip_payment_gateway":null}`, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := decodeOrder(t, "orders/create", change(t, plainOrder, `{"line_items":[`+tt.line+`]}`))
			if len(o.Lines) != tt.lines {
				t.Errorf("%d lines, want %d", len(o.Lines), tt.lines)
			}
		})
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	const lines = `"line_items":[
		{"id":11,"quantity":1,"price":"50","discount_allocations":[{"amount":"5.00","discount_application_index":0},{"amount":"2.00","discount_application_index":1}]},
		{"id":12,"quantity":1,"price":"30","discount_allocations":[{"amount":"3.00","discount_application_index":"0"}]}],
		"shipping_lines":[{"discount_allocations":[{"amount":"1.00","discount_application_index":1}]}]`
	eur := func(amount string) byline.Money { return money(amount, "EUR") }
	genuine, manual := attribution.Genuine, attribution.Manual
	tests := []struct {
		name, patch string
		want        []attribution.CodeUse
	}{
		{
			"two codes", `"discount_applications":[{"type":"discount_code","code":"AVA10"},{"type":"discount_code","code":"Ben"}],
				"discount_codes":[{"code":"ava10","amount":"8.00"},{"code":" BEN","amount":"3.00"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: genuine, Discount: eur("8")}, {Code: "Ben", Kind: genuine, Discount: eur("3")}},
		},
		{
			"a code and an automatic discount", `"discount_applications":[{"type":"automatic","title":"Sale"},{"type":"discount_code","code":"BEN"}],
				"discount_codes":[{"code":"BEN","amount":"3.00"}]`,
			[]attribution.CodeUse{{Code: "BEN", Kind: genuine, Discount: eur("3")}},
		},
		{
			"a manual discount under a code's name", `"discount_applications":[{"type":"manual","title":"ava10"},{"type":"script","title":"x"}],
				"discount_codes":[{"code":"AVA10","amount":"99.00"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: manual, Discount: eur("8")}},
		},
		{
			"a listed code that nothing confirms", `"discount_applications":[{"type":"automatic","title":"a"},{"type":"automatic","title":"b"}],
				"discount_codes":[{"code":"AVA10","amount":"4.00","type":"fixed_amount"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: manual, Discount: eur("4")}},
		},
		{
			"a code that took nothing off", `"discount_applications":[{"type":"automatic","title":"a"},{"type":"automatic","title":"b"},{"type":"discount_code","code":"AVA10"}],
				"discount_codes":[{"code":"AVA10","amount":"0.00"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: genuine, Discount: eur("0")}},
		},
		{
			"codes without text", `"discount_applications":[{"type":"discount_code","code":null},{"type":"discount_code","code":"  "}],
				"discount_codes":[{"code":""},{"code":null},{}]`, nil,
		},
		{
			"automatic discounts alone", `"discount_applications":[{"type":"automatic","title":"a"},{"type":"automatic","title":"b"}],"discount_codes":[]`, nil,
		},
		{
			"before applications, online", `"discount_applications":"drop","source_name":"web","discount_codes":[{"code":"AVA10","amount":"4.00"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: genuine, Discount: eur("4")}},
		},
		{
			"before applications, a draft", `"discount_applications":"drop","source_name":"shopify_draft_order","discount_codes":[{"code":"AVA10","amount":"4.00"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: manual, Discount: eur("4")}},
		},
		{
			"before applications, by an app", `"discount_applications":null,"source_name":"755357713","discount_codes":[{"code":"AVA10"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: manual}},
		},
		{
			"before applications, at the till", `"discount_applications":null,"source_name":"pos","discount_codes":[{"code":"AVA10"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: manual}},
		},
		{
			"before applications, from nowhere", `"discount_applications":null,"source_name":null,"discount_codes":[{"code":"AVA10"}]`,
			[]attribution.CodeUse{{Code: "AVA10", Kind: manual}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := decodeOrder(t, "orders/create", change(t, plainOrder, "{"+lines+","+tt.patch+"}"))
			if diff := cmp.Diff(tt.want, got.Codes); diff != "" {
				t.Errorf("Codes mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOrderEdited(t *testing.T) {
	t.Parallel()
	events, err := decode(t, "orders/edited", load(t, "order_edit_envelope.json"))
	require.NoError(t, err)
	require.Empty(t, events)
	o := decodeOrder(t, "orders/edited", load(t, "order_edited_document.json"))
	if len(o.Lines) != 2 || o.Lines[0].Removed != 2 {
		t.Errorf("Lines = %v, want two, of the first two units removed", o.Lines)
	}
	_, err = decode(t, "orders/updated", load(t, "order_edit_envelope.json"))
	if diff := cmp.Diff([]string{"shopify.shape"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// One document under several topics is one fact.
func TestOneDocumentIsOneEvent(t *testing.T) {
	t.Parallel()
	body := load(t, "order_two_codes.json")
	keys := map[string]bool{}
	for _, topic := range []string{"orders/create", "orders/paid", "orders/updated", "orders/edited", "orders/cancelled"} {
		events, err := decode(t, topic, body)
		require.NoError(t, err)
		require.Len(t, events, 1)
		keys[events[0].Key] = true
		if events[0].Kind != attribution.OrderChanged || events[0].Shop != shop {
			t.Errorf("%s: event of kind %q, shop %q", topic, events[0].Kind, events[0].Shop)
		}
	}
	if len(keys) != 1 {
		t.Errorf("%d keys, want one", len(keys))
	}
}
