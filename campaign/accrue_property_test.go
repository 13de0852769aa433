package campaign_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/contracts"
)

// TestEverythingConverges sends the lives of several orders in random order, some events
// twice, through a desk whose clock goes on and that accrues at random instants between.
// However they came, everybody ends with what the final states owe when they are settled
// once; and what stands under every subject sums to its pure target.
func TestEverythingConverges(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(41, 42))
	var shown struct{ held, payable, inKind int }
	for i := range 130 {
		world := newWorld(rng, i)
		first := world.desk(t, rng)
		for _, b := range first.all(t) {
			if !b.Held.IsZero() {
				shown.held++
			}
			if !b.Payable.IsZero() {
				shown.payable++
			}
			if !b.InKind.IsZero() {
				shown.inKind++
			}
		}
		want := world.settledOnce(t, first)
		if diff := cmp.Diff(want.all(t), first.all(t)); diff != "" {
			t.Fatalf("world %d: not what the final states owe (-want +got):\n%s", i, diff)
		}
		first.owesItsTargets(t, world)
		for range 2 {
			if diff := cmp.Diff(want.all(t), world.desk(t, rng).all(t)); diff != "" {
				t.Fatalf("world %d: another order of arrival, other balances (-want +got):\n%s", i, diff)
			}
		}
	}
	if shown.held < 30 || shown.payable < 100 || shown.inKind < 30 {
		t.Errorf("the worlds show too little: %+v", shown)
	}
}

// world is what happens to a few orders, and under which pays.
type world struct {
	terms    []contracts.Terms
	events   []attribution.Order
	orders   []byline.OrderID
	progress contracts.Progress
	end      time.Time
}

func newWorld(rng *rand.Rand, number int) world {
	w := world{end: onDayOf(1 + rng.IntN(90))}
	for i, c := range creators {
		terms := deskTerms(i, c)
		terms.SignedAt = terms.Effective.Start
		terms.Pay = randomPay(rng)
		w.terms = append(w.terms, terms)
		if rng.IntN(3) == 0 {
			terms.Version, terms.Effective.Start, terms.Pay = 2, onDayOf(rng.IntN(40)), randomPay(rng)
			w.terms = append(w.terms, terms)
		}
	}
	for i := range 1 + rng.IntN(5) {
		id := byline.OrderID(fmt.Sprintf("shop:%d-%d", number, i))
		placed := onDayOf(rng.IntN(70) - 10)
		for _, piece := range attributiontest.Life(rng, id, "ada15", "BRUNO15", "cleo15") {
			w.events = append(w.events, dress(piece, placed))
		}
		w.orders = append(w.orders, id)
	}
	for _, m := range []contracts.Milestone{contracts.AtPosting, contracts.AtReceipt} {
		if rng.IntN(2) == 0 {
			w.progress.Events = append(w.progress.Events, contracts.Event{Milestone: m, At: onDayOf(rng.IntN(60))})
		}
	}
	w.progress.Readings = []contracts.Reading{{Metric: contracts.Views, Count: rng.Int64N(200_000), At: onDayOf(rng.IntN(60))}}
	if rng.IntN(4) == 0 {
		w.progress.Cancelled = &contracts.Cancellation{Stage: contracts.StageProduced, At: onDayOf(rng.IntN(60))}
	}
	return w
}

// dress says what the goods of a life are, and when it was.
func dress(o attribution.Order, placed time.Time) attribution.Order {
	if len(o.Lines) == 0 {
		return o
	}
	o.PlacedAt = placed
	if !o.DeliveredAt.IsZero() {
		o.DeliveredAt = o.DeliveredAt.Add(placed.Sub(attributiontest.LifeStart()))
	}
	o.Lines = slices.Clone(o.Lines)
	for i := range o.Lines {
		o.Lines[i].Product = []string{"serum", "sofa", "mug"}[i%3]
	}
	return o
}

