package forecast

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/bylinehq/byline"
)

// Defaults and bounds of [BacktestOptions].
const (
	DefaultFolds         = 4
	DefaultBacktestDraws = 500
	// MinTested is how many forecast posts a measure needs before its calibration is stated.
	MinTested = 20
)

// BacktestOptions change how the past is replayed; nil and the zero value are the defaults.
type BacktestOptions struct {
	// Options are those of the forecasts. Draws is DefaultBacktestDraws where it is 0; Levels
	// and Overlap are not used: the back-test looks at 0.1, 0.5 and 0.9.
	Options
	// Folds is how many times the past is cut, 1 to 50; 0 is DefaultFolds.
	Folds int
}

// Calibration says how forecasts of single posts compare with what the posts did.
type Calibration struct {
	Posts   int `json:"posts"`   // that were forecast from what lay before them
	Covered int `json:"covered"` // that lay from P10 to P90, both included
	// Coverage is their share, which should be 0.8; for small counts more, since a count that
	// is a quantile itself is covered. CoverageLow and CoverageHigh are Wilson's interval of
	// 95%, which takes posts as independent; posts of one period rise and fall together, so the
	// truth may be wider.
	Coverage     float64 `json:"coverage"`
	CoverageLow  float64 `json:"coverage_low"`
	CoverageHigh float64 `json:"coverage_high"`
	// PIT counts posts by the tenth of their forecast in which they lay. Even is calibrated; a
	// U is too sure, a hump too unsure, a slope biased.
	PIT    [10]int `json:"pit"`
	Losses []Loss  `json:"losses"`
}

// Loss is the mean pinball loss at a level: smaller is better. Baseline is that of the plain
// guess, the creator's mean so far (of a new one: the cohort's), at every level.
type Loss struct {
	Level    float64 `json:"level"`
	Model    float64 `json:"model"`
	Baseline float64 `json:"baseline"`
}

// Backtested is how forecasts would have done in the past. A measure that too few posts
// know is nil. Revenue is in minor units.
type Backtested struct {
	Reach       *Calibration `json:"reach"`
	Clicks      *Calibration `json:"clicks,omitempty"`
	Conversions *Calibration `json:"conversions,omitempty"`
	Revenue     *Calibration `json:"revenue,omitempty"`
	Cuts        []time.Time  `json:"cuts"` // each forecasts the posts up to the next from those before
	// Untested are posts after a cut whose platform and format were too thin before it, or
	// counted reach by another definition.
	Untested int              `json:"untested"`
	Findings []byline.Finding `json:"findings,omitempty"`
}

// Backtest replays the past: it cuts the history in time, forecasts the posts after a cut
// from those before it, and counts how often they did what was forecast. The first cut lies
// where half of the posts are over, and the cuts share the rest evenly. A post counts as
// known from its time on, with the numbers it has today: those of the days before a cut were
// still growing then, and a forecast made on that day would have known less.
//
// Faults are those of [Make] and "forecast.folds". The refusal is "forecast.thin_backtest"
// when fewer than [MinTested] posts could be forecast.
//
// Findings are of code "forecast.too_sure" and "forecast.too_unsure", where even the
// interval of the coverage does not hold 80%, "forecast.no_better", where the median loses
// to the plain guess, and "forecast.repeated_post" and "forecast.unpaid_conversions" as for
// [Make].
func Backtest(history []Post, options *BacktestOptions) (Backtested, error) {
	var b BacktestOptions
	if options != nil {
		b = *options
	}
	if b.Draws == 0 {
		b.Draws = DefaultBacktestDraws
	}
	b.Levels, b.Overlap = nil, nil
	o, fields := b.filled()
	if b.Folds == 0 {
		b.Folds = DefaultFolds
	}
	if b.Folds < 1 || b.Folds > 50 {
		fields = append(fields, byline.Nest("options", fault("folds", "forecast.folds", "the folds must be 1 to 50"))...)
	}
	if err := byline.Faults(append(fields, checkHistory(history)...)); err != nil {
		return Backtested{}, err
	}
	t := newTest(inOrder(history), o)
	result := Backtested{Cuts: cutsOf(t.history, b.Folds)}
	for i, cut := range result.Cuts {
		window := byline.Window{Start: cut}
		if i+1 < len(result.Cuts) {
			window.End = result.Cuts[i+1]
		}
		result.Untested += t.fold(window)
	}
	result.Findings = append(repeatedPosts(t.history), unpaidConversions(t.history)...)
	return t.state(result)
}

