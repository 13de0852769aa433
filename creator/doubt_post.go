package creator

import (
	"strings"

	"github.com/bylinehq/byline"
)

func (r *reviewer) posts(all []Post) {
	if len(all) == 1 {
		r.add(byline.Finding{Code: "post.single", Path: "posts[0]", Message: "one post shows no habit", Fix: "collect more of them"})
	}
	mixed := map[defined]map[string]*span{}
	for i := range all {
		p := &all[i]
		path := func() string { return at("posts", i) }
		if p.PublishedAt.After(r.at) {
			r.count(path()+".published_at", byline.Finding{Code: "post.future", Message: "posts dated after the time of the review: %d", Fix: "correct their time, or review as of a later one"})
		}
		for metric, m := range p.Measures {
			r.measure(path, m) // at the post: the order of a map is not that of the next run
			if _, known := m.Value(); known {
				note(mixed, defined{p.Account.Key(), metric}, m, i)
			}
		}
		r.contradictions(path, p)
		r.words(path()+".", "themes", p.Themes)
	}
	r.mixed(mixed)
}

// contradictions looks at numbers of a post that one source took at once.
func (r *reviewer) contradictions(path func() string, p *Post) {
	if less(p.Measure(Views), p.Measure(Reach)) {
		r.count(path(), byline.Finding{
			Code: "post.views_below_reach", Message: "posts with fewer views than people who were reached: %d",
			Fix: "see whether a view counts from some seconds on, or the columns were exchanged",
		})
	}
	if less(p.Measure(Views), p.Measure(Likes)) {
		r.count(path(), byline.Finding{
			Code: "post.likes_above_views", Message: "posts with more likes than views: %d",
			Fix: "see whether the two count the same showings",
		})
	}
}

// less compares numbers of one source and instant; of others it says nothing.
func less(a, b byline.Measure) bool {
	x, knownX := a.Value()
	y, knownY := b.Value()
	return knownX && knownY && x < y && a.At().Equal(b.At()) && source(a) == source(b)
}

func source(m byline.Measure) string {
	before, _, _ := strings.Cut(m.Definition(), ".")
	return before
}
