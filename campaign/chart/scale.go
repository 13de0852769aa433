package chart

import (
	"math"
	"strconv"
)

// scale maps values to pixels. lo < hi always.
type scale struct{ lo, hi, from, to float64 }

func (s scale) at(v float64) float64 {
	share := (v - s.lo) / (s.hi - s.lo)
	return s.from + float64(share*(s.to-s.from))
}

// bounds are the ends of the values with 0 among them where that belongs: when the caller
// says so, when the values are all the same, and when near is set and 0 is nearer than
// their own span.
func bounds(values []float64, zero, near bool) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if has(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo > hi {
		return 0, 0
	}
	// What differs by less than this cannot be told apart at any width.
	same := hi-lo <= float64(1e-9*max(math.Abs(lo), math.Abs(hi))) || hi-lo < 1e-290
	if span := hi - lo; zero || same || near && (lo > 0 && lo <= span || hi < 0 && -hi <= span) {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	if hi-lo < 1e-290 {
		return 0, 0
	}
	return lo, hi
}

// step is the distance of two ticks: digits times ten to the exponent.
type step struct {
	digits   float64
	exponent int
}

func (s step) times(n float64) float64 {
	if s.exponent < 0 {
		return n * s.digits / math.Pow10(-s.exponent)
	}
	return n * s.digits * math.Pow10(s.exponent)
}

// niceStep is the smallest of 1, 2, 2.5 and 5 times a power of ten that reaches raw.
func niceStep(raw float64, f Format) step {
	exponent := int(math.Floor(math.Log10(raw)))
	finest, bounded := f.finest()
	for ; ; exponent++ {
		for _, s := range []step{{1, exponent}, {2, exponent}, {25, exponent - 1}, {5, exponent}} {
			if s.times(1) >= float64(raw*(1-1e-9)) && (!bounded || s.exponent >= finest) {
				return s
			}
		}
	}
}

// tick is a value of an axis and how it is written.
type tick struct {
	value float64
	text  string
}

// ticks cuts lo to hi into at most about n steps, widening both ends to whole ones.
func ticks(lo, hi float64, n int, f Format) (list []tick, newLo, newHi float64) {
	if lo == hi { // only where every value is 0, or there is none
		return []tick{{0, f.tick(0, 0, step{1, 0})}}, 0, 1
	}
	s := niceStep((hi-lo)/float64(n), f)
	size := s.times(1)
	first, last := math.Floor(lo/size+1e-9), math.Ceil(hi/size-1e-9)
	extreme := max(math.Abs(s.times(first)), math.Abs(s.times(last)))
	for i := first; i <= last; i++ {
		v := s.times(i)
		list = append(list, tick{v, f.tick(v, extreme, s)})
	}
	return list, s.times(first), s.times(last)
}

// tick writes a value of the axis with the decimals that its step has, and with one unit
// for the whole axis.
func (f Format) tick(v, extreme float64, s step) string {
	switch {
	case f.kind == custom:
		return f.finish(v, f.custom(v))
	case v == 0:
		return f.zero()
	}
	shift, unit := f.shift(), ""
	top := math.Log10(extreme) - float64(shift)
	switch {
	case top >= 15, top < -4:
		return f.finish(v, strconv.FormatFloat(v/math.Pow10(shift), 'g', 4, 64)+f.sign())
	}
	for _, u := range []struct {
		text     string
		from, by int
	}{{"tn", 12, 12}, {"bn", 9, 9}, {"M", 6, 6}, {"k", 4, 3}} {
		if top < float64(u.from) {
			continue
		}
		// Far from 0, where neighbours differ in late digits, whole numbers read better.
		if shift+u.by-s.exponent <= 2 {
			shift, unit = shift+u.by, u.text
		}
		break
	}
	text := decimal(v/math.Pow10(shift), min(max(shift-s.exponent, 0), 20))
	return f.finish(v, trimZeros(text)+unit+f.sign())
}

func (f Format) sign() string {
	if f.kind == percent {
		return "%"
	}
	return ""
}

func (f Format) zero() string { return "0" + f.sign() }

// axisAt finds the most ticks from lo to hi whose texts stand clear of each other between
// two pixels, and the scale that they span.
func axisAt(lo, hi float64, f Format, from, to float64) (scale, []tick) {
	for n := max(2, min(8, int((to-from)/56))); ; n-- {
		list, wideLo, wideHi := ticks(lo, hi, n, f)
		s := scale{wideLo, wideHi, from, to}
		if within := inside(list, lo, hi); len(within) > 1 {
			s.lo, s.hi, list = lo, hi, within
		}
		if clear(s, list) {
			return s, list
		}
		if n == 1 {
			return s, thin(s, list)
		}
	}
}

// inside leaves out the ticks beyond the values, so that the values have the whole width.
func inside(list []tick, lo, hi float64) []tick {
	var within []tick
	for _, t := range list {
		if lo <= t.value && t.value <= hi {
			within = append(within, t)
		}
	}
	return within
}

func clear(s scale, list []tick) bool {
	for i := 1; i < len(list); i++ {
		need := textWidth(list[i-1].text, smallSize)/2 + textWidth(list[i].text, smallSize)/2 + 14
		if s.at(list[i].value)-s.at(list[i-1].value) < need {
			return false
		}
	}
	return true
}

// thin leaves the ends of an axis, or one of them, where not even three texts fit.
func thin(s scale, list []tick) []tick {
	if ends := []tick{list[0], list[len(list)-1]}; clear(s, ends) {
		return ends
	}
	return list[:1]
}
