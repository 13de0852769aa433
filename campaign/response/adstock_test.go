package response_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/response"
)

func TestAdstock(t *testing.T) {
	t.Parallel()
	survival := func(j float64) float64 { return math.Exp(-j * j / 4) }
	density := func(j float64) float64 { return 2.0 / 3 * (j / 3) * math.Exp(-j*j/9) }
	least, most := min(density(1), density(4)), density(2)
	level := func(j float64) float64 { return (density(j) - least) / (most - least) }
	tests := map[string]struct {
		adstock response.Adstock
		want    []float64 // of a spend of 1 in the first period
	}{
		"geometric":           {response.Geometric{Decay: 0.5}, []float64{1, .5, .25, .125, .0625}},
		"no decay":            {response.Geometric{}, []float64{1, 0, 0, 0, 0}},
		"finite":              {response.FiniteGeometric{Decay: 0.5, Window: 3}, []float64{1, .5, .25, 0, 0}},
		"finite, normalised":  {response.FiniteGeometric{Decay: 0.5, Window: 3, Normalise: true}, []float64{4. / 7, 2. / 7, 1. / 7, 0, 0}},
		"delayed":             {response.Delayed{Decay: 0.5, Delay: 1, Window: 4}, []float64{.5, 1, .5, .0625, 0}},
		"binomial":            {response.Binomial{Shape: 0.5, Window: 4}, []float64{.4, .3, .2, .1, 0}},
		"weibull, survival":   {response.WeibullCDF{Shape: 2, Scale: 2, Window: 4}, []float64{1, survival(1), survival(1) * survival(2), survival(1) * survival(2) * survival(3), 0}},
		"weibull, density":    {response.WeibullPDF{Shape: 2, Scale: 3, Window: 4}, []float64{level(1), level(2), level(3), level(4), 0}},
		"weibull, one period": {response.WeibullPDF{Shape: 2, Scale: 3, Window: 1}, []float64{1, 0, 0, 0, 0}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.adstock.Apply([]float64{1, 0, 0, 0, 0})
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateApprox(1e-14, 1e-15)); diff != "" {
				t.Errorf("weights (-want +got):\n%s", diff)
			}
			text, err := json.Marshal(tt.adstock)
			require.NoError(t, err)
			if string(text) == "{}" {
				t.Error("nothing was written")
			}
		})
	}
}

func TestNormalisedAdstockKeepsTheSpend(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		window, share := 1+r.IntN(12), 0.05+0.9*r.Float64()
		spend := make([]float64, 30+window)
		var total float64
		for i := range 30 {
			spend[i] = r.Float64() * 100
			total += spend[i]
		}
		for _, a := range []response.Adstock{
			response.FiniteGeometric{Decay: share, Window: window, Normalise: true},
			response.Delayed{Decay: share, Delay: float64(window-1) * r.Float64(), Window: window, Normalise: true},
			response.Binomial{Shape: share, Window: window},
		} {
			effective, err := a.Apply(spend)
			require.NoError(t, err)
			var got float64
			for _, x := range effective {
				got += x
			}
			if !near(got, total, 1e-12) {
				t.Errorf("%+v: %g of %g are left", a, got, total)
			}
		}
	}
}

func TestAdstockFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		adstock response.Adstock
		spend   []float64
		faults  int
	}{
		"endless decay":  {response.Geometric{Decay: 1}, nil, 1},
		"no number":      {response.Geometric{Decay: math.NaN()}, []float64{math.Inf(1), -1, 2}, 3},
		"no window":      {response.FiniteGeometric{Decay: 0.5}, nil, 1},
		"delay outside":  {response.Delayed{Decay: 0.5, Delay: 4, Window: 4}, nil, 1},
		"all of delayed": {response.Delayed{Decay: 1, Delay: -1, Window: 0}, []float64{-1}, 4},
		"binomial":       {response.Binomial{Shape: 1.5, Window: 20_000}, nil, 2},
		"weibull cdf":    {response.WeibullCDF{}, nil, 3},
		"weibull pdf":    {response.WeibullPDF{Shape: math.Inf(1), Scale: 1, Window: 2}, nil, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := tt.adstock.Apply(tt.spend)
			if got := len(byline.Nest("", err)); got != tt.faults {
				t.Errorf("%d faults, want %d: %v", got, tt.faults, err)
			}
		})
	}
}
