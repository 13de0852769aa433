package forecast

import (
	"slices"

	"github.com/bylinehq/byline"
)

// Defaults of [Options].
const (
	DefaultDraws       = 4000
	DefaultMinPosts    = 10
	DefaultMinCreators = 3
)

// Options change how a forecast is made; nil and the zero value are the defaults.
type Options struct {
	// Seed of the draws. Another seed gives another forecast within the stated error of the
	// simulation.
	Seed uint64
	// Draws of the simulation, 100 to 100,000; 0 is DefaultDraws.
	Draws int
	// Levels of the quantiles, between 0 and 1; none means 0.1, 0.5 and 0.9.
	Levels []float64
	// MinPosts and MinCreators are what a cohort's history must hold of a measure; 0 is
	// DefaultMinPosts and DefaultMinCreators. Fewer than 4 posts beyond the first of each
	// creator are never enough, for they alone tell chance from the creator.
	MinPosts    int
	MinCreators int
	// Overlap is the share of the gross reach that is people reached before, from 0 and below
	// 1, as measured on the creators' audiences; nil forecasts no unique reach.
	Overlap *float64
}

func (o *Options) filled() (Options, []*byline.FieldError) {
	var f Options
	if o != nil {
		f = *o
	}
	fields := f.faults()
	if f.Draws == 0 {
		f.Draws = DefaultDraws
	}
	if f.MinPosts == 0 {
		f.MinPosts = DefaultMinPosts
	}
	if f.MinCreators == 0 {
		f.MinCreators = DefaultMinCreators
	}
	if len(f.Levels) == 0 {
		f.Levels = []float64{0.1, 0.5, 0.9}
	}
	f.Levels = slices.Clone(f.Levels)
	slices.Sort(f.Levels)
	f.Levels = slices.Compact(f.Levels)
	return f, fields
}

func (o Options) faults() []*byline.FieldError {
	var fields []*byline.FieldError
	wrong := func(is bool, path, code, message string) {
		if is {
			fields = append(fields, fault("options."+path, code, message))
		}
	}
	wrong(o.Draws != 0 && (o.Draws < 100 || o.Draws > 100_000), "draws", "forecast.draws", "the draws must be 100 to 100,000")
	for _, level := range o.Levels {
		wrong(!(level > 0 && level < 1), "levels", "forecast.level", "a level must be between 0 and 1")
	}
	wrong(o.MinPosts < 0, "min_posts", "forecast.minimum", "a minimum must not be negative")
	wrong(o.MinCreators != 0 && o.MinCreators < 3, "min_creators", "forecast.minimum", "three creators are the least that show a spread")
	wrong(o.Overlap != nil && !(*o.Overlap >= 0 && *o.Overlap < 1), "overlap", "forecast.overlap", "the overlap must be from 0 and below 1")
	return fields
}
