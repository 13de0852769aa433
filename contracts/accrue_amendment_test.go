package contracts_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// later is a day of the year after that of date.
func later(month time.Month, day int) time.Time { return date(month, day).AddDate(1, 0, 0) }

// versionOf drafts a version of ada's terms; a zero end is open.
func versionOf(t testing.TB, number int, start, end time.Time, pay contracts.Pay) *contracts.Agreement {
	t.Helper()
	return draft(t, func(a *contracts.Terms) {
		a.Version, a.Effective, a.Pay = number, byline.Window{Start: start, End: end}, pay
	})
}

// amended keeps ledger and pins, as a program does that restarts with more versions.
func (c *till) amended(agreements ...*contracts.Agreement) {
	c.Helper()
	r, err := contracts.NewRegister(agreements...)
	require.NoError(c, err)
	c.Register = r
}

func oneOrder(cents int64) []contracts.Bonus {
	return []contracts.Bonus{{ID: "one", Amount: eur(cents), Metric: contracts.Orders, Target: 1}}
}

// A period that an amendment cuts anew is one period, and nothing of it is owed twice.
func TestAccrueAfterAnAmendmentDatedBack(t *testing.T) {
	t.Parallel()
	bonus := contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Bonuses: oneOrder(5000)}
	monthly := contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Draw: eur(1000), Period: contracts.Monthly}
	whole := monthly
	whole.Period = contracts.WholeTerm
	tests := map[string]struct {
		first, second *contracts.Agreement
		at            time.Time
		before, after int64
	}{
		"the period begins earlier": {versionOf(t, 1, date(11, 5), date(12, 1), bonus), versionOf(t, 2, date(11, 1), date(12, 1), bonus), date(11, 12), 6000, 6000},
		"two months become a term":  {versionOf(t, 1, date(11, 1), later(2, 1), monthly), versionOf(t, 2, date(11, 1), later(2, 1), whole), date(12, 2), 2000, 1000},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newTill(t, tt.first)
			if tt.first.Terms().Pay.Draw.IsZero() {
				c.sell(sell("shop:1", date(11, 10), good(10000)), date(11, 10))
			}
			c.accrue(tt.at)
			c.shows("before", 0, tt.before)
			c.amended(tt.first, tt.second)
			c.accrue(tt.at)
			c.shows("after", 0, tt.after)
		})
	}
}

// Of versions that follow each other each rules its own time, and nothing is owed for a
// time in which none does.
func TestAccrueOverVersions(t *testing.T) {
	t.Parallel()
	plain := contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Period: contracts.Monthly}
	with := func(change func(*contracts.Pay)) contracts.Pay {
		p := plain
		change(&p)
		return p
	}
	ahead := with(func(p *contracts.Pay) { p.Draw = eur(5000) })
	least := with(func(p *contracts.Pay) { p.Guarantee = eur(50000) })
	yen := contracts.Pay{Currency: byline.JPY, Period: contracts.Monthly, Guarantee: byline.Minor(100000, byline.JPY)}
	november := []sale{sell("shop:1", date(11, 2), good(100000))}
	tests := map[string]struct {
		versions []*contracts.Agreement
		sales    []sale
		want     map[time.Time]int64 // payable in euro cents
	}{
		"a guarantee of December alone": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), time.Time{}, plain), versionOf(t, 2, date(12, 1), later(1, 1), least)}, nil,
			map[time.Time]int64{later(1, 2): 50000, later(2, 2): 50000}},
		"no draw in a gap": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), date(12, 1), ahead), versionOf(t, 2, later(1, 1), later(2, 1), ahead)}, nil,
			map[time.Time]int64{date(12, 15): 5000, later(1, 1): 10000}},
		"a draw is not kept back from what was earned before it": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), later(1, 1), plain), versionOf(t, 2, date(12, 1), later(1, 1), ahead)}, november,
			map[time.Time]int64{date(12, 1): 15000}},
		"a draw in euro is not kept back in yen": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), date(12, 1), ahead), versionOf(t, 2, date(12, 1), later(1, 1), yen)}, nil,
			map[time.Time]int64{later(1, 2): 5000}},
		"the draw is that of the version in force when the month begins": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), later(1, 1), ahead), versionOf(t, 2, date(11, 15), later(1, 1), with(func(p *contracts.Pay) { p.Draw = eur(7000) }))}, nil,
			map[time.Time]int64{date(11, 20): 5000, date(12, 1): 12000}},
		"a version that ends sooner gives way to the one before it": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), time.Time{}, least), versionOf(t, 2, date(11, 1), date(12, 1), least)}, nil,
			map[time.Time]int64{later(1, 1): 100000}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for at, want := range tt.want {
				c := newTill(t, tt.versions...)
				for _, s := range tt.sales {
					c.sell(s, date(11, 3))
				}
				c.accrue(at)
				c.shows(at.Format(time.DateOnly), 0, want)
			}
		})
	}
}

