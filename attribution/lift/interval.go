package lift

import (
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/bylinehq/byline"
)

// DefaultLevel is the confidence level where none is given.
const DefaultLevel = 0.95

// Interval holds the values that the data do not rule out at a confidence level. Both
// ends are finite.
type Interval struct {
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Level float64 `json:"level"` // between 0 and 1: 0.95
}

// Contains reports whether v lies in the interval, ends included.
func (i Interval) Contains(v float64) bool { return i.Low <= v && v <= i.High }

// levelOr returns the confidence level that an option names, and its fault: "lift.level"
// for one that is not between 0 and 1.
func levelOr(level float64) (float64, []*byline.FieldError) {
	switch {
	case level == 0:
		return DefaultLevel, nil
	case level > 0 && level < 1:
		return level, nil
	default:
		return 0, []*byline.FieldError{fault("level", "lift.level", "the confidence level must be between 0 and 1")}
	}
}

// alpha is the chance of a false alarm that a level allows: 1 - level without the rounding
// that makes 1/10 larger than 1 - 0.9.
func alpha(level float64) float64 { return (1 - level) * (1 + 1e-12) }

// normalBound is how many standard errors to each side hold a share of the normal
// distribution. The small tail keeps its digits.
func normalBound(level float64) float64 { return -distuv.UnitNormal.Quantile((1 - level) / 2) }

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

// refusal says why there is no answer; need and have are in the unit of the message.
func refusal(code, message string, have, need float64) error {
	return &byline.RefusalError{Code: code, Message: message, Have: have, Need: need}
}
