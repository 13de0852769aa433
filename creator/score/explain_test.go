package score_test

import (
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
