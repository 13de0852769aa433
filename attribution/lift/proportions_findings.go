package lift

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// findings say what would change the conclusion, the worst first.
func (p Proportions) findings() []byline.Finding {
	list := p.SampleRatio.findings()
	if p.Conclusion == Broken {
		return list
	}
	list = append(list, p.disagreement()...)
	list = append(list, p.tippingPoint(), levelFinding("proportions.level", p.PValue, p.Level), p.crossover())
	if p.Decides == FisherExact {
		list = append(list, byline.Finding{
			Code: "proportions.exact", Severity: byline.Info, Path: "decides",
			Message: fmt.Sprintf("Fewer than %d conversions or non-conversions are expected in one arm, so Fisher's exact test decides", fewExpected),
			Fix:     "Run longer: single conversions move this result",
		})
	}
	return list
}

func (p Proportions) disagreement() []byline.Finding {
	undecided := p.PValue > alpha(p.Level)
	if p.MiettinenNurminen.Contains(0) == undecided && (p.Lift == nil || p.Lift.Interval.Contains(0) == undecided) {
		return nil
	}
	return []byline.Finding{{
		Code: "proportions.disagree", Severity: byline.Warning, Path: "miettinen_nurminen",
		Message: "The test and an interval disagree about no effect at all: the result lies on the border",
		Fix:     "Treat it as undecided and run longer",
	}}
}

func (p Proportions) tippingPoint() byline.Finding {
	f := byline.Finding{Code: "proportions.tipping", Severity: byline.Info, Path: "treated"}
	by, ok := p.tipping()
	switch {
	case !ok:
		f.Message = "No number of conversions in the treated arm would decide this comparison"
		f.Fix = "The arms are too small: run longer"
	case p.Conclusion == Undecided:
		f.Message = fmt.Sprintf("%s in the treated arm and the difference would be decided", moreOrFewer(by))
	default:
		f.Message = fmt.Sprintf("%s in the treated arm and the difference would no longer be decided", moreOrFewer(by))
	}
	return f
}

func moreOrFewer(by int64) string {
	word, noun := "more", "conversions"
	if by < 0 {
		word, by = "fewer", -by
	}
	if by == 1 {
		noun = "conversion"
	}
	return fmt.Sprintf("%d %s %s", by, word, noun)
}

// levelFinding names the level at which the conclusion turns: 1 less the p value.
func levelFinding(code string, p, level float64) byline.Finding {
	f := byline.Finding{Code: code, Severity: byline.Info, Path: "level"}
	switch {
	case p > 0.5:
		f.Message = "The difference would be decided at no usual level"
	case p > alpha(level):
		f.Message = fmt.Sprintf("The difference would be decided at a level of %s or less, not at the %s asked for", upTo(p), percentOf(level))
	case p < 1e-6:
		f.Message = "The conclusion holds at any usual level"
	default:
		f.Message = fmt.Sprintf("The conclusion holds up to a level of %s, not above", upTo(p))
	}
	return f
}

// crossover says what units do that saw the campaign though they were held out, which
// the counts cannot show: they shrink the difference and never make one.
func (p Proportions) crossover() byline.Finding {
	const one = 0.1
	message := fmt.Sprintf("Held-out units that saw the campaign unnoticed shrink the difference: were %s of them reached, the effect on the reached would be %s points instead of %s",
		percentOf(one), brief(100*p.Difference/(1-one)), brief(100*p.Difference))
	if p.Conclusion == Undecided {
		message += ", and an effect that exists may have stayed hidden"
	}
	return byline.Finding{
		Code: "proportions.crossover", Severity: byline.Info, Path: "control", Message: message,
		Fix: "Count the held-out units that used the code or the link",
	}
}