// What is paid ahead goes back with what was kept back for it.
func TestADrawThatIsCalledOffIsNotKeptBack(t *testing.T) {
	t.Parallel()
	c := newTill(t, paying(t, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Draw: eur(500)}))
	c.sell(sell("shop:1", date(11, 10), good(10000)), date(11, 10))
	c.accrue(date(11, 11))
	c.shows("5.00 paid ahead and kept back, and 10.00", 0, 1000)
	c.progress.Cancelled = &contracts.Cancellation{Stage: contracts.StageSigned, At: date(11, 1)}
	c.accrue(date(11, 12))
	c.shows("neither", 0, 1000)
}

// A period that had begun when the work was called off is paid ahead and guaranteed; one
// that begins at that instant is not.
func TestAccrueWhereTheWorkIsCalledOff(t *testing.T) {
	t.Parallel()
	for name, pay := range map[string]contracts.Pay{
		"guarantee": {Currency: byline.EUR, Percentages: tenPercent(), Period: contracts.Monthly, Guarantee: eur(1000)},
		"draw":      {Currency: byline.EUR, Percentages: tenPercent(), Period: contracts.Monthly, Draw: eur(1000)},
	} {
		for when, want := range map[time.Time]int64{date(11, 1): 0, date(11, 1).Add(1): 1000, date(12, 1): 1000, date(12, 1).Add(1): 2000} {
			c := newTill(t, versionOf(t, 1, date(11, 1), later(1, 1), pay))
			c.progress.Cancelled = &contracts.Cancellation{Stage: contracts.StageSigned, At: when}
			c.accrue(later(1, 1))
			c.shows(fmt.Sprint(name, " called off at ", when), 0, want)
		}
	}
}

// Where more sales come to less, no more is released than is owed in all.
func TestAccrueTiersThatFall(t *testing.T) {
	t.Parallel()
	falling := []contracts.Percentage{{ID: "sales", Mode: contracts.WholeAmount, Tiers: []contracts.Tier{
		{From: eur(0), Rate: 20 * contracts.Percent}, {From: eur(100000), Rate: 5 * contracts.Percent}}}}
	c := newTill(t, paying(t, contracts.Pay{Currency: byline.EUR, Percentages: falling, Hold: contracts.Hold{From: contracts.HeldPlaced, Days: 10}}))
	c.sell(sell("shop:1", date(11, 1), good(90000)), date(11, 1))
	c.sell(sell("shop:2", date(11, 12), good(10000)), date(11, 12))
	c.accrue(date(11, 13))
	c.shows("50.00 in all", 0, 5000)
}

// What was refunded has used the cap where headroom is spent; what was cancelled has not.
func TestAccrueCapByWhyAnOrderEarnsNothing(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Cap: &contracts.Cap{Amount: eur(1000), Headroom: contracts.HeadroomSpent}}
	for why, want := range map[attribution.Standing]int64{
		attribution.StandingRefunded: 500, attribution.StandingCancelled: 1000, attribution.StandingVoided: 1000, attribution.StandingDeleted: 1000,
	} {
		c := newTill(t, paying(t, pay))
		c.sell(sell("shop:1", date(11, 1), good(10000)), date(11, 1))
		c.sell(sell("shop:2", date(11, 2), good(10000)), date(11, 2))
		c.sell(sell("shop:1", date(11, 1), goods{sold: 10000}).standing(why), date(11, 3))
		c.accrue(date(11, 4))
		c.shows(string(why), 0, want)
	}
}

