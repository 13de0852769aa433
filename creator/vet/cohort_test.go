package vet_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

func TestShrunk(t *testing.T) {
	t.Parallel()
	p := vet.Prior{Mean: 0.03, Strength: 2000, Creators: 50, At: now()}
	for in, want := range map[vet.Tally]float64{{60, 1000}: 0.04, {6000, 100000}: 6060.0 / 102000, {}: 0.03, {1, 1}: 61.0 / 2001} {
		r, err := p.Shrunk(in)
		require.NoError(t, err)
		near(t, fmt.Sprint(in), valueOf(t, r), want, 1e-12)
		if *r.Low >= want || *r.High <= want {
			t.Errorf("%v lies in %v to %v", in, *r.Low, *r.High)
		}
	}
	for _, in := range []vet.Tally{{2, 1}, {-1, 5}, {1, 0}, {math.NaN(), 1}, {1, math.Inf(1)}} {
		if _, err := p.Shrunk(in); !errors.Is(err, byline.ErrInvalid) {
			t.Errorf("%v: %v", in, err)
		}
	}
	r, err := vet.Prior{}.Shrunk(vet.Tally{})
	require.NoError(t, err)
	refusedAs(t, r, "engagement.prior_empty")
}

// TestPriorIsLearnt draws creators from a known prior.
func TestPriorIsLearnt(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(2, 2))
	var cohort []vet.Tally
	for range 400 { // rates of mean .03 and variance of a Beta prior worth 300
		rate := 0.03 + math.Sqrt(0.03*0.97/301)*rng.NormFloat64()
		n, events := float64(500+rng.IntN(1000)), 0.0
		for range int(n) {
			if rng.Float64() < rate {
				events++
			}
		}
		cohort = append(cohort, vet.Tally{Events: events, Exposure: n})
	}
	p, err := vet.NewPrior(cohort, now())
	require.NoError(t, err)
	near(t, "mean", p.Mean, 0.03, 0.001)
	near(t, "strength", p.Strength, 300, 60)
	if p.Findings != nil || p.Creators != 400 {
		t.Errorf("prior %+v", p)
	}
	few, err := vet.NewPrior(cohort[:19], now())
	require.NoError(t, err)
	near(t, "strength of few", few.Strength, vet.DefaultPriorStrength, 0)
	same := make([]vet.Tally, 30)
	for i := range same {
		same[i] = vet.Tally{Events: 3, Exposure: 100}
	}
	alike, err := vet.NewPrior(same, now())
	require.NoError(t, err)
	near(t, "strength of equals", alike.Strength, 3000, 0)
	if got := append(codesOf(few.Findings), codesOf(alike.Findings)...); !cmp.Equal(got, []string{"engagement.prior_default", "engagement.prior_no_variation"}) {
		t.Errorf("findings %v", got)
	}
	if _, err := vet.NewPrior(nil, now()); !errors.Is(err, byline.ErrRefused) {
		t.Errorf("no creators: %v", err)
	}
	if _, err := vet.NewPrior([]vet.Tally{{2, 1}, {1, 1}, {1, 0}}, now()); err == nil || len(byline.Nest("", err)) != 2 {
		t.Errorf("two faults: %v", err)
	}
}