// randomPay has some of everything.
func randomPay(rng *rand.Rand) contracts.Pay {
	some := func() bool { return rng.IntN(2) == 0 }
	p := contracts.Pay{
		Currency: byline.EUR, Period: []contracts.Period{contracts.WholeTerm, contracts.Monthly, contracts.Quarterly}[rng.IntN(3)],
		Fees: []contracts.Fee{{ID: "signing", Amount: eur(9_999), Due: contracts.AtSigning}, {ID: "posting", Amount: eur(20_001), Due: contracts.AtPosting, After: 3}},
	}
	if some() {
		serum := contracts.Scope{Products: []string{"serum"}}
		p.Percentages = append(p.Percentages, contracts.Percentage{ID: "serum", Rate: 20 * contracts.Percent, Scope: serum, Base: contracts.NetSalesWithTax})
		p.PerConversions = append(p.PerConversions, contracts.PerConversion{ID: "item", Amount: eur(55), Per: contracts.PerItem, Scope: serum})
	}
	sales := contracts.Percentage{ID: "sales", Rate: contracts.Rate(1+rng.IntN(30)) * contracts.Percent}
	if some() {
		sales.Rate, sales.Mode = 0, []contracts.TierMode{contracts.Marginal, contracts.WholeAmount}[rng.IntN(2)]
		sales.Tiers = []contracts.Tier{{From: eur(0), Rate: 10 * contracts.Percent}, {From: eur(rng.Int64N(90_000) + 1), Rate: 15 * contracts.Percent}}
	}
	p.Percentages = append(p.Percentages, sales)
	if some() {
		p.PerConversions = append(p.PerConversions, contracts.PerConversion{ID: "order", Amount: eur(200)})
	}
	if some() {
		p.Metered = []contracts.Metered{{ID: "views", Metric: contracts.Views, Amount: eur(500), Per: 1000, AtMost: 100_000}}
		p.Gifts = []contracts.Gift{{ID: "box", Description: "a box of samples", Value: eur(12_000), Due: contracts.AtReceipt}}
	}
	if some() {
		p.Bonuses = []contracts.Bonus{{ID: "orders", Amount: eur(1_000), Metric: contracts.Orders, Target: 2}, {ID: "volume", Amount: eur(777), Metric: contracts.SalesVolume, Sales: eur(50_000)}}
	}
	if some() {
		p.Cap = &contracts.Cap{Amount: eur(8_000), Headroom: []contracts.Headroom{contracts.HeadroomReturns, contracts.HeadroomSpent}[rng.IntN(2)]}
	}
	if some() {
		p.Draw = eur(2_000)
		if p.Period != contracts.WholeTerm {
			p.Guarantee = eur(5_000) // which needs an end
		}
	}
	switch rng.IntN(3) {
	case 0:
		p.Hold = contracts.Hold{From: contracts.HeldPlaced, Days: 14}
	case 1:
		p.Hold = contracts.Hold{From: contracts.HeldDelivery, Days: 14, AtMost: 45 * rng.IntN(2), Items: []contracts.ItemHold{{Scope: contracts.Scope{Products: []string{"sofa"}}, Days: 100}}}
	}
	return p
}

// fixedQuote knows every rate but that of the yen on some days.
func fixedQuote(_ context.Context, _ attribution.NoTx, from, to byline.Currency, at time.Time) (contracts.Quote, error) {
	rate := map[byline.Currency]string{byline.JPY: "0.006123", byline.KWD: "2.98765"}[from]
	if from == byline.JPY && at.Day()%3 == 0 {
		return contracts.Quote{}, nil
	}
	return contracts.NewQuote(from, to, decimal.RequireFromString(rate), at, "demo")
}

func (w world) open(t *testing.T) (desk, *clock) {
	t.Helper()
	d, c := newDesk(t), &clock{onDayOf(-20)}
	s := *d.Settler
	s.Agreements, s.Now, s.Quote = registered(t, w.terms...), c.now, fixedQuote
	s.Progress = func(context.Context, attribution.NoTx, contracts.AgreementID) (contracts.Progress, error) {
		return w.progress, nil
	}
	return d.made(t, s), c
}

// desk lives through the events in a random order.
func (w world) desk(t *testing.T, rng *rand.Rand) desk {
	t.Helper()
	d, c := w.open(t)
	events := slices.Clone(w.events)
	for range rng.IntN(6) {
		events = append(events, w.events[rng.IntN(len(w.events))])
	}
	rng.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	for _, e := range events {
		c.at = c.at.Add(time.Duration(rng.Int64N(int64(w.end.Sub(c.at)))))
		d.settle(t, e)
		if rng.IntN(3) == 0 {
			d.accrue(t, c.at)
		}
	}
	c.at = w.end
	d.accrue(t, c.at)
	owed := d.owed(t)
	// What was released at several instants is split anew where it is released at once.
	for _, id := range w.orders {
		_, err := d.Resettle(t.Context(), attribution.NoTx{}, id)
		require.NoError(t, err)
	}
	d.accrue(t, c.at)
	if diff := cmp.Diff(owed, d.owed(t)); diff != "" {
		t.Fatalf("what is owed hangs on releases (-before +after):\n%s", diff)
	}
	if again := d.accrue(t, c.at); len(again) > 0 {
		t.Fatalf("accrued twice: %+v", again)
	}
	return d
}

