package ics

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// Event is one entry of a calendar.
type Event struct {
	UID  string `json:"uid"` // of the brief's id, Key and the domain
	Key  string `json:"key"` // what it is in the brief: "drafts_due", "posting/instagram/reel/1"
	Kind Kind   `json:"kind"`

	Summary     string    `json:"summary"`
	Description string    `json:"description,omitempty"`
	URL         string    `json:"url,omitempty"` // http or https
	Start       time.Time `json:"start"`
	End         time.Time `json:"end"` // exclusive
	// AllDay says that Start and End are midnights of the calendar's zone.
	AllDay    bool `json:"all_day,omitempty"`
	Sequence  int  `json:"sequence"` // 0 for the first version
	Cancelled bool `json:"cancelled,omitempty"`
}

// Kind is what an event is about, and its CATEGORIES in the file.
type Kind string

// Kinds of events, in the order in which they are listed on one day.
const (
	ProductArrives Kind = "product"
	DraftsDue      Kind = "drafts"
	Review         Kind = "review" // the brand's answer to a round
	ApprovalBy     Kind = "approval"
	EmbargoEnds    Kind = "embargo"
	Posting        Kind = "posting" // the window of a piece
	LiveEnds       Kind = "live"    // a piece that was posted last may be taken down
	CodeExpires    Kind = "code"
	LinkExpires    Kind = "link"
	CampaignEnds   Kind = "campaign"
)

func kinds() []Kind {
	return []Kind{ProductArrives, DraftsDue, Review, ApprovalBy, EmbargoEnds, Posting, LiveEnds, CodeExpires, LinkExpires, CampaignEnds}
}

// Events lists what a brief, and the version before it, put into a calendar, in order of
// time. What has no date is not in it. A posting window becomes one event, another date
// one that begins then and lasts a quarter of an hour, or the day. A code or link that
// expires at a midnight has its last day the day before.
//
// A round of review is expected the brand's business days after the drafts are due, one
// round after the other, as if the creator mended a draft on the day of the answer. A
// piece stays up for its time after it is posted; as nobody knows yet when that is, the
// event stands where it ends for a post at the end of the window.
//
// An event is the same in another version of the brief when its Key is: a piece is known by
// its platform, its format and its place among those of both, a code by its text and a
// link by its key.
//
// Faults: "ics.id" and "ics.version" of the brief, "ics.stamp", "ics.domain",
// "ics.sender", "ics.alarms", "ics.alarm", "ics.earlier_brief" and
// "ics.earlier_version" of the options; "ics.time" for a time outside of the years 1 to
// 9999, and "ics.window" for a window that ends before it begins.
func Events(b brief.Brief, o *Options) ([]Event, error) {
	if o == nil {
		o = &Options{}
	}
	faults := o.check(b)
	events, wrong := collect(b, o)
	faults = append(faults, wrong...)
	if o.CalledOff {
		for i := range events {
			events[i].Cancelled = true
		}
	}
	if o.Earlier != nil {
		earlier, wrong := collect(*o.Earlier, o)
		for _, fault := range wrong {
			faults = append(faults, byline.Nest("earlier", fault)...)
		}
		events = append(events, dropped(earlier, events)...)
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	for i := range events {
		events[i].Sequence = b.Version - 1
		if events[i].Cancelled {
			events[i].Summary = "Cancelled: " + events[i].Summary
		}
	}
	slices.SortStableFunc(events, func(x, y Event) int {
		return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(slices.Index(kinds(), x.Kind), slices.Index(kinds(), y.Kind)))
	})
	return events, nil
}

// dropped are the earlier events that are no longer there, cancelled.
func dropped(earlier, now []Event) []Event {
	kept := map[string]bool{}
	for _, e := range now {
		kept[e.UID] = true
	}
	var gone []Event
	for _, e := range earlier {
		if !kept[e.UID] {
			e.Cancelled = true
			gone = append(gone, e)
		}
	}
	return gone
}

// uid is the same for the same event of the same brief. Ids and codes go into it as a
// digest: they may hold anything, and a code may be a person's name.
func uid(briefID, key string, o *Options) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d:%s%s", len(briefID), briefID, key))
	return hex.EncodeToString(sum[:16]) + "@" + strings.ToLower(o.Domain)
}
