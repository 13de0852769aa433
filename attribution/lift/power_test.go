package lift_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution/lift"
)

// The figures were computed with R, statsmodels and 40 digits. statsmodels' power of the
// t test is good to 2e-10.
func TestPowerReference(t *testing.T) {
	t.Parallel()
	treated := func(s lift.Size, err error) float64 {
		require.NoError(t, err)
		return s.TreatedExact
	}
	power := func(v float64, err error) float64 {
		require.NoError(t, err)
		return v
	}
	d := lift.ProportionDesign{ControlRate: .5, TreatedRate: .75, Power: .9, Method: lift.NormalOneTail}
	closely(t, "n of R's help", treated(d.Size()), 76.7069284517774)
	d = lift.ProportionDesign{ControlRate: .02, TreatedRate: .025, Method: lift.NormalOneTail}
	closely(t, "n, one tail", treated(d.Size()), 13808.924897181)
	e, err := d.Detectable(20000, 20000)
	require.NoError(t, err)
	closely(t, "detectable", e.TreatedRate, 0.0241145632212152)
	d.Method = lift.NormalBothTails
	closely(t, "n, both tails", treated(d.Size()), 13808.8911702589)
	e, err = d.Detectable(20000, 20000)
	require.NoError(t, err)
	closely(t, "detectable, both tails", e.TreatedRate, 0.024114557952172153)
	d.Method = lift.CohenH
	closely(t, "n, Cohen's h", treated(d.Size()), 13767.945574073574)
	closely(t, "power, Cohen's h", power(d.PowerAt(90000, 10000)), 0.8931381192247143)
	e, err = lift.ProportionDesign{ControlRate: .02, Power: power(d.PowerAt(90000, 10000)), Method: lift.CohenH}.Detectable(90000, 10000)
	require.NoError(t, err)
	closely(t, "Cohen's h", e.CohenH, .03376632008319352)

	m := lift.MeanDesign{Effect: 1, Tails: lift.OneTail, Power: .9}
	closely(t, "t power, one tail", power(m.PowerAt(20, 20)), .868952801692498)
	closely(t, "t size, one tail", treated(m.Size()), 22.021095570096926)
	m.Tails = lift.BothTails
	closely(t, "t power, both tails", power(m.PowerAt(20, 20)), .8689530275835382)
	within(t, "t power, both tails", power(m.PowerAt(20, 20)), .86895302772398972, 1e-12)
	closely(t, "t size, both tails", treated(m.Size()), 22.021088426378934)
	m.Effect = .3
	closely(t, "t power, unequal", power(m.PowerAt(900, 100)), 0.8114761419553299)
}

func proportionDesigns() map[string]lift.ProportionDesign {
	designs := map[string]lift.ProportionDesign{}
	for _, method := range []lift.PowerMethod{"", lift.NormalBothTails, lift.NormalOneTail, lift.CohenH} {
		designs[string(method)+" rise"] = lift.ProportionDesign{ControlRate: .03, TreatedRate: .04, TreatedShare: .9, Method: method}
		designs[string(method)+" fall"] = lift.ProportionDesign{ControlRate: .3, TreatedRate: .2, Level: .99, Power: .95, Method: method}
		designs[string(method)+" rare"] = lift.ProportionDesign{ControlRate: 1e-6, TreatedRate: 2e-6, TreatedShare: .2, Method: method}
		designs[string(method)+" sure"] = lift.ProportionDesign{ControlRate: .01, TreatedRate: .99, Method: method}
	}
	return designs
}

// The size brings the power, one unit less in each arm does not, and power rises with
// units, with the effect and with a weaker level.
func TestSizeInvertsPowerOfProportions(t *testing.T) {
	t.Parallel()
	for name, d := range proportionDesigns() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := d.Power
			if want == 0 {
				want = lift.DefaultPower
			}
			s, err := d.Size()
			require.NoError(t, err)
			at, err := d.PowerAt(s.Treated, s.Control)
			require.NoError(t, err)
			if at < want {
				t.Errorf("%+v has power %g", s, at)
			}
			if min(s.Treated, s.Control) > 2 {
				less, err := d.PowerAt(s.Treated-1, s.Control-1)
				require.NoError(t, err)
				if less >= want {
					t.Errorf("one less of %+v has power %g", s, less)
				}
			}
			if d.TreatedRate > d.ControlRate && min(s.Treated, s.Control) > 10 {
				e, err := d.Detectable(s.Treated, s.Control)
				require.NoError(t, err)
				within(t, "detectable", e.TreatedRate, d.TreatedRate, 1e-3)
			}
			survives(t, s)
		})
	}
}

