package contracts_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// till posts sales and accruals of one register into a ledger, as a settler does.
type till struct {
	testing.TB
	*contracts.Register
	contracts.Ledger
	pins     map[byline.OrderID][]attribution.Pin
	progress contracts.Progress
}

func newTill(t testing.TB, agreements ...*contracts.Agreement) *till {
	t.Helper()
	r, err := contracts.NewRegister(agreements...)
	require.NoError(t, err)
	return &till{TB: t, Register: r, pins: map[byline.OrderID][]attribution.Pin{}}
}

// paying drafts ada's terms of November with a pay.
func paying(t testing.TB, pay contracts.Pay) *contracts.Agreement {
	t.Helper()
	return draft(t, func(a *contracts.Terms) { a.Pay = pay })
}

func (c *till) sell(s sale, at time.Time) {
	c.Helper()
	id := s.decision.Order
	earned, err := c.Earn(s.decision, c.pins[id], s.options(at))
	require.NoError(c, err)
	c.pins[id] = earned.Pins
	_, err = c.Post(contracts.ForOrder(id), earned.Lines, at)
	require.NoError(c, err)
}

func (c *till) accrue(at time.Time) {
	c.Helper()
	due, err := c.Due(c.Context(), attribution.NoTx{}, at, 1<<20)
	require.NoError(c, err)
	for _, subject := range due {
		_, err := contracts.PostRelease(c.Context(), attribution.NoTx{}, &c.Ledger, subject, at, at)
		require.NoError(c, err)
	}
	for _, id := range c.IDs() {
		posted, err := c.Entries(c.Context(), attribution.NoTx{}, contracts.ForAgreement(id))
		require.NoError(c, err)
		owed, err := c.Owed(id, posted, c.progress, at)
		require.NoError(c, err)
		_, err = c.Post(contracts.ForAgreement(id), owed, at)
		require.NoError(c, err)
		over, err := c.Accrue(id, func(span byline.Window) (contracts.Earnings, error) {
			return c.Earnings(c.Context(), attribution.NoTx{}, id, span)
		}, c.progress, at)
		require.NoError(c, err)
		_, err = c.Post(contracts.ForPeriods(id), over, at)
		require.NoError(c, err)
	}
}

// shows compares ada's accounts in euro cents.
func (c *till) shows(what string, held, payable int64) {
	c.Helper()
	balances, err := c.Balances("ada")
	require.NoError(c, err)
	var gotHeld, gotPayable byline.Money
	if len(balances) > 0 {
		gotHeld, gotPayable = balances[0].Held, balances[0].Payable
	}
	if gotHeld.Minor() != held || gotPayable.Minor() != payable {
		c.Errorf("%s: held %s and payable %s, want %s and %s", what, gotHeld, gotPayable, eur(held), eur(payable))
	}
}

func good(cents int64) goods { return goods{sold: cents, kept: cents} }

func tenPercent() []contracts.Percentage {
	return []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent}}
}

func tiered(mode contracts.TierMode) []contracts.Percentage {
	return []contracts.Percentage{{ID: "sales", Mode: mode, Tiers: []contracts.Tier{
		{From: eur(0), Rate: 10 * contracts.Percent}, {From: eur(100000), Rate: 15 * contracts.Percent}}}}
}

// Tiers follow the period's sales as they are now: a refund takes them back.
func TestAccrueTiers(t *testing.T) {
	t.Parallel()
	for mode, want := range map[contracts.TierMode]struct{ reached, below int64 }{
		contracts.Marginal:    {17500, 9000},
		contracts.WholeAmount: {22500, 9000},
	} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			c := newTill(t, paying(t, contracts.Pay{Currency: byline.EUR, Percentages: tiered(mode)}))
			for i := range 5 {
				c.sell(sell(byline.OrderID(fmt.Sprint("shop:", i)), date(11, 2+i), good(30000)), date(11, 8))
			}
			c.shows("before the period is looked at", 0, 15000)
			c.accrue(date(11, 9))
			c.accrue(date(11, 9))
			c.shows("1,500.00 sold", 0, want.reached)
			c.sell(sell("shop:0", date(11, 2), goods{sold: 30000}).standing(attribution.StandingRefunded), date(11, 10))
			c.sell(sell("shop:1", date(11, 3), goods{sold: 30000}), date(11, 10))
			c.accrue(date(11, 11))
			c.shows("900.00 left", 0, want.below)
		})
	}
}

