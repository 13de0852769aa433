package brief

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// DueCheck is one thing that somebody has to look at.
type DueCheck struct {
	Kind   DueKind   `json:"kind"`
	Piece  int       `json:"piece"`          // index of Brief.Pieces, -1 for a post of none
	Number int       `json:"number"`         // of those that the piece counts, from 1; 0 for a post of none
	Post   string    `json:"post,omitempty"` // Content.ID, once there is one
	Since  time.Time `json:"since"`
	// Until is the deadline, zero where none was agreed. At Until it is overdue.
	Until   time.Time `json:"until,omitzero"`
	Overdue bool      `json:"overdue,omitempty"`
	Who     string    `json:"who,omitempty"` // a role
	Says    string    `json:"says"`          // what to do, in a sentence
}

// DueKind is what there is to look at.
type DueKind string

// Kinds of checks.
const (
	DueDraft       DueKind = "draft"       // the first draft was due and is not there
	DueRedraft     DueKind = "redraft"     // changes were asked for, and the new draft is not there
	DueAnswer      DueKind = "answer"      // a draft waits for the brand
	DuePublication DueKind = "publication" // it should be live
	DueFirstLook   DueKind = "first_look"  // a live post nobody has checked
	DueNextLook    DueKind = "next_look"   // it was checked, and has to be again
	DueTakedown    DueKind = "takedown"    // the creator was asked to mend it or take it down
	DueVerdict     DueKind = "verdict"     // verified or a breach: its time is over, or it is gone
)

// ahead is how long before a deadline a repeated look is listed.
const ahead = 24 * time.Hour

// DueChecks returns what somebody has to look at, at an instant: the overdue first, then
// by deadline, those without one last. Pieces of which there is no progress have no draft
// yet. A live post that no progress knows has to be looked at too.
//
// A first look is due within Monitoring.Within of the publication, another one each
// Monitoring.Every after the last, a takedown within Monitoring.Takedown of the request,
// and the verdict within Monitoring.Within of the end of the minimum live time; a post
// without one is judged once it was looked at. A draft that was sent back is due by
// Timeline.ApprovalBy, or by the end of the posting window. Repeated looks, answers and
// such drafts are listed from a day before their deadline, or from the beginning where they have less than that;
// everything else from when it can be done.
func DueChecks(b Brief, pieces []Progress, posts []Content, at time.Time) []DueCheck {
	d := dueList{brief: b, at: at, posts: map[string]Content{}}
	for _, post := range posts {
		if _, ok := d.posts[post.ID]; !ok {
			d.posts[post.ID] = post
		}
	}
	d.drafts(pieces)
	known := map[string]bool{}
	for _, p := range pieces {
		d.progress(p)
		known[p.post] = p.post != ""
	}
	for _, post := range posts {
		if post.Stage == AsLive && !known[post.ID] {
			known[post.ID] = post.ID != ""
			d.stray(post)
		}
	}
	slices.SortStableFunc(d.due, compareDue)
	return d.due
}

func compareDue(a, b DueCheck) int {
	open := func(d DueCheck) int { // those without a deadline come last
		if d.Until.IsZero() {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(open(a), open(b)), a.Until.Compare(b.Until), a.Since.Compare(b.Since), cmp.Compare(a.Piece, b.Piece),
		cmp.Compare(a.Number, b.Number), strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Post, b.Post),
	)
}

type dueList struct {
	brief Brief
	at    time.Time
	posts map[string]Content
	due   []DueCheck
}

// add lists a check whose time has come.
func (d *dueList) add(c DueCheck) {
	if c.Since.After(d.at) {
		return
	}
	c.Overdue = !c.Until.IsZero() && over(c.Until, d.at)
	if c.Who == "" {
		c.Who = d.brief.Monitoring.Who
	}
	d.due = append(d.due, c)
}

// drafts lists pieces of which no first draft is there.
func (d *dueList) drafts(pieces []Progress) {
	begun := map[[2]int]bool{}
	for _, p := range pieces {
		if p.state != StateDraft && p.state != "" {
			begun[[2]int{p.course.Piece, p.course.Number}] = true
		}
	}
	dueAt := d.brief.Timeline.DraftsDue
	if dueAt.IsZero() {
		return
	}
	for i, piece := range d.brief.Pieces {
		for n := 1; n <= piece.Count; n++ {
			if !begun[[2]int{i, n}] {
				d.add(DueCheck{Kind: DueDraft, Piece: i, Number: n, Since: dueAt, Until: dueAt, Says: "The draft was due: ask the creator for it."})
			}
		}
	}
}

func (d *dueList) progress(p Progress) {
	c := DueCheck{Piece: p.course.Piece, Number: p.course.Number, Post: p.post}
	switch p.state {
	case StateSubmitted:
		d.answer(p, c)
	case StateApproved, StateScheduled:
		d.publication(p, c)
	case StateLive:
		d.live(p, c)
	case StateChanges:
		d.redraft(p, c)
	case StateDraft, StateVerified, StateBreached:
	}
}

