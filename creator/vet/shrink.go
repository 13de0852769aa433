package vet

import (
	"fmt"
	"math"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// EngagementShrunk is a rate that few observations were drawn towards what is usual.
const EngagementShrunk = "engagement.shrunk"

// MinPriorCreators are needed to learn how much creators differ; DefaultPriorStrength is
// taken where there are fewer.
const (
	MinPriorCreators     = 20
	DefaultPriorStrength = 2000
)

// Tally is how often something happened in how many exposures, of one creator:
// interactions among the people reached, or among views.
type Tally struct {
	Events   float64 `json:"events"`
	Exposure float64 `json:"exposure"`
}

// Prior is what is usual among creators before anything is known of one: a rate, and how
// many exposures it is worth.
type Prior struct {
	Mean     float64          `json:"mean"`
	Strength float64          `json:"strength"`
	Creators int              `json:"creators"` // that it was learnt from
	At       time.Time        `json:"at"`
	Findings []byline.Finding `json:"findings,omitempty"`
}

// NewPrior learns a prior from the creators of a cohort by the method of moments
// (Kleinman 1973, each weighted by exposure). With fewer than [MinPriorCreators], or one
// exposure of each, which cannot show how much creators differ, the strength is
// [DefaultPriorStrength] and "engagement.prior_default" says so; where
// creators differ no more than chance would make them, the prior is worth all exposures of
// the cohort and "engagement.prior_no_variation" says so.
//
// Faults are "engagement.tally" for events below 0 or above the exposure, or an exposure
// that is not above 0. It is refused as "engagement.prior_empty" without any creator.
func NewPrior(cohort []Tally, at time.Time) (Prior, error) {
	var faults []*byline.FieldError
	var events, exposure, squares float64
	for i, t := range cohort {
		if !t.valid() {
			faults = append(faults, &byline.FieldError{
				Path: fmt.Sprintf("cohort[%d]", i), Code: "engagement.tally",
				Message: "events are from 0 to the exposure, and the exposure is above 0",
			})
		}
		events, exposure, squares = events+t.Events, exposure+t.Exposure, squares+t.Exposure*t.Exposure
	}
	if err := byline.Faults(faults); err != nil {
		return Prior{}, err
	}
	if len(cohort) == 0 {
		return Prior{}, &byline.RefusalError{Code: "engagement.prior_empty", Message: "a prior is learnt from at least one creator", Need: 1}
	}
	p := Prior{Mean: events / exposure, Strength: DefaultPriorStrength, Creators: len(cohort), At: at}
	if len(cohort) < MinPriorCreators {
		p.Findings = append(p.Findings, warning("engagement.prior_default", fmt.Sprintf(
			"%d creators are too few to learn how much they differ; the prior is taken as worth %d exposures", len(cohort), DefaultPriorStrength)))
		return p, nil
	}
	varied, tells := p.variation(cohort, exposure, squares)
	if !tells {
		p.Findings = append(p.Findings, warning("engagement.prior_default", fmt.Sprintf(
			"about one exposure of each creator does not show how much they differ; the prior is taken as worth %d exposures", DefaultPriorStrength)))
		return p, nil
	}
	if varied <= 0 || math.IsNaN(varied) {
		p.Strength = exposure
		p.Findings = append(p.Findings, warning("engagement.prior_no_variation", "the creators differ no more than chance would make them"))
		return p, nil
	}
	p.Strength = max(0, 1/varied-1)
	return p, nil
}

func (t Tally) valid() bool {
	return t.Events >= 0 && t.Exposure > 0 && t.Events <= t.Exposure && t.Exposure <= 1e100
}

// variation is the correlation of exposures of one creator, 1/(strength+1). Where each has
// one exposure, nothing correlates.
func (p Prior) variation(cohort []Tally, exposure, squares float64) (varied float64, tells bool) {
	byChance := float64(len(cohort) - 1)
	beyond := exposure - squares/exposure - byChance
	if beyond <= 1e-6*exposure {
		return 0, false
	}
	var spread float64
	for _, t := range cohort {
		off := t.Events/t.Exposure - p.Mean
		spread += t.Exposure * off * off
	}
	chance := p.Mean * (1 - p.Mean)
	return (spread - chance*byChance) / (chance * beyond), true
}

// Shrunk is the rate (events + mean × strength) / (exposure + strength), so that 1 of 1
// does not stand above 60 of 100. Rank by its low end. The interval holds the creator's own
// rate with the chance of [Level] where the prior is right: it is that of the Beta
// distribution which prior and observations make together. The error is a fault
// "engagement.tally"; an exposure of 0 is the prior alone.
func (p Prior) Shrunk(t Tally) (creator.Reading, error) {
	if !t.valid() && t != (Tally{}) {
		return creator.Reading{}, &byline.FieldError{Code: "engagement.tally", Message: "events are from 0 to the exposure"}
	}
	definition := fmt.Sprintf("%s{events/exposure};mean=%.6g;strength=%.6g;creators=%d;v1", EngagementShrunk, p.Mean, p.Strength, p.Creators)
	f := frame{at: p.At}
	n := t.Exposure + p.Strength
	if n <= 0 {
		return f.refuse(EngagementShrunk, definition, &byline.RefusalError{
			Code: "engagement.prior_empty", Message: "neither the creator nor the prior says anything", Need: 1,
		}), nil
	}
	rate := (t.Events + p.Mean*p.Strength) / n
	r := between(f.reading(EngagementShrunk, definition, rate, int(min(t.Exposure, math.MaxInt32))), betaInterval(rate*n, n-rate*n))
	r.Findings = p.Findings
	return r, nil
}
