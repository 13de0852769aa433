package campaign_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/internal/promise"
)

func TestGoalMetrics(t *testing.T) {
	t.Parallel()
	want := map[campaign.Goal][]campaign.Metric{
		campaign.Awareness:     {campaign.Reach, campaign.Impressions, campaign.Views},
		campaign.Consideration: {campaign.Engagements, campaign.EngagementRate, campaign.Clicks, campaign.Views, campaign.SignUps},
		campaign.Conversion:    {campaign.Orders, campaign.NewCustomers, campaign.NetSales, campaign.CostPerOrder, campaign.SignUps},
		campaign.Loyalty:       {campaign.RepeatOrders, campaign.NetSales},
		"fame":                 nil,
		"":                     nil,
	}
	for goal, metrics := range want {
		if diff := cmp.Diff(metrics, goal.Metrics()); diff != "" {
			t.Errorf("metrics of %q mismatch (-want +got):\n%s", goal, diff)
		}
		if got := goal.Metrics(); len(got) > 0 {
			got[0] = "emv"
			if goal.Metrics()[0] == "emv" {
				t.Errorf("the caller can change the metrics of %q", goal)
			}
		}
	}
	var measured []string
	for _, goal := range promise.Constants(t, "objective.go", "Goal") {
		if campaign.Goal(goal).Metrics() == nil {
			t.Errorf("goal %q has no metrics", goal)
		}
		for _, m := range campaign.Goal(goal).Metrics() {
			measured = append(measured, string(m))
		}
	}
	slices.Sort(measured)
	listed := slices.Sorted(slices.Values(promise.Constants(t, "objective.go", "Metric")))
	if diff := cmp.Diff(listed, slices.Compact(measured)); diff != "" {
		t.Errorf("metrics that no goal has, or that are no constants (-listed +measured):\n%s", diff)
	}
}

// Every pair of a goal and a metric is either of the goal's metrics or refused.
func TestEveryGoalWithEveryMetric(t *testing.T) {
	t.Parallel()
	for _, goal := range promise.Constants(t, "objective.go", "Goal") {
		for _, metric := range promise.Constants(t, "objective.go", "Metric") {
			p := goodPlan()
			p.Secondary = nil
			p.Primary.Goal, p.Primary.Metric = campaign.Goal(goal), campaign.Metric(metric)
			if metric == string(campaign.EngagementRate) {
				p.Primary.Target = p.Primary.Target.Shift(-3)
			}
			var want []at
			if !slices.Contains(p.Primary.Goal.Metrics(), p.Primary.Metric) {
				want = []at{{"primary.metric", "plan.metric"}}
			}
			_, err := campaign.New(p)
			if diff := cmp.Diff(want, faultsOf(t, err)); diff != "" {
				t.Errorf("%s by %s: faults mismatch (-want +got):\n%s", goal, metric, diff)
			}
		}
	}
}
