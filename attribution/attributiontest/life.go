package attributiontest

import (
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// LifeStart is when the orders of [Life] are placed.
func LifeStart() time.Time { return time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC) }

// Life returns what a shop could say of one order over its life, as fragments to merge
// in any order: documents whose clocks often tie, refunds by line and by cash, settled
// or not, inside documents and alone, edits, cancellation, shipping, delivery. Now and then the order is a
// test. Money is in EUR, JPY or KWD. The order carries up to three of the given codes.
func Life(rng *rand.Rand, id byline.OrderID, codes ...string) []attribution.Order {
	base := lifeOrder(rng, id, codes)
	payments := []attribution.Payment{attribution.Pending, attribution.Authorized, attribution.Paid, attribution.Paid,
		attribution.PartiallyRefunded, attribution.Refunded, attribution.Voided}
	var pieces []attribution.Order
	for i := range 1 + rng.IntN(5) {
		document := base
		document.UpdatedAt = LifeStart().Add(time.Duration(rng.IntN(3)) * time.Second)
		document.Payment = payments[rng.IntN(len(payments))]
		document.Number = "#" + strconv.Itoa(rng.IntN(3))
		document.Test = rng.IntN(20) == 0
		if rng.IntN(8) == 0 {
			document.CancelledAt = document.UpdatedAt
		}
		if rng.IntN(3) == 0 {
			document.DeliveredAt = LifeStart().Add(time.Duration(rng.IntN(3)) * time.Hour)
		}
		for j := range rng.IntN(3) {
			r := lifeRefund(rng, base, j)
			r.AsOf = document.UpdatedAt
			document.Refunds = append(document.Refunds, r)
		}
		pieces = append(pieces, document)
		if rng.IntN(2) == 0 {
			pieces = append(pieces, attribution.Order{ID: base.ID, Shop: base.Shop, Refunds: []attribution.Refund{lifeRefund(rng, base, i)}})
		}
	}
	return pieces
}

// FullRefund returns a fragment that takes back every unit of an order.
func FullRefund(o attribution.Order) attribution.Order {
	r := attribution.Refund{ID: "everything", At: LifeStart().Add(time.Hour), AsOf: LifeStart().Add(time.Hour), State: attribution.Settled}
	for _, l := range o.Lines {
		r.Lines = append(r.Lines, attribution.RefundLine{Line: l.ID, Quantity: l.Quantity})
	}
	return attribution.Order{ID: o.ID, Shop: o.Shop, Refunds: []attribution.Refund{r}}
}

func lifeOrder(rng *rand.Rand, id byline.OrderID, codes []string) attribution.Order {
	currency := []byline.Currency{byline.EUR, byline.JPY, byline.KWD}[rng.IntN(3)]
	o := attribution.Order{ID: id, Shop: "demo.example", PlacedAt: LifeStart(), Currency: currency, TaxIncluded: rng.IntN(2) == 0}
	for i := range 1 + rng.IntN(4) {
		gross := rng.Int64N(100_000)
		discount := rng.Int64N(gross + 1)
		quantity := 1 + rng.Int64N(4)
		o.Lines = append(o.Lines, attribution.Line{
			ID: "line-" + strconv.Itoa(i), Quantity: quantity, Removed: rng.Int64N(quantity+1) * int64(rng.IntN(4)/3), GiftCard: rng.IntN(8) == 0,
			Gross: byline.Minor(gross, currency), Discount: byline.Minor(discount, currency), Tax: byline.Minor((gross-discount)/6, currency),
		})
	}
	if rng.IntN(4) > 0 {
		o.Shipping, o.ShippingTax = byline.Minor(rng.Int64N(2000)*int64(rng.IntN(2)), currency), byline.Minor(rng.Int64N(400), currency)
	}
	for range min(rng.IntN(4), len(codes)) {
		o.Codes = append(o.Codes, attribution.CodeUse{
			Code: codes[rng.IntN(len(codes))], Kind: attribution.Genuine, Discount: byline.Minor(rng.Int64N(4)*250, currency)})
	}
	return o
}

// lifeSubtotal is stated, stated as nothing, or not stated.
func lifeSubtotal(rng *rand.Rand, o attribution.Order, l attribution.Line) byline.Money {
	switch rng.IntN(4) {
	case 0:
		return byline.Minor(0, o.Currency)
	case 1:
		return byline.Money{}
	}
	return byline.Minor(rng.Int64N(l.Gross.Minor()+1), o.Currency)
}

func lifeRefund(rng *rand.Rand, o attribution.Order, i int) attribution.Refund {
	at := LifeStart().Add(time.Duration(i) * time.Hour)
	r := attribution.Refund{ID: "refund-" + strconv.Itoa(i), At: at, AsOf: at, State: attribution.Settled}
	if rng.IntN(3) == 0 {
		r.Cash = byline.Minor(rng.Int64N(50_000), o.Currency)
		if rng.IntN(2) == 0 {
			r.Shipping = byline.Minor(rng.Int64N(r.Cash.Minor()+1), o.Currency)
		}
		return r
	}
	l := o.Lines[rng.IntN(len(o.Lines))]
	r.Lines = []attribution.RefundLine{{Line: l.ID, Quantity: rng.Int64N(l.Quantity + 1), Subtotal: lifeSubtotal(rng, o, l)}}
	r.State = []attribution.RefundState{attribution.Settled, attribution.Settled, attribution.RefundFailed, attribution.RefundPending}[rng.IntN(4)]
	return r
}
