package woocommerce_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

func TestVerifyFillsTheDelivery(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	h := signed("order.created", body)
	h.Set("X-Forwarded-For", "203.0.113.7")
	got, err := decoder().Verify(h, body)
	require.NoError(t, err)
	want := attribution.Delivery{
		ID:    got.ID, // see TestDeliveryID
		Topic: "order.created",
		Header: map[string]string{
			"topic": "order.created", "source": shop, "delivery-id": "0123456789abcdef0123456789abcdef",
		},
		Body: body,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Delivery mismatch (-want +got):\n%s", diff)
	}
}

func TestVerifyReadsEverySpelling(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	canonical := signed("order.created", body)
	want, err := decoder().Verify(canonical, body)
	require.NoError(t, err)
	tests := map[string]http.Header{
		"lower case":              rename(canonical, strings.ToLower),
		"upper case":              rename(canonical, strings.ToUpper),
		"topic in capitals":       with(canonical, topicHeader, "Order.Created"),
		"a header that is twice":  with(canonical, topicHeader, "order.created", "order.created"),
		"no source":               with(canonical, sourceHeader),
		"a source without https":  with(canonical, sourceHeader, "http://demo.example"),
		"a source in capitals":    with(canonical, sourceHeader, "https://WWW.Demo.Example:443//"),
		"headers of other people": with(canonical, "X-Wc-Webhook-Status", "odd"),
	}
	for name, header := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := decoder().Verify(header, body)
			require.NoError(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Delivery mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	good := signed("order.created", body)
	signature := good.Get(signatureHeader)
	tests := map[string]struct {
		header http.Header
		body   []byte
		want   error
	}{
		"no signature header":                 {with(good, signatureHeader), body, attribution.ErrNotSigned},
		"no header at all":                    {nil, body, attribution.ErrNotSigned},
		"an empty signature":                  {with(good, signatureHeader, ""), body, attribution.ErrNotSigned},
		"another body":                        {good, append([]byte(" "), body...), attribution.ErrBadSignature},
		"an empty body":                       {good, nil, attribution.ErrBadSignature},
		"an empty body with its signature":    {signed("order.created", nil), nil, attribution.ErrBadSignature},
		"another secret":                      {with(good, signatureHeader, woocommerce.Sign(body, "other")), body, attribution.ErrBadSignature},
		"not base64":                          {with(good, signatureHeader, strings.Repeat("!", 44)), body, attribution.ErrBadSignature},
		"hex":                                 {with(good, signatureHeader, strings.Repeat("0a", 32)), body, attribution.ErrBadSignature},
		"a megabyte":                          {with(good, signatureHeader, strings.Repeat("A", 1<<20)), body, attribution.ErrBadSignature},
		"lower case":                          {with(good, signatureHeader, strings.ToLower(signature)), body, attribution.ErrBadSignature},
		"two signatures, the good one first":  {with(good, signatureHeader, signature, "x"), body, attribution.ErrBadSignature},
		"two signatures, the good one last":   {with(good, signatureHeader, "x", signature), body, attribution.ErrBadSignature},
		"two spellings of the header":         {with(good, "x-wc-webhook-signature", "x"), body, attribution.ErrBadSignature},
		"another shop":                        {with(good, sourceHeader, "https://other.example/"), body, attribution.ErrBadSignature},
		"another shop on the same host":       {with(good, sourceHeader, "https://demo.example/uk/"), body, attribution.ErrBadSignature},
		"a host that begins alike":            {with(good, sourceHeader, "https://demo.example.evil.example/"), body, attribution.ErrBadSignature},
		"a shop that is none":                 {with(good, sourceHeader, "https://%zz/"), body, attribution.ErrBadSignature},
		"two shops":                           {with(good, sourceHeader, home, "https://other.example/"), body, attribution.ErrBadSignature},
		"two topics":                          {with(good, topicHeader, "order.created", "order.deleted"), body, attribution.ErrBadSignature},
		"two ids":                             {with(good, deliveryHeader, "1", "2"), body, attribution.ErrBadSignature},
		"an unknown topic":                    {with(good, topicHeader, "product.updated"), body, attribution.ErrIgnored},
		"a topic of a plugin":                 {with(good, topicHeader, "subscription.created"), body, attribution.ErrIgnored},
		"a custom topic":                      {with(good, topicHeader, "action.woocommerce_order_refunded"), body, attribution.ErrIgnored},
		"no topic":                            {with(good, topicHeader), body, attribution.ErrIgnored},
		"an unknown topic, badly signed":      {with(with(good, topicHeader, "x"), signatureHeader, "x"), body, attribution.ErrBadSignature},
		"an unknown topic of another shop":    {with(with(good, topicHeader, "x"), sourceHeader, "https://x.example"), body, attribution.ErrBadSignature},
		"an order that says it is the ping":   {with(with(good, signatureHeader), "Content-Type", "application/x-www-form-urlencoded"), body, attribution.ErrNotSigned},
		"a signed body in the form of a ping": {with(signed("order.created", []byte("webhook_id=3")), "Content-Type", "application/x-www-form-urlencoded"), []byte("webhook_id=4"), attribution.ErrBadSignature},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := decoder().Verify(tt.header, tt.body)
			if !errors.Is(err, tt.want) {
				t.Errorf("Verify = %v, want %v", err, tt.want)
			}
			if diff := cmp.Diff(attribution.Delivery{}, got); diff != "" {
				t.Errorf("a refused Delivery is not empty (-want +got):\n%s", diff)
			}
			if !errors.Is(tt.want, attribution.ErrIgnored) {
				require.ErrorIs(t, err, byline.ErrUnauthorized)
			}
		})
	}
}

