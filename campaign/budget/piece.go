package budget

import "github.com/bylinehq/byline/campaign/response"

// piece is the least concave function above a curve between two spends: a chord from the
// left end to the knee, where it touches the curve, and the curve itself from there on.
// All are in major units.
type piece struct {
	curve      response.Curve
	lo, hi     float64
	base       float64 // the curve at lo
	knee       float64 // lo where the curve is concave throughout
	chord      float64 // slope up to the knee
	inflection float64
	hull       *hull // where only a few steps count, instead of all the above but the ends
}

func newPiece(c response.Curve, lo, hi float64) piece {
	p := piece{curve: c, lo: lo, hi: hi, base: c.At(lo), knee: lo, inflection: c.Inflection()}
	if lo >= p.inflection || hi <= lo {
		return p
	}
	p.knee = p.touch()
	p.chord = (c.At(p.knee) - p.base) / (p.knee - lo)
	return p
}

// piece bounds a line between two limits for a search.
func (p *problem) piece(i int, lo, hi int64) piece {
	l := p.lines[i]
	if count := (hi - lo) / l.step; count >= 1 && count <= maxCorners {
		return piece{curve: l.curve, lo: p.major(lo), hi: p.major(hi), hull: newHull(l.curve, p.major(lo), p.major(l.step), int(count))}
	}
	return newPiece(l.curve, p.major(lo), p.major(hi))
}

// touch finds where the line from the left end touches the curve. Above the inflection
// what the line would be too high grows, so that halving finds it.
func (p piece) touch() float64 {
	above := func(x float64) bool { return p.curve.At(x)-p.base >= p.curve.Slope(x)*(x-p.lo) }
	if p.hi <= p.inflection || !above(p.hi) {
		return p.hi
	}
	left, right := max(p.lo, p.inflection), p.hi
	for range 100 {
		middle := (left + right) / 2
		if middle <= left || middle >= right {
			break
		}
		if above(middle) {
			right = middle
		} else {
			left = middle
		}
	}
	return right
}

// demand is the largest spend at which the piece is at least as steep as a slope.
func (p piece) demand(slope float64) float64 {
	if p.hull != nil {
		return p.hull.demand(slope)
	}
	if p.knee > p.lo && slope > p.chord {
		return p.lo
	}
	if p.knee >= p.hi {
		return p.hi
	}
	return max(p.knee, min(p.hi, p.curve.SpendAt(slope)))
}

func (p piece) at(x float64) float64 {
	if p.hull != nil {
		return p.hull.at(x)
	}
	if x < p.knee {
		return p.base + p.chord*(x-p.lo)
	}
	return p.curve.At(x)
}

// excess is how far the piece is above the curve.
func (p piece) excess(x float64) float64 {
	if p.hull != nil {
		return p.hull.excess(x)
	}
	if x <= p.lo || x >= p.knee {
		return 0
	}
	return p.at(x) - p.curve.At(x)
}

// steepest and flattest are its slopes at its ends.
func (p piece) steepest() float64 {
	if p.hull != nil {
		return p.hull.steepest()
	}
	if p.knee > p.lo {
		return p.chord
	}
	return p.curve.Slope(p.lo)
}

func (p piece) flattest() float64 {
	if p.hull != nil {
		return p.hull.flattest()
	}
	if p.knee >= p.hi && p.knee > p.lo {
		return p.chord
	}
	return p.curve.Slope(p.hi)
}
