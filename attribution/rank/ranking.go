package rank

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// Ranking is everyone's standing, and the prior behind it.
type Ranking struct {
	Prior    Prior       `json:"prior"`
	Creators []Posterior `json:"creators"` // the best first
	// Apart holds who has less than [Options.MinSize], by id, with what is believed of them.
	Apart         []Apart `json:"apart,omitempty"`
	Order         Order   `json:"order"`
	LowerIsBetter bool    `json:"lower_is_better,omitempty"`
	Top           int     `json:"top"`   // the places that TopChance is about
	Level         float64 `json:"level"` // of the intervals
	// Method says how the chances were computed. ChanceError estimates the error of the
	// integral: the largest change of a chance when the grid has half the nodes, or by how much
	// all chances miss what they must add up to, whichever is more.
	Method      Method           `json:"method"`
	ChanceError float64          `json:"chance_error"`
	Findings    []byline.Finding `json:"findings,omitempty"`
}

// Posterior is what is believed of one creator.
type Posterior struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	// Place counts from 1. Creators whose criterion is the very same number share the
	// better place and stand by id.
	Place int `json:"place"`
	// Raw is the creator's own rate or mean, nil without data.
	Raw          *float64 `json:"raw,omitempty"`
	Mean         float64  `json:"mean"`
	SD           float64  `json:"sd"`
	Low          float64  `json:"low"`  // equal tails outside the interval
	High         float64  `json:"high"` //
	ExpectedRank float64  `json:"expected_rank"`
	TopChance    float64  `json:"top_chance"`  // to be among the first Top
	BestChance   float64  `json:"best_chance"` // to be the first
	// OwnWeight is the share of the creator's own data in Mean, the prior's is the rest.
	OwnWeight float64 `json:"own_weight"`
	// PriorOnly says that there are no data of this creator's: all of it is the prior's.
	PriorOnly bool   `json:"prior_only,omitempty"`
	Belief    Belief `json:"belief"`
}

// Apart is a creator who is not ranked. Code is "rank.too_thin"; Have and Need are in the
// unit of [Options.MinSize].
type Apart struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Code      string           `json:"code"`
	Message   string           `json:"message"`
	Have      float64          `json:"have"`
	Need      float64          `json:"need"`
	Belief    Belief           `json:"belief"`
}

// Rates ranks creators by the rate of their successes, with a beta prior.
//
// Faults are of code "rank.creator", "rank.creator_twice", "rank.trials",
// "rank.successes" and those of the options: "rank.min_creators", "rank.min_size",
// "rank.top", "rank.level", "rank.order", "rank.dispersion", "rank.prior_family",
// "rank.belief_shape", "rank.belief_parameter". Refusals are of code "rank.no_creators",
// "rank.too_few_creators", "rank.no_successes" (the likelihood is highest at a rate of 0
// for everyone, which nobody would believe), "rank.no_failures", "rank.single_trials"
// (nobody has two trials), "rank.extremes" (rates are only 0 and 1) and "rank.no_maximum".
// With [Options.Prior] only the first remains.
//
// Findings are of code "rank.no_variation", "rank.variation_uncertain", "rank.few_creators"
// and "rank.luck_first": by this prior, 1 success of 1 trial would stand above 60 of 100. Then
// who has fewer than [DefaultMinTrials] trials stands apart, unless [Options.MinSize] says
// otherwise.
func Rates(data []Trials, options *Options) (Ranking, error) {
	return rank(BetaBinomial, data, options)
}

// Counts ranks creators by the number of their events per exposure, with a gamma prior.
// Faults, refusals and findings are as for [Rates], with "rank.count" and "rank.exposure";
// "rank.no_failures", "rank.single_trials" and "rank.luck_first" do not occur.
func Counts(data []Events, options *Options) (Ranking, error) {
	return rank(GammaPoisson, data, options)
}

// Averages ranks creators by their mean, with a normal prior. Faults, refusals and
// findings are as for [Rates], with "rank.mean", "rank.standard_error" and "rank.size"; of
// the refusals "rank.no_creators", "rank.too_few_creators" and "rank.no_maximum" remain.
func Averages(data []Average, options *Options) (Ranking, error) {
	return rank(NormalNormal, data, options)
}

// observed is one creator's data of any family.
type observed interface {
	check(path string) []*byline.FieldError
	evidence(dispersion float64) evidence
}

