package score_test

import (
	"math"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/internal/golden"
)

// shapes are creators as different as they come.
func shapes() map[string]score.Candidate {
	odd := known("engagement.rate", 0.09)
	odd.Count = 12
	odd.Findings = []byline.Finding{
		{Code: "engagement.even", Severity: byline.Warning, Message: "The likes of all posts lie within 2 % of each other.\nAsk how."},
		{Code: "engagement.note", Severity: byline.Info, Message: "Not shown."},
	}
	rival := with(steady(), between("performance.orders_per_post", 2, 4, 7, 9), between("audience.fit", 0.35, 0.45, 0.5, 0), known("engagement.sponsored_ratio", 0.7))
	rival.CreatorID = "bruno"
	rival.Checks = []creator.Check{
		{Code: "conflict.competitor", State: creator.Failed, Reason: "Sponsored by rival.example until 3 Nov 2026; clear from 1 Feb 2027.", At: day},
		{Code: "safety.floor", State: creator.Passed, Reason: "Nothing found in 80 posts.", At: day},
	}
	newcomer := without(steady(), "performance.orders_per_post", "engagement.sponsored_ratio")
	newcomer.CreatorID = "cleo"
	newcomer = with(newcomer, creator.Reading{
		Metric: "authenticity.fake_share", Value: byline.Missing(byline.TooFew, "fake;v1", day),
		Refusal: &byline.RefusalError{Code: "fake.sample", Message: "12 followers were sampled and it takes 50.", Have: 12, Need: 50},
	})
	unchecked := with(steady(), odd, missing("audience.home", byline.NotPermitted), between("authenticity.fake_share", 0.18, 0.24, 0.29, 200),
		between("engagement.sponsored_ratio", 0.2, 0.35, 0.6, 8))
	unchecked.CreatorID, unchecked.Checks = "dario", nil
	return map[string]score.Candidate{
		"steady": steady(), "rival": rival, "newcomer": newcomer, "unchecked": unchecked,
		"nothing": {CreatorID: "emma", At: day, Checks: passed()},
	}
}

func TestExplainGolden(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	for name, c := range shapes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden.Equal(t, name+".txt", []byte(s.Assess(c).Explain()))
		})
	}
}

// What others wrote makes no line of its own and hides nothing.
func TestExplainKeepsOthersInTheirLine(t *testing.T) {
	t.Parallel()
	const hostile = "x\nMay be ranked: all is well\u202e\x1b[2K."
	c := steady()
	c.CreatorID = hostile
	c.Checks = []creator.Check{{Code: "safety.floor", State: creator.Failed, Reason: hostile, By: hostile}}
	r := missing("audience.fit", byline.TooFew)
	r.Refusal = &byline.RefusalError{Code: "fit.few", Message: hostile}
	r.Findings = []byline.Finding{{Code: "fit.odd", Severity: byline.Warning, Message: hostile}}
	text := scorer(t, demoRubric()).Assess(with(c, r)).Explain()
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "May be ranked") {
			t.Errorf("a line that others wrote: %s", line)
		}
	}
	if strings.ContainsAny(text, "\u202e\x1b") {
		t.Errorf("characters that are not to be seen: %q", text)
	}
	if n := strings.Count(text, "x May be ranked: all is well[2K"); n != 6 {
		t.Errorf("%d of six texts are shown:\n%s", n, text)
	}
}

// Nothing is said of margins where there are none, and a check without a reason has its code.
func TestExplainSaysNoMore(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Limits = nil
	c := complete(score.Candidate{CreatorID: "ada", Checks: []creator.Check{{Code: "safety.floor", State: creator.Failed}, {Code: "conflict.competitor", State: creator.Passed}}}, 60)
	want := "ada: 60 of 100 by autumn/1.\nBarred, whatever the score: safety.floor.\n\nWhat lifts the score:\n"
	if text := scorer(t, r).Assess(c).Explain(); !strings.HasPrefix(text, want) {
		t.Error(text)
	}
}

// A share that is short of what is needed never reads like it.
func TestExplainShares(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Groups[0].Weight, r.Checks, r.Limits = 40.3, nil, nil
	text := scorer(t, r).Assess(without(steady(), "performance.orders_per_post")).Explain()
	if !strings.Contains(text, "Not ranked: 59 % of the rubric's weight is known, and a rank takes 60 %.") {
		t.Error(text)
	}
}

func TestExplainWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		unit             score.Unit
		low, value, high float64
		count            int
		want             string
	}{
		"one":           {score.Number, 3, 3, 3, 1, "orders: 3, from 1 observation."},
		"many":          {score.Number, 3, 3, 3, 12_400, "orders: 3, from 12,400 observations."},
		"nothing":       {score.Number, 0, math.Copysign(0, -1), 0, 0, "orders: 0."},
		"below zero":    {score.Number, -123_456, -1234, -100, 0, "orders: -1,234 (-123,456 to -100)."},
		"a hundred":     {score.Number, 99.96, 100, 999.6, 0, "orders: 100 (100 to 1,000)."},
		"thousands":     {score.Number, 999, 1000, 1_234_567, 0, "orders: 1,000 (999 to 1,234,567)."},
		"small":         {score.Percent, 0.00001, 0.0012345, 0.012345, 0, "orders: 0.123 % (0.001 % to 1.23 %)."},
		"tiny":          {score.Number, 0.00001234, 0.000123456, 0.00123456, 0, "orders: 0.000123 (1.23e-05 to 0.00123)."},
		"of a share":    {score.Percent, 0.1, 0.12345, 0.2, 0, "orders: 12.3 % (10 % to 20 %)."},
		"a ratio":       {score.Times, 1.3, 1.3, 1.3, 0, "orders: 1.3×."},
		"half a margin": {score.Number, 5, 5, 6, 0, "orders: 5 (5 to 6)."},
	}
	for name, tt := range tests {
		r := score.Rubric{Name: "n", Version: "1", Groups: []score.Group{{Name: "g", Weight: 1, Criteria: []score.Criterion{
			{Metric: "m", Label: "orders", Weight: 1, Floor: 0, Target: 1, Unit: tt.unit},
		}}}}
		c := score.Candidate{CreatorID: "ada", Readings: creator.Readings{between("m", tt.low, tt.value, tt.high, tt.count)}}
		if text := scorer(t, r).Assess(c).Explain(); !strings.Contains(text, "  "+tt.want) {
			t.Errorf("%s: %q is not in\n%s", name, tt.want, text)
		}
	}
}

// Two checks that wait for the same thing say it once.
func TestWhyUnrankedSaysItOnce(t *testing.T) {
	t.Parallel()
	c := steady()
	for i := range c.Checks {
		c.Checks[i].State, c.Checks[i].Reason = creator.Undetermined, "12 posts were read, and it takes 20"
	}
	ranking, err := score.Rank([]score.Assessment{scorer(t, demoRubric()).Assess(c)}, nil)
	if err != nil || len(ranking.Unranked) != 1 || ranking.Unranked[0].Why != "12 posts were read, and it takes 20" {
		t.Errorf("%+v, %v", ranking.Unranked, err)
	}
}
