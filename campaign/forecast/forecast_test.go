package forecast

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

func TestOrderAndProcessorsChangeNoBit(t *testing.T) { //nolint:paralleltest // it changes the number of processors
	history := past(8, 6, 1)
	plan := []Line{line("c00", 2), line("c03", 1), line("new", 3)}
	o := &Options{Draws: 150, Seed: 5}
	want, err := Make(history, plan, o)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 1))
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	for range 3 {
		random.Shuffle(len(history), func(i, j int) { history[i], history[j] = history[j], history[i] })
		got, err := Make(history, plan, o)
		require.NoError(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("another order of history, another forecast:\n%s", diff)
		}
	}
	plan[0], plan[2] = plan[2], plan[0]
	got, err := Make(history, plan, o)
	require.NoError(t, err)
	if diff := cmp.Diff(want.Outcomes, got.Outcomes); diff != "" {
		t.Errorf("another order of lines, another total:\n%s", diff)
	}
	if diff := cmp.Diff(want.Lines[0], got.Lines[2]); diff != "" {
		t.Errorf("another order of lines, another line:\n%s", diff)
	}
	other, err := Make(history, plan, &Options{Draws: 150, Seed: 6})
	require.NoError(t, err)
	if cmp.Equal(got.Outcomes, other.Outcomes) {
		t.Error("the seed changes nothing")
	}
}

func TestMorePostsNeverLower(t *testing.T) {
	t.Parallel()
	history := past(8, 6, 2)
	var last Forecast
	for posts := 1; posts <= 6; posts++ {
		f, err := Make(history, []Line{line("c01", posts), line("new", 1)}, &Options{Draws: 120, Levels: []float64{0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99}})
		require.NoError(t, err)
		for _, pair := range [][2][]Quantile{
			{last.GrossReach.Quantiles, f.GrossReach.Quantiles}, {last.Conversions.Quantiles, f.Conversions.Quantiles}, {last.Clicks.Quantiles, f.Clicks.Quantiles},
		} {
			for i, q := range pair[1] {
				if i > 0 && q.Value < pair[1][i-1].Value {
					t.Errorf("%d posts: level %g is below level %g", posts, q.Level, pair[1][i-1].Level)
				}
				if q.Low > q.Value || q.High < q.Value {
					t.Errorf("%d posts: %+v lies outside its error", posts, q)
				}
				if posts > 1 && q.Value < pair[0][i].Value {
					t.Errorf("%d posts: level %g fell from %g to %g", posts, q.Level, pair[0][i].Value, q.Value)
				}
			}
		}
		last = f
	}
}

// TestTotalSharesItsParameters: the relative width of a plan of many new creators does not
// fall as the root of their number, since what they share is not known.
func TestTotalSharesItsParameters(t *testing.T) {
	t.Parallel()
	history := past(5, 4, 3)
	width := func(n int) float64 {
		var plan []Line
		for i := range n {
			plan = append(plan, line(byline.CreatorID("new"+strings.Repeat("x", i)), 1))
		}
		f, err := Make(history, plan, &Options{Draws: 600})
		require.NoError(t, err)
		q := f.GrossReach.Quantiles
		return math.Log(q[2].Value / q[0].Value)
	}
	one, many := width(1), width(60)
	if many < 3*one/math.Sqrt(60) || many > one {
		t.Errorf("one new creator spans a log of %g, sixty %g, independent ones would %g", one, many, one/math.Sqrt(60))
	}
}

// TestShrinkage: a creator with one splendid post is forecast between it and the cohort; one
// with many is taken at their word.
func TestShrinkage(t *testing.T) {
	t.Parallel()
	history := past(10, 6, 4)
	once := history[0]
	once.CreatorID, once.Reach = "once", reachOf(1e6)
	history = append(history, once)
	for i := range 12 {
		often := once
		often.CreatorID, often.At = "often", day(i)
		often.Reach = reachOf(1e6 + float64(i))
		history = append(history, often)
	}
	f, err := Make(history, []Line{line("once", 1), line("often", 1), line("new", 1)}, &Options{Draws: 400})
	require.NoError(t, err)
	median := func(i int) float64 { v, _ := f.Lines[i].GrossReach.At(0.5); return v }
	if !(median(2) < median(0) && median(0) < median(1)) || math.Abs(math.Log(median(1)/1e6)) > 0.5 {
		t.Errorf("medians: once %g, often %g, new %g", median(0), median(1), median(2))
	}
	if f.Lines[0].NewCreator || !f.Lines[2].NewCreator || len(f.Findings) != 1 || f.Findings[0].Path != "plan[2]" {
		t.Errorf("findings %+v", f.Findings)
	}
}

