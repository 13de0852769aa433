package score

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Scorer assesses by one rubric. It may be used from many goroutines.
type Scorer struct {
	rubric   Rubric
	name     string // of the rubric, with its version
	coverage float64
	groups   []GroupScore // with Name, Label and Weight
	criteria []weighted
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
// contribution says why. It depends on the rubric and the candidate alone.
func (s *Scorer) Assess(c Candidate) Assessment {
	c.Readings = sorted(c.Readings)
	a := Assessment{
		CreatorID: c.CreatorID, Platform: c.Platform, At: c.At,
		Rubric: s.name, Goal: s.rubric.Goal, Formula: Formula, Needed: s.coverage,
		Groups:        slices.Clone(s.groups),
		Contributions: make([]Contribution, len(s.criteria)),
	}
	var t tally
	for i := range s.criteria {
		s.weigh(&c, &s.criteria[i], &a.Contributions[i], &t)
		k := &a.Contributions[i]
		if k.Known() {
			g := &a.Groups[s.criteria[i].group]
			g.Coverage += k.Weight
			g.Points += k.Weight * k.Points
		}
	}
	s.total(&a, t)
	a.Checks = s.gates(&c)
	a.Verdict = a.verdict()
	return a
}

// sorted makes readings fit for [creator.Readings.Get].
func sorted(r creator.Readings) creator.Readings {
	for i := 1; i < len(r); i++ {
		if before(r[i], r[i-1]) {
			r = slices.Clone(r)
			creator.SortReadings(r)
			return r
		}
	}
	return r
}

func before(a, b creator.Reading) bool {
	return a.Metric < b.Metric || a.Metric == b.Metric && a.Platform < b.Platform
}

// tally sums over the known criteria.
type tally struct {
	share, points float64 // of what is known
	worse, better float64 // the same with readings at the ends of their intervals
}

// weigh fills a contribution, all but what depends on the others.
func (s *Scorer) weigh(c *Candidate, w *weighted, k *Contribution, t *tally) {
	*k = Contribution{
		Metric: w.Metric, Label: w.Label, Group: s.groups[w.group].Name, Unit: w.Unit,
		Floor: w.Floor, Target: w.Target, Weight: w.share,
	}
	r, found := c.Readings.Get(w.Metric, c.Platform)
	k.Value, k.Platform, k.Count, k.Findings = r.Value, r.Platform, r.Count, r.Findings
	value, known := r.Value.Value()
	switch {
	case !found || !known:
		k.WhyMissing = why(r, found)
		return
	case w.Definition != "" && r.Value.Definition() != w.Definition:
		k.WhyMissing = "it was computed by another formula than the rubric asks for"
		return
	case twice(c.Readings, r):
		k.WhyMissing = "there are two readings of it"
		return
	}
	k.Points = w.points(value)
	worse, better := k.Points, k.Points
	if low, high, ok := interval(r); ok {
		k.Low, k.High = r.Low, r.High
		worse, better = w.points(low), w.points(high)
		if w.Floor > w.Target {
			worse, better = better, worse
		}
	}
	t.share += w.share
	t.points += w.share * k.Points
	t.worse += w.share * worse
	t.better += w.share * better
}

// twice reports whether a reading stands there more than once.
func twice(all creator.Readings, r creator.Reading) bool {
	at, _ := slices.BinarySearchFunc(all, r, func(a, b creator.Reading) int {
		switch {
		case before(a, b):
			return -1
		case before(b, a):
			return 1
		}
		return 0
	})
	return at+1 < len(all) && all[at+1].Metric == r.Metric && all[at+1].Platform == r.Platform
}

// total sets the score, what each contribution adds to it, and the ranges.
func (s *Scorer) total(a *Assessment, t tally) {
	a.Coverage = math.Min(1, t.share)
	definition := Formula + ";" + s.name
	open := 100 * math.Max(0, 1-t.share)
	a.Missing = Range{t.points, math.Min(100, t.points+open)}
	a.Likely = Range{t.worse, math.Min(100, t.better+open)}
	if t.share == 0 {
		a.Score = byline.Missing(byline.TooFew, definition, a.At)
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
	a.Score = byline.Known(total, definition, a.At)
	a.Weights = sway(a.Groups, total)
}

// gates returns the checks that the rubric asks for, its limits, and whatever else failed.
func (s *Scorer) gates(c *Candidate) []creator.Check {
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
	for _, l := range s.rubric.Limits {
		out = append(out, l.answer(c))
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
	// A sum of shares may fall short of the whole by rounding.
	case a.Coverage < a.Needed-1e-9:
		return Thin
	default:
		return Eligible
	}
}
