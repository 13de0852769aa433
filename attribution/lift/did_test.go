package lift_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution/lift"
)

// Full-time employment per store, from the rounded means that Card and Krueger print.
func TestCardKrueger(t *testing.T) {
	t.Parallel()
	c := lift.TwoByTwo{
		TreatedBefore: lift.Sample{N: 321, Mean: 20.44, Variance: 83}, TreatedAfter: lift.Sample{N: 319, Mean: 21.03, Variance: 86},
		ControlBefore: lift.Sample{N: 77, Mean: 23.33, Variance: 140}, ControlAfter: lift.Sample{N: 77, Mean: 21.17, Variance: 68},
	}
	within(t, "difference", c.Difference(), 2.75, 1e-12)
	d, err := lift.CompareCells(c, nil)
	require.NoError(t, err)
	within(t, "difference", d.Difference, 2.75, 1e-12)
	closely(t, "s.e.", d.StandardError, math.Sqrt(83./321+86./319+140./77+68./77))
	if diff := cmp.Diff([]string{"did.trends_unchecked", "did.tipping", "did.level"}, found(d.WouldChange)); diff != "" {
		t.Error(diff)
	}
	survives(t, d)
}

func history(unit string, treated bool, values ...float64) lift.UnitHistory {
	return lift.UnitHistory{Unit: unit, Treated: treated, Before: values[:len(values)-1], After: values[len(values)-1:]}
}

// Units whose changes are known: treated 3, 4, 6, 7 and control 1..5.
func changes() []lift.UnitHistory {
	var units []lift.UnitHistory
	for i, change := range []float64{3, 4, 6, 7, 1, 2, 3, 4, 5} {
		base := float64(10 * i)
		units = append(units, history(fmt.Sprint(i), i < 4, base, base+change))
	}
	return units
}

func TestUnitChangesAreWelchOfDifferences(t *testing.T) {
	t.Parallel()
	d, err := lift.CompareChanges(changes(), anyUnits())
	require.NoError(t, err)
	closely(t, "difference", d.Difference, 2)
	closely(t, "s.e.", d.StandardError, math.Sqrt(10./12+2.5/5))
	if d.Trends != nil || d.TreatedUnits != 4 || d.ControlUnits != 5 {
		t.Errorf("%+v", d)
	}
	mirrored := changes()
	for i := range mirrored {
		mirrored[i].Treated = !mirrored[i].Treated
	}
	m, err := lift.CompareChanges(mirrored, anyUnits())
	require.NoError(t, err)
	closely(t, "mirrored", m.Interval.High, -d.Interval.Low)
	survives(t, d)
}

// With every unit its own cluster the cluster-robust error is White's with its factors.
func TestClusters(t *testing.T) {
	t.Parallel()
	units := changes()
	for i := range units {
		units[i].Cluster = units[i].Unit
	}
	d, err := lift.CompareChanges(units, anyUnits())
	require.NoError(t, err)
	white := (4.+1+1+4)/16 + 10./25
	closely(t, "s.e.", d.StandardError, math.Sqrt(white*9/8*8/7))
	closely(t, "df", d.DegreesOfFreedom, 3) // four clusters are treated, five are not
	if d.Clusters != 9 || d.WouldChange[len(d.WouldChange)-1].Code != "did.few_clusters" {
		t.Errorf("%+v", d)
	}
	// Copies of a unit in its cluster bring nothing new but for the factor.
	var copied []lift.UnitHistory
	for _, u := range units {
		for k := range 3 {
			u.Unit = fmt.Sprint(u.Cluster, "/", k)
			copied = append(copied, u)
		}
	}
	c, err := lift.CompareChanges(copied, anyUnits())
	require.NoError(t, err)
	closely(t, "copied s.e.", c.StandardError, math.Sqrt(white*9/8*26/25))
	for i := range units {
		units[i].Cluster = fmt.Sprint(i % 5)
	}
	_, err = lift.CompareChanges(units, anyUnits())
	refused(t, err, "did.too_few_clusters")
}

