package campaign_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
)

// payTerms are ada's with a pay.
func payTerms(pay contracts.Pay) contracts.Terms {
	t := deskTerms(0, "ada")
	t.Pay = pay
	return t
}

func tenPercent() []contracts.Percentage {
	return []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent}}
}

// heldTerms pay ten percent some days after the order.
func heldTerms(days int) contracts.Terms {
	return payTerms(contracts.Pay{Percentages: tenPercent(), Hold: contracts.Hold{From: contracts.HeldPlaced, Days: days}})
}

// changed is the same desk after a restart with other settings.
func (d desk) changed(t testing.TB, change func(*campaign.Settler[attribution.NoTx])) desk {
	t.Helper()
	s := *d.Settler
	change(&s)
	return d.made(t, s)
}

// at is the same desk at another time.
func (d desk) at(t testing.TB, now time.Time) desk {
	t.Helper()
	return d.changed(t, func(s *campaign.Settler[attribution.NoTx]) { s.Now = func() time.Time { return now } })
}

func (d desk) stands(t *testing.T, what string, held, payable int64) {
	t.Helper()
	balances, err := d.ledger.Balances("ada")
	require.NoError(t, err)
	if len(balances) != 1 || balances[0].Held.Minor() != held || balances[0].Payable.Minor() != payable {
		t.Errorf("%s: %+v, want %d held and %d payable", what, balances, held, payable)
	}
}

// Entries are stamped with the time at which they are made, whatever they are as of, so
// that a statement given before does not change.
func TestAccrueStampsEntriesWithNow(t *testing.T) {
	t.Parallel()
	terms := heldTerms(5)
	terms.Pay.Currency, terms.Pay.Draw = byline.EUR, byline.Minor(100, byline.EUR)
	terms.Pay.Fees = []contracts.Fee{{ID: "fee", Amount: byline.Minor(300, byline.EUR)}}
	d := newDesk(t).under(t, terms)
	d.settle(t, paidOrder())
	start := attributiontest.LifeStart()
	today := start.AddDate(0, 1, 0)
	entries := d.at(t, today).accrue(t, start.AddDate(0, 0, 10))
	if len(entries) != 5 { // off hold and onto payable, a draw and what is kept back, a fee
		t.Errorf("%d entries: %+v", len(entries), entries)
	}
	for _, e := range entries {
		if !e.PostedAt.Equal(today) {
			t.Errorf("%+v is not stamped with today", e)
		}
	}
}

// What is held is released as of the instant that is asked for, and settling releases as
// of now.
func TestReleaseByAccruingAndBySettling(t *testing.T) {
	t.Parallel()
	d := newDesk(t).under(t, heldTerms(5))
	due := attributiontest.LifeStart().AddDate(0, 0, 5)
	d.settle(t, paidOrder())
	d.stands(t, "settled", 1000, 0)
	d.accrue(t, due.Add(-1))
	d.stands(t, "a moment before", 1000, 0)
	d.at(t, due.Add(-1)).settle(t, paidOrder())
	d.stands(t, "settled a moment before", 1000, 0)
	d.at(t, due).settle(t, paidOrder())
	d.stands(t, "settled when it is due", 0, 1000)
	other := newDesk(t).under(t, heldTerms(5))
	other.settle(t, paidOrder())
	other.accrue(t, due)
	other.stands(t, "accrued when it is due", 0, 1000)
}

// However much is due, accruing once releases all of it; the ledger of the settler is
// asked where no other is named.
func TestAccrueReleasesMoreThanOneBatch(t *testing.T) {
	t.Parallel()
	d := newDesk(t).under(t, heldTerms(5))
	const orders = 1001 // two batches and one order
	for i := range orders {
		o := paidOrder()
		o.ID = byline.OrderID(fmt.Sprint("shop:", i))
		d.settle(t, o)
	}
	d.stands(t, "settled", orders*1000, 0)
	d.accrue(t, attributiontest.LifeStart().AddDate(0, 0, 5))
	d.stands(t, "accrued", 0, orders*1000)
	if again := d.accrue(t, attributiontest.LifeStart().AddDate(0, 0, 5)); len(again) != 0 {
		t.Errorf("accruing again posted %d entries", len(again))
	}
}

