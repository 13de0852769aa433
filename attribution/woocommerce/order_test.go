package woocommerce_test

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
	"github.com/bylinehq/byline/attribution/woocommerce"
)

func TestStatuses(t *testing.T) {
	t.Parallel()
	const modified = "2026-10-04T09:00:07Z"
	tests := map[string]struct {
		unpaid, paid, refunded attribution.Payment
		cancelled, deleted     bool
	}{
		"pending":         {attribution.Pending, attribution.Paid, attribution.PartiallyRefunded, false, false},
		"on-hold":         {attribution.Pending, attribution.Paid, attribution.PartiallyRefunded, false, false},
		"processing":      {attribution.Paid, attribution.Paid, attribution.PartiallyRefunded, false, false},
		"completed":       {attribution.Paid, attribution.Paid, attribution.PartiallyRefunded, false, false},
		"wc-completed":    {attribution.Paid, attribution.Paid, attribution.PartiallyRefunded, false, false},
		"Completed":       {attribution.Paid, attribution.Paid, attribution.PartiallyRefunded, false, false},
		"cancelled":       {attribution.Voided, attribution.Paid, attribution.PartiallyRefunded, true, false},
		"refunded":        {attribution.Refunded, attribution.Refunded, attribution.Refunded, false, false},
		"failed":          {attribution.Voided, attribution.Voided, attribution.Voided, false, false},
		"trash":           {attribution.PaymentUnknown, attribution.Paid, attribution.PartiallyRefunded, false, true},
		"shipped":         {attribution.PaymentUnknown, attribution.Paid, attribution.PartiallyRefunded, false, false},
		"partial-payment": {attribution.PaymentUnknown, attribution.Paid, attribution.PartiallyRefunded, false, false},
	}
	const paid, refund = `"date_paid_gmt":"2026-10-04T09:00:06"`, `"refunds":[{"id":7,"total":"-1.00"}]`
	for status, tt := range tests {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			for patch, want := range map[string]attribution.Payment{
				`"date_paid_gmt":null`: tt.unpaid, `"date_paid_gmt":0,"date_paid":{}`: tt.unpaid, `"date_paid_gmt":"0000-00-00T00:00:00","date_paid":false`: tt.unpaid, paid: tt.paid, `"date_paid":"2026-10-04T11:00:06"`: tt.paid, paid + `,` + refund: tt.refunded,
			} {
				o := plain(t, `{"status":"`+status+`",`+patch+`}`)
				if o.Payment != want {
					t.Errorf("with %s the payment is %q, want %q", patch, o.Payment, want)
				}
				wantCancelled, wantDeleted := time.Time{}, time.Time{}
				if tt.cancelled {
					wantCancelled = at(t, modified)
				}
				if tt.deleted {
					wantDeleted = at(t, modified)
				}
				if !o.CancelledAt.Equal(wantCancelled) || !o.DeletedAt.Equal(wantDeleted) {
					t.Errorf("cancelled at %s and deleted at %s", o.CancelledAt, o.DeletedAt)
				}
			}
		})
	}
}

func TestDraftsAreNoOrders(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"checkout-draft", "wc-checkout-draft", "auto-draft", "draft", "new"} {
		for _, topic := range []string{"order.created", "order.updated", "order.restored"} {
			// A draft may lack what an order has.
			for _, patch := range []string{``, `,"date_created_gmt":null,"currency":""`} {
				events, err := decode(t, topic, change(t, plainOrder, `{"status":"`+status+`"`+patch+`}`))
				require.NoError(t, err)
				require.Empty(t, events)
			}
		}
	}
}

