package contracts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// fullPay uses every part of Pay.
func fullPay() contracts.Pay {
	return contracts.Pay{
		Currency: byline.EUR,
		Fees:     []contracts.Fee{{ID: "signing", Amount: eur(50000), Due: contracts.AtSigning}, {ID: "posting", Amount: eur(50000), Due: contracts.AtPosting, After: 3}},
		Percentages: []contracts.Percentage{
			{ID: "serum", Rate: 20 * contracts.Percent, Scope: contracts.Scope{Products: []string{"serum"}}},
			{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{{From: eur(0), Rate: 10 * contracts.Percent}, {From: eur(100000), Rate: 15 * contracts.Percent}}},
		},
		PerConversions: []contracts.PerConversion{{ID: "new", Amount: eur(200), Scope: contracts.Scope{Customer: contracts.NewCustomers}}},
		Metered:        []contracts.Metered{{ID: "views", Metric: contracts.Views, Amount: eur(500), Per: 1000, AtMost: 100_000}},
		Bonuses:        []contracts.Bonus{{ID: "hundred", Amount: eur(10000), Metric: contracts.Orders, Target: 100}},
		Gifts:          []contracts.Gift{{ID: "box", Description: "a box of samples", Value: eur(12000), Due: contracts.AtReceipt}},
		Period:         contracts.Monthly,
		Cap:            &contracts.Cap{Amount: eur(300000), Headroom: contracts.HeadroomReturns},
		Guarantee:      eur(20000),
		Draw:           eur(10000),
		Hold:           contracts.Hold{From: contracts.HeldDelivery, Days: 14, AtMost: 45, Items: []contracts.ItemHold{{Scope: contracts.Scope{Products: []string{"sofa"}}, Days: 100}}},
	}
}