func TestVerifyWithSeveralSecrets(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	h := signed("order.created", body)
	tests := map[string]struct {
		secrets []attribution.Secret
		want    error
	}{
		"of another webhook too": {[]attribution.Secret{"other", secret}, nil},
		"current first":          {[]attribution.Secret{secret, "old"}, nil},
		"forgotten":              {[]attribution.Secret{"new"}, attribution.ErrBadSignature},
		"empty ones":             {[]attribution.Secret{"", ""}, attribution.ErrBadSignature},
		"none":                   {nil, attribution.ErrBadSignature},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := woocommerce.Webhook{Secrets: tt.secrets, Shop: home}.Verify(h, body)
			if !errors.Is(err, tt.want) {
				t.Errorf("Verify = %v, want %v", err, tt.want)
			}
		})
	}
}

// WooCommerce signs with the decoded form, whichever one it keeps, and who sets this up
// may know either.
func TestVerifyDecodesEntitiesOfTheSecret(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	const typed, stored = "R&D's <new> \"key\"", "R&amp;D&#039;s &lt;new&gt; &quot;key&quot;"
	h := signed("order.created", body)
	for _, known := range []attribution.Secret{typed, stored} {
		for _, kept := range []attribution.Secret{typed, stored} {
			_, err := woocommerce.Webhook{Secrets: []attribution.Secret{known}}.Verify(with(h, signatureHeader, woocommerce.Sign(body, kept)), body)
			require.NoError(t, err)
		}
	}
}

func TestDecodeEntities(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"plain": "plain", "": "", "&": "&", "&&amp;&": "&&&", "a&b;c": "a&b;c", "&amp": "&amp", "&;": "&;",
		"&lt;&gt;&amp;&quot;": `<>&"`,
		"&#39;&#039;&#0039;":  "'''", "&#34;&#60;&#62;&#38;": `"<>&`,
		"&#x27;&#X27;&#x0027;&#x22;&#x26;": `'''"&`,
		"&amp;lt;":                         "&lt;", "&amp;amp;#39;": "&amp;#39;",
		// What WordPress leaves alone.
		"&apos;&nbsp;&copy;&LT;&AMP;": "&apos;&nbsp;&copy;&LT;&AMP;", "&#x3c;&#x3e;&#65;&#;&#x;": "&#x3c;&#x3e;&#65;&#;&#x;",
		"&#39": "&#39", "&amp&amp;": "&amp&", "%26amp;": "%26amp;", "&lt;é&gt;": "<é>",
	}
	for text, want := range tests {
		if got := woocommerce.DecodeEntities(text); got != want {
			t.Errorf("%q decodes to %q, want %q", text, got, want)
		}
	}
}

