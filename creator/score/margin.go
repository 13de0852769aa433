package score

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// tail is the share of draws that a usual place leaves out at either end.
const tail = 0.05

// usualPlaces draws all readings within their margins, again and again, and notes where
// each assessment lands.
func usualPlaces(ordered []*Assessment, out []Place, o RankOptions) {
	rng := rand.New(rand.NewPCG(o.Seed, 0x6d617267696e))
	landed := make([][]int32, len(ordered))
	scores, order := make([]float64, len(ordered)), make([]int, len(ordered))
	for range o.MarginDraws {
		for i, a := range ordered {
			scores[i], order[i] = a.drawn(rng, o.By), i
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
		for place, i := range order {
			landed[i] = append(landed[i], int32(place)+1)
		}
	}
	for i, places := range landed {
		slices.Sort(places)
		cut := int(tail * float64(len(places)))
		out[i].Usual = &Span{From: int(places[cut]), To: int(places[len(places)-1-cut])}
	}
}

// drawn is the height with every reading somewhere within its margin.
func (a *Assessment) drawn(rng *rand.Rand, by Order) float64 {
	var sum, share float64
	for i := range a.Contributions {
		k := &a.Contributions[i]
		if !k.Known() {
			continue
		}
		share += k.Weight
		sum += k.Weight * k.drawn(rng)
	}
	if by == ByLow || share == 0 {
		return sum // what is missing counts as nothing
	}
	return sum / share
}

// drawn is worth what a value within the margin is worth. The value is drawn before it is
// worth anything, for beyond an anchor many values are worth the same.
func (k *Contribution) drawn(rng *rand.Rand) float64 {
	if k.Low == nil || k.High == nil {
		return k.Points
	}
	value, _ := k.Value.Value()
	at := triangular(rng.Float64(), *k.Low, value, *k.High)
	return Criterion{Floor: k.Floor, Target: k.Target}.points(at)
}

// triangular is the quantile of the triangle from low over peak to high.
func triangular(u, low, peak, high float64) float64 {
	width := high - low
	if width <= 0 || math.IsInf(width, 1) {
		return peak
	}
	if u*width < peak-low {
		return low + math.Sqrt(u*width*(peak-low))
	}
	return high - math.Sqrt((1-u)*width*(high-peak))
}
