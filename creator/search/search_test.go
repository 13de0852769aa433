package search_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/search"
)

var day0 = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// world makes random creators of few words, so that everything meets everything.
type world struct{ *rand.Rand }

func newWorld(seed uint64) world { return world{rand.New(rand.NewPCG(seed, 7))} }

func (w world) one(of ...string) string { return of[w.IntN(len(of))] }

func (w world) some(of ...string) []string {
	var some []string
	for _, s := range of {
		if w.IntN(3) == 0 {
			some = append(some, s)
		}
	}
	return some
}

func (w world) day() time.Time { return day0.AddDate(0, 0, w.IntN(20)) }

func (w world) window() byline.Window {
	var v byline.Window
	if w.IntN(3) > 0 {
		v.Start = w.day()
	}
	if w.IntN(3) > 0 {
		v.End = w.day()
		if !v.Start.IsZero() && !v.Start.Before(v.End) {
			v.End = v.Start.AddDate(0, 0, 1)
		}
	}
	return v
}

func (w world) measure(x float64, definition string) byline.Measure {
	if w.IntN(4) == 0 {
		return byline.Missing(byline.Hidden, definition, day0)
	}
	return byline.Known(x, definition, day0.AddDate(0, 0, w.IntN(3)))
}

func (w world) platform() byline.Platform {
	return byline.Platform(w.one(string(byline.TikTok), string(byline.YouTube)))
}

var vocabulary = []string{"Oat", "milk", "BREAD", "über"}

func (w world) dossier(id string) *creator.Dossier {
	d := &creator.Dossier{Profile: creator.Profile{
		ID: byline.CreatorID(id), Name: w.one(vocabulary...) + " " + w.one(vocabulary...),
		Market: byline.Market(w.one("", "DE", "US")), City: w.one("", "Köln", "Austin"), Languages: w.some("de", "en-GB", "en"),
		Themes: w.some(vocabulary...), Tags: w.some("vip", "oat"), Contact: creator.Contactable(w.one("", "yes", "no")),
	}}
	for i := range 1 + w.IntN(3) {
		p := w.platform()
		followers := w.measure(float64(w.IntN(10)), "def."+w.one("a", "b"))
		d.Profile.Accounts = append(d.Profile.Accounts, creator.Account{Platform: p, Handle: fmt.Sprint(id, i), Followers: followers})
		for range w.IntN(3) {
			buckets := []creator.Bucket{{Key: "DE", Share: w.measure(float64(w.IntN(5))/4, "x")}, {Key: "us", Share: w.measure(float64(w.IntN(5))/4, "x")}}
			d.Audiences = append(d.Audiences, creator.Audience{
				Account: creator.Ref{Platform: p, Handle: fmt.Sprint(id, i)}, Kind: creator.AudienceKind(w.one("followers", "viewers")), Base: w.measure(1000, "x"),
				Breakdowns: []creator.Breakdown{{Dimension: creator.Dimension(w.one("country", "city")), Buckets: buckets[w.IntN(2):]}},
			})
		}
	}
	for range w.IntN(3) {
		d.Posts = append(d.Posts, creator.Post{
			Text: strings.Join(w.some(vocabulary...), " "), Themes: w.some(vocabulary...), PublishedAt: w.day(),
			Brands: w.some("Acme", "Byte"), Commerce: creator.Commerce(w.one("", "organic", "sponsored")),
		})
	}
	for range w.IntN(3) {
		d.Partnerships = append(d.Partnerships, creator.Partnership{Brand: w.one("Acme", "Byte"), During: w.window()})
		d.Rates = append(d.Rates, creator.Rate{
			Platform: byline.Platform(w.one("", "tiktok", "youtube")), Format: w.one("", "reel", "short"), Pieces: 1 + w.IntN(3),
			Price: byline.Minor(int64(w.IntN(30)), byline.Currency(w.one("EUR", "USD"))), Valid: w.window(),
		})
	}
	return d
}

func (w world) entries(n int) []search.Entry {
	var all []search.Entry
	for i := range n {
		e := search.Entry{Dossier: w.dossier(fmt.Sprintf("c%03d", i))}
		for _, metric := range []string{"score", "engagement.rate"} {
			for _, p := range []byline.Platform{"", byline.TikTok} {
				if w.IntN(3) == 0 {
					continue
				}
				r := creator.Reading{Metric: metric, Platform: p, Value: w.measure(float64(w.IntN(6)), w.one("v1", "v2"))}
				if low, high := float64(w.IntN(6)), float64(w.IntN(6)); w.IntN(2) == 0 {
					r.Low, r.High = &low, &high
				}
				e.Readings = append(e.Readings, r)
			}
		}
		for _, code := range w.some("conflict.competitor", "safety.floor") {
			e.Checks = append(e.Checks, creator.Check{Code: code, State: creator.State(w.one("passed", "failed", "undetermined", ""))})
		}
		all = append(all, e)
	}
	return all
}

