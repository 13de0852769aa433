package performance_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/rank"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/performance"
)

var (
	day   = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	month = byline.Window{Start: day.AddDate(0, -1, 0), End: day}
)

func count(n int) byline.Measure { return byline.Known(float64(n), "shop", day) }

// deliver makes a creator with so many kept orders by click, each of a value around mean.
func deliver(id string, clicks, posts, orders int, contribution func() int64) performance.Delivery {
	d := performance.Delivery{CreatorID: byline.CreatorID(id), Window: month, Clicks: count(clicks), Posts: count(posts)}
	for i := range orders {
		d.Orders = append(d.Orders, performance.Order{
			ID: byline.OrderID(fmt.Sprint(id, ":", i)), Clicked: true, Contribution: new(byline.Minor(contribution(), byline.EUR)),
		})
	}
	return d
}

// crowd are creators whose true rates are known to the test.
func crowd(r *rand.Rand, n int) (all []performance.Delivery, perPost, contribution []float64) {
	for i := range n {
		posts, rate, mean := 3+r.IntN(20), math.Exp(r.NormFloat64()*.5), 20+5*r.NormFloat64()
		orders := 0
		for range posts {
			for limit, p := math.Exp(-rate), r.Float64(); p > limit; p *= r.Float64() {
				orders++
			}
		}
		d := deliver(fmt.Sprintf("c%03d", i), orders+100+r.IntN(100), posts, orders, func() int64 { return int64(100 * (mean + 15*r.NormFloat64())) })
		for j := range d.Orders {
			d.Orders[j].Refunded = false
		}
		all, perPost, contribution = append(all, d), append(perPost, rate), append(contribution, mean)
	}
	return all, perPost, contribution
}

func get(t testing.TB, r performance.Report, id, metric string) creator.Reading {
	t.Helper()
	reading, ok := r.Readings[byline.CreatorID(id)].Get(metric, "")
	require.True(t, ok, "%s of %s", metric, id)
	return reading
}

func TestEveryoneHasEveryReading(t *testing.T) {
	t.Parallel()
	all, _, _ := crowd(rand.New(rand.NewPCG(1, 1)), 20)
	for i := range all {
		for j := range all[i].Orders {
			all[i].Orders[j].Refunded = (i+j)%7 == 0
		}
	}
	report, err := performance.Read(all, &performance.Options{At: day.AddDate(0, 2, 0)})
	require.NoError(t, err)
	require.Len(t, report.Priors, 5)
	for _, d := range all {
		require.Len(t, report.Readings[d.CreatorID], 6)
		for _, r := range report.Readings[d.CreatorID] {
			v, known := r.Value.Value()
			if !known || r.Low == nil || *r.Low > v || *r.High < v || r.Count <= 0 || r.Refusal != nil || len(r.Findings) > 0 {
				t.Errorf("%s has %+v", d.CreatorID, r)
			}
			if !strings.Contains(r.Value.Definition(), ";prior=") {
				t.Errorf("%q does not name the prior", r.Value.Definition())
			}
		}
	}
	text, err := json.Marshal(report)
	require.NoError(t, err)
	var back performance.Report
	require.NoError(t, json.Unmarshal(text, &back))
	if diff := cmp.Diff(report, back); diff != "" {
		t.Errorf("the report read back differs:\n%s", diff)
	}
}

// Of a hundred intervals at 95% about five miss the truth.
func TestIntervalsCoverTheTruth(t *testing.T) {
	t.Parallel()
	covered, asked := map[string]int{}, map[string]int{}
	check := func(report performance.Report, id byline.CreatorID, metric string, truth float64) {
		r := get(t, report, string(id), metric)
		if r.Low == nil {
			return
		}
		asked[metric]++
		if *r.Low <= truth && truth <= *r.High {
			covered[metric]++
		}
	}
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 2))
		all, perPost, contribution := crowd(r, 110)
		refunds := make([]float64, len(all))
		for i := range all {
			refunds[i] = .05 + .25*r.Float64()
			for j := range all[i].Orders {
				all[i].Orders[j].Refunded = r.Float64() < refunds[i]
			}
		}
		report, err := performance.Read(all, nil)
		require.NoError(t, err)
		for i, d := range all {
			check(report, d.CreatorID, performance.CreditedPerPost, perPost[i])
			check(report, d.CreatorID, performance.OrdersPerPost, perPost[i]*(1-refunds[i]))
			check(report, d.CreatorID, performance.ContributionPerOrder, contribution[i])
			check(report, d.CreatorID, performance.ContributionPerPost, perPost[i]*contribution[i])
			check(report, d.CreatorID, performance.RefundRate, refunds[i])
		}
	}
	for _, metric := range []string{
		performance.CreditedPerPost, performance.OrdersPerPost, performance.ContributionPerOrder, performance.ContributionPerPost, performance.RefundRate,
	} {
		share := float64(covered[metric]) / float64(asked[metric])
		t.Logf("%s: %.3f of %d", metric, share, asked[metric])
		if asked[metric] < 300 || share < .925 || share > .99 {
			t.Errorf("%s: %.3f of %d intervals cover the truth", metric, share, asked[metric])
		}
	}
}

