package reach

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// Candidate is a creator who may be added to a campaign. The zero Cost is not known; who
// costs nothing costs 0 of a currency. Either all candidates have a cost or none.
type Candidate struct {
	Creator byline.CreatorID `json:"creator"`
	Sketch  *Sketch          `json:"sketch,omitempty"` // nil: the audience is not known
	Cost    byline.Money     `json:"cost"`
}

// CurveOrder is by what the next creator of a [Curve] is chosen.
type CurveOrder string

// The orders. In both, ties go to the lower cost and then to the lower id.
const (
	MostPeople     CurveOrder = "people"          // who adds most people
	PeoplePerMoney CurveOrder = "people_per_cost" // who adds most people per unit of money
)

// Curve is how reach grows from creator to creator.
type Curve struct {
	Order CurveOrder `json:"order"`
	Steps []Step     `json:"steps"`
	// Unplaced are creators whose audience is not known, in the order of the candidates. They
	// may add anything from nobody on.
	Unplaced []byline.CreatorID `json:"unplaced,omitempty"`
	Method   Method             `json:"method"`
	Findings []byline.Finding   `json:"findings,omitempty"`
}

// Step is one creator of a [Curve].
type Step struct {
	Creator byline.CreatorID `json:"creator"`
	Alone   Estimate         `json:"alone"` // the creator's own audience
	Added   Estimate         `json:"added"` // people whom none of the steps before reach
	// Rest are the people whom none of the other placed creators reaches, before or after:
	// what the whole would lose without this one.
	Rest  Estimate     `json:"rest"`
	Reach Estimate     `json:"reach"` // of this and all steps before
	Cost  byline.Money `json:"cost"`
	Spent byline.Money `json:"spent"` // on this and all steps before
	// PerMoney is Added per major unit of money, as people per euro; nil where there is no
	// cost or it is 0.
	PerMoney *float64 `json:"per_money,omitempty"`
}

// accumulator is a growing set of people to whom candidates are added by their place.
type accumulator interface {
	gain(i int) float64
	add(i int)
	count() Estimate
	added(from, to Estimate) Estimate
}

// Incremental adds candidates one by one, always the best next one of those left, until all
// are in. Choosing by people it is the greedy cover, which for exact sets reaches at least
// 63% (1 - 1/e) of what the best choice of as many creators would. "" orders by people.
//
// It is exact while no sketch has more people than its sample. Beyond, the first steps read
// high, because who is estimated too high comes first: by about one standard error of 0.8%
// for the first of five creators who are alike, and by two for the first of a hundred. The
// last Reach and every Rest are free of it. It takes O(n²) passes over the
// registers for n candidates; the same candidates in another order give the same curve.
// The finding "curve.audience_unknown" names who could not be placed.
//
// Faults are "reach.creator", "reach.creator_twice", "curve.order", "curve.cost" for a cost
// below 0 or given for some alone or missing where the order needs it, "curve.currency",
// "curve.cost_sum" where the costs overflow, and those of [Sketch.Merge]. No candidate at
// all is refused as "reach.no_audience".
func Incremental(candidates []Candidate, by CurveOrder) (*Curve, error) {
	if len(candidates) == 0 {
		return nil, noAudience()
	}
	by = cmp.Or(by, MostPeople)
	if err := checkCandidates(candidates, by); err != nil {
		return nil, err
	}
	c := &Curve{Order: by, Steps: []Step{}, Method: Exact}
	placed := c.place(candidates)
	if len(placed) == 0 {
		return c, nil
	}
	sketches := make([]*Sketch, len(placed))
	for i, p := range placed {
		sketches[i] = p.Sketch.prepared()
	}
	var people accumulator
	if anyFull(sketches) {
		c.Method = HyperLogLog
		people = &estimatedPeople{sketches: sketches, union: sketches[0].Union()}
	} else {
		people = &countedPeople{sets: samplesOf(sketches), seen: map[uint64]bool{}}
	}
	c.grow(placed, people, restOf(sketches))
	return c, nil
}

func checkCandidates(candidates []Candidate, by CurveOrder) error {
	audiences := make([]Audience, len(candidates))
	for i, c := range candidates {
		audiences[i] = Audience{Creator: c.Creator, Sketch: c.Sketch}
	}
	faults := byline.Nest("", checkAudiences("candidates", audiences))
	if by != MostPeople && by != PeoplePerMoney {
		faults = append(faults, fault("order", "curve.order", "no order of a curve has this name"))
	}
	first := candidates[0].Cost
	priced := first != (byline.Money{})
	if by == PeoplePerMoney && !priced {
		faults = append(faults, fault("candidates[0].cost", "curve.cost", "people per cost need the cost of everyone"))
	}
	for i, c := range candidates {
		path := fmt.Sprintf("candidates[%d].cost", i)
		switch has := c.Cost != (byline.Money{}); {
		case has != priced:
			faults = append(faults, fault(path, "curve.cost", "either all candidates have a cost or none"))
		case c.Cost.Sign() < 0:
			faults = append(faults, fault(path, "curve.cost", "a cost is not negative"))
		case c.Cost.Currency() != first.Currency():
			faults = append(faults, fault(path, "curve.currency", "the costs are in more than one currency"))
		}
	}
	if len(faults) > 0 {
		return byline.Faults(faults)
	}
	return checkSum(candidates)
}

