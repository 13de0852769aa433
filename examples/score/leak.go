package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

const (
	// held is how many uses of codes wait to be brought into the order of time. A file of
	// fewer may have any order, a longer one must have that of time within half as many.
	held = 1 << 16
	// maxWatched is how many codes are watched. Each takes some kilobytes.
	maxWatched = 10_000
	// falseAlarm is how likely a report of leaks may be false, over all codes together.
	falseAlarm = 0.05
)

// use is a trust.Use without texts, so that many of them can wait.
type use struct {
	at       int64 // microseconds of Unix time
	order    int64 // counted
	amount   int64 // minor units
	code     uint32
	currency uint16
	click    bool
	customer attribution.CustomerStatus
}

type watchedCode struct {
	code    string
	creator byline.CreatorID
}

// watch looks for leaked codes while orders pass by, in flat memory.
type watch struct {
	monitor    *trust.Monitor
	codes      map[watchedCode]uint32
	names      []watchedCode
	currencies []byline.Currency
	waiting    []use
	orders     int64
	missed     int64 // uses that were not watched
}

// newWatch shares the chance of a false alarm among the codes that there are.
func newWatch(codes int) (*watch, error) {
	m, err := trust.NewMonitor(&trust.Options{Chance: falseAlarm / float64(min(max(codes, 1), maxWatched))})
	return &watch{monitor: m, codes: map[watchedCode]uint32{}}, err
}

// add takes the uses of codes that a decision credits.
func (w *watch) add(d attribution.Decision) {
	w.orders++
	uses := trust.UsesOf(d)
	for i, u := range uses {
		of := watchedCode{attribution.NormalizeCode(u.Code), u.Creator}
		again := func(v trust.Use) bool { return v.Creator == of.creator && attribution.NormalizeCode(v.Code) == of.code }
		if slices.ContainsFunc(uses[:i], again) {
			continue // written in two ways
		}
		code, ok := w.number(of)
		if !ok {
			w.missed++
			continue
		}
		w.wait(use{
			at: u.At.UnixMicro(), order: w.orders, amount: u.Amount.Minor(), code: code, currency: w.currency(u.Amount.Currency()),
			click: u.Click == trust.Yes, customer: u.Customer,
		})
	}
}

func (w *watch) number(of watchedCode) (uint32, bool) {
	code, known := w.codes[of]
	if !known {
		if len(w.names) == maxWatched {
			return 0, false
		}
		code = uint32(len(w.names))
		w.codes[of] = code
		w.names = append(w.names, of)
	}
	return code, true
}

func (w *watch) currency(c byline.Currency) uint16 {
	i := slices.Index(w.currencies, c)
	if i < 0 {
		i = len(w.currencies)
		w.currencies = append(w.currencies, c)
	}
	return uint16(i)
}

// wait holds a use back. When there are too many, the earlier half goes on.
func (w *watch) wait(u use) {
	w.waiting = append(w.waiting, u)
	if len(w.waiting) == held {
		w.release(held / 2)
	}
}

func (w *watch) release(n int) {
	slices.SortFunc(w.waiting, func(a, b use) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order)) })
	for _, u := range w.waiting[:n] {
		w.watch(u)
	}
	w.waiting = append(w.waiting[:0], w.waiting[n:]...)
}

func (w *watch) watch(u use) {
	of := w.names[u.code]
	full := trust.Use{
		Order: byline.OrderID(fmt.Sprintf("%015d", u.order)), Code: of.code, Creator: of.creator, At: time.UnixMicro(u.at).UTC(),
		Click: trust.No, Customer: u.customer, Amount: byline.Minor(u.amount, w.currencies[u.currency]),
	}
	if u.click {
		full.Click = trust.Yes
	}
	// What is refused came later than its place in time, or is of an amount beyond all
	// bounds; see trust.Monitor.
	if _, err := w.monitor.Add(full); err != nil {
		w.missed++
	}
}

// leaks is what is known of the codes in the end. Its JSON is stable.
type leaks struct {
	Known bool `json:"known"` // the file tells of clicks, without which nothing shows
	// Chance bounds how likely any of the leaks is a false alarm.
	Chance  float64                 `json:"chance,omitempty"`
	Codes   map[trust.Verdict]int64 `json:"codes,omitempty"`
	Leaking []trust.Report          `json:"leaking,omitempty"`
	Missed  int64                   `json:"missed,omitempty"` // uses that were not watched
}

func (w *watch) leaks() leaks {
	if w == nil {
		return leaks{}
	}
	w.release(len(w.waiting))
	l := leaks{Known: true, Chance: falseAlarm, Codes: map[trust.Verdict]int64{}, Missed: w.missed}
	for _, r := range w.monitor.Reports() {
		l.Codes[r.Verdict]++
		if r.Verdict == trust.Leaking {
			l.Leaking = append(l.Leaking, r)
		}
	}
	slices.SortStableFunc(l.Leaking, func(a, b trust.Report) int { return cmp.Compare(b.Leak.Orders, a.Leak.Orders) })
	return l
}
