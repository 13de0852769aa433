package shortlist

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Key names a candidate. A creator on several platforms is several candidates.
type Key struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform,omitempty"`
	Handle    string           `json:"handle,omitempty"` // where a creator has two accounts on one platform
}

func (k Key) compare(o Key) int {
	return cmp.Or(cmp.Compare(k.CreatorID, o.CreatorID), cmp.Compare(k.Platform, o.Platform), cmp.Compare(k.Handle, o.Handle))
}

// String is the creator and, where it is known, the platform: "ada on youtube".
func (k Key) String() string {
	text := string(k.CreatorID)
	if k.Platform != "" {
		text += " on " + string(k.Platform)
	}
	return text
}

// Candidate is a creator on one platform at one price.
type Candidate struct {
	Key
	Tier    string          `json:"tier,omitempty"`    // by the caller's scheme: "micro"
	Markets []byline.Market `json:"markets,omitempty"` // a candidate counts for the quotas of all of them
	// Price is of all that the outcome is expected from. The zero Money is no price, and
	// such a candidate is not chosen; nothing to pay is an amount of 0 in a currency.
	Price   byline.Money    `json:"price"`
	Outcome Outcome         `json:"outcome"`
	Score   byline.Measure  `json:"score"`    // for [Request].ScoreFloor
	Covered byline.Measure  `json:"coverage"` // share of the score's facts that are known, for [Request].CoverageFloor
	Checks  []creator.Check `json:"checks,omitempty"`
}

// Outcome is what a candidate is expected to bring, in the unit of the objective. Low and
// High bound it; both are nil where no interval is known, which is not certainty.
type Outcome struct {
	Value byline.Measure `json:"value"`
	Low   *float64       `json:"low,omitempty"`
	High  *float64       `json:"high,omitempty"`
}

// maxOutcome keeps sums of outcomes well within what float64 can tell apart.
const maxOutcome = 1e15

func (c Candidate) faults(path string, currency byline.Currency) []*byline.FieldError {
	var fields []*byline.FieldError
	add := func(at, code, message string) {
		fields = append(fields, &byline.FieldError{Path: path + at, Code: code, Message: message})
	}
	if c.CreatorID == "" {
		add(".creator_id", "candidate.creator", "a candidate has a creator's id")
	}
	switch {
	case c.Price == byline.Money{}: // no price, which is no fault
	case c.Price.Currency() != currency && currency != "":
		add(".price", "candidate.currency", "the price is in another currency than the budget")
	case c.Price.Sign() < 0:
		add(".price", "candidate.price", "a price is not negative")
	}
	if fault := c.Outcome.fault(); fault != "" {
		add(".outcome", "candidate.outcome", fault)
	}
	for i, check := range c.Checks {
		switch check.State {
		case creator.Passed, creator.Failed, creator.Undetermined, "":
		default:
			add(fmt.Sprintf(".checks[%d].state", i), "candidate.check", "a check is passed, failed or undetermined")
		}
	}
	return fields
}

func (o Outcome) fault() string {
	value, known := o.Value.Value()
	if known && math.Abs(value) > maxOutcome {
		return "an outcome is at most 1e15"
	}
	if o.Low == nil && o.High == nil {
		return ""
	}
	if o.Low == nil || o.High == nil {
		return "an interval has a low and a high end"
	}
	low, high := *o.Low, *o.High
	// Written so that NaN is a fault too.
	if !(low >= -maxOutcome && low <= high && high <= maxOutcome) || known && (value < low || value > high) {
		return "low, value and high are in rising order"
	}
	return ""
}

// end returns one end of the interval, or the value where there is none.
func (o Outcome) ends() (low, value, high float64) {
	value, _ = o.Value.Value()
	if o.Low == nil || o.High == nil {
		return value, value, value
	}
	return *o.Low, value, *o.High
}

// bars returns why the candidate's checks keep it from being chosen, or "".
func (c Candidate) bars(allowUndetermined bool) (code, message string) {
	var open []string
	for _, check := range c.Checks {
		switch check.State {
		case creator.Failed:
			return "out.check_failed", "failed the check " + check.Code
		case creator.Passed:
		default:
			open = append(open, check.Code)
		}
	}
	if len(open) > 0 && !allowUndetermined {
		return "out.check_undetermined", "could not be determined: " + strings.Join(open, ", ")
	}
	return "", ""
}

// undetermined reports whether a check is open.
func (c Candidate) undetermined() bool {
	code, _ := c.bars(false)
	return code == "out.check_undetermined"
}
