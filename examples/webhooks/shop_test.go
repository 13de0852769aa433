package main

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/bigcommerce"
	"github.com/bylinehq/byline/attribution/hubspot"
	"github.com/bylinehq/byline/attribution/shopify"
	"github.com/bylinehq/byline/attribution/signedjson"
	"github.com/bylinehq/byline/attribution/stripe"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

const (
	shopSecret   = attribution.Secret("a-secret-of-the-shops")
	studioSecret = attribution.Secret("whsec_YS1zdHVkaW8tc2VjcmV0LW9mLXRoaXMtdGVzdC0xMjM0NTY=")
)

// shopsOutside is a world with the secrets of testShops in its environment.
func shopsOutside(client *http.Client) outside {
	environment := map[string]string{"SHOP_SECRET": string(shopSecret), "STUDIO_SECRET": string(studioSecret), "API_TOKEN": "a-token-of-the-api"}
	return outside{getenv: env(environment), now: time.Now, client: client, identity: attribution.Identity{Key: demoIdentityKey}}
}

// testShops has one shop of each platform.
func testShops() []shopFile {
	secrets := []string{"SHOP_SECRET"}
	return []shopFile{
		{Name: "a-shopify", Platform: "shopify", Shop: demoShop, SecretsEnv: secrets, Tags: shopTags{Staff: "staff"}},
		{Name: "a-woo", Platform: "woocommerce", Shop: "https://woo.example", SecretsEnv: secrets, Market: "DE"},
		{Name: "a-stripe", Platform: "stripe", Shop: "acct_1Demo", SecretsEnv: secrets, Codes: map[string]string{"promo_1Demo": "ADA15"}},
		{Name: "a-bigcommerce", Platform: "bigcommerce", Shop: "abcde", SecretsEnv: secrets, TokenEnv: "API_TOKEN"},
		{Name: "a-hubspot", Platform: "hubspot", Shop: "62515", SecretsEnv: secrets, TokenEnv: "API_TOKEN", URI: "https://byline.example/webhooks/a-hubspot", Currency: byline.EUR},
		{Name: "a-backend", Platform: "signedjson", Shop: "demo.example", SecretsEnv: []string{"STUDIO_SECRET"}},
	}
}

func shopsProgramme(t *testing.T, out outside, shops ...shopFile) *programme {
	t.Helper()
	file := exampleProgrammeFile(t)
	file.Shops = shops
	p, err := newProgramme(file, out)
	require.NoError(t, err)
	return p
}

