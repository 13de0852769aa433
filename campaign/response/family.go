package response

import "slices"

// form is how a fit sees a family: its parameters in the order in which it searches
// them, and where it starts. Every family is linear in its height, which a search
// therefore need not look for.
type form struct {
	names []string
	// curve makes the curve of parameters in the order of names.
	curve func(p []float64) Curve
	// scale turns the height over a curve of height 1 into parameters.
	scale func(height float64, p []float64) []float64
	// starts are the values of each parameter after the first, for a largest spend of 1.
	starts [][]float64
	// inSpend is the power of the unit of spend in each of them.
	inSpend []int
	// half is the spend that must have been seen for the ceiling to be known, nil for a
	// family without one.
	half func(c Curve) float64
	// share marks a parameter that must not exceed 1, by its index; -1 for none.
	share int
}

func heights() []float64 { return []float64{0.03, 0.07, 0.15, 0.3, 0.6, 1, 2, 5} }

func rates() []float64 { return []float64{0.3, 0.7, 1.5, 3, 6, 12, 25} }

// formOf returns the form of a family; ok is false for an unknown one.
func formOf(family Family) (f form, ok bool) {
	f = form{share: -1, scale: func(height float64, p []float64) []float64 {
		return slices.Concat([]float64{height}, p[1:])
	}}
	switch family {
	case HillFamily:
		f.names, f.inSpend = []string{"ceiling", "half", "shape"}, []int{1, 0}
		f.starts = [][]float64{heights(), {0.5, 0.8, 1.2, 2, 3, 5}}
		f.curve = func(p []float64) Curve { return Hill{p[0], p[1], p[2]} }
		f.half = func(c Curve) float64 { return c.(Hill).Half }
	case MichaelisMentenFamily:
		f.names, f.inSpend = []string{"ceiling", "half"}, []int{1}
		f.starts = [][]float64{heights()}
		f.curve = func(p []float64) Curve { return MichaelisMenten{p[0], p[1]} }
		f.half = func(c Curve) float64 { return c.(MichaelisMenten).Half }
	case LogisticFamily:
		f.names, f.inSpend = []string{"ceiling", "rate"}, []int{-1}
		f.starts = [][]float64{rates()}
		f.curve = func(p []float64) Curve { return Logistic{p[0], p[1]} }
		f.half = func(c Curve) float64 { return atanhHalf * 2 / c.(Logistic).Rate }
	case SigmoidFamily:
		f.names, f.inSpend = []string{"ceiling", "rate", "middle"}, []int{-1, 1}
		f.starts = [][]float64{{2, 5, 10, 20, 40}, {0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1}}
		f.curve = func(p []float64) Curve { return Sigmoid{p[0], p[1], p[2]} }
		f.half = func(c Curve) float64 { return c.(Sigmoid).Middle }
	case TanhFamily:
		f.names, f.inSpend = []string{"ceiling", "cost"}, []int{1}
		f.starts = [][]float64{heights()}
		f.curve = func(p []float64) Curve { return Tanh{p[0], p[1]} }
		f.scale = func(height float64, p []float64) []float64 { return []float64{height, p[1] / height} }
		f.half = func(c Curve) float64 { return atanhHalf * c.(Tanh).reach() }
	case LogFamily:
		f.names, f.inSpend = []string{"scale", "spread"}, []int{1}
		f.starts = [][]float64{heights()}
		f.curve = func(p []float64) Curve { return Log{p[0], p[1]} }
	case PowerFamily:
		f.names, f.inSpend, f.share = []string{"scale", "exponent"}, []int{0}, 1
		f.starts = [][]float64{{0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.97}}
		f.curve = func(p []float64) Curve { return Power{p[0], p[1]} }
	default:
		return form{}, false
	}
	return f, true
}

// atanhHalf is where tanh is one half.
const atanhHalf = 0.549306144334054845697622618461

// grid returns every combination of the starts for a largest spend, each with a height of
// 1 in front.
func (f form) grid(largest float64) [][]float64 {
	all := [][]float64{{1}}
	for i, values := range f.starts {
		var next [][]float64
		for _, p := range all {
			for _, v := range values {
				switch f.inSpend[i] {
				case 1:
					v *= largest
				case -1:
					v /= largest
				}
				next = append(next, append(slices.Clone(p), v))
			}
		}
		all = next
	}
	return all
}
