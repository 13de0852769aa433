package vet

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// MinCohort values are needed to place a creator among them.
const MinCohort = 20

// Cohort is a set of readings of one definition, of the caller's own creators. It does not
// change, so it may be read from many goroutines. The zero Cohort places nobody.
type Cohort struct {
	name       string
	definition string
	platform   byline.Platform // "": any
	at         time.Time
	values     []float64 // sorted
}

// CohortOf makes a cohort of readings of the caller's own creators: one of each, such as
// the [EngagementRate] that [Read] made of them with the same options. Readings without a
// value are left out. The others are of one metric, platform and definition, for two kinds
// of rate are not compared: each that differs from the first is a fault "cohort.mixed". The
// other faults are those of [NewCohort]. It is refused as "cohort.no_reading" where no
// reading has a value; fewer than [MinCohort] make a cohort that places nobody. It takes
// O(n log n).
func CohortOf(name string, at time.Time, readings []creator.Reading) (*Cohort, error) {
	var first *creator.Reading
	var faults []*byline.FieldError
	values := make([]float64, 0, len(readings))
	for i := range readings {
		r := &readings[i]
		value, known := r.Value.Value()
		if !known {
			continue
		}
		if first == nil {
			first = r
		}
		if r.Metric != first.Metric || r.Platform != first.Platform || r.Value.Definition() != first.Value.Definition() {
			faults = append(faults, &byline.FieldError{
				Path: fmt.Sprintf("readings[%d]", i), Code: "cohort.mixed",
				Message: "a cohort is of one metric, platform and definition, and this reading differs from the first",
			})
		}
		values = append(values, value)
	}
	if first == nil {
		return nil, &byline.RefusalError{Code: "cohort.no_reading", Message: "none of the readings has a value", Need: MinCohort}
	}
	c, err := NewCohort(name, first.Value.Definition(), at, values)
	if err := byline.Faults(append(byline.Nest("", err), faults...)); err != nil {
		return nil, err
	}
	c.platform = first.Platform
	return c, nil
}

// NewCohort makes a cohort of values of one definition, one for each creator. It places
// readings of any platform; that of [CohortOf] keeps platforms apart. Faults are
// "cohort.name", "cohort.definition" where they are empty, and "cohort.value" for a value
// that is not finite. It takes O(n log n).
func NewCohort(name, definition string, at time.Time, values []float64) (*Cohort, error) {
	var faults []*byline.FieldError
	if name == "" {
		faults = append(faults, &byline.FieldError{Path: "name", Code: "cohort.name", Message: "a cohort has a name"})
	}
	if definition == "" {
		faults = append(faults, &byline.FieldError{Path: "definition", Code: "cohort.definition", Message: "a cohort says what its values are"})
	}
	for i, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("values[%d]", i), Code: "cohort.value", Message: "a value is finite"})
		}
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return &Cohort{name: name, definition: definition, at: at, values: sortedCopy(values)}, nil
}

// Name is what the cohort is called.
func (c *Cohort) Name() string { return c.name }

// Definition is that of its values.
func (c *Cohort) Definition() string { return c.definition }

// Platform is that of the readings it was made of; "" where it places those of any.
func (c *Cohort) Platform() byline.Platform { return c.platform }

// Len is how many values it has.
func (c *Cohort) Len() int { return len(c.values) }

// Percentile places a reading: the share of the cohort that lies below, and half of those
// that are equal. Its metric is [EngagementPercentile] for [EngagementRate], and
// "<metric>.percentile" for others.
//
// The interval holds what is uncertain about both: Wilson's for the size of the cohort, at
// both ends of the reading's own interval. Where the reading has none, neither counts it.
// It is refused as "cohort.no_reading", "cohort.other_definition" (rates of two
// definitions are not compared), "cohort.other_platform" and "cohort.too_few" below
// [MinCohort]. It takes O(log n).
func (c *Cohort) Percentile(r creator.Reading) creator.Reading {
	f := frame{r.Platform, r.Value.At()}
	metric := percentileOf(r.Metric)
	definition := fmt.Sprintf("%s{%s};mid-rank;cohort=%s;n=%d;v1", metric, r.Value.Definition(), c.name, len(c.values))
	value, known := r.Value.Value()
	switch {
	case !known:
		return f.refuse(metric, definition, noReading())
	case r.Value.Definition() != c.definition:
		return f.refuse(metric, definition, &byline.RefusalError{
			Code:    "cohort.other_definition",
			Message: fmt.Sprintf("the cohort is of %s, the reading of %s", c.definition, r.Value.Definition()),
		})
	case !c.takes(r):
		return f.refuse(metric, definition, &byline.RefusalError{
			Code: "cohort.other_platform", Message: fmt.Sprintf("the cohort is of %s, the reading of %s", c.platform, cmp.Or(r.Platform, "no platform")),
		})
	case len(c.values) < MinCohort:
		return f.refuse(metric, definition, &byline.RefusalError{
			Code: "cohort.too_few", Have: float64(len(c.values)), Need: MinCohort,
			Message: fmt.Sprintf("the cohort has %d creators, %d are needed", len(c.values), MinCohort),
		})
	}
	low, high := value, value
	if r.Low != nil && r.High != nil {
		low, high = min(value, *r.Low), max(value, *r.High)
	}
	n := float64(len(c.values))
	placed := f.reading(metric, definition, c.rank(value), r.Count)
	placed = between(placed, interval{shareInterval(c.rank(low), n).low, shareInterval(c.rank(high), n).high, true})
	placed.Window = r.Window
	placed.Source = c.name
	if !c.at.IsZero() {
		placed.Source += ", " + c.at.UTC().Format(time.DateOnly)
	}
	return placed
}

// takes reports whether a reading may be compared with the values.
func (c *Cohort) takes(r creator.Reading) bool {
	return c.definition == r.Value.Definition() && (c.platform == "" || c.platform == r.Platform)
}

func percentileOf(metric string) string {
	if metric == EngagementRate {
		return EngagementPercentile
	}
	return metric + ".percentile"
}

func noReading() *byline.RefusalError {
	return &byline.RefusalError{Code: "cohort.no_reading", Message: "there is no reading to place"}
}

// rank is the share of values below, and half of those equal.
func (c *Cohort) rank(x float64) float64 {
	below, _ := slices.BinarySearch(c.values, x)
	notAbove, _ := slices.BinarySearch(c.values, math.Nextafter(x, math.Inf(1)))
	return (float64(below) + float64(notAbove)) / 2 / float64(len(c.values))
}

type cohortJSON struct {
	Name       string          `json:"name"`
	Definition string          `json:"definition"`
	Platform   byline.Platform `json:"platform,omitempty"`
	At         time.Time       `json:"at,omitzero"`
	Values     []float64       `json:"values"`
}

// MarshalJSON writes the values in rising order.
func (c *Cohort) MarshalJSON() ([]byte, error) {
	return json.Marshal(cohortJSON{c.name, c.definition, c.platform, c.at, c.values})
}

// UnmarshalJSON reads what MarshalJSON writes, in any order, with the faults of
// [NewCohort].
func (c *Cohort) UnmarshalJSON(data []byte) error {
	var wire cohortJSON
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	made, err := NewCohort(wire.Name, wire.Definition, wire.At, wire.Values)
	if err != nil {
		return err
	}
	made.platform = wire.Platform
	*c = *made
	return nil
}
