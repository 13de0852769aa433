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
	By Order // "" is ByScore
	// Draws asks how often a place among the first Top is kept when the weight of every
	// group is drawn anew, evenly from 80 % to 120 % of the rubric's. 0 asks nothing. The
	// cost is Draws times that of sorting all.
	Draws int
	Top   int // 0 is 10
	// MarginDraws asks for the places that are usual when every reading is drawn anew
	// within its margin, see [Place].Usual. 0 asks nothing; 200 is enough to show. The cost
	// is as much as that of as many Draws, and that of drawing each reading.
	MarginDraws int
	Seed        uint64 // of both draws; the same seed gives the same answer
}

// Order says by what assessments are ranked.
type Order string

// Orders. Under ByScore it pays to keep a bad number hidden, as far as the rubric's
// Coverage allows: what is missing does not count. Under ByLow it never pays, for what is
// missing counts as nothing and a thin sample as its worse end. But it is hard on those of
// whom a platform tells little, so it is best kept to creators of one platform; and a
// reading without an interval counts by its value, so give all of them one or none.
const (
	ByScore Order = "score" // the score over what is known
	ByLow   Order = "low"   // the low end of the likely range
)

// Ranking is assessments in order. Whoever is not eligible has no place.
type Ranking struct {
	Rubric   string           `json:"rubric,omitempty"`
	By       Order            `json:"by"`
	Places   []Place          `json:"places"`
	Unranked []Unranked       `json:"unranked,omitempty"` // in the order of id and platform
	Findings []byline.Finding `json:"findings,omitempty"`
}

// Place is where an assessment stands. Best and Worst are the places that it could take
// within everybody's likely ranges: where they span the list, the order says little.
type Place struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform,omitempty"`
	Rank      int              `json:"rank"` // from 1; who is equal in what is ranked by shares a rank
	Best      int              `json:"best"`
	Worst     int              `json:"worst"`
	Score     float64          `json:"score"`
	Low       float64          `json:"low"` // the low end of the likely range
	Coverage  float64          `json:"coverage"`
	InTop     *float64         `json:"in_top,omitempty"` // the share of the draws; nil without Draws
	// Usual are the places in nine of ten draws, in which each reading with an interval is
	// drawn between its ends, most often near its value (a triangle), and what is missing
	// stays missing. It is narrower than Best to Worst, where all are lucky or unlucky as it
	// takes. nil without MarginDraws.
	Usual *Span `json:"usual,omitempty"`
}

// Span is a run of places, both ends in it.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Unranked is who has no place, and why.
type Unranked struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform,omitempty"`
	Verdict   Verdict          `json:"verdict"`
	Why       string           `json:"why"`
}

// Rank puts assessments in order, those that are equal by id and platform. The order they
// come in says nothing. The faults are "rank.by" for an order that this version does not
// know, "rank.rubric" where not all are of one rubric (of one name, version, criteria and
// weights), and "rank.twice" for a creator who stands there twice on one platform. A
// finding of code "score.definitions" warns of a metric that was not computed the same way
// for all. It takes O(n log n).
func Rank(assessments []Assessment, o *RankOptions) (Ranking, error) {
	var opts RankOptions
	if o != nil {
		opts = *o
	}
	opts.By = cmp.Or(opts.By, ByScore)
	all := make([]*Assessment, len(assessments))
	for i := range assessments {
		all[i] = &assessments[i]
	}
	slices.SortFunc(all, compareIDs)
	if err := rankable(all, opts); err != nil {
		return Ranking{}, err
	}
	out := Ranking{By: opts.By}
	var eligible []*Assessment
	for _, a := range all {
		out.Rubric = a.Rubric
		if a.Verdict == Eligible && !a.thin() {
			eligible = append(eligible, a)
			continue
		}
		out.Unranked = append(out.Unranked, Unranked{a.CreatorID, a.Platform, a.Verdict, a.whyUnranked()})
	}
	slices.SortStableFunc(eligible, func(a, b *Assessment) int { return cmp.Compare(b.height(opts.By), a.height(opts.By)) })
	out.Places = places(eligible, opts.By)
	if opts.Draws > 0 {
		drawPlaces(eligible, out.Places, opts)
	}
	if opts.MarginDraws > 0 {
		usualPlaces(eligible, out.Places, opts)
	}
	out.Findings = definitions(eligible)
	return out, nil
}

func compareIDs(a, b *Assessment) int {
	return cmp.Or(cmp.Compare(a.CreatorID, b.CreatorID), cmp.Compare(a.Platform, b.Platform))
}

func rankable(all []*Assessment, o RankOptions) error {
	var f faults
	if o.By != ByScore && o.By != ByLow {
		f.add("by", "rank.by", "not an order this version knows")
	}
	for i, a := range all {
		if !sameRubric(a, all[0]) {
			f.add("", "rank.rubric", fmt.Sprintf("%s was assessed by %s and %s by another: %s", all[0].CreatorID, all[0].Rubric, a.CreatorID, a.Rubric))
			break
		}
		if i > 0 && compareIDs(all[i-1], a) == 0 {
			f.add("", "rank.twice", fmt.Sprintf("%s was assessed twice", a.CreatorID))
		}
	}
	return byline.Faults(f)
}

// sameRubric does not trust the name alone: a weight may have changed under it.
func sameRubric(a, b *Assessment) bool {
	return a.Rubric == b.Rubric && a.Formula == b.Formula && a.Needed == b.Needed &&
		slices.EqualFunc(a.Contributions, b.Contributions, func(x, y Contribution) bool {
			return x.Metric == y.Metric && x.Group == y.Group && x.Weight == y.Weight && x.Floor == y.Floor && x.Target == y.Target
		})
}

// height is what is ranked by.
func (a *Assessment) height(by Order) float64 {
	if by == ByLow {
		return a.Likely.Low
	}
	v, _ := a.Score.Value()
	return v
}

// places takes assessments in order.
func places(ordered []*Assessment, by Order) []Place {
	lows, highs := make([]float64, len(ordered)), make([]float64, len(ordered))
	for i, a := range ordered {
		lows[i], highs[i] = a.Likely.Low, a.Likely.High
	}
	slices.Sort(lows)
	slices.Sort(highs)
	out := make([]Place, len(ordered))
	for i, a := range ordered {
		p := Place{
			CreatorID: a.CreatorID, Platform: a.Platform, Rank: i + 1,
			Score: a.height(ByScore), Low: a.Likely.Low, Coverage: a.Coverage,
		}
		if i > 0 && ordered[i-1].height(by) == a.height(by) {
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
func drawPlaces(ordered []*Assessment, out []Place, o RankOptions) {
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
			scores[i] = drawn{i, ordered[i].reweighed(weights, o.By)}
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

// reweighed is the height with the weight of each group times a factor.
func (a *Assessment) reweighed(factors []float64, by Order) float64 {
	var points, share float64
	for i, g := range a.Groups {
		if by == ByLow {
			points += factors[i] * g.Low
			share += factors[i] * g.Weight
			continue
		}
		points += factors[i] * g.Points
		share += factors[i] * g.Coverage
	}
	if share == 0 {
		return 0
	}
	return points / share
}

// definitions warns of metrics whose readings cannot be compared.
func definitions(all []*Assessment) []byline.Finding {
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
