package shortlist

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// out says of everyone who is not chosen why not.
func (w *writer) out() []Out {
	var list []Out
	for at, why := range w.screened.barred {
		list = append(list, Out{w.candidates[at].Key, why})
	}
	adds, instead := w.adds, w.instead()
	for n := range w.p.items {
		if !w.list.in[n] {
			list = append(list, Out{w.key(int32(n)), w.whyOut(int32(n), adds[n], instead[n])})
		}
	}
	slices.SortFunc(list, func(a, b Out) int { return a.compare(b.Key) })
	return list
}

// instead finds, for each who is not chosen, the pick whom they could replace at the least
// loss, of sums only.
func (w *writer) instead() []swap {
	best := make([]swap, len(w.p.items))
	for n := range best {
		best[n].out = -1
	}
	if w.cover != nil {
		return best
	}
	for _, out := range w.picks {
		w.list.drop(out)
		for n := range w.p.items {
			loss := w.values[out] - w.values[n]
			if b := &best[n]; int32(n) != out && !w.list.in[n] && (b.out < 0 || loss < b.marginal) && w.list.steps(int32(n)) {
				b.out, b.marginal = out, loss
			}
		}
		w.list.add(out)
	}
	return best
}

func (w *writer) whyOut(n int32, adds float64, instead swap) Reason {
	if c := w.list.rival(n); c >= 0 {
		return w.rivalReason(n, c)
	}
	if adds <= 0 {
		return Reason{Code: "out.brings_nothing", Message: fmt.Sprintf("would add %s %s to this list", number(adds), w.unit())}
	}
	if by := w.dominating(n); by >= 0 {
		return Reason{
			Code: "out.dominated", Message: "another is picked who counts for the same limits, costs no more and brings no less", Others: []Key{w.key(by)},
		}
	}
	why := w.roomReason(n)
	why.Message += fmt.Sprintf("; costs %s and would add %s", w.of(n).Price, number(adds))
	switch {
	case instead.out >= 0:
		why.Message += fmt.Sprintf(", in place of the pick named the list would lose %s", number(instead.marginal))
		why.Others = []Key{w.key(instead.out)}
	case w.cover == nil:
		why.Message += ", no single pick makes room"
	}
	return why
}

func (w *writer) rivalReason(n, c int32) Reason {
	why := Reason{Code: "out.apart", Message: "is to be kept apart from a pick"}
	if c == w.p.items[n].creator {
		why = Reason{Code: "out.same_creator", Message: "the creator is picked on another platform, and one is wanted"}
	}
	for _, m := range w.p.of[c] {
		if w.list.in[m] {
			why.Others = append(why.Others, w.key(m))
		}
	}
	return why
}

// dominating returns a pick that counts for the same limits, costs no more and brings no
// less, or -1. Who reaches the same people cannot be told from sums.
func (w *writer) dominating(n int32) int32 {
	if w.cover != nil {
		return -1
	}
	it := w.p.items[n]
	for _, m := range w.picks {
		other := w.p.items[m]
		if other.price <= it.price && other.value >= it.value && slices.Equal(other.rows, it.rows) {
			return m
		}
	}
	return -1
}

// roomReason names the limits that have no room, the narrowest first.
func (w *writer) roomReason(n int32) Reason {
	code, texts := "out.outweighed", []string(nil)
	for _, r := range slices.Backward(w.p.items[n].rows) {
		limit := w.p.rows[r]
		left := limit.hi - w.list.used[r]
		if w.p.use(n, r) <= left {
			continue
		}
		if texts == nil {
			code = limit.outCode()
		}
		text := limit.fullText()
		if limit.money {
			text = fmt.Sprintf("%s is left of %s", byline.Minor(left, w.p.money), strings.TrimPrefix(limit.text("at most", limit.hi, w.p.money), "spend on "))
		}
		texts = append(texts, text)
	}
	if texts == nil {
		texts = []string{"others bring more"}
	}
	return Reason{Code: code, Message: strings.Join(texts, ", ")}
}

func (r row) fullText() string {
	if r.path == "max" {
		return fmt.Sprintf("all %d places are taken", r.hi)
	}
	return fmt.Sprintf("all %d places of %s are taken", r.hi, r.name)
}

func (r row) outCode() string {
	switch {
	case r.path == "budget":
		return "out.budget_left"
	case r.path == "max":
		return "out.list_full"
	case r.money:
		return "out.cap_reached"
	}
	return "out.quota_full"
}
