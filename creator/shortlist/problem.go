package shortlist

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// limitless is the high end of a row without one.
const limitless = math.MaxInt64

// row is a limit on a count of picks or on what they cost.
type row struct {
	name   string
	path   string // of the high end in the request; the low end of a quota is its min
	money  bool
	lo, hi int64
}

// item is a candidate who can be chosen.
type item struct {
	at      int // place in the caller's slice
	value   float64
	price   int64
	creator int32
	rows    []int32
}

// problem is a request with the candidates who can be chosen, in the order of their keys,
// so that the order in which they came changes nothing.
type problem struct {
	items []item
	rows  []row
	apart [][]int32 // by creator
	of    [][]int32 // items by creator
	must  []int32   // by creator: the row that says so, or -1
	one   bool      // a creator at most once
	money byline.Currency
	cheap []int32 // who may fill a minimum, see listCheap
	pairs [][2]int32
	most  int64 // picks that the budget pays for
}

// lowPath is the place of a row's low end in the request.
func (r row) lowPath() string {
	if before, ok := strings.CutSuffix(r.path, "max"); ok {
		return before + "min"
	}
	return r.path
}

// isMust reports whether a row says that a creator must be on the list.
func (r row) isMust() bool { return r.name == mustRow }

const mustRow = "must-have"

// Places of the first two rows.
const (
	budgetRow = 0
	countRow  = 1
)

func newProblem(candidates []Candidate, eligible []int, r Request) *problem {
	p := &problem{one: r.OnePerCreator, money: r.Budget.Currency()}
	p.rows = append(p.rows,
		row{name: "budget", path: "budget", money: true, hi: r.Budget.Minor()},
		row{name: "count", path: "max", lo: int64(r.Min), hi: orLimitless(r.Max)})
	creators := map[byline.CreatorID]int32{}
	for n, at := range eligible {
		c := candidates[at]
		id, seen := creators[c.CreatorID]
		if !seen {
			id = int32(len(creators))
			creators[c.CreatorID] = id
			p.of = append(p.of, nil)
		}
		value, _ := c.Outcome.Value.Value()
		p.items = append(p.items, item{at: at, value: value, price: c.Price.Minor(), creator: id, rows: []int32{budgetRow, countRow}})
		p.of[id] = append(p.of[id], int32(n))
	}
	for i, q := range r.Quotas {
		p.quota(candidates, i, q)
	}
	p.name(creators, r)
	p.listCheap()
	return p
}

func orLimitless(n int) int64 {
	if n == 0 {
		return limitless
	}
	return int64(n)
}

func (p *problem) quota(candidates []Candidate, i int, q Quota) {
	var added []int32
	if q.Min > 0 || q.Max > 0 {
		added = append(added, int32(len(p.rows)))
		p.rows = append(p.rows, row{name: q.String(), path: fmt.Sprintf("quotas[%d].max", i), lo: int64(q.Min), hi: orLimitless(q.Max)})
	}
	if q.Cap != (byline.Money{}) {
		added = append(added, int32(len(p.rows)))
		p.rows = append(p.rows, row{name: "spend on " + q.String(), path: fmt.Sprintf("quotas[%d].cap", i), money: true, hi: q.Cap.Minor()})
	}
	for n := range p.items {
		if q.covers(candidates[p.items[n].at]) {
			p.items[n].rows = append(p.items[n].rows, added...)
		}
	}
}