// An order counts by what was sold, at a rate of nothing too.
func TestAccrueBonusOnOrdersThatEarnNothingYet(t *testing.T) {
	t.Parallel()
	zero := []contracts.Percentage{{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{{From: eur(0), Rate: 0}, {From: eur(1000), Rate: 15 * contracts.Percent}}}}
	pay := contracts.Pay{Currency: byline.EUR, Percentages: zero, Bonuses: oneOrder(5000), Hold: contracts.Hold{From: contracts.HeldPlaced, Days: 5}}
	c := newTill(t, paying(t, pay))
	c.sell(sell("shop:1", date(11, 10), good(11000)), date(11, 10))
	c.accrue(date(11, 11))
	c.shows("both wait for the order", 6500, 0)
	c.accrue(date(11, 15))
	c.shows("15.00 of commission, and the bonus", 0, 6500)
}

// Accruing is settled: a second time posts nothing, be there units without money or an
// adjustment, and an adjustment has no base of its own.
func TestAccruingTwicePostsNothing(t *testing.T) {
	t.Parallel()
	c := newTill(t, paying(t, contracts.Pay{
		Currency: byline.EUR, Percentages: tiered(contracts.Marginal), Hold: contracts.Hold{From: contracts.HeldPlaced, Days: 10},
		Metered: []contracts.Metered{{ID: "views", Metric: contracts.Views, Amount: eur(30), Per: 1000}},
	}))
	c.progress.Readings = []contracts.Reading{{Metric: contracts.Views, Count: 1, At: date(11, 2)}}
	c.sell(sell("shop:1", date(11, 1), good(150000)), date(11, 1))
	c.sell(sell("shop:2", date(11, 12), good(50000)), date(11, 12))
	for range 4 {
		c.accrue(date(11, 13))
	}
	for subject, want := range map[contracts.Subject]int{contracts.ForAgreement("ag-ada"): 1, contracts.ForPeriods("ag-ada"): 2, contracts.ForOrder("shop:1"): 3} {
		got, err := c.Entries(c.Context(), attribution.NoTx{}, subject)
		require.NoError(t, err)
		if len(got) != want {
			t.Errorf("%d entries of %s, want %d: %+v", len(got), subject, want, got)
		}
		for _, e := range got {
			if e.Kind == contracts.TierAdjustment && e.Base != (byline.Money{}) {
				t.Errorf("%+v has a base, which its orders have already", e)
			}
		}
	}
}

// accrued is a line of a period in short.
func accrued(lines []contracts.Line) []string {
	var all []string
	for _, l := range lines {
		account := l.Account
		if account == contracts.Payable {
			account = "payable"
		}
		all = append(all, fmt.Sprint(l.Version, " ", l.Kind, " ", l.Rule, " ", account, " ", l.Amount, " ", l.Reason))
	}
	return all
}

