package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// report is the result. Its JSON is stable.
type report struct {
	File     string `json:"file"`
	Complete bool   `json:"complete"`          // the end of the file was reached
	Stopped  string `json:"stopped,omitempty"` // why it was not
	Rows     int64  `json:"rows"`
	Orders   int64  `json:"orders"` // that could be read
	// Counted are those that belong among the sales: no test, and nothing that the policy
	// leaves out. Credited are of these.
	Counted  int64     `json:"counted"`
	Credited int64     `json:"credited"`
	First    time.Time `json:"first,omitzero"` // when the earliest order was placed
	Last     time.Time `json:"last,omitzero"`
	Policy   declared  `json:"policy"`
	Notes    []note    `json:"notes"`
	// Clicks says that the file tells of clicks; else nothing can be confirmed.
	Clicks     bool            `json:"clicks"`
	Currencies []section       `json:"currencies"`
	Standings  []standingCount `json:"standings"`
	Nobody     nobody          `json:"nobody"`
	// Silent is how many creators have an offer and were credited with nothing.
	Silent int     `json:"silent_creators"`
	Leaks  leaks   `json:"leaks"`
	Bad    badRows `json:"bad"`
	WhatIf *whatIf `json:"what_if,omitempty"`
}

// note is what a reader has to know to read the numbers right.
type note struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

type standingCount struct {
	Standing attribution.Standing `json:"standing"`
	Counts   bool                 `json:"counts"` // among the sales
	Orders   int64                `json:"orders"`
}

// nobody is why orders that count were credited to nobody.
type nobody struct {
	Orders  int64         `json:"orders"`
	Bare    int64         `json:"without_evidence"`
	Reasons []reasonCount `json:"reasons"` // an order can have several
}

type reasonCount struct {
	Reason  attribution.Reason `json:"reason"`
	Meaning string             `json:"meaning"`
	Orders  int64              `json:"orders"`
}

// report tells what was counted.
func (s *scoring) report(given told) report {
	p := given.policy
	t := s.tally
	r := report{
		File: s.in.name, Complete: s.stopped == nil, Rows: s.reader.Rows(), Orders: t.orders, Credited: t.credited,
		First: t.placed.Start, Last: t.placed.End, Policy: p, Clicks: s.clicks, Currencies: t.sections(s.clicks), Leaks: s.leaks.leaks(), Bad: *s.bad,
	}
	if s.stopped != nil {
		r.Stopped = s.stopped.Error()
	}
	for standing, n := range t.standings {
		r.Standings = append(r.Standings, standingCount{standing, counts(standing), n})
		if counts(standing) {
			r.Counted += n
		}
	}
	slices.SortFunc(r.Standings, func(a, b standingCount) int {
		return cmp.Or(cmp.Compare(b.Orders, a.Orders), cmp.Compare(a.Standing, b.Standing))
	})
	r.Nobody = nobody{Orders: r.Counted - r.Credited, Bare: t.bare, Reasons: t.whys()}
	r.Silent = silent(given.offers, t.creators())
	r.Notes = s.notes(r, p.policy, given.rival.policy)
	return r
}

// whys lists why evidence was not accepted, the most frequent first.
func (t *tally) whys() []reasonCount {
	list := []reasonCount{}
	for _, m := range attribution.Reasons() {
		if n := t.reasons[m.Reason]; n > 0 {
			list = append(list, reasonCount{m.Reason, m.Meaning, n})
		}
	}
	slices.SortStableFunc(list, func(a, b reasonCount) int { return cmp.Compare(b.Orders, a.Orders) })
	return list
}

func silent(offers []attribution.Offer, credited map[byline.CreatorID]bool) int {
	without := map[byline.CreatorID]bool{}
	for _, o := range offers {
		if !credited[o.Creator] {
			without[o.Creator] = true
		}
	}
	return len(without)
}

// notes are what the file or the way it was read keeps the numbers from saying.
func (s *scoring) notes(r report, policies ...attribution.Policy) []note {
	list := []note{}
	add := func(yes bool, code, format string, args ...any) {
		if yes {
			list = append(list, note{code, fmt.Sprintf(format, args...)})
		}
	}
	byBinding, byStatus := false, false
	for _, p := range policies {
		byBinding = byBinding || p.CoolDownDays > 0
		for _, rule := range p.Rules {
			byBinding = byBinding || slices.Contains(rule.Evidence, attribution.ByBinding)
			byStatus = byStatus || rule.Customers != attribution.CustomerUnknown
		}
	}
	add(r.Orders+r.Bad.Rows == 0, "no_orders", "The file has no order.")
	add(r.Orders == 0 && r.Bad.Rows > 0, "no_row_readable", "None of the rows could be read. How a file is written, its times and its numbers, is said with -map.")
	add(!s.clicks, "no_clicks", "The file tells of no clicks: a code cannot be confirmed by one, and whether a code has leaked cannot be told.")
	add(byBinding, "no_history", "A policy asks who brought a customer's earlier orders. A file that is read once does not tell, so bindings and cool-downs found nothing.")
	add(byStatus && !s.reader.Has(ordercsv.CustomerStatus), "no_customer_status", "A policy tells new customers from returning ones, and the file has no column customer_status, so such rules found nobody.")
	add(s.uses != nil && s.tally.unordered, "uses_unordered", "Some codes may bring only so many orders. They were counted in the order of the file, which is not that of time.")
	add(r.Leaks.Missed > 0, "uses_missed", "%s of codes were not watched for leaks: they stand too far from their place in time, or there are more than %s codes. A file with its oldest orders first is watched whole.",
		plural(r.Leaks.Missed, "use", "uses"), showCount(maxWatched))
	return list
}
