package attribution

import (
	"slices"

	"github.com/bylinehq/byline"
)

// Sales is what an order is worth to the people who brought it: merchandise net of
// every discount, without tax, shipping, tips, duties and gift cards.
// Sold = Returned + Kept, to the minor unit.
type Sales struct {
	Sold     byline.Money `json:"sold"`     // as ordered
	Returned byline.Money `json:"returned"` // taken back by refunds, edits, disputes, cancellation
	Kept     byline.Money `json:"kept"`     // what is left
	// Disputed is of Returned: what disputes take beyond refunds. It comes back with a
	// dispute that is won. The zero Money where there is none.
	Disputed byline.Money `json:"disputed,omitzero"`
}

// Sales computes the order's sales from its latest known state.
//
// What a refund takes back: of a line that came back whole, all of it; of one that
// came back in part, the subtotal the shop states, or pro rata where it states none. A
// refund that names no goods takes its cash, without the shipping in it, pro rata of
// what the customer paid for the goods; so does what a refund pays beyond the goods that
// it names. A refund that has not settled takes nothing, and
// all of them together never more than was sold. Units that the order's document no
// longer has, and no settled refund explains, count pro rata of their line. A dispute
// that is open or lost takes its amount like a refund of cash. It does not say what of the
// payment it is about, so a dispute of part of it counts as one of goods.
//
// Goods may go first and their money later, as when an order is edited: cash that names
// no goods pays for those that left without any, and only what is above takes more.
//
// The error is a [*byline.ValidationError] of codes "order.currency", "order.negative",
// "order.quantity", "order.size", "order.line_id", "order.line_twice",
// "order.refund_state", "order.dispute_state", "order.known_twice" and "money.range".
func (o Order) Sales() (Sales, error) { return o.salesWithout(nil) }

// salesWithout leaves out lines that a policy excludes.
func (o *Order) salesWithout(excluded func(*Line) bool) (Sales, error) {
	if err := byline.Faults(o.faults()); err != nil {
		return Sales{}, err
	}
	return newTally(o, excluded, len(o.Refunds) > 0 || o.edited()).sales(), nil
}

func (t tally) sales() Sales {
	if t.order.returnedWhole() {
		return Sales{Sold: t.money(t.sold), Returned: t.money(t.sold), Kept: t.money(0)}
	}
	goods, unpaid := t.goodsBack()
	cash, disputed := t.refundedCash(), t.disputedCash()
	refunded := min(goods+max(t.returnedBy(cash)-unpaid, 0), t.sold)
	// No dispute pays for goods that left without money.
	back := min(goods+max(t.returnedBy(cash+disputed)-unpaid, t.returnedBy(disputed)), t.sold)
	s := Sales{Sold: t.money(t.sold), Returned: t.money(back), Kept: t.money(t.sold - back)}
	if back > refunded {
		s.Disputed = t.money(back - refunded)
	}
	return s
}

// returnedWhole is decided by the document, because shops do not always list every
// refund of an order that they call refunded, and keep totals above zero on a
// cancelled one.
func (o *Order) returnedWhole() bool {
	return !o.CancelledAt.IsZero() || o.Payment == Refunded || o.Payment == Voided
}

// tally works in minor units of one currency, which faults has made sure of.
type tally struct {
	order *Order
	net   []int64 // of each line, where newTally was asked for it
	sold  int64
	paid  int64 // for all goods, with tax and gift cards
}

func newTally(o *Order, excluded func(*Line) bool, byLine bool) tally {
	t := tally{order: o}
	if byLine {
		t.net = make([]int64, len(o.Lines))
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		net := l.Gross.Minor() - l.Discount.Minor()
		t.paid += max(net, 0)
		if !o.TaxIncluded {
			t.paid += l.Tax.Minor()
		} else {
			net -= l.Tax.Minor()
		}
		if l.leftOut(excluded) {
			net = 0
		}
		if t.net != nil {
			t.net[i] = max(net, 0)
		}
		t.sold += max(net, 0)
	}
	return t
}

// leftOut reports whether the line is no merchandise, or the policy excludes it.
func (l *Line) leftOut(excluded func(*Line) bool) bool {
	return l.GiftCard || excluded != nil && excluded(l)
}

// edited reports whether units are gone by the order's own document.
func (o *Order) edited() bool {
	return slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Removed > 0 })
}

func (t tally) money(minor int64) byline.Money { return byline.Minor(minor, t.order.Currency) }

// lineReturn is what settled refunds say of one line.
type lineReturn struct {
	named    int64 // units, by any of them
	units    int64 // of those, the ones that came back as goods
	unpriced int64 // of those, the ones for which the shop states no subtotal
	money    int64
}

// goodsBack is what goods take back that were named or are gone, and how much of that
// went without money.
func (t tally) goodsBack() (back, unpaid int64) {
	if t.net == nil {
		return 0, 0
	}
	back = t.returnedByLine(t.lineReturns(func(*Refund) bool { return true }), true)
	paid := t.returnedByLine(t.lineReturns((*Refund).movedMoney), false)
	return back, max(back-paid, 0)
}

