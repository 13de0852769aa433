package hubspot_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/hubspot"
	"github.com/bylinehq/byline/internal/golden"
)

const oneChange = `[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1791104405120,"subscriptionType":"deal.creation","attemptNumber":0,"objectId":250}]`

const (
	headerSignature = "X-Hubspot-Signature-V3"
	headerTimestamp = "X-Hubspot-Request-Timestamp"
)

func TestVerifyFillsTheDelivery(t *testing.T) {
	t.Parallel()
	body := []byte(oneChange)
	got, err := decoder().Verify(signed("", body), body)
	require.NoError(t, err)
	if !strings.HasPrefix(got.ID, "body:") || len(got.ID) != len("body:")+64 {
		t.Errorf("ID = %q", got.ID)
	}
	if diff := cmp.Diff(attribution.Delivery{ID: got.ID, Body: body}, got); diff != "" {
		t.Errorf("Delivery mismatch (-want +got):\n%s", diff)
	}
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	body := []byte(oneChange)
	good := signed("", body)
	at := func(at time.Time) http.Header { return decoder().Sign(at, body) }
	tests := map[string]struct {
		header http.Header
		body   []byte
		want   error
	}{
		"no signature":              {with(good, headerSignature), body, attribution.ErrNotSigned},
		"no header at all":          {nil, body, attribution.ErrNotSigned},
		"an empty signature":        {with(good, headerSignature, ""), body, attribution.ErrNotSigned},
		"another body":              {good, append([]byte(" "), body...), attribution.ErrBadSignature},
		"no body":                   {good, nil, attribution.ErrBadSignature},
		"no time":                   {with(good, headerTimestamp), body, attribution.ErrBadSignature},
		"another time":              {with(good, headerTimestamp, strconv.FormatInt(now.UnixMilli()+1, 10)), body, attribution.ErrBadSignature},
		"a time in seconds":         {with(good, headerTimestamp, strconv.FormatInt(now.Unix(), 10)), body, attribution.ErrBadSignature},
		"not base64":                {with(good, headerSignature, strings.Repeat("!", 44)), body, attribution.ErrBadSignature},
		"hex":                       {with(good, headerSignature, strings.Repeat("0a", 32)), body, attribution.ErrBadSignature},
		"a megabyte":                {with(good, headerSignature, strings.Repeat("A", 1<<20)), body, attribution.ErrBadSignature},
		"too old":                   {at(now.Add(-5*time.Minute - time.Millisecond)), body, attribution.ErrExpired},
		"from the future":           {at(now.Add(5*time.Minute + time.Millisecond)), body, attribution.ErrExpired},
		"signed with a second hand": {at(time.UnixMilli(now.Unix())), body, attribution.ErrExpired}, // seconds where milliseconds belong
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
	body := []byte(oneChange)
	rotated, wide := decoder(), decoder()
	rotated.Secrets, wide.Tolerance = []attribution.Secret{"new", secret}, time.Hour
	tests := map[string]struct {
		hook   hubspot.Webhook
		header http.Header
	}{
		"the previous secret":       {rotated, signed("", body)},
		"at the edge of the past":   {decoder(), decoder().Sign(now.Add(-5*time.Minute), body)},
		"at the edge of the future": {decoder(), decoder().Sign(now.Add(5*time.Minute), body)},
		"with more tolerance":       {wide, decoder().Sign(now.Add(-time.Hour), body)},
	}
	for name, tt := range tests {
		_, err := tt.hook.Verify(tt.header, body)
		require.NoError(t, err, name)
	}
}

func TestVerifyWithoutConfiguration(t *testing.T) {
	t.Parallel()
	body := []byte(oneChange)
	tests := map[string]struct {
		change func(w *hubspot.Webhook)
		want   error
	}{
		"no portal":     {func(w *hubspot.Webhook) { w.PortalID = 0 }, attribution.ErrBadSignature},
		"no secret":     {func(w *hubspot.Webhook) { w.Secrets = nil }, attribution.ErrBadSignature},
		"empty secrets": {func(w *hubspot.Webhook) { w.Secrets = []attribution.Secret{"", "\x00"} }, attribution.ErrBadSignature},
		"no address":    {func(w *hubspot.Webhook) { w.URI = "" }, attribution.ErrBadSignature},
		"another":       {func(w *hubspot.Webhook) { w.URI += "/" }, attribution.ErrBadSignature},
		"another way":   {func(w *hubspot.Webhook) { w.Method = "PUT" }, attribution.ErrBadSignature},
		"no clock":      {func(w *hubspot.Webhook) { w.Now = nil }, attribution.ErrExpired},
	}
	for name, tt := range tests {
		w := decoder()
		tt.change(&w)
		if _, err := w.Verify(signed("", body), body); !errors.Is(err, tt.want) {
			t.Errorf("%s: Verify = %v, want %v", name, err, tt.want)
		}
	}
	if h := (hubspot.Webhook{}).Sign(now, body); len(h) > 0 {
		t.Errorf("signed without a secret: %v", h)
	}
}

// The address is signed. Behind a proxy the request says something else about it, and the
// sender can say what they like.
func TestPitfallURLBoundSignatureBehindAProxy(t *testing.T) {
	t.Parallel()
	body := []byte(oneChange)
	r := httptest.NewRequest(http.MethodPost, "http://10.0.0.7:8080/internal", nil)
	r.Header = signed("", body)
	r.Header.Set("X-Forwarded-Host", "attacker.example")
	r.Header.Set("X-Forwarded-Proto", "http")
	_, err := decoder().Verify(r.Header, body)
	require.NoError(t, err)
	elsewhere := decoder()
	elsewhere.URI = "https://attacker.example/webhooks/hubspot?region=eu"
	_, err = decoder().Verify(elsewhere.Sign(now, body), body)
	require.ErrorIs(t, err, attribution.ErrBadSignature)
}

// HubSpot sends the signatures of versions 1 and 2 beside that of version 3. Alone they
// prove nothing here.
func TestVectors(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(golden.SharedData(t, "payloads", "vectors.json"))
	require.NoError(t, err)
	var file struct {
		Vectors []struct {
			ID, Platform, Scheme, Expect, Secret, Body, Method, URL string
			Now                                                     int64
			Headers                                                 map[string]string
		}
	}
	require.NoError(t, json.Unmarshal(data, &file))
	judged := 0
	for _, v := range file.Vectors {
		if v.Platform != "hubspot" {
			continue
		}
		judged++
		want := attribution.ErrNotSigned
		if strings.HasPrefix(v.Scheme, "v3") {
			want = attribution.ErrBadSignature
			if v.Expect == "valid" {
				want = nil
			}
		}
		header := http.Header{}
		for name, value := range v.Headers {
			header.Set(name, value)
		}
		w := hubspot.Webhook{
			Secrets: []attribution.Secret{attribution.Secret(v.Secret)}, URI: v.URL, Method: v.Method, PortalID: portal,
			Now: func() time.Time { return time.Unix(v.Now, 0) },
		}
		if _, err := w.Verify(header, []byte(v.Body)); !errors.Is(err, want) {
			t.Errorf("%s: Verify = %v, want %v", v.ID, err, want)
		}
		if want == nil {
			if again := w.Sign(time.Unix(v.Now, 0), []byte(v.Body)); again.Get(headerSignature) != v.Headers["X-HubSpot-Signature-v3"] {
				t.Errorf("%s: Sign = %v", v.ID, again)
			}
		}
	}
	if judged != 4 {
		t.Errorf("judged %d vectors, want 4", judged)
	}
}

func TestConfigurationKeepsItsSecrets(t *testing.T) {
	t.Parallel()
	w := decoder()
	w.Token = token
	for _, text := range []string{fmt.Sprintf("%v", w), fmt.Sprintf("%+v", w), fmt.Sprintf("%#v", w)} {
		if strings.Contains(text, "fictional") {
			t.Errorf("a secret shows: %s", text)
		}
	}
}
