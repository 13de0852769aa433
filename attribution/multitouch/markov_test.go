package multitouch_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
	"github.com/bylinehq/byline/internal/golden"
)

// paths reads "A>B 2/1 500": a path, conversions, nulls and, if there is one, a value.
func paths(t testing.TB, lines ...string) *multitouch.Journeys {
	t.Helper()
	j, err := multitouch.NewJourneys(nil)
	require.NoError(t, err)
	for _, line := range lines {
		var path string
		var conversions, nulls, minor int64
		n, _ := fmt.Sscanf(strings.Replace(line, "/", " ", 1), "%s %d %d %d", &path, &conversions, &nulls, &minor)
		journey := multitouch.Journey{Path: strings.Split(path, ">"), Conversions: conversions, Nulls: nulls}
		if n == 4 {
			journey.Value = byline.Minor(minor, byline.EUR)
		}
		require.NoError(t, j.Add(journey))
	}
	return j
}

// wild draws small journeys that are hard on a chain: short and long, with repeats, rows
// that weigh much, values below zero, and channels that only null journeys know.
func wild(seed uint64, rows, channels int, negative bool) []multitouch.Journey {
	r := rand.New(rand.NewPCG(seed, 7))
	var all []multitouch.Journey
	for range rows {
		j := multitouch.Journey{Conversions: r.Int64N(4), Nulls: r.Int64N(5)}
		for range 1 + r.IntN(1+r.IntN(9)) {
			j.Path = append(j.Path, string(rune('A'+r.IntN(1+r.IntN(channels)))))
		}
		if r.IntN(6) == 0 {
			j.Nulls *= 1_000_000
		}
		if j.Conversions > 0 && r.IntN(4) > 0 {
			minor := 1 + r.Int64N(100_000)
			if negative && r.IntN(3) == 0 {
				minor = -minor
			}
			j.Value = byline.Minor(minor, byline.EUR)
		}
		all = append(all, j)
	}
	return append(all, multitouch.Journey{Path: []string{"A"}, Conversions: 1, Value: byline.Minor(700_000, byline.EUR)})
}

func collected(t testing.TB, all []multitouch.Journey) *multitouch.Journeys {
	t.Helper()
	j, err := multitouch.NewJourneys(nil)
	require.NoError(t, err)
	for _, journey := range all {
		require.NoError(t, j.Add(journey))
	}
	return j
}

// near reports whether got is want but for a relative error.
func near(got float64, want *big.Rat, relative float64) bool {
	w, _ := want.Float64()
	return math.Abs(got-w) <= relative*math.Abs(w)
}

func TestMarkovReference(t *testing.T) {
	t.Parallel()
	for order := 1; order <= 4; order++ {
		for seed := range uint64(12) {
			t.Run(fmt.Sprintf("%d of order %d", seed, order), func(t *testing.T) {
				t.Parallel()
				checkReference(t, order, wild(seed, 4+3*int(seed), 3+int(seed)%4, seed%3 == 0))
			})
		}
	}
}

func checkReference(t *testing.T, order int, journeys []multitouch.Journey) {
	t.Helper()
	j := collected(t, journeys)
	got, err := j.Attribute(multitouch.Markov{Order: order}, nil)
	require.NoError(t, err)
	want := newReference(order, journeys)
	const relative = 2e-13
	sum := new(big.Rat)
	effects := map[string]*big.Rat{}
	for _, c := range got.Credits {
		effects[c.Channel] = want.removal(want.converts, c.Channel)
		sum.Add(sum, effects[c.Channel])
	}
	for _, c := range got.Credits {
		effect := effects[c.Channel]
		if !near(c.Raw, effect, relative) || c.Raw < 0 || c.Raw > 1 {
			t.Errorf("%s: removal effect is %v, want %s", c.Channel, c.Raw, effect.FloatString(20))
		}
		credit := new(big.Rat).Quo(effect, sum)
		credit.Mul(credit, big.NewRat(j.Totals().Conversions, 1))
		if w, _ := credit.Float64(); math.Abs(c.Conversions-w) > relative*w+1e-15*float64(j.Totals().Conversions) {
			t.Errorf("%s: credit is %v, want %s", c.Channel, c.Conversions, credit.FloatString(20))
		}
		if got.ValueRefused != nil || j.Totals().Value.Minor() == 0 {
			continue
		}
		if value := want.removal(want.worth, c.Channel); math.Abs(c.RawValue-float64Of(value)) > 1e-12*max(1, math.Abs(float64Of(value))) {
			t.Errorf("%s: removal effect on value is %v, want %s", c.Channel, c.RawValue, value.FloatString(20))
		}
	}
	totals := j.Totals()
	if h := totals.ConversionRate(); math.Abs(got.Chain.ConversionRate-h) > 1e-12*h {
		t.Errorf("conversion rate is %v, want %v", got.Chain.ConversionRate, h)
	}
	if got.Chain.Residual > 1e-13 {
		t.Errorf("residual is %v", got.Chain.Residual)
	}
	if got.Chain.States != len(want.states) {
		t.Errorf("%d states, want %d", got.Chain.States, len(want.states))
	}
}