// Clicks and what became of them, by rates that the test knows.
func TestConversionIntervalsCoverTheTruth(t *testing.T) {
	t.Parallel()
	covered, asked := 0, 0
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 20))
		var all []performance.Delivery
		var truth []float64
		for i := range 110 {
			clicks, rate, orders := 50+r.IntN(200), .02+.1*r.Float64()*r.Float64(), 0
			for range clicks {
				if r.Float64() < rate {
					orders++
				}
			}
			all, truth = append(all, deliver(fmt.Sprintf("c%03d", i), clicks, 0, orders, func() int64 { return 1 })), append(truth, rate)
		}
		report, err := performance.Read(all, nil)
		require.NoError(t, err)
		for i, d := range all {
			asked++
			if r := get(t, report, string(d.CreatorID), performance.ConversionRate); *r.Low <= truth[i] && truth[i] <= *r.High {
				covered++
			}
		}
	}
	if share := float64(covered) / float64(asked); share < .925 || share > .99 {
		t.Errorf("%.3f of %d intervals cover the truth", share, asked)
	}
}

func TestLuckIsNeverAboveSixtyOfAHundred(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 3))
		one := func() int64 { return 100 + int64(r.IntN(1000)) }
		all := []performance.Delivery{deliver("luck", 1, 1, 1, one), deliver("skill", 100, 10, 60, one)}
		mean := r.Float64()
		for i := range 20 {
			clicks, orders := 1+r.IntN(60), 0
			for range clicks {
				if r.Float64() < mean*r.Float64() {
					orders++
				}
			}
			all = append(all, deliver(fmt.Sprint("c", i), clicks, 1+r.IntN(5), orders, one))
		}
		for i := range all { // only the clicks are asked for
			all[i].Posts = byline.Measure{}
			for j := range all[i].Orders {
				all[i].Orders[j].Contribution = nil
			}
		}
		report, err := performance.Read(all, nil)
		require.NoError(t, err)
		luck, known := get(t, report, "luck", performance.ConversionRate).Value.Value()
		skill, _ := get(t, report, "skill", performance.ConversionRate).Value.Value()
		if known && luck > skill {
			t.Errorf("seed %d: 1 of 1 is %g, 60 of 100 is %g", seed, luck, skill)
		}
	}
}

func TestOrderOfDeliveriesChangesNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 4))
	all, _, _ := crowd(r, 30)
	want, err := performance.Read(all, nil)
	require.NoError(t, err)
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	got, err := performance.Read(all, nil)
	require.NoError(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("readings differ:\n%s", diff)
	}
}

func TestThinSamplesAreRefused(t *testing.T) {
	t.Parallel()
	all, _, _ := crowd(rand.New(rand.NewPCG(5, 5)), 19)
	report, err := performance.Read(all, nil)
	require.NoError(t, err)
	r := get(t, report, "c000", performance.OrdersPerPost)
	require.Equal(t, byline.TooFew, r.Value.Missing())
	require.Equal(t, "rank.too_few_creators", r.Refusal.Code)
	require.Equal(t, "performance.refused", report.Findings[0].Code)
	require.Empty(t, report.Priors)

	empty, err := performance.Read(nil, nil)
	require.NoError(t, err)
	require.Empty(t, empty.Readings)
}

