package stripe_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/stripe"
)

func TestPitfallReencodedBody(t *testing.T) {
	t.Parallel()
	raw := load(t, "session_payment.json")
	h := signed(raw)
	var fields map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(raw, &fields))
	reordered, err := json.Marshal(fields)
	require.NoError(t, err)
	tests := map[string][]byte{
		"keys in another order":   reordered,
		"an escaped slash":        bytes.Replace(raw, []byte("https://"), []byte(`https:\/\/`), 1),
		"a line end lost":         bytes.TrimRight(raw, "\n"),
		"a byte order mark added": append([]byte("\ufeff"), raw...),
		"compressed":              []byte("\x1f\x8b\x08\x00"),
	}
	_, err = decoder().Verify(h, raw)
	require.NoError(t, err)
	for name, body := range tests {
		if bytes.Equal(body, raw) {
			t.Fatalf("%s: the body is the same, so nothing is tried", name)
		}
		_, err := decoder().Verify(h, body)
		require.ErrorIs(t, err, attribution.ErrBadSignature, name)
	}
}

func TestPitfallSignatureHeader(t *testing.T) {
	t.Parallel()
	body := load(t, "session_payment.json")
	good := stripe.Sign(body, made(), secret)
	stamp, sum, _ := strings.Cut(good, ",v1=")
	for name, tt := range map[string]struct {
		header string
		want   error
	}{
		"one good among bad ones": {stamp + ",v1=zz,v1=" + strings.Repeat("0", 64) + ",v1=" + sum + ",v0=1", nil},
		"in upper case":           {stamp + ",v1=" + strings.ToUpper(sum), nil},
		"empty":                   {"", attribution.ErrNotSigned},
		"no time":                 {"v1=" + sum, attribution.ErrBadSignature},
		"an empty time":           {"t=,v1=" + sum, attribution.ErrBadSignature},
		"no sum":                  {stamp, attribution.ErrBadSignature},
		"v0 alone":                {stamp + ",v0=" + sum, attribution.ErrBadSignature},
		"cut short":               {good[:len(good)-1], attribution.ErrBadSignature},
		"too long":                {good + strings.Repeat(",v1=0", 1000), attribution.ErrBadSignature},
		"no header of this form":  {"Bearer " + sum, attribution.ErrBadSignature},
	} {
		h := signed(body)
		h.Set("Stripe-Signature", tt.header)
		_, err := decoder().Verify(h, body)
		require.ErrorIs(t, err, tt.want, name)
	}
}

func TestPitfallSameDeliveryTwice(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		body := load(t, s.file)
		first, err := decoder().Verify(signed(body), body)
		require.NoError(t, err)
		second, err := decoder().Verify(signed(body).Clone(), bytes.Clone(body))
		require.NoError(t, err)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("%s: a retry is another delivery (-first +second):\n%s", s.file, diff)
		}
		a, err := decoder().Parse(first)
		require.NoError(t, err)
		b, err := decoder().Parse(second)
		require.NoError(t, err)
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s: a retry is another fact (-first +second):\n%s", s.file, diff)
		}
	}
}

// Refund before order, paid before open, stale after new.
func TestPitfallOrderOfArrival(t *testing.T) {
	t.Parallel()
	unpaid, paid := sampleOrder(t, "session_unpaid.json"), sampleOrder(t, "session_async_succeeded.json")
	refund, lost := sampleOrder(t, "refund_succeeded_later.json"), sampleOrder(t, "dispute_lost.json")
	want := merge(t, unpaid, paid, refund, lost)
	if want.Payment != attribution.Paid || len(want.Refunds) != 1 || len(want.Disputes) != 1 || !want.PlacedAt.Equal(unpaid.PlacedAt) {
		t.Fatalf("merged into %+v", want)
	}
	for _, pieces := range [][]attribution.Order{{refund, lost, paid, unpaid}, {paid, unpaid, refund, lost, unpaid}, {lost, refund, unpaid, paid}} {
		if diff := cmp.Diff(want, merge(t, pieces...)); diff != "" {
			t.Errorf("another order of arrival, another state (-want +got):\n%s", diff)
		}
	}
	failed := sampleOrder(t, "session_async_failed.json")
	if p := merge(t, failed, order(t, change(t, "session_unpaid.json", `{"payment_intent":"pi_3Qdemo013"}`))).Payment; p != attribution.Voided {
		t.Errorf("a payment that failed is %s", p)
	}
}