func rate(value float64, by string) creator.Reading {
	return creator.Reading{Metric: vet.EngagementRate, Platform: byline.Instagram, Value: byline.Known(value, by, now()), Count: 9}
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	values := make([]float64, 100)
	for i := range values {
		values[i] = float64(100-i) / 1000 // 0.001 to 0.100
	}
	values[0], values[1] = 0.05, 0.05 // in place of .100 and .099
	c, err := vet.NewCohort("ours", "d", now(), values)
	require.NoError(t, err)
	for in, want := range map[float64]float64{0: 0, 0.05: (49 + 52) / 200.0, 0.0505: 0.52, 1: 1} {
		r := c.Percentile(rate(in, "d"))
		near(t, fmt.Sprint(in), valueOf(t, r), want, 1e-12)
		if r.Metric != vet.EngagementPercentile || r.Source != "ours, 2026-11-22" || *r.Low > want || *r.High < want {
			t.Errorf("reading %+v", r)
		}
	}
	wide := rate(0.05, "d")
	wide.Low, wide.High = new(0.02), new(0.09)
	r, narrow := c.Percentile(wide), c.Percentile(rate(0.05, "d"))
	if *r.Low >= *narrow.Low || *r.High <= *narrow.High {
		t.Errorf("the reading's own interval does not count: %v to %v", *r.Low, *r.High)
	}
	refusedAs(t, c.Percentile(rate(0.05, "other")), "cohort.other_definition")
	refusedAs(t, c.Percentile(creator.Reading{Metric: vet.EngagementRate}), "cohort.no_reading")
	small, err := vet.NewCohort("small", "d", now(), values[:19])
	require.NoError(t, err)
	refusedAs(t, small.Percentile(rate(0.05, "d")), "cohort.too_few")
	refusedAs(t, new(vet.Cohort).Percentile(rate(0.05, "")), "cohort.too_few")
}

func TestCohortRoundTrip(t *testing.T) {
	t.Parallel()
	c, err := vet.NewCohort("ours", "d", now(), []float64{3, 1, 2})
	require.NoError(t, err)
	data, err := json.Marshal(c)
	require.NoError(t, err)
	if want := `{"name":"ours","definition":"d","at":"2026-11-22T12:00:00Z","values":[1,2,3]}`; string(data) != want {
		t.Errorf("JSON is %s", data)
	}
	var back vet.Cohort
	require.NoError(t, json.Unmarshal(data, &back))
	if back.Name() != "ours" || back.Definition() != "d" || back.Len() != 3 {
		t.Errorf("back is %+v", back)
	}
	if err := json.Unmarshal([]byte(`{"values":[1]}`), &back); !errors.Is(err, byline.ErrInvalid) {
		t.Errorf("a cohort without a name: %v", err)
	}
	_, err = vet.NewCohort("", "", time.Time{}, []float64{1, math.NaN(), math.Inf(1)})
	if len(byline.Nest("", err)) != 4 {
		t.Errorf("four faults: %v", err)
	}
}

// TestPercentileRises checks that a higher rate never has a lower place.
func TestPercentileRises(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 3))
	values := make([]float64, 60)
	for i := range values {
		values[i] = math.Round(20*rng.Float64()) / 20
	}
	c, err := vet.NewCohort("ours", "d", now(), values)
	require.NoError(t, err)
	before := -1.0
	for x := -0.1; x < 1.1; x += 0.01 {
		at := valueOf(t, c.Percentile(rate(x, "d")))
		if at < before {
			t.Errorf("%v has place %v after %v", x, at, before)
		}
		before = at
	}
}

