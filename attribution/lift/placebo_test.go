package lift

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// withEffect adds an effect to the treated units from the start on.
func withEffect(p *Panel, effect float64) *Panel {
	d := changed(p.data, func(i, t int, y float64) float64 {
		if t >= p.data.Start && slices.Contains(p.treated, i) {
			return y + effect
		}
		return y
	})
	return newPanel(d)
}

func codesOf(findings []byline.Finding) []string {
	var codes []string
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	return codes
}

func TestPlaceboFindsWhatIsThere(t *testing.T) {
	t.Parallel()
	p := withEffect(worldPanel(t, 4, 25, 45, 1), 20)
	r, err := PlaceboInSpace(p, &PlaceboOptions{Method: PanelFixedEffect})
	require.NoError(t, err)
	if r.Rank != 1 || r.Of != 25 || !r.Significant || r.PValue != r.Smallest {
		t.Errorf("rank %d of %d, p %v", r.Rank, r.Of, r.PValue)
	}
	if !strings.Contains(r.Explain(), "ranks 1 of 25") {
		t.Error(r.Explain())
	}
}

// Where nothing happened and the treated unit is any one, ranks are spread evenly: over
// all units of one world they are a permutation.
func TestPlaceboRanksAreFair(t *testing.T) {
	t.Parallel()
	d := world(9, 12, 40, 1)
	d.Start = 28
	var ranks []int
	for _, unit := range d.Units {
		d.Treated = []string{unit}
		p, err := NewPanel(d)
		require.NoError(t, err)
		r, err := PlaceboInSpace(p, &PlaceboOptions{KeepTreated: true, Method: PanelFixedEffect})
		require.NoError(t, err)
		ranks = append(ranks, r.Rank)
	}
	slices.Sort(ranks)
	if diff := cmp.Diff([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, ranks); diff != "" {
		t.Errorf("ranks (-want +got):\n%s", diff)
	}
}

func TestPlaceboSaysWhenThereAreTooFew(t *testing.T) {
	t.Parallel()
	p := withEffect(worldPanel(t, 5, 8, 45, 1), 50)
	r, err := PlaceboInSpace(p, &PlaceboOptions{Method: PanelFixedEffect})
	require.NoError(t, err)
	if r.Significant || r.Rank != 1 || !slices.Contains(codesOf(r.WouldChange), "placebo.too_few") || !strings.Contains(r.Explain(), "too few places") {
		t.Errorf("rank %d, significant %v, %v, %s", r.Rank, r.Significant, codesOf(r.WouldChange), r.Explain())
	}
	_, err = PlaceboInSpace(worldPanel(t, 4, 4, 45, 2), nil)
	wantRefusal(t, err, "placebo.few_controls")
}

// A tie counts against the treated units, and an effect downwards is an effect.
func TestPlaceboRank(t *testing.T) {
	t.Parallel()
	r := PlaceboResult{
		Treated:  Placebo{Ratio: 5, ATT: 2},
		Placebos: []Placebo{{Ratio: 5, ATT: 1}, {Ratio: 4, ATT: -2}, {Ratio: 9, ATT: 9, LeftOut: true}, {Ratio: 1, ATT: 1.9}},
		Level:    0.5,
	}
	r.rank()
	if r.Rank != 2 || r.Of != 4 || r.PValue != 0.5 || r.EffectPValue != 0.5 || !r.Significant {
		t.Errorf("rank %d of %d, p %v, by effect %v", r.Rank, r.Of, r.PValue, r.EffectPValue)
	}
}

func TestPlacebosOfPoorFitAreLeftOut(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 5, 12, 45, 1)
	const most = 1.5
	r, err := PlaceboInSpace(p, &PlaceboOptions{Method: PanelFixedEffect, MaxPreRatio: most})
	require.NoError(t, err)
	out := 0
	for _, q := range r.Placebos {
		if q.LeftOut != (q.PreMSPE > most*r.Treated.PreMSPE) {
			t.Errorf("%v: %v against %v, left out %v", q.Units, q.PreMSPE, r.Treated.PreMSPE, q.LeftOut)
		}
		if q.LeftOut {
			out++
		}
	}
	if out == 0 || r.Of != 12-out {
		t.Errorf("%d left out, %d ranked", out, r.Of)
	}
}