// An invoice's status only goes forward, whatever came first and of which second.
func TestPitfallStatusOfAnInvoice(t *testing.T) {
	t.Parallel()
	open, bad := sampleOrder(t, "invoice_open.json"), sampleOrder(t, "invoice_uncollectible.json")
	paid := order(t, change(t, "invoice_open.json", `{"status":"paid"}`))
	void := order(t, change(t, "invoice_open.json", `{"status":"void"}`))
	for name, tt := range map[string]struct {
		pieces []attribution.Order
		want   attribution.Payment
	}{
		"open":                          {[]attribution.Order{open}, attribution.Pending},
		"uncollectible":                 {[]attribution.Order{bad, open}, attribution.Pending},
		"uncollectible, paid later":     {[]attribution.Order{paid, bad, open}, attribution.Paid},
		"paid, and the failure is late": {[]attribution.Order{paid, open}, attribution.Paid},
		"void":                          {[]attribution.Order{void, bad, open}, attribution.Voided},
	} {
		if got := merge(t, tt.pieces...).Payment; got != tt.want {
			t.Errorf("%s: the payment is %s, want %s", name, got, tt.want)
		}
	}
}

func TestPitfallRefundsBeyondTheSale(t *testing.T) {
	t.Parallel()
	refund := func(id string, amount int) []byte {
		return change(t, "refund_created.json", fmt.Sprintf(`{"id":%q,"amount":%d}`, id, amount))
	}
	const sale = "session_payment.json"
	for name, tt := range map[string]struct {
		bodies [][]byte
		want   string
	}{
		"larger than the sale":                  {[][]byte{refund("re_1", 900000)}, "0.00 EUR"},
		"all that was paid, with the shipping":  {[][]byte{refund("re_1", 5938)}, "0.00 EUR"},
		"two whose sum is larger than the sale": {[][]byte{refund("re_1", 4000), refund("re_2", 4000)}, "0.00 EUR"},
		"three thirds":                          {[][]byte{refund("re_1", 1785), refund("re_2", 1785), refund("re_3", 1785)}, "0.00 EUR"},
		"nothing":                               {[][]byte{refund("re_1", 0)}, "45.00 EUR"},
		"the same twice":                        {[][]byte{refund("re_1", 1785), refund("re_1", 1785)}, "30.00 EUR"},
	} {
		if got := kept(t, sale, tt.bodies...); got != tt.want {
			t.Errorf("%s: %s is kept, want %s", name, got, tt.want)
		}
	}
}

// amount_refunded counts all refunds so far. Beside the refunds it would count twice.
func TestPitfallCumulativeRefund(t *testing.T) {
	t.Parallel()
	made, err := decode(t, load(t, "charge_refunded.json"))
	require.NoError(t, err)
	require.Empty(t, made)
	o := sampleOrder(t, "invoice_paid_2020.json")
	for range 2 {
		for _, e := range events(t, load(t, "charge_refunded_2020.json")) {
			e.Order.ID = o.ID
			o = merge(t, o, *e.Order)
			single := order(t, change(t, "refund_created.json", `{"id":"re_3Qdemo50a","amount":1000,"currency":"usd"}`))
			single.ID = o.ID
			o = merge(t, o, single)
		}
	}
	var total byline.Money
	for _, r := range o.Refunds {
		total, err = total.Add(r.Cash)
		require.NoError(t, err)
	}
	if len(o.Refunds) != 2 || total.String() != "14.58 USD" {
		t.Errorf("%d refunds of %s, want 2 of 14.58 USD", len(o.Refunds), total)
	}
}

