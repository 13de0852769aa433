package lift

import (
	"math"

	"github.com/bylinehq/byline"
)

// fewExpected is the expected count below which the normal approximation is left for
// the exact test (Cochran, Biometrics 10, 1954).
const fewExpected = 5

// Test names the test whose p value decides.
type Test string

// Which test decides.
const (
	PooledZ     Test = "pooled_z"     // where all four expected counts are 5 or more
	FisherExact Test = "fisher_exact" // where one is smaller
)

// Proportions is what two arms of counts say. Differences are treated less control, in
// shares: 0.005 is half a percentage point.
type Proportions struct {
	Treated     Arm     `json:"treated"`
	Control     Arm     `json:"control"`
	TreatedRate float64 `json:"treated_rate"`
	ControlRate float64 `json:"control_rate"`
	Level       float64 `json:"level"`

	Difference float64 `json:"difference"`
	// MiettinenNurminen is the score interval of the difference, the one to show: its
	// coverage stays near the level in small arms and at rates near 0 and 1.
	MiettinenNurminen Interval `json:"miettinen_nurminen"`
	// Newcombe is the hybrid score interval of the difference, which others often print.
	Newcombe Interval `json:"newcombe"`
	// Incremental is how many conversions of the treated arm would not have come without
	// the campaign: the difference times the treated units, with the Miettinen-Nurminen
	// interval.
	Incremental Incremental `json:"incremental"`
	// Lift has Koopman's score interval. It is nil where the control arm has no conversion:
	// any ratio to nothing is unbounded.
	Lift *RelativeLift `json:"lift,omitempty"`
	// LiftMissing says why there is no lift: "lift.no_control_conversions", else empty.
	LiftMissing string `json:"lift_missing,omitempty"`

	Z               float64 `json:"z"`          // pooled, without correction
	ZP              float64 `json:"z_p"`        // its p value, both sides
	ChiSquare       float64 `json:"chi_square"` // the square of Z
	ChiSquareYates  float64 `json:"chi_square_yates"`
	ChiSquareYatesP float64 `json:"chi_square_yates_p"`
	FisherP         float64 `json:"fisher_p"` // exact, both sides

	Decides    Test       `json:"decides"`
	PValue     float64    `json:"p_value"` // of the test that decides
	Conclusion Conclusion `json:"conclusion"`
	// SampleRatio is nil where the options name no share or an arm is too small for it.
	SampleRatio *SampleRatio     `json:"sample_ratio,omitempty"`
	WouldChange []byline.Finding `json:"would_change"`
}

// Incremental is a sum over the treated arm with its interval: conversions, or values in
// their unit.
type Incremental struct {
	Value    float64  `json:"value"`
	Interval Interval `json:"interval"`
}

// RelativeLift is treated over control, less 1, with its interval: 0.25 is a quarter more.
type RelativeLift struct {
	Value    float64  `json:"value"`
	Interval Interval `json:"interval"`
}

// CompareProportions compares the conversion rates of two arms that chance drew. Nil
// options are the defaults.
//
// Faults of the arms are "arm.units" and "arm.conversions", of the options "lift.level"
// and "options.treated_share". Refusals are "lift.too_few_units" and
// "lift.too_few_conversions". Findings in WouldChange are "proportions.tipping",
// "proportions.level", "proportions.crossover", "proportions.exact",
// "proportions.disagree" and "arm.sample_ratio".
func CompareProportions(treated, control Arm, opts *Options) (Proportions, error) {
	o, faults := opts.settled()
	faults = append(faults, append(treated.faults("treated"), control.faults("control")...)...)
	if err := byline.Faults(faults); err != nil {
		return Proportions{}, err
	}
	if err := o.enoughUnits(treated.Units, control.Units, 1); err != nil {
		return Proportions{}, err
	}
	if have := treated.Conversions + control.Conversions; have < o.MinConversions {
		return Proportions{}, refusal("lift.too_few_conversions", "too few conversions in both arms together", float64(have), float64(o.MinConversions))
	}
	p := measured(treated, control, o)
	p.WouldChange = p.findings()
	return p, nil
}

func measured(treated, control Arm, o Options) Proportions {
	p := Proportions{
		Treated: treated, Control: control, Level: o.Level,
		TreatedRate: treated.rate(), ControlRate: control.rate(),
		Difference: treated.rate() - control.rate(),
	}
	p.intervals(normalBound(o.Level))
	p.tests()
	p.Decides, p.PValue = decide(treated, control)
	p.SampleRatio = checkSampleRatio(treated.Units, control.Units, o.TreatedShare)
	p.Conclusion = p.SampleRatio.or(concluded(p.Difference, p.PValue, o.Level))
	return p
}

func (p *Proportions) intervals(z float64) {
	at := func(low, high float64) Interval { return Interval{Low: low, High: high, Level: p.Level} }
	p.MiettinenNurminen = at(miettinenNurminen(p.Treated, p.Control, z))
	p.Newcombe = at(newcombe(p.Treated, p.Control, z))
	n := float64(p.Treated.Units)
	p.Incremental = Incremental{Value: p.Difference * n, Interval: at(p.MiettinenNurminen.Low*n, p.MiettinenNurminen.High*n)}
	if p.Control.Conversions == 0 {
		p.LiftMissing = "lift.no_control_conversions"
		return
	}
	low, high := koopman(p.Treated, p.Control, z)
	p.Lift = &RelativeLift{Value: p.TreatedRate/p.ControlRate - 1, Interval: at(low-1, high-1)}
}

func (p *Proportions) tests() {
	p.Z = pooledZ(p.Treated, p.Control, 0)
	p.ZP = math.Erfc(math.Abs(p.Z) / math.Sqrt2)
	p.ChiSquare = p.Z * p.Z
	yates := pooledZ(p.Treated, p.Control, 0.5)
	p.ChiSquareYates, p.ChiSquareYatesP = yates*yates, math.Erfc(math.Abs(yates)/math.Sqrt2)
	p.FisherP = fisher(p.Treated, p.Control)
}

// pooledZ is the z statistic under equal rates; correction is Yates's half count, which
// never carries the statistic past 0. Where everybody or nobody converted it is 0.
func pooledZ(treated, control Arm, correction float64) float64 {
	n, m := float64(treated.Units), float64(control.Units)
	all := float64(treated.Conversions + control.Conversions)
	off := float64(treated.Conversions) - n*all/(n+m)
	if exact := cross(treated, control); exact == 0 || math.Abs(off) <= correction {
		return 0
	}
	off = math.Copysign(math.Abs(off)-correction, off)
	return off / math.Sqrt(n*m/(n+m)*(all/(n+m))*((n+m-all)/(n+m)))
}

// cross has the sign of the difference of the rates; it is exact up to 2^53.
func cross(treated, control Arm) float64 {
	return float64(treated.Conversions)*float64(control.Units) - float64(control.Conversions)*float64(treated.Units)
}

// decide names the test that fits the counts, and its p value.
func decide(treated, control Arm) (Test, float64) {
	if leastExpected(treated, control) < fewExpected {
		return FisherExact, fisher(treated, control)
	}
	return PooledZ, math.Erfc(math.Abs(pooledZ(treated, control, 0)) / math.Sqrt2)
}

func leastExpected(treated, control Arm) float64 {
	all := treated.Conversions + control.Conversions
	total := treated.Units + control.Units
	return float64(min(treated.Units, control.Units)) * (float64(min(all, total-all)) / float64(total))
}
