package vet_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

// grew has a follower a day for each value, and a post every ten days, 1,000 views each.
func grew(values []float64) *creator.Dossier {
	d := dossier()
	for ago := 5; ago < 200; ago += 10 {
		d.Posts = append(d.Posts, post(time.Duration(ago).String(), ago, 100, 2, 1000))
	}
	d.Series = []creator.Series{series(creator.FollowerCount, followersBy, values)}
	return d
}

// leap adds followers so many days before the end, of which a part leaves again a day.
func leap(values []float64, daysAgo int, followers, leaving float64) []float64 {
	values = slices.Clone(values)
	at := len(values) - 1 - daysAgo
	for i := at; i < len(values); i++ {
		values[i] = math.Round(values[i] + followers)
		followers -= followers * leaving
	}
	return values
}

func TestGrowthRate(t *testing.T) {
	t.Parallel()
	g := vet.Growth(grew(walk(91, 10_000, 20, 5, 1)), ada(), now(), nil)
	near(t, "rate", valueOf(t, g.Rate), 20.0/11_800, 0.0003)
	if *g.Rate.Low >= valueOf(t, g.Rate) || *g.Rate.High <= valueOf(t, g.Rate) || g.Rate.Count != 30 {
		t.Errorf("reading %+v", g.Rate)
	}
	near(t, "suspicious", valueOf(t, g.Suspicious), 0, 0)
	if len(g.Leaps) != 0 || len(g.Paces) != 0 || len(g.Findings) != 0 {
		t.Errorf("quiet growth has %+v, %+v, %v", g.Leaps, g.Paces, g.Findings)
	}
}

func TestLeaps(t *testing.T) {
	t.Parallel()
	quiet := walk(120, 10_000, 20, 5, 2)
	// Days 5, 15, 25 … ago have posts, so day 40 has one no nearer than 5 days.
	viral := grew(leap(quiet, 45, 3000, 0))
	for i := range viral.Posts {
		if viral.Posts[i].PublishedAt.Equal(now().AddDate(0, 0, -45)) {
			viral.Posts[i].Measures[creator.Views] = known(9000, viewsBy)
		}
	}
	boosted := grew(leap(quiet, 45, 3000, 0.02))
	for i := range boosted.Posts {
		if boosted.Posts[i].PublishedAt.Equal(now().AddDate(0, 0, -45)) {
			boosted.Posts[i].Measures[creator.Views] = known(9000, viewsBy)
			boosted.Posts[i].Promotion = creator.Boosted
		}
	}
	blind := grew(leap(quiet, 40, 3000, 0.02))
	blind.Posts = nil
	tests := map[string]struct {
		in    *creator.Dossier
		class vet.LeapClass
		words string
	}{
		"bought":                  {grew(leap(quiet, 40, 3000, 0.02)), vet.Suspicious, "no post was published nearby; "},
		"viral":                   {viral, vet.OrganicSpike, "seen 1.5 times as often"},
		"boosted":                 {boosted, vet.Unexplained, "paid reach"},
		"in the press":            {grew(leap(quiet, 40, 3000, 0)), vet.Unexplained, "the followers stayed"},
		"few leave again":         {grew(leap(quiet, 40, 8000, 0.0032)), vet.Unexplained, "the followers stayed"},
		"beside an ordinary post": {grew(leap(quiet, 44, 3000, 0.02)), vet.Unexplained, "no more than usual"},
		"posts not known":         {blind, vet.Unexplained, "the posts of that time are not known"},
		"a week ago":              {grew(leap(quiet, 8, 3000, 0.02)), vet.Unexplained, "not known for long enough"},
		"a purge":                 {grew(leap(quiet, 40, -800, 0)), vet.Unexplained, "followers left at once"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := vet.Growth(tt.in, ada(), now(), nil)
			// Who leaves after a leap may stand out too.
			if len(g.Leaps) == 0 || slices.ContainsFunc(g.Leaps[1:], func(l vet.Leap) bool { return l.Change > 0 }) {
				t.Fatalf("leaps %+v", g.Leaps)
			}
			l := g.Leaps[0]
			if l.Class != tt.class || !strings.Contains(strings.Join(l.Reasons, "; "), tt.words) {
				t.Errorf("%s because %q", l.Class, l.Reasons)
			}
			if !slices.Contains(codesOf(g.Findings), "growth.leap") || math.Abs(l.Z) < vet.DefaultCutoff {
				t.Errorf("z %v, findings %v", l.Z, g.Findings)
			}
			if slices.Contains(codesOf(g.Suspicious.Findings), "growth.leap") != slices.Contains(codesOf(g.Findings), "growth.leap") {
				t.Errorf("the share of what leapt does not say which: %v", g.Suspicious.Findings)
			}
			share, want := valueOf(t, g.Suspicious), 0.0
			if tt.class == vet.Suspicious {
				want = 3000.0 / 5300 // 20 a day until then, and what came against the loss after
			}
			near(t, "suspicious", share, want, 0.12)
			if *g.Suspicious.Low > share || *g.Suspicious.High < share {
				t.Errorf("bounds %v to %v", *g.Suspicious.Low, *g.Suspicious.High)
			}
			data, err := json.Marshal(g)
			require.NoError(t, err)
			var back vet.Grown
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(g, back); diff != "" {
				t.Errorf("round trip:\n%s", diff)
			}
		})
	}
}