func TestChannels(t *testing.T) {
	t.Parallel()
	const renewal = `,"meta_data":[{"key":"_subscription_renewal","value":"900"}]`
	tests := map[string]struct {
		patch   string
		channel attribution.Channel
		renewal bool
	}{
		"the checkout":              {`"created_via":"checkout"`, attribution.Online, false},
		"the block checkout":        {`"created_via":"store-api"`, attribution.Online, false},
		"staff":                     {`"created_via":"admin"`, attribution.Draft, false},
		"a program":                 {`"created_via":"rest-api"`, attribution.API, false},
		"WooCommerce's till":        {`"created_via":"pos-rest-api"`, attribution.InStore, false},
		"a plugin's till":           {`"created_via":"woocommerce-pos"`, attribution.InStore, false},
		"nobody says":               {`"created_via":""`, attribution.Online, false},
		"an odd type":               {`"created_via":{}`, attribution.Online, false},
		"another plugin":            {`"created_via":"a_plugin"`, attribution.Online, false},
		"a renewal by its origin":   {`"created_via":"subscription"`, attribution.Online, true},
		"a renewal by its note":     {`"created_via":"checkout"` + renewal, attribution.Online, true},
		"a renewal that staff made": {`"created_via":"admin"` + renewal, attribution.Draft, true},
		"a note that is a number":   {`"meta_data":[{"key":"_subscription_renewal","value":900}]`, attribution.Online, true},
		"a note without a value":    {`"meta_data":[{"key":"_subscription_renewal","value":""},{"key":"_subscription_renewal"}]`, attribution.Online, false},
		"a switch is no renewal":    {`"meta_data":[{"key":"_subscription_switch","value":"900"}]`, attribution.Online, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if o := plain(t, `{`+tt.patch+`}`); o.Channel != tt.channel || o.Renewal != tt.renewal {
				t.Errorf("channel %q and renewal %t, want %q and %t", o.Channel, o.Renewal, tt.channel, tt.renewal)
			}
		})
	}
}

func TestRenewalKeepsItsCodes(t *testing.T) {
	t.Parallel()
	o := sampleOrder(t, "order_renewal.json")
	if !o.Renewal || len(o.Codes) != 1 || o.Codes[0].Code != "ada10" {
		t.Errorf("renewal %t with the codes %v", o.Renewal, o.Codes)
	}
}

func TestLineAmounts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		line                 string
		gross, discount, tax string
	}{
		"without a discount":        {`"subtotal":"20.00","total":"20.00","total_tax":"3.80"`, "20", "0", "3.80"},
		"with one":                  {`"subtotal":"20.00","total":"18.00","total_tax":"3.42"`, "20", "2", "3.42"},
		"all of it":                 {`"subtotal":"20.00","total":"0.00","total_tax":"0.00"`, "20", "20", "0"},
		"numbers":                   {`"subtotal":20,"total":18.5,"total_tax":0`, "20", "1.50", "0"},
		"a fraction of a cent down": {`"subtotal":"20.004","total":"18.001","total_tax":"0.004"`, "20", "2", "0"},
		"a fraction of a cent up":   {`"subtotal":"20.005","total":"18.005","total_tax":"0.005"`, "20.01", "2", "0.01"},
		"a surcharge":               {`"subtotal":"20.00","total":"25.00","total_tax":"0.00"`, "25", "0", "0"},
		"prices are not read":       {`"price":"nonsense","subtotal_tax":{},"taxes":7,"subtotal":"20.00","total":"20.00","total_tax":"0.00"`, "20", "0", "0"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := plain(t, `{"prices_include_tax":true,"line_items":[{"id":11,"quantity":2,`+tt.line+`}]}`)
			want := attribution.Line{
				ID: "11", Quantity: 2, Gross: money(tt.gross, byline.EUR), Discount: money(tt.discount, byline.EUR), Tax: money(tt.tax, byline.EUR),
			}
			if diff := cmp.Diff([]attribution.Line{want}, o.Lines); diff != "" || o.TaxIncluded {
				t.Errorf("tax included %t, lines mismatch (-want +got):\n%s", o.TaxIncluded, diff)
			}
		})
	}
}

// However many decimals a shop shows, what its lines come to is the exact sum, rounded.
func TestFractionsDoNotDrift(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		currency byline.Currency
		each     string
		lines    int
		want     string
	}{
		"thirds of a euro":     {byline.EUR, "0.3333", 300, "99.99"},
		"half cents":           {byline.EUR, "0.005", 1001, "5.01"},
		"just below":           {byline.EUR, "0.0049", 1000, "4.90"},
		"half yen":             {byline.JPY, "0.5", 7, "4"},
		"fils and a half":      {byline.KWD, "0.0005", 9, "0.005"},
		"six decimals":         {byline.EUR, "8.403361", 119, "1000.00"},
		"what needs no carry":  {byline.EUR, "0.33", 300, "99.00"},
		"below zero, no pay":   {byline.EUR, "-0.0001", 10, "0.00"},
		"more than it can see": {byline.EUR, "0.00000000000000000001", 40, "0.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var lines []string
			for i := range tt.lines {
				lines = append(lines, fmt.Sprintf(`{"id":%d,"quantity":1,"subtotal":"%s","total":"%s","total_tax":"%s"}`, i+1, tt.each, tt.each, tt.each))
			}
			o := plain(t, `{"currency":"`+string(tt.currency)+`","line_items":[`+strings.Join(lines, ",")+`]}`)
			var net, tax byline.Money
			for _, l := range o.Lines {
				net, tax = add(t, net, add(t, l.Gross, l.Discount.Neg())), add(t, tax, l.Tax)
			}
			if net.Amount() != tt.want || tax.Amount() != tt.want {
				t.Errorf("the lines come to %s and %s tax, want %s", net, tax, tt.want)
			}
		})
	}
}

