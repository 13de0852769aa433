package multitouch

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// OrderOptions say how orders and visits become journeys. A nil *OrderOptions is the zero
// OrderOptions.
type OrderOptions struct {
	// Window is how long before an order a touch counts, 30 days when 0.
	Window time.Duration `json:"window,omitempty"`
	// Inactivity is how long after their last touch a visitor is taken for lost, Window
	// when 0. Where it is shorter, a journey may be lost and yet lead to an order later.
	Inactivity time.Duration `json:"inactivity,omitempty"`
	// Codes makes a touch of each genuine code of a creator, at the instant of the order
	// and behind all others. A code says nothing of when its creator was seen, and visits
	// that lead to no order have none, so a chain finds codes better than they are.
	Codes bool `json:"codes,omitempty"`
	// Views lets content count that was merely shown.
	Views bool `json:"views,omitempty"`
	// Sold values an order by what was sold, instead of by what is kept of it.
	Sold bool `json:"sold,omitempty"`
	// Label names the channel of a touch, "" to leave it out; the creator when nil. It is
	// asked about touches of nobody, too, whose Creator is "".
	Label func(attribution.Candidate) string `json:"-"`
}

const defaultWindow = 30 * 24 * time.Hour

// Why a touch is not in a journey, besides the reasons of package attribution.
const (
	DroppedSameClick attribution.Reason = "same_click"     // another record has the same click id, and is no later
	DroppedEarlier   attribution.Reason = "earlier_order"  // it came before an earlier order, or at it
	DroppedView      attribution.Reason = "view"           // nobody clicked
	DroppedUnnamed   attribution.Reason = "unnamed"        // Label left it out
	DroppedBeyond    attribution.Reason = "beyond_cut_off" // it came after the cut-off
)

// OrderJourney is the journey that led to an order.
type OrderJourney struct {
	Order    byline.OrderID       `json:"order"`
	Standing attribution.Standing `json:"standing"`
	// Journey has one conversion where Standing is StandingEarning, and is empty where it
	// is not: an order that was cancelled or is not paid yet counts nothing, not even as a
	// null. Its path is empty where no touch is left, see [Totals].Untouched.
	Journey Journey `json:"journey"`
	// Dropped counts the touches that are not in the path, by why.
	Dropped map[attribution.Reason]int `json:"dropped,omitempty"`
}

// FromOrder makes a journey of an order: the touches that it carries and that its history
// recorded, in order of time and with their ages, whoever of them was credited. previous
// is when the same customer had ordered before, whose touches led there; the zero time: not,
// or nobody knows.
//
// The decider tells whose a touch is and what the order is worth. A touch counts from when
// its offer started until it ended, inside the window, and whatever the rules of the
// policy think of it. Of touches with one click id the first counts, and of two that say
// the same of one instant one does. What only the order
// speaks of has the order's word for its time, which is no more than a bound.
//
// An order of which nothing is kept is a conversion all the same, of value 0, and one of
// which more was refunded than sold may be below it. Values are in the currency of their
// order, and [Journeys.Add] takes only one. Nothing of the customer is in a journey but what
// Label puts there.
//
// The fault is "order_options.window" for a duration below 0. Time is that of a decision.
func FromOrder(o attribution.Order, h *attribution.History, previous time.Time, decider *attribution.Decider, opts *OrderOptions) (OrderJourney, error) {
	set, err := opts.checked()
	if err != nil {
		return OrderJourney{}, err
	}
	var history attribution.History
	if h != nil {
		history = *h
	}
	dropped := map[attribution.Reason]int{}
	history.Touches = onePerClick(history.Touches, dropped)
	o.Touches = onePerClick(o.Touches, dropped)
	d := decider.Decide(o, &history)
	touches := set.touches(d, dropped)
	made := OrderJourney{Order: d.Order, Standing: d.Standing, Dropped: dropped}
	for _, t := range touches {
		switch {
		case t.at.After(d.PlacedAt):
			// The decider says so only where it has nothing else against the touch.
			dropped[attribution.ReasonClickAfterOrder]++
		case !previous.IsZero() && !t.at.After(previous):
			dropped[DroppedEarlier]++
		case d.PlacedAt.Sub(t.at) > set.Window:
			dropped[attribution.ReasonClickTooOld]++
		default:
			made.Journey.Path = append(made.Journey.Path, t.label)
			made.Journey.Ages = append(made.Journey.Ages, d.PlacedAt.Sub(t.at))
		}
	}
	if d.Standing != attribution.StandingEarning {
		made.Journey = Journey{}
		return made, nil
	}
	made.Journey.Conversions = 1
	made.Journey.Value = d.Earning
	if set.Sold {
		made.Journey.Value = d.Sold
	}
	return made, nil
}