// An invoice and the payment it was paid by are one sale.
func TestPitfallSaleCountedTwice(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"session_subscription.json", "session_subscription_trial.json", "session_with_invoice.json", "session_before_invoice.json"} {
		for _, e := range events(t, load(t, file)) {
			if e.Order != nil && e.Order.HasDocument() {
				t.Errorf("%s is a document beside the invoice's", file)
			}
		}
	}
	session, invoice := sampleOrder(t, "session_subscription_code.json"), sampleOrder(t, "invoice_paid.json")
	if session.ID != invoice.ID {
		t.Errorf("the session is the order %s and its invoice %s", session.ID, invoice.ID)
	}
	a, err := session.Sales()
	require.NoError(t, err)
	b, err := invoice.Sales()
	require.NoError(t, err)
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("the session and its invoice are not worth the same (-session +invoice):\n%s", diff)
	}
}

func TestPitfallSpellingsOfACode(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		code string
		want []string
	}{
		"as it is":       {"ADA10", []string{"ada"}},
		"another case":   {"aDa10", []string{"ada"}},
		"spaces around":  {" ADA10\u00a0", []string{"ada"}},
		"full width":     {"ＡＤＡ１０", []string{"ada"}},
		"a Cyrillic А":   {"АDA10", nil},
		"a space inside": {"ADA 10", nil},
	} {
		if diff := cmp.Diff(tt.want, credited(t, tt.code)); diff != "" {
			t.Errorf("%s: credits mismatch (-want +got):\n%s", name, diff)
		}
	}
}

// credited says whom a code on an order without any click is credited to.
func credited(t testing.TB, text string) []string {
	t.Helper()
	patch, err := json.Marshal(map[string]any{
		"client_reference_id": nil, "metadata": map[string]string{},
		"discounts": []any{map[string]any{"promotion_code": map[string]string{"id": "promo_1", "code": text}}},
	})
	require.NoError(t, err)
	return earners(decide(t, order(t, change(t, "session_payment.json", string(patch)))))
}

// Without a text the id itself is the code, and an offer may be keyed by it.
func TestPitfallCodeNobodyKnows(t *testing.T) {
	t.Parallel()
	o := sampleOrder(t, "session_unmapped_code.json")
	want := []attribution.CodeUse{{Code: "promo_1QdemoNobody", Kind: attribution.Genuine, Discount: money("2", "EUR")}}
	if diff := cmp.Diff(want, o.Codes); diff != "" {
		t.Errorf("Codes mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"dario"}, earners(decide(t, o))); diff != "" {
		t.Errorf("credits mismatch (-want +got):\n%s", diff)
	}
}

func TestPitfallHundredPercent(t *testing.T) {
	t.Parallel()
	d := decide(t, sampleOrder(t, "session_free.json"))
	if diff := cmp.Diff([]string{"ada"}, earners(d)); diff != "" || !d.Sold.IsZero() || d.Standing != attribution.StandingEarning {
		t.Errorf("an order of nothing is %s and sold %s, credits mismatch (-want +got):\n%s", d.Standing, d.Sold, diff)
	}
}

func TestPitfallTestOrders(t *testing.T) {
	t.Parallel()
	d := decide(t, order(t, changeAt(t, load(t, "session_payment.json"), `{"livemode":false}`)))
	if d.Standing != attribution.StandingTest || !d.Earning.IsZero() {
		t.Errorf("standing %q, earning %s", d.Standing, d.Earning)
	}
}

func TestPitfallRenewals(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]bool{
		`"subscription_cycle"`: true, `"subscription_threshold"`: true, `"subscription_create"`: false, `"subscription_update"`: false,
		`"manual"`: false, `"quote_accept"`: false, `"subscription"`: false, `"of tomorrow"`: false, `null`: false, `{}`: false,
	} {
		if got := order(t, change(t, "invoice_paid.json", `{"billing_reason":`+reason+`}`)).Renewal; got != want {
			t.Errorf("%s is a renewal: %t, want %t", reason, got, want)
		}
	}
}