// What an estimate is refused for, no test of it may pass over.
func TestNoTestOfAComparisonThatDoesNotFit(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 4, 8, 45, 1)
	p = newPanel(changed(p.data, func(unit, period int, y float64) float64 {
		if unit == 0 {
			return 10*y + 200*float64(period)
		}
		return y
	}))
	_, err := EstimatePanel(p, PanelSynthetic, nil)
	wantRefusal(t, err, "panel.poor_fit")
	_, err = PlaceboInSpace(p, nil)
	wantRefusal(t, err, "panel.poor_fit")
	_, err = PlaceboInTime(p, 20, "", nil)
	wantRefusal(t, err, "panel.poor_fit")
	_, err = Conformal(p, &ConformalOptions{Method: PanelSynthetic})
	wantRefusal(t, err, "panel.poor_fit")
	_, err = PlaceboInSpace(p, &PlaceboOptions{Panel: &PanelOptions{MaxMisfit: 1e6}})
	require.NoError(t, err)
}

func TestPlaceboLevelIsExact(t *testing.T) {
	t.Parallel()
	// Twenty units: p of the first rank is 1/20, and 95 % must accept it.
	p := withEffect(worldPanel(t, 4, 20, 45, 1), 50)
	r, err := PlaceboInSpace(p, &PlaceboOptions{Method: PanelFixedEffect})
	require.NoError(t, err)
	if r.Rank != 1 || !r.Significant {
		t.Errorf("rank %d, p %v, significant %v", r.Rank, r.PValue, r.Significant)
	}
}

func TestPlaceboOfSeveralUnits(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 6, 9, 30, 2)
	all, err := PlaceboInSpace(p, nil)
	require.NoError(t, err)
	if len(all.Placebos) != 21 || !all.Exhaustive { // 7 over 2
		t.Errorf("%d placebos", len(all.Placebos))
	}
	some := func(seed uint64) PlaceboResult {
		r, err := PlaceboInSpace(p, &PlaceboOptions{Panel: &PanelOptions{Replications: 9, Seed: seed}})
		require.NoError(t, err)
		return r
	}
	if diff := cmp.Diff(some(3), some(3)); diff != "" {
		t.Errorf("one seed, two results:\n%s", diff)
	}
	if r := some(3); r.Exhaustive || r.Of != 10 {
		t.Errorf("%d ranked, exhaustive %v", r.Of, r.Exhaustive)
	}
}

func TestPlaceboLeavesOutPoorFits(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 6, 12, 30, 1)
	r, err := PlaceboInSpace(p, &PlaceboOptions{MaxPreRatio: 1})
	require.NoError(t, err)
	kept := 1
	for _, q := range r.Placebos {
		if q.LeftOut != (q.PreMSPE > r.Treated.PreMSPE) {
			t.Errorf("%v: left out is %v", q.Units, q.LeftOut)
		}
		if !q.LeftOut {
			kept++
		}
	}
	if r.Of != kept || kept == len(r.Placebos)+1 {
		t.Errorf("%d ranked, %d kept", r.Of, kept)
	}
}

func TestPlaceboWithExactFitsStaysFinite(t *testing.T) {
	t.Parallel()
	d := soundPanel()
	d.Units = append(d.Units, "west", "middle")
	d.Outcomes = append(d.Outcomes, slices.Clone(d.Outcomes[0]), []float64{5, 5, 5, 5, 5, 5})
	p, err := NewPanel(d)
	require.NoError(t, err)
	r, err := PlaceboInSpace(p, nil)
	require.NoError(t, err)
	_, err = json.Marshal(r)
	require.NoError(t, err)
	if !slices.Contains(codesOf(withEffectResult(t, p).WouldChange), "placebo.exact_fit") {
		t.Errorf("findings %v", codesOf(r.WouldChange))
	}
}

