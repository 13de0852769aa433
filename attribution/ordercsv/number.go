package ordercsv

import "strings"

// number brings an amount to a plain decimal number with a point, as byline.ParseMoney
// reads it. ok is false for signs that do not belong there; other faults are left to
// ParseMoney.
func (m *Mapping) number(text string) (plain string, ok bool) {
	if m.Thousands == "" && !m.DecimalComma {
		return text, true
	}
	whole, fraction, point := strings.Cut(text, m.decimal())
	if m.Thousands != "" && strings.Contains(whole, m.Thousands) {
		if whole, ok = ungroup(strings.Split(whole, m.Thousands)); !ok {
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

// ungroup joins groups of digits: the last has three of them, those between all three
// or, as in India, all two, and the first at most as many. A separator in another place
// is a slip, and the number may be another.
func ungroup(groups []string) (digits string, ok bool) {
	last := len(groups) - 1
	size := 3
	if last > 1 {
		size = len(groups[1])
	}
	ok = groups[0] != "" && len(groups[0]) <= size && (size == 2 || size == 3) && len(groups[last]) == 3
	for _, between := range groups[1:last] {
		ok = ok && len(between) == size
	}
	return strings.Join(groups, ""), ok
}
