package lift

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/bylinehq/byline"
)

// ConformalScheme says how residuals are exchanged over time.
type ConformalScheme string

// Schemes of [Conformal].
const (
	// MovingBlock turns the residuals like a wheel, which keeps their dependence over time.
	MovingBlock ConformalScheme = "moving_block"
	// FreeOrder shuffles them, which takes every period to be independent of the others.
	FreeOrder ConformalScheme = "free_order"
)

// DefaultPermutations is how many orders FreeOrder draws.
const DefaultPermutations = 999

// ConformalOptions tune [Conformal]. Nil and the zero value are the documented defaults.
type ConformalOptions struct {
	// Method is how the comparison is fitted, default [PanelFixedEffect]. SyntheticDiD has
	// no such test.
	Method PanelMethod `json:"method,omitzero"`
	// Level is the confidence level, default [DefaultLevel].
	Level float64 `json:"level,omitzero"`
	// Scheme is how residuals are exchanged, default MovingBlock.
	Scheme ConformalScheme `json:"scheme,omitzero"`
	// Permutations is how many orders FreeOrder draws, default [DefaultPermutations]; Seed
	// draws them.
	Permutations int    `json:"permutations,omitzero"`
	Seed         uint64 `json:"seed,omitzero"`
}

// ConformalResult is a test of no effect over time, and the constant effects that it
// does not reject.
type ConformalResult struct {
	Method   PanelMethod     `json:"method"`
	Scheme   ConformalScheme `json:"scheme"`
	ATT      float64         `json:"att"`
	PValue   float64         `json:"p_value"` // of no effect in any period
	Smallest float64         `json:"smallest_p_value"`
	Level    float64         `json:"level"`
	// Significant says that PValue is at most 1 - Level.
	Significant bool `json:"significant"`
	// Interval holds the effects, the same in every period, that are not rejected. It is nil
	// where the data set it no end, or reject every constant effect: a finding says which.
	Interval    *Interval        `json:"interval,omitempty"`
	WouldChange []byline.Finding `json:"would_change"`
}

// Conformal tests the effect against the order of time: it takes a supposed effect out,
// fits the comparison on all periods, before and after the start alike, and asks how many
// rearrangements of the residuals put as much into the campaign's periods. See
// Chernozhukov, Wüthrich and Zhu, JASA 116 (2021); the statistic is the mean absolute
// residual. Since the campaign's periods are fitted too, the residuals there are not larger
// by construction, and a test of level 95 % errs about 5 times in 100 where nothing happened.
//
// The interval turns the test around. Its ends are found by doubling from the estimate and
// halving; where the effects not rejected have gaps, it spans those met on the way.
//
// Faults are "panel.not_made", "lift.level", "conformal.method", "conformal.scheme" and
// "conformal.permutations"; a comparison that misses by more than [DefaultMaxMisfit] is refused
// as [SyntheticControl] does. Too few periods for the level are no refusal: the result says so.
func Conformal(p *Panel, opts *ConformalOptions) (ConformalResult, error) {
	o, faults := opts.checked()
	if err := byline.Faults(append(p.made(), faults...)); err != nil {
		return ConformalResult{}, err
	}
	c := p.comparison(PanelOptions{})
	f := c.fit(o.Method, nil)
	if _, err := f.accept(c, PanelOptions{MaxMisfit: DefaultMaxMisfit}); err != nil {
		return ConformalResult{}, err
	}
	test := newConformalTest(c, o)
	r := ConformalResult{
		Method: o.Method, Scheme: o.Scheme, Level: o.Level, ATT: f.att(),
		PValue: test.p(0), Smallest: test.smallest(),
	}
	r.Significant = r.PValue <= alpha(o.Level)
	trouble := r.invert(test)
	r.WouldChange = append(trouble, r.findings(p, c, o, f.weights)...)
	return r, nil
}

func (opts *ConformalOptions) checked() (ConformalOptions, []*byline.FieldError) {
	var o ConformalOptions
	if opts != nil {
		o = *opts
	}
	level, faults := levelOr(o.Level)
	o.Level = level
	if o.Method == "" {
		o.Method = PanelFixedEffect
	}
	if o.Method == PanelSyntheticDiD || len(methodFaults(o.Method, "")) > 0 {
		faults = append(faults, fault("method", "conformal.method", "not a method that this test knows"))
	}
	if o.Scheme == "" {
		o.Scheme = MovingBlock
	}
	if o.Scheme != MovingBlock && o.Scheme != FreeOrder {
		faults = append(faults, fault("scheme", "conformal.scheme", "not a scheme that is known"))
	}
	if o.Permutations == 0 {
		o.Permutations = DefaultPermutations
	}
	if o.Permutations < 1 || o.Permutations > mostDraws {
		faults = append(faults, fault("permutations", "conformal.permutations", "from one to a million"))
	}
	return o, faults
}

// conformalTest holds for every rearrangement the periods that it puts into the
// campaign's; the first is the true one.
type conformalTest struct {
	c      comparison
	method PanelMethod
	blocks [][]int
}

func newConformalTest(c comparison, o ConformalOptions) conformalTest {
	t := conformalTest{c: c, method: o.Method}
	all := len(c.treated)
	if o.Scheme == MovingBlock {
		for shift := range all {
			block := make([]int, c.post())
			for i := range block {
				block[i] = (c.start + shift + i) % all
			}
			t.blocks = append(t.blocks, block)
		}
		return t
	}
	own := make([]int, c.post())
	for i := range own {
		own[i] = c.start + i
	}
	t.blocks = append(t.blocks, own)
	r := rand.New(rand.NewPCG(o.Seed, 0x636f_6e66)) //nolint:gosec // a draw that can be repeated
	for range o.Permutations {
		t.blocks = append(t.blocks, r.Perm(all)[:c.post()])
	}
	return t
}

