package reach

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Reached is how many people several audiences hold together, each counted once.
type Reached struct {
	// People is nil where the facts give no number; Refusal then says why, and Low and High
	// still hold.
	People *float64 `json:"people,omitempty"`
	Low    float64  `json:"low"`
	High   *float64 `json:"high,omitempty"` // nil where nothing bounds it from above
	// Level of Low and High: 1 where they must hold, as long as what went in does.
	Level  float64 `json:"level"`
	Method Method  `json:"method"`
	// Definition names the formula with what changes its result.
	Definition string `json:"definition"`
	// Frequency is the mean number of these audiences that a person reached is in: the sum of
	// the audiences ÷ People, and 1 where errors of both would make it less. nil where People
	// is nil or 0.
	Frequency *float64 `json:"frequency,omitempty"`
	// Repeated are the people who are in two or more of the audiences. Some tools call their
	// share of People the overlap of the set. nil where an audience is not known in full.
	Repeated *Estimate `json:"repeated,omitempty"`
	// Exclusive are the people whom one creator reaches and none of the others, in the order
	// of the creators; empty where only shares are known, and without those who have no sketch.
	Exclusive []Exclusive          `json:"exclusive,omitempty"`
	Refusal   *byline.RefusalError `json:"refusal,omitempty"`
	Findings  []byline.Finding     `json:"findings,omitempty"`
}

// Exclusive are the people whom only this one of the creators reaches: what the set would
// lose without them.
type Exclusive struct {
	Creator byline.CreatorID `json:"creator"`
	People  Estimate         `json:"people"`
}

func (r *Reached) set(people, sum float64) {
	r.People = &people
	if people > 0 {
		frequency := max(1, sum/people)
		r.Frequency = &frequency
	}
}

func (r *Reached) refuse(why *byline.RefusalError) {
	r.People, r.Frequency, r.Refusal = nil, nil, why
}

func (r *Reached) warn(code, path, message, fix string) {
	r.Findings = append(r.Findings, byline.Finding{Code: code, Severity: byline.Warning, Path: path, Message: message, Fix: fix})
}

// noAudience refuses to count nobody's audience.
func noAudience() error {
	return &byline.RefusalError{Code: "reach.no_audience", Message: "a reach needs at least one audience", Need: 1}
}

// creatorFaults finds ids that are empty or stand twice. Codes are "reach.creator" and
// "reach.creator_twice".
func creatorFaults(list string, ids []byline.CreatorID) []*byline.FieldError {
	var faults []*byline.FieldError
	seen := make(map[byline.CreatorID]bool, len(ids))
	for i, id := range ids {
		path := fmt.Sprintf("%s[%d].creator", list, i)
		switch {
		case id == "":
			faults = append(faults, fault(path, "reach.creator", "an audience belongs to a creator"))
		case seen[id]:
			faults = append(faults, fault(path, "reach.creator_twice", "this creator stands twice"))
		}
		seen[id] = true
	}
	return faults
}