// TestWeekdays checks that a creator who gains ten times as much every Sunday does not
// leap every Sunday.
func TestWeekdays(t *testing.T) {
	t.Parallel()
	values := []float64{10_000}
	rng := rand.New(rand.NewPCG(4, 4))
	for i := range 90 {
		gain := 20 + 4*rng.NormFloat64()
		if now().AddDate(0, 0, i-89).Weekday() == time.Sunday {
			gain += 200
		}
		values = append(values, math.Round(values[len(values)-1]+gain))
	}
	if g := vet.Growth(grew(values), ada(), now(), nil); len(g.Leaps) != 0 {
		t.Errorf("leaps %+v", g.Leaps)
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	values := slices.Concat(walk(60, 10_000, 10, 3, 5), walk(60, 10_640, 40, 3, 6))
	g := vet.Growth(grew(values), ada(), now(), nil)
	if len(g.Paces) != 1 {
		t.Fatalf("paces %+v", g.Paces)
	}
	p := g.Paces[0]
	near(t, "days off", math.Abs(p.At.Sub(now().AddDate(0, 0, -59)).Hours()/24), 1, 2)
	near(t, "before", p.Before, 0.00097, 0.0002)
	near(t, "after", p.After, 0.0034, 0.0004)
}

func TestGrowthRefuses(t *testing.T) {
	t.Parallel()
	short := vet.Growth(grew(walk(29, 1000, 5, 1, 1)), ada(), now(), nil)
	refusedAs(t, short.Rate, "growth.too_few_points")
	refusedAs(t, short.Suspicious, "growth.too_few_points")
	near(t, "have", short.Rate.Refusal.Have, 29, 0)
	near(t, "need", short.Rate.Refusal.Need, 30, 0)
	valueOf(t, vet.Growth(grew(walk(30, 1000, 5, 1, 1)), ada(), now(), nil).Rate)

	stale := vet.Growth(grew(walk(60, 1000, 5, 1, 1)), ada(), now().AddDate(0, 0, 25), nil)
	refusedAs(t, stale.Rate, "growth.too_few_recent")

	none := vet.Growth(grew(make([]float64, 60)), ada(), now(), nil)
	refusedAs(t, none.Rate, "growth.no_followers")
	refusedAs(t, none.Suspicious, "growth.no_gain")
	if !slices.Contains(codesOf(none.Findings), "growth.no_variation") {
		t.Errorf("findings %v", none.Findings)
	}
	refusedAs(t, vet.Growth(nil, ada(), now(), nil).Rate, "growth.too_few_points")
	refusedAs(t, vet.Growth(grew(walk(60, 1000, 5, 1, 1)), creator.Ref{}, now(), nil).Rate, "growth.too_few_points")
}

// TestRounded shows that a count of three digits, which stands still for days and then
// leaps by a thousand, has no leaps and keeps its pace.
func TestRounded(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"youtube.subscribers.rounded3", followersBy} { // said, and seen
		values := walk(120, 120_000, 150, 30, 8)
		for i := range values {
			values[i] = math.Floor(values[i]/1000) * 1000
		}
		d := grew(nil)
		d.Series[0] = series(creator.FollowerCount, by, values)
		g := vet.Growth(d, ada(), now(), nil)
		if len(g.Leaps) != 0 || !slices.Contains(codesOf(g.Findings), "growth.rounded") {
			t.Errorf("leaps %+v, findings %v", g.Leaps, g.Findings)
		}
		if *g.Rate.Low > 150.0/138_000 || *g.Rate.High < 150.0/138_000 {
			t.Errorf("rate %v from %v to %v", valueOf(t, g.Rate), *g.Rate.Low, *g.Rate.High)
		}
	}
}

