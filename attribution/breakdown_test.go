package attribution_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

// shipped is paidOrder with 4.12 and 0.78 of tax for its delivery.
func shipped() attribution.Order {
	o := paidOrder("ADA15")
	o.Shipping, o.ShippingTax = eur(412), eur(78)
	return o
}

// left is what a breakdown says is left of mug, tray and delivery.
type left struct {
	Mugs, Trays             int64
	Mug, Tray               string
	MugTax, TrayTax         string
	Shipping, ShippingTaxes string
}

func leftOf(b attribution.Breakdown) left {
	mug, tray := b.Lines[0], b.Lines[1]
	return left{
		mug.Kept, tray.Kept, mug.Net.Kept.Amount(), tray.Net.Kept.Amount(), mug.Tax.Kept.Amount(), tray.Tax.Kept.Amount(),
		b.Shipping.Kept.Amount(), b.ShippingTax.Kept.Amount(),
	}
}

func TestBreakdown(t *testing.T) {
	t.Parallel()
	all := left{2, 1, "51.00", "34.00", "9.69", "6.46", "4.12", "0.78"}
	none := left{0, 0, "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"}
	back := func(line string, quantity, subtotal, tax int64) attribution.RefundLine {
		return attribution.RefundLine{Line: line, Quantity: quantity, Subtotal: eur(subtotal), Tax: eur(tax)}
	}
	refunds := func(list ...attribution.Refund) func(*attribution.Order) {
		return func(o *attribution.Order) { o.Refunds = list }
	}
	cash := func(id string, cents, shipping int64) attribution.Refund {
		return attribution.Refund{ID: id, State: attribution.Settled, Cash: eur(cents), Shipping: eur(shipping)}
	}
	disputes := func(list ...attribution.Dispute) func(*attribution.Order) {
		return func(o *attribution.Order) { o.Disputes = list }
	}
	open := func(amount byline.Money) attribution.Dispute {
		return attribution.Dispute{ID: "d", State: attribution.DisputeOpen, Amount: amount}
	}
	tests := map[string]struct {
		change func(*attribution.Order)
		want   left
	}{
		"nothing came back":        {func(*attribution.Order) {}, all},
		"unpaid is worth the same": {func(o *attribution.Order) { o.Payment = attribution.Pending }, all},
		"a test is worth the same": {func(o *attribution.Order) { o.Test = true }, all},
		"cancelled":                {func(o *attribution.Order) { o.CancelledAt = placed }, none},
		"refunded":                 {func(o *attribution.Order) { o.Payment = attribution.Refunded }, none},
		"voided":                   {func(o *attribution.Order) { o.Payment = attribution.Voided }, none},
		"deleted, which Sales pass over": {func(o *attribution.Order) { o.DeletedAt = placed },
			left{2, 1, "51.00", "34.00", "9.69", "6.46", "0.00", "0.00"}},
		"one of two mugs": {refunds(settled(back("mug", 1, 2550, 485))), left{1, 1, "25.50", "34.00", "4.85", "6.46", "4.12", "0.78"}},
		"the tray":        {refunds(settled(back("tray", 1, 3400, 646))), left{2, 0, "51.00", "0.00", "9.69", "0.00", "4.12", "0.78"}},
		"a mug edited off": {func(o *attribution.Order) { o.Lines[0].Removed = 1 },
			left{1, 1, "25.50", "34.00", "4.85", "6.46", "4.12", "0.78"}},
		"a mug edited off and refunded is one": {func(o *attribution.Order) {
			o.Lines[0].Removed, o.Refunds = 1, []attribution.Refund{settled(back("mug", 1, 2550, 485))}
		}, left{1, 1, "25.50", "34.00", "4.85", "6.46", "4.12", "0.78"}},
		"more removed than ordered":                       {func(o *attribution.Order) { o.Lines[0].Removed = 5 }, left{0, 1, "0.00", "34.00", "0.00", "6.46", "4.12", "0.78"}},
		"a refund that has not settled":                   {refunds(attribution.Refund{ID: "r", State: attribution.RefundPending, Cash: eur(500), Shipping: eur(490), Lines: []attribution.RefundLine{back("mug", 2, 5100, 969)}}), all},
		"cash is spread":                                  {refunds(cash("r", 1015, 0)), left{2, 1, "45.88", "30.59", "8.72", "5.81", "4.12", "0.78"}},
		"cash is spread over what goods left":             {refunds(settled(back("tray", 1, 3400, 646)), cash("c", 1015, 0)), left{2, 0, "42.47", "0.00", "8.07", "0.00", "4.12", "0.78"}},
		"a dispute is spread":                             {disputes(open(eur(1000))), left{2, 1, "45.96", "30.64", "8.73", "5.82", "4.12", "0.78"}},
		"a dispute that is won":                           {disputes(attribution.Dispute{ID: "d", State: attribution.DisputeWon}), all},
		"a dispute of all that was paid":                  {disputes(open(eur(10605))), left{2, 1, "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"}},
		"a dispute without an amount":                     {disputes(open(byline.Money{})), left{2, 1, "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"}},
		"a dispute of the goods and some of the delivery": {disputes(open(eur(10115 + 245))), left{2, 1, "0.00", "0.00", "0.00", "0.00", "2.06", "0.39"}},
		"a dispute of what a refund left takes the delivery": {func(o *attribution.Order) {
			o.Disputes = []attribution.Dispute{open(eur(6069 + 490))}
			o.Refunds = []attribution.Refund{settled(back("tray", 1, 3400, 646))}
		}, left{2, 0, "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"}},
		"all the delivery, with its tax":        {refunds(cash("r", 490, 490)), left{2, 1, "51.00", "34.00", "9.69", "6.46", "0.00", "0.00"}},
		"half the delivery, with its tax":       {refunds(cash("r", 245, 245)), left{2, 1, "51.00", "34.00", "9.69", "6.46", "2.06", "0.39"}},
		"the delivery in two parts":             {refunds(cash("r", 245, 245), cash("s", 245, 245)), left{2, 1, "51.00", "34.00", "9.69", "6.46", "0.00", "0.00"}},
		"duties beside it are capped":           {refunds(cash("r", 5000, 5000)), left{2, 1, "51.00", "34.00", "9.69", "6.46", "0.00", "0.00"}},
		"all the cash, and no word of shipping": {refunds(cash("r", 10605, 0)), left{2, 1, "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"}},
		"its tax is not known": {func(o *attribution.Order) {
			o.ShippingTax, o.Refunds = byline.Money{}, []attribution.Refund{cash("r", 200, 200)}
		}, left{2, 1, "51.00", "34.00", "9.69", "6.46", "2.12", "0"}},
		"shipping is not known":    {func(o *attribution.Order) { o.Shipping, o.ShippingTax = byline.Money{}, byline.Money{} }, left{2, 1, "51.00", "34.00", "9.69", "6.46", "0", "0"}},
		"shipping that is free":    {func(o *attribution.Order) { o.Shipping, o.ShippingTax = eur(0), eur(0) }, left{2, 1, "51.00", "34.00", "9.69", "6.46", "0.00", "0.00"}},
		"given away, with its tax": {func(o *attribution.Order) { o.Lines[0].Discount = eur(6000); o.Lines[0].Removed = 1 }, left{1, 1, "0.00", "34.00", "4.85", "6.46", "4.12", "0.78"}},
		"a gift card":              {func(o *attribution.Order) { o.Lines[1].GiftCard = true }, left{2, 1, "51.00", "0.00", "9.69", "0.00", "4.12", "0.78"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := shipped()
			tt.change(&o)
			b, err := o.Breakdown()
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, leftOf(b)); diff != "" {
				t.Errorf("left (-want +got):\n%s", diff)
			}
			sumsUp(t, o, b)
		})
	}
}

