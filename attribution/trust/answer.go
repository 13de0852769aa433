package trust

// Answer is yes, no, or that nobody knows. What nobody knows is left out of a share and
// never counted as no.
type Answer string

// Answers.
const (
	Unknown Answer = ""
	Yes     Answer = "yes"
	No      Answer = "no"
)

func (a Answer) valid() bool { return a == Unknown || a == Yes || a == No }
