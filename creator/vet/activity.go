package vet

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Defaults and minima of [Activity].
const (
	DefaultActivityDays = 90
	MinActivityPosts    = 5
)

// Active is how much an account publishes, and how much of it for pay.
type Active struct {
	PostsPerWeek   creator.Reading `json:"posts_per_week"`
	SponsoredShare creator.Reading `json:"sponsored_share"`
}

// Readings returns all readings.
func (a Active) Readings() []creator.Reading {
	return []creator.Reading{a.PostsPerWeek, a.SponsoredShare}
}

// Activity reads the posts of so many days before a time; 0 is [DefaultActivityDays].
// Every known post counts, boosted and young ones too.
//
// Posts per week are counted from the oldest known post of the window, which may be the
// first that was collected, to the last time at which the dossier shows that somebody
// looked; its interval is Byar's of a count. The sponsored share is of the posts of which
// it is known, with Wilson's interval; "activity.commerce_unknown" says of how many it is
// not. Readings are refused as "activity.too_few_posts" below [MinActivityPosts], and
// "activity.too_short" where the posts span less than a week.
func Activity(d *creator.Dossier, on creator.Ref, at time.Time, days int) Active {
	if d == nil {
		d = &creator.Dossier{}
	}
	if days <= 0 || days > 36_500 {
		days = DefaultActivityDays
	}
	f := frame{on.Platform, at}
	s := chooseEvery(d.Posts, on, days, at)
	scope := fmt.Sprintf(";days=%d;v1", days)
	return Active{PostsPerWeek: f.pace(d, s.posts, scope), SponsoredShare: f.sponsored(s.posts, scope)}
}

func (f frame) fewActive(n int) *byline.RefusalError {
	if n >= MinActivityPosts {
		return nil
	}
	return &byline.RefusalError{
		Code: "activity.too_few_posts", Have: float64(n), Need: MinActivityPosts,
		Message: fmt.Sprintf("%d posts are known, %d are needed", n, MinActivityPosts),
	}
}

func (f frame) pace(d *creator.Dossier, posts []*creator.Post, scope string) creator.Reading {
	definition := PostsPerWeek + "{posts}/week" + scope
	if no := f.fewActive(len(posts)); no != nil {
		return f.refuse(PostsPerWeek, definition, no)
	}
	oldest := posts[len(posts)-1].PublishedAt
	end := f.lastLook(d, posts)
	weeks := end.Sub(oldest).Hours() / (7 * 24)
	if weeks < 1 {
		r := f.refuse(PostsPerWeek, definition, &byline.RefusalError{
			Code: "activity.too_short", Message: "the known posts span less than a week", Have: weeks, Need: 1,
		})
		r.Count = len(posts)
		return r
	}
	// The oldest post opens the span and says nothing of how often one follows.
	events := float64(len(posts) - 1)
	bounds := countInterval(events)
	r := f.reading(PostsPerWeek, definition, events/weeks, len(posts))
	r = between(r, interval{bounds.low / weeks, bounds.high / weeks, true})
	r.Window = byline.Window{Start: oldest, End: end}
	return r
}

// lastLook is until when the list of posts is known to be complete: posts that were
// collected a month ago do not say that nothing was published since.
func (f frame) lastLook(d *creator.Dossier, posts []*creator.Post) time.Time {
	look := time.Time{}
	later := func(t time.Time) {
		if t.After(look) && !t.After(f.at) {
			look = t
		}
	}
	for _, o := range d.Origins {
		if o.Part == creator.PartPosts {
			later(o.CollectedAt)
		}
	}
	for _, p := range posts {
		later(measuredAt(p))
	}
	if look.IsZero() {
		return f.at
	}
	later(posts[0].PublishedAt)
	return look
}

func (f frame) sponsored(posts []*creator.Post, scope string) creator.Reading {
	definition := SponsoredShare + "{sponsored}/known" + scope
	var sponsored, known int
	for _, p := range posts {
		switch p.Commerce {
		case creator.Sponsored:
			sponsored, known = sponsored+1, known+1
		case creator.Organic:
			known++
		}
	}
	var findings []byline.Finding
	if unknown := len(posts) - known; unknown > 0 {
		findings = []byline.Finding{info("activity.commerce_unknown", fmt.Sprintf(
			"of %d of %d posts nobody says whether they are sponsored; they are left out", unknown, len(posts)))}
	}
	if no := f.fewActive(known); no != nil {
		r := f.refuse(SponsoredShare, definition, no)
		r.Findings = findings
		return r
	}
	part := float64(sponsored) / float64(known)
	r := between(f.reading(SponsoredShare, definition, part, known), shareInterval(part, float64(known)))
	r.Window, r.Findings = byline.Window{Start: posts[len(posts)-1].PublishedAt, End: f.at}, findings
	return r
}
