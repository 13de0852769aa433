package trust

// What the bound of false reports rests on, for tests that prove it.
var (
	UpperBound = upperBound
	LowerBound = lowerBound
)

// Rise is the evidence for a rise above a ceiling.
type Rise struct{ r rise }

// NewRise makes one.
func NewRise(ceiling float64) *Rise { return &Rise{newRise(ceiling)} }

// Judge takes one more use and returns the strength of the evidence.
func (r *Rise) Judge(hit bool) float64 {
	r.r.judge(hit, &mark{})
	return r.r.strength()
}
