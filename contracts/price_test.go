package contracts_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func prices(order contracts.PriceOrder) contracts.RightsPrices {
	return contracts.RightsPrices{Base: eur(100000), Order: order, AddOns: []contracts.AddOn{
		{ID: "usage", Rate: 30 * contracts.Percent},
		{ID: "exclusive", Rate: 25 * contracts.Percent, Exclusive: true},
	}}
}

func quarter() byline.Window { return byline.Window{Start: date(6, 1), End: date(9, 1)} }

func TestPrice(t *testing.T) {
	t.Parallel()
	exclusive := website()
	exclusive.Exclusive = true
	line := func(id string, rate contracts.Rate, of, amount int64) contracts.PriceLine {
		return contracts.PriceLine{ID: id, Rate: rate * contracts.Percent, Of: eur(of), Amount: eur(amount)}
	}
	base := contracts.PriceLine{ID: "base", Amount: eur(100000)}
	tests := map[string]struct {
		order contracts.PriceOrder
		paid  bool
		grant contracts.Grant
		lines []contracts.PriceLine
		total int64
	}{
		"additive":            {contracts.Additive, false, exclusive, []contracts.PriceLine{base, line("usage", 30, 100000, 30000), line("exclusive", 25, 100000, 25000)}, 155000},
		"compounded":          {contracts.Compounded, false, exclusive, []contracts.PriceLine{base, line("usage", 30, 100000, 30000), line("exclusive", 25, 130000, 32500)}, 162500},
		"additive, paid":      {contracts.Additive, true, exclusive, []contracts.PriceLine{line("usage", 30, 100000, 30000), line("exclusive", 25, 100000, 25000)}, 55000},
		"compounded, paid":    {contracts.Compounded, true, exclusive, []contracts.PriceLine{line("usage", 30, 100000, 30000), line("exclusive", 25, 130000, 32500)}, 62500},
		"without exclusivity": {contracts.Compounded, false, website(), []contracts.PriceLine{base, line("usage", 30, 100000, 30000)}, 130000},
	}
	for name, tt := range tests {
		table := prices(tt.order)
		table.BasePaid = tt.paid
		lines, total, err := table.Price(tt.grant, quarter())
		require.NoError(t, err)
		if diff := cmp.Diff(tt.lines, lines); diff != "" || total != eur(tt.total) {
			t.Errorf("%s: %s, lines (-want +got):\n%s", name, total, diff)
		}
	}
}

// Lines are rounded one by one, in currencies of 0, 2 and 3 decimals, and still sum.
func TestPriceSums(t *testing.T) {
	t.Parallel()
	for _, currency := range []byline.Currency{"JPY", byline.EUR, "KWD"} {
		for _, order := range []contracts.PriceOrder{contracts.Additive, contracts.Compounded} {
			for units := range int64(400) {
				table := prices(order)
				table.Base, table.AddOns[0].Rate = byline.Minor(units, currency), contracts.Rate(333_333)
				g := website()
				g.Exclusive = true
				lines, total, err := table.Price(g, quarter())
				require.NoError(t, err)
				var sum byline.Money
				for _, l := range lines {
					sum, err = sum.Add(l.Amount)
					require.NoError(t, err)
				}
				if sum != total || len(lines) != 3 {
					t.Fatalf("%s of %s: %s and %s", order, table.Base, sum, total)
				}
			}
		}
	}
}

