package score

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Goals that presets exist for, as a campaign's objective names them.
const (
	Awareness     = "awareness"
	Consideration = "consideration"
	Conversion    = "conversion"
	Loyalty       = "loyalty"
)

// PresetVersion is the version of every preset. It changes whenever a weight or an anchor
// does.
const PresetVersion = "2026-11"

// PresetOptions fit a preset to a campaign. A nil *PresetOptions is the zero one.
type PresetOptions struct {
	// Scheme and Tier say which size of account is looked for. Views are then held against
	// the smallest account of the tier, and without them against the account's own followers.
	Scheme creator.Scheme
	Tier   string
	// OrdersPerPost is what the brand wants a post to bring; at 0 orders do not count,
	// as nobody but the brand can say how many are many.
	OrdersPerPost float64
}

// Preset returns a rubric to begin with for a goal. The weights and anchors are Byline's
// own starting points of November 2026 and no standard: read them, change them, and give the
// changed rubric a name and version of your own. What stands behind an anchor, where
// anything does, is said beside it in the source.
//
// All presets ask for the checks of package creator/safety. Engagement counts by its
// percentile, in a cohort that should be of the same tier and platform; an absolute rate has
// no place in a preset, as published ones differ fiftyfold with the platform and the formula.
//
// Faults are "preset.goal" for a goal that is none of the four, "preset.tier" for a tier
// that the scheme does not have, and "preset.orders" for orders that are no number from 0.
func Preset(goal string, o *PresetOptions) (Rubric, error) {
	if o == nil {
		o = &PresetOptions{}
	}
	weights, known := presetWeights()[goal]
	var f faults
	if !known {
		f.add("goal", "preset.goal", "there are presets for awareness, consideration, conversion and loyalty")
	}
	tier, found := o.tier()
	if !found {
		f.add("tier", "preset.tier", "the scheme has no such tier")
	}
	if !(o.OrdersPerPost >= 0 && o.OrdersPerPost <= maxAnchor) {
		f.add("orders_per_post", "preset.orders", "the orders must be a number from 0")
	}
	if len(f) > 0 {
		return Rubric{}, byline.Faults(f)
	}
	r := Rubric{
		Name: goal, Version: PresetVersion, Goal: goal,
		Checks: []string{"safety.floor", "safety.topic", "conflict.competitor", "conflict.category", "conflict.exclusivity"},
	}
	if o.Tier != "" {
		r.Name = fmt.Sprintf("%s:%s:%s", goal, o.Scheme.Name, o.Tier)
	}
	for _, g := range presetGroups(tier, o.OrdersPerPost) {
		if g.Weight = weights[g.Name]; g.Weight > 0 && len(g.Criteria) > 0 {
			r.Groups = append(r.Groups, g)
		}
	}
	return r, nil
}

// tier returns the zero tier where none is asked for.
func (o *PresetOptions) tier() (creator.Tier, bool) {
	for _, t := range o.Scheme.Tiers {
		if t.Name == o.Tier {
			return t, true
		}
	}
	return creator.Tier{}, o.Tier == ""
}

// presetWeights are the weights of the groups by goal, each set of 100.
func presetWeights() map[string]map[string]float64 {
	return map[string]map[string]float64{
		Awareness:     {"reach": 35, "audience": 25, "engagement": 15, "comments": 5, "authenticity": 15, "advertising": 5},
		Consideration: {"reach": 10, "audience": 25, "engagement": 30, "comments": 15, "authenticity": 15, "advertising": 5},
		Conversion:    {"reach": 5, "audience": 25, "engagement": 15, "comments": 5, "authenticity": 15, "advertising": 5, "delivered": 30},
		Loyalty:       {"audience": 20, "engagement": 20, "comments": 20, "authenticity": 15, "advertising": 5, "delivered": 20},
	}
}

func presetGroups(tier creator.Tier, orders float64) []Group {
	return []Group{
		{Name: "delivered", Label: "What they delivered", Criteria: presetDelivered(orders)},
		{Name: "audience", Label: "Who follows", Criteria: []Criterion{
			{Metric: "audience.fit", Label: "fit of the audience", Weight: 1, Floor: 0.4, Target: 0.85, Unit: Percent},
		}},
		{Name: "reach", Label: "Who sees the posts", Criteria: []Criterion{presetViews(tier)}},
		{Name: "engagement", Label: "How people react", Criteria: []Criterion{
			{Metric: "engagement.percentile", Label: "engagement against others", Weight: 2, Floor: 0.1, Target: 0.75, Unit: Percent},
			// Interquartile range over median of a post's rate.
			{Metric: "engagement.consistency", Label: "spread between posts", Weight: 1, Floor: 1.5, Target: 0.4, Unit: Times},
		}},
		{Name: "comments", Label: "What people write", Criteria: []Criterion{
			{Metric: "comments.duplicate_share", Label: "repeated comments", Weight: 1, Floor: 0.3, Target: 0.05, Unit: Percent},
			{Metric: "comments.generic_share", Label: "comments that fit any post", Weight: 1, Floor: 0.8, Target: 0.3, Unit: Percent},
			{Metric: "comments.negative_share", Label: "angry comments", Weight: 1, Floor: 0.3, Target: 0.05, Unit: Percent},
		}},
		{Name: "authenticity", Label: "Whether followers are real", Criteria: []Criterion{
			// Of followers of 2017, the median share of fakes was 14 to 20 %; vendors call up to
			// 25 % expected. Read 2026-11-22.
			{Metric: "authenticity.fake_share", Label: "fake followers", Weight: 2, Floor: 0.35, Target: 0.1, Unit: Percent},
			{Metric: "growth.suspicious_share", Label: "growth that nothing explains", Weight: 1, Floor: 0.3, Target: 0, Unit: Percent},
		}},
		{Name: "advertising", Label: "How much of it is advertising", Criteria: []Criterion{
			{Metric: "engagement.sponsored_ratio", Label: "sponsored against organic posts", Weight: 1, Floor: 0.4, Target: 1, Unit: Times},
			{Metric: "activity.sponsored_share", Label: "sponsored posts", Weight: 1, Floor: 0.6, Target: 0.2, Unit: Percent},
		}},
	}
}

func presetDelivered(orders float64) []Criterion {
	if orders == 0 {
		return nil
	}
	return []Criterion{
		{Metric: "performance.orders_per_post", Label: "orders per post", Weight: 3, Floor: 0, Target: orders},
		// A quarter of customers refunded is where affiliate programmes begin to look for
		// fraud. Read 2026-11-22.
		{Metric: "performance.refund_rate", Label: "refunded orders", Weight: 1, Floor: 0.25, Target: 0.05, Unit: Percent},
	}
}

// presetViews is worth everything where a usual post is seen as often as the smallest
// account of the tier has followers; a tier that begins at 0 counts from a tenth of its end.
func presetViews(t creator.Tier) Criterion {
	least := float64(t.From)
	if least == 0 {
		least = float64(t.To) / 10
	}
	if least == 0 {
		return Criterion{Metric: "engagement.view_rate", Label: "views per follower", Weight: 1, Floor: 0.02, Target: 0.5, Unit: Percent}
	}
	return Criterion{Metric: "views.median", Label: "views of a usual post", Weight: 1, Floor: least / 20, Target: least}
}
