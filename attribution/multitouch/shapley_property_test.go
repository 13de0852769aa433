package multitouch

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

// TestShapleySetSum says what SetSum comes to: LinearUnique, to the bit.
func TestShapleySetSum(t *testing.T) {
	t.Parallel()
	r := random(6)
	journeys := drawn(&r, 300, 9)
	linear := attribute(t, journeys, LinearUnique{}).Credits
	for _, v := range []Variant{SetSum, OrderedPosition} {
		if diff := cmp.Diff(linear, attribute(t, journeys, Shapley{Variant: v}).Credits); diff != "" {
			t.Errorf("%s (-linear unique +shapley):\n%s", v, diff)
		}
	}
}

// TestShapleyJourneyRate is worked out by hand. Rates: a 9/10, b 0/10, a and b 1/2. Of
// {a,b}, phi(a) = (0.9 + 0.5-0)/2 = 0.7 and phi(b) = (0 + 0.5-0.9)/2 = -0.2; its two
// journeys make that 1.4 and -0.4. The 9 conversions of {a} are a's.
func TestShapleyJourneyRate(t *testing.T) {
	t.Parallel()
	journeys := []Journey{
		{Path: []string{"a"}, Conversions: 9, Nulls: 1},
		{Path: []string{"b", "b"}, Nulls: 10},
		{Path: []string{"a", "b", "a"}, Conversions: 1},
		{Path: []string{"b", "a"}, Nulls: 1},
	}
	got := attribute(t, journeys, Shapley{Variant: JourneyRate})
	for name, want := range map[string]float64{"a": 10.4, "b": -0.4} {
		if c, _ := got.Credit(name); math.Abs(c.Conversions-want) > 1e-14 {
			t.Errorf("%s has %v conversions, want %v", name, c.Conversions, want)
		}
	}
	want := &Game{Variant: JourneyRate, Players: 2, Exact: true, GrandValue: 10, Sets: 2, NegativeSets: 1}
	got.Game.Gap = math.Round(got.Game.Gap * 1e12)
	if diff := cmp.Diff(want, got.Game); diff != "" {
		t.Errorf("game (-want +got):\n%s", diff)
	}
	// With order, a>b converted once of once; b>a never did and plays no game. Then
	// phi(a) = (0.9 + 1-0)/2 = 0.95 and phi(b) = (0 + 1-0.9)/2 = 0.05.
	ordered := attribute(t, journeys, Shapley{Variant: JourneyRateOrdered})
	if c, _ := ordered.Credit("b"); math.Abs(c.Conversions-0.05) > 1e-14 {
		t.Errorf("with order, b has %v conversions, want 0.05", c.Conversions)
	}
}

func TestShapleyCut(t *testing.T) {
	t.Parallel()
	journeys := []Journey{{Path: []string{"c", "a", "c", "b"}, Conversions: 6}}
	for m, want := range map[Shapley][]float64{
		{Variant: JourneyRate, Size: 3}:                 {2, 2, 2},
		{Variant: JourneyRate, Size: 2}:                 {3, 3, 0},
		{Variant: JourneyRate, Size: 2, Cut: CutByName}: {0, 3, 3},
		{Variant: JourneyRate, Size: 1}:                 {0, 6, 0},
		{Variant: JourneyRateOrdered, Size: 2}:          {3, 3, 0},
	} {
		var got []float64
		for _, c := range attribute(t, journeys, m).Credits {
			got = append(got, c.Conversions)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", m.Name(), diff)
		}
	}
}

func TestShapleyPositions(t *testing.T) {
	t.Parallel()
	got := attribute(t, []Journey{
		{Path: []string{"a", "a", "b"}, Conversions: 2, Value: byline.Minor(101, byline.EUR)},
		{Path: []string{"b", "a"}, Conversions: 4, Value: byline.Minor(-50, byline.EUR)},
		{Path: []string{"b"}, Conversions: 1, Nulls: 3},
	}, Shapley{Variant: OrderedPosition})
	want := []PositionCredit{
		{"a", 1, 1, byline.Minor(51, byline.EUR)},
		{"a", 2, 2, byline.Minor(-25, byline.EUR)},
		{"b", 1, 3, byline.Minor(-25, byline.EUR)},
		{"b", 3, 1, byline.Minor(50, byline.EUR)},
	}
	if diff := cmp.Diff(want, got.Game.Positions); diff != "" {
		t.Errorf("positions (-want +got):\n%s", diff)
	}
}

