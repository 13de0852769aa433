package attribution_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func settled(lines ...attribution.RefundLine) attribution.Refund {
	return attribution.Refund{ID: "r", State: attribution.Settled, Lines: lines}
}

func TestSales(t *testing.T) {
	t.Parallel()
	back := func(line string, quantity, subtotal int64) attribution.RefundLine {
		return attribution.RefundLine{Line: line, Quantity: quantity, Subtotal: eur(subtotal)}
	}
	refunds := func(list ...attribution.Refund) func(*attribution.Order) {
		return func(o *attribution.Order) { o.Refunds = list }
	}
	cash := func(id string, cents, shipping int64) attribution.Refund {
		return attribution.Refund{ID: id, State: attribution.Settled, Cash: eur(cents), Shipping: eur(shipping)}
	}
	tests := map[string]struct {
		change         func(*attribution.Order)
		sold, returned string
	}{
		"net of discounts, without tax":                  {func(*attribution.Order) {}, "85.00", "0.00"},
		"tax included in the prices":                     {func(o *attribution.Order) { o.TaxIncluded = true }, "68.85", "0.00"},
		"gift cards do not count":                        {func(o *attribution.Order) { o.Lines[1].GiftCard = true }, "51.00", "0.00"},
		"a discount of 100 percent":                      {func(o *attribution.Order) { o.Lines[0].Discount, o.Lines[1].Discount = eur(6000), eur(4000) }, "0.00", "0.00"},
		"a discount above the price counts as none left": {func(o *attribution.Order) { o.Lines[0].Discount = eur(9000) }, "34.00", "0.00"},
		"cancelled":                                      {func(o *attribution.Order) { o.CancelledAt = placed }, "85.00", "85.00"},
		"refunded by its document":                       {func(o *attribution.Order) { o.Payment = attribution.Refunded }, "85.00", "85.00"},
		"one of two units, as the shop states it":        {refunds(settled(back("mug", 1, 2549))), "85.00", "25.49"},
		"a whole line, whatever the shop's own rounding": {refunds(settled(back("tray", 1, 3399))), "85.00", "34.00"},
		"a line by its second half": {refunds(
			attribution.Refund{ID: "a", State: attribution.Settled, Lines: []attribution.RefundLine{back("mug", 1, 2549)}},
			attribution.Refund{ID: "b", State: attribution.Settled, Lines: []attribution.RefundLine{back("mug", 1, 2549)}}), "85.00", "51.00"},
		"a subtotal above the line takes the line": {refunds(settled(back("mug", 1, 99999))), "85.00", "51.00"},
		"with tax in it, where prices hold tax": {func(o *attribution.Order) {
			o.TaxIncluded = true
			o.Refunds = []attribution.Refund{settled(attribution.RefundLine{Line: "mug", Quantity: 1, Subtotal: eur(2550), Tax: eur(485)})}
		}, "68.85", "20.65"},
		"one of two units without a stated subtotal, pro rata": {refunds(settled(attribution.RefundLine{Line: "mug", Quantity: 1})), "85.00", "25.50"},
		"tax above the subtotal gives nothing back to the sale": {func(o *attribution.Order) {
			o.TaxIncluded = true
			o.Refunds = []attribution.Refund{settled(attribution.RefundLine{Line: "mug", Quantity: 1, Subtotal: eur(100), Tax: eur(80000)})}
		}, "68.85", "0.00"},
		"tax without a subtotal is not subtracted": {func(o *attribution.Order) {
			o.TaxIncluded = true
			o.Refunds = []attribution.Refund{settled(attribution.RefundLine{Line: "mug", Quantity: 1, Tax: eur(485)})}
		}, "68.85", "20.66"},
		"a stated subtotal of nothing is nothing": {refunds(settled(back("mug", 1, 0))), "85.00", "0.00"},
		"voided": {func(o *attribution.Order) { o.Payment = attribution.Voided }, "85.00", "85.00"},
		"more shipping than cash does not eat another refund": {refunds(cash("a", 100, 500), cash("b", 1015, 0)), "85.00", "8.53"},
		"a line that nobody knows":                            {refunds(settled(back("lamp", 1, 5000))), "85.00", "0.00"},
		"failed":                                              {refunds(attribution.Refund{ID: "r", State: attribution.RefundFailed, Lines: []attribution.RefundLine{back("mug", 2, 5100)}, Cash: eur(0)}), "85.00", "0.00"},
		"pending":                                             {refunds(attribution.Refund{ID: "r", State: attribution.RefundPending, Lines: []attribution.RefundLine{back("mug", 2, 5100)}}), "85.00", "0.00"},
		"units edited off the order":                          {func(o *attribution.Order) { o.Lines[0].Removed = 1 }, "85.00", "25.50"},
		"units edited off and refunded are one thing": {func(o *attribution.Order) {
			o.Lines[0].Removed, o.Refunds = 1, []attribution.Refund{settled(back("mug", 1, 2550))}
		}, "85.00", "25.50"},
		"one edited off, the other refunded": {func(o *attribution.Order) {
			o.Lines[0].Removed, o.Refunds = 2, []attribution.Refund{settled(back("mug", 1, 2550))}
		}, "85.00", "51.00"},
		"a unit that is gone counts, though its refund failed": {func(o *attribution.Order) {
			o.Lines[0].Removed = 1
			o.Refunds = []attribution.Refund{{ID: "r", State: attribution.RefundFailed, Lines: []attribution.RefundLine{back("mug", 1, 2550)}}}
		}, "85.00", "25.50"},
		"cash alone, pro rata of what was paid for goods": {refunds(cash("r", 1015, 0)), "85.00", "8.53"},
		"cash in three parts takes what one part would":   {refunds(cash("a", 339, 0), cash("b", 338, 0), cash("c", 338, 0)), "85.00", "8.53"},
		"all the cash":            {refunds(cash("r", 10115, 0)), "85.00", "85.00"},
		"more cash than was paid": {refunds(cash("r", 99999, 0)), "85.00", "85.00"},
		"shipping alone":          {refunds(cash("r", 500, 500)), "85.00", "0.00"},
		"lines of nothing beside cash are a refund of cash": {refunds(attribution.Refund{ID: "r", State: attribution.Settled, Cash: eur(1015),
			Lines: []attribution.RefundLine{back("mug", 2, 0)}}), "85.00", "8.53"},
		"and explain units that are gone, which are not taken back twice": {func(o *attribution.Order) {
			o.Lines[0].Removed = 2
			o.Refunds = []attribution.Refund{{ID: "r", State: attribution.Settled, Cash: eur(1015), Lines: []attribution.RefundLine{back("mug", 2, 0)}}}
		}, "85.00", "8.53"},
		"lines count, not the cash beside them": {refunds(attribution.Refund{ID: "r", State: attribution.Settled, Cash: eur(20900),
			Lines: []attribution.RefundLine{back("tray", 1, 3400)}}), "85.00", "34.00"},
		"both kinds together never take more than was sold": {refunds(cash("a", 9000, 0), settled(back("mug", 2, 5100))), "85.00", "85.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := paidOrder()
			tt.change(&o)
			got, err := o.Sales()
			require.NoError(t, err)
			if got.Sold.Amount() != tt.sold || got.Returned.Amount() != tt.returned {
				t.Errorf("sold %s, returned %s; want %s and %s", got.Sold, got.Returned, tt.sold, tt.returned)
			}
			if sum, _ := got.Returned.Add(got.Kept); sum != got.Sold {
				t.Errorf("returned %s and kept %s are not the %s sold", got.Returned, got.Kept, got.Sold)
			}
		})
	}
}

