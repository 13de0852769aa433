package budget

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/bylinehq/byline"
)

// Arm is one of several uses for a standing budget, with what is known of how much
// outcome a unit of spend brings there. Exactly one of the posteriors is set, and all
// arms must mean the same by outcome: a conversion rate beside a revenue compares nothing.
type Arm struct {
	ID     string  `json:"id"`
	Beta   *Beta   `json:"beta,omitempty"`
	Gamma  *Gamma  `json:"gamma,omitempty"`
	Normal *Normal `json:"normal,omitempty"`
}

// Beta is the posterior of a rate: Beta{1, 1} knows nothing yet.
type Beta struct {
	Alpha float64 `json:"alpha"` // 1 and the successes
	Beta  float64 `json:"beta"`  // 1 and the failures
}

// Observe adds what came in: successes out of at least as many trials, neither negative. Count a trial
// when its outcome can be known, not when it began: one that is still open is no failure.
func (b Beta) Observe(successes, trials float64) Beta {
	return Beta{b.Alpha + successes, b.Beta + trials - successes}
}

// Gamma is the posterior of events per unit of exposure, such as orders per euro. An
// improper one (Shape or Rate 0) is refused: begin with what an average arm brings.
type Gamma struct {
	Shape float64 `json:"shape"` // events, and those of the prior
	Rate  float64 `json:"rate"`  // exposure, and that of the prior
}

// Observe adds what came in: events over an exposure. Where outcomes come late, scale the
// exposure by the share of them that usually is in by now.
func (g Gamma) Observe(events, exposure float64) Gamma {
	return Gamma{g.Shape + events, g.Rate + exposure}
}

// Normal is the posterior of a mean.
type Normal struct {
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"` // of the mean, above 0
}

// Observe adds a mean of n observations, each with a standard deviation of noise, which
// must be above 0.
func (m Normal) Observe(mean, noise, n float64) Normal {
	before, now := 1/(m.SD*m.SD), n/(noise*noise)
	return Normal{(m.Mean*before + mean*now) / (before + now), 1 / math.Sqrt(before+now)}
}

// The range of a posterior's parameters: outside it draws lose themselves in rounding.
const (
	leastParameter = 0.01
	mostParameter  = 1e12
)

// check finds arms that cannot be drawn from.
func checkArms(arms []Arm) []*byline.FieldError {
	if len(arms) == 0 || len(arms) > maxLines {
		return []*byline.FieldError{fault("arms", "budget.arms", fmt.Sprintf("must be from 1 to %d arms", maxLines))}
	}
	var faults []*byline.FieldError
	ids := map[string]bool{}
	for i, a := range arms {
		path := fmt.Sprintf("arms[%d]", i)
		if a.ID == "" || ids[a.ID] {
			faults = append(faults, fault(path+".id", "budget.arm_id", "must not be empty and not be twice"))
		}
		ids[a.ID] = true
		if !a.drawable() {
			faults = append(faults, fault(path, "budget.posterior", "needs exactly one posterior, with parameters from 0.01 to 1e12 (a mean: of at most 1e12)"))
		}
	}
	return faults
}

func (a Arm) drawable() bool {
	within := func(values ...float64) bool {
		for _, v := range values {
			if !(v >= leastParameter && v <= mostParameter) {
				return false
			}
		}
		return true
	}
	set, ok := 0, true
	if a.Beta != nil {
		set, ok = set+1, within(a.Beta.Alpha, a.Beta.Beta)
	}
	if a.Gamma != nil {
		set, ok = set+1, ok && within(a.Gamma.Shape, a.Gamma.Rate)
	}
	if a.Normal != nil {
		set, ok = set+1, ok && math.Abs(a.Normal.Mean) <= mostParameter && a.Normal.SD > 0 && a.Normal.SD <= mostParameter
	}
	return ok && set == 1
}

// draw takes one value from the posterior.
func (a Arm) draw(source rand.Source) float64 {
	switch {
	case a.Gamma != nil:
		return distuv.Gamma{Alpha: a.Gamma.Shape, Beta: a.Gamma.Rate, Src: source}.Rand()
	case a.Normal != nil:
		return distuv.Normal{Mu: a.Normal.Mean, Sigma: a.Normal.SD, Src: source}.Rand()
	}
	if v := (distuv.Beta{Alpha: a.Beta.Alpha, Beta: a.Beta.Beta, Src: source}).Rand(); !math.IsNaN(v) {
		return v
	}
	// Both gamma variates were too small for a float64: one of the ends, by their odds.
	if (distuv.Uniform{Min: 0, Max: 1, Src: source}).Rand() < a.Beta.Alpha/(a.Beta.Alpha+a.Beta.Beta) {
		return 1
	}
	return 0
}