// name turns the ids of must-have and apart into creators. Who is no candidate is left out:
// [clashes] has looked at must-have, and the others then hold by themselves.
func (p *problem) name(creators map[byline.CreatorID]int32, r Request) {
	p.must, p.apart = make([]int32, len(p.of)), make([][]int32, len(p.of))
	for c := range p.must {
		p.must[c] = -1
	}
	for i, id := range r.MustHave {
		c, ok := creators[id]
		if !ok || p.must[c] >= 0 {
			continue
		}
		p.must[c] = int32(len(p.rows))
		for _, n := range p.of[c] {
			p.items[n].rows = append(p.items[n].rows, int32(len(p.rows)))
		}
		p.rows = append(p.rows, row{name: mustRow, path: fmt.Sprintf("must_have[%d]", i), lo: 1, hi: limitless})
	}
	for _, pair := range r.Apart {
		a, okA := creators[pair[0]]
		b, okB := creators[pair[1]]
		if okA && okB {
			p.pairs = append(p.pairs, [2]int32{min(a, b), max(a, b)})
		}
	}
	slices.SortFunc(p.pairs, func(x, y [2]int32) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	p.pairs = slices.Compact(p.pairs)
	for _, pair := range p.pairs {
		a, b := pair[0], pair[1]
		p.apart[a], p.apart[b] = append(p.apart[a], b), append(p.apart[b], a)
	}
}

// listCheap keeps the cheapest of every row that has a minimum, by which a started list is
// completed, enough of them that clashes leave some. It also counts how many the budget
// pays for at most.
func (p *problem) listCheap() {
	const each = 300
	byPrice := make([]int32, len(p.items))
	for n := range byPrice {
		byPrice[n] = int32(n)
	}
	slices.SortStableFunc(byPrice, func(a, b int32) int { return cmp.Compare(p.items[a].price, p.items[b].price) })
	taken := make([]int, len(p.rows))
	spent := int64(0)
	for _, n := range byPrice {
		if p.items[n].price > p.rows[budgetRow].hi-spent {
			break
		}
		spent += p.items[n].price
		p.most++
	}
	for _, n := range byPrice {
		keep := false
		for _, r := range p.items[n].rows {
			if p.rows[r].lo > 0 && taken[r] < each {
				taken[r]++
				keep = true
			}
		}
		if keep {
			p.cheap = append(p.cheap, n)
		}
	}
}

// use is what an item takes of a row it is in.
func (p *problem) use(n, r int32) int64 {
	if p.rows[r].money {
		return p.items[n].price
	}
	return 1
}

// state is a list being made. It never exceeds the high end of a row.
type state struct {
	p     *problem
	in    []bool
	per   []int32 // picks by creator
	used  []int64 // by row
	picks []int32 // in no order
	lack  int64   // picks that minima lack, by row
}

func newState(p *problem, picks []int32) *state {
	s := &state{p: p, in: make([]bool, len(p.items)), per: make([]int32, len(p.of)), used: make([]int64, len(p.rows))}
	for _, r := range p.rows {
		s.lack += r.lo
	}
	for _, n := range picks {
		s.add(n)
	}
	return s
}

func (s *state) clone() *state {
	c := *s
	c.in, c.per, c.used, c.picks = slices.Clone(s.in), slices.Clone(s.per), slices.Clone(s.used), slices.Clone(s.picks)
	return &c
}

// full returns a row that has no room for the item, or -1.
func (s *state) full(n int32) int32 {
	for _, r := range s.p.items[n].rows {
		if s.p.use(n, r) > s.p.rows[r].hi-s.used[r] {
			return r
		}
	}
	return -1
}

// rival returns a creator on the list beside whom the item cannot be, or -1.
func (s *state) rival(n int32) int32 {
	c := s.p.items[n].creator
	if s.p.one && s.per[c] > 0 {
		return c
	}
	for _, other := range s.p.apart[c] {
		if s.per[other] > 0 {
			return other
		}
	}
	return -1
}

func (s *state) fits(n int32) bool { return !s.in[n] && s.full(n) < 0 && s.rival(n) < 0 }

func (s *state) add(n int32) {
	s.in[n] = true
	s.per[s.p.items[n].creator]++
	for _, r := range s.p.items[n].rows {
		if s.used[r] < s.p.rows[r].lo {
			s.lack--
		}
		s.used[r] += s.p.use(n, r)
	}
	s.picks = append(s.picks, n)
}

func (s *state) drop(n int32) {
	at := slices.Index(s.picks, n)
	last := len(s.picks) - 1
	s.picks[at], s.picks[last] = s.picks[last], n
	s.pop()
}

// pop drops what was added last.
func (s *state) pop() {
	n := s.picks[len(s.picks)-1]
	s.picks = s.picks[:len(s.picks)-1]
	s.in[n] = false
	s.per[s.p.items[n].creator]--
	for _, r := range s.p.items[n].rows {
		s.used[r] -= s.p.use(n, r)
		if s.used[r] < s.p.rows[r].lo {
			s.lack++
		}
	}
}

// short reports whether a minimum is not reached.
func (s *state) short() bool { return s.lack > 0 }

// fills counts the minima not reached that an item is part of.
func (s *state) fills(n int32) int64 {
	count := int64(0)
	for _, r := range s.p.items[n].rows {
		if s.used[r] < s.p.rows[r].lo {
			count++
		}
	}
	return count
}

// complete adds the cheapest candidates for what minima lack, and reports whether all are
// then reached. That it fails is no proof that it cannot be done.
func (s *state) complete() bool {
	for s.short() {
		best, share := int32(-1), 0.0
		for _, n := range s.p.cheap {
			fills := s.fills(n)
			if fills == 0 || !s.fits(n) {
				continue
			}
			// One unit more, so that among the free ones who fills most is best.
			if each := (float64(s.p.items[n].price) + 1) / float64(fills); best < 0 || each < share {
				best, share = n, each
			}
		}
		if best < 0 {
			return false
		}
		s.add(best)
	}
	return true
}

// guard keeps a list that is being made one that can be completed. It remembers what
// completed it the last time, which mostly does it again, and after some failures looks no
// further than that.
type guard struct {
	plan  []int32
	fails int
}

const maxFails = 60

func (g *guard) allows(s *state) bool {
	if !s.short() {
		return true
	}
	t := s.clone()
	for _, n := range g.plan {
		if t.fills(n) > 0 && t.fits(n) {
			t.add(n)
		}
	}
	ok := !t.short()
	if !ok && g.fails < maxFails {
		if ok = t.complete(); !ok {
			g.fails++
		}
	}
	if ok {
		g.plan = slices.Clone(t.picks[len(s.picks):])
	}
	return ok
}

// sorted returns the picks in the order of keys.
func (s *state) sorted() []int32 { return slices.Sorted(slices.Values(s.picks)) }