// movedMoney is false of a refund that is stated to have returned none. Where nothing is
// stated it is taken for granted.
func (r *Refund) movedMoney() bool { return r.Cash == byline.Money{} || r.Cash.Sign() > 0 }

func (t tally) returnedByLine(returns map[string]lineReturn, edits bool) int64 {
	var total int64
	for i := range t.order.Lines {
		total += t.returnedOf(i, returns[t.order.Lines[i].ID], edits)
	}
	return total
}

func (t tally) returnedOf(i int, r lineReturn, edits bool) int64 {
	l, net := &t.order.Lines[i], t.net[i]
	var edited int64
	if edits {
		edited = r.edited(l)
	}
	if r.units+edited >= l.Quantity && r.units+edited > 0 {
		return net
	}
	back := r.money
	if proRata := r.unpriced + edited; proRata > 0 {
		back += portion(net, proRata, l.Quantity)
	}
	return min(back, net)
}

// edited are units that are gone by the order's own document and in no settled refund:
// they were edited off, or wait for a refund. Either way they are not sold any more.
func (r lineReturn) edited(l *Line) int64 { return max(l.Removed-r.named, 0) }

func (t tally) lineReturns(counts func(*Refund) bool) map[string]lineReturn {
	if len(t.order.Refunds) == 0 {
		return nil
	}
	returns := map[string]lineReturn{}
	for i := range t.order.Refunds {
		refund := &t.order.Refunds[i]
		if refund.State != Settled || !counts(refund) {
			continue
		}
		goods := refund.namesGoods()
		for _, line := range refund.Lines {
			r := returns[line.Line]
			r.named += line.Quantity
			if goods {
				t.addGoods(&r, line)
			}
			returns[line.Line] = r
		}
	}
	return returns
}

func (t tally) addGoods(r *lineReturn, line RefundLine) {
	r.units += line.Quantity
	if line.Subtotal == (byline.Money{}) {
		r.unpriced += line.Quantity
		return
	}
	r.money += t.netOf(line)
}

// netOf is a refund line's subtotal without tax. Tax above the subtotal is no gain.
func (t tally) netOf(line RefundLine) int64 {
	if !t.order.TaxIncluded {
		return line.Subtotal.Minor()
	}
	return max(line.Subtotal.Minor()-line.Tax.Minor(), 0)
}

// namesGoods tells a return of goods from a refund of money alone. Shops also list
// lines of subtotal 0 beside a cash refund; those say nothing about goods.
func (r Refund) namesGoods() bool {
	if r.Cash.IsZero() {
		return len(r.Lines) > 0
	}
	for _, line := range r.Lines {
		if !line.Subtotal.IsZero() {
			return true
		}
	}
	return false
}

// refundedCash is what refunds returned that name no goods, or beyond the goods they name.
func (t tally) refundedCash() int64 {
	var cash int64
	for i := range t.order.Refunds {
		r := &t.order.Refunds[i]
		if r.State != Settled {
			continue
		}
		if goods, stated := t.paidFor(r); stated {
			cash += max(r.Cash.Minor()-r.Shipping.Minor()-goods, 0)
		}
	}
	return cash
}

// paidFor is what the customer had paid for the goods that a refund names. It is not
// stated where a line lacks its subtotal, or a tax that its order has.
func (t tally) paidFor(r *Refund) (paid int64, stated bool) {
	if !r.namesGoods() {
		return 0, true
	}
	for _, line := range r.Lines {
		if line.Subtotal == (byline.Money{}) || !t.order.TaxIncluded && line.Tax == (byline.Money{}) {
			return 0, false
		}
		paid += line.Subtotal.Minor()
		if !t.order.TaxIncluded {
			paid += line.Tax.Minor()
		}
	}
	return paid, true
}

// disputedCash is what disputes hold back or took, at most what was paid for the goods.
// One that states no amount takes all, and so does one in another currency, the
// customer's or the card's: what part of the order it is can't be known.
func (t tally) disputedCash() int64 {
	cash, whole := t.disputed()
	if whole {
		return t.paid
	}
	return min(cash, t.paid)
}

// disputed sums the disputes' amounts, and tells whether one of them takes all.
func (t tally) disputed() (cash int64, whole bool) {
	for _, d := range t.order.Disputes {
		switch {
		case !d.State.takes():
		case d.Amount.Currency() != t.order.Currency:
			whole = true
		default:
			cash += d.Amount.Minor()
		}
	}
	return cash, whole
}

// returnedBy is the part of the goods that an amount of cash takes back. Callers sum
// before it rounds, so that many small refunds take back what one large refund would.
func (t tally) returnedBy(cash int64) int64 {
	if cash == 0 || t.paid <= 0 {
		return 0
	}
	return portion(t.sold, min(cash, t.paid), t.paid)
}

// portion is of·num/den for 0 <= num <= den, which cannot fail.
func portion(of, num, den int64) int64 {
	part, err := byline.Minor(of, "").Portion(num, den)
	if err != nil {
		return of
	}
	return part.Minor()
}
