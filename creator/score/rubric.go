package score

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/bylinehq/byline"
)

// DefaultCoverage is the share of a rubric's weight that must be known for a rank.
const DefaultCoverage = 0.6

// Rubric says what counts. A changed rubric needs a new version: the version is all that
// tells why the same creator had another score last month.
type Rubric struct {
	Name     string   `json:"name"`
	Version  string   `json:"version"`
	Goal     string   `json:"goal,omitempty"` // of the campaign, for the reader
	Groups   []Group  `json:"groups"`
	Checks   []string `json:"checks,omitempty"`   // codes of the checks that must have passed
	Limits   []Limit  `json:"limits,omitempty"`   // gates on readings
	Coverage float64  `json:"coverage,omitempty"` // from 0 to 1: the share of the weight that must be known for a rank; 0 is [DefaultCoverage]
}

// Group holds criteria that say much the same, so that together they count once.
type Group struct {
	Name     string      `json:"name"`
	Label    string      `json:"label,omitempty"` // for the reader; empty is Name
	Weight   float64     `json:"weight"`          // against the other groups, in any unit
	Criteria []Criterion `json:"criteria"`
}

// Criterion gives points from 0 to 100 for one reading: 0 at Floor and beyond it, 100 at
// Target and beyond it, in a straight line between. A Floor above Target says that less is
// better.
type Criterion struct {
	Metric string  `json:"metric"`
	Label  string  `json:"label,omitempty"` // for the reader; empty is Metric
	Weight float64 `json:"weight"`          // against the others of the group, in any unit
	Floor  float64 `json:"floor"`
	Target float64 `json:"target"`
	Unit   Unit    `json:"unit,omitempty"`
	// Definition, where it is given, is the only one that counts. A reading by another
	// formula is then missing, for its number means something else.
	Definition string `json:"definition,omitempty"`
}

// Unit says how a value is shown. The zero Unit shows a plain number.
type Unit string

// Units.
const (
	Number  Unit = ""
	Percent Unit = "percent" // a share of 1
	Times   Unit = "times"   // a ratio
)

// Validate reports all faults: "rubric.name", "rubric.version", "rubric.groups" for a
// rubric without any, "rubric.group_name" for a group without name or with the name of
// another, "rubric.criteria" for a group without any, "rubric.weight" for one that is not a
// number above 0, "rubric.metric" for none, "rubric.metric_twice" for a metric that counts
// in two places, "rubric.anchors" for a floor and a target that are equal or no numbers,
// "rubric.unit", "rubric.coverage" outside 0 to 1, "rubric.check" for a check without a code
// or named twice, and those of [Limit].
func (r *Rubric) Validate() error {
	var f faults
	if r.Name == "" {
		f.add("name", "rubric.name", "the rubric has no name")
	}
	if r.Version == "" {
		f.add("version", "rubric.version", "the rubric has no version")
	}
	if !(r.Coverage >= 0 && r.Coverage <= 1) {
		f.add("coverage", "rubric.coverage", "the coverage must be from 0 to 1")
	}
	if len(r.Groups) == 0 {
		f.add("groups", "rubric.groups", "the rubric has no groups")
	}
	names, metrics := map[string]bool{}, map[string]bool{}
	for i, g := range r.Groups {
		g.check(&f, fmt.Sprintf("groups[%d]", i), names, metrics)
	}
	codes := map[string]bool{}
	for i, code := range r.Checks {
		if code == "" || codes[code] {
			f.add(fmt.Sprintf("checks[%d]", i), "rubric.check", "a check is named once, by its code")
		}
		codes[code] = true
	}
	for i, l := range r.Limits {
		l.check(&f, fmt.Sprintf("limits[%d]", i))
	}
	return byline.Faults(f)
}

func (g Group) check(f *faults, path string, names, metrics map[string]bool) {
	if g.Name == "" || names[g.Name] {
		f.add(path+".name", "rubric.group_name", "a group has a name of its own")
	}
	names[g.Name] = true
	f.weight(path, g.Weight)
	if len(g.Criteria) == 0 {
		f.add(path+".criteria", "rubric.criteria", "the group has no criteria")
	}
	for i, c := range g.Criteria {
		at := fmt.Sprintf("%s.criteria[%d]", path, i)
		if c.Metric == "" {
			f.add(at+".metric", "rubric.metric", "the metric is missing")
		} else if metrics[c.Metric] {
			f.add(at+".metric", "rubric.metric_twice", "this metric counts already")
		}
		metrics[c.Metric] = true
		c.check(f, at)
	}
}

// maxAnchor keeps every difference of two anchors a number.
const maxAnchor = 1e300

func (c Criterion) check(f *faults, path string) {
	f.weight(path, c.Weight)
	if !(math.Abs(c.Floor) <= maxAnchor && math.Abs(c.Target) <= maxAnchor) || c.Floor == c.Target {
		f.add(path+".target", "rubric.anchors", "the floor and the target must be two different numbers")
	}
	switch c.Unit {
	case Number, Percent, Times:
	default:
		f.add(path+".unit", "rubric.unit", "the unit must be percent, times or nothing")
	}
}

// ReadRubric decodes a rubric from JSON and validates it. A field that is not known is an
// error, for a misspelt one would otherwise be a weight of its own choosing. Beside the
// faults of [Rubric.Validate] there is "rubric.json" for what is no JSON of a rubric.
func ReadRubric(data []byte) (Rubric, error) {
	var r Rubric
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	err := in.Decode(&r)
	if err == nil {
		if _, more := in.Token(); more != io.EOF {
			err = errors.New("something follows the rubric")
		}
	}
	if err != nil {
		return Rubric{}, &byline.FieldError{Code: "rubric.json", Message: err.Error()}
	}
	return r, r.Validate()
}

// points is worth 0 at the floor and 100 at the target. A far value may overflow to an
// infinity, which the bounds catch, and never to a NaN, as the anchors are not that far.
func (c Criterion) points(value float64) float64 {
	share := (value - c.Floor) / (c.Target - c.Floor)
	return 100 * math.Max(0, math.Min(1, share))
}

type faults []*byline.FieldError

func (f *faults) add(path, code, message string) {
	*f = append(*f, &byline.FieldError{Path: path, Code: code, Message: message})
}

// maxWeight keeps sums of weights numbers.
const maxWeight = 1e100

func (f *faults) weight(path string, w float64) {
	if !(w > 0 && w <= maxWeight) {
		f.add(path+".weight", "rubric.weight", "a weight is a number above 0")
	}
}
