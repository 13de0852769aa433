package rank

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/bylinehq/byline"
)

// Shape is the kind of a distribution.
type Shape string

// The shapes of a [Belief], with the meaning of its A and B.
const (
	Beta   Shape = "beta"   // A and B are the two parameters, both > 0: successes and failures
	Gamma  Shape = "gamma"  // A is the shape and B the rate, both > 0: events and exposure
	Normal Shape = "normal" // A is the mean, B the standard deviation > 0
	Point  Shape = "point"  // A is the only value; B is 0
)

// Belief is a distribution of a creator's true value. The zero Belief is invalid; the
// methods of a Belief that [Belief.Check] finds fault with return 0.
type Belief struct {
	Shape Shape   `json:"shape"`
	A     float64 `json:"a"`
	B     float64 `json:"b"`
}

// The parameters of a beta and the shape of a gamma lie between these bounds, which hold
// all data that come in and keep the special functions where they are known to work.
const leastShape, mostShape = 1e-9, 1e17

// mostScale bounds the other parameters, so that no product of a few overflows.
const mostScale = 1e100

// Check returns the faults of b: "rank.belief_shape" for a shape that is none of the
// four, "rank.belief_parameter" for a parameter outside its range: from 1e-9 to 1e17 for
// those of a beta and for the shape of a gamma, up to 1e100 for the others.
func (b Belief) Check() error {
	switch b.Shape {
	case Beta, Gamma, Normal, Point:
		if b.valid() {
			return nil
		}
		return byline.Faults([]*byline.FieldError{fault("", "rank.belief_parameter", "a parameter is out of range")})
	}
	return byline.Faults([]*byline.FieldError{fault("shape", "rank.belief_shape", "not a shape this version knows")})
}

func (b Belief) valid() bool {
	shapeA := b.A >= leastShape && b.A <= mostShape
	scaleA := math.Abs(b.A) <= mostScale
	scaleB := b.B >= 1/mostScale && b.B <= mostScale
	switch b.Shape {
	case Beta:
		return shapeA && b.B >= leastShape && b.B <= mostShape
	case Gamma:
		return shapeA && scaleB
	case Normal:
		return scaleA && scaleB
	case Point:
		return scaleA && b.B == 0
	}
	return false
}

// Mean is the expected value.
func (b Belief) Mean() float64 {
	if !b.valid() {
		return 0
	}
	switch b.Shape {
	case Beta:
		return b.A / (b.A + b.B)
	case Gamma:
		return b.A / b.B
	default:
		return b.A
	}
}

// SD is the standard deviation, 0 for a point.
func (b Belief) SD() float64 {
	if !b.valid() {
		return 0
	}
	switch b.Shape {
	case Beta:
		sum := b.A + b.B
		return math.Sqrt(b.A / sum * (b.B / sum) / (sum + 1))
	case Gamma:
		return math.Sqrt(b.A) / b.B
	case Normal:
		return b.B
	default:
		return 0
	}
}

// CDF is the probability of a value of at most x.
func (b Belief) CDF(x float64) float64 {
	switch {
	case math.IsNaN(x) || !b.valid():
		return 0
	case b.Shape == Beta && x >= 1:
		return 1
	case (b.Shape == Beta || b.Shape == Gamma) && x <= 0:
		return 0
	case b.Shape == Beta:
		return b.orStep(mathext.RegIncBeta(b.A, b.B, x), x)
	case b.Shape == Gamma && math.IsInf(x*b.B, 1):
		return 1
	case b.Shape == Gamma:
		return b.orStep(mathext.GammaIncReg(b.A, x*b.B), x)
	case b.Shape == Normal:
		return 0.5 * math.Erfc((b.A-x)/(b.B*math.Sqrt2))
	case b.Shape == Point && x >= b.A:
		return 1
	}
	return 0
}

// orStep replaces what a special function could not compute, which happens only where a
// distribution is all but a point: then it is a step at the mean.
func (b Belief) orStep(p, x float64) float64 {
	switch {
	case !math.IsNaN(p):
		return math.Min(1, math.Max(0, p))
	case x < b.Mean():
		return 0
	}
	return 1
}

// Quantile is the value that is not exceeded with probability p. The error is of code
// "rank.probability" for a p that is not between 0 and 1, both excluded.
func (b Belief) Quantile(p float64) (float64, error) {
	if err := checkProbability(p); err != nil {
		return 0, err
	}
	return b.quantile(p), nil
}

func checkProbability(p float64) error {
	if p > 0 && p < 1 {
		return nil
	}
	return byline.Faults([]*byline.FieldError{fault("", "rank.probability", "a probability must be between 0 and 1")})
}

func (b Belief) quantile(p float64) float64 {
	if !b.valid() {
		return 0
	}
	switch b.Shape {
	case Beta:
		return b.settle(mathext.InvRegIncBeta(b.A, b.B, p), p)
	case Gamma:
		return b.settle(mathext.GammaIncRegInv(b.A, p)/b.B, p)
	case Normal:
		return b.A + b.B*distuv.UnitNormal.Quantile(p)
	default:
		return b.A
	}
}

// settle keeps a quantile that the distribution confirms. Inverting loses its way for
// extreme parameters; bisection does not.
func (b Belief) settle(x, p float64) float64 {
	if got := b.CDF(x); x > 0 && math.Abs(got-p) <= 1e-10*math.Min(p, 1-p) {
		return x
	}
	low, high := 0.0, 1.0
	if b.Shape == Gamma {
		for high = b.Mean() + b.SD(); b.CDF(high) < p; {
			high *= 2
		}
	}
	for range 1100 { // enough to reach the smallest float from 1
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if b.CDF(middle) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// Draw takes one value at random, for a simulation or for choosing by chance (Thompson
// sampling). The randomness is the caller's; the same state of the source gives the same
// value.
func (b Belief) Draw(source rand.Source) float64 {
	if !b.valid() {
		return 0
	}
	switch b.Shape {
	case Beta:
		x := distuv.Gamma{Alpha: b.A, Beta: 1, Src: source}.Rand()
		y := distuv.Gamma{Alpha: b.B, Beta: 1, Src: source}.Rand()
		if x+y == 0 { // both underflow where A and B are tiny: then it is either end
			return b.drawEnd(source)
		}
		return x / (x + y)
	case Gamma:
		return distuv.Gamma{Alpha: b.A, Beta: b.B, Src: source}.Rand()
	case Normal:
		return distuv.Normal{Mu: b.A, Sigma: b.B, Src: source}.Rand()
	default:
		return b.A
	}
}

func (b Belief) drawEnd(source rand.Source) float64 {
	if rand.New(source).Float64() < b.Mean() {
		return 1
	}
	return 0
}

// String names the shape and its parameters.
func (b Belief) String() string {
	if b.Shape == Point {
		return fmt.Sprintf("point(%.6g)", b.A)
	}
	return fmt.Sprintf("%s(%.6g, %.6g)", b.Shape, b.A, b.B)
}
