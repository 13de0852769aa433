package vet_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

func engaged(t *testing.T, d *creator.Dossier, v vet.Variant) vet.Engaged {
	t.Helper()
	e, err := vet.Engagement(d, ada(), v, now())
	require.NoError(t, err)
	return e
}

func TestEngagement(t *testing.T) {
	t.Parallel()
	// Rates are 1.1% to 8.8% by steps of 1.1%.
	e := engaged(t, dossier(100, 200, 300, 400, 500, 600, 700, 800), vet.DefaultVariant())
	near(t, "rate", valueOf(t, e.Rate), 0.0495, 1e-12)
	// P(X = 0) of 8 fair coins is 1/256, of at most 1 it is 9/256 and too much.
	near(t, "low", *e.Rate.Low, 0.011, 1e-12)
	near(t, "high", *e.Rate.High, 0.088, 1e-12)
	near(t, "consistency", valueOf(t, e.Consistency), 3.5/4.5, 1e-12)
	near(t, "comments per like", valueOf(t, e.CommentsPerLike), 0.1, 1e-12)
	near(t, "views", valueOf(t, e.MedianViews), 4500, 0)
	near(t, "view rate", valueOf(t, e.ViewRate), 0.45, 1e-12)
	near(t, "trimmed mean", valueOf(t, e.TrimmedMean), 0.0495, 1e-12)
	refusedAs(t, e.SponsoredRatio, "engagement.too_few_sponsored")
	want := "engagement.rate{likes+comments}/followers;median;last=12;days=90;age>=72h;n>=5;v1"
	if got := e.Rate.Value.Definition(); got != want {
		t.Errorf("definition is %s", got)
	}
	if len(e.Posts) != 8 || len(e.LeftOut) != 0 || len(e.Findings) != 0 || e.Rate.Count != 8 {
		t.Errorf("posts %v, left out %v, findings %v", e.Posts, e.LeftOut, e.Findings)
	}
}

func TestEngagementStatistics(t *testing.T) {
	t.Parallel()
	d := dossier(10, 100, 100, 100, 100, 100, 100, 100, 100, 5000)
	v := vet.Variant{Counts: []creator.Metric{creator.Likes}, Per: creator.FollowerCount}
	for by, want := range map[vet.Statistic]float64{vet.Median: 0.01, vet.TrimmedMean: 0.01, vet.Mean: 0.0581} {
		v.Statistic = by
		near(t, string(by), valueOf(t, engaged(t, d, v).Rate), want, 1e-12)
	}
	v.Per, v.Statistic = creator.PostCount, vet.Mean
	near(t, "likes per post", valueOf(t, engaged(t, d, v).Rate), 581, 1e-9)
	v.Per = creator.Views
	e := engaged(t, d, v)
	near(t, "likes per view", valueOf(t, e.Rate), 0.1, 1e-12)
	if want := v.Definition() + ";views=" + viewsBy; e.Rate.Value.Definition() != want {
		t.Errorf("definition is %s, want %s", e.Rate.Value.Definition(), want)
	}
}