func TestAddOnMatches(t *testing.T) {
	t.Parallel()
	forever := byline.Window{Start: date(6, 1)}
	tests := map[string]struct {
		addOn contracts.AddOn
		grant func(*contracts.Grant)
		holds byline.Window
		want  bool
	}{
		"all":                   {contracts.AddOn{}, nil, quarter(), true},
		"a channel":             {contracts.AddOn{Channels: []contracts.Channel{contracts.ChannelTV, contracts.ChannelWebsite}}, nil, quarter(), true},
		"another channel":       {contracts.AddOn{Channels: []contracts.Channel{contracts.ChannelTV}}, nil, quarter(), false},
		"an edit":               {contracts.AddOn{Edits: []contracts.Edit{contracts.EditNew}}, func(g *contracts.Grant) { g.Edits = []contracts.Edit{contracts.EditNew} }, quarter(), true},
		"no edit":               {contracts.AddOn{Edits: []contracts.Edit{contracts.EditNew}}, nil, quarter(), false},
		"worldwide":             {contracts.AddOn{Worldwide: true}, func(g *contracts.Grant) { g.Territory.Worldwide = true }, quarter(), true},
		"not worldwide":         {contracts.AddOn{Worldwide: true}, nil, quarter(), false},
		"raw":                   {contracts.AddOn{Raw: true}, func(g *contracts.Grant) { g.RawFootage = true }, quarter(), true},
		"not raw":               {contracts.AddOn{Raw: true}, nil, quarter(), false},
		"likeness":              {contracts.AddOn{Likeness: true}, func(g *contracts.Grant) { g.Likeness = []contracts.Likeness{contracts.LikenessVoice} }, quarter(), true},
		"no likeness":           {contracts.AddOn{Likeness: true}, nil, quarter(), false},
		"machines":              {contracts.AddOn{AI: true}, func(g *contracts.Grant) { g.AI = []contracts.AIUse{contracts.AITraining} }, quarter(), true},
		"no machines":           {contracts.AddOn{AI: true}, nil, quarter(), false},
		"others":                {contracts.AddOn{Others: true}, func(g *contracts.Grant) { g.Sublicence = []contracts.Licensee{contracts.ByAgency} }, quarter(), true},
		"the brand alone":       {contracts.AddOn{Others: true}, nil, quarter(), false},
		"without end":           {contracts.AddOn{Perpetual: true}, nil, forever, true},
		"with an end":           {contracts.AddOn{Perpetual: true}, nil, quarter(), false},
		"exactly so long":       {contracts.AddOn{FromDays: 92, ToDays: 92}, nil, quarter(), true},
		"too short":             {contracts.AddOn{FromDays: 93}, nil, quarter(), false},
		"too long":              {contracts.AddOn{ToDays: 91}, nil, quarter(), false},
		"not up to a length":    {contracts.AddOn{ToDays: 100}, nil, forever, false},
		"no length for ever":    {contracts.AddOn{FromDays: 1}, nil, forever, false},
		"30 days with 23 hours": {contracts.AddOn{FromDays: 30, ToDays: 30}, nil, byline.Window{Start: inBerlin(t, 3, 10, 0), End: inBerlin(t, 4, 9, 0)}, true},
		"30 days with 25 hours": {contracts.AddOn{FromDays: 30, ToDays: 30}, nil, byline.Window{Start: inBerlin(t, 10, 10, 0), End: inBerlin(t, 11, 9, 0)}, true},
	}
	for name, tt := range tests {
		g := website()
		if tt.grant != nil {
			tt.grant(&g)
		}
		tt.addOn.ID, tt.addOn.Rate = "a", contracts.Percent
		_, _, err := contracts.RightsPrices{Base: eur(100), Order: contracts.Additive, AddOns: []contracts.AddOn{tt.addOn}}.Price(g, tt.holds)
		if (err == nil) != tt.want || (err != nil && !cmp.Equal(faultsOf(err), []fault{{"add_ons", "price.unpriced"}})) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPriceFaults(t *testing.T) {
	t.Parallel()
	_, _, err := contracts.RightsPrices{Base: eur(-1), AddOns: []contracts.AddOn{{ID: "a", Rate: -1}, {ID: "a"}, {}, {ID: "base"}}}.Price(website(), quarter())
	want := []fault{
		{"base", "price.base"}, {"order", "price.order"}, {"add_ons[0].rate", "price.rate"}, {"add_ons[1].id", "price.twice"},
		{"add_ons[2].id", "required"}, {"add_ons[3].id", "price.twice"},
	}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	_, _, err = contracts.RightsPrices{Base: byline.Minor(1, ""), Order: contracts.Additive}.Price(website(), quarter())
	if diff := cmp.Diff([]fault{{"base", "price.base"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults of no currency (-want +got):\n%s", diff)
	}
	huge := prices(contracts.Additive)
	huge.Base = eur(math.MaxInt64)
	_, _, err = huge.Price(website(), quarter())
	if diff := cmp.Diff([]fault{{"", "money.range"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults of a sum that is too large (-want +got):\n%s", diff)
	}
}

func TestRenew(t *testing.T) {
	t.Parallel()
	old := website()
	old.Exclusive, old.Credit, old.Acknowledged, old.Fee = true, true, true, eur(7)
	got, err := contracts.Renew(old, contracts.Renewal{ID: "web-2", Start: inBerlin(t, 6, 1, 1), Months: 6, Zone: inBerlin(t, 6, 1, 1).Location(), Prices: prices(contracts.Compounded)})
	require.NoError(t, err)
	want := old
	want.ID, want.Acknowledged, want.Fee = "web-2", false, eur(162500)
	want.Term = contracts.Term{From: contracts.FromDate, Start: inBerlin(t, 6, 1, 1), Months: 6}
	if diff := cmp.Diff(want, got.Grant); diff != "" || got.Price != got.Grant.Fee || !got.Holds.End.Equal(inBerlin(t, 12, 1, 1)) {
		t.Errorf("until %s, price %s, grant (-want +got):\n%s", got.Holds.End, got.Price, diff)
	}
	if again := rightsOf(t, granting(t, old, got.Grant)); !again.MayUse(reelAsset(), contracts.Use{
		Channel: contracts.ChannelWebsite, Market: "DE", Credited: true, At: date(3, 1), Until: inBerlin(t, 12, 1, 1),
	}).Allowed {
		t.Error("the renewal does not carry the old grant on")
	}
	got.Grant.Channels[0] = contracts.ChannelTV
	if old.Channels[0] != contracts.ChannelWebsite {
		t.Error("a change of the draft reaches the old grant")
	}
	forever, err := contracts.Renew(old, contracts.Renewal{ID: "web-2", Start: date(6, 1), Perpetual: true, Prices: prices(contracts.Additive)})
	require.NoError(t, err)
	if !forever.Grant.Term.Perpetual || !forever.Holds.End.IsZero() {
		t.Errorf("a renewal without end: %+v", forever.Grant.Term)
	}
}

func TestRenewFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		next contracts.Renewal
		want []fault
	}{
		"nothing":        {contracts.Renewal{}, []fault{{"id", "required"}, {"start", "required"}, {"prices.base", "price.base"}, {"prices.order", "price.order"}}},
		"its own id":     {contracts.Renewal{ID: "web", Start: date(6, 1), Prices: prices(contracts.Additive)}, []fault{{"id", "renewal.same"}}},
		"backwards":      {contracts.Renewal{ID: "w", Start: date(6, 1), Months: -1, Days: -1, Prices: prices(contracts.Additive)}, []fault{{"months", "renewal.term"}, {"days", "renewal.term"}}},
		"for an era":     {contracts.Renewal{ID: "w", Start: date(6, 1), Months: 1201, Days: 36501, Prices: prices(contracts.Additive)}, []fault{{"months", "renewal.term"}, {"days", "renewal.term"}}},
		"without prices": {contracts.Renewal{ID: "w", Start: date(6, 1), Months: 1, Prices: contracts.RightsPrices{Base: eur(1), Order: contracts.Additive}}, []fault{{"prices.add_ons", "price.unpriced"}}},
	}
	for name, tt := range tests {
		got, err := contracts.Renew(website(), tt.next)
		if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || !cmp.Equal(got, contracts.GrantDraft{}) {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestPriceIsOfTheTermItself(t *testing.T) {
	t.Parallel()
	table := contracts.RightsPrices{Base: eur(1000), BasePaid: true, Order: contracts.Additive, AddOns: []contracts.AddOn{
		{ID: "to_30", Rate: 30 * contracts.Percent, ToDays: 30}, {ID: "to_190", Rate: 75 * contracts.Percent, FromDays: 31, ToDays: 190},
		{ID: "longer", Rate: contracts.Whole, FromDays: 191}, {ID: "for_ever", Rate: 2 * contracts.Whole, Perpetual: true},
	}}
	for name, tt := range map[string]struct {
		months, days int
		want         int64
	}{"30 days": {0, 30, 300}, "6 months": {6, 0, 750}, "12 months": {12, 0, 1000}, "for ever": {0, 0, 2000}} {
		got, err := contracts.Renew(website(), contracts.Renewal{ID: "w", Start: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Months: tt.months, Days: tt.days, Perpetual: tt.months+tt.days == 0, Prices: table})
		require.NoError(t, err)
		if got.Price != eur(tt.want) || len(got.Lines) != 1 {
			t.Errorf("%s: %s of %v", name, got.Price, got.Lines)
		}
	}
}

// A renewal of no length is as long again, by what the old term says.
func TestRenewAsLongAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		old   contracts.Term
		since time.Time
		want  contracts.Term
		fault string
	}{
		"months and days":        {contracts.Term{From: contracts.FromPosting, Months: 3, Days: 2}, time.Time{}, contracts.Term{Months: 3, Days: 2}, ""},
		"months up to an end":    {contracts.Term{From: contracts.FromPosting, Months: 3, End: date(4, 1)}, time.Time{}, contracts.Term{Months: 3}, ""},
		"from date to date":      {contracts.Term{From: contracts.FromDate, Start: date(3, 1), End: date(3, 31)}, date(1, 1), contracts.Term{Days: 30}, ""},
		"over the summer clock":  {contracts.Term{From: contracts.FromDate, Start: inBerlin(t, 3, 1, 0), End: inBerlin(t, 4, 1, 0)}, time.Time{}, contracts.Term{Days: 31}, ""},
		"of an hour":             {contracts.Term{From: contracts.FromDate, Start: date(3, 1), End: date(3, 1).Add(time.Hour)}, time.Time{}, contracts.Term{Days: 1}, ""},
		"from a posting":         {contracts.Term{From: contracts.FromPosting, End: date(3, 31)}, date(3, 1), contracts.Term{Days: 30}, ""},
		"from nobody knows when": {contracts.Term{From: contracts.FromPosting, End: date(3, 31)}, time.Time{}, contracts.Term{}, "renewal.term"},
		"from after its end":     {contracts.Term{From: contracts.FromPosting, End: date(3, 31)}, date(3, 31), contracts.Term{}, "renewal.term"},
		"without end":            {contracts.Term{From: contracts.FromPosting, Perpetual: true}, date(3, 1), contracts.Term{}, "renewal.term"},
	}
	for name, tt := range tests {
		old := website()
		old.Term = tt.old
		got, err := contracts.Renew(old, contracts.Renewal{ID: "w", Start: date(6, 1), Since: tt.since, Prices: prices(contracts.Additive)})
		if tt.fault != "" {
			if diff := cmp.Diff([]fault{{"months", tt.fault}}, faultsOf(err)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			continue
		}
		require.NoError(t, err)
		tt.want.From, tt.want.Start = contracts.FromDate, date(6, 1)
		if diff := cmp.Diff(tt.want, got.Grant.Term); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	_, err := contracts.Renew(website(), contracts.Renewal{ID: "w", Start: date(6, 1), Perpetual: true, Days: 1, Prices: prices(contracts.Additive)})
	if diff := cmp.Diff([]fault{{"perpetual", "renewal.term"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
