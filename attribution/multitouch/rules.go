package multitouch

import (
	"slices"

	"github.com/bylinehq/byline"
)

// ruleCounter counts the parts that rules give to touches: those of all the rules of a
// tally, because they read the same rows.
type ruleCounter struct {
	rules   []rule
	counted []ruleCount
	parts   []uint64
	split   []splitter // of the directory that the ids are from
}

// ruleCount is what one rule gave to each channel.
type ruleCount struct {
	conversions, values []wide
	refused             *byline.RefusalError
}

func newRuleCounter(rules []rule, d *directory) *ruleCounter {
	c := &ruleCounter{rules: rules, counted: make([]ruleCount, len(rules))}
	for _, r := range rules {
		c.split = append(c.split, r.splitter(d))
	}
	return c
}

func (c *ruleCounter) count(b *block, channels int) {
	for i := range c.counted {
		c.counted[i].grow(channels)
	}
	for r := range b.converted() {
		c.parts = slices.Grow(c.parts[:0], len(r.ids))[:len(r.ids)]
		for i := range c.rules {
			clear(c.parts)
			if why := c.split[i](r, c.parts); why != nil {
				c.counted[i].refuse(why)
				continue
			}
			c.counted[i].add(r, c.parts)
		}
	}
}

func (c *ruleCount) grow(channels int) {
	if more := channels - len(c.conversions); more > 0 {
		c.conversions = append(c.conversions, make([]wide, more)...)
		c.values = append(c.values, make([]wide, more)...)
	}
}

// refuse keeps the reason that comes first by its code, so that the order of the rows
// does not choose.
func (c *ruleCount) refuse(why *byline.RefusalError) {
	if c.refused == nil || why.Code < c.refused.Code {
		c.refused = why
	}
}

func (c *ruleCount) add(r *row, parts []uint64) {
	for i, part := range parts {
		if part == 0 {
			continue
		}
		channel := r.ids[i]
		c.conversions[channel].addParts(uint64(r.conversions), part)
		if r.value != 0 {
			c.values[channel].addValue(r.value, part)
		}
	}
}

func (c *ruleCounter) merge(o *ruleCounter, renumber []id, channels int) {
	for i := range c.counted {
		c.counted[i].grow(channels)
		for from, to := range renumber[:len(o.counted[i].conversions)] {
			c.counted[i].conversions[to].add(o.counted[i].conversions[from])
			c.counted[i].values[to].add(o.counted[i].values[from])
		}
		if why := o.counted[i].refused; why != nil {
			c.counted[i].refuse(why)
		}
	}
}

// results computes the credit by each rule, once ids are in order of name.
func (c *ruleCounter) results(s *standing) []Result {
	results := make([]Result, len(c.rules))
	for i, r := range c.rules {
		counted := &c.counted[i]
		counted.grow(len(s.channels))
		if counted.refused != nil {
			results[i] = Result{Model: r.Name(), Refused: counted.refused}
			continue
		}
		results[i] = Result{Model: r.Name(), Credits: counted.credits(s)}
	}
	return results
}

func (c *ruleCount) credits(s *standing) []AnalyticCredit {
	shares := sharesOf(c.conversions, float64(s.totals.Conversions))
	credits := s.shared(shares, nil)
	for i := range credits {
		credits[i].Raw = c.conversions[i].float()
	}
	if !s.hasValue() {
		return credits
	}
	total := s.totals.Value
	valueShares := sharesOf(c.values, float64(total.Minor()))
	for i, minor := range wholeParts(c.values, total.Minor()) {
		credits[i].Value, credits[i].ValueShare = byline.Minor(minor, total.Currency()), valueShares[i]
		credits[i].RawValue = valueShares[i] * float64(total.Minor())
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
