package score_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
)

var day = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func demoRubric() score.Rubric {
	least := 0.3
	most := 0.25
	return score.Rubric{
		Name: "autumn", Version: "1", Goal: "conversion",
		Groups: []score.Group{
			{Name: "sales", Label: "What they sold", Weight: 40, Criteria: []score.Criterion{
				{Metric: "performance.orders_per_post", Label: "orders per post", Weight: 1, Floor: 0, Target: 20},
			}},
			{Name: "audience", Weight: 30, Criteria: []score.Criterion{
				{Metric: "audience.fit", Label: "fit of the audience", Weight: 2, Floor: 0.4, Target: 0.9, Unit: score.Percent},
				{Metric: "authenticity.fake_share", Label: "fake followers", Weight: 1, Floor: 0.3, Target: 0.05, Unit: score.Percent},
			}},
			{Name: "engagement", Weight: 30, Criteria: []score.Criterion{
				{Metric: "engagement.rate", Label: "engagement rate", Weight: 2, Floor: 0.01, Target: 0.05, Unit: score.Percent},
				{Metric: "engagement.sponsored_ratio", Label: "sponsored against organic posts", Weight: 1, Floor: 0.4, Target: 1, Unit: score.Times},
			}},
		},
		Checks: []string{"conflict.competitor", "safety.floor"},
		Limits: []score.Limit{
			{Metric: "audience.home", Label: "audience at home", AtLeast: &least, Unit: score.Percent},
			{Metric: "authenticity.fake_share", Label: "fake followers", AtMost: &most, Unit: score.Percent, Sure: true},
		},
	}
}

func scorer(t testing.TB, r score.Rubric) *score.Scorer {
	t.Helper()
	s, err := score.New(r)
	require.NoError(t, err)
	return s
}

func known(metric string, value float64) creator.Reading {
	return creator.Reading{Metric: metric, Value: byline.Known(value, metric+";v1", day)}
}

func between(metric string, low, value, high float64, n int) creator.Reading {
	r := known(metric, value)
	r.Low, r.High, r.Level, r.Count = &low, &high, 0.95, n
	return r
}

func missing(metric string, why byline.MissingReason) creator.Reading {
	return creator.Reading{Metric: metric, Value: byline.Missing(why, metric+";v1", day)}
}

func passed() []creator.Check {
	return []creator.Check{
		{Code: "conflict.competitor", State: creator.Passed, Reason: "No rival in the 90 days before 22 Nov 2026.", At: day},
		{Code: "safety.floor", State: creator.Passed, Reason: "Nothing found in 120 posts since May.", By: "Bruno", At: day},
	}
}

// steady is known in everything that the demo rubric asks for.
func steady() score.Candidate {
	return score.Candidate{
		CreatorID: "ada", Platform: byline.Instagram, At: day, Checks: passed(),
		Readings: creator.Readings{
			between("audience.fit", 0.7, 0.78, 0.84, 0),
			known("audience.home", 0.62),
			between("authenticity.fake_share", 0.06, 0.1, 0.15, 300),
			between("engagement.rate", 0.031, 0.038, 0.046, 12),
			between("engagement.sponsored_ratio", 0.6, 0.85, 1.1, 5),
			between("performance.orders_per_post", 9, 14, 20, 11),
		},
	}
}

func without(c score.Candidate, metrics ...string) score.Candidate {
	var kept creator.Readings
	for _, r := range c.Readings {
		drop := false
		for _, m := range metrics {
			drop = drop || r.Metric == m
		}
		if !drop {
			kept = append(kept, r)
		}
	}
	c.Readings = kept
	return c
}

func with(c score.Candidate, changed ...creator.Reading) score.Candidate {
	for _, r := range changed {
		c = without(c, r.Metric)
		c.Readings = append(c.Readings, r)
	}
	creator.SortReadings(c.Readings)
	return c
}

// sure is a reading with an interval that leaves no doubt.
func sure(metric string, value float64) creator.Reading {
	return between(metric, value, value, value, 9)
}