// What an order can do without may be of any type.
func TestPitfallNullsAndOddTypes(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"session_guest.json": {
			`{"customer_details":null}`, `{"customer_details":[]}`, `{"customer_details":{"email":7,"phone":[],"address":"x"}}`, `{"metadata":[]}`, `{"metadata":null}`,
			`{"metadata":{"a":7,"b":{},"bl":null}}`, `{"client_reference_id":{}}`, `{"client_reference_id":""}`, `{"discounts":null}`, `{"shipping_cost":null}`,
			`{"customer_account":7}`, `{"invoice_creation":[]}`, `{"presentment_details":{"presentment_amount":9,"presentment_currency":"usd"}}`, `{"of tomorrow":{"a":[1,{"b":null}]}}`,
			`{"total_details":{"amount_discount":0,"amount_tax":0,"amount_shipping":0,"breakdown":null}}`, `{"line_items":{"data":[7]}}`,
		},
		"invoice_renewal.json": {
			`{"customer_address":[]}`, `{"customer_email":7}`, `{"metadata":[]}`, `{"parent":[]}`, `{"parent":{"subscription_details":"x"}}`, `{"subscription_details":7}`,
			`{"charge":null,"payment_intent":null}`, `{"discount":null}`, `{"payments":{"data":[]}}`, `{"total_excluding_tax":null}`, `{"number":"DEMO-0030","status_transitions":7}`,
		},
	}
	for file, patches := range tests {
		want := sampleOrder(t, file)
		for _, patch := range patches {
			if diff := cmp.Diff(want, order(t, change(t, file, patch))); diff != "" {
				t.Errorf("%s with %s: order mismatch (-want +got):\n%s", file, patch, diff)
			}
		}
	}
}

