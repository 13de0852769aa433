package vet

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

const (
	leapSignalDays = 2   // around a leap
	viewRise       = 1.5 // times the median
	leapDecayDays  = 30
	leapDecayShare = 0.1 // of the leap
	leapDecaySteps = 10  // known in those days
	usualPosts     = 3   // with views, to know what is usual
)

// leaps finds runs of neighbouring days that leap the same way, and says what each is.
func (g *growth) leaps(s signals) []Leap {
	// Weekdays first: a trend over whole weeks of what is left does not follow them.
	rest := detrended(g.withoutWeekdays(perDay(g.steps)), trendSteps)
	z, err := ModifiedZ(rest)
	if err != nil {
		g.say(info("growth.no_variation", "every day changed the followers by as many, so none stands out"))
		return nil
	}
	var found []Leap
	for i := 0; i < len(z); {
		j := i
		for j < len(z) && g.leapt(z[j], rest[j], g.steps[j]) && z[j] > 0 == (z[i] > 0) && (j == i || g.steps[j].from.Equal(g.steps[j-1].to)) {
			j++
		}
		if j == i {
			i++
			continue
		}
		l := leapOf(g.steps[i:j], rest[i:j], z[i:j])
		g.classify(&l, s, i, j)
		found = append(found, l)
		g.say(leapFinding(l))
		i = j
	}
	return found
}

// leapt reports whether a step stands out, and by enough to matter.
func (g *growth) leapt(z, excess float64, s step) bool {
	least := math.Max(g.options.MinLeap*s.before, math.Max(1, 3*g.unit))
	return math.Abs(z) > g.options.Cutoff && math.Abs(excess)*s.days >= least && z > 0 == (s.total() > 0)
}

func leapOf(steps []step, rest, z []float64) Leap {
	l := Leap{During: byline.Window{Start: steps[0].from.Add(day), End: steps[len(steps)-1].to.Add(day)}}
	for i, s := range steps {
		l.Change += s.total()
		l.Excess += rest[i] * s.days
		if math.Abs(z[i]) > math.Abs(l.Z) {
			l.Z = z[i]
		}
	}
	l.Share = l.Change / math.Max(1, steps[0].before)
	return l
}

func leapFinding(l Leap) byline.Finding {
	f := info("growth.leap", fmt.Sprintf("%+.0f followers around %s: %s, because %s",
		l.Change, l.During.Start.Format(time.DateOnly), l.Class, strings.Join(l.Reasons, "; ")))
	if l.Class == Suspicious {
		f.Severity = byline.Warning
		f.Fix = "ask where these followers came from"
	}
	return f
}

// classify says what else happened around the steps from i to j.
func (g *growth) classify(l *Leap, s signals, i, j int) {
	l.Class = Unexplained
	if l.Change < 0 {
		l.Reasons = []string{"followers left at once, as when a platform removes accounts, or after a leap"}
		return
	}
	around := byline.Window{Start: g.steps[i].from.Add(-leapSignalDays * day), End: l.During.End.Add(leapSignalDays * day)}
	near := s.near(around)
	l.Posts = near.ids
	decayed, how := g.decay(l, i, j)
	l.Reasons = append(l.Reasons, near.words(s, around), how)
	switch {
	case near.risen:
		l.Class = OrganicSpike
	case len(near.ids) == 0 && s.covers(around) && decayed:
		l.Class = Suspicious
	}
}

// decay reports whether the followers of a leap left again, day by day.
func (g *growth) decay(l *Leap, i, j int) (decayed bool, how string) {
	var after, before []step
	for _, s := range g.steps[j:] {
		if s.to.Before(l.During.End.Add(leapDecayDays * day)) {
			after = append(after, s)
		}
	}
	for _, s := range g.steps[:i] {
		if s.from.After(l.During.Start.Add(-leapDecayDays * day)) {
			before = append(before, s)
		}
	}
	if len(after) < leapDecaySteps {
		return false, "what came after is not known for long enough"
	}
	lost := after[0].before - after[len(after)-1].after
	falling := sortedMedian(sortedCopy(perDay(after))) < 0
	fell := len(before) > 0 && sortedMedian(sortedCopy(perDay(before))) < 0
	switch {
	case lost < leapDecayShare*l.Excess || !falling:
		return false, "the followers stayed, or came as fast as they left"
	case fell:
		return false, "the followers fell afterwards as they did before"
	}
	return true, fmt.Sprintf("%.0f followers left in the %d days after, day by day", lost, leapDecayDays)
}

// signals is what is known of an account's posts.
type signals struct {
	posts []*creator.Post // newest first
	usual float64         // median views; 0: not known
	by    string          // definition of these views
	until time.Time       // when somebody last looked at the posts
}

func signalsOf(d *creator.Dossier, on creator.Ref, at time.Time) signals {
	s := signals{posts: chooseEvery(d.Posts, on, 0, at).posts}
	if len(s.posts) == 0 {
		return s
	}
	s.until = frame{on.Platform, at}.lastLook(d, s.posts)
	var unpaid selection
	for _, p := range s.posts {
		if p.Promotion != creator.Boosted {
			unpaid.posts = append(unpaid.posts, p)
		}
	}
	a := unpaid.agree([]creator.Metric{creator.Views}, Variant{MinAgeHours: -1}, at)
	if len(a.posts) < usualPosts {
		return s
	}
	views := make([]float64, len(a.posts))
	for i, p := range a.posts {
		views[i], _ = p.Measure(creator.Views).Value()
	}
	s.usual, s.by = sortedMedian(sortedCopy(views)), a.definitions[0]
	return s
}

// covers reports whether the posts reach back before a window and were looked at after it.
func (s signals) covers(w byline.Window) bool {
	return len(s.posts) > 0 && w.After(s.posts[len(s.posts)-1].PublishedAt) && !s.until.Before(w.End)
}

// nearby is what was posted around a leap.
type nearby struct {
	ids                      []string
	risen, boosted, measured bool
}

func (s signals) near(w byline.Window) nearby {
	var n nearby
	// Posts are newest first: the first that is not after the window.
	from, _ := slices.BinarySearchFunc(s.posts, w, func(p *creator.Post, w byline.Window) int {
		if w.Before(p.PublishedAt) {
			return -1
		}
		return 1
	})
	for _, p := range s.posts[from:] {
		if w.After(p.PublishedAt) {
			break
		}
		n.ids = append(n.ids, p.ID)
		views, known := p.Measure(creator.Views).Value()
		known = known && s.usual > 0 && p.Measure(creator.Views).Definition() == s.by
		n.measured = n.measured || known
		n.boosted = n.boosted || p.Promotion == creator.Boosted
		n.risen = n.risen || known && p.Promotion != creator.Boosted && views >= viewRise*s.usual
	}
	return n
}

func (n nearby) words(s signals, w byline.Window) string {
	switch {
	case n.risen:
		return fmt.Sprintf("a post nearby was seen %.1f times as often as usual or more", viewRise)
	case n.boosted:
		return "a post nearby was boosted, and paid reach may have brought them"
	case n.measured:
		return "posts nearby were seen no more than usual"
	case len(n.ids) > 0:
		return "there are posts nearby, and their views are not known"
	case s.covers(w):
		return "no post was published nearby"
	}
	return "the posts of that time are not known"
}
