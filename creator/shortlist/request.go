package shortlist

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Objective is the unit that a list is chosen to have most of. Any other name is a sum in
// the caller's own unit.
type Objective string

// Objectives.
const (
	ExpectedConversions Objective = "expected_conversions" // summed
	Contribution        Objective = "contribution"         // summed; may be negative
	UniqueReach         Objective = "unique_reach"         // counted by [Options].Coverage
)

// Request says what a list is for and what it must keep to. The zero value of a limit is
// no limit.
type Request struct {
	Name      string       `json:"name,omitempty"`
	Objective Objective    `json:"objective"`
	Budget    byline.Money `json:"budget"`
	Min       int          `json:"min,omitempty"` // picks; a creator on two platforms is two
	Max       int          `json:"max,omitempty"`
	Quotas    []Quota      `json:"quotas,omitempty"`
	// MustHave are on the list on at least one platform, or there is no list.
	MustHave []byline.CreatorID    `json:"must_have,omitempty"`
	Never    []byline.CreatorID    `json:"never,omitempty"`
	Apart    [][2]byline.CreatorID `json:"apart,omitempty"` // never both
	// OnePerCreator takes a creator on one platform at most.
	OnePerCreator bool    `json:"one_per_creator,omitempty"`
	ScoreFloor    float64 `json:"score_floor,omitempty"`    // a candidate without a score does not reach it
	CoverageFloor float64 `json:"coverage_floor,omitempty"` // likewise
	Reserve       int     `json:"reserve,omitempty"`        // how many reserves are wanted
}

// Quota bounds how many picks are of one kind, and what is spent on them.
type Quota struct {
	Dimension Dimension    `json:"dimension"`
	Key       string       `json:"key"`
	Min       int          `json:"min,omitempty"`
	Max       int          `json:"max,omitempty"` // 0 is no limit
	Cap       byline.Money `json:"cap"`           // of their prices together; the zero Money is no limit
}

// Dimension is what a quota divides candidates by.
type Dimension string

// Dimensions of quotas.
const (
	Tier     Dimension = "tier"
	Platform Dimension = "platform"
	Market   Dimension = "market"
)

func (q Quota) covers(c Candidate) bool {
	switch q.Dimension {
	case Tier:
		return c.Tier == q.Key
	case Platform:
		return string(c.Platform) == q.Key
	case Market:
		return slices.Contains(c.Markets, byline.Market(q.Key))
	}
	return false
}

func (q Quota) String() string { return string(q.Dimension) + " " + q.Key }

// Validate reports all faults of the request itself: "request.objective",
// "request.budget" for none and for a negative one, "request.count" for a negative or
// contradictory count and for one above 1,000,000, "request.floor", "request.creator" for
// an empty id, "request.must_never", "request.apart" for a creator apart from themselves,
// "quota.dimension", "quota.key", "quota.twice", "quota.count", and "quota.cap" for a
// negative one or one in another currency. Whether candidates can meet the request is for
// [Choose] to say.
func (r Request) Validate() error { return byline.Faults(r.faults()) }

const maxCount = 1_000_000

func badRange(low, high int) bool {
	return low < 0 || high < 0 || low > maxCount || high > maxCount || high > 0 && low > high
}

func badFloor(f float64) bool { return math.IsNaN(f) || math.IsInf(f, 0) || f < 0 }

func (r Request) faults() []*byline.FieldError {
	var fields []*byline.FieldError
	add := func(path, code, message string) {
		fields = append(fields, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if r.Objective == "" {
		add("objective", "request.objective", "an objective is named")
	}
	if r.Budget.Currency() == "" || r.Budget.Sign() < 0 {
		add("budget", "request.budget", "a budget is an amount of a currency, and not negative")
	}
	if badRange(r.Min, r.Max) {
		add("min", "request.count", "counts are from 0 to 1,000,000, and min is not above max")
	}
	if r.Reserve < 0 || r.Reserve > maxCount {
		add("reserve", "request.count", "a count is from 0 to 1,000,000")
	}
	if badFloor(r.ScoreFloor) {
		add("score_floor", "request.floor", "a floor is a number, and not negative")
	}
	if badFloor(r.CoverageFloor) {
		add("coverage_floor", "request.floor", "a floor is a number, and not negative")
	}
	return append(append(fields, r.nameFaults()...), r.quotaFaults()...)
}

func (r Request) nameFaults() []*byline.FieldError {
	var fields []*byline.FieldError
	add := func(path, code, message string) {
		fields = append(fields, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	never := map[byline.CreatorID]bool{}
	for i, id := range r.Never {
		never[id] = true
		if id == "" {
			add(fmt.Sprintf("never[%d]", i), "request.creator", "a creator has an id")
		}
	}
	for i, id := range r.MustHave {
		if id == "" {
			add(fmt.Sprintf("must_have[%d]", i), "request.creator", "a creator has an id")
		} else if never[id] {
			add(fmt.Sprintf("must_have[%d]", i), "request.must_never", "the creator is on the never list too")
		}
	}
	for i, pair := range r.Apart {
		if pair[0] == "" || pair[1] == "" {
			add(fmt.Sprintf("apart[%d]", i), "request.creator", "a creator has an id")
		} else if pair[0] == pair[1] {
			add(fmt.Sprintf("apart[%d]", i), "request.apart", "a creator cannot be kept apart from themselves")
		}
	}
	return fields
}

func (r Request) quotaFaults() []*byline.FieldError {
	var fields []*byline.FieldError
	type kind struct {
		dimension Dimension
		key       string
	}
	seen := map[kind]bool{}
	for i, q := range r.Quotas {
		add := func(at, code, message string) {
			fields = append(fields, &byline.FieldError{Path: fmt.Sprintf("quotas[%d]%s", i, at), Code: code, Message: message})
		}
		if q.Dimension != Tier && q.Dimension != Platform && q.Dimension != Market {
			add(".dimension", "quota.dimension", "a quota is by tier, platform or market")
		}
		if q.Key == "" {
			add(".key", "quota.key", "a quota names what it counts")
		}
		if seen[kind{q.Dimension, q.Key}] {
			add("", "quota.twice", "this quota stands twice")
		}
		seen[kind{q.Dimension, q.Key}] = true
		if badRange(q.Min, q.Max) {
			add(".min", "quota.count", "counts are from 0 to 1,000,000, and min is not above max")
		}
		if q.Cap != (byline.Money{}) && (q.Cap.Sign() < 0 || q.Cap.Currency() != r.Budget.Currency()) {
			add(".cap", "quota.cap", "a cap is in the currency of the budget, and not negative")
		}
	}
	return fields
}
