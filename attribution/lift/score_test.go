package lift

import (
	"math"
	"math/big"
	"strings"
	"testing"
)

const z95 = 1.959963984540054

func close9(got, want float64) bool { return math.Abs(got-want) <= 1e-9*math.Abs(want) }

// The ends were computed with 40 digits, by halving both the supposed difference and the
// restricted rate, without the formulas of this package.
func TestScoreIntervalsAgainstFortyDigits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		treated, control Arm
		low, high        float64
		ratioLow         float64
		ratioHigh        float64
	}{
		"large":      {Arm{10000, 250}, Arm{10000, 200}, 0.0008928055200927023, 0.00914475496688416, 1.040355095494346, 1.501956027388176},
		"newcombe":   {Arm{70, 56}, Arm{80, 48}, 0.0528297132458446, 0.3381729400158684, 1.079821506361898, 1.670805578019112},
		"small":      {Arm{10, 9}, Arm{10, 3}, 0.1700250164243987, 0.8406495439433283, 1.353237193866729, 8.467668686709776},
		"none":       {Arm{20, 0}, Arm{20, 5}, -0.4715630097100636, -0.06559829471157558, 0, 0.6882700273174341},
		"all":        {Arm{20, 20}, Arm{20, 15}, 0.06559829471157558, 0.4715630097100636, 0, 0},
		"rare":       {Arm{1e9, 3}, Arm{9e8, 50}, -7.046656525695405e-8, -3.849249631687765e-8, 0.01783974036829657, 0.1634552931042392},
		"almost all": {Arm{1e9, 999999000}, Arm{1e9, 999999300}, -3.812386914557492e-7, -2.194377290700691e-7, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			low, high := miettinenNurminen(c.treated, c.control, z95)
			if !close9(low, c.low) || !close9(high, c.high) {
				t.Errorf("difference %.17g to %.17g, want %.17g to %.17g", low, high, c.low, c.high)
			}
			if c.ratioHigh == 0 {
				return
			}
			low, high = koopman(c.treated, c.control, z95)
			if !close9(low, c.ratioLow) || !close9(high, c.ratioHigh) {
				t.Errorf("ratio %.17g to %.17g, want %.17g to %.17g", low, high, c.ratioLow, c.ratioHigh)
			}
		})
	}
}

// binomials are the chances of 0..n conversions.
func binomials(n int, p float64) []float64 {
	chances := make([]float64, n+1)
	for x := range chances {
		chances[x] = math.Exp(logBinomial(int64(x), int64(n), p, 1-p))
	}
	return chances
}

// Every table of small arms is tried, at true rates all over the square: the mean
// coverage of the Miettinen-Nurminen interval is near 95%, Newcombe's at or above it, and
// neither falls far below anywhere.
func TestCoverageOfTheDifferenceByEnumeration(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ n, m int64 }{"equal": {20, 20}, "unequal": {30, 12}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			type ends struct{ low, high float64 }
			score, hybrid := map[[2]int64]ends{}, map[[2]int64]ends{}
			for x := range c.n + 1 {
				for y := range c.m + 1 {
					var s, h ends
					s.low, s.high = miettinenNurminen(Arm{c.n, x}, Arm{c.m, y}, z95)
					h.low, h.high = newcombe(Arm{c.n, x}, Arm{c.m, y}, z95)
					score[[2]int64{x, y}], hybrid[[2]int64{x, y}] = s, h
				}
			}
			coverage := func(of map[[2]int64]ends, p, q float64) float64 {
				var sum float64
				ps, qs := binomials(int(c.n), p), binomials(int(c.m), q)
				for at, e := range of {
					if e.low <= p-q && p-q <= e.high {
						sum += ps[at[0]] * qs[at[1]]
					}
				}
				return sum
			}
			var mean, meanHybrid, points float64
			least := 1.0
			for p := 0.03; p < 1; p += 0.08 {
				for q := 0.02; q < 1; q += 0.08 {
					s := coverage(score, p, q)
					mean, meanHybrid, points, least = mean+s, meanHybrid+coverage(hybrid, p, q), points+1, min(least, s)
				}
			}
			t.Logf("mean %.4f, least %.4f, Newcombe %.4f", mean/points, least, meanHybrid/points)
			if mean/points < 0.945 || mean/points > 0.96 || least < 0.92 || meanHybrid/points < 0.945 {
				t.Errorf("mean %.4f, least %.4f, Newcombe's mean %.4f", mean/points, least, meanHybrid/points)
			}
		})
	}
}

