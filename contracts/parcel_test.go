package contracts_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// earnsOf are the rows of what a pay makes of a sale.
func earnsOf(t *testing.T, pay contracts.Pay, s sale, at time.Time) []row {
	t.Helper()
	lines, err := paying(t, pay).Earn(s.decision, s.options(at))
	require.NoError(t, err)
	return rows(lines)
}

// tagged changes a line of the sale's breakdown.
func (s sale) tagged(line int, change func(*attribution.LineSales)) sale {
	s.breakdown.Lines = append([]attribution.LineSales{}, s.breakdown.Lines...)
	change(&s.breakdown.Lines[line])
	return s
}

// What the policy leaves out of an order earns nothing, by whatever it is paid.
func TestEarnLeavesOutExcludedLines(t *testing.T) {
	t.Parallel()
	s := sell("shop:1", date(11, 20), goods{product: "mug", sold: 10000, kept: 10000, quantity: 2, left: 2}, goods{product: "card", sold: 5000, kept: 5000, quantity: 1, left: 1}).
		tagged(1, func(l *attribution.LineSales) { l.Excluded = true })
	tests := map[string]struct {
		pay  contracts.Pay
		want []row
	}{
		"a percentage":        {contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent, Base: contracts.NetSalesWithTax}}}, []row{{Rule: "sales", Base: eur(10000), Amount: eur(1000)}}},
		"for each item":       {contracts.Pay{PerConversions: []contracts.PerConversion{{ID: "item", Amount: eur(100), Per: contracts.PerItem}}}, []row{{Rule: "item", Amount: eur(200), Units: 2}}},
		"for each such order": {contracts.Pay{PerConversions: []contracts.PerConversion{{ID: "order", Amount: eur(100), Scope: contracts.Scope{Products: []string{"card"}}}}}, []row{{Rule: "order", Amount: eur(0)}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, earnsOf(t, tt.pay, s, date(12, 1))); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// Goods are in a scope by product, SKU or collection, and out of it by any of them.
func TestEarnScopeOfGoods(t *testing.T) {
	t.Parallel()
	s := sell("shop:1", date(11, 20), goods{product: "mug", sold: 1000, kept: 1000}, goods{product: "lamp", sold: 200, kept: 200}, goods{product: "sofa", sold: 30, kept: 30})
	for i, tag := range []struct{ sku, collection string }{{"mug-red", "kitchen"}, {"lamp-red", "home"}, {"sofa-red", "home"}} {
		s = s.tagged(i, func(l *attribution.LineSales) { l.SKU, l.Collections = tag.sku, []string{"all", tag.collection} })
	}
	type scope = contracts.Scope
	tests := map[string]struct {
		scope scope
		want  int64
	}{
		"everything":                 {scope{}, 1230},
		"a product":                  {scope{Products: []string{"mug"}}, 1000},
		"an SKU":                     {scope{SKUs: []string{"lamp-red"}}, 200},
		"a collection":               {scope{Collections: []string{"none", "home"}}, 230},
		"any of them":                {scope{Products: []string{"mug"}, SKUs: []string{"lamp-red"}}, 1200},
		"all but a product":          {scope{Except: []string{"mug"}}, 230},
		"all but an SKU":             {scope{Except: []string{"lamp-red"}}, 1030},
		"all but a collection":       {scope{Except: []string{"home"}}, 1000},
		"a collection but an SKU":    {scope{Collections: []string{"home"}, Except: []string{"lamp-red"}}, 30},
		"an SKU is no product":       {scope{Products: []string{"lamp-red"}}, 0},
		"what is left out comes out": {scope{SKUs: []string{"lamp-red"}, Except: []string{"home"}}, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pay := contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: contracts.Whole, Scope: tt.scope}}}
			if diff := cmp.Diff([]row{{Rule: "sales", Base: eur(tt.want), Amount: eur(tt.want)}}, earnsOf(t, pay, s, date(12, 1))); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// An order is paid for once, by the first rule that has it.
func TestEarnPerOrderOnce(t *testing.T) {
	t.Parallel()
	s := sell("shop:1", date(11, 20), goods{product: "mug", sold: 10000, kept: 10000})
	rule := func(id string, cents int64, products ...string) contracts.PerConversion {
		return contracts.PerConversion{ID: id, Amount: eur(cents), Scope: contracts.Scope{Products: products}}
	}
	pay := contracts.Pay{PerConversions: []contracts.PerConversion{rule("sofa", 900, "sofa"), rule("mug", 500, "mug"), rule("any", 200)}}
	want := []row{{Rule: "sofa", Amount: eur(0)}, {Rule: "mug", Amount: eur(500), Units: 1}}
	if diff := cmp.Diff(want, earnsOf(t, pay, s, date(12, 1))); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// The fixed amounts of those who share an order sum to the amount.
func TestEarnSharesOfAFixedAmount(t *testing.T) {
	t.Parallel()
	for unit, whole := range map[contracts.Unit]int64{contracts.PerOrder: 501, contracts.PerItem: 1503} {
		pay := contracts.Pay{PerConversions: []contracts.PerConversion{{ID: "fixed", Amount: eur(501), Per: unit}}}
		bruno := draft(t, func(a *contracts.Terms) { a.ID, a.Creator, a.Pay = "ag-bruno", "bruno", pay })
		s := shared("shop:1", date(11, 2), 1, 2, goods{sold: 1000, kept: 1000, quantity: 3, left: 3})
		var total int64
		for _, a := range []*contracts.Agreement{paying(t, pay), bruno} {
			lines, err := a.Earn(s.decision, s.options(date(11, 3)))
			require.NoError(t, err)
			total += lines[0].Amount.Minor()
		}
		if total != whole {
			t.Errorf("%q: %d in all, want %d", unit, total, whole)
		}
	}
}

// What is left of a shared order is split by what each brought, to the minor unit as the
// decision does.
func TestEarnSplitsWhatIsLeftByWhatEachBrought(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 8))
		sold := 1 + rng.Int64N(50)
		s := shared("shop:1", date(11, 20), 1, 3, goods{sold: sold, kept: rng.Int64N(sold + 1)})
		lined := contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: contracts.Whole, Base: contracts.NetSalesWithTax}}}
		got := earnsOf(t, lined, s, date(12, 1))
		credit, _ := s.decision.Credit("ada")
		if diff := cmp.Diff([]row{{Rule: "sales", Base: credit.Earning, Amount: credit.Earning}}, got); diff != "" {
			t.Fatalf("seed %d: of %d cents (-decision +line by line):\n%s", seed, sold, diff)
		}
	}
	free := shared("shop:1", date(11, 20), 1, 3, goods{})
	want := []row{{Rule: "sales", Base: eur(0), Amount: eur(0)}}
	if diff := cmp.Diff(want, earnsOf(t, contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: contracts.Whole, Base: contracts.NetSalesWithTax}}}, free, date(12, 1))); diff != "" {
		t.Errorf("an order of nothing (-want +got):\n%s", diff)
	}
}

