package rank

import (
	"math"
	"math/rand/v2"

	"github.com/bylinehq/byline"
)

// Family is a model of what creators have in common and how their data arise from it.
type Family string

// The families, one for each way of ranking.
const (
	BetaBinomial Family = "beta_binomial" // [Rates]
	GammaPoisson Family = "gamma_poisson" // [Counts]
	NormalNormal Family = "normal_normal" // [Averages]
)

// shape is that of the family's priors, unless they are a point.
func (f Family) shape() Shape {
	return map[Family]Shape{BetaBinomial: Beta, GammaPoisson: Gamma, NormalNormal: Normal}[f]
}

// Prior is what is believed of a creator before any data of their own: how true values
// spread over creators. Store last season's and give it in [Options.Prior] to rank a
// season that has only begun. The zero Prior is invalid.
type Prior struct {
	Family Family `json:"family"`
	Belief Belief `json:"belief"`        // a [Point] where creators do not differ
	Fit    *Fit   `json:"fit,omitempty"` // nil where a caller wrote the prior down
}

// Fit says how well the data determine a fitted prior, by the curvature of the likelihood
// at its maximum.
//
// Location is the logit of the mean (beta), its logarithm (gamma) or the mean itself
// (normal). Spread is the logarithm of the prior's strength (beta: A+B, in trials; gamma: B,
// in exposure) or of its variance (normal). Where NoVariation holds, Spread, SpreadSE and
// Correlation are 0 and say nothing.
type Fit struct {
	Creators      int     `json:"creators"` // with data of their own
	LogLikelihood float64 `json:"log_likelihood"`
	// NoVariation says that the likelihood is highest where creators do not differ at
	// all: the data show no more differences than chance makes.
	NoVariation bool `json:"no_variation"`
	// NoVariationLogLikelihood is the likelihood of that case. Half a unit of difference
	// from LogLikelihood is nothing; from 2 on, differences between creators are plain.
	NoVariationLogLikelihood float64 `json:"no_variation_log_likelihood"`
	Location                 float64 `json:"location"`
	LocationSE               float64 `json:"location_se"`
	Spread                   float64 `json:"spread"`
	SpreadSE                 float64 `json:"spread_se"`
	Correlation              float64 `json:"correlation"`
	MeanSE                   float64 `json:"mean_se"` // standard error of the prior's mean
}

// Check returns the faults of p: those of [Belief.Check] and "rank.prior_family" for a
// family that is unknown or has another shape.
func (p Prior) Check() error {
	fields := byline.Nest("belief", p.Belief.Check())
	point := p.Belief.Shape == Point && p.Family.shape() != ""
	if !point && p.Family.shape() != p.Belief.Shape {
		fields = append(fields, fault("family", "rank.prior_family", "the family does not fit the belief's shape"))
	}
	switch a := p.Belief.A; {
	case !point:
	case p.Family == BetaBinomial && (a < 0 || a > 1), p.Family == GammaPoisson && a < 0:
		fields = append(fields, byline.Nest("belief", fault("a", "rank.belief_parameter", "a parameter is out of range"))...)
	}
	return byline.Faults(fields)
}

// AfterTrials is what is believed of a creator with so many successes of so many trials.
// Errors are those of [Prior.Check], and "rank.prior_family", "rank.trials" and
// "rank.successes" as for [Rates].
func (p Prior) AfterTrials(successes, trials int64) (Belief, error) {
	data := Trials{CreatorID: "one", Successes: successes, Trials: trials}
	return p.after(BetaBinomial, data.check(""), data.evidence(1))
}

// AfterCount is what is believed of a creator with so many events over an exposure.
// Errors are those of [Prior.Check], and "rank.prior_family", "rank.count" and
// "rank.exposure" as for [Counts].
func (p Prior) AfterCount(count int64, exposure float64) (Belief, error) {
	data := Events{CreatorID: "one", Count: count, Exposure: exposure}
	return p.after(GammaPoisson, data.check(""), data.evidence(1))
}

// AfterAverage is what is believed of a creator with such a mean and its standard error.
// Errors are those of [Prior.Check], and "rank.prior_family", "rank.mean" and
// "rank.standard_error" as for [Averages].
func (p Prior) AfterAverage(mean, standardError float64) (Belief, error) {
	data := Average{CreatorID: "one", Mean: mean, StandardError: standardError}
	return p.after(NormalNormal, data.check(""), data.evidence(1))
}

