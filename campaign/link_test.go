package campaign_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
)

func linked(order, also byline.OrderID) attribution.Event {
	return attribution.Event{Kind: attribution.OrderLinked, Shop: "demo.example", Alias: &attribution.Alias{Order: order, Also: also}}
}

func told(o attribution.Order) attribution.Event {
	return attribution.Event{Kind: attribution.OrderChanged, Shop: o.Shop, Order: &o}
}

// paymentLife is an order whose document names the invoice, while refunds and disputes
// name the payment, and now and then a document does too.
func paymentLife(rng *rand.Rand, pieces []attribution.Order) (events []attribution.Event, whole []attribution.Order) {
	named := map[byline.OrderID]bool{}
	for _, p := range pieces {
		if rng.IntN(4) == 0 {
			whole = append(whole, attribution.Order{ID: p.ID, Shop: p.Shop, Disputes: []attribution.Dispute{{
				ID: "d", At: p.PlacedAt, AsOf: attributiontest.LifeStart(), State: attribution.DisputeLost, Amount: byline.Minor(rng.Int64N(900), p.Currency),
			}}})
		}
		whole = append(whole, p)
		if !named[p.ID] || rng.IntN(4) == 0 {
			events = append(events, linked(p.ID, "pi:"+p.ID))
		}
		named[p.ID] = true
	}
	for _, p := range whole {
		if !p.HasDocument() || rng.IntN(8) == 0 {
			p.ID = "pi:" + p.ID
		}
		events = append(events, told(p))
	}
	return events, whole
}

// TestAliasesConverge: whatever comes first, the order ends as if it had one id.
func TestAliasesConverge(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(41, 42))
	policies := lookingBack()
	names := []string{"limits alone", "binding", "all at once"}
	moved := 0
	for i := range 75 {
		policy := policies[names[i%len(names)]]
		pieces := customerLives(rng, 1+rng.IntN(4))
		if i%2 == 0 {
			pieces = attributiontest.Life(rng, byline.OrderID(fmt.Sprint("in:", i)), "ada15", "bruno15")
		}
		events, whole := paymentLife(rng, pieces)
		want := historyDesk(t, policy)
		want.settle(t, whole...)
		for range 3 {
			d := historyDesk(t, policy)
			for range rng.IntN(3) {
				events = append(events, events[rng.IntN(len(events))])
			}
			rng.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
			for _, e := range events {
				require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, e))
			}
			sameDecisions(t, i, want.decisions(t, pieces), d.decisions(t, pieces))
			if diff := gocmp.Diff(want.balances(t), d.balances(t)); diff != "" {
				t.Fatalf("life %d: balances (-one id +two ids):\n%s", i, diff)
			}
			for _, p := range pieces {
				moved += d.owesNothing(t, "pi:"+p.ID)
			}
		}
	}
	if moved < 20 {
		t.Errorf("%d postings were made under an alias and taken back: the test shows too little", moved)
	}
}

// owesNothing checks that an alias has no record and no balance, and returns how many
// entries it took to get there.
func (d desk) owesNothing(t *testing.T, id byline.OrderID) int {
	t.Helper()
	_, err := d.orders.Order(t.Context(), attribution.NoTx{}, id)
	require.ErrorIs(t, err, byline.ErrNotFound)
	entries, err := d.ledger.Entries(t.Context(), attribution.NoTx{}, contracts.ForOrder(id))
	require.NoError(t, err)
	owed := map[byline.CreatorID]int64{}
	for _, e := range entries {
		owed[e.Creator] += e.Amount.Minor()
	}
	for creator, amount := range owed {
		if amount != 0 {
			t.Errorf("%s is owed %d under the alias %s", creator, amount, id)
		}
	}
	return len(entries)
}