// plainLedger is an EntryStore that sums up nothing.
type plainLedger struct{ ledger *contracts.Ledger }

func (l plainLedger) Entries(ctx context.Context, tx attribution.NoTx, subject contracts.Subject) ([]contracts.Entry, error) {
	return l.ledger.Entries(ctx, tx, subject)
}

func (l plainLedger) Append(ctx context.Context, tx attribution.NoTx, entries []contracts.Entry) error {
	return l.ledger.Append(ctx, tx, entries)
}

// A ledger that sums up nothing refuses pay over a period, and nothing else.
func TestAccrueWithoutALedgerThatSumsUp(t *testing.T) {
	t.Parallel()
	plain := func(s *campaign.Settler[attribution.NoTx]) {
		s.Accruals, s.Ledger = nil, plainLedger{s.Ledger.(*contracts.Ledger)}
	}
	d := newDesk(t).under(t, heldTerms(5)).changed(t, plain)
	d.settle(t, paidOrder())
	d.accrue(t, attributiontest.LifeStart().AddDate(0, 0, 9))
	d.stands(t, "nothing is released", 1000, 0)
	capped := payTerms(contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Draw: byline.Minor(100, byline.EUR)})
	d = newDesk(t).under(t, capped).changed(t, plain)
	_, err := d.Accrue(t.Context(), attribution.NoTx{}, attributiontest.LifeStart())
	var fault *byline.FieldError
	require.ErrorAs(t, err, &fault)
	if fault.Code != "settler.no_accruals" {
		t.Errorf("code %s", fault.Code)
	}
}

// inDollars is a desk that pays in dollars; rate says what a euro costs, "" that it is not
// known. Each time a rate is asked for, the instant is kept in asked.
func inDollars(t *testing.T, rate *string, asked *[]time.Time) desk {
	t.Helper()
	d := newDesk(t).under(t, payTerms(contracts.Pay{Currency: byline.USD, Percentages: tenPercent()}))
	return d.changed(t, func(s *campaign.Settler[attribution.NoTx]) {
		s.Quote = func(_ context.Context, _ attribution.NoTx, from, to byline.Currency, at time.Time) (contracts.Quote, error) {
			*asked = append(*asked, at)
			if *rate == "" {
				return contracts.Quote{}, nil
			}
			return contracts.NewQuote(from, to, decimal.RequireFromString(*rate), at, "ecb")
		}
	})
}

