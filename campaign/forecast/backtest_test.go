package forecast

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// TestBacktestCoversWhatItSays: on histories that follow the model, P10 to P90 holds about
// 80% of the posts, of all histories together.
func TestBacktestCoversWhatItSays(t *testing.T) {
	t.Parallel()
	type count struct{ posts, covered int }
	counts := map[string]count{}
	for seed := range uint64(3) {
		b, err := Backtest(past(14, 10, 100+seed), &BacktestOptions{Folds: 2, Options: Options{Draws: 300}})
		require.NoError(t, err)
		for name, c := range map[string]*Calibration{"reach": b.Reach, "clicks": b.Clicks, "conversions": b.Conversions, "revenue": b.Revenue} {
			if c == nil {
				t.Fatalf("history %d has no calibration of %s", seed, name)
			}
			counts[name] = count{counts[name].posts + c.Posts, counts[name].covered + c.Covered}
			if c.CoverageLow > c.Coverage || c.CoverageHigh < c.Coverage {
				t.Errorf("%+v", c)
			}
		}
	}
	for name, c := range counts {
		share := float64(c.covered) / float64(c.posts)
		t.Logf("%s: %.3f of %d", name, share, c.posts)
		if share < 0.73 || share > 0.87 {
			t.Errorf("%s: %.3f of %d posts are covered, want about 0.8", name, share, c.posts)
		}
	}
}

// TestBacktestFindsWhatIsWrong: a level that collapses at the first cut is a forecast that
// was too sure.
func TestBacktestFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	history := past(14, 10, 50)
	for i := range history {
		if v, _ := history[i].Reach.Value(); !history[i].At.Before(day(35)) {
			history[i].Reach = reachOf(math.Round(v / 20))
		}
	}
	b, err := Backtest(history, &BacktestOptions{Folds: 1, Options: Options{Draws: 200}})
	require.NoError(t, err)
	codes := map[string]bool{}
	for _, f := range b.Findings {
		if f.Path == "reach" {
			codes[f.Code] = true
		}
	}
	if text := b.Explain(); !strings.Contains(text, "80% should") || !strings.Contains(text, "warning: ") {
		t.Error(text)
	}
	if !codes["forecast.too_sure"] || b.Reach.Coverage > 0.3 || b.Reach.PIT[0] < b.Reach.Posts/2 {
		t.Errorf("findings %v, %+v", codes, b.Reach)
	}
}

// TestBacktestLooksOnlyBack: what comes after a cut changes nothing of its forecasts but how
// they are judged.
func TestBacktestLooksOnlyBack(t *testing.T) {
	t.Parallel()
	history := past(14, 10, 51)
	b, err := Backtest(history, &BacktestOptions{Folds: 1, Options: Options{Draws: 200}})
	require.NoError(t, err)
	for i := range history {
		if !history[i].At.Before(b.Cuts[0]) && i%3 == 0 {
			history[i].Reach = byline.Measure{}
		}
	}
	fewer, err := Backtest(history, &BacktestOptions{Folds: 1, Options: Options{Draws: 200}})
	require.NoError(t, err)
	for i := range b.Reach.PIT {
		if fewer.Reach.PIT[i] > b.Reach.PIT[i] {
			t.Errorf("tenth %d grew from %d to %d when posts went", i, b.Reach.PIT[i], fewer.Reach.PIT[i])
		}
	}
}

// TestFoldKnowsNoFuture: whatever comes after a fold's window changes nothing of it, neither
// of the forecasts nor of the plain guesses.
func TestFoldKnowsNoFuture(t *testing.T) {
	t.Parallel()
	history := past(14, 10, 56)
	o, _ := (&Options{Draws: 100}).filled()
	cuts := cutsOf(history, 3)
	window := byline.Window{Start: cuts[0], End: cuts[1]}
	want, got := newTest(inOrder(history), o), newTest(nil, o)
	want.fold(window)
	for i := range history {
		if p := &history[i]; !p.At.Before(window.End) {
			p.Reach, p.Clicks, p.Conversions, p.Revenue = reachOf(9e9), countOf(9e6), countOf(9e5), byline.Minor(1, byline.EUR)
		}
	}
	got.history = inOrder(history)
	got.fold(window)
	for name, pair := range map[string][2]tally{
		"reach": {want.reach, got.reach}, "clicks": {want.clicks, got.clicks}, "conversions": {want.sales, got.sales}, "revenue": {want.revenues, got.revenues},
	} {
		if diff := cmp.Diff(pair[0], pair[1], cmp.AllowUnexported(tally{})); diff != "" || pair[0].posts == 0 {
			t.Errorf("%s of the next fold is known before:\n%s", name, diff)
		}
	}
}

// TestFoldLearnsNothingFromItsWindow: a post at the very cut, and those after it, are judged
// and not learnt from: were they, they would bring a second definition.
func TestFoldLearnsNothingFromItsWindow(t *testing.T) {
	t.Parallel()
	history := past(14, 10, 57)
	o, _ := (&Options{Draws: 100}).filled()
	window := byline.Window{Start: cutsOf(history, 1)[0]}
	judged, atCut := 0, 0
	for i := range history {
		switch p := &history[i]; {
		case window.After(p.At):
		case i/10%2 == 0: // every other creator
			p.Reach = byline.Known(9e9, "redefined in 2026", p.At)
			if p.At.Equal(window.Start) {
				atCut++
			}
		default:
			judged++
		}
	}
	test := newTest(inOrder(history), o)
	test.fold(window)
	if test.reach.posts != judged || judged == 0 || atCut == 0 {
		t.Errorf("%d posts are judged, want %d, with %d at the cut", test.reach.posts, judged, atCut)
	}
}