// TestShapleyMarkovGame checks what the other games do not promise.
func TestShapleyMarkovGame(t *testing.T) {
	t.Parallel()
	r := random(7)
	for order := 1; order <= 4; order++ {
		journeys := drawn(&r, 200, 7)
		got := attribute(t, journeys, Shapley{Variant: MarkovGame, Order: order})
		sum := 0.0
		for _, c := range got.Credits {
			if c.Raw < 0 {
				t.Errorf("order %d: %s has %v", order, c.Channel, c.Raw)
			}
			sum += c.Raw
		}
		totals := countOf(journeys, func(Journey) bool { return true })
		if rate := float64(totals.conversions) / float64(totals.journeys); math.Abs(sum-rate) > 1e-14 {
			t.Errorf("order %d: phi sum to %v, want %v", order, sum, rate)
		}
	}
}

// TestShapleySampled compares samples of 12 channels with the exact game.
func TestShapleySampled(t *testing.T) {
	t.Parallel()
	r := random(8)
	journeys := drawn(&r, 2000, 12)
	for _, m := range []Shapley{{Variant: SubsetRate}, {Variant: MarkovGame}, {Variant: MarkovGame, Order: 2}} {
		exact := attribute(t, journeys, m)
		s, walk := walkOf(t, m, journeys)
		seeds, samples := uint64(8), 1000
		if m.Order == 2 {
			seeds, samples = 1, 100
		}
		for seed := range seeds {
			m.Samples, m.Seed = samples, seed
			got := s.credit(m.Name(), sampled(m, 12, true, walk))
			for i, c := range got.Credits {
				if off := math.Abs(c.Share - exact.Credits[i].Share); !(off <= 4*c.StandardError) || c.StandardError == 0 {
					t.Errorf("%s: %s has a share of %v, want %v within 4 times %v", m.Name(), c.Channel, c.Share, exact.Credits[i].Share, c.StandardError)
				}
				if off := math.Abs(c.ValueShare - exact.Credits[i].ValueShare); off > 0.05 {
					t.Errorf("%s: %s has a share of the value of %v, want about %v", m.Name(), c.Channel, c.ValueShare, exact.Credits[i].ValueShare)
				}
			}
			if got.Game.Exact || got.Game.Samples != samples {
				t.Errorf("game is %+v", got.Game)
			}
		}
	}
}