// owed is without how much of it is held.
func (d desk) owed(t *testing.T) []byline.Money {
	t.Helper()
	var owed []byline.Money
	for _, b := range d.all(t) {
		owed = append(owed, b.Owed, b.InKind)
	}
	return owed
}

// settledOnce is a desk that is told each order's final state only, at the end.
func (w world) settledOnce(t *testing.T, from desk) desk {
	t.Helper()
	d, c := w.open(t)
	c.at = w.end
	for _, id := range w.orders {
		record, err := from.orders.Order(t.Context(), attribution.NoTx{}, id)
		require.NoError(t, err)
		d.settle(t, record.Order)
	}
	d.accrue(t, w.end)
	return d
}

// all are the balances of all creators that are not of nothing.
func (d desk) all(t *testing.T) []contracts.Balance {
	t.Helper()
	var all []contracts.Balance
	for _, c := range creators {
		balances, err := d.ledger.Balances(c)
		require.NoError(t, err)
		for _, b := range balances {
			if sum := b.Held.Minor() + b.Payable.Minor() + b.InTransit.Minor(); sum != b.Owed.Minor() || b.Owed.Minor() != b.Earned.Minor()-b.Paid.Minor() {
				t.Fatalf("the accounts of %s do not sum up: %+v", c, b)
			}
			if !b.Held.IsZero() || !b.Payable.IsZero() || !b.InKind.IsZero() {
				all = append(all, b)
			}
		}
	}
	return all
}

// spot is where amounts are compared, told apart by nothing that the ledger made up.
type spot struct {
	Creator  byline.CreatorID
	Version  int
	Kind     contracts.Kind
	Rule     string
	Account  contracts.Account
	Until    time.Time
	Currency byline.Currency
}

func spots(lines []contracts.Line) map[spot]int64 {
	sums := map[spot]int64{}
	for _, l := range lines {
		key := spot{l.Creator, l.Version, l.Kind, l.Rule, l.Account, l.Until, l.Amount.Currency()}
		if sums[key] += l.Amount.Minor(); sums[key] == 0 {
			delete(sums, key)
		}
	}
	return sums
}

func (d desk) owesItsTargets(t *testing.T, w world) {
	t.Helper()
	at := w.end
	for _, id := range w.orders {
		record, err := d.orders.Order(t.Context(), attribution.NoTx{}, id)
		require.NoError(t, err)
		earned, err := d.Agreements.Earn(record.Decision, record.Decision.Pins, &contracts.EarnOptions{
			At:        at,
			Breakdown: func() (attribution.Breakdown, error) { return record.Order.Breakdown() },
			Quote: func(from, to byline.Currency) (contracts.Quote, error) {
				return fixedQuote(t.Context(), attribution.NoTx{}, from, to, record.Order.PlacedAt)
			},
		})
		require.NoError(t, err)
		d.holds(t, contracts.ForOrder(id), earned.Lines)
	}
	for _, id := range d.Agreements.IDs() {
		owed, err := d.Agreements.Owed(id, nil, w.progress, at)
		require.NoError(t, err)
		d.holds(t, contracts.ForAgreement(id), owed)
		periods, err := d.Agreements.Accrue(id, func(span byline.Window) (contracts.Earnings, error) {
			return d.ledger.Earnings(t.Context(), attribution.NoTx{}, id, span)
		}, w.progress, at)
		require.NoError(t, err)
		d.holds(t, contracts.ForPeriods(id), periods)
	}
}

func (d desk) holds(t *testing.T, subject contracts.Subject, target []contracts.Line) {
	t.Helper()
	entries, err := d.ledger.Entries(t.Context(), attribution.NoTx{}, subject)
	require.NoError(t, err)
	posted := make([]contracts.Line, len(entries))
	for i, e := range entries {
		posted[i] = e.Line
	}
	if diff := cmp.Diff(spots(target), spots(posted)); diff != "" {
		t.Fatalf("%s does not sum to its target (-target +posted):\n%s", subject, diff)
	}
}
