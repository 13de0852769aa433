package hubspot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/hubspot"
)

// doer answers by a function.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func TestFetchAsks(t *testing.T) {
	t.Parallel()
	w := serve(t, &fakePortal{content: loadContent(t, "deal_won.json")})
	inner := w.Client
	var asked []url.URL
	var authorised []string
	w.Client = doer(func(r *http.Request) (*http.Response, error) {
		asked, authorised = append(asked, *r.URL), append(authorised, r.Header.Get("Authorization"))
		return inner.Do(r)
	})
	fetchOrder(t, w, attribution.Pointer{Type: "deal.creation", ID: "250"})
	const evidence = "byline_link,byline_click,byline_code,utm_source,utm_medium,utm_campaign,utm_content,utm_term,utm_id"
	want := []string{
		"/crm/v3/objects/deals/250 archived=false&associations=contacts&properties=createdate," + evidence +
			",hs_lastmodifieddate,amount,deal_currency_code,dealstage,hs_is_closed_won,hs_is_closed_lost",
		"/crm/v3/objects/contacts/123 archived=false&properties=createdate," + evidence +
			",lastmodifieddate,hs_analytics_first_url,hs_analytics_first_timestamp,hs_analytics_source,hs_analytics_source_data_1,hs_analytics_source_data_2",
	}
	var got []string
	for i := range asked {
		query, err := url.QueryUnescape(asked[i].RawQuery)
		require.NoError(t, err)
		got = append(got, asked[i].Path+" "+query)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests mismatch (-want +got):\n%s", diff)
	}
	if authorised[0] != "Bearer "+string(token) {
		t.Error("the token was not sent")
	}
	w.Token, w.Properties = "", hubspot.Properties{Link: "our_link", UTM: "first_utm_"}
	w.Identity = attribution.Identity{Key: "0123456789abcdef0123456789abcdef"}
	asked, authorised = nil, nil
	_, err := w.Fetch(t.Context(), pointing(attribution.Pointer{Type: "contact.creation", ID: "123"}))
	require.ErrorIs(t, err, byline.ErrUnauthorized) // the portal wants a token
	query := asked[0].Query().Get("properties")
	for _, name := range []string{"our_link,", "byline_code,", "first_utm_source,", ",email,phone"} {
		if !strings.Contains(query, name) {
			t.Errorf("%s is not asked for in %s", name, query)
		}
	}
	if authorised[0] != "" {
		t.Errorf("Authorization = %q without a token", authorised[0])
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
		_, _ = fmt.Fprintf(w, `{"status":"error","message":"no, %s"}`, token)
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
		"the token is refused":      {"deals/250", refused(401), byline.ErrUnauthorized, "hubspot: deal 250: hubspot answered with status 401"},
		"the token may not":         {"contacts/123", refused(403, "X-HubSpot-Correlation-Id: 4f1-a"), byline.ErrUnauthorized, "hubspot: deal 250: hubspot answered with status 403, request 4f1-a"},
		"too many requests":         {"contacts/123", refused(429, "X-HubSpot-RateLimit-Interval-Milliseconds: 10000"), byline.ErrRateLimited, "hubspot: deal 250: hubspot: rate limited, retry after 10s"},
		"too many, with a wait":     {"deals/250", refused(429, "Retry-After: 3"), byline.ErrRateLimited, "hubspot: deal 250: hubspot: rate limited, retry after 3s"},
		"the platform is down":      {"deals/250", refused(502), byline.ErrUnavailable, ""},
		"an answer without end":     {"deals/250", says(`{"id":"` + strings.Repeat("1", 4<<20)), byline.ErrInvalid, ""},
		"a deal that is no JSON":    {"deals/250", says(`<html>`), byline.ErrInvalid, ""},
		"a deal that is a list":     {"deals/250", says(`[]`), byline.ErrInvalid, ""},
		"a contact that is no JSON": {"contacts/123", says(`<html>`), byline.ErrInvalid, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &fakePortal{content: loadContent(t, "deal_won.json"), answer: map[string]func(http.ResponseWriter){tt.path: tt.answer}}
			events, err := serve(t, p).Fetch(t.Context(), pointing(attribution.Pointer{Type: "deal.creation", ID: "250"}))
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
	_, err := decoder().Fetch(t.Context(), pointing(attribution.Pointer{Type: "deal.creation", ID: "250"}))
	if err == nil || attribution.Permanent(err) {
		t.Errorf("Fetch = %v, want an error that passes once a client is configured", err)
	}
}

func TestFetchIsCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	p := &fakePortal{content: loadContent(t, "deal_won.json")}
	p.before = func(_ *fakePortal, path string) {
		if path == "contacts/123" {
			cancel()
		}
	}
	_, err := serve(t, p).Fetch(ctx, pointing(attribution.Pointer{Type: "deal.creation", ID: "250"}))
	require.ErrorIs(t, err, context.Canceled)
	if attribution.Permanent(err) {
		t.Errorf("the delivery would fail for good: %v", err)
	}
}

