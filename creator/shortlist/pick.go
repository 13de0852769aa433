package shortlist

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Shares of what a pick brings that are lost when the best other steps in, from which on
// it is of a priority.
const (
	coreLoss   = 0.5
	strongLoss = 0.1
)

func (w *writer) writePicks(swaps []swap) []Pick {
	places := w.placesByPrice(swaps)
	picks := make([]Pick, len(swaps))
	for k, s := range swaps {
		c := w.of(s.out)
		p := Pick{Key: c.Key, Tier: c.Tier, Price: c.Price, Outcome: c.Outcome, Marginal: s.marginal, Loss: s.marginal}
		if len(s.ins) > 0 {
			p.Loss = s.loss(0)
		}
		p.Priority = w.priority(s)
		if w.cover == nil {
			p.PricePerOutcome = perOutcome(c.Price, s.marginal)
		} else {
			p.PricePerThousand = perOutcome(c.Price, s.marginal/1000)
		}
		p.Why = w.why(s, places[k])
		picks[k] = p
	}
	slices.SortStableFunc(picks, func(a, b Pick) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(b.Loss, a.Loss), cmp.Compare(b.Marginal, a.Marginal), a.compare(b.Key))
	})
	return picks
}

func (w *writer) isMust(n int32) bool { return w.p.must[w.p.items[n].creator] >= 0 }

func (w *writer) priority(s swap) Priority {
	switch {
	case w.isMust(s.out), len(s.ins) == 0, s.loss(0) >= coreLoss*s.marginal:
		return Core
	case s.loss(0) >= strongLoss*s.marginal:
		return Strong
	}
	return Replaceable
}

func perOutcome(price byline.Money, marginal float64) *byline.Money {
	each := math.Round(float64(price.Minor()) / marginal)
	if marginal <= 0 || each >= math.MaxInt64 {
		return nil
	}
	m := byline.Minor(int64(each), price.Currency())
	return &m
}

// placesByPrice are the picks' places by what they bring for their price, from 1.
func (w *writer) placesByPrice(swaps []swap) []int {
	order := make([]int, len(swaps))
	for k := range order {
		order[k] = k
	}
	rate := func(k int) float64 {
		return swaps[k].marginal / (float64(w.p.items[swaps[k].out].price) + 1)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rate(b), rate(a)) })
	places := make([]int, len(swaps))
	for place, k := range order {
		places[k] = place + 1
	}
	return places
}

func (w *writer) why(s swap, place int) []Reason {
	var list []Reason
	add := func(code, message string, others ...Key) {
		list = append(list, Reason{Code: code, Message: message, Others: others})
	}
	if w.isMust(s.out) {
		add("pick.must_have", "is a must-have")
	}
	add("pick.outcome", fmt.Sprintf("adds %s %s for %s, place %d of %d picks by outcome for the price", number(s.marginal), w.unit(), w.of(s.out).Price, place, len(w.picks)))
	for _, r := range w.p.items[s.out].rows {
		limit := w.p.rows[r]
		if !limit.isMust() && limit.lo > 0 && w.list.used[r] == limit.lo {
			add("pick.minimum", "is needed for "+limit.text("at least", limit.lo, w.p.money))
		}
	}
	switch {
	case len(s.ins) == 0 && w.isMust(s.out): // nobody ever could
	case len(s.ins) == 0:
		add("pick.no_reserve", "nobody was found who could step in within the limits and bring anything")
	default:
		add("pick.replace", fmt.Sprintf("the list would lose %s if the best other stepped in", number(s.loss(0))), w.key(s.ins[0].n))
	}
	if w.of(s.out).undetermined() {
		add("pick.undetermined", w.openChecks(s.out))
	}
	return list
}

func (w *writer) openChecks(n int32) string {
	_, message := w.of(n).bars(false)
	return message
}

// unit is the objective in words.
func (w *writer) unit() string { return w.request.Objective.words() }
