package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// countIn is what a metric has grown by in a span, over all posts, by readings until at.
// What was counted before is not counted again, even if the count has fallen since. The
// error is "money.range", for a sum beyond an int64.
func countIn(readings []Reading, m Metric, span byline.Window, at time.Time) (int64, error) {
	within, before := map[string]Reading{}, map[string]int64{}
	for _, r := range readings {
		switch {
		case r.Metric != m || r.Count < 0 || r.At.After(at) || span.Before(r.At):
		case span.After(r.At):
			before[r.Post] = max(before[r.Post], r.Count)
		default:
			// Of two counts of one instant the larger stands, whatever their order.
			if known, ok := within[r.Post]; !ok || r.At.After(known.At) || r.At.Equal(known.At) && r.Count > known.Count {
				within[r.Post] = r
			}
		}
	}
	var total byline.Money
	for post, r := range within {
		if err := addTo(&total, byline.Minor(max(r.Count-before[post], 0), "")); err != nil {
			return 0, err
		}
	}
	return total.Minor(), nil
}
