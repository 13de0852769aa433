package reach_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
)

func euros(n int64) byline.Money { return byline.Minor(n*100, "EUR") }

// four are small audiences: ada is the largest, bruno within hers, cleo apart, dario
// between both.
func four(t testing.TB) []reach.Candidate {
	t.Helper()
	return []reach.Candidate{
		{Creator: "dario", Sketch: people(t, nil, 90, 110), Cost: euros(10)},
		{Creator: "ada", Sketch: people(t, nil, 0, 100), Cost: euros(200)},
		{Creator: "cleo", Sketch: people(t, nil, 100, 130), Cost: euros(30)},
		{Creator: "bruno", Sketch: people(t, nil, 0, 50), Cost: euros(25)},
	}
}

type brief struct {
	Creator            byline.CreatorID
	Added, Rest, Reach float64
	Spent              byline.Money
}

func briefly(c *reach.Curve) []brief {
	var steps []brief
	for _, s := range c.Steps {
		steps = append(steps, brief{s.Creator, s.Added.Value, s.Rest.Value, s.Reach.Value, s.Spent})
	}
	return steps
}

func TestIncremental(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		by   reach.CurveOrder
		want []brief
	}{
		"by people": {"", []brief{
			{"ada", 100, 40, 100, euros(200)}, {"cleo", 30, 20, 130, euros(230)},
			{"dario", 0, 0, 130, euros(240)}, {"bruno", 0, 0, 130, euros(265)},
		}},
		"per cost": {reach.PeoplePerMoney, []brief{
			{"bruno", 50, 0, 50, euros(25)}, {"dario", 20, 0, 70, euros(35)},
			{"cleo", 20, 20, 90, euros(65)}, {"ada", 40, 40, 130, euros(265)},
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			candidates := four(t)
			r := rand.New(rand.NewPCG(1, 1))
			for range 5 {
				c, err := reach.Incremental(candidates, tt.by)
				require.NoError(t, err)
				if diff := cmp.Diff(tt.want, briefly(c)); diff != "" || c.Method != reach.Exact {
					t.Fatalf("%s (-want +got):\n%s", c.Method, diff)
				}
				if per := c.Steps[0].PerMoney; per == nil || *per != c.Steps[0].Added.Value/c.Steps[0].Cost.Decimal().InexactFloat64() {
					t.Fatalf("per euro: %v", per)
				}
				r.Shuffle(len(candidates), func(i, k int) { candidates[i], candidates[k] = candidates[k], candidates[i] })
			}
		})
	}
}

func TestTiesGoToTheCheaperAndTheFirstID(t *testing.T) {
	t.Parallel()
	same := func(id byline.CreatorID, from uint64, cost int64) reach.Candidate {
		return reach.Candidate{Creator: id, Sketch: people(t, nil, from, from+10), Cost: euros(cost)}
	}
	candidates := []reach.Candidate{same("dario", 30, 5), same("cleo", 20, 5), same("bruno", 10, 7), same("ada", 0, 0), same("eve", 0, 0)}
	for _, by := range []reach.CurveOrder{reach.MostPeople, reach.PeoplePerMoney} {
		c, err := reach.Incremental(candidates, by)
		require.NoError(t, err)
		var got []byline.CreatorID
		for _, s := range c.Steps {
			got = append(got, s.Creator)
		}
		want := []byline.CreatorID{"ada", "cleo", "dario", "bruno", "eve"}
		if by == reach.PeoplePerMoney {
			// Nobody for nothing is no better than somebody for something.
			want = []byline.CreatorID{"ada", "eve", "cleo", "dario", "bruno"}
			want = append(append([]byline.CreatorID{"ada"}, want[2:]...), "eve")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", by, diff)
		}
		if c.Steps[0].PerMoney != nil {
			t.Error("what costs nothing has people per euro")
		}
	}
}