// Visits are the touches of one visitor, as the caller recorded them.
type Visits struct {
	Touches []attribution.Touch `json:"touches"`
	// Orders are when the visitor ordered, in any order; empty where they never did.
	Orders []time.Time `json:"orders,omitempty"`
	// CutOff is up to when touches and orders are known.
	CutOff time.Time `json:"cut_off"`
}

// LostJourneys are the journeys of a visitor that led nowhere.
type LostJourneys struct {
	Journeys []Journey `json:"journeys,omitempty"` // each one null, in order of time, without ages
	// Open counts journeys of which it is not known yet how they end.
	Open int `json:"open,omitempty"`
	// Converted counts journeys that led to an order: FromOrder makes journeys of them.
	Converted int                        `json:"converted,omitempty"`
	Dropped   map[attribution.Reason]int `json:"dropped,omitempty"`
}

// FromVisits makes journeys of the touches of a visitor that led to no order. A journey
// ends at an order, or when no touch follows for as long as Inactivity. It converted if
// an order came within Window of its last touch; else it is lost once Inactivity has
// passed since, and open before that.
//
// Faults are "order_options.window" and "visits.cut_off" for visits without a cut-off.
func FromVisits(v Visits, decider *attribution.Decider, opts *OrderOptions) (LostJourneys, error) {
	set, err := opts.checked()
	if err != nil {
		return LostJourneys{}, err
	}
	if v.CutOff.IsZero() {
		return LostJourneys{}, byline.Faults([]*byline.FieldError{{Path: "cut_off", Code: "visits.cut_off", Message: "say up to when touches and orders are known"}})
	}
	lost := LostJourneys{Dropped: map[attribution.Reason]int{}}
	touches := set.visits(v, decider, lost.Dropped)
	orders := slices.SortedFunc(slices.Values(v.Orders), time.Time.Compare)
	for len(touches) > 0 {
		n := set.runLength(touches, orders)
		run, last := touches[:n], touches[n-1].at
		touches = touches[n:]
		order, ordered := nextOrder(orders, last)
		switch {
		case ordered && !order.After(v.CutOff) && order.Sub(last) <= set.Window:
			lost.Converted++
		case v.CutOff.Sub(last) < set.Inactivity:
			lost.Open++
		default:
			lost.Journeys = append(lost.Journeys, Journey{Path: labels(run), Nulls: 1})
		}
	}
	return lost, nil
}

func (o *OrderOptions) checked() (OrderOptions, error) {
	var set OrderOptions
	if o != nil {
		set = *o
	}
	if set.Window < 0 || set.Inactivity < 0 {
		return OrderOptions{}, byline.Faults([]*byline.FieldError{{Path: "window", Code: "order_options.window", Message: "a window is no shorter than nothing"}})
	}
	if set.Window == 0 {
		set.Window = defaultWindow
	}
	if set.Inactivity == 0 {
		set.Inactivity = set.Window
	}
	if set.Label == nil {
		set.Label = func(c attribution.Candidate) string { return string(c.Creator) }
	}
	return set, nil
}

// labelled is a touch that has a name.
type labelled struct {
	label string
	at    time.Time
}

func labels(touches []labelled) []string {
	names := make([]string, len(touches))
	for i, t := range touches {
		names[i] = t.label
	}
	return names
}

