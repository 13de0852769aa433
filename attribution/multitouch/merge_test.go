package multitouch_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

func newTally(t testing.TB, models []multitouch.Model, opts *multitouch.Options) *multitouch.Tally {
	t.Helper()
	tally, err := multitouch.NewTally(models, opts)
	require.NoError(t, err)
	return tally
}

// bits is all that a tally says.
func bits(t testing.TB, tally *multitouch.Tally) string {
	t.Helper()
	binary, err := tally.MarshalBinary()
	require.NoError(t, err)
	comparison, err := tally.Compare()
	if !errors.Is(err, byline.ErrRefused) {
		require.NoError(t, err)
	}
	return fmt.Sprintf("%x\n%s", binary, asJSON(t, comparison))
}

func shuffled[T any](random *rand.Rand, items []T) []T {
	items = slices.Clone(items)
	random.Shuffle(len(items), func(i, k int) { items[i], items[k] = items[k], items[i] })
	return items
}

// TestAnySplit counts the same journeys in one go, shuffled, in parts that are merged in
// any order by each way there is, and from memory by several workers.
func TestAnySplit(t *testing.T) {
	t.Parallel()
	all := append(models(ruleReferences()), multitouch.TimeDecay{HalfLife: 3 * time.Hour})
	for _, repeats := range []multitouch.Repeats{multitouch.KeepRepeats, multitouch.CollapseRepeats} {
		opts := &multitouch.Options{Repeats: repeats}
		random := rand.New(rand.NewPCG(2, 9))
		rows := drawn(random, 500, byline.KWD)
		whole := newTally(t, all, opts)
		require.NoError(t, whole.Read(yields(rows)))
		want := bits(t, whole)
		for round := range 12 {
			rows := shuffled(random, rows)
			parts := make([]*multitouch.Tally, 1+round%5)
			for i := range parts {
				parts[i] = newTally(t, all, opts)
				part := rows[i*len(rows)/len(parts) : (i+1)*len(rows)/len(parts)]
				if round%2 == 0 {
					require.NoError(t, parts[i].Read(yields(part[:len(part)/2])))
					require.NoError(t, parts[i].Read(yields(part[len(part)/2:])))
					continue
				}
				j, err := multitouch.Collect(yields(part), opts)
				require.NoError(t, err)
				require.NoError(t, parts[i].Count(j))
			}
			got := newTally(t, all, opts)
			for i, part := range shuffled(random, parts) {
				if (round+i)%3 > 0 {
					require.NoError(t, got.Merge(part))
					continue
				}
				binary, err := part.MarshalBinary()
				require.NoError(t, err)
				require.NoError(t, got.MergeBinary(binary))
			}
			if diff := cmp.Diff(want, bits(t, got)); diff != "" {
				t.Fatalf("round %d: mismatch (-want +got):\n%s", round, diff)
			}
		}
	}
}

// TestWorkers counts five blocks, which paths of 4500 touches fill fast.
func TestWorkers(t *testing.T) {
	t.Parallel()
	names := strings.Fields("ada bruno cleo dario direct ada")
	var rows []multitouch.Journey
	for i := range 300 {
		rows = append(rows, multitouch.Journey{Path: slices.Repeat(names[i%5:], 4500/len(names[i%5:])), Conversions: int64(i % 3), Nulls: 1})
	}
	j := collect(t, rows)
	all := append(models(ruleReferences()[:6]), multitouch.PositionDecay{})
	want := ""
	for workers := 1; workers <= 4; workers++ {
		tally := newTally(t, all, &multitouch.Options{Workers: workers})
		require.NoError(t, tally.Count(j))
		if got := bits(t, tally); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%d workers: other bits", workers)
		}
	}
	stream := newTally(t, all, nil)
	require.NoError(t, stream.Read(yields(rows)))
	if bits(t, stream) != want {
		t.Error("read as they come: other bits")
	}
}