func TestWhatIsMissingIsNotZero(t *testing.T) {
	t.Parallel()
	hidden := byline.Missing(byline.NotPermitted, "shop", day)
	other := byline.Known(50, "platform.clicks", day)
	value := func() int64 { return 1000 }
	tests := map[string]struct {
		edit   func(*performance.Delivery)
		metric string
		lack   byline.MissingReason
		code   string
	}{
		"clicks that nobody may see":   {func(d *performance.Delivery) { d.Clicks = hidden }, performance.ConversionRate, byline.NotPermitted, "performance.not_counted"},
		"no clicks":                    {func(d *performance.Delivery) { d.Clicks, d.Orders = count(0), nil }, performance.ConversionRate, byline.TooFew, "performance.no_trials"},
		"clicks of another kind":       {func(d *performance.Delivery) { d.Clicks = other }, performance.ConversionRate, byline.NotCollected, "performance.definition"},
		"orders through no clicks":     {func(d *performance.Delivery) { d.Clicks = count(0) }, performance.ConversionRate, byline.NotSupported, "performance.more_orders_than_clicks"},
		"refunded, through few clicks": {func(d *performance.Delivery) { d.Clicks = count(2); d.Orders[0].Refunded = true }, performance.ConversionRate, byline.NotSupported, "performance.more_orders_than_clicks"},
		"more orders than clicks":      {func(d *performance.Delivery) { d.Clicks = count(1) }, performance.ConversionRate, byline.NotSupported, "performance.more_orders_than_clicks"},
		"no posts":                     {func(d *performance.Delivery) { d.Posts = count(0) }, performance.OrdersPerPost, byline.TooFew, "performance.no_trials"},
		"no orders, for the refunds":   {func(d *performance.Delivery) { d.Orders = nil }, performance.RefundRate, byline.TooFew, "performance.no_trials"},
		"an order of unknown value":    {func(d *performance.Delivery) { d.Orders[0].Contribution = nil }, performance.ContributionPerPost, byline.NotCollected, "performance.no_contribution"},
		"an unknown value, by order":   {func(d *performance.Delivery) { d.Orders[0].Contribution = nil }, performance.ContributionPerOrder, byline.NotCollected, "performance.no_contribution"},
		"no orders, for contributions": {func(d *performance.Delivery) { d.Orders = nil }, performance.ContributionPerOrder, byline.TooFew, "performance.no_trials"},
	}
	all, _, _ := crowd(rand.New(rand.NewPCG(6, 6)), 25)
	for i := range all {
		if len(all[i].Orders) > 0 {
			all[i].Orders[0].Refunded = i%2 == 0
		}
	}
	for name, tt := range tests {
		d := deliver(name, 100, 5, 3, value)
		tt.edit(&d)
		all = append(all, d)
	}
	report, err := performance.Read(all, nil)
	require.NoError(t, err)
	asked, err := performance.Read(all, &performance.Options{PriorForNew: true})
	require.NoError(t, err)
	for name, tt := range tests {
		r := get(t, report, name, tt.metric)
		require.NotNil(t, r.Refusal, name)
		require.Equal(t, []any{tt.lack, tt.code}, []any{r.Value.Missing(), r.Refusal.Code}, name)
		require.True(t, r.Low == nil && r.High == nil && r.Level == 0, "%s: nothing lies in an interval", name)
		r = get(t, asked, name, tt.metric)
		_, known := r.Value.Value()
		require.True(t, known, name)
		require.Equal(t, "performance.prior_only", r.Findings[0].Code, name)
	}
}

// A creator who sold nothing with all these posts has delivered nothing, which is a number.
func TestPostsWithoutOrdersAreLow(t *testing.T) {
	t.Parallel()
	all, _, _ := crowd(rand.New(rand.NewPCG(7, 7)), 20)
	report, err := performance.Read(append(all, deliver("ada", 100, 40, 0, nil)), nil)
	require.NoError(t, err)
	for _, metric := range []string{performance.OrdersPerPost, performance.ContributionPerPost} {
		ada, known := get(t, report, "ada", metric).Value.Value()
		require.True(t, known)
		for _, d := range all {
			if other, _ := get(t, report, string(d.CreatorID), metric).Value.Value(); other <= ada && len(d.Orders) > 3 {
				t.Errorf("%s: %s has %g, who sold nothing has %g", metric, d.CreatorID, other, ada)
			}
		}
	}
}

func TestKeptPriorMakesReadingsIndependentOfOthers(t *testing.T) {
	t.Parallel()
	all, _, _ := crowd(rand.New(rand.NewPCG(8, 8)), 20)
	for i := range all {
		for j := range all[i].Orders {
			all[i].Orders[j].Refunded = (i+j)%5 == 0
		}
	}
	season, err := performance.Read(all, nil)
	require.NoError(t, err)
	o := &performance.Options{Priors: season.Priors, OrderVariance: season.OrderVariance}
	for i, d := range all {
		alone, err := performance.Read(all[i:i+1], o)
		require.NoError(t, err)
		if diff := cmp.Diff(season.Readings[d.CreatorID], alone.Readings[d.CreatorID]); diff != "" {
			t.Errorf("%s changes without the others:\n%s", d.CreatorID, diff)
		}
	}
}

