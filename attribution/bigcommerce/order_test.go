package bigcommerce_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/bigcommerce"
)

// plain are documents as small as they may be.
func plain() parts {
	return parts{
		Order: json.RawMessage(`{"id":250,"status_id":11,"payment_status":"captured","default_currency_code":"EUR",
			"date_created":"Sun, 04 Oct 2026 09:00:05 +0000","date_modified":"Sun, 04 Oct 2026 09:00:08 +0000"}`),
		Products: json.RawMessage(`[{"id":11,"quantity":2,"total_ex_tax":"20.0000"}]`),
		Refunds:  json.RawMessage(`[]`),
	}
}

func fetchParts(t testing.TB, p parts) (attribution.Order, error) {
	t.Helper()
	events, err := serve(t, &fakeStore{id: "250", parts: p}).Fetch(t.Context(), pointer("250"))
	if err != nil {
		require.Empty(t, events)
		return attribution.Order{}, err
	}
	require.Len(t, events, 1)
	return *events[0].Order, nil
}

// faultyOrders are documents with what is wrong with each, as "path code". A patch goes
// over the order; a list stands in place of the plain one.
var faultyOrders = []struct {
	name, patch, coupons, products, refunds string
	want                                    []string
}{
	{name: "another order", patch: `{"id":251}`, want: []string{"order.id bigcommerce.shape"}},
	{name: "no id", patch: `{"id":null}`, want: []string{"order.id bigcommerce.required"}},
	{name: "no status", patch: `{"status_id":"x"}`, want: []string{"order.status_id bigcommerce.quantity"}},
	{name: "no times", patch: `{"date_created":"","date_modified":null}`, want: []string{
		"order.date_created bigcommerce.required", "order.date_modified bigcommerce.required",
	}},
	{name: "times that are none", patch: `{"date_created":"yesterday","date_modified":1759568400}`, want: []string{
		"order.date_created bigcommerce.time", "order.date_modified bigcommerce.time",
	}},
	{name: "no currency", patch: `{"default_currency_code":""}`, want: []string{"order.default_currency_code bigcommerce.required"}},
	{name: "a currency that is none", patch: `{"default_currency_code":"EURO"}`, want: []string{"order.default_currency_code bigcommerce.currency"}},
	{name: "a shown currency that is none", patch: `{"default_currency_code":null,"currency_code":"?"}`, want: []string{"order.currency_code bigcommerce.currency"}},
	{name: "a flag that is none", patch: `{"is_tax_inclusive_pricing":"maybe"}`, want: []string{"order.is_tax_inclusive_pricing bigcommerce.flag"}},
	{name: "an address of an odd type", patch: `{"billing_address":7}`, want: []string{"order.billing_address bigcommerce.shape"}},
	{name: "no line", products: `[7]`, want: []string{
		"products bigcommerce.shape", "products[0].id bigcommerce.required", "products[0].quantity bigcommerce.required", "products[0].total_ex_tax bigcommerce.required",
	}},
	{name: "a line's faults all at once", products: `[{"id":"x","quantity":-1,"total_ex_tax":"1e3","total_tax":{},"quantity_refunded":"y","applied_discounts":[{"amount":"1,5"},{}]}]`, want: []string{
		"products[0].id bigcommerce.id", "products[0].quantity bigcommerce.quantity", "products[0].total_ex_tax bigcommerce.money",
		"products[0].applied_discounts[0].amount bigcommerce.money", "products[0].applied_discounts[1].amount bigcommerce.required",
		"products[0].total_tax bigcommerce.money", "products[0].quantity_refunded bigcommerce.quantity",
	}},
	{name: "a price of the other kind alone", patch: `{"is_tax_inclusive_pricing":true}`, want: []string{"products[0].total_inc_tax bigcommerce.required"}},
	{name: "a price out of range", products: `[{"id":11,"quantity":1,"total_ex_tax":"99999999999999999999"}]`, want: []string{"products[0].total_ex_tax bigcommerce.money"}},
	{name: "a price without end", products: `[{"id":11,"quantity":1,"total_ex_tax":"` + strings.Repeat("1", 65) + `"}]`, want: []string{"products[0].total_ex_tax bigcommerce.money"}},
	{name: "a coupon's discount", coupons: `[{"code":"ADA15","discount":"x"}]`, want: []string{"coupons[0].discount bigcommerce.money"}},
	{name: "a refund's faults all at once", refunds: `[{"created":"x","total_tax":"x","items":[{"item_type":"PRODUCT","quantity":-1,"requested_amount":"x"},
		{"item_type":"ORDER","requested_amount":"x"}],"payments":[{"is_declined":"x"}]}]`, want: []string{
		"refunds.data[0].payments[0].amount bigcommerce.required", "refunds.data[0].payments[0].is_declined bigcommerce.flag",
		"refunds.data[0].total_tax bigcommerce.money", "refunds.data[0].items[1].requested_amount bigcommerce.money",
		"refunds.data[0].id bigcommerce.required", "refunds.data[0].created bigcommerce.time",
		"refunds.data[0].items[0].item_id bigcommerce.required", "refunds.data[0].items[0].quantity bigcommerce.quantity",
		"refunds.data[0].items[0].requested_amount bigcommerce.money",
	}},
	{name: "a refund without payments", refunds: `[{"id":7,"total_amount":"x"}]`, want: []string{"refunds.data[0].total_amount bigcommerce.money"}},
	{name: "refunds of an odd type", refunds: `{}`, want: []string{"refunds.data bigcommerce.shape", "refunds.data bigcommerce.required"}},
}