func row(path string, conversions, nulls int64) multitouch.Journey {
	return multitouch.Journey{Path: strings.Fields(path), Conversions: conversions, Nulls: nulls}
}

func faultyJourneys() map[string]struct {
	row  multitouch.Journey
	want []string
} {
	with := func(change func(*multitouch.Journey)) multitouch.Journey {
		j := row("ada bruno", 1, 0)
		change(&j)
		return j
	}
	return map[string]struct {
		row  multitouch.Journey
		want []string
	}{
		"touches without a name": {with(func(j *multitouch.Journey) { j.Path[0], j.Path[1] = "", "" }), []string{"path[0] journey.channel", "path[1] journey.channel"}},
		"counts below 0":         {row("ada", -1, -1), []string{"conversions journey.negative", "nulls journey.negative"}},
		"counts too large":       {row("ada", 1<<32, 1<<32), []string{"conversions journey.count", "nulls journey.count"}},
		"the least counts":       {row("ada", math.MinInt64, math.MaxInt64), []string{"conversions journey.negative", "nulls journey.count"}},
		"a value of nothing":     {multitouch.Journey{Path: []string{"ada"}, Nulls: 1, Value: byline.Minor(1, byline.EUR)}, []string{"value journey.value"}},
		"too few ages":           {with(func(j *multitouch.Journey) { j.Ages = []time.Duration{1} }), []string{"ages journey.ages"}},
		"no ages at all":         {with(func(j *multitouch.Journey) { j.Ages = []time.Duration{} }), []string{"ages journey.ages"}},
		"an age below 0":         {with(func(j *multitouch.Journey) { j.Ages = []time.Duration{1, -1} }), []string{"ages[1] journey.age"}},
		"stages out of range":    {with(func(j *multitouch.Journey) { j.Lead, j.Opportunity = 3, -1 }), []string{"lead journey.stage", "opportunity journey.stage"}},
		"stages turned round":    {with(func(j *multitouch.Journey) { j.Lead, j.Opportunity = 2, 1 }), []string{"lead journey.stage_order"}},
		"another currency":       {with(func(j *multitouch.Journey) { j.Value = byline.Minor(1, byline.USD) }), []string{"value journey.currency"}},
		"too much together":      {with(func(j *multitouch.Journey) { j.Value = byline.Minor(math.MaxInt64, byline.EUR) }), []string{"value journey.total_value"}},
		"too much turned round":  {with(func(j *multitouch.Journey) { j.Value = byline.Minor(-math.MaxInt64, byline.EUR) }), []string{"value journey.total_value"}},
		"the least money":        {with(func(j *multitouch.Journey) { j.Value = byline.Minor(math.MinInt64, byline.EUR) }), []string{"value journey.total_value"}},
	}
}

// TestFaultyJourneys adds each bad journey beside good ones, by every way there is, and
// nothing may have changed by it: not even that a name is known.
func TestFaultyJourneys(t *testing.T) {
	t.Parallel()
	good := []multitouch.Journey{row("cleo dario", 3, 2), {Path: []string{"cleo"}, Conversions: 1, Value: byline.Minor(500, byline.EUR)}}
	all := models(ruleReferences()[:3])
	clean := newTally(t, all, nil)
	require.NoError(t, clean.Read(yields(good)))
	want := bits(t, clean)
	for name, tt := range faultyJourneys() {
		j := collect(t, good)
		if diff := cmp.Diff(tt.want, faultsOf(j.Add(tt.row))); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
		tally := newTally(t, all, nil)
		require.NoError(t, tally.Count(j))
		if diff := cmp.Diff(want, bits(t, tally)); diff != "" {
			t.Errorf("%s: something was added (-want +got):\n%s", name, diff)
		}
		for i := range tt.want {
			tt.want[i] = "rows[2]." + tt.want[i]
		}
		tally = newTally(t, all, nil)
		if diff := cmp.Diff(tt.want, faultsOf(tally.Read(yields(append(slices.Clone(good), tt.row))))); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(want, bits(t, tally)); diff != "" {
			t.Errorf("%s: something was read (-want +got):\n%s", name, diff)
		}
	}
}