func TestFetchOfPointersThatPointElsewhere(t *testing.T) {
	t.Parallel()
	p := &fakePortal{content: loadContent(t, "deal_won.json")}
	w := serve(t, p)
	for _, pointer := range []attribution.Pointer{
		{Type: "order", ID: "250"}, {Type: "", ID: "250"}, {Type: "deals", ID: "250"}, {Type: "deal.creation"}, {Type: "deal.creation", ID: "../contacts/1"},
	} {
		_, err := w.Fetch(t.Context(), pointing(pointer))
		if diff := cmp.Diff([]string{"hubspot.pointer"}, codesOf(err)); diff != "" {
			t.Errorf("%+v: faults mismatch (-want +got):\n%s", pointer, diff)
		}
	}
	if len(p.asked) > 0 {
		t.Errorf("asked %q", p.asked)
	}
	plain := attribution.Event{Key: "k", Kind: attribution.PersonRedact, Redaction: &attribution.Redaction{Shop: shop}}
	events, err := w.Fetch(t.Context(), plain)
	require.NoError(t, err)
	if diff := cmp.Diff([]attribution.Event{plain}, events); diff != "" {
		t.Errorf("an event without a pointer changed (-want +got):\n%s", diff)
	}
}

// One record that is gone must not hold up the others of its delivery for ever. But a
// token of another portal finds nothing at all, and nobody may take that for an answer.
func TestFetchOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	const later = 2*time.Minute + 1
	own, other := says(`{"portalId":62515}`), says(`{"portalId":62516}`)
	tests := []struct {
		kind    string
		age     time.Duration
		account func(http.ResponseWriter)
		want    error // nil for no event, or a deletion
	}{
		{"deal.creation", 0, own, byline.ErrNotFound},
		{"deal.propertyChange", 2 * time.Minute, own, byline.ErrNotFound},
		{"deal.propertyChange", later, own, nil},
		{"deal.propertyChange", later, other, byline.ErrUnauthorized},
		{"deal.propertyChange", later, refused(403), byline.ErrUnauthorized},
		{"deal.propertyChange", later, refused(503), byline.ErrUnavailable},
		{"deal.propertyChange", later, says(`<html>`), byline.ErrUnauthorized},
		{"deal.restore", later, own, nil},
		{"deal.merge", 0, own, byline.ErrNotFound},
		{"contact.creation", later, own, nil},
		{"deal.deletion", 0, other, nil},
		{"deal.deletion", later, other, nil},
		{"contact.deletion", 0, own, nil},
	}
	for _, tt := range tests {
		w := serve(t, &fakePortal{answer: map[string]func(http.ResponseWriter){"/account-info/v3/details": tt.account}})
		e := pointing(attribution.Pointer{Type: tt.kind, ID: "999"})
		e.At = now.Add(-tt.age)
		events, err := w.Fetch(t.Context(), e)
		if !errors.Is(err, tt.want) || attribution.Permanent(err) {
			t.Errorf("%s after %s: %v, want %v", tt.kind, tt.age, err, tt.want)
		}
		kind, verb, _ := strings.Cut(tt.kind, ".")
		var want []attribution.Order
		if verb == "deletion" {
			want = []attribution.Order{{ID: byline.OrderID("hubspot:62515:" + kind + ":999"), Shop: shop, DeletedAt: e.At}}
		}
		var got []attribution.Order
		for _, e := range events {
			if got = append(got, *e.Order); e.Kind != attribution.OrderDeleted {
				t.Errorf("%s after %s: an event of kind %s", tt.kind, tt.age, e.Kind)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s after %s: orders mismatch (-want +got):\n%s", tt.kind, tt.age, diff)
		}
		w.Now = nil
		if _, err := w.Fetch(t.Context(), e); verb != "deletion" && !errors.Is(err, byline.ErrNotFound) {
			t.Errorf("%s: without a clock, Fetch = %v", tt.kind, err)
		}
	}
}