func (w world) missing() search.Missing {
	return search.Missing(w.one("", "include", "exclude", "apart"))
}

func (w world) words(of ...string) *search.Words {
	all := &search.Words{Any: w.some(of...), All: w.some(of...), None: w.some(of...), Missing: w.missing()}
	if len(all.Any)+len(all.All)+len(all.None) == 0 {
		all.Any = of[:1]
	}
	return all
}

func (w world) ends(of int) (low, high *float64) {
	a, b := float64(w.IntN(of)), float64(w.IntN(of))
	a, b = min(a, b), max(a, b)
	switch w.IntN(3) {
	case 0:
		return &a, nil
	case 1:
		return nil, &b
	}
	return &a, &b
}

func (w world) query() *search.Query {
	q := &search.Query{Missing: w.missing(), Limit: 1000}
	fields := []func(){
		func() { q.Keywords = w.words("oat", "MILK bread", "Über", "ber") },
		func() { q.Platforms = w.words("tiktok", "YouTube", "x") },
		func() { q.Markets = w.words("DE", "US", "FR") },
		func() { q.Cities = w.words("köln", "austin") },
		func() { q.Languages = w.words("en", "DE", "en-gb") },
		func() { q.Themes = w.words("oat", "milk", "bread") },
		func() { q.Tags = w.words("vip", "oat") },
		func() { q.IDs = w.words("c001", "c002", "C003", "nobody") },
		func() {
			q.Contact = &search.Contact{Is: creator.Contactable(w.one("yes", "no")), Missing: w.missing()}
		},
		func() {
			q.Followers = &search.Followers{On: byline.Platform(w.one("", "tiktok")), Definition: w.one("", "def.a"), Missing: w.missing()}
			q.Followers.AtLeast, q.Followers.AtMost = w.ends(10)
		},
		func() {
			b := w.words("acme", "byte", "corp")
			q.Brands = &search.Brands{Any: b.Any, All: b.All, None: b.None, Missing: w.missing(), During: w.window()}
		},
		func() {
			r := search.Range{Metric: w.one("score", "engagement.rate"), Platform: byline.Platform(w.one("", "tiktok")), Definition: w.one("v1", "v2"), By: search.By(w.one("", "value", "low", "high")), Missing: w.missing()}
			r.AtLeast, r.AtMost = w.ends(6)
			q.Ranges = append(q.Ranges, r)
		},
		func() {
			s := search.Share{Kind: creator.AudienceKind(w.one("followers", "viewers")), Dimension: creator.Dimension(w.one("country", "city")), Keys: [][]string{{"de"}, {"US"}, {"DE", "us"}}[w.IntN(3)], On: byline.Platform(w.one("", "tiktok")), Missing: w.missing()}
			s.AtLeast, s.AtMost = w.ends(2)
			q.Audience = append(q.Audience, s)
		},
		func() {
			c := byline.Currency(w.one("EUR", "USD"))
			p := search.Price{Platform: byline.Platform(w.one("", "tiktok")), Format: w.one("", "reel"), AtMost: new(byline.Minor(int64(10+w.IntN(10)), c)), Missing: w.missing()}
			if w.IntN(2) == 0 {
				p.AtLeast, p.At = new(byline.Minor(int64(w.IntN(10)), c)), w.day()
			}
			q.Prices = append(q.Prices, p)
		},
		func() {
			states := []creator.State{"passed", "failed", "undetermined"}
			q.Checks = append(q.Checks, search.CheckWith{Code: w.one("conflict.competitor", "nobody.asked"), States: states[:1+w.IntN(3)], Missing: w.missing()})
		},
	}
	for range 1 + w.IntN(4) {
		fields[w.IntN(len(fields))]()
	}
	if w.IntN(2) == 0 {
		q.Order = &search.Order{Metric: "score", Platform: byline.Platform(w.one("", "tiktok")), Definition: "v1", By: search.By(w.one("", "low", "high")), Descending: w.IntN(2) == 0}
	}
	return q
}

func indexOf(t testing.TB, entries []search.Entry) *search.Index {
	t.Helper()
	var b search.Builder
	for _, e := range entries {
		require.NoError(t, b.Add(e))
	}
	return b.Build()
}

func idsOf(hits []search.Hit) (ids []byline.CreatorID) {
	for _, h := range hits {
		ids = append(ids, h.CreatorID)
	}
	return ids
}

