package creator

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/bylinehq/byline"
)

// What [Dossier.Review] takes for granted.
const (
	// ShareTolerance is how far from 1 the shares of a dimension may sum up: sources round
	// each of them, mostly to a whole or a tenth of a percent.
	ShareTolerance = 0.02
	// StaleAfter is how old a snapshot may be.
	StaleAfter = 180 * 24 * time.Hour
)

// Review tells what can be read and may still mislead, as of a time. Faults that
// [Dossier.Validate] reports are not told again, and no finding is a verdict about a
// person. What happens often is told once, with its count and its first place, so that a
// million posts give no million findings. All are warnings but where it says so.
//
//   - "audience.shares_sum": the shares of an exclusive dimension sum to more than 1, or to
//     less where none is withheld, by more than [ShareTolerance]. Below 1 it is only worth
//     knowing for countries, cities and languages, of which most sources list the largest
//   - "audience.no_unknown": the source could not place everybody, and no bucket says so
//   - "audience.stale", "profile.stale": older than [StaleAfter]; "audience.undated"
//   - "profile.no_followers": 0 of them, by which no rate can be divided
//   - "post.single": one post shows no habit
//   - "post.future", "comment.future", "measure.future": dated after the time of the review
//   - "post.views_below_reach", "post.likes_above_views": of numbers that one source took
//     at one instant; a source is what stands before the first dot of a definition
//   - "post.mixed_definitions": a metric of one account's posts is measured by several
//   - "series.two_values" at one instant; "series.mixed_definitions" of its points
//   - "comment.post_unknown": under a post that the dossier does not hold
//   - "comment.author_personal": the author looks like a name or an e-mail address: it has
//     an @ or a space, or nothing but three letters or more with . _ - ' between them
//   - "rate.zero": a price of nothing, which is either a gift or an empty cell
//   - "origin.missing": nothing says where a part, or some of it, is from
//   - "origin.retention_over": what is to be erased by now; see [Dossier.Prune]
//   - "privacy.special_category": a theme or a tag may tell of what article 9 of the GDPR
//     protects, by the words of [SpecialCategories]; each text once
//
// The findings stand in the order of the dossier. It takes O(n log n).
func (d *Dossier) Review(at time.Time) []byline.Finding {
	r := reviewer{at: at, tallies: map[string]*tally{}, special: newSpecialWords(), told: map[string]bool{}}
	r.profile(&d.Profile)
	for i := range d.Audiences {
		r.audience(i, &d.Audiences[i])
	}
	r.posts(d.Posts)
	for i := range d.Series {
		r.series(i, &d.Series[i])
	}
	r.comments(d)
	r.business(d)
	r.origins(d)
	return r.findings
}

// reviewer collects findings. Those that come often are one, with a count.
type reviewer struct {
	at       time.Time
	special  specialWords
	told     map[string]bool // words of which it was said
	findings []byline.Finding
	tallies  map[string]*tally
}

type tally struct{ finding, count int }

func (r *reviewer) add(f byline.Finding) {
	if f.Severity == "" {
		f.Severity = byline.Warning
	}
	r.findings = append(r.findings, f)
}

// count adds a finding that is told once. The message has a %d for how often.
func (r *reviewer) count(path string, f byline.Finding) {
	t := r.tallies[f.Code]
	if t == nil {
		t = &tally{finding: len(r.findings)}
		r.tallies[f.Code] = t
		f.Path = path
		r.add(f)
	}
	t.count++
	r.findings[t.finding].Message = fmt.Sprintf(f.Message, t.count)
}

// measure looks at the time of a measure.
func (r *reviewer) measure(path func() string, m byline.Measure) {
	if m.At().After(r.at) {
		r.count(path(), byline.Finding{
			Code: "measure.future", Message: "measures dated after the time of the review: %d",
			Fix: "correct their time, or review as of a later one",
		})
	}
}

func (r *reviewer) profile(p *Profile) {
	for i, a := range p.Accounts {
		path := "profile." + at("accounts", i)
		for _, m := range []byline.Measure{a.Followers, a.Following, a.Posts} {
			r.measure(func() string { return path }, m)
		}
		n, known := a.Followers.Value()
		if known && n == 0 {
			r.add(byline.Finding{
				Code: "profile.no_followers", Path: path + ".followers", Message: "the account has 0 followers, and no rate can be divided by them",
				Fix: "where the count is hidden, say so instead of 0",
			})
		}
		if known {
			r.stale("profile.stale", path+".followers", "the follower count", a.Followers.At())
		}
	}
	r.words("profile.", "themes", p.Themes)
	r.words("profile.", "tone", p.Tone)
	r.words("profile.", "style", p.Style)
	r.words("profile.", "tags", p.Tags)
}

func (r *reviewer) words(path, list string, words []string) {
	for i, w := range words {
		if r.told[w] {
			continue
		}
		if category := r.special.category(w); category != "" {
			r.told[w] = true
			r.add(byline.Finding{
				Code: "privacy.special_category", Path: path + at(list, i), Rule: specialRule(),
				Message: "this may tell of a person's " + category + ", and it may only be what the content is about",
				Fix:     "keep it only where the law allows it, and choose nobody by it",
			})
		}
	}
}

