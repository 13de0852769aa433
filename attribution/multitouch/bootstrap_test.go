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
	"github.com/google/go-cmp/cmp/cmpopts"
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
			"in top":      {ada.InTop, 0.5},
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
		return &multitouch.BootstrapOptions{Seed: 11, Replicates: 50, Workers: workers, Pairs: []multitouch.ModelPair{{A: "linear", B: "first_touch"}}}
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
	want0 := multitouch.ChannelConfidence{
		Channel: "dario", Unseen: true, Conversions: multitouch.Interval{High: -math.Log(0.025)}, Share: multitouch.Interval{High: 1 - math.Pow(0.025, 0.001)},
		Value: multitouch.MoneyInterval{Estimate: byline.Minor(0, byline.JPY), Low: byline.Minor(0, byline.JPY), High: byline.Minor(0, byline.JPY), StandardError: byline.Minor(0, byline.JPY)},
	}
	dario, _ := last.Channel("dario")
	if diff := cmp.Diff(want0, dario, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
		t.Errorf("dario mismatch (-want +got):\n%s", diff)
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
		"pairs":                    {multitouch.BootstrapOptions{Pairs: []multitouch.ModelPair{{A: "linear", B: "linear"}, {A: "markov(1)", B: "linear"}, {}}}, []string{"pairs[0].b bootstrap.pair", "pairs[1].a bootstrap.pair", "pairs[2].a bootstrap.pair", "pairs[2].b bootstrap.pair"}},
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

// TestBootstrapUnseen holds the upper end against what it promises: with the true rate just
// there, as many months without a conversion come by as lie outside.
func TestBootstrapUnseen(t *testing.T) {
	t.Parallel()
	rows := []multitouch.Journey{{Path: []string{"ada"}, Conversions: 50, Nulls: 50}, {Path: []string{"bruno"}, Nulls: 10}}
	models := []multitouch.Model{multitouch.FirstTouch{}, multitouch.Shapley{Variant: multitouch.SetSum}, multitouch.Shapley{Variant: multitouch.OrderedPosition}, multitouch.Markov{}}
	for _, level := range []float64{0.8, 0.95} {
		c, err := collect(t, rows).Bootstrap(models, &multitouch.BootstrapOptions{Replicates: 100, Level: level, Pairs: []multitouch.ModelPair{{A: "first_touch", B: "markov(1)"}, {A: "markov(1)", B: "first_touch"}}})
		require.NoError(t, err)
		for _, m := range c.Results {
			bruno, ok := m.Channel("bruno")
			require.True(t, ok)
			empty, none := math.Exp(-bruno.Conversions.High), math.Pow(1-bruno.Share.High, 50)
			if m.Model == "markov(1)" {
				empty, none = (1-level)/2-(1-empty), (1-level)/2-(1-none) // no upper end is known
			}
			if !bruno.Unseen || bruno.InTop != 0 || math.Abs(empty-(1-level)/2) > 1e-12 || math.Abs(none-(1-level)/2) > 1e-12 {
				t.Errorf("%s at %v: %+v", m.Model, level, bruno)
			}
			if ada, _ := m.Channel("ada"); ada.Unseen || ada.InTop != 1 {
				t.Errorf("%s: %+v", m.Model, ada)
			}
		}
		// What first touch may not have seen widens both differences, each on its side.
		end := -math.Log((1 - level) / 2)
		for i, want := range []multitouch.Interval{{High: end}, {Low: -end}} {
			bruno, _ := c.Differences[i].Channel("bruno")
			if ends := bruno.Share.High - bruno.Share.Low; math.Abs(math.Pow(1-ends, 50)-(1-level)/2) > 1e-9 || bruno.Share.Low*want.High != 0 || bruno.Share.High*want.Low != 0 {
				t.Errorf("the share is %+v", bruno.Share)
			}
			if diff := cmp.Diff(want, bruno.Conversions, cmpopts.EquateApprox(1e-12, 0)); diff != "" || !bruno.Unseen || bruno.Clear() || bruno.Above != 0.5 {
				t.Errorf("%+v: mismatch (-want +got):\n%s", bruno, diff)
			}
		}
	}
}

// TestBootstrapAgesAndStages draws rows together with what only some models read.
func TestBootstrapAgesAndStages(t *testing.T) {
	t.Parallel()
	const week = 7 * 24 * time.Hour
	rows := []multitouch.Journey{
		{Path: []string{"ada", "bruno", "cleo", "ada"}, Conversions: 50, Ages: []time.Duration{3 * week, 2 * week, week, 0}, Lead: 2, Opportunity: 3},
		{Path: []string{"bruno"}, Conversions: 50, Ages: []time.Duration{0}, Lead: 1, Opportunity: 1},
	}
	c, err := collect(t, rows).Bootstrap([]multitouch.Model{multitouch.TimeDecay{}, multitouch.WShaped{}}, &multitouch.BootstrapOptions{Replicates: 200})
	require.NoError(t, err)
	for i, want := range []float64{50 * 4. / 15, 50 * 0.3} { // of cleo, in one row only
		cleo, ok := c.Results[i].Channel("cleo")
		spread := want / math.Sqrt(50)
		if !ok || math.Abs(cleo.Conversions.Estimate-want) > 1e-9 || math.Abs(cleo.Conversions.StandardError/spread-1) > 0.2 ||
			cleo.Conversions.Low < want-3*spread || cleo.Conversions.Low > want-spread || cleo.Conversions.High < want+spread || cleo.Conversions.High > want+3*spread {
			t.Errorf("%s: %+v, want %v", c.Results[i].Model, cleo, want)
		}
	}
}

// TestBootstrapUnseenBySome has ada begin journeys that others end: what last touch may not
// have seen of her is taken off what first touch gives her.
func TestBootstrapUnseenBySome(t *testing.T) {
	t.Parallel()
	for conversions, clear := range map[int64]bool{5: false, 60: true} {
		rows := []multitouch.Journey{{Path: []string{"ada", "bruno"}, Conversions: conversions}, {Path: []string{"bruno"}, Conversions: 100}}
		c, err := collect(t, rows).Bootstrap([]multitouch.Model{multitouch.FirstTouch{}, multitouch.LastTouch{}}, &multitouch.BootstrapOptions{Pairs: []multitouch.ModelPair{{A: "first_touch", B: "last_touch"}}})
		require.NoError(t, err)
		first, _ := c.Results[0].Channel("ada")
		last, _ := c.Results[1].Channel("ada")
		ada, _ := c.Differences[0].Channel("ada")
		want := multitouch.Interval{Estimate: float64(conversions), Low: first.Conversions.Low - last.Conversions.High, High: first.Conversions.High, StandardError: first.Conversions.StandardError}
		if diff := cmp.Diff(want, ada.Conversions); diff != "" || !ada.Unseen || ada.Clear() != clear || first.Unseen || !last.Unseen {
			t.Errorf("%d: %+v (-want +got):\n%s", conversions, ada, diff)
		}
		if bruno, _ := c.Differences[0].Channel("bruno"); bruno.Unseen {
			t.Errorf("%+v", bruno)
		}
	}
}

// TestBootstrapPlaces asks for places of channels that are always equal: a rounding to a
// common unit must not put the first name ahead.
func TestBootstrapPlaces(t *testing.T) {
	t.Parallel()
	rows := []multitouch.Journey{{Path: []string{"ada", "bruno", "cleo"}, Conversions: 100, Nulls: 10}, {Path: []string{"dario"}, Nulls: 3}}
	for top, want := range map[int]float64{1: 1. / 3, 2: 2. / 3, 3: 1, 4: 1, 9: 1} {
		c, err := collect(t, rows).Bootstrap([]multitouch.Model{multitouch.Linear{}, multitouch.Markov{}}, &multitouch.BootstrapOptions{Replicates: 60, Top: top})
		require.NoError(t, err)
		for _, m := range c.Results {
			for _, channel := range m.Channels[:3] {
				if math.Abs(channel.InTop-want) > 1e-12 {
					t.Errorf("%s, %d places: %+v", m.Model, top, channel)
				}
			}
			if m.Channels[3].InTop != 0 || m.Order[0].Held != 0.5 || m.Order[1].Held != 0.5 || m.Order[2].Held != 1 {
				t.Errorf("%s, %d places: dario %v, %+v", m.Model, top, m.Channels[3].InTop, m.Order)
			}
		}
	}
}

// TestBootstrapDifferences looks at models that credit the same journeys, so that their
// difference moves less than either: of 450 that ada began she ended 400.
func TestBootstrapDifferences(t *testing.T) {
	t.Parallel()
	rows := []multitouch.Journey{
		{Path: []string{"ada", "bruno"}, Conversions: 50, Value: byline.Minor(50_000, byline.EUR)},
		{Path: []string{"ada"}, Conversions: 400, Value: byline.Minor(400_000, byline.EUR)},
		{Path: []string{"bruno"}, Conversions: 400, Value: byline.Minor(400_000, byline.EUR)},
	}
	models := []multitouch.Model{multitouch.LastTouch{}, multitouch.FirstTouch{}, multitouch.TimeDecay{}, multitouch.Linear{}}
	opts := &multitouch.BootstrapOptions{Seed: 5, Replicates: 2000, Pairs: []multitouch.ModelPair{{A: "first_touch", B: "last_touch"}, {A: "time_decay(168h0m0s)", B: "linear"}, {A: "linear", B: "last_touch"}}}
	c, err := collect(t, rows).Bootstrap(models, opts)
	require.NoError(t, err)
	d, ok := c.Difference(multitouch.FirstTouch{}, multitouch.LastTouch{})
	require.True(t, ok)
	ada, ok := d.Channel("ada")
	require.True(t, ok)
	bruno, _ := d.Channel("bruno")
	// The difference is a Poisson count of mean 50, turned round for bruno.
	for what, got := range map[string][2]float64{
		"estimate": {ada.Conversions.Estimate, 50}, "error": {ada.Conversions.StandardError, math.Sqrt(50)}, "low": {ada.Conversions.Low, 37}, "high": {ada.Conversions.High, 64.5},
		"share": {ada.Share.Estimate, 1. / 17}, "error of share": {ada.Share.StandardError, math.Sqrt(16. / 17 / 17 / 850)},
		"value": {float64(ada.Value.Estimate.Minor()), 50_000}, "error of value": {float64(ada.Value.StandardError.Minor()), 7071}, "low of value": {float64(ada.Value.Low.Minor()), 37_000},
		"bruno": {bruno.Conversions.Estimate, -50}, "bruno's low": {bruno.Conversions.Low, -ada.Conversions.High}, "bruno's value": {float64(bruno.Value.High.Minor()), -float64(ada.Value.Low.Minor())},
	} {
		if math.Abs(got[0]/got[1]-1) > 0.05 {
			t.Errorf("%s is %v, want about %v", what, got[0], got[1])
		}
	}
	if ada.Above != 1 || bruno.Above != 0 || !ada.Clear() || !bruno.Clear() || d.Answered != 2000 {
		t.Errorf("%+v", d)
	}
	// The intervals by themselves overlap, and so would hide it.
	first, _ := c.Results[1].Channel("ada")
	last, _ := c.Results[0].Channel("ada")
	if first.Conversions.Low > last.Conversions.High {
		t.Errorf("%+v and %+v", first.Conversions, last.Conversions)
	}
	if refused := c.Differences[1]; refused.Refused == nil || refused.Refused.Code != "time_decay.no_ages" || refused.Channels != nil {
		t.Errorf("%+v", refused)
	}
	if half, _ := c.Differences[2].Channel("ada"); math.Abs(half.Conversions.Estimate-25) > 1e-9 {
		t.Errorf("%+v", half)
	}
	_, ok = c.Difference(multitouch.LastTouch{}, multitouch.FirstTouch{})
	_, also := d.Channel("eva")
	if ok || also {
		t.Error("there is what nobody asked for")
	}
	var back multitouch.Confidence
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, c)), &back))
	if diff := cmp.Diff(c, back); diff != "" {
		t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
	}
}