// canned answers a platform's API from a table of paths.
type canned map[string]string

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	body, ok := c[r.URL.Host+r.URL.Path]
	status := http.StatusOK
	switch {
	case r.Header.Get("X-Auth-Token") != "a-token-of-the-api" && r.Header.Get("Authorization") != "Bearer a-token-of-the-api":
		status = http.StatusUnauthorized
	case !ok:
		status = http.StatusNotFound
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func platformAPIs() canned {
	const store, portal = "api.bigcommerce.com/stores/abcde", "api.hubapi.com/crm/v3/objects"
	return canned{
		store + "/v2/orders/250": `{"id": 250, "customer_id": 0, "date_created": "Fri, 20 Nov 2026 18:30:00 +0000",
			"date_modified": "Fri, 20 Nov 2026 18:31:00 +0000", "status_id": 11, "payment_status": "captured",
			"currency_code": "EUR", "default_currency_code": "EUR", "is_tax_inclusive_pricing": false, "order_source": "www"}`,
		store + "/v2/orders/250/coupons": `[{"id": 1, "code": "ada15", "discount": "15.0000"}]`,
		store + "/v2/orders/250/products": `[{"id": 1, "product_id": 7, "sku": "BOARD", "type": "physical", "quantity": 1,
			"total_ex_tax": "100.0000", "total_inc_tax": "120.0000", "total_tax": "17.0000", "applied_discounts": [{"amount": "15.0000"}]}]`,
		store + "/v3/orders/250/payment_actions/refunds": `{"data": [], "meta": {}}`,
		portal + "/deals/250": `{"id": "250", "createdAt": "2026-11-20T18:30:00Z", "updatedAt": "2026-11-20T18:31:00Z", "properties": {
			"createdate": "2026-11-20T18:30:00Z", "hs_lastmodifieddate": "2026-11-20T18:31:00Z", "amount": "85.00",
			"dealstage": "closedwon", "byline_code": "ADA15"}}`,
	}
}

// arrival is a webhook about one order of 85.00 with Example Ada's code on it, as a
// platform sends it.
type arrival struct {
	source string
	header func(t *testing.T, body []byte) http.Header
	body   string
	order  byline.OrderID
}

func arrivals() map[string]arrival {
	const placed = "2026-11-20T18:30:00"
	return map[string]arrival{
		"shopify": {"a-shopify", func(_ *testing.T, body []byte) http.Header {
			return http.Header{
				"X-Shopify-Topic": {"orders/paid"}, "X-Shopify-Webhook-Id": {"1"}, "X-Shopify-Shop-Domain": {demoShop},
				"X-Shopify-Hmac-Sha256": {shopify.Sign(body, shopSecret)},
			}
		}, `{"id": 11, "name": "#11", "created_at": "` + placed + `Z", "processed_at": "` + placed + `Z", "updated_at": "` + placed + `Z",
			"currency": "EUR", "financial_status": "paid", "taxes_included": false, "test": false, "refunds": [], "tags": "",
			"discount_codes": [{"code": "ADA15", "amount": "15.00", "type": "percentage"}],
			"discount_applications": [{"type": "discount_code", "code": "ADA15", "value": "15.0", "value_type": "percentage"}],
			"line_items": [{"id": 1, "quantity": 1, "price_set": {"shop_money": {"amount": "100.00", "currency_code": "EUR"}}, "price": "100.00",
				"tax_lines": [], "discount_allocations": [{"discount_application_index": 0, "amount": "15.00",
				"amount_set": {"shop_money": {"amount": "15.00", "currency_code": "EUR"}}}]}]}`, shopify.OrderID(11)},
		"woocommerce": {"a-woo", func(_ *testing.T, body []byte) http.Header {
			return http.Header{
				"X-Wc-Webhook-Topic": {"order.updated"}, "X-Wc-Webhook-Source": {"https://woo.example/"},
				"X-Wc-Webhook-Signature": {woocommerce.Sign(body, shopSecret)},
			}
		}, `{"id": 11, "number": "11", "status": "processing", "currency": "EUR", "created_via": "checkout", "date_created_gmt": "` + placed + `",
			"date_modified_gmt": "` + placed + `", "date_paid_gmt": "` + placed + `", "customer_id": 3, "billing": {}, "refunds": [], "meta_data": [],
			"coupon_lines": [{"code": "ada15", "discount": "15.00"}],
			"line_items": [{"id": 1, "product_id": 7, "quantity": 1, "subtotal": "100.00", "total": "85.00", "total_tax": "17.00"}]}`,
			woocommerce.OrderID("https://woo.example", 11)},
		"stripe": {"a-stripe", func(_ *testing.T, body []byte) http.Header {
			return http.Header{"Stripe-Signature": {stripe.Sign(body, time.Now(), shopSecret)}}
		}, `{"id": "evt_1Demo", "object": "event", "type": "checkout.session.completed", "created": 1795199460, "livemode": true, "data": {"object": {
			"id": "cs_1Demo", "object": "checkout.session", "mode": "payment", "payment_status": "paid", "created": 1795199400, "currency": "eur",
			"payment_intent": "pi_1Demo", "invoice": null, "invoice_creation": {"enabled": false}, "amount_subtotal": 10000, "amount_total": 8500,
			"total_details": {"amount_discount": 1500, "amount_shipping": 0, "amount_tax": 0},
			"discounts": [{"coupon": null, "promotion_code": "promo_1Demo"}]}}}`, stripe.OrderID("pi_1Demo")},
		"bigcommerce": {"a-bigcommerce", func(_ *testing.T, body []byte) http.Header {
			return bigcommerce.Sign("1", time.Now(), body, shopSecret)
		}, `{"scope": "store/order/created", "store_id": "1", "producer": "stores/abcde", "created_at": 1795199460,
			"data": {"type": "order", "id": 250}, "hash": "0"}`, bigcommerce.OrderID("abcde", "250")},
		"hubspot": {"a-hubspot", func(_ *testing.T, body []byte) http.Header {
			return hubspot.Webhook{Secrets: []attribution.Secret{shopSecret}, URI: "https://byline.example/webhooks/a-hubspot"}.Sign(time.Now(), body)
		}, `[{"eventId": 1, "subscriptionId": 1, "portalId": 62515, "occurredAt": 1795199460000, "subscriptionType": "deal.creation", "objectId": 250}]`,
			hubspot.DealID(62515, "250")},
		"signedjson": {"a-backend", func(t *testing.T, body []byte) http.Header {
			t.Helper()
			h, err := signedjson.Sign("1", time.Now(), body, studioSecret)
			require.NoError(t, err)
			return h
		}, `{"type": "order.changed", "timestamp": "` + placed + `Z", "data": {"id": 11, "placed_at": "` + placed + `Z", "payment": "paid",
			"currency": "EUR", "lines": [{"id": "a", "quantity": 1, "unit_price": "100.00", "discount": "15.00"}],
			"codes": [{"code": "ADA15", "discount": "15.00"}]}}`, signedjson.OrderID("demo.example", "11")},
	}
}

func knock(t *testing.T, url, source string, h http.Header, body []byte) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/webhooks/"+source, bytes.NewReader(body))
	require.NoError(t, err)
	req.Header = h
	return do(t, req)
}

