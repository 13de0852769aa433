package budget

import (
	"github.com/bylinehq/byline"
)

// Method names how an allocation was found.
type Method string

// The methods, each chosen by what the curves and steps allow.
const (
	// Filled is filling up to one slope and trading single steps: all curves concave and
	// all steps the same. Exact.
	Filled Method = "filled"
	// Tabled is dynamic programming over every whole step. Exact.
	Tabled Method = "tabled"
	// Branched is branch and bound; the gap says what it leaves open.
	Branched Method = "branched"
)

// Limit names what holds a line or a group where it is.
type Limit string

// The limits.
const (
	NoLimit      Limit = ""
	FloorLimit   Limit = "floor"    // it would get less
	CeilingLimit Limit = "ceiling"  // it would get more
	NotWorth     Limit = "unfunded" // it gets nothing, and needs nothing
)

// Rest says why money is left over.
type Rest string

// The reasons.
const (
	NoRest      Rest = ""
	RestCeiling Rest = "ceilings" // no limit takes any more
	RestStep    Rest = "steps"    // what is left is less than a step
)

// Allocation is a budget split between lines, with what it rests on.
//
// Objective, UpperBound, slopes and Lambda are in the unit of the curves' outcome; a
// slope is per major unit of the currency.
type Allocation struct {
	Total     byline.Money `json:"total"`
	Allocated byline.Money `json:"allocated"` // with Unspent, exactly the total
	Unspent   byline.Money `json:"unspent"`
	Rest      Rest         `json:"rest,omitempty"`
	Lines     []Share      `json:"lines"`            // in the order of the lines
	Groups    []GroupShare `json:"groups,omitempty"` // in the order of the groups
	Objective float64      `json:"objective"`
	// UpperBound is a value that no allocation within the limits exceeds. Gap is what
	// that leaves open, relative to it; 0 says that none is better.
	UpperBound float64 `json:"upper_bound"`
	Gap        float64 `json:"gap"`
	Method     Method  `json:"method"`
	Nodes      int     `json:"nodes,omitempty"` // boxes that the search bounded
	// Lambda is what the next major unit of the budget would bring if it came in minor
	// units, 0 where no limit takes it.
	Lambda float64 `json:"lambda"`
	// Even is what an even split would bring, as far as limits and steps allow one.
	Even float64 `json:"even"`
	// Current is what today's amounts bring, nil where none were given.
	Current  *float64         `json:"current,omitempty"`
	Findings []byline.Finding `json:"findings,omitempty"`
}

// Share is what one line gets.
type Share struct {
	ID      string       `json:"id"`
	Amount  byline.Money `json:"amount"`
	Outcome float64      `json:"outcome"` // of the curve at the amount; a sigmoid gives some at 0 too
	Slope   float64      `json:"slope"`   // what one more major unit would bring here
	Limit   Limit        `json:"limit,omitempty"`
}

// GroupShare is what the lines of one group get together.
type GroupShare struct {
	Name   string       `json:"name"`
	Amount byline.Money `json:"amount"`
	Lambda float64      `json:"lambda"` // what one more major unit for the group would bring
	Limit  Limit        `json:"limit,omitempty"`
}

// Allocate splits a total between lines so that the outcomes of all curves together are
// as high as they can be. The result is never worth less than the even split, nor than
// [Options].Current where that keeps the limits.
//
// Concave curves with one step are split exactly, and so is every problem whose steps
// are few enough to tabulate (some tens of millions of sums: five lines of 3,000 steps).
// For other S-shaped curves, or steps that differ, branch and bound finds the best up to
// a certified gap: fifty lines in cents take a few milliseconds, and where S-shaped lines
// are nearly alike, the worst case, some seconds and a gap of some 1e-5. Nothing
// interrupts it: [Options].Nodes bounds its time. Bounds and comparisons hold up to the
// rounding of the curves' values, some 1e-12 of the objective. A curve of the host's own
// must keep what [response.Curve] promises and not be negative, else they do not hold.
//
// All faults come at once: "budget.total", "budget.lines", "budget.search",
// "budget.line_id", "budget.curve" and those of the curve, "budget.currency",
// "budget.limit" for a negative amount, "budget.step", "budget.floor_above_ceiling",
// "budget.current", then those of the groups: "budget.group" for a name that is empty,
// twice or unknown, and for more than 500 groups, "budget.groups_cross", "budget.group_step", and then those of limits
// that no allocation keeps: "budget.floors_exceed_total", "budget.floors_exceed_group",
// "budget.group_floor".
//
// Findings say what would change the result; see [Allocation.Explain].
func Allocate(lines []Line, total byline.Money, options *Options) (Allocation, error) {
	if options == nil {
		options = &Options{}
	}
	p, err := check(lines, total, options)
	if err != nil {
		return Allocation{}, err
	}
	even := p.evenly()
	found := p.solve(even, p.current(lines, options), options)
	a := Allocation{Total: total, Even: p.value(even), Method: found.method, Nodes: found.nodes}
	a.Objective = p.value(found.x)
	a.UpperBound = max(a.Objective, found.bound)
	if a.UpperBound > a.Objective {
		a.Gap = (a.UpperBound - a.Objective) / a.UpperBound
	}
	w := writer{problem: p, caller: lines, options: options, x: found.x, currency: total.Currency()}
	w.write(&a)
	return a, nil
}

// solution is an allocation as a method found it.
type solution struct {
	x      []int64
	bound  float64
	method Method
	nodes  int
}

func (p *problem) solve(even, current []int64, options *Options) solution {
	start := even
	if current != nil && p.fits(current) && p.value(current) > p.value(even) {
		start = p.topped(current)
	}
	if p.even && p.concave() {
		return p.keep(start, solution{x: p.filled(), method: Filled})
	}
	if x, ok := p.exact(); ok {
		return p.keep(start, solution{x: x, method: Tabled})
	}
	gap, nodes := options.Gap, options.Nodes
	if gap == 0 {
		gap = DefaultGap
	}
	if nodes == 0 {
		nodes = DefaultNodes
	}
	x, bound, used := p.branch(start, gap, nodes)
	return p.keep(start, solution{x: x, bound: bound, method: Branched, nodes: used})
}

// keep returns the start where rounding has made it look better.
func (p *problem) keep(start []int64, s solution) solution {
	if p.value(start) > p.value(s.x) {
		s.x = start
	}
	return s
}

func (p *problem) filled() []int64 {
	lo, hi := p.limits()
	return p.whole(p.divisible(lo, hi).x, lo, hi)
}

// divisible fills the curves between limits, which must have an allocation.
func (p *problem) divisible(lo, hi []int64) *filling {
	pieces := make([]piece, len(lo))
	for i, l := range p.lines {
		pieces[i] = newPiece(l.curve, p.major(lo[i]), p.major(hi[i]))
	}
	spans, ok := p.spans(lo, hi)
	if !ok {
		return nil
	}
	return p.fill(pieces, spans)
}

// current is today's allocation, nil where none was given.
func (p *problem) current(lines []Line, options *Options) []int64 {
	if options.Current == nil {
		return nil
	}
	x := make([]int64, len(lines))
	for i, l := range lines {
		x[i] = options.Current[l.ID].Minor()
	}
	return x
}
