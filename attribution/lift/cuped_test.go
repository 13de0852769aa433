package lift_test

import (
	"encoding/csv"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/lift"
	"github.com/bylinehq/byline/internal/golden"
)

func cupedData(t testing.TB) (treated, control []lift.PrePost) {
	t.Helper()
	file, err := os.Open(golden.SharedData(t, "attribution", "cuped_2000.csv"))
	require.NoError(t, err)
	defer file.Close() //nolint:errcheck // read only
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		x, err := strconv.Atoi(row[2])
		require.NoError(t, err)
		y, err := strconv.Atoi(row[3])
		require.NoError(t, err)
		u := lift.PrePost{Before: float64(x), After: float64(y)}
		if row[1] == "1" {
			treated = append(treated, u)
		} else {
			control = append(control, u)
		}
	}
	return treated, control
}

// exactly is CUPED in rational arithmetic.
type exactly struct{ theta, cut, difference, se float64 }

func rat(v float64) *big.Rat { return new(big.Rat).SetFloat64(v) }

func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func float(r *big.Rat) float64 {
	v, _ := r.Float64()
	return v
}

// products are n times the sums of squares and products around the mean.
type products struct{ n, x, y, xx, xy, yy *big.Rat }

func productsOf(units []lift.PrePost) products {
	p := products{rat(float64(len(units))), new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)}
	for _, u := range units {
		x, y := rat(u.Before), rat(u.After)
		p.x.Add(p.x, x)
		p.y.Add(p.y, y)
		p.xx.Add(p.xx, mul(x, x))
		p.xy.Add(p.xy, mul(x, y))
		p.yy.Add(p.yy, mul(y, y))
	}
	around := func(sum, a, b *big.Rat) *big.Rat { return sub(sum, new(big.Rat).Quo(mul(a, b), p.n)) }
	p.xx, p.xy, p.yy = around(p.xx, p.x, p.x), around(p.xy, p.x, p.y), around(p.yy, p.y, p.y)
	return p
}