func (p parts) with(t testing.TB, patch, coupons, products, refunds string) parts {
	t.Helper()
	if patch != "" {
		p.Order = change(t, p.Order, patch)
	}
	if coupons != "" {
		p.Coupons = json.RawMessage(coupons)
	}
	if products != "" {
		p.Products = json.RawMessage(products)
	}
	if refunds != "" {
		p.Refunds = json.RawMessage(refunds)
	}
	return p
}

func TestFaultsOfOrders(t *testing.T) {
	t.Parallel()
	for _, tt := range faultyOrders {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := fetchParts(t, plain().with(t, tt.patch, tt.coupons, tt.products, tt.refunds))
			attributiontest.Refused(t, "bigcommerce: order 250: ", tt.want, nil, err)
		})
	}
}

// Documents hold what is nobody's business. Errors are logged and kept.
func TestErrorsQuoteNothing(t *testing.T) {
	t.Parallel()
	const word = "mira@example.com"
	for _, value := range []string{`"` + word + `"`, `["` + word + `"]`, `{"` + word + `":"` + word + `"}`} {
		for _, field := range []string{
			"id", "status_id", "payment_status", "date_created", "date_modified", "default_currency_code", "is_tax_inclusive_pricing",
			"billing_address", "staff_notes", "customer_message", "order_source", "customer_id", "payment_method",
		} {
			if _, err := fetchParts(t, plain().with(t, `{"`+field+`":`+value+`}`, "", "", "")); err != nil && strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v", field, err)
			}
		}
		for _, body := range []string{value, `{"scope":` + value + `}`, edit(`250`, value), edit(`1791104408`, value), edit(`"stores/np7k2"`, value)} {
			if _, err := parse(body); err != nil && strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v", body, err)
			}
		}
	}
}

func TestPayments(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status   int
		provider string
		want     attribution.Payment
	}{
		{0, "captured", attribution.Pending},
		{0, "", attribution.Pending},
		{1, "", attribution.Pending},
		{1, "captured", attribution.Paid},
		{2, "", attribution.Paid},
		{2, "pending", attribution.Pending}, // cash on delivery on its way
		{2, "authorized", attribution.Authorized},
		{2, "captured", attribution.Paid},
		{3, "", attribution.Paid},
		{4, "captured", attribution.Refunded},
		{5, "captured", attribution.Voided},
		{5, "refunded", attribution.Voided},
		{6, "", attribution.Voided},
		{7, "", attribution.Pending},
		{7, "pending", attribution.Pending},
		{7, "paid", attribution.Paid},
		{8, "", attribution.Paid},
		{9, "", attribution.Paid},
		{10, "", attribution.Paid},
		{10, "pending", attribution.Paid}, // cash on delivery that was handed over
		{10, "void", attribution.Voided},
		{11, "", attribution.Paid},
		{11, "authorized", attribution.Authorized},
		{11, "capture pending", attribution.Authorized},
		{11, "held for review", attribution.Authorized},
		{11, "declined", attribution.Pending},
		{11, "Captured", attribution.Paid},
		{11, "partially refunded", attribution.PartiallyRefunded},
		{11, "refunded", attribution.Refunded},
		{11, "void pending", attribution.Voided},
		{11, "of another world", attribution.Paid},
		{12, "", attribution.Pending},
		{12, "captured", attribution.Paid},
		{13, "captured", attribution.Pending},
		{14, "captured", attribution.PartiallyRefunded},
		{14, "", attribution.PartiallyRefunded},
		{14, "refunded", attribution.Refunded},
		{15, "", attribution.PaymentUnknown},
		{15, "captured", attribution.Paid},
	}
	for _, tt := range tests {
		o, err := fetchParts(t, plain().with(t, fmt.Sprintf(`{"status_id":%d,"payment_status":%q}`, tt.status, tt.provider), "", "", ""))
		require.NoError(t, err)
		if o.Payment != tt.want {
			t.Errorf("status %d, provider %q: %q, want %q", tt.status, tt.provider, o.Payment, tt.want)
		}
		if cancelled := tt.status == 5 || tt.status == 6; cancelled != !o.CancelledAt.IsZero() {
			t.Errorf("status %d: cancelled at %v", tt.status, o.CancelledAt)
		}
	}
}

