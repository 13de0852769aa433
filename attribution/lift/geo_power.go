package lift

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// GeoPowerOptions tune [GeoPower]. Nil and the zero value are the documented defaults.
type GeoPowerOptions struct {
	// Length is how many periods the campaign would run. Default [DefaultGeoLength].
	Length int `json:"length,omitzero"`
	// Method is how it would be judged, by the test of [Conformal]; default [PanelFixedEffect].
	Method PanelMethod `json:"method,omitzero"`
	// Effects are the shares by which the campaign might raise the outcome: 0.05 is 5 %. No
	// effect, 0, is always tried too. Default: 1 % to 30 % in ten steps.
	Effects []float64 `json:"effects,omitzero"`
	// Level is the confidence level of the test, default [DefaultLevel].
	Level float64 `json:"level,omitzero"`
	// Target is the power that the smallest detectable effect needs, default 0.8.
	Target float64 `json:"target,omitzero"`
	// Windows is in how many stretches of the past the campaign is tried, default
	// [DefaultGeoWindows]. Each starts Step periods after the one before, default 1. Windows
	// whose campaigns overlap repeat each other: a Step of Length keeps them apart.
	Windows int `json:"windows,omitzero"`
	Step    int `json:"step,omitzero"`
}

// Defaults of [GeoPowerOptions].
const (
	DefaultGeoLength  = 14
	DefaultGeoWindows = 20
	DefaultGeoTarget  = 0.8
)

func defaultGeoEffects() []float64 {
	return []float64{0.01, 0.02, 0.03, 0.05, 0.075, 0.10, 0.15, 0.20, 0.25, 0.30}
}

// GeoPowerPoint is how often an effect of one size would have been found.
type GeoPowerPoint struct {
	Effect   float64 `json:"effect"`   // share by which the outcome is raised
	Absolute float64 `json:"absolute"` // the same per treated unit and period, over the windows
	Detected int     `json:"detected"` // windows in which it is found
	Power    float64 `json:"power"`    // Detected as a share of all windows
}

// GeoPowerResult says what a campaign in some units could show.
type GeoPowerResult struct {
	Treated []string    `json:"treated"`
	Method  PanelMethod `json:"method"`
	Length  int         `json:"length"`
	Pre     int         `json:"pre"` // periods before the campaign in each window
	Windows int         `json:"windows"`
	// Separate is how many campaigns fit side by side into the time that the windows cover:
	// what the windows are worth where they overlap. Never above Windows.
	Separate int             `json:"separate"`
	Level    float64         `json:"level"`
	Target   float64         `json:"target"`
	Curve    []GeoPowerPoint `json:"curve"` // in rising order of effect, the first is 0
	// FalsePositives is the share of windows in which an effect is found where none was put.
	// Where chance makes so many less than one time in a hundred, or they are more than half,
	// the rest is worthless, and a finding of severity Blocker says so.
	FalsePositives float64 `json:"false_positives"`
	// MDE is the smallest effect tried from which on every one reaches the target, nil where
	// none does, and where too many false positives make a smallest effect worthless.
	MDE         *float64         `json:"mde,omitempty"`
	Misfit      float64          `json:"misfit"` // mean over the windows that have one, see PanelOptions.MaxMisfit
	Bias        float64          `json:"bias"`   // mean effect found where none was put, as a share of the outcome
	WouldChange []byline.Finding `json:"would_change"`
}

// GeoPower tries a campaign in the past: in many stretches of a history without a
// campaign it raises the outcome of the units to be treated by a known share, runs the
// test of [Conformal] as it would be run, and counts. No chance is involved.
//
// Faults are those of [NewPanel] on the table and the units, and "lift.level",
// "geo.length", "geo.method", "geo.effect", "geo.target", "geo.windows", "geo.step", and
// "geo.history" for a table with a campaign in it: cut it off before. A history too short
// for the windows, or for a test of that level, is refused with "geo.few_periods", units
// whose mean is not above 0, of which no share can be taken, with "geo.not_positive", and
// those that move in no window with "panel.no_variation".
//
// It takes a fit per window and effect: a tenth of a second for 40 units and 100 days.
func GeoPower(history PanelData, treated []string, opts *GeoPowerOptions) (GeoPowerResult, error) {
	o, faults := opts.checked()
	faults = append(faults, historyTableFaults(history)...)
	faults = append(faults, memberFaults(treated, history.Units, "treated")...)
	if len(treated) == 0 {
		faults = append(faults, fault("treated", "panel.no_treated", "no unit is treated"))
	}
	if len(faults) == 0 && len(treated) >= len(history.Units) {
		faults = append(faults, fault("treated", "panel.no_control", "every unit is treated, so there is nothing to compare with"))
	}
	if err := byline.Faults(faults); err != nil {
		return GeoPowerResult{}, err
	}
	return geoPower(history, treated, o)
}

func historyTableFaults(history PanelData) []*byline.FieldError {
	faults := tableFaults(history)
	if len(history.Treated) > 0 || history.Start != 0 {
		faults = append(faults, fault("treated", "geo.history", "a history has no campaign in it: cut the table off before the start"))
	}
	return faults
}

