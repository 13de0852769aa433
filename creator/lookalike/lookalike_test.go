package lookalike_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/lookalike"
)

var day = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func pick(r *rand.Rand, of ...string) (some []string) {
	for _, s := range of {
		if r.IntN(3) == 0 {
			some = append(some, s)
		}
	}
	return some
}

func measure(r *rand.Rand, x float64) byline.Measure {
	if r.IntN(5) == 0 {
		return byline.Missing(byline.Hidden, "x", day)
	}
	return byline.Known(x, "x", day)
}

// candidate is a random creator; every fact may be missing.
func candidate(r *rand.Rand, id string) lookalike.Candidate {
	share := r.Float64()
	d := &creator.Dossier{Profile: creator.Profile{
		ID: byline.CreatorID(id), Themes: pick(r, "bread", "cake", "running", "yoga"), Tone: pick(r, "dry", "warm"),
		Style: pick(r, "handheld", "studio"), Tags: pick(r, "vip"), Market: byline.Market(append(pick(r, "DE", "US"), "")[0]), Languages: pick(r, "de", "en"),
		Accounts:   []creator.Account{{Platform: byline.Platform(append(pick(r, "tiktok"), "youtube")[0]), Handle: id, Followers: measure(r, math.Exp(10*r.Float64()))}},
		Embeddings: map[string][]float32{"demo-1": {r.Float32(), r.Float32()}},
	}, Rates: []creator.Rate{{Pieces: 1 + r.IntN(3), Price: byline.Minor(int64(r.IntN(10_000)), byline.EUR)}}}
	d.Audiences = []creator.Audience{{Kind: creator.Followers, Base: measure(r, 100), Breakdowns: []creator.Breakdown{{
		Dimension: creator.Gender, Buckets: []creator.Bucket{{Key: "f", Share: measure(r, share)}, {Key: "m", Share: measure(r, 1-share)}},
	}}}}
	return lookalike.Candidate{Dossier: d, Readings: creator.Readings{
		{Metric: "engagement.rate", Value: measure(r, r.Float64()/10)}, {Metric: "performance.conversion_rate", Value: measure(r, r.Float64())},
	}}
}

// past makes known creators; signal is how much their outcome hangs on being a baker.
func past(r *rand.Rand, n int, signal float64) (known []lookalike.Known) {
	for i := range n {
		c := candidate(r, fmt.Sprintf("k%03d", i))
		outcome := r.NormFloat64()
		if strings.Contains(strings.Join(c.Dossier.Profile.Themes, " "), "bread") {
			outcome += signal
		}
		known = append(known, lookalike.Known{Candidate: c, Outcome: byline.Known(outcome, "performance.conversion_rate", day), Weight: 1 + float64(r.IntN(5))})
	}
	return known
}

func candidates(r *rand.Rand, n int) (all []lookalike.Candidate) {
	for i := range n {
		all = append(all, candidate(r, fmt.Sprintf("c%03d", i)))
	}
	return all
}

func model(t testing.TB, known []lookalike.Known) *lookalike.Model {
	t.Helper()
	m, err := lookalike.New(known, &lookalike.Options{Anyway: true})
	require.NoError(t, err)
	return m
}

func score(t testing.TB, m *lookalike.Model, all []lookalike.Candidate) []lookalike.Alike {
	t.Helper()
	scored, err := m.Score(all, day)
	require.NoError(t, err)
	return scored
}