func withEffectResult(t *testing.T, p *Panel) PlaceboResult {
	t.Helper()
	r, err := PlaceboInSpace(withEffect(p, 10), nil)
	require.NoError(t, err)
	return r
}

func TestPlaceboFaults(t *testing.T) {
	t.Parallel()
	p := worldPanel(t, 1, 6, 20, 1)
	_, err := PlaceboInSpace(p, &PlaceboOptions{Method: "magic", MaxPreRatio: .5, Panel: &PanelOptions{Level: -1}})
	if diff := cmp.Diff([]string{"panel.level lift.level", "method panel.method", "max_pre_ratio placebo.pre_ratio"}, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	_, err = PlaceboInTime(p, p.data.Start, "magic", nil)
	if diff := cmp.Diff([]string{"method panel.method", "start placebo.start"}, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	for name, unmade := range map[string]*Panel{"nil": nil, "zero": {}} {
		for _, call := range []func() error{
			func() error { _, err := SyntheticControl(unmade, nil); return err },
			func() error { _, err := PlaceboInSpace(unmade, nil); return err },
			func() error { _, err := PlaceboInTime(unmade, 4, "", nil); return err },
			func() error { _, err := Conformal(unmade, nil); return err },
		} {
			if got := faultCodes(call()); len(got) == 0 || !strings.HasSuffix(got[0], "panel.not_made") {
				t.Errorf("%s panel: %v", name, got)
			}
		}
	}
	_, err = PlaceboInTime(p, 2, "", nil)
	wantRefusal(t, err, "panel.few_pre_periods")
}

func TestPlaceboInTime(t *testing.T) {
	t.Parallel()
	p := withEffect(worldPanel(t, 4, 12, 45, 1), 20)
	calm, err := PlaceboInTime(p, 20, PanelFixedEffect, nil)
	require.NoError(t, err)
	if diff := cmp.Diff([]string{"placebo.calm"}, codesOf(calm.WouldChange)); diff != "" || math.Abs(calm.ATT) > 3 {
		t.Errorf("%v, %s", calm, calm.Explain())
	}
	// A rise that begins ten periods early is drift.
	early := newPanel(changed(p.data, func(i, t int, y float64) float64 {
		if i == 0 && t >= 20 && t < p.data.Start {
			return y + 20
		}
		return y
	}))
	drift, err := PlaceboInTime(early, 20, PanelFixedEffect, nil)
	require.NoError(t, err)
	if diff := cmp.Diff([]string{"placebo.drift"}, codesOf(drift.WouldChange)); diff != "" {
		t.Errorf("%v\n%s", drift, diff)
	}
}

func TestChooseSets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		n, k, limit, want int
		all               bool
	}{
		"all pairs":      {5, 2, 10, 10, true},
		"one too many":   {5, 2, 9, 9, false},
		"everything":     {4, 4, 1, 1, true},
		"more than are":  {2, 3, 5, 0, true},
		"beyond int":     {200, 100, 50, 50, false},
		"singles":        {38, 1, 200, 38, true},
		"nothing wanted": {3, 0, 5, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sets, all := chooseSets(c.n, c.k, c.limit, 1)
			seen := map[string]bool{}
			for _, set := range sets {
				key, _ := json.Marshal(set)
				seen[string(key)] = true
				if len(set) != c.k || !slices.IsSorted(set) {
					t.Errorf("set %v", set)
				}
			}
			if len(sets) != c.want || len(seen) != c.want || all != c.all {
				t.Errorf("%d sets, %d different, all %v", len(sets), len(seen), all)
			}
		})
	}
}
