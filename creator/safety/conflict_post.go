package safety

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// postReader looks for rivals in one post.
type postReader struct {
	*rivalFinder
	post *creator.Post
	path string
	met  meeting
	seen map[string]bool
	quoter
}

// post looks for rivals among the brands of a post and the handles and hashtags of its
// text. A rival counts once, by the stronger evidence, and once more where another name
// may be of it.
func (f *rivalFinder) post(p *creator.Post, path string) {
	if len(f.rivals) == 0 && (len(f.known) == 0 || len(f.categories) == 0) {
		return
	}
	var when stretch
	if !p.PublishedAt.IsZero() {
		w := stretchFrom(p.PublishedAt, f.lookback())
		when = stretch{w, w}
	}
	met := meet(when, f.planned)
	if met == apart {
		return
	}
	r := postReader{f, p, path, met, map[string]bool{}, quoter{p.Text, wordsOf(p.Text)}}
	for _, brand := range p.Brands {
		r.name(brand, InPostBrands, 0, 0)
	}
	for _, w := range r.words {
		if w.kind != plainWord {
			r.name(p.Text[w.start:w.end], InPostText, w.start, w.end)
		}
	}
}

// name looks whether a name is a competitor's, or of a brand in one of the categories.
func (r *postReader) name(name string, seen Evidence, start, end int) {
	keys := brandKeys(name)
	if len(keys) == 0 || r.isOwn(keys) {
		return
	}
	c := Conflict{Evidence: seen, Brand: oneLine(name)}
	rival, certain := r.rivalOf(name, keys)
	if rival != "" && r.first(fmt.Sprint(certain, rival)) {
		c.Code, c.Quote = codeCompetitor, r.around(start, end)
		what := "the competitor " + rival
		switch {
		case !certain:
			what = fmt.Sprintf("%s, which may be of the competitor %s", c.Brand, rival)
		case seen == InPostText:
			what += " as " + c.Brand
		}
		r.found(c, what, certain)
	}
	if rival != "" {
		return // a brand that is known is of itself alone
	}
	sold := r.sold(keys)
	kin, category := r.tree.kin(sold, r.categories)
	if (kin == within || kin == wider) && r.first("sells "+keys[0]) {
		c.Code, c.Category, c.Quote = codeCategory, category, r.around(start, end)
		r.found(c, fmt.Sprintf("%s, which sells %s", c.Brand, category), r.tree.covers(r.categories, sold))
	}
}

func (r *postReader) first(key string) bool {
	before := r.seen[key]
	r.seen[key] = true
	return !before
}

func (r *postReader) found(c Conflict, what string, certain bool) {
	p := r.post
	c.Severity, c.Commerce, c.Path = byline.Warning, p.Commerce, r.path
	c.Platform, c.PostID, c.Phase = p.Account.Platform, p.ID, DuringTerm
	if !p.PublishedAt.IsZero() {
		moment := stretchFrom(p.PublishedAt, 0)
		c.Phase = r.phase(stretch{moment, moment})
		c.During = byline.Window{Start: p.PublishedAt, End: p.PublishedAt}
		c.ClearsAt = stated(stretchFrom(p.PublishedAt, r.lookback()).End)
	}
	verb := "shows"
	if c.Evidence == InPostText {
		verb = "names"
	}
	why := fmt.Sprintf("post %s %s %s", p.ID, verb, what)
	if p.Commerce == "" {
		why += ", and nobody says whether it is sponsored"
	}
	r.add(c, why, certain && r.met == together && p.Commerce == creator.Sponsored && c.Evidence == InPostBrands, p.Commerce)
}
