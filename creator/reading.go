package creator

import (
	"slices"
	"sort"
	"strings"

	"github.com/bylinehq/byline"
)

// Reading is a number that was computed about a creator. Its Value is missing where there
// was too little to compute it from, and Refusal then says how much there was and how much
// it takes.
//
// The definition of Value names the formula with all that changes its result, and
// Value.At is the time the reading is for. Low and High bound the truth at Level, as in
// 0.95; both are nil where no interval is known, which is not certainty.
type Reading struct {
	Metric   string               `json:"metric"`             // "engagement.rate"; documented by the package that computes it
	Platform byline.Platform      `json:"platform,omitempty"` // "" for a reading over all of them
	Value    byline.Measure       `json:"value"`
	Low      *float64             `json:"low,omitempty"`
	High     *float64             `json:"high,omitempty"`
	Level    float64              `json:"level,omitempty"`
	Count    int                  `json:"count,omitempty"`  // observations it was computed from
	Window   byline.Window        `json:"window,omitzero"`  // when they were made
	Source   string               `json:"source,omitempty"` // whose data, and which calibration or benchmark with its date
	Refusal  *byline.RefusalError `json:"refusal,omitempty"`
	Findings []byline.Finding     `json:"findings,omitempty"`
}

// Readings are readings of one creator, sorted by metric and platform, each once.
type Readings []Reading

// SortReadings orders readings, of which each metric and platform should be there once.
func SortReadings(r Readings) {
	slices.SortStableFunc(r, compareReadings)
}

func compareReadings(a, b Reading) int {
	if c := strings.Compare(a.Metric, b.Metric); c != 0 {
		return c
	}
	return strings.Compare(string(a.Platform), string(b.Platform))
}

// Get returns the reading of a metric on a platform, or the one over all platforms where
// there is none. It takes O(log n).
func (r Readings) Get(metric string, on byline.Platform) (Reading, bool) {
	for _, platform := range []byline.Platform{on, ""} {
		// By index, for a reading is large and a search would copy it at every step.
		at := sort.Search(len(r), func(i int) bool {
			return r[i].Metric > metric || r[i].Metric == metric && r[i].Platform >= platform
		})
		if at < len(r) && r[at].Metric == metric && r[at].Platform == platform {
			return r[at], true
		}
	}
	return Reading{}, false
}
