package outreach

import (
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Attempt is a message that somebody would like to send.
type Attempt struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Channel   Channel          `json:"channel"`
	Post      PostRef          `json:"post"`
	At        time.Time        `json:"at"`
}

// Attempt is the message as a question to [May].
func (m *Message) Attempt() Attempt {
	a := Attempt{Channel: m.Channel, Post: m.Reference.Post, At: m.At}
	if m.Dossier != nil {
		a.CreatorID = m.Dossier.Profile.ID
	}
	return a
}

// May says whether a message may be sent: a check of code "outreach.permission", with all
// that stands against it as findings that block: "outreach.do_not_contact",
// "outreach.unsubscribed", "outreach.declined", "outreach.bounced", "outreach.replied" (an
// answer is there, and a template would not have read it), "outreach.too_soon",
// "outreach.too_many" and "outreach.same_post".
//
// A contact with the creator that has no date, or is dated after the attempt, leaves it
// undetermined where nothing blocks, with the finding "outreach.history_time": leave out
// what was not yet known when you ask about the past. The order of the history does not
// matter, and contacts of other creators may be in it. It takes O(n log n).
//
// The error lists faults: "required", "rules.negative", "contact.direction", "contact.reply"
// for one this version does not know, and "contact.outbound_reply" for a reply in a message
// to the creator.
func May(a Attempt, history []Contact, rules *Rules) (creator.Check, error) {
	r, faults := rules.orDefault()
	faults = append(a.faults(), faults...)
	if faults = append(faults, contactFaults(history)...); len(faults) > 0 {
		return creator.Check{}, byline.Faults(faults)
	}
	q := question{Attempt: a, rules: r, standing: StandingOf(history, a.CreatorID, a.Channel, a.At)}
	for _, c := range history {
		if c.CreatorID == a.CreatorID {
			q.add(c)
		}
	}
	q.askStanding()
	q.askFrequency()
	return q.check(), nil
}

func (a Attempt) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	for _, must := range []struct {
		path  string
		there bool
	}{{"creator_id", a.CreatorID != ""}, {"channel", a.Channel != ""}, {"post.platform", a.Post.Platform != ""}, {"post.id", a.Post.ID != ""}, {"at", !a.At.IsZero()}} {
		if !must.there {
			faults = append(faults, required(must.path))
		}
	}
	return faults
}

func contactFaults(history []Contact) []*byline.FieldError {
	var faults []*byline.FieldError
	for i, c := range history {
		add := func(field, code, message string) {
			faults = append(faults, fault(fmt.Sprintf("history[%d].%s", i, field), code, message))
		}
		if c.CreatorID == "" {
			add("creator_id", "required", "a value is required")
		}
		if c.Direction != Outbound && c.Direction != Inbound {
			add("direction", "contact.direction", "must be outbound or inbound")
		}
		switch {
		case !c.Reply.known():
			add("reply", "contact.reply", "not a reply this version knows")
		case c.Direction == Outbound && c.Reply != "":
			add("reply", "contact.outbound_reply", "a message to the creator is no reply")
		}
	}
	return faults
}

// question gathers what stands against an attempt.
type question struct {
	Attempt

	rules    Rules
	standing Standing
	sent     []time.Time // messages to the creator
	answered time.Time   // the latest answer
	bounced  time.Time   // the latest bounce on the channel
	samePost bool
	unplaced bool // some contact cannot be placed in time
	against  []byline.Finding
}

func (q *question) add(c Contact) {
	if c.Direction == Outbound && c.Post == q.Post {
		q.samePost = true
	}
	switch {
	case c.At.IsZero(), c.At.After(q.At):
		q.unplaced = true
	case c.Direction == Outbound:
		q.sent = append(q.sent, c.At)
	case c.Reply == Bounced:
		if c.Channel == q.Channel && c.At.After(q.bounced) {
			q.bounced = c.At
		}
	case c.At.After(q.answered):
		q.answered = c.At
	}
}

