package vet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline/creator"
)

// LeftOut is a post that a rate does not count, and why.
type LeftOut struct {
	PostID string `json:"post_id"`
	Code   string `json:"code"` // see [Engagement]
	Why    string `json:"why"`
}

func left(p *creator.Post, code, why string) LeftOut {
	return LeftOut{PostID: p.ID, Code: code, Why: why}
}

// selection is the posts of one account that may be counted, newest first.
type selection struct {
	posts            []*creator.Post
	out              []LeftOut
	unknownPromotion int
}

// choose takes the posts that a variant may count, whatever was measured on them.
func choose(posts []creator.Post, on creator.Ref, v Variant, at time.Time) selection {
	return chooseUnless(posts, at, func(p *creator.Post) (code, why string) { return whyNot(p, on, v, at) })
}

// chooseEvery takes all posts of an account of some days, boosted and young ones too; of
// all time where the days are 0.
func chooseEvery(posts []creator.Post, on creator.Ref, days int, at time.Time) selection {
	return chooseUnless(posts, at, func(p *creator.Post) (code, why string) { return notThen(p, on, days, at) })
}

func chooseUnless(posts []creator.Post, at time.Time, not func(*creator.Post) (code, why string)) selection {
	s := selection{posts: make([]*creator.Post, 0, len(posts))}
	best := map[string]*creator.Post{}
	for i := range posts {
		p := &posts[i]
		if code, why := not(p); code != "" {
			s.out = append(s.out, left(p, code, why))
			continue
		}
		held := best[p.ID]
		if held == nil || p.ID == "" {
			best[p.ID] = p
			s.posts = append(s.posts, p)
			continue
		}
		if comparePosts(p, held, at) < 0 {
			best[p.ID] = p
		}
		s.out = append(s.out, left(p, "engagement.post_twice", "the post is there again; the copy that was measured last counts"))
	}
	for i, p := range s.posts {
		if p.ID != "" {
			s.posts[i] = best[p.ID]
		}
		if s.posts[i].Promotion == "" {
			s.unknownPromotion++
		}
	}
	slices.SortFunc(s.posts, func(a, b *creator.Post) int {
		if c := cmp.Or(b.PublishedAt.Compare(a.PublishedAt), strings.Compare(a.ID, b.ID)); c != 0 {
			return c
		}
		return comparePosts(a, b, at)
	})
	return s
}

func whyNot(p *creator.Post, on creator.Ref, v Variant, at time.Time) (code, why string) {
	if code, why = notThen(p, on, v.Days, at); code != "" {
		return code, why
	}
	switch {
	case p.Promotion == creator.Boosted:
		return "engagement.boosted", "money was paid to show the post to more people"
	case len(v.Formats) > 0 && !slices.ContainsFunc(v.Formats, func(f string) bool { return strings.EqualFold(f, p.Format) }):
		return "engagement.other_format", "the post has another format"
	case at.Sub(p.PublishedAt) < minAge(v):
		return tooYoung(v)
	}
	return "", ""
}

func notThen(p *creator.Post, on creator.Ref, days int, at time.Time) (code, why string) {
	age := at.Sub(p.PublishedAt)
	switch {
	case !p.Account.Is(on):
		return "engagement.other_account", "the post is on another account"
	case p.PublishedAt.IsZero():
		return "engagement.no_date", "nobody says when the post was published"
	case age < 0:
		return "engagement.future", "the post is published after the time of the reading"
	case days > 0 && age > time.Duration(days)*day:
		return "engagement.outside_window", fmt.Sprintf("the post is older than %d days", days)
	}
	return "", ""
}

func minAge(v Variant) time.Duration { return time.Duration(max(0, v.MinAgeHours)) * time.Hour }

func tooYoung(v Variant) (code, why string) {
	return "engagement.too_young", fmt.Sprintf("the post was not yet %d hours old", v.MinAgeHours)
}

