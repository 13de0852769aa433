package budget

import "github.com/bylinehq/byline/campaign/response"

// evenly is the even split, as far as limits and steps allow one: it fills up curves
// whose slope is 1/x, all to the same x.
func (p *problem) evenly() []int64 {
	same := *p
	same.lines = append([]line(nil), p.lines...)
	for i := range same.lines {
		same.lines[i].curve = response.Log{Scale: 1, Spread: 1e-9}
	}
	return same.filled()
}