func TestMissingIsNotZero(t *testing.T) {
	t.Parallel()
	history := past(8, 6, 5)
	want, err := Make(history, []Line{line("c01", 1)}, &Options{Draws: 400})
	require.NoError(t, err)
	for i := range history {
		unknown := history[i]
		unknown.Reach, unknown.Clicks, unknown.Conversions, unknown.Revenue = byline.Measure{}, byline.Missing(byline.Hidden, "", day(0)), byline.Measure{}, byline.Money{}
		history = append(history, unknown)
	}
	got, err := Make(history, []Line{line("c01", 1)}, &Options{Draws: 400})
	require.NoError(t, err)
	if diff := cmp.Diff(want.Outcomes, got.Outcomes); diff != "" {
		t.Errorf("posts of which nothing is known change the forecast:\n%s", diff)
	}
	for i := range history {
		history[i].Clicks, history[i].Revenue = byline.Measure{}, byline.Money{}
	}
	got, err = Make(history, []Line{line("c01", 1)}, &Options{Draws: 400})
	require.NoError(t, err)
	if got.Clicks.Refused == nil || got.Revenue.Refused == nil || got.Conversions.Refused != nil || got.Clicks.Quantiles != nil {
		t.Errorf("what nobody measured: %+v, %+v", got.Clicks, got.Revenue)
	}
}

func TestUniqueReachAndFees(t *testing.T) {
	t.Parallel()
	history, overlap := past(8, 6, 6), 0.25
	plan := []Line{line("c01", 2), line("c02", 1)}
	plan[0].Fee, plan[1].Fee = byline.Minor(1, byline.EUR), byline.Minor(0, byline.EUR)
	f, err := Make(history, plan, &Options{Overlap: &overlap, Draws: 400})
	require.NoError(t, err)
	for i, q := range f.UniqueReach.Quantiles {
		if want := f.GrossReach.Quantiles[i].Value * 0.75; q.Value != want {
			t.Errorf("unique reach %g, want %g", q.Value, want)
		}
	}
	if f.CoversFees == nil || f.CoversFees.Value < 0.99 || f.Fees != byline.Minor(1, byline.EUR) {
		t.Errorf("a fee of a cent: %+v of %v", f.CoversFees, f.Fees)
	}
	for name, fees := range map[string][2]byline.Money{
		"of another currency": {byline.Minor(100, byline.JPY), byline.Minor(0, byline.JPY)},
		"not yet agreed":      {byline.Minor(1, byline.EUR), {}},
		"not given":           {},
	} {
		plan[0].Fee, plan[1].Fee = fees[0], fees[1]
		f, err = Make(history, plan, &Options{Draws: 100})
		require.NoError(t, err)
		if f.CoversFees != nil || f.UniqueReach != nil || f.Fees != fees[0] {
			t.Errorf("fees %s: %+v of %v", name, f.CoversFees, f.Fees)
		}
	}
	plan[0].Fee, plan[1].Fee = byline.Minor(0, byline.EUR), byline.Minor(0, byline.EUR)
	f, err = Make(history, plan, &Options{Draws: 100})
	require.NoError(t, err)
	if f.CoversFees == nil || f.CoversFees.Value != 1 {
		t.Errorf("fees that are known to be nothing: %+v", f.CoversFees)
	}
	if text := f.Explain(); !strings.Contains(text, "Gross reach: P10 ") {
		t.Error(text)
	}
}

