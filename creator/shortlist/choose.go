package shortlist

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Choose makes the list of most expected outcome that keeps to a request. The order of
// candidates changes nothing but the indexes that [Options].Coverage is asked for.
//
// Sums are bounded by Lagrangian relaxation and searched by branch and bound, unique reach
// is chosen greedily, improved by swaps and bounded by what could at most be added; up to
// 48 candidates it is searched too. Where the search does not end within [Options].Nodes,
// [List].Gap says what it leaves open: of reach it is wide, some 20 to 30 %, where audiences
// overlap much. For 10,000 candidates and 50 picks it takes about a second.
//
// Faults are those of [Request.Validate], "options.count", "request.coverage" for a unique
// reach without a coverage or with one of more or fewer sketches than candidates, and of
// candidates: "candidate.creator", "candidate.twice",
// "candidate.currency", "candidate.price", "candidate.outcome", "candidate.check". Then
// those of a request that these candidates cannot meet: "must.unknown", "must.barred",
// "must.apart", "must.over_max", "must.over_budget", "request.few_candidates",
// "request.min_over_budget", "quota.few_candidates", "quota.over_max",
// "quota.over_budget", and "request.clash" for each of several limits that cannot be kept
// together, though any part of them can. An error of code "list.not_found" is a refusal:
// no list was found and none was proven impossible.
//
// Findings are of code "list.empty", "list.other_definition", "list.no_interval",
// "list.undetermined", "list.estimated", "list.gap" for a gap above 5 %, "list.reserve_short", and
// "list.coverage_doubt" where the coverage's gains grew, those of sketches by more than
// chance explains, or were no numbers, so that the bound may not hold.
//
// Who is not chosen is out by a code: "out.never", "out.check_failed",
// "out.check_undetermined", "out.no_price", "out.no_outcome", "out.no_audience", "out.definition",
// "out.no_score", "out.score_floor", "out.no_coverage", "out.coverage_floor",
// "out.over_budget", "out.apart", "out.same_creator", "out.brings_nothing",
// "out.dominated", "out.quota_full", "out.cap_reached", "out.list_full",
// "out.budget_left", "out.outweighed".
//
// Picks are in by "pick.must_have", "pick.outcome", "pick.minimum", "pick.replace",
// "pick.no_reserve" and, as a caution, "pick.undetermined".
func Choose(candidates []Candidate, r Request, o *Options) (List, error) {
	options, fields := o.filled()
	fields = append(r.faults(), fields...)
	fields = append(fields, coverageFaults(options, r, len(candidates))...)
	fields = append(fields, candidateFaults(candidates, r)...)
	if err := byline.Faults(fields); err != nil {
		return List{}, err
	}
	s := screen(candidates, r, options)
	p := newProblem(candidates, s.eligible, r)
	if err := byline.Faults(clashes(candidates, s, p, r)); err != nil {
		return List{}, err
	}
	w := &writer{candidates: candidates, request: r, options: options, screened: s, p: p}
	w.solve()
	if !w.found {
		if w.exact {
			return List{}, byline.Faults(p.clash())
		}
		return List{}, &byline.RefusalError{
			Code:    "list.not_found",
			Message: fmt.Sprintf("no list that keeps all limits was found in %d nodes; that there is none is not proven", w.nodes),
		}
	}
	return w.write(), nil
}

func coverageFaults(o Options, r Request, candidates int) []*byline.FieldError {
	fault := &byline.FieldError{Path: "objective", Code: "request.coverage", Message: "unique reach needs a coverage in the options"}
	if r.Objective != UniqueReach {
		return nil
	}
	if o.Coverage == nil {
		return []*byline.FieldError{fault}
	}
	if s, ok := o.Coverage().(*sketched); ok && len(s.sketches) != candidates {
		fault.Message = fmt.Sprintf("there are %d sketches and %d candidates", len(s.sketches), candidates)
		return []*byline.FieldError{fault}
	}
	return nil
}

func candidateFaults(candidates []Candidate, r Request) []*byline.FieldError {
	var fields []*byline.FieldError
	seen := make(map[Key]bool, len(candidates))
	for i, c := range candidates {
		path := fmt.Sprintf("candidates[%d]", i)
		fields = append(fields, c.faults(path, r.Budget.Currency())...)
		if seen[c.Key] {
			fields = append(fields, &byline.FieldError{Path: path, Code: "candidate.twice", Message: "this creator, platform and handle stand before"})
		}
		seen[c.Key] = true
	}
	return fields
}

