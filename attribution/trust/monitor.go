package trust

import (
	"cmp"
	"maps"
	"slices"

	"github.com/bylinehq/byline"
)

// Monitor watches codes for leaks while orders come in. It keeps a few kilobytes per
// code, whatever the number of uses, and one code does not influence another. It is not
// safe for concurrent use. What it knows follows from the uses alone: after a restart,
// read them again from the orders.
type Monitor struct {
	options Options
	codes   map[key]*code
	watched int64 // codes, with those forgotten
}

// NewMonitor makes one that has seen nothing. All faults of the options are reported at
// once: "options.chance", "options.min_uses", "options.margin", "options.opens",
// "options.baseline".
func NewMonitor(o *Options) (*Monitor, error) {
	options := o.withDefaults()
	if err := byline.Faults(options.faults()); err != nil {
		return nil, err
	}
	return &Monitor{options: options, codes: map[key]*code{}}, nil
}

// Add counts a use, and reports whether it is the one at which the code's leak shows.
//
// The uses of one code come in the order of time, of one instant in the order of their
// ids; each counts once. So one that is not behind the last of its code is refused with
// "use.late": to take uses as they arrive, hold them back for as long as orders can be
// late, or use [Review]. The other faults are "use.order", "use.code", "use.time",
// "use.click", "use.coupon", "use.first_seen", "use.customer", "use.region" and
// "use.amount". A use that is refused changes nothing.
func (m *Monitor) Add(u Use) (opened bool, err error) {
	if err := byline.Faults(u.faults()); err != nil {
		return false, err
	}
	k := keyOf(u.Code, u.Creator)
	c, known := m.codes[k]
	if !known {
		c = newCode(k, &m.options)
	} else if compareTime(u, c.last) <= 0 {
		return false, byline.Faults([]*byline.FieldError{{Path: "at", Code: "use.late", Message: "not later than the last use of the code"}})
	}
	was := c.verdict(&m.options)
	if fault := c.add(u, &m.options); fault != nil {
		return false, byline.Faults([]*byline.FieldError{fault})
	}
	if !known {
		m.codes[k] = c
		m.watched++
	}
	return was != Leaking && c.verdict(&m.options) == Leaking, nil
}

// Report tells what is known of one code. Of a code without uses there are too few.
func (m *Monitor) Report(code string, creator byline.CreatorID) Report {
	k := keyOf(code, creator)
	c, known := m.codes[k]
	if !known {
		c = newCode(k, &m.options)
	}
	return c.report(&m.options)
}

// Reports tells of every code, in the order of code and creator.
func (m *Monitor) Reports() []Report {
	keys := slices.SortedFunc(maps.Keys(m.codes), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.creator, b.creator))
	})
	reports := make([]Report, 0, len(keys))
	for _, k := range keys {
		reports = append(reports, m.codes[k].report(&m.options))
	}
	return reports
}

// Forget drops what is known of a code, as when it is retired, or replaced after a leak
// under the same name. It then starts afresh, and spends the chance of a false report
// once more.
func (m *Monitor) Forget(code string, creator byline.CreatorID) {
	delete(m.codes, keyOf(code, creator))
}

// Bound is how likely any of the codes watched so far is reported without a rise, at
// most, over all their life: their number times Options.Chance.
func (m *Monitor) Bound() float64 { return min(1, float64(m.watched)*m.options.Chance) }