// Where there is nothing to find the model says so, nearly always; where there is, it finds it.
func TestSignalOrRefusal(t *testing.T) {
	t.Parallel()
	refused, worlds := 0, 8
	for seed := range worlds {
		if _, err := lookalike.New(past(rand.New(rand.NewPCG(uint64(seed), 1)), 30, 0), nil); err != nil {
			refusal, ok := errors.AsType[*byline.RefusalError](err)
			require.True(t, ok)
			require.Equal(t, "lookalike.no_signal", refusal.Code)
			refused++
		}
	}
	t.Logf("%d of %d worlds without signal are refused", refused, worlds)
	if refused < worlds-1 {
		t.Errorf("only %d of %d worlds without signal are refused", refused, worlds)
	}
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed+1, 2))
		m, err := lookalike.New(past(r, 50, 4), nil)
		require.NoError(t, err)
		b := m.Backtest()
		if b.Concordance < .62 || b.Low > b.Concordance || b.High < b.Concordance || b.MedianError >= b.MedianErrorOfMean {
			t.Errorf("back-test is %+v", b)
		}
		require.InDelta(t, 2*b.Concordance-1, b.RankCorrelation, 1e-12)
		telling := slices.MaxFunc(b.Groups, func(a, b lookalike.Signal) int { return int(1e6 * (a.Low - b.Low)) })
		require.Equal(t, lookalike.Themes, telling.Group)
	}
}

// What tells of the outcome is no trait: with such readings the back-test is as without.
func TestOutcomesAreNoTraits(t *testing.T) {
	t.Parallel()
	leaky := func(metric, definition string) *lookalike.Model {
		known := past(rand.New(rand.NewPCG(21, 21)), 30, 0)
		for i := range known {
			outcome, _ := known[i].Outcome.Value()
			if metric != "" {
				known[i].Readings = append(known[i].Readings, creator.Reading{Metric: metric, Value: byline.Known(outcome, definition, day)})
			}
		}
		return model(t, known)
	}
	want := leaky("", "").Backtest()
	for metric, definition := range map[string]string{
		"performance.orders_per_post": "v1", "lookalike.expected": "v1", "shop.rate": "performance.conversion_rate",
	} {
		if diff := cmp.Diff(want, leaky(metric, definition).Backtest()); diff != "" {
			t.Errorf("%s by %s leaks into the back-test:\n%s", metric, definition, diff)
		}
	}
	if leaky("shop.rate", "v1").Backtest().Concordance < .7 {
		t.Error("a leak that nobody can see is not seen by this test either")
	}
}

// Named metrics are compared and no others, those of outcomes too.
func TestMetricsNameWhatIsCompared(t *testing.T) {
	t.Parallel()
	for metric, want := range map[string]bool{"engagement.rate": true, "performance.conversion_rate": true, "growth.rate_30d": false} {
		known := past(rand.New(rand.NewPCG(23, 23)), 20, 0)
		for i := range known { // of another definition than the outcome
			known[i].Readings = creator.Readings{{Metric: metric, Value: byline.Known(float64(i), "x", day)}}
			if !want {
				known[i].Readings[0].Metric = "engagement.rate"
			}
		}
		m, err := lookalike.New(known, &lookalike.Options{Anyway: true, Metrics: []string{metric}})
		require.NoError(t, err)
		nearest := score(t, m, []lookalike.Candidate{known[0].Candidate})[0]
		got := slices.ContainsFunc(nearest.Contributions, func(c lookalike.Contribution) bool { return c.Group == lookalike.Readings })
		require.Equal(t, want, got, metric)
	}
}

// A reading that nobody can be compared by lowers nobody's coverage.
func TestReadingsWithoutScaleCountForNothing(t *testing.T) {
	t.Parallel()
	coverage := func(readings func(i int) creator.Readings) float64 {
		known := past(rand.New(rand.NewPCG(22, 22)), 30, 0)
		for i := range known {
			known[i].Readings = readings(i)
		}
		return score(t, model(t, known), []lookalike.Candidate{known[0].Candidate})[0].Coverage
	}
	alike := func(int) creator.Readings {
		return creator.Readings{{Metric: "engagement.rate", Value: byline.Known(.05, "x", day)}}
	}
	require.InDelta(t, coverage(func(int) creator.Readings { return nil }), coverage(alike), 1e-12)
}

