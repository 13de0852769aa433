package lift

import (
	"bytes"
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/golden"
)

// prop99 is California's tobacco programme of 1989: packs a head in 39 states.
func prop99(t testing.TB) *Panel {
	t.Helper()
	body, err := os.ReadFile(golden.SharedData(t, "attribution", "prop99_wide.csv"))
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
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

// Reference figures are exact solutions of the same quadratic programmes, by an active
// set with strict optimality conditions.

func TestSyntheticControlProp99(t *testing.T) {
	t.Parallel()
	e, err := SyntheticControl(prop99(t), nil)
	require.NoError(t, err)
	want := []DonorWeight{
		{"Utah", .39390802},
		{"Montana", .23183995},
		{"Nevada", .20492258},
		{"Connecticut", .10908962},
		{"New Hampshire", .04542905},
		{"Colorado", .01481077},
	}
	if len(e.Weights) != len(want) {
		t.Fatalf("weights %v", e.Weights)
	}
	for i, w := range want {
		if e.Weights[i].Unit != w.Unit {
			t.Errorf("donor %d is %s, want %s", i, e.Weights[i].Unit, w.Unit)
		}
		near(t, w.Unit, e.Weights[i].Weight, w.Weight, 1e-8)
	}
	near(t, "ATT of 1989 to 2000", e.ATT, -19.51362977, 1e-8)
	near(t, "effect of 2000", e.Periods[30].Effect, -26.59664318, 1e-8)
	near(t, "total", e.Total, 12*e.ATT, 1e-9)
	near(t, "slack", e.KKTSlack, 0, 1e-14)
	near(t, "equal weights", e.Robustness.EqualWeights, -27.349111, 5e-7)
	if !e.Unique || e.StandardError != nil || e.Interval != nil {
		t.Errorf("unique %v, standard error %v, interval %v", e.Unique, e.StandardError, e.Interval)
	}
}

func TestSyntheticDiDProp99(t *testing.T) {
	t.Parallel()
	e, err := SyntheticDiD(prop99(t), nil)
	require.NoError(t, err)
	near(t, "ATT", e.ATT, -15.605398, 5e-7)
	near(t, "zeta", e.Zeta, 10.226232571, 5e-10)
	near(t, "slack", e.KKTSlack, 0, 1e-14)
	weights := map[string]float64{"1986": .366471, "1987": .206453, "1988": .427076}
	for _, period := range e.Periods {
		near(t, "time weight of "+period.Period, period.Weight, weights[period.Period], 5e-7)
	}
	// The reference tool draws its placebos by chance and finds 8.37; here each control is
	// one, once.
	if s := e.StandardError; s.Estimates != 38 || !s.Exhaustive || s.Value < 7.5 || s.Value > 10.5 {
		t.Errorf("standard error %+v", *s)
	}
	if !e.Interval.Contains(e.ATT) || !e.Interval.Contains(0) {
		t.Errorf("interval %+v", *e.Interval)
	}
}

func TestDifferenceInDifferencesProp99(t *testing.T) {
	t.Parallel()
	e, err := EstimatePanel(prop99(t), PanelEqualWeights, nil)
	require.NoError(t, err)
	near(t, "ATT", e.ATT, -27.349111, 5e-7)
}

func TestPlaceboProp99(t *testing.T) {
	t.Parallel()
	for name, keep := range map[string]bool{"left out": false, "kept": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := PlaceboInSpace(prop99(t), &PlaceboOptions{KeepTreated: keep})
			require.NoError(t, err)
			if r.Rank != 3 || r.Of != 39 || r.Significant || !r.Exhaustive {
				t.Errorf("rank %d of %d, significant %v", r.Rank, r.Of, r.Significant)
			}
			near(t, "ratio", r.Treated.Ratio, 154.8, 0.05)
			near(t, "p", r.PValue, 3./39, 1e-15)
			if diff := cmp.Diff([]string{"Missouri", "Virginia"}, r.above()); diff != "" {
				t.Errorf("above (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConformalProp99(t *testing.T) {
	t.Parallel()
	r, err := Conformal(prop99(t), &ConformalOptions{Method: PanelSynthetic, Level: 0.9})
	require.NoError(t, err)
	near(t, "p", r.PValue, 3./31, 1e-15)
	near(t, "smallest p", r.Smallest, 1./31, 1e-15)
	if !r.Significant || r.Interval == nil || r.Interval.Contains(0) || !r.Interval.Contains(r.ATT) {
		t.Errorf("significant %v, interval %v: they must agree", r.Significant, r.Interval)
	}
}

func BenchmarkSyntheticControlProp99(b *testing.B) {
	p := prop99(b)
	c := p.comparison(PanelOptions{})
	b.ReportAllocs()
	for b.Loop() {
		c.fit(PanelSynthetic, nil)
	}
}

func BenchmarkSyntheticDiDProp99(b *testing.B) {
	p := prop99(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := SyntheticDiD(p, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlaceboProp99(b *testing.B) {
	p := prop99(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := PlaceboInSpace(p, nil); err != nil {
			b.Fatal(err)
		}
	}
}