// At the boundary one minor unit decides.
func TestAccrueTierBoundary(t *testing.T) {
	t.Parallel()
	for sold, want := range map[int64]int64{99999: 10000, 100000: 15000, 100001: 15000} {
		c := newTill(t, paying(t, contracts.Pay{Currency: byline.EUR, Percentages: tiered(contracts.WholeAmount)}))
		c.sell(sell("shop:1", date(11, 2), good(sold)), date(11, 3))
		c.accrue(date(11, 3))
		c.shows(eur(sold).String(), 0, want)
	}
}

// A month is one of the agreement's zone, and an order counts in the month in which it
// was placed, whenever it comes back.
func TestAccrueByMonthInTheZone(t *testing.T) {
	t.Parallel()
	berlin := draft(t, func(a *contracts.Terms) {
		a.Zone, a.Effective = "Europe/Berlin", byline.Window{Start: date(10, 1), End: date(12, 31)}
		a.Pay = contracts.Pay{Currency: byline.EUR, Period: contracts.Monthly, Percentages: tiered(contracts.WholeAmount)}
	})
	c := newTill(t, berlin)
	november := time.Date(2026, 10, 31, 23, 0, 0, 0, time.UTC) // midnight in Berlin
	c.sell(sell("shop:1", november.Add(-time.Microsecond), good(60000)), november)
	c.sell(sell("shop:2", november, good(60000)), november)
	c.accrue(date(12, 1))
	c.shows("two months of 600.00", 0, 12000)
	c.sell(sell("shop:3", november.Add(time.Hour), good(40000)), november)
	c.accrue(date(12, 1))
	c.shows("1,000.00 in November", 0, 6000+15000)
}

// A cap says what becomes of headroom that came back.
func TestAccrueCap(t *testing.T) {
	t.Parallel()
	for headroom, want := range map[contracts.Headroom]struct{ half, rest int64 }{
		contracts.HeadroomReturns: {5000, 5000}, // half of 200.00 came back: 100.00 is under the cap no more
		contracts.HeadroomSpent:   {2500, 3333},
	} {
		t.Run(string(headroom), func(t *testing.T) {
			t.Parallel()
			c := newTill(t, paying(t, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Cap: &contracts.Cap{Amount: eur(5000), Headroom: headroom}}))
			c.sell(sell("shop:1", date(11, 2), good(100000)), date(11, 3))
			c.accrue(date(11, 3))
			c.shows("100.00 capped at 50.00", 0, 5000)
			c.sell(sell("shop:1", date(11, 2), goods{sold: 100000, kept: 50000}), date(11, 4))
			c.accrue(date(11, 4))
			c.shows("half came back", 0, want.half)
			c.sell(sell("shop:2", date(11, 5), good(50000)), date(11, 5))
			c.accrue(date(11, 5))
			c.shows("another order", 0, want.rest)
			for _, id := range []byline.OrderID{"shop:1", "shop:2"} {
				c.sell(sell(id, date(11, 2), goods{sold: 100000}), date(11, 6))
			}
			c.accrue(date(11, 6))
			c.shows("everything came back", 0, 0)
		})
	}
}

// A guarantee tops up when the period is over, and follows what comes back later.
func TestAccrueGuarantee(t *testing.T) {
	t.Parallel()
	c := newTill(t, paying(t, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Guarantee: eur(20000)}))
	c.sell(sell("shop:1", date(11, 2), good(50000)), date(11, 3))
	c.accrue(date(12, 1).Add(-1))
	c.shows("a moment before the end", 0, 5000)
	c.accrue(date(12, 1))
	c.shows("at the end", 0, 20000)
	c.sell(sell("shop:1", date(11, 2), goods{sold: 50000}), date(12, 3))
	c.accrue(date(12, 3))
	c.shows("after a refund", 0, 20000)
	c.sell(sell("shop:2", date(11, 30), good(300000)), date(12, 4))
	c.accrue(date(12, 4))
	c.shows("a late document is above it", 0, 30000)
}

