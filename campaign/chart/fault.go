package chart

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// maxValue bounds what can be drawn, so that no difference of two values overflows.
const maxValue = 1e300

// MaxSeries is how many series one picture tells apart by shape and colour. More of them
// are several pictures, side by side on one axis: nobody reads a seventh shape.
const MaxSeries = 6

// fault is one fault of a chart or of its options. The codes are "chart.width" and
// "chart.id" of the options; "chart.title" for a picture without a name; "chart.series"
// for more than [MaxSeries]; "chart.values" where the values of a row do not fit the series
// or the columns; "chart.magnitude" for a value beyond ±1e300; "chart.range" for a low end
// above its high end or without a number; "chart.level" for a level outside 0 to 1.
func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

func has(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func magnitudeFaults(path string, values ...float64) []*byline.FieldError {
	for _, v := range values {
		if has(v) && math.Abs(v) > maxValue {
			return []*byline.FieldError{fault(path, "chart.magnitude", "beyond what can be drawn")}
		}
	}
	return nil
}

func seriesFaults(n int) []*byline.FieldError {
	if n <= MaxSeries {
		return nil
	}
	return []*byline.FieldError{fault("series", "chart.series", fmt.Sprintf("%d series, and one picture tells %d apart", n, MaxSeries))}
}

// Range is the two ends of an interval. Both are numbers.
type Range struct{ Low, High float64 }

func (r *Range) faults(path string) []*byline.FieldError {
	switch {
	case r == nil:
		return nil
	case !has(r.Low) || !has(r.High):
		return []*byline.FieldError{fault(path, "chart.range", "an end is no number; leave the whole range out")}
	case r.Low > r.High:
		return []*byline.FieldError{fault(path, "chart.range", "the low end lies above the high end")}
	default:
		return magnitudeFaults(path, r.Low, r.High)
	}
}
