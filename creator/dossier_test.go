package creator_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/internal/promise"
)

// day is a day of November 2026.
func day(d int) time.Time { return time.Date(2026, time.November, d, 12, 0, 0, 0, time.UTC) }

func number(v float64, definition string, d int) byline.Measure {
	return byline.Known(v, definition, day(d))
}

func youtube() creator.Ref { return creator.Ref{Platform: byline.YouTube, Handle: "ada.bakes"} }

func bucket(key string, share float64) creator.Bucket {
	return creator.Bucket{Key: key, Share: number(share, "demo.share", 20)}
}

func goodPost(id string, d int) creator.Post {
	return creator.Post{
		ID: id, Account: youtube(), PublishedAt: day(d), Format: "short", Text: "How I feed the starter", Language: "en", Themes: []string{"sourdough"},
		Commerce: creator.Organic, Promotion: creator.NotBoosted,
		Measures: map[creator.Metric]byline.Measure{
			creator.Views: number(5000, "demo.views", 20), creator.Reach: number(4000, "demo.reach", 20), creator.Likes: number(300, "demo.likes", 20),
		},
	}
}

func goodComment(id string) creator.Comment {
	return creator.Comment{ID: id, PostID: "p1", Platform: byline.YouTube, Author: "9f86d081884c7d65", Text: "how long?", Language: "en", At: day(11), Likes: number(1, "demo.likes", 20)}
}

// goodDossier has nothing wrong with it and nothing doubtful on 22 November 2026.
func goodDossier() creator.Dossier {
	d := creator.Dossier{
		Profile: goodProfile(),
		Audiences: []creator.Audience{{
			Account: youtube(), Kind: creator.Followers, Base: number(12_300, "demo.followers", 20), Coverage: number(0.9, "demo.coverage", 20), Source: "demo",
			Breakdowns: []creator.Breakdown{
				{Dimension: creator.Age, Buckets: []creator.Bucket{bucket("18-24", 0.3), bucket("25-34", 0.5), bucket("65+", 0.1), bucket("unknown", 0.1)}},
				{Dimension: creator.Country, Buckets: []creator.Bucket{bucket("DE", 0.7), bucket("AT", 0.2), bucket("unknown", 0.1)}},
				{Dimension: creator.Language, Buckets: []creator.Bucket{bucket("de", 0.9), bucket("unknown", 0.1)}},
				{Dimension: creator.Interest, Buckets: []creator.Bucket{bucket("baking", 0.9), bucket("travel", 0.8)}},
			},
		}},
		Posts:        []creator.Post{goodPost("p1", 10), goodPost("p2", 12)},
		Series:       []creator.Series{{Account: youtube(), Metric: creator.FollowerCount, Points: []byline.Measure{number(12_000, "demo.followers", 1), number(12_300, "demo.followers", 20)}}},
		Comments:     []creator.Comment{goodComment("c1"), goodComment("c2")},
		Partnerships: []creator.Partnership{{Brand: "Demo Mill", Categories: []string{"food/flour"}, Commerce: creator.Sponsored, During: byline.Window{Start: day(1), End: day(3)}, Markets: []byline.Market{"DE"}}},
		Rates:        []creator.Rate{{Platform: byline.YouTube, Format: "short", Pieces: 2, Price: byline.Minor(120_000, "EUR"), Valid: byline.Window{Start: day(1)}}},
		Reviews:      []creator.Review{{By: "reviewer-1", At: day(15), Rubric: "content.v2", Marks: []creator.Mark{{Question: "craft", Value: number(4, "content.v2", 15)}}}},
	}
	d.Profile.Market, d.Profile.Languages, d.Profile.Themes, d.Profile.Tags = "DE", []string{"de"}, []string{"sourdough"}, []string{"spring"}
	d.Profile.Embeddings = map[string][]float32{"demo-1": {0.5, -0.25}}
	for _, part := range []creator.Part{
		creator.PartProfile, creator.PartAudiences, creator.PartPosts, creator.PartSeries, creator.PartComments,
		creator.PartPartnerships, creator.PartRates, creator.PartReviews,
	} {
		d.Origins = append(d.Origins, creator.Origin{Part: part, Source: "demo export", Purpose: "choosing creators", CollectedAt: day(20), RetainUntil: day(20).AddDate(1, 0, 0)})
	}
	return d
}

type dossierCase struct {
	name string
	edit func(*creator.Dossier)
	want []at
}