// A sale of which all the money came back pays for no item, wherever the goods are.
func TestEarnPerItemOfADisputedOrder(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{PerConversions: []contracts.PerConversion{{ID: "item", Amount: eur(500), Per: contracts.PerItem}}}
	tests := map[string]struct {
		goods goods
		want  row
	}{
		"the money went back":  {goods{sold: 10000, quantity: 2, left: 2}, row{Rule: "item", Amount: eur(0)}},
		"a cent is left":       {goods{sold: 10000, kept: 1, quantity: 2, left: 2}, row{Rule: "item", Amount: eur(1000), Units: 2}},
		"it was free":          {goods{quantity: 2, left: 2}, row{Rule: "item", Amount: eur(1000), Units: 2}},
		"the goods came back":  {goods{sold: 10000, kept: 10000, quantity: 2}, row{Rule: "item", Amount: eur(0)}},
		"some goods came back": {goods{sold: 10000, kept: 5000, quantity: 2, left: 1}, row{Rule: "item", Amount: eur(500), Units: 1}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff([]row{tt.want}, earnsOf(t, pay, sell("shop:1", date(11, 2), tt.goods), date(11, 6))); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// What waits in parts is counted in parts, and in one when the wait is over.
func TestEarnSplitsUnits(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{PerConversions: []contracts.PerConversion{{ID: "item", Amount: eur(500), Per: contracts.PerItem}}, Hold: contracts.Hold{From: contracts.HeldDelivery, Days: 5}}
	s := sell("shop:1", date(11, 2), goods{sold: 100, kept: 100, quantity: 2, left: 2, delivered: date(11, 3)}, goods{sold: 100, kept: 100, quantity: 1, left: 1, delivered: date(11, 4)})
	want := []row{{"item", contracts.Held, "11-08 00:00", byline.Money{}, eur(1000), 2}, {"item", contracts.Held, "11-09 00:00", byline.Money{}, eur(500), 1}}
	if diff := cmp.Diff(want, earnsOf(t, pay, s, date(11, 5))); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	want = []row{{Rule: "item", Amount: eur(1500), Units: 3}}
	if diff := cmp.Diff(want, earnsOf(t, pay, s, date(11, 9))); diff != "" {
		t.Errorf("all is released, in one line (-want +got):\n%s", diff)
	}
}

// Shipping, and a fixed amount, wait for the slowest of the goods that stayed.
func TestEarnWaitsForTheSlowestGoods(t *testing.T) {
	t.Parallel()
	hold := contracts.Hold{From: contracts.HeldDelivery, Days: 1}
	percent := contracts.Pay{Hold: hold, Percentages: []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent, Base: contracts.NetSalesWithShipping}}}
	order := contracts.Pay{Hold: hold, PerConversions: []contracts.PerConversion{{ID: "order", Amount: eur(900)}}}
	with := func(lines ...goods) sale {
		s := sell("shop:1", date(11, 2), lines...)
		s.breakdown.Shipping = attribution.Part{Sold: eur(500), Kept: eur(500)}
		return s
	}
	first, second := goods{sold: 1000, kept: 1000, delivered: date(11, 3)}, goods{sold: 1000, kept: 1000, delivered: date(11, 9)}
	never, back := goods{sold: 1000, kept: 1000}, goods{sold: 1000}
	tests := map[string]struct {
		pay  contracts.Pay
		sale sale
		want []row
	}{
		"shipping, of two deliveries": {percent, with(second, first), []row{{"sales", contracts.Held, "11-10 00:00", eur(1500), eur(150), 0}, {"sales", contracts.Held, "11-04 00:00", eur(1000), eur(100), 0}}},
		"shipping, one is not there":  {percent, with(first, never), []row{{"sales", contracts.Held, "11-04 00:00", eur(1000), eur(100), 0}, {"sales", contracts.Held, "", eur(1500), eur(150), 0}}},
		"shipping, one came back":     {percent, with(first, back), []row{{"sales", contracts.Held, "11-04 00:00", eur(1500), eur(150), 0}}},
		"an order of two deliveries":  {order, with(second, first), []row{{"order", contracts.Held, "11-10 00:00", byline.Money{}, eur(900), 1}}},
		"an order, one is not there":  {order, with(first, never), []row{{"order", contracts.Held, "", byline.Money{}, eur(900), 1}}},
		"an order, one came back":     {order, with(first, back), []row{{"order", contracts.Held, "11-04 00:00", byline.Money{}, eur(450), 1}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, earnsOf(t, tt.pay, tt.sale, date(11, 3))); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// A first tier of nothing waits as any other: its base is what later tiers are of.
func TestEarnOfARateOfNothing(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales"}}, Hold: contracts.Hold{From: contracts.HeldPlaced, Days: 10}}
	s := sell("shop:1", date(11, 20), good(10000))
	want := []row{{"sales", contracts.Held, "11-30 00:00", eur(10000), eur(0), 0}}
	if diff := cmp.Diff(want, earnsOf(t, pay, s, date(11, 21))); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	want = []row{{"sales", contracts.Payable, "", eur(0), eur(0), 0}}
	if diff := cmp.Diff(want, earnsOf(t, pay, sell("shop:1", date(11, 20), goods{sold: 10000}), date(11, 21))); diff != "" {
		t.Errorf("all came back (-want +got):\n%s", diff)
	}
}

// It makes no difference whether what waited is released, or settled anew at that time.
func TestReleasingAndSettlingAgree(t *testing.T) {
	t.Parallel()
	a := paying(t, contracts.Pay{Percentages: tenPercent(), Hold: contracts.Hold{From: contracts.HeldDelivery, Days: 1}})
	rng := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var lines []goods
		for _, day := range []int{3, 9, 4} {
			cents := 1 + rng.Int64N(200)
			lines = append(lines, goods{sold: cents, kept: cents, delivered: date(11, day)})
		}
		s := sell("shop:1", date(11, 2), lines...)
		released, settled := newTill(t, a), newTill(t, a)
		released.sell(s, date(11, 3))
		released.accrue(date(11, 6))
		settled.sell(s, date(11, 6))
		want, err := settled.Balances("ada")
		require.NoError(t, err)
		got, err := released.Balances("ada")
		require.NoError(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v (-settled +released):\n%s", lines, diff)
		}
	}
	placed := paying(t, contracts.Pay{Percentages: tenPercent(), Hold: contracts.Hold{From: contracts.HeldPlaced, Days: 1}})
	c := newTill(t, placed)
	s := sell("shop:1", date(11, 2).Add(999), good(1000)) // ledgers know microseconds
	c.sell(s, date(11, 2))
	c.accrue(date(11, 3).Add(500))
	c.shows("released", 0, 100)
	c.sell(s, date(11, 3).Add(500))
	c.shows("settled again", 0, 100)
}
