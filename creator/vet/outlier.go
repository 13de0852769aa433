package vet

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// DefaultCutoff is from which modified z-score on a value is an outlier (Iglewicz and
// Hoaglin 1993).
const DefaultCutoff = 3.5

// ModifiedZ returns 0.6745 (x - median) / MAD of each value, where MAD is the median
// absolute deviation from the median. One wild value does not hide itself, as it does in
// an ordinary z-score. Where more than half of the values are equal, MAD is 0 and 1.253314
// times the mean absolute deviation stands in.
//
// It is refused as "growth.no_variation" where all values are equal, and as
// "growth.too_few_points" below 3. Values must be finite. It takes O(n log n).
func ModifiedZ(values []float64) ([]float64, error) {
	if len(values) < 3 {
		return nil, &byline.RefusalError{
			Code: "growth.too_few_points", Message: "an outlier takes at least 3 values", Have: float64(len(values)), Need: 3,
		}
	}
	median := sortedMedian(sortedCopy(values))
	off := make([]float64, len(values))
	for i, x := range values {
		off[i] = math.Abs(x - median)
	}
	slices.Sort(off)
	scale := sortedMedian(off) / 0.6745
	if scale == 0 {
		scale = 1.253314 * average(off)
	}
	if scale == 0 || math.IsInf(scale, 0) || math.IsNaN(scale) {
		return nil, &byline.RefusalError{Code: "growth.no_variation", Message: "all values are the same, so none stands out", Have: float64(len(values))}
	}
	z := make([]float64, len(values))
	for i, x := range values {
		z[i] = (x - median) / scale
	}
	return z, nil
}

// detrended takes from each value the median of its neighbours, so many on each side.
func detrended(values []float64, beside int) []float64 {
	rest := make([]float64, len(values))
	window := make([]float64, 0, 2*beside+2) // sorted
	add := func(x float64) {
		at, _ := slices.BinarySearch(window, x)
		window = slices.Insert(window, at, x)
	}
	for _, x := range values[:min(beside, len(values))] {
		add(x)
	}
	for i, x := range values {
		if i+beside < len(values) {
			add(values[i+beside])
		}
		if i > beside {
			at, _ := slices.BinarySearch(window, values[i-beside-1])
			window = slices.Delete(window, at, at+1)
		}
		rest[i] = x - sortedMedian(window)
	}
	return rest
}

// deseasoned takes from each value by how much the median of its phase, such as its
// weekday, differs from that of all. Phases are few and count from 0; values of a negative
// one stay as they are. There is at least one value.
func deseasoned(values []float64, phases []int) []float64 {
	all := sortedMedian(sortedCopy(values))
	rest := slices.Clone(values)
	of := make([]float64, 0, len(values))
	for phase := range max(0, slices.Max(phases)+1) {
		of = of[:0]
		for i, x := range values {
			if phases[i] == phase {
				of = append(of, x)
			}
		}
		slices.Sort(of)
		usual := sortedMedian(of) - all
		for i := range rest {
			if phases[i] == phase {
				rest[i] -= usual
			}
		}
	}
	return rest
}

// change is where the pace of values changed, and how likely that is by chance.
type change struct {
	at     int // first index of the new pace
	chance float64
}

// changes finds where values begin to lie higher or lower than before, by Pettitt's test
// (1979): a cumulative sum of ranks, which needs no distribution and which one wild value
// cannot move. It is asked again of each part, down to parts of the shortest length on
// both sides. It takes O(n log n) for each level of parts.
func changes(values []float64, shortest int, chance float64) []change {
	var found []change
	type part struct{ from, to int }
	for open := []part{{0, len(values)}}; len(open) > 0; {
		p := open[len(open)-1]
		open = open[:len(open)-1]
		if p.to-p.from < 2*shortest {
			continue
		}
		at, by := pettitt(values[p.from:p.to], shortest)
		if by > chance {
			continue
		}
		found = append(found, change{p.from + at, by})
		open = append(open, part{p.from, p.from + at}, part{p.from + at, p.to})
	}
	slices.SortFunc(found, func(a, b change) int { return a.at - b.at })
	return found
}

func pettitt(values []float64, shortest int) (at int, chance float64) {
	ranks, n := midRanks(values), float64(len(values))
	var sum, largest float64
	for i, r := range ranks {
		sum += 2*r - (n + 1)
		if i+1 >= shortest && len(values)-i-1 >= shortest && math.Abs(sum) > largest {
			largest, at = math.Abs(sum), i+1
		}
	}
	return at, math.Min(1, 2*math.Exp(-6*largest*largest/(n*n*n+n*n)))
}

// midRanks ranks from 1; equal values share the middle of their ranks.
func midRanks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case values[a] < values[b]:
			return -1
		case values[a] > values[b]:
			return 1
		}
		return 0
	})
	ranks := make([]float64, len(values))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && values[order[j]] == values[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			ranks[k] = float64(i+j+1) / 2
		}
		i = j
	}
	return ranks
}

// turns counts how often a series turns around after a swing of at least a size.
func turns(values []float64, size float64) int {
	if len(values) == 0 {
		return 0
	}
	count, direction := 0, 0
	low, high := values[0], values[0]
	for _, x := range values {
		low, high = math.Min(low, x), math.Max(high, x)
		switch {
		case direction >= 0 && high-x >= size:
			if direction > 0 {
				count++
			}
			direction, low, high = -1, x, x
		case direction <= 0 && x-low >= size:
			if direction < 0 {
				count++
			}
			direction, low, high = 1, x, x
		}
	}
	return count
}