// The mean concordance of worlds without signal is that of a coin: leaving out pairs has no lean.
func TestBacktestHasNoLean(t *testing.T) {
	t.Parallel()
	sum, several, worlds := 0.0, 0, 14
	for seed := range worlds {
		b := model(t, past(rand.New(rand.NewPCG(uint64(seed), 3)), 25, 0)).Backtest()
		sum += b.Concordance
		if times := 1 / b.Chance; math.Abs(times-math.Round(times)) > 1e-9 {
			several++
		}
	}
	if several < worlds/2 {
		t.Errorf("%d of %d chances come of more than one shuffle", several, worlds)
	}
	if average := sum / float64(worlds); math.Abs(average-.5) > .05 {
		t.Errorf("the mean concordance is %.3f", average)
	}
}

func TestBakersAreExpectedToDoBetter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	m := model(t, past(r, 40, 4))
	all := candidates(r, 80)
	baker := map[byline.CreatorID]bool{}
	for _, c := range all {
		baker[c.Dossier.Profile.ID] = strings.Contains(strings.Join(c.Dossier.Profile.Themes, " "), "bread")
	}
	sum, count := map[bool]float64{}, map[bool]float64{}
	for _, a := range score(t, m, all) {
		v, known := a.Expected.Value.Value()
		if known {
			sum[baker[a.CreatorID]] += v
			count[baker[a.CreatorID]]++
		}
	}
	if sum[true]/count[true] <= sum[false]/count[false]+.5 {
		t.Errorf("bakers %g of %g, others %g of %g", sum[true], count[true], sum[false], count[false])
	}
}

func TestOthersChangeNoScore(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 6))
	m := model(t, past(r, 25, 2))
	all := candidates(r, 20)
	among := map[byline.CreatorID]lookalike.Alike{}
	for _, a := range score(t, m, all) {
		among[a.CreatorID] = a
	}
	for _, c := range all {
		alone := score(t, m, []lookalike.Candidate{c})
		if diff := cmp.Diff(among[c.Dossier.Profile.ID], alone[0]); diff != "" {
			t.Errorf("others change the score (-among +alone):\n%s", diff)
		}
	}
}

func TestOrderChangesNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 7))
	known, all := past(r, 30, 2), candidates(r, 20)
	m := model(t, known)
	want := score(t, m, all)
	r.Shuffle(len(known), func(i, j int) { known[i], known[j] = known[j], known[i] })
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	again := model(t, known)
	if diff := cmp.Diff(m.Backtest(), again.Backtest(), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("back-tests differ:\n%s", diff)
	}
	if diff := cmp.Diff(want, score(t, again, all)); diff != "" {
		t.Errorf("scores differ:\n%s", diff)
	}
}

func TestEveryNumberAddsUp(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 8))
	scored := score(t, model(t, past(r, 40, 2)), candidates(r, 60))
	compared := 0
	for i, a := range scored {
		v, known := a.Expected.Value.Value()
		if !known {
			require.Equal(t, "lookalike.nobody_alike", a.Expected.Refusal.Code)
			continue
		}
		compared++
		adds, shares := 0.0, 0.0
		for _, c := range a.Contributions {
			adds += c.Adds
			require.True(t, c.Similarity >= 0 && c.Similarity <= 1+1e-9 && c.Coverage <= 1+1e-9, "%+v", c)
		}
		for _, n := range a.Nearest {
			shares += n.Share
		}
		require.InDelta(t, a.Similarity, adds, 1e-9)
		require.InDelta(t, 1, shares, 1e-9)
		require.True(t, a.Coverage >= lookalike.DefaultMinCoverage && a.Coverage <= 1+1e-9 && a.Pull > 0 && a.Pull < 1)
		require.True(t, *a.Expected.Low < v && v < *a.Expected.High)
		if i > 0 {
			before, _ := scored[i-1].Expected.Value.Value()
			require.GreaterOrEqual(t, before, v)
		}
	}
	require.Greater(t, compared, 45)
	text, err := json.Marshal(scored)
	require.NoError(t, err)
	var back []lookalike.Alike
	require.NoError(t, json.Unmarshal(text, &back))
	if diff := cmp.Diff(scored, back); diff != "" {
		t.Errorf("scores read back differ:\n%s", diff)
	}
}

