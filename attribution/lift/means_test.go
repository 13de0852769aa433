package lift_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/lift"
)

func anyUnits() *lift.Options { return &lift.Options{MinUnits: -1} }

// Twelve values by hand: means 5 and 3, variances 10/3 and 2, so s.e. is sqrt(10/12+2/5).
func TestMeansByHand(t *testing.T) {
	t.Parallel()
	treated, err := lift.SampleOf([]float64{3, 4, 6, 7})
	require.NoError(t, err)
	control, err := lift.SampleOf([]float64{1, 2, 3, 4, 5})
	require.NoError(t, err)
	if diff := cmp.Diff(lift.Sample{N: 4, Mean: 5, Variance: 10. / 3}, treated); diff != "" {
		t.Error(diff)
	}
	m, err := lift.CompareMeans(treated, control, anyUnits())
	require.NoError(t, err)
	a, b := 10./12, 2.5/5
	closely(t, "difference", m.Difference, 2)
	closely(t, "s.e.", m.StandardError, math.Sqrt(a+b))
	closely(t, "df", m.DegreesOfFreedom, (a+b)*(a+b)/(a*a/3+b*b/4))
	closely(t, "t", m.T, 2/math.Sqrt(a+b))
	survives(t, m)
	mirror, err := lift.CompareMeans(control, treated, anyUnits())
	require.NoError(t, err)
	closely(t, "mirrored low", mirror.Interval.Low, -m.Interval.High)
	closely(t, "mirrored p", mirror.PValue, m.PValue)
}

// With 2 degrees of freedom the t distribution has a closed form.
func TestMeansClosedForm(t *testing.T) {
	t.Parallel()
	m, err := lift.CompareMeans(lift.Sample{N: 3, Mean: 9, Variance: 3}, lift.Sample{N: 50, Mean: 5}, anyUnits())
	require.NoError(t, err)
	closely(t, "df", m.DegreesOfFreedom, 2)
	closely(t, "p", m.PValue, 1-4/math.Sqrt(2+16))
	q := 0.95 * math.Sqrt(2/(1-0.95*0.95))
	closely(t, "low", m.Interval.Low, 4-q)
	closely(t, "high", m.Interval.High, 4+q)
}

// The finding says how far the border is: moved by that much, the p value is 0.05.
func TestMeansTipping(t *testing.T) {
	t.Parallel()
	treated, control := lift.Sample{N: 500, Mean: 5300, Variance: 4e6}, lift.Sample{N: 400, Mean: 5000, Variance: 5e6}
	m, err := lift.CompareMeans(treated, control, nil)
	require.NoError(t, err)
	treated.Mean -= m.Interval.Low
	border, err := lift.CompareMeans(treated, control, nil)
	require.NoError(t, err)
	closely(t, "p on the border", border.PValue, 0.05)
	if diff := cmp.Diff([]string{"means.tipping", "means.level"}, found(m.WouldChange)); diff != "" {
		t.Error(diff)
	}
	if want := fmt.Sprintf("closer to 0 by %.0f would no longer", m.Interval.Low); !strings.Contains(m.WouldChange[0].Message, want) {
		t.Errorf("%q is not in %q", want, m.WouldChange[0].Message)
	}
}

// At an end of the interval the t test of treated - ratio * control is on the border.
func TestLiftOfMeans(t *testing.T) {
	t.Parallel()
	treated, control := lift.Sample{N: 500, Mean: 5300, Variance: 4e6}, lift.Sample{N: 400, Mean: 5000, Variance: 5e6}
	m, err := lift.CompareMeans(treated, control, nil)
	require.NoError(t, err)
	closely(t, "lift", m.Lift.Value, 0.06)
	closely(t, "incremental", m.Incremental.Value, 150000)
	bound := (m.Interval.High - m.Difference) / m.StandardError
	for _, end := range []float64{m.Lift.Interval.Low, m.Lift.Interval.High} {
		ratio := 1 + end
		border := (treated.Mean - ratio*control.Mean) / math.Sqrt(treated.Variance/500+ratio*ratio*control.Variance/400)
		closely(t, "t on the border", math.Abs(border), bound)
	}
	survives(t, m)
	// 180 is above 0 by 1.6 standard errors: no ratio to it has two ends.
	for _, mean := range []float64{0, -5, 0.1, 180} {
		m, err = lift.CompareMeans(treated, lift.Sample{N: 400, Mean: mean, Variance: 5e6}, nil)
		require.NoError(t, err)
		if m.Lift != nil || m.LiftMissing != "lift.control_mean_near_zero" {
			t.Errorf("control mean %g has lift %v", mean, m.Lift)
		}
	}
}

