package sheet

import "strings"

// Numbers say how a file writes them. The zero Numbers have a point and no groups.
type Numbers struct {
	Thousands    string // between groups, empty for none
	DecimalComma bool
}

// Plain brings a number to the form with a point and no groups. ok is false for signs that
// do not belong there; other faults are left to who reads it.
func (n Numbers) Plain(text string) (plain string, ok bool) {
	if n == (Numbers{}) {
		return text, true
	}
	decimal := "."
	if n.DecimalComma {
		decimal = ","
	}
	whole, fraction, point := strings.Cut(text, decimal)
	if n.Thousands != "" && strings.Contains(whole, n.Thousands) {
		if whole, ok = ungroup(strings.Split(whole, n.Thousands)); !ok {
			return "", false
		}
	}
	if strings.Contains(whole, ".") {
		return "", false
	}
	if point {
		return whole + "." + fraction, true
	}
	return whole, true
}

// ungroup joins groups of digits: the last has three of them, those between all three or,
// as in India, all two, and the first at most as many. A separator in another place is a
// slip, and the number may be another.
func ungroup(groups []string) (digits string, ok bool) {
	last := len(groups) - 1
	size := 3
	if last > 1 {
		size = len(groups[1])
	}
	first := strings.TrimPrefix(groups[0], "-")
	ok = first != "" && len(first) <= size && (size == 2 || size == 3) && len(groups[last]) == 3
	for _, between := range groups[1:last] {
		ok = ok && len(between) == size
	}
	return strings.Join(groups, ""), ok
}