func float64Of(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}

// TestMarkovToy compares with fractions worked out by hand.
func TestMarkovToy(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(golden.SharedData(t, "attribution", "truth_toy_markov_rationals.json"))
	require.NoError(t, err)
	var cases map[string]struct {
		Rows    [][]any
		Markov1 struct {
			P                    string
			Removal, Attribution map[string]string
		}
	}
	require.NoError(t, json.Unmarshal(data, &cases))
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var lines []string
			for _, row := range c.Rows {
				lines = append(lines, fmt.Sprintf("%v %v/%v", row...))
			}
			got, err := paths(t, lines...).Attribute(multitouch.Markov{}, nil)
			require.NoError(t, err)
			rational := func(text string) *big.Rat {
				r, ok := new(big.Rat).SetString(text)
				require.True(t, ok)
				return r
			}
			if !near(got.Chain.ConversionRate, rational(c.Markov1.P), 1e-15) {
				t.Errorf("conversion rate is %v, want %s", got.Chain.ConversionRate, c.Markov1.P)
			}
			for _, credit := range got.Credits {
				if want := c.Markov1.Removal[credit.Channel]; !near(credit.Raw, rational(want), 1e-15) {
					t.Errorf("%s: removal effect is %v, want %s", credit.Channel, credit.Raw, want)
				}
				if want := c.Markov1.Attribution[credit.Channel]; !near(credit.Conversions, rational(want), 1e-15) {
					t.Errorf("%s: credit is %v, want %s", credit.Channel, credit.Conversions, want)
				}
			}
		})
	}
}

// TestMarkovBits splits, shuffles, renames, merges and writes journeys: not a bit changes.
func TestMarkovBits(t *testing.T) {
	t.Parallel()
	var models []multitouch.Model
	for order := 1; order <= 4; order++ {
		models = append(models, multitouch.Markov{Order: order, Transitions: true})
	}
	all := wild(5, 200, 9, true)
	want, err := collected(t, all).Compare(models, nil)
	require.NoError(t, err)
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 1))
		shuffled := slices.Clone(all)
		r.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
		whole, err := multitouch.NewTally(models, &multitouch.Options{Workers: 1 + int(seed)%3})
		require.NoError(t, err)
		for len(shuffled) > 0 {
			n := 1 + r.IntN(len(shuffled))
			part, err := multitouch.NewTally(models, nil)
			require.NoError(t, err)
			require.NoError(t, part.Count(collected(t, shuffled[:n])))
			shuffled = shuffled[n:]
			if r.IntN(2) == 0 {
				require.NoError(t, whole.Merge(part))
				continue
			}
			data, err := part.MarshalBinary()
			require.NoError(t, err)
			require.NoError(t, whole.MergeBinary(data))
		}
		got, err := whole.Compare()
		require.NoError(t, err)
		if diff := cmp.Diff(want.Results, got.Results); diff != "" {
			t.Fatalf("seed %d: (-want +got):\n%s", seed, diff)
		}
	}
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var read multitouch.Comparison
	require.NoError(t, json.Unmarshal(data, &read))
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("after JSON (-want +got):\n%s", diff)
	}
}

