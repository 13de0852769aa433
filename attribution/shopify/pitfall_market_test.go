package shopify_test

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
)

// What programs that pay creators get wrong about Shopify's orders, each as a test.

// used is an order of 20.00 EUR on which codes took something off, each its amount.
func used(t testing.TB, codes ...string) string {
	t.Helper()
	var applications, allocations, listed []string
	for i, c := range codes {
		code, amount, _ := strings.Cut(c, " ")
		applications = append(applications, `{"type":"discount_code","code":"`+code+`"}`)
		allocations = append(allocations, fmt.Sprintf(`{"amount":%q,"discount_application_index":%d}`, amount, i))
		listed = append(listed, fmt.Sprintf(`{"code":%q,"amount":%q}`, code, amount))
	}
	return edit(`"discount_applications":[]`, `"discount_applications":[`+strings.Join(applications, ",")+`]`,
		`"discount_codes":[]`, `"discount_codes":[`+strings.Join(listed, ",")+`]`,
		`"discount_allocations":[]`, `"discount_allocations":[`+strings.Join(allocations, ",")+`]`)
}

// credits lists who gets how much of an order.
func credits(d attribution.Decision) string {
	var parts []string
	for _, c := range d.Credits {
		parts = append(parts, fmt.Sprintf("%s %s", c.Creator, c.Earning.Amount()))
	}
	return strings.Join(parts, ", ")
}

func TestMarketSeveralCodes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		codes  []string
		policy attribution.Policy
		want   string
	}{
		{"split by what each took off", []string{"AVA10 2.00", "BEN10 1.00"}, attribution.Policy{}, "ava 11.33, ben 5.67"},
		{"the same in another order", []string{"BEN10 1.00", "AVA10 2.00"}, attribution.Policy{}, "ava 11.33, ben 5.67"},
		{"the largest", []string{"AVA10 2.00", "BEN10 1.00"}, attribution.Policy{Version: "x", SeveralCodes: attribution.LargestDiscount}, "ava 17.00"},
		{"the first as Shopify lists them", []string{"BEN10 1.00", "AVA10 2.00"}, attribution.Policy{Version: "x", SeveralCodes: attribution.PickFirstListed}, "ben 17.00"},
		{"a shop's own code before a creator's", []string{"WELCOME 1.00", "BEN10 1.00"}, attribution.Policy{}, "ben 18.00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := decodeOrder(t, "orders/paid", []byte(used(t, tt.codes...)))
			if got := credits(attribution.Decide(o, nil, offers(t), tt.policy)); got != tt.want {
				t.Errorf("credits %s, want %s", got, tt.want)
			}
		})
	}
}

// The owner of the code is credited although another creator brought the customer once.
func TestMarketCodeOnAKnownCustomer(t *testing.T) {
	t.Parallel()
	o := decodeOrder(t, "orders/paid", change(t, used(t, "BEN10 2.00"), `{"customer":{"id":7}}`))
	h := &attribution.History{
		Customer: attribution.ReturningCustomer,
		Credits:  []attribution.PastCredit{{Order: "shopify:1", Creator: "ava", Campaign: "autumn", At: o.PlacedAt.AddDate(0, -1, 0)}},
	}
	if got := credits(attribution.Decide(o, h, offers(t), attribution.Policy{})); got != "ben 18.00" {
		t.Errorf("credits %s, want ben 18.00", got)
	}
	if o.Customer.ID != "7" {
		t.Errorf("the customer is %+v", o.Customer)
	}
}

// A guest who orders twice is one customer, and not a new one each time.
func TestMarketGuestsAreNotAlwaysNew(t *testing.T) {
	t.Parallel()
	read := func(patch string) attribution.Customer {
		return orderOf(t, identifying(), "orders/create", change(t, plainOrder, `{"customer":null,`+patch+`}`)).Customer
	}
	first := read(`"id":1,"email":"Mira@Example.com","checkout_token":"0f0e"`)
	second := read(`"id":2,"email":"mira@example.com ","checkout_token":"0e0d"`)
	if first != second || first.Email == "" || first.ID != "" {
		t.Errorf("%+v and %+v", first, second)
	}
	if other := read(`"email":"tam@example.com"`); other == first {
		t.Error("two guests are one")
	}
	if nobody := read(`"email":null`); nobody.Known() {
		t.Errorf("a guest without any address is known by %+v", nobody)
	}
}

