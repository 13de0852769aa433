package vet_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

// everyMetric is what Read always returns.
func everyMetric() []string {
	return []string{
		vet.PostsPerWeek, vet.SponsoredShare, vet.CommentsPerLike, vet.EngagementConsistency, vet.EngagementPercentile, vet.EngagementRate,
		vet.SponsoredRatio, vet.EngagementTrimmedMean, vet.ViewRate, vet.GrowthRate, vet.SuspiciousGrowth, vet.MedianViews,
		vet.AudienceFit, vet.FakeShare, vet.DuplicateComments, vet.GenericComments, vet.SpamComments, vet.RepeatCommenters,
		vet.EarlyComments, vet.PodComments, vet.NegativeComments, vet.PositiveComments,
	}
}

func metricsOf(readings creator.Readings) []string {
	var all []string
	for _, r := range readings {
		all = append(all, r.Metric)
	}
	return all
}

func TestReadIsComplete(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]*creator.Dossier{"nothing": nil, "empty": {}, "posts": dossier(1, 2, 3, 4, 5, 6), "growth": grew(walk(90, 1e4, 9, 2, 1))} {
		readings := vet.Read(d, ada(), nil)
		got, want := metricsOf(readings), everyMetric()
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: metrics (-want +got):\n%s", name, diff)
		}
		checkReadings(t, readings)
	}
}

func TestReadHasAConstantOfEach(t *testing.T) {
	t.Parallel()
	readings := vet.Read(nil, ada(), nil)
	for _, metric := range everyMetric() {
		r, ok := readings.Get(metric, byline.Instagram)
		if _, known := r.Value.Value(); !ok || known || r.Refusal == nil {
			t.Errorf("%s is %+v", metric, r)
		}
	}
}

func TestReadPlaces(t *testing.T) {
	t.Parallel()
	d := dossier(100, 200, 300, 400, 500, 600, 700)
	of := func(o vet.Options) creator.Reading {
		r, _ := vet.Read(d, ada(), &o).Get(vet.EngagementPercentile, byline.Instagram)
		return r
	}
	values := make([]float64, 20)
	ours, err := vet.NewCohort("ours", vet.DefaultVariant().Definition(), now(), values)
	require.NoError(t, err)
	other, err := vet.NewCohort("other", "d", now(), values)
	require.NoError(t, err)
	near(t, "place among zeros", valueOf(t, of(vet.Options{Cohorts: []*vet.Cohort{other, ours}})), 1, 0)
	refusedAs(t, of(vet.Options{Cohorts: []*vet.Cohort{other}, Benchmarks: vet.Benchmarks{}}), "benchmark.no_platform")
	refusedAs(t, of(vet.Options{}), "benchmark.average_only")
	brands := vet.Benchmark{Platform: byline.Instagram, Counts: vet.DefaultVariant().Counts, Per: creator.FollowerCount, Median: new(0.005), Brands: true}
	refusedAs(t, of(vet.Options{Benchmarks: vet.Benchmarks{brands}}), "benchmark.brands_only")
	creators := brands
	creators.Brands, creators.Median = false, new(0.01)
	average := creators
	average.Median, average.Average = nil, new(0.01)
	if r := of(vet.Options{Benchmarks: vet.Benchmarks{brands, average, creators}}); r.Low == nil || *r.Low != 0.5 {
		t.Errorf("band %+v", r)
	}
}

func TestReadWithFaultyOptions(t *testing.T) {
	t.Parallel()
	o := &vet.Options{Variant: &vet.Variant{}, Cohorts: []*vet.Cohort{nil}}
	if err := o.Validate(); !errors.Is(err, byline.ErrInvalid) || len(byline.Nest("", err)) != 3 {
		t.Errorf("faults: %v", err)
	}
	require.NoError(t, (*vet.Options)(nil).Validate())
	readings := vet.Read(dossier(1, 2, 3, 4, 5, 6), ada(), o)
	for _, metric := range []string{vet.EngagementRate, vet.EngagementPercentile} {
		r, _ := readings.Get(metric, byline.Instagram)
		refusedAs(t, r, "read.options")
	}
	if len(readings) != len(everyMetric()) {
		t.Errorf("metrics %v", metricsOf(readings))
	}
}