// TestMarkovNames gives channels other names: in the same order, which changes no bit, and
// in another one, which changes no more than rounding.
func TestMarkovNames(t *testing.T) {
	t.Parallel()
	j := collected(t, wild(8, 60, 6, false))
	prefixed, err := j.Relabel(func(old string) string { return "channel " + old })
	require.NoError(t, err)
	for order := 1; order <= 4; order++ {
		want, err := j.Attribute(multitouch.Markov{Order: order}, nil)
		require.NoError(t, err)
		got, err := prefixed.Attribute(multitouch.Markov{Order: order}, nil)
		require.NoError(t, err)
		for i := range got.Credits {
			got.Credits[i].Channel = strings.TrimPrefix(got.Credits[i].Channel, "channel ")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order %d (-want +got):\n%s", order, diff)
		}
	}
	name := func(old string) string { return string(rune('z' - old[0] + 'A')) }
	renamed, err := j.Relabel(name)
	require.NoError(t, err)
	for order := 1; order <= 4; order++ {
		want, err := j.Attribute(multitouch.Markov{Order: order}, nil)
		require.NoError(t, err)
		got, err := renamed.Attribute(multitouch.Markov{Order: order}, nil)
		require.NoError(t, err)
		for _, c := range want.Credits {
			if g, ok := got.Credit(name(c.Channel)); !ok || math.Abs(g.Raw-c.Raw) > 1e-13 {
				t.Errorf("order %d: %s is %v, and %v under another name", order, c.Channel, c.Raw, g.Raw)
			}
		}
	}
}

// TestMarkovInvariants holds for any journeys.
func TestMarkovInvariants(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		j := collected(t, wild(seed, 80, 8, seed%2 == 0))
		for order := 1; order <= 4; order++ {
			got, err := j.Attribute(multitouch.Markov{Order: order, Transitions: true}, nil)
			require.NoError(t, err)
			totals := j.Totals()
			if h := totals.ConversionRate(); math.Abs(got.Chain.ConversionRate-h) > 1e-12*h {
				t.Errorf("order %d: conversion rate %v, want %v", order, got.Chain.ConversionRate, h)
			}
			sum, removal, minor := 0.0, 0.0, int64(0)
			for _, c := range got.Credits {
				sum += c.Conversions
				removal += c.Raw
				minor += c.Value.Minor()
				if c.Raw < 0 || c.Raw > 1 {
					t.Errorf("order %d: removal effect of %s is %v", order, c.Channel, c.Raw)
				}
			}
			if sum != float64(totals.Conversions) || got.ValueRefused == nil && minor != totals.Value.Minor() {
				t.Errorf("order %d: credits sum to %v and %d, want %d and %d", order, sum, minor, totals.Conversions, totals.Value.Minor())
			}
			if math.Abs(removal-got.Chain.RemovalSum) > 1e-13 {
				t.Errorf("order %d: removal effects sum to %v, not %v", order, removal, got.Chain.RemovalSum)
			}
			checkProbabilities(t, *got.Chain)
			checkProbabilities(t, got.Chain.WithoutLoops())
		}
	}
}

func checkProbabilities(t *testing.T, c multitouch.Chain) {
	t.Helper()
	sums := map[string]float64{}
	for _, step := range c.Transitions {
		sums[strings.Join(step.From, ">")] += step.Probability
	}
	for state, sum := range sums {
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("order %d: the probabilities from %q sum to %v", c.Order, state, sum)
		}
	}
	if len(sums) != c.States+1 {
		t.Errorf("order %d: steps from %d states of %d and the start", c.Order, len(sums), c.States)
	}
}

// TestMarkovRepeats collapses repeats, which changes no removal effect at order 1.
func TestMarkovRepeats(t *testing.T) {
	t.Parallel()
	all := wild(3, 120, 7, false)
	kept, err := collected(t, all).Attribute(multitouch.Markov{Transitions: true}, nil)
	require.NoError(t, err)
	collapsed, err := multitouch.Attribute(func(yield func(multitouch.Journey, error) bool) {
		for _, j := range all {
			if !yield(j, nil) {
				return
			}
		}
	}, multitouch.Markov{Transitions: true}, &multitouch.Options{Repeats: multitouch.CollapseRepeats})
	require.NoError(t, err)
	for i, c := range kept.Credits {
		if math.Abs(c.Raw-collapsed.Credits[i].Raw) > 1e-14 {
			t.Errorf("%s: %v with repeats, %v without", c.Channel, c.Raw, collapsed.Credits[i].Raw)
		}
	}
	if diff := cmp.Diff(kept.Chain.WithoutLoops().Transitions, collapsed.Chain.Transitions); diff != "" {
		t.Errorf("transitions (-without loops +collapsed):\n%s", diff)
	}
}