func add(t testing.TB, a, b byline.Money) byline.Money {
	t.Helper()
	sum, err := a.Add(b)
	require.NoError(t, err)
	return sum
}

func TestQuantities(t *testing.T) {
	t.Parallel()
	tests := map[string]int64{`2`: 2, `"2"`: 2, `2.0`: 2, `"3.000"`: 3, `0`: 0, `0.75`: 1, `"1.5"`: 1, `9223372036854775807`: 9223372036854775807}
	for text, want := range tests {
		if got := plain(t, `{"line_items":[{"id":11,"quantity":`+text+`,"subtotal":"1","total":"1","total_tax":"0"}]}`).Lines[0].Quantity; got != want {
			t.Errorf("%s is %d pieces, want %d", text, got, want)
		}
	}
}

func TestGiftCards(t *testing.T) {
	t.Parallel()
	o := sampleOrder(t, "order_gift_cards.json")
	var got []bool
	for _, l := range o.Lines {
		got = append(got, l.GiftCard)
	}
	if diff := cmp.Diff([]bool{false, true, true, true}, got); diff != "" {
		t.Errorf("gift cards mismatch (-want +got):\n%s", diff)
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	eur := func(amount string) byline.Money { return money(amount, byline.EUR) }
	genuine := func(code string, discount byline.Money) attribution.CodeUse {
		return attribution.CodeUse{Code: code, Kind: attribution.Genuine, Discount: discount}
	}
	tests := map[string]struct {
		coupons string
		want    []attribution.CodeUse
	}{
		"none":                 {`[]`, nil},
		"one":                  {`[{"code":"ada10","discount":"4.00"}]`, []attribution.CodeUse{genuine("ada10", eur("4"))}},
		"without decimals":     {`[{"code":"30$off","discount":"30"}]`, []attribution.CodeUse{genuine("30$off", eur("30"))}},
		"of percent":           {`[{"code":"10%","discount":3.5}]`, []attribution.CodeUse{genuine("10%", eur("3.50"))}},
		"as Woo reckons":       {`[{"code":"a","discount":"3.333333"},{"code":"b","discount":"3.333333"},{"code":"c","discount":"3.333334"}]`, []attribution.CodeUse{genuine("a", eur("3.33")), genuine("b", eur("3.34")), genuine("c", eur("3.33"))}},
		"of free shipping":     {`[{"code":"ship","discount":"0"}]`, []attribution.CodeUse{genuine("ship", eur("0"))}},
		"nobody says how much": {`[{"code":"ada10","discount":""},{"code":"b"}]`, []attribution.CodeUse{genuine("ada10", byline.Money{}), genuine("b", byline.Money{})}},
		"that are none":        {`[{"code":"","discount":"x"},{"code":" \u00a0","discount":"1"},{"code":null},{"code":{}},{}]`, nil},
		"a number":             {`[{"code":2026,"discount":"1"}]`, []attribution.CodeUse{genuine("2026", eur("1"))}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, plain(t, `{"coupon_lines":`+tt.coupons+`}`).Codes); diff != "" {
				t.Errorf("codes mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTestOrders(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{`"test"`: true, `"prod"`: false, `""`: false, `true`: false, `null`: false} {
		if got := plain(t, `{"meta_data":[{"key":"_wcpay_mode","value":`+value+`}]}`).Test; got != want {
			t.Errorf("_wcpay_mode %s: test %t, want %t", value, got, want)
		}
	}
}

// WooCommerce's guests all have the account 0. Its own reports once took each of their
// orders for a first one, and later those of a guest who also had an account.
func TestGuests(t *testing.T) {
	t.Parallel()
	billing := func(email string) string { return `"billing":{"email":"` + email + `"}` }
	first := plain(t, `{"customer_id":0,`+billing("guest-one@demo.example")+`}`).Customer
	tests := map[string]struct {
		patch       string
		id          string
		known, same bool // as somebody, as the guest above
	}{
		"the same guest again":            {`"customer_id":0,` + billing("Guest-One@Demo.Example"), "", true, true},
		"another guest":                   {`"customer_id":0,` + billing("guest-two@demo.example"), "", true, false},
		"the guest with an account since": {`"customer_id":7,` + billing("guest-one@demo.example"), "7", true, true},
		"an account of another address":   {`"customer_id":7,` + billing("guest-two@demo.example"), "7", true, false},
		"an account as text":              {`"customer_id":"7"`, "7", true, false},
		"a guest who says nothing":        {`"customer_id":0,` + billing(""), "", false, false},
		"a guest without an address":      {`"customer_id":0,"billing":null`, "", false, false},
		"billing that is a list":          {`"customer_id":null,"billing":[]`, "", false, false},
		"billing of odd types":            {`"customer_id":{},"billing":{"email":["guest-one@demo.example"],"phone":{},"country":7}`, "", false, false},
		"an id of a plugin":               {`"customer_id":"guest"`, "", false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := plain(t, `{`+tt.patch+`}`).Customer
			if c.ID != tt.id || c.Known() != tt.known {
				t.Errorf("id %q, known %t; want %q, %t", c.ID, c.Known(), tt.id, tt.known)
			}
			if same := c.Email != "" && c.Email == first.Email; same != tt.same {
				t.Errorf("the same as the first guest: %t, want %t", same, tt.same)
			}
		})
	}
}

func TestCustomerKeys(t *testing.T) {
	t.Parallel()
	const billing = `"billing":{"first_name":"Democustomer","email":"guest-one@demo.example","phone":"020 7946 0100",
		"address_1":"1 Placeholder Street","address_2":"Flat 2","city":"Exampletown","postcode":"EX4 MPL","country":"%s"}`
	address := attribution.PostalAddress{Street: "1 Placeholder Street Flat 2", PostCode: "EX4 MPL", City: "Exampletown", Market: "GB"}
	keys := identity()
	want := attribution.Customer{
		ID: "7", Email: keys.Email("guest-one@demo.example"), Phone: keys.Phone("020 7946 0100", "GB"), Address: keys.Address(address),
	}
	if want.Email == "" || want.Phone == "" || want.Address == "" {
		t.Fatalf("the test's own keys are empty: %+v", want)
	}
	if diff := cmp.Diff(want, plain(t, fmt.Sprintf(`{"customer_id":7,`+billing+`}`, "GB")).Customer); diff != "" {
		t.Errorf("customer mismatch (-want +got):\n%s", diff)
	}
	hook := decoder()
	hook.Market = "GB"
	body := change(t, plainOrder, fmt.Sprintf(`{`+billing+`}`, ""))
	events, err := hook.Decode(signed("order.updated", body), body, arrival())
	require.NoError(t, err)
	if got := events[0].Order.Customer.Phone; got != want.Phone {
		t.Errorf("a number without a country, in a shop of GB, has the key %q, want %q", got, want.Phone)
	}
	hook.Identity = attribution.Identity{}
	if events, err = hook.Decode(signed("order.updated", body), body, arrival()); err != nil || events[0].Order.Customer.Known() {
		t.Errorf("without a key the customer is %+v, %v", events[0].Order.Customer, err)
	}
}

// The eraser writes the same placeholders over everybody, who must not become one person.
func TestErasedCustomers(t *testing.T) {
	t.Parallel()
	erased := sampleOrder(t, "order_anonymized.json")
	if erased.Customer.Known() || !erased.Forgotten {
		t.Errorf("forgotten %t, customer %+v", erased.Forgotten, erased.Customer)
	}
	before := sampleOrder(t, "order_coupon_and_visit.json")
	if !before.Customer.Known() {
		t.Fatal("nobody was known before")
	}
	for _, merged := range []attribution.Order{merge(t, before, erased), merge(t, erased, before)} {
		if merged.Customer.Known() || merged.Payment != attribution.Paid || len(merged.Codes) != 1 {
			t.Errorf("merged into %+v", merged)
		}
	}
}

func TestTouches(t *testing.T) {
	t.Parallel()
	placed := at(t, "2026-10-04T09:00:05Z")
	click := func(link, source string) attribution.Touch {
		return attribution.Touch{Link: link, At: placed, Source: source}
	}
	page := func(path string) attribution.Touch {
		return attribution.Touch{Kind: attribution.ByPage, Page: path, At: placed, Source: attribution.SourceOrderMeta}
	}
	utm := func(u attribution.UTM) attribution.Touch {
		return attribution.Touch{Kind: attribution.ByUTM, UTM: u, At: placed, Source: attribution.SourceOrderMeta}
	}
	const meta, note = attribution.SourceOrderMeta, attribution.SourceOrderNote
	origin := func(pairs ...string) string {
		var entries []string
		for i := 0; i < len(pairs); i += 2 {
			entries = append(entries, fmt.Sprintf(`{"id":%d,"key":"_wc_order_attribution_%s","value":%s}`, i, pairs[i], pairs[i+1]))
		}
		return `"meta_data":[` + strings.Join(entries, ",") + `]`
	}
	tests := map[string]struct {
		patch string
		want  []attribution.Touch
	}{
		"nothing":             {`"meta_data":[]`, nil},
		"no list":             {`"meta_data":{"_bl":"ada"}`, nil},
		"a link":              {origin("session_entry", `"https://demo.example/?bl=ada"`), []attribution.Touch{click("ada", meta)}},
		"a link and its page": {origin("session_entry", `"https://demo.example/ada/?bl=ada"`), []attribution.Touch{click("ada", meta), page("/ada")}},
		"a click id":          {origin("session_entry", `"https://demo.example/?blc=click-77"`), []attribution.Touch{{ID: "click-77", At: placed, Source: meta}}},
		"UTM parameters": {origin("source_type", `"utm"`, "utm_source", `"video"`, "utm_campaign", `"ada autumn"`, "utm_id", `77`),
			[]attribution.Touch{utm(attribution.UTM{Source: "video", Campaign: "ada autumn", ID: "77"})}},
		"UTM parameters of no type": {origin("utm_source", `"video"`), []attribution.Touch{utm(attribution.UTM{Source: "video"})}},
		"a search engine":           {origin("source_type", `"organic"`, "utm_source", `"google"`, "utm_medium", `"organic"`), nil},
		"a site that sent them":     {origin("source_type", `"referral"`, "utm_source", `"blog.example"`), nil},
		"typed in":                  {origin("source_type", `"typein"`, "utm_source", `"(direct)"`), nil},
		"the same said twice": {origin("source_type", `"utm"`, "session_entry", `"https://demo.example/?utm_source=video"`, "utm_source", `"video"`),
			[]attribution.Touch{utm(attribution.UTM{Source: "video"})}},
		"an address of a person":     {origin("utm_source", `"guest-one@demo.example"`, "utm_term", `"+44 20 7946 0100"`, "session_entry", `"https://demo.example/?bl=guest-one@demo.example"`), nil},
		"a name that is not UTM's":   {origin("user_agent", `"DemoBrowser"`, "utm_other", `"x"`, "bl", `"ada"`), nil},
		"values of odd types":        {origin("session_entry", `{"a":1}`, "utm_source", `["video"]`, "source_type", `null`), nil},
		"a link in a note of a cart": {`"meta_data":[{"key":"_bl","value":"ada"},{"key":"BL","value":"ada"},{"key":"bl_","value":"bruno"}]`, []attribution.Touch{click("ada", meta)}},
		"words of the customer":      {`"customer_note":"via https://demo.example/?bl=ada, thanks"`, []attribution.Touch{click("ada", note)}},
		"words and no link":          {`"customer_note":"ada"`, nil},
		"a note of an odd type":      {`"customer_note":["bl=ada"]`, nil},
		"all of them": {origin("session_entry", `"/?bl=ada"`)[:len(origin("session_entry", `"/?bl=ada"`))-1] + `,{"key":"bl","value":"bruno"}],"customer_note":"bl=cleo"`,
			[]attribution.Touch{click("ada", meta), click("bruno", meta), click("cleo", note)}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, plain(t, `{`+tt.patch+`}`).Touches); diff != "" {
				t.Errorf("touches mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTouchesAreBounded(t *testing.T) {
	t.Parallel()
	var entries []string
	for i := range 1000 {
		entries = append(entries, fmt.Sprintf(`{"key":"bl","value":"link-%d"}`, i))
	}
	if n := len(plain(t, `{"meta_data":[`+strings.Join(entries, ",")+`]}`).Touches); n != 16 {
		t.Errorf("%d touches, want 16", n)
	}
}

func TestAttributionPrefix(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		prefix, key string
		found       bool
	}{
		"the default":            {"", "_wc_order_attribution_session_entry", true},
		"underscores alone":      {"__", "_wc_order_attribution_session_entry", true},
		"another":                {"_demo_origin_", "_demo_origin_session_entry", true},
		"as the filter gives it": {"demo_origin", "_demo_origin_session_entry", true},
		"not the default then":   {"demo_origin", "_wc_order_attribution_session_entry", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hook := decoder()
			hook.AttributionPrefix = tt.prefix
			body := change(t, plainOrder, `{"meta_data":[{"key":"`+tt.key+`","value":"https://demo.example/?bl=ada"}]}`)
			events, err := hook.Decode(signed("order.updated", body), body, arrival())
			require.NoError(t, err)
			if found := len(events[0].Order.Touches) > 0; found != tt.found {
				t.Errorf("found %t, want %t", found, tt.found)
			}
		})
	}
}

// Type traps of fixtures from real shops, one by one.
func TestOddTypesCostNoOrder(t *testing.T) {
	t.Parallel()
	line := func(fields string) string {
		return `{"line_items":[{"id":11,"quantity":2,"subtotal":"20.00","total":"20.00","total_tax":"0.00",` + fields + `}]}`
	}
	want := plain(t, `{}`)
	tests := map[string]struct {
		patch string
		apply func(*attribution.Order)
	}{
		"a SKU that is a number":    {line(`"sku":4006381333931`), func(o *attribution.Order) { o.Lines[0].SKU = "4006381333931" }},
		"a SKU that is null":        {line(`"sku":null`), nil},
		"tax ids as text":           {line(`"taxes":[{"id":"75","total":"0.9","subtotal":""}]`), nil},
		"tax ids as numbers":        {line(`"taxes":[{"id":75,"total":0.9}]`), nil},
		"a float for a price":       {line(`"price":24.000000000000004`), nil},
		"a product that is gone":    {line(`"product_id":0`), nil},
		"a product of a plugin":     {line(`"product_id":"bundle"`), nil},
		"notes of a line":           {line(`"meta_data":[{"key":"size","value":{"a":[1]}},7,null]`), nil},
		"notes that are an object":  {line(`"meta_data":{"1":{"key":"size"}}`), nil},
		"notes of any type":         {`{"meta_data":[{"key":"a","value":{"b":1}},{"key":"c","value":[1]},{"key":"d","value":true},{"key":"e","value":null},{"key":{}},null,"x"]}`, nil},
		"a number of a plugin":      {`{"number":"WC-1018-ZZ"}`, func(o *attribution.Order) { o.Number = "WC-1018-ZZ" }},
		"a number that is one":      {`{"number":1018}`, func(o *attribution.Order) { o.Number = "1018" }},
		"a number that is none":     {`{"number":["1018"]}`, nil},
		"times with a zone":         {`{"date_created_gmt":"2026-10-04T11:00:05+02:00","date_modified_gmt":"2026-10-04T09:00:07Z"}`, nil},
		"ids as text":               {`{"id":"1001"}`, nil},
		"a currency in lower case":  {`{"currency":"eur"}`, nil},
		"times nobody reads":        {`{"date_completed_gmt":0,"date_paid":{},"date_created":7}`, nil},
		"fields of tomorrow":        {`{"of tomorrow":{"a":[1,{"b":null}]}}`, nil},
		"lists that are null":       {`{"fee_lines":null,"shipping_lines":null,"tax_lines":null,"meta_data":null}`, nil},
		"totals nobody reads":       {`{"total":{},"total_tax":[],"discount_total":null}`, nil},
		"no word of refunds":        {`{"refunds":null}`, func(o *attribution.Order) { o.RefundsAsOf = time.Time{} }},
		"refunds that are left out": {`{"refunds":"drop"}`, func(o *attribution.Order) { o.RefundsAsOf = time.Time{} }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expected := clone(t, want)
			if tt.apply != nil {
				tt.apply(&expected)
			}
			if diff := cmp.Diff(expected, plain(t, tt.patch)); diff != "" {
				t.Errorf("order mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func clone(t testing.TB, o attribution.Order) attribution.Order {
	t.Helper()
	data, err := json.Marshal(o)
	require.NoError(t, err)
	var c attribution.Order
	require.NoError(t, json.Unmarshal(data, &c))
	return c
}

func TestBigIDs(t *testing.T) {
	t.Parallel()
	o := plain(t, `{"id":9223372036854775807}`)
	if o.ID != woocommerce.OrderID(home, 9223372036854775807) || !strings.HasSuffix(string(o.ID), ":9223372036854775807") {
		t.Errorf("ID = %s", o.ID)
	}
}