func TestOddSeries(t *testing.T) {
	t.Parallel()
	d := grew(walk(90, 10_000, 20, 5, 1))
	want := vet.Growth(d, ada(), now(), nil)
	points := d.Series[0].Points
	odd := slices.Clone(points)
	for _, p := range points { // an earlier point of the same day says nothing more
		v, _ := p.Value()
		odd = append(odd, byline.Known(v-3, followersBy, p.At().Add(-time.Hour)))
	}
	odd = append(odd, byline.Known(-5, followersBy, now()), byline.Known(5, followersBy, time.Time{}), byline.Known(1e300, followersBy, now()),
		byline.Known(5, followersBy, now().Add(time.Hour)), byline.Missing(byline.Hidden, followersBy, now()), byline.Known(7, "other", now()))
	rng := rand.New(rand.NewPCG(1, 1))
	rng.Shuffle(len(odd), func(i, j int) { odd[i], odd[j] = odd[j], odd[i] })
	d.Series = []creator.Series{
		{Account: ada(), Metric: creator.FollowerCount, Points: odd[:70]}, {Account: ada(), Metric: creator.FollowerCount, Points: odd[70:]},
	}
	got := vet.Growth(d, ada(), now(), nil)
	if diff := cmp.Diff([]string{"growth.definitions_mixed", "growth.point"}, codesOf(got.Findings)); diff != "" {
		t.Errorf("findings:\n%s", diff)
	}
	if bad := got.Findings[1].Message; !strings.HasPrefix(bad, "3 points") {
		t.Errorf("a negative count, one without a time and one beyond all: %s", bad)
	}
	got.Findings, got.Rate.Findings = want.Findings, want.Rate.Findings
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-clean +odd):\n%s", diff)
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	d := grew(walk(120, 10_000, 20, 0, 1))
	points := d.Series[0].Points
	var kept []byline.Measure
	for i, p := range points {
		if i < 40 && i%3 == 0 || i >= 55 { // every third day, then a gap of two weeks
			kept = append(kept, p)
		}
	}
	d.Series[0].Points = kept
	g := vet.Growth(d, ada(), now(), nil)
	near(t, "rate", valueOf(t, g.Rate), 20.0/12_380, 1e-6)
	if !slices.Contains(codesOf(g.Findings), "growth.gap") || len(g.Leaps) != 0 {
		t.Errorf("findings %v, leaps %v", g.Findings, g.Leaps)
	}
}

func TestFollowUnfollow(t *testing.T) {
	t.Parallel()
	d := grew(walk(90, 10_000, 20, 5, 1))
	saw := make([]float64, 90)
	for i := range saw {
		saw[i] = 500 + 20*float64(i%20)
	}
	d.Series = append(d.Series, series(creator.FollowingCount, "following", saw))
	if g := vet.Growth(d, ada(), now(), nil); !slices.Contains(codesOf(g.Findings), "growth.follow_unfollow") {
		t.Errorf("findings %v", g.Findings)
	}
	d.Series[1] = series(creator.FollowingCount, "following", walk(90, 500, 1, 2, 3))
	if g := vet.Growth(d, ada(), now(), nil); len(g.Findings) != 0 {
		t.Errorf("findings %v", g.Findings)
	}
}

// TestQuietAccounts counts how many accounts that only grow with noise are said to leap.
func TestQuietAccounts(t *testing.T) {
	t.Parallel()
	leaps := 0
	for seed := range uint64(100) {
		leaps += len(vet.Growth(grew(walk(120, 10_000, 20, 60, seed)), ada(), now(), nil).Leaps)
	}
	if leaps > 25 {
		t.Errorf("%d leaps in 100 quiet accounts of 120 days", leaps)
	}
	t.Logf("%d leaps in 11,900 quiet days", leaps)
}

