package lift

import "github.com/bylinehq/byline"

// maxUnits bounds an arm, so that every count stays exact in the arithmetic.
const maxUnits = 1_000_000_000_000

// Arm is one side of an experiment in counts: how many units were assigned to it, and
// how many of those converted. A unit counts once, however often it converts, and counts
// in the arm it was assigned to, whatever it saw afterwards.
type Arm struct {
	Units       int64 `json:"units"`
	Conversions int64 `json:"conversions"`
}

// Rate is the share of units that converted, 0 to 1, and whether there is one: an arm
// without units has none.
func (a Arm) Rate() (float64, bool) {
	if a.Units <= 0 {
		return 0, false
	}
	return a.rate(), true
}

func (a Arm) rate() float64 { return float64(a.Conversions) / float64(a.Units) }

// faults are "arm.units" for a number of units below 0 or above 1e12 and
// "arm.conversions" for conversions below 0 or above the units.
func (a Arm) faults(path string) []*byline.FieldError {
	var faults []*byline.FieldError
	if a.Units < 0 || a.Units > maxUnits {
		faults = append(faults, fault(path+".units", "arm.units", "the number of units must be between 0 and 1e12"))
	}
	if a.Conversions < 0 || a.Conversions > a.Units {
		faults = append(faults, fault(path+".conversions", "arm.conversions", "the conversions must be between 0 and the number of units"))
	}
	return faults
}
