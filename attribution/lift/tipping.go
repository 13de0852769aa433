package lift

// tipping is the least number of conversions by which the treated arm must change for
// the conclusion to change: below 0 is fewer. A decided comparison is moved towards
// equal rates, an undecided one away from them, and where the arm has no room for that
// past them to the other side. ok is false where no count does it.
//
// The z statistic rises with the conversions of one arm, so bisection finds the count.
// The exact p value may step back by a little where tables enter or leave its sum, so
// the counts just before are tried one by one.
func (p Proportions) tipping() (by int64, ok bool) {
	decided := p.PValue <= alpha(p.Level) && p.Difference != 0
	step := int64(1)
	if (p.Difference > 0) == decided && p.Difference != 0 {
		step = -1
	}
	if by, ok = p.turning(step); ok || decided {
		return by, ok
	}
	return p.turning(-step)
}

// turning is the tipping point in one direction, 1 or -1.
func (p Proportions) turning(step int64) (by int64, ok bool) {
	room := p.Treated.Units - p.Treated.Conversions
	if step < 0 {
		room = p.Treated.Conversions
	}
	turned := func(k int64) bool {
		moved := Arm{Units: p.Treated.Units, Conversions: p.Treated.Conversions + step*k}
		_, value := decide(moved, p.Control)
		return concluded(cross(moved, p.Control), value, p.Level) != concluded(p.Difference, p.PValue, p.Level)
	}
	far := int64(1)
	for far < room && !turned(far) {
		far *= 2
	}
	far = min(far, room)
	if far == 0 || !turned(far) {
		return 0, false
	}
	return step * first(far, turned), true
}

// first is the least count up to far that turned: far itself did.
func first(far int64, turned func(int64) bool) int64 {
	const window = 64
	low, high := int64(0), far
	for high-low > 1 {
		if middle := low + (high-low)/2; turned(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	for k := max(1, high-window); k < high; k++ {
		if turned(k) {
			return k
		}
	}
	return high
}
