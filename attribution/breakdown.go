package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Breakdown is what an order is worth, line by line. The Net of all Lines sums to Sales,
// as ordered and as kept, to the minor unit.
type Breakdown struct {
	Sales
	Lines []LineSales `json:"lines"` // as the order lists them
	// Shipping is without tax. The zero Part: not known, which is not nothing.
	Shipping    Part `json:"shipping"`
	ShippingTax Part `json:"shipping_tax"`
}

// LineSales is what one line of an order is worth.
type LineSales struct {
	Line        string   `json:"line"` // Line.ID
	Product     string   `json:"product,omitempty"`
	SKU         string   `json:"sku,omitempty"`
	Collections []string `json:"collections,omitempty"` // the order's own slice
	Quantity    int64    `json:"quantity"`              // units ordered
	Kept        int64    `json:"kept"`                  // units not returned, edited off or refunded by line
	Net         Part     `json:"net"`                   // as in Sales: net of discounts, without tax
	Tax         Part     `json:"tax"`                   // kept in the proportion in which Net is
	// DeliveredAt is the line's own, else the order's; the zero time: not known.
	DeliveredAt time.Time `json:"delivered_at,omitzero"`
	// Excluded says that the policy leaves the line out, or that it is a gift card. Then
	// Net and Tax are nothing. Quantity and Kept are told all the same.
	Excluded bool `json:"excluded,omitempty"`
}

// Part is an amount as ordered and what of it is left.
type Part struct {
	Sold byline.Money `json:"sold"`
	Kept byline.Money `json:"kept"`
}

// Breakdown computes line by line what [Order.Sales] computes in one, with the same
// errors. Time is O(n log n) in the lines.
//
// Goods that came back by line, or were edited off, take from their own line. What is
// taken from the whole order, by cash that names no goods and by disputes, is spread over
// what is left of the lines in proportion, see [byline.Money.Split]; so a refund changes
// what other lines have to bear of it. Units are told by goods alone: cash leaves them
// where they are.
//
// A line's tax is kept in the proportion of its net amount, rounded once, and of a line
// that is worth nothing in the proportion of its units.
//
// Of shipping settled refunds take what they state, which has the tax in it, in
// proportion of both; it may be duties and fees too, so never more than there is. Cash and
// disputes that are above what the goods had cost take shipping as well, and so do a
// dispute that states no amount, cancellation, deletion, and a document that calls the
// order refunded or voided: they take all of it.
//
// Standing is not looked at: what is unpaid or a test has the same breakdown.
func (o Order) Breakdown() (Breakdown, error) { return o.breakdownWithout(nil) }

// Breakdown is that of the order with the goods that the policy excludes left out, so
// that its Sales are those which Decide and Score found. An order without a document has
// no lines yet.
func (d *Decider) Breakdown(o Order) (Breakdown, error) {
	if !o.HasDocument() && o.oversize() == nil {
		none := nothing(&o)
		return Breakdown{Sales: Sales{Sold: none, Returned: none, Kept: none}}, nil
	}
	return o.breakdownWithout(d.plan.excludedLines())
}

func (o *Order) breakdownWithout(excluded func(*Line) bool) (Breakdown, error) {
	if err := byline.Faults(o.faults()); err != nil {
		return Breakdown{}, err
	}
	t := newTally(o, excluded, true)
	b := Breakdown{Sales: t.sales(), Lines: make([]LineSales, len(o.Lines))}
	returns := t.lineReturns(func(*Refund) bool { return true })
	kept := t.keptByLine(returns, b.Kept.Minor())
	for i := range o.Lines {
		l := &o.Lines[i]
		s := LineSales{
			Line: l.ID, Product: l.Product, SKU: l.SKU, Collections: l.Collections,
			Quantity: l.Quantity, Kept: t.unitsKept(l, returns[l.ID]),
			Net:         Part{t.money(t.net[i]), t.money(kept[i])},
			Tax:         Part{t.money(0), t.money(0)},
			DeliveredAt: l.DeliveredAt, Excluded: l.leftOut(excluded),
		}
		if s.DeliveredAt.IsZero() {
			s.DeliveredAt = o.DeliveredAt
		}
		if !s.Excluded {
			s.Tax = Part{t.money(l.Tax.Minor()), t.money(t.taxKept(l, s))}
		}
		b.Lines[i] = s
	}
	b.Shipping, b.ShippingTax = t.shipping()
	return b, nil
}

// keptByLine splits what is kept. The goods that came back are their lines' own; what is
// missing beyond them is everybody's.
func (t tally) keptByLine(returns map[string]lineReturn, kept int64) []int64 {
	left := make([]int64, len(t.net))
	if t.order.returnedWhole() {
		return left
	}
	var total int64
	for i := range left {
		left[i] = t.net[i] - t.returnedOf(i, returns[t.order.Lines[i].ID], true)
		total += left[i]
	}
	// No more is taken than there is, and with nothing left there is nothing to take.
	shares, err := byline.Minor(total-kept, "").Split(left...)
	if err != nil {
		return left
	}
	for i, share := range shares {
		left[i] -= share.Minor()
	}
	return left
}

// unitsKept counts units that a refund of cash alone names as gone only where the order's
// document says so too.
func (t tally) unitsKept(l *Line, r lineReturn) int64 {
	if t.order.returnedWhole() {
		return 0
	}
	return max(l.Quantity-max(r.units+r.edited(l), l.Removed), 0)
}

func (t tally) taxKept(l *Line, s LineSales) int64 {
	switch {
	case t.order.returnedWhole():
		return 0
	case s.Net.Sold.Sign() > 0:
		return portion(l.Tax.Minor(), s.Net.Kept.Minor(), s.Net.Sold.Minor())
	case s.Quantity > 0:
		return portion(l.Tax.Minor(), s.Kept, s.Quantity)
	}
	return l.Tax.Minor()
}

// shipping leaves an amount that is not known the zero Money.
func (t tally) shipping() (net, tax Part) {
	o := t.order
	sold, all := o.Shipping.Minor(), o.Shipping.Minor()+o.ShippingTax.Minor()
	back := min(t.shippingBack(all), all)
	netBack := sold
	if back < all {
		netBack = portion(sold, back, all)
	}
	return partOf(o.Shipping, netBack), partOf(o.ShippingTax, back-netBack)
}

func partOf(sold byline.Money, back int64) Part {
	return Part{Sold: sold, Kept: byline.Minor(sold.Minor()-back, sold.Currency())}
}

// shippingBack is what was taken back of shipping, with its tax, and may be above all
// there is of it.
func (t tally) shippingBack(all int64) int64 {
	disputed, whole := t.disputed()
	if whole || t.order.returnedWhole() || t.order.deleted() {
		return all
	}
	var back int64
	for i := range t.order.Refunds {
		if r := &t.order.Refunds[i]; r.State == Settled {
			back += r.Shipping.Minor()
		}
	}
	return back + max(t.refundedCash()+disputed-t.paidForLeft(), 0)
}

// paidForLeft is what the customer had paid for the goods that cash can still be for:
// those that did not come back, and those that went without any.
func (t tally) paidForLeft() int64 {
	goods, unpaid := t.goodsBack()
	if t.sold == 0 || goods == unpaid {
		return t.paid
	}
	return portion(t.paid, t.sold-goods+unpaid, t.sold)
}