func cupedExactly(treated, control []lift.PrePost, within bool) exactly {
	a, b := productsOf(treated), productsOf(control)
	all := productsOf(slices.Concat(treated, control))
	xx, xy, yy := all.xx, all.xy, all.yy
	if within {
		add := func(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
		xx, xy, yy = add(a.xx, b.xx), add(a.xy, b.xy), add(a.yy, b.yy)
	}
	theta := new(big.Rat).Quo(xy, xx)
	mean := func(p products) *big.Rat { return new(big.Rat).Quo(sub(p.y, mul(theta, p.x)), p.n) }
	variance := func(p products) *big.Rat { // of the adjusted mean
		s := sub(new(big.Rat).Add(p.yy, mul(mul(theta, theta), p.xx)), mul(mul(rat(2), theta), p.xy))
		return s.Quo(s, mul(p.n, sub(p.n, rat(1))))
	}
	return exactly{
		theta: float(theta), cut: float(new(big.Rat).Quo(mul(xy, xy), mul(xx, yy))),
		difference: float(sub(mean(a), mean(b))), se: math.Sqrt(float(new(big.Rat).Add(variance(a), variance(b)))),
	}
}

func TestCUPEDReference(t *testing.T) {
	t.Parallel()
	treated, control := cupedData(t)
	pooled, err := lift.CUPED(treated, control, nil)
	require.NoError(t, err)
	closely(t, "theta", pooled.Theta, .8402785063143677)
	closely(t, "variance cut", pooled.VarianceCut, .7319950111948824)
	within(t, "raw", pooled.Raw.Difference, 42.778760, 1e-8)
	within(t, "raw s.e.", pooled.Raw.StandardError, 12.935659, 4e-8)
	within(t, "adjusted", pooled.Difference, 38.519848, 1e-8)
	within(t, "adjusted s.e.", pooled.StandardError, 6.661581, 1e-7)
	closely(t, "df", pooled.DegreesOfFreedom, 1995.64920257283)
	withinArm, err := lift.CUPED(treated, control, &lift.CUPEDOptions{Theta: lift.WithinArmTheta})
	require.NoError(t, err)
	closely(t, "theta", withinArm.Theta, .8397184506269779)
	closely(t, "adjusted", withinArm.Difference, 38.522686492240)
	for name, c := range map[string]struct {
		got  lift.Adjusted
		want exactly
	}{
		"pooled": {pooled, cupedExactly(treated, control, false)}, "within": {withinArm, cupedExactly(treated, control, true)},
	} {
		within(t, name+" theta", c.got.Theta, c.want.theta, 1e-12)
		within(t, name+" cut", c.got.VarianceCut, c.want.cut, 1e-12)
		within(t, name+" difference", c.got.Difference, c.want.difference, 1e-12)
		within(t, name+" s.e.", c.got.StandardError, c.want.se, 1e-12)
	}
	closely(t, "raw", pooled.Raw.Difference, 42.778760229987829)
	closely(t, "raw s.e.", pooled.Raw.StandardError, 12.935659374028439)
	survives(t, pooled)
}

// The same data far from 0 give the same figures.
func TestCUPEDKeepsDigitsFarFromZero(t *testing.T) {
	t.Parallel()
	treated, control := cupedData(t)
	want, err := lift.CUPED(treated, control, nil)
	require.NoError(t, err)
	for _, arm := range [][]lift.PrePost{treated, control} {
		for i := range arm {
			arm[i].Before, arm[i].After = arm[i].Before+1e9, arm[i].After-1e9
		}
	}
	got, err := lift.CUPED(treated, control, nil)
	require.NoError(t, err)
	closely(t, "theta", got.Theta, want.Theta)
	closely(t, "difference", got.Difference, want.Difference)
	closely(t, "s.e.", got.StandardError, want.StandardError)
}

func line(n int, at func(i int) (before, after float64)) []lift.PrePost {
	units := make([]lift.PrePost, n)
	for i := range units {
		units[i].Before, units[i].After = at(i)
	}
	return units
}

func TestCUPEDRefusesAndFaults(t *testing.T) {
	t.Parallel()
	constant := line(30, func(i int) (float64, float64) { return 0.1, float64(i % 7) })
	useful := line(30, func(i int) (float64, float64) { return float64(i % 5), float64(i % 7) })
	exact := line(30, func(i int) (float64, float64) { return float64(i % 5), float64(2 * (i % 5)) })
	rounded := line(50, func(i int) (float64, float64) { return 0.1 * float64(i), 0.3*0.1*float64(i) + 1 })
	for name, c := range map[string]struct {
		treated, control []lift.PrePost
		theta            lift.Theta
		code             string
	}{
		"constant before":         {constant, constant, lift.PooledTheta, "cuped.constant_before"},
		"constant before, within": {constant, constant, lift.WithinArmTheta, "cuped.constant_before"},
		"nothing left":            {exact, exact, lift.PooledTheta, "means.constant"},
		"rounding left":           {rounded, rounded, lift.WithinArmTheta, "means.constant"},
		"too few":                 {useful[:19], useful, lift.PooledTheta, "lift.too_few_units"},
		"nobody":                  {nil, nil, lift.PooledTheta, "lift.too_few_units"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := lift.CUPED(c.treated, c.control, &lift.CUPEDOptions{Theta: c.theta})
			refused(t, err, c.code)
		})
	}
	_, err := lift.CUPED([]lift.PrePost{{Before: math.NaN()}, {After: math.Inf(1)}}, useful, &lift.CUPEDOptions{Theta: "ours"})
	faulty(t, err, "theta cuped.theta", "treated[0].before sample.finite", "treated[1].after sample.finite")
}