// cutsOf returns times at which the later half of the posts begins to be shared evenly.
func cutsOf(history []Post, folds int) []time.Time {
	times := make([]time.Time, len(history))
	for i, p := range history {
		times[i] = p.At.UTC()
	}
	slices.SortFunc(times, time.Time.Compare)
	var cuts []time.Time
	for i := range folds {
		at := len(times)/2 + i*(len(times)-len(times)/2)/folds
		if at > 0 && at < len(times) && times[at].After(times[0]) {
			cuts = append(cuts, times[at])
		}
	}
	return slices.CompactFunc(cuts, time.Time.Equal)
}

// test gathers what was forecast and what came.
type test struct {
	history                        []Post
	options                        Options
	reach, clicks, sales, revenues tally
}

func newTest(history []Post, o Options) *test { return &test{history: history, options: o} }

// fold forecasts the posts in a window from those before it, and returns how many it could
// not.
func (t *test) fold(window byline.Window) (untested int) {
	var before, after []Post
	for _, p := range t.history {
		switch {
		case window.After(p.At):
			before = append(before, p)
		case window.Contains(p.At):
			after = append(after, p)
		}
	}
	wanted := make([]cohort, len(after))
	for i, p := range after {
		wanted[i] = p.cohort()
	}
	m := learn(before, wanted, t.options)
	guess := newGuess(before)
	samples := map[Line]sample{}
	for _, p := range after {
		if known := m.cohorts[p.cohort()]; known.noReach != nil || !known.sameDefinition(p, 0) {
			untested++
			continue
		}
		l := Line{CreatorID: p.CreatorID, Platform: p.Platform, Format: p.Format, Posts: 1}
		if _, done := samples[l]; !done {
			samples[l] = m.simulate(l).sorted()
		}
		t.compare(p, samples[l], guess, m.cohorts[p.cohort()])
	}
	return untested
}

func (s sample) sorted() sample {
	for _, draws := range [][]float64{s.reach, s.clicks, s.sales, s.revenue} {
		slices.Sort(draws)
	}
	return s
}

func (t *test) compare(p Post, s sample, g guess, from *learnt) {
	for i, known := range measured(p) {
		if known == nil || !from.sameDefinition(p, i) {
			continue
		}
		draws := [][]float64{s.reach, s.clicks, s.sales, s.revenue}[i]
		if plain, ok := g.of(p, i); ok && draws != nil {
			[]*tally{&t.reach, &t.clicks, &t.sales, &t.revenues}[i].add(*known, draws, plain)
		}
	}
}

// measured are a post's reach, clicks, conversions and revenue, nil where missing.
func measured(p Post) [4]*float64 {
	var values [4]*float64
	for i, m := range []byline.Measure{p.Reach, p.Clicks, p.Conversions} {
		if v, known := m.Value(); known {
			values[i] = &v
		}
	}
	if p.Revenue.Currency() != "" {
		minor := float64(p.Revenue.Minor())
		values[3] = &minor
	}
	return values
}

// guess is the plain forecast: means so far, by creator within a cohort, and by cohort.
type guess struct {
	creators map[Line][4]mean
	cohorts  map[cohort][4]mean
}

type mean struct{ total, count float64 }

func newGuess(before []Post) guess {
	g := guess{map[Line][4]mean{}, map[cohort][4]mean{}}
	for _, p := range before {
		who := Line{CreatorID: p.CreatorID, Platform: p.Platform, Format: p.Format}
		own, all := g.creators[who], g.cohorts[p.cohort()]
		for i, v := range measured(p) {
			if v != nil {
				own[i].total, own[i].count = own[i].total+*v, own[i].count+1
				all[i].total, all[i].count = all[i].total+*v, all[i].count+1
			}
		}
		g.creators[who], g.cohorts[p.cohort()] = own, all
	}
	return g
}

