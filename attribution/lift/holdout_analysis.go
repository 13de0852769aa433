package lift

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Conversion is one order or sign-up of a unit.
type Conversion struct {
	Unit    string    `json:"unit"`
	At      time.Time `json:"at"`
	Reached bool      `json:"reached,omitzero"` // the campaign's code or link was used with it
}

// HoldoutResult is the comparison of a holdout's arms as they were drawn (intent to
// treat), and what went other than drawn.
type HoldoutResult struct {
	Proportions
	Experiment string `json:"experiment"`
	// Crossed is how many held-out units converted with the campaign's code or link. They
	// stay in their arm; the difference is too small for them.
	Crossed int64 `json:"crossed"`
	// Moved is how many units were assigned to the other arm later. Their first assignment
	// counts.
	Moved int64 `json:"moved"`
	// ConvertedBefore is how many units had converted before they were assigned; such
	// conversions do not count, later ones of the same unit do.
	ConvertedBefore int64 `json:"converted_before"`
	// Unassigned is how many conversions came from units without an assignment. They do not
	// count.
	Unassigned int64 `json:"unassigned"`
}

// Analyse compares the arms as they were first drawn. A unit counts once, and as
// converted if it converted at its assignment or later. Rows may come in any order and
// more than once. Where the options name no share, the shares written in the assignments
// are what the arms are held against. Nil options are the defaults.
//
// Faults are those of [CompareProportions], "holdout.experiment", "holdout.treated_share",
// "assignment.experiment" for one of another experiment, "assignment.unit",
// "assignment.treated_share" and "assignment.group" for one that the draw contradicts: who
// overrides the draw ends the experiment. Refusals are those of CompareProportions, which
// also tells the findings; "holdout.one_look", "holdout.crossed", "holdout.moved",
// "holdout.share_changed", "holdout.converted_before" and "holdout.unassigned" come after
// them.
func (h Holdout) Analyse(assignments []Assignment, conversions []Conversion, opts *Options) (HoldoutResult, error) {
	if err := byline.Faults(append(h.faults(), h.assignmentFaults(assignments)...)); err != nil {
		return HoldoutResult{}, err
	}
	c := newTally(assignments)
	c.add(conversions)
	treated, control := c.arms()
	var o Options
	if opts != nil {
		o = *opts
	}
	if o.TreatedShare == 0 {
		o.TreatedShare = c.share()
	}
	compared, err := CompareProportions(treated, control, &o)
	if err != nil {
		return HoldoutResult{}, err
	}
	r := HoldoutResult{
		Proportions: compared, Experiment: h.Experiment, Unassigned: c.unassigned,
		Crossed:         c.of(func(e *entry) bool { return e.crossed }),
		Moved:           c.of(func(e *entry) bool { return e.moved }),
		ConvertedBefore: c.of(func(e *entry) bool { return e.before }),
	}
	if r.Conclusion != Broken {
		r.WouldChange = append(r.WouldChange, oneLook())
	}
	r.WouldChange = append(r.WouldChange, r.strays(c.shareChanged)...)
	return r, nil
}

// oneLook reminds of what no counts can show: how often they were looked at.
func oneLook() byline.Finding {
	return byline.Finding{
		Code: "holdout.one_look", Severity: byline.Info, Path: "level",
		Message: "The level holds for one look at a time fixed before: who looks five times and stops at the first effect finds one where there is none 14 times in 100, not 5",
		Fix:     "Fix the end by Design before the start, and decide then",
	}
}

func (h Holdout) assignmentFaults(assignments []Assignment) []*byline.FieldError {
	var faults []*byline.FieldError
	note := func(i int, field, code, message string) {
		faults = append(faults, fault(fmt.Sprintf("assignments[%d].%s", i, field), code, message))
	}
	for i, a := range assignments {
		switch {
		case a.Unit == "":
			note(i, "unit", "assignment.unit", "a unit needs an id")
		case a.Experiment != h.Experiment:
			note(i, "experiment", "assignment.experiment", "the assignment belongs to another experiment")
		case !isShare(a.TreatedShare):
			note(i, "treated_share", "assignment.treated_share", "the share of treated units must be between 0 and 1")
		case a.Group != draw(a.Experiment, a.Unit, a.TreatedShare):
			note(i, "group", "assignment.group", "the draw gives this unit the other arm")
		}
	}
	return faults
}

// entry is what is known of one unit.
type entry struct {
	first                             Assignment
	moved, converted, before, crossed bool
}

// tally is the units of an experiment by id.
type tally struct {
	units        map[string]*entry
	unassigned   int64
	shareChanged bool
}

