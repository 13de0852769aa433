package vet_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

// TestInstantsOnABoundary checks the last instant that counts, and the first that does not.
func TestInstantsOnABoundary(t *testing.T) {
	t.Parallel()
	published := func(ago time.Duration) func(*creator.Post) {
		return func(p *creator.Post) { p.PublishedAt = now().Add(-ago) }
	}
	measured := func(after time.Duration) func(*creator.Post) {
		return func(p *creator.Post) {
			for m, was := range p.Measures {
				n, _ := was.Value()
				p.Measures[m] = byline.Known(n, was.Definition(), p.PublishedAt.Add(after))
			}
		}
	}
	const hour, days = time.Hour, 24 * time.Hour
	tests := map[string]struct {
		edit func(*creator.Post)
		want string // the code it is left out as; "" where it counts
	}{
		"72 hours old":                 {published(72 * hour), ""},
		"just younger":                 {published(72*hour - 1), "engagement.too_young"},
		"measured at 72 hours":         {measured(72 * hour), ""},
		"measured just before":         {measured(72*hour - 1), "engagement.too_young"},
		"at the start of the window":   {published(90 * days), ""},
		"just before the window":       {published(90*days + 1), "engagement.outside_window"},
		"published at the time":        {published(0), "engagement.too_young"},
		"published just after":         {published(-1), "engagement.future"},
		"measured just after the time": {measured(20*days + 1), "engagement.measured_later"},
		"measured without a time": {func(p *creator.Post) {
			p.Measures[creator.Likes] = byline.Known(5, likesBy, time.Time{})
		}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dossier(100, 200, 300, 400, 500)
			odd := post("odd", 20, 250, 25, 2500)
			tt.edit(&odd)
			d.Posts = append(d.Posts, odd)
			e := engaged(t, d, vet.DefaultVariant())
			code := ""
			if len(e.LeftOut) > 0 {
				code = e.LeftOut[0].Code
			}
			if code != tt.want || len(e.Posts)+len(e.LeftOut) != 6 {
				t.Errorf("left out %+v, want %q", e.LeftOut, tt.want)
			}
		})
	}
}

// TestTimeZones reads the same instants as seen from elsewhere.
func TestTimeZones(t *testing.T) {
	t.Parallel()
	d := grew(walk(90, 10_000, 20, 5, 1))
	d.Posts = append(d.Posts, dossier(1, 2, 3, 4, 5, 6).Posts...)
	want := vet.Read(d, ada(), &vet.Options{At: now()})
	for _, hours := range []int{-11, 14} {
		zone := time.FixedZone("far", hours*3600)
		for i := range d.Posts {
			d.Posts[i].PublishedAt = d.Posts[i].PublishedAt.In(zone)
		}
		for i, p := range d.Series[0].Points {
			v, _ := p.Value()
			d.Series[0].Points[i] = byline.Known(v, p.Definition(), p.At().In(zone))
		}
		if diff := cmp.Diff(want, vet.Read(d, ada(), &vet.Options{At: now().In(zone)})); diff != "" {
			t.Errorf("%d hours (-want +got):\n%s", hours, diff)
		}
	}
}

// TestViewsRedefined has a creator whose views are counted otherwise since August: neither
// the rates of one account, nor those of two, nor a benchmark of before are mixed with it.
func TestViewsRedefined(t *testing.T) {
	t.Parallel()
	const before, since = "youtube.views", "youtube.views.2026-08-27"
	perView := vet.Variant{Counts: []creator.Metric{creator.Likes, creator.Comments}, Per: creator.Views, Days: 180}
	on := creator.Ref{Platform: byline.YouTube, Handle: "ada"}
	channel := func(old, renewed int) *creator.Dossier {
		d := dossier()
		for i := range old + renewed {
			p := post(string(rune('a'+i)), 5+5*i, 100, 10, 2000)
			p.Account = on
			p.Measures[creator.Views] = known(8000, since)
			if i >= renewed {
				p.Measures[creator.Views] = byline.Known(2000, before, time.Date(2026, 8, 26, 0, 0, 0, 0, time.UTC))
				p.PublishedAt = time.Date(2026, 8, 1, 0, 0, i, 0, time.UTC)
			}
			d.Posts = append(d.Posts, p)
		}
		return d
	}
	read := func(d *creator.Dossier) creator.Reading {
		e, err := vet.Engagement(d, on, perView, now())
		require.NoError(t, err)
		return e.Rate
	}
	old, renewed := read(channel(7, 6)), read(channel(6, 6))
	near(t, "most are old", valueOf(t, old), 110.0/2000, 0)
	near(t, "as many are new", valueOf(t, renewed), 110.0/8000, 0)
	for r, by := range map[*creator.Reading]string{&old: before, &renewed: since} {
		if want := perView.Definition() + ";views=" + by; r.Value.Definition() != want {
			t.Errorf("definition %s, want %s", r.Value.Definition(), want)
		}
	}
	if _, err := vet.CohortOf("ours", now(), []creator.Reading{old, renewed}); !errors.Is(err, byline.ErrInvalid) {
		t.Errorf("a cohort of two kinds of views: %v", err)
	}
	ours, err := vet.CohortOf("ours", now(), []creator.Reading{old})
	require.NoError(t, err)
	refusedAs(t, ours.Percentile(renewed), "cohort.other_definition")
	table := vet.PublishedBenchmarks()
	rows, err := table.For(byline.YouTube, perView, 20_000)
	require.NoError(t, err)
	for _, row := range rows {
		refusedAs(t, row.Place(renewed, perView), "benchmark.redefined")
	}
}