// TestBreakdownTellsUnknownFromNothing, also after it was kept as JSON.
func TestBreakdownTellsUnknownFromNothing(t *testing.T) {
	t.Parallel()
	for name, amount := range map[string]byline.Money{"unknown": {}, "nothing": eur(0)} {
		o := paidOrder()
		o.Shipping, o.ShippingTax = amount, amount
		b, err := stored(t, o).Breakdown()
		require.NoError(t, err)
		want := attribution.Part{Sold: amount, Kept: amount}
		if b.Shipping != want || b.ShippingTax != want {
			t.Errorf("%s: shipping %+v, tax %+v", name, b.Shipping, b.ShippingTax)
		}
		data, err := json.Marshal(b)
		require.NoError(t, err)
		var back attribution.Breakdown
		require.NoError(t, json.Unmarshal(data, &back))
		if diff := cmp.Diff(b, back); diff != "" {
			t.Errorf("%s: round trip (-want +got):\n%s", name, diff)
		}
	}
}

func TestBreakdownOfALine(t *testing.T) {
	t.Parallel()
	o := shipped()
	o.DeliveredAt = placed.Add(48 * time.Hour)
	o.Lines[1].DeliveredAt = placed.Add(72 * time.Hour)
	o.Lines[0].Product, o.Lines[0].SKU, o.Lines[0].Collections = "7", "MUG-1", []string{"mugs"}
	book := testBook(t)
	excluding := attribution.Policy{Version: "demo/1", Exclude: attribution.Exclusions{Products: []string{"MUG-1"}}}
	decider, err := attribution.NewDecider(book, excluding)
	require.NoError(t, err)
	got, err := decider.Breakdown(o)
	require.NoError(t, err)
	part := func(cents int64) attribution.Part { return attribution.Part{Sold: eur(cents), Kept: eur(cents)} }
	want := attribution.Breakdown{
		Sales: attribution.Sales{Sold: eur(3400), Returned: eur(0), Kept: eur(3400)},
		Lines: []attribution.LineSales{
			{Line: "mug", Product: "7", SKU: "MUG-1", Collections: []string{"mugs"}, Quantity: 2, Kept: 2, Net: part(0), Tax: part(0), DeliveredAt: o.DeliveredAt, Excluded: true},
			{Line: "tray", Quantity: 1, Kept: 1, Net: part(3400), Tax: part(646), DeliveredAt: o.Lines[1].DeliveredAt},
		},
		Shipping: part(412), ShippingTax: part(78),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("breakdown (-want +got):\n%s", diff)
	}
	if d := decider.Decide(o, nil); d.Sold != got.Sold || d.Earning != got.Kept {
		t.Errorf("decided on %s and %s", d.Sold, d.Earning)
	}
}