// Values at the edge of what is taken stay finite.
func FuzzCompareMeans(f *testing.F) {
	f.Add(int64(2), 1e50, 1e50, int64(1e12), -1e50, 1e-300)
	f.Add(int64(20), 5e-324, 5e-324, int64(20), 5e-324, 0.0)
	f.Add(int64(5000), 1e50, 1e-300, int64(5000), -1e50, 1e-300)
	f.Add(int64(100), 1.0, 1.0, int64(100), 1e-160, 0.0)
	f.Add(int64(3), 1e50, 0.0, int64(3), 1e-100, 1e-310)
	f.Fuzz(func(t *testing.T, n int64, mean, variance float64, m int64, other, spread float64) {
		r, err := lift.CompareMeans(lift.Sample{N: n, Mean: mean, Variance: variance}, lift.Sample{N: m, Mean: other, Variance: spread}, anyUnits())
		if err != nil {
			return
		}
		survives(t, r)
		if !r.Interval.Contains(r.Difference) || !(r.PValue >= 0 && r.PValue <= 1) {
			t.Errorf("%+v", r)
		}
	})
}

// The mean of equal values that no float64 holds exactly must not make a spread of them.
func TestEqualValuesHaveNoSpread(t *testing.T) {
	t.Parallel()
	for _, v := range []float64{0.1, 0.3, 19.99, 1e6 / 3, -1e50 / 7} {
		for _, n := range []int{3, 1000, 12345} {
			got, err := lift.SampleOf(slices.Repeat([]float64{v}, n))
			require.NoError(t, err)
			if diff := cmp.Diff(lift.Sample{N: int64(n), Mean: v}, got); diff != "" {
				t.Error(diff)
			}
		}
	}
}

func TestSampleOfMoneyIsExact(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		amounts []byline.Money
		want    lift.Sample
	}{
		"none":             {nil, lift.Sample{}},
		"one":              {[]byline.Money{byline.Minor(250, byline.EUR)}, lift.Sample{N: 1, Mean: 250}},
		"yen and nothing":  {[]byline.Money{byline.Minor(10, byline.JPY), {}}, lift.Sample{N: 2, Mean: 5, Variance: 50}},
		"dinars":           {[]byline.Money{byline.Minor(1050, byline.KWD), byline.Minor(1052, byline.KWD)}, lift.Sample{N: 2, Mean: 1051, Variance: 2}},
		"largest":          {[]byline.Money{byline.Minor(math.MaxInt64, byline.EUR), byline.Minor(math.MaxInt64-2, byline.EUR)}, lift.Sample{N: 2, Mean: math.MaxInt64 - 1, Variance: 2}},
		"of both signs":    {[]byline.Money{byline.Minor(-3, byline.EUR), byline.Minor(3, byline.EUR)}, lift.Sample{N: 2, Variance: 18}},
		"nothing but none": {[]byline.Money{{}, {}, {}}, lift.Sample{N: 3}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := lift.SampleOfMoney(c.amounts)
			require.NoError(t, err)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	_, err := lift.SampleOfMoney([]byline.Money{byline.Minor(1, byline.EUR), byline.Minor(1, byline.JPY)})
	faulty(t, err, "[1] sample.currency")
}

func TestMeansRefusesAndFaults(t *testing.T) {
	t.Parallel()
	_, err := lift.CompareMeans(lift.Sample{N: 1}, lift.Sample{N: 50, Variance: 1}, anyUnits())
	refused(t, err, "lift.too_few_units")
	_, err = lift.CompareMeans(lift.Sample{N: 50, Mean: 3}, lift.Sample{N: 50, Mean: 4}, nil)
	refused(t, err, "means.constant")
	_, err = lift.CompareMeans(lift.Sample{N: -1, Mean: math.NaN()}, lift.Sample{N: 50, Variance: math.Inf(1)}, nil)
	faulty(t, err, "treated.n sample.n", "treated.mean sample.finite", "control.variance sample.variance")
	_, err = lift.CompareMeans(lift.Sample{N: 50}, lift.Sample{N: 50, Variance: -1}, nil)
	faulty(t, err, "control.variance sample.variance")
	_, err = lift.SampleOf([]float64{1, math.NaN(), math.Inf(-1)})
	faulty(t, err, "[1] sample.finite", "[2] sample.finite")
}
