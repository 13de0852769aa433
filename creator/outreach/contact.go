package outreach

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Contact is a message that went out, or what came back.
type Contact struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	At        time.Time        `json:"at,omitzero"` // zero: not known
	Channel   Channel          `json:"channel"`
	Direction Direction        `json:"direction"`
	Template  string           `json:"template,omitempty"`
	Version   string           `json:"version,omitempty"`
	Post      PostRef          `json:"post,omitzero"` // that a message was about
	Reply     Reply            `json:"reply,omitempty"`
	Until     time.Time        `json:"until,omitzero"` // of a decline: when to ask again; zero: not said
}

// Direction says who wrote.
type Direction string

// Directions.
const (
	Outbound Direction = "outbound" // to the creator
	Inbound  Direction = "inbound"  // from the creator, or from the channel about a message that did not arrive
)

// Reply is what came back, as a person or a channel read it. The zero Reply is nothing,
// or an answer that nobody has read yet.
type Reply string

// Replies.
const (
	Interested   Reply = "interested"
	Bounced      Reply = "bounced" // by the channel: no such address; leave it out once there is a new one
	Declined     Reply = "declined"
	Unsubscribed Reply = "unsubscribed" // wants no messages at all
)

func (r Reply) known() bool { return r == "" || r.weight() > 0 }

// weight says which of two replies of one instant holds.
func (r Reply) weight() int {
	return slices.Index([]Reply{"", Interested, Bounced, Declined, Unsubscribed}, r)
}

// After is the state that a reply leads to:
//
//   - who unsubscribed stays so, whatever follows: only the caller can take that back, by
//     leaving the contact out of the history
//   - a bounce does not undo a decline
//   - nothing changes nothing; any other reply takes the place of the one before
func (r Reply) After(before Reply) Reply {
	switch {
	case before == Unsubscribed, r == "", r == Bounced && before == Declined:
		return before
	}
	return r
}

// Standing is how a creator stands to being written to on a channel.
type Standing struct {
	Reply Reply     `json:"reply,omitempty"`
	Since time.Time `json:"since,omitzero"` // zero: not known
	Until time.Time `json:"until,omitzero"` // of a decline, as in [Contact]
}

// StandingOf reads what came back from a creator up to a time. The order of the history
// does not matter. Bounces count on their own channel, all else on every channel. What
// has no date holds, but for interest: it may be older than anything else.
func StandingOf(history []Contact, of byline.CreatorID, on Channel, at time.Time) Standing {
	var replies []Contact
	for _, c := range history {
		switch {
		case c.CreatorID != of, c.Direction != Inbound, c.Reply == "", c.At.After(at):
		case c.Reply == Bounced && c.Channel != on, c.Reply == Interested && c.At.IsZero():
		default:
			replies = append(replies, c)
		}
	}
	slices.SortStableFunc(replies, inTime)
	var s Standing
	for _, c := range replies {
		if next := c.Reply.After(s.Reply); next != s.Reply || c.Reply == s.Reply && c.Reply != Unsubscribed {
			s = Standing{Reply: next, Since: c.At, Until: c.Until}
		}
	}
	return s
}

// inTime puts what has no date last, and of one instant the weightier last.
func inTime(a, b Contact) int {
	switch {
	case a.At.IsZero() != b.At.IsZero():
		if a.At.IsZero() {
			return 1
		}
		return -1
	case !a.At.Equal(b.At):
		return a.At.Compare(b.At)
	}
	return cmp.Or(cmp.Compare(a.Reply.weight(), b.Reply.weight()), a.Until.Compare(b.Until))
}