// newTally takes each unit's earliest assignment; of two at one time, the one under the
// smaller share, so that the order of the rows does not matter.
func newTally(assignments []Assignment) *tally {
	c := &tally{units: make(map[string]*entry, len(assignments))}
	for _, a := range assignments {
		switch e := c.units[a.Unit]; {
		case e == nil:
			c.units[a.Unit] = &entry{first: a}
		case cmp.Or(a.At.Compare(e.first.At), cmp.Compare(a.TreatedShare, e.first.TreatedShare)) < 0:
			e.first = a
		}
	}
	for _, a := range assignments {
		e := c.units[a.Unit]
		c.shareChanged = c.shareChanged || a.TreatedShare != assignments[0].TreatedShare
		e.moved = e.moved || e.first.Group != a.Group
	}
	return c
}

func (c *tally) add(conversions []Conversion) {
	for _, v := range conversions {
		switch e := c.units[v.Unit]; {
		case e == nil:
			c.unassigned++
		case v.At.Before(e.first.At):
			e.before = true
		default:
			e.converted = true
			e.crossed = e.crossed || v.Reached && e.first.Group == HeldOut
		}
	}
}

func (c *tally) of(is func(*entry) bool) int64 {
	var n int64
	for _, e := range c.units {
		if is(e) {
			n++
		}
	}
	return n
}

func (c *tally) arms() (treated, control Arm) {
	treated.Units = c.of(func(e *entry) bool { return e.first.Group == TreatedGroup })
	control.Units = int64(len(c.units)) - treated.Units
	treated.Conversions = c.of(func(e *entry) bool { return e.converted && e.first.Group == TreatedGroup })
	control.Conversions = c.of(func(e *entry) bool { return e.converted && e.first.Group == HeldOut })
	return treated, control
}

// share is the mean of the shares under which units were first drawn, summed in the order
// of the units so that the same rows give the same bits; 0 without units.
func (c *tally) share() float64 {
	if len(c.units) == 0 {
		return 0
	}
	shares := make([]float64, 0, len(c.units))
	for _, e := range c.units {
		shares = append(shares, e.first.TreatedShare)
	}
	slices.Sort(shares)
	return meanValue(shares)
}

// strays are findings on units that went other than drawn.
func (r HoldoutResult) strays(shareChanged bool) []byline.Finding {
	var list []byline.Finding
	note := func(is bool, code string, severity byline.Severity, path, message, fix string) {
		if is {
			list = append(list, byline.Finding{Code: code, Severity: severity, Path: path, Message: message, Fix: fix})
		}
	}
	note(r.Crossed > 0, "holdout.crossed", byline.Warning, "crossed", r.crossing(), "Keep the code from working for held-out units")
	note(r.Moved > 0, "holdout.moved", byline.Warning, "moved",
		fmt.Sprintf("%s changed arm and counted in the first one, which makes the difference too small", counted(r.Moved, "unit")),
		"Keep the share as it is until the end")
	note(shareChanged, "holdout.share_changed", byline.Warning, "sample_ratio",
		"The share changed on the way, so the arms differ in when their units came: a busy week passes for an effect",
		"Compare the units that were drawn under one share")
	note(r.ConvertedBefore > 0, "holdout.converted_before", byline.Info, "converted_before",
		fmt.Sprintf("%s had converted before being assigned; what came before does not count", counted(r.ConvertedBefore, "unit")),
		"Assign a unit when it is first met")
	note(r.Unassigned > 0, "holdout.unassigned", byline.Warning, "unassigned",
		fmt.Sprintf("%s came from units that nobody had assigned, and did not count", counted(r.Unassigned, "conversion")),
		"Assign every unit that can convert, or the arms miss what they caused")
	return list
}

// crossing says what the conclusion were if every conversion of a held-out unit that used
// the campaign's code were the campaign's doing: the most that they can change.
func (r HoldoutResult) crossing() string {
	control := Arm{Units: r.Control.Units, Conversions: r.Control.Conversions - min(r.Crossed, r.Control.Conversions)}
	_, p := decide(r.Treated, control)
	text := fmt.Sprintf("%s converted with the campaign's code or link. Had none of them converted without it, the difference would be %s points instead of %s",
		counted(r.Crossed, "held-out unit"), points(r.Treated.rate()-control.rate()), points(r.Difference))
	if most := concluded(cross(r.Treated, control), p, r.Level); most != r.Conclusion && r.Conclusion != Broken {
		return text + fmt.Sprintf(", and the conclusion %s instead of %s", most, r.Conclusion)
	}
	return text + ", and the conclusion the same"
}

// Explain says the result to a marketer, in plain English. The wording may change;
// programs read the fields.
func (r HoldoutResult) Explain() string {
	said := []string{r.Proportions.Explain()}
	for _, f := range r.WouldChange {
		if f.Severity == byline.Warning {
			said = append(said, f.Message+".")
		}
	}
	return strings.Join(said, " ")
}
