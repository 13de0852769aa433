package search

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// clause is one condition with its answer for every row.
type clause struct {
	path    string
	missing Missing
	answer  tri
	why     func(row uint32) string // what made it hold
	hint    string                  // where what was asked for is known instead
}

// planner turns a query into clauses.
type planner struct {
	index   *Index
	query   *Query
	clauses []clause
	faults  []*byline.FieldError
}

func (p *planner) add(path string, missing Missing, answer tri, why func(uint32) string) {
	p.clauses = append(p.clauses, clause{path: path, missing: cmp.Or(missing, p.query.Missing, ShowApart), answer: answer, why: why})
}

func (p *planner) plan() {
	q, x := p.query, p.index
	p.words("keywords", q.Keywords, x.keyword)
	p.words("platforms", q.Platforms, x.wordOf(x.platforms))
	p.words("markets", q.Markets, x.wordOf(x.markets))
	p.words("cities", q.Cities, x.wordOf(x.cities))
	p.words("languages", q.Languages, x.language)
	p.words("themes", q.Themes, x.wordOf(x.themes))
	p.words("tags", q.Tags, x.wordOf(x.tags))
	p.ids(q.IDs)
	if c := q.Contact; c != nil {
		p.words("contact", &Words{Any: []string{string(c.Is)}, Missing: c.Missing}, x.wordOf(x.contact))
	}
	p.followers()
	for i := range q.Ranges {
		p.readings(fmt.Sprintf("ranges[%d]", i), &q.Ranges[i])
	}
	for i := range q.Audience {
		p.audience(fmt.Sprintf("audience[%d]", i), &q.Audience[i])
	}
	if b := q.Brands; b != nil {
		w := &Words{Any: b.Any, All: b.All, None: b.None, Missing: b.Missing}
		p.words("brands", w, func(word string) tri { return x.brand(word, newSpan(b.During)) })
	}
	for i := range q.Prices {
		p.prices(fmt.Sprintf("prices[%d]", i), &q.Prices[i])
	}
	for i, c := range q.Checks {
		var states []string
		for _, s := range c.States {
			states = append(states, string(s))
		}
		p.words(fmt.Sprintf("checks[%d]", i), &Words{Any: states, Missing: c.Missing}, x.wordOf(x.checks[c.Code]))
	}
}

// words evaluates a clause by the answers to its single words, in three-valued logic.
func (p *planner) words(path string, w *Words, answer func(word string) tri) {
	if w == nil {
		return
	}
	total := tri{yes: fullBitmap(len(p.index.ids)), no: newBitmap(len(p.index.ids))}
	type found struct {
		word string
		rows bitmap
	}
	var matched []found
	for _, word := range w.All {
		a := answer(word)
		matched = append(matched, found{word, slices.Clone(a.yes)})
		total.and(a)
	}
	if len(w.Any) > 0 {
		some := tri{yes: newBitmap(len(p.index.ids)), no: fullBitmap(len(p.index.ids))}
		for _, word := range w.Any {
			a := answer(word)
			some.or(a)
			matched = append(matched, found{word, a.yes})
		}
		total.and(some)
	}
	for _, word := range w.None {
		total.and(answer(word).not())
	}
	p.add(path, w.Missing, total, func(row uint32) string {
		var has []string
		for _, f := range matched {
			if f.rows.has(row) {
				has = append(has, f.word)
			}
		}
		if len(has) == 0 {
			return "none of " + strings.Join(w.None, ", ")
		}
		return strings.Join(has, ", ")
	})
}

// wordOf answers for a vocabulary: yes who has the word, no of whom something else is known.
func (x *Index) wordOf(v vocabulary) func(string) tri {
	return func(word string) tri {
		a := tri{yes: newBitmap(len(x.ids)), no: newBitmap(len(x.ids))}
		v.lists[fold(word)].addTo(a.yes)
		return a.close(v.known)
	}
}

// close answers no for those of whom something is known, and yes is not the answer.
func (t tri) close(known bitmap) tri {
	if known != nil {
		t.no.or(known)
		t.no.andNot(t.yes)
	}
	return t
}

func (x *Index) keyword(keyword string) tri {
	a := tri{yes: fullBitmap(len(x.ids)), no: newBitmap(len(x.ids))}
	for _, token := range queryTokens(keyword) {
		has := newBitmap(len(x.ids))
		x.tokens.lists[token].addTo(has)
		a.yes.and(has)
	}
	return a.close(x.tokens.known)
}

func (x *Index) language(tag string) tri {
	a := tri{yes: newBitmap(len(x.ids)), no: newBitmap(len(x.ids))}
	tag = fold(tag)
	for spoken, posting := range x.languages.lists {
		if spoken == tag || strings.HasPrefix(spoken, tag+"-") {
			posting.addTo(a.yes)
		}
	}
	return a.close(x.languages.known)
}

// ids evaluates the clause in one pass, for lists of ids are long.
func (p *planner) ids(w *Words) {
	if w == nil {
		return
	}
	x := p.index
	yes := fullBitmap(len(x.ids))
	if len(w.Any) > 0 {
		yes = x.idSet(w.Any)
	}
	for _, id := range w.All {
		yes.and(x.idSet([]string{id}))
	}
	yes.andNot(x.idSet(w.None))
	no := fullBitmap(len(x.ids))
	no.andNot(yes)
	p.add("ids", w.Missing, tri{yes, no}, func(row uint32) string { return string(x.ids[row]) })
}

