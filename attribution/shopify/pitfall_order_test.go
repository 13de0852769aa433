package shopify_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func offers(t testing.TB) *attribution.Book {
	t.Helper()
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ava", Campaign: "autumn", Code: "AVA10", Link: "ava-ig"},
		{Creator: "ben", Campaign: "autumn", Code: "BEN10"},
		{Creator: "mio", Campaign: "autumn", Code: "MIO5"},
	})
	require.NoError(t, err)
	return book
}

func decide(t testing.TB, o attribution.Order) attribution.Decision {
	t.Helper()
	return attribution.Decide(o, nil, offers(t), attribution.Policy{})
}

// earners lists who is credited, in order.
func earners(d attribution.Decision) []string {
	var names []string
	for _, c := range d.Credits {
		names = append(names, string(c.Creator))
	}
	slices.Sort(names)
	return names
}

// Refund before order, paid before create, stale after new, cancelled before paid: every
// order of arrival ends in the same state.
func TestPitfallOrderOfArrival(t *testing.T) {
	t.Parallel()
	const cancelled = `"cancelled_at":"2026-10-10T10:00:00Z","updated_at":"2026-10-10T10:00:00Z"`
	refund := `{"id":77,"order_id":1001,"created_at":"2026-10-09T13:30:00Z","refund_line_items":[{"line_item_id":11,"quantity":1,"subtotal":10.0}],
		"transactions":[{"kind":"refund","status":"%s","amount":"10.00","currency":"EUR"}]}`
	pending, settled := fmt.Sprintf(refund, "pending"), fmt.Sprintf(refund, "success")
	fragments := []attribution.Order{
		decodeOrder(t, "orders/create", change(t, plainOrder, `{"financial_status":"pending"}`)),
		decodeOrder(t, "orders/paid", []byte(plainOrder)),
		decodeOrder(t, "refunds/create", []byte(pending)),
		decodeOrder(t, "orders/updated", change(t, plainOrder, `{"updated_at":"2026-10-09T13:30:01Z","financial_status":"partially_refunded","refunds":[`+settled+`]}`)),
		decodeOrder(t, "orders/cancelled", change(t, plainOrder, `{`+cancelled+`,"refunds":[`+settled+`]}`)),
	}
	want := merge(t, fragments)
	if want.CancelledAt.IsZero() || len(want.Refunds) != 1 || want.Refunds[0].State != attribution.Settled {
		t.Fatalf("merged into %+v", want)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		shuffled := slices.Concat(fragments, fragments[:random.IntN(len(fragments))])
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(want, merge(t, shuffled)); diff != "" {
			t.Fatalf("another order of arrival, another state (-want +got):\n%s", diff)
		}
	}
}

func merge(t testing.TB, fragments []attribution.Order) attribution.Order {
	t.Helper()
	state := fragments[0]
	for _, f := range fragments[1:] {
		var err error
		state, err = state.Merge(f)
		require.NoError(t, err)
	}
	return state
}