// An amount is the same in a currency of no, two and three decimals.
func TestCurrenciesOfAllDecimals(t *testing.T) {
	t.Parallel()
	var want []float64
	for currency, unit := range map[byline.Currency]int64{"JPY": 1, "EUR": 100, "KWD": 1000} {
		var all []performance.Delivery
		for i := range 20 {
			d := deliver(fmt.Sprint("c", i), 100, 5, 3+i%4, func() int64 { return 0 })
			for j := range d.Orders {
				d.Orders[j].Contribution = new(byline.Minor(int64(10+i+j*j)*unit, currency))
			}
			all = append(all, d)
		}
		report, err := performance.Read(all, nil)
		require.NoError(t, err)
		r := get(t, report, "c3", performance.ContributionPerOrder)
		v, known := r.Value.Value()
		require.True(t, known)
		require.Contains(t, r.Value.Definition(), "{contribution "+string(currency)+"}")
		got := []float64{v, *r.Low, *r.High}
		if want == nil {
			want = got
		}
		require.Equal(t, want, got, currency)
	}
}

func TestRefundsAndLosses(t *testing.T) {
	t.Parallel()
	all, _, _ := crowd(rand.New(rand.NewPCG(9, 9)), 20)
	loss := deliver("loss", 100, 5, 40, func() int64 { return -2500 })
	for i := range loss.Orders {
		loss.Orders[i].Refunded = i%2 == 0
	}
	all = append(all, loss)
	soon, err := performance.Read(all, &performance.Options{At: day.AddDate(0, 0, 3)})
	require.NoError(t, err)
	r := get(t, soon, "loss", performance.ContributionPerOrder)
	v, _ := r.Value.Value()
	require.Less(t, v, 0.0)
	require.Equal(t, "performance.refunds_open", r.Findings[0].Code)
	require.True(t, r.Value.At().Equal(day.AddDate(0, 0, 3)))
	refunds, _ := get(t, soon, "loss", performance.RefundRate).Value.Value()
	require.Greater(t, refunds, 0.2)
	kept, _ := get(t, soon, "loss", performance.OrdersPerPost).Value.Value()
	require.Less(t, kept, 6.0, "half of 40 orders were kept, of 5 posts")
	none, err := performance.Read(append(all[:20:20], deliver("none", 100, 5, 0, nil)), &performance.Options{At: day})
	require.NoError(t, err)
	require.Empty(t, get(t, none, "none", performance.OrdersPerPost).Findings, "there is nothing to refund")
	settled, err := performance.Read(all, &performance.Options{At: day.AddDate(0, 0, 30)})
	require.NoError(t, err)
	require.Empty(t, get(t, settled, "loss", performance.RefundRate).Findings)
}

// By a prior that knows nothing a reading is the plain estimate, with its standard error.
func TestReadingsByAnOpenPriorAreThePlainOnes(t *testing.T) {
	t.Parallel()
	open := map[string]rank.Prior{
		performance.ConversionRate:       {Family: rank.BetaBinomial, Belief: rank.Belief{Shape: rank.Beta, A: 1, B: 1}},
		performance.ContributionPerOrder: {Family: rank.NormalNormal, Belief: rank.Belief{Shape: rank.Normal, A: 0, B: 1e9}},
	}
	euros := []int64{1000, 2000, 3000}
	d := deliver("ada", 100, 1, 3, func() int64 { first := euros[0]; euros = euros[1:]; return first })
	d.Orders[0].Refunded = true
	for name, tt := range map[string]struct {
		options performance.Options
		error   float64 // of the mean contribution, which is 20
	}{
		"their own variance, 100": {performance.Options{OrderVariance: 1}, math.Sqrt(100. / 3)},
		"the kept variance":       {performance.Options{OrderVariance: 900}, math.Sqrt(900. / 3)},
		"the median variance":     {performance.Options{}, math.Sqrt(100. / 3)},
		"orders that come alike":  {performance.Options{Dispersion: 4}, math.Sqrt(400. / 3)},
	} {
		tt.options.Priors = open
		report, err := performance.Read([]performance.Delivery{d}, &tt.options)
		require.NoError(t, err)
		r := get(t, report, "ada", performance.ContributionPerOrder)
		v, _ := r.Value.Value()
		require.InDelta(t, 20, v, 1e-6, name)
		require.InDelta(t, 20-1.959964*tt.error, *r.Low, 1e-4, name)
		require.InDelta(t, 20+1.959964*tt.error, *r.High, 1e-4, name)
		if tt.options.Dispersion == 0 {
			rate, _ := get(t, report, "ada", performance.ConversionRate).Value.Value()
			require.InDelta(t, 3./102, rate, 1e-12, "two of three orders were kept")
		}
	}
}

