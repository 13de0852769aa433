package attribution_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
)

// tokenDecoder believes whoever says "good" and knows one topic.
type tokenDecoder struct{}

func (tokenDecoder) Verify(h http.Header, _ []byte) (attribution.Delivery, error) {
	switch {
	case h.Get("Token") == "":
		return attribution.Delivery{}, attribution.ErrNotSigned
	case h.Get("Token") != "good":
		return attribution.Delivery{}, attribution.ErrBadSignature
	case h.Get("Topic") != "orders":
		return attribution.Delivery{}, attribution.ErrIgnored
	}
	return attribution.Delivery{ID: h.Get("Id"), Topic: "orders"}, nil
}

func (tokenDecoder) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	if string(d.Body) == "panic" {
		panic("a decoder's own fault")
	}
	o := paidOrder()
	o.Number = string(d.Body)
	e, err := attribution.OrderEvent(attribution.OrderChanged, o, d.ReceivedAt)
	return []attribution.Event{e}, err
}

// putFunc is an Inbox that one test writes by hand.
type putFunc func(attribution.Delivery) (attribution.Receipt, error)

func (f putFunc) Put(_ context.Context, d attribution.Delivery) (attribution.Receipt, error) {
	return f(d)
}

func TestReceiver(t *testing.T) {
	t.Parallel()
	good := http.Header{"Token": {"good"}, "Topic": {"orders"}, "Id": {"d1"}}
	with := func(key, value string) http.Header {
		h := good.Clone()
		h.Set(key, value)
		return h
	}
	type answer struct {
		Status  int
		Text    string
		Stored  int
		Arrived int
	}
	full := errors.New("inbox is full")
	tests := map[string]struct {
		method, path string
		header       http.Header
		body         string
		receipt      attribution.Receipt
		err          error
		want         answer
	}{
		"accepted":           {"POST", "/webhooks/demo", good, "{}", attribution.Accepted, nil, answer{200, "accepted", 1, 1}},
		"duplicate":          {"POST", "/webhooks/demo", good, "{}", attribution.Duplicate, nil, answer{200, "duplicate", 1, 0}},
		"quarantined":        {"POST", "/webhooks/demo", good, "{}", attribution.Quarantined, nil, answer{200, "quarantined", 1, 0}},
		"not JSON is taken":  {"POST", "/webhooks/demo", good, "\x00{", attribution.Accepted, nil, answer{200, "accepted", 1, 1}},
		"unknown topic":      {"POST", "/webhooks/demo", with("Topic", "products"), "{}", "", nil, answer{200, "ignored", 0, 0}},
		"not signed":         {"POST", "/webhooks/demo", http.Header{}, "{}", "", nil, answer{401, "unauthorized", 0, 0}},
		"bad signature":      {"POST", "/webhooks/demo", with("Token", "forged"), "{}", "", nil, answer{401, "unauthorized", 0, 0}},
		"unknown source":     {"POST", "/webhooks/nobody", good, "{}", "", nil, answer{401, "unauthorized", 0, 0}},
		"another method":     {"GET", "/webhooks/demo", good, "", "", nil, answer{405, "method_not_allowed", 0, 0}},
		"compressed":         {"POST", "/webhooks/demo", with("Content-Encoding", "gzip"), "{}", "", nil, answer{415, "content_encoding_not_supported", 0, 0}},
		"as large as may be": {"POST", "/webhooks/demo", good, strings.Repeat("x", 1000), attribution.Accepted, nil, answer{200, "accepted", 1, 1}},
		"a byte too large":   {"POST", "/webhooks/demo", good, strings.Repeat("x", 1001), "", nil, answer{413, "too_large", 0, 0}},
		"inbox is full":      {"POST", "/webhooks/demo", good, "{}", "", full, answer{503, "unavailable", 1, 0}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got answer
			rc := &attribution.Receiver{
				Sources: map[string]attribution.Decoder{"demo": tokenDecoder{}},
				Inbox: putFunc(func(d attribution.Delivery) (attribution.Receipt, error) {
					got.Stored++
					want := attribution.Delivery{Source: "demo", ID: "d1", Topic: "orders", Body: []byte(tt.body), ReceivedAt: placed}
					if diff := cmp.Diff(want, d); diff != "" {
						t.Errorf("delivery (-want +got):\n%s", diff)
					}
					return tt.receipt, tt.err
				}),
				Now: func() time.Time { return placed }, MaxBody: 1000, Arrived: func() { got.Arrived++ },
			}
			mux := http.NewServeMux()
			mux.Handle("/webhooks/{source}", rc)
			r := httptest.NewRequest(tt.method, tt.path, strings.NewReader(tt.body))
			r.Header = tt.header
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, r)
			var text struct{ Status string }
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &text))
			got.Status, got.Text = w.Code, text.Status
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			if retry := w.Header().Get("Retry-After"); (retry != "") != (w.Code == 503) {
				t.Errorf("Retry-After %q with status %d", retry, w.Code)
			}
		})
	}
}

// TestReceiverLogsNoSecrets posts a recognisable body and token and looks for them.
func TestReceiverLogsNoSecrets(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	rc := &attribution.Receiver{
		Sources: map[string]attribution.Decoder{"demo": tokenDecoder{}},
		Inbox: putFunc(func(attribution.Delivery) (attribution.Receipt, error) {
			return "", errors.New("disk is full")
		}),
		Now: func() time.Time { return placed }, Log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	for _, token := range []string{"good", "tell-nobody"} {
		r := httptest.NewRequest("POST", "/webhooks/demo?who=ada@example.com", strings.NewReader(`{"email":"ada@example.com"}`))
		r.SetPathValue("source", "demo")
		r.Header.Set("Token", token)
		r.Header.Set("Topic", "orders")
		rc.ServeHTTP(httptest.NewRecorder(), r)
	}
	for _, private := range []string{"ada@example.com", "tell-nobody"} {
		if strings.Contains(log.String(), private) {
			t.Errorf("the log holds %q:\n%s", private, log.String())
		}
	}
	if log.Len() == 0 {
		t.Error("nothing was logged")
	}
}

func TestSecretHidesItself(t *testing.T) {
	t.Parallel()
	const secret = attribution.Secret("tell-nobody")
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("configured", "secret", secret, "all", []attribution.Secret{secret})
	encoded, err := json.Marshal(struct{ Secret attribution.Secret }{secret})
	require.NoError(t, err)
	shown := fmt.Sprintf("%v %s %q %+v %#v %x %d %v", secret, secret, secret, secret, secret, secret, secret, []attribution.Secret{secret}) + log.String() + string(encoded)
	if strings.Contains(shown, "tell") || strings.Contains(shown, "74656c6c") {
		t.Errorf("the secret shows: %s", shown)
	}
}