// The index finds what a slow look at every dossier finds.
func TestSearchAgreesWithTheOracle(t *testing.T) {
	t.Parallel()
	found := 0
	for seed := range uint64(12) {
		w := newWorld(seed)
		entries := w.entries(70) // more than a word of a bitmap
		x := indexOf(t, entries)
		for i := range 50 {
			q := w.query()
			got, err := x.Search(q)
			require.NoError(t, err)
			missing, facts := map[string]search.Missing{}, map[string][3]int{}
			for _, f := range got.Facets {
				missing[f.Clause], facts[f.Clause] = f.Missing, [3]int{f.Passed, f.Removed, f.NoData}
			}
			want := slowSearch(entries, q, missing)
			have := expected{idsOf(got.Hits), idsOf(got.Apart), facts}
			if diff := cmp.Diff(want, have, cmp.AllowUnexported(expected{}), cmpopts.EquateEmpty()); diff != "" {
				text, _ := json.Marshal(q)
				t.Fatalf("seed %d, query %s (-slow +index):\n%s", seed, text, diff)
			}
			if i%10 == 0 {
				require.Equal(t, got, roundTrip(t, got))
			}
			require.Equal(t, []int{len(got.Hits), len(got.Apart)}, []int{got.Found, got.Unsure})
			found += got.Found
		}
	}
	if found < 500 {
		t.Errorf("only %d hits: the queries ask too much to test anything", found)
	}
}

func roundTrip[T any](t testing.TB, v T) (back T) {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &back))
	return back
}

func TestOrderOfAddingChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(99)
	entries := w.entries(80)
	x := indexOf(t, entries)
	for range 2 {
		w.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		y := indexOf(t, entries)
		for range 30 {
			q := w.query()
			a, err := x.Search(q)
			require.NoError(t, err)
			b, err := y.Search(q)
			require.NoError(t, err)
			if diff := cmp.Diff(a, b); diff != "" {
				t.Fatalf("results differ:\n%s", diff)
			}
		}
	}
}

func TestPagesAreThePartsOfTheWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(3)
	x := indexOf(t, w.entries(300))
	for _, order := range []*search.Order{nil, {Metric: "score", Definition: "v1", Descending: true}} {
		whole, err := x.Search(&search.Query{Limit: 1000, Order: order})
		require.NoError(t, err)
		var paged []search.Hit
		for offset := 0; offset < 320; offset += 40 {
			part, err := x.Search(&search.Query{Limit: 40, Offset: offset, Order: order})
			require.NoError(t, err)
			paged = append(paged, part.Hits...)
		}
		if diff := cmp.Diff(whole.Hits, paged); diff != "" {
			t.Errorf("pages differ from the whole:\n%s", diff)
		}
		far, err := x.Search(&search.Query{Limit: math.MaxInt, Offset: math.MaxInt, Order: order})
		require.NoError(t, err)
		require.Empty(t, far.Hits)
	}
}

func TestWithoutIsAsIfNeverAdded(t *testing.T) {
	t.Parallel()
	w := newWorld(5)
	entries := w.entries(100)
	x := indexOf(t, entries)
	gone := x.Without("c010", "c011", "nobody")
	rest := indexOf(t, slices.Concat(entries[:10], entries[12:]))
	for range 40 {
		q := w.query()
		a, err := gone.Search(q)
		require.NoError(t, err)
		b, err := rest.Search(q)
		require.NoError(t, err)
		if diff := cmp.Diff(b, a); diff != "" {
			t.Fatalf("results differ (-never added +without):\n%s", diff)
		}
	}
	require.Equal(t, []any{100, 98, true, false}, []any{x.Len(), gone.Len(), x.Has("c010"), gone.Has("c010")})
}

func TestDefinitionsAreNeverMixed(t *testing.T) {
	t.Parallel()
	entry := func(id, definition string) search.Entry {
		d := &creator.Dossier{Profile: creator.Profile{ID: byline.CreatorID(id)}}
		return search.Entry{Dossier: d, Readings: creator.Readings{{Metric: "engagement.rate", Value: byline.Known(.05, definition, day0)}}}
	}
	x := indexOf(t, []search.Entry{entry("ada", "likes/followers"), entry("bruno", "likes/views")})
	least := 0.01
	_, err := x.Search(&search.Query{Ranges: []search.Range{{Metric: "engagement.rate", AtLeast: &least}}, Order: &search.Order{Metric: "engagement.rate"}})
	require.Equal(t, []string{"ranges[0].definition search.definition", "order.definition search.definition"}, faultsOf(err))
	got, err := x.Search(&search.Query{Ranges: []search.Range{{Metric: "engagement.rate", Definition: "likes/views", AtLeast: &least}}})
	require.NoError(t, err)
	require.Equal(t, []byline.CreatorID{"bruno"}, idsOf(got.Hits))
	require.Equal(t, []byline.CreatorID{"ada"}, idsOf(got.Apart))
	require.Equal(t, []string{"likes/followers", "likes/views"}, x.Definitions("engagement.rate", ""))
}

