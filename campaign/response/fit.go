package response

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// DefaultLevel is the confidence level where none is given.
const DefaultLevel = 0.95

// spare is how many observations a fit needs beyond its unknowns.
const spare = 3

// FitOptions says what is fitted beside the curve. Nil is all of the defaults.
type FitOptions struct {
	// Level is the confidence level of the intervals; 0 is [DefaultLevel].
	Level float64 `json:"level,omitempty"`
	// Baseline also fits an outcome without spend. Without it the curve alone must
	// explain the outcome, which credits the spend with every sale there would have been
	// anyway.
	Baseline bool `json:"baseline,omitempty"`
	// Window also fits a carry-over, where it is above 1: a [FiniteGeometric] adstock,
	// normalised, over so many periods. The observations must then be in the order of
	// time, one per period.
	Window int `json:"window,omitempty"`
}

// Parameter is one fitted number with its interval.
type Parameter struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	// Low and High hold the values that the data do not rule out, nil where they set no
	// limit on that side within a factor of a thousand (for a share: below 0.001, above
	// 0.999).
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// Identified reports whether the data limit the parameter on both sides.
func (p Parameter) Identified() bool { return p.Low != nil && p.High != nil }

// Fit is a curve fitted to observations by weighted least squares, with what is known of
// it.
//
// The intervals are profile intervals: all values of a parameter for which the best fit
// of the others leaves a sum of squares of at most (1 + F(1, n-p)/(n-p)) times the least
// one (Bates and Watts 1988, section 6.1). Those of the curve are given the decay.
type Fit struct {
	Family       Family           `json:"family"`
	Curve        Curve            `json:"curve"`
	Baseline     float64          `json:"baseline"` // the outcome without spend; 0 where none was fitted
	Adstock      *FiniteGeometric `json:"adstock,omitempty"`
	Parameters   []Parameter      `json:"parameters"` // of the curve, then "baseline" and "decay" where fitted
	Level        float64          `json:"level"`
	Observations int              `json:"observations"`
	LargestSpend float64          `json:"largest_spend"` // the largest effective spend seen; beyond it the curve is a guess
	ResidualSD   float64          `json:"residual_sd"`   // at a weight of 1
	R2           float64          `json:"r2"`            // share of the spread around the mean; negative where the mean does better
	AICc         float64          `json:"aicc"`          // comparable between fits to the same observations alone
	Findings     []byline.Finding `json:"findings,omitempty"`
}

// UnmarshalJSON reads what a fit writes, with its curve by [ParseCurve].
func (f *Fit) UnmarshalJSON(data []byte) error {
	type plain Fit
	wire := struct {
		Curve json.RawMessage `json:"curve"`
		*plain
	}{plain: (*plain)(f)}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	curve, err := ParseCurve(wire.Curve)
	if err != nil {
		return byline.Faults(byline.Nest("curve", err))
	}
	f.Curve = curve
	return nil
}

// FitCurve fits a family of curves to observations. The search is deterministic:
// Levenberg and Marquardt's method from the best points of a grid.
//
// Faults are "response.observation", "response.family", "response.level" and
// "response.window". It refuses ([byline.RefusalError]) with "response.too_few" for fewer
// observations than unknowns and three more, "response.no_variation" for fewer different
// spends than the curve has parameters, or an outcome that never changes (a spend of 0
// tells nothing of a curve that starts there, unless a baseline or a carry-over is fitted
// beside it), "response.not_rising" for an outcome that does not rise with the spend, and
// "response.not_identified" where the best curve is a limit that no parameters reach.
//
// Findings are "response.ceiling_not_seen" where no spend reached half of the ceiling,
// "response.loose_parameter" for a parameter that the data limit on one side at most,
// "response.no_better_than_mean" for a fit that explains nothing, and
// "response.decay_at_edge" where the best carry-over is none, or the longest tried.
// Time grows with the observations; a hundred of them take some tens of milliseconds.
func FitCurve(observations []Observation, family Family, options *FitOptions) (Fit, error) {
	if options == nil {
		options = &FitOptions{}
	}
	f, known := formOf(family)
	level, faults := options.check(len(observations))
	if !known {
		faults = append(faults, unknownFamily("family"))
	}
	if faults = append(faults, checkObservations(observations)...); faults != nil {
		return Fit{}, byline.Faults(faults)
	}
	p := problem{form: f, sample: sampleOf(observations), baseline: options.Baseline}
	if err := p.enough(options.unknowns(p)); err != nil {
		return Fit{}, err
	}
	c, err := p.carry(options.Window)
	if err != nil {
		return Fit{}, err
	}
	return c.fit(family, level)
}

func (o *FitOptions) check(observations int) (level float64, faults []*byline.FieldError) {
	level = o.Level
	if level == 0 {
		level = DefaultLevel
	}
	if !(level > 0 && level < 1) {
		faults = append(faults, fault("level", "response.level", "the confidence level must be between 0 and 1"))
	}
	if o.Window < 0 || o.Window > min(max(1, observations), maxWindow) {
		faults = append(faults, fault("window", "response.window", fmt.Sprintf("must be from 0 to the number of observations and at most %d", maxWindow)))
	}
	return level, faults
}

