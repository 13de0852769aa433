package search

import (
	"cmp"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Result is whom a query found, and why.
type Result struct {
	Searched int    `json:"searched"` // creators in the index
	Found    int    `json:"found"`    // hits on all pages
	Hits     []Hit  `json:"hits"`     // this page
	Unsure   int    `json:"unsure"`   // who stands apart, on all pages
	Apart    []Hit  `json:"apart"`    // this page, by id
	Facets   []Fact `json:"facets"`   // a line for each clause
}

// Hit is a creator of a result.
type Hit struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	OrderedBy *float64         `json:"ordered_by,omitempty"` // nil where it is missing or nothing was asked for
	Because   []Reason         `json:"because,omitempty"`    // the clauses that hold
	Unknown   []string         `json:"unknown,omitempty"`    // the clauses that the facts do not answer
}

// Reason says what made a clause hold. Clause is its JSON path in the query.
type Reason struct {
	Clause string `json:"clause"`
	Found  string `json:"found"`
}

// Fact says what a clause does on its own, over everybody searched: Passed, Removed and
// NoData add up to them. OnlyHere counts those whom this clause removes and no other, with
// NoData taken as the clause declares. Hint is there where nobody has the reading that a
// [Range] asks for, and says on which platforms and by which definitions it is known.
type Fact struct {
	Clause   string  `json:"clause"`
	Passed   int     `json:"passed"`
	Removed  int     `json:"removed"`
	NoData   int     `json:"no_data"`
	Missing  Missing `json:"missing"`
	OnlyHere int     `json:"only_here"`
	Hint     string  `json:"hint,omitempty"`
}

// Search finds creators. Errors are those of [Query.Validate], and "search.definition" where
// a metric is asked for whose definitions differ. Time is linear in the creators and the
// clauses, and O(n log k) more for the order.
func (x *Index) Search(q *Query) (Result, error) {
	if q == nil {
		q = &Query{}
	}
	if err := q.Validate(); err != nil {
		return Result{}, err
	}
	p := &planner{index: x, query: q}
	p.plan()
	var order resolved
	if o := q.Order; o != nil {
		order = p.column("order", numberKey{o.Metric, o.Platform, o.Definition})
	}
	if err := byline.Faults(p.faults); err != nil {
		return Result{}, err
	}
	hits, apart, facts := x.combine(p.clauses)
	r := Result{Searched: x.Len(), Found: hits.count(), Unsure: apart.count(), Facets: facts}
	page := page{clauses: p.clauses, index: x, limit: cmp.Or(q.Limit, DefaultLimit), offset: q.Offset}
	r.Hits = page.hits(x.sorted(hits, q.Order, order.column, page))
	r.Apart = page.hits(page.byID(apart))
	return r, nil
}

// combine takes all clauses together. The two bitmaps are disjoint.
func (x *Index) combine(clauses []clause) (hits, apart bitmap, facts []Fact) {
	n := len(x.ids)
	once, twice := newBitmap(n), newBitmap(n) // rows that one clause removes, and more than one
	apart = newBitmap(n)
	removals := make([]bitmap, len(clauses))
	facts = make([]Fact, len(clauses))
	for i, c := range clauses {
		unknown := slices.Clone(x.live)
		unknown.andNot(c.answer.yes)
		unknown.andNot(c.answer.no)
		removed := slices.Clone(c.answer.no)
		removed.and(x.live)
		facts[i] = Fact{Clause: c.path, Missing: c.missing, Hint: c.hint, Removed: removed.count(), NoData: unknown.count()}
		facts[i].Passed = x.Len() - facts[i].Removed - facts[i].NoData
		switch c.missing {
		case Exclude:
			removed.or(unknown)
		case ShowApart:
			apart.or(unknown)
		}
		for w := range removed {
			twice[w] |= once[w] & removed[w]
			once[w] |= removed[w]
		}
		removals[i] = removed
	}
	for i, removed := range removals {
		removed.andNot(twice)
		facts[i].OnlyHere = removed.count()
	}
	hits = slices.Clone(x.live)
	hits.andNot(once)
	apart.andNot(once)
	hits.andNot(apart)
	return hits, apart, facts
}

// place is a row with what it is ordered by.
type place struct {
	row   uint32
	value float64
	known bool
}

// page is the part of a result that is asked for.
type page struct {
	index         *Index
	clauses       []clause
	limit, offset int
}

func (p page) byID(rows bitmap) []place {
	var places []place
	skip := p.offset
	rows.each(func(row uint32) bool {
		if skip > 0 {
			skip--
			return true
		}
		places = append(places, place{row: row})
		return len(places) < p.limit
	})
	return places
}

// sorted returns the page of the hits in their order.
func (x *Index) sorted(hits bitmap, o *Order, c *column, p page) []place {
	if o == nil {
		return p.byID(hits)
	}
	before := func(a, b place) int {
		if a.known && b.known && a.value != b.value {
			if o.Descending {
				return cmp.Compare(b.value, a.value)
			}
			return cmp.Compare(a.value, b.value)
		}
		if a.known != b.known {
			if a.known {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.row, b.row)
	}
	keep := hits.count()
	if p.offset < keep && p.limit < keep-p.offset {
		keep = p.offset + p.limit
	}
	best := newBest(keep, before)
	cursor := 0
	hits.each(func(row uint32) bool {
		var at place
		at, cursor = c.next(row, cursor, o.By)
		best.add(at)
		return true
	})
	best.cut()
	places := best.places[min(p.offset, len(best.places)):]
	return places[:min(p.limit, len(places))]
}

// next reads the largest number of a row; rows are asked for in rising order.
func (c *column) next(row uint32, cursor int, by By) (place, int) {
	for cursor < len(c.rows) && c.rows[cursor] < row {
		cursor++
	}
	at := place{row: row}
	numbers := c.by(by)
	for ; numbers != nil && cursor < len(c.rows) && c.rows[cursor] == row; cursor++ {
		if v := numbers[cursor]; !math.IsNaN(v) && (!at.known || v > at.value) {
			at.value, at.known = v, true
		}
	}
	return at, cursor
}

// best keeps the first k of many, in O(n log k).
type best struct {
	k      int
	before func(a, b place) int
	places []place
}

func newBest(k int, before func(a, b place) int) *best { return &best{k: k, before: before} }

func (b *best) add(p place) {
	b.places = append(b.places, p)
	if len(b.places) >= 2*b.k+1024 {
		b.cut()
	}
}

func (b *best) cut() {
	slices.SortFunc(b.places, b.before)
	b.places = b.places[:min(b.k, len(b.places))]
}

func (p page) hits(places []place) []Hit {
	hits := make([]Hit, len(places))
	for i, at := range places {
		h := Hit{CreatorID: p.index.ids[at.row]}
		if at.known {
			value := at.value
			h.OrderedBy = &value
		}
		for _, c := range p.clauses {
			switch {
			case c.answer.yes.has(at.row):
				h.Because = append(h.Because, Reason{c.path, c.why(at.row)})
			case !c.answer.no.has(at.row):
				h.Unknown = append(h.Unknown, c.path)
			}
		}
		hits[i] = h
	}
	return hits
}