// The rate is that of the time of placing. Where none is known the money waits, and an
// order that is settled again takes it up; accruing does not.
func TestSettleTakesTheRateOfThePlacing(t *testing.T) {
	t.Parallel()
	rate, asked := "", []time.Time{}
	d := inDollars(t, &rate, &asked).at(t, attributiontest.LifeStart().AddDate(0, 0, 3))
	d.settle(t, paidOrder())
	rate = "1.1"
	d.accrue(t, attributiontest.LifeStart().AddDate(0, 1, 0))
	if diff := cmp.Diff(map[string]int64{"ada EUR": 1000}, d.balances(t)); diff != "" {
		t.Errorf("without a rate (-want +got):\n%s", diff)
	}
	_, err := d.Resettle(t.Context(), attribution.NoTx{}, "shop:1")
	require.NoError(t, err)
	if diff := cmp.Diff(map[string]int64{"ada USD": 1100}, d.balances(t)); diff != "" {
		t.Errorf("with a rate (-want +got):\n%s", diff)
	}
	placed := attributiontest.LifeStart()
	if diff := cmp.Diff([]time.Time{placed, placed}, asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
}

// A document without a currency does not make the desk forget the rate.
func TestSettleKeepsTheRateOverABadDocument(t *testing.T) {
	t.Parallel()
	rate, asked := "1.1", []time.Time{}
	d := inDollars(t, &rate, &asked)
	good, bad := paidOrder(), paidOrder()
	d.settle(t, good)
	bad.Currency, bad.UpdatedAt = "", bad.UpdatedAt.Add(time.Minute)
	good.UpdatedAt = good.UpdatedAt.Add(time.Hour)
	_, err := d.Settle(t.Context(), attribution.NoTx{}, bad)
	require.NoError(t, err)
	rate = "1.3"
	d.settle(t, good)
	if diff := cmp.Diff(map[string]int64{"ada USD": 1100}, d.balances(t)); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
}

// An order of which no money is left pays for no item.
func TestSettlePerItemAfterEverythingCameBack(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*attribution.Order){
		"as cash": func(o *attribution.Order) {
			o.Refunds = []attribution.Refund{{ID: "r", AsOf: o.UpdatedAt, State: attribution.Settled, Cash: byline.Minor(10_000, byline.EUR)}}
		},
		"by a dispute": func(o *attribution.Order) {
			o.Disputes = []attribution.Dispute{{ID: "d", At: o.UpdatedAt, AsOf: o.UpdatedAt, State: attribution.DisputeLost}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t).under(t, payTerms(contracts.Pay{PerConversions: []contracts.PerConversion{{ID: "item", Amount: byline.Minor(500, byline.EUR), Per: contracts.PerItem}}}))
			d.settle(t, paidOrder())
			d.stands(t, "sold", 0, 500)
			o := paidOrder()
			o.UpdatedAt = o.UpdatedAt.Add(time.Hour)
			change(&o)
			d.settle(t, o)
			d.stands(t, "back", 0, 0)
		})
	}
}

// randomTerms pay each creator by sale and by order, some over periods.
func randomTerms(rng *rand.Rand) []contracts.Terms {
	euro := func(n int64) byline.Money { return byline.Minor(n, byline.EUR) }
	var all []contracts.Terms
	for i, c := range creators {
		t := deskTerms(i, c)
		t.Effective.End = attributiontest.LifeStart().AddDate(0, 3, 0)
		t.Pay = contracts.Pay{
			Percentages: []contracts.Percentage{{ID: "sales", Rate: 7 * contracts.Percent,
				Base: []contracts.Base{"", contracts.NetSalesWithTax, contracts.NetSalesWithShipping, contracts.NetSalesWithBoth}[rng.IntN(4)]}},
			PerConversions: []contracts.PerConversion{{ID: "order", Amount: euro(100 + rng.Int64N(99)), Per: []contracts.Unit{contracts.PerOrder, contracts.PerItem}[rng.IntN(2)]}},
			Hold:           contracts.Hold{From: contracts.HeldPlaced, Days: rng.IntN(10)},
		}
		if rng.IntN(2) == 0 {
			t.Pay.Hold.From, t.Pay.Hold.AtMost = contracts.HeldDelivery, rng.IntN(20)
		}
		if p := &t.Pay.Percentages[0]; rng.IntN(2) == 0 {
			p.Rate, p.Mode = 0, []contracts.TierMode{contracts.Marginal, contracts.WholeAmount}[rng.IntN(2)]
			p.Tiers = []contracts.Tier{{From: euro(0), Rate: 5 * contracts.Percent}, {From: euro(1 + rng.Int64N(9000)), Rate: 9 * contracts.Percent}}
			t.Pay.Cap = &contracts.Cap{Amount: euro(rng.Int64N(3000)), Headroom: []contracts.Headroom{contracts.HeadroomReturns, contracts.HeadroomSpent}[rng.IntN(2)]}
			t.Pay.Currency, t.Pay.Draw, t.Pay.Period = byline.EUR, euro(500), contracts.Monthly
		}
		all = append(all, t)
	}
	return all
}