// A code and a link of two creators: one is credited, once, with all of it.
func TestMarketNobodyIsPaidTwice(t *testing.T) {
	t.Parallel()
	o := decodeOrder(t, "orders/paid", change(t, used(t, "BEN10 2.00"), `{"landing_site":"/?bl=ava-ig","note_attributes":[{"name":"_bl","value":"ava-ig"}]}`))
	if got := credits(decide(t, o)); got != "ben 18.00" {
		t.Errorf("credits %s, want ben 18.00", got)
	}
	both := decodeOrder(t, "orders/paid", change(t, used(t, "AVA10 2.00"), `{"landing_site":"/?bl=ava-ig"}`))
	if got := credits(decide(t, both)); got != "ava 18.00" {
		t.Errorf("credits %s, want ava 18.00", got)
	}
}

// Refunds of a part take back their part, restocked or not, and all parts take back all.
func TestMarketPartialRefunds(t *testing.T) {
	t.Parallel()
	refund := func(id int, restock, subtotal string) string {
		return fmt.Sprintf(`{"id":%d,"order_id":1001,"created_at":"2026-10-09T13:30:00Z","transactions":[{"kind":"refund","status":"success","amount":%q,"currency":"EUR"}],
			"refund_line_items":[{"line_item_id":11,"quantity":1,"restock_type":%q,"subtotal_set":{"shop_money":{"amount":%q,"currency_code":"EUR"}}}]}`, id, subtotal, restock, subtotal)
	}
	order := decodeOrder(t, "orders/paid", []byte(used(t, "AVA10 2.00")))
	first := decodeOrder(t, "refunds/create", []byte(refund(1, "no_restock", "9.00")))
	second := decodeOrder(t, "refunds/create", []byte(refund(2, "return", "9.00")))
	goodwill := decodeOrder(t, "refunds/create", change(t, plainRefund, `{"transactions":[{"kind":"refund","status":"success","amount":"4.50","currency":"EUR"}]}`))
	for want, pieces := range map[string][]attribution.Order{
		"ava 18.00": {order},
		"ava 9.00":  {first, order},
		"ava 0.00":  {order, second, first, second},
		"ava 13.50": {order, goodwill},
	} {
		if got := credits(decide(t, merge(t, pieces))); got != want {
			t.Errorf("credits %s, want %s", got, want)
		}
	}
}

// A chargeback takes what it disputes while it is open, and what is won comes back whole.
func TestMarketChargebacks(t *testing.T) {
	t.Parallel()
	order := decodeOrder(t, "orders/paid", []byte(used(t, "AVA10 2.00")))
	dispute := func(patch string) attribution.Order {
		return decodeOrder(t, "disputes/update", change(t, plainDispute, patch))
	}
	tests := []struct {
		name string
		life []attribution.Order
		want string
	}{
		{"an inquiry moves nothing", []attribution.Order{dispute(`{"type":"inquiry"}`)}, "ava 18.00"},
		{"open", []attribution.Order{dispute(`{"amount":"18.00"}`)}, "ava 0.00"},
		{"open, of a half", []attribution.Order{dispute(`{"amount":"9.00"}`)}, "ava 9.00"},
		{"open, of an unknown amount", []attribution.Order{dispute(`{"amount":null}`)}, "ava 0.00"},
		{"lost", []attribution.Order{dispute(`{"amount":"9.00"}`), dispute(`{"amount":"9.00","status":"lost"}`)}, "ava 9.00"},
		{"won", []attribution.Order{dispute(`{"amount":"9.00"}`), dispute(`{"amount":"9.00","status":"won"}`)}, "ava 18.00"},
		{"won, and the opening comes late", []attribution.Order{dispute(`{"status":"won"}`), dispute(`{}`)}, "ava 18.00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := credits(decide(t, merge(t, append(tt.life, order)))); got != tt.want {
				t.Errorf("credits %s, want %s", got, tt.want)
			}
		})
	}
}

