package multitouch_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

func yields(rows []multitouch.Journey) iter.Seq2[multitouch.Journey, error] {
	return func(yield func(multitouch.Journey, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func collect(t testing.TB, rows []multitouch.Journey) *multitouch.Journeys {
	t.Helper()
	j, err := multitouch.Collect(yields(rows), nil)
	require.NoError(t, err)
	return j
}

// TestBootstrapCoverage draws many samples of journeys whose first touch is ada's with
// probability 0.3, where theory knows how far a share moves: as the square root of
// p(1-p)/n.
func TestBootstrapCoverage(t *testing.T) {
	t.Parallel()
	const p, n, samples = 0.3, 300, 200
	random := rand.New(rand.NewPCG(7, 7))
	within, ratio := 0, 0.0
	for s := range samples {
		first := 0
		for range n {
			if random.Float64() < p {
				first++
			}
		}
		rows := append(inRows(first, "ada"), inRows(n-first, "bruno", "ada")...)
		c, err := collect(t, rows).Bootstrap([]multitouch.Model{multitouch.FirstTouch{}}, &multitouch.BootstrapOptions{Seed: uint64(s), Replicates: 200})
		require.NoError(t, err)
		ada, ok := c.Results[0].Channel("ada")
		require.True(t, ok)
		share := ada.Share
		if share.Low <= p && p <= share.High {
			within++
		}
		ratio += share.StandardError / math.Sqrt(share.Estimate*(1-share.Estimate)/n) / samples
	}
	// Of 200 intervals at 0.95, 190 hold it with a standard deviation of 3.1.
	if within < 179 || within > 199 {
		t.Errorf("%d of %d intervals hold the truth", within, samples)
	}
	if math.Abs(ratio-1) > 0.02 {
		t.Errorf("standard errors are %v times those of theory", ratio)
	}
}

// inRows groups equal journeys in rows of ten at most.
func inRows(n int, path ...string) []multitouch.Journey {
	var rows []multitouch.Journey
	for ; n > 0; n -= 10 {
		rows = append(rows, multitouch.Journey{Path: path, Conversions: int64(min(n, 10))})
	}
	return rows
}

// TestBootstrapRows groups the same journeys in three ways: a row each, one row, and
// equal rows that would move as one if they were not drawn apart.
func TestBootstrapRows(t *testing.T) {
	t.Parallel()
	each := func(rows, conversions int64) []multitouch.Journey {
		var all []multitouch.Journey
		for range rows {
			for _, path := range [][]string{{"ada"}, {"bruno"}} {
				all = append(all, multitouch.Journey{Path: path, Conversions: conversions, Nulls: 3 * conversions, Value: byline.Minor(conversions*1000, byline.EUR)})
			}
		}
		return all
	}
	for _, rows := range []int64{1, 40, 200} {
		c, err := collect(t, each(rows, 200/rows)).Bootstrap([]multitouch.Model{multitouch.FirstTouch{}}, &multitouch.BootstrapOptions{Seed: 3, Replicates: 1000, Top: 1})
		require.NoError(t, err)
		ada := c.Results[0].Channels[0]
		for what, got := range map[string][2]float64{
			"conversions": {ada.Conversions.StandardError, math.Sqrt(200)},
			"share":       {ada.Share.StandardError, math.Sqrt(0.25 / 400)},
			"value":       {float64(ada.Value.StandardError.Minor()), 1000 * math.Sqrt(200)},
			"order":       {c.Results[0].Order[0].Held, 0.5},
			"in top":      {ada.InTop, 0.51},
		} {
			if math.Abs(got[0]/got[1]-1) > 0.1 {
				t.Errorf("%d rows: %s is %v, want about %v", rows, what, got[0], got[1])
			}
		}
	}
}

func bootstrapModels() []multitouch.Model {
	return append(rules(), multitouch.TimeDecay{}, multitouch.Custom{Label: "first", Weigh: func(_ multitouch.Journey, w []float64) { w[0] = 1 }})
}

// aged gives every third row ages and some rows stages, so that blocks hold both kinds.
func aged(n int, seed uint64) []multitouch.Journey {
	var rows []multitouch.Journey
	for row, err := range synthetic(n, 12, seed) {
		if err != nil {
			panic(err)
		}
		row.Path = slices.Clone(row.Path)
		if i := len(rows); i%3 == 0 {
			for k := range row.Path {
				row.Ages = append(row.Ages, time.Duration(len(row.Path)-k)*20*time.Hour)
			}
		} else if i%3 == 1 {
			row.Lead, row.Opportunity = 1, len(row.Path)
		}
		rows = append(rows, row)
	}
	return rows
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

// TestBootstrapBits asks for the same bits at any number of workers and any order of rows.
func TestBootstrapBits(t *testing.T) {
	t.Parallel()
	rows := aged(1500, 5)
	rows = append(rows, rows[:200]...) // equal rows
	opts := func(workers int) *multitouch.BootstrapOptions {
		return &multitouch.BootstrapOptions{Seed: 11, Replicates: 50, Workers: workers}
	}
	first, err := collect(t, rows).Bootstrap(bootstrapModels(), opts(1))
	require.NoError(t, err)
	want := asJSON(t, first)
	for workers := 2; workers <= 4; workers++ {
		rand.New(rand.NewPCG(1, uint64(workers))).Shuffle(len(rows), func(i, k int) { rows[i], rows[k] = rows[k], rows[i] })
		got, err := collect(t, rows).Bootstrap(bootstrapModels(), opts(workers))
		require.NoError(t, err)
		if diff := cmp.Diff(want, asJSON(t, got)); diff != "" {
			t.Errorf("%d workers: mismatch (-want +got):\n%s", workers, diff)
		}
	}
	other := opts(1)
	other.Seed++
	got, err := collect(t, rows).Bootstrap(bootstrapModels(), other)
	require.NoError(t, err)
	if asJSON(t, got) == want {
		t.Error("another seed gave the same")
	}
}

func TestBootstrapResult(t *testing.T) {
	t.Parallel()
	rows := []multitouch.Journey{
		{Path: []string{"ada", "bruno"}, Conversions: 900, Nulls: 50, Value: byline.Minor(90_000, byline.JPY)},
		{Path: []string{"cleo"}, Conversions: 100, Value: byline.Minor(5000, byline.JPY)},
		{Path: []string{"dario"}, Nulls: 10},
		{Conversions: 7, Value: byline.Minor(1, byline.JPY)},
	}
	c, err := collect(t, rows).Bootstrap([]multitouch.Model{multitouch.TimeDecay{}, multitouch.LastTouch{}}, &multitouch.BootstrapOptions{Top: 2})
	require.NoError(t, err)
	decay, ok := c.Result("time_decay(168h0m0s)")
	if !ok || decay.Refused == nil || decay.Refused.Code != "time_decay.no_ages" || decay.Channels != nil {
		t.Errorf("the model's own refusal is not carried: %+v", decay)
	}
	last, ok := c.Result("last_touch")
	require.True(t, ok)
	want := []multitouch.OrderConfidence{{Above: "bruno", Below: "cleo", Held: 1}, {Above: "cleo", Below: "ada", Held: 1}, {Above: "ada", Below: "dario", Held: 0.5}}
	if diff := cmp.Diff(want, last.Order); diff != "" {
		t.Errorf("order mismatch (-want +got):\n%s", diff)
	}
	bruno, _ := last.Channel("bruno")
	if bruno.InTop != 1 || bruno.Conversions.Estimate != 900 || bruno.Share.Estimate != 0.9 || bruno.Value.Estimate != byline.Minor(90_000, byline.JPY) {
		t.Errorf("bruno has %+v", bruno)
	}
	if dario, _ := last.Channel("dario"); dario.InTop != 0 || dario.Conversions != (multitouch.Interval{}) {
		t.Errorf("dario has %+v", dario)
	}
	if _, ok := last.Channel("eva"); ok {
		t.Error("there is a channel that was never touched")
	}
	var back multitouch.Confidence
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, c)), &back))
	if diff := cmp.Diff(c, back); diff != "" {
		t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
	}
}

