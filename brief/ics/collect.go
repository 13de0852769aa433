package ics

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// moment is how long an event lasts that is due at an instant: clients show one of no
// length badly.
const moment = 15 * time.Minute

// collector gathers the events of a brief.
type collector struct {
	brief  brief.Brief
	o      *Options
	events []Event
	faults []*byline.FieldError
	met    map[string]int // how often a key was met
}

func collect(b brief.Brief, o *Options) ([]Event, []*byline.FieldError) {
	c := &collector{brief: b, o: o, met: map[string]int{}}
	t := b.Timeline
	c.due(t.ProductArrives, "product_arrives", Event{Kind: ProductArrives, Summary: "Product arrives: " + b.Product.Name})
	c.due(t.DraftsDue, "drafts_due", Event{Kind: DraftsDue, Summary: "First drafts due"})
	c.reviews()
	c.due(t.ApprovalBy, "approval_by", Event{Kind: ApprovalBy, Summary: "Approval by the brand", Description: c.approval()})
	c.due(t.EmbargoEnds, "embargo_ends", Event{Kind: EmbargoEnds, Summary: "Embargo ends", Description: "Nothing is published before."})
	for i := range b.Pieces {
		c.piece(i)
	}
	c.tracking()
	c.due(t.CampaignEnds, "campaign_ends", Event{Kind: CampaignEnds, Summary: "Campaign ends"})
	return c.events, c.faults
}

func (c *collector) fault(path, code, message string) {
	c.faults = append(c.faults, &byline.FieldError{Path: path, Code: code, Message: message})
}

// due adds what the timeline calls by a name.
func (c *collector) due(t time.Time, name string, e Event) {
	e.Key = name
	c.at(t, "timeline."+name, e)
}

// at adds an event that is due at an instant, or on the day that begins with it.
func (c *collector) at(t time.Time, path string, e Event) {
	if t.IsZero() {
		return
	}
	e.Start, e.End = t, t.Add(moment)
	if c.midnight(t) {
		e.AllDay, e.End = true, nextDay(t.In(c.zone()))
	}
	c.add(path, e)
}

// add finishes an event and appends it.
func (c *collector) add(path string, e Event) {
	if !writable(e.Start) || !writable(e.End.In(c.zone())) || !writable(e.End.Add(24*time.Hour)) {
		c.fault(path, "ics.time", "outside of the years 1 to 9999")
		return
	}
	e.Start, e.End = e.Start.In(c.zone()), e.End.In(c.zone())
	e.UID = uid(c.brief.ID, e.Key, c.o)
	e.Summary = oneLine(e.Summary + " · " + c.brief.Title)
	e.Description = clean(e.Description)
	e.URL = webAddress(e.URL)
	c.events = append(c.events, e)
}

func (c *collector) zone() *time.Location {
	if c.o.Calendar.Zone == nil {
		return time.UTC
	}
	return c.o.Calendar.Zone
}

func (c *collector) midnight(t time.Time) bool {
	local := t.In(c.zone())
	return local.Hour() == 0 && local.Minute() == 0 && local.Second() == 0 && local.Nanosecond() == 0
}

// nextDay is the midnight after one, or the first instant of a day that has none.
func nextDay(midnight time.Time) time.Time {
	next := midnight.AddDate(0, 0, 1)
	if next.Day() == midnight.Day() {
		_, leap := next.ZoneBounds()
		return leap
	}
	return next
}

// dayBefore is the midnight before one, or the first instant of a day that has none.
func dayBefore(midnight time.Time) time.Time {
	last := midnight.Add(-time.Hour)
	year, month, day := last.Date()
	before := time.Date(year, month, day, 0, 0, 0, 0, midnight.Location())
	if before.Day() != day {
		_, leap := before.ZoneBounds()
		return leap
	}
	return before
}

