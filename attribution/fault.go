package attribution

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Bounds far above any real order, so that sums stay exact in an int64: the sum of
// maxParts amounts, each a few times maxMinor, is below 2^62.
const (
	maxMinor = int64(1) << 48
	maxParts = 1 << 12
)

// oversize is looked at before anything that takes time in proportion.
func (o *Order) oversize() *byline.FieldError {
	returned := 0
	for _, r := range o.Refunds {
		returned += len(r.Lines)
	}
	if max(len(o.Lines), len(o.Codes), len(o.Touches), len(o.Refunds), len(o.Disputes), len(o.Claims), returned) <= maxParts {
		return nil
	}
	return &byline.FieldError{Path: "lines", Code: "order.size", Message: "more lines, codes, clicks, refunds, disputes or claims than an order can hold"}
}

func (o *Order) faults() []*byline.FieldError {
	if f := o.oversize(); f != nil {
		return []*byline.FieldError{f}
	}
	c := checker{currency: o.Currency}
	if o.HasDocument() && !o.Currency.Known() && (o.Kind == Purchase || o.Currency != "" || len(o.Lines) > 0) {
		c.add("currency", "order.currency", "not an ISO 4217 currency code")
	}
	for i, use := range o.Codes {
		c.money(place{"codes", i, "discount"}, use.Discount)
	}
	for i, l := range o.Lines {
		c.money(place{"lines", i, "gross"}, l.Gross)
		c.money(place{"lines", i, "discount"}, l.Discount)
		c.money(place{"lines", i, "tax"}, l.Tax)
		c.count(place{"lines", i, "quantity"}, l.Quantity)
		c.count(place{"lines", i, "removed"}, l.Removed)
	}
	c.money(place{field: "shipping"}, o.Shipping)
	c.money(place{field: "shipping_tax"}, o.ShippingTax)
	if len(o.Refunds) > 0 {
		c.lineIDs(o.Lines)
	}
	for i, r := range o.Refunds {
		c.refund(i, r)
	}
	c.distinctIDs("refunds", len(o.Refunds), func(i int) string { return o.Refunds[i].ID })
	c.distinctIDs("disputes", len(o.Disputes), func(i int) string { return o.Disputes[i].ID })
	for i, d := range o.Disputes {
		if d.Amount.Currency() == o.Currency {
			c.money(place{"disputes", i, "amount"}, d.Amount)
		}
		if d.State.rank() == 0 {
			c.add(place{"disputes", i, "state"}.path(), "order.dispute_state", "not a state of a dispute")
		}
	}
	return c.faults
}

// place is where a fault would be; without a list, in the order itself. Its path is written only when there is one, because
// every decision checks its order.
type place struct {
	list  string
	i     int
	field string
}

func (p place) path() string {
	if p.list == "" {
		return p.field
	}
	return fmt.Sprintf("%s[%d].%s", p.list, p.i, p.field)
}

// checker collects the faults of an order's amounts.
type checker struct {
	currency byline.Currency
	faults   []*byline.FieldError
}

func (c *checker) add(path, code, message string) {
	c.faults = append(c.faults, &byline.FieldError{Path: path, Code: code, Message: message})
}

func (c *checker) money(at place, m byline.Money) {
	switch {
	case m == byline.Money{}:
	case m.Currency() != c.currency:
		c.add(at.path(), "order.currency", fmt.Sprintf("%s on an order in %s", m.Currency(), c.currency))
	case m.Sign() < 0:
		c.add(at.path(), "order.negative", "the amount is negative")
	case m.Minor() > maxMinor:
		c.add(at.path(), "money.range", "amount out of range")
	}
}

func (c *checker) count(at place, n int64) {
	if n < 0 || n > maxMinor {
		c.add(at.path(), "order.quantity", "the quantity is out of range")
	}
}

func (c *checker) refund(i int, r Refund) {
	c.money(place{"refunds", i, "cash"}, r.Cash)
	c.money(place{"refunds", i, "shipping"}, r.Shipping)
	if r.State.rank() == 0 {
		c.add(place{"refunds", i, "state"}.path(), "order.refund_state", "not a state of a refund")
	}
	list := fmt.Sprintf("refunds[%d].lines", i)
	for j, l := range r.Lines {
		c.money(place{list, j, "subtotal"}, l.Subtotal)
		c.money(place{list, j, "tax"}, l.Tax)
		c.count(place{list, j, "quantity"}, l.Quantity)
		if l.Line == "" {
			c.add(place{list, j, "line"}.path(), "order.line_id", "a refund has to name the line that came back")
		}
	}
}

// distinctIDs holds for whatever came through Merge.
func (c *checker) distinctIDs(list string, n int, id func(int) string) {
	if n < 2 {
		return
	}
	seen := make(map[string]bool, n)
	for i := range n {
		if seen[id(i)] {
			c.add(place{list, i, "id"}.path(), "order.known_twice", "one id stands twice, and its amount would count twice; Order.Merge keeps the latest of each")
		}
		seen[id(i)] = true
	}
}

// lineIDs matter only where refunds name them.
func (c *checker) lineIDs(lines []Line) {
	seen := make(map[string]bool, len(lines))
	for i, l := range lines {
		if l.ID != "" && seen[l.ID] {
			c.add(place{"lines", i, "id"}.path(), "order.line_twice", "the line id stands twice, and a refund could mean either")
		}
		seen[l.ID] = true
	}
}
