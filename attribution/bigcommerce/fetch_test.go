package bigcommerce_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/bigcommerce"
)

func TestFetchAsks(t *testing.T) {
	t.Parallel()
	s := &fakeStore{id: "250", parts: loadParts(t, "order_code.json")}
	fetchOrder(t, serve(t, s), "250")
	want := []string{
		"/stores/np7k2/v2/orders/250",
		"/stores/np7k2/v2/orders/250/coupons?limit=250&page=1",
		"/stores/np7k2/v2/orders/250/products?limit=250&page=1",
		"/stores/np7k2/v3/orders/250/payment_actions/refunds",
	}
	if diff := cmp.Diff(want, s.asked); diff != "" {
		t.Errorf("requests mismatch (-want +got):\n%s", diff)
	}
}

// refused answers with a status and headers "name: value".
func refused(status int, headers ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for _, header := range headers {
			name, value, _ := strings.Cut(header, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `[{"status":%d,"message":"no, %s"}]`, status, token)
	}
}

func says(body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { _, _ = w.Write([]byte(body)) }
}

func TestFetchFails(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		path   string
		answer func(http.ResponseWriter)
		want   error
		text   string
	}{
		"the token is refused":        {"/250", refused(401), byline.ErrUnauthorized, "bigcommerce: order 250: bigcommerce answered with status 401"},
		"the token may not":           {"/refunds", refused(403), byline.ErrUnauthorized, ""},
		"too many requests":           {"/products", refused(429, "X-Rate-Limit-Time-Reset-Ms: 15000"), byline.ErrRateLimited, "bigcommerce: order 250: bigcommerce: rate limited, retry after 15s"},
		"too many, by the usual name": {"/products", refused(429, "Retry-After: 3"), byline.ErrRateLimited, "bigcommerce: order 250: bigcommerce: rate limited, retry after 3s"},
		"the store is down":           {"/coupons", refused(503, "X-Request-Id: 4f1"), byline.ErrUnavailable, "bigcommerce: order 250: bigcommerce answered with status 503, request 4f1"},
		"a list is gone":              {"/coupons", refused(404), byline.ErrNotFound, ""},
		"an answer breaks off": {"/250", func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"id":250`))
		}, byline.ErrUnavailable, "bigcommerce: order 250: bigcommerce did not answer"},
		"an answer without end":      {"/products", says(`[` + strings.Repeat(" ", 4<<20)), byline.ErrInvalid, ""},
		"an order that is no JSON":   {"/250", says(`<html>`), byline.ErrInvalid, ""},
		"lists that are no lists":    {"/products", says(`{"id":1}`), byline.ErrInvalid, ""},
		"refunds that are a list":    {"/refunds", says(`[]`), byline.ErrInvalid, ""},
		"refunds without their data": {"/refunds", says(`{"meta":{}}`), byline.ErrInvalid, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &fakeStore{id: "250", parts: loadParts(t, "order_code.json"), answer: map[string]func(http.ResponseWriter){tt.path: tt.answer}}
			events, err := serve(t, s).Fetch(t.Context(), pointer("250"))
			require.Empty(t, events)
			require.ErrorIs(t, err, tt.want)
			if tt.text != "" && err.Error() != tt.text {
				t.Errorf("error %q, want %q", err, tt.text)
			}
			if strings.Contains(err.Error(), string(token)) || strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("the error shows too much: %v", err)
			}
			if permanent := errors.Is(tt.want, byline.ErrInvalid); attribution.Permanent(err) != permanent {
				t.Errorf("Permanent = %t: %v", !permanent, err)
			}
		})
	}
}

func TestFetchWithoutAClient(t *testing.T) {
	t.Parallel()
	_, err := decoder().Fetch(t.Context(), pointer("250"))
	if err == nil || attribution.Permanent(err) {
		t.Errorf("Fetch = %v, want an error that passes once a client is configured", err)
	}
}

// An order may be read a moment before the copy that answers has it. Later it is a
// mistake, and never a deletion: that would take back what was earned.
func TestFetchOfAnOrderThatIsNotThere(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		said      time.Time
		permanent bool
	}{
		"at once":            {now, false},
		"in two minutes":     {now.Add(-2 * time.Minute), false},
		"after two minutes":  {now.Add(-2*time.Minute - 1), true},
		"of an unknown time": {time.Time{}, true},
		"said in the future": {now.Add(time.Hour), false},
	}
	for name, tt := range tests {
		e := pointer("999")
		e.At = tt.said
		w := serve(t, &fakeStore{id: "250", parts: loadParts(t, "order_code.json")})
		events, err := w.Fetch(t.Context(), e)
		if len(events) > 0 || attribution.Permanent(err) != tt.permanent || errors.Is(err, byline.ErrNotFound) == tt.permanent {
			t.Errorf("%s: Fetch = %d events, %v", name, len(events), err)
		}
		if tt.permanent {
			if diff := cmp.Diff([]string{"bigcommerce.gone"}, codesOf(err)); diff != "" {
				t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
			}
		}
		w.Now = nil
		if _, err := w.Fetch(t.Context(), e); attribution.Permanent(err) {
			t.Errorf("%s: without a clock, Fetch = %v", name, err)
		}
	}
}

func TestFetchOfPointersThatPointElsewhere(t *testing.T) {
	t.Parallel()
	s := &fakeStore{id: "250", parts: loadParts(t, "order_code.json")}
	w := serve(t, s)
	for _, p := range []attribution.Pointer{{Type: "deal", ID: "250"}, {Type: "order"}, {Type: "order", ID: "../hooks"}, {Type: "order", ID: "250/coupons"}, {Type: "order", ID: "٢٥٠"}} {
		_, err := w.Fetch(t.Context(), attribution.Event{Kind: attribution.OrderPointed, Pointer: &p})
		if diff := cmp.Diff([]string{"bigcommerce.pointer"}, codesOf(err)); diff != "" {
			t.Errorf("%+v: faults mismatch (-want +got):\n%s", p, diff)
		}
	}
	if len(s.asked) > 0 {
		t.Errorf("asked %q", s.asked)
	}
	plain := attribution.Event{Key: "k", Kind: attribution.AppRemoved}
	events, err := w.Fetch(t.Context(), plain)
	require.NoError(t, err)
	if diff := cmp.Diff([]attribution.Event{plain}, events); diff != "" {
		t.Errorf("an event without a pointer changed (-want +got):\n%s", diff)
	}
}

func TestFetchIsCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := &fakeStore{id: "250", parts: loadParts(t, "order_code.json")}
	s.before = func(_ *fakeStore, path string) {
		if strings.HasSuffix(path, "/products") {
			cancel()
		}
	}
	_, err := serve(t, s).Fetch(ctx, pointer("250"))
	require.ErrorIs(t, err, context.Canceled)
	if attribution.Permanent(err) {
		t.Errorf("the delivery would fail for good: %v", err)
	}
}

// productPages answers with n products in pages of at most size.
func productPages(n, size int) func(r *http.Request, w http.ResponseWriter) {
	return func(r *http.Request, w http.ResponseWriter) {
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		var list []map[string]any
		for i := (page - 1) * size; i < min(page*size, n); i++ {
			list = append(list, map[string]any{"id": i + 1, "quantity": 1, "total_ex_tax": "1.0000"})
		}
		if list == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		_ = json.NewEncoder(w).Encode(list)
	}
}

// BigCommerce may give fewer at once than it is asked for.
func TestFetchReadsAllPages(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ n, size, asked int }{
		"none":                         {0, 250, 1},
		"one page":                     {49, 250, 1},
		"as many as are given unasked": {50, 50, 2},
		"pages of fifty":               {120, 50, 3},
		"pages of as many as we asked": {400, 250, 3},
		"exactly two":                  {500, 250, 3},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pages, asked := productPages(tt.n, tt.size), 0
			inner := &fakeStore{id: "250", parts: loadParts(t, "order_code.json")}
			w := serve(t, inner)
			outer := w.Client
			w.Client = doer(func(r *http.Request) (*http.Response, error) {
				if strings.HasSuffix(r.URL.Path, "/products") {
					asked++
					rec := newRecorder()
					pages(r, rec)
					return rec.Result(), nil
				}
				return outer.Do(r)
			})
			o := fetchOrder(t, w, "250")
			if len(o.Lines) != tt.n || asked != tt.asked {
				t.Errorf("%d lines in %d requests, want %d in %d", len(o.Lines), asked, tt.n, tt.asked)
			}
		})
	}
}

func TestFetchOfListsWithoutEnd(t *testing.T) {
	t.Parallel()
	inner := &fakeStore{id: "250", parts: loadParts(t, "order_code.json")}
	w := serve(t, inner)
	outer := w.Client
	for _, suffix := range []string{"/products", "/refunds"} {
		asked := 0
		w.Client = doer(func(r *http.Request) (*http.Response, error) {
			if !strings.HasSuffix(r.URL.Path, suffix) {
				return outer.Do(r)
			}
			asked++
			rec := newRecorder()
			if suffix == "/refunds" {
				_, _ = rec.WriteString(`{"data":[],"meta":{"pagination":{"total_pages":9000}}}`)
			} else {
				productPages(1<<20, 250)(r, rec)
			}
			return rec.Result(), nil
		})
		_, err := w.Fetch(t.Context(), pointer("250"))
		if diff := cmp.Diff([]string{"bigcommerce.size"}, codesOf(err)); diff != "" || asked > 20 {
			t.Errorf("%s: %d requests, faults mismatch (-want +got):\n%s", suffix, asked, diff)
		}
	}
}

func TestFetchReadsAllRefunds(t *testing.T) {
	t.Parallel()
	inner := &fakeStore{id: "250", parts: loadParts(t, "order_code.json")}
	w := serve(t, inner)
	outer := w.Client
	w.Client = doer(func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, "/refunds") {
			return outer.Do(r)
		}
		page := 1
		if asked := r.URL.Query().Get("page"); asked != "" {
			page, _ = strconv.Atoi(asked)
		}
		rec := newRecorder()
		_, _ = fmt.Fprintf(rec, `{"data":[{"id":%d}],"meta":{"pagination":{"total_pages":3}}}`, page)
		return rec.Result(), nil
	})
	o := fetchOrder(t, w, "250")
	var ids []string
	for _, r := range o.Refunds {
		ids = append(ids, r.ID)
	}
	if diff := cmp.Diff([]string{"1", "2", "3"}, ids); diff != "" {
		t.Errorf("refunds mismatch (-want +got):\n%s", diff)
	}
}

func TestFetchMakesKeysOfPeople(t *testing.T) {
	t.Parallel()
	identity := attribution.Identity{Key: "0123456789abcdef0123456789abcdef"}
	want := attribution.Customer{
		ID: "7301", Email: identity.Email("mira.sandoval@example.com"), Phone: identity.Phone("+44 20 7946 0111", "GB"),
		Address: identity.Address(attribution.PostalAddress{Street: "14 Harbour Lane Flat 3", PostCode: "YO21 3PU", City: "Whitby", Market: "GB"}),
	}
	if want.Email == "" || want.Phone == "" || want.Address == "" {
		t.Fatal("the identity makes no keys, so nothing is tried")
	}
	parts := loadParts(t, "order_code.json")
	w := serve(t, &fakeStore{id: "250", parts: parts})
	w.Identity = identity
	if diff := cmp.Diff(want, fetchOrder(t, w, "250").Customer); diff != "" {
		t.Errorf("customer mismatch (-want +got):\n%s", diff)
	}
	parts.Order = change(t, parts.Order, `{"customer_id":0,"billing_address":null}`)
	guest := serve(t, &fakeStore{id: "250", parts: parts})
	guest.Identity = identity
	if c := fetchOrder(t, guest, "250").Customer; c.Known() {
		t.Errorf("a guest who says nothing is known: %+v", c)
	}
}

var _ bigcommerce.Doer = doer(nil)
