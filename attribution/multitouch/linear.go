package multitouch

import "github.com/bylinehq/byline"

// Linear credits each touch alike, so that a channel touched twice has two parts.
type Linear struct{}

// Name is "linear".
func (Linear) Name() string { return "linear" }

func (Linear) faults() []*byline.FieldError { return nil }

func (Linear) splitter(*directory) splitter {
	return splitByLength(splitEvenly)
}

// LinearUnique credits each channel of a journey alike, however often it was touched. It
// is the exact Shapley value of the game SetSum, and what mta calls its Shapley model.
type LinearUnique struct{}

// Name is "linear_unique".
func (LinearUnique) Name() string { return "linear_unique" }

func (LinearUnique) faults() []*byline.FieldError { return nil }

func (LinearUnique) splitter(*directory) splitter {
	even := splitByLength(splitEvenly).byLength
	var seen idSet
	var parts []uint64
	return splitter{parts: func(r *row) ([]uint64, *byline.RefusalError) {
		distinct := seen.distinct(r.ids)
		shares := even(distinct)
		if distinct == len(r.ids) {
			return shares, nil
		}
		parts = parts[:0]
		seen.clear()
		for _, n := range r.ids {
			part := uint64(0)
			if seen.add(n) {
				part, shares = shares[0], shares[1:]
			}
			parts = append(parts, part)
		}
		return parts, nil
	}}
}
