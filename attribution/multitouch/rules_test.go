package multitouch

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// TestManyChannels gives the same bits whether there is a table of the places or not, and
// when one of each kind is merged.
func TestManyChannels(t *testing.T) {
	t.Parallel()
	var few, many []Journey
	for i := range 400 {
		few = append(few, Journey{Path: []string{fmt.Sprint("x", i%9), "ada", fmt.Sprint("c", i%5)}[:1+i%3], Conversions: int64(i % 3), Nulls: 1})
	}
	for i := range tabledChannels {
		j := Journey{Path: []string{fmt.Sprint("c", i), "ada", fmt.Sprint("c", i*i%997)}, Conversions: 2, Value: byline.Minor(int64(i-300), byline.EUR)}
		if i%4 == 0 {
			j.Opportunity = 2
		}
		many = append(many, j)
	}
	models := []Model{FirstTouch{}, Linear{}, WShaped{}, LinearUnique{}, PositionDecay{}, LastNonDirect{Direct: "ada"}}
	read := func(parts ...[]Journey) *Tally {
		tally, err := NewTally(models, nil)
		require.NoError(t, err)
		for _, rows := range parts {
			require.NoError(t, tally.Read(each(rows)))
		}
		return tally
	}
	merged := func(a, b *Tally) *Tally {
		require.NoError(t, a.Merge(b))
		return a
	}
	want := everything(t, read(append(append([]Journey{}, few...), many...)))
	for name, got := range map[string]*Tally{
		"many first":          read(many, few),
		"many into few":       merged(read(few), read(many)),
		"few into many":       merged(read(many), read(few)),
		"halves of the limit": merged(read(many[:600]), read(few, many[600:])),
	} {
		if everything(t, got) != want {
			t.Errorf("%s: other bits", name)
		}
	}
	if read(many).rules.places.channels != 0 {
		t.Error("there is a table for many channels")
	}
}

// TestMergeSelf doubles a tally.
func TestMergeSelf(t *testing.T) {
	t.Parallel()
	rows := []Journey{{Path: []string{"b", "a", "b"}, Conversions: 2, Nulls: 1, Value: byline.Minor(7, byline.EUR)}, {Path: []string{"c"}, Nulls: 4}, {Conversions: 1}}
	models := append(many(), Linear{}, LinearUnique{}, Markov{}, Markov{Order: 3})
	once, err := NewTally(models, nil)
	require.NoError(t, err)
	require.NoError(t, once.Read(each(rows)))
	require.NoError(t, once.Merge(once))
	twice, err := NewTally(models, nil)
	require.NoError(t, err)
	require.NoError(t, twice.Read(each(append(rows, rows...))))
	if everything(t, once) != everything(t, twice) {
		t.Error("a tally merged with itself is not twice what it was")
	}
}

// TestComparisonTravels writes each kind of totals for another machine, and as JSON.
func TestComparisonTravels(t *testing.T) {
	t.Parallel()
	none, nothing, some := byline.Money{}, byline.Minor(0, byline.JPY), byline.Minor(-500, byline.JPY)
	for _, value := range []byline.Money{none, nothing, some} {
		for _, untouched := range []byline.Money{none, nothing, some} {
			rows := []Journey{
				{Path: []string{"a", "b", "a"}, Conversions: 3, Nulls: 2, Value: value, Lead: 1, Opportunity: 2},
				{Path: []string{"b"}, Conversions: 1},
				{Conversions: 1, Nulls: 1, Value: untouched},
			}
			models := append(many(), FirstTouch{}, WShaped{}, TimeDecay{}, Markov{Transitions: true}, Markov{Order: 2})
			from, err := NewTally(models, nil)
			require.NoError(t, err)
			require.NoError(t, from.Read(each(rows)))
			data, err := from.MarshalBinary()
			require.NoError(t, err)
			to, err := NewTally(models, nil)
			require.NoError(t, err)
			require.NoError(t, to.MergeBinary(data))
			want, err := from.Compare()
			require.NoError(t, err)
			got, err := to.Compare()
			require.NoError(t, err)
			text, err := json.Marshal(want)
			require.NoError(t, err)
			arrived, err := json.Marshal(got)
			require.NoError(t, err)
			if diff := cmp.Diff(string(text), string(arrived)); diff != "" {
				t.Errorf("values %v and %v: mismatch (-want +got):\n%s", value, untouched, diff)
			}
			var back Comparison
			require.NoError(t, json.Unmarshal(text, &back))
			if diff := cmp.Diff(want, back, cmp.Comparer(func(a, b byline.Money) bool { return a == b })); diff != "" {
				t.Errorf("values %v and %v: JSON mismatch (-want +got):\n%s", value, untouched, diff)
			}
		}
	}
}