func TestPitfallTimes(t *testing.T) {
	t.Parallel()
	for name, created := range map[string]string{
		"milliseconds": "1790000000123", "microseconds": "1790000000123456", "text": `"1790000000"`, "a fraction": "1790000000.5",
		"an exponent": "1.79e9", "nothing": "0", "before 1970": "-1", "RFC 3339": `"2026-09-21T14:13:20Z"`,
	} {
		_, err := decode(t, changeAt(t, load(t, "session_payment.json"), `{"created":`+created+`}`))
		if diff := cmp.Diff([]string{"created stripe.time"}, codesOf(err)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
	// An old session does not say when it was made.
	if o := sampleOrder(t, "session_2020.json"); !o.PlacedAt.Equal(made()) || !o.UpdatedAt.Equal(made()) {
		t.Errorf("placed at %s, updated at %s", o.PlacedAt, o.UpdatedAt)
	}
	// A payment that takes days to succeed does not move the order.
	if o := sampleOrder(t, "session_async_succeeded.json"); !o.PlacedAt.Equal(at(-120)) || !o.UpdatedAt.Equal(at(3*86400)) {
		t.Errorf("placed at %s, updated at %s", o.PlacedAt, o.UpdatedAt)
	}
}

func TestPitfallHostileBodies(t *testing.T) {
	t.Parallel()
	const file = "session_guest.json"
	want := sampleOrder(t, file)
	deep := strings.Repeat("[", 9000) + strings.Repeat("]", 9000)
	text := string(load(t, file))
	put := func(field string) []byte {
		return []byte(strings.Replace(text, `"object": "checkout.session",`, `"object": "checkout.session",`+field+`,`, 1))
	}
	for name, body := range map[string][]byte{
		"five megabytes of padding":                put(`"note":"` + strings.Repeat("a", 5<<20) + `"`),
		"deep nesting in what is not read":         put(`"note":` + deep),
		"deep nesting in what may be anything":     put(`"customer_details":` + deep + `,"metadata":` + deep),
		"deep nesting as a discount":               put(`"discounts":` + deep), // it names nothing
		"invalid UTF-8 in what is not read":        put("\"note\":\"\xff\xc3\""),
		"a lone surrogate in what is not read":     put(`"note":"\ud800"`),
		"a key that stands twice, the last counts": put(`"mode":"setup","Currency":"usd","amount_total":1,"amount_subtotal":1`),
	} {
		if diff := cmp.Diff(want, order(t, body)); diff != "" {
			t.Errorf("%s: order mismatch (-want +got):\n%s", name, diff)
		}
	}
	for name, body := range map[string]string{
		"a million levels":       strings.Repeat("[", 1<<20),
		"text that does not end": text[:len(text)/2],
		"a control character":    strings.Replace(text, `"eur"`, "\"eu\x01r\"", 1),
		"a hundred thousand ids": string(put(`"x":[` + strings.Repeat(`"di_1",`, 100_000) + `1]`)),
	} {
		_, err := decode(t, []byte(body))
		require.ErrorIs(t, err, byline.ErrInvalid, name)
	}
}

// Work has to grow with the body and not with its square.
func TestPitfallManyParts(t *testing.T) {
	t.Parallel()
	var discounts, lines strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&discounts, `,"di_%d"`, i)
		fmt.Fprintf(&lines, `,{"id":"il_%d","amount":1}`, i)
	}
	o := order(t, change(t, "invoice_renewal.json", `{"total":20000,"total_excluding_tax":20000,"discounts":[`+discounts.String()[1:]+`],"lines":{"data":[`+lines.String()[1:]+`],"has_more":false}}`))
	if len(o.Lines) != 1 || o.Lines[0].Gross.String() != "201.90 EUR" {
		t.Errorf("%d lines, of %s", len(o.Lines), o.Lines[0].Gross)
	}
	if d := decide(t, o); d.Standing != attribution.StandingInvalid {
		t.Errorf("twenty thousand discounts are %s", d.Standing)
	}
}

func TestPitfallTouches(t *testing.T) {
	t.Parallel()
	want := []attribution.Touch{
		{Link: "ada-story", At: at(-120), Source: attribution.SourceReference},
		{ID: "clk_demo_7", At: at(-120), Source: attribution.SourceOrderMeta},
		{Link: "ada-bio", At: at(-120), Source: attribution.SourceOrderMeta},
	}
	if diff := cmp.Diff(want, sampleOrder(t, "session_payment.json").Touches); diff != "" {
		t.Errorf("Touches mismatch (-want +got):\n%s", diff)
	}
	old := []attribution.Touch{
		{Link: "cleo-live", At: at(-5), Source: attribution.SourceOrderMeta},
		{Link: "bruno-video", At: at(-5), Source: attribution.SourceOrderMeta},
	}
	if diff := cmp.Diff(old, sampleOrder(t, "invoice_metadata_2023.json").Touches); diff != "" {
		t.Errorf("Touches mismatch (-want +got):\n%s", diff)
	}
	o := order(t, change(t, "session_payment.json", `{"client_reference_id":"dario.demo@demo.example","metadata":{"bl":"+1 202 555 0143","name":"Dario Demo"}}`))
	if len(o.Touches) != 0 {
		t.Errorf("personal data is a touch: %+v", o.Touches)
	}
	var flood strings.Builder
	for i := range 30 {
		fmt.Fprintf(&flood, "bl=a%d ", i)
	}
	if n := len(order(t, change(t, "session_payment.json", `{"client_reference_id":"`+flood.String()+`"}`)).Touches); n != 16 {
		t.Errorf("%d touches, want 16", n)
	}
}