// A known creator speaks by how much they are alike and how much is known of them.
func TestWeightsSpeak(t *testing.T) {
	t.Parallel()
	known := past(rand.New(rand.NewPCG(24, 24)), 30, 0)
	for i := range known {
		known[i].Candidate = lookalike.Candidate{Dossier: bare(known[i].Dossier.Profile.ID)}
		known[i].Dossier.Profile.Themes = []string{"bread"}
		known[i].Outcome, known[i].Weight = byline.Known(float64(i%2), "x", day), 1+99*float64(i%2)
	}
	bread := lookalike.Candidate{Dossier: bare("ada")}
	bread.Dossier.Profile.Themes = []string{"bread"}
	m := model(t, known)
	a := score(t, m, []lookalike.Candidate{bread})[0]
	v, _ := a.Expected.Value.Value()
	require.InDelta(t, 100./101, v, 1e-9, "all are alike, so the mean of all by their weights")
	// Half of them miss the mean of the others by nearly all, the other half by nearly nothing.
	require.InDelta(t, (1500./1514+15./1415)/2, m.Backtest().MedianErrorOfMean, 1e-9)
}

// Where the themes decide alone no shuffle of 199 does as well, which is one of 200.
func TestChanceIsNeverNothing(t *testing.T) {
	t.Parallel()
	known := past(rand.New(rand.NewPCG(26, 26)), 24, 0)
	for i := range known {
		known[i].Candidate = lookalike.Candidate{Dossier: bare(known[i].Dossier.Profile.ID)}
		known[i].Dossier.Profile.Themes = []string{[]string{"bread", "running"}[i%2]}
		known[i].Outcome = byline.Known(float64(10*(i%2))+float64(i)/100, "x", day)
	}
	require.InDelta(t, 1./200, model(t, known).Backtest().Chance, 1e-12)
}

// A contribution tells how alike a group is among those with whom it could be compared.
func TestContributionsAreOfThoseWhoCouldBeCompared(t *testing.T) {
	t.Parallel()
	known := past(rand.New(rand.NewPCG(25, 25)), 20, 0)
	for i := range known {
		known[i].Candidate = lookalike.Candidate{Dossier: bare(known[i].Dossier.Profile.ID)}
		known[i].Dossier.Profile.Themes = []string{"bread"}
		if i%2 == 0 {
			known[i].Dossier.Profile.Tone = []string{"dry"}
		}
		known[i].Weight = 1
	}
	m, err := lookalike.New(known, &lookalike.Options{Anyway: true, Neighbours: 20})
	require.NoError(t, err)
	ada := lookalike.Candidate{Dossier: bare("ada")}
	ada.Dossier.Profile.Themes, ada.Dossier.Profile.Tone = []string{"bread"}, []string{"dry"}
	got := score(t, m, []lookalike.Candidate{{Dossier: bare("a")}, ada})
	require.Equal(t, []byline.CreatorID{"ada", "a"}, []byline.CreatorID{got[0].CreatorID, got[1].CreatorID}, "who cannot be compared is last")
	// Who has a tone weighs 1, who has none 3/4, as three of four parts could be compared.
	want := []lookalike.Contribution{
		{Group: lookalike.Themes, Adds: (1*.75 + .75) / 1.75, Similarity: 1, Coverage: 1},
		{Group: lookalike.Tone, Adds: .25 / 1.75, Similarity: 1, Coverage: 1 / 1.75},
	}
	if diff := cmp.Diff(want, got[0].Contributions, cmpopts.EquateApprox(1e-9, 0)); diff != "" {
		t.Errorf("contributions (-want +got):\n%s", diff)
	}
}