func TestCUPEDNeedsThreeUnits(t *testing.T) {
	t.Parallel()
	units := line(9, func(i int) (float64, float64) { return float64(i % 5), float64(i % 7) })
	_, err := lift.CUPED(units[:2], units, &lift.CUPEDOptions{Options: *anyUnits()})
	refused(t, err, "lift.too_few_units")
	_, err = lift.CUPED(units[:3], units, &lift.CUPEDOptions{Options: *anyUnits()})
	require.NoError(t, err)
}

// What stands on the adjustment says so, and what does not says nothing.
func TestCUPEDDepends(t *testing.T) {
	t.Parallel()
	units := func(effect float64) []lift.PrePost {
		return line(60, func(i int) (float64, float64) {
			return float64(10 * (i * i % 37)), float64(10*(i*i%37)+i%3) + effect
		})
	}
	for effect, want := range map[float64]bool{2: true, 200: false, 0: false} {
		a, err := lift.CUPED(units(effect), units(0), nil)
		require.NoError(t, err)
		if got := slices.Contains(found(a.WouldChange), "cuped.depends"); got != want {
			t.Errorf("an effect of %g: raw %s, adjusted %s, %v", effect, a.Raw.Conclusion, a.Conclusion, found(a.WouldChange))
		}
	}
}

// A value before that the campaign moved is caught when it moved it far.
func TestCUPEDBreaksWhereTheArmsDifferedBefore(t *testing.T) {
	t.Parallel()
	treated, control := cupedData(t)
	for i := range treated {
		treated[i].Before += 200
	}
	a, err := lift.CUPED(treated, control, nil)
	require.NoError(t, err)
	if a.Conclusion != lift.Broken || a.WouldChange[0].Code != "cuped.covariate_differs" || a.WouldChange[0].Severity != byline.Blocker {
		t.Errorf("%s, %v", a.Conclusion, a.WouldChange)
	}
	// Two constants are no draw's doing.
	a, err = lift.CUPED(line(30, func(i int) (float64, float64) { return 1, float64(i % 7) }),
		line(30, func(i int) (float64, float64) { return 2, float64(i % 7) }), nil)
	require.NoError(t, err)
	if diff := cmp.Diff([]string{"cuped.covariate_differs"}, found(a.WouldChange)); diff != "" {
		t.Error(diff)
	}
}

// Without any effect, and with both ways to take the slope, about 5 of 100 comparisons
// are decided, and the true effect lies in 95 of 100 intervals.
func TestCUPEDCoverage(t *testing.T) {
	t.Parallel()
	noise := rand.New(rand.NewPCG(7, 11))
	draw := func(n int, effect float64) []lift.PrePost {
		return line(n, func(int) (float64, float64) {
			x := noise.NormFloat64()
			return x, 0.8*x + 0.6*noise.NormFloat64() + effect
		})
	}
	const rounds = 400
	for _, theta := range []lift.Theta{lift.PooledTheta, lift.WithinArmTheta} {
		covered := 0
		for range rounds {
			a, err := lift.CUPED(draw(60, 0.3), draw(40, 0), &lift.CUPEDOptions{Theta: theta})
			require.NoError(t, err)
			if a.Interval.Contains(0.3) {
				covered++
			}
		}
		if covered < 365 || covered > 395 {
			t.Errorf("%s: %d of %d intervals hold the effect", theta, covered, rounds)
		}
	}
}

// The largest values that are taken bring figures, not faults of what lies between.
func TestCUPEDOfHugeValues(t *testing.T) {
	t.Parallel()
	huge := func(turn float64) []lift.PrePost {
		return line(30, func(i int) (float64, float64) { return float64(i%2*2-1) * 1e50, float64(i%3-1) * turn * 1e50 })
	}
	a, err := lift.CUPED(huge(1), huge(-1), nil)
	require.NoError(t, err)
	survives(t, a)
	tiny := line(30, func(i int) (float64, float64) { return float64(i) * 1e-50, float64(i%7) * 1e49 })
	a, err = lift.CUPED(tiny, tiny, nil)
	require.NoError(t, err)
	survives(t, a)
}