func TestChannels(t *testing.T) {
	t.Parallel()
	tests := []struct {
		source, external string
		want             attribution.Channel
	}{
		{`"www"`, `null`, attribution.Online},
		{`"iphone"`, `""`, attribution.Online},
		{`"checkout_api"`, `null`, attribution.Online},
		{`"buybutton"`, `null`, attribution.Online},
		{`null`, `null`, attribution.Online},
		{`"manual"`, `null`, attribution.Draft},
		{`"Manual"`, `null`, attribution.Draft},
		{`"manual"`, `"POS"`, attribution.InStore},
		{`"external"`, `"POS (Square)"`, attribution.InStore},
		{`"pos"`, `null`, attribution.InStore},
		{`"external"`, `"M-MIG"`, attribution.API},
		{`"external"`, `"Deposit"`, attribution.API},
		{`"amazon"`, `null`, attribution.API},
		{`"ebay"`, `null`, attribution.API},
		{`"facebookmarketplace"`, `null`, attribution.API},
	}
	for _, tt := range tests {
		o, err := fetchParts(t, plain().with(t, `{"order_source":`+tt.source+`,"external_source":`+tt.external+`}`, "", "", ""))
		require.NoError(t, err)
		if o.Channel != tt.want {
			t.Errorf("%s, %s: %q, want %q", tt.source, tt.external, o.Channel, tt.want)
		}
	}
}

func TestTimesOfOrders(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 10, 4, 9, 0, 8, 0, time.UTC)
	for _, text := range []string{
		"Sun, 04 Oct 2026 09:00:08 +0000", "Sun, 4 Oct 2026 11:00:08 +0200", "04 Oct 2026 09:00:08 GMT", "2026-10-04T09:00:08+00:00",
	} {
		o, err := fetchParts(t, plain().with(t, `{"date_modified":"`+text+`"}`, "", "", ""))
		require.NoError(t, err)
		if !o.UpdatedAt.Equal(want) || o.UpdatedAt.Location() != time.UTC || !o.RefundsAsOf.Equal(want) {
			t.Errorf("%s: %v, refunds as of %v", text, o.UpdatedAt, o.RefundsAsOf)
		}
	}
}

// Amounts carry more decimals than the currency, and each is rounded once.
func TestRounding(t *testing.T) {
	t.Parallel()
	tests := []struct {
		currency             byline.Currency
		total, first, second string
		gross, discount      string
	}{
		{"EUR", "10.0049", "0.0025", "0.0025", "10", "0.01"},
		{"EUR", "10.0050", "0", "0", "10.01", "0"},
		{"EUR", "-10.0050", "0", "0", "-10.01", "0"},
		{"EUR", "10", "1.5", "0.2500", "10", "1.75"},
		{"JPY", "1000.4999", "0.3", "0.3", "1000", "1"},
		{"KWD", "1.23449", "0.0004", "0", "1.234", "0"},
	}
	for _, tt := range tests {
		products := fmt.Sprintf(`[{"id":11,"quantity":1,"total_ex_tax":%q,"applied_discounts":[{"amount":%q},{"amount":%s}]}]`, tt.total, tt.first, tt.second)
		o, err := fetchParts(t, plain().with(t, `{"default_currency_code":"`+string(tt.currency)+`"}`, "", products, ""))
		require.NoError(t, err)
		if o.Lines[0].Gross != money(tt.gross, tt.currency) || o.Lines[0].Discount != money(tt.discount, tt.currency) {
			t.Errorf("%s %s: gross %s, discount %s", tt.total, tt.currency, o.Lines[0].Gross, o.Lines[0].Discount)
		}
	}
}