// Equal rates are called different in 5 of 100 experiments at most, give or take the
// steps of small counts, whichever test decides.
func TestFalseAlarmsByEnumeration(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ n, m int64 }{{40, 40}, {60, 15}} {
		for _, p := range []float64{0.02, 0.1, 0.3, 0.5, 0.9} {
			ps, qs := binomials(int(c.n), p), binomials(int(c.m), p)
			var alarms float64
			for x := range c.n + 1 {
				for y := range c.m + 1 {
					if bareTests(Arm{c.n, x}, Arm{c.m, y}, Options{Level: 0.95}).Conclusion != Undecided {
						alarms += ps[x] * qs[y]
					}
				}
			}
			if alarms > 0.062 {
				t.Errorf("%d and %d units at %g: %.4f", c.n, c.m, p, alarms)
			}
		}
	}
}

// Koopman's interval for the ratio, with no upper end where control has no conversion.
func TestCoverageOfTheRatioByEnumeration(t *testing.T) {
	t.Parallel()
	const n, m = 25, 25
	var lows, highs [n + 1][m + 1]float64
	for x := range n + 1 {
		for y := range m + 1 {
			if highs[x][y] = math.Inf(1); y > 0 {
				lows[x][y], highs[x][y] = koopman(Arm{n, int64(x)}, Arm{m, int64(y)}, z95)
			}
		}
	}
	var mean, points float64
	for p := 0.11; p < 1; p += 0.06 {
		for q := 0.13; q < 1; q += 0.06 {
			ps, qs := binomials(n, p), binomials(m, q)
			for x := range n + 1 {
				for y := range m + 1 {
					if lows[x][y] <= p/q && p/q <= highs[x][y] {
						mean += ps[x] * qs[y]
					}
				}
			}
			points++
		}
	}
	if mean /= points; mean < 0.945 || mean > 0.965 {
		t.Errorf("mean coverage %.4f", mean)
	}
}

// fisherExactly sums whole numbers of tables.
func fisherExactly(treated, control Arm) float64 {
	all := treated.Conversions + control.Conversions
	ways := func(x int64) *big.Int {
		a := new(big.Int).Binomial(treated.Units, x)
		return a.Mul(a, new(big.Int).Binomial(control.Units, all-x))
	}
	seen, sum := ways(treated.Conversions), new(big.Int)
	for x := max(0, all-control.Units); x <= min(treated.Units, all); x++ {
		if w := ways(x); w.Cmp(seen) <= 0 {
			sum.Add(sum, w)
		}
	}
	p, _ := new(big.Rat).SetFrac(sum, new(big.Int).Binomial(treated.Units+control.Units, all)).Float64()
	return p
}

func TestFisherAgainstWholeNumbers(t *testing.T) {
	t.Parallel()
	check := func(treated, control Arm) {
		if got, want := fisher(treated, control), fisherExactly(treated, control); !close9(got, want) {
			t.Errorf("fisher(%v, %v) = %.17g, want %.17g", treated, control, got, want)
		}
	}
	for n := int64(1); n <= 9; n++ {
		for m := int64(1); m <= 9; m += 2 {
			for x := range n + 1 {
				for y := range m + 1 {
					check(Arm{n, x}, Arm{m, y})
				}
			}
		}
	}
	check(Arm{1000, 30}, Arm{900, 50})
	check(Arm{2000, 1}, Arm{100, 7})
	check(Arm{700, 700}, Arm{800, 650})
	check(Arm{10000, 250}, Arm{10000, 200})
}

// With a billion units the exact test and the z statistic agree, and both tails count.
func TestFisherOfABillion(t *testing.T) {
	t.Parallel()
	treated, control := Arm{1e9, 500_060_000}, Arm{1e9, 500_000_000}
	exact, normal := fisher(treated, control), math.Erfc(pooledZ(treated, control, 0.5)/math.Sqrt2)
	if math.Abs(exact/normal-1) > 1e-6 {
		t.Errorf("exact %.12g, normal with Yates %.12g", exact, normal)
	}
	if p := fisher(Arm{1e9, 1e9}, Arm{1e9, 0}); p != 0 {
		t.Errorf("p = %g, below every float64", p)
	}
}

// Rates near 1 keep the digits that their mirror images near 0 have.
func TestScoreIntervalKeepsItsDigitsNearOne(t *testing.T) {
	t.Parallel()
	treated, control := Arm{1e9, 1e9 - 30}, Arm{1e9, 1e9 - 90}
	low, high := miettinenNurminen(treated, control, 1.96)
	mirrorLow, mirrorHigh := miettinenNurminen(treated.complement(), control.complement(), 1.96)
	if !close9(low, -mirrorHigh) || !close9(high, -mirrorLow) {
		t.Errorf("%.17g to %.17g, mirrored %.17g to %.17g", low, high, -mirrorHigh, -mirrorLow)
	}
}

func TestYatesNeverPassesZero(t *testing.T) {
	t.Parallel()
	if z := pooledZ(Arm{1000, 10}, Arm{999, 10}, 0.5); z != 0 {
		t.Errorf("z = %g", z)
	}
}