// Random lives of orders, in any order of arrival, with accruals at any time in between,
// end in the same books.
func TestAccrualsConverge(t *testing.T) {
	t.Parallel()
	start, waiting := attributiontest.LifeStart(), 0
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 5))
		terms := randomTerms(rng)
		var pieces []attribution.Order
		for i := range 3 {
			pieces = append(pieces, attributiontest.Life(rng, byline.OrderID(fmt.Sprint("shop:", i)), "ada15", "BRUNO15", "cleo15", "nobody")...)
		}
		end := start.AddDate(0, 0, rng.IntN(90))
		books := func(order []attribution.Order, accruing bool) []contracts.Balance {
			d, now := newDesk(t).under(t, terms...), start
			d = d.changed(t, func(s *campaign.Settler[attribution.NoTx]) { s.Now = func() time.Time { return now } })
			for _, p := range order {
				now = start.Add(time.Duration(rng.Int64N(int64(end.Sub(start)) + 1)))
				d.settle(t, p)
				if accruing && rng.IntN(3) == 0 {
					d.accrue(t, now)
				}
			}
			now = end
			for _, p := range order {
				_, err := d.Resettle(t.Context(), attribution.NoTx{}, p.ID)
				require.NoError(t, err)
			}
			d.accrue(t, end)
			d.accrue(t, end)
			return d.standing(t)
		}
		want := books(pieces, false)
		for _, b := range want {
			if b.Held.Sign() > 0 {
				waiting++
			}
		}
		told := append(append([]attribution.Order{}, pieces...), pieces[:rng.IntN(len(pieces))]...)
		rng.Shuffle(len(told), func(i, j int) { told[i], told[j] = told[j], told[i] })
		if diff := cmp.Diff(want, books(told, true)); diff != "" {
			t.Fatalf("seed %d: another way, other books (-straight +roundabout):\n%s", seed, diff)
		}
	}
	if waiting < 10 {
		t.Errorf("only %d balances wait: the test shows too little", waiting)
	}
}

// standing are the balances of all creators that are not of nothing.
func (d desk) standing(t *testing.T) []contracts.Balance {
	t.Helper()
	var all []contracts.Balance
	for _, c := range creators {
		balances, err := d.ledger.Balances(c)
		require.NoError(t, err)
		for _, b := range balances {
			if !b.Owed.IsZero() || !b.Held.IsZero() {
				all = append(all, b)
			}
		}
	}
	return all
}

// What orders of random lives are worth line by line lies within what was sold, and sums
// to what they are worth as a whole.
func TestBreakdownOfRandomLives(t *testing.T) {
	t.Parallel()
	broken := 0
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 6))
		pieces := attributiontest.Life(rng, "shop:1", "ada15")
		o := pieces[0]
		for _, p := range pieces {
			var err error
			o, err = o.Merge(p)
			require.NoError(t, err)
		}
		b, err := o.Breakdown()
		if err != nil {
			broken++
			continue
		}
		sales, err := o.Sales()
		require.NoError(t, err)
		sold, kept := sales.Sold.Minor(), sales.Kept.Minor()
		parts := []attribution.Part{b.Shipping, b.ShippingTax}
		for _, l := range b.Lines {
			sold, kept = sold-l.Net.Sold.Minor(), kept-l.Net.Kept.Minor()
			parts = append(parts, l.Net, l.Tax)
			if l.Kept < 0 || l.Kept > l.Quantity {
				t.Fatalf("seed %d: %+v", seed, l)
			}
		}
		for _, p := range parts {
			if p.Kept.Minor() < 0 || p.Kept.Minor() > p.Sold.Minor() {
				t.Fatalf("seed %d: %+v of %+v", seed, p, b)
			}
		}
		if sold != 0 || kept != 0 {
			t.Fatalf("seed %d: lines miss %d of what was sold and %d of what was kept: %+v, %+v", seed, sold, kept, b, sales)
		}
	}
	if broken > 300 {
		t.Errorf("%d lives have no breakdown: the test shows too little", broken)
	}
}