func TestPitfallRefundsOfAllKinds(t *testing.T) {
	t.Parallel()
	back := func(refunds ...string) string {
		o := decodeOrder(t, "orders/updated", change(t, plainOrder, `{"refunds":[`+strings.Join(refunds, ",")+`]}`))
		sales, err := o.Sales()
		require.NoError(t, err)
		return sales.Returned.Amount()
	}
	refund := func(id int, lines, transactions string) string {
		return fmt.Sprintf(`{"id":%d,"created_at":"2026-10-09T13:30:00Z","refund_line_items":[%s],"transactions":[%s]}`, id, lines, transactions)
	}
	const line, twoLines = `{"line_item_id":11,"quantity":1,"subtotal":10.0}`, `{"line_item_id":11,"quantity":2,"subtotal":20.0}`
	paid := func(amount, status string) string {
		return `{"kind":"refund","status":"` + status + `","amount":"` + amount + `","currency":"EUR"}`
	}
	tests := []struct{ name, got, want string }{
		{"larger than the order", back(refund(1, "", paid("900", "success"))), "20.00"},
		{"two whose sum is larger than the order", back(refund(1, twoLines, paid("20", "success")), refund(2, twoLines, paid("20", "success"))), "20.00"},
		{"without lines", back(refund(1, "", paid("5", "success"))), "5.00"},
		{"without transactions", back(refund(1, line, "")), "10.00"},
		{"failed", back(refund(1, line, paid("10", "failure"))), "0.00"},
		{"pending", back(refund(1, line, paid("10", "pending"))), "0.00"},
		{"lines of nothing beside cash", back(refund(1, `{"line_item_id":11,"quantity":1,"subtotal":0.0}`, paid("5", "success"))), "5.00"},
		{"the same twice", back(refund(1, line, paid("10", "success")), refund(2, "", "")), "10.00"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %s came back, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestPitfallRefundTwice(t *testing.T) {
	t.Parallel()
	order, refund := sampleOrder(t, "order_partial_refunds.json"), sampleOrder(t, "refund_lines.json")
	for _, pieces := range [][]attribution.Order{{order, refund}, {refund, order}, {refund, order, refund}} {
		sales, err := merge(t, pieces).Sales()
		require.NoError(t, err)
		if got := sales.Returned.Amount(); got != "54.00" {
			t.Errorf("%s came back, want 54.00: the refund is inside the order as well", got)
		}
	}
}

func TestPitfallSpellingsOfACode(t *testing.T) {
	t.Parallel()
	credit := func(code string) []string {
		patch, err := json.Marshal(map[string]any{
			"discount_applications": []any{map[string]string{"type": "discount_code", "code": code}},
			"discount_codes":        []any{map[string]string{"code": code, "amount": "0.00"}},
		})
		require.NoError(t, err)
		return earners(decide(t, decodeOrder(t, "orders/create", change(t, plainOrder, string(patch)))))
	}
	tests := []struct {
		name, code string
		want       []string
	}{
		{"as it is", "AVA10", []string{"ava"}},
		{"another case", "aVa10", []string{"ava"}},
		{"spaces around", " AVA10\u00a0", []string{"ava"}},
		{"full width", "ＡＶＡ１０", []string{"ava"}},
		{"a Cyrillic А", "АVA10", nil},
		{"a space inside", "AVA 10", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, credit(tt.code)); diff != "" {
			t.Errorf("%s: credits mismatch (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestPitfallDiscountsThatAreNoCodes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		want []string
	}{
		{"order_code_automatic_manual.json", []string{"ben"}},   // AVA10 is a title there
		{"order_draft.json", nil},                               // BEN10 is a title there
		{"order_before_applications_draft.json", nil},           // nobody can tell
		{"order_before_applications_web.json", []string{"ava"}}, //
		{"order_unicode_code.json", []string{"mio"}},            //
		{"order_free_shipping_code.json", nil},                  // AVASHIP is nobody's
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, earners(decide(t, sampleOrder(t, tt.file)))); diff != "" {
			t.Errorf("%s: credits mismatch (-want +got):\n%s", tt.file, diff)
		}
	}
}

func TestPitfallHundredPercentAndFreeShipping(t *testing.T) {
	t.Parallel()
	free := decodeOrder(t, "orders/create", []byte(edit(`"discount_allocations":[]`, `"discount_allocations":[{"amount":"20.00","discount_application_index":0}]`,
		`"discount_applications":[]`, `"discount_applications":[{"type":"discount_code","code":"AVA10"}]`)))
	d := decide(t, free)
	if diff := cmp.Diff([]string{"ava"}, earners(d)); diff != "" || !d.Sold.IsZero() {
		t.Errorf("an order of nothing sold %s, credits mismatch (-want +got):\n%s", d.Sold, diff)
	}
	ship := sampleOrder(t, "order_free_shipping_code.json")
	want := []attribution.CodeUse{{Code: "AVASHIP", Kind: attribution.Genuine, Discount: money("4.95", "GBP")}}
	if diff := cmp.Diff(want, ship.Codes); diff != "" {
		t.Errorf("Codes mismatch (-want +got):\n%s", diff)
	}
	if !ship.Lines[0].Discount.IsZero() {
		t.Errorf("free shipping took %s off the goods", ship.Lines[0].Discount)
	}
}

// Test orders earn nothing, and the button that sends one must not make a failure.
func TestPitfallTestOrders(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"order_test_notification.json", "order_bogus_gateway.json"} {
		o := sampleOrder(t, file)
		o.Codes = []attribution.CodeUse{{Code: "AVA10", Kind: attribution.Genuine}}
		d := decide(t, o)
		if d.Standing != attribution.StandingTest || !d.Earning.IsZero() {
			t.Errorf("%s: standing %q, earning %s", file, d.Standing, d.Earning)
		}
	}
}

func TestPitfallOrdersFromElsewhere(t *testing.T) {
	t.Parallel()
	for _, source := range []string{`"web"`, `"pos"`, `"shopify_draft_order"`, `"subscription_contract"`, `"subscription_contract_checkout_one"`, `"755357713"`, `755357713`, `null`, `{}`} {
		o := decodeOrder(t, "orders/create", change(t, plainOrder, `{"source_name":`+source+`,"landing_site":null,"customer":null,"app_id":null,"company":{"id":1}}`))
		if o.ID != "shopify:1001" || len(o.Lines) != 1 {
			t.Errorf("%s: %+v", source, o)
		}
	}
}

func TestPitfallNullsAndOddTypes(t *testing.T) {
	t.Parallel()
	want := decodeOrder(t, "orders/create", []byte(plainOrder))
	for _, patch := range []string{
		`{"customer":null}`, `{"customer":[]}`, `{"email":""}`, `{"email":null}`, `{"email":7}`, `{"billing_address":{"latitude":"1.0"}}`,
		`{"refunds":null,"discount_codes":null}`, `{"name":{}}`, `{"name":["#1001"]}`, `{"note_attributes":7}`, `{"payment_gateway_names":{}}`,
		`{"landing_site":{}}`, `{"total_price":{}}`, `{"tags":[]}`, `{"of tomorrow":{"a":[1,{"b":null}]}}`, `{"order_id":null}`,
		`{"fulfillments":7}`, `{"fulfillments":[7,null,{"shipment_status":["delivered"],"line_items":{}}]}`,
	} {
		got := decodeOrder(t, "orders/create", change(t, plainOrder, patch))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: order mismatch (-want +got):\n%s", patch, diff)
		}
	}
}

func TestPitfallCurrencies(t *testing.T) {
	t.Parallel()
	tests := []struct{ currency, price, want string }{
		{"JPY", `"1980"`, "3960"},
		{"JPY", `"1980.00"`, "3960"},
		{"ISK", `"1980.0"`, "3960"},
		{"KWD", `"4.125"`, "8.250"},
		{"KWD", `4.1`, "8.200"},
		{"MGA", `"1980.20"`, "3960.40"},
		{"jpy", `"1980"`, "3960"},
	}
	for _, tt := range tests {
		o := decodeOrder(t, "orders/create", []byte(edit(`"currency":"EUR"`, `"currency":"`+tt.currency+`"`, `"10.00"`, tt.price)))
		if got := o.Lines[0].Gross.Amount(); got != tt.want || string(o.Currency) != strings.ToUpper(tt.currency) {
			t.Errorf("%s %s × 2 = %s, want %s", tt.currency, tt.price, got, tt.want)
		}
	}
	for _, text := range []string{`"currency":"JPY","x":"`, `"currency":"ISK","x":"`} {
		_, err := parse("orders/create", edit(`"currency":"`, text, `"10.00"`, `"10.50"`))
		require.ErrorIs(t, err, byline.ErrInvalid)
	}
	if got := sampleOrder(t, "order_two_codes.json").Currency; got != "USD" {
		t.Errorf("the customer saw CAD and the order is in %s, want USD", got)
	}
}

func TestPitfallTimes(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z"}, // the hour that comes twice, first
		{"2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z"}, // and second
		{"2026-10-25T02:30:00.123456789+05:45", "2026-10-24T20:45:00.123456789Z"},
	}
	for _, tt := range tests {
		o := decodeOrder(t, "orders/create", change(t, plainOrder, `{"processed_at":"`+tt.text+`"}`))
		if !o.PlacedAt.Equal(at(t, tt.want)) {
			t.Errorf("%s became %s", tt.text, o.PlacedAt)
		}
	}
	for _, text := range []string{`"2026-10-25T02:30:00"`, `1761359400`, `1761359400000`, `"1761359400"`, `"2026-10-25"`} {
		_, err := parse("orders/create", string(change(t, plainOrder, `{"processed_at":`+text+`}`)))
		if diff := cmp.Diff([]string{"processed_at shopify.time"}, codesOf(err)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", text, diff)
		}
	}
}