func TestPowerIsMonotone(t *testing.T) {
	t.Parallel()
	var last float64
	for n := int64(10); n < 1e7; n *= 2 {
		p, err := lift.ProportionDesign{ControlRate: .02, TreatedRate: .021}.PowerAt(n, n/2)
		require.NoError(t, err)
		if p < last || p > 1+1e-12 {
			t.Errorf("%d units: %g after %g", n, p, last)
		}
		last = p
	}
	last = 0
	for d := .01; d < 3; d += .07 {
		p, err := lift.MeanDesign{Effect: -d}.PowerAt(9, 30)
		require.NoError(t, err)
		if p < last {
			t.Errorf("effect %g: %g after %g", d, p, last)
		}
		last = p
	}
}

func TestSizeInvertsPowerOfMeans(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]lift.MeanDesign{
		"large": {Effect: 2}, "small": {Effect: .01, TreatedShare: .95}, "negative": {Effect: -.5, Tails: lift.OneTail},
		"strict": {Effect: .2, Level: .999, Power: .99}, "huge": {Effect: 50},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := d.Size()
			require.NoError(t, err)
			d.Power, err = d.PowerAt(s.Treated, s.Control)
			require.NoError(t, err)
			if d.Power > 1-1e-9 {
				return // so sure that many effects are
			}
			effect, err := d.Detectable(s.Treated, s.Control)
			require.NoError(t, err)
			closely(t, "effect", effect, math.Abs(d.Effect))
		})
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	s, err := lift.ProportionDesign{ControlRate: .02, TreatedRate: .025, UnitsPerDay: 2000}.Size()
	require.NoError(t, err)
	if s.Units() != 27618 || s.Days != 14 {
		t.Errorf("%+v", s)
	}
	if got := (lift.Size{Treated: 1, Control: 3, Days: 1}).Explain(); got != "1 unit must get the campaign and 3 be held out: 1 day; run whole weeks." {
		t.Error(got)
	}
}

func TestPowerRefusesAndFaults(t *testing.T) {
	t.Parallel()
	_, err := lift.ProportionDesign{ControlRate: .5, TreatedRate: .5 + 1e-9}.Size()
	refused(t, err, "power.unreachable")
	_, err = lift.ProportionDesign{ControlRate: .9}.Detectable(3, 3)
	refused(t, err, "power.unreachable")
	_, err = lift.MeanDesign{Effect: 1e-9}.Size()
	refused(t, err, "power.unreachable")
	_, err = lift.MeanDesign{Effect: 1, TreatedShare: 1e-20}.Size()
	refused(t, err, "power.unreachable")
	_, err = lift.ProportionDesign{ControlRate: 5e-324}.Detectable(100, 100) // the lift would be infinite
	faulty(t, err, "control_rate power.rate")
	_, err = lift.ProportionDesign{ControlRate: math.NaN(), TreatedRate: 1, TreatedShare: -1, Power: .01, Level: 2, Method: "guess", UnitsPerDay: math.Inf(1)}.Size()
	faulty(t, err, "level lift.level", "treated_share power.share", "power power.power", "units_per_day power.units_per_day",
		"control_rate power.rate", "method power.method", "treated_rate power.rate")
	_, err = lift.ProportionDesign{ControlRate: .1, TreatedRate: .1}.PowerAt(0, 10)
	faulty(t, err, "treated_rate power.no_effect", "power.units")
	_, err = lift.MeanDesign{Effect: math.NaN(), Tails: "none"}.PowerAt(2, 1)
	faulty(t, err, "tails power.tails", "effect power.effect", "power.units")
	_, err = lift.MeanDesign{Power: 1}.Detectable(2, math.MaxInt64)
	faulty(t, err, "power power.power", "power.units")
}
