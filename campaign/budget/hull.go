package budget

import (
	"math"
	"sort"

	"github.com/bylinehq/byline/campaign/response"
)

// hull is the least concave function above a curve's values at whole steps. It is a
// closer bound than a piece, which bounds the amounts between them too.
type hull struct {
	curve  response.Curve
	step   float64
	corner []corner
}

// corner is where the hull touches the curve.
type corner struct {
	x, y  float64
	slope float64 // of the edge that ends here; infinite at the first
}

// maxCorners bounds the steps for which a hull is worth its building.
const maxCorners = 256

// newHull goes over count+1 steps from a spend on.
func newHull(c response.Curve, lo, step float64, count int) *hull {
	h := &hull{curve: c, step: step}
	for k := range count + 1 {
		x := lo + float64(k)*step
		next := corner{x: x, y: c.At(x), slope: math.Inf(1)}
		for n := len(h.corner); n > 0; n-- {
			last := h.corner[n-1]
			next.slope = (next.y - last.y) / (next.x - last.x)
			if next.slope < last.slope {
				break
			}
			h.corner = h.corner[:n-1]
		}
		h.corner = append(h.corner, next)
	}
	return h
}

// demand is the largest corner up to which the hull is at least as steep as a slope.
func (h *hull) demand(slope float64) float64 {
	after := sort.Search(len(h.corner), func(k int) bool { return h.corner[k].slope < slope })
	return h.corner[max(0, after-1)].x
}

func (h *hull) at(x float64) float64 {
	k := sort.Search(len(h.corner)-1, func(k int) bool { return h.corner[k].x >= x })
	end := h.corner[k]
	if k == 0 || x >= end.x {
		return end.y
	}
	return end.y - end.slope*(end.x-x)
}

// excess is how far the hull at a spend is above the curve at the step below it.
func (h *hull) excess(x float64) float64 {
	first := h.corner[0].x
	steps := (x - first) / h.step
	if near := math.Round(steps); math.Abs(steps-near) < 1e-9*(1+near) {
		return max(0, h.at(x)-h.curve.At(first+near*h.step))
	}
	return h.at(x) - h.curve.At(first+math.Floor(steps)*h.step)
}

func (h *hull) steepest() float64 { return h.corner[min(1, len(h.corner)-1)].slope }

func (h *hull) flattest() float64 { return h.corner[len(h.corner)-1].slope }
