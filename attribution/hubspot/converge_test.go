package hubspot_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// life is what one deal is like from day to day: made, won, opened again, changed, lost,
// and won at last.
func life() []map[string]string {
	state := func(clock, stage, amount string) map[string]string {
		return map[string]string{"hs_lastmodifieddate": clock, "dealstage": stage, "amount": amount, "deal_currency_code": "EUR"}
	}
	return []map[string]string{
		state("2026-10-04T09:00:06.001Z", "qualified", ""),
		state("2026-10-04T09:00:06.002Z", "closedwon", "1200"),
		state("2026-10-05T09:00:00Z", "contractsent", "1200"),
		state("2026-10-06T09:00:00Z", "contractsent", "900"),
		state("2026-10-07T09:00:00Z", "closedlost", "900"),
		state("2026-10-08T09:00:00Z", "closedwon", "950.50"),
	}
}

// Webhooks come late, twice and in any order, and the portal moves on between them. The
// order ends as the deal stands when the last of them is looked at.
func TestPitfallOutOfOrder(t *testing.T) {
	t.Parallel()
	states := life()
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		p := plainDeal(states[0])
		w := serve(t, p)
		var bodies []string
		for i := range states {
			body := edit(`"eventId":1`, `"eventId":1`+string(rune('0'+i)), `creation`, []string{"creation", "propertyChange"}[min(i, 1)])
			bodies = append(bodies, body, body)
		}
		rng.Shuffle(len(bodies), func(i, j int) { bodies[i], bodies[j] = bodies[j], bodies[i] })
		var order *attribution.Order
		for i, body := range bodies {
			p.mu.Lock()
			p.content.Deals["250"] = record("250", states[min(i*rng.IntN(2), len(states)-1)])
			if i == len(bodies)-1 {
				p.content.Deals["250"] = record("250", states[len(states)-1])
			}
			p.mu.Unlock()
			order = apply(t, w, order, body)
		}
		sales, err := order.Sales()
		require.NoError(t, err)
		if order.Payment != attribution.Paid || sales.Kept != money("950.50", byline.EUR) {
			t.Fatalf("seed %d ends as %s with %s", seed, order.Payment, sales.Kept)
		}
	}
}

// apply does what a worker does with one delivery.
func apply(t testing.TB, w attribution.Fetcher, known *attribution.Order, body string) *attribution.Order {
	t.Helper()
	pointers, err := w.Parse(attribution.Delivery{Body: []byte(body)})
	require.NoError(t, err)
	for _, pointer := range pointers {
		events, err := w.Fetch(t.Context(), pointer)
		require.NoError(t, err)
		for _, e := range events {
			if known == nil {
				known = e.Order
			}
			merged, err := known.Merge(*e.Order)
			require.NoError(t, err)
			known = &merged
		}
	}
	return known
}

// Of all states, in whatever order they were seen, the latest by HubSpot's clock stays.
func TestFetchesConverge(t *testing.T) {
	t.Parallel()
	var seen []attribution.Order
	for _, state := range life() {
		seen = append(seen, fetchOrder(t, serve(t, plainDeal(state)), dealPointer))
	}
	last := seen[len(seen)-1]
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 2))
		pieces := append([]attribution.Order{last}, seen...)
		rng.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
		merged := pieces[0]
		for _, piece := range pieces {
			var err error
			merged, err = merged.Merge(piece)
			require.NoError(t, err)
		}
		if diff := cmp.Diff(last, merged); diff != "" {
			t.Fatalf("seed %d ends elsewhere (-last +got):\n%s", seed, diff)
		}
	}
}

// Two webhooks of one state are one fact.
func TestOneStateIsOneFact(t *testing.T) {
	t.Parallel()
	w := serve(t, plainDeal(life()[1]))
	fetch := func(verb string) string {
		events, err := w.Fetch(t.Context(), pointing(attribution.Pointer{Type: "deal." + verb, ID: "250"}))
		require.NoError(t, err)
		return events[0].Key
	}
	if a, b := fetch("creation"), fetch("propertyChange"); a != b {
		t.Errorf("keys %q and %q", a, b)
	}
}

// The contact moves between the calls of one Fetch; the next brings it whole.
func TestFetchOfAContactThatMoves(t *testing.T) {
	t.Parallel()
	c := loadContent(t, "deal_won.json")
	p := &fakePortal{content: c}
	w := serve(t, p)
	p.before = func(p *fakePortal, path string) {
		if path == "contacts/123" {
			p.content.Contacts = map[string]json.RawMessage{"123": record("123", map[string]string{"byline_link": "cleo-story"})}
		}
	}
	first, second := fetchOrder(t, w, dealPointer), fetchOrder(t, w, dealPointer)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the second differs (-first +second):\n%s", diff)
	}
	if len(second.Touches) != 1 || second.Touches[0].Link != "cleo-story" {
		t.Errorf("touches %+v", second.Touches)
	}
}
