package shortlist

import (
	"math"

	"github.com/bylinehq/byline"
)

// binding lists the limits that are reached.
func (w *writer) binding() []Binding {
	adds := w.adds
	next := w.next(adds)
	var list []Binding
	for r, limit := range w.p.rows {
		if limit.isMust() {
			continue
		}
		used := w.list.used[r]
		if limit.lo > 0 && used == limit.lo {
			list = append(list, Binding{Path: limit.lowPath(), Limit: limit.text("at least", limit.lo, w.p.money), Worth: w.worth(r, math.Min), Per: "pick"})
		}
		if next[r] < 0 && used != limit.hi {
			continue
		}
		b := Binding{Path: limit.path, Limit: limit.text("at most", limit.hi, w.p.money), Worth: w.worth(r, math.Max), Per: "pick"}
		if limit.money {
			b.Per = string(w.p.money)
		}
		if n := next[r]; n >= 0 {
			b.Next = &Next{Key: w.key(n), Brings: adds[n], Price: w.of(n).Price}
		}
		list = append(list, b)
	}
	return list
}

// next finds for every row who would add most if it had room, and has room elsewhere.
func (w *writer) next(adds []float64) []int32 {
	best := make([]int32, len(w.p.rows))
	for r := range best {
		best[r] = -1
	}
	for n := range w.p.items {
		if w.list.in[n] || adds[n] <= 0 || w.list.rival(int32(n)) >= 0 {
			continue
		}
		blocked, only := 0, int32(-1)
		for _, r := range w.p.items[n].rows {
			if w.p.use(int32(n), r) > w.p.rows[r].hi-w.list.used[r] {
				blocked, only = blocked+1, r
			}
		}
		if blocked == 1 && (best[only] < 0 || adds[n] > adds[best[only]]) {
			best[only] = int32(n)
		}
	}
	return best
}

// worth is a row's price where it is of the right sign: per pick, or per major unit.
func (w *writer) worth(r int, clamp func(a, b float64) float64) float64 {
	if w.prices == nil {
		return 0
	}
	price, largest := w.prices[r], 0.0
	for _, v := range w.values {
		largest = max(largest, math.Abs(v))
	}
	// Prices are found by steps, so that what is next to nothing is nothing.
	if math.Abs(price)*w.p.rows[r].scale() < 1e-4*largest {
		return 0
	}
	if w.p.rows[r].money {
		price *= float64(major(w.p.money))
	}
	return fourDigits(clamp(0, price))
}

func major(c byline.Currency) int64 {
	units := int64(1)
	for range c.Digits() {
		units *= 10
	}
	return units
}

// fourDigits rounds what is an estimate.
func fourDigits(x float64) float64 {
	if x == 0 {
		return 0 // and not -0
	}
	unit := math.Pow(10, 3-math.Floor(math.Log10(math.Abs(x))))
	return math.Round(x*unit) / unit
}
