package rank

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestQuantileInvertsCDF: also where the parameters are extreme.
func TestQuantileInvertsCDF(t *testing.T) {
	t.Parallel()
	for _, b := range []Belief{
		{Beta, 1, 1}, {Beta, 0.5, 0.5}, {Beta, 13.7, 236.6}, {Beta, 0.02, 3}, {Beta, 1e6, 1e8}, {Beta, 3, 1e-2},
		{Gamma, 1, 1}, {Gamma, 0.05, 2}, {Gamma, 1e7, 1e-3}, {Gamma, 4, 1e9}, {Normal, -3, 1e-6}, {Normal, 1e9, 40},
	} {
		require.NoError(t, b.Check())
		last := math.Inf(-1)
		for _, p := range []float64{1e-9, 0.001, 0.025, 0.5, 0.9, 0.975, 1 - 1e-9} {
			x, err := b.Quantile(p)
			require.NoError(t, err)
			if math.IsNaN(x) || x < last {
				t.Errorf("%v: quantile %g is %g, after %g", b, p, x, last)
			}
			last = x
			// A neighbouring float may be as near as one gets.
			if low, high := b.CDF(math.Nextafter(x, math.Inf(-1))), b.CDF(math.Nextafter(x, math.Inf(1))); low > p+1e-8 || high < p-1e-8 {
				t.Errorf("%v: quantile %g is %g with CDF %g to %g", b, p, x, low, high)
			}
		}
	}
	_, err := Belief{Beta, 1, 1}.Quantile(math.NaN())
	require.Error(t, err)
}

func TestDrawHasMeanAndSD(t *testing.T) {
	t.Parallel()
	source := rand.NewPCG(3, 4)
	for _, b := range []Belief{{Beta, 2, 5}, {Beta, 0.001, 0.002}, {Gamma, 3, 7}, {Normal, 2, 3}, {Point, 4, 0}} {
		const draws = 20000
		total, squares := 0.0, 0.0
		for range draws {
			x := b.Draw(source)
			total, squares = total+x, squares+(x-b.Mean())*(x-b.Mean())
		}
		if math.Abs(total/draws-b.Mean()) > 4.5*b.SD()/math.Sqrt(draws) || math.Abs(math.Sqrt(squares/draws)-b.SD()) > 0.05*b.SD() {
			t.Errorf("%v: drawn mean %g, sd %g, want %g, %g", b, total/draws, math.Sqrt(squares/draws), b.Mean(), b.SD())
		}
	}
}

func TestBeliefCheck(t *testing.T) {
	t.Parallel()
	for _, b := range []Belief{
		{}, {"other", 1, 1}, {Beta, 0, 1}, {Beta, 1, math.Inf(1)}, {Gamma, 1, -1}, {Normal, 1, 0}, {Normal, math.NaN(), 1}, {Point, 1, 1}, {Gamma, 1e101, 1},
	} {
		if b.Check() == nil {
			t.Errorf("%+v is taken", b)
		}
	}
}

