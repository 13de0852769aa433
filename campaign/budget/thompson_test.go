package budget_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/budget"
)

func arms() []budget.Arm {
	return []budget.Arm{
		{ID: "ada", Beta: &budget.Beta{Alpha: 31, Beta: 971}},
		{ID: "bruno", Beta: &budget.Beta{Alpha: 21, Beta: 981}},
		{ID: "cleo", Beta: &budget.Beta{Alpha: 1, Beta: 1}},
	}
}

func TestDivideSumsToTheUnit(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	for run := range 200 {
		currency := []byline.Currency{byline.JPY, byline.EUR, byline.KWD}[run%3]
		total := byline.Minor(5000+r.Int64N(1_000_000), currency)
		options := budget.Thompson{Seed: r.Uint64(), Draws: 200, Floor: float64(run%4) / 12, Step: byline.Minor(1+r.Int64N(500), currency)}
		shares, left, err := budget.Divide(arms(), total, options)
		require.NoError(t, err)
		sum, chance := left.Minor(), 0.0
		steps := total.Minor() / options.Step.Minor()
		for _, s := range shares {
			sum += s.Amount.Minor()
			chance += s.Best
			if s.Amount.Minor()%options.Step.Minor() != 0 || s.Amount.Minor() < int64(options.Floor*float64(steps))*options.Step.Minor() {
				t.Errorf("%s gets %s with a floor of %g and a step of %s", s.ID, s.Amount, options.Floor, options.Step)
			}
		}
		if sum != total.Minor() || left.Minor() >= options.Step.Minor() || math.Abs(chance-1) > 1e-12 {
			t.Errorf("%v and %s are not %s", shares, left, total)
		}
		again, _, err := budget.Divide(arms(), total, options)
		require.NoError(t, err)
		if diff := cmp.Diff(shares, again); diff != "" {
			t.Errorf("the same seed gave another split:\n%s", diff)
		}
	}
}

func TestDivideMatchesTheProbability(t *testing.T) {
	t.Parallel()
	// Of two normal posteriors the first is the better one with Φ(1/√2).
	two := []budget.Arm{{ID: "ada", Normal: &budget.Normal{Mean: 1, SD: 1}}, {ID: "bruno", Normal: &budget.Normal{Mean: 0, SD: 1}}}
	// Of two exponential ones with rates 1 and 3 it is 3/4.
	three := []budget.Arm{{ID: "ada", Gamma: &budget.Gamma{Shape: 1, Rate: 1}}, {ID: "bruno", Gamma: &budget.Gamma{Shape: 1, Rate: 3}}}
	for want, arms := range map[float64][]budget.Arm{0.5 * math.Erfc(-0.5): two, 0.75: three} {
		shares, _, err := budget.Divide(arms, byline.Minor(1000, byline.EUR), budget.Thompson{Seed: 3, Draws: 10_000})
		require.NoError(t, err)
		if got := shares[0].Best; math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/10_000) {
			t.Errorf("the first is best in %g of draws, want %g", got, want)
		}
	}
}

// simulate runs periods of a standing budget over arms of known rates and returns the
// regret of each half: the conversions that the best arm would have brought above those
// that came.
func simulate(t *testing.T, seed uint64, floor float64) (first, second float64, least int64) {
	t.Helper()
	rates := []float64{0.02, 0.025, 0.03, 0.035, 0.05}
	r := rand.New(rand.NewPCG(seed, 99))
	var arms []budget.Arm
	for i := range rates {
		arms = append(arms, budget.Arm{ID: fmt.Sprint(i), Beta: &budget.Beta{Alpha: 1, Beta: 1}})
	}
	least = math.MaxInt64
	const periods, visits = 60, 500
	for period := range periods {
		shares, _, err := budget.Divide(arms, byline.Minor(visits, byline.JPY), budget.Thompson{Seed: seed<<32 + uint64(period), Draws: 200, Floor: floor})
		require.NoError(t, err)
		for i, s := range shares {
			n, hits := s.Amount.Minor(), 0.0
			for range n {
				if r.Float64() < rates[i] {
					hits++
				}
			}
			least = min(least, n)
			*arms[i].Beta = arms[i].Beta.Observe(hits, float64(n))
			if regret := float64(n) * (rates[4] - rates[i]); period < periods/2 {
				first += regret
			} else {
				second += regret
			}
		}
	}
	return first, second, least
}

func TestRegretFallsBehindTheEvenSplit(t *testing.T) {
	t.Parallel()
	const runs, even = 4, 30 * 500 * 0.018 // the even split's regret in each half
	var first, second float64
	for seed := range uint64(runs) {
		a, b, _ := simulate(t, seed, 0)
		first, second = first+a/runs, second+b/runs
	}
	t.Logf("regret %.0f and %.0f conversions by half; the even split's is %.0f in each", first, second, float64(even))
	if first > 0.6*even || second > 0.25*first {
		t.Errorf("regret %g, then %g: not sublinear, or no better than the even split's %g", first, second, float64(even))
	}
}

