package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// countIn is what a metric has grown by in a span, over all posts, by readings until at.
func countIn(readings []Reading, m Metric, span byline.Window, at time.Time) int64 {
	type mark struct {
		at    time.Time
		count int64
	}
	before, within := map[string]mark{}, map[string]mark{}
	for _, r := range readings {
		if r.Metric != m || r.Count < 0 || r.At.After(at) || span.Before(r.At) {
			continue
		}
		marks := within
		if span.After(r.At) {
			marks = before
		}
		// Of two counts of one instant the larger stands, whatever their order.
		if known, ok := marks[r.Post]; !ok || r.At.After(known.at) || r.At.Equal(known.at) && r.Count > known.count {
			marks[r.Post] = mark{r.At, r.Count}
		}
	}
	var total int64
	for post, m := range within {
		total += max(m.count-before[post].count, 0)
	}
	return total
}
