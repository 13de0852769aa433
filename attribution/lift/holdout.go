package lift

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Holdout is an experiment in which chance keeps some units from a campaign: their code
// does not work, their link leads to the plain page, the creator's mail is not sent to
// them. What they buy all the same is what would have come without the campaign.
type Holdout struct {
	// Experiment names the experiment and seeds the draw: another name draws anew. It is
	// not empty and has no NUL byte.
	Experiment string `json:"experiment"`
	// TreatedShare is the share of units that get the campaign, between 0 and 1. It may
	// grow: no unit ever leaves the treated arm by that.
	TreatedShare float64 `json:"treated_share"`
}

// Group names an arm.
type Group string

// The arms of a holdout.
const (
	TreatedGroup Group = "treated"
	HeldOut      Group = "held_out"
)

// Assignment is one unit's draw. Store it when the unit is first met, before anything of
// the campaign reaches it; [Holdout.Analyse] reads it back.
type Assignment struct {
	Experiment   string    `json:"experiment"`
	Unit         string    `json:"unit"` // an id or a keyed hash, never an address
	Group        Group     `json:"group"`
	TreatedShare float64   `json:"treated_share"` // at the time
	At           time.Time `json:"at"`
}

// Assign draws a unit's arm. The same experiment, share and unit give the same arm on any
// machine: the first 53 bits of SHA-256 over the experiment's name, a NUL byte and the
// unit are a fraction of 1, and the unit is treated when that is below the share. at is
// only written down. Faults are "holdout.experiment", "holdout.treated_share" and
// "assignment.unit".
func (h Holdout) Assign(unit string, at time.Time) (Assignment, error) {
	faults := h.faults()
	if unit == "" {
		faults = append(faults, fault("unit", "assignment.unit", "a unit needs an id"))
	}
	if err := byline.Faults(faults); err != nil {
		return Assignment{}, err
	}
	return Assignment{Experiment: h.Experiment, Unit: unit, Group: draw(h.Experiment, unit, h.TreatedShare), TreatedShare: h.TreatedShare, At: at}, nil
}

func draw(experiment, unit string, share float64) Group {
	sum := sha256.Sum256([]byte(experiment + "\x00" + unit))
	if float64(binary.BigEndian.Uint64(sum[:8])>>11)/(1<<53) < share {
		return TreatedGroup
	}
	return HeldOut
}

func (h Holdout) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	if h.Experiment == "" || strings.Contains(h.Experiment, "\x00") {
		faults = append(faults, fault("experiment", "holdout.experiment", "the experiment needs a name without a NUL byte"))
	}
	if !isShare(h.TreatedShare) {
		faults = append(faults, fault("treated_share", "holdout.treated_share", "the share of treated units must be between 0 and 1"))
	}
	return faults
}
