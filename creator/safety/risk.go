package safety

import "slices"

// Risk is how unsuitable content is, by its id in the taxonomy's descriptive vectors. The
// zero Risk is none.
type Risk string

// Levels of risk in falling order.
const (
	Floor      Risk = "bsr001" // not fit for any advertising
	HighRisk   Risk = "bsr002"
	MediumRisk Risk = "bsr003"
	LowRisk    Risk = "bsr004" // as in teaching, news features, art
)

// Name returns the level's name in the taxonomy, "" for what is no level.
func (r Risk) Name() string {
	switch r {
	case Floor:
		return "Floor"
	case HighRisk:
		return "High Risk"
	case MediumRisk:
		return "Medium Risk"
	case LowRisk:
		return "Low Risk"
	}
	return ""
}

// Valid reports whether r is one of the four levels.
func (r Risk) Valid() bool { return r.Name() != "" }

// rank is higher the worse it is, and 0 for what is no level.
func (r Risk) rank() int {
	return slices.Index([]Risk{LowRisk, MediumRisk, HighRisk, Floor}, r) + 1
}
