package contracts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// row is a line in short.
type row struct {
	Rule    string
	Account contracts.Account
	Until   string
	Base    byline.Money
	Amount  byline.Money
	Units   int64
}

func rows(lines []contracts.Line) []row {
	var all []row
	for _, l := range lines {
		r := row{Rule: l.Rule, Account: l.Account, Base: l.Base, Amount: l.Amount, Units: l.Units}
		if !l.Until.IsZero() {
			r.Until = l.Until.Format("01-02 15:04")
		}
		all = append(all, r)
	}
	return all
}

// The same order on each base, by goods, and for whom it is.
func TestEarnByScopeAndBase(t *testing.T) {
	t.Parallel()
	order := sell("shop:1", date(11, 20),
		goods{product: "serum", sold: 10000, kept: 10000, tax: 1900, quantity: 2, left: 2},
		goods{product: "mug", sold: 5000, kept: 2500, tax: 950, quantity: 2, left: 1})
	order.breakdown.Shipping = attribution.Part{Sold: eur(500), Kept: eur(500)}
	order.breakdown.ShippingTax = attribution.Part{Sold: eur(95), Kept: eur(95)}
	order.decision.Customer = attribution.NewCustomer
	percent := func(change func(*contracts.Percentage)) contracts.Pay {
		p := contracts.Percentage{ID: "sales", Rate: 10 * contracts.Percent}
		change(&p)
		return contracts.Pay{Percentages: []contracts.Percentage{p}}
	}
	each := func(change func(*contracts.PerConversion)) contracts.Pay {
		p := contracts.PerConversion{ID: "each", Amount: eur(300)}
		change(&p)
		return contracts.Pay{PerConversions: []contracts.PerConversion{p}}
	}
	serum, mug := contracts.Scope{Products: []string{"serum"}}, contracts.Scope{Products: []string{"mug"}}
	tests := map[string]struct {
		pay  contracts.Pay
		want []row
	}{
		"net":           {percent(func(*contracts.Percentage) {}), []row{{Rule: "sales", Base: eur(12500), Amount: eur(1250)}}},
		"with tax":      {percent(func(p *contracts.Percentage) { p.Base = contracts.NetSalesWithTax }), []row{{Rule: "sales", Base: eur(14875), Amount: eur(1488)}}},
		"with shipping": {percent(func(p *contracts.Percentage) { p.Base = contracts.NetSalesWithShipping }), []row{{Rule: "sales", Base: eur(13000), Amount: eur(1300)}}},
		"with both":     {percent(func(p *contracts.Percentage) { p.Base = contracts.NetSalesWithBoth }), []row{{Rule: "sales", Base: eur(15470), Amount: eur(1547)}}},
		"one product":   {percent(func(p *contracts.Percentage) { p.Scope = serum }), []row{{Rule: "sales", Base: eur(10000), Amount: eur(1000)}}},
		"all but one":   {percent(func(p *contracts.Percentage) { p.Scope.Except = []string{"serum"} }), []row{{Rule: "sales", Base: eur(2500), Amount: eur(250)}}},
		"new customers": {percent(func(p *contracts.Percentage) { p.Scope.Customer = contracts.NewCustomers }), []row{{Rule: "sales", Base: eur(12500), Amount: eur(1250)}}},
		"old customers": {percent(func(p *contracts.Percentage) { p.Scope.Customer = contracts.ReturningCustomers }), []row{{Rule: "sales", Base: eur(0), Amount: eur(0)}}},
		"leads only":    {percent(func(p *contracts.Percentage) { p.Scope.Conversions = []attribution.Conversion{attribution.Lead} }), []row{{Rule: "sales", Base: eur(0), Amount: eur(0)}}},
		"the first that fits": {contracts.Pay{Percentages: []contracts.Percentage{
			{ID: "old", Rate: contracts.Whole, Scope: contracts.Scope{Customer: contracts.ReturningCustomers}},
			{ID: "serum", Rate: 20 * contracts.Percent, Scope: serum}, {ID: "rest", Rate: 5 * contracts.Percent, Base: contracts.NetSalesWithShipping}}},
			[]row{{Rule: "old", Base: eur(0), Amount: eur(0)}, {Rule: "serum", Base: eur(10000), Amount: eur(2000)}, {Rule: "rest", Base: eur(3000), Amount: eur(150)}}},
		"for each order, as much as was kept": {each(func(*contracts.PerConversion) {}), []row{{Rule: "each", Amount: eur(250), Units: 1}}},
		"for each order with a mug":           {each(func(p *contracts.PerConversion) { p.Scope = mug }), []row{{Rule: "each", Amount: eur(150), Units: 1}}},
		"for each order with a sofa":          {each(func(p *contracts.PerConversion) { p.Scope.Products = []string{"sofa"} }), []row{{Rule: "each", Amount: eur(0)}}},
		"for each item":                       {each(func(p *contracts.PerConversion) { p.Per = contracts.PerItem }), []row{{Rule: "each", Amount: eur(900), Units: 3}}},
		"items once": {contracts.Pay{PerConversions: []contracts.PerConversion{
			{ID: "serum", Amount: eur(300), Per: contracts.PerItem, Scope: serum}, {ID: "rest", Amount: eur(100), Per: contracts.PerItem}}},
			[]row{{Rule: "serum", Amount: eur(600), Units: 2}, {Rule: "rest", Amount: eur(100), Units: 1}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, err := paying(t, tt.pay).Earn(order.decision, order.options(date(12, 1)))
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, rows(lines)); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// A lead has no money in it and is paid for while it stands.
func TestEarnPerLead(t *testing.T) {
	t.Parallel()
	lead := attribution.Decision{Order: "crm:1", Kind: attribution.Lead, PlacedAt: date(11, 20), Standing: attribution.StandingEarning,
		Credits: []attribution.Credit{{Creator: "ada", Campaign: "autumn", Share: attribution.Share{Num: 2, Den: 3}}, {Creator: "bruno", Campaign: "autumn", Share: attribution.Share{Num: 1, Den: 3}}}}
	a := paying(t, contracts.Pay{PerConversions: []contracts.PerConversion{{ID: "lead", Amount: eur(500), Scope: contracts.Scope{Conversions: []attribution.Conversion{attribution.Lead}}}}})
	lines, err := a.Earn(lead, nil)
	require.NoError(t, err)
	if diff := cmp.Diff([]row{{Rule: "lead", Amount: eur(333), Units: 1}}, rows(lines)); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	lead.Standing = attribution.StandingCancelled
	lines, err = a.Earn(lead, nil)
	require.NoError(t, err)
	if diff := cmp.Diff([]row{{Rule: "lead", Amount: eur(0)}}, rows(lines)); diff != "" {
		t.Errorf("a lead that was called off (-want +got):\n%s", diff)
	}
}

// Each item waits for its own time, and the parts sum to the whole.
func TestEarnHolds(t *testing.T) {
	t.Parallel()
	placed, delivered := date(11, 20), date(11, 22)
	order := sell("shop:1", placed,
		goods{product: "serum", sold: 3333, kept: 3333, quantity: 1, left: 1, delivered: delivered},
		goods{product: "sofa", sold: 3333, kept: 3333, quantity: 1, left: 1, delivered: delivered},
		goods{product: "mug", sold: 3334, kept: 3334, quantity: 1, left: 1})
	hold := contracts.Hold{From: contracts.HeldDelivery, Days: 14, Items: []contracts.ItemHold{{Scope: contracts.Scope{Products: []string{"sofa"}}, Days: 100}}}
	pay := contracts.Pay{Percentages: tenPercent(), Hold: hold}
	bounded := pay
	bounded.Hold.AtMost = 45
	simple := contracts.Pay{Percentages: tenPercent(), Hold: contracts.Hold{From: contracts.HeldPlaced, Days: 14}}
	tests := map[string]struct {
		pay  contracts.Pay
		at   time.Time
		want []row
	}{
		"placed, a moment before": {simple, date(12, 4).Add(-1), []row{{"sales", contracts.Held, "12-04 00:00", eur(10000), eur(1000), 0}}},
		"placed, at the instant":  {simple, date(12, 4), []row{{"sales", contracts.Payable, "", eur(10000), eur(1000), 0}}},
		"placed, nobody asks":     {simple, time.Time{}, []row{{"sales", contracts.Held, "12-04 00:00", eur(10000), eur(1000), 0}}},
		"by item, all wait": {pay, date(12, 6).Add(-1), []row{
			{"sales", contracts.Held, "12-06 00:00", eur(3333), eur(333), 0}, {"sales", contracts.Held, "03-02 00:00", eur(3333), eur(333), 0}, {"sales", contracts.Held, "", eur(3334), eur(334), 0}}},
		"by item, one is released": {pay, date(12, 6), []row{
			{"sales", contracts.Payable, "", eur(3333), eur(333), 0}, {"sales", contracts.Held, "03-02 00:00", eur(3333), eur(333), 0}, {"sales", contracts.Held, "", eur(3334), eur(334), 0}}},
		"no delivery was heard of": {bounded, date(11, 21), []row{
			{"sales", contracts.Held, "12-06 00:00", eur(3333), eur(333), 0}, {"sales", contracts.Held, "03-02 00:00", eur(3333), eur(333), 0}, {"sales", contracts.Held, "01-04 00:00", eur(3334), eur(334), 0}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, err := paying(t, tt.pay).Earn(order.decision, order.options(tt.at))
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, rows(lines)); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
	lines, err := paying(t, pay).Earn(order.standing(attribution.StandingRefunded).decision, order.options(date(12, 6)))
	require.NoError(t, err)
	if len(lines) != 1 || !lines[0].Amount.IsZero() || lines[0].Reason != contracts.ReasonRefunded {
		t.Errorf("lines %+v, want one of nothing because it came back", lines)
	}
}

func TestEarnNeedsABreakdown(t *testing.T) {
	t.Parallel()
	order := sell("shop:1", date(11, 20), good(100))
	_, err := paying(t, fullPay()).Earn(order.decision, nil)
	if diff := cmp.Diff([]fault{{"", "earn.breakdown"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	lost := fmt.Errorf("the shop is away: %w", byline.ErrUnavailable)
	_, err = paying(t, fullPay()).Earn(order.decision, &contracts.EarnOptions{Breakdown: func() (attribution.Breakdown, error) { return attribution.Breakdown{}, lost }})
	require.ErrorIs(t, err, byline.ErrUnavailable)
}

// An order in another currency is converted at one rate for its whole life.
func TestEarnConverts(t *testing.T) {
	t.Parallel()
	quote := func(rate string) func(byline.Currency, byline.Currency) (contracts.Quote, error) {
		return func(from, to byline.Currency) (contracts.Quote, error) {
			if rate == "" {
				return contracts.Quote{}, nil
			}
			return contracts.NewQuote(from, to, decimal.RequireFromString(rate), date(11, 20), "ecb")
		}
	}
	for currency, want := range map[byline.Currency]string{byline.USD: "10.83 USD", byline.JPY: "1083 JPY", "KWD": "10.834 KWD"} {
		rate := map[byline.Currency]string{byline.JPY: "108.34"}[currency]
		if rate == "" {
			rate = "1.0834"
		}
		a := paying(t, contracts.Pay{Currency: currency, Percentages: tenPercent()})
		r, err := contracts.NewRegister(a)
		require.NoError(t, err)
		order := sell("shop:1", date(11, 20), good(10000))
		options := order.options(time.Time{})
		options.Quote = quote("")
		waiting, err := r.Earn(order.decision, nil, options)
		require.NoError(t, err)
		if l := waiting.Lines[0]; l.Amount != eur(1000) || l.Account != contracts.Held || l.Reason != contracts.ReasonNoQuote {
			t.Errorf("without a rate: %+v, want it to wait", l)
		}
		options.Quote = quote(rate)
		earned, err := r.Earn(order.decision, waiting.Pins, options)
		require.NoError(t, err)
		if l := earned.Lines[0]; l.Amount.String() != want || l.Account != contracts.Payable || l.FX.Rate != rate {
			t.Errorf("converted: %+v, want %s", l, want)
		}
		options.Quote = quote("9")
		again, err := r.Earn(order.decision, earned.Pins, options)
		require.NoError(t, err)
		if diff := cmp.Diff(earned, again); diff != "" {
			t.Errorf("at a later rate (-want +got):\n%s", diff)
		}
		back := sell("shop:1", date(11, 20), goods{sold: 10000})
		gone, err := r.Earn(back.decision, again.Pins, options)
		require.NoError(t, err)
		if !gone.Lines[0].Amount.IsZero() || gone.Lines[0].Amount.Currency() != currency {
			t.Errorf("all came back: %+v", gone.Lines[0])
		}
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	_, err := contracts.NewQuote("eur", "", decimal.Zero, time.Time{}, "the bank")
	want := []fault{{"from", "currency"}, {"to", "currency"}, {"rate", "quote.rate"}, {"source", "quote.source"}, {"at", "required"}}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	q, err := contracts.NewQuote(byline.EUR, byline.USD, decimal.RequireFromString("1.0834"), date(11, 20), "ecb")
	require.NoError(t, err)
	if _, err := q.Convert(byline.Minor(1, byline.USD)); err == nil {
		t.Error("converted dollars from euros")
	}
	if _, err := q.Convert(eur(1 << 62)); err != nil {
		t.Errorf("%v, want it to fit", err)
	}
	_, err = q.Convert(byline.Minor(1<<63-1, byline.EUR))
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func FuzzQuote(f *testing.F) {
	f.Add("EUR USD 1.0834 2026-11-20T00:00:00Z ecb")
	f.Add("")
	f.Add("EUR USD 1e99 2026-11-20T00:00:00Z ecb")
	f.Fuzz(func(t *testing.T, text string) {
		q, err := contracts.ParseQuote(text)
		if err != nil {
			return
		}
		if q.String() != text {
			t.Errorf("%q reads as %q", text, q.String())
		}
		_, _ = q.Convert(byline.Minor(1<<63-1, q.From))
	})
}

// All that is earned, over everyone, is what the base says; and whatever is kept of it,
// on accounts and in parts, sums to one rounding of the whole.
func TestEarnPartsSumToTheWhole(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2000) {
		rng := rand.New(rand.NewPCG(seed, 3))
		order := randomSale(rng, "shop:1", date(11, 1+rng.IntN(30)), randomGoods(rng))
		a := paying(t, contracts.Pay{Percentages: tenPercent(), Hold: fullPay().Hold})
		lines, err := a.Earn(order.decision, order.options(date(11, 1+rng.IntN(30))))
		require.NoError(t, err)
		var amount, base byline.Money
		for _, l := range lines {
			amount, err = amount.Add(l.Amount)
			require.NoError(t, err)
			base, err = base.Add(l.Base)
			require.NoError(t, err)
		}
		want, err := (10 * contracts.Percent).Of(order.decision.Earning)
		require.NoError(t, err)
		if amount != want || base != order.decision.Earning {
			t.Fatalf("seed %d: %s on %s, want %s on %s", seed, amount, base, want, order.decision.Earning)
		}
	}
}