func (g guess) of(p Post, measure int) (float64, bool) {
	own := g.creators[Line{CreatorID: p.CreatorID, Platform: p.Platform, Format: p.Format}][measure]
	if own.count == 0 {
		own = g.cohorts[p.cohort()][measure]
	}
	return own.total / math.Max(1, own.count), own.count > 0
}

// tally counts one measure.
type tally struct {
	posts, covered int
	pit            [10]int
	model, plain   [3]float64
}

func tested() [3]float64 { return [3]float64{0.1, 0.5, 0.9} }

func (t *tally) add(actual float64, sorted []float64, plain float64) {
	levels := tested()
	quantiles := quantilesOf(sorted, levels[:])
	t.posts++
	if quantiles[0].Value <= actual && actual <= quantiles[2].Value {
		t.covered++
	}
	// Counts repeat among the draws: the middle of those that equal the post's.
	n := float64(len(sorted))
	below := float64(sort.SearchFloat64s(sorted, actual))
	upTo := float64(sort.Search(len(sorted), func(i int) bool { return sorted[i] > actual }))
	t.pit[min(9, int(10*(below+upTo)/(2*n)))]++
	for i, level := range levels {
		t.model[i] += pinball(level, actual, quantiles[i].Value)
		t.plain[i] += pinball(level, actual, plain)
	}
}

func pinball(level, actual, forecast float64) float64 {
	if actual >= forecast {
		return level * (actual - forecast)
	}
	return (1 - level) * (forecast - actual)
}

func (t *tally) calibration() *Calibration {
	if t.posts < MinTested {
		return nil
	}
	n := float64(t.posts)
	c := &Calibration{Posts: t.posts, Covered: t.covered, Coverage: float64(t.covered) / n, PIT: t.pit}
	c.CoverageLow, c.CoverageHigh = wilson(c.Coverage, n)
	for i, level := range tested() {
		c.Losses = append(c.Losses, Loss{Level: level, Model: t.model[i] / n, Baseline: t.plain[i] / n})
	}
	return c
}

// wilson is the score interval of 95% for a share p of n.
func wilson(p, n float64) (low, high float64) {
	const z = 1.959963984540054
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return math.Max(0, centre-half), math.Min(1, centre+half)
}

func (t *test) state(r Backtested) (Backtested, error) {
	r.Reach, r.Clicks, r.Conversions, r.Revenue = t.reach.calibration(), t.clicks.calibration(), t.sales.calibration(), t.revenues.calibration()
	if r.Reach == nil {
		return Backtested{}, refused("forecast.thin_backtest", "too few posts could be forecast from those before them", float64(t.reach.posts), MinTested)
	}
	for _, c := range []struct {
		name string
		of   *Calibration
	}{{"reach", r.Reach}, {"clicks", r.Clicks}, {"conversions", r.Conversions}, {"revenue", r.Revenue}} {
		if c.of != nil {
			r.Findings = append(r.Findings, c.of.findings(c.name)...)
		}
	}
	return r, nil
}

func (c *Calibration) findings(name string) []byline.Finding {
	var found []byline.Finding
	warn := func(is bool, code, message, fix string) {
		if is {
			found = append(found, byline.Finding{Code: code, Severity: byline.Warning, Path: name, Message: message, Fix: fix})
		}
	}
	share := fmt.Sprintf("%.0f%% of %d past posts lay from P10 to P90 of their forecast of %s, where 80%% should", 100*c.Coverage, c.Posts, name)
	warn(c.CoverageHigh < 0.8, "forecast.too_sure", share, "widen the range in mind; look for a trend or for posts of two kinds in one format")
	warn(c.CoverageLow > 0.8, "forecast.too_unsure", share, "the range is wider than it need be; look for outliers in the history")
	warn(c.Losses[1].Model > c.Losses[1].Baseline, "forecast.no_better",
		"the median forecast of "+name+" was further from the truth than the creator's plain mean", "do not prefer this forecast to the mean")
	return found
}