// Where a cluster holds units of both groups, what moves it moves both and cancels.
func TestClustersThatHoldBothGroups(t *testing.T) {
	t.Parallel()
	var units []lift.UnitHistory
	for c := range 30 {
		for i := range 2 {
			u := history(fmt.Sprint(c, "/", i), i == 0, 0, float64(100*(c%7)+(c*c+i)%5))
			u.Cluster = fmt.Sprint(c)
			units = append(units, u)
		}
	}
	d, err := lift.CompareChanges(units, nil)
	require.NoError(t, err)
	if d.StandardError > 1 || d.DegreesOfFreedom != 29 {
		t.Errorf("s.e. %g, %g degrees of freedom", d.StandardError, d.DegreesOfFreedom)
	}
}

func TestCellsDegreesOfFreedom(t *testing.T) {
	t.Parallel()
	cell := lift.Sample{N: 30, Variance: 2}
	d, err := lift.CompareCells(lift.TwoByTwo{cell, cell, cell, cell}, nil)
	require.NoError(t, err)
	closely(t, "df", d.DegreesOfFreedom, 4*29)
}

// Few treated clusters among many others must not pass for many: with one degree of
// freedom less than there are clusters three treated ones found an effect 17 times in 100.
func TestFewTreatedClustersKeepTheLevel(t *testing.T) {
	t.Parallel()
	clusters := func(seed uint64, treated int) []lift.UnitHistory {
		r := rand.New(rand.NewPCG(seed, 3))
		var units []lift.UnitHistory
		for c := range 30 {
			moves := 5 * r.NormFloat64()
			for i := range 10 {
				u := history(fmt.Sprint(c, "/", i), c < treated, 0, moves+r.NormFloat64())
				u.Cluster = fmt.Sprint(c)
				units = append(units, u)
			}
		}
		return units
	}
	wrong, worlds := 0, 200
	for seed := range uint64(worlds) {
		d, err := lift.CompareChanges(clusters(seed, 3), nil)
		require.NoError(t, err)
		if d.Conclusion != lift.Undecided {
			wrong++
		}
	}
	if wrong > 24 { // 10 are due, and three treated clusters remain a little too bold
		t.Errorf("an effect in %d of %d worlds without one", wrong, worlds)
	}
	_, err := lift.CompareChanges(clusters(1, 1), &lift.Options{MinUnits: 5})
	refused(t, err, "did.too_few_clusters")
}

// What only rounding tells apart is constant.
func TestChangesThatAreConstantButForRounding(t *testing.T) {
	t.Parallel()
	var units []lift.UnitHistory
	for i := range 60 {
		base, up := 100.1+3.7*float64(i), 0.3*float64(i%2)
		units = append(units, history(fmt.Sprint(i), i%2 == 1, base, base+.1, base+.1+up))
	}
	_, err := lift.CompareChanges(units, nil)
	refused(t, err, "means.constant")
	for i := range units {
		units[i].Cluster = units[i].Unit
	}
	_, err = lift.CompareChanges(units, nil)
	refused(t, err, "means.constant")
	for i := range units {
		units[i].After[0] += float64(i % 5) // the changes differ now, the slopes still do not
	}
	d, err := lift.CompareChanges(units, nil)
	require.NoError(t, err)
	if d.Trends.Differ || d.Trends.Difference != 0 || d.Trends.PValue != 1 {
		t.Errorf("parallel trends: %+v", *d.Trends)
	}
}

// panel has treated units that rise by slope per period more than the others, and by
// effect after.
func panel(slope, effect float64) []lift.UnitHistory {
	var units []lift.UnitHistory
	noise := rand.New(rand.NewPCG(1, 2))
	for i := range 60 {
		treated := i%2 == 0
		var values []float64
		for period := range 7 {
			v := 100 + float64(period) + 3*noise.NormFloat64()
			if treated {
				v += slope * float64(period)
			}
			values = append(values, v)
		}
		if treated {
			values[6] += effect
		}
		units = append(units, history(fmt.Sprint(i), treated, values...))
	}
	return units
}