func TestReadAtTheLastMeasure(t *testing.T) {
	t.Parallel()
	d := dossier(100, 200, 300, 400, 500, 600)
	if diff := cmp.Diff(vet.Read(d, ada(), &vet.Options{At: now()}), vet.Read(d, ada(), nil)); diff != "" {
		t.Errorf("(-at now +at the last measure):\n%s", diff)
	}
}

func TestReadIsReproducible(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 9))
	d := randomDossier(rng)
	before, err := json.Marshal(d)
	require.NoError(t, err)
	want := vet.Read(d, ada(), nil)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if diff := cmp.Diff(want, vet.Read(d, ada(), nil)); diff != "" {
				t.Errorf("readings differ:\n%s", diff)
			}
		})
	}
	group.Wait()
	after, err := json.Marshal(d)
	require.NoError(t, err)
	if diff := cmp.Diff(string(before), string(after)); diff != "" {
		t.Errorf("reading changed the dossier:\n%s", diff)
	}
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var back creator.Readings
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(want, back); diff != "" {
		t.Errorf("round trip:\n%s", diff)
	}
}

func TestReviews(t *testing.T) {
	t.Parallel()
	review := func(by, rubric string, daysAgo int, marks ...creator.Mark) creator.Review {
		return creator.Review{By: by, Rubric: rubric, At: now().AddDate(0, 0, -daysAgo), Marks: marks}
	}
	mark := func(question string, value float64) creator.Mark {
		return creator.Mark{Question: question, Value: known(value, "1-5")}
	}
	d := dossier()
	d.Reviews = []creator.Review{
		review("bruno", "r2", 9, mark("light", 1), mark("tone", 2)),
		review("bruno", "r2", 3, mark("light", 4)),
		review("cleo", "r2", 5, mark("light", 5)),
		review("dario", "r1", 1, mark("light", 2)),
		review("ella", "r2", -1, mark("light", 1), mark("future", 1)),
		review("finn", "r2", 2, creator.Mark{Question: "sound"}),
	}
	readings := vet.Read(d, ada(), &vet.Options{At: now()})
	light, _ := readings.Get("review.light", byline.Instagram)
	near(t, "light", valueOf(t, light), 4.5, 0)
	if *light.Low != 4 || *light.High != 5 || light.Count != 2 || light.Platform != "" || light.Source != "bruno, cleo" {
		t.Errorf("light %+v", light)
	}
	if got := codesOf(light.Findings); !cmp.Equal(got, []string{"review.rubrics_mixed"}) {
		t.Errorf("findings %v", got)
	}
	tone, _ := readings.Get("review.tone", "")
	near(t, "tone", valueOf(t, tone), 2, 0)
	sound, _ := readings.Get("review.sound", "")
	refusedAs(t, sound, "review.no_mark")
	if _, ok := readings.Get("review.future", ""); ok {
		t.Error("a review of tomorrow is read today")
	}
}