// comparePosts puts the copy of a post first that was measured last, by a time if one was.
// Copies that differ in nothing that matters here compare equal, so the order of the input
// changes no result.
func comparePosts(a, b *creator.Post, at time.Time) int {
	if later := measuredAt(a).After(at); later != measuredAt(b).After(at) {
		if later {
			return 1
		}
		return -1
	}
	if c := cmp.Or(measuredAt(b).Compare(measuredAt(a)), b.PublishedAt.Compare(a.PublishedAt),
		cmp.Compare(a.Commerce, b.Commerce), cmp.Compare(a.Format, b.Format), cmp.Compare(a.Promotion, b.Promotion)); c != 0 {
		return c
	}
	for _, m := range slices.Concat(interactions(), denominators()) {
		x, y := a.Measure(m), b.Measure(m)
		xv, xk := x.Value()
		yv, _ := y.Value()
		if c := cmp.Or(cmp.Compare(x.Missing(), y.Missing()), cmp.Compare(x.Definition(), y.Definition()), x.At().Compare(y.At())); c != 0 {
			return c
		}
		if xk && xv != yv {
			return cmp.Compare(xv, yv)
		}
	}
	return 0
}

// measuredAt is the latest time of a post's measures.
func measuredAt(p *creator.Post) time.Time {
	var latest time.Time
	for _, m := range p.Measures {
		if m.At().After(latest) {
			latest = m.At()
		}
	}
	return latest
}

// agreement is the posts on which some metrics are all known, each by one definition.
type agreement struct {
	posts       []*creator.Post
	out         []LeftOut
	definitions definitions
	others      int // posts that were left out for other definitions
}

// definitions are those of several metrics, in their order: no numerator and denominator
// are more than these.
type definitions [6]string

// agree takes the definitions that most of the posts carry, and the newest post's where
// two are carried by as many.
func (s selection) agree(metrics []creator.Metric, v Variant, at time.Time) agreement {
	a := agreement{posts: make([]*creator.Post, 0, len(s.posts))}
	others := map[definitions]int{}
	for _, p := range s.posts {
		if code, why := unusable(p, metrics, v, at); code != "" {
			a.out = append(a.out, left(p, code, why))
			continue
		}
		key := definitionsOf(p, metrics)
		if len(a.posts) == 0 {
			a.definitions = key
		}
		if key != a.definitions {
			others[key]++
			a.others++
		}
		a.posts = append(a.posts, p)
	}
	if a.others > 0 {
		a.settle(metrics, others)
	}
	return a
}

// settle leaves out the posts of all definitions but one. So far that is the newest
// post's, and others counts the posts of the rest.
func (a *agreement) settle(metrics []creator.Metric, others map[definitions]int) {
	all := a.posts
	most := len(all) - a.others
	for _, p := range all { // newest first, so that a tie is the newest post's
		if key := definitionsOf(p, metrics); others[key] > most {
			a.definitions, most = key, others[key]
		}
	}
	a.posts, a.others = nil, 0
	for _, p := range all {
		if definitionsOf(p, metrics) == a.definitions {
			a.posts = append(a.posts, p)
			continue
		}
		a.others++
		a.out = append(a.out, left(p, "engagement.other_definition", "the post was measured by another definition than most"))
	}
}

func definitionsOf(p *creator.Post, metrics []creator.Metric) definitions {
	var all definitions
	for i, m := range metrics {
		all[i] = p.Measure(m).Definition()
	}
	return all
}

// unusable says why the metrics of a post cannot be read together.
func unusable(p *creator.Post, metrics []creator.Metric, v Variant, at time.Time) (code, why string) {
	for _, m := range metrics {
		measure := p.Measure(m)
		value, known := measure.Value()
		switch {
		case !known && m == v.Per:
			return "engagement.denominator_missing", fmt.Sprintf("the %s of the post are not known: %s", m, measure.Missing())
		case !known:
			return "engagement.part_missing", fmt.Sprintf("the %s of the post are not known: %s", m, measure.Missing())
		case value < 0:
			return "engagement.negative", fmt.Sprintf("the %s of the post are negative", m)
		case measure.At().After(at):
			return "engagement.measured_later", "the post was measured after the time of the reading"
		case !measure.At().IsZero() && measure.At().Before(p.PublishedAt):
			return "engagement.too_young", "the post was measured before it was published"
		case !measure.At().IsZero() && measure.At().Sub(p.PublishedAt) < minAge(v):
			return tooYoung(v)
		}
	}
	return "", ""
}
