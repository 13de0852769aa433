package rank

import "math"

// surface is a log likelihood over two coordinates, u the location and v the spread, as
// [Fit] documents them.
type surface struct {
	at        func(u, v float64) summit
	start     float64 // a location near the data's common mean
	low, high float64 // the range of v that is searched
}

// summit is the surface at a place: its height, gradient and curvature.
type summit struct {
	u, v          float64
	value         float64
	gu, gv        float64
	huu, huv, hvv float64
}

// gridStep is how far apart, in logarithms, spreads are tried before climbing.
const gridStep = 0.75

// highest returns the maximum of s, or false when the climb does not settle. A likelihood
// may have several summits in v, of nearly the same height, so the climb begins at every
// place of a grid that is not below its neighbours.
func (s surface) highest() (summit, bool) {
	places := s.ridge()
	best, settled := summit{value: math.Inf(-1)}, false
	for i, here := range places {
		if i > 0 && places[i-1].value > here.value || i+1 < len(places) && places[i+1].value > here.value {
			continue
		}
		if top, ok := s.climb(here); top.value > best.value {
			best, settled = top, ok
		}
	}
	return best, settled
}

// ridge is the best location for each spread of a grid.
func (s surface) ridge() []summit {
	places := []summit{s.bestLocation(s.low)}
	for v := s.low + gridStep; v < s.high+gridStep; v += gridStep {
		places = append(places, s.bestLocation(math.Min(v, s.high)))
	}
	return places
}

// bestLocation is near enough the best u for one v.
func (s surface) bestLocation(v float64) summit {
	here := s.at(s.start, v)
	for range 4 {
		if !(here.huu < 0) {
			break
		}
		next := s.at(here.u-clamp(here.gu/here.huu, 1), v)
		if !(next.value > here.value) {
			break
		}
		here = next
	}
	return here
}

// climb is Newton's method with halved steps, inside the range of v.
func (s surface) climb(here summit) (summit, bool) {
	for range 200 {
		du, dv, gain := here.step()
		if gain < 1e-6 && here.huu < 0 && here.huu*here.hvv > here.huv*here.huv {
			return s.polish(here), true
		}
		next, ok := s.ascend(here, du, dv)
		if !ok {
			return here, s.onEdge(here) || gain < 1e-3
		}
		if s.onEdge(next) && s.onEdge(here) && next.value-here.value < 1e-9 {
			return next, true
		}
		here = next
	}
	return here, s.onEdge(here)
}

// onEdge says that the spread has run to an end of its range.
func (s surface) onEdge(p summit) bool { return p.v <= s.low || p.v >= s.high }

// step is Newton's where the surface is a hill there, else along the gradient; gain is
// what it promises.
func (p summit) step() (du, dv, gain float64) {
	det := p.huu*p.hvv - p.huv*p.huv
	if p.huu < 0 && det > 0 {
		du = (p.huv*p.gv - p.hvv*p.gu) / det
		dv = (p.huv*p.gu - p.huu*p.gv) / det
	} else {
		du, dv = p.gu/math.Max(math.Abs(p.huu), 1e-300), p.gv/math.Max(math.Abs(p.hvv), 1e-300)
	}
	return du, dv, p.gu*du + p.gv*dv
}

func (s surface) ascend(here summit, du, dv float64) (summit, bool) {
	shrink := math.Min(1, math.Min(2/math.Max(math.Abs(dv), 1e-300), s.reach(here)/math.Max(math.Abs(du), 1e-300)))
	for range 60 {
		v := math.Min(s.high, math.Max(s.low, here.v+shrink*dv))
		if next := s.at(here.u+shrink*du, v); next.value > here.value {
			return next, true
		}
		shrink /= 2
	}
	return here, false
}

// reach bounds a step of the location by the width of the surface there.
func (s surface) reach(here summit) float64 {
	if here.huu < 0 {
		return 30 / math.Sqrt(-here.huu)
	}
	return 1
}

// polish takes full steps: so close, the value's last digits are noise and the gradient's
// are not.
func (s surface) polish(here summit) summit {
	for range 4 {
		du, dv, _ := here.step()
		next := s.at(here.u+du, math.Min(s.high, math.Max(s.low, here.v+dv)))
		if math.IsNaN(next.value) {
			break
		}
		here = next
	}
	return here
}

func clamp(x, limit float64) float64 { return math.Max(-limit, math.Min(limit, x)) }
