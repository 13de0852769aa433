package shortlist

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// screened parts the candidates who can be chosen from those who cannot, whoever else is.
type screened struct {
	eligible []int // places in the caller's slice, in the order of keys
	barred   map[int]Reason
	mixed    int // candidates left out because they are measured otherwise
}

func screen(candidates []Candidate, r Request, o Options) screened {
	s := screened{barred: map[int]Reason{}}
	never := map[byline.CreatorID]bool{}
	for _, id := range r.Never {
		never[id] = true
	}
	known := audiences(r, o)
	for i, c := range candidates {
		code, message := c.unfit(r, o, never)
		if code == "" {
			code, message = c.unknown(known, i)
		}
		if code != "" {
			s.barred[i] = Reason{Code: code, Message: message}
		} else {
			s.eligible = append(s.eligible, i)
		}
	}
	if known == nil {
		s.oneDefinition(candidates, "outcome", func(c Candidate) byline.Measure { return c.Outcome.Value })
	}
	if r.ScoreFloor > 0 {
		s.oneDefinition(candidates, "score", func(c Candidate) byline.Measure { return c.Score })
	}
	slices.SortFunc(s.eligible, func(a, b int) int { return candidates[a].compare(candidates[b].Key) })
	return s
}

// audiences returns whose audience the coverage knows, or nil where it does not say, and
// the outcomes do.
func audiences(r Request, o Options) func(i int) bool {
	if r.Objective != UniqueReach {
		return nil
	}
	if of, ok := o.Coverage().(interface{ Knows(i int) bool }); ok {
		return of.Knows
	}
	return nil
}

// unfit returns why a candidate cannot be chosen on their own.
func (c Candidate) unfit(r Request, o Options, never map[byline.CreatorID]bool) (code, message string) {
	if never[c.CreatorID] {
		return "out.never", "is on the never list"
	}
	if code, message = c.bars(o.AllowUndetermined); code != "" {
		return code, message
	}
	if c.Price == (byline.Money{}) {
		return "out.no_price", "has no price"
	}
	if code, message = (floor{"score", r.ScoreFloor, "out.no_score", "out.score_floor"}).bars(c.Score); code != "" {
		return code, message
	}
	if code, message = (floor{"coverage", r.CoverageFloor, "out.no_coverage", "out.coverage_floor"}).bars(c.Covered); code != "" {
		return code, message
	}
	if c.Price.Minor() > r.Budget.Minor() {
		return "out.over_budget", fmt.Sprintf("costs %s, more than the whole budget of %s", c.Price, r.Budget)
	}
	return "", ""
}

// unknown returns why it cannot be said what a candidate brings.
func (c Candidate) unknown(audience func(i int) bool, i int) (code, message string) {
	_, known := c.Outcome.Value.Value()
	switch {
	case audience != nil && !audience(i):
		return "out.no_audience", "has an audience that is not known"
	case audience == nil && !known:
		return "out.no_outcome", fmt.Sprintf("has no expected outcome (%s)", c.Outcome.Value.Missing())
	}
	return "", ""
}

// floor is the least that a measure must be, with the codes for none and for less. A
// floor of 0 is none.
type floor struct {
	what       string
	least      float64
	none, less string
}

func (f floor) bars(m byline.Measure) (code, message string) {
	value, known := m.Value()
	switch {
	case f.least == 0:
		return "", ""
	case !known:
		return f.none, fmt.Sprintf("has no %s (%s), and the floor is %.4g", f.what, m.Missing(), f.least)
	case value < f.least:
		return f.less, fmt.Sprintf("has a %s of %.4g, below the floor of %.4g", f.what, value, f.least)
	}
	return "", ""
}

// oneDefinition leaves out who is measured otherwise than most: such numbers cannot be
// compared. On a tie the definition that was measured last stays, then the first by name.
func (s *screened) oneDefinition(candidates []Candidate, what string, of func(Candidate) byline.Measure) {
	type use struct {
		count int
		last  int64
	}
	uses := map[string]use{}
	for _, i := range s.eligible {
		m := of(candidates[i])
		u := uses[m.Definition()]
		uses[m.Definition()] = use{u.count + 1, max(u.last, m.At().Unix())}
	}
	if len(uses) < 2 {
		return
	}
	names := make([]string, 0, len(uses))
	for name := range uses {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(uses[b].count, uses[a].count), cmp.Compare(uses[b].last, uses[a].last), cmp.Compare(a, b))
	})
	s.eligible = slices.DeleteFunc(s.eligible, func(i int) bool {
		if of(candidates[i]).Definition() == names[0] {
			return false
		}
		s.barred[i] = Reason{Code: "out.definition", Message: "has an " + what + " by another definition than most candidates"}
		s.mixed++
		return true
	})
}
