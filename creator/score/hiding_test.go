package score_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator/score"
)

// Whatever is hidden, no low end rises, and no gate that was not passed becomes passed.
func TestHidingNeverLiftsTheLowEnd(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	rng := rand.New(rand.NewPCG(11, 12))
	for range 800 {
		c := randomCandidate(rng)
		shown := s.Assess(c)
		for _, r := range c.Readings {
			hidden := s.Assess(without(c, r.Metric))
			if hidden.Missing.Low > shown.Missing.Low+1e-9 || hidden.Likely.Low > shown.Likely.Low+1e-9 {
				t.Fatalf("without %s the low ends are %v and %v, and with it %v and %v", r.Metric, hidden.Missing, hidden.Likely, shown.Missing, shown.Likely)
			}
			if hidden.Verdict == score.Eligible && shown.Verdict != score.Eligible {
				t.Fatalf("without %s the verdict is %s, and with it %s", r.Metric, hidden.Verdict, shown.Verdict)
			}
		}
	}
}

// The figures of the package's documentation: hiding the bad part pays by the score and
// not by the low end.
func TestHidingPaysByScoreAlone(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Checks, r.Limits = nil, nil
	s := scorer(t, r)
	honest := score.Candidate{CreatorID: "ada", At: day}
	for _, g := range r.Groups {
		for _, k := range g.Criteria {
			at := k.Target
			if g.Name == "sales" {
				at = k.Floor
			}
			honest = with(honest, known(k.Metric, at))
		}
	}
	hider := without(honest, "performance.orders_per_post")
	hider.CreatorID = "bruno"
	middling := complete(score.Candidate{CreatorID: "cleo", At: day}, 65)
	list := []score.Assessment{s.Assess(honest), s.Assess(hider), s.Assess(middling)}
	near(t, "the score with all shown", 60, value(t, list[0]))
	near(t, "the score with the rest hidden", 100, value(t, list[1]))
	for by, want := range map[score.Order][]string{
		score.ByScore: {"1 bruno", "2 cleo", "3 ada"},
		score.ByLow:   {"1 cleo", "2 ada", "2 bruno"},
	} {
		got, err := score.Rank(list, &score.RankOptions{By: by})
		require.NoError(t, err)
		if diff := cmp.Diff(want, order(got)); diff != "" || got.By != by {
			t.Errorf("by %s, said to be by %s (-want +got):\n%s", by, got.By, diff)
		}
	}
}
