package lift

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

func soundPanel() PanelData {
	return PanelData{
		Units:   []string{"north", "south", "east"},
		Periods: []string{"w1", "w2", "w3", "w4", "w5", "w6"},
		Outcomes: [][]float64{
			{10, 12, 11, 13, 18, 19},
			{9, 11, 10, 12, 13, 14},
			{20, 21, 22, 23, 24, 25},
		},
		Treated: []string{"north"},
		Start:   4,
	}
}

// faultCodes lists "path code" of every fault.
func faultCodes(err error) []string {
	var listed []string
	for _, f := range byline.Nest("", err) {
		listed = append(listed, f.Path+" "+f.Code)
	}
	return listed
}

func TestNewPanelFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*PanelData)
		want  []string
	}{
		"sound":             {func(*PanelData) {}, nil},
		"nothing":           {func(d *PanelData) { *d = PanelData{} }, []string{"units panel.units", "periods panel.periods", "treated panel.no_treated", "start panel.no_pre_period"}},
		"nameless unit":     {func(d *PanelData) { d.Units[1] = "" }, []string{"units[1] panel.units"}},
		"unit twice":        {func(d *PanelData) { d.Units[2] = "south" }, []string{"units[2] panel.unit_twice"}},
		"nameless period":   {func(d *PanelData) { d.Periods[0] = "" }, []string{"periods[0] panel.periods"}},
		"period twice":      {func(d *PanelData) { d.Periods[5] = "w1" }, []string{"periods[5] panel.period_twice"}},
		"a row too few":     {func(d *PanelData) { d.Outcomes = d.Outcomes[:2] }, []string{"outcomes panel.ragged"}},
		"a column too few":  {func(d *PanelData) { d.Outcomes[2] = d.Outcomes[2][:5] }, []string{"outcomes[2] panel.ragged"}},
		"not a number":      {func(d *PanelData) { d.Outcomes[1][3] = math.NaN() }, []string{"outcomes[1][3] panel.outcome"}},
		"infinite":          {func(d *PanelData) { d.Outcomes[1][3] = math.Inf(-1) }, []string{"outcomes[1][3] panel.outcome"}},
		"beyond all sense":  {func(d *PanelData) { d.Outcomes[1][3] = 1e101 }, []string{"outcomes[1][3] panel.outcome"}},
		"unknown treated":   {func(d *PanelData) { d.Treated = []string{"west"} }, []string{"treated[0] panel.treated"}},
		"treated twice":     {func(d *PanelData) { d.Treated = []string{"north", "north"} }, []string{"treated[1] panel.treated"}},
		"none treated":      {func(d *PanelData) { d.Treated = nil }, []string{"treated panel.no_treated"}},
		"all treated":       {func(d *PanelData) { d.Treated = []string{"north", "south", "east"} }, []string{"treated panel.no_control"}},
		"no pre period":     {func(d *PanelData) { d.Start = 0 }, []string{"start panel.no_pre_period"}},
		"before time":       {func(d *PanelData) { d.Start = -3 }, []string{"start panel.no_pre_period"}},
		"no post period":    {func(d *PanelData) { d.Start = 6 }, []string{"start panel.no_post_period"}},
		"several at a time": {func(d *PanelData) { d.Start, d.Units[0], d.Treated = 9, "east", nil }, []string{"units[2] panel.unit_twice", "treated panel.no_treated", "start panel.no_post_period"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := soundPanel()
			c.spoil(&d)
			_, err := NewPanel(d)
			if diff := cmp.Diff(c.want, faultCodes(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// refusedWith returns the code, have and need of a refusal, zeros where there is none.
func refusedWith(err error) (code string, have, need float64) {
	if r, ok := errors.AsType[*byline.RefusalError](err); ok && errors.Is(err, byline.ErrRefused) {
		return r.Code, r.Have, r.Need
	}
	return "", 0, 0
}

func wantRefusal(t *testing.T, err error, want string) {
	t.Helper()
	if code, _, _ := refusedWith(err); code != want {
		t.Errorf("got %q (%v), want the refusal %q", code, err, want)
	}
}

func TestNewPanelRefusesShortPast(t *testing.T) {
	t.Parallel()
	d := soundPanel()
	d.Start = 3
	_, err := NewPanel(d)
	code, have, need := refusedWith(err)
	if code != "panel.few_pre_periods" || have != 3 || need != MinPrePeriods {
		t.Errorf("refused with %q, have %v, need %v", code, have, need)
	}
}

func TestPanelIsACopy(t *testing.T) {
	t.Parallel()
	d := soundPanel()
	p, err := NewPanel(d)
	require.NoError(t, err)
	d.Outcomes[0][0], d.Units[0], d.Treated[0] = 1e9, "x", "x"
	p.Data().Outcomes[1][1] = 1e9
	if diff := cmp.Diff(soundPanel(), p.Data()); diff != "" {
		t.Errorf("the panel changed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"south", "east"}, p.Controls()); diff != "" {
		t.Errorf("controls (-want +got):\n%s", diff)
	}
}

// Sizes at which squares vanish would bring wrong figures: they are turned away.
func TestOutcomesOfAnySizeScale(t *testing.T) {
	t.Parallel()
	p := withEffect(noisePanel(2, 6, 40, 32), 3)
	want, err := Conformal(p, nil)
	require.NoError(t, err)
	for _, by := range []float64{1e-31, 1e-20, 1e20, 1e98} {
		scaled := newPanel(changed(p.data, func(_, _ int, y float64) float64 { return y * by }))
		got, err := Conformal(scaled, nil)
		require.NoError(t, err)
		near(t, "p", got.PValue, want.PValue, 0)
		near(t, "low", got.Interval.Low/by, want.Interval.Low, 1e-6)
		near(t, "high", got.Interval.High/by, want.Interval.High, 1e-6)
	}
	tiny := changed(p.data, func(_, _ int, y float64) float64 { return y * 1e-33 })
	_, err = NewPanel(tiny)
	if codes := faultCodes(err); len(codes) != 6*40 || codes[0] != "outcomes[0][0] panel.outcome" {
		t.Errorf("%d faults", len(codes))
	}
}

func FuzzPanel(f *testing.F) {
	sound, err := json.Marshal(soundPanel())
	require.NoError(f, err)
	f.Add(sound)
	f.Add([]byte(`{"units":["a","b"],"periods":["1","2","3","4","5"],"outcomes":[[0,0,0,0,1],[0,0,0,0,0]],"treated":["a"],"start":4}`))
	f.Add([]byte(`{"units":["a","b"],"periods":["1","2","3","4","5"],"outcomes":[[1e100,-1e100,0,1e-300,1],[5e-324,0,1e99,0,0]],"treated":["a"],"start":4}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var d PanelData
		if json.Unmarshal(body, &d) != nil || len(d.Units) > 12 || len(d.Periods) > 30 {
			return
		}
		p, err := NewPanel(d)
		if err != nil {
			return
		}
		for _, method := range panelMethods() {
			e, err := EstimatePanel(p, method, &PanelOptions{MaxMisfit: 1e300, StandardError: NoError})
			if err != nil {
				wantRefusal(t, err, "panel.no_variation")
				continue
			}
			if _, err := json.Marshal(e); err != nil {
				t.Fatalf("%s: %v", method, err)
			}
			if off := math.Abs(weightSum(e) - 1); off > 1e-12 {
				t.Fatalf("%s: weights sum to 1 but for %v", method, off)
			}
		}
	})
}

func weightSum(e PanelEffect) float64 {
	total := 0.0
	for _, w := range e.Weights {
		total += w.Weight
	}
	return total
}

// Options are stored beside the results that they made.
func TestPanelOptionsSurviveJSON(t *testing.T) {
	t.Parallel()
	zeta := 0.5
	want := MarketOptions{
		Sizes: []int{1}, Include: []string{"ada"}, Exclude: []string{"bruno"}, MaxSets: 2, Keep: 3,
		Power: &GeoPowerOptions{Length: 1, Method: PanelSynthetic, Effects: []float64{0.1}, Level: 0.9, Target: 0.7, Windows: 4, Step: 5},
	}
	body, err := json.Marshal(want)
	require.NoError(t, err)
	var got MarketOptions
	require.NoError(t, json.Unmarshal(body, &got))
	if diff := cmp.Diff(want, got); diff != "" || strings.ContainsFunc(string(body), unicode.IsUpper) {
		t.Errorf("%s\n%s", body, diff)
	}
	placebo := PlaceboOptions{Method: PanelSyntheticDiD, KeepTreated: true, MaxPreRatio: 2, Panel: &PanelOptions{
		Level: 0.9, MaxMisfit: 1, Zeta: &zeta, StandardError: NoError, Replications: 3, Seed: 4,
		Predictors: []PanelPredictor{{Name: "price", Values: []float64{1}, Weight: 1}},
	}}
	body, err = json.Marshal(placebo)
	require.NoError(t, err)
	var back PlaceboOptions
	require.NoError(t, json.Unmarshal(body, &back))
	if diff := cmp.Diff(placebo, back); diff != "" || strings.ContainsFunc(string(body), unicode.IsUpper) {
		t.Errorf("%s\n%s", body, diff)
	}
}
