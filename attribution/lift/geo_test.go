package lift

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// At effect zero power is the level, whatever the noise: a tool that finds every effect
// finds the ones that are not there.
func TestGeoPowerAtNoEffectIsTheLevel(t *testing.T) {
	t.Parallel()
	for _, noise := range []float64{0.2, 1, 6} {
		t.Run(fmt.Sprint(noise), func(t *testing.T) {
			t.Parallel()
			found, tried := 0, 0
			for seed := range uint64(120) {
				d := world(seed, 10, 66, noise)
				r, err := GeoPower(d, d.Units[:2], &GeoPowerOptions{Level: 0.9, Length: 6, Windows: 3, Step: 6, Effects: []float64{1e-20}})
				require.NoError(t, err)
				if r.Curve[1].Power != r.Curve[0].Power {
					t.Errorf("an effect of 1e-20 changes power from %v to %v", r.Curve[0].Power, r.Curve[1].Power)
				}
				found += r.Curve[0].Detected
				tried += r.Windows
			}
			if share := float64(found) / float64(tried); share < 0.04 || share > 0.17 {
				t.Errorf("where nothing happened an effect is found in %v of the windows, at a level of 90 %%", share)
			}
		})
	}
}

func TestGeoPowerRisesWithTheEffect(t *testing.T) {
	t.Parallel()
	d := world(3, 12, 80, 4)
	r, err := GeoPower(d, d.Units[:2], &GeoPowerOptions{Level: 0.9, Length: 7, Windows: 15})
	require.NoError(t, err)
	last := r.Curve[len(r.Curve)-1]
	if r.Curve[0].Power > 0.4 || last.Power != 1 || r.MDE == nil || *r.MDE <= 0 {
		t.Errorf("%s %v", r.Explain(), r.Curve)
	}
	for i, point := range r.Curve[1:] {
		if point.Power < r.Curve[i].Power-0.15 {
			t.Errorf("power falls from %v to %v at %v", r.Curve[i].Power, point.Power, point.Effect)
		}
		if point.Effect >= *r.MDE && point.Power < r.Target {
			t.Errorf("power is %v at %v, above the smallest detectable effect %v", point.Power, point.Effect, *r.MDE)
		}
	}
	if r.Separate != 3 || !slices.Contains(codesOf(r.WouldChange), "geo.windows_share") {
		t.Errorf("%d separate windows, findings %v", r.Separate, codesOf(r.WouldChange))
	}
	body, err := json.Marshal(r)
	require.NoError(t, err)
	var back GeoPowerResult
	require.NoError(t, json.Unmarshal(body, &back))
	if diff := cmp.Diff(r, back); diff != "" {
		t.Errorf("JSON (-before +after):\n%s", diff)
	}
	again, err := GeoPower(d, d.Units[:2], &GeoPowerOptions{Level: 0.9, Length: 7, Windows: 15})
	require.NoError(t, err)
	if diff := cmp.Diff(r, again); diff != "" {
		t.Errorf("twice the same question, two answers:\n%s", diff)
	}
}

func TestGeoPowerSaysWhenItLies(t *testing.T) {
	t.Parallel()
	// Whatever the window, its last periods jump: the past holds a change of its own.
	r := GeoPowerResult{
		Treated: []string{"north"}, Windows: 20, Separate: 4, Level: 0.95, Target: 0.8,
		FalsePositives: 1, Curve: []GeoPowerPoint{{Detected: 20, Power: 1}, {Effect: .1, Detected: 20, Power: 1}},
	}
	found := r.findings([]float64{0, .1}, [][]float64{make([]float64, 20), make([]float64, 20)})
	if found[0].Code != "geo.false_positives" || found[0].Severity != byline.Blocker || !strings.Contains(r.Explain(), "cannot be judged") {
		t.Errorf("%v, %s", codesOf(found), r.Explain())
	}
	r.FalsePositives, r.Curve[0].Detected = 0.25, 5
	if r.tooManyFalse() { // one of four separate ones, at 5 %: it happens one time in five
		t.Error("one false positive in four is taken for a fault of the test")
	}
}