// redraft lists a piece whose creator has it back. The brief sets no day for a second
// draft: the last one on which it can still be approved is that of the brand's last word,
// and the end of the posting window where there is none or another window was agreed.
func (d *dueList) redraft(p Progress, c DueCheck) {
	c.Kind, c.Since, c.Until = DueRedraft, p.asked, p.posting.End
	if by := d.brief.Timeline.ApprovalBy; !by.IsZero() && p.posting == p.course.Posting {
		c.Until = by
	}
	c.Says = "Changes were asked for: look whether the new draft comes in time."
	if !c.Until.IsZero() {
		c.Since = latest(p.asked, c.Until.Add(-ahead))
		if over(c.Until, d.at) {
			c.Says = "It is too late to approve a new draft: agree on another posting window, or record the breach."
		}
	}
	d.add(c)
}

// answer lists a draft that waits: from the beginning where its time is not known.
func (d *dueList) answer(p Progress, c DueCheck) {
	c.Kind, c.Since, c.Until = DueAnswer, p.submitted, p.answerBy
	if !c.Until.IsZero() {
		c.Since = latest(p.submitted, p.answerBy.Add(-ahead))
	}
	if who := d.brief.Approval.Who; len(who) > 0 {
		c.Who = strings.Join(who, ", ")
	}
	c.Says = "The draft waits for an answer."
	if !c.Until.IsZero() && over(c.Until, d.at) {
		c.Says = map[Silence]string{
			SilenceAccepts: "Nobody answered in time: silence approves the draft. Record it.",
			SilenceRejects: "Nobody answered in time: silence rejects the draft. Record it and tell the creator.",
			NoSilenceRule:  "Nobody answered in time, and nothing was agreed about silence: answer the draft.",
		}[p.course.Silence]
	}
	d.add(c)
}

// publication lists a piece that should be live, or whose window is about to end.
func (d *dueList) publication(p Progress, c DueCheck) {
	c.Kind, c.Until, c.Says = DuePublication, p.posting.End, "It is approved and not known to be live: look for the post."
	if c.Until.IsZero() && p.scheduled.IsZero() {
		return
	}
	c.Since = p.scheduled
	if c.Since.IsZero() {
		c.Since = latest(p.posting.Start, p.posting.End.Add(-ahead))
	}
	if !c.Until.IsZero() && over(c.Until, d.at) {
		c.Says = "The posting window is over without a post: agree on a new one, or record the breach."
	}
	d.add(c)
}

// live lists the looks at a live post.
func (d *dueList) live(p Progress, c DueCheck) {
	m, post := d.brief.Monitoring, d.posts[p.post]
	end := p.published.Add(p.course.Live)
	gone := d.gone(post)
	if !p.takedown.IsZero() && !gone {
		takedown := c
		takedown.Kind, takedown.Since, takedown.Until = DueTakedown, p.takedown, within(p.takedown, m.Takedown)
		takedown.Says = "The creator was asked to mend the post or take it down: look whether it is done."
		d.add(takedown)
	}
	if p.looked.IsZero() && !gone {
		d.firstLook(c, p.published)
	}
	switch {
	case gone:
		c.Kind, c.Since, c.Until, c.Says = DueVerdict, post.Removed, within(post.Removed, m.Within), goneWords(post.Removed, end)
	case over(end, d.at):
		if p.course.Live == 0 && p.looked.IsZero() {
			return
		}
		since := latest(end, p.published)
		if p.course.Live == 0 {
			since = p.looked
		}
		c.Kind, c.Since, c.Until, c.Says = DueVerdict, since, within(since, m.Within), "It stayed up as agreed, as far as is known: verify the post, or record the breach."
	default:
		d.nextLook(p, post, c)
		return
	}
	d.add(c)
}

func (d *dueList) gone(post Content) bool { return !post.Removed.IsZero() && over(post.Removed, d.at) }

func goneWords(removed, end time.Time) string {
	if removed.Before(end) {
		return fmt.Sprintf("The post was taken down before %s: record the breach, or have it put up again.", moment(end))
	}
	return "The post is gone, after the agreed time: verify it."
}

func (d *dueList) firstLook(c DueCheck, published time.Time) {
	c.Kind, c.Since, c.Until = DueFirstLook, published, within(published, d.brief.Monitoring.Within)
	c.Says = "Nobody has checked the live post yet." + d.keep()
	d.add(c)
}

func (d *dueList) keep() string {
	if d.brief.Monitoring.Evidence {
		return " Keep the evidence."
	}
	return ""
}

// nextLook lists the next look at a post that has to stay up. That somebody saw it live
// counts as one, once it was checked.
func (d *dueList) nextLook(p Progress, post Content, c DueCheck) {
	every := d.brief.Monitoring.Every
	if every <= 0 || p.looked.IsZero() {
		return
	}
	last := p.looked
	if seen := post.SeenUntil; !seen.After(d.at) {
		last = latest(last, seen)
	}
	c.Kind, c.Until = DueNextLook, last.Add(every)
	c.Since = latest(last, c.Until.Add(-ahead))
	c.Says = "Look whether the post is still up and unchanged." + d.keep()
	d.add(c)
}

// stray lists a live post that nobody expected.
func (d *dueList) stray(post Content) {
	if post.At.IsZero() || d.gone(post) {
		return
	}
	c := DueCheck{Piece: -1, Post: post.ID}
	if i := post.Piece; i != nil && *i >= 0 && *i < len(d.brief.Pieces) {
		c.Piece = *post.Piece
	}
	d.firstLook(c, post.At)
}

// within is a deadline so long after an instant, none where nothing was agreed.
func within(since time.Time, d time.Duration) time.Time {
	if d <= 0 {
		return time.Time{}
	}
	return since.Add(d)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
