package vet

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/golden"
)

func TestModifiedZ(t *testing.T) {
	t.Parallel()
	z, err := ModifiedZ([]float64{100, 110, 90, 105, 95, 100, 102, 98, 3000})
	require.NoError(t, err)
	if math.Abs(z[8]-391.2) > 0.05 || math.Abs(z[1]-1.349) > 1e-3 {
		t.Errorf("z is %v", z)
	}
	// More than half are equal, so the mean deviation of 10 stands in.
	z, err = ModifiedZ([]float64{5, 5, 5, 5, 5, 5, 5, 5, 5, 105})
	require.NoError(t, err)
	if math.Abs(z[9]-100/(1.253314*10)) > 1e-9 {
		t.Errorf("z is %v", z)
	}
	for name, in := range map[string][]float64{"growth.no_variation": {3, 3, 3}, "growth.too_few_points": {3, 4}} {
		_, err := ModifiedZ(in)
		if no, ok := errors.AsType[*byline.RefusalError](err); !ok || no.Code != name {
			t.Errorf("%v: %v", in, err)
		}
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	values := make([]float64, 120)
	for i := range values {
		values[i] = rng.NormFloat64()
		if i >= 50 {
			values[i] += 3
		}
	}
	values[10] = 1e6 // one wild value is no change of pace
	found := changes(values, 14, 0.001)
	if len(found) != 1 || found[0].at < 48 || found[0].at > 52 {
		t.Errorf("found %v, want one near 50", found)
	}
	// How often is a change found where there is none?
	alarms := 0
	for range 500 {
		for i := range values {
			values[i] = rng.NormFloat64()
		}
		alarms += len(changes(values, 14, 0.001))
	}
	if alarms > 3 {
		t.Errorf("%d alarms in 500 series without a change", alarms)
	}
}

func TestTurns(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in   []float64
		want int
	}{
		"nothing":       {nil, 0},
		"a rise":        {[]float64{1, 50, 100, 150}, 0},
		"one turn":      {[]float64{0, 100, 0}, 1},
		"a saw":         {[]float64{0, 100, 0, 100, 0}, 3},
		"a slow saw":    {[]float64{0, 50, 100, 50, 0, 50, 100}, 2},
		"a small swing": {[]float64{0, 100, 60, 110, 70, 120}, 0},
	}
	for name, tt := range tests {
		if got := turns(tt.in, 50); got != tt.want {
			t.Errorf("%s turns %d times, want %d", name, got, tt.want)
		}
	}
}

// TestLabelledSeries shows what the detector of single days does with series that have
// daily patterns and labelled windows: each hour's mean takes the place of a day, the hour
// of the day that of the weekday, and the trend is over two periods on each side. It tests
// the mechanics; none of the series counts followers. What the detector gets wrong stands
// here as it is: by day these series are noisier than by night, which one measure of spread
// for all hours takes for outliers. Largest says whether the largest outlier of all lies in
// a window.
func TestLabelledSeries(t *testing.T) {
	t.Parallel()
	folder := golden.SharedData(t, "scoring", "nab")
	windows := labelledWindows(t, folder)
	type outcome struct {
		Windows, Found, Alarms, Hours int
		Largest                       bool
	}
	want := map[string]outcome{
		"artificialWithAnomaly/art_daily_jumpsup":          {Windows: 1, Found: 1, Alarms: 38, Hours: 336, Largest: true},
		"artificialWithAnomaly/art_daily_nojump":           {Windows: 1, Found: 1, Alarms: 29, Hours: 336, Largest: true},
		"artificialWithAnomaly/art_increase_spike_density": {Windows: 1, Found: 1, Alarms: 24, Hours: 336, Largest: true},
		"artificialNoAnomaly/art_daily_small_noise":        {Alarms: 23, Hours: 336},
		"artificialNoAnomaly/art_noisy":                    {Hours: 336},
		"realAdExchange/exchange-2_cpc_results":            {Windows: 1, Found: 1, Alarms: 22, Hours: 1623},
	}
	got := map[string]outcome{}
	for name := range want {
		at, values := hourly(t, filepath.Join(folder, filepath.Base(name)+".csv"))
		phases := make([]int, len(at))
		for i := range at {
			phases[i] = at[i].Hour()
		}
		z, err := ModifiedZ(detrended(deseasoned(values, phases), 2*24))
		require.NoError(t, err)
		o := outcome{Windows: len(windows[name+".csv"]), Hours: len(at)}
		found, largest := map[int]bool{}, 0.0
		for i := range z {
			within := slices.IndexFunc(windows[name+".csv"], func(w byline.Window) bool { return w.Contains(at[i]) })
			if math.Abs(z[i]) > largest {
				largest, o.Largest = math.Abs(z[i]), within >= 0
			}
			switch {
			case math.Abs(z[i]) <= DefaultCutoff:
			case within >= 0:
				found[within] = true
			default:
				o.Alarms++
			}
		}
		o.Found = len(found)
		got[name] = o
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func labelledWindows(t *testing.T, folder string) map[string][]byline.Window {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "combined_windows.json"))
	require.NoError(t, err)
	var raw map[string][][2]string
	require.NoError(t, json.Unmarshal(data, &raw))
	windows := map[string][]byline.Window{}
	for name, all := range raw {
		for _, w := range all {
			start, err := time.Parse("2006-01-02 15:04:05", w[0])
			require.NoError(t, err)
			end, err := time.Parse("2006-01-02 15:04:05", w[1])
			require.NoError(t, err)
			windows[name] = append(windows[name], byline.Window{Start: start.Truncate(time.Hour), End: end})
		}
	}
	return windows
}

func hourly(t *testing.T, file string) (at []time.Time, values []float64) {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	n := 0.0
	for _, row := range rows[1:] {
		when, err := time.Parse("2006-01-02 15:04:05", row[0])
		require.NoError(t, err)
		x, err := strconv.ParseFloat(row[1], 64)
		require.NoError(t, err)
		if hour := when.Truncate(time.Hour); len(at) == 0 || !at[len(at)-1].Equal(hour) {
			at, values, n = append(at, hour), append(values, 0), 0
		}
		n++
		values[len(values)-1] += (x - values[len(values)-1]) / n
	}
	return at, values
}

func TestDetrended(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(6, 6))
	for n := range 40 {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(rng.IntN(9))
		}
		for _, beside := range []int{0, 1, 4, 14} {
			got := detrended(values, beside)
			for i, x := range values {
				if want := x - sortedMedian(sortedCopy(values[max(0, i-beside):min(n, i+beside+1)])); got[i] != want {
					t.Fatalf("%d of %v by %d: %v, want %v", i, values, beside, got[i], want)
				}
			}
		}
	}
}
