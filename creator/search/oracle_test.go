package search_test

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/search"
)

// answer is what one clause says of one creator, worked out from the dossier alone.
type answer int

const (
	no answer = iota
	unknown
	yes
)

func least(answers []answer) answer {
	return slices.Min(append(answers, yes))
}

// wordsSay is three-valued logic the slow way.
func wordsSay(w search.Words, of func(word string) answer) answer {
	var all []answer
	for _, word := range w.All {
		all = append(all, of(word))
	}
	if len(w.Any) > 0 {
		some := no
		for _, word := range w.Any {
			some = max(some, of(word))
		}
		all = append(all, some)
	}
	for _, word := range w.None {
		all = append(all, yes-of(word))
	}
	return least(all)
}

func inList(have []string, open bool) func(string) answer {
	return func(word string) answer {
		switch {
		case slices.ContainsFunc(have, func(h string) bool { return strings.EqualFold(h, word) }):
			return yes
		case open:
			return unknown
		}
		return no
	}
}

func inRange(x float64, low, high *float64) bool {
	return (low == nil || x >= *low) && (high == nil || x <= *high)
}

// oracle answers every clause of a query for one creator, by its path.
func oracle(e search.Entry, q *search.Query) map[string]answer {
	says := map[string]answer{}
	p := &e.Dossier.Profile
	list := func(path string, w *search.Words, have []string) {
		if w != nil {
			says[path] = wordsSay(*w, inList(have, len(have) == 0))
		}
	}
	list("platforms", q.Platforms, platformsOf(p))
	list("markets", q.Markets, nonEmpty(string(p.Market)))
	list("cities", q.Cities, nonEmpty(p.City))
	list("themes", q.Themes, themesOf(e.Dossier))
	if q.Tags != nil {
		says["tags"] = wordsSay(*q.Tags, inList(p.Tags, false))
	}
	if q.IDs != nil {
		says["ids"] = wordsSay(*q.IDs, func(id string) answer {
			if id == string(p.ID) {
				return yes
			}
			return no
		})
	}
	if q.Languages != nil {
		says["languages"] = wordsSay(*q.Languages, func(tag string) answer {
			for _, l := range p.Languages {
				if strings.EqualFold(l, tag) || strings.HasPrefix(strings.ToLower(l), strings.ToLower(tag)+"-") {
					return yes
				}
			}
			return inList(p.Languages, len(p.Languages) == 0)(tag)
		})
	}
	if q.Contact != nil {
		says["contact"] = inList(nonEmpty(string(p.Contact)), p.Contact == "")(string(q.Contact.Is))
	}
	if q.Keywords != nil {
		says["keywords"] = wordsSay(*q.Keywords, keywordsOf(e.Dossier))
	}
	if q.Brands != nil {
		w := search.Words{Any: q.Brands.Any, All: q.Brands.All, None: q.Brands.None}
		says["brands"] = wordsSay(w, brandsOf(e.Dossier, q.Brands.During))
	}
	numbersSay(says, e, q)
	return says
}

func numbersSay(says map[string]answer, e search.Entry, q *search.Query) {
	if q.Followers != nil {
		says["followers"] = followersSay(&e.Dossier.Profile, q.Followers)
	}
	for i, r := range q.Ranges {
		says["ranges["+string(rune('0'+i))+"]"] = rangeSays(e.Readings, r)
	}
	for i, s := range q.Audience {
		says["audience["+string(rune('0'+i))+"]"] = shareSays(e.Dossier.Audiences, s)
	}
	for i, p := range q.Prices {
		says["prices["+string(rune('0'+i))+"]"] = priceSays(e.Dossier.Rates, p)
	}
	for i, c := range q.Checks {
		says["checks["+string(rune('0'+i))+"]"] = checkSays(e.Checks, c)
	}
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func platformsOf(p *creator.Profile) (all []string) {
	for _, a := range p.Accounts {
		all = append(all, string(a.Platform))
	}
	return all
}

func themesOf(d *creator.Dossier) []string {
	all := slices.Clone(d.Profile.Themes)
	for _, p := range d.Posts {
		all = append(all, p.Themes...)
	}
	return all
}

func keywordsOf(d *creator.Dossier) func(string) answer {
	all := append(append([]string{d.Profile.Name}, themesOf(d)...), d.Profile.Tags...)
	open := true
	for _, p := range d.Posts {
		all = append(all, p.Text)
		open = open && p.Text == ""
	}
	words := strings.Fields(strings.Join(all, " "))
	return func(keyword string) answer {
		found := yes
		for word := range strings.FieldsSeq(keyword) {
			if !slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, word) }) {
				found = no
			}
		}
		if found == no && open {
			return unknown
		}
		return found
	}
}

func brandsOf(d *creator.Dossier, during byline.Window) func(string) answer {
	works := slices.Clone(d.Partnerships)
	for _, p := range d.Posts {
		if p.Commerce == creator.Sponsored {
			for _, b := range p.Brands {
				works = append(works, creator.Partnership{Brand: b, During: byline.Window{Start: p.PublishedAt, End: p.PublishedAt.Add(time.Millisecond)}})
			}
		}
	}
	return func(brand string) answer {
		if len(works) == 0 {
			return unknown
		}
		best := no
		for _, w := range works {
			if strings.EqualFold(w.Brand, brand) {
				best = max(best, wentOn(w.During, during))
			}
		}
		return best
	}
}