// A webhook of every platform comes in, and the order's page says who brought it and what
// is owed for it; the same webhook under another signature leaves nothing.
func TestEveryPlatform(t *testing.T) {
	t.Parallel()
	s := launch(t, config{}, shopsProgramme(t, shopsOutside(&http.Client{Transport: platformAPIs()}), testShops()...), quiet())
	for name, a := range arrivals() { //nolint:paralleltest // one server, whose inbox is drained between
		t.Run(name, func(t *testing.T) {
			h := a.header(t, []byte(a.body))
			if status, answer := knock(t, s.url, a.source, h, []byte(a.body+" ")); status != http.StatusUnauthorized {
				t.Errorf("a body that is not what was signed: %d %s", status, answer)
			}
			status, answer := knock(t, s.url, a.source, h, []byte(a.body))
			answered(t, status, answer, http.StatusOK, "accepted")
			if d := wait(t, s.url); len(d.ToLookAt) > 0 {
				t.Fatalf("to look at: %+v", d.ToLookAt)
			}
			if diff := cmp.Diff([]due{{"example-ada", "ag-ada", 1, byline.Minor(10_20, byline.EUR), byline.Minor(0, byline.EUR)}}, getJSON[orderJSON](t, s.url+"/api"+orderPath(a.order)).Owed); diff != "" {
				t.Errorf("owed (-want +got):\n%s", diff)
			}
			_, page := get(t, s.url+orderPath(a.order))
			for _, want := range []string{"ADA15 was used; it belongs to Example Ada", "€85.00 × 12%", "€10.20", "Rule 2 of 3"} {
				if !strings.Contains(strings.ReplaceAll(page, "ada15 was", "ADA15 was"), want) {
					t.Errorf("the page does not say %s", want)
				}
			}
		})
	}
	// One shop's webhook is nothing to another.
	woo := arrivals()["woocommerce"]
	if status, _ := knock(t, s.url, "a-shopify", woo.header(t, []byte(woo.body)), []byte(woo.body)); status != http.StatusUnauthorized {
		t.Errorf("a webhook at another shop's address: %d", status)
	}
}