// What is paid ahead is kept back from what is released, and never from more.
func TestAccrueDraw(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Draw: eur(10000), Period: contracts.Monthly, Hold: contracts.Hold{From: contracts.HeldPlaced, Days: 10}}
	c := newTill(t, draft(t, func(a *contracts.Terms) {
		a.Pay, a.Effective.End = pay, date(12, 31)
	}))
	c.accrue(date(11, 1).Add(-1))
	c.shows("before the term", 0, 0)
	c.accrue(date(11, 1))
	c.shows("paid ahead", 0, 10000)
	c.sell(sell("shop:1", date(11, 2), good(60000)), date(11, 3))
	c.accrue(date(11, 12).Add(-1))
	c.shows("commission waits", 6000, 10000)
	c.accrue(date(11, 12))
	c.shows("kept back as it is released", 0, 10000)
	c.sell(sell("shop:2", date(11, 15), good(100000)), date(11, 16))
	c.accrue(date(11, 30))
	c.shows("the advance is earned back", 0, 16000)
	c.accrue(date(12, 1))
	c.shows("the next month's advance is kept back from that month's commission", 0, 26000)
	c.sell(sell("shop:1", date(11, 2), goods{sold: 60000}), date(12, 2))
	c.accrue(date(12, 2))
	c.shows("all but 100.00 of November's came back", 0, 20000)
	c.sell(sell("shop:2", date(11, 15), goods{sold: 100000}), date(12, 3))
	c.sell(sell("shop:3", date(12, 5), good(150000)), date(12, 6))
	c.accrue(date(12, 15))
	c.shows("what November left is kept back from December", 0, 20000)
}

func TestAccrueBonus(t *testing.T) {
	t.Parallel()
	c := newTill(t, paying(t, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Hold: contracts.Hold{From: contracts.HeldPlaced, Days: 10},
		Bonuses: []contracts.Bonus{
			{ID: "two", Amount: eur(100), Metric: contracts.Orders, Target: 2},
			{ID: "volume", Amount: eur(1000), Metric: contracts.SalesVolume, Sales: eur(2000)},
			{ID: "views", Amount: eur(10000), Metric: contracts.Views, Target: 5000},
		}}))
	c.sell(sell("shop:1", date(11, 2), good(1000)), date(11, 3))
	c.accrue(date(11, 3))
	c.shows("one order", 100, 0)
	c.sell(sell("shop:2", date(11, 4), good(1000)), date(11, 4))
	c.accrue(date(11, 4))
	c.shows("two orders, none released", 200+1100, 0)
	c.accrue(date(11, 14))
	c.shows("both released", 0, 200+1100)
	c.sell(sell("shop:1", date(11, 2), goods{sold: 1000}), date(11, 15))
	c.accrue(date(11, 15))
	c.shows("one came back", 0, 100)
	c.progress.Readings = []contracts.Reading{
		{Metric: contracts.Views, Post: "a", Count: 3000, At: date(11, 20)}, {Metric: contracts.Views, Post: "b", Count: 1999, At: date(11, 20)},
		{Metric: contracts.Views, Post: "a", Count: 100_000, At: date(11, 30)},
	}
	c.accrue(date(11, 20))
	c.shows("a view short", 0, 100)
	c.progress.Readings[1].Count++
	c.accrue(date(11, 20))
	c.shows("5,000 views", 0, 10100)
}