// TestFollowersByHand checks which points stand for a day.
func TestFollowersByHand(t *testing.T) {
	t.Parallel()
	latest := func(edit func([]byline.Measure) []byline.Measure) creator.Reading {
		d := grew(nil)
		d.Series[0] = series(creator.FollowerCount, followersBy, walk(40, 1001, 10, 0, 1))
		d.Series[0].Points = edit(d.Series[0].Points)
		return vet.Growth(d, ada(), now(), nil).Rate
	}
	tests := map[string]struct {
		edit func([]byline.Measure) []byline.Measure
		want float64
	}{
		"ten a day":       {func(p []byline.Measure) []byline.Measure { return p }, 10.0 / 1391},
		"two at one time": {func(p []byline.Measure) []byline.Measure { return append(p, known(1301, followersBy)) }, 10.0 / 1301},
		"a gap of seven days": {func(p []byline.Measure) []byline.Measure {
			return append(p[:32:32], p[38:]...)
		}, 10.0 / 1391},
		"two definitions, as often": {func(p []byline.Measure) []byline.Measure {
			for _, was := range p {
				v, _ := was.Value()
				p = append(p, byline.Known(v-100, "other", was.At())) // the smaller is the later
			}
			return p
		}, 10.0 / 1291},
	}
	for name, tt := range tests {
		near(t, name, valueOf(t, latest(tt.edit)), tt.want, 1e-12)
	}
	gap := grew(walk(60, 1000, 10, 0, 1))
	gap.Series[0].Points = append(gap.Series[0].Points[:40:40], gap.Series[0].Points[46:]...)
	if got := codesOf(vet.Growth(gap, ada(), now(), nil).Findings); slices.Contains(got, "growth.gap") {
		t.Errorf("seven days are no gap: %v", got)
	}
	gap.Series[0].Points = append(gap.Series[0].Points[:39:39], gap.Series[0].Points[40:]...)
	if got := codesOf(vet.Growth(gap, ada(), now(), nil).Findings); !slices.Contains(got, "growth.gap") {
		t.Errorf("eight days are a gap: %v", got)
	}
}

// TestSmallChangesAreNotNamed has a change of pace that is certain, and by a fifth.
func TestSmallChangesAreNotNamed(t *testing.T) {
	t.Parallel()
	values := slices.Concat(walk(60, 100_000, 200, 1, 5), walk(60, 112_240, 265, 1, 6))
	if g := vet.Growth(grew(values), ada(), now(), nil); len(g.Paces) != 0 {
		t.Errorf("paces %+v", g.Paces)
	}
}

// TestTurnsOfFollowing has a count of followed accounts that turns around twice, then three
// times.
func TestTurnsOfFollowing(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]bool{55: false, 75: true} {
		d := grew(walk(90, 10_000, 20, 5, 1))
		swings := make([]float64, days)
		for i := range swings {
			swings[i] = 500 + 10*math.Abs(float64((i+20)%40-20)) // down, up, down, up, by 200 each
		}
		d.Series = append(d.Series, series(creator.FollowingCount, "following", swings))
		if got := slices.Contains(codesOf(vet.Growth(d, ada(), now(), nil).Findings), "growth.follow_unfollow"); got != want {
			t.Errorf("%d days: %t", days, got)
		}
	}
}

// TestUsualViews has an account that boosts most of its posts, and one of which a nearby
// post is counted otherwise: neither makes a post seem seen more, or less, than it was.
func TestUsualViews(t *testing.T) {
	t.Parallel()
	story := func(views byline.Measure, edit func(*creator.Post)) vet.LeapClass {
		d := grew(leap(walk(120, 10_000, 20, 5, 2), 45, 3000, 0))
		for i := range d.Posts {
			p := &d.Posts[i]
			if p.PublishedAt.Equal(now().AddDate(0, 0, -45)) {
				p.Measures[creator.Views] = views
			} else if i%3 > 0 {
				edit(p)
			}
		}
		return vet.Growth(d, ada(), now(), nil).Leaps[0].Class
	}
	boost := func(p *creator.Post) {
		p.Promotion = creator.Boosted
		p.Measures[creator.Views] = known(50_000, viewsBy)
	}
	if got := story(known(3000, viewsBy), boost); got != vet.OrganicSpike {
		t.Errorf("thrice the views that are not paid for: %s", got)
	}
	if got := story(known(3000, "instagram.plays"), func(*creator.Post) {}); got != vet.Unexplained {
		t.Errorf("views of another definition: %s", got)
	}
}

// TestSmallLeapsDoNotMatter has one day that stands out, by less than a share of the
// followers that anybody would ask about.
func TestSmallLeapsDoNotMatter(t *testing.T) {
	t.Parallel()
	values := leap(walk(90, 100_000, 20, 2, 1), 40, 400, 0)
	if g := vet.Growth(grew(values), ada(), now(), nil); len(g.Leaps) != 0 {
		t.Errorf("leaps %+v", g.Leaps)
	}
	if g := vet.Growth(grew(values), ada(), now(), &vet.GrowthOptions{MinLeap: 0.003}); len(g.Leaps) != 1 {
		t.Errorf("leaps of three in a thousand: %+v", g.Leaps)
	}
}

// TestRecentSteps looks back from days on which nothing was counted any more.
func TestRecentSteps(t *testing.T) {
	t.Parallel()
	d := grew(walk(60, 1000, 5, 1, 1))
	valueOf(t, vet.Growth(d, ada(), now().AddDate(0, 0, 16), nil).Rate)
	refusedAs(t, vet.Growth(d, ada(), now().AddDate(0, 0, 17), nil).Rate, "growth.too_few_recent")
}
