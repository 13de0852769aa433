package forecast

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

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

func TestPinball(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ level, actual, forecast, want float64 }{{0.9, 10, 5, 4.5}, {0.9, 5, 10, 0.5}, {0.5, 3, 3, 0}} {
		if got := pinball(c.level, c.actual, c.forecast); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("pinball(%v) = %g", c, got)
		}
	}
}
