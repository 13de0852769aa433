package score_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
)

func assessed(s *score.Scorer, id string, edit func(score.Candidate) score.Candidate) score.Assessment {
	c := edit(steady())
	c.CreatorID = byline.CreatorID(id)
	return s.Assess(c)
}

func orders(n float64) func(score.Candidate) score.Candidate {
	return func(c score.Candidate) score.Candidate { return with(c, known("performance.orders_per_post", n)) }
}

func demoList(s *score.Scorer) []score.Assessment {
	return []score.Assessment{
		assessed(s, "cleo", orders(2)), assessed(s, "ada", orders(18)), assessed(s, "dario", orders(10)), assessed(s, "bruno", orders(10)),
		assessed(s, "hugo", func(c score.Candidate) score.Candidate { c.Checks = nil; return c }),
		assessed(s, "gina", func(c score.Candidate) score.Candidate {
			return without(c, "performance.orders_per_post", "engagement.rate", "engagement.sponsored_ratio")
		}),
		assessed(s, "fred", func(c score.Candidate) score.Candidate { return with(c, known("audience.home", 0.1)) }),
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	got, err := score.Rank(demoList(s), nil)
	require.NoError(t, err)
	var lines []string
	for _, p := range got.Places {
		lines = append(lines, fmt.Sprintf("%d %s %.1f (%d to %d)", p.Rank, p.CreatorID, p.Score, p.Best, p.Worst))
	}
	for _, u := range got.Unranked {
		lines = append(lines, fmt.Sprintf("%s %s: %s", u.CreatorID, u.Verdict, u.Why))
	}
	want := []string{
		"1 ada 80.7 (1 to 3)", "2 bruno 64.7 (1 to 4)", "2 dario 64.7 (1 to 4)", "4 cleo 48.7 (2 to 4)",
		"fred barred: audience at home: 10 %; the limit is at least 30 %",
		"gina thin: 30 % of the rubric's weight is known, and a rank takes 60 %",
		"hugo held: conflict.competitor was not checked; safety.floor was not checked",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("ranking mismatch (-want +got):\n%s", diff)
	}
}

// Whoever joins or leaves a list, and whatever its order, the score of each stays and so
// does the order of any two. TOPSIS fails this, see the package's documentation.
func TestNobodyChangesAnothersScore(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	rng := rand.New(rand.NewPCG(7, 8))
	var list []score.Assessment
	for i := range 60 {
		c := randomCandidate(rng)
		c.CreatorID = byline.CreatorID(fmt.Sprintf("creator-%02d", i))
		c = with(c, known("audience.home", 0.5), sure("authenticity.fake_share", 0.2*rng.Float64()))
		list = append(list, s.Assess(c))
	}
	whole, err := score.Rank(list, &score.RankOptions{Draws: 20, Seed: 1})
	require.NoError(t, err)
	if len(whole.Places) < 20 || len(whole.Unranked) < 5 {
		t.Fatalf("%d ranked and %d not: too few to test with", len(whole.Places), len(whole.Unranked))
	}
	for range 200 {
		part := slices.Clone(list)
		rng.Shuffle(len(part), func(i, j int) { part[i], part[j] = part[j], part[i] })
		again, err := score.Rank(part, &score.RankOptions{Draws: 20, Seed: 1})
		require.NoError(t, err)
		if diff := cmp.Diff(whole, again); diff != "" {
			t.Fatalf("the order of the list matters (-want +got):\n%s", diff)
		}
		less, err := score.Rank(part[:30], nil)
		require.NoError(t, err)
		left := slices.DeleteFunc(slices.Clone(whole.Places), func(p score.Place) bool {
			return !slices.ContainsFunc(less.Places, func(q score.Place) bool { return q.CreatorID == p.CreatorID })
		})
		for i := range left {
			if left[i].CreatorID != less.Places[i].CreatorID || left[i].Score != less.Places[i].Score {
				t.Fatalf("place %d of a part is %v and not %v", i, less.Places[i], left[i])
			}
		}
	}
}

// Best and Worst hold for every score within the likely ranges.
func TestPlacesWithinRanges(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	rng := rand.New(rand.NewPCG(9, 10))
	for range 200 {
		var list []score.Assessment
		for i := range 8 {
			c := with(randomCandidate(rng), known("audience.home", 0.5), sure("authenticity.fake_share", 0.1), between("audience.fit", .5, .6, .7, 9))
			c.CreatorID = byline.CreatorID(fmt.Sprintf("creator-%d", i))
			list = append(list, s.Assess(c))
		}
		ranking, err := score.Rank(list, nil)
		require.NoError(t, err)
		byID := map[byline.CreatorID]score.Assessment{}
		for _, a := range list {
			byID[a.CreatorID] = a
		}
		for _, p := range ranking.Places {
			best, worst := 1, len(ranking.Places)
			for _, q := range ranking.Places {
				if byID[q.CreatorID].Likely.Low > byID[p.CreatorID].Likely.High {
					best++
				}
				if byID[q.CreatorID].Likely.High < byID[p.CreatorID].Likely.Low {
					worst--
				}
			}
			if p.Best != best || p.Worst != worst || p.Rank < p.Best || p.Rank > p.Worst {
				t.Fatalf("%+v, and not from %d to %d", p, best, worst)
			}
		}
	}
}

func TestRankDraws(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	sure, err := score.Rank(demoList(s), &score.RankOptions{Draws: 100, Top: 1, Seed: 3})
	require.NoError(t, err)
	if *sure.Places[0].InTop != 1 || *sure.Places[3].InTop != 0 {
		t.Errorf("in the top: %v and %v", *sure.Places[0].InTop, *sure.Places[3].InTop)
	}
	// One is better in sales, which weigh most, and the other in everything else.
	close := []score.Assessment{
		assessed(s, "ada", orders(15)),
		assessed(s, "bruno", func(c score.Candidate) score.Candidate {
			return with(orders(11.55)(c), known("audience.fit", 0.9), known("engagement.rate", 0.041))
		}),
	}
	open, err := score.Rank(close, &score.RankOptions{Draws: 2000, Top: 1, Seed: 3})
	require.NoError(t, err)
	first, second := *open.Places[0].InTop, *open.Places[1].InTop
	near(t, "the sum of both", 1, first+second)
	if second < 0.05 {
		t.Errorf("%v and %v for two who are nearly equal", first, second)
	}
	again, err := score.Rank(close, &score.RankOptions{Draws: 2000, Top: 1, Seed: 3})
	require.NoError(t, err)
	if diff := cmp.Diff(open, again); diff != "" {
		t.Errorf("the same seed gives another answer (-want +got):\n%s", diff)
	}
}

func TestRankFaults(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	newer := demoRubric()
	newer.Version = "2"
	_, err := score.Rank([]score.Assessment{s.Assess(steady()), scorer(t, newer).Assess(steady())}, nil)
	if diff := cmp.Diff([]at{{"", "rank.rubric"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	_, err = score.Rank([]score.Assessment{s.Assess(steady()), s.Assess(steady())}, nil)
	if diff := cmp.Diff([]at{{"", "rank.twice"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	none, err := score.Rank(nil, &score.RankOptions{Draws: 5})
	require.NoError(t, err)
	if len(none.Places) != 0 {
		t.Errorf("places of nobody: %v", none.Places)
	}
}

func TestRankWarnsOfDefinitions(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	other := assessed(s, "bruno", func(c score.Candidate) score.Candidate {
		return with(c, creator.Reading{Metric: "engagement.rate", Value: byline.Known(0.2, "engagement.rate{likes}/views", day)})
	})
	third := assessed(s, "dario", func(c score.Candidate) score.Candidate {
		return with(c, creator.Reading{Metric: "engagement.rate", Value: byline.Known(0.1, "engagement.rate{saves}/views", day)})
	})
	// What is missing was not computed in another way.
	fourth := assessed(s, "emma", func(c score.Candidate) score.Candidate {
		return with(c, creator.Reading{Metric: "audience.fit", Value: byline.Missing(byline.Hidden, "audience.fit;v2", day)})
	})
	got, err := score.Rank([]score.Assessment{s.Assess(steady()), other, third, fourth, assessed(s, "cleo", orders(3))}, nil)
	require.NoError(t, err)
	if len(got.Findings) != 1 || got.Findings[0].Code != "score.definitions" || got.Findings[0].Path != "engagement.rate" {
		t.Errorf("findings %+v", got.Findings)
	}
}

func BenchmarkRank(b *testing.B) {
	s := scorer(b, demoRubric())
	rng := rand.New(rand.NewPCG(1, 1))
	list := make([]score.Assessment, 10_000)
	for i := range list {
		c := with(randomCandidate(rng), known("audience.home", 0.5), sure("authenticity.fake_share", 0.1))
		c.CreatorID = byline.CreatorID(fmt.Sprint(i))
		list[i] = s.Assess(c)
	}
	for b.Loop() {
		if _, err := score.Rank(list, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func order(r score.Ranking) []string {
	var lines []string
	for _, p := range r.Places {
		lines = append(lines, fmt.Sprintf("%d %s", p.Rank, p.CreatorID))
	}
	return lines
}

// A thin sample may be luck: by the low end it stands behind a solid one.
func TestRankByLow(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	sample := func(low, v, high float64, n int) func(score.Candidate) score.Candidate {
		return func(c score.Candidate) score.Candidate {
			return with(c, between("performance.orders_per_post", low, v, high, n))
		}
	}
	list := []score.Assessment{assessed(s, "ada", sample(1, 18, 60, 1)), assessed(s, "bruno", sample(14, 16, 18, 60))}
	for by, want := range map[score.Order][]string{
		"": {"1 ada", "2 bruno"}, score.ByScore: {"1 ada", "2 bruno"}, score.ByLow: {"1 bruno", "2 ada"},
	} {
		got, err := score.Rank(list, &score.RankOptions{By: by})
		require.NoError(t, err)
		if diff := cmp.Diff(want, order(got)); diff != "" {
			t.Errorf("by %q (-want +got):\n%s", by, diff)
		}
		for _, p := range got.Places {
			a := list[0]
			if p.CreatorID == "bruno" {
				a = list[1]
			}
			if p.Low != a.Likely.Low || p.Score != value(t, a) || p.Rank < p.Best || p.Rank > p.Worst {
				t.Errorf("by %q: %+v", by, p)
			}
		}
	}
	_, err := score.Rank(list, &score.RankOptions{By: "fame"})
	if diff := cmp.Diff([]at{{"by", "rank.by"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// drawn is what an assessment would be ranked by if the weights of its groups were others.
func drawn(a score.Assessment, by score.Order, factors map[string]float64) float64 {
	var points, known, whole float64
	for _, k := range a.Contributions {
		w := factors[k.Group] * k.Weight
		whole += w
		if !k.Known() {
			continue
		}
		known += w
		if by == score.ByScore || k.Low == nil {
			points += w * k.Points
			continue
		}
		at := func(v float64) float64 { return 100 * max(0, min(1, (v-k.Floor)/(k.Target-k.Floor))) }
		points += w * min(at(*k.Low), at(*k.High))
	}
	if by == score.ByScore {
		return points / known
	}
	return points / whole
}

// The draws against draws of one's own, where one of two is not wholly known.
func TestRankDrawsAgainstOnesOwn(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	for by, rival := range map[score.Order]float64{score.ByScore: 0.0416, score.ByLow: 0.0498} {
		list := []score.Assessment{
			assessed(s, "ada", orders(12)),
			assessed(s, "bruno", func(c score.Candidate) score.Candidate {
				return without(with(orders(12)(c), sure("engagement.rate", rival)), "engagement.sponsored_ratio", "authenticity.fake_share")
			}),
		}
		list[1].Verdict = score.Eligible // the limit on fake followers is not what is asked here
		const draws = 4000
		rng := rand.New(rand.NewPCG(13, 14))
		won := 0
		for range draws {
			factors := map[string]float64{}
			for _, g := range list[0].Groups {
				factors[g.Name] = 0.8 + 0.4*rng.Float64()
			}
			if drawn(list[0], by, factors) > drawn(list[1], by, factors) {
				won++
			}
		}
		want := float64(won) / draws
		if want < 0.05 || want > 0.95 {
			t.Fatalf("by %s ada is first in %v of the draws: nothing to compare", by, want)
		}
		var shares [2]float64
		for seed := range shares {
			got, err := score.Rank(list, &score.RankOptions{By: by, Draws: draws, Top: 1, Seed: uint64(seed)})
			require.NoError(t, err)
			for _, p := range got.Places {
				if p.CreatorID == "ada" {
					shares[seed] = *p.InTop
				}
			}
			if math.Abs(shares[seed]-want) > 0.04 {
				t.Errorf("by %s ada is first in %v of the draws and not in %v", by, shares[seed], want)
			}
		}
		if shares[0] == shares[1] {
			t.Errorf("by %s two seeds give the same", by)
		}
	}
}

// A rubric that changed under its name is another rubric.
func TestRankKnowsRubricsApart(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(*score.Rubric){
		"version":  func(r *score.Rubric) { r.Version = "2" },
		"weight":   func(r *score.Rubric) { r.Groups[0].Weight = 41 },
		"floor":    func(r *score.Rubric) { r.Groups[1].Criteria[0].Floor = 0.41 },
		"target":   func(r *score.Rubric) { r.Groups[1].Criteria[0].Target = 0.91 },
		"metric":   func(r *score.Rubric) { r.Groups[1].Criteria[0].Metric = "audience.match" },
		"group":    func(r *score.Rubric) { r.Groups[1].Name = "people" },
		"coverage": func(r *score.Rubric) { r.Coverage = 0.5 },
	} {
		other := demoRubric()
		edit(&other)
		list := []score.Assessment{assessed(scorer(t, demoRubric()), "ada", orders(9)), assessed(scorer(t, other), "bruno", orders(9))}
		_, err := score.Rank(list, nil)
		if diff := cmp.Diff([]at{{"", "rank.rubric"}}, faultsOf(t, err)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
}

func TestRankKnowsFormulasApart(t *testing.T) {
	t.Parallel()
	list := demoList(scorer(t, demoRubric()))
	list[2].Formula = "byline.score/0"
	_, err := score.Rank(list, nil)
	if diff := cmp.Diff([]at{{"", "rank.rubric"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// Who is exactly equal, without any margin, may stand on either place.
func TestPlacesOfEquals(t *testing.T) {
	t.Parallel()
	s := scorer(t, score.Rubric{Name: "n", Version: "1", Groups: []score.Group{{Name: "g", Weight: 1, Criteria: []score.Criterion{{Metric: "m", Weight: 1, Target: 1}}}}})
	var list []score.Assessment
	for _, id := range []byline.CreatorID{"bruno", "ada"} {
		list = append(list, s.Assess(score.Candidate{CreatorID: id, Readings: creator.Readings{known("m", 0.5)}}))
	}
	got, err := score.Rank(list, nil)
	require.NoError(t, err)
	for i, p := range got.Places {
		if p.Rank != 1 || p.Best != 1 || p.Worst != 2 || p.CreatorID != []byline.CreatorID{"ada", "bruno"}[i] {
			t.Errorf("%+v", p)
		}
	}
}

// Top is ten where nothing is said, and all draws together fill just so many places.
func TestDrawsFillTheTop(t *testing.T) {
	t.Parallel()
	s := scorer(t, demoRubric())
	var list []score.Assessment
	for i := range 14 {
		list = append(list, assessed(s, fmt.Sprint("creator-", i), orders(float64(i))))
	}
	for top, want := range map[int]float64{0: 10, -3: 10, 4: 4, 99: 14} {
		got, err := score.Rank(list, &score.RankOptions{Draws: 20, Top: top})
		require.NoError(t, err)
		var sum float64
		for _, p := range got.Places {
			sum += *p.InTop
		}
		near(t, fmt.Sprint("the sum for the first ", top), want, sum)
	}
}

// Whatever a stored assessment claims, nobody is ranked without a score.
func TestRankTakesNoAssessmentWithoutScore(t *testing.T) {
	t.Parallel()
	got, err := score.Rank([]score.Assessment{{CreatorID: "ada", Verdict: score.Eligible}}, nil)
	require.NoError(t, err)
	if len(got.Places) != 0 || len(got.Unranked) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestRankingJSON(t *testing.T) {
	t.Parallel()
	want, err := score.Rank(demoList(scorer(t, demoRubric())), &score.RankOptions{Draws: 7, Top: 2, By: score.ByLow})
	require.NoError(t, err)
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var got score.Ranking
	require.NoError(t, json.Unmarshal(data, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
	}
}
