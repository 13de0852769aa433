package hubspot_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/hubspot"
)

// The portal, its people and its secrets are made up.
const (
	portal = 62515
	shop   = "62515"
	uri    = "https://hooks.north-pier.example/webhooks/hubspot?region=eu"
	secret = attribution.Secret("fictional-secret-of-north-pier")
	token  = attribution.Secret("fictional-token-of-north-pier")
)

// personal is what stands in the payloads about people and must never be kept.
var personal = []string{"Mira", "Sandoval", "example.com", "7946", "fictional", "960111"}

var now = time.Date(2026, 10, 4, 9, 0, 10, 0, time.UTC)

func clock() time.Time { return now }

func decoder() hubspot.Webhook {
	return hubspot.Webhook{Secrets: []attribution.Secret{secret}, URI: uri, PortalID: portal, Now: clock}
}

func signed(_ string, body []byte) http.Header { return decoder().Sign(now, body) }

// changes are own payloads. Of those that are silent nothing follows.
var changes = []struct {
	file   string
	silent bool
}{
	{"changes_deal.json", false},
	{"changes_contact.json", false},
	{"changes_generic.json", false},
	{"changes_privacy.json", false},
	{"changes_merge.json", false},
	{"changes_of_nothing.json", true},
	{"changes_none.json", true},
}

// records are own portals, with what is fetched from each.
var records = map[string]attribution.Pointer{
	"deal_won.json":                     {Type: "deal.propertyChange", ID: "250"},
	"deal_open.json":                    {Type: "deal.creation", ID: "251"},
	"deal_lost.json":                    {Type: "deal.propertyChange", ID: "252"},
	"deal_own_pipeline.json":            {Type: "deal.propertyChange", ID: "253"},
	"deal_of_the_portals_currency.json": {Type: "deal.propertyChange", ID: "254"},
	"deal_several_contacts.json":        {Type: "deal.propertyChange", ID: "255"},
	"contact_visit.json":                {Type: "contact.creation", ID: "123"},
	"contact_source.json":               {Type: "contact.creation", ID: "124"},
	"contact_imported.json":             {Type: "contact.creation", ID: "125"},
	"contact_odd_but_harmless.json":     {Type: "contact.propertyChange", ID: "126"},
}

// content is what a portal holds, by id.
type content struct {
	Deals    map[string]json.RawMessage `json:"deals"`
	Contacts map[string]json.RawMessage `json:"contacts"`
}

func loadContent(t testing.TB, file string) content {
	t.Helper()
	var c content
	require.NoError(t, json.Unmarshal(load(t, file), &c))
	return c
}

// fakePortal is HubSpot's API. It gives no property that it was not asked for. It is
// safe for concurrent use.
type fakePortal struct {
	mu      sync.Mutex
	content content
	asked   []string
	// before is called ahead of each answer, with the portal locked.
	before func(p *fakePortal, path string)
	// answer replaces the answer to a path.
	answer map[string]func(http.ResponseWriter)
}

func (p *fakePortal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	path := strings.TrimPrefix(r.URL.Path, "/crm/v3/objects/")
	p.asked = append(p.asked, path)
	if p.before != nil {
		p.before(p, path)
	}
	if answer := p.answer[path]; answer != nil {
		answer(w)
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+string(token) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	kind, id, _ := strings.Cut(path, "/")
	record, ok := p.content.Deals[id], kind == "deals"
	if kind == "contacts" {
		record, ok = p.content.Contacts[id], true
	}
	if !ok || record == nil {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"status":"error","category":"OBJECT_NOT_FOUND"}`)
		return
	}
	_, _ = w.Write(only(record, strings.Split(r.URL.Query().Get("properties"), ",")))
}

// only leaves the named properties.
func only(record json.RawMessage, names []string) json.RawMessage {
	var fields, properties map[string]json.RawMessage
	if json.Unmarshal(record, &fields) != nil || json.Unmarshal(fields["properties"], &properties) != nil {
		return record
	}
	kept := map[string]json.RawMessage{}
	for _, name := range names {
		if value, ok := properties[name]; ok {
			kept[name] = value
		}
	}
	encoded, err := json.Marshal(kept)
	if err != nil {
		panic(err)
	}
	fields["properties"] = encoded
	whole, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return whole
}

// serve starts a portal and returns the endpoint that reads from it.
func serve(t testing.TB, p *fakePortal) hubspot.Webhook {
	t.Helper()
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	w := decoder()
	w.Client, w.Token, w.BaseURL, w.Currency = server.Client(), token, server.URL, byline.GBP
	return w
}

func pointing(p attribution.Pointer) attribution.Event {
	return attribution.Event{Key: "k", Kind: attribution.OrderPointed, Shop: shop, At: now.Add(-time.Second), Pointer: &p}
}

// fetchOrder fetches what must be one order.
func fetchOrder(t testing.TB, w hubspot.Webhook, p attribution.Pointer) attribution.Order {
	t.Helper()
	events, err := w.Fetch(t.Context(), pointing(p))
	require.NoError(t, err)
	require.Len(t, events, 1)
	require.NotNil(t, events[0].Order)
	return *events[0].Order
}

func sampleOrder(t testing.TB, file string) attribution.Order {
	t.Helper()
	return fetchOrder(t, serve(t, &fakePortal{content: loadContent(t, file)}), records[file])
}

// record makes a record of properties.
func record(id string, properties map[string]string) json.RawMessage {
	encoded, err := json.Marshal(map[string]any{
		"id": id, "properties": properties, "createdAt": "2026-10-04T09:00:05Z", "updatedAt": "2026-10-04T09:00:06Z",
	})
	if err != nil {
		panic(err)
	}
	return encoded
}

// plainDeal is a portal with deal 250 and its properties.
func plainDeal(properties map[string]string) *fakePortal {
	return &fakePortal{content: content{Deals: map[string]json.RawMessage{"250": record("250", properties)}}}
}

// What the tests of all adapters share.
var (
	load    = attributiontest.Load
	codesOf = attributiontest.Faults
	money   = attributiontest.Money
	with    = attributiontest.With
)
