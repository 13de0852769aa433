package multitouch

import (
	"fmt"
	"math"
	"time"

	"github.com/bylinehq/byline"
)

// Journey is one way to a conversion or to none, or many that are alike.
type Journey struct {
	// Path holds what was touched, the first touch first: channels, creators or any other
	// unit, of one kind in all journeys. A journey without a touch is counted apart, in
	// Totals.Untouched, and no model credits it.
	Path []string `json:"path"`
	// Conversions and Nulls say how many such journeys ended with a conversion and how
	// many without, each at most 4,294,967,295. Both may be 0; then it counts nothing.
	Conversions int64 `json:"conversions"`
	Nulls       int64 `json:"nulls,omitempty"`
	// Value is what all its conversions were worth together: the zero Money where that is
	// not known, below zero where more was refunded than sold. All values are in one
	// currency, and one without a conversion is a fault.
	Value byline.Money `json:"value,omitzero"`
	// Ages holds how long before the journey's end each touch was, none below 0. Only
	// TimeDecay and Custom read it; nil where it is not known.
	Ages []time.Duration `json:"ages,omitempty"`
	// Lead and Opportunity are the places in Path, counted from 1, of the touches at which
	// the customer became a lead and an opportunity; 0 where there was none. Only WShaped
	// and Custom read them.
	Lead        int `json:"lead,omitempty"`
	Opportunity int `json:"opportunity,omitempty"`
}

// maxCount is the most that one row may count.
const maxCount = math.MaxUint32

// faults returns all that is wrong with a journey but for its currency and the number of
// channels, which only its company can tell.
func (j *Journey) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	report := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	for i, name := range j.Path {
		if name == "" {
			report(fmt.Sprintf("path[%d]", i), "journey.channel", "a touch needs the name of its channel")
		}
	}
	for _, count := range [...]struct {
		path string
		of   int64
	}{{"conversions", j.Conversions}, {"nulls", j.Nulls}} {
		switch {
		case count.of < 0:
			report(count.path, "journey.negative", "a count cannot be below 0")
		case count.of > maxCount:
			report(count.path, "journey.count", "one row counts at most 4294967295; split it into several")
		}
	}
	if j.Value.Minor() != 0 && j.Conversions == 0 {
		report("value", "journey.value", "there is a value without a conversion")
	}
	faults = append(faults, j.ageFaults()...)
	return append(faults, j.stageFaults()...)
}

func (j *Journey) ageFaults() []*byline.FieldError {
	if j.Ages != nil && len(j.Ages) != len(j.Path) {
		return []*byline.FieldError{{Path: "ages", Code: "journey.ages", Message: "there must be an age for each touch, or none"}}
	}
	for i, age := range j.Ages {
		if age < 0 {
			return []*byline.FieldError{{Path: fmt.Sprintf("ages[%d]", i), Code: "journey.age", Message: "a touch cannot come after the journey's end"}}
		}
	}
	return nil
}

func (j *Journey) stageFaults() []*byline.FieldError {
	var faults []*byline.FieldError
	for _, stage := range []struct {
		path string
		at   int
	}{{"lead", j.Lead}, {"opportunity", j.Opportunity}} {
		if stage.at < 0 || stage.at > len(j.Path) {
			faults = append(faults, &byline.FieldError{Path: stage.path, Code: "journey.stage", Message: "there is no touch at this place of the path"})
		}
	}
	if len(faults) == 0 && j.Opportunity > 0 && j.Lead > j.Opportunity {
		faults = append(faults, &byline.FieldError{Path: "lead", Code: "journey.stage_order", Message: "who is an opportunity has become a lead before, or at the same touch"})
	}
	return faults
}