// TestCancelledValues has a refund for each sale: rules say whose, games refuse.
func TestCancelledValues(t *testing.T) {
	t.Parallel()
	rows := []Journey{
		{Path: []string{"ada"}, Conversions: 1, Value: byline.Minor(500, byline.EUR)},
		{Path: []string{"bruno"}, Conversions: 1, Value: byline.Minor(-500, byline.EUR)},
	}
	for _, m := range []Model{Linear{}, LinearUnique{}, LastNonDirect{Direct: "x"}, Shapley{Variant: SetSum}, Shapley{Variant: OrderedPosition}} {
		r, err := Attribute(each(rows), m, nil)
		require.NoError(t, err, m.Name())
		for i, want := range []int64{500, -500} {
			if c := r.Credits[i]; c.Value != byline.Minor(want, byline.EUR) || c.RawValue != float64(want) || c.ValueShare != 0 || c.Conversions != 1 {
				t.Errorf("%s: %+v, want a value of %d", m.Name(), c, want)
			}
		}
	}
	for _, v := range []Variant{SubsetRate, JourneyRate, MarkovGame} {
		r, err := Attribute(each(rows), Shapley{Variant: v}, nil)
		require.NoError(t, err, v)
		if r.ValueRefused == nil || r.ValueRefused.Code != "shapley.value" || r.Credits[0].Conversions != 1 || !r.Credits[0].Value.Equal(byline.Money{}) {
			t.Errorf("%s: %+v", v, r)
		}
	}
}

// TestUnknownCurrency refuses money that could not be written.
func TestUnknownCurrency(t *testing.T) {
	t.Parallel()
	j, err := NewJourneys(nil)
	require.NoError(t, err)
	err = j.Add(Journey{Path: []string{"ada"}, Conversions: 1, Value: byline.Minor(5, "ZZZ")})
	var fault *byline.FieldError
	require.ErrorAs(t, err, &fault)
	if fault.Code != "journey.currency" || fault.Path != "value" || j.Rows() != 0 {
		t.Errorf("the fault is %v, of %d rows", fault, j.Rows())
	}
}

// TestForgedTotals merges totals of fewer touches than journeys, and parts that are more
// than there is.
func TestForgedTotals(t *testing.T) {
	t.Parallel()
	for name, forge := range map[string]func(*Tally){
		"no touches":      func(t *Tally) { t.totals.Touches = 0 },
		"too few touches": func(t *Tally) { t.totals.Touches = 2 },
		"too many nulls":  func(t *Tally) { t.totals.Nulls = 1<<63 - 1 },
		"more than all": func(t *Tally) {
			t.rules.counted[0].sums[0].conversions.hi += 1
			t.rules.counted[0].sums[1].conversions.hi -= 1
		},
		"less than all":    func(t *Tally) { t.rules.counted[0].sums[0].conversions.lo++ },
		"no turnover":      func(t *Tally) { t.turnover = 0 },
		"turnover below 0": func(t *Tally) { t.turnover = -1 },
		"turnover of nothing": func(t *Tally) {
			t.turnover, t.totals.Value = -1, byline.Money{}
			for i := range t.rules.counted[0].sums {
				t.rules.counted[0].sums[i].value = wide{}
			}
		},
	} {
		tally, err := NewTally([]Model{LinearUnique{}}, nil)
		require.NoError(t, err)
		require.NoError(t, tally.Read(each([]Journey{{Path: []string{"a", "b"}, Conversions: 2, Nulls: 1, Value: byline.Minor(9, byline.EUR)}})))
		forge(tally)
		data, err := tally.MarshalBinary()
		require.NoError(t, err)
		into, err := NewTally([]Model{LinearUnique{}}, nil)
		require.NoError(t, err)
		if err := into.MergeBinary(data); err == nil {
			t.Errorf("%s: was merged", name)
		}
	}
}