// reviews adds a day for the answer of each round.
func (c *collector) reviews() {
	a := c.brief.Approval
	if c.brief.Timeline.DraftsDue.IsZero() || a.Days < 1 || a.Days > mostDays || a.Rounds > mostRounds {
		return
	}
	rounds := max(1, a.Rounds)
	for round := 1; round <= rounds; round++ {
		due, ok := c.workdaysAfter(c.brief.Timeline.DraftsDue, a.Days*round)
		if !ok {
			return
		}
		c.at(due, "approval", Event{
			Kind: Review, Key: "review/" + strconv.Itoa(round),
			Summary:     fmt.Sprintf("Review, round %d of %d: the brand answers", round, rounds),
			Description: fmt.Sprintf("%s after the drafts are due, if they come in on time and are mended on the day of the answer.", count(a.Days*round, "business day")),
		})
	}
}

// mostDays and mostRounds are the bounds of [brief.Approval].
const (
	mostDays   = 60
	mostRounds = 20
)

// workdaysAfter is the same time of day n working days later. It is false where nobody
// works on any day of a year.
func (c *collector) workdaysAfter(t time.Time, n int) (time.Time, bool) {
	local := t.In(c.zone())
	year, month, day := local.Date()
	for idle := 0; n > 0; {
		day++
		if c.works(time.Date(year, month, day, 0, 0, 0, 0, time.UTC)) {
			idle, n = 0, n-1
		} else if idle++; idle > 366 {
			return time.Time{}, false
		}
	}
	return time.Date(year, month, day, local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), c.zone()), true
}

func (c *collector) works(day time.Time) bool {
	weekend := c.o.Calendar.Weekend
	if weekend == nil {
		weekend = []time.Weekday{time.Saturday, time.Sunday}
	}
	year, month, date := day.Date()
	return !slices.Contains(weekend, day.Weekday()) && !slices.Contains(c.o.Calendar.Holidays, brief.Date{Year: year, Month: month, Day: date})
}

func (c *collector) approval() string {
	a := c.brief.Approval
	var lines []string
	if len(a.Who) > 0 {
		lines = append(lines, "By: "+strings.Join(a.Who, ", "))
	}
	if days := c.brief.Timeline.LegalReview; days > 0 {
		lines = append(lines, "Legal review: "+count(days, "business day"))
	}
	switch a.Silence {
	case brief.SilenceAccepts:
		lines = append(lines, "A draft that nobody answers in time is approved.")
	case brief.SilenceRejects:
		lines = append(lines, "A draft that nobody answers in time is not approved.")
	}
	return strings.Join(lines, "\n")
}

// key numbers what has the same name, from 1.
func (c *collector) key(parts ...string) string {
	for i, part := range parts {
		parts[i] = strconv.Quote(part)
		if plain := parts[i][1 : len(parts[i])-1]; plain == part && !strings.Contains(part, "/") {
			parts[i] = part
		}
	}
	key := strings.Join(parts, "/")
	c.met[key]++
	return key + "/" + strconv.Itoa(c.met[key])
}

// expires adds the end of something. What ends at a midnight is good until the day before.
func (c *collector) expires(t time.Time, path, name string, e Event) {
	if t.IsZero() || !c.midnight(t) {
		e.Summary = "Expires: " + name
		c.at(t, path, e)
		return
	}
	e.Summary = "Last day: " + name
	e.Start, e.End, e.AllDay = dayBefore(t.In(c.zone())), t, true
	c.add(path, e)
}

func (c *collector) tracking() {
	for i, code := range c.brief.Tracking.Codes {
		c.expires(code.Expires, fmt.Sprintf("tracking.codes[%d].expires", i), "code "+code.Code, Event{
			Kind: CodeExpires, Key: c.key("code", code.Code), Description: code.Offer,
		})
	}
	for i, link := range c.brief.Tracking.Links {
		c.expires(link.Expires, fmt.Sprintf("tracking.links[%d].expires", i), "link "+link.Key, Event{
			Kind: LinkExpires, Key: c.key("link", link.Key), URL: link.URL,
		})
	}
}
