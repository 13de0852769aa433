package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// Exclusivity is a promise not to work for others, or by the brand not to work with
// others. It binds from Before days ahead of the first post until After days past the
// last one, or in Window where one is given; see [Agreement.Exclusive] for the days and
// [Conflicts] for whom it keeps out.
type Exclusivity struct {
	ID          string        `json:"id" validate:"required"`
	BoundParty  Role          `json:"bound" validate:"required,oneof=creator brand"` // whose promise it is
	Categories  []Category    `json:"categories,omitempty"`
	Competitors []string      `json:"competitors,omitempty"` // brands by name, creators by id in a brand's promise; in addition to Categories, and whatever theirs is
	Territory   Territory     `json:"territory"`
	Window      byline.Window `json:"window,omitzero"`
	Before      int           `json:"before_days,omitempty" validate:"min=0,max=3650"`
	After       int           `json:"after_days,omitempty" validate:"min=0,max=3650"`
	CarveOuts   []CarveOut    `json:"carve_outs,omitempty" validate:"dive"`
	Fee         byline.Money  `json:"fee,omitzero"` // what the promise is paid with; the zero Money: it is part of the pay
}

// CarveOut is what an exclusivity leaves free.
type CarveOut struct {
	Kind  CarveOutKind `json:"kind" validate:"required,oneof=existing_deal evergreen_affiliate organic_mention brand"`
	Brand string       `json:"brand,omitempty"` // in a brand's promise the creator's id; empty: any, and with CarveBrand none
}

// CarveOutKind is why something is left free.
type CarveOutKind string

// Kinds of carve-out.
const (
	CarveExisting  CarveOutKind = "existing_deal"       // agreed before this agreement was first signed, whatever amended it since
	CarveEvergreen CarveOutKind = "evergreen_affiliate" // links that stood before
	CarveOrganic   CarveOutKind = "organic_mention"     // nobody paid for it
	CarveBrand     CarveOutKind = "brand"               // this brand, whatever it is
)

// Category is a class of goods, by the id of a taxonomy or as a path from the general to
// the special, "beauty/skincare/serum". See Taxonomy.
type Category string

// Exclusive returns when an exclusivity binds: its Window where one is given. Else it
// binds from the beginning of the day that is Before days ahead of the first post until
// the end of the day that is After days past the last one. Days are those of the calendar
// in the agreement's zone, of 23 to 25 hours where clocks change; the day of a post
// counts as a whole and is none of the Before and After. posts are the times of all
// posts, made and planned, in any order.
//
// Without posts, what the deliverables plan stands in: from their earliest posting window
// to the latest, with Effective for a bound that is open; and Effective where there are
// no deliverables. An open end of Effective is then an open end of the promise.
func (a *Agreement) Exclusive(e Exclusivity, posts []time.Time) byline.Window {
	if !e.Window.Start.IsZero() || !e.Window.End.IsZero() {
		return e.Window
	}
	zone := a.Location()
	w := a.exclusivityPosting(posts)
	if !w.Start.IsZero() {
		w.Start = dayStart(w.Start, -e.Before, zone)
	}
	if !w.End.IsZero() {
		// An end at midnight belongs to the day before, as it is itself outside.
		w.End = dayStart(w.End.Add(-1), e.After+1, zone)
	}
	return w
}

// exclusivityPosting returns when content goes live: from the first post to the last, or
// as it is planned.
func (a *Agreement) exclusivityPosting(posts []time.Time) byline.Window {
	var live []byline.Window
	for _, at := range posts {
		if !at.IsZero() {
			live = append(live, spanOfInstant(at))
		}
	}
	if len(live) == 0 {
		live = a.exclusivityPlan()
	}
	all := spansOf(live...)
	if len(all) == 0 {
		return a.terms.Effective
	}
	return byline.Window{Start: all[0].Start, End: all[len(all)-1].End}
}

// exclusivityPlan returns the posting windows of the deliverables, closed as far as
// Effective is.
func (a *Agreement) exclusivityPlan() []byline.Window {
	var windows []byline.Window
	for _, d := range a.terms.Deliverables {
		w := d.Posting
		if w.Start.IsZero() {
			w.Start = a.terms.Effective.Start
		}
		if w.End.IsZero() {
			w.End = a.terms.Effective.End
		}
		windows = append(windows, w)
	}
	return windows
}