// writer turns a solution into a list.
type writer struct {
	candidates []Candidate
	request    Request
	options    Options
	screened   screened
	p          *problem
	cover      *cover // nil for sums
	values     []float64
	solution
	list   *state
	ranked []int32   // all but the picks, who would add most first
	adds   []float64 // what each would add to the list if there were room
}

func (w *writer) solve() {
	for _, it := range w.p.items {
		w.values = append(w.values, it.value)
	}
	if w.request.Objective == UniqueReach {
		w.cover = w.p.newCover(w.options.Coverage)
		w.solution = w.cover.solve(w.options.Nodes)
	} else {
		w.solution = w.p.solve(w.values, w.options.Nodes)
	}
	w.list = newState(w.p, w.picks)
}

func (w *writer) of(n int32) Candidate { return w.candidates[w.p.items[n].at] }

func (w *writer) key(n int32) Key { return w.of(n).Key }

func (w *writer) write() List {
	l := List{
		Name: w.request.Name, Objective: w.request.Objective, Value: w.value, Bound: w.bound, Exact: w.exact, Nodes: w.nodes,
		Spent: byline.Minor(w.list.used[budgetRow], w.p.money),
		Left:  byline.Minor(w.request.Budget.Minor()-w.list.used[budgetRow], w.p.money),
	}
	if size := max(math.Abs(l.Bound), math.Abs(l.Value)); size > 0 {
		l.Gap = (l.Bound - l.Value) / size
	}
	w.ranked, w.adds = w.p.byReduced(w.values), w.values
	if w.cover != nil {
		w.ranked, w.adds = w.cover.ranked(w.picks)
	}
	swaps := w.swaps()
	l.Picks = w.writePicks(swaps)
	l.Reserve = w.reserve(swaps)
	l.Out = w.out()
	l.Low, l.High = w.interval()
	l.Binding = w.binding()
	w.steady(&l)
	l.Findings = w.findings(l)
	return l
}

// interval adds up the ends, which is the widest it can be: all are low together.
func (w *writer) interval() (low, high *float64) {
	if w.cover != nil || len(w.picks) == 0 {
		return nil, nil
	}
	var lows, highs float64
	for _, n := range w.picks {
		o := w.of(n).Outcome
		if o.Low == nil || o.High == nil {
			return nil, nil
		}
		lows, highs = lows+*o.Low, highs+*o.High
	}
	return &lows, &highs
}

func (w *writer) findings(l List) []byline.Finding {
	var list []byline.Finding
	add := func(code string, severity byline.Severity, message, fix string) {
		list = append(list, byline.Finding{Code: code, Severity: severity, Message: message, Fix: fix})
	}
	if len(l.Picks) == 0 {
		add("list.empty", byline.Warning, "nobody is chosen", "see why each candidate is out")
	}
	if w.screened.mixed > 0 {
		add("list.other_definition", byline.Warning, fmt.Sprintf("%d candidates are left out because they are measured by another definition than most", w.screened.mixed), "measure all by one definition")
	}
	if l.Low == nil && len(l.Picks) > 0 && w.cover == nil {
		add("list.no_interval", byline.Info, "a pick has no interval, so the list has none", "give the interval of every outcome")
	}
	open := 0
	for _, n := range w.picks {
		if w.of(n).undetermined() {
			open++
		}
	}
	if open > 0 {
		add("list.undetermined", byline.Warning, fmt.Sprintf("%d picks have a check that could not be answered", open), "answer it before they are asked")
	}
	if w.cover != nil && w.cover.rough {
		add("list.estimated", byline.Info, "people are estimated by sketches, and who is overestimated is chosen more easily: expect some percent fewer where many candidates are alike", "use finer sketches, or count the picks anew from ids")
	}
	if w.doubt {
		add("list.coverage_doubt", byline.Warning, "a gain of the coverage grew as others were added, or was no number: the bound may not hold", "use larger sketches, or exact sets")
	}
	if l.Gap > 0.05 {
		add("list.gap", byline.Info, fmt.Sprintf("a list may exist that brings up to %s more", number(l.Bound-l.Value)), "allow more nodes, or fewer candidates")
	}
	if len(l.Reserve) < w.request.Reserve {
		add("list.reserve_short", byline.Info, fmt.Sprintf("%d of %d reserves were found", len(l.Reserve), w.request.Reserve), "widen the request or add candidates")
	}
	return slices.Clip(list)
}