func TestEngagementLeavesOut(t *testing.T) {
	t.Parallel()
	set := func(m creator.Metric, to byline.Measure) func(*creator.Post) {
		return func(p *creator.Post) { p.Measures[m] = to }
	}
	tests := map[string]struct {
		edit func(*creator.Post)
		want string
	}{
		"on another account":      {func(p *creator.Post) { p.Account.Handle = "bruno" }, "engagement.other_account"},
		"without a date":          {func(p *creator.Post) { p.PublishedAt = time.Time{} }, "engagement.no_date"},
		"from the future":         {func(p *creator.Post) { p.PublishedAt = now().Add(1) }, "engagement.future"},
		"of long ago":             {func(p *creator.Post) { p.PublishedAt = now().AddDate(0, 0, -91) }, "engagement.outside_window"},
		"boosted":                 {func(p *creator.Post) { p.Promotion = creator.Boosted }, "engagement.boosted"},
		"of another format":       {func(p *creator.Post) { p.Format = "story" }, "engagement.other_format"},
		"too young":               {func(p *creator.Post) { p.PublishedAt = now().AddDate(0, 0, -2) }, "engagement.too_young"},
		"measured too young":      {set(creator.Likes, byline.Known(9, likesBy, now().AddDate(0, 0, -49))), "engagement.too_young"},
		"measured before it was":  {set(creator.Likes, byline.Known(9, likesBy, now().AddDate(0, 0, -51))), "engagement.too_young"},
		"there twice":             {func(p *creator.Post) { p.ID = "p00" }, "engagement.post_twice"},
		"measured in the future":  {set(creator.Likes, byline.Known(9, likesBy, now().Add(1))), "engagement.measured_later"},
		"without likes":           {set(creator.Likes, byline.Missing(byline.Hidden, likesBy, now())), "engagement.part_missing"},
		"without a word of likes": {set(creator.Likes, byline.Measure{}), "engagement.part_missing"},
		"without views":           {set(creator.Views, byline.Measure{}), "engagement.denominator_missing"},
		"with 0 views":            {set(creator.Views, known(0, viewsBy)), "engagement.no_denominator"},
		"with negative likes":     {set(creator.Likes, known(-1, likesBy)), "engagement.negative"},
		"with unbounded likes":    {set(creator.Likes, known(math.MaxFloat64, likesBy)), "engagement.not_finite"},
		"of other views":          {set(creator.Views, known(50, "youtube.views.2026-08")), "engagement.other_definition"},
		"sponsored":               {func(p *creator.Post) { p.Commerce = creator.Sponsored }, "engagement.sponsored"},
	}
	v := vet.DefaultVariant()
	v.Per, v.Formats, v.OrganicOnly = creator.Views, []string{"REEL"}, true
	base := engaged(t, dossier(100, 200, 300, 400, 500, 600), v)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dossier(100, 200, 300, 400, 500, 600)
			odd := post("odd", 50, 1e6, 1e6, 1)
			if tt.want == "engagement.not_finite" {
				odd.Measures[creator.Views] = known(math.SmallestNonzeroFloat64, viewsBy)
			}
			if tt.want == "engagement.post_twice" {
				odd.Measures = map[creator.Metric]byline.Measure{creator.Likes: byline.Known(9, likesBy, now().AddDate(0, 0, -1))}
			}
			tt.edit(&odd)
			d.Posts = append([]creator.Post{odd}, d.Posts...)
			e := engaged(t, d, v)
			if len(e.LeftOut) != 1 || e.LeftOut[0].Code != tt.want || e.LeftOut[0].Why == "" || e.LeftOut[0].PostID != odd.ID {
				t.Errorf("left out %+v, want %s", e.LeftOut, tt.want)
			}
			if diff := cmp.Diff(base.Posts, e.Posts); diff != "" {
				t.Errorf("posts (-without +with):\n%s", diff)
			}
			near(t, "rate", valueOf(t, e.Rate), valueOf(t, base.Rate), 0)
		})
	}
}

func TestEngagementTakesTheLast(t *testing.T) {
	t.Parallel()
	v := vet.DefaultVariant()
	v.Last = 5
	e := engaged(t, dossier(1, 2, 3, 4, 5, 6, 7), v)
	if len(e.Posts) != 5 || e.Posts[0].PostID != "p00" || len(e.LeftOut) != 2 || e.LeftOut[0].Code != "engagement.beyond_last" {
		t.Errorf("posts %v, left out %v", e.Posts, e.LeftOut)
	}
	near(t, "rate", valueOf(t, e.Rate), 0.00033, 1e-12)
	near(t, "views", valueOf(t, e.MedianViews), 30, 0)
}

