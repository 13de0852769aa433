package bigcommerce_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/bigcommerce"
	"github.com/bylinehq/byline/internal/golden"
)

const notice = `{"scope":"store/order/created","producer":"stores/np7k2","created_at":1791104408,"data":{"type":"order","id":250}}`

func TestVerifyFillsTheDelivery(t *testing.T) {
	t.Parallel()
	body := []byte(notice)
	got, err := decoder().Verify(signed("", body), body)
	require.NoError(t, err)
	if diff := cmp.Diff(attribution.Delivery{ID: id, Body: body}, got); diff != "" {
		t.Errorf("Delivery mismatch (-want +got):\n%s", diff)
	}
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	body := []byte(notice)
	good := signed("", body)
	signature := good.Get("Webhook-Signature")
	tests := map[string]struct {
		header http.Header
		body   []byte
		want   error
	}{
		"no signature":              {with(good, "Webhook-Signature"), body, attribution.ErrNotSigned},
		"no header at all":          {nil, body, attribution.ErrNotSigned},
		"an empty signature":        {with(good, "Webhook-Signature", ""), body, attribution.ErrNotSigned},
		"another body":              {good, append([]byte(" "), body...), attribution.ErrBadSignature},
		"no body":                   {good, nil, attribution.ErrBadSignature},
		"another id":                {with(good, "Webhook-Id", "msg_2"), body, attribution.ErrBadSignature},
		"no id":                     {with(good, "Webhook-Id"), body, attribution.ErrBadSignature},
		"another time":              {with(good, "Webhook-Timestamp", strconv.FormatInt(now.Unix()+1, 10)), body, attribution.ErrBadSignature},
		"no time":                   {with(good, "Webhook-Timestamp"), body, attribution.ErrBadSignature},
		"another secret":            {bigcommerce.Sign(id, now, body, "other"), body, attribution.ErrBadSignature},
		"the secret read as base64": {with(good, "Webhook-Signature", "v1,d6uyU1ggnSpTox3PLQtXjCq4atbJvE7JQUAeaz75VuE="), body, attribution.ErrBadSignature},
		"a signature without v1":    {with(good, "Webhook-Signature", strings.TrimPrefix(signature, "v1,")), body, attribution.ErrBadSignature},
		"a list with none":          {with(good, "Webhook-Signature", "v1,x v2,"+signature), body, attribution.ErrBadSignature},
		"a megabyte":                {with(good, "Webhook-Signature", strings.Repeat("v1,a ", 1<<18)), body, attribution.ErrBadSignature},
		"too old":                   {bigcommerce.Sign(id, now.Add(-5*time.Minute-time.Second), body, secret), body, attribution.ErrExpired},
		"from the future":           {bigcommerce.Sign(id, now.Add(5*time.Minute+time.Second), body, secret), body, attribution.ErrExpired},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := decoder().Verify(tt.header, tt.body)
			if !errors.Is(err, tt.want) {
				t.Errorf("Verify = %v, want %v", err, tt.want)
			}
			require.ErrorIs(t, err, byline.ErrUnauthorized)
			if diff := cmp.Diff(attribution.Delivery{}, got); diff != "" {
				t.Errorf("a refused Delivery is not empty (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVerifyAccepts(t *testing.T) {
	t.Parallel()
	body := []byte(notice)
	good := signed("", body)
	rotated := decoder()
	rotated.Secrets = []attribution.Secret{"new", secret}
	wide := decoder()
	wide.Tolerance = time.Hour
	tests := map[string]struct {
		hook   bigcommerce.Webhook
		header http.Header
	}{
		"one of several signatures": {decoder(), with(good, "Webhook-Signature", "v1,x v2,y "+good.Get("Webhook-Signature"))},
		"the previous secret":       {rotated, good},
		"at the edge of the past":   {decoder(), bigcommerce.Sign(id, now.Add(-5*time.Minute), body, secret)},
		"at the edge of the future": {decoder(), bigcommerce.Sign(id, now.Add(5*time.Minute), body, secret)},
		"with more tolerance":       {wide, bigcommerce.Sign(id, now.Add(-time.Hour), body, secret)},
	}
	for name, tt := range tests {
		_, err := tt.hook.Verify(tt.header, body)
		require.NoError(t, err, name)
	}
}

func TestVerifyWithoutConfiguration(t *testing.T) {
	t.Parallel()
	body := []byte(notice)
	tests := map[string]struct {
		change func(w *bigcommerce.Webhook)
		want   error
	}{
		"no store":      {func(w *bigcommerce.Webhook) { w.StoreHash = "" }, attribution.ErrBadSignature},
		"no proof":      {func(w *bigcommerce.Webhook) { w.Secrets = nil }, attribution.ErrBadSignature},
		"empty secrets": {func(w *bigcommerce.Webhook) { w.Secrets = []attribution.Secret{"", "\x00"} }, attribution.ErrBadSignature},
		"no clock":      {func(w *bigcommerce.Webhook) { w.Now = nil }, attribution.ErrExpired},
		"nothing":       {func(w *bigcommerce.Webhook) { *w = bigcommerce.Webhook{} }, attribution.ErrBadSignature},
	}
	for name, tt := range tests {
		w := decoder()
		tt.change(&w)
		if _, err := w.Verify(signed("", body), body); !errors.Is(err, tt.want) {
			t.Errorf("%s: Verify = %v, want %v", name, err, tt.want)
		}
	}
	w := bigcommerce.Webhook{StoreHash: store}
	_, err := w.Verify(http.Header{}, body)
	require.ErrorIs(t, err, attribution.ErrNotSigned)
}

// Hooks of older stores prove themselves by headers that were given when they were made.
func TestVerifyByHeaders(t *testing.T) {
	t.Parallel()
	body := []byte(notice)
	hook := bigcommerce.Webhook{StoreHash: store, Headers: map[string]attribution.Secret{"X-Hook-User": "north", "x-hook-key": "fictional-key"}}
	both := hook
	both.Secrets, both.Now = []attribution.Secret{secret}, clock
	empty := bigcommerce.Webhook{StoreHash: store, Headers: map[string]attribution.Secret{"X-Hook-User": "north", "X-Hook-Key": ""}}
	good := http.Header{"X-Hook-User": {"north"}, "X-Hook-Key": {"fictional-key"}}
	badlySigned := with(good, "Webhook-Signature", "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
	tests := map[string]struct {
		hook   bigcommerce.Webhook
		header http.Header
		body   []byte
		want   error
	}{
		"both headers":                         {hook, good, body, nil},
		"no header":                            {hook, http.Header{}, body, attribution.ErrNotSigned},
		"one is missing":                       {hook, with(good, "X-Hook-Key"), body, attribution.ErrBadSignature},
		"one is wrong":                         {hook, with(good, "X-Hook-Key", "fictional-kex"), body, attribution.ErrBadSignature},
		"one is longer":                        {hook, with(good, "X-Hook-Key", "fictional-key "), body, attribution.ErrBadSignature},
		"one is empty":                         {hook, with(good, "X-Hook-Key", ""), body, attribution.ErrBadSignature},
		"an empty secret is none":              {empty, with(good, "X-Hook-Key", ""), body, attribution.ErrBadSignature},
		"no body":                              {hook, good, nil, attribution.ErrBadSignature},
		"a signature nobody can judge":         {hook, badlySigned, body, nil},
		"unsigned, where both are configured":  {both, good, body, nil},
		"signed, where both are configured":    {both, signed("", body), body, nil},
		"a bad signature beside good headers":  {both, badlySigned, body, attribution.ErrBadSignature},
		"a bad signature without good headers": {both, with(badlySigned, "X-Hook-Key"), body, attribution.ErrBadSignature},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := tt.hook.Verify(tt.header, tt.body)
			if !errors.Is(err, tt.want) {
				t.Fatalf("Verify = %v, want %v", err, tt.want)
			}
			if err == nil && d.ID == "" {
				t.Error("the delivery has no id")
			}
		})
	}
}

// Without a signature nobody signs an id, so the body is all there is to know a delivery by.
func TestDeliveriesByHeadersAreKnownByTheirBodies(t *testing.T) {
	t.Parallel()
	hook := bigcommerce.Webhook{StoreHash: store, Headers: map[string]attribution.Secret{"X-Hook-Key": "fictional-key"}}
	verify := func(body, spoofed string) string {
		d, err := hook.Verify(http.Header{"X-Hook-Key": {"fictional-key"}, "Webhook-Id": {spoofed}}, []byte(body))
		require.NoError(t, err)
		return d.ID
	}
	first := verify(notice, "1")
	if again := verify(notice, "2"); again != first || !strings.HasPrefix(first, "body:") || len(first) != len("body:")+64 {
		t.Errorf("ids %q and %q", first, again)
	}
	if other := verify(strings.Replace(notice, "250", "251", 1), "1"); other == first {
		t.Error("another body has the same id")
	}
}

func TestVectors(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(golden.SharedData(t, "payloads", "vectors.json"))
	require.NoError(t, err)
	var file struct {
		Vectors []struct {
			ID, Platform, Expect, Body string
			ClientSecret               string `json:"client_secret"`
			Now                        int64
			Headers                    map[string]string
		}
	}
	require.NoError(t, json.Unmarshal(data, &file))
	judged := 0
	for _, v := range file.Vectors {
		if v.Platform != "bigcommerce" {
			continue
		}
		judged++
		header := http.Header{}
		for name, value := range v.Headers {
			header.Set(name, value)
		}
		w := bigcommerce.Webhook{
			Secrets: []attribution.Secret{attribution.Secret(v.ClientSecret)}, StoreHash: "{store_hash}",
			Now: func() time.Time { return time.Unix(v.Now, 0) },
		}
		d, err := w.Verify(header, []byte(v.Body))
		if (err == nil) != (v.Expect == "valid") {
			t.Errorf("%s: Verify = %v, expected %s", v.ID, err, v.Expect)
			continue
		}
		events, err := w.Parse(d)
		require.NoError(t, err)
		if len(events) != 1 || events[0].Pointer == nil || *events[0].Pointer != (attribution.Pointer{Type: "order", ID: "250"}) {
			t.Errorf("%s: events %+v", v.ID, events)
		}
		if again := bigcommerce.Sign(v.Headers["webhook-id"], time.Unix(v.Now, 0), []byte(v.Body), attribution.Secret(v.ClientSecret)); again.Get("Webhook-Signature") != v.Headers["webhook-signature"] {
			t.Errorf("%s: Sign = %v", v.ID, again)
		}
	}
	if judged != 1 {
		t.Errorf("judged %d vectors, want 1", judged)
	}
}

func TestConfigurationKeepsItsSecrets(t *testing.T) {
	t.Parallel()
	w := decoder()
	w.Token, w.Headers = token, map[string]attribution.Secret{"X-Hook-Key": "fictional-key"}
	encoded, err := json.Marshal(struct {
		Secrets []attribution.Secret
		Token   attribution.Secret
		Headers map[string]attribution.Secret
	}{w.Secrets, w.Token, w.Headers})
	require.NoError(t, err)
	for _, text := range []string{fmt.Sprintf("%v", w), fmt.Sprintf("%+v", w), fmt.Sprintf("%#v", w), string(encoded)} {
		if strings.Contains(text, "fictional") {
			t.Errorf("a secret shows: %s", text)
		}
	}
}