// Taking facts away lowers the coverage; what is left keeps its similarity.
func TestMissingIsNotUnlike(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 9))
	m, err := lookalike.New(past(r, 40, 2), &lookalike.Options{Anyway: true, Weights: map[lookalike.Group]float64{lookalike.Themes: 1, lookalike.Embeddings: 1}})
	require.NoError(t, err)
	full := candidate(r, "full")
	full.Dossier.Profile.Themes = []string{"bread"}
	bare := lookalike.Candidate{Dossier: &creator.Dossier{Profile: full.Dossier.Profile}}
	bare.Dossier.Profile.Embeddings = nil
	nothing := lookalike.Candidate{Dossier: &creator.Dossier{Profile: creator.Profile{ID: "nothing"}}}
	scored := map[byline.CreatorID]lookalike.Alike{}
	bare.Dossier.Profile.ID = "bare"
	for _, a := range score(t, m, []lookalike.Candidate{full, bare, nothing}) {
		scored[a.CreatorID] = a
	}
	require.InDelta(t, .5, scored["bare"].Coverage, 1e-9)
	require.Greater(t, scored["full"].Coverage, .6)
	require.Len(t, scored["bare"].Contributions, 1)
	require.InDelta(t, scored["bare"].Similarity, scored["bare"].Contributions[0].Similarity, 1e-9)
	require.Equal(t, byline.TooFew, scored["nothing"].Expected.Value.Missing())
}

func TestNobodyIsTheirOwnLookAlike(t *testing.T) {
	t.Parallel()
	known := past(rand.New(rand.NewPCG(10, 10)), 40, 2)
	m := model(t, known)
	a := score(t, m, []lookalike.Candidate{known[0].Candidate})[0]
	require.True(t, a.IsKnown)
	for _, n := range a.Nearest {
		require.NotEqual(t, a.CreatorID, n.CreatorID)
	}
	// The own outcome changes nothing about what is expected.
	before, _ := a.Expected.Value.Value()
	v, _ := known[0].Outcome.Value()
	known[0].Outcome = byline.Known(v+100, known[0].Outcome.Definition(), day)
	after, _ := score(t, model(t, known), []lookalike.Candidate{known[0].Candidate})[0].Expected.Value.Value()
	require.InDelta(t, before, after, 1e-9)
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	good := func(n int) []lookalike.Known { return past(rand.New(rand.NewPCG(11, 11)), n, 4) }
	tests := map[string]struct {
		known []lookalike.Known
		edit  func(*lookalike.Known)
		want  string
	}{
		"too few":            {good(19), func(*lookalike.Known) {}, "lookalike.too_few_known"},
		"nobody":             {nil, nil, "lookalike.too_few_known"},
		"no outcomes":        {good(30), func(k *lookalike.Known) { k.Outcome = byline.Measure{} }, "lookalike.too_few_known"},
		"all the same":       {good(30), func(k *lookalike.Known) { k.Outcome = byline.Known(1, "x", day) }, "lookalike.no_variation"},
		"nothing to compare": {good(30), func(k *lookalike.Known) { k.Dossier = bare(k.Dossier.Profile.ID); k.Readings = nil }, "lookalike.not_comparable"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i := range tt.known {
				tt.edit(&tt.known[i])
			}
			_, err := lookalike.New(tt.known, &lookalike.Options{Anyway: true})
			refusal, ok := errors.AsType[*byline.RefusalError](err)
			require.True(t, ok, "%v", err)
			require.Equal(t, tt.want, refusal.Code)
		})
	}
}

func bare(id byline.CreatorID) *creator.Dossier {
	return &creator.Dossier{Profile: creator.Profile{ID: id}}
}

