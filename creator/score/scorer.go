package score

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Scorer assesses by one rubric. It may be used from many goroutines.
type Scorer struct {
	rubric     Rubric
	name       string // of the rubric, with its version
	definition string // of the score
	coverage   float64
	groups     []GroupScore // with Name, Label and Weight
	criteria   []weighted
	gates      []gate
}

type weighted struct {
	Criterion
	group int
	share float64 // of the whole rubric
}

// New makes a scorer, with the faults of [Rubric.Validate] as error. Later changes of the
// rubric's slices by the caller do not reach it.
func New(r Rubric) (*Scorer, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	s := &Scorer{rubric: r.clone(), name: r.Name + "/" + r.Version, coverage: r.Coverage}
	s.definition = Formula + ";" + s.name
	if s.coverage == 0 {
		s.coverage = DefaultCoverage
	}
	whole := sum(r.Groups, func(g Group) float64 { return g.Weight })
	for i, g := range s.rubric.Groups {
		share := g.Weight / whole
		s.groups = append(s.groups, GroupScore{Name: g.Name, Label: g.Label, Weight: share})
		within := sum(g.Criteria, func(c Criterion) float64 { return c.Weight })
		for _, c := range g.Criteria {
			s.criteria = append(s.criteria, weighted{Criterion: c, group: i, share: share * (c.Weight / within)})
		}
	}
	for _, l := range s.rubric.Limits {
		s.gates = append(s.gates, l.gate())
	}
	return s, nil
}

func (r Rubric) clone() Rubric {
	r.Groups, r.Checks, r.Limits = slices.Clone(r.Groups), slices.Clone(r.Checks), slices.Clone(r.Limits)
	for i := range r.Groups {
		r.Groups[i].Criteria = slices.Clone(r.Groups[i].Criteria)
	}
	return r
}

func sum[T any](items []T, of func(T) float64) float64 {
	var total float64
	for _, it := range items {
		total += of(it)
	}
	return total
}

// Rubric returns the rubric.
func (s *Scorer) Rubric() Rubric { return s.rubric.clone() }

// Assess weighs a candidate. It takes no error: what cannot be read is missing, and the
// contribution says why. A finding of code "score.interval" warns of a reading whose bounds
// do not lie around its value. It depends on the rubric and the candidate alone. The
// assessment shares the candidate's findings and bounds; it never changes them.
func (s *Scorer) Assess(c Candidate) Assessment {
	c.Readings = ordered(c.Readings)
	a := Assessment{
		CreatorID: c.CreatorID, Platform: c.Platform, At: c.At,
		Rubric: s.name, Goal: s.rubric.Goal, Formula: Formula, Needed: s.coverage,
		Groups:        slices.Clone(s.groups),
		Contributions: make([]Contribution, len(s.criteria)),
	}
	var t tally
	for i := range s.criteria {
		w := &s.criteria[i]
		s.weigh(&c, w, &a.Contributions[i], &a.Groups[w.group], &t)
	}
	s.total(&a, t)
	a.Checks = s.checks(&c)
	a.Verdict = a.verdict()
	return a
}

// tally sums over the known criteria.
type tally struct {
	share, points float64 // of what is known
	worse, better float64 // the same with readings at the ends of their intervals
}

// weigh fills a contribution, all but what depends on the others.
func (s *Scorer) weigh(c *Candidate, w *weighted, k *Contribution, g *GroupScore, t *tally) {
	*k = Contribution{
		Metric: w.Metric, Label: w.Label, Group: g.Name, Unit: w.Unit,
		Floor: w.Floor, Target: w.Target, Weight: w.share,
	}
	r, missing := lookup(c.Readings, w.Metric, c.Platform, w.Definition)
	if r != nil {
		k.Value, k.Platform, k.Count, k.Findings = r.Value, r.Platform, r.Count, r.Findings
	}
	if missing != "" {
		k.WhyMissing = missing
		return
	}
	value, _ := r.Value.Value()
	k.Points = w.points(value)
	worse, better := k.Points, k.Points
	low, high, bounded := interval(r)
	switch {
	case bounded:
		k.Low, k.High, k.Level = r.Low, r.High, r.Level
		worse, better = w.points(low), w.points(high)
		if w.Floor > w.Target {
			worse, better = better, worse
		}
	case r.Low != nil || r.High != nil:
		k.Findings = append(slices.Clip(k.Findings), w.oddInterval())
	}
	t.share += w.share
	t.points += w.share * k.Points
	t.worse += w.share * worse
	t.better += w.share * better
	g.Coverage += w.share
	g.Points += w.share * k.Points
	g.Low += w.share * worse
}

func (w *weighted) oddInterval() byline.Finding {
	return byline.Finding{
		Code: "score.interval", Severity: byline.Warning, Path: w.Metric,
		Message: "its margin does not lie around its value, and is left out", Fix: "give both ends, with the value between them",
	}
}

// total sets the score, what each contribution adds to it, and the ranges.
func (s *Scorer) total(a *Assessment, t tally) {
	a.Coverage = math.Min(1, t.share)
	open := 100 * math.Max(0, 1-t.share)
	// A sum of shares of 100 may come out a last digit above it.
	a.Missing = Range{math.Min(100, t.points), math.Min(100, t.points+open)}
	a.Likely = Range{math.Min(100, t.worse), math.Min(100, t.better+open)}
	if t.share == 0 {
		a.Score = byline.Missing(byline.TooFew, s.definition, a.At)
		a.Weights = Range{0, 100}
		return
	}
	var total float64
	for i := range a.Contributions {
		if k := &a.Contributions[i]; k.Known() {
			k.Adds = k.Weight * k.Points / t.share
			k.Lifts = k.Weight * (k.Points - Neutral) / t.share
			total += k.Adds
		}
	}
	total = math.Min(100, total)
	a.Score = byline.Known(total, s.definition, a.At)
	a.Weights = sway(a.Groups, total)
}

// checks returns those that the rubric asks for, its limits, and whatever else was answered.
func (s *Scorer) checks(c *Candidate) []creator.Check {
	if len(s.rubric.Checks)+len(s.rubric.Limits)+len(c.Checks) == 0 {
		return nil
	}
	out := make([]creator.Check, 0, len(s.rubric.Checks)+len(s.rubric.Limits)+len(c.Checks))
	for _, code := range s.rubric.Checks {
		before := len(out)
		for _, check := range c.Checks {
			if check.Code == code {
				out = append(out, check)
			}
		}
		if len(out) == before {
			out = append(out, creator.Check{Code: code, State: creator.Undetermined, Reason: code + " was not checked", At: c.At})
		}
	}
	for i := range s.gates {
		out = append(out, s.gates[i].answer(c))
	}
	for _, check := range c.Checks {
		if !slices.Contains(s.rubric.Checks, check.Code) {
			out = append(out, check)
		}
	}
	return out
}

// verdict looks at the gates first. A check that was not asked for bars when it failed and
// holds when it is undetermined, like any other: whoever passes it in wants it heeded.
func (a *Assessment) verdict() Verdict {
	held := false
	for _, check := range a.Checks {
		switch check.State {
		case creator.Failed:
			return Barred
		case creator.Passed:
		default:
			held = true
		}
	}
	switch {
	case held:
		return Held
	case a.thin():
		return Thin
	default:
		return Eligible
	}
}

// thin reports whether too little is known for a rank.
func (a *Assessment) thin() bool {
	_, known := a.Score.Value()
	// A sum of shares may fall short of the whole by rounding.
	return !known || a.Coverage < a.Needed-1e-9
}
