package search

import (
	"fmt"
	"math"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// maxWords bounds the words of a query without its ids, each of which costs a pass over
// the index.
const maxWords = 1000

// Validate reports all faults: "search.missing" for an unknown way to treat missing data,
// "search.words" for a clause without words, an empty word or more than 1,000 of them, ids aside,
// "search.contact", "search.metric", "search.by", "search.range" for a range without an
// end, with one that is not finite or with its ends crossed, "search.audience" for an
// unknown kind, dimension or an empty key, "search.window" for an empty window,
// "search.price" for a range without an end, with negative or crossed ends or with two
// currencies, "search.check" for no code, no state or an unknown one, and "search.page"
// for a negative limit or offset.
func (q *Query) Validate() error {
	v := &faults{}
	for _, f := range q.wordFields() {
		if w := f.words; w != nil {
			v.words(f.path, w.Any, w.All, w.None)
			v.missing(f.path, w.Missing)
		}
	}
	v.missing("", q.Missing)
	if c := q.Contact; c != nil {
		v.when(c.Is != creator.CanContact && c.Is != creator.CannotContact, "contact"+".is", "search.contact", "is yes or no")
		v.missing("contact", c.Missing)
	}
	if f := q.Followers; f != nil {
		v.ends("followers", f.AtLeast, f.AtMost)
		v.missing("followers", f.Missing)
	}
	v.lists(q)
	if b := q.Brands; b != nil {
		v.words("brands", b.Any, b.All, b.None)
		v.when(b.During.Empty(), "brands"+".during", "search.window", "no time lies in the window")
		v.missing("brands", b.Missing)
	}
	if o := q.Order; o != nil {
		v.when(o.Metric == "", "order"+".metric", "search.metric", "a metric is required")
		v.by("order", o.By)
	}
	v.when(q.Limit < 0, "limit", "search.page", "a limit is not negative")
	v.when(q.Offset < 0, "offset", "search.page", "an offset is not negative")
	return byline.Faults(v.found)
}

type wordField struct {
	path  string
	words *Words
}

func (q *Query) wordFields() []wordField {
	return []wordField{
		{"keywords", q.Keywords}, {"platforms", q.Platforms}, {"markets", q.Markets}, {"cities", q.Cities},
		{"languages", q.Languages}, {"themes", q.Themes}, {"tags", q.Tags}, {"ids", q.IDs},
	}
}

type faults struct {
	found []*byline.FieldError
	count int // of words
}

func (v *faults) lists(q *Query) {
	for i, r := range q.Ranges {
		path := fmt.Sprintf("ranges[%d]", i)
		v.when(r.Metric == "", path+".metric", "search.metric", "a metric is required")
		v.by(path, r.By)
		v.ends(path, r.AtLeast, r.AtMost)
		v.missing(path, r.Missing)
	}
	for i, s := range q.Audience {
		v.audience(fmt.Sprintf("audience[%d]", i), s)
	}
	for i, p := range q.Prices {
		path := fmt.Sprintf("prices[%d]", i)
		v.when(!soundPrice(p), path, "search.price", "a price needs an end; ends are not negative, not crossed and of one currency")
		v.missing(path, p.Missing)
	}
	for i, c := range q.Checks {
		path := fmt.Sprintf("checks[%d]", i)
		v.when(c.Code == "" || len(c.States) == 0, path, "search.check", "a check needs its code and states")
		for j, s := range c.States {
			known := s == creator.Passed || s == creator.Failed || s == creator.Undetermined
			v.when(!known, fmt.Sprintf("%s.states[%d]", path, j), "search.check", "is passed, failed or undetermined")
		}
		v.missing(path, c.Missing)
	}
}

func (v *faults) audience(path string, s Share) {
	kind := s.Kind == creator.Followers || s.Kind == creator.Viewers || s.Kind == creator.Engaged
	v.when(!kind, path+".kind", "search.audience", "is followers, viewers or engaged")
	switch s.Dimension {
	case creator.Age, creator.Gender, creator.Country, creator.City, creator.Language, creator.Interest:
	default:
		v.when(true, path+".dimension", "search.audience", "no such dimension")
	}
	v.when(fold(s.Key) == "", path+".key", "search.audience", "a key is required")
	v.ends(path, s.AtLeast, s.AtMost)
	v.missing(path, s.Missing)
}

func (v *faults) when(wrong bool, path, code, message string) {
	if wrong {
		v.found = append(v.found, fault(path, code, message))
	}
}

func (v *faults) missing(path string, m Missing) {
	if m != "" && m != Include && m != Exclude && m != ShowApart {
		v.when(true, strings.TrimPrefix(path+".missing", "."), "search.missing", "is include, exclude or apart")
	}
}

func (v *faults) by(path string, by By) {
	v.when(by != "" && by != ByValue && by != ByLow && by != ByHigh, path+".by", "search.by", "is value, low or high")
}

func (v *faults) ends(path string, atLeast, atMost *float64) {
	finite := func(x *float64) bool { return x == nil || !math.IsNaN(*x) && !math.IsInf(*x, 0) }
	b := newBounds(atLeast, atMost)
	wrong := atLeast == nil && atMost == nil || !finite(atLeast) || !finite(atMost) || b.low > b.high
	v.when(wrong, path, "search.range", "a range needs an end, finite, and the lower one first")
}

func (v *faults) words(path string, lists ...[]string) {
	before := v.count
	for i, name := range []string{"any", "all", "none"} {
		for j, word := range lists[i] {
			empty := fold(word) == ""
			switch path {
			case "keywords":
				empty = len(queryTokens(word)) == 0
			case "ids":
				empty = word == ""
			}
			if empty {
				v.when(true, fmt.Sprintf("%s.%s[%d]", path, name, j), "search.words", "no word is in it")
			}
		}
	}
	asked := len(lists[0]) + len(lists[1]) + len(lists[2])
	if path != "ids" {
		v.count += asked
	}
	v.when(asked == 0, path, "search.words", "no words are asked for")
	v.when(before <= maxWords && v.count > maxWords, path, "search.words", "too many words")
}

func soundPrice(p Price) bool {
	for _, end := range []*byline.Money{p.AtLeast, p.AtMost} {
		if end != nil && (end.Sign() < 0 || end.Currency() == "") {
			return false
		}
	}
	if p.AtLeast == nil || p.AtMost == nil {
		return p.AtLeast != nil || p.AtMost != nil
	}
	c, err := p.AtLeast.Cmp(*p.AtMost)
	return err == nil && c <= 0
}

// currency of a price that is sound.
func (p *Price) currency() byline.Currency {
	if p.AtLeast != nil {
		return p.AtLeast.Currency()
	}
	return p.AtMost.Currency()
}

// queryTokens are the words of a keyword.
func queryTokens(keyword string) []string {
	var found []string
	tokens(keyword, false, func(token string) { found = append(found, token) })
	return found
}