func (t conformalTest) smallest() float64 { return 1 / float64(len(t.blocks)) }

// p is the share of rearrangements that put at least as much into the campaign's periods,
// once an effect has been taken out of them.
func (t conformalTest) p(effect float64) float64 {
	residuals := t.residuals(effect)
	own := meanAt(residuals, t.blocks[0])
	atLeast := 0
	for _, block := range t.blocks {
		if meanAt(residuals, block) >= own*(1-1e-9) {
			atLeast++
		}
	}
	return float64(atLeast) / float64(len(t.blocks))
}

func (t conformalTest) residuals(effect float64) []float64 {
	c := t.c
	c.treated = slices.Clone(c.treated)
	for i := c.start; i < len(c.treated); i++ {
		c.treated[i] -= effect
	}
	c.start = len(c.treated)
	fit := c.fit(t.method, nil)
	residuals := fit.effects
	// What is only rounding must not be ranked.
	noise := 1e-12 * rootMeanSquare(c.treated)
	for i, u := range residuals {
		if residuals[i] = math.Abs(u); residuals[i] < noise {
			residuals[i] = 0
		}
	}
	return residuals
}

func meanAt(values []float64, at []int) float64 {
	total := 0.0
	for _, i := range at {
		total += values[i]
	}
	return total / float64(len(at))
}

// invert finds the interval, or says why there is none.
func (r *ConformalResult) invert(test conformalTest) []byline.Finding {
	if r.Smallest > alpha(r.Level) {
		return []byline.Finding{finding("conformal.too_few", byline.Warning, "smallest_p_value", fmt.Sprintf(
			"with %d rearrangements p cannot be below %s: at a level of %s nothing could have been found", len(test.blocks), brief(r.Smallest), percentOf(r.Level)))}
	}
	scale := max(rootMeanSquare(test.residuals(r.ATT)), 1e-9*rootMeanSquare(test.c.treated), math.SmallestNonzeroFloat32)
	from, ok := r.accepted(test, scale)
	if !ok {
		return []byline.Finding{finding("conformal.not_constant", byline.Warning, "interval",
			"every effect that is the same in all periods is rejected: it changes over time, or the comparison does not hold")}
	}
	low, lowEnds := r.end(test, from, -scale)
	high, highEnds := r.end(test, from, scale)
	if !lowEnds || !highEnds {
		return []byline.Finding{finding("conformal.unbounded", byline.Warning, "interval",
			"the data set the effect no bound: there are too few periods before the start for so many after it")}
	}
	r.Interval = &Interval{Low: low, High: high, Level: r.Level}
	return nil
}

// accepted returns an effect that is not rejected, the nearest to the estimate of those
// tried up to sixteen typical errors away.
func (r *ConformalResult) accepted(test conformalTest, scale float64) (float64, bool) {
	for step := range 65 {
		for _, side := range []float64{-1, 1} {
			effect := r.ATT + side*float64(step)*scale/4
			if test.p(effect) > alpha(r.Level) {
				return effect, true
			}
		}
	}
	return 0, false
}

// end walks from an accepted effect outwards by doubling until two in a row are rejected,
// and halves between the last accepted and the first rejected one.
func (r *ConformalResult) end(test conformalTest, from, step float64) (float64, bool) {
	inside, outside, rejected := from, from, 0
	for range 40 {
		next := from + step
		step *= 2
		if test.p(next) > alpha(r.Level) {
			inside, rejected = next, 0
			continue
		}
		if rejected++; rejected == 1 {
			outside = next
		} else {
			break
		}
	}
	if rejected < 2 {
		return 0, false
	}
	for range 30 {
		middle := inside + (outside-inside)/2
		if test.p(middle) > alpha(r.Level) {
			inside = middle
		} else {
			outside = middle
		}
	}
	return inside, true
}

// findings says what would change the verdict:
//
//   - "conformal.level": the level at which it turns
//   - "conformal.donor": what p is without the heaviest donor
//   - "conformal.too_few", "conformal.unbounded", "conformal.not_constant": why there is no interval
func (r ConformalResult) findings(p *Panel, c comparison, o ConformalOptions, weights []float64) []byline.Finding {
	found := []byline.Finding{finding("conformal.level", byline.Info, "p_value", fmt.Sprintf(
		"that nothing happened is ruled out at confidence levels up to %s and not above", upTo(r.PValue)))}
	if len(c.donors) < 2 {
		return found
	}
	heaviest := slices.Index(weights, slices.Max(weights))
	without := newConformalTest(c.without(heaviest), o).p(0)
	severity := byline.Info
	if (without <= alpha(r.Level)) != r.Significant {
		severity = byline.Warning
	}
	return append(found, finding("conformal.donor", severity, "p_value", fmt.Sprintf(
		"without %s, the heaviest donor, p would be %s", p.data.Units[p.controls[heaviest]], brief(without))))
}

// Explain says the result in plain English. The wording may change.
func (r ConformalResult) Explain() string {
	text := fmt.Sprintf("Had nothing happened, the periods of the campaign would stand out as much as they do in %s of the ways to arrange them in time.", percentOf(r.PValue))
	if r.Interval == nil {
		return text + " The data give no interval for the effect."
	}
	return text + fmt.Sprintf(" With %s confidence the effect per period lies between %s and %s%s.",
		percentOf(r.Level), brief(r.Interval.Low), brief(r.Interval.High), verdict(*r.Interval))
}