// The shop counts in one currency and the customers pay in several. A dispute says its
// amount in the customer's; won, it gives back what it took all the same.
func TestMarketDisputeInTheCustomersCurrency(t *testing.T) {
	t.Parallel()
	w := decoder()
	order := decodeOrder(t, "orders/paid", []byte(used(t, "AVA10 2.00")))
	open := orderOf(t, w, "disputes/create", change(t, plainDispute, `{"amount":"2900","currency":"JPY"}`))
	won := orderOf(t, w, "disputes/update", change(t, plainDispute, `{"amount":"2900","currency":"JPY","status":"won"}`))
	if got := credits(decide(t, merge(t, []attribution.Order{open, order}))); got != "ava 0.00" {
		t.Errorf("open: credits %s, want ava 0.00", got)
	}
	if got := credits(decide(t, merge(t, []attribution.Order{won, open, order}))); got != "ava 18.00" {
		t.Errorf("won: credits %s, want ava 18.00", got)
	}
}

// Amounts are never multiplied by a hundred: yen have no decimals and dinars three, and
// Shopify writes both with as many as it likes.
func TestMarketCurrenciesWithoutCents(t *testing.T) {
	t.Parallel()
	tests := []struct{ currency, price, discount, want string }{
		{"JPY", "1980", "360", "ava 3600"},
		{"JPY", "1980.00", "360.00", "ava 3600"},
		{"KRW", "25000.0", "0.00", "ava 50000"},
		{"KWD", "4.125", "1.250", "ava 7.000"},
		{"KWD", "4.1", "1", "ava 7.200"},
		{"TND", "12.345000", "0.69", "ava 24.000"},
	}
	for _, tt := range tests {
		t.Run(tt.currency+" "+tt.price, func(t *testing.T) {
			t.Parallel()
			body := strings.Replace(used(t, "AVA10 "+tt.discount), `"currency":"EUR"`, `"currency":"`+tt.currency+`"`, 1)
			body = strings.Replace(body, `"price":"10.00"`, `"price":"`+tt.price+`"`, 1)
			if got := credits(decide(t, decodeOrder(t, "orders/paid", []byte(body)))); got != tt.want {
				t.Errorf("credits %s, want %s", got, tt.want)
			}
		})
	}
}

// Nothing is converted, and no amount of the customer's currency gets in.
func TestMarketPresentmentMoneyIsNotRead(t *testing.T) {
	t.Parallel()
	for _, s := range []sample{{"order_presentment.json", "orders/updated"}, {"order_two_codes.json", "orders/create"}} {
		kept, err := json.Marshal(sampleOrder(t, s.file))
		require.NoError(t, err)
		for _, foreign := range []string{"JPY", "CAD"} {
			if strings.Contains(string(kept), foreign) {
				t.Errorf("%s: an amount is in %s", s.file, foreign)
			}
		}
	}
}

// What an order lacks that some programs ask for: it is an order all the same.
func TestMarketFieldsThatAreNull(t *testing.T) {
	t.Parallel()
	want := decodeOrder(t, "orders/paid", []byte(plainOrder))
	for _, field := range []string{
		"confirmation_number", "customer", "email", "phone", "landing_site", "referring_site", "checkout_id", "checkout_token", "cart_token",
		"browser_ip", "client_details", "app_id", "user_id", "source_name", "name", "note", "processed_at", "closed_at", "billing_address", "shipping_address",
		"payment_terms", "order_number", "total_price", "current_subtotal_price", "presentment_currency", "discount_codes",
	} {
		for _, value := range []string{`null`, `"drop"`} {
			got := decodeOrder(t, "orders/paid", change(t, plainOrder, `{"`+field+`":`+value+`}`))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s %s: order mismatch (-want +got):\n%s", field, value, diff)
			}
		}
	}
}

