package score

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"

	"github.com/bylinehq/byline"
)

// RankOptions are how a ranking is made. A nil *RankOptions is the zero one.
type RankOptions struct {
	// Draws asks how often a place among the first Top is kept when the weight of every
	// group is drawn anew, evenly from 80 % to 120 % of the rubric's. 0 asks nothing. The
	// cost is Draws times that of sorting all.
	Draws int
	Top   int    // 0 is 10
	Seed  uint64 // of the draws; the same seed gives the same answer
}

// Ranking is assessments in order. Whoever is not eligible has no place.
type Ranking struct {
	Rubric   string           `json:"rubric,omitempty"`
	Places   []Place          `json:"places"`
	Unranked []Unranked       `json:"unranked,omitempty"` // in the order of id and platform
	Findings []byline.Finding `json:"findings,omitempty"`
}

// Place is where an assessment stands. Best and Worst are the places that it could take
// within everybody's likely ranges: where they span the list, the order says little.
type Place struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform,omitempty"`
	Rank      int              `json:"rank"` // from 1; equal scores share a rank
	Best      int              `json:"best"`
	Worst     int              `json:"worst"`
	Score     float64          `json:"score"`
	Coverage  float64          `json:"coverage"`
	InTop     *float64         `json:"in_top,omitempty"` // the share of the draws; nil without draws
}

// Unranked is who has no place, and why.
type Unranked struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform,omitempty"`
	Verdict   Verdict          `json:"verdict"`
	Why       string           `json:"why"`
}

// Rank puts assessments in the order of their scores, equal ones in that of id and
// platform. The order they come in says nothing. All must be of one rubric, or the fault is
// "rank.rubric"; each creator and platform once, or it is "rank.twice". A finding of code
// "score.definitions" warns of a metric that was not computed the same way for all.
// It takes O(n log n).
func Rank(assessments []Assessment, o *RankOptions) (Ranking, error) {
	if o == nil {
		o = &RankOptions{}
	}
	all := slices.Clone(assessments)
	slices.SortFunc(all, compareIDs)
	if err := rankable(all); err != nil {
		return Ranking{}, err
	}
	var out Ranking
	eligible := all[:0:0]
	for _, a := range all {
		out.Rubric = a.Rubric
		if a.Verdict == Eligible {
			eligible = append(eligible, a)
			continue
		}
		out.Unranked = append(out.Unranked, Unranked{a.CreatorID, a.Platform, a.Verdict, a.whyUnranked()})
	}
	slices.SortStableFunc(eligible, func(a, b Assessment) int { return cmp.Compare(a.value(), b.value()) * -1 })
	out.Places = places(eligible)
	if o.Draws > 0 {
		drawPlaces(eligible, out.Places, *o)
	}
	out.Findings = definitions(eligible)
	return out, nil
}

func compareIDs(a, b Assessment) int {
	return cmp.Or(cmp.Compare(a.CreatorID, b.CreatorID), cmp.Compare(a.Platform, b.Platform))
}

func rankable(all []Assessment) error {
	var f faults
	for i, a := range all {
		if a.Rubric != all[0].Rubric || a.Formula != all[0].Formula {
			f.add("", "rank.rubric", fmt.Sprintf("%s was assessed by %s and %s by %s", all[0].CreatorID, all[0].Rubric, a.CreatorID, a.Rubric))
			break
		}
		if i > 0 && compareIDs(all[i-1], a) == 0 {
			f.add("", "rank.twice", fmt.Sprintf("%s was assessed twice", a.CreatorID))
		}
	}
	return byline.Faults(f)
}

func (a *Assessment) value() float64 {
	v, _ := a.Score.Value()
	return v
}

// places takes assessments in order.
func places(ordered []Assessment) []Place {
	lows, highs := make([]float64, len(ordered)), make([]float64, len(ordered))
	for i, a := range ordered {
		lows[i], highs[i] = a.Likely.Low, a.Likely.High
	}
	slices.Sort(lows)
	slices.Sort(highs)
	out := make([]Place, len(ordered))
	for i := range ordered {
		a := &ordered[i]
		p := Place{CreatorID: a.CreatorID, Platform: a.Platform, Rank: i + 1, Score: a.value(), Coverage: a.Coverage}
		if i > 0 && out[i-1].Score == p.Score {
			p.Rank = out[i-1].Rank
		}
		surelyAbove := len(lows) - sort.Search(len(lows), func(k int) bool { return lows[k] > a.Likely.High })
		surelyBelow := sort.SearchFloat64s(highs, a.Likely.Low)
		p.Best, p.Worst = 1+surelyAbove, len(ordered)-surelyBelow
		out[i] = p
	}
	return out
}

// drawPlaces counts in how many draws of the weights each is among the first.
func drawPlaces(ordered []Assessment, out []Place, o RankOptions) {
	top := o.Top
	if top <= 0 {
		top = 10
	}
	kept := make([]int, len(ordered))
	rng := rand.New(rand.NewPCG(o.Seed, 0x62796c696e65))
	type drawn struct {
		at    int
		score float64
	}
	scores := make([]drawn, len(ordered))
	for range o.Draws {
		var weights []float64
		for i := range ordered {
			for len(weights) < len(ordered[i].Groups) {
				weights = append(weights, 1+weightSlack*(2*rng.Float64()-1))
			}
			scores[i] = drawn{i, ordered[i].reweighed(weights)}
		}
		slices.SortFunc(scores, func(a, b drawn) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.at, b.at)) })
		for _, s := range scores[:min(top, len(scores))] {
			kept[s.at]++
		}
	}
	for i, n := range kept {
		share := float64(n) / float64(o.Draws)
		out[i].InTop = &share
	}
}

// reweighed is the score with the weight of each group times a factor.
func (a *Assessment) reweighed(factors []float64) float64 {
	var points, share float64
	for i, g := range a.Groups {
		points += factors[i] * g.Points
		share += factors[i] * g.Coverage
	}
	if share == 0 {
		return 0
	}
	return points / share
}

// definitions warns of metrics whose readings cannot be compared.
func definitions(all []Assessment) []byline.Finding {
	var out []byline.Finding
	first := map[string]string{}
	told := map[string]bool{}
	for _, a := range all {
		for _, k := range a.Contributions {
			if !k.Known() || told[k.Metric] {
				continue
			}
			was, seen := first[k.Metric]
			first[k.Metric] = k.Value.Definition()
			if seen && was != k.Value.Definition() {
				told[k.Metric] = true
				out = append(out, byline.Finding{
					Code: "score.definitions", Severity: byline.Warning, Path: k.Metric,
					Message: fmt.Sprintf("%s was computed in more ways than one: %s, and %s", k.name(), was, k.Value.Definition()),
					Fix:     "compute it by one definition for all, or name the definition in the rubric",
				})
			}
		}
	}
	slices.SortFunc(out, func(a, b byline.Finding) int { return cmp.Compare(a.Path, b.Path) })
	return out
}
