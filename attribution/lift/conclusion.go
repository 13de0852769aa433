package lift

// Conclusion is what a comparison says at its confidence level.
type Conclusion string

// What a comparison can say.
const (
	Raised    Conclusion = "raised"    // the treated arm is above the control arm
	Lowered   Conclusion = "lowered"   // the treated arm is below the control arm
	Undecided Conclusion = "undecided" // chance alone explains the difference well enough
	Broken    Conclusion = "broken"    // the arms cannot be compared, and a finding says why: believe no figure
)

func concluded(difference, p, level float64) Conclusion {
	switch {
	case p > alpha(level) || difference == 0:
		return Undecided
	case difference > 0:
		return Raised
	default:
		return Lowered
	}
}