func TestBreakdownWithoutADocument(t *testing.T) {
	t.Parallel()
	o := attribution.Order{ID: "shop:1001", Shop: "demo.example", Currency: byline.EUR,
		Refunds: []attribution.Refund{settled(attribution.RefundLine{Line: "mug", Quantity: 1})}}
	decider, err := attribution.NewDecider(testBook(t), attribution.Policy{})
	require.NoError(t, err)
	b, err := decider.Breakdown(o)
	require.NoError(t, err)
	if want := (attribution.Sales{Sold: eur(0), Returned: eur(0), Kept: eur(0)}); b.Sales != want || len(b.Lines) > 0 {
		t.Errorf("breakdown %+v", b)
	}
	lead := attribution.Order{ID: "shop:1", Shop: "demo.example", Kind: attribution.Lead, UpdatedAt: placed}
	b, err = decider.Breakdown(lead)
	require.NoError(t, err)
	if (b.Sales != attribution.Sales{}) {
		t.Errorf("a lead's breakdown %+v", b)
	}
}

func TestBreakdownFaults(t *testing.T) {
	t.Parallel()
	o := shipped()
	o.Shipping, o.ShippingTax = eur(-1), byline.Minor(1, byline.USD)
	for name, breakdown := range map[string]func() error{
		"Breakdown": func() error { _, err := o.Breakdown(); return err },
		"Sales":     func() error { _, err := o.Sales(); return err },
	} {
		var got []string
		for _, f := range byline.Nest("", breakdown()) {
			got = append(got, f.Path+" "+f.Code)
		}
		if diff := cmp.Diff([]string{"shipping order.negative", "shipping_tax order.currency"}, got); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", name, diff)
		}
	}
}

// TestBreakdownSumsToSales: whatever happens to an order, the lines are its sales, no part
// is below nothing or above what was sold, and a policy's exclusions change nothing of that.
func TestBreakdownSumsToSales(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(21, 22))
	decider, err := attribution.NewDecider(testBook(t), attribution.Policy{Version: "demo/1", Exclude: attribution.Exclusions{Products: []string{"left out"}}})
	require.NoError(t, err)
	for range 3000 {
		o := mustMerge(t, enrich(rng, attributiontest.Life(rng, "shop:1", "ADA15"))...)
		o.Lines = append([]attribution.Line(nil), o.Lines...)
		for i := range o.Lines {
			if rng.IntN(4) == 0 {
				o.Lines[i].Product = "left out"
			}
		}
		b, err := o.Breakdown()
		require.NoError(t, err)
		sumsUp(t, o, b)
		if b, err = decider.Breakdown(o); err != nil {
			t.Fatal(err)
		}
		d := decider.Decide(o, nil)
		if b.Sold != d.Sold || b.Returned != d.Returned || b.Disputed != d.Disputed {
			t.Fatalf("decided on %s - %s, broken down %+v", d.Sold, d.Returned, b.Sales)
		}
		inBounds(t, o, b)
		for i, l := range b.Lines {
			worth := !l.Net.Sold.IsZero() || !l.Tax.Sold.IsZero()
			if l.Excluded != (o.Lines[i].GiftCard || l.Product == "left out") || l.Excluded && worth {
				t.Fatalf("line %+v", l)
			}
		}
	}
}