func checkSum(candidates []Candidate) error {
	costs := make([]byline.Money, len(candidates))
	for i, c := range candidates {
		costs[i] = c.Cost
	}
	if _, err := byline.Sum(costs...); err != nil {
		return fault("candidates", "curve.cost_sum", "the costs are too large to add up")
	}
	return nil
}

// place returns the candidates with a sketch, by id, and sets the others apart.
func (c *Curve) place(candidates []Candidate) []Candidate {
	var placed []Candidate
	for i, candidate := range candidates {
		if candidate.Sketch != nil {
			placed = append(placed, candidate)
			continue
		}
		c.Unplaced = append(c.Unplaced, candidate.Creator)
		c.Findings = append(c.Findings, byline.Finding{
			Code: "curve.audience_unknown", Severity: byline.Warning, Path: fmt.Sprintf("candidates[%d].sketch", i),
			Message: fmt.Sprintf("nothing is known of who follows %s, so nobody can say whom they would add", candidate.Creator),
			Fix:     "make a sketch of the ids",
		})
	}
	slices.SortFunc(placed, func(a, b Candidate) int { return cmp.Compare(a.Creator, b.Creator) })
	return placed
}

func (c *Curve) grow(placed []Candidate, people accumulator, rest []Estimate) {
	left := make([]int, len(placed))
	for i := range left {
		left[i] = i
	}
	spent := byline.Money{}
	for len(left) > 0 {
		at := best(placed, left, people, c.Order)
		i := left[at]
		left = slices.Delete(left, at, at+1)
		before := people.count()
		people.add(i)
		step := Step{
			Creator: placed[i].Creator, Alone: placed[i].Sketch.Count(), Cost: placed[i].Cost, Rest: rest[i],
			Reach: people.count(), Added: people.added(before, people.count()),
		}
		// The costs are of one currency and their sum was made before.
		if sum, err := spent.Add(step.Cost); err == nil {
			spent = sum
		}
		step.Spent = spent
		if step.Cost.Sign() > 0 {
			per := step.Added.Value / step.Cost.Decimal().InexactFloat64()
			step.PerMoney = &per
		}
		c.Steps = append(c.Steps, step)
	}
}

// best returns which of those left is next. They are in the order of their ids, so that the
// first of equals has the lowest.
func best(placed []Candidate, left []int, people accumulator, by CurveOrder) int {
	at, most := 0, people.gain(left[0])
	for k, i := range left[1:] {
		gain := people.gain(i)
		if c := compareGain(gain, most, placed[i].Cost.Minor(), placed[left[at]].Cost.Minor(), by); c > 0 {
			at, most = k+1, gain
		}
	}
	return at
}

// compareGain multiplies crosswise instead of dividing, so that who costs nothing and adds
// somebody comes first.
func compareGain(a, b float64, costA, costB int64, by CurveOrder) int {
	ratio := 0
	if by == PeoplePerMoney {
		ratio = cmp.Compare(a*float64(costB), b*float64(costA))
	}
	return cmp.Or(ratio, cmp.Compare(a, b), cmp.Compare(costB, costA))
}

// countedPeople is the accumulator for samples that hold everybody.
type countedPeople struct {
	sets [][]uint64
	seen map[uint64]bool
}

func (p *countedPeople) gain(i int) float64 {
	gain := 0
	for _, h := range p.sets[i] {
		if !p.seen[h] {
			gain++
		}
	}
	return float64(gain)
}

func (p *countedPeople) add(i int) {
	for _, h := range p.sets[i] {
		p.seen[h] = true
	}
}

func (p *countedPeople) count() Estimate { return counted(float64(len(p.seen))) }

func (p *countedPeople) added(from, to Estimate) Estimate { return counted(to.Value - from.Value) }

// estimatedPeople is the accumulator for sketches of many people.
type estimatedPeople struct {
	sketches []*Sketch
	union    *Union
}

func (p *estimatedPeople) gain(i int) float64 { return p.union.Gain(p.sketches[i]) }

func (p *estimatedPeople) add(i int) { p.union.registers.merge(&p.sketches[i].registers) }

func (p *estimatedPeople) count() Estimate { return p.union.Count() }

func (p *estimatedPeople) added(from, to Estimate) Estimate {
	return gained(from.Value, to.Value, p.union.shape.precision)
}

// restOf is what each sketch adds to all the others.
func restOf(sketches []*Sketch) []Estimate {
	rest := make([]Estimate, len(sketches))
	if !anyFull(sketches) {
		for i, n := range countLists(samplesOf(sketches)).exclusive {
			rest[i] = counted(float64(n))
		}
		return rest
	}
	u := unionOf(sketches)
	for i := range sketches {
		rest[i] = gained(u.tally.without(u.alone[i]).estimate(), u.tally.estimate(), u.tally.precision)
	}
	return rest
}