func (p Prior) after(family Family, fields []*byline.FieldError, e evidence) (Belief, error) {
	fields = append(fields, p.checkFor(family)...)
	if err := byline.Faults(fields); err != nil {
		return Belief{}, err
	}
	return p.update(e), nil
}

func (p Prior) checkFor(family Family) []*byline.FieldError {
	if fields := byline.Nest("prior", p.Check()); len(fields) > 0 {
		return fields
	}
	if p.Family != family {
		return byline.Nest("prior", fault("family", "rank.prior_family", "the prior is of another family"))
	}
	return nil
}

// update is Bayes' rule, which is an addition in each of these families.
func (p Prior) update(e evidence) Belief {
	b := p.Belief
	if !e.any() || b.Shape == Point {
		return b
	}
	switch p.Family {
	case BetaBinomial:
		return Belief{Shape: Beta, A: b.A + e.amount, B: b.B + e.size - e.amount}
	case GammaPoisson:
		return Belief{Shape: Gamma, A: b.A + e.amount, B: b.B + e.size}
	default:
		return b.blend(e.amount, e.size)
	}
}

// blend weighs the prior and a mean by their precision, without squaring small numbers.
func (b Belief) blend(mean, se float64) Belief {
	both := math.Hypot(b.B, se)
	weight := (b.B / both) * (b.B / both)
	return Belief{Shape: Normal, A: b.A + weight*(mean-b.A), B: b.B * (se / both)}
}

// ownWeight is the share that the creator's own data have in the mean believed.
func (p Prior) ownWeight(e evidence) float64 {
	b := p.Belief
	switch {
	case !e.any() || b.Shape == Point:
		return 0
	case p.Family == BetaBinomial:
		return e.size / (e.size + b.A + b.B)
	case p.Family == GammaPoisson:
		return e.size / (e.size + b.B)
	}
	ratio := b.B / math.Hypot(b.B, e.size)
	return ratio * ratio
}

// maxSpreadSE is how far [Prior.Redraw] lets the spread wander: where the data hardly
// determine it, the normal approximation would reach into the absurd.
const maxSpreadSE = 1.0

// Redraw takes another prior at random from those that the data of the fit allow, by the
// normal approximation to the likelihood in Location and Spread; the standard error of the
// spread is capped at 1. A simulation that redraws the prior carries the uncertainty of the
// fit into its results. A prior without a [Fit] is certain, and returned as it is.
func (p Prior) Redraw(source rand.Source) Prior {
	if p.Fit == nil || p.Check() != nil {
		return p
	}
	random := rand.New(source)
	first, second := random.NormFloat64(), random.NormFloat64()
	f := p.Fit
	location := f.Location + f.LocationSE*first
	drawn := Prior{Family: p.Family, Belief: Belief{Shape: Point, A: p.Family.meanAt(location)}}
	if p.Belief.Shape != Point {
		across := math.Sqrt(max(0, 1-f.Correlation*f.Correlation))
		spread := f.Spread + math.Min(f.SpreadSE, maxSpreadSE)*(f.Correlation*first+across*second)
		drawn.Belief = p.Family.beliefAt(location, spread)
	}
	if drawn.Check() != nil { // a stored fit that nobody computed
		return p
	}
	return drawn
}

// meanAt and beliefAt read the coordinates that [Fit] documents.
func (f Family) meanAt(location float64) float64 {
	switch f {
	case BetaBinomial:
		return 1 / (1 + math.Exp(-location))
	case GammaPoisson:
		return math.Exp(location)
	default:
		return location
	}
}

func (f Family) beliefAt(location, spread float64) Belief {
	mean := f.meanAt(location)
	switch f {
	case BetaBinomial:
		strength := math.Exp(spread)
		return Belief{Shape: Beta, A: mean * strength, B: strength / (1 + math.Exp(location))}
	case GammaPoisson:
		rate := math.Exp(spread)
		return Belief{Shape: Gamma, A: mean * rate, B: rate}
	default:
		return Belief{Shape: Normal, A: mean, B: math.Exp(spread / 2)}
	}
}
