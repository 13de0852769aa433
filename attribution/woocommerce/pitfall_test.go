package woocommerce_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

func TestPitfallReencodedBody(t *testing.T) {
	t.Parallel()
	raw := load(t, "order_wire.json")
	h := signed("order.created", raw)
	var fields map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(raw, &fields))
	reordered, err := json.Marshal(fields)
	require.NoError(t, err)
	tests := map[string][]byte{
		"escaped slashes lost":     bytes.ReplaceAll(raw, []byte(`\/`), []byte(`/`)),
		"an escaped dash lost":     bytes.ReplaceAll(raw, []byte(`\u2013`), []byte("–")),
		"keys in another order":    reordered,
		"a line end added":         append(bytes.Clone(raw), '\n'),
		"a byte order mark added":  append([]byte("\ufeff"), raw...),
		"the last byte cut":        raw[:len(raw)-1],
		"compressed on its way":    append([]byte("\x1f\x8b"), raw...),
		"trimmed by a proxy twice": bytes.TrimSuffix(raw, []byte("}}")),
	}
	_, err = decoder().Verify(h, raw)
	require.NoError(t, err)
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if bytes.Equal(body, raw) {
				t.Fatal("the body is the same, so nothing is tried")
			}
			_, err := decoder().Verify(h, body)
			require.ErrorIs(t, err, attribution.ErrBadSignature)
		})
	}
}

// WooCommerce itself sends the same content under two topics, and the same topic more
// than once.
func TestPitfallSameFactTwice(t *testing.T) {
	t.Parallel()
	body := load(t, "order_wire.json")
	first, err := decoder().Decode(signed("order.created", body), body, arrival())
	require.NoError(t, err)
	h := with(signed("order.updated", body), deliveryHeader, "another")
	second, err := decoder().Decode(h, body, arrival().Add(time.Hour))
	require.NoError(t, err)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the same content under another topic, id and time is another fact (-first +second):\n%s", diff)
	}
}

// The signature covers the body alone, so a good one proves nothing about the headers.
func TestPitfallSpoofedHeaders(t *testing.T) {
	t.Parallel()
	order, deletion := []byte(plainOrder), []byte(`{"id":1001}`)
	tests := map[string]struct {
		header, value string
		topic         string
		body          []byte
		want          error
	}{
		"an order as its deletion":            {topicHeader, "order.deleted", "order.updated", order, byline.ErrInvalid},
		"a deletion as an order":              {topicHeader, "order.updated", "order.deleted", deletion, byline.ErrInvalid},
		"a deletion as a restoration":         {topicHeader, "order.restored", "order.deleted", deletion, byline.ErrInvalid},
		"a shop's order at another's address": {sourceHeader, "https://other.example/", "order.updated", order, attribution.ErrBadSignature},
		"a deletion at another's address":     {sourceHeader, "https://other.example/", "order.deleted", deletion, attribution.ErrBadSignature},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, err := decoder().Decode(with(signed(tt.topic, tt.body), tt.header, tt.value), tt.body, arrival())
			require.ErrorIs(t, err, tt.want)
			require.Empty(t, events)
		})
	}
	t.Run("an order under another shop's name, where any is believed", func(t *testing.T) {
		t.Parallel()
		hook := woocommerce.Webhook{Secrets: []attribution.Secret{secret}}
		events, err := hook.Decode(with(signed("order.updated", order), sourceHeader, "https://other.example/"), order, arrival())
		require.NoError(t, err)
		if got := events[0].Order.ID; got != "woocommerce:other.example:1001" {
			t.Errorf("it became %s, and must not touch an order of demo.example", got)
		}
	})
}