// walkOf returns the walk of a game that is small enough to be exact.
func walkOf(t *testing.T, m Shapley, journeys []Journey) (*standing, walk) {
	t.Helper()
	tally, err := NewTally([]Model{m}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := tally.Read(each(journeys)); err != nil {
		t.Fatal(err)
	}
	tally = tally.byName()
	s := &standing{channels: tally.directory.names, totals: tally.totals}
	switch c := tally.learned[0].(type) {
	case *subsetRate:
		return s, newRateWalk(c.sets, len(s.channels)).walk
	case *markovGame:
		g := newGraph(c.steps)
		if m.Order > 1 {
			return s, newChainGame(g).walk
		}
		return s, channelPrefixes(g, len(s.channels)).walk
	}
	t.Fatalf("%s has no walk", m.Name())
	return nil, nil
}

// many is every variant, with samples for those that need them above 20 channels but for
// one, which is refused there.
func many() []Model {
	return []Model{
		Shapley{Variant: SetSum}, Shapley{Variant: OrderedPosition},
		Shapley{Variant: JourneyRate}, Shapley{Variant: JourneyRate, Size: 64}, Shapley{Variant: JourneyRate, Size: 3, Cut: CutByName},
		Shapley{Variant: JourneyRateOrdered},
		Shapley{Variant: SubsetRate, Samples: 100, Seed: 1},
		Shapley{Variant: MarkovGame, Samples: 100, Seed: 1}, Shapley{Variant: MarkovGame, Order: 2},
	}
}

func compare(t *testing.T, journeys []Journey, opts *Options) []Result {
	t.Helper()
	c, err := Compare(each(journeys), many(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return c.Results
}

// TestShapleySameBits splits, reorders and merges.
func TestShapleySameBits(t *testing.T) {
	t.Parallel()
	for _, channels := range []int{6, 23} {
		r := random(channels)
		journeys := drawn(&r, 400, channels)
		want := compare(t, journeys, nil)
		reversed := slices.Clone(journeys)
		slices.Reverse(reversed)
		if diff := cmp.Diff(want, compare(t, reversed, nil)); diff != "" {
			t.Errorf("reversed (-want +got):\n%s", diff)
		}
		var parts []*Tally
		for part := range slices.Chunk(reversed, 57) {
			tally, err := NewTally(many(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := tally.Read(each(part)); err != nil {
				t.Fatal(err)
			}
			parts = append(parts, tally)
		}
		first := parts[3]
		for i, part := range parts {
			if i == 3 {
				continue
			}
			data, err := part.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			if err := first.MergeBinary(data); err != nil {
				t.Fatal(err)
			}
		}
		got, err := first.Compare()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Results); diff != "" {
			t.Errorf("merged (-want +got):\n%s", diff)
		}
		whole, err := NewTally(many(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := whole.Read(each(journeys)); err != nil {
			t.Fatal(err)
		}
		a, _ := whole.MarshalBinary()
		b, _ := first.MarshalBinary()
		if !slices.Equal(a, b) {
			t.Error("the same journeys give other bytes")
		}
	}
}

// TestShapleyRenamed turns the order of names around, which only a cut by name may see.
func TestShapleyRenamed(t *testing.T) {
	t.Parallel()
	r := random(10)
	journeys := drawn(&r, 200, 7)
	renamed := make([]Journey, len(journeys))
	for i, j := range journeys {
		renamed[i] = j
		renamed[i].Path = nil
		for _, name := range j.Path {
			renamed[i].Path = append(renamed[i].Path, "x"+string('z'-name[0]+'a'))
		}
	}
	for _, m := range variants() {
		if m.Cut == CutByName {
			continue
		}
		want, got := attribute(t, journeys, m).Credits, attribute(t, renamed, m).Credits
		slices.Reverse(got)
		for i := range want {
			if math.Abs(got[i].Share-want[i].Share) > 1e-14 {
				t.Errorf("%s: %s has a share of %v, and by another name %v", m.Name(), want[i].Channel, want[i].Share, got[i].Share)
			}
		}
	}
}

func TestShapleyJSON(t *testing.T) {
	t.Parallel()
	r := random(11)
	for _, channels := range []int{5, 22} {
		want := compare(t, drawn(&r, 100, channels), nil)
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got []Result
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("after JSON (-want +got):\n%s", diff)
		}
	}
	m := Shapley{Variant: JourneyRate, Size: 3, Cut: CutByName}
	data, err := json.Marshal(m)
	if want := `{"variant":"journey_rate","size":3,"cut":"by_name"}`; err != nil || string(data) != want {
		t.Errorf("the model is %s, want %s", data, want)
	}
}

// TestShapleyEdges plays what is odd: each result has to be finite and whole.
func TestShapleyEdges(t *testing.T) {
	t.Parallel()
	long := make([]string, 10_000)
	for i := range long {
		long[i] = []string{"a", "b", "c"}[i*i%7%3]
	}
	var wide []string
	for i := range 300 {
		wide = append(wide, fmt.Sprintf("n%03d", i))
	}
	for name, journeys := range map[string][]Journey{
		"one channel":       {{Path: []string{"a", "a"}, Conversions: 3, Nulls: 1, Value: byline.Minor(7, byline.JPY)}},
		"one journey":       {{Path: []string{"a", "b", "c", "d", "e", "f"}, Conversions: 1}},
		"no nulls":          {{Path: []string{"a"}, Conversions: 2}, {Path: []string{"b", "a"}, Conversions: 1}},
		"long journey":      {{Path: long, Conversions: 1, Value: byline.Minor(1, byline.EUR)}, {Path: long[:9000], Nulls: 1}},
		"most of all":       {{Path: []string{"a", "b"}, Conversions: maxCount, Nulls: maxCount, Value: byline.Minor(math.MaxInt64, byline.EUR)}, {Path: []string{"b"}, Nulls: maxCount}},
		"refunded":          {{Path: []string{"a", "b"}, Conversions: 1, Value: byline.Minor(-500, byline.EUR)}, {Path: []string{"b"}, Conversions: 2}},
		"300 channels":      {{Path: wide, Conversions: 1, Value: byline.Minor(5, byline.EUR)}, {Path: wide[7:9], Nulls: 4}, {Path: wide[3:20], Conversions: 2}},
		"who never touched": {{Path: []string{"a"}, Conversions: 1}, {Conversions: 4, Nulls: 2}},
	} {
		for i, r := range compare(t, journeys, nil) {
			if r.Refused != nil && r.Refused.Code == "shapley.players" && name == "300 channels" {
				continue
			}
			if r.Refused != nil {
				t.Errorf("%s: %s is refused: %s", name, r.Model, r.Refused.Code)
				continue
			}
			sum, minor := 0.0, int64(0)
			for _, c := range r.Credits {
				if !finite(c.Raw) || !finite(c.RawValue) || !finite(c.Share) || !finite(c.StandardError) {
					t.Errorf("%s: %s: %+v", name, r.Model, c)
				}
				sum += c.Conversions
				minor += c.Value.Minor()
			}
			all := countOf(journeys, func(j Journey) bool { return len(j.Path) > 0 })
			if sum != float64(all.conversions) || minor != all.minor {
				t.Errorf("%s: model %d sums to %v and %d, want %d and %d", name, i, sum, minor, all.conversions, all.minor)
			}
		}
	}
}

func TestShapleyRefused(t *testing.T) {
	t.Parallel()
	var many []Journey
	for i := range 25 {
		many = append(many, Journey{Path: []string{fmt.Sprint(i), fmt.Sprint(i / 2)}, Conversions: 1, Nulls: 2})
	}
	// Single sets of {a} and {b} lose and win all that the third one is worth.
	cancel := []Journey{
		{Path: []string{"a"}, Conversions: 1, Value: byline.Minor(1_000_000_000_000, byline.EUR)},
		{Path: []string{"b"}, Conversions: 1, Value: byline.Minor(-999_999_999_999, byline.EUR)},
	}
	// One sale of 40,000,000,000,000,000.00 against a crowd without any.
	apart := []Journey{
		{Path: []string{"a"}, Conversions: 1, Value: byline.Minor(4e18, byline.EUR)},
		{Path: []string{"b", "a"}, Conversions: 1, Nulls: 1e8},
	}
	crowd := []Journey{{Conversions: 1}}
	for i := range 5000 {
		crowd[0].Path = append(crowd[0].Path, fmt.Sprint(i))
	}
	for name, tt := range map[string]struct {
		journeys []Journey
		model    Shapley
		want     *byline.RefusalError
	}{
		"a crowd":           {crowd, Shapley{Variant: MarkovGame, Order: 4, Samples: 100}, &byline.RefusalError{Code: "shapley.players", Have: 5000, Need: 4096}},
		"21 and no samples": {many, Shapley{Variant: SubsetRate}, &byline.RefusalError{Code: "shapley.players", Have: 25, Need: 20}},
		"of a chain":        {many, Shapley{Variant: MarkovGame}, &byline.RefusalError{Code: "shapley.players", Have: 25, Need: 20}},
		"of order 2":        {many, Shapley{Variant: MarkovGame, Order: 2}, &byline.RefusalError{Code: "shapley.players", Have: 25, Need: 12}},
		"rates apart":       {apart, Shapley{Variant: SubsetRate}, &byline.RefusalError{Code: "shapley.value"}},
		"games apart":       {apart, Shapley{Variant: JourneyRate}, &byline.RefusalError{Code: "shapley.value"}},
		"value cancels":     {cancel, Shapley{Variant: SubsetRate}, &byline.RefusalError{Code: "shapley.value"}},
	} {
		r, err := Attribute(each(tt.journeys), tt.model, nil)
		got := r.ValueRefused
		if got == nil && !errors.As(err, &got) {
			t.Errorf("%s: %v, want a refusal", name, err)
			continue
		}
		tt.want.Message = got.Message
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestShapleyFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		model Shapley
		want  []string
	}{
		"no name":        {Shapley{}, []string{"variant shapley.variant"}},
		"another's name": {Shapley{Variant: "exact_set_rate"}, []string{"variant shapley.variant"}},
		"size":           {Shapley{Variant: JourneyRate, Size: 65}, []string{"size shapley.size"}},
		"below":          {Shapley{Variant: JourneyRateOrdered, Size: -1}, []string{"size shapley.size"}},
		"cut":            {Shapley{Variant: JourneyRate, Cut: "random"}, []string{"cut shapley.cut"}},
		"cut with order": {Shapley{Variant: JourneyRateOrdered, Cut: CutByName}, []string{"cut shapley.unused"}},
		"order":          {Shapley{Variant: MarkovGame, Order: 5}, []string{"order shapley.order"}},
		"few samples":    {Shapley{Variant: MarkovGame, Samples: 99}, []string{"samples shapley.samples"}},
		"all":            {Shapley{Variant: SetSum, Size: 1, Cut: "x", Order: 1, Samples: 100, Seed: 1}, []string{"size shapley.unused", "cut shapley.unused", "order shapley.unused", "samples shapley.unused", "seed shapley.unused"}},
		"none":           {Shapley{Variant: SubsetRate, Samples: 100, Seed: 1}, nil},
	} {
		var got []string
		for _, f := range tt.model.faults() {
			got = append(got, f.Path+" "+f.Code)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestShapleyName(t *testing.T) {
	t.Parallel()
	for want, m := range map[string]Shapley{
		"shapley(set_sum)":                          {Variant: SetSum},
		"shapley(journey_rate,4)":                   {Variant: JourneyRate},
		"shapley(journey_rate,2,by_name)":           {Variant: JourneyRate, Size: 2, Cut: CutByName},
		"shapley(markov_game,1)":                    {Variant: MarkovGame},
		"shapley(markov_game,2,samples=200,seed=9)": {Variant: MarkovGame, Order: 2, Samples: 200, Seed: 9},
	} {
		if got := m.Name(); got != want {
			t.Errorf("name is %s, want %s", got, want)
		}
	}
}

// TestShapleyForged merges bytes whose counts contradict their totals: the answer is a
// refusal, not a figure.
func TestShapleyForged(t *testing.T) {
	t.Parallel()
	for _, m := range []Shapley{{Variant: SetSum}, {Variant: OrderedPosition}, {Variant: SubsetRate}, {Variant: JourneyRate}, {Variant: MarkovGame}, {Variant: MarkovGame, Order: 2}} {
		tally, err := NewTally([]Model{m}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := tally.Read(each([]Journey{{Path: []string{"a", "b"}, Conversions: 2, Nulls: 1}})); err != nil {
			t.Fatal(err)
		}
		tally.totals.Conversions++
		data, err := tally.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		into, err := NewTally([]Model{m}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := into.MergeBinary(data); err != nil {
			continue // refused at once, which is as well
		}
		c, err := into.Compare()
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Results[0].Refused; got == nil || got.Code != "shapley.totals" {
			t.Errorf("%s: %+v", m.Name(), c.Results[0])
		}
	}
}

// TestRateGamesParts finds the same coalitions both ways.
func TestRateGamesParts(t *testing.T) {
	t.Parallel()
	r := random(16)
	for _, ordered := range []bool{false, true} {
		sets := newCoalitions(ordered, 0)
		for range 300 {
			var path []id
			for range 1 + r.below(7) {
				path = append(path, id(r.below(7)))
			}
			sets.at(sets.keyOf(path)).add(exit{conversions: int64(r.below(2)), nulls: 1})
		}
		g := newRateGames(sets, &standing{channels: make([]string, 7)})
		for i := range sets.len() {
			g.found = nil
			g.tryAll(sets.keyAt(i))
			tried := g.found
			g.found = nil
			g.lookAtAll(sets.keyAt(i))
			for _, found := range [][]part{tried, g.found} {
				slices.SortFunc(found, func(a, b part) int { return int(a.members) - int(b.members) })
			}
			if !slices.Equal(tried, g.found) {
				t.Fatalf("of %v: tried %v, looked at %v", sets.keyAt(i), tried, g.found)
			}
		}
	}
}

// TestShapleyTorn reads what is cut off, and what says the same thing twice.
func TestShapleyTorn(t *testing.T) {
	t.Parallel()
	r := random(14)
	for _, m := range variants() {
		tally, err := NewTally([]Model{m}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := tally.Read(each(drawn(&r, 5, 3))); err != nil {
			t.Fatal(err)
		}
		data, err := tally.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		for cut := range data {
			into, err := NewTally([]Model{m}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := into.MergeBinary(data[:cut]); !errors.Is(err, byline.ErrInvalid) {
				t.Fatalf("%s: %d of %d bytes: %v", m.Name(), cut, len(data), err)
			}
		}
	}
	wire := func(ids ...byte) []byte { return append(append([]byte{byte(len(ids))}, ids...), 1, 0, 0, 0) }
	for name, data := range map[string][]byte{
		"no channel":      append([]byte{1, 0}, 1, 0, 0, 0, 0, 0),
		"unknown channel": append([]byte{1}, wire(3)...),
		"channel twice":   append([]byte{1}, wire(1, 1)...),
		"out of order":    append([]byte{1}, wire(2, 1)...),
		"too many":        append([]byte{1}, wire(0, 1, 2)...),
		"set twice":       slices.Concat([]byte{2}, wire(1), wire(1)),
		"sets unsorted":   slices.Concat([]byte{2}, wire(2), wire(1)),
		"counts nothing":  {1, 1, 1, 0, 0, 0, 0},
		"value of none":   {1, 1, 1, 0, 1, 0, 7},
	} {
		d := &decoder{data: data}
		newCoalitions(false, 2).load(d, 3)
		if !d.failed {
			t.Errorf("%s: loaded", name)
		}
	}
	d := &decoder{data: slices.Concat([]byte{2}, wire(1), wire(1, 2))}
	newCoalitions(false, 2).load(d, 3)
	if d.failed || len(d.data) > 0 {
		t.Error("did not load what is right")
	}
}

// TestShapleyManyChannels samples what cannot be played exactly, through the front door.
func TestShapleyManyChannels(t *testing.T) {
	t.Parallel()
	r := random(15)
	journeys := drawn(&r, 300, 22)
	for _, m := range []Shapley{
		{Variant: SubsetRate, Samples: 101, Seed: 3},
		{Variant: MarkovGame, Samples: 101, Seed: 3},
		{Variant: MarkovGame, Order: 2, Samples: 101, Seed: 3},
	} {
		got := attribute(t, journeys, m)
		sum := 0.0
		for _, c := range got.Credits {
			sum += c.Share
			if c.StandardError <= 0 || c.StandardError > 0.2 {
				t.Errorf("%s: the standard error of %s is %v", m.Name(), c.Channel, c.StandardError)
			}
		}
		want := &Game{Variant: m.Variant, Players: 22, Samples: 102, GrandValue: got.Game.GrandValue, Gap: got.Game.Gap}
		if diff := cmp.Diff(want, got.Game); diff != "" || math.Abs(sum-1) > 1e-13 || got.Game.Gap > 1e-13 {
			t.Errorf("%s: shares sum to %v, game (-want +got):\n%s", m.Name(), sum, diff)
		}
		m.Seed++
		if other := attribute(t, journeys, m); cmp.Equal(other.Credits, got.Credits) {
			t.Errorf("%s: another seed draws the same", m.Name())
		}
	}
}

// FuzzShapleyBinary merges any bytes: an error or a result without a bad number.
func FuzzShapleyBinary(f *testing.F) {
	r := random(12)
	models := []Model{Shapley{Variant: SetSum}, Shapley{Variant: OrderedPosition}, Shapley{Variant: JourneyRate}, Shapley{Variant: JourneyRateOrdered}, Shapley{Variant: SubsetRate}, Shapley{Variant: MarkovGame}, Shapley{Variant: MarkovGame, Order: 2}}
	for i := range 4 {
		tally, err := NewTally(models, nil)
		if err != nil {
			f.Fatal(err)
		}
		if err := tally.Read(each(drawn(&r, 1+i*3, 1+i))); err != nil {
			f.Fatal(err)
		}
		data, err := tally.MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tally, err := NewTally(models, nil)
		if err != nil {
			t.Fatal(err)
		}
		if tally.MergeBinary(data) != nil {
			return
		}
		c, err := tally.Compare()
		if err != nil {
			return
		}
		if _, err := json.Marshal(c); err != nil {
			t.Error(err)
		}
		once, err := tally.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		again, err := NewTally(models, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := again.MergeBinary(once); err != nil {
			t.Fatal(err)
		}
		if twice, _ := again.MarshalBinary(); !slices.Equal(once, twice) {
			t.Error("the second reading writes other bytes")
		}
	})
}

// TestChainGame takes channels out of long and short journeys, and compares each rate with
// that of the same channels when they are taken out in another company.
func TestChainGame(t *testing.T) {
	t.Parallel()
	r := random(13)
	long := Journey{Conversions: 1, Value: byline.Minor(100, byline.EUR)}
	for range 10_000 {
		long.Path = append(long.Path, string(rune('a'+r.below(9))))
	}
	for name, journeys := range map[string][]Journey{
		"short journeys": drawn(&r, 1000, 9),
		"a long journey": {long, {Path: []string{"a"}, Nulls: 3}},
	} {
		game := chainGameOf(t, 2, journeys)
		order := []int{4, 0, 8, 2, 1, 7, 3, 6, 5}
		rates, values := make([]float64, 9), make([]float64, 9)
		game.walk(order, rates, values)
		all, allValues := game.all(9)
		mask := 0
		for i, player := range order {
			mask |= 1 << player
			if math.Abs(rates[i]-all[mask]) > 1e-13 || math.Abs(values[i]-allValues[mask]) > 1e-10 {
				t.Errorf("%s: rates of %b are %v and %v, want %v and %v", name, mask, rates[i], values[i], all[mask], allValues[mask])
			}
		}
		// What sweeps find, elimination finds.
		stays := slices.Repeat([]uint8{0b1011}, 9)
		stays[3] = 0b0110
		game.enter(stays)
		swept, sweptMinor, ok := game.swept()
		eliminated, eliminatedMinor := game.eliminated()
		for l := range swept {
			off, minorOff := swept[l]/eliminated[l]-1, sweptMinor[l]/eliminatedMinor[l]-1
			if ok && (math.Abs(off) > 1e-13 || math.Abs(minorOff) > 1e-12) {
				t.Errorf("%s: lane %d of sweeps is off by %g and %g", name, l, off, minorOff)
			}
		}
		if !ok && name == "short journeys" {
			t.Errorf("%s: sweeps come to no end", name)
		}
		c := countOf(journeys, func(Journey) bool { return true })
		if want := float64(c.conversions) / float64(c.journeys); math.Abs(rates[8]-want) > 1e-13 || game.failed {
			t.Errorf("%s: the rate is %v, want %v", name, rates[8], want)
		}
		if want := float64(c.minor) / float64(c.journeys); math.Abs(values[8]-want) > 1e-10 {
			t.Errorf("%s: the value is %v, want %v", name, values[8], want)
		}
	}
}

func chainGameOf(t *testing.T, order int, journeys []Journey) *chainGame {
	t.Helper()
	tally, err := NewTally([]Model{Shapley{Variant: MarkovGame, Order: order}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := tally.Read(each(journeys)); err != nil {
		t.Fatal(err)
	}
	return newChainGame(newGraph(tally.byName().learned[0].(*markovGame).steps))
}
