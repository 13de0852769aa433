package contracts

import (
	"github.com/bylinehq/byline"
)

func (e *earning) conversions() error {
	rules := e.a.terms.Pay.PerConversions
	if len(rules) == 0 {
		return nil
	}
	done := false
	taken := make([]bool, e.breakdownLines())
	for i := range rules {
		rule := &rules[i]
		line := e.line(PerOrderPay, rule.ID)
		line.Amount, line.Sold = byline.Minor(0, rule.Amount.Currency()), byline.Minor(0, rule.Amount.Currency())
		var err error
		switch {
		case !e.counts() || !rule.Scope.hasSale(e.d):
			e.lines = append(e.lines, line)
		case rule.Per == PerItem:
			err = e.perItem(line, rule, taken)
		case !done:
			done, err = e.perOrder(line, rule)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *earning) breakdownLines() int {
	if e.breakdown == nil {
		return 0
	}
	return len(e.breakdown.Lines)
}

// perOrder pays for an order that has goods of the rule's: the creator's share, and of an
// order that came back in part the part that is left.
func (e *earning) perOrder(line Line, rule *PerConversion) (bool, error) {
	sold, kept, w, found := e.matched(rule)
	if !found {
		e.lines = append(e.lines, line)
		return false, nil
	}
	var err error
	if line.Sold, err = e.share(rule.Amount); err != nil {
		return false, err
	}
	line.Units = 1
	if line.Amount, err = line.Sold.Portion(kept, sold); err != nil {
		return false, err
	}
	if line.Amount.IsZero() {
		line.Units = 0
	}
	return true, e.spread(line, []goods{{weight: 1, wait: w}})
}

// matched is what of the order is in the rule's scope. What has no money in it counts
// once while it stands.
func (e *earning) matched(rule *PerConversion) (sold, kept int64, w wait, found bool) {
	hold, d := &e.a.terms.Pay.Hold, e.d
	units := int64(1)
	if e.breakdown == nil || len(e.breakdown.Lines) == 0 {
		sold, kept = d.Sold.Minor(), d.Earning.Minor()
		w, found = hold.of(nil, d.PlacedAt), !rule.Scope.goods()
	} else {
		units = 0
		for i := range e.breakdown.Lines {
			l := &e.breakdown.Lines[i]
			if l.Excluded || !rule.Scope.hasLine(l) {
				continue
			}
			found, units = true, units+l.Kept
			sold, kept = sold+l.Net.Sold.Minor(), kept+l.Net.Kept.Minor()
			if l.Kept > 0 {
				w = w.later(hold.of(l, d.PlacedAt))
			}
		}
	}
	if !e.stands() {
		kept = 0
	}
	if sold == 0 {
		sold, kept = 1, 0
		if e.stands() && units > 0 {
			kept = 1
		}
	}
	return sold, kept, w, found
}

// perItem pays for the units of the rule's goods that were kept and that no earlier rule
// has paid for. Goods whose money has all come back are not kept, wherever they are.
func (e *earning) perItem(line Line, rule *PerConversion, taken []bool) error {
	var units, kept int64
	var own []goods
	for i := range e.breakdown.Lines {
		l := &e.breakdown.Lines[i]
		if taken[i] || l.Excluded || !rule.Scope.hasLine(l) {
			continue
		}
		taken[i] = true
		units += l.Quantity
		paid := l.Net.Kept.Sign() > 0 || l.Net.Sold.IsZero()
		if e.stands() && l.Kept > 0 && paid {
			kept += l.Kept
			own = append(own, goods{weight: l.Kept, wait: e.a.terms.Pay.Hold.of(l, e.d.PlacedAt)})
		}
	}
	for _, count := range [...]struct {
		to    *byline.Money
		units int64
	}{{&line.Sold, units}, {&line.Amount, kept}} {
		all, err := rule.Amount.Portion(count.units, 1)
		if err != nil {
			return err
		}
		if *count.to, err = e.share(all); err != nil {
			return err
		}
	}
	line.Units = kept
	return e.spread(line, own)
}

// share is the creator's part of an amount. The parts of all creators sum to it.
func (e *earning) share(m byline.Money) (byline.Money, error) {
	weights := make([]int64, len(e.d.Credits))
	for i := range e.d.Credits {
		weights[i] = e.d.Credits[i].Share.Num
	}
	parts, err := m.Split(weights...)
	if err != nil {
		return byline.Money{}, err
	}
	return parts[e.credit], nil
}