func TestDraftChecksPay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*contracts.Pay)
		want   []fault
	}{
		"everything at once":  {func(*contracts.Pay) {}, nil},
		"no currency":         {func(p *contracts.Pay) { p.Currency = "eur" }, []fault{{"pay.currency", "currency"}, {"pay.fees[0].amount", "pay.currency"}, {"pay.fees[1].amount", "pay.currency"}, {"pay.gifts[0].value", "pay.currency"}, {"pay.percentages[1].tiers[0].from", "pay.currency"}, {"pay.percentages[1].tiers[1].from", "pay.currency"}, {"pay.per_conversions[0].amount", "pay.currency"}, {"pay.metered[0].amount", "pay.currency"}, {"pay.bonuses[0].amount", "pay.currency"}, {"pay.cap.amount", "pay.currency"}, {"pay.guarantee", "pay.currency"}, {"pay.draw", "pay.currency"}}},
		"an id twice":         {func(p *contracts.Pay) { p.Bonuses[0].ID = "views" }, []fault{{"pay.bonuses[0].id", "pay.id_twice"}}},
		"no id":               {func(p *contracts.Pay) { p.Gifts[0].ID = "" }, []fault{{"pay.gifts[0].id", "required"}}},
		"a fee of nothing":    {func(p *contracts.Pay) { p.Fees[0].Amount = eur(0) }, []fault{{"pay.fees[0].amount", "pay.money"}}},
		"an unknown event":    {func(p *contracts.Pay) { p.Fees[0].Due = "soon" }, []fault{{"pay.fees[0].due", "oneof"}}},
		"before the event":    {func(p *contracts.Pay) { p.Fees[1].After = -1 }, []fault{{"pay.fees[1].after_days", "min"}}},
		"a rate above all":    {func(p *contracts.Pay) { p.Percentages[0].Rate = contracts.Whole + 1 }, []fault{{"pay.percentages[0].rate", "pay.rate"}}},
		"an unknown base":     {func(p *contracts.Pay) { p.Percentages[0].Base = "gross" }, []fault{{"pay.percentages[0].base", "oneof"}}},
		"tiers of no mode":    {func(p *contracts.Pay) { p.Percentages[1].Mode = "" }, []fault{{"pay.percentages[1].tier_mode", "oneof"}}},
		"a mode without":      {func(p *contracts.Pay) { p.Percentages[0].Mode = contracts.Marginal }, []fault{{"pay.percentages[0].tier_mode", "pay.tiers"}}},
		"tiers and a rate":    {func(p *contracts.Pay) { p.Percentages[1].Rate = 1 }, []fault{{"pay.percentages[1].rate", "pay.tiers"}}},
		"a tier too late":     {func(p *contracts.Pay) { p.Percentages[1].Tiers[0].From = eur(1) }, []fault{{"pay.percentages[1].tiers[0].from", "pay.tiers"}}},
		"tiers that fall":     {func(p *contracts.Pay) { p.Percentages[1].Tiers[1].From = eur(0) }, []fault{{"pay.percentages[1].tiers[1].from", "pay.tiers"}}},
		"a tier in yen":       {func(p *contracts.Pay) { p.Percentages[1].Tiers[1].From = byline.Minor(9, byline.JPY) }, []fault{{"pay.percentages[1].tiers[1].from", "pay.currency"}}},
		"nobody's customers":  {func(p *contracts.Pay) { p.PerConversions[0].Scope.Customer = "old" }, []fault{{"pay.per_conversions[0].scope.customer", "oneof"}}},
		"per what":            {func(p *contracts.Pay) { p.PerConversions[0].Per = "week" }, []fault{{"pay.per_conversions[0].per", "oneof"}}},
		"metered orders":      {func(p *contracts.Pay) { p.Metered[0].Metric = contracts.Orders }, []fault{{"pay.metered[0].metric", "pay.metric"}}},
		"per no views":        {func(p *contracts.Pay) { p.Metered[0].Per = 0 }, []fault{{"pay.metered[0].per", "min"}}},
		"an empty span":       {func(p *contracts.Pay) { p.Metered[0].From = 100_000 }, []fault{{"pay.metered[0].at_most", "pay.span"}}},
		"a bonus for nothing": {func(p *contracts.Pay) { p.Bonuses[0].Target = 0 }, []fault{{"pay.bonuses[0].target", "min"}}},
		"a bonus of no kind":  {func(p *contracts.Pay) { p.Bonuses[0].Metric = "" }, []fault{{"pay.bonuses[0].metric", "required"}}},
		"sales as a number":   {func(p *contracts.Pay) { p.Bonuses[0].Metric = contracts.SalesVolume }, []fault{{"pay.bonuses[0].target", "pay.metric"}}},
		"a cap that forgets":  {func(p *contracts.Pay) { p.Cap.Headroom = "" }, []fault{{"pay.cap.headroom", "oneof"}}},
		"a cap below":         {func(p *contracts.Pay) { p.Cap.Amount = eur(19999) }, []fault{{"pay.guarantee", "pay.span"}}},
		"two currencies": {func(p *contracts.Pay) {
			*p = contracts.Pay{Fees: []contracts.Fee{{ID: "a", Amount: eur(1)}, {ID: "b", Amount: byline.Minor(1, byline.JPY)}}}
		}, []fault{{"pay.fees[1].amount", "pay.currency"}}},
		"shipping of some goods": {func(p *contracts.Pay) { p.Percentages[0].Base = contracts.NetSalesWithBoth }, []fault{{"pay.percentages[0].base", "pay.base"}}},
		"a bonus on no orders":   {func(p *contracts.Pay) { p.Percentages, p.PerConversions = nil, nil }, []fault{{"pay.bonuses[0].metric", "pay.metric"}}},
		"a bonus on no sales": {func(p *contracts.Pay) {
			p.Bonuses[0] = contracts.Bonus{ID: "none", Amount: eur(1), Metric: contracts.SalesVolume, Sales: eur(0)}
		}, []fault{{"pay.bonuses[0].sales", "pay.money"}}},
		"no delivery to wait for": {func(p *contracts.Pay) { p.Hold = contracts.Hold{From: contracts.HeldPlaced, AtMost: 1} }, []fault{{"pay.hold.at_most_days", "pay.hold"}}},
		"a negative draw":         {func(p *contracts.Pay) { p.Draw = eur(-1) }, []fault{{"pay.draw", "pay.money"}}},
		"a period of a week":      {func(p *contracts.Pay) { p.Period = "week" }, []fault{{"pay.period", "oneof"}}},
		"a hold of what":          {func(p *contracts.Pay) { p.Hold.From = "" }, []fault{{"pay.hold.from", "pay.hold"}}},
		"a hold for ever": {func(p *contracts.Pay) { p.Hold.Days, p.Hold.AtMost, p.Hold.Items[0].Days = -1, 3651, 99_999 },
			[]fault{{"pay.hold.days", "pay.hold"}, {"pay.hold.at_most_days", "pay.hold"}, {"pay.hold.items[0].days", "pay.hold"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			agreed := terms()
			agreed.Pay = fullPay()
			tt.change(&agreed.Pay)
			_, err := contracts.Draft(agreed)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// The two modes differ by real money; the numbers are those of the doc comment.
func TestTiers(t *testing.T) {
	t.Parallel()
	tiers := []contracts.Tier{{From: eur(0), Rate: 10 * contracts.Percent}, {From: eur(100000), Rate: 15 * contracts.Percent}, {From: eur(200000), Rate: 20 * contracts.Percent}}
	tests := map[string]struct{ base, marginal, whole int64 }{
		"nothing":                    {0, 0, 0},
		"one cent":                   {1, 0, 0},
		"five cents round up":        {5, 1, 1},
		"a unit below the tier":      {99999, 10000, 10000},
		"the tier itself":            {100000, 10000, 15000},
		"a unit above":               {100001, 10000, 15000},
		"half a cent above":          {100003, 10000, 15000},
		"as documented":              {150000, 17500, 22500},
		"a unit below the last tier": {199999, 25000, 30000},
		"the last tier":              {200000, 25000, 40000},
		"beyond":                     {300000, 45000, 60000},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for mode, want := range map[contracts.TierMode]int64{contracts.Marginal: tt.marginal, contracts.WholeAmount: tt.whole} {
				got, err := contracts.Percentage{Tiers: tiers, Mode: mode}.Commission(eur(tt.base))
				if err != nil || got != eur(want) {
					t.Errorf("%s of %s is %s, %v, want %s", mode, eur(tt.base), got, err, eur(want))
				}
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	pay := fullPay()
	pay.Percentages[0].Scope.Customer = contracts.NewCustomers
	want := []string{
		"500.00 EUR at signing",
		"500.00 EUR 3 days after, on posting",
		"20% of net sales in products serum, from new customers",
		"10%, 15% from 1000.00 EUR of net sales, on each part, counted each month",
		"2.00 EUR for each order from new customers",
		"5.00 EUR for each 1000 views up to 100000",
		"100.00 EUR more for 100 orders each month",
		"a box of samples, in goods worth 120.00 EUR",
		"at most 3000.00 EUR of commission each month; what comes back makes room again",
		"at least 200.00 EUR of commission each month",
		"100.00 EUR paid ahead each month, and kept back from commission",
		"commission waits 14 days from the delivery of each item",
		"100 days in products sofa",
		"45 days from the order where no delivery is heard of",
		"paid in EUR",
	}
	if diff := cmp.Diff(want, pay.Describe()); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}
