package lift

import (
	"math"
	"sort"
)

// tie is how far a table's chance may lie above the seen one and still count as equal:
// the slack that R's fisher.test gives, far above rounding and far below real differences.
const tie = 1 + 1e-7

// fisher is the exact two-sided p value of Fisher's test: the chance of all tables with
// the same margins that are no likelier than the seen one. Chances come from Loader's
// saddle-point form, and sums run from a tail's edge outwards until they stand still:
// some 10 standard deviations, even with 1e9 units.
func fisher(treated, control Arm) float64 {
	h := tables{treated: treated.Units, control: control.Units, conversions: treated.Conversions + control.Conversions}
	if h.conversions == 0 || h.conversions == treated.Units+control.Units {
		return 1
	}
	seen, mode := treated.Conversions, h.mode()
	limit := h.chance(seen) * tie
	if limit >= h.chance(mode) {
		return 1
	}
	if seen > mode {
		low, _ := h.support()
		below := sort.Search(int(mode-low+1), func(i int) bool { return h.chance(mode-int64(i)) <= limit })
		return min(1, h.upwards(seen)+h.downwards(mode-int64(below)))
	}
	_, high := h.support()
	above := sort.Search(int(high-mode+1), func(i int) bool { return h.chance(mode+int64(i)) <= limit })
	return min(1, h.downwards(seen)+h.upwards(mode+int64(above)))
}

// tables are all two-by-two tables of the same margins, told apart by the conversions in
// the treated arm.
type tables struct{ treated, control, conversions int64 }

func (h tables) support() (low, high int64) {
	return max(0, h.conversions-h.control), min(h.treated, h.conversions)
}

func (h tables) mode() int64 {
	low, high := h.support()
	guess := (float64(h.treated) + 1) * (float64(h.conversions) + 1) / (float64(h.treated) + float64(h.control) + 2)
	return min(high, max(low, int64(guess)))
}

// chance is the hypergeometric probability, from three binomial ones (Loader, 2000).
func (h tables) chance(x int64) float64 {
	low, high := h.support()
	if x < low || x > high {
		return 0
	}
	total := h.treated + h.control
	p, q := float64(h.conversions)/float64(total), float64(total-h.conversions)/float64(total)
	return math.Exp(logBinomial(x, h.treated, p, q) + logBinomial(h.conversions-x, h.control, p, q) -
		logBinomial(h.conversions, total, p, q))
}

func (h tables) upwards(x int64) float64 {
	term := h.chance(x)
	sum := term
	for ; term > sum*1e-18; x++ {
		term *= float64(h.treated-x) * float64(h.conversions-x) / (float64(x+1) * float64(h.control-h.conversions+x+1))
		sum += term
	}
	return sum
}

func (h tables) downwards(x int64) float64 {
	term := h.chance(x)
	sum := term
	for ; term > sum*1e-18; x-- {
		term *= float64(x) * float64(h.control-h.conversions+x) / (float64(h.treated-x+1) * float64(h.conversions-x+1))
		sum += term
	}
	return sum
}

func logBinomial(x, n int64, p, q float64) float64 {
	if x == 0 {
		return float64(n) * math.Log1p(-p)
	}
	if x == n {
		return float64(n) * math.Log1p(-q)
	}
	nf, xf, yf := float64(n), float64(x), float64(n-x)
	return stirlingError(nf) - stirlingError(xf) - stirlingError(yf) - deviance(xf, nf*p) - deviance(yf, nf*q) -
		0.5*math.Log(2*math.Pi*xf*yf/nf)
}

// stirlingError is log n! less Stirling's formula.
func stirlingError(n float64) float64 {
	if n <= 15 {
		lg, _ := math.Lgamma(n + 1)
		return lg - (n+0.5)*math.Log(n) + n - 0.5*math.Log(2*math.Pi)
	}
	v := 1 / (n * n)
	return (1./12 - v*(1./360-v*(1./1260-v*(1./1680-v*(1./1188-v*691./360360))))) / n
}

// deviance is x log(x/m) + m - x without cancellation where x is close to m.
func deviance(x, m float64) float64 {
	if math.Abs(x-m) >= 0.1*(x+m) {
		return x*math.Log(x/m) + m - x
	}
	v := (x - m) / (x + m)
	sum, term := (x-m)*v, 2*x*v
	for i := 3.0; ; i += 2 {
		term *= v * v
		next := sum + term/i
		if next == sum {
			return sum
		}
		sum = next
	}
}
