package main

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// scoring is one pass over a file. Its memory does not grow with the orders.
type scoring struct {
	ctx      context.Context
	in       *input
	reader   *ordercsv.Reader
	decider  *attribution.Decider
	clicks   bool // the file tells of clicks
	tally    *tally
	uses     *useCount
	leaks    *watch // nil: the file tells of no clicks
	bad      *badRows
	progress *progress

	read    int64 // orders, bad ones too
	stopped error // why the end of the file was not reached
}

// tellsOfClicks reports whether a file has any column that a click could stand in.
func tellsOfClicks(r *ordercsv.Reader) bool {
	return r.Has(ordercsv.Link) || r.Has(ordercsv.LandingURL) || r.Has(ordercsv.Attributes) || r.Has(ordercsv.Reference)
}

// lookEvery is after how many orders it is asked whether to stop.
const lookEvery = 256

// cases yields the sales of the file, each of which is counted already. An error is of
// something that makes the whole result wrong, and is the last.
//
// What ends the reading early is no such error: see scoring.stopped.
func (s *scoring) cases() iter.Seq2[attribution.Case, error] {
	return func(yield func(attribution.Case, error) bool) {
		for o, err := range s.reader.Orders() {
			if s.read++; s.read%lookEvery == 0 && s.interrupted() {
				return
			}
			if err != nil {
				if err = s.setAside(err); err != nil {
					yield(attribution.Case{}, err)
					return
				}
				continue
			}
			c := attribution.Case{Order: o, History: s.history(o)}
			d, err := s.count(c)
			if err != nil {
				yield(c, err)
				return
			}
			// What was never a sale by any policy has no place in a comparison.
			if sale := counts(d.Standing) || d.Standing == attribution.StandingExcluded; sale && !yield(c, nil) {
				return
			}
		}
	}
}

func (s *scoring) interrupted() bool {
	s.progress.at(s.reader.Rows(), s.reader.Bytes(), s.in.read.Load())
	if s.ctx.Err() != nil {
		s.stopped = errors.New("interrupted")
	}
	return s.stopped != nil
}

// setAside keeps a row that cannot be read, or remembers that nothing more can.
func (s *scoring) setAside(err error) error {
	wrong, bad := errors.AsType[*ordercsv.RowError](err)
	if !bad {
		s.stopped = err
		if s.ctx.Err() != nil {
			s.stopped = errors.New("interrupted")
		}
		return nil
	}
	for _, f := range wrong.Faults {
		if f.Code == codeRowSize {
			s.stopped = fmt.Errorf("line %d: %s", wrong.End, f.Message)
		}
	}
	return s.bad.add(wrong)
}

// codeRowSize is the fault behind which the reader reads nothing more.
const codeRowSize = "ordercsv.row_size"

// history is what the file says beside the order, nil where that is nothing.
func (s *scoring) history(o attribution.Order) *attribution.History {
	status, uses := s.reader.CustomerStatus(), s.uses.before(o)
	if status == attribution.CustomerUnknown && uses == nil {
		return nil
	}
	return &attribution.History{Customer: status, Uses: uses}
}

// count decides an order. Most need no trace, which is what takes time.
func (s *scoring) count(c attribution.Case) (attribution.Decision, error) {
	d := s.decider.Score(c.Order, c.History)
	if s.wantsTrace(&c.Order, &d) {
		d = s.decider.Decide(c.Order, c.History)
	}
	s.uses.add(c.Order, &d)
	if s.leaks != nil && counts(d.Standing) {
		s.leaks.add(d)
	}
	if err := s.tally.add(&d); err != nil {
		return d, fmt.Errorf("line %d: %w", s.reader.Line(), err)
	}
	return d, nil
}

// wantsTrace is true of orders that nobody is credited for although something points to
// somebody, and of codes that a click may confirm.
func (s *scoring) wantsTrace(o *attribution.Order, d *attribution.Decision) bool {
	if !counts(d.Standing) {
		return false
	}
	if len(d.Credits) == 0 {
		return len(o.Codes)+len(o.Touches) > 0
	}
	return d.Credits[0].By == attribution.ByCode && len(o.Touches) > 0
}