// A past that jumps by itself shows an effect nearly everywhere, in windows that overlap so
// much that no count of separate ones can tell: the smallest effect is worth nothing.
func TestGeoPowerOfAPastThatJumps(t *testing.T) {
	t.Parallel()
	flagged := 0
	for seed := range uint64(8) {
		d := changed(world(seed, 10, 66, 1), func(unit, period int, y float64) float64 {
			if unit == 0 && period >= 46 {
				return y + 25
			}
			return y
		})
		r, err := GeoPower(d, d.Units[:1], nil)
		require.NoError(t, err)
		blocked := r.WouldChange[0].Code == "geo.false_positives" && r.WouldChange[0].Severity == byline.Blocker
		if blocked != r.tooManyFalse() || r.FalsePositives > 0.5 && (!blocked || r.MDE != nil || strings.Contains(r.Explain(), "would show")) {
			t.Errorf("wrong in %v of the windows, MDE %v, findings %v", r.FalsePositives, r.MDE, codesOf(r.WouldChange))
		}
		if r.FalsePositives > 0.1 && r.WouldChange[0].Code != "geo.false_positives" {
			t.Errorf("wrong in %v of the windows, and nothing is said of it", r.FalsePositives)
		}
		if blocked {
			flagged++
			if slices.Contains(codesOf(r.WouldChange), "geo.no_mde") {
				t.Error("two reasons for one thing")
			}
		}
	}
	if flagged < 4 {
		t.Errorf("%d of 8 pasts that jump are found out", flagged)
	}
}

// What has no misfit in any window must not pass for a perfect fit.
func TestGeoPowerOfASeriesThatNeverMoves(t *testing.T) {
	t.Parallel()
	still := changed(world(1, 6, 60, 1), func(unit, _ int, y float64) float64 {
		if unit == 2 {
			return 100
		}
		return y
	})
	power := &GeoPowerOptions{Length: 5, Windows: 4}
	_, err := GeoPower(still, still.Units[2:3], power)
	wantRefusal(t, err, "panel.no_variation")
	r, err := RankMarkets(still, &MarketOptions{Sizes: []int{1}, Power: power})
	require.NoError(t, err)
	if len(r.Markets) != 5 || r.LeftOut != 1 || !slices.Contains(codesOf(r.WouldChange), "geo.left_out") || slices.Contains(codesOf(r.WouldChange), "geo.kept") {
		t.Errorf("%d markets, %d left out, findings %v", len(r.Markets), r.LeftOut, codesOf(r.WouldChange))
	}
	nobody, err := RankMarkets(changed(still, func(_, _ int, _ float64) float64 { return -7 }), &MarketOptions{Power: power})
	require.NoError(t, err)
	if nobody.Markets == nil || len(nobody.Markets) != 0 || !slices.Contains(codesOf(nobody.WouldChange), "geo.no_market") {
		t.Errorf("%d markets, findings %v", len(nobody.Markets), codesOf(nobody.WouldChange))
	}
}

// Three regions leave room for one size only, and nobody asked for the other.
func TestRankMarketsOfThreeRegions(t *testing.T) {
	t.Parallel()
	r, err := RankMarkets(world(1, 3, 60, 1), &MarketOptions{Power: &GeoPowerOptions{Length: 5, Windows: 4}})
	require.NoError(t, err)
	if r.Fitted != 3 || len(r.Markets) != 3 {
		t.Errorf("%d fitted, %d tried", r.Fitted, len(r.Markets))
	}
}

