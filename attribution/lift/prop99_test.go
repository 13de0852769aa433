package lift

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/golden"
)

// prop99 is California's tobacco programme of 1989: packs a head in 39 states.
func prop99(t testing.TB) *Panel {
	t.Helper()
	file, err := os.Open(golden.SharedData(t, "attribution", "prop99_wide.csv"))
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	data := PanelData{Periods: rows[0][1:], Treated: []string{"California"}, Start: 19}
	for _, row := range rows[1:] {
		values := make([]float64, len(row)-1)
		for i, cell := range row[1:] {
			values[i], err = strconv.ParseFloat(cell, 64)
			require.NoError(t, err)
		}
		data.Units = append(data.Units, row[0])
		data.Outcomes = append(data.Outcomes, values)
	}
	p, err := NewPanel(data)
	require.NoError(t, err)
	return p
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %.10g, want %.10g", what, got, want)
	}
}

func TestSyntheticControlProp99(t *testing.T) {
	t.Parallel()
	p := prop99(t)
	all, err := SyntheticControl(p, nil)
	require.NoError(t, err)
	near(t, "effect of 2000", all.Periods[30].Effect, -26.59664318, 1e-8)
	t.Log(all.ATT, all.KKTSlack, all.Unique, all.PreRMSPE, all.Misfit)
	want := map[string]float64{
		"Utah": .39390802, "Montana": .23183995, "Nevada": .20492258,
		"Connecticut": .10908962, "New Hampshire": .04542905, "Colorado": .01481077,
	}
	for _, w := range all.Weights {
		near(t, w.Unit, w.Weight, want[w.Unit], 1e-8)
	}
	near(t, "ATT 1989-2000", all.ATT, -19.51362977, 1e-8)
	for _, m := range []PanelMethod{PanelFixedEffect, PanelSyntheticDiD, PanelEqualWeights} {
		e, err := EstimatePanel(p, m, nil)
		require.NoError(t, err)
		t.Log(m, e.ATT, e.Zeta, e.StandardError, e.KKTSlack, e.Misfit)
		for _, pp := range e.Periods {
			if pp.Weight > 0 {
				t.Log(pp.Period, pp.Weight)
			}
		}
		t.Log(e.Explain())
		for _, f := range e.WouldChange {
			t.Log(f.Code, f.Severity, f.Message)
		}
	}
}

func TestPlaceboProp99(t *testing.T) {
	p := prop99(t)
	for _, k := range []bool{false, true} {
		r, err := PlaceboInSpace(p, &PlaceboOptions{KeepTreated: k})
		require.NoError(t, err)
		t.Log(k, r.Rank, r.Of, r.Treated, r.PValue, r.EffectPValue)
		t.Log(r.Explain(), r.WouldChange)
	}
	q, err := PlaceboInTime(p, 13, "", nil)
	require.NoError(t, err)
	t.Log(q.Explain())
}
