package campaign_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
)

var creators = []byline.CreatorID{"ada", "bruno", "cleo"}

// desk is a settler with everything in memory.
type desk struct {
	*campaign.Settler[attribution.NoTx]
	ledger *contracts.Ledger
	orders *attribution.Memory
}

// deskTerms owe each creator a fee and a commission of their own.
func deskTerms(i int, c byline.CreatorID) contracts.Terms {
	return contracts.Terms{
		ID: contracts.AgreementID("ag-" + c), Version: 1, Creator: c, Campaign: "autumn",
		Effective: byline.Window{Start: attributiontest.LifeStart().AddDate(0, -1, 0)},
		Pay:       contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: contracts.Rate(i+1)*7*contracts.Percent + 33*contracts.BasisPoint}}, Fees: []contracts.Fee{{ID: "fee", Amount: byline.Minor(10_000, byline.EUR)}}},
	}
}

func newDesk(t testing.TB, policies ...attribution.Policy) desk {
	t.Helper()
	var offers []attribution.Offer
	var terms []contracts.Terms
	for i, c := range creators {
		offers = append(offers, attribution.Offer{Creator: c, Campaign: "autumn", Code: string(c) + "15", Link: string(c)})
		terms = append(terms, deskTerms(i, c))
	}
	book, err := attribution.NewBook(offers)
	require.NoError(t, err)
	d := desk{ledger: &contracts.Ledger{}, orders: &attribution.Memory{}}
	return d.made(t, campaign.Settler[attribution.NoTx]{
		Orders: d.orders, Ledger: d.ledger, Book: book, Agreements: registered(t, terms...), Policies: policies,
		Now: attributiontest.LifeStart,
	})
}

func registered(t testing.TB, terms ...contracts.Terms) *contracts.Register {
	t.Helper()
	var agreements []*contracts.Agreement
	for _, agreed := range terms {
		a, err := contracts.Draft(agreed)
		require.NoError(t, err)
		agreements = append(agreements, a)
	}
	register, err := contracts.NewRegister(agreements...)
	require.NoError(t, err)
	return register
}

func (d desk) made(t testing.TB, s campaign.Settler[attribution.NoTx]) desk {
	t.Helper()
	var err error
	d.Settler, err = campaign.NewSettler(s)
	require.NoError(t, err)
	return d
}

// under is the same desk after a restart with other agreements.
func (d desk) under(t testing.TB, terms ...contracts.Terms) desk {
	t.Helper()
	s := *d.Settler
	s.Agreements = registered(t, terms...)
	return d.made(t, s)
}

// decidedBy is the same desk after a restart with other policies.
func (d desk) decidedBy(t testing.TB, policies ...attribution.Policy) desk {
	t.Helper()
	s := *d.Settler
	s.Policies = policies
	return d.made(t, s)
}

func (d desk) settle(t *testing.T, pieces ...attribution.Order) {
	t.Helper()
	for _, p := range pieces {
		_, err := d.Settle(t.Context(), attribution.NoTx{}, p)
		require.NoError(t, err)
	}
}

// balances are what the ledger owes each creator, in every currency that is not zero.
func (d desk) balances(t *testing.T) map[string]int64 {
	t.Helper()
	owed := map[string]int64{}
	for _, c := range creators {
		all, err := d.ledger.Balances(c)
		require.NoError(t, err)
		for _, b := range all {
			if !b.Owed.IsZero() {
				owed[string(c)+" "+string(b.Owed.Currency())] = b.Owed.Minor()
			}
		}
	}
	return owed
}

// TestSettlementConverges sends the pieces of random order lives in many orders, some
// of them twice, and demands the same balances at the end each time, exactly what the
// final state owes.
func TestSettlementConverges(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(11, 12))
	paid, currencies := 0, map[byline.Currency]bool{}
	for i := range 400 {
		pieces := attributiontest.Life(rng, byline.OrderID(fmt.Sprint("shop:", i)), "ada15", "BRUNO15", "cleo15", "nobody")
		first := newDesk(t)
		first.settle(t, pieces...)
		want := first.balances(t)
		for range 6 {
			shuffled := append([]attribution.Order{}, pieces...)
			for range rng.IntN(4) {
				shuffled = append(shuffled, pieces[rng.IntN(len(pieces))])
			}
			rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			other := newDesk(t)
			other.settle(t, shuffled...)
			if diff := cmp.Diff(want, other.balances(t)); diff != "" {
				t.Fatalf("life %d: another order of arrival, other balances (-want +got):\n%s", i, diff)
			}
		}
		record, err := first.orders.Order(t.Context(), attribution.NoTx{}, pieces[0].ID)
		require.NoError(t, err)
		first.owesWhatItEarned(t, record, want)
		if len(want) > 0 {
			paid, currencies[record.Order.Currency] = paid+1, true
		}
	}
	if paid < 40 || len(currencies) < 3 {
		t.Errorf("only %d lives earned, in %d currencies: the test shows too little", paid, len(currencies))
	}
}

