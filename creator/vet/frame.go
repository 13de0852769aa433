package vet

import (
	"math"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Level of all intervals of this package's engagement, activity, growth and percentiles.
const Level = 0.95

// frame is what the readings of one call have in common.
type frame struct {
	on byline.Platform
	at time.Time
}

// reading makes a reading of n observations; a value that is not finite is refused.
func (f frame) reading(metric, definition string, value float64, n int) creator.Reading {
	r := creator.Reading{Metric: metric, Platform: f.on, Value: byline.Known(value, definition, f.at), Count: n}
	if r.Value.Missing() != "" {
		r.Refusal = &byline.RefusalError{Code: "engagement.not_finite", Message: "the numbers are too large or too small to compute with"}
	}
	return r
}

func (f frame) refuse(metric, definition string, why *byline.RefusalError) creator.Reading {
	return creator.Reading{
		Metric: metric, Platform: f.on, Value: byline.Missing(byline.TooFew, definition, f.at),
		Count: max(0, int(why.Have)), Refusal: why,
	}
}

// between sets the interval of a reading where there is one.
func between(r creator.Reading, i interval) creator.Reading {
	if !i.known || r.Refusal != nil || math.IsInf(i.low, 0) || math.IsInf(i.high, 0) || math.IsNaN(i.low) || math.IsNaN(i.high) {
		return r
	}
	r.Low, r.High, r.Level = &i.low, &i.high, Level
	return r
}

func info(code, message string) byline.Finding {
	return byline.Finding{Code: code, Severity: byline.Info, Message: message}
}

func warning(code, message string) byline.Finding {
	return byline.Finding{Code: code, Severity: byline.Warning, Message: message}
}