// TestBootstrapValueRefused has a whole of values that cancel out, so that a chain shares
// none of it out, or in some drawings only. A rule always can.
func TestBootstrapValueRefused(t *testing.T) {
	t.Parallel()
	euro := func(minor int64) byline.Money { return byline.Minor(minor, byline.EUR) }
	for name, tt := range map[string]struct {
		ada, bruno byline.Money
		chain, by  string
	}{
		"cancelled":     {euro(9_000_000_000), euro(-8_999_999_999), "markov.value", ""},
		"often nothing": {euro(2), euro(-1), "bootstrap.unstable", ""},
		"nothing":       {euro(20), euro(-20), "markov.value", ""},
		"all is well":   {euro(2000), euro(1000), "", ""},
	} {
		rows := []multitouch.Journey{{Path: []string{"ada"}, Conversions: 20, Nulls: 9, Value: tt.ada}, {Path: []string{"bruno"}, Conversions: 10, Nulls: 4, Value: tt.bruno}}
		c, err := collect(t, rows).Bootstrap([]multitouch.Model{multitouch.Markov{}, multitouch.LastTouch{}}, &multitouch.BootstrapOptions{Replicates: 400, Pairs: []multitouch.ModelPair{{A: "last_touch", B: "markov(1)"}}})
		require.NoError(t, err)
		var back multitouch.Confidence
		require.NoError(t, json.Unmarshal([]byte(asJSON(t, c)), &back), name)
		if diff := cmp.Diff(c, back); diff != "" {
			t.Errorf("%s: JSON round trip mismatch (-want +got):\n%s", name, diff)
		}
		for i, want := range []string{tt.chain, tt.by} {
			m := c.Results[i]
			code := ""
			if m.ValueRefused != nil {
				code = m.ValueRefused.Code
			}
			has := m.Channels[0].Value != multitouch.MoneyInterval{}
			if code != want || has != (code == "") || m.Refused != nil {
				t.Errorf("%s: %s: %q, %+v", name, m.Model, code, m.Channels[0].Value)
			}
		}
		d := c.Differences[0]
		if why := d.ValueRefused; d.Refused != nil || (why != nil) != (tt.chain != "") || (d.Channels[0].Value != multitouch.MoneyInterval{}) != (name == "all is well") {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

// TestBootstrapSize refuses before it asks for memory.
func TestBootstrapSize(t *testing.T) {
	t.Parallel()
	j, err := multitouch.NewJourneys(nil)
	require.NoError(t, err)
	for i := range 1400 {
		require.NoError(t, j.Add(multitouch.Journey{Path: []string{fmt.Sprint(i)}, Conversions: 1}))
	}
	_, err = j.Bootstrap([]multitouch.Model{multitouch.FirstTouch{}, multitouch.TimeDecay{}}, &multitouch.BootstrapOptions{Replicates: 100_000})
	var why *byline.RefusalError
	require.ErrorAs(t, err, &why)
	if why.Code != "bootstrap.too_many_credits" || why.Have != 140_000_000 || why.Need != 1<<27 {
		t.Errorf("%+v", why)
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