// A fee is owed once, by the version in force when it falls due.
func TestOwedFees(t *testing.T) {
	t.Parallel()
	fees := func(amount int64) contracts.Pay {
		return contracts.Pay{Fees: []contracts.Fee{
			{ID: "start", Amount: eur(amount)}, {ID: "signing", Amount: eur(amount * 10), Due: contracts.AtSigning},
			{ID: "posting", Amount: eur(amount * 100), Due: contracts.AtPosting, Of: "reel", After: 2},
		}}
	}
	first := draft(t, func(a *contracts.Terms) { a.Pay, a.SignedAt = fees(1), date(10, 30) })
	second := draft(t, func(a *contracts.Terms) {
		a.Version, a.Pay, a.SignedAt, a.Effective.Start = 2, fees(2), date(11, 14), date(11, 15)
	})
	c := newTill(t, first)
	c.accrue(date(11, 1))
	c.shows("start and signing", 0, 11)
	c = newTill(t, first, second)
	c.accrue(date(11, 20))
	c.shows("an amendment does not owe them again", 0, 11)
	c.progress.Events = []contracts.Event{
		{Milestone: contracts.AtPosting, Of: "story", At: date(11, 5)},
		{Milestone: contracts.AtPosting, Of: "reel", At: date(11, 14)},
	}
	c.accrue(date(11, 16).Add(-1))
	c.shows("two days are not over", 0, 11)
	c.accrue(date(11, 16))
	c.shows("by the version in force at the posting", 0, 111)
	c.progress.Cancelled = &contracts.Cancellation{Stage: contracts.StageDelivered, At: date(11, 17)}
	c.accrue(date(11, 17))
	c.shows("no kill fee was agreed", 0, 111)
}

func TestOwedKillFee(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{Fees: []contracts.Fee{{ID: "start", Amount: eur(30000)}, {ID: "posting", Amount: eur(70000), Due: contracts.AtPosting}}}
	for stage, want := range map[contracts.Stage]int64{contracts.StageSigned: 30000, contracts.StageProduced: 50000, contracts.StageDelivered: 100000} {
		c := newTill(t, draft(t, func(a *contracts.Terms) {
			a.Pay = pay
			a.Clauses.KillFees = []contracts.KillFee{{contracts.StageSigned, 25 * contracts.Percent}, {contracts.StageProduced, 50 * contracts.Percent}, {contracts.StageDelivered, contracts.Whole}}
		}))
		c.progress.Cancelled = &contracts.Cancellation{Stage: stage, At: date(11, 5)}
		c.accrue(date(11, 5).Add(-1))
		c.shows("a moment before", 0, 30000)
		c.progress.Events = []contracts.Event{{Milestone: contracts.AtPosting, At: date(11, 6)}}
		c.accrue(date(11, 7))
		c.shows(string(stage), 0, want)
	}
}

// Gifts are worth money and are never paid out; measured pay is priced by what was
// counted while a version was in force.
func TestOwedGiftsAndMeasuredPay(t *testing.T) {
	t.Parallel()
	pay := func(amount int64) contracts.Pay {
		return contracts.Pay{
			Gifts:   []contracts.Gift{{ID: "box", Description: "samples", Value: eur(5000), Due: contracts.AtReceipt}},
			Metered: []contracts.Metered{{ID: "views", Metric: contracts.Views, Amount: eur(amount), Per: 1000, From: 1000, AtMost: 5000}},
		}
	}
	c := newTill(t, draft(t, func(a *contracts.Terms) { a.Pay = pay(1000) }),
		draft(t, func(a *contracts.Terms) { a.Version, a.Pay, a.Effective.Start = 2, pay(2000), date(11, 15) }))
	c.progress.Events = []contracts.Event{{Milestone: contracts.AtReceipt, At: date(11, 2)}}
	c.progress.Readings = []contracts.Reading{{Metric: contracts.Views, Post: "a", Count: 1499, At: date(11, 10)}}
	c.accrue(date(11, 10))
	c.shows("499 views above the first thousand", 0, 499)
	c.progress.Readings = append(c.progress.Readings, contracts.Reading{Metric: contracts.Views, Post: "a", Count: 99_999, At: date(11, 12)},
		contracts.Reading{Metric: contracts.Views, Post: "a", Count: 101_999, At: date(11, 20)})
	c.accrue(date(11, 14))
	c.shows("no more than 5,000", 0, 4000)
	c.accrue(date(11, 20))
	c.shows("2,000 more under the amendment", 0, 4000+2000)
	balances, err := c.Balances("ada")
	require.NoError(t, err)
	if got := balances[0]; got.InKind != eur(5000) || got.Earned != eur(6000) || got.Owed != eur(6000) {
		t.Errorf("balance %+v, want the gift apart", got)
	}
}