func TestBenchmarks(t *testing.T) {
	t.Parallel()
	table := vet.PublishedBenchmarks()
	for _, b := range table {
		if b.Source == "" || b.Published == "" || b.ReadAt.IsZero() || b.Confidence == "" || b.Note == "" {
			t.Errorf("not sourced and dated: %+v", b)
		}
		if b.P25 != nil && !(*b.P25 < *b.Median && *b.Median < *b.P75) {
			t.Errorf("quartiles do not rise: %+v", b)
		}
		if b.Platform == byline.YouTube && b.Per == creator.Views && b.Until.IsZero() {
			t.Errorf("views of before the change: %+v", b)
		}
	}
	perView := vet.Variant{Counts: []creator.Metric{creator.Comments, creator.Likes}, Per: creator.Views}
	rows, err := table.For(byline.YouTube, perView, 10_000)
	require.NoError(t, err)
	near(t, "median of micro", *rows[0].Median, 0.0374, 1e-12)
	own := table[:5] // of Instagram, likes and comments per follower
	for name, counts := range map[string][]creator.Metric{
		"fewer": {creator.Likes}, "more": {creator.Likes, creator.Comments, creator.Shares},
	} {
		_, err := own.For(byline.Instagram, vet.Variant{Counts: counts, Per: creator.FollowerCount}, 5000)
		if no, ok := errors.AsType[*byline.RefusalError](err); !ok || no.Code != "benchmark.other_basis" {
			t.Errorf("a variant that counts %s: %v", name, err)
		}
	}
	for code, in := range map[string]struct {
		on        byline.Platform
		v         vet.Variant
		followers int64
	}{
		"benchmark.no_platform": {byline.Podcast, perView, 10_000},
		"benchmark.other_basis": {byline.LinkedIn, perView, 10_000},
		"benchmark.no_tier":     {byline.YouTube, vet.Variant{Counts: perView.Counts, Per: creator.Views}, -5},
	} {
		if code == "benchmark.no_tier" {
			in.v, in.on = vet.DefaultVariant(), byline.Instagram
			table = table[:5]
		}
		_, err := table.For(in.on, in.v, in.followers)
		if no, ok := errors.AsType[*byline.RefusalError](err); !ok || no.Code != code {
			t.Errorf("%s: %v", code, err)
		}
		table = vet.PublishedBenchmarks()
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	v := vet.Variant{Counts: []creator.Metric{creator.Likes, creator.Comments}, Per: creator.Views}
	b := vet.Benchmark{
		Platform: byline.Instagram, Counts: v.Counts, Per: v.Per, P25: new(0.02), Median: new(0.03), P75: new(0.05),
		Published: "2026", Source: "a study", ReadAt: now(), Until: now().Add(1),
	}
	tests := []struct{ value, low, high, from, to float64 }{
		{0.01, 0.01, 0.01, 0, 0.25}, {0.02, 0.02, 0.02, 0.25, 0.5}, {0.04, 0.04, 0.04, 0.5, 0.75}, {0.05, 0.05, 0.05, 0.75, 1},
		{0.04, 0.025, 0.06, 0.25, 1},
	}
	for _, tt := range tests {
		r := rate(tt.value, v.Definition())
		r.Low, r.High = &tt.low, &tt.high
		placed := b.Place(r, v)
		refusedAs(t, placed, "benchmark.band_only")
		if *placed.Low != tt.from || *placed.High != tt.to || placed.Level != 0 || codesOf(placed.Findings)[0] != "benchmark.band" {
			t.Errorf("%v lies in %v to %v", tt, *placed.Low, *placed.High)
		}
	}
	refusedAs(t, b.Place(creator.Reading{}, v), "cohort.no_reading")
	refusedAs(t, b.Place(rate(0.04, ""), vet.DefaultVariant()), "benchmark.other_basis")
	refusedAs(t, b.Place(rate(0.04, vet.DefaultVariant().Definition()), v), "benchmark.other_basis")
	elsewhere := b
	elsewhere.Platform = byline.TikTok
	refusedAs(t, elsewhere.Place(rate(0.04, v.Definition()), v), "benchmark.other_basis")
	average := b
	average.P25, average.Median, average.P75, average.Average = nil, nil, nil, new(0.04)
	refusedAs(t, average.Place(rate(0.04, v.Definition()), v), "benchmark.average_only")
	b.Until = now()
	refusedAs(t, b.Place(rate(0.04, v.Definition()), v), "benchmark.redefined")
}

// readingsOf are the rates of accounts of a platform, by a definition.
func readingsOf(n int, on byline.Platform, by string) []creator.Reading {
	readings := make([]creator.Reading, n)
	for i := range readings {
		readings[i] = creator.Reading{Metric: vet.EngagementRate, Platform: on, Value: byline.Known(float64(i+1)/1000, by, now())}
	}
	return readings
}

func TestCohortOf(t *testing.T) {
	t.Parallel()
	readings := readingsOf(30, byline.Instagram, "d")
	refused := creator.Reading{Metric: vet.EngagementRate, Platform: byline.Instagram, Value: byline.Missing(byline.TooFew, "other", now())}
	c, err := vet.CohortOf("ours", now(), append([]creator.Reading{refused}, readings...))
	require.NoError(t, err)
	if c.Name() != "ours" || c.Definition() != "d" || c.Platform() != byline.Instagram || c.Len() != 30 {
		t.Errorf("cohort %+v", c)
	}
	near(t, "place", valueOf(t, c.Percentile(rate(0.0155, "d"))), 0.5, 1e-12)
	tiktok := rate(0.0155, "d")
	tiktok.Platform = byline.TikTok
	refusedAs(t, c.Percentile(tiktok), "cohort.other_platform")

	data, err := json.Marshal(c)
	require.NoError(t, err)
	var back vet.Cohort
	require.NoError(t, json.Unmarshal(data, &back))
	refusedAs(t, back.Percentile(tiktok), "cohort.other_platform")
	if diff := cmp.Diff(c.Percentile(rate(0.0155, "d")), back.Percentile(rate(0.0155, "d"))); diff != "" {
		t.Errorf("after a round trip:\n%s", diff)
	}
}

func TestCohortOfRefuses(t *testing.T) {
	t.Parallel()
	_, err := vet.CohortOf("ours", now(), make([]creator.Reading, 30))
	if no, ok := errors.AsType[*byline.RefusalError](err); !ok || no.Code != "cohort.no_reading" {
		t.Errorf("no value: %v", err)
	}
	views := readingsOf(1, byline.Instagram, "d")[0]
	views.Metric = vet.ViewRate
	mixed := append(readingsOf(2, byline.Instagram, "d"), views, readingsOf(1, byline.TikTok, "d")[0], readingsOf(1, byline.Instagram, "e")[0])
	_, err = vet.CohortOf("", now(), mixed)
	var got []string
	for _, f := range byline.Nest("", err) {
		got = append(got, f.Path+" "+f.Code)
	}
	want := []string{"name cohort.name", "readings[2] cohort.mixed", "readings[3] cohort.mixed", "readings[4] cohort.mixed"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// TestReadKeepsPlatformsApart reads two platforms by one definition.
func TestReadKeepsPlatformsApart(t *testing.T) {
	t.Parallel()
	by := vet.DefaultVariant().Definition()
	tiktok, err := vet.CohortOf("tiktok", now(), readingsOf(30, byline.TikTok, by))
	require.NoError(t, err)
	instagram, err := vet.CohortOf("instagram", now(), readingsOf(20, byline.Instagram, by))
	require.NoError(t, err)
	o := &vet.Options{At: now(), Cohorts: []*vet.Cohort{tiktok, instagram}}
	r, _ := vet.Read(dossier(100, 200, 300, 400, 500, 600, 700), ada(), o).Get(vet.EngagementPercentile, byline.Instagram)
	near(t, "place among those of Instagram", valueOf(t, r), 1, 0)
	if r.Source != "instagram, 2026-11-22" {
		t.Errorf("source %s", r.Source)
	}
}

// TestPriorOfOneExposureEach has creators who cannot show how much they differ; none of
// them may be ranked by what chance gave them.
func TestPriorOfOneExposureEach(t *testing.T) {
	t.Parallel()
	for _, exposure := range []float64{1, 0.5} {
		cohort := make([]vet.Tally, 40)
		for i := range cohort {
			cohort[i] = vet.Tally{Events: exposure * float64(i%2), Exposure: exposure}
		}
		p, err := vet.NewPrior(cohort, now())
		require.NoError(t, err)
		near(t, "strength", p.Strength, vet.DefaultPriorStrength, 0)
		if got := codesOf(p.Findings); !cmp.Equal(got, []string{"engagement.prior_default"}) {
			t.Errorf("findings %v", got)
		}
	}
}

// TestPriorByHand has 20 creators of 10 exposures, half with 2 events and half with 8: the
// spread of 18 exceeds the 4.75 of chance, so that the correlation is 13.25/42.75.
func TestPriorByHand(t *testing.T) {
	t.Parallel()
	cohort := make([]vet.Tally, 20)
	for i := range cohort {
		cohort[i] = vet.Tally{Events: 2 + 6*float64(i%2), Exposure: 10}
	}
	p, err := vet.NewPrior(cohort, now())
	require.NoError(t, err)
	near(t, "mean", p.Mean, 0.5, 1e-12)
	near(t, "strength", p.Strength, 42.75/13.25-1, 1e-9)
}
