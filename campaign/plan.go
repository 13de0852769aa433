package campaign

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// Plan is what a campaign is meant to be, as a caller writes it down. [New] checks it.
type Plan struct {
	ID        byline.CampaignID `json:"id" validate:"required"`
	Name      string            `json:"name" validate:"required,max=200"`
	Window    byline.Window     `json:"window"` // both ends set
	Markets   []byline.Market   `json:"markets" validate:"required,min=1,dive,market"`
	Budget    byline.Money      `json:"budget"`
	Primary   Objective         `json:"primary"`
	Secondary []Objective       `json:"secondary,omitempty" validate:"dive"`
}

// Campaign is a plan that holds. It is immutable; the zero value is not valid.
type Campaign struct{ plan Plan }

// New checks a plan and reports all faults at once, by JSON path and code: "required",
// "min", "max", "oneof", "unique", "market", "plan.window", "plan.window_order",
// "plan.budget", "plan.target", "plan.rate" for a rate above 1, "plan.metric" for a
// metric that cannot show the goal, "plan.metric_twice", and "plan.deadline" for a
// deadline before the campaign's start.
func New(p Plan) (*Campaign, error) {
	faults := slices.Concat(validate.Struct(p), p.listFaults(), p.windowFaults())
	if p.Budget.Sign() <= 0 || !p.Budget.Currency().Known() {
		faults = append(faults, fault("budget", "plan.budget", "a campaign needs a budget in an ISO 4217 currency"))
	}
	seen := map[Metric]bool{}
	for i, o := range p.objectives() {
		path := "primary"
		if i > 0 {
			path = fmt.Sprintf("secondary[%d]", i-1)
		}
		faults = append(faults, byline.Nest(path, byline.Faults(p.objectiveFaults(o)))...)
		if o.Metric != "" && seen[o.Metric] {
			faults = append(faults, fault(path+".metric", "plan.metric_twice", "another objective has this metric"))
		}
		seen[o.Metric] = true
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return &Campaign{plan: p.clone()}, nil
}

// Plan returns a copy of the plan.
func (c *Campaign) Plan() Plan { return c.plan.clone() }

// MarshalJSON writes the plan. There is no way back but [New], which checks it.
func (c Campaign) MarshalJSON() ([]byte, error) { return json.Marshal(c.plan) }

func (p Plan) clone() Plan {
	p.Markets, p.Secondary = slices.Clone(p.Markets), slices.Clone(p.Secondary)
	return p
}

func (p Plan) objectives() []Objective {
	return append([]Objective{p.Primary}, p.Secondary...)
}

// listFaults is no tag, because a tag that fails before dive hides the faults of the
// entries.
func (p Plan) listFaults() []*byline.FieldError {
	var faults []*byline.FieldError
	if len(slices.Compact(slices.Sorted(slices.Values(p.Markets)))) < len(p.Markets) {
		faults = append(faults, fault("markets", "unique", "must not hold the same entry twice"))
	}
	if len(p.Secondary) > 2 {
		faults = append(faults, fault("secondary", "max", "must have at most 2 entries"))
	}
	return faults
}

func (p Plan) windowFaults() []*byline.FieldError {
	switch {
	case p.Window.Start.IsZero() || p.Window.End.IsZero():
		return []*byline.FieldError{fault("window", "plan.window", "say when the campaign starts and ends")}
	case p.Window.Empty():
		return []*byline.FieldError{fault("window", "plan.window_order", "the campaign ends before it starts")}
	}
	return nil
}

// objectiveFaults stays silent on what is missing; the tags report that.
func (p Plan) objectiveFaults(o Objective) []*byline.FieldError {
	var faults []*byline.FieldError
	if o.Target.Sign() <= 0 {
		faults = append(faults, fault("target", "plan.target", "a target is more than nothing"))
	}
	if o.Metric == EngagementRate && o.Target.GreaterThan(decimal.NewFromInt(1)) {
		faults = append(faults, fault("target", "plan.rate", "a rate is at most 1"))
	}
	if o.Goal.Metrics() != nil && o.Metric != "" && !o.Goal.measuredBy(o.Metric) {
		faults = append(faults, fault("metric", "plan.metric", "this metric cannot show whether the goal is reached"))
	}
	if !o.Deadline.IsZero() && p.Window.After(o.Deadline) {
		faults = append(faults, fault("deadline", "plan.deadline", "the deadline lies before the campaign"))
	}
	return faults
}

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}