// A creator's part is of the goods: not of their tax, the shipping, tips, duties and gift
// cards, whatever Shopify's subtotal holds.
func TestMarketBase(t *testing.T) {
	t.Parallel()
	const goods = `{"id":11,"quantity":1,"price":"119.00","discount_allocations":[{"amount":"11.90","discount_application_index":0}],"tax_lines":[{"price":"17.10"}]}`
	body := change(t, used(t, "AVA10 0.00"), `{"taxes_included":true,"current_subtotal_price":"160.10","total_tip_received":"3.00",
		"shipping_lines":[{"price":"9.00","discount_allocations":[],"tax_lines":[{"price":"1.44"}]}],
		"line_items":[`+goods+`,{"id":12,"quantity":1,"price":"50.00","gift_card":true},
			{"id":13,"quantity":1,"price":"3.00","product_id":null,"tip_payment_gateway":"shopify_payments"}]}`)
	if got := credits(decide(t, decodeOrder(t, "orders/paid", body))); got != "ava 90.00" {
		t.Errorf("credits %s, want ava 90.00: 119.00 - 11.90 - 17.10", got)
	}
}

// What was pending and is paid at last earns; what was only authorised and is voided
// does not, though the news of it may be early.
func TestMarketPaidAtLast(t *testing.T) {
	t.Parallel()
	at := func(clock int, status string) attribution.Order {
		stamp := time.Date(2026, 10, 5, 9, clock, 0, 0, time.UTC).Format(time.RFC3339)
		return decodeOrder(t, "orders/updated", change(t, used(t, "AVA10 2.00"), `{"updated_at":"`+stamp+`","financial_status":"`+status+`"}`))
	}
	tests := []struct {
		want string
		life []attribution.Order
	}{
		{"ava 18.00", []attribution.Order{at(0, "pending"), at(1, "paid")}},
		{"ava 18.00", []attribution.Order{at(0, "pending"), at(1, "partially_paid"), at(2, "paid")}},
		{"ava 0.00", []attribution.Order{at(0, "authorized"), at(1, "voided")}},
	}
	for _, tt := range tests {
		for _, order := range permutations(tt.life) {
			if got := credits(decide(t, merge(t, order))); got != tt.want {
				t.Errorf("credits %s, want %s", got, tt.want)
			}
		}
	}
}

// A product that is sent for another: the one that came back does not count, the new one
// does, in any order of arrival.
func TestMarketExchange(t *testing.T) {
	t.Parallel()
	after := sampleOrder(t, "order_exchange.json")
	before := after
	before.UpdatedAt, before.Payment, before.Refunds = after.PlacedAt, attribution.Paid, nil
	before.Lines = append([]attribution.Line{}, after.Lines[:2]...)
	before.Lines[0].Removed = 0
	refund := attribution.Order{ID: after.ID, Shop: after.Shop, Currency: "GBP", Refunds: after.Refunds}
	for _, pieces := range permutations([]attribution.Order{before, refund, after}) {
		sales, err := merge(t, pieces).Sales()
		require.NoError(t, err)
		want := attribution.Sales{Sold: money("91.50", "GBP"), Returned: money("36", "GBP"), Kept: money("55.50", "GBP")}
		if diff := cmp.Diff(want, sales); diff != "" {
			t.Fatalf("Sales mismatch (-want +got):\n%s", diff)
		}
	}
	sales, err := before.Sales()
	require.NoError(t, err)
	if sales.Kept != money("58.50", "GBP") {
		t.Errorf("before the exchange %s are kept, want 58.50", sales.Kept)
	}
}

// A code that was used at the till counts like one that was typed; a discount that staff
// typed under a code's name does not.
func TestMarketCodesAtTheTill(t *testing.T) {
	t.Parallel()
	till := sampleOrder(t, "order_till.json")
	if got := credits(decide(t, till)); got != "ava 22.50" || till.Channel != attribution.InStore {
		t.Errorf("%q: credits %s, want ava 22.50", till.Channel, got)
	}
	typed := decodeOrder(t, "orders/create", []byte(strings.Replace(string(load(t, "order_till.json")), `"type": "discount_code"`, `"type": "manual", "title": "AVA10"`, 1)))
	if got := credits(decide(t, typed)); got != "" {
		t.Errorf("a typed discount credits %s", got)
	}
}