// What a period makes of given sums, of a first version until 15 November and a second
// one from then on.
func TestAccrueOfSums(t *testing.T) {
	t.Parallel()
	usd := func(cents int64) byline.Money { return byline.Minor(cents, byline.USD) }
	tiersIn := func(money func(int64) byline.Money) []contracts.Percentage {
		return []contracts.Percentage{{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{
			{From: money(0), Rate: 10 * contracts.Percent}, {From: money(100000), Rate: 15 * contracts.Percent}}}}
	}
	sales := func(version int, account contracts.Account, base byline.Money) contracts.Total {
		amount, _ := (10 * contracts.Percent).Of(base)
		return contracts.Total{Version: version, Kind: contracts.Commission, Rule: "sales", Account: account, Amount: amount, Base: base, Sold: base}
	}
	earning := contracts.Pay{Currency: byline.EUR, Percentages: tenPercent()}
	tieredEuro := contracts.Pay{Currency: byline.EUR, Percentages: tiersIn(eur)}
	spent := func(cents int64) *contracts.Cap {
		return &contracts.Cap{Amount: eur(cents), Headroom: contracts.HeadroomSpent}
	}
	each := contracts.Total{Version: 1, Kind: contracts.PerOrderPay, Rule: "each", Amount: eur(1000), Sold: eur(2000)}
	perOrder := []contracts.PerConversion{{ID: "each", Amount: eur(500)}}
	more := sales(1, contracts.Payable, eur(20000))
	more.Sold = eur(15000)
	tests := map[string]struct {
		first, second contracts.Pay
		earned        contracts.Earnings
		want          []string
	}{
		"what is in another currency than the pay's does not count": {
			tieredEuro,
			contracts.Pay{Currency: byline.USD, Percentages: tiersIn(usd), Cap: &contracts.Cap{Amount: usd(5000), Headroom: contracts.HeadroomReturns},
				Bonuses: []contracts.Bonus{{ID: "volume", Amount: usd(100), Metric: contracts.SalesVolume, Sales: usd(80000)}, {ID: "more", Amount: usd(100), Metric: contracts.SalesVolume, Sales: usd(80001)}}},
			contracts.Earnings{Totals: []contracts.Total{sales(1, contracts.Payable, eur(150000)), sales(2, contracts.Payable, usd(80000)), sales(2, contracts.Held, eur(50000))}},
			[]string{"1 tier_adjustment sales payable 25.00 EUR tier_reached", "2 cap_adjustment cap payable -30.00 USD capped",
				"2 bonus volume payable 1.00 USD target_reached", "2 bonus more payable 0.00 USD target_missed"},
		},
		"fixed amounts of an order that came back have used the cap": {
			contracts.Pay{Currency: byline.EUR, PerConversions: perOrder}, contracts.Pay{Currency: byline.EUR, PerConversions: perOrder, Cap: spent(1000)},
			contracts.Earnings{Totals: []contracts.Total{each}},
			[]string{"2 cap_adjustment cap payable -5.00 EUR capped"},
		},
		"a guarantee is of what the cap leaves": {
			contracts.Pay{Currency: byline.EUR, PerConversions: perOrder}, contracts.Pay{Currency: byline.EUR, PerConversions: perOrder, Cap: spent(1000), Guarantee: eur(800)},
			contracts.Earnings{Totals: []contracts.Total{each}},
			[]string{"2 cap_adjustment cap payable -5.00 EUR capped", "2 guarantee_top_up guarantee payable 3.00 EUR guaranteed"},
		},
		"entries that do not say what was sold": {
			earning, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Cap: spent(1000)},
			contracts.Earnings{Totals: []contracts.Total{more}},
			[]string{"2 cap_adjustment cap payable -10.00 EUR capped"},
		},
		"a cap takes what is held first": {
			earning, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Cap: spent(7000)},
			contracts.Earnings{Totals: []contracts.Total{sales(1, contracts.Payable, eur(60000)), sales(1, contracts.Held, eur(40000))}},
			[]string{"2 cap_adjustment cap held -30.00 EUR capped"},
		},
		"a cap takes of what is released, too": {
			earning, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Cap: spent(5000)},
			contracts.Earnings{Totals: []contracts.Total{sales(1, contracts.Payable, eur(60000)), sales(1, contracts.Held, eur(40000))}},
			[]string{"2 cap_adjustment cap payable -10.00 EUR capped", "2 cap_adjustment cap held -40.00 EUR capped"},
		},
		"a tier is released when what reached it is": {
			tieredEuro, tieredEuro,
			contracts.Earnings{Totals: []contracts.Total{sales(1, contracts.Payable, eur(30000)), sales(1, contracts.Held, eur(50000)), sales(2, contracts.Payable, eur(50000))}},
			[]string{"2 tier_adjustment sales held 15.00 EUR tier_reached"},
		},
		"a tier is of the version of its orders": {
			tieredEuro, tieredEuro,
			contracts.Earnings{Totals: []contracts.Total{sales(1, contracts.Payable, eur(80000)), sales(2, contracts.Payable, eur(50000))}},
			[]string{"2 tier_adjustment sales payable 15.00 EUR tier_reached"},
		},
		"what is paid ahead is kept back from what is released": {
			contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Draw: eur(10000)}, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Draw: eur(20000)},
			contracts.Earnings{Totals: []contracts.Total{sales(1, contracts.Payable, eur(40000)), sales(1, contracts.Held, eur(90000))}},
			[]string{"1 draw draw payable 100.00 EUR paid_ahead", "2 draw_recovery draw payable -40.00 EUR kept_back"},
		},
		"what is paid ahead is kept back from a guarantee, too": {
			contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Draw: eur(10000)}, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Guarantee: eur(8000)},
			contracts.Earnings{},
			[]string{"2 guarantee_top_up guarantee payable 80.00 EUR guaranteed", "1 draw draw payable 100.00 EUR paid_ahead", "2 draw_recovery draw payable -80.00 EUR kept_back"},
		},
		"nothing is kept back of less than nothing": {
			contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Draw: eur(10000)}, earning,
			contracts.Earnings{Totals: []contracts.Total{sales(1, contracts.Payable, eur(-40000))}},
			[]string{"1 draw draw payable 100.00 EUR paid_ahead"},
		},
		"orders count over versions, and release the bonus": {
			earning, contracts.Pay{Currency: byline.EUR, Percentages: tenPercent(), Bonuses: []contracts.Bonus{
				{ID: "two", Amount: eur(100), Metric: contracts.Orders, Target: 2}, {ID: "three", Amount: eur(100), Metric: contracts.Orders, Target: 3}, {ID: "four", Amount: eur(100), Metric: contracts.Orders, Target: 4}}},
			contracts.Earnings{Orders: []contracts.OrderCount{{Version: 1, Orders: 1, Released: 1}, {Version: 2, Orders: 2, Released: 1}}},
			[]string{"2 bonus two payable 1.00 EUR target_reached", "2 bonus three held 1.00 EUR target_reached", "2 bonus four payable 0.00 EUR target_missed"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := contracts.NewRegister(versionOf(t, 1, date(11, 1), date(12, 1), tt.first), versionOf(t, 2, date(11, 15), date(12, 1), tt.second))
			require.NoError(t, err)
			lines, err := r.Accrue("ag-ada", func(span byline.Window) (contracts.Earnings, error) {
				if want := (byline.Window{Start: date(11, 1), End: date(12, 1)}); span != want {
					t.Errorf("asked for %v, want %v", span, want)
				}
				return tt.earned, nil
			}, contracts.Progress{}, date(12, 1))
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, accrued(lines)); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			for _, l := range lines {
				if !l.EarnedAt.Equal(date(11, 1)) {
					t.Errorf("%+v is not of the period", l)
				}
			}
		})
	}
}

// Sums beyond an int64 are an error and never wrap around.
func TestAccrueOfSumsBeyondAnInt64(t *testing.T) {
	t.Parallel()
	two := append(tenPercent(), contracts.Percentage{ID: "more", Rate: contracts.Whole})
	r, err := contracts.NewRegister(paying(t, contracts.Pay{Currency: byline.EUR, Percentages: two, Guarantee: eur(5)}))
	require.NoError(t, err)
	huge := func(rule string) contracts.Total {
		return contracts.Total{Version: 1, Kind: contracts.Commission, Rule: rule, Amount: eur(math.MaxInt64), Base: eur(math.MaxInt64), Sold: eur(math.MaxInt64)}
	}
	for name, totals := range map[string][]contracts.Total{
		"of two percentages": {huge("sales"), huge("more")}, "of one": {huge("sales"), huge("sales")},
	} {
		_, err := r.Accrue("ag-ada", func(byline.Window) (contracts.Earnings, error) { return contracts.Earnings{Totals: totals}, nil }, contracts.Progress{}, date(12, 2))
		if diff := cmp.Diff([]fault{{"", "money.range"}}, faultsOf(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