// mostPeriods keeps sums and products of periods from overflow.
const mostPeriods = 1 << 20

func (opts *GeoPowerOptions) checked() (GeoPowerOptions, []*byline.FieldError) {
	var o GeoPowerOptions
	if opts != nil {
		o = *opts
	}
	level, faults := levelOr(o.Level)
	o.Level = level
	o.Length, o.Windows = orDefault(o.Length, DefaultGeoLength), orDefault(o.Windows, DefaultGeoWindows)
	o.Step = orDefault(o.Step, 1)
	o.Method, o.Target = orDefault(o.Method, PanelFixedEffect), orDefault(o.Target, DefaultGeoTarget)
	if o.Length < 1 || o.Length > mostPeriods {
		faults = append(faults, fault("length", "geo.length", "a campaign runs for at least one period"))
	}
	if o.Windows < 1 || o.Windows > mostPeriods {
		faults = append(faults, fault("windows", "geo.windows", "at least one window is needed"))
	}
	if o.Step < 1 || o.Step > mostPeriods {
		faults = append(faults, fault("step", "geo.step", "windows go forward by at least one period"))
	}
	if o.Method == PanelSyntheticDiD || len(methodFaults(o.Method, "")) > 0 {
		faults = append(faults, fault("method", "geo.method", "not a method that the test knows"))
	}
	if !(o.Target > 0 && o.Target <= 1) {
		faults = append(faults, fault("target", "geo.target", "power is a share above 0 and up to 1"))
	}
	if len(o.Effects) == 0 {
		o.Effects = defaultGeoEffects()
	}
	for i, effect := range o.Effects {
		if !(effect >= 0 && effect <= 100) {
			faults = append(faults, fault(fmt.Sprintf("effects[%d]", i), "geo.effect", "an effect is a share of at least 0"))
		}
	}
	o.Effects = append([]float64{0}, o.Effects...)
	slices.Sort(o.Effects)
	o.Effects = slices.Compact(o.Effects)
	return o, faults
}

func orDefault[T comparable](v, standard T) T {
	var zero T
	if v == zero {
		return standard
	}
	return v
}

func geoPower(history PanelData, treated []string, o GeoPowerOptions) (GeoPowerResult, error) {
	pre := len(history.Periods) - o.Length - (o.Windows-1)*o.Step
	need := max(MinPrePeriods, int(math.Ceil(1/alpha(o.Level)))-o.Length)
	if pre < need {
		return GeoPowerResult{}, refusal("geo.few_periods", fmt.Sprintf(
			"%s of a campaign of %s leave %d before it, and %d are needed", counted(o.Windows, "window"), counted(o.Length, "period"), max(0, pre), need),
			float64(len(history.Periods)), float64(len(history.Periods)+need-pre))
	}
	history.Treated, history.Start = treated, 0
	whole := newPanel(history).comparison(PanelOptions{})
	if mean := seriesMean(whole.treated); mean <= 0 {
		return GeoPowerResult{}, notPositive(mean)
	}
	r := GeoPowerResult{
		Treated: slices.Clone(treated), Method: o.Method, Length: o.Length, Pre: pre, Windows: o.Windows,
		Separate: min(o.Windows, max(1, ((o.Windows-1)*o.Step+o.Length)/o.Length)), Level: o.Level, Target: o.Target,
	}
	ps, absolute, err := r.try(whole, o)
	if err != nil {
		return GeoPowerResult{}, err
	}
	r.judge(o.Effects, ps, absolute)
	r.WouldChange = r.findings(o.Effects, ps)
	return r, nil
}

// try returns the p values by effect and window, and the mean outcome that effects are a
// share of.
func (r *GeoPowerResult) try(whole comparison, o GeoPowerOptions) (ps [][]float64, absolute float64, err error) {
	ps = make([][]float64, len(o.Effects))
	of, measured := float64(o.Windows), 0.0
	for window := range o.Windows {
		from := window * o.Step
		c := whole.between(from, from+r.Pre+r.Length)
		c.start = r.Pre
		absolute += seriesMean(c.treated[r.Pre:]) / of
		f := c.fit(o.Method, nil)
		r.Bias += f.att() / of
		if misfit, ok := f.misfit(c); ok {
			r.Misfit += misfit
			measured++
		}
		for e, effect := range o.Effects {
			raised := newConformalTest(c.raised(effect), ConformalOptions{Method: o.Method, Scheme: MovingBlock})
			ps[e] = append(ps[e], raised.p(0))
		}
	}
	if absolute <= 0 {
		return nil, 0, notPositive(absolute)
	}
	if measured == 0 {
		return nil, 0, refusal("panel.no_variation", "the treated series moves in no window and the comparison does not meet it, so its error has no measure", 0, 0)
	}
	r.Misfit /= measured
	if r.Bias /= absolute; !isFinite(r.Bias) {
		r.Bias = 0
	}
	return ps, absolute, nil
}

// raised puts an effect into the campaign's periods.
func (c comparison) raised(effect float64) comparison {
	c.treated = slices.Clone(c.treated)
	for t := c.start; t < len(c.treated); t++ {
		c.treated[t] *= 1 + effect
	}
	return c
}

