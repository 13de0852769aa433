package lift

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// SampleRatioAlpha is the p value below which arms are called broken. It is strict,
// because the check is made on every experiment and a false alarm throws one away.
const SampleRatioAlpha = 0.001

// SampleRatio compares the sizes of the arms with the shares that were meant to be
// assigned: the chi-square test of fit with one degree of freedom. A mismatch says that
// units were lost, added or moved after the draw, and then the arms differ in more than
// the campaign.
type SampleRatio struct {
	ExpectedShare float64 `json:"expected_share"`
	SeenShare     float64 `json:"seen_share"`
	ChiSquare     float64 `json:"chi_square"`
	PValue        float64 `json:"p_value"`
	Broken        bool    `json:"broken"`
}

// checkSampleRatio returns nil where no share was named or fewer than 5 units would be
// expected in an arm: the test does not hold there.
func checkSampleRatio(treated, control int64, share float64) *SampleRatio {
	total := float64(treated) + float64(control)
	if share == 0 || min(share, 1-share)*total < fewExpected {
		return nil
	}
	off := float64(treated) - share*total
	chi := off * off / (total * share * (1 - share))
	p := math.Erfc(math.Sqrt(chi / 2))
	return &SampleRatio{
		ExpectedShare: share, SeenShare: float64(treated) / total,
		ChiSquare: chi, PValue: p, Broken: p < SampleRatioAlpha,
	}
}

// findings is "arm.sample_ratio", a blocker, for broken arms.
func (r *SampleRatio) findings() []byline.Finding {
	if r == nil || !r.Broken {
		return nil
	}
	return []byline.Finding{{
		Code: "arm.sample_ratio", Severity: byline.Blocker, Path: "sample_ratio",
		Message: fmt.Sprintf("The experiment is broken: %s of the units should be in the treated arm and %s are; chance does that in fewer than 1 of %.0f experiments",
			percentOf(r.ExpectedShare), percentOf(r.SeenShare), 1/SampleRatioAlpha),
		Fix: "Find out where units were lost, added or moved after they were assigned, and run it again",
	}}
}

func (r *SampleRatio) or(c Conclusion) Conclusion {
	if r != nil && r.Broken {
		return Broken
	}
	return c
}