func TestFollowersLastKnown(t *testing.T) {
	t.Parallel()
	month := now().AddDate(0, -1, 0)
	tests := map[string]struct {
		account, point byline.Measure
		want           float64
	}{
		"the account's is later":  {known(1000, followersBy), byline.Known(500, followersBy, month), 0.011},
		"the point is later":      {byline.Known(500, followersBy, month), known(1000, followersBy), 0.011},
		"both at once":            {known(1000, followersBy), known(500, followersBy), 0.011},
		"the account's undated":   {byline.Known(500, followersBy, time.Time{}), known(1000, followersBy), 0.011},
		"the account's hidden":    {byline.Missing(byline.Hidden, followersBy, now()), known(1000, followersBy), 0.011},
		"the point is tomorrow's": {byline.Known(1000, followersBy, month), byline.Known(1, followersBy, now().Add(1)), 0.011},
	}
	for name, tt := range tests {
		d := dossier(10, 10, 10, 10, 10)
		d.Profile.Accounts[0].Followers = tt.account
		d.Series = []creator.Series{{Account: ada(), Metric: creator.FollowerCount, Points: []byline.Measure{tt.point}}}
		near(t, name, valueOf(t, engaged(t, d, vet.DefaultVariant()).Rate), tt.want, 1e-12)
	}
	twice := dossier(10, 10, 10, 10, 10)
	twice.Profile.Accounts = nil
	twice.Series = []creator.Series{{Account: ada(), Metric: creator.FollowerCount, Points: []byline.Measure{known(1100, "a"), known(1000, "b"), known(1100, "c")}}}
	near(t, "several at one instant", valueOf(t, engaged(t, twice, vet.DefaultVariant()).Rate), 0.011, 1e-12)
}

// TestRoundedOverAGap has a count in steps of a thousand, with ten days missing of the last
// thirty. What came on them counts as growth of those days.
func TestRoundedOverAGap(t *testing.T) {
	t.Parallel()
	values := walk(60, 200_000, 1000, 0, 1)
	d := grew(values)
	points := d.Series[0].Points
	d.Series[0].Points = append(points[:40:40], points[50:]...)
	r := vet.Growth(d, ada(), now(), nil).Rate
	near(t, "growth", valueOf(t, r), 1000/values[59], 1e-12)
}

// TestRoundedAtAThousand has counts that are rounded to tens from 1,000 on.
func TestRoundedAtAThousand(t *testing.T) {
	t.Parallel()
	values := make([]float64, 40)
	for i := range values {
		values[i] = 1000 - 10*float64(i%2)
	}
	d := grew(nil)
	d.Series[0] = series(creator.FollowerCount, "youtube.subscribers.rounded3", values)
	if got := codesOf(vet.Growth(d, ada(), now(), nil).Findings); len(got) == 0 || got[0] != "growth.rounded" {
		t.Errorf("findings %v", got)
	}
}

func TestHugeAndZero(t *testing.T) {
	t.Parallel()
	zero := engaged(t, dossier(0, 0, 0, 0, 0), vet.DefaultVariant())
	near(t, "rate of nothing", valueOf(t, zero.Rate), 0, 0)
	d := dossier(math.MaxFloat64, math.MaxFloat64, math.MaxFloat64, math.MaxFloat64, math.MaxFloat64, math.MaxFloat64)
	checkReadings(t, vet.Read(d, ada(), &vet.Options{At: now()}))
	d.Profile.Accounts[0].Followers = known(math.SmallestNonzeroFloat64, followersBy)
	checkReadings(t, vet.Read(d, ada(), &vet.Options{At: now()}))
}

// TestLastLook checks until when the posts of an account are known to be all.
func TestLastLook(t *testing.T) {
	t.Parallel()
	seen := func(daysAgo int) *creator.Dossier { // six posts, 40 to 15 days ago
		d := dossier(1, 1, 1, 1, 1, 1, 1, 1)
		d.Posts = d.Posts[2:]
		for i := range d.Posts {
			d.Posts[i].Measures = map[creator.Metric]byline.Measure{creator.Likes: byline.Known(1, likesBy, now().AddDate(0, 0, -daysAgo))}
		}
		return d
	}
	collected := func(part creator.Part, at time.Time) *creator.Dossier {
		d := seen(12)
		d.Origins = []creator.Origin{{Part: part, CollectedAt: at}}
		return d
	}
	tests := map[string]struct {
		in   *creator.Dossier
		want int // days ago
	}{
		"when the posts were measured":  {seen(12), 12},
		"when the newest was published": {seen(20), 15},
		"when they were collected":      {collected(creator.PartPosts, now().AddDate(0, 0, -2)), 2},
		"when others were collected":    {collected(creator.PartComments, now().AddDate(0, 0, -2)), 12},
		"not after the time":            {collected(creator.PartPosts, now().Add(1)), 12},
	}
	for name, tt := range tests {
		r := vet.Activity(tt.in, ada(), now(), 0).PostsPerWeek
		near(t, name, valueOf(t, r), 5/(float64(40-tt.want)/7), 1e-9)
		if !r.Window.End.Equal(now().AddDate(0, 0, -tt.want)) {
			t.Errorf("%s: the window ends at %s", name, r.Window.End)
		}
	}
	week := dossier(1, 1, 1, 1, 1)
	for i := range week.Posts {
		week.Posts[i].PublishedAt = now().Add(-7 * 24 * time.Hour).Add(time.Duration(i) * time.Hour)
	}
	near(t, "a week", valueOf(t, vet.Activity(week, ada(), now(), 0).PostsPerWeek), 4, 1e-9)
	week.Posts[0].PublishedAt = week.Posts[0].PublishedAt.Add(1)
	refusedAs(t, vet.Activity(week, ada(), now(), 0).PostsPerWeek, "activity.too_short")
}
