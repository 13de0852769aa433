package multitouch_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution/multitouch"
)

// rules is every model that looks at one journey at a time.
func rules() []multitouch.Model {
	return []multitouch.Model{
		multitouch.FirstTouch{}, multitouch.LastTouch{}, multitouch.LastNonDirect{Direct: "c00"},
		multitouch.Linear{}, multitouch.LinearUnique{},
		multitouch.PositionBased{}, multitouch.PositionBased{First: 0.5, Last: 0.3, TwoTouches: multitouch.Renormalize},
		multitouch.WShaped{}, multitouch.PositionDecay{},
	}
}

// perTouch reports what one touch of the journeys cost.
func perTouch(b *testing.B, j *multitouch.Journeys) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(j.Totals().Touches), "ns/touch")
}

func BenchmarkRules(b *testing.B) {
	j := million()
	for b.Loop() {
		if _, err := j.Compare(rules(), nil); err != nil {
			b.Fatal(err)
		}
	}
	perTouch(b, j)
}

// BenchmarkCollect reads journeys whose paths are names.
func BenchmarkCollect(b *testing.B) {
	var rows []multitouch.Journey
	j := million()
	for journey, err := range j.All() {
		if err != nil {
			b.Fatal(err)
		}
		rows = append(rows, journey)
	}
	for b.Loop() {
		got, err := multitouch.Collect(func(yield func(multitouch.Journey, error) bool) {
			for i := range rows {
				if !yield(rows[i], nil) {
					return
				}
			}
		}, nil)
		if err != nil || got.Rows() != j.Rows() {
			b.Fatal(err)
		}
	}
	perTouch(b, j)
}