// TestFaultyMerges merges what does not fit together, by every way there is.
func TestFaultyMerges(t *testing.T) {
	t.Parallel()
	all := models(ruleReferences()[:3])
	worth := func(minor int64, c byline.Currency) []multitouch.Journey {
		return []multitouch.Journey{{Path: []string{fmt.Sprintf("of %s", c)}, Conversions: 1, Value: byline.Minor(minor, c)}}
	}
	for name, tt := range map[string]struct {
		first, second []multitouch.Journey
		want          []string
	}{
		"two currencies":         {worth(1, byline.EUR), worth(1, byline.USD), []string{"value journey.currency"}},
		"a currency of nothing":  {worth(0, byline.EUR), worth(1, byline.USD), []string{"value journey.currency"}},
		"of what nobody touched": {[]multitouch.Journey{{Conversions: 1, Value: byline.Minor(1, byline.EUR)}}, worth(1, byline.USD), []string{"value journey.currency"}},
		"too much value":         {worth(math.MaxInt64, byline.EUR), worth(1, byline.EUR), []string{"value journey.total_value"}},
		"too little value":       {worth(-math.MaxInt64, byline.EUR), worth(-1, byline.EUR), []string{"value journey.total_value"}},
	} {
		want := newTally(t, all, nil)
		require.NoError(t, want.Read(yields(tt.first)))
		before := bits(t, want)
		for how, add := range map[string]func(*multitouch.Tally) error{
			"read":  func(to *multitouch.Tally) error { return to.Read(yields(tt.second)) },
			"count": func(to *multitouch.Tally) error { return to.Count(collect(t, tt.second)) },
			"merge": func(to *multitouch.Tally) error { return to.Merge(tallyOf(t, all, tt.second)) },
			"binary": func(to *multitouch.Tally) error {
				data, err := tallyOf(t, all, tt.second).MarshalBinary()
				require.NoError(t, err)
				return to.MergeBinary(data)
			},
		} {
			to := tallyOf(t, all, tt.first)
			err := add(to)
			want := slices.Clone(tt.want)
			if how == "read" {
				want[0] = "rows[0]." + want[0]
			}
			if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
				t.Errorf("%s, %s: faults mismatch (-want +got):\n%s", name, how, diff)
			}
			if diff := cmp.Diff(before, bits(t, to)); diff != "" {
				t.Errorf("%s, %s: something was counted (-want +got):\n%s", name, how, diff)
			}
		}
	}
}

// TestSumsAtTheLimit adds up to the last minor unit and the last touch that an int64 holds.
func TestSumsAtTheLimit(t *testing.T) {
	t.Parallel()
	j, err := multitouch.NewJourneys(nil)
	require.NoError(t, err)
	const half = 1 << 62
	for i, value := range []int64{half, -half + 1} {
		require.NoError(t, j.Add(multitouch.Journey{Path: []string{"ada", "bruno"}[i : i+1], Conversions: 1, Value: byline.Minor(value, byline.EUR)}))
	}
	// Ada's sums would wrap, although those of all would not.
	for _, value := range []int64{1, -1} {
		err := j.Add(multitouch.Journey{Path: []string{"ada"}, Conversions: 1, Value: byline.Minor(value, byline.EUR)})
		if got := faultsOf(err); !slices.Equal(got, []string{"value journey.total_value"}) {
			t.Errorf("faults are %v", got)
		}
	}
	result, err := j.Attribute(multitouch.Linear{}, nil)
	require.NoError(t, err)
	if result.Credits[0].Value.Minor() != half || result.Credits[1].Value.Minor() != -half+1 {
		t.Errorf("credits are %+v", result.Credits)
	}

	// 2^14 × (2^33 - 2) is near 2^47: so many rows of it fit.
	long := multitouch.Journey{Path: slices.Repeat([]string{"ada"}, 1<<14), Conversions: math.MaxUint32, Nulls: math.MaxUint32}
	once := collect(t, []multitouch.Journey{long})
	tally := newTally(t, []multitouch.Model{multitouch.FirstTouch{}}, nil)
	require.NoError(t, tally.Count(once))
	doublings := 0
	for ; err == nil && doublings < 64; doublings++ {
		data, failed := tally.MarshalBinary()
		require.NoError(t, failed)
		err = tally.MergeBinary(data)
	}
	if got := faultsOf(err); !slices.Equal(got, []string{" journey.total"}) || doublings != 17 || tally.Totals().Touches != (1<<33-2)<<30 {
		t.Errorf("%d doublings before %v; totals are %+v", doublings, err, tally.Totals())
	}
}

