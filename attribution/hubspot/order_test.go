package hubspot_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/hubspot"
)

var dealPointer = attribution.Pointer{Type: "deal.propertyChange", ID: "250"}

// faultyRecords are answers with what is wrong with each, as "path code".
var faultyRecords = []struct {
	name, pointer, deal, contact string
	want                         []string
}{
	{name: "no id", deal: `{"createdAt":"2026-10-04T09:00:05Z","updatedAt":"2026-10-04T09:00:05Z","properties":{"deal_currency_code":"EUR"}}`, want: []string{"deal.id hubspot.required"}},
	{name: "no times", deal: `{"id":"250","properties":{"deal_currency_code":"EUR"}}`, want: []string{"deal.createdAt hubspot.required", "deal.updatedAt hubspot.required"}},
	{
		name: "all at once",
		deal: `{"id":"250","createdAt":"x","updatedAt":7,"properties":{"createdate":"yesterday","hs_lastmodifieddate":"1791104405120","deal_currency_code":"EUR",
			"amount":"12,50","hs_analytics_first_timestamp":"x"},"associations":{"contacts":{"results":[{"id":"x"},{}]}}}`,
		want: []string{
			"deal.associations.contacts.results[0].id hubspot.id", "deal.associations.contacts.results[1].id hubspot.required",
			"deal.properties.createdate hubspot.time", "deal.properties.hs_lastmodifieddate hubspot.time", "deal.properties.amount hubspot.money",
			"deal.properties.hs_analytics_first_timestamp hubspot.time",
		},
	},
	{name: "a currency that is none", deal: `{"id":"250","createdAt":"2026-10-04T09:00:05Z","updatedAt":"2026-10-04T09:00:05Z","properties":{"deal_currency_code":"EURO","amount":"x"}}`, want: []string{
		"deal.properties.deal_currency_code hubspot.currency",
	}},
	{name: "an amount with an exponent", deal: `{"id":"250","createdAt":"2026-10-04T09:00:05Z","updatedAt":"2026-10-04T09:00:05Z","properties":{"deal_currency_code":"EUR","amount":"1.2E7"}}`, want: []string{
		"deal.properties.amount hubspot.money",
	}},
	{name: "properties of an odd type", deal: `{"id":"250","createdAt":"2026-10-04T09:00:05Z","updatedAt":"2026-10-04T09:00:05Z","properties":[]}`, want: []string{
		"deal.properties hubspot.shape",
	}},
	{
		name: "a contact of it", deal: `{"id":"250","createdAt":"2026-10-04T09:00:05Z","updatedAt":"2026-10-04T09:00:05Z","associations":{"contacts":{"results":[{"id":"123"}]}}}`,
		contact: `{"id":"123","createdAt":"x"}`, want: []string{"contacts[0].createdAt hubspot.time"},
	},
	{name: "a lead", pointer: "contact.creation", contact: `{"id":"250","createdAt":"x"}`, want: []string{"contact.createdAt hubspot.time", "contact.updatedAt hubspot.required"}},
}