func faultsOf(err error) (all []string) {
	if v, ok := errors.AsType[*byline.ValidationError](err); ok {
		for _, f := range v.Fields {
			all = append(all, strings.TrimSpace(f.Path+" "+f.Code))
		}
	}
	return all
}

func TestValidateReportsAll(t *testing.T) {
	t.Parallel()
	nan, one, two := math.NaN(), 1.0, 2.0
	bad := &search.Query{
		Keywords: &search.Words{Any: []string{"--"}}, Tags: &search.Words{Missing: "zero"}, Contact: &search.Contact{Is: "perhaps"},
		Themes:    &search.Words{None: make([]string, 1001)},
		Followers: &search.Followers{}, Missing: "zero", Limit: -1, Offset: -1,
		Ranges:   []search.Range{{Metric: "", AtLeast: &nan}, {Metric: "a", By: "mean", AtLeast: &two, AtMost: &one}},
		Audience: []search.Share{{Kind: "fans", Dimension: "shoe size", AtLeast: &one}},
		Brands:   &search.Brands{Any: []string{" "}, During: byline.Window{Start: day0, End: day0}},
		Prices:   []search.Price{{}, {AtLeast: new(byline.Minor(1, byline.EUR)), AtMost: new(byline.Minor(2, byline.USD))}, {AtMost: new(byline.Minor(-1, byline.EUR))}},
		Checks:   []search.CheckWith{{}, {Code: "a", States: []creator.State{"maybe"}}},
		Order:    &search.Order{By: "mean"},
	}
	var got []string
	for _, f := range faultsOf(bad.Validate()) {
		if !strings.HasPrefix(f, "themes.none[") {
			got = append(got, f)
		}
	}
	want := []string{
		"keywords.any[0] search.words", "themes search.words", "tags search.words", "tags.missing search.missing", "missing search.missing", "contact.is search.contact", "followers search.range",
		"ranges[0].metric search.metric", "ranges[0] search.range", "ranges[1].by search.by", "ranges[1] search.range",
		"audience[0].kind search.audience", "audience[0].dimension search.audience", "audience[0].keys search.audience",
		"prices[0] search.price", "prices[1] search.price", "prices[2] search.price", "checks[0] search.check", "checks[1].states[0] search.check",
		"brands.any[0] search.words", "brands.during search.window", "order.metric search.metric", "order.by search.by", "limit search.page", "offset search.page",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	_, err := new(search.Index).Search(bad)
	require.ErrorIs(t, err, byline.ErrInvalid)
	exact := new(byline.Minor(5, byline.EUR))
	require.NoError(t, (&search.Query{Prices: []search.Price{{AtLeast: exact, AtMost: exact}}}).Validate())
}

func TestAddRefuses(t *testing.T) {
	t.Parallel()
	var b search.Builder
	ada := &creator.Dossier{Profile: creator.Profile{ID: "ada"}}
	require.Equal(t, []string{"dossier.profile.id search.creator"}, faultsOf(b.Add(search.Entry{})))
	require.NoError(t, b.Add(search.Entry{Dossier: ada}))
	bad := search.Entry{
		Dossier: ada, Readings: creator.Readings{{Metric: "followers"}, {Metric: "a"}, {Metric: "a"}},
		Checks: []creator.Check{{Code: "c"}, {Code: "c"}},
	}
	want := []string{"dossier.profile.id search.creator_twice", "readings[0] search.reading_metric", "readings[2] search.reading_twice", "checks[1] search.check_twice"}
	if diff := cmp.Diff(want, faultsOf(b.Add(bad))); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	require.Equal(t, 1, b.Build().Len())
	require.Equal(t, 0, b.Build().Len(), "a builder is empty after building")
}

func TestKeywordsAcrossScripts(t *testing.T) {
	t.Parallel()
	d := func(id, text string) search.Entry {
		return search.Entry{Dossier: &creator.Dossier{Profile: creator.Profile{ID: byline.CreatorID(id)}, Posts: []creator.Post{{Text: text}}}}
	}
	x := indexOf(t, []search.Entry{
		d("ada", "Ｓｏｕｒｄｏｕｇｈ, ΣΊΣΥΦΟΣ"), d("bruno", "東京でパンを焼く"), d("cleo", "bad \xff\xfe bytes"), d("dario", strings.Repeat("x", 1000)),
	})
	for keyword, want := range map[string][]byline.CreatorID{
		"sourdough": {"ada"}, "σίσυφος": {"ada"}, "東京": {"bruno"}, "京": {"bruno"}, "京東": nil, "パン 焼く": {"bruno"},
		"bytes": {"cleo"}, "sour": nil, strings.Repeat("X", 1000): {"dario"},
	} {
		got, err := x.Search(&search.Query{Keywords: &search.Words{Any: []string{keyword}}})
		require.NoError(t, err)
		if diff := cmp.Diff(want, idsOf(got.Hits)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", keyword, diff)
		}
	}
}

func TestPriceIsExact(t *testing.T) {
	t.Parallel()
	rate := func(minor int64, pieces int) []creator.Rate {
		return []creator.Rate{{Price: byline.Minor(minor, byline.EUR), Pieces: pieces}}
	}
	tests := map[string]struct {
		rates []creator.Rate
		most  int64
		want  int
	}{
		"100 for three is above 33 each":    {rate(100, 3), 33, 0},
		"99 for three is 33 each":           {rate(99, 3), 33, 1},
		"the largest of all bounds":         {rate(math.MaxInt64, 1), math.MaxInt64, 1},
		"a bound that overflows when taken": {rate(math.MaxInt64, 10_000), math.MaxInt64, 1},
		"just above a bound that is large":  {rate(math.MaxInt64, 10_000), math.MaxInt64 / 10_001, 0},
		"no pieces":                         {rate(10, 0), 100, 0},
		"a negative price":                  {rate(-10, 1), 100, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := indexOf(t, []search.Entry{{Dossier: &creator.Dossier{Profile: creator.Profile{ID: "ada"}, Rates: tt.rates}}})
			got, err := x.Search(&search.Query{Prices: []search.Price{{AtMost: new(byline.Minor(tt.most, byline.EUR))}}})
			require.NoError(t, err)
			require.Equal(t, tt.want, got.Found)
		})
	}
}