func TestNoArmStarvesAboveAFloor(t *testing.T) {
	t.Parallel()
	if _, _, least := simulate(t, 1, 0.05); least < 25 {
		t.Errorf("an arm got %d of 500, its floor is 25", least)
	}
	if _, _, least := simulate(t, 1, 0); least > 0 {
		t.Errorf("without a floor every arm got at least %d: the test above proves nothing", least)
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	chosen := make([]float64, 3)
	const runs = 3000
	for seed := range uint64(runs) {
		at, err := budget.Choose(arms(), budget.Thompson{Seed: seed, Floor: 0.1})
		require.NoError(t, err)
		chosen[at]++
	}
	shares, _, err := budget.Divide(arms(), byline.Minor(1, byline.EUR), budget.Thompson{Draws: 10_000})
	require.NoError(t, err)
	for i, s := range shares {
		if want := 0.1 + 0.7*s.Best; math.Abs(chosen[i]/runs-want) > 0.03 {
			t.Errorf("%s was chosen in %g, want %g", s.ID, chosen[i]/runs, want)
		}
	}
}

func TestObserve(t *testing.T) {
	t.Parallel()
	if got, want := (budget.Beta{Alpha: 1, Beta: 1}).Observe(3, 10), (budget.Beta{Alpha: 4, Beta: 8}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := (budget.Gamma{Shape: 2, Rate: 100}).Observe(5, 50), (budget.Gamma{Shape: 7, Rate: 150}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := (budget.Normal{Mean: 0, SD: 1}).Observe(4, 2, 12), (budget.Normal{Mean: 3, SD: 0.5}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestThompsonFaults(t *testing.T) {
	t.Parallel()
	bad := []budget.Arm{
		{ID: "", Beta: &budget.Beta{Alpha: 1, Beta: 1}, Normal: &budget.Normal{SD: 1}},
		{ID: "ada", Gamma: &budget.Gamma{Shape: math.NaN(), Rate: 1}},
		{ID: "ada"},
	}
	_, _, err := budget.Divide(bad, byline.Minor(-1, byline.EUR), budget.Thompson{Draws: -1, Floor: 0.5, Step: byline.Minor(0, byline.USD)})
	want := []string{
		"arms[0].id budget.arm_id", "arms[0] budget.posterior", "arms[1] budget.posterior", "arms[2].id budget.arm_id", "arms[2] budget.posterior",
		"draws budget.draws", "floor budget.exploration", "total budget.total", "step budget.currency", "step budget.step",
	}
	if diff := cmp.Diff(want, faults(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	_, err = budget.Choose(nil, budget.Thompson{})
	if diff := cmp.Diff([]string{"arms budget.arms"}, faults(err)); diff != "" {
		t.Error(diff)
	}
	_, _, err = budget.Divide(arms(), byline.Minor(2, byline.EUR), budget.Thompson{Floor: 0.1})
	if diff := cmp.Diff([]string{"floor budget.floors_exceed_total"}, faults(err)); diff != "" {
		t.Error(diff)
	}
}

func TestTinyPosteriorsStayNumbers(t *testing.T) {
	t.Parallel()
	tiny := []budget.Arm{{ID: "ada", Beta: &budget.Beta{Alpha: 0.01, Beta: 0.01}}, {ID: "bruno", Beta: &budget.Beta{Alpha: 0.01, Beta: 0.01}}}
	shares, _, err := budget.Divide(tiny, byline.Minor(1000, byline.EUR), budget.Thompson{Seed: 1, Draws: 20_000})
	require.NoError(t, err)
	if shares[1].Best < 0.2 {
		t.Errorf("of two alike, the second is best in %g", shares[1].Best)
	}
}

func TestArmSurvivesJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(arms())
	require.NoError(t, err)
	var got []budget.Arm
	require.NoError(t, json.Unmarshal(text, &got))
	if diff := cmp.Diff(arms(), got); diff != "" {
		t.Error(diff)
	}
}

// faults lists the paths and codes of an error.
func faults(err error) []string {
	var list []string
	for _, f := range byline.Nest("", err) {
		list = append(list, f.Path+" "+f.Code)
	}
	return list
}

func BenchmarkDivide(b *testing.B) {
	for b.Loop() {
		if _, _, err := budget.Divide(arms(), byline.Minor(100_000, byline.EUR), budget.Thompson{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestEqualsDrawLots(t *testing.T) {
	t.Parallel()
	// Most draws of such a rate round to 1, so that the arms are equal.
	sure := []budget.Arm{{ID: "ada", Beta: &budget.Beta{Alpha: 50, Beta: 0.01}}, {ID: "bruno", Beta: &budget.Beta{Alpha: 50, Beta: 0.01}}, {ID: "cleo", Beta: &budget.Beta{Alpha: 50, Beta: 0.01}}}
	shares, _, err := budget.Divide(sure, byline.Minor(1000, byline.EUR), budget.Thompson{Seed: 1, Draws: 9000})
	require.NoError(t, err)
	for _, s := range shares {
		if math.Abs(s.Best-1./3) > 0.03 {
			t.Errorf("%s of three alike is best in %g", s.ID, s.Best)
		}
	}
}

func TestAFloorIsNotRoundedAway(t *testing.T) {
	t.Parallel()
	for percent := range int64(33) {
		shares, _, err := budget.Divide(arms(), byline.Minor(100, byline.EUR), budget.Thompson{Draws: 100, Floor: float64(percent) / 100})
		require.NoError(t, err)
		for _, s := range shares {
			if s.Amount.Minor() < percent {
				t.Errorf("%s gets %s with a floor of %d%% of a euro", s.ID, s.Amount, percent)
			}
		}
	}
}