// TestSpreadTies names the first of the models that agree.
func TestSpreadTies(t *testing.T) {
	t.Parallel()
	c, err := Compare(each([]Journey{{Path: []string{"a", "b"}, Conversions: 2}}), []Model{Linear{}, FirstTouch{}, LinearUnique{}, PositionBased{First: 1}, LastTouch{}}, nil)
	require.NoError(t, err)
	want := []Spread{{"a", 0, "last_touch", 2, "first_touch"}, {"b", 0, "first_touch", 2, "last_touch"}}
	if diff := cmp.Diff(want, c.Spread); diff != "" {
		t.Errorf("spread mismatch (-want +got):\n%s", diff)
	}
}

// TestCrowdedMerge writes the same bytes of a chain with too many channels, whichever part
// came first.
func TestCrowdedMerge(t *testing.T) {
	t.Parallel()
	crowd := Journey{Conversions: 1}
	for i := range 5000 {
		crowd.Path = append(crowd.Path, fmt.Sprint(i))
	}
	few := Journey{Path: []string{"0", "1", "10", "0", "1", "10"}, Conversions: 1}
	read := func(rows ...Journey) *Tally {
		tally, err := NewTally([]Model{Markov{Order: 4}}, nil)
		require.NoError(t, err)
		require.NoError(t, tally.Read(each(rows)))
		return tally
	}
	want := everything(t, read(few, crowd))
	for name, parts := range map[string][2]*Tally{"crowd first": {read(crowd), read(few)}, "few first": {read(few), read(crowd)}} {
		require.NoError(t, parts[0].Merge(parts[1]))
		if everything(t, parts[0]) != want {
			t.Errorf("%s: other bits", name)
		}
	}
}

// TestPositionsAreSetSum gives channels what SetSum and LinearUnique give, to the last bit.
func TestPositionsAreSetSum(t *testing.T) {
	t.Parallel()
	rows := []Journey{
		{Path: []string{"a", "b", "c"}, Conversions: maxCount, Value: byline.Minor(1<<61, byline.EUR)},
		{Path: []string{"c", "b", "a", "b", "d", "e", "f"}, Conversions: 3, Value: byline.Minor(-5, byline.EUR)},
	}
	tally, err := NewTally([]Model{Shapley{Variant: OrderedPosition}, LinearUnique{}}, nil)
	require.NoError(t, err)
	require.NoError(t, tally.Read(each(rows)))
	got, want := make([]ruleSum, 6), tally.rules.sums(0)
	positions := tally.learned[0].(*orderedPosition)
	for i, p := range positions.places {
		got[p.channel].merge(positions.sums[i])
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("channel %d has %v, want %v", i, got[i], want[i])
		}
	}
}

// TestAddUp does not take a sum that wraps for one that fits.
func TestAddUp(t *testing.T) {
	t.Parallel()
	c := newCoalitions(false, 0)
	for i, n := range []int64{math.MaxInt64, math.MaxInt64, 3} {
		c.at([]id{id(i)}).add(exit{conversions: n})
	}
	if c.addUp(&Totals{Conversions: 1}) {
		t.Error("2^64 + 1 conversions are one")
	}
}

// TestAccurate keeps what a plain sum rounds off.
func TestAccurate(t *testing.T) {
	t.Parallel()
	var a accurate
	for _, v := range []float64{1, 1e100, 1, -1e100} {
		a.add(v)
	}
	if a.value() != 2 {
		t.Errorf("the sum is %v", a.value())
	}
}
