package contracts

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// payCheck collects what is wrong with a Pay, with paths below it.
type payCheck struct {
	pay    *Pay
	common byline.Currency // of the first amount, where the pay names none
	ids    map[string]bool
	faultList
}

// faults are those of Draft below "pay".
func (p *Pay) faults() []*byline.FieldError {
	c := &payCheck{pay: p, ids: map[string]bool{}}
	if p.Currency != "" && !p.Currency.Known() {
		c.add("currency", "currency", "not an ISO 4217 currency code")
	}
	c.oneOf("period", string(p.Period), string(WholeTerm), string(Monthly), string(Quarterly), string(Yearly))
	c.fees()
	c.percentages()
	c.conversions()
	c.metered()
	c.bonuses()
	c.limits()
	c.hold()
	return c.faultList
}

// owesNothing reports terms under which nobody can ever earn.
func (p *Pay) owesNothing() bool {
	return len(p.Fees) == 0 && len(p.Percentages) == 0 && len(p.PerConversions) == 0 && len(p.Metered) == 0 &&
		len(p.Bonuses) == 0 && len(p.Gifts) == 0 && p.Guarantee.IsZero() && p.Draw.IsZero()
}

func (c *payCheck) id(path, id string) {
	switch {
	case id == "":
		c.add(path+".id", "required", "a value is required")
	case c.ids[id]:
		c.add(path+".id", "pay.id_twice", "another part of the pay has this id")
	}
	c.ids[id] = true
}

func (c *payCheck) oneOf(path, got string, known ...string) {
	if !slices.Contains(known, got) {
		c.add(path, "oneof", "not a value that is known here")
	}
}

// money checks an amount that must be more than nothing.
func (c *payCheck) money(path string, m byline.Money) {
	if m.Sign() <= 0 || !m.Currency().Known() {
		c.add(path, "pay.money", "an amount is more than nothing, in an ISO 4217 currency")
		return
	}
	c.inCurrency(path, m)
}

func (c *payCheck) inCurrency(path string, m byline.Money) {
	if c.common == "" {
		c.common = cmp.Or(c.pay.Currency, m.Currency())
	}
	if m.Currency() != c.common {
		c.add(path, "pay.currency", "all pay is in one currency")
	}
}

// counted checks an amount that is compared with the sum over orders.
func (c *payCheck) counted(path string, m byline.Money) {
	if m.Sign() < 0 || !m.Currency().Known() {
		c.add(path, "pay.money", "an amount is not negative, in an ISO 4217 currency")
		return
	}
	if c.pay.Currency == "" {
		c.add(path, "pay.currency", "say in which currency orders are counted")
		return
	}
	c.inCurrency(path, m)
}

func (c *payCheck) rate(path string, r Rate) {
	if r < 0 || r > Whole {
		c.add(path, "pay.rate", "a rate is 0% to 100%")
	}
}

func (c *payCheck) milestone(path string, m Milestone) {
	c.oneOf(path, string(m), string(AtStart), string(AtSigning), string(AtDelivery), string(AtApproval), string(AtPosting), string(AtReceipt), string(AtEnd))
}

func (c *payCheck) fees() {
	for i, f := range c.pay.Fees {
		path := entryPath("fees", i)
		c.id(path, f.ID)
		c.money(path+".amount", f.Amount)
		c.milestone(path+".due", f.Due)
		if f.After < 0 {
			c.add(path+".after_days", "min", "must be at least 0")
		}
	}
	for i, g := range c.pay.Gifts {
		path := entryPath("gifts", i)
		c.id(path, g.ID)
		c.money(path+".value", g.Value)
		c.milestone(path+".due", g.Due)
	}
}

func (c *payCheck) percentages() {
	for i, p := range c.pay.Percentages {
		path := entryPath("percentages", i)
		c.id(path, p.ID)
		c.rate(path+".rate", p.Rate)
		c.oneOf(path+".base", string(p.Base), "", string(NetSales), string(NetSalesWithTax), string(NetSalesWithShipping), string(NetSalesWithBoth))
		c.scope(path+".scope", p.Scope)
		if p.Scope.goods() && (p.Base == NetSalesWithShipping || p.Base == NetSalesWithBoth) {
			c.add(path+".base", "pay.base", "shipping is of an order, and has no part in some of its goods")
		}
		c.tiers(path, p)
	}
}