func TestNewReportsAllFaults(t *testing.T) {
	t.Parallel()
	known := past(rand.New(rand.NewPCG(12, 12)), 5, 1)
	known[1].Dossier = known[0].Dossier
	known[2].Dossier = nil
	known[3].Outcome = byline.Known(1, "another", day)
	known[4].Weight = math.NaN()
	_, err := lookalike.New(known, &lookalike.Options{
		Weights: map[lookalike.Group]float64{"shoe size": 1, lookalike.Themes: math.Inf(1)}, MinKnown: 3, Neighbours: -1,
		Sharpness: math.NaN(), Shrink: -1, MinCoverage: 2, Level: .996,
	})
	all, ok := errors.AsType[*byline.ValidationError](err)
	require.True(t, ok)
	var got []string
	for _, f := range all.Fields {
		got = append(got, f.Path+" "+f.Code)
	}
	want := []string{
		`options.weights["shoe size"] lookalike.option`, `options.weights["themes"] lookalike.option`, "options.min_known lookalike.option",
		"options.neighbours lookalike.option", "options.sharpness lookalike.option", "options.shrink lookalike.option",
		"options.min_coverage lookalike.option", "options.level lookalike.option", "known[1].dossier lookalike.creator_twice",
		"known[2].dossier lookalike.creator", "known[3].outcome lookalike.outcome_definition", "known[4].weight lookalike.weight",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	for _, weight := range []float64{-1, 1e-4, 1e7} {
		_, err = lookalike.New([]lookalike.Known{{Candidate: known[0].Candidate, Weight: weight}}, nil)
		require.ErrorContains(t, err, "known[0].weight")
	}
	_, err = model(t, past(rand.New(rand.NewPCG(1, 1)), 30, 1)).Score([]lookalike.Candidate{{}}, day)
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func TestFindings(t *testing.T) {
	t.Parallel()
	known := past(rand.New(rand.NewPCG(13, 13)), 40, 0)
	known[0].Outcome = byline.Missing(byline.TooFew, "performance.conversion_rate", day)
	m := model(t, known)
	var got []string
	for _, f := range m.Findings() {
		got = append(got, f.Code)
	}
	require.Equal(t, []string{"lookalike.outcome_missing", "lookalike.no_signal"}, got)
	require.Equal(t, 39, m.Backtest().Known)
}

func FuzzScore(f *testing.F) {
	r := rand.New(rand.NewPCG(14, 14))
	known := past(r, 30, 2)
	for range 5 {
		c := candidate(r, "ada")
		d, err := json.Marshal(c.Dossier)
		require.NoError(f, err)
		readings, err := json.Marshal(c.Readings)
		require.NoError(f, err)
		f.Add(d, readings)
	}
	m := model(f, known)
	f.Fuzz(func(t *testing.T, dossier, readings []byte) {
		c := lookalike.Candidate{Dossier: &creator.Dossier{}}
		if json.Unmarshal(dossier, c.Dossier) != nil || json.Unmarshal(readings, &c.Readings) != nil || c.Dossier.Profile.ID == "" {
			return
		}
		// As a candidate, and as one of the known.
		one := score(t, m, []lookalike.Candidate{c})[0]
		if !(one.Similarity >= 0 && one.Similarity <= 1+1e-9 && one.Coverage >= 0 && one.Coverage <= 1+1e-9) {
			t.Errorf("similarity %g, coverage %g", one.Similarity, one.Coverage)
		}
		_, err := json.Marshal(one)
		require.NoError(t, err)
		if strings.HasPrefix(string(c.Dossier.Profile.ID), "k") {
			return
		}
		more := model(t, append(slices.Clip(known), lookalike.Known{Candidate: c, Outcome: byline.Known(1, "performance.conversion_rate", day)}))
		_, err = json.Marshal(more.Backtest())
		require.NoError(t, err)
	})
}

// A thousand candidates against five hundred known creators.
func BenchmarkScore(b *testing.B) {
	r := rand.New(rand.NewPCG(15, 15))
	m, all := model(b, past(r, 500, 3)), candidates(r, 1000)
	for b.Loop() {
		score(b, m, all)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/candidate")
}