func tallyOf(t testing.TB, models []multitouch.Model, rows []multitouch.Journey) *multitouch.Tally {
	t.Helper()
	tally := newTally(t, models, nil)
	require.NoError(t, tally.Read(yields(rows)))
	return tally
}

func TestTallyFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		models []multitouch.Model
		opts   *multitouch.Options
		want   []string
	}{
		"no model":         {nil, nil, []string{"models tally.no_model"}},
		"a nil model":      {[]multitouch.Model{nil}, nil, []string{"models[0] tally.model"}},
		"one model twice":  {[]multitouch.Model{multitouch.TimeDecay{}, multitouch.TimeDecay{HalfLife: 168 * time.Hour}}, nil, []string{"models[1] tally.model_twice"}},
		"options":          {[]multitouch.Model{multitouch.Linear{}}, &multitouch.Options{Repeats: "drop", Workers: -1}, []string{"repeats options.repeats", "workers options.workers"}},
		"no direct":        {[]multitouch.Model{multitouch.LastNonDirect{}}, nil, []string{"models[0].direct last_non_direct.direct"}},
		"parts above 1":    {[]multitouch.Model{multitouch.PositionBased{First: 0.7, Last: 0.7, TwoTouches: "x"}}, nil, []string{"models[0].first position_based.weights", "models[0].two_touches position_based.two_touches"}},
		"no number":        {[]multitouch.Model{multitouch.PositionBased{First: math.NaN()}, multitouch.WShaped{Lead: math.NaN()}}, nil, []string{"models[0].first position_based.weights", "models[1].first w_shaped.weights"}},
		"below 0":          {[]multitouch.Model{multitouch.PositionBased{Last: -1}, multitouch.WShaped{Last: -0.1}, multitouch.TimeDecay{HalfLife: -1}}, nil, []string{"models[0].first position_based.weights", "models[1].first w_shaped.weights", "models[2].half_life time_decay.half_life"}},
		"infinite":         {[]multitouch.Model{multitouch.PositionBased{Last: math.Inf(1)}, multitouch.WShaped{Last: math.Inf(1)}}, nil, []string{"models[0].first position_based.weights", "models[1].first w_shaped.weights"}},
		"an empty model":   {[]multitouch.Model{multitouch.Custom{}}, nil, []string{"models[0].label custom.label", "models[0].weigh custom.weigh"}},
		"all that is good": {models(ruleReferences()), &multitouch.Options{Workers: 3, Repeats: multitouch.CollapseRepeats}, nil},
	} {
		_, err := multitouch.NewTally(tt.models, tt.opts)
		if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
	one := tallyOf(t, models(ruleReferences()[:1]), []multitouch.Journey{row("ada", 1, 0)})
	two := tallyOf(t, models(ruleReferences()[:2]), []multitouch.Journey{row("ada", 1, 0)})
	require.ErrorIs(t, one.Merge(two), byline.ErrConflict)
	data, err := two.MarshalBinary()
	require.NoError(t, err)
	require.ErrorIs(t, one.MergeBinary(data), byline.ErrConflict)

	collapsed, err := multitouch.NewTally(models(ruleReferences()[:1]), &multitouch.Options{Repeats: multitouch.CollapseRepeats})
	require.NoError(t, err)
	require.ErrorIs(t, one.Merge(collapsed), byline.ErrConflict)
	data, err = collapsed.MarshalBinary()
	require.NoError(t, err)
	require.ErrorIs(t, one.MergeBinary(data), byline.ErrConflict)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	_, err := multitouch.Compare(yields([]multitouch.Journey{row("ada", 0, 5), row("", 7, 0)}), models(ruleReferences()), nil)
	require.ErrorIs(t, err, byline.ErrRefused)
	weigh := func(w ...float64) multitouch.Custom {
		return multitouch.Custom{Label: "x", Weigh: func(_ multitouch.Journey, weights []float64) { copy(weights, w) }}
	}
	huge := math.MaxFloat64
	for name, tt := range map[string]struct {
		model multitouch.Model
		want  string
	}{
		"no ages":         {multitouch.TimeDecay{}, "time_decay.no_ages"},
		"all 0":           {weigh(0, 0), "custom.weights"},
		"below 0":         {weigh(2, -1), "custom.weights"},
		"no number":       {weigh(1, math.NaN()), "custom.weights"},
		"infinite":        {weigh(1, math.Inf(1)), "custom.weights"},
		"an infinite sum": {weigh(huge, huge), "custom.weights"},
		"huge":            {weigh(huge, 0), ""},
		"tiny":            {weigh(0, 5e-324), ""},
	} {
		result, err := multitouch.Attribute(yields([]multitouch.Journey{row("ada bruno", 1, 0)}), tt.model, nil)
		if tt.want == "" {
			require.NoError(t, err, name)
			continue
		}
		var why *byline.RefusalError
		require.ErrorAs(t, err, &why, name)
		if why.Code != tt.want || result.Refused == nil || result.Credits != nil {
			t.Errorf("%s: refused with %s, %+v", name, why.Code, result)
		}
	}
}

