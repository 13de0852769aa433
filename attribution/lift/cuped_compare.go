package lift

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// compare fills in both comparisons, raw and adjusted around the mean of what was before.
func (a *Adjusted) compare(treated, control pairs, middle float64, o Options) error {
	raw, err := compareMeans(sampleOf(treated.after), sampleOf(control.after), o)
	if err != nil {
		return err
	}
	w, err := welch(treated.sample(a.Theta, middle), control.sample(a.Theta, middle), o)
	if err != nil {
		return err
	}
	raw.WouldChange = []byline.Finding{}
	a.Raw, a.Difference, a.StandardError, a.T, a.DegreesOfFreedom = raw, w.difference, w.se, w.t, w.df
	a.PValue, a.Interval = w.p, w.interval
	a.CovariateDifference, a.CovariateP = treated.meanBefore-control.meanBefore, 1
	if before, err := welch(sampleOf(treated.before), sampleOf(control.before), o); err == nil {
		a.CovariateP = before.p
	} else if a.CovariateDifference != 0 {
		a.CovariateP = 0 // each arm constant, and not at one value: chance cannot do that
	}
	a.Conclusion = raw.SampleRatio.or(concluded(w.difference, w.p, o.Level))
	if a.CovariateP < SampleRatioAlpha {
		a.Conclusion = Broken
	}
	if a.WouldChange = a.trouble(o); a.Conclusion != Broken {
		a.WouldChange = append(a.WouldChange, w.findings("cuped.tipping", "cuped.level")...)
	}
	return nil
}

func (a *Adjusted) trouble(o Options) []byline.Finding {
	list := a.Raw.SampleRatio.findings()
	if a.CovariateP < SampleRatioAlpha {
		list = append(list, byline.Finding{
			Code: "cuped.covariate_differs", Severity: byline.Blocker, Path: "covariate_difference",
			Message: fmt.Sprintf("The arms differed by %s before exposure, which chance does in fewer than 1 of %.0f experiments: the draw was not fair, or the value was measured after exposure",
				brief(a.CovariateDifference), 1/SampleRatioAlpha),
			Fix: "Take a value from before the first exposure, and check how units were assigned",
		})
	}
	if raw := concluded(a.Raw.Difference, a.Raw.PValue, o.Level); raw != a.Conclusion && a.Conclusion != Broken {
		list = append(list, byline.Finding{
			Code: "cuped.depends", Severity: byline.Info, Path: "raw",
			Message: "Without the adjustment the comparison reads otherwise: it stands on the value before having been measured before exposure",
			Fix:     "Name the adjustment before the experiment starts, and keep to it",
		})
	}
	return list
}

// Explain says the result to a marketer, in plain English. The wording may change;
// programs read the fields.
func (a Adjusted) Explain() string {
	if a.Conclusion == Broken {
		return a.WouldChange[0].Message + "."
	}
	text := fmt.Sprintf("What was known of the units before explains %s of the spread; taking that out brings the standard error from %s to %s.",
		percentOf(a.VarianceCut), brief(a.Raw.StandardError), brief(a.StandardError))
	if a.StandardError > a.Raw.StandardError {
		text = "What was known of the units before does not sharpen the comparison."
	}
	return text + " " + meanWords(a.Difference, a.PValue, a.Interval, a.Conclusion, a.WouldChange)
}
