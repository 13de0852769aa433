package signedjson_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/signedjson"
	"github.com/bylinehq/byline/internal/golden"
)

// at is the decoder with another clock.
func at(when time.Time) signedjson.Webhook {
	d := decoder()
	d.Now = func() time.Time { return when }
	return d
}

func TestVerify(t *testing.T) {
	t.Parallel()
	body := []byte(envelope("order.changed", plain))
	good := signed(t, body)
	by := func(secrets ...attribution.Secret) http.Header {
		h, err := signedjson.Sign("msg_1", now(), body, secrets...)
		require.NoError(t, err)
		return h
	}
	holding := func(secrets ...attribution.Secret) signedjson.Webhook {
		d := decoder()
		d.Secrets = secrets
		return d
	}
	shopless, clockless, lenient := decoder(), decoder(), at(now().Add(time.Hour))
	shopless.Shop, clockless.Now, lenient.Tolerance = "demo.example:8080", nil, time.Hour
	signature := good.Get("Webhook-Signature")
	lower := http.Header{"webhook-id": good["Webhook-Id"], "webhook-timestamp": good["Webhook-Timestamp"], "WEBHOOK-SIGNATURE": good["Webhook-Signature"]}
	tests := map[string]struct {
		hook   signedjson.Webhook
		header http.Header
		want   error
	}{
		"genuine":                              {decoder(), good, nil},
		"headers that were never canonical":    {decoder(), lower, nil},
		"a header that stands twice the same":  {decoder(), with(good, "Webhook-Id", "msg_1", "msg_1"), nil},
		"as old as may be":                     {at(now().Add(5 * time.Minute)), good, nil},
		"too old, a replay":                    {at(now().Add(5*time.Minute + time.Second)), good, attribution.ErrExpired},
		"from as far ahead as may be":          {at(now().Add(-5 * time.Minute)), good, nil},
		"from too far ahead":                   {at(now().Add(-5*time.Minute - time.Second)), good, attribution.ErrExpired},
		"another tolerance":                    {lenient, good, nil},
		"while the sender rotates":             {decoder(), by(oldSecret, secret), nil},
		"while we rotate":                      {holding(secret, oldSecret), by(oldSecret), nil},
		"after we rotated":                     {decoder(), by(oldSecret), attribution.ErrBadSignature},
		"an Ed25519 key":                       {holding(publicKey), by(privateKey), nil},
		"both schemes, we hold the public key": {holding(publicKey), by(secret, privateKey), nil},
		"both schemes, we hold the secret":     {decoder(), by(secret, privateKey), nil},
		"another scheme than ours":             {decoder(), by(privateKey), attribution.ErrBadSignature},
		"one secret that cannot be read":       {holding("whsec_?", secret), good, nil},
		"no secret":                            {holding(), good, attribution.ErrBadSignature},
		"only secrets that cannot be read":     {holding("", "whsec_", "whpk_AAAA"), good, attribution.ErrBadSignature},
		"the text of the secret as key": {holding(attribution.Secret("whsec_" + base64.StdEncoding.EncodeToString([]byte(secret)))), good,
			attribution.ErrBadSignature},
		"no shop":                       {shopless, good, attribution.ErrBadSignature},
		"no clock":                      {clockless, good, attribution.ErrExpired},
		"nothing":                       {signedjson.Webhook{}, good, attribution.ErrBadSignature},
		"another id":                    {decoder(), with(good, "Webhook-Id", "msg_2"), attribution.ErrBadSignature},
		"no id":                         {decoder(), with(good, "Webhook-Id"), attribution.ErrBadSignature},
		"a later timestamp":             {decoder(), with(good, "Webhook-Timestamp", fmt.Sprint(now().Unix()+1)), attribution.ErrBadSignature},
		"no timestamp":                  {decoder(), with(good, "Webhook-Timestamp"), attribution.ErrBadSignature},
		"no signature":                  {decoder(), with(good, "Webhook-Signature"), attribution.ErrNotSigned},
		"an empty signature":            {decoder(), with(good, "Webhook-Signature", ""), attribution.ErrNotSigned},
		"a signature without version":   {decoder(), with(good, "Webhook-Signature", strings.TrimPrefix(signature, "v1,")), attribution.ErrBadSignature},
		"a signature of another scheme": {decoder(), with(good, "Webhook-Signature", "v1a,"+strings.TrimPrefix(signature, "v1,")), attribution.ErrBadSignature},
		"a list with one good":          {decoder(), with(good, "Webhook-Signature", "v2,x v1,?? "+signature+" v9"), nil},
		"two signature headers":         {decoder(), with(good, "Webhook-Signature", signature, "v1,x"), attribution.ErrBadSignature},
		"two ids": {decoder(), http.Header{"webhook-id": {"msg_2"}, "Webhook-Id": {"msg_1"},
			"Webhook-Timestamp": good["Webhook-Timestamp"], "Webhook-Signature": good["Webhook-Signature"]}, attribution.ErrBadSignature},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.hook.Verify(tt.header, body)
			require.ErrorIs(t, err, tt.want)
			if tt.want != nil {
				require.ErrorIs(t, err, byline.ErrUnauthorized)
				return
			}
			want := attribution.Delivery{ID: "msg_1", Header: map[string]string{"shop": shop}, Body: body}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("delivery mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// A body that was decoded and encoded again is another body.
func TestEncodedAgainIsRefused(t *testing.T) {
	t.Parallel()
	body := load(t, "order_everything.json")
	again, err := json.Marshal(decodeAny(t, body))
	require.NoError(t, err)
	_, err = decoder().Verify(signed(t, body), again)
	require.ErrorIs(t, err, attribution.ErrBadSignature)
}

// The vectors come from the test suites of the Standard Webhooks libraries. They carry no
// type, so a good signature leads as far as the envelope.
func TestVectors(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(golden.SharedData(t, "payloads", "vectors.json"))
	require.NoError(t, err)
	var file struct {
		Vectors []struct {
			ID, Platform, Expect, Secret, Body string
			Headers                            map[string]string
			Now                                int64
			Tolerance                          int64 `json:"tolerance_s"`
		}
	}
	require.NoError(t, json.Unmarshal(data, &file))
	judged := 0
	for _, v := range file.Vectors {
		if v.Platform != "standard-webhooks" {
			continue
		}
		judged++
		header := http.Header{}
		for name, value := range v.Headers {
			header[name] = []string{value}
		}
		hook := signedjson.Webhook{
			Secrets: []attribution.Secret{attribution.Secret(v.Secret)}, Shop: shop,
			Now: func() time.Time { return time.Unix(v.Now, 0) }, Tolerance: time.Duration(v.Tolerance) * time.Second,
		}
		_, err := hook.Verify(header, []byte(v.Body))
		if (v.Expect == "valid") != (err == nil) || err != nil && !errors.Is(err, attribution.ErrBadSignature) {
			t.Errorf("%s: Verify = %v, want %s", v.ID, err, v.Expect)
		}
	}
	if judged != 3 {
		t.Errorf("judged %d vectors, want 3", judged)
	}
}

// A signature that another program made: openssl dgst -sha256 -hmac over
// msg_1.1796288405.{"type":"ping"}, and openssl pkeyutl -sign -rawin over the same.
func TestSignaturesOfAnotherProgram(t *testing.T) {
	t.Parallel()
	for key, signature := range map[attribution.Secret]string{
		secret:    "v1,tYNG7f8GndiKtbsvZ9wLJ4PbIMandC6YRIRmMBbfspI=",
		publicKey: "v1a,sszrbEni43/5g7/CE3saoyOaUFdt8GdViUC1xpTdLk7Z1vH8iy1lboZDq42MTfntVhvylP9TsfugUd/KrGxjAw==",
	} {
		d := decoder()
		d.Secrets = []attribution.Secret{key}
		events, err := d.Decode(http.Header{
			"Webhook-Id": {"msg_1"}, "Webhook-Timestamp": {"1796288405"}, "Webhook-Signature": {signature},
		}, []byte(`{"type":"ping"}`))
		require.NoError(t, err)
		require.Empty(t, events)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	require.NoError(t, decoder().Check())
	tests := map[string]struct {
		change func(*signedjson.Webhook)
		want   []string
	}{
		"nothing":        {func(w *signedjson.Webhook) { *w = signedjson.Webhook{} }, []string{"secrets signedjson.secrets", "shop signedjson.shop", "now signedjson.clock"}},
		"a colon":        {func(w *signedjson.Webhook) { w.Shop = "a:b" }, []string{"shop signedjson.shop"}},
		"a space":        {func(w *signedjson.Webhook) { w.Shop = "a b" }, []string{"shop signedjson.shop"}},
		"a short secret": {func(w *signedjson.Webhook) { w.Secrets = append(w.Secrets, "whsec_AAAA") }, []string{"secrets[1] webhook.key_length"}},
		"a plain secret": {func(w *signedjson.Webhook) { w.Secrets[0] = "hunter-2-hunter-2" }, []string{"secrets[0] webhook.key_base64"}},
		"zeros":          {func(w *signedjson.Webhook) { w.Secrets[0] = attribution.Secret("whsec_" + strings.Repeat("A", 32)) }, []string{"secrets[0] webhook.key_zero"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hook := decoder()
			tt.change(&hook)
			err := hook.Check()
			if diff := cmp.Diff(tt.want, codesOf(err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
			if strings.Contains(err.Error(), "hunter") {
				t.Errorf("the error shows the secret: %v", err)
			}
		})
	}
}

func TestSignRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		id      string
		at      time.Time
		secrets []attribution.Secret
		want    []string
	}{
		"no id":             {"", now(), []attribution.Secret{secret}, []string{"signedjson.not_signable"}},
		"an id with a dot":  {"msg.1", now(), []attribution.Secret{secret}, []string{"signedjson.not_signable"}},
		"no time":           {"msg_1", time.Time{}, []attribution.Secret{secret}, []string{"signedjson.not_signable"}},
		"no secret":         {"msg_1", now(), nil, []string{"signedjson.not_signable"}},
		"a public key":      {"msg_1", now(), []attribution.Secret{publicKey}, []string{"signedjson.not_signable"}},
		"two wrong secrets": {"msg_1", now(), []attribution.Secret{"whsec_hunter2", secret, "whsk_AAAA"}, []string{"secrets[0] webhook.key_base64", "secrets[2] webhook.key_length"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, err := signedjson.Sign(tt.id, tt.at, []byte("{}"), tt.secrets...)
			require.Nil(t, h)
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, codesOf(err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
			if strings.Contains(err.Error(), "hunter") {
				t.Errorf("the error shows the secret: %v", err)
			}
		})
	}
}

// Two endpoints with one secret, which they should not have: no order of the one becomes
// an order of the other.
func TestShopsAreKeptApart(t *testing.T) {
	t.Parallel()
	other := decoder()
	other.Shop = " Other.Example "
	body := []byte(envelope("order.changed", plain))
	ours, err := decoder().Decode(signed(t, body), body)
	require.NoError(t, err)
	theirs, err := other.Decode(signed(t, body), body)
	require.NoError(t, err)
	got := []byline.OrderID{ours[0].Order.ID, theirs[0].Order.ID}
	if diff := cmp.Diff([]byline.OrderID{"demo.example:1", "other.example:1"}, got); diff != "" {
		t.Errorf("ids mismatch (-want +got):\n%s", diff)
	}
	named := []byte(order(t, `"shop":"demo.example"`))
	_, err = other.Decode(signed(t, named), named)
	if diff := cmp.Diff([]string{"data.shop signedjson.other_shop"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// The same request to forget comes again under another id when the shop leaves again;
// the same fact about an order is one fact.
func TestKeys(t *testing.T) {
	t.Parallel()
	key := func(id, body string) string {
		events, err := decoder().Parse(attribution.Delivery{ID: id, Header: map[string]string{"shop": shop}, Body: []byte(body)})
		require.NoError(t, err)
		return events[0].Key
	}
	redact, changed := envelope("shop.redact", `{"shop":"demo.example"}`), envelope("order.changed", plain)
	first, second, again := key("a", redact), key("b", redact), key("a", redact)
	if first == second || first != again {
		t.Error("two requests are one, or one is two")
	}
	if key("a", changed) != key("b", changed) || key("a", changed) == key("a", order(t, `"payment":"pending"`)) {
		t.Error("one fact is two, or two facts are one")
	}
}

func TestPeopleBecomeKeys(t *testing.T) {
	t.Parallel()
	identity := decoder().Identity
	o := parseOrder(t, string(load(t, "order_everything.json")))
	want := attribution.Customer{
		ID: "7", Visitor: "v-1", Wholesale: true,
		Email: identity.Email("Shopper.One@demo.example"), Phone: identity.Phone("0151 5550100", "DE"), Payment: identity.Payment("fp_4242424242424242"),
		Address: identity.Address(attribution.PostalAddress{Street: "Harbour Lane 4", PostCode: "20457", City: "Hamburg", Market: "DE"}),
	}
	if diff := cmp.Diff(want, o.Customer); diff != "" {
		t.Errorf("customer mismatch (-want +got):\n%s", diff)
	}
	inherits := parseOrder(t, order(t, `"customer":{"country":"de","address":{"street":"Harbour Lane 4","post_code":"20457","city":"Hamburg"}}`))
	if diff := cmp.Diff(want.Address, inherits.Customer.Address); diff != "" {
		t.Errorf("address mismatch (-want +got):\n%s", diff)
	}
}

// Deliveries in any order and any number of times end in the same state.
func TestAnyOrderOfDeliveries(t *testing.T) {
	t.Parallel()
	refund := func(at, state string) string {
		return strings.Replace(envelope("order.refunded", `{"order":1,"id":"r","currency":"EUR","state":"`+state+`","cash":"5.00"}`), "2026-11-20T18:40:00Z", at, 1)
	}
	bodies := []string{
		order(t, `"payment":"pending"`),
		strings.Replace(order(t, `"payment":"paid","codes":["ADA15"]`), "18:40", "18:50", 1),
		strings.Replace(order(t, `"payment":"authorized"`), "18:40", "18:45", 1),
		refund("2026-11-21T10:00:00Z", "pending"), refund("2026-11-21T11:00:00Z", "settled"),
	}
	var states []attribution.Order
	for shift := range bodies {
		var state attribution.Order
		for i := range 2 * len(bodies) {
			piece := parseOrder(t, bodies[(i*(shift+1)+shift)%len(bodies)])
			if state.ID == "" {
				state = piece
			}
			merged, err := state.Merge(piece)
			require.NoError(t, err)
			state = merged
		}
		if shift+1 < len(bodies) { // steps of the length itself meet one body alone
			states = append(states, state)
		}
	}
	for _, state := range states {
		if diff := cmp.Diff(states[0], state); diff != "" {
			t.Errorf("states differ (-first +other):\n%s", diff)
		}
	}
	if states[0].Payment != attribution.Paid || len(states[0].Refunds) != 1 || states[0].Refunds[0].State != attribution.Settled {
		t.Errorf("the state is not the latest: %+v", states[0])
	}
}

// What a stranger's browser sends costs nobody the order, and nothing personal of it is
// kept.
func TestBadEvidenceIsLeftOut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 9000)
	o := parseOrder(t, order(t, `"landing_url":"/`+long+`\u0000","reference":"`+long+`","attributes":{"_bl":"`+long+`","bl":["x"]},
		"customer":{"email":"`+long+`","phone":"\u0000","address":{"street":"\u0000"}},
		"touches":[{"link":"`+long+`"},{"id":"a\u0000"},{"link":"shopper@demo.example","viewed":true},{"page":"/shopper@demo.example"},{"page":"/"},
			{"utm":{}},{"utm":{"source":"`+long+`"}},{"utm":{"source":"shopper@demo.example","campaign":"autumn"}},{"id":" click-1 ","link":7}]`))
	placed := o.PlacedAt
	want := []attribution.Touch{
		{Kind: attribution.ByUTM, UTM: attribution.UTM{Campaign: "autumn"}, At: placed}, {ID: "click-1", Link: "7", At: placed},
	}
	if diff := cmp.Diff(want, o.Touches); diff != "" {
		t.Errorf("touches mismatch (-want +got):\n%s", diff)
	}
	if o.Customer.Known() {
		t.Errorf("customer %+v", o.Customer)
	}
}