// A merchant who leaves channels, companies or renewals out can.
func TestMarketExclusions(t *testing.T) {
	t.Parallel()
	exclude := attribution.Policy{Version: "x", Exclude: attribution.Exclusions{
		Channels: []attribution.Channel{attribution.InStore, attribution.API}, Wholesale: true, Staff: true, Renewals: true,
	}}
	for file, want := range map[string]attribution.Standing{
		"order_till.json": attribution.StandingExcluded, "order_by_an_app.json": attribution.StandingExcluded,
		"order_renewal.json": attribution.StandingExcluded, "order_company.json": attribution.StandingExcluded,
		"order_links.json": attribution.StandingEarning,
	} {
		if d := attribution.Decide(sampleOrder(t, file), nil, offers(t), exclude); d.Standing != want {
			t.Errorf("%s stands as %q, want %q", file, d.Standing, want)
		}
	}
	if d := decide(t, sampleOrder(t, "order_renewal.json")); credits(d) != "ava 17.10" {
		t.Errorf("a renewal that nobody leaves out credits %s", credits(d))
	}
}

// A body that cannot be read is told to whoever received it. It is not a success.
func TestMarketFailuresAreTold(t *testing.T) {
	t.Parallel()
	for _, topic := range []string{"orders/paid", "refunds/create", "disputes/create", "orders/delete"} {
		events, err := decode(t, topic, []byte(`{"id":{}}`))
		require.ErrorIs(t, err, byline.ErrInvalid)
		require.Empty(t, events)
		if !attribution.Permanent(err) {
			t.Errorf("%s: %v would be tried again for ever", topic, err)
		}
	}
}

// Goods that are restocked without a transaction, and paid back later, came back once; a
// refund may pay more than its goods; and duties paid back are no merchandise.
func TestMarketRefundsThatAreMoreThanGoods(t *testing.T) {
	t.Parallel()
	refund := func(id int, lines, paid, more string) attribution.Order {
		transactions := ""
		if paid != "" {
			transactions = fmt.Sprintf(`{"kind":"refund","status":"success","amount":%q,"currency":"EUR"}`, paid)
		}
		return decodeOrder(t, "refunds/create", fmt.Appendf(nil, `{"id":%d,"order_id":1001,"created_at":"2026-10-09T13:30:00Z",
			"refund_line_items":[%s],"transactions":[%s]%s}`, id, lines, transactions, more))
	}
	set := func(amount string) string {
		return fmt.Sprintf(`{"shop_money":{"amount":%q,"currency_code":"EUR"}}`, amount)
	}
	unit := `{"line_item_id":11,"quantity":1,"subtotal_set":` + set("9.00") + `,"total_tax_set":` + set("0.00") + `}`
	order := decodeOrder(t, "orders/paid", []byte(used(t, "AVA10 2.00")))
	for name, tt := range map[string]struct {
		pieces []attribution.Order
		want   string
	}{
		"restocked":                       {[]attribution.Order{order, refund(1, unit, "", "")}, "ava 9.00"},
		"restocked, and paid back later":  {[]attribution.Order{refund(2, "", "9.00", ""), order, refund(1, unit, "", "")}, "ava 9.00"},
		"restocked, and more paid later":  {[]attribution.Order{order, refund(1, unit, "", ""), refund(2, "", "13.50", "")}, "ava 4.50"},
		"goods, and more than their cash": {[]attribution.Order{order, refund(1, unit, "13.50", "")}, "ava 4.50"},
		"duties alone":                    {[]attribution.Order{order, refund(1, "", "5.00", `,"total_duties_set":`+set("5.00"))}, "ava 18.00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := credits(decide(t, merge(t, tt.pieces))); got != tt.want {
				t.Errorf("credits %s, want %s", got, tt.want)
			}
		})
	}
}
