package lift

import (
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// MinPrePeriods is the fewest periods before the start that a [Panel] may have. Fewer
// cannot tell a comparison that fits from one that fits by chance.
const MinPrePeriods = 4

// What is squared and divided stays far from overflow and from the smallest float64.
const (
	largestOutcome  = 1e100
	smallestOutcome = 1e-30
)

// PanelData is a table of outcomes, one row per unit and one column per period, as a
// caller stores or sends it. A unit is mostly a region, a period a day or a week.
type PanelData struct {
	Units    []string    `json:"units"`             // names, each once
	Periods  []string    `json:"periods"`           // labels in order of time, each once: "2026-03-01"
	Outcomes [][]float64 `json:"outcomes"`          // [unit][period], all in one unit of measure
	Treated  []string    `json:"treated,omitempty"` // units in which the campaign ran; none for a history
	Start    int         `json:"start"`             // index of the first period of the campaign; 0 for a history
}

// Panel is a checked [PanelData] with a campaign in it: immutable, and made by [NewPanel]
// alone. All treated units start in the same period and stay treated to the end.
type Panel struct {
	data     PanelData
	treated  []int
	controls []int
}

// NewPanel checks a table and copies it. It reports all faults at once:
//
//   - "panel.units": no unit, or one without a name
//   - "panel.unit_twice": a name that stands twice
//   - "panel.periods": no period, or one without a label
//   - "panel.period_twice": a label that stands twice
//   - "panel.ragged": rows and units, or columns and periods, do not match
//   - "panel.outcome": not a number, infinite, beyond 1e100 in size, or not 0 and below 1e-30
//   - "panel.treated": a treated unit that is not in the table, or stands twice
//   - "panel.no_treated": no treated unit
//   - "panel.no_control": every unit is treated
//   - "panel.no_pre_period": the campaign starts with or before the first period
//   - "panel.no_post_period": the campaign starts after the last period
//
// A sound table with fewer than [MinPrePeriods] periods before the start is refused with
// "panel.few_pre_periods". A missing outcome is not 0: leave out the unit or the period.
func NewPanel(data PanelData) (*Panel, error) {
	faults := slices.Concat(tableFaults(data), campaignFaults(data))
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	if data.Start < MinPrePeriods {
		return nil, refusal("panel.few_pre_periods", fmt.Sprintf(
			"there are %d periods before the start, and a comparison needs at least %d to show that it fits", data.Start, MinPrePeriods),
			float64(data.Start), MinPrePeriods)
	}
	return newPanel(data.clone()), nil
}

// newPanel indexes a table that is known to be sound.
func newPanel(data PanelData) *Panel {
	p := &Panel{data: data}
	for i, unit := range data.Units {
		if slices.Contains(data.Treated, unit) {
			p.treated = append(p.treated, i)
		} else {
			p.controls = append(p.controls, i)
		}
	}
	return p
}

// made says whether a panel came from NewPanel: "panel.not_made" where it did not.
func (p *Panel) made() []*byline.FieldError {
	if p == nil || len(p.treated) == 0 || len(p.controls) == 0 {
		return []*byline.FieldError{fault("", "panel.not_made", "the panel was not made by NewPanel")}
	}
	return nil
}

// Data returns a copy of the table.
func (p *Panel) Data() PanelData { return p.data.clone() }

// Controls returns the names of the units without the campaign, in the table's order.
func (p *Panel) Controls() []string {
	names := make([]string, len(p.controls))
	for i, c := range p.controls {
		names[i] = p.data.Units[c]
	}
	return names
}

func (d PanelData) clone() PanelData {
	d.Units, d.Periods, d.Treated = slices.Clone(d.Units), slices.Clone(d.Periods), slices.Clone(d.Treated)
	rows := make([][]float64, len(d.Outcomes))
	for i, row := range d.Outcomes {
		rows[i] = slices.Clone(row)
	}
	d.Outcomes = rows
	return d
}

// tableFaults checks what a history and a panel share.
func tableFaults(d PanelData) []*byline.FieldError {
	faults := slices.Concat(
		labelFaults(d.Units, "units", "panel.units", "panel.unit_twice"),
		labelFaults(d.Periods, "periods", "panel.periods", "panel.period_twice"))
	if len(d.Outcomes) != len(d.Units) {
		faults = append(faults, fault("outcomes", "panel.ragged",
			fmt.Sprintf("%d rows for %d units", len(d.Outcomes), len(d.Units))))
	}
	for i, row := range d.Outcomes {
		faults = append(faults, rowFaults(row, i, len(d.Periods))...)
	}
	return faults
}

func rowFaults(row []float64, index, periods int) []*byline.FieldError {
	var faults []*byline.FieldError
	if len(row) != periods {
		faults = append(faults, fault(fmt.Sprintf("outcomes[%d]", index), "panel.ragged",
			fmt.Sprintf("%d outcomes for %d periods", len(row), periods)))
	}
	for t, y := range row {
		if size := math.Abs(y); !(size <= largestOutcome) || size > 0 && size < smallestOutcome {
			faults = append(faults, fault(fmt.Sprintf("outcomes[%d][%d]", index, t), "panel.outcome",
				"an outcome must be 0 or a number from 1e-30 to 1e100 in size; a missing one is not 0"))
		}
	}
	return faults
}

func labelFaults(labels []string, path, empty, twice string) []*byline.FieldError {
	if len(labels) == 0 {
		return []*byline.FieldError{fault(path, empty, "there are none")}
	}
	var faults []*byline.FieldError
	seen := make(map[string]bool, len(labels))
	for i, label := range labels {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case label == "":
			faults = append(faults, fault(at, empty, "it needs a name"))
		case seen[label]:
			faults = append(faults, fault(at, twice, "it stands there already"))
		}
		seen[label] = true
	}
	return faults
}

func campaignFaults(d PanelData) []*byline.FieldError {
	faults := memberFaults(d.Treated, d.Units, "treated")
	switch {
	case len(d.Treated) == 0:
		faults = append(faults, fault("treated", "panel.no_treated", "no unit is treated"))
	case len(faults) == 0 && len(d.Treated) >= len(d.Units):
		faults = append(faults, fault("treated", "panel.no_control", "every unit is treated, so there is nothing to compare with"))
	}
	switch {
	case d.Start <= 0:
		faults = append(faults, fault("start", "panel.no_pre_period", "there is no period before the start"))
	case d.Start >= len(d.Periods):
		faults = append(faults, fault("start", "panel.no_post_period", "there is no period from the start on"))
	}
	return faults
}

// memberFaults says which names are not among the units, or stand twice.
func memberFaults(names, units []string, path string) []*byline.FieldError {
	var faults []*byline.FieldError
	for i, name := range names {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case !slices.Contains(units, name):
			faults = append(faults, fault(at, "panel.treated", "it is not among the units"))
		case slices.Contains(names[:i], name):
			faults = append(faults, fault(at, "panel.treated", "it stands there already"))
		}
	}
	return faults
}