// A payment that takes days: the session of the first day must not stand over the invoice
// that was paid since.
func TestPitfallUnpaidSessionWithAnInvoice(t *testing.T) {
	t.Parallel()
	unpaid := order(t, change(t, "session_subscription_code.json", `{"payment_status":"unpaid"}`))
	if unpaid.HasDocument() || len(unpaid.Touches) != 1 {
		t.Fatalf("an unpaid session with an invoice: %+v", unpaid)
	}
	if nameless := order(t, change(t, "session_subscription_code.json", `{"discounts":[{},"di_1"]}`)); nameless.HasDocument() {
		t.Error("a session that knows no code stands over its invoice")
	}
	if p := merge(t, unpaid, sampleOrder(t, "invoice_paid.json")).Payment; p != attribution.Paid {
		t.Errorf("the payment is %s", p)
	}
}

// What the lines cannot say, the total does.
func TestPitfallLinesThatCannotStand(t *testing.T) {
	t.Parallel()
	const line = `{"id":"il_1","amount":%d,"quantity":1,"taxes":[{"amount":%d,"tax_behavior":"exclusive"}]}`
	list := func(lines ...string) string { return `{"lines":{"data":[` + strings.Join(lines, ",") + `]}}` }
	for name, tt := range map[string]struct {
		patch string
		lines int
	}{
		"as they are":          {list(fmt.Sprintf(line, 4000, 760)), 1},
		"two of one id":        {list(fmt.Sprintf(line, 1000, 190), fmt.Sprintf(line, 3000, 570)), 1},
		"of no id":             {list(`{"amount":4760}`), 1},
		"none":                 {`{"lines":{"data":[]}}`, 1},
		"no list":              {`{"lines":null}`, 1},
		"another sum":          {list(fmt.Sprintf(line, 4000, 0)), 1},
		"more discount":        {list(`{"id":"il_1","amount":100,"discount_amounts":[{"amount":200}]}`, `{"id":"il_2","amount":4860}`), 1},
		"a negative tax":       {list(`{"id":"il_1","amount":4800,"taxes":[{"amount":-40}]}`), 1},
		"two":                  {list(fmt.Sprintf(line, 1000, 190), `{"id":"il_2","amount":3000,"tax_amounts":[{"amount":570}]}`), 2},
		"one of them is free":  {list(fmt.Sprintf(line, 4000, 760), `{"id":"il_2","amount":0}`), 2},
		"the tax in the price": {list(`{"id":"il_1","amount":4760,"taxes":[{"amount":760,"tax_behavior":"inclusive"}]}`), 1},
	} {
		o := order(t, change(t, "invoice_shipping.json", tt.patch))
		sales, err := o.Sales()
		require.NoError(t, err)
		if sales.Sold.String() != "40.00 EUR" || len(o.Lines) != tt.lines {
			t.Errorf("%s: %s in %d lines, want 40.00 EUR in %d", name, sales.Sold, len(o.Lines), tt.lines)
		}
	}
}