// block says what stands against the attempt, and until when; the zero time is ever.
func (q *question) block(code, message string, until time.Time) {
	f := byline.Finding{Code: code, Severity: byline.Blocker, Message: message}
	if !until.IsZero() {
		whole := until.Add(time.Minute - 1).Truncate(time.Minute) // up, for the text has no seconds
		f.Fix = "wait until " + whole.UTC().Format("2006-01-02 15:04 UTC")
	}
	q.against = append(q.against, f)
}

func (q *question) askStanding() {
	for _, bar := range q.rules.DoNotContact {
		if bar.CreatorID == q.CreatorID && (bar.Channel == "" || bar.Channel == q.Channel) && bar.During.Contains(q.At) {
			q.block("outreach.do_not_contact", "the creator is on the list of those not to contact: "+inert(bar.Reason), bar.During.End)
		}
	}
	switch s := q.standing; s.Reply {
	case Unsubscribed:
		q.block("outreach.unsubscribed", "the creator wants no messages", time.Time{})
	case Bounced:
		q.block("outreach.bounced", "messages on this channel do not arrive", time.Time{})
	case Declined:
		until := s.Until
		if until.IsZero() && !s.Since.IsZero() {
			until = s.Since.Add(q.rules.DeclineHold)
		}
		if until.IsZero() || q.At.Before(until) {
			q.block("outreach.declined", "the creator declined", until)
		} else if q.bounced.After(q.answered) { // which the decline has kept from standing
			q.block("outreach.bounced", "messages on this channel do not arrive", time.Time{})
		}
	}
	// Who declined until a day expects to be asked again, and has answered all the same.
	until := q.answered.Add(q.rules.ReplyHold)
	wants := q.standing.Reply != Declined && q.standing.Reply != Unsubscribed
	if wants && q.At.Before(until) {
		q.block("outreach.replied", "the creator has answered: a person should go on, and no template", until)
	}
}

func (q *question) askFrequency() {
	slices.SortFunc(q.sent, time.Time.Compare)
	if n := len(q.sent); n > 0 && q.At.Sub(q.sent[n-1]) < q.rules.MinGap {
		q.block("outreach.too_soon", "the last message is not long enough ago", q.sent[n-1].Add(q.rules.MinGap))
	}
	from := q.At.Add(-q.rules.Period)
	recent := q.sent[len(q.sent)-countAfter(q.sent, from):]
	if len(recent) >= q.rules.MaxMessages {
		free := recent[len(recent)-q.rules.MaxMessages].Add(q.rules.Period)
		q.block("outreach.too_many", fmt.Sprintf("%d messages went out lately, and %d are allowed", len(recent), q.rules.MaxMessages), free)
	}
	if q.samePost {
		q.block("outreach.same_post", "a message to the creator was about this post already", time.Time{})
	}
}

// countAfter counts the times after a time; they are sorted.
func countAfter(times []time.Time, from time.Time) int {
	at, _ := slices.BinarySearchFunc(times, from, func(t, from time.Time) int {
		if t.After(from) {
			return 1
		}
		return -1
	})
	return len(times) - at
}

func (q *question) check() creator.Check {
	c := creator.Check{Code: "outreach.permission", State: creator.Passed, Reason: "nothing stands against a message", At: q.At, Findings: q.against}
	if q.unplaced {
		c.Findings = append(c.Findings, byline.Finding{
			Code: "outreach.history_time", Severity: byline.Warning, Path: "history",
			Message: "a contact with the creator has no date, or one after the attempt", Fix: "find out when it was",
		})
	}
	switch {
	case len(q.against) > 0:
		c.State, c.Reason = creator.Failed, q.against[0].Message
	case q.unplaced:
		c.State, c.Reason = creator.Undetermined, "it cannot be told when the creator was last written to"
	}
	return c
}
