package contracts_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// randomPay is any pay for orders over any period, in euro.
func randomPay(rng *rand.Rand) contracts.Pay {
	p := contracts.Pay{Currency: byline.EUR, Period: oneOf(rng, contracts.WholeTerm, contracts.Monthly, contracts.Quarterly)}
	for i := range 1 + rng.IntN(2) {
		p.Percentages = append(p.Percentages, randomPercentage(rng, i))
	}
	if rng.IntN(2) == 0 {
		p.PerConversions = []contracts.PerConversion{{ID: "fixed", Amount: eur(1 + rng.Int64N(500)), Per: oneOf(rng, contracts.PerOrder, contracts.PerItem)}}
	}
	if rng.IntN(2) == 0 {
		p.Cap = &contracts.Cap{Amount: eur(rng.Int64N(20000)), Headroom: oneOf(rng, contracts.HeadroomReturns, contracts.HeadroomSpent)}
	}
	if rng.IntN(3) == 0 {
		p.Guarantee = eur(rng.Int64N(5000))
		if p.Cap != nil {
			p.Guarantee = eur(rng.Int64N(p.Cap.Amount.Minor() + 1))
		}
	}
	if rng.IntN(3) == 0 {
		p.Draw = eur(1 + rng.Int64N(3000))
	}
	if rng.IntN(2) == 0 {
		p.Bonuses = []contracts.Bonus{{ID: "orders", Amount: eur(777), Metric: contracts.Orders, Target: 1 + rng.Int64N(4)}, {ID: "volume", Amount: eur(333), Metric: contracts.SalesVolume, Sales: eur(1 + rng.Int64N(90000))}}
	}
	p.Hold = oneOf(rng, contracts.Hold{}, contracts.Hold{From: contracts.HeldPlaced, Days: rng.IntN(30)}, contracts.Hold{
		From: contracts.HeldDelivery, Days: rng.IntN(20), AtMost: rng.IntN(40), Items: []contracts.ItemHold{{Scope: contracts.Scope{Products: []string{"sofa"}}, Days: rng.IntN(40)}},
	})
	return p
}

func randomPercentage(rng *rand.Rand, i int) contracts.Percentage {
	r := contracts.Percentage{ID: fmt.Sprint("part", i), Rate: contracts.Rate(rng.Int64N(200000))}
	if rng.IntN(2) == 0 {
		r.Mode = oneOf(rng, contracts.Marginal, contracts.WholeAmount)
		from, rate := int64(0), contracts.Rate(rng.IntN(3))*contracts.Percent
		for range 1 + rng.IntN(3) {
			r.Tiers = append(r.Tiers, contracts.Tier{From: eur(from), Rate: rate})
			from += 1 + rng.Int64N(60000)
			rate = max(rate+contracts.Rate(rng.Int64N(150000)-50000), 0) // tiers may fall
		}
		r.Rate = 0
	}
	if i == 0 && rng.IntN(2) == 0 {
		r.Scope.Products = []string{"serum"}
	}
	if rng.IntN(3) == 0 {
		r.Base = contracts.NetSalesWithTax
	}
	return r
}

// told is a state of an order, and when it was heard of.
type told struct {
	sale
	at time.Time
}

// randomStory is what is heard of some orders, and the last state of each.
func randomStory(rng *rand.Rand) (story, final []told) {
	for i := range 6 {
		placed, lines := date(11, 1+rng.IntN(70)), randomGoods(rng)
		for range 1 + rng.IntN(4) {
			s := randomSale(rng, byline.OrderID(fmt.Sprint("shop:", i)), placed, lines)
			story = append(story, told{s, placed.Add(time.Duration(rng.IntN(30*24)) * time.Hour)})
		}
		final = append(final, story[len(story)-1])
	}
	return story, final
}

// Over any versions of any pay, whatever was told, accrued and amended on the way: at one
// instant the books are the same, no more is payable than is owed, and nothing more is
// posted.
func TestAccrueConvergesOverVersions(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 99))
		versions := []*contracts.Agreement{versionOf(t, 1, date(11, 1), later(1, 31), randomPay(rng))}
		for v := range rng.IntN(3) {
			versions = append(versions, versionOf(t, 2+v, date(11, 1+rng.IntN(40)), later(1, 31), randomPay(rng)))
		}
		story, final := randomStory(rng)
		at := date(11, 20+rng.IntN(90))
		books := func(story []told) []contracts.Balance {
			c := newTill(t, versions...)
			for _, s := range story {
				c.sell(s.sale, s.at)
				if rng.IntN(3) == 0 {
					c.accrue(s.at)
				}
			}
			c.accrue(at)
			for _, s := range final {
				c.sell(s.sale, at)
			}
			c.accrue(at)
			before := c.posted()
			c.accrue(at)
			if after := c.posted(); after != before {
				t.Fatalf("seed %d: accruing again posted %d entries", seed, after-before)
			}
			balances, err := c.Balances("ada")
			require.NoError(t, err)
			return slices.DeleteFunc(balances, func(b contracts.Balance) bool { return b.Owed.IsZero() && b.Held.IsZero() })
		}
		want := books(nil)
		roundabout := append(append([]told{}, story...), story...)
		rng.Shuffle(len(roundabout), func(i, j int) { roundabout[i], roundabout[j] = roundabout[j], roundabout[i] })
		if diff := cmp.Diff(want, books(roundabout), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d: another way, other books (-straight +roundabout):\n%s", seed, diff)
		}
		if len(want) > 0 && want[0].Held.Sign() < 0 {
			t.Fatalf("seed %d: %s is held", seed, want[0].Held)
		}
	}
}

// posted counts all entries.
func (c *till) posted() int {
	c.Helper()
	subjects := []contracts.Subject{contracts.ForAgreement("ag-ada"), contracts.ForPeriods("ag-ada")}
	for id := range c.pins {
		subjects = append(subjects, contracts.ForOrder(id))
	}
	n := 0
	for _, s := range subjects {
		entries, err := c.Entries(c.Context(), attribution.NoTx{}, s)
		require.NoError(c, err)
		n += len(entries)
	}
	return n
}