func notPositive(mean float64) error {
	return refusal("geo.not_positive", "the mean outcome of the treated units is not above 0, so no share of it can be tried", mean, 0)
}

// judge fills in what the p values say at the result's level.
func (r *GeoPowerResult) judge(effects []float64, ps [][]float64, absolute float64) {
	r.Curve = make([]GeoPowerPoint, len(effects))
	for e, effect := range effects {
		point := GeoPowerPoint{Effect: effect, Absolute: effect * absolute}
		for _, p := range ps[e] {
			if p <= alpha(r.Level) {
				point.Detected++
			}
		}
		point.Power = float64(point.Detected) / float64(len(ps[e]))
		r.Curve[e] = point
	}
	r.FalsePositives, r.MDE = r.Curve[0].Power, nil
	if r.tooManyFalse() {
		return
	}
	for e := len(effects) - 1; e > 0 && r.Curve[e].Power >= r.Target; e-- {
		smallest := effects[e]
		r.MDE = &smallest
	}
}

// findings says what would change the plan:
//
//   - "geo.false_positives": the test finds effects where none is, more often than its level allows
//   - "geo.no_mde": no effect tried is found often enough
//   - "geo.level": the smallest detectable effect at another level
//   - "geo.windows_share": windows share most of their periods, so power moves in coarse steps
//   - "geo.loose_fit": the comparison hardly follows the units
func (r GeoPowerResult) findings(effects []float64, ps [][]float64) []byline.Finding {
	var found []byline.Finding
	switch {
	case r.tooManyFalse():
		found = append(found, finding("geo.false_positives", byline.Blocker, "false_positives", fmt.Sprintf(
			"where nothing was changed an effect is found in %s of the windows, and the level allows %s: power means nothing here", percentOf(r.FalsePositives), percentOf(1-r.Level))))
	case r.FalsePositives > 2*(1-r.Level):
		found = append(found, finding("geo.false_positives", byline.Warning, "false_positives", fmt.Sprintf(
			"where nothing was changed an effect is found in %s of the windows, and the level allows %s: power looks better than it is", percentOf(r.FalsePositives), percentOf(1-r.Level))))
	}
	if r.MDE == nil && !r.tooManyFalse() {
		found = append(found, finding("geo.no_mde", byline.Warning, "mde", fmt.Sprintf(
			"no effect up to %s is found in %s of the windows: take more units, more periods or a longer past", percentOf(effects[len(effects)-1]), percentOf(r.Target))))
	}
	for _, level := range []float64{0.8, 0.9, 0.95} {
		if level == r.Level {
			continue
		}
		other := r
		other.Level = level
		if other.judge(effects, ps, 0); other.MDE != nil {
			found = append(found, finding("geo.level", byline.Info, "mde", fmt.Sprintf(
				"at a confidence level of %s the smallest detectable effect would be %s", percentOf(level), percentOf(*other.MDE))))
		}
	}
	if r.Separate < r.Windows {
		found = append(found, finding("geo.windows_share", byline.Warning, "windows", fmt.Sprintf(
			"the %s overlap and are worth about %d separate ones: a longer past would make power more certain", counted(r.Windows, "window"), r.Separate)))
	}
	if r.Misfit > looseFit {
		found = append(found, finding("geo.loose_fit", byline.Warning, "misfit", fmt.Sprintf(
			"the comparison misses the units by %s of their own variation", percentOf(r.Misfit))))
	}
	return found
}

// tooManyFalse asks whether such a share of false positives comes by chance less than
// one time in a hundred, or is more than half. Windows that overlap
// count as the separate ones they are worth, which may be too few for the first to speak.
func (r GeoPowerResult) tooManyFalse() bool {
	if r.FalsePositives > 0.5 {
		return true
	}
	n, q := r.Separate, 1-r.Level
	seen := int(r.FalsePositives*float64(n) + 1e-9)
	tail, term := 0.0, math.Pow(1-q, float64(n))
	for k := range n + 1 {
		if k >= seen {
			tail += term
		}
		term *= float64(n-k) / float64(k+1) * q / (1 - q)
	}
	return seen > 0 && tail < 0.01
}

// Explain says the result in plain English. The wording may change.
func (r GeoPowerResult) Explain() string {
	if r.tooManyFalse() {
		return fmt.Sprintf("A campaign in %s cannot be judged by this test: it found an effect in %s of %s where there was none.",
			listed(r.Treated), percentOf(r.FalsePositives), counted(r.Windows, "window"))
	}
	if r.MDE == nil {
		return fmt.Sprintf("A campaign of %s in %s would not show reliably: no effect that was tried, up to %s, is found in %s of the windows.",
			counted(r.Length, "period"), listed(r.Treated), percentOf(r.Curve[len(r.Curve)-1].Effect), percentOf(r.Target))
	}
	return fmt.Sprintf("A campaign of %s in %s would show from a rise of about %s on; where nothing happened the test was wrong in %s of %s.",
		counted(r.Length, "period"), listed(r.Treated), percentOf(*r.MDE), percentOf(r.FalsePositives), counted(r.Windows, "window"))
}