func TestPitfallDiscountsOfAllShapes(t *testing.T) {
	t.Parallel()
	use := func(code string, discount byline.Money) attribution.CodeUse {
		return attribution.CodeUse{Code: code, Kind: attribution.Genuine, Discount: discount}
	}
	tests := map[string]struct {
		file, patch string
		want        []attribution.CodeUse
	}{
		"a coupon of the session alone": {"session_guest.json", `{"discounts":[{"coupon":"summer 20","promotion_code":null}]}`, []attribution.CodeUse{use("summer 20", money("0", "EUR"))}},
		"what it took off is not said":  {"session_guest.json", `{"discounts":[{"coupon":"coupon_x"}],"total_details":{}}`, []attribution.CodeUse{use("coupon_x", byline.Money{})}},
		"nothing in it":                 {"session_guest.json", `{"discounts":[{},{"coupon":null,"promotion_code":null},null,7]}`, nil},
		"a known coupon under an unknown code": {
			"session_guest.json", `{"discounts":[{"coupon":"coupon_cleo5","promotion_code":"promo_x"}]}`, []attribution.CodeUse{use("CLEO5", money("0", "EUR"))},
		},
		"a known code on a known coupon": {
			"session_guest.json", `{"discounts":[{"coupon":"coupon_cleo5","promotion_code":"promo_1QdemoBruno"}]}`, []attribution.CodeUse{use("bruno", money("0", "EUR"))},
		},
		"objects without ids": {
			"invoice_renewal.json", `{"discounts":[{"coupon":"coupon_a"},{"coupon":"coupon_b"}],"total_discount_amounts":[]}`,
			[]attribution.CodeUse{use("coupon_a", byline.Money{}), use("coupon_b", byline.Money{})},
		},
		"an id, and the object elsewhere": {
			"invoice_renewal.json", `{"discounts":["di_1"],"total_discount_amounts":[{"amount":190,"discount":{"id":"di_1","promotion_code":"promo_1QdemoAda10"}}]}`,
			[]attribution.CodeUse{use("ADA10", money("1.90", "EUR"))},
		},
		"the object, and its id elsewhere": {
			"invoice_renewal.json", `{"discount":{"id":"di_1","promotion_code":{"id":"promo_1QdemoAda10","code":"other"}},"discounts":["di_1"],"total_discount_amounts":[{"amount":190,"discount":"di_1"}]}`,
			[]attribution.CodeUse{use("ADA10", money("1.90", "EUR"))},
		},
		"of a line alone": {
			"invoice_renewal.json", `{"discounts":[],"total_discount_amounts":[{"amount":190,"discount":"di_line"}]}`, []attribution.CodeUse{use("di_line", money("1.90", "EUR"))},
		},
		"one that adds": {
			"invoice_renewal.json", `{"discounts":["di_1"],"total_discount_amounts":[{"amount":-190,"discount":"di_1"}]}`, []attribution.CodeUse{use("di_1", byline.Money{})},
		},
	}
	for name, tt := range tests {
		if diff := cmp.Diff(tt.want, order(t, change(t, tt.file, tt.patch)).Codes); diff != "" {
			t.Errorf("%s: Codes mismatch (-want +got):\n%s", name, diff)
		}
	}
}

func TestPitfallStatusesOfDisputes(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]attribution.DisputeState{
		"warning_needs_response": attribution.DisputeInquiry, "warning_under_review": attribution.DisputeInquiry, "warning_closed": attribution.DisputeInquiry,
		"needs_response": attribution.DisputeOpen, "under_review": attribution.DisputeOpen, "won": attribution.DisputeWon, "lost": attribution.DisputeLost,
		"charge_refunded": attribution.DisputeWon, "prevented": attribution.DisputeLost,
	} {
		if got := order(t, change(t, "dispute_created.json", `{"status":"`+status+`"}`)).Disputes[0].State; got != want {
			t.Errorf("%s is %s, want %s", status, got, want)
		}
	}
	if got := sampleOrder(t, "dispute_blocked.json").Disputes[0].State; got != attribution.DisputeInquiry {
		t.Errorf("one that was blocked is %s", got)
	}
	made, err := decode(t, change(t, "dispute_created.json", `{"payment_intent":null,"charge":null}`))
	require.NoError(t, err)
	require.Empty(t, made)
}

func TestPitfallStatusesOfRefunds(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]attribution.RefundState{
		`"succeeded"`: attribution.Settled, `null`: attribution.Settled, `"pending"`: attribution.RefundPending, `"requires_action"`: attribution.RefundPending,
		`"failed"`: attribution.RefundFailed, `"canceled"`: attribution.RefundFailed,
	} {
		if got := order(t, change(t, "refund_created.json", `{"status":`+status+`}`)).Refunds[0].State; got != want {
			t.Errorf("%s is %s, want %s", status, got, want)
		}
	}
}