func TestIncrementalOfManyIsWithinItsError(t *testing.T) {
	t.Parallel()
	const n, audiences = 10_000, 6
	candidates := make([]reach.Candidate, audiences)
	for i := range uint64(audiences) {
		// Each shares 5% with the next, and they shrink.
		candidates[i] = reach.Candidate{Creator: name(int(i)), Sketch: people(t, nil, i*(n*95/100), i*(n*95/100)+n-i*600)}
	}
	c, err := reach.Incremental(candidates, "")
	require.NoError(t, err)
	if c.Method != reach.HyperLogLog || len(c.Steps) != audiences {
		t.Fatalf("%+v", c)
	}
	seen := map[uint64]bool{}
	for _, s := range c.Steps {
		before := len(seen)
		var i uint64
		for name(int(i)) != s.Creator {
			i++
		}
		for id := i * (n * 95 / 100); id < i*(n*95/100)+n-i*600; id++ {
			seen[id] = true
		}
		for what, e := range map[string]struct {
			got   reach.Estimate
			truth int
		}{"added": {s.Added, len(seen) - before}, "reach": {s.Reach, len(seen)}} {
			if math.Abs(e.got.Value-float64(e.truth)) > 4*e.got.StandardError || e.got.StandardError == 0 {
				t.Errorf("%s %s: %+v, truth %d", s.Creator, what, e.got, e.truth)
			}
		}
		if s.Rest.Low > s.Alone.High || s.PerMoney != nil || !s.Spent.IsZero() {
			t.Errorf("%+v", s)
		}
	}
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var back reach.Curve
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(c, &back); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestUnknownAudiencesAreSetApart(t *testing.T) {
	t.Parallel()
	c, err := reach.Incremental([]reach.Candidate{{Creator: "cleo"}, {Creator: "ada", Sketch: people(t, nil, 0, 3)}, {Creator: "bruno"}}, "")
	require.NoError(t, err)
	if diff := cmp.Diff([]byline.CreatorID{"cleo", "bruno"}, c.Unplaced); diff != "" || len(c.Steps) != 1 {
		t.Errorf("%d steps, unplaced (-want +got):\n%s", len(c.Steps), diff)
	}
	if diff := cmp.Diff([]string{"curve.audience_unknown", "curve.audience_unknown"}, codesOf(c.Findings)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	nobody, err := reach.Incremental([]reach.Candidate{{Creator: "cleo"}}, "")
	require.NoError(t, err)
	if len(nobody.Steps) != 0 || nobody.Steps == nil {
		t.Errorf("%+v", nobody)
	}
}

func TestIncrementalRefuses(t *testing.T) {
	t.Parallel()
	two := func(a, b byline.Money) []reach.Candidate {
		return []reach.Candidate{{Creator: "ada", Sketch: &reach.Sketch{}, Cost: a}, {Creator: "bruno", Cost: b}}
	}
	none := byline.Money{}
	tests := map[string]struct {
		in   []reach.Candidate
		by   reach.CurveOrder
		want []at
	}{
		"mixed currencies":   {two(euros(1), byline.Minor(1, "USD")), "", []at{{"candidates[1].cost", "curve.currency"}}},
		"a negative cost":    {two(euros(1), euros(-1)), "", []at{{"candidates[1].cost", "curve.cost"}}},
		"a cost for one":     {two(euros(1), none), "", []at{{"candidates[1].cost", "curve.cost"}}},
		"a cost for another": {two(none, euros(1)), "", []at{{"candidates[1].cost", "curve.cost"}}},
		"no cost to go by":   {two(none, none), reach.PeoplePerMoney, []at{{"candidates[0].cost", "curve.cost"}}},
		"costs without end":  {two(byline.Minor(math.MaxInt64, "EUR"), euros(1)), "", []at{{"candidates", "curve.cost_sum"}}},
		"an order of hope":   {two(none, none), "hope", []at{{"order", "curve.order"}}},
		"a creator twice":    {append(two(none, none), reach.Candidate{Creator: "ada"}), "", []at{{"candidates[2].creator", "reach.creator_twice"}}},
		"another seed": {
			append(two(none, none), reach.Candidate{Creator: "cleo", Sketch: people(t, &reach.SketchOptions{Seed: 3}, 0, 1)}), "",
			[]at{{"candidates[2].sketch.seed", "sketch.seed"}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := reach.Incremental(tt.in, tt.by)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	_, err := reach.Incremental(nil, "")
	require.ErrorIs(t, err, byline.ErrRefused)
}
