package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/creator/shortlist"
)

// answer is the list in sentences: whom to book and for how much, then what it may bring.
func (r *report) answer() []string {
	l := &r.Orders
	if len(l.Picks) == 0 {
		why := "nobody who may be booked brings anything for this budget"
		if len(r.Refused) > 0 {
			why = strings.Join(r.Refused, "; ")
		}
		return []string{"Nobody can be booked as you asked: " + why + ".", r.standings()}
	}
	spent := fmt.Sprintf("Book %s: %s for %s.", listed(r.names(keysOf(l.Picks)), 12), plural(len(l.Picks), "creator", "creators"), showMoney(l.Spent))
	return []string{spent, r.brings() + " " + r.bound(), r.standings()}
}

// brings says what the picks may bring.
func (r *report) brings() string {
	l := &r.Orders
	text := "By what they sold for you before, expect about " + showRound(l.Value) + " orders"
	if l.Low != nil && l.High != nil {
		text += fmt.Sprintf(", and between %s and %s if all of them do badly or all do well", showRound(*l.Low), showRound(*l.High))
	}
	return text + "."
}

// bound says how far from the best the list may be.
func (r *report) bound() string {
	switch l := &r.Orders; {
	case l.Gap <= 1e-9:
		return "No other list within your limits is expected to bring more."
	default:
		return fmt.Sprintf("No list within your limits can be expected to bring more than %s, %s more than this one.", showRound(l.Bound), showPercent(l.Bound/l.Value-1))
	}
}

// standings counts who was looked at.
func (r *report) standings() string {
	counts := map[score.Verdict]int{}
	for _, e := range r.Entries {
		counts[e.Assessment.Verdict]++
	}
	parts := []string{fmt.Sprintf("%s may be booked", showCount(counts[score.Eligible]))}
	for _, v := range []struct {
		verdict   score.Verdict
		one, many string
	}{
		{score.Barred, "is ruled out whatever the score", "are ruled out whatever their score"},
		{score.Held, "waits for a person to look", "wait for a person to look"}, {score.Thin, "is too little known", "are too little known"},
	} {
		if n := counts[v.verdict]; n > 0 {
			parts = append(parts, plural(n, v.one, v.many))
		}
	}
	return fmt.Sprintf("Of %s looked at, %s.", plural(len(r.Entries), "creator", "creators"), listed(parts, len(parts)))
}

func (r *report) names(keys []shortlist.Key) []string {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = r.name(k)
	}
	return list
}

// name is what the reader calls a candidate.
func (r *report) name(k shortlist.Key) string {
	if e := r.byID[k.CreatorID]; e != nil {
		return e.words()
	}
	return k.String()
}

// picked reports whether an entry is on the list.
func (r *report) picked(e *entry) bool {
	return slices.ContainsFunc(r.Orders.Picks, func(p shortlist.Pick) bool { return p.CreatorID == e.ID })
}