func TestOrderByFollowersTakesTheLargest(t *testing.T) {
	t.Parallel()
	entry := func(id string, counts ...float64) search.Entry {
		p := creator.Profile{ID: byline.CreatorID(id)}
		for _, n := range counts {
			p.Accounts = append(p.Accounts, creator.Account{Platform: byline.X, Handle: fmt.Sprint(n), Followers: byline.Known(n, "x.followers", day0)})
		}
		return search.Entry{Dossier: &creator.Dossier{Profile: p}}
	}
	x := indexOf(t, []search.Entry{entry("ada", 5, 9, 2), entry("bruno", 8), entry("cleo"), entry("dario", 8)})
	got, err := x.Search(&search.Query{Order: &search.Order{Metric: "followers", Platform: byline.X, Descending: true}})
	require.NoError(t, err)
	require.Equal(t, []byline.CreatorID{"ada", "bruno", "dario", "cleo"}, idsOf(got.Hits))
	require.Nil(t, got.Hits[3].OrderedBy)
	require.InDelta(t, 9, *got.Hits[0].OrderedBy, 0)
}

// An account that is counted in another way may lie in the range.
func TestFollowersByAnotherDefinitionAreOpen(t *testing.T) {
	t.Parallel()
	account := func(n float64, definition string) creator.Account {
		return creator.Account{Platform: byline.X, Handle: definition, Followers: byline.Known(n, definition, day0)}
	}
	both := creator.Profile{ID: "ada", Accounts: []creator.Account{account(5, "exact"), account(900, "rounded")}}
	one := creator.Profile{ID: "bruno", Accounts: []creator.Account{account(5, "exact")}}
	x := indexOf(t, []search.Entry{{Dossier: &creator.Dossier{Profile: both}}, {Dossier: &creator.Dossier{Profile: one}}})
	for _, q := range []*search.Query{
		{Followers: &search.Followers{Definition: "exact", AtLeast: new(10.0)}},
		{Ranges: []search.Range{{Metric: "followers", Platform: byline.X, Definition: "exact", AtLeast: new(10.0)}}},
	} {
		got, err := x.Search(q)
		require.NoError(t, err)
		require.Equal(t, []byline.CreatorID{"ada"}, idsOf(got.Apart))
		require.Equal(t, 0, got.Found)
	}
}

