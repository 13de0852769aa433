package disclosure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Change is the day on which a rule comes into force or ends.
type Change struct {
	At     time.Time `json:"at"`
	Starts bool      `json:"starts"` // false: it ends
	Rule   Rule      `json:"rule"`
}

// Changes returns which of the rules start or end in [from, to), by day and then by id.
// Rules whose first day is not known start nowhere.
func Changes(from, to time.Time, rules []Rule) []Change {
	asked := byline.Window{Start: from, End: to}
	var changes []Change
	for _, rule := range rules {
		if start := rule.Effective.Start; !start.IsZero() && asked.Contains(start) {
			changes = append(changes, Change{At: start, Starts: true, Rule: rule})
		}
		if end := rule.Effective.End; !end.IsZero() && asked.Contains(end) {
			changes = append(changes, Change{At: end, Rule: rule})
		}
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Rule.ID, b.Rule.ID))
	})
	return changes
}

// Dated is a brief or a post under an id of the caller's. At of its Post is when it was or
// will be published; Until is when it is taken down, zero where it stays.
type Dated struct {
	ID    string    `json:"id"`
	Post  Post      `json:"post"`
	Until time.Time `json:"until,omitzero"`
}

// Touch says that a change is about a post.
type Touch struct {
	ID     string `json:"id"`
	Change Change `json:"change"`
	// Live says that the post is out before the day of the change and still there on it:
	// most rules ask about the day of publishing, yet look at it again.
	Live bool `json:"live,omitempty"`
	// Missing names the facts without which it is not certain that the rule reaches the post,
	// or whether it is out already.
	Missing []string `json:"missing,omitempty"`
}

// Touched returns which posts the changes are about, in the order of the changes and then
// of the posts. A post that is taken down before the day of a change is not. A post
// without a market is touched by no market's rule.
func Touched(changes []Change, posts []Dated) []Touch {
	examiners := make([]*examiner, len(posts))
	for i, p := range posts {
		unread := p.Post
		unread.Texts = nil
		examiners[i] = newExaminer(unread, nil)
	}
	var touched []Touch
	for _, change := range changes {
		for i, e := range examiners {
			r := e.reach(change.Rule.Scope)
			gone := !posts[i].Until.IsZero() && day(posts[i].Until.Date()).Before(change.At)
			if r.no || gone || e.untied() || !e.holds(&change.Rule) {
				continue
			}
			touch := Touch{ID: posts[i].ID, Change: change, Live: e.day.Before(change.At), Missing: r.missing}
			if e.post.At.IsZero() {
				touch.Live, touch.Missing = false, append(touch.Missing, "at")
			}
			touched = append(touched, touch)
		}
	}
	return touched
}
