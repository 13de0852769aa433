package lift

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestConformalIsInTheLevel(t *testing.T) {
	t.Parallel()
	for name, scheme := range map[string]ConformalScheme{"block": MovingBlock, "free": FreeOrder} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Noise alone, where every rearrangement is as likely as any other.
			found, worlds := 0, 300
			for seed := range uint64(worlds) {
				p := noisePanel(seed, 6, 40, 30)
				test := newConformalTest(p.comparison(PanelOptions{}), ConformalOptions{Method: PanelFixedEffect, Scheme: scheme, Permutations: 99, Seed: seed})
				if test.p(0) <= alpha(0.9) {
					found++
				}
			}
			// 30 are due; five standard deviations of a fair test are 26.
			if found < 8 || found > 56 {
				t.Errorf("found an effect in %d of %d worlds without one, at a level of 90 %%", found, worlds)
			}
		})
	}
}

// noisePanel is noise of one size everywhere, with the first unit treated.
func noisePanel(seed uint64, units, periods, start int) *Panel {
	d := world(seed, units, periods, 0)
	r := rand.New(rand.NewPCG(seed, 17))
	d = changed(d, func(_, _ int, _ float64) float64 { return 50 + r.NormFloat64() })
	d.Treated, d.Start = d.Units[:1], start
	return newPanel(d)
}

func TestConformalCoversTheTruth(t *testing.T) {
	t.Parallel()
	covered, worlds := 0, 60
	for seed := range uint64(worlds) {
		p := withEffect(noisePanel(seed, 6, 40, 32), 3)
		r, err := Conformal(p, &ConformalOptions{Level: 0.9})
		require.NoError(t, err)
		if r.Interval == nil {
			continue // every constant effect is rejected, the true one too
		}
		if r.Interval.Contains(3) {
			covered++
		}
		if r.Significant && r.Interval.Contains(0) {
			t.Errorf("seed %d: p is %v and the interval %v holds 0", seed, r.PValue, *r.Interval)
		}
	}
	if covered < 45 {
		t.Errorf("the truth is in %d of %d intervals of 90 %%", covered, worlds)
	}
}

// Moving the effect moves the interval with it, and scaling scales it.
func TestConformalMovesWithTheEffect(t *testing.T) {
	t.Parallel()
	p := noisePanel(2, 6, 40, 32)
	base, err := Conformal(p, nil)
	require.NoError(t, err)
	moved, err := Conformal(withEffect(p, 5), nil)
	require.NoError(t, err)
	near(t, "low", moved.Interval.Low, base.Interval.Low+5, 1e-5)
	near(t, "high", moved.Interval.High, base.Interval.High+5, 1e-5)
	near(t, "ATT", moved.ATT, base.ATT+5, 1e-9)
}

func TestConformalSaysWhyThereIsNoInterval(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		panel *Panel
		level float64
		want  string
	}{
		"too few periods":      {noisePanel(1, 5, 12, 9), 0.95, "conformal.too_few"},
		"more after":           {noisePanel(1, 5, 60, 20), 0.6, "conformal.unbounded"},
		"enough of both":       {noisePanel(1, 5, 60, 45), 0.8, ""},
		"the effect turns":     {turning(), 0.8, "conformal.not_constant"},
		"half before and half": {halves(), 0.8, "conformal.unbounded"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := Conformal(c.panel, &ConformalOptions{Level: c.level})
			require.NoError(t, err)
			_, err = json.Marshal(r)
			require.NoError(t, err)
			if (r.Interval == nil) != (c.want != "") || c.want != "" && !slices.Contains(codesOf(r.WouldChange), c.want) {
				t.Errorf("interval %v, findings %v", r.Interval, codesOf(r.WouldChange))
			}
		})
	}
}

// turning is an effect of +30 and then of -30.
func turning() *Panel {
	p := noisePanel(3, 5, 60, 50)
	return newPanel(changed(p.data, func(i, t int, y float64) float64 {
		if i == 0 && t >= 50 {
			return y + 30*math.Pow(-1, float64(t))
		}
		return y
	}))
}

// halves has as many periods after as before, so that an effect of any size leaves the
// same residual in all of them once the mean is taken out.
func halves() *Panel {
	p := noisePanel(4, 5, 40, 20)
	return newPanel(changed(p.data, func(i, _ int, y float64) float64 {
		if i == 0 {
			return y
		}
		return 50
	}))
}

func TestConformalRepeats(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 5, 8, 40, 1)
	run := func(seed uint64) ConformalResult {
		r, err := Conformal(p, &ConformalOptions{Scheme: FreeOrder, Permutations: 150, Seed: seed})
		require.NoError(t, err)
		return r
	}
	if diff := cmp.Diff(run(1), run(1)); diff != "" {
		t.Errorf("one seed, two results:\n%s", diff)
	}
}

// The order that was seen is one of the orders, so no p value is 0.
func TestFreeOrderCountsTheTrueOrder(t *testing.T) {
	t.Parallel()
	p := withEffect(noisePanel(2, 6, 40, 32), 1000)
	r, err := Conformal(p, &ConformalOptions{Method: PanelEqualWeights, Scheme: FreeOrder, Permutations: 49})
	require.NoError(t, err)
	near(t, "smallest p", r.Smallest, 0.02, 1e-15)
	near(t, "p", r.PValue, 0.02, 1e-15)
}

func TestConformalFaults(t *testing.T) {
	t.Parallel()
	_, err := Conformal(worldPanel(t, 5, 8, 40, 1), &ConformalOptions{Method: PanelSyntheticDiD, Level: 1, Scheme: "any", Permutations: -1})
	if diff := cmp.Diff([]string{"level lift.level", "method conformal.method", "scheme conformal.scheme", "permutations conformal.permutations"}, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