func TestFaultsOfRecords(t *testing.T) {
	t.Parallel()
	for _, tt := range faultyRecords {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()

			p := &fakePortal{answer: map[string]func(http.ResponseWriter){
				"deals/250": says(tt.deal), "contacts/123": says(tt.contact), "contacts/250": says(tt.contact),
			}}
			pointer := dealPointer
			if tt.pointer != "" {
				pointer.Type = tt.pointer
			}
			events, err := serve(t, p).Fetch(t.Context(), pointing(pointer))
			require.Empty(t, events)
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, codesOf(err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoCurrencyAtAll(t *testing.T) {
	t.Parallel()
	w := serve(t, plainDeal(map[string]string{"amount": "12"}))
	w.Currency = ""
	_, err := w.Fetch(t.Context(), pointing(dealPointer))
	if diff := cmp.Diff([]string{"deal.properties.deal_currency_code hubspot.required"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestStages(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		won, lost  []string
		properties map[string]string
		want       attribution.Payment
	}{
		"the usual stage":               {nil, nil, map[string]string{"dealstage": "closedwon"}, attribution.Paid},
		"the usual end":                 {nil, nil, map[string]string{"dealstage": "closedlost"}, attribution.Voided},
		"an open one":                   {nil, nil, map[string]string{"dealstage": "contractsent", "hs_is_closed_won": "false"}, attribution.Pending},
		"none":                          {nil, nil, nil, attribution.Pending},
		"one of its own pipeline":       {nil, nil, map[string]string{"dealstage": "990134", "hs_is_closed_won": "true"}, attribution.Paid},
		"lost in its own pipeline":      {nil, nil, map[string]string{"dealstage": "990135", "hs_is_closed_lost": "True"}, attribution.Voided},
		"a stage that was chosen":       {[]string{"7", "signed"}, nil, map[string]string{"dealstage": "signed"}, attribution.Paid},
		"not a stage that was chosen":   {[]string{"signed"}, nil, map[string]string{"dealstage": "closedwon", "hs_is_closed_won": "true"}, attribution.Pending},
		"an end that was chosen":        {nil, []string{"withdrawn"}, map[string]string{"dealstage": "withdrawn"}, attribution.Voided},
		"not an end that was chosen":    {nil, []string{"withdrawn"}, map[string]string{"dealstage": "closedlost"}, attribution.Pending},
		"stages are told apart by case": {[]string{"Signed"}, nil, map[string]string{"dealstage": "signed"}, attribution.Pending},
	}
	for name, tt := range tests {
		w := serve(t, plainDeal(tt.properties))
		w.Won, w.Lost = tt.won, tt.lost
		o := fetchOrder(t, w, dealPointer)
		if o.Payment != tt.want || (tt.want == attribution.Voided) == o.CancelledAt.IsZero() {
			t.Errorf("%s: %q, cancelled %v, want %q", name, o.Payment, o.CancelledAt, tt.want)
		}
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		amount, own string
		want        byline.Money
	}{
		{"1200", "EUR", money("1200", byline.EUR)},
		{"1200.50", "eur", money("1200.50", byline.EUR)},
		{"1200.500", "EUR", money("1200.50", byline.EUR)},
		{"1200.505", "EUR", money("1200.51", byline.EUR)},
		{"1200", "JPY", money("1200", byline.JPY)},
		{"1.234", "KWD", money("1.234", byline.KWD)},
		{"0", "EUR", money("0", byline.EUR)},
		{"12", "", money("12", byline.GBP)}, // of the portal
	}
	for _, tt := range tests {
		o := fetchOrder(t, serve(t, plainDeal(map[string]string{"amount": tt.amount, "deal_currency_code": tt.own})), dealPointer)
		if len(o.Lines) != 1 || o.Lines[0].Gross != tt.want || o.Currency != tt.want.Currency() {
			t.Errorf("%s %s: %+v", tt.amount, tt.own, o.Lines)
		}
	}
}

func TestTimesOfDeals(t *testing.T) {
	t.Parallel()
	o := fetchOrder(t, serve(t, plainDeal(map[string]string{"createdate": "2026-10-01T11:00:00.5+02:00", "hs_lastmodifieddate": "2026-10-02T00:00:00.123Z", "closedate": "2030-01-01T00:00:00Z"})), dealPointer)
	want := []time.Time{time.Date(2026, 10, 1, 9, 0, 0, 5e8, time.UTC), time.Date(2026, 10, 2, 0, 0, 0, 123e6, time.UTC)}
	if diff := cmp.Diff(want, []time.Time{o.PlacedAt, o.UpdatedAt}); diff != "" {
		t.Errorf("times mismatch (-want +got):\n%s", diff)
	}
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 10, 4, 9, 0, 5, 0, time.UTC)
	seen := created.Add(-time.Hour)
	meta, landing := attribution.SourceOrderMeta, attribution.SourceLandingPage
	utm := func(u attribution.UTM, source string, at time.Time) attribution.Touch {
		return attribution.Touch{Kind: attribution.ByUTM, UTM: u, At: at, Source: source}
	}
	tests := map[string]struct {
		properties map[string]string
		want       []attribution.Touch
	}{
		"none":                     {nil, nil},
		"a link":                   {map[string]string{"byline_link": " ada-story "}, []attribution.Touch{{Link: "ada-story", At: created, Source: meta}}},
		"a click":                  {map[string]string{"byline_click": "c1"}, []attribution.Touch{{ID: "c1", At: created, Source: meta}}},
		"both":                     {map[string]string{"byline_link": "ada", "byline_click": "c1"}, []attribution.Touch{{ID: "c1", Link: "ada", At: created, Source: meta}}},
		"a link with odd letters":  {map[string]string{"byline_link": "ada & co=1?#%41"}, []attribution.Touch{{Link: "ada & co=1?#%41", At: created, Source: meta}}},
		"an address in a link":     {map[string]string{"byline_link": "mira@example.com"}, nil},
		"campaign parameters":      {map[string]string{"utm_source": "youtube", "utm_id": "7"}, []attribution.Touch{utm(attribution.UTM{Source: "youtube", ID: "7"}, meta, created)}},
		"an address in a campaign": {map[string]string{"utm_source": "mira@example.com"}, nil},
		"the first page":           {map[string]string{"hs_analytics_first_url": "https://x.example/ada"}, []attribution.Touch{{Kind: attribution.ByPage, Page: "/ada", At: created, Source: landing}}},
		"the first page, with its time": {
			map[string]string{"hs_analytics_first_url": "https://x.example/?bl=ada", "hs_analytics_first_timestamp": "2026-10-04T08:00:05Z"},
			[]attribution.Touch{{Link: "ada", At: seen, Source: landing}},
		},
		"a first visit after the contact": {
			map[string]string{"hs_analytics_first_url": "https://x.example/?bl=ada", "hs_analytics_first_timestamp": "2026-11-04T08:00:05Z"},
			[]attribution.Touch{{Link: "ada", At: created, Source: landing}},
		},
		"other campaigns": {
			map[string]string{"hs_analytics_source": "OTHER_CAMPAIGNS", "hs_analytics_source_data_1": "cleo", "hs_analytics_source_data_2": "news / partner"},
			[]attribution.Touch{utm(attribution.UTM{Source: "news", Medium: "partner", Campaign: "cleo"}, meta, created)},
		},
		"other campaigns without a medium": {
			map[string]string{"hs_analytics_source": "OTHER_CAMPAIGNS", "hs_analytics_source_data_2": "news"},
			[]attribution.Touch{utm(attribution.UTM{Source: "news"}, meta, created)},
		},
		"paid search": {
			map[string]string{"hs_analytics_source": "PAID_SEARCH", "hs_analytics_source_data_1": "cleo", "hs_analytics_source_data_2": "trays"},
			[]attribution.Touch{utm(attribution.UTM{Campaign: "cleo"}, meta, created)},
		},
		"social media": {
			map[string]string{"hs_analytics_source": "SOCIAL_MEDIA", "hs_analytics_source_data_1": "Instagram", "hs_analytics_source_data_2": "cleo"},
			[]attribution.Touch{utm(attribution.UTM{Campaign: "cleo"}, meta, created)},
		},
		"a source that names no campaign": {map[string]string{"hs_analytics_source": "OFFLINE", "hs_analytics_source_data_1": "IMPORT"}, nil},
		"the address says more than the source": {
			map[string]string{"hs_analytics_first_url": "/?utm_campaign=ada", "hs_analytics_source": "PAID_SOCIAL", "hs_analytics_source_data_2": "cleo"},
			[]attribution.Touch{utm(attribution.UTM{Campaign: "ada"}, landing, created)},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &fakePortal{content: content{Contacts: map[string]json.RawMessage{"123": record("123", tt.properties)}}}
			o := fetchOrder(t, serve(t, p), attribution.Pointer{Type: "contact.creation", ID: "123"})
			if diff := cmp.Diff(tt.want, o.Touches); diff != "" {
				t.Errorf("touches mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOwnNamesOfProperties(t *testing.T) {
	t.Parallel()
	w := serve(t, plainDeal(map[string]string{
		"our_link": "ada", "our_click": "c1", "our_code": "ADA15", "first_source": "tiktok", "byline_link": "no", "byline_code": "NO", "utm_source": "no",
	}))
	w.Properties = hubspot.Properties{Link: "our_link", Click: "our_click", Code: "our_code", UTM: "first_"}
	o := fetchOrder(t, w, dealPointer)
	at := time.Date(2026, 10, 4, 9, 0, 5, 0, time.UTC)
	wantTouches := []attribution.Touch{
		{ID: "c1", Link: "ada", At: at, Source: attribution.SourceOrderMeta},
		{Kind: attribution.ByUTM, UTM: attribution.UTM{Source: "tiktok"}, At: at, Source: attribution.SourceOrderMeta},
	}
	wantCodes := []attribution.CodeUse{{Code: "ADA15", Kind: attribution.Offline}}
	if diff := cmp.Diff(wantTouches, o.Touches) + cmp.Diff(wantCodes, o.Codes); diff != "" {
		t.Errorf("evidence mismatch (-want +got):\n%s", diff)
	}
}

func TestCodesWithoutEnd(t *testing.T) {
	t.Parallel()
	o := fetchOrder(t, serve(t, plainDeal(map[string]string{"byline_code": strings.Repeat("A", 256)})), dealPointer)
	if len(o.Codes) > 0 {
		t.Errorf("%d codes", len(o.Codes))
	}
}

func TestOrderIDs(t *testing.T) {
	t.Parallel()
	if id := hubspot.DealID(portal, "250"); id != "hubspot:62515:deal:250" {
		t.Errorf("DealID = %q", id)
	}
	if id := hubspot.ContactID(portal, "250"); id != "hubspot:62515:contact:250" {
		t.Errorf("ContactID = %q", id)
	}
}
