package contracts

import (
	"cmp"
	"maps"
	"slices"

	"github.com/bylinehq/byline"
)

// tally adds up orders for Earnings.
type tally struct {
	totals map[totalKey]Total
	orders map[int]OrderCount // by version
}

type totalKey struct {
	version  int
	kind     Kind
	rule     string
	account  Account
	currency byline.Currency
}

// order adds the entries of one order.
func (t *tally) order(entries []Entry, agreement AgreementID, placed byline.Window) error {
	if t.totals == nil {
		t.totals, t.orders = map[totalKey]Total{}, map[int]OrderCount{}
	}
	// Amount and base together: at a rate of nothing an order counts by its base.
	earned, payable := map[int]int64{}, map[int]int64{}
	for i := range entries {
		e := &entries[i]
		if e.Agreement != agreement || e.EarnedAt.IsZero() || !placed.Contains(e.EarnedAt) {
			continue
		}
		key := totalKey{e.Version, e.Kind, e.Rule, e.Account, e.Amount.Currency()}
		total := t.totals[key]
		total.Version, total.Kind, total.Rule, total.Account = e.Version, e.Kind, e.Rule, e.Account
		if err := total.merge(Total{Amount: e.Amount, Base: e.Base, Sold: e.Sold, Units: e.Units}); err != nil {
			return err
		}
		t.totals[key] = total
		earned[e.Version] += e.Amount.Minor() + e.Base.Minor()
		if e.Account == Payable {
			payable[e.Version] += e.Amount.Minor() + e.Base.Minor()
		}
	}
	for version, sum := range earned {
		if sum > 0 {
			count := t.orders[version]
			count.Version, count.Orders = version, count.Orders+1
			if payable[version] > 0 {
				count.Released++
			}
			t.orders[version] = count
		}
	}
	return nil
}

// earnings are in a fixed order.
func (t *tally) earnings() Earnings {
	compare := func(a, b totalKey) int {
		return cmp.Or(cmp.Compare(a.version, b.version), cmp.Compare(a.kind, b.kind), cmp.Compare(a.rule, b.rule),
			cmp.Compare(a.account, b.account), cmp.Compare(a.currency, b.currency))
	}
	var e Earnings
	for _, key := range slices.SortedFunc(maps.Keys(t.totals), compare) {
		e.Totals = append(e.Totals, t.totals[key])
	}
	for _, version := range slices.Sorted(maps.Keys(t.orders)) {
		e.Orders = append(e.Orders, t.orders[version])
	}
	return e
}