// owesWhatItEarned recomputes the balances from the final state alone.
func (d desk) owesWhatItEarned(t *testing.T, r attribution.Record, got map[string]int64) {
	t.Helper()
	earned, err := d.Agreements.Earn(r.Decision, nil, nil)
	require.NoError(t, err)
	want := map[string]int64{}
	for _, l := range earned.Lines {
		if r.Order.Test && !l.Amount.IsZero() {
			t.Fatalf("a test order earns %s", l.Amount)
		}
		if !l.Amount.IsZero() {
			want[string(l.Creator)+" "+string(l.Amount.Currency())] = l.Amount.Minor()
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("posted is not what the state owes (-want +got):\n%s", diff)
	}
}

func TestFullRefundEndsAtZero(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(13, 14))
	for i := range 300 {
		pieces := attributiontest.Life(rng, byline.OrderID(fmt.Sprint("shop:", i)), "ada15", "bruno15", "cleo15")
		everything := attributiontest.FullRefund(pieces[0])
		at := rng.IntN(len(pieces) + 1)
		d := newDesk(t)
		d.settle(t, pieces[:at]...)
		d.settle(t, everything)
		d.settle(t, pieces[at:]...)
		if diff := cmp.Diff(map[string]int64{}, d.balances(t)); diff != "" {
			t.Fatalf("life %d: everything came back and something is owed (-want +got):\n%s", i, diff)
		}
	}
}

func TestTestOrdersNeverEarn(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(15, 16))
	for i := range 300 {
		pieces := attributiontest.Life(rng, byline.OrderID(fmt.Sprint("shop:", i)), "ada15", "bruno15")
		pieces[0].Test = true
		d := newDesk(t)
		d.settle(t, pieces...)
		if diff := cmp.Diff(map[string]int64{}, d.balances(t)); diff != "" {
			t.Fatalf("life %d: a test order is owed for (-want +got):\n%s", i, diff)
		}
	}
}

func paidOrder() attribution.Order {
	return attribution.Order{
		ID: "shop:1", Shop: "demo.example", PlacedAt: attributiontest.LifeStart(), UpdatedAt: attributiontest.LifeStart(),
		Payment: attribution.Paid, Currency: byline.EUR,
		Lines: []attribution.Line{{ID: "a", Quantity: 1, Gross: byline.Minor(10_000, byline.EUR)}},
		Codes: []attribution.CodeUse{{Code: "ada15", Kind: attribution.Genuine}},
	}
}

func TestSettlerKeepsThePolicyOfTheFirstDecision(t *testing.T) {
	t.Parallel()
	spring := attribution.Policy{Version: "spring/1", Campaign: "spring"}
	d := newDesk(t)
	d.settle(t, paidOrder())
	d = d.decidedBy(t, spring)
	d.settle(t, paidOrder())
	if diff := cmp.Diff(map[string]int64{"ada EUR": 733}, d.balances(t)); diff != "" {
		t.Errorf("a new policy moved an old order (-want +got):\n%s", diff)
	}
	next := paidOrder()
	next.ID = "shop:2"
	d.settle(t, next)
	record, err := d.orders.Order(t.Context(), attribution.NoTx{}, "shop:2")
	require.NoError(t, err)
	if record.Decision.Policy != "spring/1" || len(record.Decision.Credits) != 0 {
		t.Errorf("a new order was decided under %q and credited %v", record.Decision.Policy, record.Decision.Credits)
	}
	d = d.decidedBy(t, attribution.Policy{Version: "summer/1"})
	_, err = d.Settle(t.Context(), attribution.NoTx{}, next)
	require.ErrorIs(t, err, byline.ErrUnavailable)
}

// TestWorkerToLedger runs deliveries through the whole chain in memory: each twice,
// and one that cannot be read.
func TestWorkerToLedger(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	worker := attribution.NewWorker(attribution.Worker[attribution.NoTx]{
		Queue: d.orders, Sources: map[string]attribution.Decoder{"demo": orderDecoder{}}, Apply: d.Apply, Batch: 2,
	})
	for _, id := range []string{"1", "2", "broken", "1", "same fact, other delivery"} {
		_, err := d.orders.Put(t.Context(), attribution.Delivery{Source: "demo", ID: id, Body: []byte(id)})
		require.NoError(t, err)
	}
	settled, err := worker.Drain(t.Context())
	require.NoError(t, err)
	if settled != 4 {
		t.Errorf("settled %d deliveries, want 4", settled)
	}
	if diff := cmp.Diff(map[string]int64{"ada EUR": 733}, d.balances(t)); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
	again, err := worker.Drain(t.Context())
	require.NoError(t, err)
	if again != 0 {
		t.Errorf("%d deliveries were settled twice", again)
	}
}

func TestWorkerRunStopsWithItsContext(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	worker := attribution.NewWorker(attribution.Worker[attribution.NoTx]{
		Queue: d.orders, Sources: map[string]attribution.Decoder{"demo": orderDecoder{}}, Apply: d.Apply, Poll: time.Hour,
	})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- worker.Run(ctx) }()
	_, err := d.orders.Put(ctx, attribution.Delivery{Source: "demo", ID: "1", Body: []byte("1")})
	require.NoError(t, err)
	worker.Wake()
	require.Eventually(t, func() bool { return len(d.balances(t)) == 1 }, 5*time.Second, time.Millisecond, "a woken worker did not work")
	stop()
	require.NoError(t, <-done)
}
