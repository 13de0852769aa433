package campaign_test

import (
	"context"
	"fmt"
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

func eur(cents int64) byline.Money { return byline.Minor(cents, byline.EUR) }

// onDayOf is so many days after the paid order was placed.
func onDayOf(days int) time.Time { return attributiontest.LifeStart().AddDate(0, 0, days) }

// clock is a time that a test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// autumnTerms hold from the first of November, in UTC.
func autumnTerms(pay contracts.Pay) contracts.Terms {
	return contracts.Terms{
		ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "autumn", Pay: pay,
		Effective: byline.Window{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)},
	}
}

// paying is a desk with ada's pay and a clock, and whatever else a test sets.
func paying(t testing.TB, pay contracts.Pay, change func(*campaign.Settler[attribution.NoTx])) (desk, *clock) {
	t.Helper()
	d, c := newDesk(t), &clock{attributiontest.LifeStart()}
	s := *d.Settler
	s.Agreements, s.Now = registered(t, autumnTerms(pay)), c.now
	if change != nil {
		change(&s)
	}
	return d.made(t, s), c
}

func percent(rate contracts.Rate) []contracts.Percentage {
	return []contracts.Percentage{{ID: "sales", Rate: rate}}
}

func (d desk) accrue(t testing.TB, at time.Time) []contracts.Entry {
	t.Helper()
	entries, err := d.Accrue(t.Context(), attribution.NoTx{}, at)
	require.NoError(t, err)
	return entries
}

// accounts are the minor units that stand on ada's accounts, by currency.
type accounts struct{ held, payable, inKind int64 }