func TestEngagementRefuses(t *testing.T) {
	t.Parallel()
	followers := func(m byline.Measure) *creator.Dossier {
		d := dossier(1, 2, 3, 4, 5, 6)
		d.Profile.Accounts[0].Followers = m
		return d
	}
	tests := map[string]struct {
		in      *creator.Dossier
		code    string
		missing byline.MissingReason
	}{
		"nothing":            {nil, "engagement.followers_unknown", byline.NotCollected},
		"one post":           {dossier(1), "engagement.too_few_posts", byline.TooFew},
		"four posts":         {dossier(1, 2, 3, 4), "engagement.too_few_posts", byline.TooFew},
		"hidden followers":   {followers(byline.Missing(byline.Hidden, followersBy, now())), "engagement.followers_unknown", byline.Hidden},
		"0 followers":        {followers(known(0, followersBy)), "engagement.no_followers", byline.TooFew},
		"followers of later": {followers(byline.Known(5, followersBy, now().Add(1))), "engagement.followers_unknown", byline.NotCollected},
	}
	for name, tt := range tests {
		e := engaged(t, tt.in, vet.DefaultVariant())
		for _, r := range []creator.Reading{e.Rate, e.TrimmedMean, e.Consistency} {
			refusedAs(t, r, tt.code)
			if r.Value.Missing() != tt.missing {
				t.Errorf("%s: missing because %s", name, r.Value.Missing())
			}
		}
	}
	e := engaged(t, dossier(0, 0, 0, 0, 0, 0), vet.DefaultVariant())
	near(t, "a true zero", valueOf(t, e.Rate), 0, 0)
	refusedAs(t, e.Consistency, "engagement.no_median")
	refusedAs(t, e.CommentsPerLike, "engagement.too_few_posts")
}

// TestReadingOfThePast checks that a copy which was measured later does not take the place
// of the one that was known then.
func TestReadingOfThePast(t *testing.T) {
	t.Parallel()
	d := dossier(100, 200, 300, 400, 500, 600)
	then := now()
	want := engaged(t, d, vet.DefaultVariant())
	for _, p := range d.Posts[:6] {
		later := p
		later.Measures = map[creator.Metric]byline.Measure{}
		for m, was := range p.Measures {
			n, _ := was.Value()
			later.Measures[m] = byline.Known(9*n, was.Definition(), then.AddDate(0, 0, 1))
		}
		d.Posts = append(d.Posts, later)
	}
	near(t, "rate", valueOf(t, engaged(t, d, vet.DefaultVariant()).Rate), valueOf(t, want.Rate), 0)
	e, err := vet.Engagement(d, ada(), vet.DefaultVariant(), then.AddDate(0, 0, 1))
	require.NoError(t, err)
	near(t, "rate a day later", valueOf(t, e.Rate), 9*valueOf(t, want.Rate), 1e-12)
}

func TestFollowersFromTheSeries(t *testing.T) {
	t.Parallel()
	d := dossier(10, 10, 10, 10, 10, 10)
	d.Profile.Accounts[0].Followers = byline.Known(7, followersBy, now().AddDate(0, 0, 1))
	d.Series = []creator.Series{series(creator.FollowerCount, followersBy, []float64{100, 200, 1100})}
	d.Series[0].Points = append(d.Series[0].Points, byline.Known(9, followersBy, now().AddDate(0, 0, 2)))
	near(t, "rate", valueOf(t, engaged(t, d, vet.DefaultVariant()).Rate), 0.01, 1e-12)
}