// The ping by which WooCommerce tries an address is not signed, and has to be answered
// with 200.
func TestWooCommercePing(t *testing.T) {
	t.Parallel()
	s := launch(t, config{}, shopsProgramme(t, shopsOutside(nil), testShops()...), quiet())
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	status, answer := knock(t, s.url, "a-woo", form, []byte("webhook_id=12"))
	answered(t, status, answer, http.StatusOK, "ignored")
	if status, _ := knock(t, s.url, "a-woo", form, []byte("webhook_id=12&id=1")); status != http.StatusUnauthorized {
		t.Errorf("what only looks like a ping: %d", status)
	}
}

// A platform that does not answer keeps its own deliveries waiting and nobody else's.
func TestPlatformDown(t *testing.T) {
	t.Parallel()
	apis := platformAPIs()
	maps.DeleteFunc(apis, func(path, _ string) bool { return strings.Contains(path, "bigcommerce") })
	s := launch(t, config{}, shopsProgramme(t, shopsOutside(&http.Client{Transport: apis}), testShops()...), quiet())
	for _, name := range []string{"bigcommerce", "signedjson"} {
		a := arrivals()[name]
		status, answer := knock(t, s.url, a.source, a.header(t, []byte(a.body)), []byte(a.body))
		answered(t, status, answer, http.StatusOK, "accepted")
	}
	deadline := time.Now().Add(20 * time.Second)
	for d := getJSON[deliveriesJSON](t, s.url+"/api/deliveries"); d.Counts[attribution.StatusProcessed] == 0; d = getJSON[deliveriesJSON](t, s.url+"/api/deliveries") {
		if time.Now().After(deadline) {
			t.Fatalf("the other shop waits too: %+v", d)
		}
	}
	if status, _ := get(t, s.url+orderPath(arrivals()["bigcommerce"].order)); status != http.StatusNotFound {
		t.Errorf("an order of which nothing is known: %d", status)
	}
}