// Where rates are believed to be nothing or all, one of one would stand above sixty of a hundred.
func TestFewTrialsAreRefusedWhereLuckWouldWin(t *testing.T) {
	t.Parallel()
	extremes := rank.Prior{Family: rank.BetaBinomial, Belief: rank.Belief{Shape: rank.Beta, A: .05, B: .05}}
	one := func() int64 { return 1 }
	report, err := performance.Read(
		[]performance.Delivery{deliver("four", 4, 0, 4, one), deliver("five", 5, 0, 5, one)},
		&performance.Options{Priors: map[string]rank.Prior{performance.ConversionRate: extremes}},
	)
	require.NoError(t, err)
	want := &byline.RefusalError{Code: "rank.too_thin", Message: "too little data to be ranked", Have: 4, Need: 5}
	if diff := cmp.Diff(want, get(t, report, "four", performance.ConversionRate).Refusal); diff != "" {
		t.Errorf("refusal (-want +got):\n%s", diff)
	}
	require.Nil(t, get(t, report, "five", performance.ConversionRate).Refusal)
}

// Creators who do not differ have one rate, which is known as well as all their trials tell.
func TestCreatorsAllAlikeHaveAnIntervalStill(t *testing.T) {
	t.Parallel()
	var all []performance.Delivery
	for i := range 20 {
		all = append(all, deliver(fmt.Sprint("c", i), 100, 5, 10, func() int64 { return 1 }))
	}
	report, err := performance.Read(all, nil)
	require.NoError(t, err)
	for metric, want := range map[string][2]float64{ // mean and standard error, of 2,000 clicks and 100 posts
		performance.ConversionRate: {.1, math.Sqrt(.1 * .9 / 2000)}, performance.OrdersPerPost: {2, math.Sqrt(200) / 100},
	} {
		r := get(t, report, "c3", metric)
		v, _ := r.Value.Value()
		require.InDelta(t, want[0], v, 1e-6, metric)
		require.InEpsilon(t, 2*1.959964*want[1], *r.High-*r.Low, .02, metric)
		require.True(t, r.Value.At().Equal(month.End), "without a time the end of the window stands")
	}
}

// Of two definitions that equally many have, the later stands.
func TestTheLaterDefinitionStands(t *testing.T) {
	t.Parallel()
	all, _, _ := crowd(rand.New(rand.NewPCG(13, 13)), 6)
	for i, d := range []string{"b.old", "a.new", "b.old", "a.new", "a.new", "b.old"} {
		all[i].Clicks = byline.Known(200, d, map[string]time.Time{"a.new": day, "b.old": day.AddDate(-1, 0, 0)}[d])
	}
	report, err := performance.Read(all, nil)
	require.NoError(t, err)
	require.Contains(t, get(t, report, "c000", performance.ConversionRate).Value.Definition(), "{clicks=a.new}")
}

func TestOrderVarianceIsTheMedian(t *testing.T) {
	t.Parallel()
	amounts := []int64{1000, 3000, 1000, 5000, 7000} // variances 200 and 800, and none of one order
	next := func() int64 { first := amounts[0]; amounts = amounts[1:]; return first }
	report, err := performance.Read([]performance.Delivery{deliver("ada", 9, 1, 2, next), deliver("bruno", 9, 1, 2, next), deliver("cleo", 9, 1, 1, next)}, nil)
	require.NoError(t, err)
	require.InDelta(t, 500, report.OrderVariance, 1e-9)
	require.Contains(t, get(t, report, "ada", performance.ContributionPerOrder).Value.Definition(), ";variance=max(own,500);")
}

func TestValuesAllAlikeAreRefused(t *testing.T) {
	t.Parallel()
	var all []performance.Delivery
	for i := range 25 {
		all = append(all, deliver(fmt.Sprint("c", i), 100, 5, 3+i%4, func() int64 { return 1_000_000_000_000_001 }))
	}
	report, err := performance.Read(all, nil)
	require.NoError(t, err)
	require.Equal(t, "performance.no_spread", get(t, report, "c0", performance.ContributionPerOrder).Refusal.Code)
}

