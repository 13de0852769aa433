package odrl

import (
	"cmp"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// all joins states: one that is not satisfied decides, else one that is unknown.
func (e evaluation) all(list []Constraint) State {
	joined := Satisfied
	for _, c := range list {
		switch e.state(c) {
		case NotSatisfied:
			return NotSatisfied
		case Unknown:
			joined = Unknown
		case Satisfied:
		}
	}
	return joined
}

func (e evaluation) state(c Constraint) State {
	switch c.Logic {
	case And:
		return e.all(c.Parts)
	case Or, Xone:
		return e.some(c)
	}
	if _, counts := c.Operand.trigger(); counts {
		return e.elapsed(c)
	}
	switch c.Operand {
	case DateTime:
		if e.At.IsZero() {
			return Unknown
		}
		return compared(c.Operator, e.At.Compare(c.Instant))
	case Spatial:
		return e.place(c)
	case Count:
		return ordered(c.Operator, e.Count, c.Count)
	case Spend:
		if e.Spend != (byline.Money{}) && e.Spend.Currency() != c.Amount.Currency() {
			return Unknown
		}
		return ordered(c.Operator, e.Spend.Minor(), c.Amount.Minor())
	default:
		return Unknown
	}
}

// some is at least one of the parts, or exactly one.
func (e evaluation) some(c Constraint) State {
	var satisfied, unknown int
	for _, part := range c.Parts {
		switch e.state(part) {
		case Satisfied:
			satisfied++
		case Unknown:
			unknown++
		case NotSatisfied:
		}
	}
	switch {
	case c.Logic == Xone && satisfied > 1:
		return NotSatisfied
	case satisfied > 0 && (c.Logic == Or || unknown == 0):
		return Satisfied
	case unknown > 0:
		return Unknown
	}
	return NotSatisfied
}

func ordered[T cmp.Ordered](o Operator, a, b T) State { return compared(o, cmp.Compare(a, b)) }

func compared(o Operator, order int) State {
	holds := false
	switch o {
	case Eq:
		holds = order == 0
	case Neq:
		holds = order != 0
	case Lt:
		holds = order < 0
	case LtEq:
		holds = order <= 0
	case Gt:
		holds = order > 0
	case GtEq:
		holds = order >= 0
	default:
		return Unknown
	}
	if holds {
		return Satisfied
	}
	return NotSatisfied
}

// elapsed compares the instant with the end of the span, which ends as a term does, by the
// calendar of the policy's zone.
func (e evaluation) elapsed(c Constraint) State {
	trigger, _ := c.Operand.trigger()
	start := e.Happened[trigger]
	switch {
	case trigger == contracts.FromDate:
		start = c.Instant
	case trigger == contracts.FromFirstPosting && !e.under(e.Agreement):
		return Unknown
	}
	if start.IsZero() || e.At.IsZero() || !e.zoned {
		return Unknown
	}
	end := start
	if c.Months != 0 || c.Days != 0 {
		w, ok := contracts.Term{Months: c.Months, Days: c.Days}.Holds(start, e.zone)
		if !ok {
			return Unknown
		}
		end = w.End
	}
	return compared(c.Operator, e.At.Compare(end))
}

// place asks whether the request is inside of the places, or has nothing to do with them.
func (e evaluation) place(c Constraint) State {
	if !e.Market.Known() || e.Subdivision != "" && !strings.HasPrefix(e.Subdivision, string(e.Market)+"-") {
		return Unknown
	}
	operator, t := meaningOf(c.Operator), c.Place
	inside := t.Contains(e.Market, e.Subdivision)
	overlaps := inside
	for _, part := range t.Subdivisions {
		// Who acts in all of a country acts in its parts.
		overlaps = overlaps || e.Subdivision == "" && strings.HasPrefix(part, string(e.Market)+"-")
	}
	holds := operator == IsAnyOf && inside || operator == IsNoneOf && !overlaps
	switch {
	case operator != IsAnyOf && operator != IsNoneOf:
		return Unknown
	case holds:
		return Satisfied
	}
	return NotSatisfied
}