// A reading of the platform stands before the one over all, even where it is missing.
func TestRangeFallsBackAsReadingsGetDoes(t *testing.T) {
	t.Parallel()
	entry := func(id string, readings ...creator.Reading) search.Entry {
		return search.Entry{Dossier: &creator.Dossier{Profile: creator.Profile{ID: byline.CreatorID(id)}}, Readings: readings}
	}
	rate := func(on byline.Platform, value float64, definition string) creator.Reading {
		return creator.Reading{Metric: "engagement.rate", Platform: on, Value: byline.Known(value, definition, day0)}
	}
	hidden := creator.Reading{Metric: "engagement.rate", Platform: byline.TikTok, Value: byline.Missing(byline.Hidden, "v1", day0)}
	entries := []search.Entry{
		entry("ada", rate(byline.TikTok, .02, "v1"), rate("", .09, "other")),
		entry("bruno", rate("", .05, "v1")),
		entry("cleo", hidden, rate("", .07, "v1")),
		entry("dario", rate(byline.YouTube, .08, "v1")),
	}
	x := indexOf(t, entries)
	q := &search.Query{
		Ranges: []search.Range{{Metric: "engagement.rate", Platform: byline.TikTok, AtLeast: new(0.01)}},
		Order:  &search.Order{Metric: "engagement.rate", Platform: byline.TikTok, Descending: true},
	}
	got, err := x.Search(q)
	require.NoError(t, err, "the other definition is of nobody who falls back")
	want := []search.Hit{
		{CreatorID: "bruno", OrderedBy: new(.05), Because: []search.Reason{{Clause: "ranges[0]", Found: "engagement.rate 0.05 over all platforms"}}},
		{CreatorID: "ada", OrderedBy: new(.02), Because: []search.Reason{{Clause: "ranges[0]", Found: "engagement.rate 0.02"}}},
	}
	if diff := cmp.Diff(want, got.Hits); diff != "" {
		t.Errorf("hits (-want +got):\n%s", diff)
	}
	require.Equal(t, []byline.CreatorID{"cleo", "dario"}, idsOf(got.Apart))
	_, err = indexOf(t, append(entries, entry("eva", rate("", .05, "other")))).Search(q)
	require.Equal(t, []string{"ranges[0].definition search.definition", "order.definition search.definition"}, faultsOf(err))
}

func TestAnEmptyRangeSaysWhereItsMetricIsKnown(t *testing.T) {
	t.Parallel()
	x := indexOf(t, []search.Entry{{
		Dossier:  &creator.Dossier{Profile: creator.Profile{ID: "ada"}},
		Readings: creator.Readings{{Metric: "growth.rate_30d", Platform: byline.TikTok, Value: byline.Known(.02, "v1", day0)}},
	}})
	for metric, want := range map[string]string{
		"growth.rate_30d": "growth.rate_30d is known on tiktok by v1",
		"growth.rate":     "nobody has a reading of growth.rate",
	} {
		got, err := x.Search(&search.Query{Ranges: []search.Range{{Metric: metric, AtLeast: new(0.01)}}})
		require.NoError(t, err)
		require.Equal(t, []search.Fact{{Clause: "ranges[0]", NoData: 1, Missing: search.ShowApart, Hint: want}}, got.Facets)
	}
}

// What a clause says of missing data goes before what the query says.
func TestMissingOfTheClauseGoesFirst(t *testing.T) {
	t.Parallel()
	x := indexOf(t, []search.Entry{{Dossier: &creator.Dossier{Profile: creator.Profile{ID: "ada"}}}})
	for name, tt := range map[string]struct {
		clause, query search.Missing
		found, apart  int
	}{
		"neither":   {"", "", 0, 1},
		"the query": {"", search.Include, 1, 0},
		"both":      {search.Include, search.Exclude, 1, 0},
		"the other": {search.Exclude, search.Include, 0, 0},
	} {
		got, err := x.Search(&search.Query{Markets: &search.Words{Any: []string{"DE"}, Missing: tt.clause}, Missing: tt.query})
		require.NoError(t, err)
		require.Equal(t, []int{tt.found, tt.apart}, []int{got.Found, got.Unsure}, name)
	}
}

func TestLanguagesAreFoundBySubtag(t *testing.T) {
	t.Parallel()
	x := indexOf(t, []search.Entry{
		{Dossier: &creator.Dossier{Profile: creator.Profile{ID: "ada", Languages: []string{"en-GB"}}}},
		{Dossier: &creator.Dossier{Profile: creator.Profile{ID: "bruno", Languages: []string{"enm"}}}},
	})
	got, err := x.Search(&search.Query{Languages: &search.Words{Any: []string{"EN"}}})
	require.NoError(t, err)
	require.Equal(t, []byline.CreatorID{"ada"}, idsOf(got.Hits))
}

// A later snapshot of the account counts, however the handle is written.
func TestTheLatestAudienceCounts(t *testing.T) {
	t.Parallel()
	snapshot := func(handle string, at time.Time, share float64) creator.Audience {
		return creator.Audience{
			Account: creator.Ref{Platform: byline.X, Handle: handle}, Kind: creator.Followers, Base: byline.Known(100, "x", at),
			Breakdowns: []creator.Breakdown{{Dimension: creator.Country, Buckets: []creator.Bucket{{Key: "DE", Share: byline.Known(share, "x", at)}}}},
		}
	}
	x := indexOf(t, []search.Entry{{Dossier: &creator.Dossier{
		Profile:   creator.Profile{ID: "ada"},
		Audiences: []creator.Audience{snapshot("Ada", day0.AddDate(0, 1, 0), .2), snapshot("ada", day0, .6)},
	}}})
	got, err := x.Search(&search.Query{Audience: []search.Share{{Kind: creator.Followers, Dimension: creator.Country, Keys: []string{"DE"}, AtLeast: new(0.5)}}})
	require.NoError(t, err)
	require.Equal(t, []int{0, 1}, []int{got.Found, got.Facets[0].Removed})
}

func TestManySearchAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(11)
	x := indexOf(t, w.entries(100))
	q := w.query()
	want, err := x.Search(q)
	require.NoError(t, err)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got, err := x.Search(q); err != nil || !cmp.Equal(want, got) {
				t.Error("a search beside others gives something else")
			}
			x.Without("c001")
		})
	}
	group.Wait()
}

func FuzzQuery(f *testing.F) {
	w := newWorld(1)
	x := indexOf(f, w.entries(40))
	for range 20 {
		text, err := json.Marshal(w.query())
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(`{"followers":{"at_least":1e308},"offset":9223372036854775807,"limit":9223372036854775807,"order":{"metric":"score","definition":"v1"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var q search.Query
		if json.Unmarshal(data, &q) != nil {
			return
		}
		r, err := x.Search(&q)
		if err != nil {
			require.ErrorIs(t, err, byline.ErrInvalid)
			return
		}
		if r.Found+r.Unsure > r.Searched || len(r.Hits) > r.Found {
			t.Errorf("%d found and %d unsure of %d, %d listed", r.Found, r.Unsure, r.Searched, len(r.Hits))
		}
		text, err := json.Marshal(&q)
		require.NoError(t, err)
		var back search.Query
		require.NoError(t, json.Unmarshal(text, &back))
		again, err := x.Search(&back)
		require.NoError(t, err)
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("the query read back finds something else:\n%s", diff)
		}
	})
}

// million makes creators cheaply: what varies is drawn by arithmetic, the rest is shared.
func million(b *testing.B, n int) *search.Index {
	b.Helper()
	var builder search.Builder
	platforms := []byline.Platform{byline.TikTok, byline.YouTube, byline.Instagram}
	for i := range n {
		h := uint64(i+1) * 0x9e3779b97f4a7c15
		draw := func(of uint64) uint64 { h ^= h >> 29; h *= 0xbf58476d1ce4e5b9; h ^= h >> 32; return h % of }
		p := platforms[draw(3)]
		low, high := float64(draw(20))/100, float64(20+draw(40))/100
		d := &creator.Dossier{
			Profile: creator.Profile{
				ID: byline.CreatorID(fmt.Sprintf("c%07d", i)), Name: "demo", Market: byline.Market([]string{"DE", "US", "FR"}[draw(3)]),
				Themes:   []string{fmt.Sprintf("theme%d", draw(500)), fmt.Sprintf("theme%d", draw(500))},
				Accounts: []creator.Account{{Platform: p, Handle: "demo", Followers: byline.Known(float64(draw(1_000_000)), string(p)+".followers", day0)}},
			},
			Audiences: []creator.Audience{{Kind: creator.Followers, Account: creator.Ref{Platform: p, Handle: "demo"}, Breakdowns: []creator.Breakdown{{
				Dimension: creator.Country, Buckets: []creator.Bucket{{Key: "DE", Share: byline.Known(float64(draw(100))/100, "x", day0)}},
			}}}},
			Posts: []creator.Post{{Text: fmt.Sprintf("word%d word%d word%d word%d", draw(20_000), draw(20_000), draw(20_000), draw(300))}},
		}
		require.NoError(b, builder.Add(search.Entry{Dossier: d, Readings: creator.Readings{
			{Metric: "authenticity.fake_share", Value: byline.Known((low+high)/2, "v1", day0), Low: &low, High: &high},
			{Metric: "engagement.rate", Value: byline.Known(float64(draw(1000))/10_000, "v1", day0)},
		}}))
	}
	return builder.Build()
}

// Six clauses over a million creators on one core, with an order.
func BenchmarkSearch(b *testing.B) {
	const n = 1_000_000
	before := heap()
	started := time.Now()
	x := million(b, n)
	built := time.Since(started)
	size := heap() - before
	tenThousand, rate, quarter, third := 10_000.0, 0.02, 0.4, 0.3
	q := &search.Query{
		Platforms: &search.Words{Any: []string{"tiktok", "instagram"}},
		Themes:    &search.Words{Any: []string{"theme1", "theme2", "theme3", "theme4"}},
		Followers: &search.Followers{AtLeast: &tenThousand},
		Ranges:    []search.Range{{Metric: "engagement.rate", AtLeast: &rate}, {Metric: "authenticity.fake_share", By: search.ByHigh, AtMost: &quarter}},
		Audience:  []search.Share{{Kind: creator.Followers, Dimension: creator.Country, Keys: []string{"DE"}, AtLeast: &third}},
		Order:     &search.Order{Metric: "engagement.rate", Descending: true},
	}
	found := 0
	for b.Loop() {
		r, err := x.Search(q)
		require.NoError(b, err)
		found = r.Found
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/profile")
	b.ReportMetric(float64(size)/n, "B/profile")
	b.ReportMetric(built.Seconds(), "s-build")
	b.ReportMetric(float64(found), "found")
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// What a creator wrote is found by writing the same, in any case.
func FuzzKeywords(f *testing.F) {
	for _, text := range []string{"Sourdough, every day", "東京でパン", "ﬁne ŉ İstanbul ẞ", "\xff\u0301a\u0e33", "ǅ ς Σ", "a\u0345\u0301 ᾳ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := &creator.Dossier{Profile: creator.Profile{ID: "ada"}, Posts: []creator.Post{{Text: text}}}
		q := &search.Query{Keywords: &search.Words{All: []string{text}}}
		got, err := indexOf(t, []search.Entry{{Dossier: d}}).Search(q)
		if err != nil {
			require.Equal(t, []string{"keywords.all[0] search.words"}, faultsOf(err))
			return
		}
		if got.Found != 1 {
			t.Errorf("%q does not find itself", text)
		}
	})
}

// Shares of several keys are summed within one account, and a sum that is not whole is
// known only where the missing parts cannot change the answer.
func TestSharesAreSummed(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	ages := func(handle string, shares map[string]float64) creator.Audience {
		b := creator.Breakdown{Dimension: creator.Age}
		for _, key := range slices.Sorted(maps.Keys(shares)) {
			b.Buckets = append(b.Buckets, creator.Bucket{Key: key, Share: byline.Known(shares[key], "x", at)})
		}
		return creator.Audience{
			Account: creator.Ref{Platform: byline.TikTok, Handle: handle}, Kind: creator.Followers,
			Base: byline.Known(1000, "x", at), Breakdowns: []creator.Breakdown{b},
		}
	}
	two := func(young, older float64) map[string]float64 {
		return map[string]float64{"18-24": young, "25-34": older, "35+": 0.01}
	}
	audiences := map[byline.CreatorID][]creator.Audience{
		"ada":   {ages("a", two(0.25, 0.25))},
		"bruno": {ages("b", two(0.3, 0.1))},
		"cleo":  {ages("c", two(0.3, 0.1)), ages("cc", two(0.1, 0.3))}, // not summed over accounts
		"dario": {ages("d", map[string]float64{"18-24": 0.6})},
		"emma":  {ages("e", map[string]float64{"18-24": 0.2})},
	}
	var entries []search.Entry
	for id, a := range audiences {
		p := creator.Profile{ID: id, Name: string(id), Accounts: []creator.Account{{Platform: byline.TikTok, Handle: string(id)}}}
		entries = append(entries, search.Entry{Dossier: &creator.Dossier{Profile: p, Audiences: a}})
	}
	x := indexOf(t, entries)
	for name, tt := range map[string]struct {
		share       search.Share
		hits, apart string
	}{
		"at least": {search.Share{AtLeast: new(0.5)}, "[ada dario]", "[emma]"},
		"at most":  {search.Share{AtMost: new(0.5)}, "[ada bruno cleo]", "[emma]"},
		"between":  {search.Share{AtLeast: new(0.1), AtMost: new(0.45)}, "[bruno cleo]", "[emma]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.share.Kind, tt.share.Dimension, tt.share.Keys = creator.Followers, creator.Age, []string{"18-24", "25-34"}
			got, err := x.Search(&search.Query{Audience: []search.Share{tt.share}})
			require.NoError(t, err)
			if hits, apart := fmt.Sprint(idsOf(got.Hits)), fmt.Sprint(idsOf(got.Apart)); hits != tt.hits || apart != tt.apart {
				t.Errorf("hits %s and apart %s; want %s and %s", hits, apart, tt.hits, tt.apart)
			}
		})
	}
}

func TestShareKeysAreNamedOnce(t *testing.T) {
	t.Parallel()
	q := search.Query{Audience: []search.Share{{Kind: creator.Followers, Dimension: creator.Country, Keys: []string{"DE", "de", ""}, AtLeast: new(0.5)}}}
	all, ok := errors.AsType[*byline.ValidationError](q.Validate())
	if !ok || len(all.Fields) != 2 || all.Fields[0].Path != "audience[0].keys[1]" || all.Fields[1].Path != "audience[0].keys[2]" {
		t.Errorf("faults %v", q.Validate())
	}
}