// dossierCases break a good dossier in one place each.
func dossierCases() []dossierCase {
	other := creator.Ref{Platform: byline.YouTube, Handle: "bruno"}
	one := func(name, path, code string, edit func(*creator.Dossier)) dossierCase {
		return dossierCase{name, edit, []at{{path, code}}}
	}
	buckets := func(d *creator.Dossier, i int) *[]creator.Bucket { return &d.Audiences[0].Breakdowns[i].Buckets }
	return []dossierCase{
		one("a profile without a name", "profile.name", "required", func(d *creator.Dossier) { d.Profile.Name = "" }),
		one("a handle with an @", "profile.accounts[1].handle", "profile.handle", func(d *creator.Dossier) { d.Profile.Accounts[1].Handle = "@ada" }),
		one("a kind that is none", "audiences[0].kind", "oneof", func(d *creator.Dossier) { d.Audiences[0].Kind = "fans" }),
		one("no buckets", "audiences[0].breakdowns[0].buckets", "min", func(d *creator.Dossier) { *buckets(d, 0) = []creator.Bucket{} }),
		one("an audience of nobody's", "audiences[0].account", "audience.account", func(d *creator.Dossier) { d.Audiences[0].Account = other }),
		one("fewer than nobody", "audiences[0].base", "audience.base", func(d *creator.Dossier) { d.Audiences[0].Base = number(-1, "x", 20) }),
		one("more than everybody placed", "audiences[0].coverage", "audience.coverage", func(d *creator.Dossier) { d.Audiences[0].Coverage = number(1.01, "x", 20) }),
		one("a snapshot twice", "audiences[1]", "audience.twice", func(d *creator.Dossier) {
			again := d.Audiences[0]
			again.Account.Handle = "ADA.bakes"
			again.Base = byline.Known(1, "x", again.Base.At().In(time.FixedZone("", 3600)))
			d.Audiences = append(d.Audiences, again)
		}),
		one("a dimension twice", "audiences[0].breakdowns[4]", "audience.dimension_twice", func(d *creator.Dossier) {
			d.Audiences[0].Breakdowns = append(d.Audiences[0].Breakdowns, d.Audiences[0].Breakdowns[0])
		}),
		one("a share in percent", "audiences[0].breakdowns[0].buckets[0].share", "audience.share", func(d *creator.Dossier) { (*buckets(d, 0))[0].Share = number(30, "x", 20) }),
		one("a share below zero", "audiences[0].breakdowns[3].buckets[0].share", "audience.share", func(d *creator.Dossier) { (*buckets(d, 3))[0].Share = number(-0.1, "x", 20) }),
		one("a bucket twice", "audiences[0].breakdowns[3].buckets[2]", "audience.bucket_twice", func(d *creator.Dossier) { *buckets(d, 3) = append(*buckets(d, 3), bucket("BaKing", 0.1)) }),
		one("an age in words", "audiences[0].breakdowns[0].buckets[0].key", "audience.age", func(d *creator.Dossier) { (*buckets(d, 0))[0].Key = "young" }),
		one("an age in two buckets", "audiences[0].breakdowns[0].buckets[4]", "audience.age_overlap", func(d *creator.Dossier) { *buckets(d, 0) = append(*buckets(d, 0), bucket("30-40", 0)) }),
		one("ages above an open end", "audiences[0].breakdowns[0].buckets[4]", "audience.age_overlap", func(d *creator.Dossier) { *buckets(d, 0) = append(*buckets(d, 0), bucket("70-80", 0)) }),
		one("a country in words", "audiences[0].breakdowns[1].buckets[0].key", "audience.country", func(d *creator.Dossier) { (*buckets(d, 1))[0].Key = "Germany" }),
		one("a language in words", "audiences[0].breakdowns[2].buckets[0].key", "audience.language", func(d *creator.Dossier) { (*buckets(d, 2))[0].Key = "german language" }),
		one("a key of many letters", "audiences[0].breakdowns[2].buckets[0].key", "audience.language", func(d *creator.Dossier) { (*buckets(d, 2))[0].Key = "de-" + strings.Repeat("a", 60) }),
		one("a post of nobody's", "posts[1].account", "post.account", func(d *creator.Dossier) { d.Posts[1].Account = other }),
		one("a post twice", "posts[1]", "post.twice", func(d *creator.Dossier) { d.Posts[1].ID = "p1" }),
		one("a post without its time", "posts[0].published_at", "required", func(d *creator.Dossier) { d.Posts[0].PublishedAt = time.Time{} }),
		one("a post in no language", "posts[0].language", "bcp47_language_tag", func(d *creator.Dossier) { d.Posts[0].Language = "english" }),
		one("fewer than no likes", "posts[1].measures[likes]", "post.measure", func(d *creator.Dossier) { d.Posts[1].Measures[creator.Likes] = number(-1, "x", 20) }),
		one("a metric without a name", "posts[1].measures[]", "post.metric", func(d *creator.Dossier) { d.Posts[1].Measures[""] = number(1, "x", 20) }),
		{"several measures", func(d *creator.Dossier) {
			d.Posts[0].Measures = map[creator.Metric]byline.Measure{"b": number(-1, "x", 20), "a": number(-1, "x", 20), "c": number(1, "x", 20)}
		}, []at{{"posts[0].measures[a]", "post.measure"}, {"posts[0].measures[b]", "post.measure"}}},
		one("a series of nobody's", "series[0].account", "series.account", func(d *creator.Dossier) { d.Series[0].Account = other }),
		one("a series twice", "series[1]", "series.twice", func(d *creator.Dossier) { d.Series = append(d.Series, d.Series[0]) }),
		one("a point without its time", "series[0].points[0]", "series.time", func(d *creator.Dossier) { d.Series[0].Points[0] = byline.Known(1, "x", time.Time{}) }),
		one("a point below zero", "series[0].points[1]", "series.value", func(d *creator.Dossier) { d.Series[0].Points[1] = number(-1, "x", 20) }),
		one("a comment on no platform of hers", "comments[0].platform", "comment.account", func(d *creator.Dossier) { d.Comments[0].Platform = byline.X }),
		one("a comment twice", "comments[1]", "comment.twice", func(d *creator.Dossier) { d.Comments[1].ID = "c1" }),
		one("a comment liked less than never", "comments[1].likes", "comment.likes", func(d *creator.Dossier) { d.Comments[1].Likes = number(-1, "x", 20) }),
		one("a partnership that ends first", "partnerships[0].during", "partnership.window", func(d *creator.Dossier) { d.Partnerships[0].During.End = day(1) }),
		one("a partnership nowhere", "partnerships[0].markets[0]", "market", func(d *creator.Dossier) { d.Partnerships[0].Markets = []byline.Market{"UK"} }),
		one("a rate without a price", "rates[0].price", "rate.price", func(d *creator.Dossier) { d.Rates[0].Price = byline.Money{} }),
		one("a rate that pays", "rates[0].price", "rate.price", func(d *creator.Dossier) { d.Rates[0].Price = byline.Minor(-1, "EUR") }),
		one("a rate in shells", "rates[0].price", "rate.price", func(d *creator.Dossier) { d.Rates[0].Price = byline.Minor(1, "XYZ") }),
		one("a rate that ends first", "rates[0].valid", "rate.window", func(d *creator.Dossier) { d.Rates[0].Valid.End = day(1).Add(-1) }),
		one("no pieces", "rates[0].pieces", "min", func(d *creator.Dossier) { d.Rates[0].Pieces = 0 }),
		one("too many pieces", "rates[0].pieces", "max", func(d *creator.Dossier) { d.Rates[0].Pieces = 10_001 }),
		one("a mark without value", "reviews[0].marks[0].value", "review.mark", func(d *creator.Dossier) { d.Reviews[0].Marks[0].Value = byline.Missing(byline.TooFew, "x", day(15)) }),
		one("partnerships of a platform", "origins[5].platform", "origin.platform", func(d *creator.Dossier) { d.Origins[5].Platform = byline.YouTube }),
		one("reviews of a platform", "origins[7].platform", "origin.platform", func(d *creator.Dossier) { d.Origins[7].Platform = byline.YouTube }),
		one("kept until before it came", "origins[0].retain_until", "origin.retention", func(d *creator.Dossier) { d.Origins[0].RetainUntil = day(19) }),
	}
}