// TestBacktestKeepsDefinitionsApart: posts after a redefinition are not judged by a forecast
// from before it, nor are the two learnt from together.
func TestBacktestKeepsDefinitionsApart(t *testing.T) {
	t.Parallel()
	history := past(14, 10, 54)
	o := &BacktestOptions{Folds: 1, Options: Options{Draws: 100}}
	whole, err := Backtest(history, o)
	require.NoError(t, err)
	changed := 0
	for i := range history {
		if at := history[i].At; !at.Before(whole.Cuts[0]) && i%2 == 0 {
			history[i].Reach = byline.Known(9e9, "redefined in 2026", at)
			changed++
		} else if !at.Before(whole.Cuts[0]) {
			history[i].Clicks = byline.Known(9e9, "redefined in 2026", at)
		}
	}
	apart, err := Backtest(history, o)
	require.NoError(t, err)
	if apart.Untested != changed || apart.Reach.Posts != whole.Reach.Posts-changed || apart.Clicks != nil || apart.Conversions == nil {
		t.Errorf("%d changed: %+v", changed, apart)
	}
	if text := (Backtested{Untested: 1}).Explain(); !strings.Contains(text, "1 post could not be forecast from what lay before.") {
		t.Error(text)
	}
}

// TestBacktestTellsOfRepeats: a post that is listed twice speaks and is judged twice.
func TestBacktestTellsOfRepeats(t *testing.T) {
	t.Parallel()
	history := past(14, 10, 55)
	b, err := Backtest(append(history, history[3]), &BacktestOptions{Folds: 1, Options: Options{Draws: 100}})
	require.NoError(t, err)
	if len(b.Findings) == 0 || b.Findings[0].Code != "forecast.repeated_post" {
		t.Errorf("%+v", b.Findings)
	}
}

func TestBacktestIsRepeatable(t *testing.T) {
	t.Parallel()
	history := past(10, 8, 52)
	o := &BacktestOptions{Options: Options{Draws: 100}, Folds: 2}
	want, err := Backtest(history, o)
	require.NoError(t, err)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(history), func(i, j int) { history[i], history[j] = history[j], history[i] })
	got, err := Backtest(history, o)
	require.NoError(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	var read Backtested
	require.NoError(t, json.Unmarshal(text, &read))
	if diff := cmp.Diff(want, read); diff != "" {
		t.Error(diff)
	}
}

func TestBacktestRefuses(t *testing.T) {
	t.Parallel()
	for _, history := range [][]Post{nil, past(3, 2, 1), past(30, 1, 1)} {
		_, err := Backtest(history, &BacktestOptions{Options: Options{Draws: 100}})
		require.ErrorIs(t, err, byline.ErrRefused)
	}
	_, err := Backtest(nil, &BacktestOptions{Folds: -1})
	require.ErrorIs(t, err, byline.ErrInvalid)
}

// TestCuts: where half of the posts are over, and then evenly.
func TestCuts(t *testing.T) {
	t.Parallel()
	var history []Post
	for i := range 20 {
		history = append(history, Post{At: day(19 - i)})
	}
	if diff := cmp.Diff([]time.Time{day(10), day(12), day(15), day(17)}, cutsOf(history, 4)); diff != "" {
		t.Error(diff)
	}
	for i := range history {
		history[i].At = day(1)
	}
	if cuts := cutsOf(history, 4); len(cuts) != 0 {
		t.Errorf("posts of one instant are cut at %v", cuts)
	}
}

// TestCalibrationFindings: at their limits, by Wilson's interval of 80% and more of 100.
func TestCalibrationFindings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		covered int
		plain   float64
		want    []string
	}{
		"about right": {80, 2, nil}, "too sure": {70, 2, []string{"forecast.too_sure"}}, "nearly too sure": {73, 2, nil},
		"too unsure": {88, 2, []string{"forecast.too_unsure"}}, "nearly too unsure": {87, 2, nil}, "no better": {80, 0.5, []string{"forecast.no_better"}},
	} {
		counted := tally{posts: 100, covered: c.covered, model: [3]float64{1, 1, 1}, plain: [3]float64{c.plain, c.plain, c.plain}}
		var got []string
		for _, f := range counted.calibration().findings("reach") {
			got = append(got, f.Code)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (%+v):\n%s", name, counted.calibration(), diff)
		}
	}
	// (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), worked by hand
	if low, high := wilson(0.8, 70); math.Abs(low-0.6919) > 2e-4 || math.Abs(high-0.8769) > 2e-4 {
		t.Errorf("Wilson's interval of 56 of 70 is %.4f to %.4f", low, high)
	}
	pit := tally{}
	pit.add(5, []float64{1, 5, 5, 5, 5, 5, 5, 5, 5, 9}, 4)
	if pit.pit[5] != 1 || pit.covered != 1 || pit.plain[1] != 0.5 {
		t.Errorf("a post in the middle of equal draws: %+v", pit)
	}
}

func TestPinball(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ level, actual, forecast, want float64 }{{0.9, 10, 5, 4.5}, {0.9, 5, 10, 0.5}, {0.5, 3, 3, 0}} {
		if got := pinball(c.level, c.actual, c.forecast); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("pinball(%v) = %g", c, got)
		}
	}
}