func TestTrends(t *testing.T) {
	t.Parallel()
	apart, err := lift.CompareChanges(panel(2, 0), nil)
	require.NoError(t, err)
	if apart.Conclusion != lift.Broken || !apart.Trends.Differ || apart.WouldChange[0].Code != "did.trends_differ" {
		t.Errorf("%s, %+v", apart.Conclusion, apart.Trends)
	}
	closely(t, "periods", apart.Trends.Periods, 3.5)
	survives(t, apart)
	alike, err := lift.CompareChanges(panel(0, 20), nil)
	require.NoError(t, err)
	if alike.Conclusion != lift.Raised || alike.Trends.Differ || alike.WouldChange[0].Severity != "info" {
		t.Errorf("%s, %+v", alike.Conclusion, alike.WouldChange[0])
	}
	slower, err := lift.CompareChanges(panel(2, 100), nil)
	require.NoError(t, err)
	if slower.Conclusion != lift.Raised || slower.WouldChange[0].Code != "did.trends_differ" || slower.WouldChange[0].Severity != "warning" {
		t.Errorf("a slope that is far from making all of it: %s, %+v", slower.Conclusion, slower.WouldChange[0])
	}
	gone := slower.Difference - slower.Trends.Difference*slower.Trends.Periods
	if want := fmt.Sprintf("the difference would be %.0f instead of", gone); !strings.Contains(slower.WouldChange[0].Message, want) {
		t.Errorf("%q is not in %q", want, slower.WouldChange[0].Message)
	}
	ruled := panel(0, 0)
	for i, u := range ruled {
		u.After[0] = float64(i % 7)
		if ruled[i].Before = []float64{1, 1}; u.Treated {
			ruled[i].Before = []float64{1, 9}
		}
	}
	straight, err := lift.CompareChanges(ruled, nil)
	require.NoError(t, err)
	if f := straight.WouldChange[0]; f.Code != "did.trends_differ" || f.Severity != "warning" || straight.Trends.PValue != 0 || straight.Trends.Difference != 8 {
		t.Errorf("slopes without any spread: %s %+v", straight.Conclusion, straight.Trends)
	}
	survives(t, straight)
	small, err := lift.CompareChanges(panel(0, 0.5), nil)
	require.NoError(t, err)
	if small.WouldChange[0].Code != "did.trends_alike" || small.WouldChange[0].Severity != "warning" {
		t.Errorf("a slope that is not ruled out makes all of it: %+v", small.WouldChange[0])
	}
}

func TestChangesRefuseAndFault(t *testing.T) {
	t.Parallel()
	_, err := lift.CompareChanges(nil, nil)
	refused(t, err, "lift.too_few_units")
	_, err = lift.CompareChanges(changes(), nil)
	refused(t, err, "lift.too_few_units")
	same := panel(0, 0)
	for i := range same {
		same[i].Before, same[i].After = []float64{1, 1}, []float64{4}
	}
	_, err = lift.CompareChanges(same, nil)
	refused(t, err, "means.constant")
	for i := range same {
		same[i].Cluster = same[i].Unit
	}
	_, err = lift.CompareChanges(same, nil)
	refused(t, err, "means.constant")
	_, err = lift.CompareChanges([]lift.UnitHistory{
		history("a", true, 1, 2), history("a", true, 1, 2, 3), {Unit: "b", Cluster: "c", Before: []float64{math.NaN()}},
	}, nil)
	faulty(t, err, "[1].unit did.unit", "[1] did.periods", "[2] did.periods", "[2].cluster did.cluster", "[2].before[0] sample.finite")
	_, err = lift.CompareCells(lift.TwoByTwo{}, anyUnits())
	refused(t, err, "lift.too_few_units")
	cell := lift.Sample{N: 30, Mean: 1}
	_, err = lift.CompareCells(lift.TwoByTwo{cell, cell, cell, cell}, nil)
	refused(t, err, "means.constant")
	_, err = lift.CompareCells(lift.TwoByTwo{TreatedAfter: lift.Sample{Mean: math.Inf(1)}}, nil)
	faulty(t, err, "treated_after.mean sample.finite")
}