// TestBreakdownOfEverythingBack: what comes back whole, in whatever parts before, leaves
// nothing of any line, of its tax or of its units.
func TestBreakdownOfEverythingBack(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(23, 24))
	for range 1000 {
		o := randomOrder(rng)
		b, err := o.Breakdown()
		require.NoError(t, err)
		for _, l := range b.Lines {
			if l.Net.Kept != l.Net.Sold || l.Tax.Kept != l.Tax.Sold || l.Kept != l.Quantity {
				t.Fatalf("nothing came back and the line is %+v", l)
			}
		}
		for i := range rng.IntN(4) {
			o.Refunds = append(o.Refunds, randomRefund(rng, o, i))
			b, err := o.Breakdown()
			require.NoError(t, err)
			sumsUp(t, o, b)
		}
		o.Refunds = append(o.Refunds, attributiontest.FullRefund(o).Refunds...)
		b, err = o.Breakdown()
		require.NoError(t, err)
		for _, l := range b.Lines {
			if !l.Net.Kept.IsZero() || !l.Tax.Kept.IsZero() || l.Kept != 0 {
				t.Fatalf("everything came back and the line is %+v", l)
			}
		}
	}
}

func sumsUp(t *testing.T, o attribution.Order, b attribution.Breakdown) {
	t.Helper()
	sales, err := o.Sales()
	require.NoError(t, err)
	if b.Sales != sales {
		t.Fatalf("sales %+v, want %+v", b.Sales, sales)
	}
	inBounds(t, o, b)
}

func inBounds(t *testing.T, o attribution.Order, b attribution.Breakdown) {
	t.Helper()
	var sold, kept int64
	for _, l := range b.Lines {
		sold, kept = sold+l.Net.Sold.Minor(), kept+l.Net.Kept.Minor()
		if !within(l.Net) || !within(l.Tax) || l.Kept < 0 || l.Kept > l.Quantity {
			t.Fatalf("line %+v of %+v", l, o)
		}
	}
	if sold != b.Sold.Minor() || kept != b.Kept.Minor() {
		t.Fatalf("the lines sold %d and kept %d, the order %+v", sold, kept, b.Sales)
	}
	if !within(b.Shipping) || !within(b.ShippingTax) || b.Shipping.Sold != o.Shipping || b.ShippingTax.Sold != o.ShippingTax {
		t.Fatalf("shipping %+v, tax %+v of %+v", b.Shipping, b.ShippingTax, o)
	}
}

// within also says that both amounts are in one currency.
func within(p attribution.Part) bool {
	c, err := p.Kept.Cmp(p.Sold)
	return err == nil && c <= 0 && p.Kept.Sign() >= 0 && p.Kept.Currency() == p.Sold.Currency()
}

// TestBreakdownAtTheBounds: the largest amounts in the largest numbers still sum exactly.
func TestBreakdownAtTheBounds(t *testing.T) {
	t.Parallel()
	const most, parts = int64(1) << 48, 1 << 12
	o := paidOrder()
	o.Lines, o.Shipping, o.ShippingTax = nil, eur(most), eur(most)
	for range parts {
		o.Lines = append(o.Lines, attribution.Line{Quantity: most, Gross: eur(most), Tax: eur(most)})
		o.Disputes = append(o.Disputes, attribution.Dispute{ID: string(rune('a' + len(o.Disputes))), State: attribution.DisputeLost, Amount: eur(most)})
	}
	b, err := o.Breakdown()
	require.NoError(t, err)
	sumsUp(t, o, b)
	if b.Kept.IsZero() || b.Shipping.Kept != eur(most) {
		t.Errorf("half was disputed, kept %s, shipping %s", b.Kept, b.Shipping.Kept)
	}
}

// TestMergeOfDelivery: delivery and shipping are the latest document's word.
func TestMergeOfDelivery(t *testing.T) {
	t.Parallel()
	told, silent := shipped(), paidOrder("ADA15")
	told.DeliveredAt, told.Lines[0].DeliveredAt = placed.Add(time.Hour), placed.Add(time.Hour)
	for name, tt := range map[string]struct {
		toldAfter time.Duration
		want      attribution.Order
	}{
		"told last":   {time.Minute, told},
		"silent last": {-time.Minute, silent},
	} {
		told := told
		told.UpdatedAt = placed.Add(tt.toldAfter)
		for _, pair := range [][]attribution.Order{{told, silent}, {silent, told}} {
			got := mustMerge(t, pair...)
			tt.want.UpdatedAt = got.UpdatedAt
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
}

func BenchmarkBreakdown(b *testing.B) {
	plain, refunded := shipped(), shipped()
	refunded.Refunds = []attribution.Refund{
		settled(attribution.RefundLine{Line: "mug", Quantity: 1, Subtotal: eur(2550), Tax: eur(485)}),
		{ID: "cash", State: attribution.Settled, Cash: eur(1015)},
	}
	decider, err := attribution.NewDecider(testBook(b), attribution.Policy{})
	require.NoError(b, err)
	for name, o := range map[string]attribution.Order{"plain": plain, "refunded": refunded} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := decider.Breakdown(o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