func TestDefinitionsMixed(t *testing.T) {
	t.Parallel()
	d := dossier(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	for i := range 5 {
		d.Posts[i].Measures[creator.Views] = known(1e6, "instagram.views.new")
	}
	e := engaged(t, d, vet.DefaultVariant())
	near(t, "views of the newer, as they tie", valueOf(t, e.MedianViews), 1e6, 0)
	if got := codesOf(e.MedianViews.Findings); !slices.Equal(got, []string{"engagement.definitions_mixed"}) {
		t.Errorf("findings %v", got)
	}
	unnamed := dossier(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	for i := range 5 {
		unnamed.Posts[i].Measures[creator.Views] = known(1e6, viewsBy)
		unnamed.Posts[5+i].Measures[creator.Views] = known(1, "")
	}
	near(t, "views of the newer, where the older are of no definition", valueOf(t, engaged(t, unnamed, vet.DefaultVariant()).MedianViews), 1e6, 0)
	d.Posts[4].Measures[creator.Views] = known(50, viewsBy)
	near(t, "views of most", valueOf(t, engaged(t, d, vet.DefaultVariant()).MedianViews), 75, 0)
}

func TestSponsoredRatio(t *testing.T) {
	t.Parallel()
	d := dossier(50, 50, 50, 50, 50, 50, 50, 100, 100, 100, 100, 100, 100, 100)
	for i := range 7 {
		d.Posts[i].Commerce = creator.Sponsored
	}
	e := engaged(t, d, vet.DefaultVariant())
	near(t, "ratio", valueOf(t, e.SponsoredRatio), 0.5, 1e-12)
	if e.SponsoredRatio.Low == nil || e.SponsoredRatio.Count != 14 {
		t.Errorf("reading %+v", e.SponsoredRatio)
	}
	want := "engagement.sponsored_ratio{likes+comments}/followers;median sponsored/median organic;days=90;age>=72h;n>=5;v1"
	if got := e.SponsoredRatio.Value.Definition(); got != want {
		t.Errorf("definition %s, want %s", got, want)
	}
	organic := vet.DefaultVariant()
	organic.OrganicOnly = true
	near(t, "views of organic posts", valueOf(t, engaged(t, d, organic).MedianViews), 1000, 0)
	d.Posts = d.Posts[1:]
	if r := engaged(t, d, vet.DefaultVariant()).SponsoredRatio; r.Low != nil || r.Refusal != nil {
		t.Errorf("6 posts have no interval at this level, got %+v", r)
	}
	d.Posts = d.Posts[2:]
	r := engaged(t, d, vet.DefaultVariant()).SponsoredRatio
	refusedAs(t, r, "engagement.too_few_sponsored")
	near(t, "have", r.Refusal.Have, 4, 0)
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	even := dossier(100, 101, 99, 100, 100, 100)
	for i := range even.Posts {
		even.Posts[i].Promotion = ""
		even.Posts[i].Measures[creator.Comments] = known(0, commentsBy)
	}
	even.Posts[2].Measures[creator.Views] = known(3000, viewsBy)
	e := engaged(t, even, vet.DefaultVariant())
	want := []string{
		"engagement.promotion_unknown", "engagement.likes_even", "engagement.comments_unusual", "engagement.views_without_reaction",
	}
	if diff := cmp.Diff(want, codesOf(e.Findings)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	for _, f := range e.Findings {
		if f.Severity == byline.Blocker || f.Message == "" {
			t.Errorf("a question blocks or says nothing: %+v", f)
		}
	}
}

// TestOrderChangesNothing holds to the last bit.
func TestOrderChangesNothing(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 5))
	for range 15 {
		d := randomDossier(rng)
		for _, v := range vet.Variants() {
			want := engaged(t, d, v)
			other := *d
			other.Posts = slices.Clone(d.Posts)
			rng.Shuffle(len(other.Posts), func(i, j int) { other.Posts[i], other.Posts[j] = other.Posts[j], other.Posts[i] })
			if diff := cmp.Diff(want, engaged(t, &other, v)); diff != "" {
				t.Fatalf("%s (-want +shuffled):\n%s", v.Name, diff)
			}
		}
	}
}

// TestRateScales checks that twice the interactions are twice the rate.
func TestRateScales(t *testing.T) {
	t.Parallel()
	once := engaged(t, dossier(11, 23, 31, 47, 59, 61, 73), vet.DefaultVariant())
	twice := engaged(t, dossier(22, 46, 62, 94, 118, 122, 146), vet.DefaultVariant())
	near(t, "rate", valueOf(t, twice.Rate), 2*valueOf(t, once.Rate), 1e-15)
	near(t, "low", *twice.Rate.Low, 2**once.Rate.Low, 1e-15)
	near(t, "consistency", valueOf(t, twice.Consistency), valueOf(t, once.Consistency), 1e-12)
}

func TestEngagedRoundTrip(t *testing.T) {
	t.Parallel()
	want := engaged(t, dossier(11, 23, 31, 47, 59, 61, 0), vet.DefaultVariant())
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var got vet.Engaged
	require.NoError(t, json.Unmarshal(data, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

// TestMedianIntervalCovers draws skewed samples; the true median of exp(normal) is 1.
func TestMedianIntervalCovers(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 7))
	covered, tries := 0, 600
	for range tries {
		likes := make([]float64, 12)
		for i := range likes {
			likes[i] = 100 * math.Exp(rng.NormFloat64())
		}
		v := vet.Variant{Counts: []creator.Metric{creator.Likes}, Per: creator.FollowerCount}
		e := engaged(t, dossier(likes...), v)
		if *e.Rate.Low <= 0.01 && *e.Rate.High >= 0.01 {
			covered++
		}
	}
	if share := float64(covered) / float64(tries); share < 0.94 {
		t.Errorf("the interval covers %.3f of the time", share)
	}
}
