package reach

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Matrix is the overlap of every two of several creators.
type Matrix struct {
	Creators []byline.CreatorID `json:"creators"`
	Sizes    []Estimate         `json:"sizes"`
	Pairs    []MatrixPair       `json:"pairs"` // by the order of the creators, each pair once
}

// MatrixPair is a cell of a [Matrix]; A is before B in its creators.
type MatrixPair struct {
	A       byline.CreatorID `json:"a"`
	B       byline.CreatorID `json:"b"`
	Overlap *Overlap         `json:"overlap"`
}

// NewMatrix compares every two audiences by [SketchOverlap], which takes O(n²) passes over the
// samples. Faults are those of [Dedup], and "overlap.sketch" for an audience without a
// sketch: leave it out, and say that it is left out. No audience at all is refused as
// "reach.no_audience".
func NewMatrix(audiences []Audience) (*Matrix, error) {
	if len(audiences) == 0 {
		return nil, noAudience()
	}
	faults := byline.Nest("", checkAudiences("audiences", audiences))
	for i, a := range audiences {
		if a.Sketch == nil {
			faults = append(faults, fault(fmt.Sprintf("audiences[%d].sketch", i), "overlap.sketch", "an overlap needs two sketches"))
		}
	}
	if len(faults) > 0 {
		return nil, byline.Faults(faults)
	}
	m := &Matrix{Pairs: []MatrixPair{}}
	for i, a := range audiences {
		m.Creators, m.Sizes = append(m.Creators, a.Creator), append(m.Sizes, a.Sketch.Count())
		for _, b := range audiences[i+1:] {
			overlap, err := SketchOverlap(a.Sketch, b.Sketch)
			if err != nil {
				return nil, err
			}
			m.Pairs = append(m.Pairs, MatrixPair{A: a.Creator, B: b.Creator, Overlap: overlap})
		}
	}
	return m, nil
}

// Jaccard is the table of shared ÷ union, in the order of Creators on both sides and as
// charts take it: a row for each creator, 1 on the diagonal.
func (m *Matrix) Jaccard() [][]float64 {
	return cells(m, func(int) float64 { return 1 }, func(o *Overlap) float64 { return o.Jaccard.Value })
}

// OfSmaller is the table of shared ÷ the smaller audience, 1 on the diagonal. A cell is nil,
// and null in JSON, where one of both audiences is empty; a chart takes NaN in its place.
func (m *Matrix) OfSmaller() [][]*float64 {
	self := func(i int) *float64 {
		if m.Sizes[i].Value == 0 {
			return nil
		}
		whole := 1.0
		return &whole
	}
	return cells(m, self, func(o *Overlap) *float64 {
		if o.OfSmaller == nil {
			return nil
		}
		share := o.OfSmaller.Value
		return &share
	})
}

// Shared is the table of people in both, and of all people of a creator on the diagonal.
func (m *Matrix) Shared() [][]float64 {
	return cells(m, func(i int) float64 { return m.Sizes[i].Value }, func(o *Overlap) float64 { return o.Shared.Value })
}

func cells[T any](m *Matrix, self func(i int) T, of func(*Overlap) T) [][]T {
	table := make([][]T, len(m.Creators))
	place := make(map[byline.CreatorID]int, len(m.Creators))
	for i, id := range m.Creators {
		place[id] = i
		table[i] = make([]T, len(m.Creators))
		table[i][i] = self(i)
	}
	for _, p := range m.Pairs {
		a, b := place[p.A], place[p.B]
		table[a][b], table[b][a] = of(p.Overlap), of(p.Overlap)
	}
	return table
}