// A deal that was deleted, and restored before its deletion is looked at, is simply there.
func TestDeletedAndRestored(t *testing.T) {
	t.Parallel()
	p := plainDeal(map[string]string{"dealstage": "closedwon", "amount": "10", "deal_currency_code": "EUR"})
	w := serve(t, p)
	deleted := time.Date(2026, 10, 4, 9, 0, 8, 0, time.UTC) // after the deal's own clock, 09:00:06
	fetch := func(verb string, at time.Time) attribution.Order {
		e := pointing(attribution.Pointer{Type: "deal." + verb, ID: "250"})
		e.At = at
		events, err := w.Fetch(t.Context(), e)
		require.NoError(t, err)
		require.Len(t, events, 1)
		return *events[0].Order
	}
	alive := fetch("deletion", deleted)
	if !alive.DeletedAt.IsZero() || !alive.HasDocument() {
		t.Errorf("the deal is there and not deleted: %+v", alive)
	}
	deal := p.content.Deals["250"]
	p.mu.Lock()
	p.content.Deals = nil
	p.mu.Unlock()
	gone := fetch("deletion", deleted)
	if gone.DeletedAt != deleted || gone.HasDocument() {
		t.Errorf("the deal is gone: %+v", gone)
	}
	p.mu.Lock()
	p.content.Deals = map[string]json.RawMessage{"250": deal}
	p.mu.Unlock()
	back := fetch("restore", deleted.Add(time.Second))
	merged, err := alive.Merge(gone)
	require.NoError(t, err)
	if d := attribution.Decide(merged, nil, nil, attribution.Policy{}); d.Standing != attribution.StandingDeleted {
		t.Errorf("deleted, the order is %s", d.Standing)
	}
	merged, err = merged.Merge(back)
	require.NoError(t, err)
	if d := attribution.Decide(merged, nil, nil, attribution.Policy{}); d.Standing != attribution.StandingEarning {
		t.Errorf("restored, the order is %s", d.Standing)
	}
}

func TestMergedIntoAnother(t *testing.T) {
	t.Parallel()
	p := &fakePortal{content: content{Contacts: map[string]json.RawMessage{"124": record("130", nil)}}}
	events, err := serve(t, p).Fetch(t.Context(), pointing(attribution.Pointer{Type: "contact.deletion", ID: "124"}))
	require.NoError(t, err)
	require.Len(t, events, 2)
	at := time.Date(2026, 10, 4, 9, 0, 6, 0, time.UTC)
	want := attribution.Event{
		Key: "hubspot:62515:contact:130#alias#hubspot:62515:contact:124", Kind: attribution.OrderLinked, Shop: shop, At: at,
		Alias: &attribution.Alias{Order: "hubspot:62515:contact:130", Also: "hubspot:62515:contact:124"},
	}
	if diff := cmp.Diff(want, events[0]); diff != "" {
		t.Errorf("alias mismatch (-want +got):\n%s", diff)
	}
	if o := events[1].Order; o == nil || o.ID != "hubspot:62515:contact:130" || o.Kind != attribution.Lead {
		t.Errorf("what is left: %+v", events[1])
	}
}

// A contact that is gone takes nothing from its deal.
func TestContactsThatAreGone(t *testing.T) {
	t.Parallel()
	c := loadContent(t, "deal_won.json")
	c.Contacts = nil
	o := fetchOrder(t, serve(t, &fakePortal{content: c}), attribution.Pointer{Type: "deal.creation", ID: "250"})
	if o.Customer.Known() || len(o.Touches) > 0 || o.Payment != attribution.Paid {
		t.Errorf("order %+v", o)
	}
}

func TestFetchMakesKeysOfPeople(t *testing.T) {
	t.Parallel()
	identity := attribution.Identity{Key: "0123456789abcdef0123456789abcdef"}
	want := attribution.Customer{ID: "123", Email: identity.Email("mira.sandoval@example.com"), Phone: identity.Phone("020 7946 0111", "GB")}
	if want.Email == "" || want.Phone == "" {
		t.Fatal("the identity makes no keys, so nothing is tried")
	}
	for _, p := range []attribution.Pointer{{Type: "deal.creation", ID: "250"}, {Type: "contact.creation", ID: "123"}} {
		w := serve(t, &fakePortal{content: loadContent(t, "deal_won.json")})
		w.Identity, w.Market = identity, "GB"
		if diff := cmp.Diff(want, fetchOrder(t, w, p).Customer); diff != "" {
			t.Errorf("%s: customer mismatch (-want +got):\n%s", p.Type, diff)
		}
	}
}
