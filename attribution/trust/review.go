package trust

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// Review reads uses in any order, sorts them by time and reports on every code, in the
// order of code and creator. Of several uses of a code by one order the earliest counts.
//
// Faults carry the place of the use, and are those of [NewMonitor] and [Monitor.Add] but
// for "use.late".
func Review(uses []Use, o *Options) ([]Report, error) {
	m, err := NewMonitor(o)
	if err != nil {
		return nil, err
	}
	var faults []*byline.FieldError
	for i, u := range uses {
		faults = append(faults, byline.Nest(place(i), byline.Faults(u.faults()))...)
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	type once struct {
		key   key
		order byline.OrderID
	}
	seen := make(map[once]bool, len(uses))
	for _, i := range inTime(uses) {
		u := uses[i]
		id := once{keyOf(u.Code, u.Creator), u.Order}
		if seen[id] {
			continue
		}
		seen[id] = true
		if _, err := m.Add(u); err != nil {
			return nil, byline.Faults(byline.Nest(place(i), err))
		}
	}
	return m.Reports(), nil
}

func place(i int) string { return fmt.Sprintf("[%d]", i) }

// inTime returns the places of uses in the order of time. Uses of one order at one
// instant that contradict each other have an order too, so that the input's plays no part.
func inTime(uses []Use) []int {
	places := make([]int, len(uses))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int {
		a, b := &uses[i], &uses[j]
		return cmp.Or(compareTime(*a, *b),
			cmp.Compare(a.Click, b.Click), cmp.Compare(a.Coupon, b.Coupon), a.FirstSeen.Compare(b.FirstSeen), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Region, b.Region),
			cmp.Compare(a.Amount.Currency(), b.Amount.Currency()), cmp.Compare(a.Amount.Minor(), b.Amount.Minor()))
	})
	return places
}
