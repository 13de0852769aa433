package shortlist

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// clashes are limits that plainly cannot be kept, each by itself or with one other.
func clashes(candidates []Candidate, s screened, p *problem, r Request) []*byline.FieldError {
	fields := mustFaults(candidates, s, r)
	if len(fields) > 0 {
		return fields
	}
	add := func(path, code, message string) {
		fields = append(fields, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	fields = append(fields, p.mustClashes(r)...)
	all := p.prices(nil)
	if r.Min > len(all) {
		add("min", "request.few_candidates", fmt.Sprintf("%d are wanted and %d candidates can be chosen", r.Min, len(all)))
	} else if cost := sum(all[:r.Min]); cost > float64(p.rows[budgetRow].hi) {
		add("min", "request.min_over_budget", fmt.Sprintf("the cheapest %d cost %s and the budget is %s", r.Min, p.amount(cost), r.Budget))
	}
	for i, q := range r.Quotas {
		fields = append(fields, p.quotaClashes(candidates, fmt.Sprintf("quotas[%d].min", i), q, r)...)
	}
	if len(fields) == 0 {
		fields = append(p.minClashes(candidates, Tier, r), p.minClashes(candidates, Platform, r)...)
	}
	return fields
}

// minClashes looks at the minima of one dimension together. A candidate has one tier and
// one platform, so nobody counts for two of them.
func (p *problem) minClashes(candidates []Candidate, d Dimension, r Request) []*byline.FieldError {
	count, cost := 0, 0.0
	for _, q := range r.Quotas {
		if q.Dimension == d && q.Min > 0 {
			count += q.Min
			cost += sum(p.prices(func(n int) bool { return q.covers(candidates[p.items[n].at]) })[:q.Min])
		}
	}
	if r.Max > 0 && count > r.Max {
		return []*byline.FieldError{{Path: "quotas", Code: "quota.over_max", Message: fmt.Sprintf("%d picks are wanted by %s and max is %d", count, d, r.Max)}}
	}
	if cost > float64(r.Budget.Minor()) {
		return []*byline.FieldError{{Path: "quotas", Code: "quota.over_budget", Message: fmt.Sprintf("what is wanted by %s costs %s at least, and the budget is %s", d, p.amount(cost), r.Budget)}}
	}
	return nil
}

// mustFaults looks for must-haves who cannot be chosen at all.
func mustFaults(candidates []Candidate, s screened, r Request) []*byline.FieldError {
	var fields []*byline.FieldError
	eligible := map[byline.CreatorID]bool{}
	for _, at := range s.eligible {
		eligible[candidates[at].CreatorID] = true
	}
	first := map[byline.CreatorID]Reason{}
	for at, why := range s.barred {
		id := candidates[at].CreatorID
		if known, ok := first[id]; !ok || cmp.Or(cmp.Compare(why.Code, known.Code), cmp.Compare(why.Message, known.Message)) < 0 {
			first[id] = why
		}
	}
	for i, id := range r.MustHave {
		if eligible[id] {
			continue
		}
		f := &byline.FieldError{Path: fmt.Sprintf("must_have[%d]", i), Code: "must.unknown", Message: "is not among the candidates"}
		if why, ok := first[id]; ok {
			f.Code, f.Message = "must.barred", "cannot be chosen: "+why.Message
		}
		fields = append(fields, f)
	}
	return fields
}

func (p *problem) mustClashes(r Request) []*byline.FieldError {
	var fields []*byline.FieldError
	add := func(path, code, message string) {
		fields = append(fields, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	count, cost := 0, 0.0
	for c, must := range p.must {
		if must >= 0 {
			count++
			cost += float64(p.cheapest(p.of[c]))
		}
	}
	must := map[byline.CreatorID]bool{}
	for _, id := range r.MustHave {
		must[id] = true
	}
	for i, pair := range r.Apart {
		if must[pair[0]] && must[pair[1]] {
			add(fmt.Sprintf("apart[%d]", i), "must.apart", "both are must-haves")
		}
	}
	if r.Max > 0 && count > r.Max {
		add("must_have", "must.over_max", fmt.Sprintf("%d must-haves, and max is %d", count, r.Max))
	}
	if cost > float64(p.rows[budgetRow].hi) {
		add("must_have", "must.over_budget", fmt.Sprintf("the must-haves cost %s at least, and the budget is %s", p.amount(cost), r.Budget))
	}
	return fields
}

func (p *problem) quotaClashes(candidates []Candidate, path string, q Quota, r Request) []*byline.FieldError {
	if q.Min == 0 {
		return nil
	}
	fault := func(code, message string) []*byline.FieldError {
		return []*byline.FieldError{{Path: path, Code: code, Message: message}}
	}
	members := p.prices(func(n int) bool { return q.covers(candidates[p.items[n].at]) })
	if q.Min > len(members) {
		return fault("quota.few_candidates", fmt.Sprintf("%d of %s are wanted and %d can be chosen", q.Min, q, len(members)))
	}
	if r.Max > 0 && q.Min > r.Max {
		return fault("quota.over_max", fmt.Sprintf("%d of %s are wanted and max is %d", q.Min, q, r.Max))
	}
	limit := r.Budget
	if q.Cap != (byline.Money{}) && q.Cap.Minor() < limit.Minor() {
		limit = q.Cap
	}
	if cost := sum(members[:q.Min]); cost > float64(limit.Minor()) {
		return fault("quota.over_budget", fmt.Sprintf("the cheapest %d of %s cost %s and may cost %s", q.Min, q, p.amount(cost), limit))
	}
	return nil
}

// prices are those of the items that are wanted, rising, of each creator only the cheapest
// where a creator is taken once.
func (p *problem) prices(wanted func(n int) bool) []int64 {
	var list []int64
	for _, items := range p.of {
		var own []int64
		for _, n := range items {
			if wanted == nil || wanted(int(n)) {
				own = append(own, p.items[n].price)
			}
		}
		slices.Sort(own)
		if p.one && len(own) > 1 {
			own = own[:1]
		}
		list = append(list, own...)
	}
	slices.Sort(list)
	return list
}

func (p *problem) cheapest(items []int32) int64 {
	return p.items[slices.MinFunc(items, func(a, b int32) int { return cmp.Compare(p.items[a].price, p.items[b].price) })].price
}

// sum is a float, because the prices of many may be more than an int64 holds.
func sum(prices []int64) float64 {
	total := 0.0
	for _, price := range prices {
		total += float64(price)
	}
	return total
}

func (p *problem) amount(minor float64) string {
	if minor >= math.MaxInt64 {
		return "more than can be counted"
	}
	return byline.Minor(int64(minor), p.money).String()
}

// text says a limit in words: "at most 5 of tier micro".
func (r row) text(bound string, n int64, currency byline.Currency) string {
	switch {
	case r.isMust():
		return "a must-have"
	case r.money && r.path == "budget":
		return fmt.Sprintf("the budget of %s", byline.Minor(n, currency))
	case r.money:
		return fmt.Sprintf("%s %s %s", r.name, bound, byline.Minor(n, currency))
	case r.path == "max":
		return fmt.Sprintf("%s %d picks", bound, n)
	}
	return fmt.Sprintf("%s %d of %s", bound, n, r.name)
}

// clash names limits that cannot be kept together though any part of them can: it gives up
// one limit after the other and keeps those without which there is a list.
func (p *problem) clash() []*byline.FieldError {
	if len(p.rows) > maxClash {
		return []*byline.FieldError{{Code: "request.clash", Message: "the limits cannot be kept together; there are too many of them to say which"}}
	}
	q := *p
	q.rows = slices.Clone(p.rows)
	var fields []*byline.FieldError
	keep := func(path, what string, undo func()) {
		if q.possible() {
			undo()
			fields = append(fields, &byline.FieldError{Path: path, Code: "request.clash", Message: what + " cannot be kept together with the other limits named"})
		}
	}
	for r := range q.rows {
		was := q.rows[r]
		if was.lo > 0 {
			q.rows[r].lo = 0
			keep(was.lowPath(), was.text("at least", was.lo, p.money), func() { q.rows[r].lo = was.lo })
		}
		if was.hi != limitless {
			q.rows[r].hi = limitless
			keep(was.path, was.text("at most", was.hi, p.money), func() { q.rows[r].hi = was.hi })
		}
	}
	if p.one {
		q.one = false
		keep("one_per_creator", "one platform per creator", func() { q.one = true })
	}
	if len(p.pairs) > 0 {
		q.apart, q.pairs = make([][]int32, len(p.of)), nil
		keep("apart", "creators apart", func() { q.apart, q.pairs = p.apart, p.pairs })
	}
	if len(fields) == 0 { // giving up any of them is not known to help
		fields = append(fields, &byline.FieldError{Code: "request.clash", Message: "the limits cannot be kept together"})
	}
	return fields
}

// maxClash bounds how many limits are given up one after the other.
const maxClash = 60

// possible reports whether there may be a list: none is proven impossible otherwise.
func (p *problem) possible() bool {
	zero := make([]float64, len(p.items))
	q := *p
	q.cheap, q.most = nil, 0
	q.listCheap()
	s := q.solve(zero, 200_000)
	return s.found || !s.exact
}
