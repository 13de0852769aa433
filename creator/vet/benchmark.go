package vet

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Benchmark is a published distribution of engagement rates, on its basis. The rates are
// shares, so 4.2% is 0.042. P25, Median and P75 are nil where they were not published;
// Average is where nothing else was.
type Benchmark struct {
	Platform   byline.Platform   `json:"platform"`
	Counts     []creator.Metric  `json:"counts"`
	Per        creator.Metric    `json:"per"`
	From       int64             `json:"from"`         // followers, inclusive
	To         int64             `json:"to,omitempty"` // exclusive; 0: no end
	P25        *float64          `json:"p25,omitempty"`
	Median     *float64          `json:"median,omitempty"`
	P75        *float64          `json:"p75,omitempty"`
	Average    *float64          `json:"average,omitempty"`
	Brands     bool              `json:"brands,omitempty"` // of brands' own accounts; [Read] places no creator among them
	Published  string            `json:"published"`        // when, as the source says: "2026"
	Until      time.Time         `json:"until,omitzero"`   // from this instant on the platform counts otherwise
	Source     string            `json:"source"`           // who, and of how many accounts
	ReadAt     time.Time         `json:"read_at,omitzero"` // by us
	Confidence byline.Confidence `json:"confidence"`
	Note       string            `json:"note,omitempty"`
}

// Benchmarks is a table of benchmarks. The caller's own replaces ours.
type Benchmarks []Benchmark

// For returns the rows of a platform, a variant's basis and a size of account, in the
// order of the table. Sources differ up to fourfold for the same cell, so there may be
// several rows. The basis is what is counted and per what; the statistic over one
// creator's posts is not, because sources do not state it.
//
// It is refused as "benchmark.no_platform", "benchmark.other_basis" or "benchmark.no_tier".
func (b Benchmarks) For(on byline.Platform, v Variant, followers int64) (Benchmarks, error) {
	code, message := "benchmark.no_platform", "the table has no row for the platform"
	var rows Benchmarks
	for i := range b {
		row := &b[i]
		if row.Platform != on {
			continue
		}
		if !row.sameBasis(v) {
			if code == "benchmark.no_platform" {
				code, message = "benchmark.other_basis", "the rows of the platform count other things, or per something else"
			}
			continue
		}
		code, message = "benchmark.no_tier", "no row of the platform and basis holds an account of that size"
		if followers >= row.From && (row.To == 0 || followers < row.To) {
			rows = append(rows, *row)
		}
	}
	if len(rows) == 0 {
		return nil, &byline.RefusalError{Code: code, Message: message}
	}
	return rows, nil
}

// sameBasis takes each metric for counted once.
func (b *Benchmark) sameBasis(v Variant) bool {
	missing := func(from []creator.Metric) func(creator.Metric) bool {
		return func(m creator.Metric) bool { return !slices.Contains(from, m) }
	}
	return b.Per == v.Per && !slices.ContainsFunc(b.Counts, missing(v.Counts)) && !slices.ContainsFunc(v.Counts, missing(b.Counts))
}

// Place says between which quartiles a reading lies, for its variant. A table does not
// give a percentile, so the reading has Low and High, a certainty of no level, and no
// value: its refusal is "benchmark.band_only". The band is wider where the reading's own
// interval reaches over a quartile. A finding "benchmark.band" says it in words.
//
// It is refused as "cohort.no_reading", "benchmark.other_basis", "benchmark.redefined" for
// a reading from when the platform counts otherwise, and "benchmark.average_only" where no
// quartile was published.
func (b Benchmark) Place(r creator.Reading, v Variant) creator.Reading {
	f := frame{r.Platform, r.Value.At()}
	metric := percentileOf(r.Metric)
	definition := fmt.Sprintf("%s{%s};band;source=%s;published=%s;v1", metric, r.Value.Definition(), b.Source, b.Published)
	value, known := r.Value.Value()
	refuse := func(code, message string) creator.Reading {
		return f.refuse(metric, definition, &byline.RefusalError{Code: code, Message: message})
	}
	switch {
	case !known:
		return f.refuse(metric, definition, noReading())
	case b.Platform != r.Platform || !b.sameBasis(v) || !strings.HasPrefix(r.Value.Definition(), v.Definition()):
		return refuse("benchmark.other_basis", "the reading is of another variant, or the benchmark of another platform, of other things, or per something else")
	case !b.Until.IsZero() && !r.Value.At().Before(b.Until):
		return refuse("benchmark.redefined", "since the benchmark was made the platform counts otherwise")
	case b.P25 == nil && b.Median == nil && b.P75 == nil:
		return refuse("benchmark.average_only", "the source gives an average, which says nothing of how many lie below")
	}
	low, high := value, value
	if r.Low != nil && r.High != nil {
		low, high = min(value, *r.Low), max(value, *r.High)
	}
	bottom, top := b.below(low), b.above(high)
	placed := refuse("benchmark.band_only", "a table of quartiles gives a band and no percentile")
	placed.Low, placed.High, placed.Count, placed.Window = &bottom, &top, r.Count, r.Window
	placed.Source = fmt.Sprintf("%s, published %s, read %s", b.Source, b.Published, b.ReadAt.UTC().Format(time.DateOnly))
	placed.Findings = []byline.Finding{info("benchmark.band", fmt.Sprintf(
		"the rate lies between the percentiles %.0f and %.0f of %s", 100*bottom, 100*top, b.Source))}
	return placed
}

// below is the highest published percentile that x reaches.
func (b Benchmark) below(x float64) float64 {
	reached := 0.0
	for _, q := range b.quartiles() {
		if q.rate != nil && x >= *q.rate {
			reached = q.share
		}
	}
	return reached
}

// above is the lowest published percentile that x does not reach.
func (b Benchmark) above(x float64) float64 {
	for _, q := range b.quartiles() {
		if q.rate != nil && x < *q.rate {
			return q.share
		}
	}
	return 1
}

type quartile struct {
	rate  *float64
	share float64
}

func (b Benchmark) quartiles() []quartile {
	return []quartile{{b.P25, 0.25}, {b.Median, 0.5}, {b.P75, 0.75}}
}