func TestOtherDefinitionsAreLeftOut(t *testing.T) {
	t.Parallel()
	all, _, _ := crowd(rand.New(rand.NewPCG(10, 10)), 41)
	for i := range 20 {
		n, _ := all[i].Clicks.Value()
		all[i].Clicks = byline.Known(n, "platform.clicks", day.AddDate(1, 0, 0))
	}
	report, err := performance.Read(all, nil)
	require.NoError(t, err)
	require.Equal(t, "performance.definitions", report.Findings[0].Code)
	require.Contains(t, report.Findings[0].Message, "20 creators")
	require.Equal(t, "performance.definition", get(t, report, "c000", performance.ConversionRate).Refusal.Code)
	require.Contains(t, get(t, report, "c030", performance.ConversionRate).Value.Definition(), "clicks=shop")
}

func TestReadReportsAllFaults(t *testing.T) {
	t.Parallel()
	euro, dollar := new(byline.Minor(1, byline.EUR)), new(byline.Minor(1, byline.USD))
	_, err := performance.Read([]performance.Delivery{
		{Clicks: byline.Known(-1, "", day), Posts: byline.Known(1.5, "", day)},
		{CreatorID: "ada", Orders: []performance.Order{{ID: "1", Contribution: euro}, {ID: "1"}, {}, {ID: "2", Contribution: dollar}}},
		{CreatorID: "ada", Orders: []performance.Order{{ID: "1", Contribution: new(byline.Money{})}}},
	}, nil)
	all, ok := errors.AsType[*byline.ValidationError](err)
	require.True(t, ok)
	var got []string
	for _, f := range all.Fields {
		got = append(got, f.Path+" "+f.Code)
	}
	want := []string{
		"deliveries[0].creator_id performance.creator", "deliveries[0].clicks performance.count", "deliveries[0].posts performance.count",
		"deliveries[1].orders[1].id performance.order_twice", "deliveries[1].orders[2].id performance.order",
		"deliveries[1].orders[3].contribution performance.currency",
		"deliveries[2].creator_id performance.creator_twice", "deliveries[2].orders[0].contribution performance.currency",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	_, err = performance.Read(nil, &performance.Options{Level: 2, MinCreators: 1, Dispersion: math.NaN()})
	require.ErrorIs(t, err, byline.ErrInvalid)
	_, err = performance.Read([]performance.Delivery{{CreatorID: "ada", Orders: []performance.Order{{ID: "1", Contribution: new(byline.Money{})}}}}, nil)
	require.ErrorContains(t, err, "orders[0].contribution", "an amount without a currency is none")
	for _, variance := range []float64{-1, math.NaN(), math.Inf(1)} {
		_, err = performance.Read(nil, &performance.Options{OrderVariance: variance})
		require.ErrorContains(t, err, "options.order_variance")
	}
	_, err = performance.Read(nil, &performance.Options{Priors: map[string]rank.Prior{performance.RefundRate: {}}})
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func FuzzRead(f *testing.F) {
	all, _, _ := crowd(rand.New(rand.NewPCG(11, 11)), 4)
	text, err := json.Marshal(all)
	require.NoError(f, err)
	f.Add(text, 3, 0.9)
	f.Add([]byte(`[{"creator_id":"a","clicks":{"value":4503599627370496},"posts":{"value":1},"orders":[{"id":"x","contribution":{"amount":"-92233720368547758.07","currency":"EUR"}}]}]`), 0, 0.0)
	f.Fuzz(func(t *testing.T, data []byte, creators int, level float64) {
		var deliveries []performance.Delivery
		if json.Unmarshal(data, &deliveries) != nil || len(deliveries) > 50 {
			return
		}
		report, err := performance.Read(deliveries, &performance.Options{MinCreators: creators, Level: level, PriorForNew: true})
		if err != nil {
			require.ErrorIs(t, err, byline.ErrInvalid)
			return
		}
		if len(report.Readings) != len(deliveries) {
			t.Errorf("%d deliveries, %d creators", len(deliveries), len(report.Readings))
		}
		_, err = json.Marshal(report)
		require.NoError(t, err)
	})
}

// A thousand creators with the orders of a month.
func BenchmarkRead(b *testing.B) {
	all, _, _ := crowd(rand.New(rand.NewPCG(12, 12)), 1000)
	for b.Loop() {
		_, err := performance.Read(all, nil)
		require.NoError(b, err)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/creator")
}
