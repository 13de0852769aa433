package rank

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/bylinehq/byline"
)

// MaxTrialsAhead is the most trials that [Belief.Successes] predicts for.
const MaxTrialsAhead = 10_000_000

// Prediction is the distribution of what will be observed next: the uncertainty of the
// true value together with the chance in the new data. The zero Prediction is of nothing,
// and its methods return 0.
type Prediction struct {
	belief Belief
	family Family
	size   float64 // trials or exposure
}

// Successes predicts the successes of so many new trials (beta-binomial; binomial for a
// point). Errors are those of [Belief.Check], "rank.belief_shape" for a shape other than
// [Beta] or a [Point] from 0 to 1, and "rank.trials" for trials outside 0 to
// [MaxTrialsAhead].
func (b Belief) Successes(trials int64) (Prediction, error) {
	var fields []*byline.FieldError
	if trials < 0 || trials > MaxTrialsAhead {
		fields = append(fields, fault("trials", "rank.trials", "the trials must be from 0 to 10 million"))
	}
	fits := b.Shape == Beta || b.Shape == Point && b.A >= 0 && b.A <= 1
	return b.ahead(BetaBinomial, float64(trials), fits, fields)
}

// Events predicts the number of events over a new exposure (negative binomial; Poisson for
// a point). Errors are those of [Belief.Check], "rank.belief_shape" for a shape other than
// [Gamma] or a [Point] from 0 up, and "rank.exposure" for one outside 1e-30 to 1e30, or for
// more than 2^52 events to be expected.
func (b Belief) Events(exposure float64) (Prediction, error) {
	var fields []*byline.FieldError
	if !(exposure >= minExposure && exposure <= maxExposure) || exposure*b.Mean() > float64(maxCount) {
		fields = append(fields, fault("exposure", "rank.exposure", "the exposure must be from 1e-30 to 1e30, and its events countable"))
	}
	return b.ahead(GammaPoisson, exposure, b.Shape == Gamma || b.Shape == Point && b.A >= 0, fields)
}

// Average predicts a new mean with such a standard error (normal). Errors are those of
// [Belief.Check], "rank.belief_shape" for a shape other than [Normal] or [Point], and
// "rank.standard_error" for one outside 1e-30 to 1e30.
func (b Belief) Average(standardError float64) (Prediction, error) {
	var fields []*byline.FieldError
	if !(standardError >= minStandardError && standardError <= maxAverage) {
		fields = append(fields, fault("standard_error", "rank.standard_error", "the standard error must be from 1e-30 to 1e30"))
	}
	fits := b.Shape == Normal || b.Shape == Point
	p, err := b.ahead(NormalNormal, standardError, fits, fields)
	if err == nil {
		p.belief = Belief{Shape: Normal, A: b.A, B: math.Hypot(b.SD(), standardError)}
	}
	return p, err
}

func (b Belief) ahead(family Family, size float64, fits bool, fields []*byline.FieldError) (Prediction, error) {
	fields = append(fields, byline.Nest("", b.Check())...)
	if !fits && len(fields) == 0 {
		fields = append(fields, fault("shape", "rank.belief_shape", "the belief is not about such a value"))
	}
	if err := byline.Faults(fields); err != nil {
		return Prediction{}, err
	}
	return Prediction{belief: b, family: family, size: size}, nil
}

// Mean is the number, or the average, to be expected.
func (p Prediction) Mean() float64 {
	if p.family == NormalNormal {
		return p.belief.A
	}
	if p.size == 0 {
		return 0
	}
	return p.size * p.belief.Mean()
}

// CDF is the probability of at most x. For successes under a beta it takes O(x) time.
func (p Prediction) CDF(x float64) float64 {
	count := math.Floor(x)
	switch {
	case math.IsNaN(x) || p.family == "":
		return 0
	case p.family == NormalNormal:
		return p.belief.CDF(x)
	case count < 0:
		return 0
	case p.family == GammaPoisson:
		return p.countCDF(count)
	case count >= p.size:
		return 1
	case p.belief.Shape == Point:
		return mathext.RegIncBeta(p.size-count, count+1, 1-p.belief.A)
	}
	at := 0.0
	p.walk(func(k, below float64) bool {
		at = below
		return k < count
	})
	return at
}

func (p Prediction) countCDF(count float64) float64 {
	expected := p.belief.A * p.size
	switch {
	case math.IsInf(count, 1) || p.belief.A == 0:
		return 1
	case p.belief.Shape == Point:
		return mathext.GammaIncRegComp(count+1, expected)
	}
	return mathext.RegIncBeta(p.belief.A, count+1, p.belief.B/(p.belief.B+p.size))
}

// Quantile is the smallest number, or the average, that is not exceeded with at least
// that probability. The error is of code "rank.probability" for one that is not between 0
// and 1, both excluded. For successes under a beta it takes time in their number.
func (p Prediction) Quantile(probability float64) (float64, error) {
	if err := checkProbability(probability); err != nil {
		return 0, err
	}
	switch {
	case p.family == "":
		return 0, nil
	case p.family == NormalNormal:
		return p.belief.quantile(probability), nil
	case p.family == BetaBinomial && p.belief.Shape == Beta:
		at := 0.0
		p.walk(func(k, below float64) bool {
			at = k
			return below < probability
		})
		return at, nil
	}
	return p.leastCount(probability), nil
}

func (p Prediction) leastCount(probability float64) float64 {
	low, high := -1.0, 1.0
	for p.CDF(high) < probability && high < float64(maxCount)*1024 {
		low, high = high, high*2
	}
	for high-low > 1 {
		middle := math.Floor(low + (high-low)/2)
		if middle <= low || middle >= high {
			break
		}
		if p.CDF(middle) < probability {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// walk visits the counts of a beta-binomial from 0 upward with the probability of at most
// that many, until visit has seen enough or the trials end.
func (p Prediction) walk(visit func(k, below float64) bool) {
	a, b, n := p.belief.A, p.belief.B, p.size
	none, _, _ := rising(b, n)
	all, _, _ := rising(a+b, n)
	scale := none - all // the logarithm of what the weights are multiples of
	weight, below := 1.0, 1.0
	unit := math.Exp(scale)
	for k := 0.0; visit(k, math.Min(1, below*unit)) && k < n; k++ {
		weight *= (n - k) / (k + 1) * (a + k) / (b + n - k - 1)
		below += weight
		if below > 1e200 { // far from 0 the first weight is too small for a float
			weight, below, scale = weight/1e200, below/1e200, scale+200*math.Ln10
			unit = math.Exp(scale)
		}
	}
}

// Draw takes one observation at random; the randomness is the caller's.
func (p Prediction) Draw(source rand.Source) float64 {
	value := p.belief.Draw(source)
	switch {
	case p.family == NormalNormal:
		return value
	case p.size == 0 || value <= 0:
		return 0
	case p.family == GammaPoisson:
		return distuv.Poisson{Lambda: value * p.size, Src: source}.Rand()
	case value >= 1:
		return p.size
	}
	return distuv.Binomial{N: p.size, P: value, Src: source}.Rand()
}