func TestRefundsOfUnknownGoods(t *testing.T) {
	t.Parallel()
	o, err := fetchParts(t, plain().with(t, "", "", "", `[
		{"id":1,"created":"2026-10-05T00:00:00Z","items":[{"item_type":"PRODUCT","item_id":99,"quantity":1}],"payments":[{"amount":5}]},
		{"id":2,"created":"2026-10-05T00:00:00Z","items":[{"item_type":"product","item_id":99,"requested_amount":"3.00"}],"payments":[{"amount":3}]},
		{"id":3,"created":"2026-10-05T00:00:00Z","items":[{"item_type":"GIFT_WRAPPING","item_id":11,"quantity":1,"requested_amount":"2.00"},{"item_type":"ORDER","requested_amount":"1"}],
			"payments":[{"amount":3.4}],"total_tax":0.4},
		{"id":4,"created":"2026-10-05T00:00:00Z","total_amount":1.25}]`))
	require.NoError(t, err)
	at, asOf := time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 4, 9, 0, 8, 0, time.UTC)
	eur := func(amount string) byline.Money { return money(amount, byline.EUR) }
	want := []attribution.Refund{
		{ID: "1", At: at, AsOf: asOf, State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "99", Quantity: 1}}, Cash: eur("5"), Shipping: eur("0")},
		{ID: "2", At: at, AsOf: asOf, State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "99", Subtotal: eur("3")}}, Cash: eur("3"), Shipping: eur("0")},
		{ID: "3", At: at, AsOf: asOf, State: attribution.Settled, Cash: eur("3.40"), Shipping: eur("2.40")},
		{ID: "4", At: at, AsOf: asOf, State: attribution.Settled, Cash: eur("1.25"), Shipping: eur("0")},
	}
	if diff := cmp.Diff(want, o.Refunds); diff != "" {
		t.Errorf("refunds mismatch (-want +got):\n%s", diff)
	}
}

func TestRefundOfALineOfNothing(t *testing.T) {
	t.Parallel()
	o, err := fetchParts(t, plain().with(t, "", "", `[{"id":11,"quantity":0,"total_ex_tax":"0"}]`,
		`[{"id":1,"items":[{"item_type":"PRODUCT","item_id":11,"quantity":1}],"payments":[{"amount":0}]}]`))
	require.NoError(t, err)
	if diff := cmp.Diff([]attribution.RefundLine{{Line: "11", Quantity: 1}}, o.Refunds[0].Lines); diff != "" {
		t.Errorf("lines mismatch (-want +got):\n%s", diff)
	}
}

// Whatever is refunded, in whatever parts, nothing below zero is left.
func TestRefundsNeverTakeMoreThanThereWas(t *testing.T) {
	t.Parallel()
	for _, items := range []string{
		`{"item_type":"PRODUCT","item_id":11,"quantity":2}`,
		`{"item_type":"PRODUCT","item_id":11,"quantity":200}`,
		`{"item_type":"PRODUCT","item_id":11,"quantity":1},{"item_type":"PRODUCT","item_id":11,"quantity":1}`,
		`{"item_type":"PRODUCT","item_id":11,"quantity":2},{"item_type":"ORDER","requested_amount":"500"}`,
		`{"item_type":"PRODUCT","item_id":11,"requested_amount":"500"}`,
		`{"item_type":"ORDER","requested_amount":"20"}`,
	} {
		o, err := fetchParts(t, plain().with(t, "", "", "", `[{"id":1,"items":[`+items+`],"payments":[{"amount":20}]}]`))
		require.NoError(t, err)
		sales, err := o.Sales()
		require.NoError(t, err)
		if sales.Kept != money("0", byline.EUR) || sales.Returned != sales.Sold {
			t.Errorf("%s: %+v", items, sales)
		}
	}
}

func TestOrderIDs(t *testing.T) {
	t.Parallel()
	if a, b := bigcommerce.OrderID("abcde", "250"), bigcommerce.OrderID("fghij", "250"); a == b || a != "bigcommerce:abcde:250" {
		t.Errorf("ids %q and %q", a, b)
	}
}
