package vet

// Ages are moved on a scale that ends where platforms' ranges do: who is below 13 counts
// as 13, who is above 65 as 65. A fit of 0 is everybody at the wrong end of it.
const (
	youngest = 13
	oldest   = 65
	ageScale = oldest - youngest
)

// Years bound how far the people of an audience must be moved to have the ages of a
// target, on average (the earth mover's distance). A source says how many people are in a
// range and not where in it, so the distance is no single number.
type Years struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// ageMass is the share of people within a range of ages.
type ageMass struct {
	span  span
	share float64
}

// ages are the lowest and highest that the share of people up to each age can be.
type ages struct{ low, high [ageScale]float64 }

func agesOf(masses []ageMass) (a ages) {
	for _, m := range masses {
		for t := range ageScale {
			if age := youngest + t; onScale(m.span.from) <= age {
				a.high[t] += m.share
				if onScale(m.span.to) <= age {
					a.low[t] += m.share
				}
			}
		}
	}
	return a
}

func onScale(age int) int { return min(oldest, max(youngest, age)) }

// moveYears bounds the earth mover's distance. In one dimension it is the sum over all
// ages of the difference between the shares of people up to that age. Anywhere inside a
// target's range is right, so each difference is to the nearest that the target allows.
//
// Low has the people of each range, and the unknown, where they serve best; High where
// they serve worst, the unknown at the one age where they do most harm. Both hold for
// whatever the truth inside of the ranges is. Without unknown mass Low is reached.
func moveYears(have, want []ageMass, unknown float64) Years {
	h, w := agesOf(have), agesOf(want)
	var best float64
	// below is the cost of the ages where the unknown are not counted yet, above where they are.
	var below, above [ageScale]float64
	for t := range ageScale {
		best += max(0, w.low[t]-(h.high[t]+unknown), h.low[t]-w.high[t])
		below[t] = max(0, h.high[t]-w.high[t], w.low[t]-h.low[t])
		above[t] = max(0, h.high[t]+unknown-w.high[t], w.low[t]-h.low[t]-unknown)
	}
	cost := 0.0
	for _, c := range above { // all of the unknown at the youngest age
		cost += c
	}
	worst := cost
	for t := range ageScale { // and then one year older each time
		cost += below[t] - above[t]
		worst = max(worst, cost)
	}
	return Years{Low: min(best, worst), High: worst}
}