// long returns one path of so many touches, which go round some channels.
func long(touches, channels int) []string {
	var path []string
	for i := range touches {
		path = append(path, string(rune('A'+i%channels)))
	}
	return path
}

func TestMarkovHard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		journeys []multitouch.Journey
		want     map[string]float64 // removal effects, at every order
	}{
		"one channel": {
			[]multitouch.Journey{{Path: []string{"A"}, Conversions: 3, Nulls: 4}},
			map[string]float64{"A": 1},
		},
		"one channel, again and again": {
			[]multitouch.Journey{{Path: long(10_000, 1), Conversions: 1, Nulls: 1}},
			map[string]float64{"A": 1},
		},
		"two in turn, 10000 touches": {
			[]multitouch.Journey{{Path: long(10_000, 2), Conversions: 1}, {Path: []string{"C"}, Conversions: 3}},
			map[string]float64{"A": 0.25, "B": 0.25, "C": 0.75},
		},
		"five in turn, 10000 touches": {
			[]multitouch.Journey{{Path: long(10_000, 5), Conversions: 1, Nulls: 1}},
			map[string]float64{"A": 1, "B": 1, "C": 1, "D": 1, "E": 1},
		},
		"channels that never convert": {
			[]multitouch.Journey{
				{Path: []string{"A"}, Conversions: 2},
				{Path: []string{"B"}, Nulls: 5},
				{Path: []string{"B", "C", "B", "C"}, Nulls: 5},
			},
			map[string]float64{"A": 1, "B": 0, "C": 0},
		},
		"weights far apart": {
			[]multitouch.Journey{
				{Path: []string{"A"}, Conversions: 1 << 31},
				{Path: []string{"B"}, Conversions: 1, Nulls: 1<<32 - 1},
			},
			map[string]float64{"A": 2147483648.0 / 2147483649, "B": 1.0 / 2147483649},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := collected(t, c.journeys)
			for order := 1; order <= 4; order++ {
				got, err := j.Attribute(multitouch.Markov{Order: order}, nil)
				require.NoError(t, err)
				for channel, want := range c.want {
					if credit, _ := got.Credit(channel); math.Abs(credit.Raw-want) > 1e-12*want {
						t.Errorf("order %d: removal effect of %s is %v, want %v (%d sweeps)", order, channel, credit.Raw, want, got.Chain.Sweeps)
					}
				}
			}
		})
	}
}

// TestMarkovBot has a very long journey among ordinary ones, which sweeps alone cannot solve.
func TestMarkovBot(t *testing.T) {
	t.Parallel()
	for circle, touches := range map[int]int{2: 100_000, 3: 10_000, 7: 10_000} {
		j := collected(t, append(wild(11, 300, 8, false), multitouch.Journey{Path: long(touches, circle), Nulls: 1}))
		for order := 1; order <= 4; order++ {
			got, err := j.Attribute(multitouch.Markov{Order: order}, nil)
			require.NoError(t, err)
			if h := j.Totals().ConversionRate(); math.Abs(got.Chain.ConversionRate-h) > 1e-12*h {
				t.Errorf("circle of %d, order %d: conversion rate %v, want %v after %d sweeps", circle, order, got.Chain.ConversionRate, h, got.Chain.Sweeps)
			}
		}
	}
}

// TestMarkovCreators has a channel for each creator, and more than are eliminated.
func TestMarkovCreators(t *testing.T) {
	t.Parallel()
	const creators = 1600
	r := rand.New(rand.NewPCG(1, 2))
	j, err := multitouch.NewJourneys(nil)
	require.NoError(t, err)
	for i := range creators {
		name := func(n int) string { return fmt.Sprintf("creator-%04d", n) }
		path := []string{name(i)}
		for r.IntN(4) == 0 {
			path = append(path, name(r.IntN(creators)))
		}
		require.NoError(t, j.Add(multitouch.Journey{Path: path, Conversions: r.Int64N(3), Nulls: 5}))
	}
	got, err := j.Attribute(multitouch.Markov{}, nil)
	require.NoError(t, err)
	h := j.Totals().ConversionRate()
	if len(got.Credits) != creators || got.Chain.Sweeps == 0 || math.Abs(got.Chain.ConversionRate-h) > 1e-12*h {
		t.Errorf("%d credits, %d sweeps, conversion rate %v, want %v", len(got.Credits), got.Chain.Sweeps, got.Chain.ConversionRate, h)
	}
}