func rank[T observed](family Family, data []T, options *Options) (Ranking, error) {
	o, fields := options.filled()
	if o.Prior != nil {
		fields = append(fields, byline.Nest("options", byline.Faults(o.Prior.checkFor(family)))...)
	}
	all := make([]evidence, len(data))
	for i, d := range data {
		fields = append(fields, d.check(fmt.Sprintf("[%d].", i))...)
		all[i] = d.evidence(o.Dispersion)
	}
	for i, id := range o.Newcomers {
		fields = append(fields, checkCreator(fmt.Sprintf("options.newcomers[%d].", i), id)...)
		all = append(all, evidence{id: id})
	}
	fields = append(fields, twice(all)...)
	if err := byline.Faults(fields); err != nil {
		return Ranking{}, err
	}
	// By id, so that the order in which creators come in changes no bit of the result.
	slices.SortFunc(all, func(a, b evidence) int { return cmp.Compare(a.id, b.id) })
	return rankAll(family, all, o)
}

func twice(all []evidence) []*byline.FieldError {
	var fields []*byline.FieldError
	seen := make(map[byline.CreatorID]bool, len(all))
	for i, e := range all {
		if seen[e.id] && e.id != "" {
			fields = append(fields, fault(fmt.Sprintf("[%d].creator_id", i), "rank.creator_twice", "the creator is listed before, newcomers coming last; add up their data"))
		}
		seen[e.id] = true
	}
	return fields
}

func rankAll(family Family, all []evidence, o Options) (Ranking, error) {
	if len(all) == 0 {
		return Ranking{}, refusal("rank.no_creators", "there is no creator to rank", 0, 1)
	}
	prior, err := priorFor(family, all, o)
	if err != nil {
		return Ranking{}, err
	}
	r := Ranking{Prior: prior, Order: o.Order, LowerIsBetter: o.LowerIsBetter, Level: o.Level, Method: Exact, Findings: prior.findings()}
	if prior.luckFirst(all, o) {
		r.Findings = append(r.Findings, luckFirst())
		o.MinSize = cmp.Or(o.MinSize, DefaultMinTrials)
	}
	enough, apart := setApart(all, prior, o.MinSize)
	r.Apart = apart
	r.Top = min(o.Top, len(enough))
	if len(enough) > 0 {
		r.stand(enough, o)
	}
	return r, nil
}

func priorFor(family Family, all []evidence, o Options) (Prior, error) {
	if o.Prior != nil {
		return *o.Prior, nil
	}
	return fit(family, all, o.MinCreators)
}

func setApart(all []evidence, prior Prior, need float64) (enough []evidence, apart []Apart) {
	for _, e := range all {
		known := prior.Family != NormalNormal || e.support > 0 || !e.any()
		if !known || e.support >= need {
			enough = append(enough, e)
			continue
		}
		apart = append(apart, Apart{
			CreatorID: e.id, Code: "rank.too_thin", Message: "too little data to be ranked", Have: e.support, Need: need, Belief: prior.update(e),
		})
	}
	return enough, apart
}

func (r *Ranking) stand(enough []evidence, o Options) {
	beliefs := make([]Belief, len(enough))
	for i, e := range enough {
		beliefs[i] = r.Prior.update(e)
	}
	s := standingsOf(beliefs, r.Top, o.LowerIsBetter)
	r.Method, r.ChanceError = s.method, s.failure
	r.Creators = make([]Posterior, len(enough))
	for i, e := range enough {
		p := r.Prior.posterior(e, beliefs[i], o.Level)
		p.ExpectedRank, p.TopChance, p.BestChance = s.rank[i], s.top[i], s.best[i]
		r.Creators[i] = p
	}
	r.sort(o.LowerIsBetter)
}

func (p Prior) posterior(e evidence, b Belief, level float64) Posterior {
	result := Posterior{
		CreatorID: e.id, Mean: b.Mean(), SD: b.SD(), Low: b.quantile((1 - level) / 2), High: b.quantile((1 + level) / 2),
		OwnWeight: p.ownWeight(e), PriorOnly: !e.any(), Belief: b,
	}
	if e.any() {
		result.Raw = &e.raw
	}
	return result
}

func (r *Ranking) sort(lower bool) {
	criterion := func(p Posterior) float64 {
		switch {
		case r.Order == ByExpectedRank:
			return p.ExpectedRank
		case lower:
			return p.Mean
		}
		return -p.Mean
	}
	// Stable, and they stand by id already.
	slices.SortStableFunc(r.Creators, func(a, b Posterior) int { return cmp.Compare(criterion(a), criterion(b)) })
	for i := range r.Creators {
		r.Creators[i].Place = i + 1
		if i > 0 && criterion(r.Creators[i]) == criterion(r.Creators[i-1]) {
			r.Creators[i].Place = r.Creators[i-1].Place
		}
	}
}