func TestVerifySettlesTheShop(t *testing.T) {
	t.Parallel()
	body := []byte(plainOrder)
	tests := map[string]struct {
		own, named, want string
		refused          bool
	}{
		"its own":                {own: home, named: home, want: shop},
		"its own by name":        {own: "demo.example", named: home, want: shop},
		"none is the endpoint's": {own: "https://demo.example/", named: "", want: shop},
		"of a network":           {own: "https://demo.example/uk/", named: "https://demo.example/uk", want: "demo.example/uk"},
		"an endpoint for any":    {own: "", named: "https://Other.example:8443/", want: "other.example:8443"},
		"nobody knows":           {own: "", named: "", want: ""},
		"another":                {own: home, named: "https://other.example", refused: true},
		"a name that is no host": {own: "my shop", named: home, refused: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := with(signed("order.created", body), sourceHeader, tt.named)
			d, err := woocommerce.Webhook{Secrets: []attribution.Secret{secret}, Shop: tt.own}.Verify(h, body)
			if (err != nil) != tt.refused {
				t.Fatalf("Verify = %v", err)
			}
			if got := d.Header["source"]; got != tt.want {
				t.Errorf("shop = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDeliveryID(t *testing.T) {
	t.Parallel()
	any := woocommerce.Webhook{Secrets: []attribution.Secret{secret}}
	verify := func(topic, text, source, id string) string {
		body := []byte(text)
		d, err := any.Verify(with(with(signed(topic, body), sourceHeader, source), deliveryHeader, id), body)
		require.NoError(t, err)
		return d.ID
	}
	first := verify("order.updated", plainOrder, home, "1")
	if !strings.HasPrefix(first, "body:") || len(first) != len("body:")+64 {
		t.Errorf("ID = %q", first)
	}
	if again := verify("order.updated", plainOrder, "http://www.demo.example", "2"); again != first {
		t.Error("the same delivery again has another id: WooCommerce's own ids do not say that it is the same")
	}
	gone := verify("order.deleted", `{"id":1}`, home, "1")
	if again := verify("order.deleted", `{"id":1}`, home, "1"); again != gone {
		t.Error("a repeated deletion has another id")
	}
	seen := map[string]string{}
	for name, id := range map[string]string{
		"an update":                       first,
		"another topic":                   verify("order.created", plainOrder, home, "1"),
		"another body in the same second": verify("order.updated", edit(`"id":1001`, `"id":1002`), home, "1"),
		"another shop":                    verify("order.updated", plainOrder, "https://other.example/", "1"),
		"a deletion":                      gone,
		"a deletion after a restoration":  verify("order.deleted", `{"id":1}`, home, "2"),
		"a deletion in another shop":      verify("order.deleted", `{"id":1}`, "https://other.example/", "1"),
	} {
		if other, twice := seen[id]; twice {
			t.Errorf("%s has the id of %s", name, other)
		}
		seen[id] = name
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		topic, body string
		events      int
		want        error
	}{
		"an order":                        {"order.created", plainOrder, 1, nil},
		"a deletion":                      {"order.deleted", `{"id":1}`, 1, nil},
		"a topic that means nothing here": {"product.updated", `{"id":1}`, 0, nil},
		"a body that cannot be read":      {"order.created", `{`, 0, byline.ErrInvalid},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, err := decode(t, tt.topic, []byte(tt.body))
			if !errors.Is(err, tt.want) || len(events) != tt.events {
				t.Errorf("Decode = %d events, %v; want %d, %v", len(events), err, tt.events, tt.want)
			}
		})
	}
	_, err := decoder().Decode(nil, []byte(plainOrder), arrival())
	require.ErrorIs(t, err, attribution.ErrNotSigned)
	body := []byte(`{"id":1}`)
	_, err = decoder().Decode(signed("order.deleted", body), body, time.Time{})
	require.ErrorIs(t, err, byline.ErrInvalid)
	_, err = decoder().Decode(signed("order.deleted", body), body, time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC))
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func TestParseOfATopicThatMeansNothing(t *testing.T) {
	t.Parallel()
	events, err := decoder().Parse(attribution.Delivery{Topic: "product.updated", Body: []byte("not JSON")})
	require.NoError(t, err)
	require.Empty(t, events)
}

func TestOrderID(t *testing.T) {
	t.Parallel()
	tests := map[string]byline.OrderID{
		"https://demo.example/":         "woocommerce:demo.example:727",
		"demo.example":                  "woocommerce:demo.example:727",
		" http://WWW.Demo.Example:80 ":  "woocommerce:demo.example:727",
		"https://demo.example/uk/":      "woocommerce:demo.example/uk:727",
		"https://demo.example/UK?lang=": "woocommerce:demo.example/UK:727",
		"https://demo.example:8443/":    "woocommerce:demo.example:8443:727",
		"https://user:pw@demo.example":  "woocommerce:demo.example:727",
		"https://dëmo.example/über":     "woocommerce:dëmo.example/%C3%BCber:727",
	}
	for source, want := range tests {
		if got := woocommerce.OrderID(source, 727); got != want {
			t.Errorf("OrderID of %q = %s, want %s", source, got, want)
		}
	}
}

// The name that a delivery is kept under is read again by Parse.
func TestNameOfAShopIsItsOwnName(t *testing.T) {
	t.Parallel()
	for _, source := range []string{home, "https://demo.example/a/b//", "https://www.www.example", "https://[::1]:8080/x", "https://dëmo.example/ü", "https://demo.example:443"} {
		name := strings.TrimSuffix(strings.TrimPrefix(string(woocommerce.OrderID(source, 1)), "woocommerce:"), ":1")
		if again := woocommerce.OrderID(name, 1); again != woocommerce.OrderID(source, 1) {
			t.Errorf("%s becomes %s and then %s", source, name, again)
		}
	}
}

func TestWebhookHidesItsSecrets(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(format, decoder()); strings.Contains(text, string(secret)) || strings.Contains(text, "placeholder-key") {
			t.Errorf("%s prints a secret", format)
		}
	}
}