func (x *Index) idSet(ids []string) bitmap {
	set := newBitmap(len(x.ids))
	for _, id := range ids {
		if row, ok := x.row(byline.CreatorID(id)); ok {
			set.set(row)
		}
	}
	return set
}

func (x *Index) brand(name string, during span) tri {
	a := tri{yes: newBitmap(len(x.ids)), no: newBitmap(len(x.ids))}
	perhaps := newBitmap(len(x.ids))
	for _, d := range x.brands[fold(name)] {
		certain, possible := d.during.meets(during)
		if certain {
			a.yes.set(d.row)
		} else if possible {
			perhaps.set(d.row)
		}
	}
	a = a.close(x.working)
	a.no.andNot(perhaps)
	return a
}

func (p *planner) followers() {
	f := p.query.Followers
	if f == nil {
		return
	}
	n := len(p.index.ids)
	in, known, open := newBitmap(n), newBitmap(n), newBitmap(n)
	within := newBounds(f.AtLeast, f.AtMost)
	var columns []*column
	for key, c := range p.index.numbers {
		switch {
		case key.metric != followers, f.On != "" && key.platform != f.On:
		case f.Definition != "" && key.definition != f.Definition:
			c.mark(ByValue, newBounds(nil, nil), open, open)
		default:
			c.mark(ByValue, within, in, known)
			columns = append(columns, c)
		}
	}
	for platform, rows := range p.index.hidden {
		if f.On == "" || platform == f.On {
			rows.addTo(open)
		}
	}
	a := tri{yes: in, no: newBitmap(n)}.close(known)
	a.no.andNot(open) // an account whose count is not known may lie in the range
	p.add("followers", f.Missing, a, func(row uint32) string { return numbersIn(columns, row, ByValue, within) })
}

func (p *planner) within(columns []*column, by By, within bounds) tri {
	n := len(p.index.ids)
	in, known := newBitmap(n), newBitmap(n)
	for _, c := range columns {
		c.mark(by, within, in, known)
	}
	return tri{yes: in, no: newBitmap(n)}.close(known)
}

func (p *planner) audience(path string, s *Share) {
	var columns []*column
	for key, c := range p.index.shares {
		if key.kind == s.Kind && key.dimension == s.Dimension && key.key == fold(s.Key) && (s.On == "" || key.platform == s.On) {
			columns = append(columns, c)
		}
	}
	within := newBounds(s.AtLeast, s.AtMost)
	p.add(path, s.Missing, p.within(columns, ByValue, within), func(row uint32) string {
		return fmt.Sprintf("%s %s %s", s.Dimension, s.Key, numbersIn(columns, row, ByValue, within))
	})
}

// numbersIn writes the numbers of a row that lie in the range.
func numbersIn(columns []*column, row uint32, by By, within bounds) string {
	var found []float64
	for _, c := range columns {
		for _, x := range c.of(row, by) {
			if x >= within.low && x <= within.high {
				found = append(found, x)
			}
		}
	}
	slices.Sort(found)
	var texts []string
	for _, x := range found {
		texts = append(texts, fmt.Sprintf("%.6g", x))
	}
	return strings.Join(texts, ", ")
}

func (p *planner) prices(path string, w *Price) {
	n := len(p.index.ids)
	a := tri{yes: newBitmap(n), no: newBitmap(n)}
	known := newBitmap(n)
	rates := p.index.prices[w.currency()]
	for i := range rates {
		if !rates[i].meant(w) {
			continue
		}
		known.set(rates[i].row)
		if rates[i].within(w) {
			a.yes.set(rates[i].row)
		}
	}
	p.add(path, w.Missing, a.close(known), func(row uint32) string {
		at, _ := slices.BinarySearchFunc(rates, row, func(r price, row uint32) int { return cmp.Compare(r.row, row) })
		var texts []string
		for ; at < len(rates) && rates[at].row == row; at++ {
			if r := &rates[at]; r.meant(w) && r.within(w) {
				total := byline.Minor(r.minor, w.currency())
				texts = append(texts, fmt.Sprintf("%s for %d %s", total, r.pieces, cmp.Or(r.format, "of any format")))
			}
		}
		return strings.Join(texts, ", ")
	})
}

// meant reports whether a rate is for what is asked.
func (r *price) meant(w *Price) bool {
	return (w.Platform == "" || r.platform == "" || r.platform == fold(string(w.Platform))) &&
		(w.Format == "" || r.format == "" || r.format == fold(w.Format)) &&
		(w.At.IsZero() || r.valid.contains(w.At.UnixMilli()))
}

// within compares the price of all pieces with as many times the bound, without dividing.
func (r *price) within(w *Price) bool {
	if w.AtMost != nil && moreThan(r.minor, w.AtMost.Minor(), r.pieces) {
		return false
	}
	return w.AtLeast == nil || !lessThan(r.minor, w.AtLeast.Minor(), r.pieces)
}

func moreThan(minor, bound, times int64) bool {
	hi, lo := bits.Mul64(uint64(bound), uint64(times))
	return hi == 0 && uint64(minor) > lo
}

func lessThan(minor, bound, times int64) bool {
	hi, lo := bits.Mul64(uint64(bound), uint64(times))
	return hi > 0 || uint64(minor) < lo
}