func TestManyFaults(t *testing.T) {
	t.Parallel()
	read := 0
	rows := func(yield func(multitouch.Journey, error) bool) {
		for {
			read++
			if !yield(row("ada", -1, 0), nil) {
				return
			}
		}
	}
	j, err := multitouch.Collect(rows, nil)
	found := faultsOf(err)
	if read != 100 || len(found) != 101 || found[100] != " journey.faults" || found[99] != "rows[99].conversions journey.negative" || j.Rows() != 0 {
		t.Errorf("%d rows were read, with %v", read, found)
	}
	broken := errors.New("the database is gone")
	j, err = multitouch.Collect(func(yield func(multitouch.Journey, error) bool) {
		_ = yield(row("ada", 1, 0), nil) && yield(row("ada", -1, 0), nil) && yield(multitouch.Journey{}, broken)
	}, nil)
	require.ErrorIs(t, err, broken)
	require.ErrorIs(t, err, byline.ErrInvalid)
	if j.Rows() != 1 {
		t.Errorf("%d rows were kept", j.Rows())
	}
}

// TestChannelLimit fills all 65,536 numbers that a channel can have.
func TestChannelLimit(t *testing.T) {
	t.Parallel()
	full := make([]string, 1<<16)
	for i := range full {
		full[i] = fmt.Sprintf("c%05d", i)
	}
	first := []multitouch.Journey{{Path: full, Conversions: 1}}
	all := models(ruleReferences()[:1])
	j := collect(t, first)
	more := multitouch.Journey{Path: []string{"c00007", "one more", "c00008"}, Conversions: 1}
	if got := faultsOf(j.Add(more)); !slices.Equal(got, []string{"path journey.channels"}) {
		t.Errorf("faults are %v", got)
	}
	require.NoError(t, j.Add(row("c00007", 1, 0)))
	if got := j.Totals(); got.Conversions != 2 || len(j.Channels()) != 1<<16 {
		t.Errorf("totals are %+v", got)
	}
	half := tallyOf(t, all, []multitouch.Journey{{Path: full[:1<<15], Conversions: 1}})
	others := make([]string, 1<<15+1)
	for i := range others {
		others[i] = fmt.Sprintf("d%05d", i)
	}
	before := bits(t, half)
	too := tallyOf(t, all, []multitouch.Journey{{Path: others, Conversions: 1}})
	data, err := too.MarshalBinary()
	require.NoError(t, err)
	for _, err := range []error{half.Merge(too), half.MergeBinary(data), half.Count(collect(t, []multitouch.Journey{{Path: others, Conversions: 1}}))} {
		if got := faultsOf(err); !slices.Equal(got, []string{" journey.channels"}) {
			t.Errorf("faults are %v", got)
		}
	}
	if bits(t, half) != before {
		t.Error("something was counted")
	}
}

