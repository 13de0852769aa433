package creator

import (
	"time"

	"github.com/bylinehq/byline"
)

// Check is a question about a creator that no score may average away: is there a rival, is
// the content safe, do enough of the audience live where the goods are sold.
type Check struct {
	Code     string           `json:"code"` // stable: "conflict.competitor"
	State    State            `json:"state"`
	Reason   string           `json:"reason"`
	At       time.Time        `json:"at,omitzero"`  // the time it was answered for
	By       string           `json:"by,omitempty"` // the person who decided, where one did
	Findings []byline.Finding `json:"findings,omitempty"`
}

// State is the answer to a check. The zero State is not answered.
type State string

// Answers to a check.
const (
	Passed       State = "passed"
	Failed       State = "failed"
	Undetermined State = "undetermined" // the facts do not say; never the same as passed
)

// Answered returns the check as a person answered it who looked into it. The findings stay
// beside the answer, so that it can be seen what was known then.
func (c Check) Answered(state State, by, reason string, at time.Time) Check {
	c.State, c.By, c.Reason, c.At = state, by, reason, at
	return c
}