func (c *payCheck) tiers(path string, p Percentage) {
	if len(p.Tiers) == 0 {
		if p.Mode != "" {
			c.add(path+".tier_mode", "pay.tiers", "there are no tiers")
		}
		return
	}
	c.oneOf(path+".tier_mode", string(p.Mode), string(Marginal), string(WholeAmount))
	if p.Rate != 0 {
		c.add(path+".rate", "pay.tiers", "the tiers say the rate")
	}
	for i, t := range p.Tiers {
		at := entryPath(path+".tiers", i)
		c.rate(at+".rate", t.Rate)
		c.counted(at+".from", t.From)
		switch {
		case i == 0 && !t.From.IsZero():
			c.add(at+".from", "pay.tiers", "the first tier starts at nothing")
		case i > 0 && t.From.Minor() <= p.Tiers[i-1].From.Minor():
			c.add(at+".from", "pay.tiers", "a tier starts above the one before")
		}
	}
}

func (c *payCheck) conversions() {
	for i, p := range c.pay.PerConversions {
		path := entryPath("per_conversions", i)
		c.id(path, p.ID)
		c.money(path+".amount", p.Amount)
		c.oneOf(path+".per", string(p.Per), string(PerOrder), string(PerItem))
		c.scope(path+".scope", p.Scope)
	}
}

func (c *payCheck) scope(path string, s Scope) {
	c.oneOf(path+".customer", string(s.Customer), string(Everybody), string(NewCustomers), string(ReturningCustomers))
}

func (c *payCheck) metered() {
	for i, m := range c.pay.Metered {
		path := entryPath("metered", i)
		c.id(path, m.ID)
		c.money(path+".amount", m.Amount)
		if m.Metric == "" || m.Metric == Orders || m.Metric == SalesVolume {
			c.add(path+".metric", "pay.metric", "name a count that is reported; orders are paid by percentages and per conversion")
		}
		if m.Per < 1 {
			c.add(path+".per", "min", "must be at least 1")
		}
		if m.From < 0 || m.AtMost < 0 || m.AtMost > 0 && m.AtMost <= m.From {
			c.add(path+".at_most", "pay.span", "what is paid lies between from and at_most")
		}
	}
}

func (c *payCheck) bonuses() {
	for i, b := range c.pay.Bonuses {
		path := entryPath("bonuses", i)
		c.id(path, b.ID)
		c.money(path+".amount", b.Amount)
		switch {
		case b.Metric == "":
			c.add(path+".metric", "required", "a value is required")
		case b.Metric == SalesVolume && b.Target != 0, b.Metric != SalesVolume && b.Sales != byline.Money{}:
			c.add(path+".target", "pay.metric", "sales are a target of net_sales, a number is one of the other metrics")
		case (b.Metric == SalesVolume && len(c.pay.Percentages) == 0) || (b.Metric == Orders && len(c.pay.Percentages)+len(c.pay.PerConversions) == 0):
			c.add(path+".metric", "pay.metric", "this pay counts no orders")
		case b.Metric == SalesVolume && b.Sales.Sign() == 0:
			c.add(path+".sales", "pay.money", "an amount is more than nothing, in an ISO 4217 currency")
		case b.Metric == SalesVolume:
			c.counted(path+".sales", b.Sales)
		case b.Target < 1:
			c.add(path+".target", "min", "must be at least 1")
		}
	}
}

// limits checks what is about a period's commission as a whole.
func (c *payCheck) limits() {
	if p := c.pay.Cap; p != nil {
		c.counted("cap.amount", p.Amount)
		c.oneOf("cap.headroom", string(p.Headroom), string(HeadroomReturns), string(HeadroomSpent))
	}
	if m := c.pay.Guarantee; m != (byline.Money{}) {
		c.counted("guarantee", m)
	}
	if m := c.pay.Draw; m != (byline.Money{}) {
		c.counted("draw", m)
	}
	if p := c.pay; p.Cap != nil && p.Guarantee.Minor() > p.Cap.Amount.Minor() {
		c.add("guarantee", "pay.span", "the guarantee is above the cap")
	}
}

func (c *payCheck) hold() {
	h := c.pay.Hold
	c.oneOf("hold.from", string(h.From), string(NotHeld), string(HeldPlaced), string(HeldDelivery))
	if h.Days < 0 || h.Days > maxHold {
		c.add("hold.days", "pay.hold", "a hold is 0 to 3650 days")
	}
	if h.AtMost < 0 || h.AtMost > maxHold {
		c.add("hold.at_most_days", "pay.hold", "a hold is 0 to 3650 days")
	}
	if h.From == HeldPlaced && h.AtMost != 0 {
		c.add("hold.at_most_days", "pay.hold", "only a delivery may never be heard of")
	}
	if h.From == NotHeld && (h.Days != 0 || h.AtMost != 0 || len(h.Items) > 0) {
		c.add("hold.from", "pay.hold", "say what the hold is counted from")
	}
	for i, item := range h.Items {
		if item.Days < 0 || item.Days > maxHold {
			c.add(fmt.Sprintf("hold.items[%d].days", i), "pay.hold", "a hold is 0 to 3650 days")
		}
	}
}

const maxHold = 3650