// TestBrokenBinary cuts a tally short at each byte, and changes each byte to many others.
// What is taken must be a tally that can say what it holds.
func TestBrokenBinary(t *testing.T) {
	t.Parallel()
	all := models(ruleReferences())[3:5]
	data, err := tallyOf(t, all, []multitouch.Journey{{Path: []string{"ada", "bruno", "ada"}, Conversions: 3, Nulls: 1, Value: byline.Minor(-100, byline.EUR)}, row("cleo", 0, 1)}).MarshalBinary()
	require.NoError(t, err)
	for n := range data {
		if got := faultsOf(newTally(t, all, nil).MergeBinary(data[:n])); !slices.Equal(got, []string{" tally.binary"}) {
			t.Errorf("cut after %d bytes: faults are %v", n, got)
		}
	}
	if got := faultsOf(newTally(t, all, nil).MergeBinary(append(slices.Clone(data), 0))); !slices.Equal(got, []string{" tally.binary"}) {
		t.Errorf("with a byte more: faults are %v", got)
	}
	taken := 0
	for n := range data {
		for b := 0; b < 256; b += 5 {
			broken := slices.Clone(data)
			broken[n] = byte(b)
			tally := newTally(t, all, nil)
			if tally.MergeBinary(broken) == nil {
				bits(t, tally)
				taken++
			}
		}
	}
	// Names, the currency and counts of nulls may be others; amounts and parts may not.
	if taken > len(data)*52/8 {
		t.Errorf("%d of %d were taken", taken, len(data)*52)
	}
}

// FuzzMergeBinary feeds a tally text that may be one. What fails counts nothing, and what
// does not is written again as it was.
func FuzzMergeBinary(f *testing.F) {
	all := models(ruleReferences())[:4]
	for _, rows := range [][]multitouch.Journey{nil, {row("ada bruno ada", 2, 3)}, {{Path: []string{"ada"}, Conversions: 1, Value: byline.Minor(-5, byline.KWD)}, row("", 3, 4)}} {
		data, err := tallyOf(f, all, rows).MarshalBinary()
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tally := tallyOf(t, all, []multitouch.Journey{row("ada cleo", 1, 1)})
		before := bits(t, tally)
		if err := tally.MergeBinary(data); err != nil {
			if bits(t, tally) != before {
				t.Fatalf("after %v something was counted", err)
			}
			return
		}
		bits(t, tally)
		fresh := newTally(t, all, nil)
		require.NoError(t, fresh.MergeBinary(data))
		written, err := fresh.MarshalBinary()
		require.NoError(t, err)
		again := newTally(t, all, nil)
		require.NoError(t, again.MergeBinary(written))
		rewritten, err := again.MarshalBinary()
		require.NoError(t, err)
		if !bytes.Equal(written, rewritten) {
			t.Fatal("what was written is not read back")
		}
	})
}