// onePerClick keeps the first touch of each click id. Of those of one instant it keeps the
// same one whatever their order.
func onePerClick(touches []attribution.Touch, dropped map[attribution.Reason]int) []attribution.Touch {
	kept := slices.Clone(touches)
	slices.SortStableFunc(kept, compareTouches)
	seen := make(map[string]bool, len(kept))
	return slices.DeleteFunc(kept, func(t attribution.Touch) bool {
		if t.ID == "" || t.Kind == attribution.ByView || t.Link == "" && t.Page == "" && t.UTM == (attribution.UTM{}) {
			return false // a bare id stands for the record of the click, which counts
		}
		again := seen[t.ID]
		seen[t.ID] = true
		if again {
			dropped[DroppedSameClick]++
		}
		return again
	})
}

func compareTouches(a, b attribution.Touch) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Link, b.Link), cmp.Compare(a.Page, b.Page), cmp.Compare(a.UTM.ID, b.UTM.ID), cmp.Compare(a.UTM.Content, b.UTM.Content),
		cmp.Compare(a.UTM.Term, b.UTM.Term), cmp.Compare(a.UTM.Campaign, b.UTM.Campaign), cmp.Compare(a.UTM.Source, b.UTM.Source), cmp.Compare(a.UTM.Medium, b.UTM.Medium), cmp.Compare(a.Kind, b.Kind))
}

// touches returns the touches of a decision in order of time, and counts the others.
func (o OrderOptions) touches(d attribution.Decision, dropped map[attribution.Reason]int) []labelled {
	var touches []labelled
	for _, c := range d.Candidates {
		at := c.At
		switch c.Kind {
		case attribution.ByClick, attribution.ByUTM, attribution.ByPage:
		case attribution.ByView:
			if !o.Views {
				dropped[DroppedView]++
				continue
			}
		case attribution.ByCode:
			if !o.Codes {
				continue
			}
			at = d.PlacedAt
		default:
			continue
		}
		label := o.Label(c)
		why := o.against(c, label)
		if why != "" {
			dropped[why]++
			continue
		}
		touches = append(touches, labelled{label, at})
	}
	// Candidates are in one order however the input was: codes first, so those of one
	// instant are turned round.
	slices.Reverse(touches)
	slices.SortStableFunc(touches, func(a, b labelled) int { return a.at.Compare(b.at) })
	return touches
}

// against returns why a touch does not count, or "". What the rules of a policy have
// against it is not asked.
func (o OrderOptions) against(c attribution.Candidate, label string) attribution.Reason {
	switch c.Reason {
	case attribution.ReasonExpired, attribution.ReasonNotStarted, attribution.ReasonClickAfterOrder,
		attribution.ReasonClickUnknown, attribution.ReasonNoTouch, attribution.ReasonNotGenuine:
		return c.Reason
	}
	switch {
	case label != "":
		return ""
	case c.Creator == "":
		return cmp.Or(c.Reason, DroppedUnnamed)
	}
	return DroppedUnnamed
}

// visits returns the touches of a visitor up to the cut-off, in order of time.
func (o OrderOptions) visits(v Visits, decider *attribution.Decider, dropped map[attribution.Reason]int) []labelled {
	known := slices.DeleteFunc(slices.Clone(v.Touches), func(t attribution.Touch) bool {
		beyond := t.At.After(v.CutOff)
		if beyond {
			dropped[DroppedBeyond]++
		}
		return beyond
	})
	// An order at the cut-off that nobody placed: the decider tells whose its touches are.
	d := decider.Decide(attribution.Order{PlacedAt: v.CutOff, UpdatedAt: v.CutOff}, &attribution.History{Touches: onePerClick(known, dropped)})
	return o.touches(d, dropped)
}

// runLength is how many touches are of the first journey.
func (o OrderOptions) runLength(touches []labelled, orders []time.Time) int {
	for i := 1; i < len(touches); i++ {
		before, at := touches[i-1].at, touches[i].at
		order, ordered := nextOrder(orders, before)
		if at.Sub(before) > o.Inactivity || ordered && order.Before(at) {
			return i
		}
	}
	return len(touches)
}

// nextOrder is the first order that did not come before an instant.
func nextOrder(orders []time.Time, at time.Time) (time.Time, bool) {
	i, _ := slices.BinarySearchFunc(orders, at, time.Time.Compare)
	if i == len(orders) {
		return time.Time{}, false
	}
	return orders[i], true
}
