package response

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/bylinehq/byline"
)

// Family names a kind of curve, as JSON does.
type Family string

// The families of curves.
const (
	HillFamily            Family = "hill"
	MichaelisMentenFamily Family = "michaelis_menten"
	LogisticFamily        Family = "logistic"
	SigmoidFamily         Family = "sigmoid"
	TanhFamily            Family = "tanh"
	LogFamily             Family = "log"
	PowerFamily           Family = "power"
)

// Families returns every family, in a fixed order.
func Families() []Family {
	return []Family{
		HillFamily, MichaelisMentenFamily, LogisticFamily, SigmoidFamily, TanhFamily, LogFamily, PowerFamily,
	}
}

// Curve is an outcome as a function of spend: it never falls, and it is convex up to its
// inflection and concave from there on. The curves of this package are plain structs; a
// host may bring its own.
//
// A spend below 0, or one that is no number, counts as 0. No method returns NaN or an
// infinity; a slope without bound is math.MaxFloat64.
type Curve interface {
	// Family is the name under which the curve is stored.
	Family() Family
	// At is the outcome at a spend.
	At(x float64) float64
	// Slope is what one more unit of spend brings at a spend.
	Slope(x float64) float64
	// SpendAt inverts Slope where the curve is concave: the largest spend at which the
	// slope is at least the given one, 0 where it never is, and math.MaxFloat64 where it
	// always is.
	SpendAt(slope float64) float64
	// Inflection is the spend up to which each unit brings more than the one before, 0
	// for a curve that is concave from the start.
	Inflection() float64
	// Check returns every fault of the parameters.
	Check() error
}

// Concave reports whether each unit of spend brings at most what the one before brought,
// from the first unit on. Only then is a local search for the best split a global one.
func Concave(c Curve) bool { return c.Inflection() == 0 }

// maxCurveText bounds what ParseCurve reads.
const maxCurveText = 4096

// ParseCurve reads what a curve of this package writes as JSON: its family under "curve"
// beside its parameters. Errors are [*byline.FieldError] of code "response.json" for what
// is no such object, or names a parameter that the family does not have,
// "response.family" for an unknown family and "response.parameter" for a parameter out
// of range or missing.
func ParseCurve(data []byte) (Curve, error) {
	if len(data) > maxCurveText {
		return nil, fault("", "response.json", "too long for a curve")
	}
	var tag struct {
		Curve Family `json:"curve"`
	}
	if err := json.Unmarshal(data, &tag); err != nil {
		return nil, fault("", "response.json", "not a JSON object with a family under \"curve\"")
	}
	switch tag.Curve {
	case HillFamily:
		return parse[Hill](data)
	case MichaelisMentenFamily:
		return parse[MichaelisMenten](data)
	case LogisticFamily:
		return parse[Logistic](data)
	case SigmoidFamily:
		return parse[Sigmoid](data)
	case TanhFamily:
		return parse[Tanh](data)
	case LogFamily:
		return parse[Log](data)
	case PowerFamily:
		return parse[Power](data)
	}
	return nil, unknownFamily("curve")
}

func unknownFamily(path string) *byline.FieldError {
	return fault(path, "response.family", "not a family of curves")
}

// parse reads the parameters of one family and takes nothing else beside them.
func parse[C Curve](data []byte) (Curve, error) {
	var curve C
	if err := parameters(data, &curve); err != nil {
		return nil, fault("", "response.json", "not the parameters of its family")
	}
	if err := curve.Check(); err != nil {
		return nil, err
	}
	return curve, nil
}

func parameters(data []byte, into any) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	delete(fields, "curve")
	rest, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(rest))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// marshal writes a curve with its family. What ParseCurve would refuse, it refuses to
// write, with the same error.
func marshal(c Curve, plain any) ([]byte, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	parameters, err := json.Marshal(plain)
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte(`{"curve":"`+string(c.Family())+`",`), parameters[1:]), nil
}