// TestCurrencies: minor units are what is modelled, so the digits do not matter.
func TestCurrencies(t *testing.T) {
	t.Parallel()
	for _, c := range []byline.Currency{byline.JPY, byline.EUR, byline.KWD} {
		history := past(8, 6, 7)
		for i := range history {
			history[i].Revenue = byline.Minor(history[i].Revenue.Minor(), c)
		}
		f, err := Make(history, []Line{line("c01", 1)}, &Options{Draws: 200})
		require.NoError(t, err)
		if v, ok := f.Revenue.At(0.5); !ok || v.Currency() != c || v.Sign() <= 0 {
			t.Errorf("%s: %v", c, f.Revenue)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	whole := past(8, 6, 8)
	for name, c := range map[string]struct {
		history []Post
		plan    []Line
		code    string
	}{
		"no plan":           {whole, nil, "forecast.no_plan"},
		"no history":        {nil, []Line{line("a", 1)}, "forecast.thin_history"},
		"another platform":  {whole, []Line{{CreatorID: "c00", Platform: byline.TikTok, Posts: 1}}, "forecast.thin_history"},
		"two creators":      {whole[:12], []Line{line("c00", 1)}, "forecast.few_creators"},
		"nobody comes back": {past(20, 1, 1), []Line{line("c00", 1)}, "forecast.few_repeats"},
	} {
		_, err := Make(c.history, c.plan, &Options{Draws: 400})
		refusal, ok := errors.AsType[*byline.RefusalError](err)
		if !ok || refusal.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// TestJustEnough: ten posts are enough for each measure, and nine are not.
func TestJustEnough(t *testing.T) {
	t.Parallel()
	history := past(5, 2, 14)
	f, err := Make(history, []Line{line("c00", 1)}, &Options{Draws: 100})
	require.NoError(t, err)
	if f.Clicks.Refused != nil {
		t.Errorf("of ten posts: %+v", f.Clicks.Refused)
	}
	history[4].Clicks = byline.Measure{}
	f, err = Make(history, []Line{line("c00", 1)}, &Options{Draws: 100})
	require.NoError(t, err)
	if why := f.Clicks.Refused; why == nil || why.Code != "forecast.thin_history" || why.Have != 9 || why.Need != 10 {
		t.Errorf("of nine posts: %+v", why)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	overlap := math.NaN()
	bad := Post{Reach: reachOf(-1), Clicks: countOf(0.5), Conversions: countOf(-1), Revenue: byline.Minor(-1, byline.EUR)}
	dollars := past(1, 1, 1)[0]
	dollars.Revenue = byline.Minor(1, byline.USD)
	_, err := Make([]Post{bad, dollars},
		[]Line{{}, {CreatorID: "a", Platform: "x", Posts: 1, Fee: byline.Minor(-1, byline.EUR)}, {CreatorID: "a", Platform: "x", Posts: 1, Fee: byline.Minor(1, byline.JPY)}},
		&Options{Draws: 1, Levels: []float64{0, 1}, MinPosts: -1, MinCreators: 1, Overlap: &overlap})
	var got []string
	for _, f := range byline.Nest("", err) {
		got = append(got, f.Path+" "+f.Code)
	}
	want := []string{
		"options.draws forecast.draws", "options.levels forecast.level", "options.levels forecast.level", "options.min_posts forecast.minimum",
		"options.min_creators forecast.minimum", "options.overlap forecast.overlap",
		"history[0].creator_id forecast.creator", "history[0].platform forecast.platform", "history[0].at forecast.time", "history[0].reach forecast.reach",
		"history[0].clicks forecast.count", "history[0].conversions forecast.count", "history[0].revenue forecast.revenue", "history[1].revenue forecast.currency",
		"plan[0].creator_id forecast.creator", "plan[0].platform forecast.platform", "plan[0].posts forecast.posts", "plan[1].fee forecast.fee",
		"plan[2].fee forecast.fee", "plan[2].creator_id forecast.line_twice",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	history := past(8, 6, 9)
	history[3].Revenue = byline.Minor(0, byline.EUR)
	history = append(history, history[5], history[5])
	f, err := Make(history, []Line{line("c01", 1)}, &Options{Draws: 100})
	require.NoError(t, err)
	if len(f.Findings) != 2 || f.Findings[0].Code != "forecast.repeated_post" || f.Findings[1].Code != "forecast.unpaid_conversions" {
		t.Fatalf("%+v", f.Findings)
	}
	if !strings.HasPrefix(f.Findings[0].Message, "2 posts are the same") || !strings.HasPrefix(f.Findings[1].Message, "1 post had") {
		t.Errorf("%+v", f.Findings)
	}
	history[3].Conversions, history[3].Revenue = countOf(0), byline.Minor(500, byline.EUR) // sold nothing, and says nothing of the value
	history[5].Reach = byline.Known(value(history[5].Reach)+1, "reach", day(0))
	f, err = Make(history, []Line{line("c01", 1)}, &Options{Draws: 100})
	require.NoError(t, err)
	if len(f.Findings) != 1 || !strings.HasPrefix(f.Findings[0].Message, "1 post is the same") || f.Revenue.Refused != nil {
		t.Errorf("%+v", f.Findings)
	}
}

// TestDefinitionsAreNotPooled: a number that was counted otherwise is another number.
func TestDefinitionsAreNotPooled(t *testing.T) {
	t.Parallel()
	redefined := func(change func(p *Post)) []Post {
		history := past(8, 6, 9)
		for i := range history {
			if i%6 >= 3 {
				change(&history[i])
			}
		}
		return history
	}
	again := func(m byline.Measure) byline.Measure { return byline.Known(value(m), "redefined in 2026", day(0)) }
	plan := []Line{line("c01", 1)}
	_, err := Make(redefined(func(p *Post) { p.Reach = again(p.Reach) }), plan, &Options{Draws: 100})
	refusal, ok := errors.AsType[*byline.RefusalError](err)
	if !ok || refusal.Code != "forecast.mixed_definitions" || refusal.Have != 2 || refusal.Need != 1 {
		t.Errorf("reach: %v", err)
	}
	f, err := Make(redefined(func(p *Post) { p.Clicks = again(p.Clicks) }), plan, &Options{Draws: 100})
	require.NoError(t, err)
	if f.Clicks.Refused == nil || f.Clicks.Refused.Code != "forecast.mixed_definitions" || f.Conversions.Refused != nil || f.Revenue.Refused != nil {
		t.Errorf("clicks: %+v", f.Outcomes)
	}
	// Elsewhere counted otherwise: the plan's own conversions are of one kind, their value is not.
	other := redefined(func(p *Post) { p.Conversions, p.Platform = again(p.Conversions), byline.TikTok })
	f, err = Make(other, plan, &Options{Draws: 100})
	require.NoError(t, err)
	if f.Conversions.Refused != nil || f.Revenue.Refused == nil || f.Revenue.Refused.Code != "forecast.mixed_definitions" {
		t.Errorf("conversions: %+v", f.Outcomes)
	}
	// A missing measure is of no definition.
	f, err = Make(redefined(func(p *Post) { p.Clicks = byline.Missing(byline.NotSupported, "gone", day(0)) }), plan, &Options{Draws: 100})
	require.NoError(t, err)
	if f.Clicks.Refused != nil {
		t.Errorf("missing clicks: %+v", f.Clicks.Refused)
	}
}

func TestPlanOfBillions(t *testing.T) {
	t.Parallel()
	var plan []Line
	for i := range 11 {
		plan = append(plan, line(byline.CreatorID("c"+strings.Repeat("x", i)), 1000))
	}
	_, err := Make(past(8, 6, 9), plan, &Options{Draws: 100_000})
	if fields := byline.Nest("", err); len(fields) != 1 || fields[0].Path != "plan[10].posts" || fields[0].Code != "forecast.plan_size" {
		t.Errorf("%v", err)
	}
}

// TestRangeOfValues: a conversion of more than can be is not cut to what can.
func TestRangeOfValues(t *testing.T) {
	t.Parallel()
	history := past(8, 6, 12)
	history[7].Conversions, history[7].Revenue = countOf(1), byline.Minor(3e12, byline.EUR)
	f, err := Make(history, []Line{line("c01", 1)}, &Options{Draws: 100})
	require.NoError(t, err)
	if f.Revenue.Refused == nil || f.Revenue.Refused.Code != "forecast.range" || f.Conversions.Refused != nil {
		t.Errorf("%+v", f.Revenue)
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	f, err := Make(past(8, 6, 17), []Line{line("c01", 1)}, &Options{Draws: 100, Levels: []float64{0.975, 0.29, 0.025, 0.29}})
	require.NoError(t, err)
	var got []float64
	for _, q := range f.GrossReach.Quantiles {
		got = append(got, q.Level)
	}
	if diff := cmp.Diff([]float64{0.025, 0.29, 0.975}, got); diff != "" {
		t.Error(diff)
	}
	text := f.Explain()
	for _, label := range []string{"P2.5 ", "P29 ", "P97.5 "} {
		if !strings.Contains(text, label) {
			t.Errorf("%s is missing in %s", label, text)
		}
	}
}

// TestRevenueOutOfRange: what cannot be said covers no fees.
func TestRevenueOutOfRange(t *testing.T) {
	t.Parallel()
	history := past(8, 6, 16)
	for i, p := range history {
		history[i].Revenue = byline.Minor(int64(value(p.Conversions)*9e11), byline.EUR)
	}
	plan := []Line{line("c01", 500)}
	plan[0].Fee = byline.Minor(1, byline.EUR)
	f, err := Make(history, plan, &Options{Draws: 100})
	require.NoError(t, err)
	if f.Revenue.Refused == nil || f.Revenue.Refused.Code != "forecast.range" || f.CoversFees != nil {
		t.Errorf("%+v, covered %+v", f.Revenue, f.CoversFees)
	}
}

// TestNoSalesNoRevenue: what a conversion brings is known from another platform; without a
// number of conversions here, the revenue is not 0 but not known.
func TestNoSalesNoRevenue(t *testing.T) {
	t.Parallel()
	history := past(8, 6, 15)
	for _, p := range history {
		p.Platform = byline.TikTok
		history = append(history, p)
	}
	for i := range 48 {
		history[i].Conversions, history[i].Revenue = byline.Measure{}, byline.Money{}
	}
	plan := []Line{line("c01", 1), {CreatorID: "c01", Platform: byline.TikTok, Format: "reel", Posts: 1}}
	f, err := Make(history, plan, &Options{Draws: 100})
	require.NoError(t, err)
	if f.Lines[0].Revenue.Refused == nil || f.Lines[1].Revenue.Refused != nil || f.Revenue.Refused == nil || f.Conversions.Refused == nil || f.Clicks.Refused != nil {
		t.Errorf("here %+v, there %+v, together %+v", f.Lines[0].Outcomes, f.Lines[1].Outcomes, f.Outcomes)
	}
}

// TestNobodySold: the reason is of this history, without advice that cannot be followed.
func TestNobodySold(t *testing.T) {
	t.Parallel()
	history := past(8, 6, 13)
	for i := range history {
		history[i].Conversions = countOf(0)
	}
	f, err := Make(history, []Line{line("c01", 1)}, &Options{Draws: 100})
	require.NoError(t, err)
	want := "Conversions: not forecast, conversions per reach on instagram reel cannot be learnt: nobody has an event, so there is no rate to learn.\n"
	if text := f.Explain(); f.Conversions.Refused.Code != "rank.no_successes" || !strings.Contains(text, want) || f.Revenue.Refused == nil {
		t.Errorf("%+v\n%s", f.Conversions, text)
	}
}

func TestForecastSurvivesJSON(t *testing.T) {
	t.Parallel()
	history := past(8, 6, 10)
	for i := range history {
		history[i].Clicks = byline.Measure{}
	}
	f, err := Make(history, []Line{line("c01", 1), line("new", 2)}, &Options{Draws: 400})
	require.NoError(t, err)
	text, err := json.Marshal(f)
	require.NoError(t, err)
	var read Forecast
	require.NoError(t, json.Unmarshal(text, &read))
	if diff := cmp.Diff(f, read); diff != "" {
		t.Error(diff)
	}
}

// TestExtremes: hostile histories give a forecast, a refusal or a fault, and nothing that is
// not finite.
func TestExtremes(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(i int, p *Post){
		"all the same": func(_ int, p *Post) {
			p.Reach, p.Clicks, p.Conversions, p.Revenue = reachOf(1000), countOf(10), countOf(1), byline.Minor(100, byline.EUR)
		},
		"nothing reached":     func(_ int, p *Post) { p.Reach = reachOf(0) },
		"from nothing to all": func(i int, p *Post) { p.Reach = reachOf(float64(i%2) * maxNumber) },
		"all buy":             func(_ int, p *Post) { v, _ := p.Reach.Value(); p.Conversions = countOf(v) },
		"nobody buys":         func(_ int, p *Post) { p.Conversions = countOf(0) },
		"one buys all":        func(i int, p *Post) { p.Conversions = countOf(maxNumber * float64((i+1)/40)) },
		"riches":              func(_ int, p *Post) { p.Revenue = byline.Minor(math.MaxInt64, byline.EUR) },
	} {
		history := past(8, 6, 11)
		for i := range history {
			change(i, &history[i])
		}
		f, err := Make(history, []Line{line("c01", 3), line("new", 2)}, &Options{Draws: 120})
		if err != nil {
			require.ErrorIs(t, err, byline.ErrRefused, name)
			continue
		}
		if _, err := json.Marshal(f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if q := f.Conversions.Quantiles; q != nil && q[2].Value > f.GrossReach.Quantiles[2].Value {
			t.Errorf("%s: more conversions than reach: %+v", name, f.Outcomes)
		}
	}
}

func BenchmarkMake(b *testing.B) {
	history := past(60, 12, 1)
	var plan []Line
	for _, p := range history {
		if p.At.Equal(day(0)) || len(plan) < 20 && p.At.Before(day(7)) {
			plan = append(plan, line(p.CreatorID, 3))
		}
	}
	for b.Loop() {
		if _, err := Make(history, plan, nil); err != nil {
			b.Fatal(err)
		}
	}
}