func (r *reviewer) stale(code, path, what string, taken time.Time) {
	if age := r.at.Sub(taken); !taken.IsZero() && age > StaleAfter {
		r.add(byline.Finding{
			Code: code, Path: path, Message: fmt.Sprintf("%s is of %s, %d days before", what, taken.Format(time.DateOnly), int(age.Hours()/24)),
			Fix: "collect it anew",
		})
	}
}

func (r *reviewer) series(i int, s *Series) {
	path := at("series", i)
	spans := map[defined]map[string]*span{}
	type place struct {
		instant    [2]int64
		definition string
	}
	values := make(map[place]float64, len(s.Points))
	several := map[place]bool{}
	for j, p := range s.Points {
		r.measure(func() string { return path + at(".points", j) }, p)
		value, known := p.Value()
		if !known {
			continue
		}
		note(spans, defined{}, p, j)
		here := place{instant(p.At()), p.Definition()}
		if first, there := values[here]; !there {
			values[here] = value
		} else if first != value {
			several[here] = true
		}
	}
	if len(several) > 0 {
		r.add(byline.Finding{Code: "series.two_values", Path: path, Message: fmt.Sprintf("instants that have several values by one definition: %d", len(several)), Fix: "keep the one that the source stands by"})
	}
	if found := spans[defined{}]; len(found) > 1 {
		text, second := tellSpans(found)
		r.add(byline.Finding{
			Code: "series.mixed_definitions", Path: path + at(".points", second),
			Message: "the points are of several definitions, and a step between them is no growth: " + text,
			Fix:     "keep the points of one definition",
		})
	}
}

func (r *reviewer) comments(d *Dossier) {
	if len(d.Comments) == 0 {
		return
	}
	held := make(map[placed]bool, len(d.Posts))
	for i := range d.Posts {
		held[placed{d.Posts[i].Account.Platform, d.Posts[i].ID}] = true
	}
	for i := range d.Comments {
		c := &d.Comments[i]
		path := func() string { return at("comments", i) }
		if c.At.After(r.at) {
			r.count(path()+".at", byline.Finding{Code: "comment.future", Message: "comments dated after the time of the review: %d", Fix: "correct their time, or review as of a later one"})
		}
		if !held[placed{c.Platform, c.PostID}] {
			r.count(path()+".post_id", byline.Finding{Code: "comment.post_unknown", Message: "comments under posts that the dossier does not hold: %d"})
		}
		if personal(c.Author) {
			r.count(path()+".author", byline.Finding{
				Code: "comment.author_personal", Message: "comments whose author looks like a name or an address and not like an opaque key: %d",
				Fix: "keep a keyed hash instead",
			})
		}
		r.measure(func() string { return path() + ".likes" }, c.Likes)
	}
}

// personal reports whether an author looks like a name or an address.
func personal(author string) bool {
	author = strings.TrimSpace(author)
	if strings.ContainsFunc(author, func(c rune) bool { return c == '@' || unicode.IsSpace(c) }) {
		return true
	}
	letters := 0
	for _, c := range author {
		switch {
		case unicode.IsLetter(c):
			letters++
		case !unicode.IsMark(c) && !strings.ContainsRune("._-'’", c):
			return false
		}
	}
	return letters >= 3
}

func (r *reviewer) business(d *Dossier) {
	for i, rate := range d.Rates {
		if rate.Price.Currency() != "" && rate.Price.IsZero() {
			r.count(at("rates", i)+".price", byline.Finding{Code: "rate.zero", Message: "rates with a price of nothing: %d", Fix: "where no price is known, leave the rate out"})
		}
	}
	for i, review := range d.Reviews {
		for j, m := range review.Marks {
			r.measure(func() string { return at("reviews", i) + at(".marks", j) + ".value" }, m.Value)
		}
	}
}

func (r *reviewer) origins(d *Dossier) {
	for i, o := range d.Origins {
		if o.expired(r.at) {
			r.add(byline.Finding{
				Code: "origin.retention_over", Path: at("origins", i) + ".retain_until",
				Message: fmt.Sprintf("what was kept of the %s was to be erased from %s on", cut(string(o.Part)), o.RetainUntil.Format(time.DateOnly)),
				Fix:     "erase it, or say on what ground it is kept longer",
			})
		}
	}
	rest := *d // of which no origin speaks
	spoken := spokenOf(d.Origins)
	for part, on := range spoken {
		rest.drop(part, on)
	}
	if len(spoken[PartProfile]) > 0 && len(rest.Profile.Accounts) == 0 {
		rest.Profile = Profile{}
	}
	whole := d.parts()
	for i, part := range rest.parts() {
		if part.Count > 0 {
			which := "the "
			if part.Count < whole[i].Count {
				which = "some of the "
			}
			r.add(byline.Finding{
				Code: "origin.missing", Path: string(part.Part), Message: fmt.Sprintf("nothing says where %s are from, and what they are kept for", which+named(part.Part)),
				Fix: "add an origin",
			})
		}
	}
}

// named is a part in a sentence that counts it as many.
func named(p Part) string {
	if p == PartProfile {
		return "facts of the profile"
	}
	return string(p)
}