// unknowns counts what is fitted.
func (o *FitOptions) unknowns(p problem) int {
	if o.Window > 1 {
		return p.size() + 1
	}
	return p.size()
}

func (p problem) enough(unknowns int) error {
	if need := unknowns + spare; len(p.x) < need {
		return refusal("response.too_few",
			fmt.Sprintf("%d observations are too few: this fit needs %d", len(p.x), need), float64(len(p.x)), float64(need))
	}
	if have, need := p.levels(unknowns > len(p.names) || p.startsAboveZero()), p.size(); have < need {
		return refusal("response.no_variation",
			fmt.Sprintf("%d different spends are too few: this curve needs %d", have, need), float64(have), float64(need))
	}
	if slices.Min(p.y) == slices.Max(p.y) {
		return refusal("response.no_variation", "the outcome is the same in every observation", 0, 0)
	}
	return nil
}

// startsAboveZero reports whether the curves of the family bring something for nothing.
// All others go through 0 whatever their parameters, where an observation of them tells
// nothing.
func (f form) startsAboveZero() bool { return f.curve([]float64{1, 1, 1}).At(0) > 0 }

// best is the fit from the best starts.
func (p problem) best() (q []float64, sum float64, err error) {
	sum = math.Inf(1)
	for _, start := range p.starts(4) {
		if end, s := p.minimise(start, -1); s < sum {
			q, sum = end, s
		}
	}
	if q == nil {
		return nil, 0, notRising()
	}
	return q, sum, nil
}

func notRising() error {
	return refusal("response.not_rising", "the outcome does not rise with the spend", 0, 0)
}

// fit puts together what carry has found.
func (c carried) fit(family Family, level float64) (Fit, error) {
	aroundMean, aroundZero := c.spread()
	if c.sum > aroundMean*(1-1e-6) && !c.rises() {
		return Fit{}, notRising() // no more than a level, drawn as a curve that is full at once
	}
	values, baseline := c.parameters(c.q)
	curve := c.curve(values)
	if c.degenerate(values) || curve.Check() != nil {
		return Fit{}, refusal("response.not_identified",
			"the best curve of this family is a limit that no parameters reach: the data do not tell its parameters apart", 0, 0)
	}
	n, k := float64(len(c.x)), float64(c.unknowns())
	// A perfect fit has no finite likelihood; its residuals are those of rounding.
	sum := max(c.sum, n*0x1p-100*aroundZero)
	fit := Fit{
		Family: family, Curve: curve, Baseline: baseline, Adstock: c.adstock, Level: level,
		Observations: len(c.x), LargestSpend: c.largest(),
		ResidualSD: math.Sqrt(c.sum / (n - k)), R2: 1 - c.sum/aroundMean,
		AICc: n*math.Log(sum/n) + 2*(k+1) + 2*(k+1)*(k+2)/(n-k-2),
	}
	fit.Parameters = c.profile(level, sum)
	fit.Findings = c.findings(fit)
	return fit, nil
}

// degenerate reports parameters so far from the data that only their ratio counts.
func (c carried) degenerate(values []float64) bool {
	const far = 1e5
	largest := c.largest()
	switch {
	case c.names[0] == "ceiling" && values[0] > far*c.peak():
		return true
	case c.names[1] == "half" || c.names[1] == "spread":
		return values[1] > far*largest || values[1] < largest/far/far
	case c.names[1] == "rate":
		return values[1]*largest > far
	}
	return false
}

// findings says what a reader of the fit must know before using it.
func (c carried) findings(fit Fit) []byline.Finding {
	var findings []byline.Finding
	add := func(severity byline.Severity, code, path, message, fix string) {
		findings = append(findings, byline.Finding{Code: code, Severity: severity, Path: path, Message: message, Fix: fix})
	}
	if c.half != nil && c.half(fit.Curve) > fit.LargestSpend {
		add(byline.Warning, "response.ceiling_not_seen", "curve",
			fmt.Sprintf("no spend reached half of the ceiling: the largest is %.4g, the half lies at %.4g", fit.LargestSpend, c.half(fit.Curve)),
			"do not spend beyond what was seen on the strength of this curve; try a larger spend first")
	}
	for i, p := range fit.Parameters {
		if !p.Identified() {
			add(byline.Warning, "response.loose_parameter", fmt.Sprintf("parameters[%d]", i),
				"the data do not limit "+p.Name+" on both sides", "more observations at other spends, or a family with fewer parameters")
		}
	}
	if fit.R2 <= 0 {
		add(byline.Warning, "response.no_better_than_mean", "r2", "the curve explains no more than the mean outcome does", "")
	}
	if fit.Adstock != nil && (fit.Adstock.Decay <= 0.01 || fit.Adstock.Decay >= maxDecay-0.01) {
		add(byline.Info, "response.decay_at_edge", "adstock", "the best carry-over lies at the edge of what was tried", "")
	}
	return findings
}
