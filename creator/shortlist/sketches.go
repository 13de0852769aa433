package shortlist

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
)

// SketchCoverage makes what [Options].Coverage takes from a sketch of the audience of every
// candidate, in the order of the candidates. A nil sketch is an audience that is not known:
// such a candidate cannot be chosen for reach, and is out by "out.no_audience". A sketch of
// nobody is an audience of nobody. Outcomes of candidates are not read.
//
// Sketches estimate, and whoever is overestimated is chosen more easily, so the value of the
// list leans high: of 10 chosen from 300, at the default precision, by 4 % where all
// audiences are of one size and by 0.5 % where sizes and prices differ, and by half of that
// at [reach.FinePrecision]. So the list has no interval and never claims to be proven the
// best; a finding of code "list.estimated" says so.
//
// Faults are "sketch.none" where no sketch is known at all, and those of
// [reach.Sketch.Merge] for each that is of another shape than the first. Sketches must not
// change as long as the coverage is used.
func SketchCoverage(sketches []*reach.Sketch) (func() Coverage, error) {
	first := firstKnown(sketches)
	if first == nil {
		return nil, byline.Faults([]*byline.FieldError{{Path: "sketches", Code: "sketch.none", Message: "the audience of no candidate is known"}})
	}
	union := first.Union()
	var fields []*byline.FieldError
	for i, s := range sketches {
		fields = append(fields, byline.Nest(fmt.Sprintf("sketches[%d]", i), union.Check(s))...)
	}
	if err := byline.Faults(fields); err != nil {
		return nil, err
	}
	return func() Coverage { return &sketched{sketches: sketches, union: first.Union()} }, nil
}

func firstKnown(sketches []*reach.Sketch) *reach.Sketch {
	for _, s := range sketches {
		if s != nil {
			return s
		}
	}
	return nil
}

// sketched counts by registers.
type sketched struct {
	sketches []*reach.Sketch
	union    *reach.Union
}

func (s *sketched) Knows(i int) bool { return s.sketches[i] != nil }

func (s *sketched) Gain(i int) float64 { return s.union.Gain(s.sketches[i]) }

// noise is how far apart two estimates of a gain may lie by chance: four standard errors of
// it, see [reach.Union.Gain].
func (s *sketched) noise(gain float64) float64 {
	all := s.union.Count()
	if all.Value == 0 {
		return 0
	}
	return 4 * all.StandardError / all.Value * math.Sqrt(gain*(2*all.Value+gain))
}

func (s *sketched) Clone() Coverage { return &sketched{sketches: s.sketches, union: s.union.Clone()} }

func (s *sketched) Add(i int) {
	_ = s.union.Add(s.sketches[i]) // SketchCoverage has checked that it fits
}