// One minus the level may round below a p value that is exactly there.
func TestConclusionOnTheBorder(t *testing.T) {
	t.Parallel()
	for _, level := range []float64{0.8, 0.9, 0.95, 0.99} {
		p := math.Round(100*(1-level)) / 100
		if c := concluded(-1, p, level); c != Lowered {
			t.Errorf("p = %g at a level of %g: %s", p, level, c)
		}
		if c := concluded(1, p+1e-9, level); c != Undecided {
			t.Errorf("just above: %s", c)
		}
	}
}

func TestSampleRatioBorders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		treated, control int64
		share            float64
		checked, broken  bool
	}{
		"p is 0.0014":          {5160, 4840, 0.5, true, false},
		"p is 0.00097":         {5165, 4835, 0.5, true, true},
		"control is too small": {100, 20, 0.99, false, false},
		"treated is too small": {20, 100, 0.01, false, false},
	} {
		r := checkSampleRatio(c.treated, c.control, c.share)
		if (r != nil) != c.checked || r != nil && r.Broken != c.broken {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestCrossoverOfOneTenth(t *testing.T) {
	t.Parallel()
	p := Proportions{Difference: 0.05, Conclusion: Raised}
	if m := p.crossover().Message; !strings.Contains(m, "5.56 points instead of 5") {
		t.Error(m)
	}
}

// Every count is tried for every small table: the search finds the least one.
func TestTippingIsTheLeast(t *testing.T) {
	t.Parallel()
	o := Options{Level: 0.95}
	for _, n := range []int64{8, 20} {
		for _, m := range []int64{6, 30} {
			for x := range n + 1 {
				for y := range m + 1 {
					p := bareTests(Arm{n, x}, Arm{m, y}, o)
					by, ok := p.tipping()
					want, found := tippingByHand(p)
					if by != want || ok != found {
						t.Fatalf("%v %v: %d %v, want %d %v", p.Treated, p.Control, by, ok, want, found)
					}
				}
			}
		}
	}
}

// bareTests is a comparison without its intervals, which a tipping point does not need.
func bareTests(treated, control Arm, o Options) Proportions {
	p := Proportions{Treated: treated, Control: control, Level: o.Level, Difference: treated.rate() - control.rate()}
	p.Decides, p.PValue = decide(treated, control)
	p.Conclusion = concluded(p.Difference, p.PValue, o.Level)
	return p
}

func tippingByHand(p Proportions) (int64, bool) {
	step := int64(1)
	decided := p.Conclusion != Undecided
	if p.Difference > 0 && decided || p.Difference < 0 && !decided {
		step = -1
	}
	if by, ok := walk(p, step); ok || decided {
		return by, ok
	}
	return walk(p, -step)
}

func walk(p Proportions, step int64) (int64, bool) {
	for k := int64(1); ; k++ {
		x := p.Treated.Conversions + step*k
		if x < 0 || x > p.Treated.Units {
			return 0, false
		}
		if bareTests(Arm{p.Treated.Units, x}, p.Control, Options{Level: p.Level}).Conclusion != p.Conclusion {
			return step * k, true
		}
	}
}

// The quantiles were computed with 30 digits from the integral of the density.
func TestStudent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ df, tail, t float64 }{
		{1e3, 0.025, 1.9623390808264085}, {1e3, 0.005, 2.5807546980659511}, {1e3, 1e-12, 7.1242289253144091},
		{1e5, 0.025, 1.9599877075346096}, {1e5, 0.005, 2.5758784699083753}, {1e5, 1e-12, 7.0353717423935763},
		{1e9, 0.025, 1.9599639869123255}, {1e9, 0.005, 2.5758293084654484}, {1e9, 1e-12, 7.0344839140832876},
	} {
		// The tail of gonum's beta function is good to 1e-12, the one of Hill to the last digits.
		if got := tQuantile(c.tail, c.df); math.Abs(got-c.t) > 1e-12*c.t {
			t.Errorf("t(%g, %g) = %.17g, want %.17g", c.tail, c.df, got, c.t)
		}
		if got := tTail(c.t, c.df); math.Abs(got/c.tail-1) > 1e-11 {
			t.Errorf("tail of %g at %g = %.17g, want %g", c.t, c.df, got, c.tail)
		}
		if got := tQuantile(c.tail, c.df*(1+1e-12)); math.Abs(got-c.t) > 1e-11*c.t {
			t.Errorf("t(%g, %g) over the border = %.17g, want %.17g", c.tail, c.df, got, c.t)
		}
	}
}

func TestNoncentralTailIsCentralWithoutEffect(t *testing.T) {
	t.Parallel()
	for _, df := range []float64{2, 3, 17.5, 1e3, 1e6, 1e9} {
		q := tQuantile(0.025, df)
		if got := noncentralTail(q, df, 0); math.Abs(got-0.025) > 1e-12 {
			t.Errorf("df %g: %.17g", df, got)
		}
		if got := noncentralTail(q, df, 60); math.Abs(got-1) > 1e-3 && df > 2 {
			t.Errorf("df %g, far away: %.17g", df, got)
		}
	}
}
