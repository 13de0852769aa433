package lift_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/lift"
)

// closely fails where got is not within 1e-9 of want, relative.
func closely(t *testing.T, what string, got, want float64) {
	t.Helper()
	within(t, what, got, want, 1e-9)
}

func within(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

// survives fails where a result does not come back from JSON as it was.
func survives[T any](t *testing.T, result T) {
	t.Helper()
	text, err := json.Marshal(result)
	require.NoError(t, err)
	var back T
	require.NoError(t, json.Unmarshal(text, &back))
	if diff := cmp.Diff(result, back); diff != "" {
		t.Errorf("after JSON (-was +is):\n%s", diff)
	}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	require.ErrorIs(t, err, byline.ErrRefused)
	refusal, ok := errors.AsType[*byline.RefusalError](err)
	if !ok || refusal.Code != code {
		t.Errorf("refused with %+v, want %s", refusal, code)
	}
}

// faulty compares the faults of err as "path code".
func faulty(t *testing.T, err error, want ...string) {
	t.Helper()
	require.ErrorIs(t, err, byline.ErrInvalid)
	var got []string
	for _, f := range byline.Nest("", err) {
		got = append(got, strings.TrimSpace(f.Path+" "+f.Code))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func found(findings []byline.Finding) []string {
	codes := []string{}
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	return codes
}

func arm(conversions, units int64) lift.Arm { return lift.Arm{Units: units, Conversions: conversions} }

func compared(t *testing.T, treated, control lift.Arm, opts *lift.Options) lift.Proportions {
	t.Helper()
	p, err := lift.CompareProportions(treated, control, opts)
	require.NoError(t, err)
	return p
}

// The figures were computed with R, statsmodels and 40 digits, which agree.
func TestProportionsReference(t *testing.T) {
	t.Parallel()
	p := compared(t, arm(250, 10000), arm(200, 10000), nil)
	closely(t, "z", p.Z, 2.3839951328405053)
	closely(t, "p", p.ZP, 0.017125828872195)
	closely(t, "chi-square", p.ChiSquare, 5.68343279340722)
	closely(t, "Yates", p.ChiSquareYates, 5.45836885478829)
	within(t, "Yates' p", p.ChiSquareYatesP, .0194748183, 3e-9)
	within(t, "Fisher's p", p.FisherP, .0193786654, 3e-9)
	within(t, "Newcombe low", p.Newcombe.Low, .00088705, 1e-5)
	within(t, "Newcombe high", p.Newcombe.High, .00913827, 1e-6)
	if p.Decides != lift.PooledZ || p.Conclusion != lift.Raised || p.PValue != p.ZP {
		t.Errorf("%s decides %s at %g", p.Decides, p.Conclusion, p.PValue)
	}
	closely(t, "incremental", p.Incremental.Value, 50)
	closely(t, "lift", p.Lift.Value, .25)
	survives(t, p)

	n := compared(t, arm(56, 70), arm(48, 80), nil).Newcombe
	within(t, "Newcombe 1998 low", n.Low, 0.0524315, 1e-6)
	within(t, "Newcombe 1998 high", n.High, 0.3338727, 1e-6)
}

func TestProportionsEdges(t *testing.T) {
	t.Parallel()
	any := &lift.Options{MinUnits: -1, MinConversions: -1}
	for name, c := range map[string]struct {
		treated, control lift.Arm
		want             lift.Conclusion
		decides          lift.Test
	}{
		"nobody converts":        {arm(0, 1000), arm(0, 1000), lift.Undecided, lift.FisherExact},
		"everybody converts":     {arm(1000, 1000), arm(1000, 1000), lift.Undecided, lift.FisherExact},
		"one unit each":          {arm(1, 1), arm(0, 1), lift.Undecided, lift.FisherExact},
		"one unit each, nothing": {arm(0, 1), arm(0, 1), lift.Undecided, lift.FisherExact},
		"all against none":       {arm(1000, 1000), arm(0, 1000), lift.Raised, lift.PooledZ},
		"none against all":       {arm(0, 50), arm(50, 50), lift.Lowered, lift.PooledZ},
		"equal rates":            {arm(300, 900), arm(100, 300), lift.Undecided, lift.PooledZ},
		"none in control":        {arm(20, 1000), arm(0, 1000), lift.Raised, lift.PooledZ},
		"a billion":              {arm(20_100_000, 1e9), arm(20_000_000, 1e9), lift.Raised, lift.PooledZ},
		"a billion, rare":        {arm(9, 1e9), arm(1, 1e9), lift.Raised, lift.PooledZ},
		"largest":                {arm(1e12, 1e12), arm(1e12-1, 1e12), lift.Undecided, lift.FisherExact},
		"lopsided":               {arm(1, 1), arm(0, 1e12), lift.Raised, lift.FisherExact},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := compared(t, c.treated, c.control, any)
			if p.Conclusion != c.want || p.Decides != c.decides {
				t.Errorf("%s by %s, p %g, want %s by %s", p.Conclusion, p.Decides, p.PValue, c.want, c.decides)
			}
			if (p.Lift == nil) != (c.control.Conversions == 0) || (p.LiftMissing == "") != (p.Lift != nil) {
				t.Errorf("lift %v, missing %q", p.Lift, p.LiftMissing)
			}
			if !p.MiettinenNurminen.Contains(p.Difference) || !p.Newcombe.Contains(p.Difference) {
				t.Errorf("%g not in %v or %v", p.Difference, p.MiettinenNurminen, p.Newcombe)
			}
			survives(t, p)
		})
	}
}

func TestProportionsRefusesAndFaults(t *testing.T) {
	t.Parallel()
	_, err := lift.CompareProportions(arm(10, 19), arm(10, 20), nil)
	refused(t, err, "lift.too_few_units")
	_, err = lift.CompareProportions(arm(5, 100), arm(4, 100), nil)
	refused(t, err, "lift.too_few_conversions")
	_, err = lift.CompareProportions(arm(5, 100), arm(4, 100), &lift.Options{MinConversions: 9})
	require.NoError(t, err)
	_, err = lift.CompareProportions(lift.Arm{}, lift.Arm{}, &lift.Options{MinUnits: -1, MinConversions: -1})
	refused(t, err, "lift.too_few_units")
	_, err = lift.CompareProportions(arm(-1, 100), arm(101, 100), &lift.Options{Level: math.NaN(), TreatedShare: math.NaN()})
	faulty(t, err, "level lift.level", "treated_share options.treated_share", "treated.conversions arm.conversions", "control.conversions arm.conversions")
	_, err = lift.CompareProportions(arm(0, -1), arm(0, math.MaxInt64), &lift.Options{Level: 1})
	faulty(t, err, "level lift.level", "treated.units arm.units", "treated.conversions arm.conversions", "control.units arm.units")
}

func TestSampleRatioMismatchBreaksTheExperiment(t *testing.T) {
	t.Parallel()
	p := compared(t, arm(250, 8500), arm(30, 1500), &lift.Options{TreatedShare: 0.9})
	if p.Conclusion != lift.Broken || p.WouldChange[0].Severity != byline.Blocker {
		t.Errorf("85/15 instead of 90/10 is %s: %v", p.Conclusion, p.WouldChange)
	}
	if diff := cmp.Diff([]string{"arm.sample_ratio"}, found(p.WouldChange)); diff != "" {
		t.Error(diff)
	}
	closely(t, "chi-square", p.SampleRatio.ChiSquare, 500*500/(10000*.09))
	if !strings.Contains(p.Explain(), "broken") {
		t.Error(p.Explain())
	}
	survives(t, p)
	p = compared(t, arm(250, 9020), arm(30, 980), &lift.Options{TreatedShare: 0.9})
	if p.SampleRatio.Broken || p.Conclusion == lift.Broken {
		t.Errorf("90.2/9.8 is chance: %v", p.SampleRatio)
	}
}

// Whoever names the arms the other way round gets the mirror image.
func TestSwappingArmsMirrors(t *testing.T) {
	t.Parallel()
	opts := &lift.Options{MinUnits: -1, MinConversions: -1, Level: 0.9}
	for _, n := range []int64{1, 7, 24} {
		for _, m := range []int64{3, 24} {
			for x := range n + 1 {
				for y := range m + 1 {
					a, b := compared(t, arm(x, n), arm(y, m), opts), compared(t, arm(y, m), arm(x, n), opts)
					off := math.Abs(a.Difference+b.Difference) + math.Abs(a.Z+b.Z) + math.Abs(a.FisherP-b.FisherP) +
						math.Abs(a.MiettinenNurminen.Low+b.MiettinenNurminen.High) + math.Abs(a.MiettinenNurminen.High+b.MiettinenNurminen.Low) +
						math.Abs(a.Newcombe.Low+b.Newcombe.High) + math.Abs(a.Newcombe.High+b.Newcombe.Low)
					if off > 1e-12 {
						t.Fatalf("%d/%d and %d/%d: %g off", x, n, y, m, off)
					}
					if a.Lift != nil && b.Lift != nil && x > 0 && y > 0 && math.Abs((1+a.Lift.Interval.Low)*(1+b.Lift.Interval.High)-1) > 1e-9 {
						t.Fatalf("%d/%d and %d/%d: lift %v and %v", x, n, y, m, a.Lift, b.Lift)
					}
				}
			}
		}
	}
}

// The tipping point is what it says: one conversion less moved, and nothing changes.
func TestTippingPointOfTheReference(t *testing.T) {
	t.Parallel()
	if p := compared(t, arm(240, 10000), arm(200, 10000), nil); p.Conclusion != lift.Undecided {
		t.Errorf("10 fewer: %s, p %g", p.Conclusion, p.PValue)
	}
	p := compared(t, arm(241, 10000), arm(200, 10000), nil)
	if p.Conclusion != lift.Raised {
		t.Errorf("9 fewer: %s, p %g", p.Conclusion, p.PValue)
	}
	if want := "1 fewer conversion in the treated arm and the difference would no longer be decided"; p.WouldChange[0].Message != want {
		t.Errorf("%q, want %q", p.WouldChange[0].Message, want)
	}
	p = compared(t, arm(3, 10), arm(2, 10), &lift.Options{MinUnits: -1, MinConversions: -1})
	if diff := cmp.Diff([]string{"proportions.tipping", "proportions.level", "proportions.crossover", "proportions.exact"}, found(p.WouldChange)); diff != "" {
		t.Error(diff)
	}
}

func FuzzCompareProportions(f *testing.F) {
	f.Add(int64(10000), int64(250), int64(10000), int64(200), 0.95, 0.5)
	f.Add(int64(1), int64(1), int64(1), int64(0), 0.5, 0.0)
	f.Add(int64(1e12), int64(3), int64(5), int64(5), 0.999999, 0.1)
	f.Fuzz(func(t *testing.T, n, x, m, y int64, level, share float64) {
		opts := &lift.Options{MinUnits: -1, MinConversions: -1, Level: level, TreatedShare: share}
		p, err := lift.CompareProportions(arm(x, n), arm(y, m), opts)
		if err != nil {
			return
		}
		survives(t, p)
		if !(p.PValue >= 0 && p.PValue <= 1) || !p.MiettinenNurminen.Contains(p.Difference) || p.Explain() == "" {
			t.Errorf("%+v", p)
		}
	})
}
