package contracts

import (
	"github.com/bylinehq/byline"
)

// spread puts a line on the accounts that its goods stand on, in proportion to what each
// is worth. It is split by what waits together, whatever of that is over by now, so that
// a later release does not move a minor unit between the parts.
func (e *earning) spread(line Line, goods []goods) error {
	waits, weights := groupWaits(goods)
	if e.d.Credits[e.credit].OnHold || e.unconverted(line.Amount) {
		if e.unconverted(line.Amount) && !line.Amount.IsZero() {
			line.Reason = ReasonNoQuote
		}
		waits, weights = []wait{{held: true}}, []int64{1}
	}
	if line.Amount.IsZero() && line.Base.IsZero() {
		waits, weights = []wait{{}}, []int64{1}
	}
	if len(waits) == 1 {
		e.lines = append(e.lines, line.waiting(waits[0].at(e.opts.At)))
		return nil
	}
	parts, err := line.split(weights)
	if err != nil {
		return err
	}
	first := len(e.lines)
	for i, w := range waits {
		if err := e.join(first, parts[i].waiting(w.at(e.opts.At))); err != nil {
			return err
		}
	}
	return nil
}

// join adds a part to the one of the parts since first that stands where it does.
func (e *earning) join(first int, part Line) error {
	for i := first; i < len(e.lines); i++ {
		if l := &e.lines[i]; l.Account == part.Account && l.Until.Equal(part.Until) {
			return l.add(&part)
		}
	}
	e.lines = append(e.lines, part)
	return nil
}

// split divides all that a line counts by weights.
func (l Line) split(weights []int64) ([]Line, error) {
	parts := make([]Line, len(weights))
	for i := range parts {
		parts[i] = l
	}
	for _, field := range [...]func(*Line) *byline.Money{
		func(l *Line) *byline.Money { return &l.Amount },
		func(l *Line) *byline.Money { return &l.Base },
		func(l *Line) *byline.Money { return &l.Sold },
	} {
		shares, err := field(&l).Split(weights...)
		if err != nil {
			return nil, err
		}
		for i := range parts {
			*field(&parts[i]) = shares[i]
		}
	}
	units, err := byline.Minor(l.Units, "").Split(weights...)
	if err != nil {
		return nil, err
	}
	for i := range parts {
		parts[i].Units = units[i].Minor()
	}
	return parts, nil
}

func (l Line) waiting(w wait) Line {
	if w.held {
		l.Account, l.Until = Held, w.until
	}
	return l
}
