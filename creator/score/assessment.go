package score

import (
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Formula is how an assessment is computed. It changes whenever the same rubric and the
// same candidate would get another result.
const Formula = "byline.score/1"

// Neutral is where a reading neither lifts nor lowers a score.
const Neutral = 50

// Candidate is a creator to be assessed. Readings of Platform count, and those over all
// platforms where there is none; where a platform's terms forbid to mix its numbers with
// those of others, give those of one platform only.
type Candidate struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform,omitempty"`
	Readings  creator.Readings `json:"readings"`
	Checks    []creator.Check  `json:"checks,omitempty"`
	At        time.Time        `json:"at,omitzero"` // the time it is assessed for
}

// Assessment is what a rubric says about a candidate.
type Assessment struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform,omitempty"`
	At        time.Time        `json:"at,omitzero"`
	Rubric    string           `json:"rubric"` // name and version
	Goal      string           `json:"goal,omitempty"`
	Formula   string           `json:"formula"`
	Verdict   Verdict          `json:"verdict"`
	// Score is from 0 to 100 over the weight that is known, and missing where none is. It
	// rises when a bad reading goes missing, which Missing.Low and Likely.Low never do.
	Score    byline.Measure `json:"score"`
	Coverage float64        `json:"coverage"` // the share of the weight that is known, 0 to 1
	Needed   float64        `json:"needed"`   // the coverage that a rank takes
	// Missing is where the score can be once everything is known: from all that is missing
	// at 0 points to all of it at 100.
	Missing Range `json:"missing"`
	// Likely is Missing, and every reading at the worse and the better end of its interval,
	// whatever its level, all at once. Readings without an interval count by their value.
	Likely Range `json:"likely"`
	// Weights is where the score can be when every group's weight is up to 20 % larger or
	// smaller, all at once.
	Weights       Range           `json:"weights"`
	Groups        []GroupScore    `json:"groups"`
	Contributions []Contribution  `json:"contributions"` // in the rubric's order
	Checks        []creator.Check `json:"checks,omitempty"`
}

// Range is an interval of scores.
type Range struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Verdict says whether a score may be compared with others'.
type Verdict string

// Verdicts, from the best to the worst; the worst that applies counts.
const (
	Eligible Verdict = "eligible" // every gate passed and enough is known
	Thin     Verdict = "thin"     // too little is known for a rank
	Held     Verdict = "held"     // a gate is undetermined: a person has to look
	Barred   Verdict = "barred"   // a gate failed, whatever the score
)

// GroupScore is the part of a group.
type GroupScore struct {
	Name     string  `json:"name"`
	Label    string  `json:"label,omitempty"`
	Weight   float64 `json:"weight"`   // the share of the rubric
	Coverage float64 `json:"coverage"` // how much of that share is known: from 0 to Weight
	Points   float64 `json:"points"`   // the sum of share times points, over what is known: from 0 to 100 times Coverage
	Low      float64 `json:"low"`      // the same with every reading at the worse end of its interval
}

// Contribution is what one criterion adds. Adds sums to the score over all contributions,
// and Lifts to the score less [Neutral].
type Contribution struct {
	Metric     string           `json:"metric"`
	Label      string           `json:"label,omitempty"`
	Group      string           `json:"group"`
	Platform   byline.Platform  `json:"platform,omitempty"` // of the reading; "" where it is over all of them
	Unit       Unit             `json:"unit,omitempty"`
	Value      byline.Measure   `json:"value"`
	Low        *float64         `json:"low,omitempty"`
	High       *float64         `json:"high,omitempty"`
	Level      float64          `json:"level,omitempty"` // of Low and High, as in [creator.Reading]
	Count      int              `json:"count,omitempty"`
	Floor      float64          `json:"floor"`
	Target     float64          `json:"target"`
	Weight     float64          `json:"weight"`                // the share of the whole rubric, so that all sum to 1
	Points     float64          `json:"points"`                // 0 to 100; of no meaning when WhyMissing is set
	Adds       float64          `json:"adds"`                  // to the score
	Lifts      float64          `json:"lifts"`                 // above Neutral, or below when negative
	WhyMissing string           `json:"why_missing,omitempty"` // in words; such a criterion adds nothing and its weight is not covered
	Findings   []byline.Finding `json:"findings,omitempty"`    // of the reading, and on it
}

// Known reports whether the criterion has a value.
func (k Contribution) Known() bool { return k.WhyMissing == "" }