func wentOn(work, during byline.Window) answer {
	if !work.Overlaps(during) {
		return no
	}
	everywhen := during.Start.IsZero() && during.End.IsZero()
	closed := !work.Start.IsZero() && !work.End.IsZero()
	began := !work.Start.IsZero() && during.Contains(work.Start)
	ended := !work.End.IsZero() && during.Contains(work.End.Add(-time.Millisecond))
	if everywhen || closed || began || ended {
		return yes
	}
	return unknown
}

func followersSay(p *creator.Profile, f *search.Followers) answer {
	seen, open := false, false
	for _, a := range p.Accounts {
		if f.On != "" && a.Platform != f.On {
			continue
		}
		n, known := a.Followers.Value()
		if !known || f.Definition != "" && a.Followers.Definition() != f.Definition {
			open = true
			continue
		}
		if seen = true; inRange(n, f.AtLeast, f.AtMost) {
			return yes
		}
	}
	if open || !seen {
		return unknown
	}
	return no
}

func numberOf(r creator.Reading, by search.By) (float64, bool) {
	v, known := r.Value.Value()
	end := map[search.By]*float64{search.ByLow: r.Low, search.ByHigh: r.High, search.ByValue: &v, "": &v}[by]
	if !known || end == nil {
		return 0, false
	}
	return *end, true
}

func rangeSays(readings creator.Readings, r search.Range) answer {
	have, ok := readingOf(readings, r.Metric, r.Platform, r.Definition)
	x, known := numberOf(have, r.By)
	switch {
	case !ok || !known:
		return unknown
	case inRange(x, r.AtLeast, r.AtMost):
		return yes
	}
	return no
}

// readingOf is that of the platform, or else the one over all.
func readingOf(readings creator.Readings, metric string, on byline.Platform, definition string) (creator.Reading, bool) {
	for _, platform := range []byline.Platform{on, ""} {
		for _, r := range readings {
			if r.Metric == metric && r.Platform == platform {
				return r, r.Value.Definition() == definition
			}
		}
	}
	return creator.Reading{}, false
}

func shareSays(audiences []creator.Audience, s search.Share) answer {
	best := unknown
	for i, a := range audiences {
		b, ok := a.Breakdown(s.Dimension)
		if !ok || a.Kind != s.Kind || s.On != "" && a.Account.Platform != s.On || superseded(audiences, i, s.Dimension) {
			continue
		}
		for _, bucket := range b.Buckets {
			x, known := bucket.Share.Value()
			if !known || !strings.EqualFold(bucket.Key, s.Key) {
				continue
			}
			if inRange(x, s.AtLeast, s.AtMost) {
				return yes
			}
			best = no
		}
	}
	return best
}

func superseded(audiences []creator.Audience, i int, by creator.Dimension) bool {
	for j, o := range audiences {
		_, ok := o.Breakdown(by)
		same := o.Account.Is(audiences[i].Account) && o.Kind == audiences[i].Kind && ok
		later := cmp.Compare(o.Base.At().Unix(), audiences[i].Base.At().Unix())
		if same && (later > 0 || later == 0 && j < i) {
			return true
		}
	}
	return false
}

func priceSays(rates []creator.Rate, p search.Price) answer {
	best := unknown
	for _, r := range rates {
		low, high := p.AtLeast, p.AtMost
		if r.Price.Currency() != high.Currency() ||
			p.Platform != "" && r.Platform != "" && p.Platform != r.Platform ||
			p.Format != "" && r.Format != "" && p.Format != r.Format || !p.At.IsZero() && !r.Valid.Contains(p.At) {
			continue
		}
		each := float64(r.Price.Minor()) / float64(r.Pieces)
		if (low == nil || each >= float64(low.Minor())) && (high == nil || each <= float64(high.Minor())) {
			return yes
		}
		best = no
	}
	return best
}

func checkSays(checks []creator.Check, w search.CheckWith) answer {
	for _, c := range checks {
		if c.Code != w.Code {
			continue
		}
		if slices.Contains(w.States, c.State) {
			return yes
		}
		if c.State == creator.Passed || c.State == creator.Failed {
			return no
		}
	}
	return unknown
}

// expected is the result that a slow search has, without reasons.
type expected struct {
	hits, apart []byline.CreatorID
	facts       map[string][3]int // passed, removed, no data
}

func slowSearch(entries []search.Entry, q *search.Query, missing map[string]search.Missing) expected {
	want := expected{facts: map[string][3]int{}}
	value := map[byline.CreatorID]float64{}
	for _, e := range entries {
		id := e.Dossier.Profile.ID
		value[id] = math.NaN()
		if q.Order != nil {
			if r, ok := readingOf(e.Readings, q.Order.Metric, q.Order.Platform, q.Order.Definition); ok {
				if x, known := numberOf(r, q.Order.By); known {
					value[id] = x
				}
			}
		}
		out, open := false, false
		for path, a := range oracle(e, q) {
			f := want.facts[path]
			f[map[answer]int{yes: 0, no: 1, unknown: 2}[a]]++
			want.facts[path] = f
			out = out || a == no || a == unknown && missing[path] == search.Exclude
			open = open || a == unknown && missing[path] == search.ShowApart
		}
		switch {
		case out:
		case open:
			want.apart = append(want.apart, id)
		default:
			want.hits = append(want.hits, id)
		}
	}
	slices.Sort(want.apart)
	slices.SortFunc(want.hits, func(a, b byline.CreatorID) int {
		x, y := value[a], value[b]
		switch {
		case math.IsNaN(x) != math.IsNaN(y):
			if math.IsNaN(x) {
				return 1
			}
			return -1
		case !math.IsNaN(x) && x != y:
			if q.Order.Descending {
				return cmp.Compare(y, x)
			}
			return cmp.Compare(x, y)
		}
		return cmp.Compare(a, b)
	})
	return want
}
