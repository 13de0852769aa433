package multitouch

import (
	"slices"

	"github.com/bylinehq/byline"
)

// ruleCounter counts the parts that rules give to touches: those of all the rules of a
// tally, because they read the same rows.
type ruleCounter struct {
	rules   []rule
	split   []splitter // by rule, of the directory that the ids are from
	counted []ruleCount
	tabled  bool   // some rule looks at lengths alone, and channels are few
	staged  bool   // such a rule looks at stages, where there are some
	places  places // of those rules
}

// ruleCount is what one rule gave to each channel, but for what stands in the places.
type ruleCount struct {
	sums    []ruleSum // by id
	refused *byline.RefusalError
}

type ruleSum struct{ conversions, value wide }

func newRuleCounter(rules []rule, d *directory) *ruleCounter {
	c := &ruleCounter{rules: rules, counted: make([]ruleCount, len(rules))}
	for _, r := range rules {
		s := r.splitter(d)
		c.split = append(c.split, s)
		c.tabled = c.tabled || s.byLength != nil
		c.staged = c.staged || s.byLength != nil && s.parts != nil
	}
	return c
}

func (c *ruleCounter) count(b *block, channels int) {
	c.grow(channels)
	for r := range b.converted() {
		unstaged := r.stage == (stage{})
		tabled := c.tabled && len(r.ids) <= tabledTouches && (unstaged || !c.staged)
		if tabled {
			c.places.add(r)
		}
		for i := range c.split {
			switch s := &c.split[i]; {
			case s.byLength == nil, s.parts != nil && !unstaged:
				c.counted[i].split(r, s)
			case !tabled:
				c.counted[i].add(r, s.byLength(len(r.ids)))
			}
		}
	}
}

func (c *ruleCounter) grow(channels int) {
	for i := range c.counted {
		if more := channels - len(c.counted[i].sums); more > 0 {
			c.counted[i].sums = append(c.counted[i].sums, make([]ruleSum, more)...)
		}
	}
	if !c.tabled {
		return
	}
	if channels <= tabledChannels {
		c.places.grow(channels)
		return
	}
	for i := range c.counted {
		c.counted[i].sums = c.sums(i)
	}
	c.places, c.tabled = places{}, false
}

func (c *ruleCount) split(r *row, s *splitter) {
	parts, why := s.parts(r)
	if why != nil {
		c.refuse(why)
		return
	}
	c.add(r, parts)
}

func (c *ruleCount) add(r *row, parts []uint64) {
	for i, channel := range r.ids {
		if parts[i] != 0 {
			c.sums[channel].add(r, parts[i])
		}
	}
}

func (s *ruleSum) add(r *row, part uint64) {
	s.conversions.addParts(uint64(r.conversions), part)
	if r.value != 0 {
		s.value.addValue(r.value, part)
	}
}

func (s *ruleSum) merge(o ruleSum) {
	s.conversions.add(o.conversions)
	s.value.add(o.value)
}

// refuse keeps the reason that comes first by its code, so that the order of the rows
// does not choose.
func (c *ruleCount) refuse(why *byline.RefusalError) {
	if c.refused == nil || why.Code < c.refused.Code {
		c.refused = why
	}
}

func (c *ruleCounter) merge(o *ruleCounter, renumber []id, channels int) {
	c.grow(channels)
	if c.tabled {
		c.places.merge(&o.places, renumber)
	}
	for i := range c.counted {
		sums := o.counted[i].sums
		if !c.tabled {
			sums = o.sums(i)
		}
		for from, sum := range sums {
			c.counted[i].sums[renumber[from]].merge(sum)
		}
		if why := o.counted[i].refused; why != nil {
			c.counted[i].refuse(why)
		}
	}
}

// results computes the credit by each rule, once ids are in order of name.
func (c *ruleCounter) results(s *standing) []Result {
	results := make([]Result, len(c.rules))
	c.grow(len(s.channels))
	for i, r := range c.rules {
		counted := &c.counted[i]
		if counted.refused != nil {
			results[i] = Result{Model: r.Name(), Refused: counted.refused}
			continue
		}
		results[i] = Result{Model: r.Name(), Credits: creditsOf(c.sums(i), s)}
	}
	return results
}

// sums returns what a rule gave to each channel, with what stands in the places.
func (c *ruleCounter) sums(rule int) []ruleSum {
	sums, byLength := c.counted[rule].sums, c.split[rule].byLength
	if byLength == nil || !c.tabled {
		return sums
	}
	sums = slices.Clone(sums)
	c.places.addTo(sums, byLength)
	return sums
}

func creditsOf(sums []ruleSum, s *standing) []AnalyticCredit {
	conversions, values := make([]wide, len(sums)), make([]wide, len(sums))
	for i, sum := range sums {
		conversions[i], values[i] = sum.conversions, sum.value
	}
	credits := s.shared(sharesOf(conversions, float64(s.totals.Conversions)), nil)
	for i := range credits {
		credits[i].Raw = conversions[i].float()
	}
	if !s.hasValue() {
		return credits
	}
	total := s.totals.Value.Minor()
	for i, minor := range wholeParts(values, total) {
		credits[i].Value, credits[i].RawValue = byline.Minor(minor, s.totals.currency()), values[i].float()
		if total != 0 {
			credits[i].ValueShare = credits[i].RawValue / float64(total)
		}
	}
	return credits
}

func sharesOf(sums []wide, total float64) []float64 {
	shares := make([]float64, len(sums))
	for i, sum := range sums {
		shares[i] = sum.float() / total
	}
	return shares
}

// wholeParts rounds sums to whole numbers that sum to total, by the largest remainder.
func wholeParts(sums []wide, total int64) []int64 {
	units := make([]int64, len(sums))
	remainders := make([]float64, len(sums))
	left := total
	for i, sum := range sums {
		floor, rest := sum.floor()
		units[i], remainders[i] = floor, float64(rest)
		left -= floor
	}
	handOut(units, left, remainders)
	return units
}