// TestPredictions: the distribution against probabilities formed one by one.
func TestPredictions(t *testing.T) {
	t.Parallel()
	betaTerm := func(a, b, n, k float64) float64 {
		return math.Exp(logChoose(n, k) + lnBeta(k+a, n-k+b) - lnBeta(a, b))
	}
	gammaTerm := func(a, b, e, k float64) float64 {
		up, _ := math.Lgamma(a + k)
		down, _ := math.Lgamma(a)
		return math.Exp(up - down - logFactorial(k) + a*math.Log(b/(b+e)) + k*math.Log(e/(b+e)))
	}
	for name, c := range map[string]struct {
		predict func() (Prediction, error)
		term    func(k float64) float64
	}{
		"beta-binomial":     {func() (Prediction, error) { return Belief{Beta, 14, 236}.Successes(300) }, func(k float64) float64 { return betaTerm(14, 236, 300, k) }},
		"u-shaped":          {func() (Prediction, error) { return Belief{Beta, 0.1, 0.2}.Successes(150) }, func(k float64) float64 { return betaTerm(0.1, 0.2, 150, k) }},
		"binomial":          {func() (Prediction, error) { return Belief{Point, 0.3, 0}.Successes(40) }, func(k float64) float64 { return math.Exp(logChoose(40, k)) * math.Pow(0.3, k) * math.Pow(0.7, 40-k) }},
		"negative binomial": {func() (Prediction, error) { return Belief{Gamma, 3, 2}.Events(5) }, func(k float64) float64 { return gammaTerm(3, 2, 5, k) }},
		"poisson":           {func() (Prediction, error) { return Belief{Point, 0.7, 0}.Events(5) }, func(k float64) float64 { return math.Exp(k*math.Log(3.5) - 3.5 - logFactorial(k)) }},
	} {
		p, err := c.predict()
		require.NoError(t, err, name)
		total := 0.0
		for k := range 40 {
			before := total
			total += c.term(float64(k))
			if math.Abs(p.CDF(float64(k))-total) > 1e-11 {
				t.Errorf("%s: CDF(%d) is %.15g, want %.15g", name, k, p.CDF(float64(k)), total)
			}
			if middle := (before + total) / 2; total-before > 1e-9 && middle < 1 {
				if q, err := p.Quantile(middle); err != nil || q != float64(k) {
					t.Errorf("%s: quantile %g is %g, %v, want %d", name, middle, q, err, k)
				}
			}
		}
	}
}

func lnBeta(a, b float64) float64 {
	x, _ := math.Lgamma(a)
	y, _ := math.Lgamma(b)
	z, _ := math.Lgamma(a + b)
	return x + y - z
}

// TestPredictionOfMany: the walk from 0 survives weights too small for a float.
func TestPredictionOfMany(t *testing.T) {
	t.Parallel()
	p, err := Belief{Beta, 5e5, 5e5}.Successes(200000)
	require.NoError(t, err)
	q, err := p.Quantile(0.5)
	require.NoError(t, err)
	if q < 99995 || q > 100005 {
		t.Errorf("the median of a fair coin thrown 200,000 times is %g", q)
	}
}

func TestPredictionDraws(t *testing.T) {
	t.Parallel()
	source := rand.NewPCG(5, 6)
	successes, err := Belief{Beta, 2, 8}.Successes(50)
	require.NoError(t, err)
	events, err := Belief{Gamma, 4, 2}.Events(10)
	require.NoError(t, err)
	average, err := Belief{Normal, 7, 2}.Average(1.5)
	require.NoError(t, err)
	if q, err := average.Quantile(0.8413447460685429); err != nil || math.Abs(q-9.5) > 1e-9 { // one standard deviation: √(2² + 1.5²)
		t.Errorf("the new average: %g, %v", q, err)
	}
	for name, p := range map[string]Prediction{"successes": successes, "events": events, "average": average} {
		const draws = 8000
		below := 0
		median, err := p.Quantile(0.5)
		require.NoError(t, err)
		for range draws {
			if p.Draw(source) <= median {
				below++
			}
		}
		if want := p.CDF(median); math.Abs(float64(below)/draws-want) > 4.5*math.Sqrt(0.25/draws) {
			t.Errorf("%s: %d of %d draws are at most the median, want %g of them", name, below, draws, want)
		}
	}
	for _, wrong := range []func() (Prediction, error){
		func() (Prediction, error) { return Belief{Gamma, 1, 1}.Successes(1) },
		func() (Prediction, error) { return Belief{Beta, 1, 1}.Successes(-1) },
		func() (Prediction, error) { return Belief{Beta, 1, 1}.Events(1) },
		func() (Prediction, error) { return Belief{Gamma, 1, 1}.Events(math.NaN()) },
		func() (Prediction, error) { return Belief{Gamma, 1, 1}.Average(1) },
		func() (Prediction, error) { return Belief{}.Average(1) },
	} {
		if _, err := wrong(); err == nil {
			t.Error("a prediction of what the belief is not about")
		}
	}
}