func TestAliasesThatAreRefused(t *testing.T) {
	t.Parallel()
	elsewhere := paidOrder()
	elsewhere.ID, elsewhere.Shop = "in:x", "other.example"
	for name, tt := range map[string]struct {
		before []attribution.Event
		alias  attribution.Event
		want   at
	}{
		"no order":                     {nil, linked("", "pi:1"), at{"order", "required"}},
		"no further id":                {nil, linked("in:1", ""), at{"also", "required"}},
		"itself":                       {nil, linked("in:1", "in:1"), at{"also", "alias.self"}},
		"of another order":             {[]attribution.Event{linked("in:1", "pi:1")}, linked("in:2", "pi:1"), at{"also", "alias.other_order"}},
		"of an alias":                  {[]attribution.Event{linked("in:1", "pi:1")}, linked("pi:1", "ch:1"), at{"order", "alias.chain"}},
		"that has aliases":             {[]attribution.Event{linked("in:1", "pi:1")}, linked("cs:1", "in:1"), at{"also", "alias.chain"}},
		"in a circle":                  {[]attribution.Event{linked("in:1", "pi:1")}, linked("pi:1", "in:1"), at{"order", "alias.chain"}},
		"an order of another shop":     {[]attribution.Event{told(elsewhere)}, linked("in:x", "pi:1"), at{"", "alias.other_shop"}},
		"an id that is another shop's": {[]attribution.Event{told(elsewhere)}, linked("in:1", "in:x"), at{"", "alias.other_shop"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := historyDesk(t)
			for _, e := range tt.before {
				require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, e))
			}
			err := d.Apply(t.Context(), attribution.NoTx{}, tt.alias)
			if diff := gocmp.Diff([]at{tt.want}, faultOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("where nothing keeps them", func(t *testing.T) {
		t.Parallel()
		s := *newDesk(t).Settler
		s.Orders, s.Aliases = struct {
			campaign.OrderStore[attribution.NoTx]
		}{s.Orders}, nil
		made, err := campaign.NewSettler(s)
		require.NoError(t, err)
		err = made.Apply(t.Context(), attribution.NoTx{}, linked("in:1", "pi:1"))
		if diff := gocmp.Diff([]at{{"", "settler.no_aliases"}}, faultOf(err)); diff != "" {
			t.Errorf("faults (-want +got):\n%s", diff)
		}
	})
}

// faultOf is the fault of an error that is one alone.
func faultOf(err error) []at {
	var faults []at
	for _, f := range byline.Nest("", err) {
		if errors.Is(err, byline.ErrInvalid) {
			faults = append(faults, at{f.Path, f.Code})
		}
	}
	return faults
}

// A store that can keep aliases does.
func TestAliasesAreKeptWhereTheOrdersAre(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := paidOrder()
	o.ID = "pi:1"
	d.settle(t, o)
	require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, linked("in:1", "pi:1")))
	if diff := gocmp.Diff(map[string]int64{"ada EUR": 733}, d.balances(t)); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
	d.owesNothing(t, "pi:1")
}

// The same id of another shop stands for nothing.
func TestAnAliasIsOfItsShop(t *testing.T) {
	t.Parallel()
	d := historyDesk(t)
	require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, linked("in:1", "shop:1")))
	theirs := paidOrder()
	theirs.Shop = "other.example"
	d.settle(t, theirs)
	r, err := d.orders.Order(t.Context(), attribution.NoTx{}, "shop:1")
	require.NoError(t, err)
	if r.Order.Shop != theirs.Shop {
		t.Errorf("the order of %s went elsewhere", theirs.Shop)
	}
}

// A person who was forgotten under one id is forgotten under the other.
func TestAliasOfAForgottenOrder(t *testing.T) {
	t.Parallel()
	o := paidOrder()
	o.ID, o.Customer = "in:1", attribution.Customer{ID: "account-1", Email: "e1.1"}
	payment := attribution.Order{ID: "pi:1", Shop: o.Shop, Customer: o.Customer}
	redact := attribution.Event{Kind: attribution.PersonRedact, Redaction: &attribution.Redaction{Shop: o.Shop, Orders: []byline.OrderID{"pi:1"}}}
	for name, events := range map[string][]attribution.Event{
		"redacted, told, linked": {redact, told(o), linked("in:1", "pi:1")},
		"told, linked, redacted": {told(o), told(payment), linked("in:1", "pi:1"), redact},
		"linked, redacted, told": {linked("in:1", "pi:1"), redact, told(payment), told(o)},
		"told, redacted, linked": {told(o), told(payment), redact, linked("in:1", "pi:1"), told(payment)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := historyDesk(t)
			for _, e := range events {
				require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, e))
			}
			d.keepsNobody(t, "in:1")
			if diff := gocmp.Diff(map[string]int64{"ada EUR": 733}, d.balances(t)); diff != "" {
				t.Errorf("balances (-want +got):\n%s", diff)
			}
		})
	}
}

// The pins of an order's first decision outlive its change of name.
func TestAliasKeepsPins(t *testing.T) {
	t.Parallel()
	o := paidOrder()
	o.ID = "pi:1"
	d := historyDesk(t).under(t, adaTerms(1, 7))
	d.settle(t, o)
	d = d.under(t, adaTerms(1, 7), adaTerms(2, 50))
	made, err := d.Link(t.Context(), attribution.NoTx{}, o.Shop, attribution.Alias{Order: "in:1", Also: "pi:1"})
	require.NoError(t, err)
	if len(made.Entries) != 2 || made.Record.Order.ID != "in:1" {
		t.Errorf("linked: %+v", made)
	}
	if diff := gocmp.Diff(map[string]int64{"ada EUR": 700}, d.balances(t)); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
}

var _ campaign.AliasStore[attribution.NoTx] = (*attribution.Memory)(nil)

var _ campaign.HistoryStore[attribution.NoTx] = (*attribution.Memory)(nil)
