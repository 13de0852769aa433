package score_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/score"
)

// ladder are creators who differ in one reading, each step by step, with a margin.
func ladder(s *score.Scorer, n int, step, margin float64) []score.Assessment {
	var list []score.Assessment
	for i := range n {
		c := without(steady(), "audience.fit", "engagement.rate", "engagement.sponsored_ratio")
		c = with(c, known("authenticity.fake_share", 0.1))
		at := float64(i) * step
		c = with(c, between("performance.orders_per_post", at-margin, at, at+margin, 9))
		c.CreatorID = byline.CreatorID(fmt.Sprintf("creator-%02d", i))
		c.Checks = passed()
		list = append(list, s.Assess(c))
	}
	return list
}

func spans(t *testing.T, list []score.Assessment, o *score.RankOptions) []score.Span {
	t.Helper()
	ranking, err := score.Rank(list, o)
	require.NoError(t, err)
	var out []score.Span
	for _, p := range ranking.Places {
		require.NotNil(t, p.Usual)
		if p.Usual.From < p.Best || p.Usual.To > p.Worst || p.Usual.From > p.Usual.To {
			t.Errorf("usually %+v of %d to %d", *p.Usual, p.Best, p.Worst)
		}
		out = append(out, *p.Usual)
	}
	return out
}

func TestUsualPlaces(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Coverage, r.Limits = 0.3, nil
	r.Groups[0].Criteria[0].Target = 100
	s := scorer(t, r)
	for _, by := range []score.Order{score.ByScore, score.ByLow} {
		o := &score.RankOptions{MarginDraws: 2000, Seed: 5, By: by}
		// Margins that do not meet leave one place, and equal creators any.
		if diff := cmp.Diff([]score.Span{{1, 1}, {2, 2}, {3, 3}}, spans(t, ladder(s, 3, 10, 4), o)); diff != "" {
			t.Errorf("places by %s (-want +got):\n%s", by, diff)
		}
		if diff := cmp.Diff([]score.Span{{1, 4}, {1, 4}, {1, 4}, {1, 4}}, spans(t, ladder(s, 4, 0, 5), o)); diff != "" {
			t.Errorf("places of equals by %s (-want +got):\n%s", by, diff)
		}
	}
	wide, narrow := spans(t, ladder(s, 20, 3, 12), &score.RankOptions{MarginDraws: 500}), spans(t, ladder(s, 20, 3, 4), &score.RankOptions{MarginDraws: 500})
	for i := range wide {
		if wide[i].To-wide[i].From <= narrow[i].To-narrow[i].From && i > 0 && i < 19 {
			t.Errorf("place %d: %+v with a wide margin and %+v with a narrow one", i+1, wide[i], narrow[i])
		}
	}
	if diff := cmp.Diff(wide, spans(t, ladder(s, 20, 3, 12), &score.RankOptions{MarginDraws: 500})); diff != "" {
		t.Errorf("the same seed gives other places (-want +got):\n%s", diff)
	}
	without, err := score.Rank(ladder(s, 2, 1, 1), nil)
	require.NoError(t, err)
	if without.Places[0].Usual != nil {
		t.Error("places are usual that nobody asked for")
	}
}

// Of two whose margins meet, the lesser is first as often as one triangle exceeds another.
func TestUsualPlacesFollowTheTriangle(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Coverage, r.Limits = 0.3, nil
	r.Groups[0].Criteria[0].Target = 100
	list := ladder(scorer(t, r), 2, 4, 10)
	// With 10 either way and 4 between them, the lesser is ahead in 0.25 of all cases; a
	// usual place leaves out 0.05 at an end, so both reach both places.
	if diff := cmp.Diff([]score.Span{{1, 2}, {1, 2}}, spans(t, list, &score.RankOptions{MarginDraws: 1000})); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
	// With 13 between them it is 0.01, and nobody changes places.
	apart := ladder(scorer(t, r), 2, 13, 10)
	if diff := cmp.Diff([]score.Span{{1, 1}, {2, 2}}, spans(t, apart, &score.RankOptions{MarginDraws: 1000})); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

// Margins as large as numbers go give no number that is none.
func TestUsualPlacesOfHugeMargins(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Coverage, r.Limits = 0.3, nil
	list := ladder(scorer(t, r), 3, 1, math.MaxFloat64)
	for _, s := range spans(t, list, &score.RankOptions{MarginDraws: 50}) {
		if s.From < 1 || s.To > 3 {
			t.Errorf("places %+v", s)
		}
	}
}

func BenchmarkRankMargins(b *testing.B) {
	s := scorer(b, demoRubric())
	list := ladder(s, 1000, 0.01, 3)
	for b.Loop() {
		if _, err := score.Rank(list, &score.RankOptions{MarginDraws: 200}); err != nil {
			b.Fatal(err)
		}
	}
}

// By the low end, what is missing counts as nothing in the draws too.
func TestUsualPlacesByLow(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	r.Coverage, r.Limits = 0.3, nil
	s := scorer(t, r)
	narrow := without(with(steady(), known("performance.orders_per_post", 20), known("authenticity.fake_share", 0.05)),
		"audience.fit", "engagement.rate", "engagement.sponsored_ratio")
	narrow.CreatorID = "bruno"
	list := []score.Assessment{s.Assess(with(steady(), known("performance.orders_per_post", 20))), s.Assess(narrow)}
	for by, first := range map[score.Order]byline.CreatorID{score.ByScore: "bruno", score.ByLow: "ada"} {
		ranking, err := score.Rank(list, &score.RankOptions{By: by, MarginDraws: 200})
		require.NoError(t, err)
		if p := ranking.Places[0]; p.CreatorID != first || *p.Usual != (score.Span{From: 1, To: 1}) {
			t.Errorf("by %s, %s is first and usually %+v", by, p.CreatorID, *p.Usual)
		}
	}
}