// Every fault of a list of shops is told at once, at its place, and no secret is.
func TestShopFaults(t *testing.T) {
	t.Parallel()
	good := func(change func(*shopFile)) []shopFile {
		f := testShops()[0]
		change(&f)
		return []shopFile{f}
	}
	tests := map[string]struct {
		shops []shopFile
		want  []string
	}{
		"nothing wrong":                        {testShops(), nil},
		"nothing at all":                       {[]shopFile{{}}, []string{"shops[0].name programme.shop_name", "shops[0].secrets_env required", "shops[0].platform programme.platform"}},
		"an unknown platform":                  {good(func(f *shopFile) { f.Platform = "magento" }), []string{"shops[0].platform programme.platform"}},
		"a name that is no part of an address": {good(func(f *shopFile) { f.Name = "My Shop" }), []string{"shops[0].name programme.shop_name"}},
		"no shop":                              {good(func(f *shopFile) { f.Shop = "" }), []string{"shops[0].shop required"}},
		"a variable that is not set":           {good(func(f *shopFile) { f.SecretsEnv = []string{"SHOP_SECRET", "OLD_SECRET"} }), []string{"shops[0].secrets_env[1] programme.secret"}},
		"the secret itself":                    {good(func(f *shopFile) { f.SecretsEnv = []string{"shpss_0123456789abcdef"} }), []string{"shops[0].secrets_env[0] programme.secret"}},
		"fields of other platforms": {
			good(func(f *shopFile) {
				f.TokenEnv, f.URI, f.Codes, f.Currency, f.Market = "API_TOKEN", "https://x", map[string]string{"a": "b"}, "EUR", "DE"
			}),
			[]string{
				"shops[0].token_env programme.shop_field", "shops[0].uri programme.shop_field", "shops[0].currency programme.shop_field",
				"shops[0].market programme.shop_field", "shops[0].codes programme.shop_field",
			},
		},
		"what HubSpot needs": {
			[]shopFile{{Name: "h", Platform: "hubspot", Shop: "acme", SecretsEnv: []string{"SHOP_SECRET"}, Currency: "EURO", Market: "Germany"}},
			[]string{
				"shops[0].token_env required", "shops[0].uri required", "shops[0].shop programme.portal",
				"shops[0].currency programme.currency", "shops[0].market programme.market",
			},
		},
		"an address without TLS": {
			[]shopFile{{Name: "h", Platform: "hubspot", Shop: "1", SecretsEnv: []string{"SHOP_SECRET"}, TokenEnv: "API_TOKEN", URI: "http://x"}},
			[]string{"shops[0].uri programme.uri"},
		},
		"a secret that signs nothing": {
			[]shopFile{{Name: "b", Platform: "signedjson", Shop: "demo.example", SecretsEnv: []string{"SHOP_SECRET"}}},
			[]string{"shops[0].secrets_env[0] webhook.key_base64"},
		},
		"a shop's name with a colon": {
			[]shopFile{{Name: "b", Platform: "signedjson", Shop: "a:b", SecretsEnv: []string{"STUDIO_SECRET"}}},
			[]string{"shops[0].shop signedjson.shop"},
		},
		"one name twice": {
			append(testShops()[:2:2], shopFile{Name: "a-woo", Platform: "shopify", Shop: "other.myshopify.com", SecretsEnv: []string{"SHOP_SECRET"}}),
			[]string{"shops[2].name programme.shop_twice"},
		},
		"one shop twice": {
			append(testShops()[:1:1], shopFile{Name: "again", Platform: "shopify", Shop: demoShop, SecretsEnv: []string{"SHOP_SECRET"}}),
			[]string{"shops[1].shop programme.shop_twice"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := openShops(tt.shops, shopsOutside(nil))
			var got []string
			for _, f := range faults {
				got = append(got, f.Path+" "+f.Code)
				if strings.Contains(f.Error(), "0123456789") || strings.Contains(f.Error(), string(shopSecret)) {
					t.Errorf("the fault tells a secret: %v", f)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Flags and environment still configure one shop, alone or beside those of a programme.
func TestShopOfFlags(t *testing.T) {
	t.Parallel()
	declared := []shop{{Name: "a-woo"}}
	taken := []shop{{Name: source}}
	tests := map[string]struct {
		config   config
		declared []shop
		want     []string
	}{
		"neither":                  {config{}, nil, []string{source}},
		"flags alone":              {shopConfig(), nil, []string{source}},
		"the programme alone":      {config{}, declared, []string{"a-woo"}},
		"both":                     {shopConfig(), declared, []string{source, "a-woo"}},
		"its name, but no secrets": {config{}, taken, []string{source}},
	}
	for name, tt := range tests {
		shops, err := tt.config.shops(tt.declared)
		require.NoError(t, err)
		var got []string
		for _, s := range shops {
			got = append(got, s.Name)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	_, err := shopConfig().shops(taken)
	if diff := cmp.Diff("programme.shop_twice", byline.Nest("", err)[0].Code); diff != "" {
		t.Errorf("one name twice (-want +got):\n%s", diff)
	}
}

// A policy that is valid and unwise is told of at start, and decides all the same.
func TestAnnounceUnwisePolicy(t *testing.T) {
	t.Parallel()
	p := noProgramme()
	p.Policies = []attribution.Policy{{Version: "x/1", Rules: []attribution.Rule{{Evidence: []attribution.EvidenceKind{attribution.ByManual, attribution.ByView}}}}}
	s := launch(t, config{}, p, quiet())
	out := &output{}
	require.NoError(t, s.announce(out))
	if text := out.String(); !strings.Contains(text, "Warning  policies[0].rules[0]") || !strings.Contains(text, "policy.views_paid") {
		t.Errorf("it does not warn:\n%s", text)
	}
}

// The start says what each shop's address is and what is off.
func TestAnnounceShops(t *testing.T) {
	t.Parallel()
	s := launch(t, config{}, shopsProgramme(t, shopsOutside(nil), testShops()...), quiet())
	out := &output{}
	require.NoError(t, s.announce(out))
	for _, want := range []string{
		s.url + "/webhooks/a-hubspot  HubSpot 62515", "off: without " + envClick, "none are made without " + envIdentity,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	if strings.Contains(out.String(), "What to do next") || strings.Contains(out.String(), string(shopSecret)) {
		t.Errorf("it says too much:\n%s", out)
	}
}
