package lift

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
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

// HoldoutDesign says what a holdout costs and what it finds, before it is run.
type HoldoutDesign struct {
	Size
	ControlRate float64 `json:"control_rate"`
	TreatedRate float64 `json:"treated_rate"`
	Level       float64 `json:"level"`
	Power       float64 `json:"power"`
	// Forgone is how many conversions the held-out units will not make if the effect is as
	// supposed: the price of knowing. Below 0 where the campaign is supposed to harm.
	Forgone float64 `json:"forgone"`
}

// Design says how many units the holdout needs, and how many days, to find the supposed
// effect. The share of treated units is the holdout's own. Faults are those of
// [ProportionDesign.Size], "holdout.experiment" and "holdout.treated_share".
func (h Holdout) Design(d ProportionDesign) (HoldoutDesign, error) {
	if err := byline.Faults(h.faults()); err != nil {
		return HoldoutDesign{}, err
	}
	d.TreatedShare = h.TreatedShare
	size, err := d.Size()
	if err != nil {
		return HoldoutDesign{}, err
	}
	p, _ := d.settled()
	return HoldoutDesign{
		Size: size, ControlRate: d.ControlRate, TreatedRate: d.TreatedRate, Level: p.level, Power: p.power,
		Forgone: float64(size.Control) * (d.TreatedRate - d.ControlRate),
	}, nil
}

// Explain says the design to a marketer, in plain English. The wording may change;
// programs read the fields.
func (d HoldoutDesign) Explain() string {
	text := fmt.Sprintf("To tell %s from %s in %s of such experiments, %d units must get the campaign and %d be held out",
		percentOf(d.TreatedRate), percentOf(d.ControlRate), percentOf(d.Power), d.Treated, d.Control)
	if d.Days > 0 {
		text += fmt.Sprintf(": %s; run whole weeks", counted(d.Days, "day"))
	}
	if d.Forgone > 0 {
		text += fmt.Sprintf(". The holdout gives up about %s conversions if the effect is real", brief(d.Forgone))
	}
	return text + "."
}

func counted(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
