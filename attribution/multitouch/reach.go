package multitouch

import (
	"cmp"
	"slices"
)

// Reach is how many journeys touched a channel, however often each did. Whoever stands in
// many of them has not earned their conversions: they are counted once for each channel
// that is in the path, so they sum to more than there are.
type Reach struct {
	Channel     string `json:"channel"`
	Journeys    int64  `json:"journeys"` // Conversions and Nulls together
	Conversions int64  `json:"conversions"`
	Nulls       int64  `json:"nulls"`
}

// Reach counts the journeys that touched each channel, in order of name. It is what a
// ranking of rates is asked with: of so many trials, so many successes.
func (j *Journeys) Reach() []Reach {
	reach := make([]Reach, len(j.directory.names))
	last := make([]int, len(reach)) // the row that touched a channel last, from 1
	for i, name := range j.directory.names {
		reach[i].Channel = name
	}
	row := 0
	for _, b := range j.blocks {
		start := uint32(0)
		for i, end := range b.ends {
			row++
			for _, n := range b.ids[start:end] {
				if last[n] == row {
					continue
				}
				last[n] = row
				// The sums fit, because Totals.Touches does.
				reach[n].Conversions += int64(b.conversions[i])
				reach[n].Nulls += int64(b.nulls[i])
				reach[n].Journeys += int64(b.conversions[i]) + int64(b.nulls[i])
			}
			start = end
		}
	}
	slices.SortFunc(reach, func(a, b Reach) int { return cmp.Compare(a.Channel, b.Channel) })
	return reach
}
