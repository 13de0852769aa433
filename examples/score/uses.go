package main

import (
	"time"

	"github.com/bylinehq/byline/attribution"
)

// useCount counts the orders of codes that may bring only so many, in the order of the
// file. It grows with such offers, and not with orders.
type useCount struct {
	book *attribution.Book
	seen map[limited]int64
}

// limited is one offer of such a code: the next one starts afresh.
type limited struct {
	key   string
	since time.Time
}

// newUseCount is nil where no offer has a limit.
func newUseCount(b *attribution.Book) *useCount {
	if !b.Limited() {
		return nil
	}
	return &useCount{book: b, seen: map[limited]int64{}}
}

// before returns how often the codes of an order were used before it.
func (u *useCount) before(o attribution.Order) map[string]int64 {
	if u == nil {
		return nil
	}
	var uses map[string]int64
	for _, l := range u.book.Limits(o) {
		if uses == nil {
			uses = map[string]int64{}
		}
		uses[l.Key] = u.seen[limited{l.Key, l.Active.Start}]
	}
	return uses
}

// add counts an order that stands. One that came back whole has used nothing.
func (u *useCount) add(o attribution.Order, d *attribution.Decision) {
	if u == nil || d.Standing != attribution.StandingEarning || d.Earning.IsZero() && !d.Sold.IsZero() {
		return
	}
	for _, l := range u.book.Limits(o) {
		u.seen[limited{l.Key, l.Active.Start}]++
	}
}
