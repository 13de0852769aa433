package lift_test

import (
	"math"
	"testing"

	"github.com/bylinehq/byline/attribution/lift"
)

// near fails where got is not within 1e-9 of want, relative.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	nearer(t, what, got, want, 1e-9)
}

func nearer(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestReferenceProportions(t *testing.T) {
	t.Parallel()
	p := must[lift.Proportions](t)(lift.CompareProportions(lift.Arm{Units: 10000, Conversions: 250}, lift.Arm{Units: 10000, Conversions: 200}, nil))
	near(t, "z", p.Z, 2.3839951328405053)
	near(t, "p", p.ZP, 0.017125828872195)
	near(t, "chi-square", p.ChiSquare, 5.68343279340722)
	near(t, "Yates", p.ChiSquareYates, 5.45836885478829)
	nearer(t, "Yates p", p.ChiSquareYatesP, .0194748183, 1e-8)
	nearer(t, "Fisher p", p.FisherP, .0193786654, 5e-9)
	t.Log(p.Explain())
	for _, f := range p.WouldChange {
		t.Log(f.Code, f.Severity, f.Message)
	}
	t.Logf("%+v", p)
}

func TestReferencePower(t *testing.T) {
	t.Parallel()
	size := must[lift.Size](t)
	d := lift.ProportionDesign{ControlRate: .5, TreatedRate: .75, Power: .9, Method: lift.NormalOneTail}
	near(t, "n", size(d.Size()).TreatedExact, 76.7069284517774)
	d = lift.ProportionDesign{ControlRate: .02, TreatedRate: .025, Power: .8, Method: lift.NormalOneTail}
	near(t, "n", size(d.Size()).TreatedExact, 13808.924897181)
	d.Method = lift.NormalBothTails
	near(t, "n", size(d.Size()).ControlExact, 13808.8911702589)
	d.Method = lift.CohenH
	near(t, "n", size(d.Size()).ControlExact, 13767.945574073574)
	near(t, "power", must[float64](t)(d.PowerAt(90000, 10000)), 0.8931381192247143)
	d.Method = lift.NormalOneTail
	e := must[lift.Effect](t)(d.Detectable(20000, 20000))
	near(t, "mde", e.TreatedRate, 0.0241145632212152)
	m := lift.MeanDesign{Effect: 1, Tails: lift.OneTail, Power: .9}
	near(t, "t one", must[float64](t)(m.PowerAt(20, 20)), .868952801692498)
	near(t, "n one", size(m.Size()).TreatedExact, 22.021095570096926)
	m.Tails = lift.BothTails
	near(t, "t both", must[float64](t)(m.PowerAt(20, 20)), .8689530275835382)
	near(t, "n both", size(m.Size()).TreatedExact, 22.021088426378934)
	m.Effect = .3
	near(t, "unequal", must[float64](t)(m.PowerAt(900, 100)), 0.8114761419553299)
}