// What an amendment leaves of tiers that were sold towards.
func TestAccrueOverAnAmendment(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{Currency: byline.EUR, Percentages: tiered(contracts.Marginal), Cap: &contracts.Cap{Amount: eur(20000), Headroom: contracts.HeadroomReturns}, Guarantee: eur(15000)}
	higher := pay
	higher.Percentages = []contracts.Percentage{{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{{From: eur(0), Rate: 20 * contracts.Percent}, {From: eur(100000), Rate: 30 * contracts.Percent}}}}
	higher.Cap = &contracts.Cap{Amount: eur(50000), Headroom: contracts.HeadroomReturns}
	first := draft(t, func(a *contracts.Terms) { a.Pay = pay })
	second := draft(t, func(a *contracts.Terms) { a.Version, a.Pay, a.Effective.Start = 2, higher, date(11, 15) })
	c := newTill(t, first, second)
	c.sell(sell("shop:1", date(11, 2), good(80000)), date(11, 3))
	c.sell(sell("shop:2", date(11, 20), good(50000)), date(11, 21))
	c.accrue(date(11, 22))
	// 80.00 under version 1; of the 500.00 under version 2 200.00 fill the tier at 20 %, and
	// 300.00 are above it at 30 %.
	c.shows("tiers go on", 0, 8000+4000+9000)
	c.accrue(date(12, 1))
	c.shows("one guarantee, over both", 0, 21000)
}

// Whatever happened, in whatever order and however often it was told, the books end the
// same; and when everything has come back nothing is left of the commission.
func TestAccrueConverges(t *testing.T) {
	t.Parallel()
	pays := []contracts.Pay{fullPay()}
	spent := fullPay()
	spent.Cap = &contracts.Cap{Amount: eur(2000), Headroom: contracts.HeadroomSpent}
	spent.Guarantee, spent.Draw, spent.Percentages[1].Mode = byline.Money{}, byline.Money{}, contracts.WholeAmount
	spent.Percentages[1].Base, spent.PerConversions[0] = contracts.NetSalesWithTax, contracts.PerConversion{ID: "item", Amount: eur(33), Per: contracts.PerItem}
	pays = append(pays, spent)
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 7))
		pay := pays[seed%2]
		type told struct {
			s  sale
			at time.Time
		}
		var story []told
		final := map[byline.OrderID]sale{}
		for i := range 6 {
			id := byline.OrderID(fmt.Sprint("shop:", i))
			placed, lines := date(11, 1+rng.IntN(30)), randomGoods(rng)
			for range 1 + rng.IntN(4) {
				final[id] = randomSale(rng, id, placed, lines)
				story = append(story, told{final[id], placed.Add(time.Duration(rng.IntN(30*24)) * time.Hour)})
			}
		}
		at := date(12, 20)
		settle := func(order []told) []contracts.Balance {
			c := newTill(t, draft(t, func(a *contracts.Terms) { a.Pay = pay }))
			for _, s := range order {
				c.sell(s.s, s.at)
				if rng.IntN(3) == 0 {
					c.accrue(s.at)
				}
			}
			for _, s := range final {
				c.sell(s, at)
			}
			c.accrue(at)
			c.accrue(at)
			balances, err := c.Balances("ada")
			require.NoError(t, err)
			return balances
		}
		want := settle(nil)
		rng.Shuffle(len(story), func(i, j int) { story[i], story[j] = story[j], story[i] })
		if diff := cmp.Diff(want, settle(append(slices.Clone(story), story...))); diff != "" {
			t.Fatalf("seed %d: balances depend on the way (-straight +roundabout):\n%s", seed, diff)
		}
		for id, s := range final {
			for i := range s.breakdown.Lines {
				s.breakdown.Lines[i].Net.Kept, s.breakdown.Lines[i].Tax.Kept, s.breakdown.Lines[i].Kept = eur(0), eur(0), 0
			}
			final[id] = s.standing(attribution.StandingRefunded)
		}
		back := settle(story)
		owed := pay.Guarantee.Minor()
		if len(back) == 0 && owed == 0 {
			continue
		}
		if got := back[0].Owed.Minor(); got != owed {
			t.Fatalf("seed %d: %s is left when everything came back, want the guarantee %s", seed, back[0].Owed, pay.Guarantee)
		}
		if !back[0].Held.IsZero() {
			t.Fatalf("seed %d: %s waits of nothing", seed, back[0].Held)
		}
	}
}