func TestSalesOfOtherCurrencies(t *testing.T) {
	t.Parallel()
	for currency, want := range map[byline.Currency]string{byline.JPY: "8500", byline.KWD: "8.500"} {
		o := paidOrder()
		o.Currency = currency
		for i := range o.Lines {
			l := &o.Lines[i]
			l.Gross, l.Discount, l.Tax = byline.Minor(l.Gross.Minor(), currency), byline.Minor(l.Discount.Minor(), currency), byline.Money{}
		}
		got, err := o.Sales()
		require.NoError(t, err)
		if got.Kept.Amount() != want {
			t.Errorf("%s: kept %s, want %s", currency, got.Kept, want)
		}
	}
}

func TestSalesFaults(t *testing.T) {
	t.Parallel()
	type fault struct{ Path, Code string }
	o := paidOrder("ADA15")
	o.Lines[0].Gross = byline.Minor(6000, byline.USD)
	o.Lines[0].Quantity = -1
	o.Lines[1].Discount = eur(-1)
	o.Lines[1].Tax = eur(1 << 51)
	o.Lines[1].ID = "mug"
	o.Codes[0].Discount = eur(-5)
	o.Refunds = []attribution.Refund{{ID: "r", Cash: eur(-1), Lines: []attribution.RefundLine{{Quantity: -2, Subtotal: byline.Minor(1, byline.JPY)}}}}
	_, err := o.Sales()
	var got []fault
	for _, f := range byline.Nest("", err) {
		got = append(got, fault{f.Path, f.Code})
	}
	want := []fault{
		{"codes[0].discount", "order.negative"},
		{"lines[0].gross", "order.currency"},
		{"lines[0].quantity", "order.quantity"},
		{"lines[1].discount", "order.negative"},
		{"lines[1].tax", "money.range"},
		{"lines[1].id", "order.line_twice"},
		{"refunds[0].cash", "order.negative"},
		{"refunds[0].state", "order.refund_state"},
		{"refunds[0].lines[0].subtotal", "order.currency"},
		{"refunds[0].lines[0].quantity", "order.quantity"},
		{"refunds[0].lines[0].line", "order.line_id"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	require.ErrorIs(t, err, byline.ErrInvalid)
}

// TestSalesAtTheBounds: the largest amounts in the largest numbers still sum exactly.
func TestSalesAtTheBounds(t *testing.T) {
	t.Parallel()
	const most, parts = int64(1) << 48, 1 << 12
	o := paidOrder()
	o.Lines = nil
	for i := range parts {
		o.Lines = append(o.Lines, attribution.Line{ID: fmt.Sprint(i), Quantity: most, Removed: most, Gross: eur(most), Tax: eur(most)})
	}
	lines := make([]attribution.RefundLine, parts)
	for i := range lines {
		lines[i] = attribution.RefundLine{Line: "0", Quantity: most, Subtotal: eur(most)}
	}
	o.Refunds = []attribution.Refund{settled(lines...), {ID: "cash", State: attribution.Settled, Cash: eur(most)}}
	got, err := o.Sales()
	require.NoError(t, err)
	if want := (attribution.Sales{Sold: eur(most * parts), Returned: eur(most * parts), Kept: eur(0)}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	o.Refunds[1].Lines = lines[:1]
	_, err = o.Sales()
	require.ErrorIs(t, err, byline.ErrInvalid, "one refund line too many")
	if d := attribution.Decide(o, nil, testBook(t), attribution.Policy{}); d.Standing != attribution.StandingInvalid || !d.Earning.IsZero() {
		t.Errorf("standing %s, earning %s", d.Standing, d.Earning)
	}
}

// TestOrderJSONKeepsStatedZeros: what is stated as nothing and what is not stated are
// two things, and only one of them moves money.
func TestOrderJSONKeepsStatedZeros(t *testing.T) {
	t.Parallel()
	o := paidOrder()
	o.Refunds = []attribution.Refund{settled(
		attribution.RefundLine{Line: "mug", Quantity: 1, Subtotal: eur(0)},
		attribution.RefundLine{Line: "tray", Quantity: 1})}
	data, err := json.Marshal(o)
	require.NoError(t, err)
	var back attribution.Order
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(o, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

// TestSalesShrinkWithRefunds: where no unit was edited off, adding a refund never gives
// anything back, and refunding every unit leaves nothing.
func TestSalesShrinkWithRefunds(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		o := randomOrder(rng)
		last, err := o.Sales()
		require.NoError(t, err)
		for i := range rng.IntN(5) {
			o.Refunds = append(o.Refunds, randomRefund(rng, o, i))
			next, err := o.Sales()
			require.NoError(t, err)
			if c, _ := next.Kept.Cmp(last.Kept); c > 0 || next.Kept.Sign() < 0 || next.Sold != last.Sold {
				t.Fatalf("refund %+v moved kept from %s to %s", o.Refunds[i], last.Kept, next.Kept)
			}
			last = next
		}
		var all []attribution.RefundLine
		for _, l := range o.Lines {
			all = append(all, attribution.RefundLine{Line: l.ID, Quantity: l.Quantity})
		}
		o.Refunds = append(o.Refunds, attribution.Refund{ID: "all", State: attribution.Settled, Lines: all})
		end, err := o.Sales()
		require.NoError(t, err)
		if !end.Kept.IsZero() {
			t.Fatalf("everything came back and %s is kept", end.Kept)
		}
	}
}

func randomOrder(rng *rand.Rand) attribution.Order {
	currency := []byline.Currency{byline.EUR, byline.JPY, byline.KWD}[rng.IntN(3)]
	o := attribution.Order{ID: "shop:1", Shop: "demo.example", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid,
		Currency: currency, TaxIncluded: rng.IntN(2) == 0}
	for i := range 1 + rng.IntN(4) {
		gross := rng.Int64N(100000)
		discount := rng.Int64N(gross + 1)
		o.Lines = append(o.Lines, attribution.Line{
			ID: string(rune('a' + i)), Quantity: 1 + rng.Int64N(4), GiftCard: rng.IntN(8) == 0,
			Gross: byline.Minor(gross, currency), Discount: byline.Minor(discount, currency), Tax: byline.Minor((gross-discount)/6, currency),
		})
	}
	return o
}

func randomRefund(rng *rand.Rand, o attribution.Order, i int) attribution.Refund {
	at := placed.Add(time.Duration(i) * time.Hour)
	r := attribution.Refund{ID: string(rune('0' + i)), At: at, AsOf: at, State: attribution.Settled}
	if rng.IntN(3) == 0 {
		r.Cash = byline.Minor(rng.Int64N(50000), o.Currency)
		return r
	}
	l := o.Lines[rng.IntN(len(o.Lines))]
	r.Lines = []attribution.RefundLine{{Line: l.ID, Quantity: rng.Int64N(l.Quantity + 1), Subtotal: byline.Minor(rng.Int64N(l.Gross.Minor()+1), o.Currency)}}
	r.State = []attribution.RefundState{attribution.Settled, attribution.Settled, attribution.RefundFailed, attribution.RefundPending}[rng.IntN(4)]
	return r
}