func TestGeoPowerWantsAPastWithoutACampaign(t *testing.T) {
	t.Parallel()
	d := world(1, 6, 60, 1)
	d.Treated, d.Start = d.Units[:1], 50
	_, err := GeoPower(d, d.Units[:1], nil)
	if diff := cmp.Diff([]string{"treated geo.history"}, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	_, err = RankMarkets(d, nil)
	if diff := cmp.Diff([]string{"treated geo.history"}, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestGeoPowerRefusals(t *testing.T) {
	t.Parallel()
	d := world(1, 6, 30, 1)
	_, err := GeoPower(d, d.Units[:1], nil) // 20 windows of 14 do not fit in
	wantRefusal(t, err, "geo.few_periods")
	_, err = GeoPower(d, d.Units[:1], &GeoPowerOptions{Length: 2, Windows: 12})
	code, have, need := refusedWith(err)
	if code != "geo.few_periods" || have != 30 || need != 31 {
		t.Errorf("%q, have %v, need %v", code, have, need)
	}
	zero := changed(d, func(_, _ int, y float64) float64 { return y - 1000 })
	_, err = GeoPower(zero, d.Units[:1], &GeoPowerOptions{Length: 3, Windows: 2})
	wantRefusal(t, err, "geo.not_positive")
}

func TestGeoPowerFaults(t *testing.T) {
	t.Parallel()
	d := world(1, 3, 30, 1)
	d.Outcomes[1][2] = math.NaN()
	_, err := GeoPower(d, []string{"nowhere"}, &GeoPowerOptions{
		Length: -1, Windows: -1, Step: -1, Level: 7, Target: 2, Method: PanelSyntheticDiD, Effects: []float64{-.1, math.NaN()},
	})
	want := []string{
		"level lift.level", "length geo.length", "windows geo.windows", "step geo.step", "method geo.method", "target geo.target",
		"effects[0] geo.effect", "effects[1] geo.effect", "outcomes[1][2] panel.outcome", "treated[0] panel.treated",
	}
	if diff := cmp.Diff(want, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	d = world(1, 3, 30, 1)
	_, err = GeoPower(d, d.Units, nil)
	if diff := cmp.Diff([]string{"treated panel.no_control"}, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	_, err = GeoPower(d, nil, nil)
	if diff := cmp.Diff([]string{"treated panel.no_treated"}, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// Bias is what is found where nothing was put, as a share of the outcome.
func TestGeoPowerBias(t *testing.T) {
	t.Parallel()
	d := changed(world(3, 10, 60, 0.2), func(unit, period int, y float64) float64 {
		if unit == 0 && period >= 54 {
			return 1.1 * y
		}
		return y
	})
	r, err := GeoPower(d, d.Units[:1], &GeoPowerOptions{Length: 6, Windows: 1})
	require.NoError(t, err)
	d.Treated, d.Start = d.Units[:1], 54
	e := estimated(t, d, PanelFixedEffect)
	near(t, "bias", r.Bias, e.ATT/seriesMean(d.Outcomes[0][54:]), 1e-12)
	if r.Separate != 1 {
		t.Errorf("one window is %d separate ones", r.Separate)
	}
	one := GeoPowerResult{FalsePositives: 0.5, Windows: 2, Separate: 2, Level: 0.999}
	if !one.tooManyFalse() {
		t.Error("one of two is wrong where one of a thousand is allowed")
	}
}

func TestGrownSetsTakeTheLikest(t *testing.T) {
	t.Parallel()
	d := world(7, 5, 60, 1)
	d.Outcomes[3] = slices.Clone(d.Outcomes[0])
	s := newMarketSearch(d, MarketOptions{MaxSets: 1})
	if got := s.grown(2); len(got) != 1 || !slices.Equal(got[0], []int{0, 3}) {
		t.Errorf("grown %v", got)
	}
}

// A market in which the test is wrong comes after one that shows nothing.
func TestMarketsOfAWrongTestComeLast(t *testing.T) {
	t.Parallel()
	small := 0.01
	wrong := GeoPowerResult{Treated: []string{"a"}, FalsePositives: 0.9, Windows: 20, Separate: 2, Level: 0.95, Target: 0.8}
	sound := GeoPowerResult{Treated: []string{"b"}, MDE: &small, Windows: 20, Separate: 2, Level: 0.95, Target: 0.8, Misfit: 1}
	blind := GeoPowerResult{Treated: []string{"c"}, Windows: 20, Separate: 2, Level: 0.95, Target: 0.8}
	got := []GeoPowerResult{wrong, blind, sound}
	slices.SortStableFunc(got, byMarket)
	if diff := cmp.Diff([]GeoPowerResult{sound, blind, wrong}, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestRankMarkets(t *testing.T) {
	t.Parallel()
	d := world(7, 9, 70, 1)
	// One region moves like no other: nobody should run a test there.
	for p := range d.Outcomes[4] {
		d.Outcomes[4][p] = 100 + 40*math.Sin(float64(p*p))
	}
	power := &GeoPowerOptions{Level: 0.9, Length: 5, Windows: 4, Step: 5, Effects: []float64{.02, .1, .3}}
	r, err := RankMarkets(d, &MarketOptions{Sizes: []int{1}, Keep: 20, Power: power})
	require.NoError(t, err)
	if len(r.Markets) != 9 || !r.Exhaustive || r.Fitted != 9 {
		t.Fatalf("%d markets of %d", len(r.Markets), r.Fitted)
	}
	if worst := r.Markets[8].Treated[0]; worst != d.Units[4] {
		t.Errorf("the odd one is not last: %s", worst)
	}
	if !slices.IsSortedFunc(r.Markets, byMarket) {
		t.Error("not in order")
	}
	must, err := RankMarkets(d, &MarketOptions{Sizes: []int{2}, Include: d.Units[1:2], Exclude: d.Units[2:5], Power: power})
	require.NoError(t, err)
	if must.Fitted != 5 {
		t.Errorf("%d sets fitted, want one for each of five partners", must.Fitted)
	}
	for _, m := range must.Markets {
		if !slices.Contains(m.Treated, d.Units[1]) || slices.Contains(m.Treated, d.Units[3]) {
			t.Errorf("treated %v", m.Treated)
		}
	}
}

func TestRankMarketsIsBounded(t *testing.T) {
	t.Parallel()
	d := world(7, 12, 60, 1)
	r, err := RankMarkets(d, &MarketOptions{Sizes: []int{5}, MaxSets: 20, Keep: 2, Power: &GeoPowerOptions{Level: .9, Length: 5, Windows: 2}})
	require.NoError(t, err)
	if r.Exhaustive || r.Fitted > 12 || len(r.Markets) != 2 {
		t.Errorf("exhaustive %v, fitted %d, tried %d", r.Exhaustive, r.Fitted, len(r.Markets))
	}
	if diff := cmp.Diff([]string{"geo.search", "geo.kept"}, codesOf(r.WouldChange)[:2]); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestRankMarketsFaults(t *testing.T) {
	t.Parallel()
	d := world(7, 4, 60, 1)
	_, err := RankMarkets(d, &MarketOptions{
		Sizes: []int{0, 3}, Include: []string{d.Units[0], "x"}, Exclude: []string{d.Units[0]}, MaxSets: -1, Keep: -1, Power: &GeoPowerOptions{Level: 3},
	})
	want := []string{
		"power.level lift.level", "include[1] panel.treated", "sizes[0] geo.sizes", "sizes[1] geo.sizes",
		"include[0] panel.treated", "max_sets geo.max_sets", "keep geo.keep",
	}
	if diff := cmp.Diff(want, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	_, err = RankMarkets(PanelData{}, nil)
	if diff := cmp.Diff([]string{"units panel.units", "periods panel.periods", "sizes[0] geo.sizes"}, faultCodes(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func BenchmarkGeoPower40Units100Days(b *testing.B) {
	d := world(1, 40, 100, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := GeoPower(d, d.Units[:2], nil); err != nil {
			b.Fatal(err)
		}
	}
}
