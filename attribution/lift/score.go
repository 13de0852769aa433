package lift

import "math"

// miettinenNurminen is the score interval for the difference of two rates: all
// differences that the score test with the variance under that very difference does not
// reject, the variance widened by N/(N-1) (Miettinen and Nurminen, Statistics in Medicine
// 4, 1985). z is the normal quantile of the level.
func miettinenNurminen(treated, control Arm, z float64) (low, high float64) {
	if treated.Conversions+control.Conversions > (treated.Units+control.Units)/2 {
		// Failures are the smaller count, and small rates keep their digits.
		low, high = miettinenNurminen(treated.complement(), control.complement(), z)
		return -high, -low
	}
	s := scored{treated: treated, control: control}
	seen := treated.rate() - control.rate()
	low = bisect(-1, seen, func(d float64) bool { return s.statistic(d) > z })
	high = bisect(seen, 1, func(d float64) bool { return s.statistic(d) > -z })
	return low, high
}

func (a Arm) complement() Arm { return Arm{Units: a.Units, Conversions: a.Units - a.Conversions} }

// scored are two arms of which at most half the units converted.
type scored struct{ treated, control Arm }

// statistic is the score statistic of a supposed difference. It falls as the difference
// rises.
func (s scored) statistic(difference float64) float64 {
	off := s.treated.rate() - s.control.rate() - difference
	if off == 0 {
		return 0
	}
	lower, upper := s.control, s.treated
	if difference < 0 {
		lower, upper = upper, lower
	}
	gap := math.Abs(difference)
	p := likeliestRate(lower, upper, gap)
	n, m := float64(lower.Units), float64(upper.Units)
	variance := (p*(1-p)/n + (p+gap)*max(0, 1-gap-p)/m) * (n + m) / (n + m - 1)
	return off / math.Sqrt(variance)
}

// likeliestRate is the rate of the lower arm under which the counts are likeliest, when
// the rate of the upper arm is that plus gap. The log-likelihood is concave, so its
// slope has one root; Newton's steps are kept inside a shrinking bracket, which holds
// where the closed form of the cubic loses its digits.
func likeliestRate(lower, upper Arm, gap float64) float64 {
	room := 1 - gap
	yes, no := float64(lower.Conversions), float64(lower.Units-lower.Conversions)
	upYes, upNo := float64(upper.Conversions), float64(upper.Units-upper.Conversions)
	total := yes + no + upYes + upNo
	switch {
	case gap == 0:
		return (yes + upYes) / total
	case room <= 0, yes == 0 && upYes/gap-no-upNo/room <= 0:
		return 0
	case upNo == 0 && yes/room+upYes-no/gap >= 0:
		return room
	}
	low, high, p := 0.0, room, room*(yes+upYes)/total
	for range 128 {
		slope := ratio(yes, p) + upYes/(p+gap) - no/(1-p) - ratio(upNo, room-p)
		bend := ratio(yes, p*p) + upYes/((p+gap)*(p+gap)) + no/((1-p)*(1-p)) + ratio(upNo, (room-p)*(room-p))
		if slope > 0 {
			low = p
		} else {
			high = p
		}
		next := p + slope/bend
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		if math.Abs(next-p) <= 1e-16*next {
			return next
		}
		p = next
	}
	return p
}

// ratio is 0 where there is nothing to divide.
func ratio(a, b float64) float64 {
	if a == 0 {
		return 0
	}
	return a / b
}