func TestPitfallHostileBodies(t *testing.T) {
	t.Parallel()
	want := plain(t, `{}`)
	deep := strings.Repeat("[", 9000) + strings.Repeat("]", 9000)
	tests := map[string]struct {
		body  string
		apply func(o *attribution.Order)
	}{
		"five megabytes of padding":                {string(change(t, plainOrder, `{"a_plugin":"`+strings.Repeat("a", 5<<20)+`"}`)), nil},
		"five megabytes of words":                  {string(change(t, plainOrder, `{"customer_note":"`+strings.Repeat("a", 5<<20)+`"}`)), nil},
		"deep nesting in what is not read":         {string(change(t, plainOrder, `{"a_plugin":`+deep+`}`)), nil},
		"deep nesting in a note":                   {string(change(t, plainOrder, `{"meta_data":[{"key":"bl","value":`+deep+`}]}`)), nil},
		"invalid UTF-8 in what is not read":        {edit(`{"id":1001`, `{"a_plugin":"`+"\xff\xc3"+`","id":1001`), nil},
		"invalid UTF-8 in what is kept":            {edit(`{"id":1001`, `{"number":"W`+"\xff"+`","id":1001`), func(o *attribution.Order) { o.Number = "W\ufffd" }},
		"a lone surrogate":                         {edit(`{"id":1001`, `{"number":"W\ud800","id":1001`), func(o *attribution.Order) { o.Number = "W\ufffd" }},
		"a key that stands twice, the last counts": {edit(`{"id":1001`, `{"id":7,"number":"first","number":"last","id":1001`), func(o *attribution.Order) { o.Number = "last" }},
		"a link that turns the text around":        {string(change(t, plainOrder, `{"meta_data":[{"key":"bl","value":"ada\u202e"},{"key":"bl","value":"a\u0000b"}]}`)), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expected := clone(t, want)
			if tt.apply != nil {
				tt.apply(&expected)
			}
			if diff := cmp.Diff(expected, decodeOrder(t, "order.updated", []byte(tt.body))); diff != "" {
				t.Errorf("order mismatch (-want +got):\n%s", diff)
			}
		})
	}
	for name, body := range map[string]string{
		"a million levels":       strings.Repeat("[", 1<<20),
		"deep nesting as lines":  string(change(t, plainOrder, `{"line_items":[`+deep+`]}`)),
		"compressed":             "\x1f\x8b\x08\x00",
		"a control character":    edit(`"EUR"`, "\"EU\x01R\""),
		"text that does not end": plainOrder[:len(plainOrder)-20],
	} {
		for _, topic := range []string{"order.updated", "order.deleted"} {
			_, err := decode(t, topic, []byte(body))
			require.ErrorIs(t, err, byline.ErrInvalid, name)
		}
	}
}

func offers(t testing.TB) *attribution.Book {
	t.Helper()
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA10", Link: "ada-story"},
		{Creator: "bruno", Campaign: "autumn", Code: "30$OFF", Link: "bruno-clip"},
		{Creator: "cleo", Campaign: "autumn", Code: "CLEO5", Link: "cleo-cart"},
	})
	require.NoError(t, err)
	return book
}

// earners lists who is credited for an order.
func earners(t testing.TB, o attribution.Order) []string {
	t.Helper()
	var names []string
	for _, c := range attribution.Decide(o, nil, offers(t), attribution.Policy{}).Credits {
		names = append(names, string(c.Creator))
	}
	return names
}

