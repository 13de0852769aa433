package creator

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

func (r *reviewer) audience(i int, a *Audience) {
	path := at("audiences", i)
	r.measure(func() string { return path + ".base" }, a.Base)
	r.measure(func() string { return path + ".coverage" }, a.Coverage)
	if a.Base.At().IsZero() {
		r.add(byline.Finding{Code: "audience.undated", Path: path + ".base", Message: "nothing says of when this snapshot is"})
	}
	r.stale("audience.stale", path+".base", "the snapshot", a.Base.At())
	for j, b := range a.Breakdowns {
		place := path + at(".breakdowns", j)
		for k, bucket := range b.Buckets {
			r.measure(func() string { return place + at(".buckets", k) + ".share" }, bucket.Share)
		}
		if b.Dimension.Exclusive() {
			r.shares(place, b, a.Coverage)
		}
	}
}

// shares looks at the sum of an exclusive dimension.
func (r *reviewer) shares(path string, b Breakdown, coverage byline.Measure) {
	sum, withheld, placed := 0.0, false, false
	for _, bucket := range b.Buckets {
		share, known := bucket.Share.Value()
		sum += share
		withheld = withheld || !known
		placed = placed || bucket.Key == UnknownBucket
	}
	if over, under := sum > 1+ShareTolerance, sum < 1-ShareTolerance; over || under && !withheld {
		f := byline.Finding{
			Code: "audience.shares_sum", Path: path, Message: fmt.Sprintf("the shares by %s sum to %.2f", b.Dimension, roundShare(sum)),
			Fix: "correct the shares, or give those whom the source left out to the bucket of the unknown",
		}
		if under && slices.Contains([]Dimension{Country, City, Language}, b.Dimension) {
			f.Severity = byline.Info
		}
		r.add(f)
	}
	if c, known := coverage.Value(); known && c < 1 && !placed {
		r.add(byline.Finding{
			Code: "audience.no_unknown", Path: path,
			Message: fmt.Sprintf("the source could place %.0f%% of the people, and no bucket holds the others", 100*c),
			Fix:     "add a bucket of the unknown, so that the others are not read as everybody",
		})
	}
}

func roundShare(share float64) float64 { return math.Round(share*100) / 100 }