func TestDossierFaults(t *testing.T) {
	t.Parallel()
	require.NoError(t, func() error { d := goodDossier(); return d.Validate() }())
	for _, tt := range dossierCases() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := goodDossier()
			tt.edit(&d)
			if diff := cmp.Diff(tt.want, faultsOf(t, d.Validate())); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDossierKeepsItsPromise(t *testing.T) {
	t.Parallel()
	var produced []string
	for _, tt := range dossierCases() {
		for _, place := range tt.want {
			if strings.HasPrefix(place.Code, "profile.") {
				continue // promised by the profile
			}
			produced = append(produced, place.Code)
		}
	}
	slices.Sort(produced)
	promised := slices.DeleteFunc(promise.Codes(t, "fault.go", "Validate"), func(text string) bool { return text == "profile" })
	if diff := cmp.Diff(promised, slices.Compact(produced)); diff != "" {
		t.Errorf("codes mismatch (-promised +produced):\n%s", diff)
	}
}

func TestDossierFaultsAllAtOnce(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	d.Profile.Accounts[0].Posts = number(-1, "x", 20)
	d.Posts[0].Measures[creator.Views] = number(-1, "x", 20)
	d.Posts[1].Measures[creator.Views] = number(-1, "x", 20)
	d.Rates[0].Price = byline.Money{}
	want := []at{{"profile.accounts[0].posts", "profile.posts"}, {"posts[0].measures[views]", "post.measure"}, {"posts[1].measures[views]", "post.measure"}, {"rates[0].price", "rate.price"}}
	if diff := cmp.Diff(want, faultsOf(t, d.Validate())); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestParseAge(t *testing.T) {
	t.Parallel()
	type age struct {
		From, To int
		OK       bool
	}
	tests := map[string]age{
		"18-24": {18, 24, true}, "13-17": {13, 17, true}, "65+": {65, 0, true}, "0-12": {0, 12, true}, "0+": {0, 0, true}, "30-30": {30, 30, true}, "100-150": {100, 150, true},
		"unknown": {}, "": {}, "-": {}, "+": {}, "24-18": {}, "18-": {}, "-18": {}, "18": {}, "018-24": {}, "18–24": {}, "18-24+": {}, " 18-24": {}, "18-999": {}, "151+": {},
		"1e1-20": {}, "+18-24": {}, "18-24-30": {}, "0-0": {}, "99999999999999999999+": {}, "１８-24": {},
	}
	for key, want := range tests {
		from, to, ok := creator.ParseAge(key)
		if !want.OK {
			from, to = 0, 0
		}
		if diff := cmp.Diff(want, age{from, to, ok}); diff != "" {
			t.Errorf("%q mismatch (-want +got):\n%s", key, diff)
		}
	}
}

func TestKeyIsWhatIsCompares(t *testing.T) {
	t.Parallel()
	signs := []rune("aAkK\u212asS\u017fßẞθϑΘϴéÉiIİıσςΣ1._\ufffd")
	r := rand.New(rand.NewPCG(1, 1))
	ref := func() creator.Ref {
		handle := make([]rune, 1+r.IntN(2))
		for i := range handle {
			handle[i] = signs[r.IntN(len(signs))]
		}
		return creator.Ref{Platform: byline.X, Handle: string(handle)}
	}
	for range 20_000 {
		if a, b := ref(), ref(); a.Is(b) != (a.Key() == b.Key()) {
			t.Fatalf("%q and %q", a.Handle, b.Handle)
		}
	}
}

func FuzzDossier(f *testing.F) {
	good, err := json.Marshal(goodDossier())
	require.NoError(f, err)
	f.Add(good)
	f.Add([]byte(`{"profile":{"embeddings":{"":null}},"posts":[{"measures":{"":{"value":-1}}}],"series":[{"points":[{}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var d creator.Dossier
		if json.Unmarshal(data, &d) != nil {
			return
		}
		first := faultsOf(t, d.Validate())
		if diff := cmp.Diff(first, faultsOf(t, d.Validate())); diff != "" {
			t.Errorf("faults differ from call to call:\n%s", diff)
		}
		for _, finding := range d.Review(day(22)) {
			if finding.Code == "" || finding.Message == "" || strings.Contains(finding.Message, "NaN") {
				t.Errorf("finding %v", finding)
			}
		}
		if diff := cmp.Diff(d.Review(day(22)), d.Review(day(22))); diff != "" {
			t.Errorf("findings differ from call to call:\n%s", diff)
		}
		e := d.Export(day(22))
		_ = e.WriteText(&strings.Builder{})
		once, _ := d.Prune(day(22))
		twice, dropped := once.Prune(day(22))
		if diff := cmp.Diff(once, twice); diff != "" || len(dropped) > 0 {
			t.Errorf("pruned again, %v are gone:\n%s", dropped, diff)
		}
		if first == nil && len(once.Profile.Accounts) > 0 && once.Validate() != nil {
			t.Errorf("a valid dossier is pruned to %v", once.Validate())
		}
	})
}
