package campaign_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

// clickedLives are customerLives whose documents also carry click ids and browsers, some
// of which the desk has records of.
func clickedLives(t *testing.T, rng *rand.Rand, orders int) (pieces []attribution.Order, record func(desk)) {
	t.Helper()
	var recorded []func(desk)
	pieces = customerLives(rng, orders)
	for i := range pieces {
		p := &pieces[i]
		if !p.HasDocument() {
			continue
		}
		someone := func() string { return string(creators[rng.IntN(3)]) }
		seen := attribution.Touch{ID: fmt.Sprintf("click-%s-%d", p.ID, i), Link: someone(), At: p.PlacedAt.Add(time.Duration(rng.IntN(3)-1) * time.Minute), Verified: true}
		visitor := fmt.Sprintf("visitor-%d", rng.IntN(3))
		switch rng.IntN(3) {
		case 0:
			carried := attribution.Touch{ID: seen.ID, At: p.PlacedAt, Source: attribution.SourceCartAttribute}
			if rng.IntN(3) == 0 {
				carried.Link = someone() // whatever somebody wrote into the address
			}
			p.Touches = append(p.Touches, carried)
			if rng.IntN(3) > 0 {
				recorded = append(recorded, func(d desk) { require.NoError(t, d.orders.Record(t.Context(), seen)) })
			}
		case 1:
			p.Customer.Visitor = visitor
			recorded = append(recorded, func(d desk) {
				require.NoError(t, d.orders.RecordOf(t.Context(), p.Shop, attribution.Customer{Visitor: visitor}, seen))
			})
		}
	}
	return pieces, func(d desk) {
		for _, r := range recorded {
			r(d)
		}
	}
}

// money is what a redaction must not move.
type money struct {
	Standing                attribution.Standing
	Customer                attribution.CustomerStatus
	Sold, Returned, Earning byline.Money
	Credits                 []attribution.Credit
}

func (d desk) money(t *testing.T, pieces []attribution.Order) map[byline.OrderID]money {
	t.Helper()
	all := map[byline.OrderID]money{}
	for id, made := range d.decisions(t, pieces) {
		all[id] = money{made.Standing, made.Customer, made.Sold, made.Returned, made.Earning, made.Credits}
	}
	return all
}

func (d desk) redact(t *testing.T, r attribution.Redaction) {
	t.Helper()
	require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, attribution.Event{Kind: attribution.PersonRedact, Shop: r.Shop, Redaction: &r}))
}

// personal are the keys that clickedLives gives to people.
func personal() []string { return []string{"account-", "e1.", "p1.", "visitor-", "click-"} }

// keepsNobody looks for a person in what is kept of an order.
func (d desk) keepsNobody(t *testing.T, id byline.OrderID) {
	t.Helper()
	r, err := d.orders.Order(t.Context(), attribution.NoTx{}, id)
	require.NoError(t, err)
	text, err := json.Marshal(r)
	require.NoError(t, err)
	for _, key := range personal() {
		if strings.Contains(string(text), key) {
			t.Fatalf("order %s still holds %q: %s", id, key, text)
		}
	}
}

// TestRedactionMovesNoMoney runs two desks side by side, of which one forgets people, and
// tells both the same afterwards: the same documents again, with the people in them, and
// refunds of old orders.
func TestRedactionMovesNoMoney(t *testing.T) {
	t.Parallel()
	for name, policy := range lookingBack() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(31, 32))
			credited := 0
			for i := range 40 {
				pieces, record := clickedLives(t, rng, 6)
				remembers, forgets := historyDesk(t, policy), historyDesk(t, policy)
				for _, d := range []desk{remembers, forgets} {
					record(d)
					d.settle(t, pieces...)
				}
				redaction := attribution.Redaction{Shop: "demo.example", All: rng.IntN(4) == 0}
				for _, p := range pieces {
					if rng.IntN(2) == 0 {
						redaction.Orders = append(redaction.Orders, p.ID)
					}
				}
				forgets.redact(t, redaction)
				late := shuffled(rng, pieces)
				for range 2 {
					late = append(late, attributiontest.FullRefund(pieces[rng.IntN(len(pieces))]))
				}
				remembers.settle(t, late...)
				forgets.settle(t, late...)
				for _, p := range pieces {
					for _, d := range []desk{remembers, forgets} {
						_, err := d.Resettle(t.Context(), attribution.NoTx{}, p.ID)
						require.NoError(t, err)
					}
				}
				if diff := gocmp.Diff(remembers.money(t, pieces), forgets.money(t, pieces)); diff != "" {
					t.Fatalf("lives %d: (-remembered +forgotten):\n%s", i, diff)
				}
				if diff := gocmp.Diff(remembers.balances(t), forgets.balances(t)); diff != "" {
					t.Fatalf("lives %d: balances (-remembered +forgotten):\n%s", i, diff)
				}
				for _, id := range redaction.Orders {
					forgets.keepsNobody(t, id)
				}
				credited += len(forgets.balances(t))
			}
			if credited < 20 {
				t.Errorf("%d creators earned: the test shows too little", credited)
			}
		})
	}
}

// TestRedactionBeforeTheOrder: the tombstone waits for the order, which then earns what
// its click earned, and nobody learns whose it is.
func TestRedactionBeforeTheOrder(t *testing.T) {
	t.Parallel()
	d := historyDesk(t, lookingBack()["binding"])
	o := paidOrder()
	o.Codes = nil
	o.Customer = attribution.Customer{ID: "account-1", Email: "e1.1", Visitor: "visitor-1"}
	o.Touches = []attribution.Touch{{ID: "click-1", At: o.PlacedAt}}
	click := attribution.Touch{ID: "click-1", Link: "bruno", At: o.PlacedAt.Add(-time.Hour), Verified: true}
	require.NoError(t, d.orders.RecordOf(t.Context(), o.Shop, attribution.Customer{Visitor: "visitor-1"}, click))
	d.redact(t, attribution.Redaction{Shop: o.Shop, Orders: []byline.OrderID{o.ID}})
	d.settle(t, o, o)
	d.keepsNobody(t, o.ID)
	if diff := gocmp.Diff(map[string]int64{"bruno EUR": 1433}, d.balances(t)); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
	o.Forgotten = false
	left, err := d.orders.Touches(t.Context(), attribution.NoTx{}, o)
	require.NoError(t, err)
	if len(left) > 0 {
		t.Errorf("the click is still on record: %+v", left)
	}
	made, err := d.Resettle(t.Context(), attribution.NoTx{}, o.ID)
	require.NoError(t, err)
	if len(made.Entries) > 0 {
		t.Errorf("settled again, %+v", made.Entries)
	}
}

// Nobody can have the orders of another shop forgotten.
func TestRedactionOfAnotherShop(t *testing.T) {
	t.Parallel()
	d := historyDesk(t)
	d.settle(t, paidOrder())
	err := d.Apply(t.Context(), attribution.NoTx{}, attribution.Event{
		Kind: attribution.PersonRedact, Redaction: &attribution.Redaction{Shop: "other.example", Orders: []byline.OrderID{"shop:1"}},
	})
	if faults := byline.Nest("", err); len(faults) != 1 || faults[0].Code != "order.other_shop" {
		t.Errorf("error %v", err)
	}
}
