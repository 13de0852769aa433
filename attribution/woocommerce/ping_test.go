package woocommerce_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

const formType = "application/x-www-form-urlencoded"

// Only the ping itself is believed without a signature.
func TestPitfallPing(t *testing.T) {
	t.Parallel()
	form := http.Header{"Content-Type": {formType}}
	tests := map[string]struct {
		header http.Header
		body   string
		want   error
	}{
		"the ping":                      {form, "webhook_id=3", attribution.ErrIgnored},
		"with its character set":        {http.Header{"Content-Type": {formType + "; charset=UTF-8"}}, "webhook_id=3", attribution.ErrIgnored},
		"of a large id":                 {form, "webhook_id=18446744073709551615", attribution.ErrIgnored},
		"without an id":                 {form, "webhook_id=", attribution.ErrNotSigned},
		"with an id that is none":       {form, "webhook_id=3x", attribution.ErrNotSigned},
		"with a sign":                   {form, "webhook_id=-3", attribution.ErrNotSigned},
		"with a line end":               {form, "webhook_id=3\n", attribution.ErrNotSigned},
		"with digits of another script": {form, "webhook_id=٣", attribution.ErrNotSigned},
		"with another field":            {form, "webhook_id=3&order=1", attribution.ErrNotSigned},
		"a megabyte of digits":          {form, "webhook_id=" + strings.Repeat("3", 1<<20), attribution.ErrNotSigned},
		"under another name":            {form, "id=3", attribution.ErrNotSigned},
		"as JSON":                       {http.Header{"Content-Type": {"application/json"}}, "webhook_id=3", attribution.ErrNotSigned},
		"of no type":                    {http.Header{}, "webhook_id=3", attribution.ErrNotSigned},
		"with an empty signature":       {with(form, signatureHeader, ""), "webhook_id=3", attribution.ErrNotSigned},
		"with a signature":              {with(form, signatureHeader, "x"), "webhook_id=3", attribution.ErrBadSignature},
		"an empty body":                 {form, "", attribution.ErrNotSigned},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := decoder().Verify(tt.header, []byte(tt.body))
			if !errors.Is(err, tt.want) {
				t.Errorf("Verify = %v, want %v", err, tt.want)
			}
			if diff := cmp.Diff(attribution.Delivery{}, d); diff != "" {
				t.Errorf("a ping leaves something (-want +got):\n%s", diff)
			}
		})
	}
}

// countingInbox keeps nothing.
type countingInbox struct{ puts int }

func (i *countingInbox) Put(context.Context, attribution.Delivery) (attribution.Receipt, error) {
	i.puts++
	return attribution.Accepted, nil
}

// WooCommerce saves a webhook only when its ping is answered with exactly 200.
func TestPitfallPingAtAReceiver(t *testing.T) {
	t.Parallel()
	inbox := &countingInbox{}
	mux := http.NewServeMux()
	mux.Handle("POST /webhooks/{source}", &attribution.Receiver{
		Sources: map[string]attribution.Decoder{"demo": decoder()}, Inbox: inbox, Now: arrival,
	})
	post := func(header http.Header, body string) int {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/webhooks/demo", strings.NewReader(body))
		r.Header = header
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		return w.Code
	}
	if got := post(http.Header{"Content-Type": {formType}}, "webhook_id=3"); got != http.StatusOK || inbox.puts != 0 {
		t.Errorf("the ping was answered with %d and kept %d times, want 200 and 0", got, inbox.puts)
	}
	if got := post(http.Header{"Content-Type": {formType}}, plainOrder); got != http.StatusUnauthorized || inbox.puts != 0 {
		t.Errorf("an unsigned order was answered with %d and kept %d times, want 401 and 0", got, inbox.puts)
	}
	if got := post(signed("order.updated", []byte(plainOrder)), plainOrder); got != http.StatusOK || inbox.puts != 1 {
		t.Errorf("an order was answered with %d and kept %d times, want 200 and 1", got, inbox.puts)
	}
}

func TestPingOfASecretlessEndpoint(t *testing.T) {
	t.Parallel()
	events, err := woocommerce.Webhook{}.Decode(http.Header{"Content-Type": {formType}}, []byte("webhook_id=3"), arrival())
	require.NoError(t, err)
	require.Empty(t, events)
}