func TestBootstrapFaults(t *testing.T) {
	t.Parallel()
	j := collect(t, []multitouch.Journey{{Path: []string{"ada"}, Conversions: 30}})
	for name, tt := range map[string]struct {
		opts multitouch.BootstrapOptions
		want []string
	}{
		"a level of 1":             {multitouch.BootstrapOptions{Level: 1}, []string{"level bootstrap.level"}},
		"no number":                {multitouch.BootstrapOptions{Level: math.NaN()}, []string{"level bootstrap.level"}},
		"too few replicates":       {multitouch.BootstrapOptions{Replicates: 38}, []string{"replicates bootstrap.replicates"}},
		"too few for the level":    {multitouch.BootstrapOptions{Replicates: 198, Level: 0.99}, []string{"replicates bootstrap.replicates"}},
		"too many replicates":      {multitouch.BootstrapOptions{Replicates: 100_001}, []string{"replicates bootstrap.replicates"}},
		"all that is below 0":      {multitouch.BootstrapOptions{Replicates: -1, Top: -1, MinConversions: -1, Workers: -1}, []string{"replicates bootstrap.replicates", "top bootstrap.top", "min_conversions bootstrap.min_conversions", "workers options.workers"}},
		"as few as the level lets": {multitouch.BootstrapOptions{Replicates: 39}, nil},
	} {
		_, err := j.Bootstrap([]multitouch.Model{multitouch.Linear{}}, &tt.opts)
		if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
	_, err := j.Bootstrap(nil, nil)
	if diff := cmp.Diff([]string{"models tally.no_model"}, faultsOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func faultsOf(err error) []string {
	var faults []string
	for _, f := range byline.Nest("", err) {
		faults = append(faults, f.Path+" "+f.Code)
	}
	return faults
}

func TestBootstrapRefuses(t *testing.T) {
	t.Parallel()
	many := func(value byline.Money) []multitouch.Journey {
		return []multitouch.Journey{{Path: []string{"ada"}, Conversions: 30, Value: value}}
	}
	for name, tt := range map[string]struct {
		rows []multitouch.Journey
		opts multitouch.BootstrapOptions
		want string
	}{
		"no conversion":       {[]multitouch.Journey{{Path: []string{"ada"}, Nulls: 1}}, multitouch.BootstrapOptions{}, "tally.no_conversions"},
		"too few conversions": {[]multitouch.Journey{{Path: []string{"ada"}, Conversions: 29}}, multitouch.BootstrapOptions{}, "bootstrap.too_few_conversions"},
		"fewer than asked":    {many(byline.Money{}), multitouch.BootstrapOptions{MinConversions: 31}, "bootstrap.too_few_conversions"},
		"a sum too large":     {many(byline.Minor(1<<57+1, byline.EUR)), multitouch.BootstrapOptions{}, "bootstrap.range"},
		"a sum below 0":       {many(byline.Minor(-1<<57-1, byline.EUR)), multitouch.BootstrapOptions{}, "bootstrap.range"},
	} {
		_, err := collect(t, tt.rows).Bootstrap([]multitouch.Model{multitouch.Linear{}}, &tt.opts)
		require.ErrorIs(t, err, byline.ErrRefused, name)
		var why *byline.RefusalError
		require.ErrorAs(t, err, &why)
		if why.Code != tt.want {
			t.Errorf("%s: refused with %s, want %s", name, why.Code, tt.want)
		}
	}
	// The largest that is drawn does not wrap.
	c, err := collect(t, many(byline.Minor(1<<57, byline.EUR))).Bootstrap([]multitouch.Model{multitouch.Linear{}}, nil)
	require.NoError(t, err)
	if v := c.Results[0].Channels[0].Value; v.Low.Minor() < 1<<55 || v.High.Minor() < v.Low.Minor() {
		t.Errorf("the value is %+v", v)
	}
	// With two conversions, so many replicates have none that the ends mean nothing.
	c, err = collect(t, []multitouch.Journey{{Path: []string{"ada"}, Conversions: 2}}).Bootstrap([]multitouch.Model{multitouch.Linear{}}, &multitouch.BootstrapOptions{MinConversions: 1, Replicates: 200})
	require.NoError(t, err)
	if why := c.Results[0].Refused; why == nil || why.Code != "bootstrap.unstable" || why.Need != 190 || why.Have > 189 {
		t.Errorf("the result is %+v", c.Results[0])
	}
}

// A model says that ada is ahead of bruno; how sure is it?
func ExampleJourneys_Bootstrap() {
	journeys, err := multitouch.NewJourneys(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range []multitouch.Journey{
		{Path: []string{"ada"}, Conversions: 60, Nulls: 900},
		{Path: []string{"bruno"}, Conversions: 52, Nulls: 700},
		{Path: []string{"ada", "cleo"}, Conversions: 10, Nulls: 80},
	} {
		if err := journeys.Add(row); err != nil {
			fmt.Println(err)
			return
		}
	}
	confidence, err := journeys.Bootstrap([]multitouch.Model{multitouch.Linear{}}, &multitouch.BootstrapOptions{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range confidence.Results[0].Channels {
		fmt.Printf("%s %.0f conversions, between %.0f and %.0f\n", c.Channel, c.Conversions.Estimate, c.Conversions.Low, c.Conversions.High)
	}
	for _, o := range confidence.Results[0].Order {
		fmt.Printf("%s is ahead of %s in %.0f %% of the replicates\n", o.Above, o.Below, 100*o.Held)
	}
	// Output:
	// ada 65 conversions, between 50 and 82
	// bruno 52 conversions, between 38 and 66
	// cleo 5 conversions, between 2 and 8
	// ada is ahead of bruno in 89 % of the replicates
	// bruno is ahead of cleo in 100 % of the replicates
}

// BenchmarkBootstrap draws 10,000 journeys 200 times for five models.
func BenchmarkBootstrap(b *testing.B) {
	j, err := multitouch.Collect(synthetic(10_000, 50, 42), nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := j.Bootstrap(rules()[:5], &multitouch.BootstrapOptions{Replicates: 200}); err != nil {
			b.Fatal(err)
		}
	}
}
