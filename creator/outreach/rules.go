package outreach

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
)

// How often a creator may be written to, where the rules do not say otherwise. They are
// choices of this package and no measurement.
const (
	DefaultMaxMessages = 3
	DefaultPeriod      = 90 * 24 * time.Hour
	DefaultMinGap      = 7 * 24 * time.Hour
	DefaultDeclineHold = 180 * 24 * time.Hour
	DefaultReplyHold   = 90 * 24 * time.Hour
)

// Rules say when a creator is left alone. 0 takes the default, and nil all defaults; a
// duration is written in JSON as nanoseconds.
type Rules struct {
	MaxMessages int           `json:"max_messages,omitempty"` // to one creator within Period, on all channels together
	Period      time.Duration `json:"period,omitempty"`
	MinGap      time.Duration `json:"min_gap,omitempty"`      // between two messages; after just this long one may write
	DeclineHold time.Duration `json:"decline_hold,omitempty"` // after a decline that does not say when to ask again
	ReplyHold   time.Duration `json:"reply_hold,omitempty"`   // after an answer, which a person should answer and no template
	// DoNotContact stands above all else.
	DoNotContact []Bar `json:"do_not_contact,omitempty"`
}

// Bar keeps messages from a creator.
type Bar struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Channel   Channel          `json:"channel,omitempty"` // "" bars all
	Reason    string           `json:"reason"`
	During    byline.Window    `json:"during,omitzero"` // open ends are ever
}

// orDefault returns the rules with their defaults, and the faults in them.
func (r *Rules) orDefault() (Rules, []*byline.FieldError) {
	full := Rules{
		MaxMessages: DefaultMaxMessages, Period: DefaultPeriod, MinGap: DefaultMinGap,
		DeclineHold: DefaultDeclineHold, ReplyHold: DefaultReplyHold,
	}
	if r == nil {
		return full, nil
	}
	var faults []*byline.FieldError
	for _, d := range []struct {
		path string
		from time.Duration
		to   *time.Duration
	}{{"period", r.Period, &full.Period}, {"min_gap", r.MinGap, &full.MinGap}, {"decline_hold", r.DeclineHold, &full.DeclineHold}, {"reply_hold", r.ReplyHold, &full.ReplyHold}} {
		switch {
		case d.from < 0:
			faults = append(faults, fault("rules."+d.path, "rules.negative", "must not be negative"))
		case d.from > 0:
			*d.to = d.from
		}
	}
	switch {
	case r.MaxMessages < 0:
		faults = append(faults, fault("rules.max_messages", "rules.negative", "must not be negative"))
	case r.MaxMessages > 0:
		full.MaxMessages = r.MaxMessages
	}
	full.DoNotContact = r.DoNotContact
	for i, bar := range r.DoNotContact {
		path := fmt.Sprintf("rules.do_not_contact[%d]", i)
		if bar.CreatorID == "" {
			faults = append(faults, required(path+".creator_id"))
		}
		if bar.Reason == "" {
			faults = append(faults, required(path+".reason"))
		}
	}
	return full, faults
}
