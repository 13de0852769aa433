package creator

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
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

func (r *reviewer) audience(i int, a *Audience) {
	path := at("audiences", i)
	r.measure(func() string { return path + ".base" }, a.Base)
	r.measure(func() string { return path + ".coverage" }, a.Coverage)
	if a.Base.At().IsZero() {
		r.add(byline.Finding{Code: "audience.undated", Path: path + ".base", Message: "nothing says of when this snapshot is"})
	}
	r.stale("audience.stale", path+".base", "the snapshot", a.Base.At())
	for j, b := range a.Breakdowns {
		place := path + at(".breakdowns", j)
		for k, bucket := range b.Buckets {
			r.measure(func() string { return place + at(".buckets", k) + ".share" }, bucket.Share)
		}
		if b.Dimension.Exclusive() {
			r.shares(place, b, a.Coverage)
		}
	}
}

// shares looks at the sum of an exclusive dimension.
func (r *reviewer) shares(path string, b Breakdown, coverage byline.Measure) {
	sum, withheld, placed := 0.0, false, false
	for _, bucket := range b.Buckets {
		share, known := bucket.Share.Value()
		sum += share
		withheld = withheld || !known
		placed = placed || bucket.Key == UnknownBucket
	}
	if over, under := sum > 1+ShareTolerance, sum < 1-ShareTolerance; over || under && !withheld {
		f := byline.Finding{
			Code: "audience.shares_sum", Path: path, Message: fmt.Sprintf("the shares by %s sum to %.2f", b.Dimension, roundShare(sum)),
			Fix: "correct the shares, or give those whom the source left out to the bucket of the unknown",
		}
		if under && slices.Contains([]Dimension{Country, City, Language}, b.Dimension) {
			f.Severity = byline.Info
		}
		r.add(f)
	}
	if c, known := coverage.Value(); known && c < 1 && !placed {
		r.add(byline.Finding{
			Code: "audience.no_unknown", Path: path,
			Message: fmt.Sprintf("the source could place %.0f%% of the people, and no bucket holds the others", 100*c),
			Fix:     "add a bucket of the unknown, so that the others are not read as everybody",
		})
	}
}

func roundShare(share float64) float64 { return math.Round(share*100) / 100 }

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

// defined is a metric of an account, span what was measured by one of its definitions.
type defined struct {
	account Ref
	metric  Metric
}

type span struct {
	count, first int
	from, to     time.Time
}

func note(all map[defined]map[string]*span, of defined, m byline.Measure, i int) {
	spans := all[of]
	if spans == nil {
		spans = map[string]*span{}
		all[of] = spans
	}
	s := spans[m.Definition()]
	if s == nil {
		s = &span{first: i, from: m.At(), to: m.At()}
		spans[m.Definition()] = s
	}
	s.count++
	if m.At().Before(s.from) {
		s.from = m.At()
	}
	if m.At().After(s.to) {
		s.to = m.At()
	}
}

func (r *reviewer) mixed(all map[defined]map[string]*span) {
	keys := slices.SortedFunc(maps.Keys(all), func(a, b defined) int {
		return cmp.Or(cmp.Compare(a.account.Platform, b.account.Platform), cmp.Compare(a.account.Handle, b.account.Handle), cmp.Compare(a.metric, b.metric))
	})
	for _, key := range keys {
		if spans := all[key]; len(spans) > 1 {
			text, path := tellSpans(spans)
			r.add(byline.Finding{
				Code: "post.mixed_definitions", Path: keyed(at("posts", path)+".measures", string(key.metric)),
				Message: fmt.Sprintf("%s is measured by %d definitions, whose numbers are not compared: %s", cut(string(key.metric)), len(spans), text),
				Fix:     "measure all posts by one definition, or read only those of one",
			})
		}
	}
}

// maxTold is how many definitions a finding names.
const maxTold = 4

// tellSpans names definitions, oldest first, with the post where the second begins.
func tellSpans(spans map[string]*span) (text string, second int) {
	names := slices.SortedFunc(maps.Keys(spans), func(a, b string) int {
		return cmp.Or(spans[a].from.Compare(spans[b].from), cmp.Compare(a, b))
	})
	second = spans[names[1]].first
	told := make([]string, 0, maxTold+1)
	for _, name := range names[:min(len(names), maxTold)] {
		s := spans[name]
		label := cut(name)
		if label == "" {
			label = "no definition"
		}
		told = append(told, fmt.Sprintf("%s (%d, %s)", label, s.count, between(s.from, s.to)))
	}
	if len(names) > maxTold {
		told = append(told, "and others")
	}
	return strings.Join(told, ", "), second
}

func between(from, to time.Time) string {
	switch first, last := from.Format(time.DateOnly), to.Format(time.DateOnly); {
	case from.IsZero() && to.IsZero():
		return "undated"
	case from.IsZero():
		return "undated to " + last
	case first == last:
		return "at " + first
	default:
		return first + " to " + last
	}
}

// cut bounds what a message repeats.
func cut(text string) string {
	if len(text) > 80 {
		return strings.ToValidUTF8(text[:80], "") + "…"
	}
	return text
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