func TestActivity(t *testing.T) {
	t.Parallel()
	d := dossier(1, 1, 1, 1, 1, 1, 1, 1) // 5, 10, … 40 days ago, all looked at today
	d.Posts[0].Commerce, d.Posts[1].Commerce = creator.Sponsored, ""
	d.Posts[2].Promotion = creator.Boosted
	d.Posts = append(d.Posts, d.Posts[3])
	a := vet.Activity(d, ada(), now(), 0)
	near(t, "posts per week", valueOf(t, a.PostsPerWeek), 7/(40.0/7), 1e-12)
	near(t, "sponsored", valueOf(t, a.SponsoredShare), 1.0/7, 1e-12)
	near(t, "low", *a.SponsoredShare.Low, 0.0257, 1e-4)
	if got := codesOf(a.SponsoredShare.Findings); !cmp.Equal(got, []string{"activity.commerce_unknown"}) {
		t.Errorf("findings %v", got)
	}
	// Ten days later nobody has looked again, and the pace is what it was.
	near(t, "later", valueOf(t, vet.Activity(d, ada(), now().AddDate(0, 0, 10), 0).PostsPerWeek), 7/(40.0/7), 1e-12)
	d.Origins = []creator.Origin{{Part: creator.PartPosts, CollectedAt: now().AddDate(0, 0, 10)}}
	near(t, "looked again", valueOf(t, vet.Activity(d, ada(), now().AddDate(0, 0, 10), 0).PostsPerWeek), 7/(50.0/7), 1e-12)

	refusedAs(t, vet.Activity(nil, ada(), now(), 0).PostsPerWeek, "activity.too_few_posts")
	burst := dossier(1, 1, 1, 1, 1, 1)
	for i := range burst.Posts {
		burst.Posts[i].PublishedAt = now().Add(-time.Duration(i) * time.Hour)
	}
	refusedAs(t, vet.Activity(burst, ada(), now(), 0).PostsPerWeek, "activity.too_short")
}

// What only the options carry reaches its readings, and faults of it are said there.
func TestReadTakesWhatNoDossierHolds(t *testing.T) {
	t.Parallel()
	code := func(o vet.Options, metric string) string {
		r, ok := vet.Read(dossier(100, 200, 300, 400, 500, 600), ada(), &o).Get(metric, byline.Instagram)
		if !ok || r.Refusal == nil {
			t.Fatalf("%s is %+v", metric, r)
		}
		return r.Refusal.Code
	}
	ideal := &vet.Ideal{Name: "demo", Targets: []vet.Target{{Dimension: creator.Country, Weight: 1, Shares: []vet.TargetShare{{Key: "DE", Share: 1}}}}}
	tests := map[string]struct {
		o      vet.Options
		metric string
		want   string
	}{
		"no ideal":           {vet.Options{}, vet.AudienceFit, "fit.no_ideal"},
		"an ideal":           {vet.Options{Ideal: ideal}, vet.AudienceFit + ".country", "fit.no_audience"},
		"an ideal of none":   {vet.Options{Ideal: &vet.Ideal{}}, vet.AudienceFit, "read.options"},
		"no sample":          {vet.Options{}, vet.FakeShare, "fake.no_sample"},
		"a small sample":     {vet.Options{Sample: &vet.FollowerSample{Account: ada(), Followers: make([]vet.Follower, 5)}}, vet.FakeShare, "fake.too_few"},
		"another's sample":   {vet.Options{Sample: &vet.FollowerSample{Account: creator.Ref{Platform: byline.X, Handle: "a"}}}, vet.FakeShare, "fake.no_sample"},
		"a calibration":      {vet.Options{Calibration: &vet.Calibration{}}, vet.FakeShare, "read.options"},
		"no level of fakes":  {vet.Options{Fake: &vet.FakeOptions{Level: 2}}, vet.FakeShare, "read.options"},
		"no comments":        {vet.Options{}, vet.NegativeComments, "comments.none"},
		"no level of shares": {vet.Options{Comments: &vet.CommentOptions{Level: -1}}, vet.SpamComments, "read.options"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := code(tt.o, tt.metric); got != tt.want {
				t.Errorf("%s and not %s", got, tt.want)
			}
			if err := tt.o.Validate(); (err != nil) != (tt.want == "read.options") {
				t.Errorf("the options' faults are %v", err)
			}
		})
	}
}

func TestReviewsOfTwoRubrics(t *testing.T) {
	t.Parallel()
	d := dossier()
	for i, rubric := range []string{"older", "newer"} {
		d.Reviews = append(d.Reviews, creator.Review{
			By: rubric, Rubric: rubric, At: now().AddDate(0, 0, i-5),
			Marks: []creator.Mark{{Question: "light", Value: known(float64(i+1), "1-5")}},
		})
	}
	r, _ := vet.Read(d, ada(), &vet.Options{At: now()}).Get("review.light", "")
	near(t, "mark by the newer rubric", valueOf(t, r), 2, 0)
}