func (d desk) shows(t testing.TB, what string, want map[byline.Currency]accounts) {
	t.Helper()
	balances, err := d.ledger.Balances("ada")
	require.NoError(t, err)
	got := map[byline.Currency]accounts{}
	for _, b := range balances {
		if a := (accounts{b.Held.Minor(), b.Payable.Minor(), b.InKind.Minor()}); a != (accounts{}) {
			got[b.Owed.Currency()] = a
		}
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(accounts{})); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func inEuro(held, payable int64) map[byline.Currency]accounts {
	return map[byline.Currency]accounts{byline.EUR: {held: held, payable: payable}}
}

// What is held from the delivery waits for it, is released by Accrue and by nothing
// sooner, waits again when the delivery turns out to be later, and goes when the order
// comes back.
func TestHoldUntilDelivery(t *testing.T) {
	t.Parallel()
	d, c := paying(t, contracts.Pay{Percentages: percent(10 * contracts.Percent), Hold: contracts.Hold{From: contracts.HeldDelivery, Days: 14}}, nil)
	d.settle(t, paidOrder())
	d.shows(t, "nothing was delivered", inEuro(1000, 0))
	d.accrue(t, onDayOf(400))
	d.shows(t, "time alone releases nothing", inEuro(1000, 0))

	delivered := paidOrder()
	delivered.UpdatedAt, delivered.DeliveredAt = onDayOf(2), onDayOf(2)
	c.at = onDayOf(3)
	d.settle(t, delivered)
	if entries := d.accrue(t, onDayOf(16).Add(-time.Microsecond)); len(entries) > 0 {
		t.Errorf("a moment too early: %+v", entries)
	}
	entries := d.accrue(t, onDayOf(16))
	if len(entries) != 2 || entries[0].Reason != contracts.ReasonReleased || entries[1].Reason != contracts.ReasonReleased {
		t.Errorf("the release is told as %+v", entries)
	}
	if again := d.accrue(t, onDayOf(16)); len(again) > 0 {
		t.Errorf("released twice: %+v", again)
	}
	d.shows(t, "two weeks later", inEuro(0, 1000))

	later := delivered
	later.UpdatedAt, later.DeliveredAt = onDayOf(17), onDayOf(10)
	c.at = onDayOf(17)
	d.settle(t, later)
	d.shows(t, "it was delivered later than was said", inEuro(1000, 0))
	d.accrue(t, onDayOf(24))
	d.settle(t, attributiontest.FullRefund(paidOrder()))
	d.shows(t, "it came back", map[byline.Currency]accounts{})
}

// Tiers, the guarantee and what is paid ahead follow the orders, month by month.
func TestAccrueOverPeriods(t *testing.T) {
	t.Parallel()
	d, c := paying(t, contracts.Pay{
		Currency: byline.EUR, Period: contracts.Monthly, Guarantee: eur(2000), Draw: eur(500),
		Percentages: []contracts.Percentage{{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{
			{From: eur(0), Rate: 10 * contracts.Percent}, {From: eur(15_000), Rate: 20 * contracts.Percent}}}},
	}, nil)
	first, second := paidOrder(), paidOrder()
	second.ID = "shop:2"
	d.settle(t, first, second)
	d.shows(t, "each order at the first tier", inEuro(0, 2000))
	d.accrue(t, onDayOf(1))
	d.shows(t, "50.00 of 200.00 are in the second tier, and what was paid ahead is kept back", inEuro(0, 2500))
	c.at = onDayOf(5)
	d.settle(t, attributiontest.FullRefund(second))
	d.accrue(t, onDayOf(5))
	d.shows(t, "one came back, and November is not over", inEuro(0, 1000))
	d.accrue(t, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	d.shows(t, "topped up, and December is paid ahead", inEuro(0, 2500))
	if entries := d.accrue(t, time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC)); len(entries) > 0 {
		t.Errorf("accrued twice: %+v", entries)
	}
}

// Fees, gifts and measured pay wait for what Progress tells; a kill fee takes their place.
func TestAccrueByProgress(t *testing.T) {
	t.Parallel()
	var progress contracts.Progress
	pay := contracts.Pay{
		Currency: byline.EUR,
		Fees:     []contracts.Fee{{ID: "signing", Amount: eur(10_000), Due: contracts.AtSigning}, {ID: "posting", Amount: eur(30_000), Due: contracts.AtPosting, After: 3}},
		Gifts:    []contracts.Gift{{ID: "box", Description: "a box", Value: eur(4_000), Due: contracts.AtReceipt}},
		Metered:  []contracts.Metered{{ID: "views", Metric: contracts.Views, Amount: eur(500), Per: 1000}},
	}
	d, _ := paying(t, pay, func(s *campaign.Settler[attribution.NoTx]) {
		terms := autumnTerms(pay)
		terms.SignedAt = terms.Effective.Start.AddDate(0, 0, -3)
		terms.Clauses.KillFees = []contracts.KillFee{{Stage: contracts.StageDelivered, Rate: 50 * contracts.Percent}}
		s.Agreements = registered(t, terms)
		s.Progress = func(_ context.Context, _ attribution.NoTx, id contracts.AgreementID) (contracts.Progress, error) {
			if id != "ag-ada" {
				return contracts.Progress{}, fmt.Errorf("agreement %s: %w", id, byline.ErrNotFound)
			}
			return progress, nil
		}
	})
	d.accrue(t, onDayOf(0))
	d.shows(t, "signed", inEuro(0, 10_000))
	shows := func(what string, payable int64) {
		t.Helper()
		d.shows(t, what, map[byline.Currency]accounts{byline.EUR: {payable: payable, inKind: 4_000}})
	}
	progress.Events = []contracts.Event{{Milestone: contracts.AtReceipt, At: onDayOf(1)}}
	progress.Readings = []contracts.Reading{{Metric: contracts.Views, Count: 12_345, At: onDayOf(3)}}
	d.accrue(t, onDayOf(4))
	shows("the box came, and 12,345 views were counted", 10_000+6_173)
	progress.Cancelled = &contracts.Cancellation{Stage: contracts.StageDelivered, At: onDayOf(4)}
	d.accrue(t, onDayOf(5))
	d.accrue(t, onDayOf(5))
	shows("called off: half of all fees, of which a quarter is owed anyway", 20_000+6_173)
	progress.Cancelled = nil
	progress.Events = append(progress.Events, contracts.Event{Milestone: contracts.AtPosting, At: onDayOf(6)})
	d.accrue(t, onDayOf(8))
	shows("it stands after all and was posted, and three days are not over", 10_000+6_173)
	d.accrue(t, onDayOf(9))
	d.accrue(t, onDayOf(9))
	shows("three days later", 40_000+6_173)
}

func TestAccrueErrors(t *testing.T) {
	t.Parallel()
	away := fmt.Errorf("the desk of progress is away: %w", byline.ErrUnavailable)
	d, _ := paying(t, contracts.Pay{Percentages: percent(contracts.Percent)}, func(s *campaign.Settler[attribution.NoTx]) {
		s.Progress = func(context.Context, attribution.NoTx, contracts.AgreementID) (contracts.Progress, error) {
			return contracts.Progress{}, away
		}
	})
	_, err := d.Accrue(t.Context(), attribution.NoTx{}, onDayOf(1))
	require.ErrorIs(t, err, away)
	_, err = (&campaign.Settler[attribution.NoTx]{}).Accrue(t.Context(), attribution.NoTx{}, onDayOf(1))
	if diff := cmp.Diff([]string{"settler.not_made"}, attributiontest.Faults(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// entriesOnly is a ledger that does not sum up.
type entriesOnly struct {
	contracts.EntryStore[attribution.NoTx]
}

func TestAccrueWithoutSums(t *testing.T) {
	t.Parallel()
	simple := contracts.Pay{Percentages: percent(10 * contracts.Percent), Fees: []contracts.Fee{{ID: "fee", Amount: eur(700)}}}
	capped := contracts.Pay{Currency: byline.EUR, Percentages: percent(contracts.Percent), Cap: &contracts.Cap{Amount: eur(100), Headroom: contracts.HeadroomSpent}}
	for name, tt := range map[string]struct {
		pay  contracts.Pay
		want []string
	}{"fees and a percentage need none": {simple, nil}, "a cap does": {capped, []string{"accruals settler.no_accruals"}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, _ := paying(t, tt.pay, func(s *campaign.Settler[attribution.NoTx]) { s.Ledger, s.Accruals = entriesOnly{s.Ledger}, nil })
			d.settle(t, paidOrder())
			_, err := d.Accrue(t.Context(), attribution.NoTx{}, onDayOf(1))
			if diff := cmp.Diff(tt.want, attributiontest.Faults(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// An order in another currency waits in its own until a rate is found; the rate stays
// with the order, so its refund is converted as it was.
func TestQuotes(t *testing.T) {
	t.Parallel()
	rate, asked := "", 0
	d, _ := paying(t, contracts.Pay{Currency: byline.USD, Percentages: percent(10 * contracts.Percent)}, func(s *campaign.Settler[attribution.NoTx]) {
		s.Quote = func(_ context.Context, _ attribution.NoTx, from, to byline.Currency, at time.Time) (contracts.Quote, error) {
			asked++
			if rate == "" || !at.Equal(attributiontest.LifeStart()) {
				return contracts.Quote{}, nil
			}
			return contracts.NewQuote(from, to, decimal.RequireFromString(rate), at, "demo")
		}
	})
	order := paidOrder()
	order.Lines[0].Quantity = 2
	d.settle(t, order)
	d.shows(t, "no rate is known", inEuro(1000, 0))
	rate = "1.0834"
	_, err := d.Resettle(t.Context(), attribution.NoTx{}, order.ID)
	require.NoError(t, err)
	dollars := func(cents int64) map[byline.Currency]accounts {
		return map[byline.Currency]accounts{byline.USD: {payable: cents}}
	}
	d.shows(t, "10 % of 108.34", dollars(1083))
	record, err := d.orders.Order(t.Context(), attribution.NoTx{}, order.ID)
	require.NoError(t, err)
	if diff := cmp.Diff("EUR USD 1.0834 2026-11-20T18:30:00Z demo", record.Decision.Pins[0].FX); diff != "" {
		t.Errorf("the pin (-want +got):\n%s", diff)
	}
	rate = "2"
	was := asked
	d.settle(t, attribution.Order{ID: order.ID, Shop: order.Shop, Refunds: []attribution.Refund{{
		ID: "half", At: onDayOf(9), AsOf: onDayOf(9), State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "a", Quantity: 1}},
	}}})
	d.shows(t, "half came back, at the rate of the sale", dollars(542))
	d.settle(t, attributiontest.FullRefund(order))
	d.shows(t, "all came back", map[byline.Currency]accounts{})
	if asked != was {
		t.Errorf("asked %d times for a rate that is pinned", asked-was)
	}
}

// A signal holds what an order earned; it is released when the signal goes, and taken
// back when it is denied.
func TestHeldForASignal(t *testing.T) {
	t.Parallel()
	for name, pay := range map[string]contracts.Pay{
		"by the decision": {Percentages: percent(10 * contracts.Percent)},
		"line by line":    {Percentages: []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent, Base: contracts.NetSalesWithTax}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			score := 60
			d, _ := paying(t, pay, func(s *campaign.Settler[attribution.NoTx]) {
				s.Policies = []attribution.Policy{{Version: "trust/1", Trust: []attribution.TrustRule{
					{Signal: "leak", Mode: attribution.Hold, MinScore: 50}, {Signal: "leak", Mode: attribution.Withhold, MinScore: 90}}}}
				s.Signals = func(context.Context, attribution.NoTx, attribution.Order, attribution.History) ([]attribution.Signal, error) {
					return []attribution.Signal{{Code: "leak", Score: score, Message: "seen on a coupon page"}}, nil
				}
			})
			again := func(what string, points int, want map[byline.Currency]accounts) {
				score = points
				_, err := d.Resettle(t.Context(), attribution.NoTx{}, "shop:1")
				require.NoError(t, err)
				d.accrue(t, onDayOf(400))
				d.shows(t, what, want)
			}
			d.settle(t, paidOrder())
			again("doubtful", 60, inEuro(1000, 0))
			again("the doubt is gone", 10, inEuro(0, 1000))
			again("it is back", 70, inEuro(1000, 0))
			again("denied", 95, map[byline.Currency]accounts{})
			again("held again", 60, inEuro(1000, 0))
			d.settle(t, attributiontest.FullRefund(paidOrder()))
			d.shows(t, "came back while it was held", map[byline.Currency]accounts{})
		})
	}
}

// Pay line by line comes from the same state that was decided on.
func TestPayLineByLine(t *testing.T) {
	t.Parallel()
	serum := contracts.Scope{Products: []string{"serum"}}
	d, _ := paying(t, contracts.Pay{
		Currency: byline.EUR,
		Percentages: []contracts.Percentage{{ID: "serum", Rate: 20 * contracts.Percent, Scope: serum},
			{ID: "rest", Rate: 5 * contracts.Percent, Base: contracts.NetSalesWithShipping}},
		PerConversions: []contracts.PerConversion{{ID: "item", Amount: eur(100), Per: contracts.PerItem, Scope: serum}},
	}, nil)
	order := paidOrder()
	order.Lines[0].Product, order.Lines[0].Quantity = "serum", 4
	order.Lines = append(order.Lines, attribution.Line{ID: "b", Quantity: 1, Gross: eur(5000)})
	order.Shipping = eur(600)
	d.settle(t, order)
	d.shows(t, "20.00 for serum, 2.80 for the rest, 1.00 for each of four", inEuro(0, 2000+280+400))
	d.settle(t, attribution.Order{ID: order.ID, Shop: order.Shop, Refunds: []attribution.Refund{{
		ID: "one", At: onDayOf(3), AsOf: onDayOf(3), State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "a", Quantity: 1}},
	}}})
	d.shows(t, "one of four came back", inEuro(0, 1500+280+300))
}