func TestMarkovFaults(t *testing.T) {
	t.Parallel()
	for _, order := range []int{-1, 5} {
		_, err := multitouch.NewTally([]multitouch.Model{multitouch.Markov{Order: order}}, nil)
		var fault *byline.FieldError
		require.ErrorAs(t, err, &fault)
		if fault.Code != "markov.order" || fault.Path != "models[0].order" {
			t.Errorf("order %d: %+v", order, fault)
		}
	}
}

// TestMarkovManyChannels reaches what a window has room for: it must stay cheap, and say so.
func TestMarkovManyChannels(t *testing.T) {
	t.Parallel()
	many := func(n int) *multitouch.Journeys {
		j, err := multitouch.NewJourneys(nil)
		require.NoError(t, err)
		for i := 0; i < n; i += 8 {
			var path []string
			for k := range 8 {
				path = append(path, fmt.Sprint("c", i+k))
			}
			require.NoError(t, j.Add(multitouch.Journey{Path: path, Conversions: 1}))
		}
		return j
	}
	for order, most := range map[int]int{3: 1 << 15, 4: 1 << 12} {
		_, err := many(most+8).Attribute(multitouch.Markov{Order: order}, nil)
		var why *byline.RefusalError
		require.ErrorAs(t, err, &why)
		if why.Code != "markov.channels" || why.Need != float64(most) {
			t.Errorf("order %d: %+v", order, why)
		}
	}
	tally, err := multitouch.NewTally([]multitouch.Model{multitouch.Markov{}, multitouch.Markov{Order: 2}}, nil)
	require.NoError(t, err)
	require.NoError(t, tally.Count(many(1<<16)))
	data, err := tally.MarshalBinary()
	require.NoError(t, err)
	if len(data) > 4<<20 {
		t.Errorf("65536 channels take %d bytes", len(data))
	}
}

// TestMarkovValue cannot share out a value whose parts cancel out.
func TestMarkovValue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lines   []string
		refused bool
		values  []int64
	}{
		"no value":           {[]string{"A 1/1", "B 1/0"}, false, []int64{0, 0}},
		"nothing was paid":   {[]string{"A 1/1 0", "B 1/0 0"}, false, []int64{0, 0}},
		"refunds take all":   {[]string{"A 1/1 500", "B 1/0 -500"}, true, []int64{0, 0}},
		"more was refunded":  {[]string{"A 1/1 500", "B 1/0 -700"}, false, []int64{500, -700}},
		"more was sold":      {[]string{"A 1/1 900", "B 1/0 -700"}, false, []int64{900, -700}},
		"almost all is back": {[]string{"A 1/1 90000000", "B 1/0 -89999999"}, true, []int64{0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for order := 1; order <= 4; order++ {
				got, err := paths(t, c.lines...).Attribute(multitouch.Markov{Order: order}, nil)
				require.NoError(t, err)
				if (got.ValueRefused != nil) != c.refused {
					t.Errorf("order %d: %v", order, got.ValueRefused)
				}
				for i, want := range c.values {
					if minor := got.Credits[i].Value.Minor(); minor != want || got.Credits[i].Conversions != 1 {
						t.Errorf("order %d: %+v, want a value of %d", order, got.Credits[i], want)
					}
				}
			}
		})
	}
}

// ExampleMarkov asks what each channel would be missed for.
func ExampleMarkov() {
	journeys, err := multitouch.NewJourneys(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, j := range []multitouch.Journey{
		{Path: []string{"ada", "newsletter"}, Conversions: 1},
		{Path: []string{"ada"}, Conversions: 1, Nulls: 2},
		{Path: []string{"newsletter", "ada"}, Nulls: 3},
	} {
		if err := journeys.Add(j); err != nil {
			fmt.Println(err)
			return
		}
	}
	result, err := journeys.Attribute(multitouch.Markov{}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range result.Credits {
		fmt.Printf("%s: removal effect %.4f, %.4f conversions\n", c.Channel, c.Raw, c.Conversions)
	}
	fmt.Printf("conversion rate %.4f\n", result.Chain.ConversionRate)
	// Output:
	// ada: removal effect 0.6250, 0.9333 conversions
	// newsletter: removal effect 0.7143, 1.0667 conversions
	// conversion rate 0.2857
}