// WooCommerce keeps codes in lower case, whatever the creator wrote.
func TestPitfallSpellingsOfACode(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		code string
		want []string
	}{
		"in lower case":  {"ada10", []string{"ada"}},
		"as it is":       {"ADA10", []string{"ada"}},
		"spaces around":  {" ada10\u00a0", []string{"ada"}},
		"full width":     {"ａｄａ１０", []string{"ada"}},
		"with a dollar":  {"30$off", []string{"bruno"}},
		"a Cyrillic а":   {"аda10", nil},
		"a space inside": {"ada 10", nil},
		"an entity":      {"30&#36;off", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			coupons, err := json.Marshal([]any{map[string]string{"code": tt.code, "discount": "0"}})
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, earners(t, plain(t, `{"coupon_lines":`+string(coupons)+`}`))); diff != "" {
				t.Errorf("credits mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// Who is paid for the samples, and who is not.
func TestPitfallWhoEarns(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"order_coupon_and_visit.json":     {"ada"},
		"order_note_and_cart.json":        {"cleo"}, // what the cart kept comes before what a note says
		"order_free.json":                 nil,      // ada100 is nobody's
		"order_guest_pending.json":        nil,
		"order_cancelled_paid.json":       nil,
		"order_failed.json":               nil,
		"order_trash.json":                nil,
		"order_test_payment.json":         nil,
		"order_custom_status_unpaid.json": nil,
		"order_organic.json":              nil,
		"order_jpy.json":                  {"ada"},
		"order_kwd.json":                  {"ada"},
		"order_prices_include_tax.json":   {"ada"},
		"order_renewal.json":              {"ada"}, // the policy says whether renewals count
	}
	for file, want := range tests {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			o := sampleOrder(t, file)
			d := attribution.Decide(o, nil, offers(t), attribution.Policy{})
			var got []string
			for _, c := range d.Credits {
				if d.Standing == attribution.StandingEarning {
					got = append(got, string(c.Creator))
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("credits mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPitfallHundredPercentAndFreeShipping(t *testing.T) {
	t.Parallel()
	free := plain(t, `{"coupon_lines":[{"code":"ada10","discount":"20"}],"line_items":[{"id":11,"quantity":2,"subtotal":"20.00","total":"0.00","total_tax":"0.00"}]}`)
	if sales, err := free.Sales(); err != nil || !sales.Sold.IsZero() {
		t.Errorf("an order of nothing sold %s, %v", sales.Sold, err)
	}
	if diff := cmp.Diff([]string{"ada"}, earners(t, free)); diff != "" {
		t.Errorf("credits mismatch (-want +got):\n%s", diff)
	}
	ship := plain(t, `{"coupon_lines":[{"code":"ada10","discount":"0","free_shipping":true}],"shipping_lines":[{"total":"0.00"}]}`)
	if sales, err := ship.Sales(); err != nil || sales.Sold.Amount() != "20.00" {
		t.Errorf("free shipping left %s, %v", sales.Sold, err)
	}
}

func TestPitfallRefundsOfAllKinds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ refunds, want string }{
		"none":                                  {`[]`, "0.00"},
		"one":                                   {`[{"id":1,"total":"-5.00"}]`, "5.00"},
		"larger than the order":                 {`[{"id":1,"total":"-900.00"}]`, "20.00"},
		"two whose sum is larger":               {`[{"id":1,"total":"-15.00"},{"id":2,"total":"-15.00"}]`, "20.00"},
		"without money":                         {`[{"id":1,"total":"-0.00"}]`, "0.00"},
		"without decimals":                      {`[{"id":1,"total":"-5"}]`, "5.00"},
		"a number":                              {`[{"id":1,"total":-5.5}]`, "5.50"},
		"a total above zero takes all the same": {`[{"id":1,"total":"5.00"}]`, "5.00"},
		"the same twice":                        {`[{"id":1,"total":"-5.00"},{"id":1,"total":"-5.00"}]`, "5.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := plain(t, `{"refunds":`+tt.refunds+`}`)
			sales, err := merge(t, o, o).Sales()
			require.NoError(t, err)
			if got := sales.Returned.Amount(); got != tt.want {
				t.Errorf("%s came back, want %s", got, tt.want)
			}
		})
	}
}

func TestPitfallCurrencies(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ currency, total, want string }{
		"yen":                        {"JPY", `"1980"`, "1980"},
		"yen with decimals":          {"JPY", `"1980.00"`, "1980"},
		"yen and a half":             {"JPY", `"1980.50"`, "1981"},
		"króna":                      {"ISK", `"1980.0"`, "1980"},
		"dinar":                      {"KWD", `"4.125"`, "4.125"},
		"dinar in a shop of two":     {"KWD", `"4.12"`, "4.120"},
		"ariary":                     {"MGA", `"1980.20"`, "1980.20"},
		"euro in a shop of none":     {"EUR", `"20"`, "20.00"},
		"euro in a shop of four":     {"EUR", `"20.1250"`, "20.13"},
		"a number in a shop of none": {"EUR", `20`, "20.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := plain(t, fmt.Sprintf(`{"currency":%q,"line_items":[{"id":11,"quantity":1,"subtotal":%s,"total":%s,"total_tax":"0"}]}`, tt.currency, tt.total, tt.total))
			if got := o.Lines[0].Gross.Amount(); got != tt.want || string(o.Currency) != tt.currency {
				t.Errorf("%s %s, want %s", got, o.Currency, tt.want)
			}
		})
	}
}

// WooCommerce writes UTC without its Z, beside the shop's own clock without its zone.
func TestPitfallTimes(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"2026-10-25T00:30:00":          "2026-10-25T00:30:00Z", // half past two by a shop's clock in Berlin, for the first time
		"2026-10-25T01:30:00":          "2026-10-25T01:30:00Z", // and for the second
		"2026-10-25T00:30:00.5":        "2026-10-25T00:30:00.5Z",
		"2026-10-25T02:30:00+02:00":    "2026-10-25T00:30:00Z",
		"2026-10-25T02:30:00.25+05:45": "2026-10-24T20:45:00.25Z",
		"1970-01-01T00:00:00":          "1970-01-01T00:00:00Z",
	}
	for text, want := range tests {
		o := plain(t, `{"date_created":"2026-10-25T02:30:00","date_created_gmt":"`+text+`"}`)
		if !o.PlacedAt.Equal(at(t, want)) {
			t.Errorf("%s became %s", text, o.PlacedAt)
		}
	}
	for _, text := range []string{`"2026-10-25"`, `"2026-10-25 02:30:00"`, `1761359400`, `1761359400000`, `"1761359400"`, `false`, `"-0001-11-30T00:00:00"`} {
		_, err := parse("order.updated", string(change(t, plainOrder, `{"date_created_gmt":`+text+`}`)))
		if diff := cmp.Diff([]string{"date_created_gmt woocommerce.time"}, codesOf(err)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", text, diff)
		}
	}
}

// Once erased, a late document does not bring the person back.
func TestPitfallErasedThenLate(t *testing.T) {
	t.Parallel()
	erased := sampleOrder(t, "order_anonymized.json")
	late := decodeOrder(t, "order.updated", change(t, string(load(t, "order_coupon_and_visit.json")), `{"date_modified_gmt":"2026-12-01T08:00:00"}`))
	if !late.Customer.Known() {
		t.Fatal("the late document knows nobody")
	}
	for _, merged := range []attribution.Order{merge(t, erased, late), merge(t, late, erased)} {
		if merged.Customer.Known() || !merged.UpdatedAt.Equal(late.UpdatedAt) {
			t.Errorf("a late document brought back %+v", merged.Customer)
		}
	}
}
