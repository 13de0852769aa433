package multitouch

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// TestReadFull has the last block counted each time that it is full: of rows, of touches,
// or of one row that is longer than a block.
func TestReadFull(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rows, touches int
		want          int
	}{
		"one row too few":  {blockRows - 1, 1, 0},
		"rows":             {2*blockRows + 1, 1, 2},
		"touches":          {129, blockTouches / 64, 2},
		"longer than each": {3, blockTouches + 1, 3},
	} {
		j, err := NewJourneys(nil)
		require.NoError(t, err)
		path := strings.Fields(strings.Repeat("ada ", tt.touches))
		full := 0
		require.NoError(t, j.read(func(yield func(Journey, error) bool) {
			for i := 0; i < tt.rows && yield(Journey{Path: path, Nulls: 1}, nil); i++ {
				continue
			}
		}, func() {
			full++
			j.blocks[0].reset()
		}))
		if full != tt.want || len(j.blocks) > 1 || j.Rows() != tt.rows {
			t.Errorf("%s: %d blocks were full, %d are held", name, full, len(j.blocks))
		}
	}
}

// TestReadCounts counts blocks while the rows still come: one for each worker at a time.
func TestReadCounts(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{0, 2} {
		tally, err := NewTally([]Model{Linear{}}, &Options{Workers: workers})
		require.NoError(t, err)
		counted := -1
		require.NoError(t, tally.Read(func(yield func(Journey, error) bool) {
			for i := 0; i < 3*blockRows+1 && yield(Journey{Path: []string{"ada"}, Conversions: 1}, nil); i++ {
				if counted < 0 && tally.rules.places.tables[1] != nil {
					counted = i + 1
				}
			}
		}))
		if want := max(1, workers) * blockRows; counted != want {
			t.Errorf("%d workers: counted after %d rows, want %d", workers, counted, want)
		}
	}
}

// blocksful is rows that fill three blocks, of which only some have ages, stages, values
// or a new channel.
func blocksful() []Journey {
	var rows []Journey
	for i := range 2*blockRows + 500 {
		j := Journey{Path: []string{"ada", fmt.Sprint(i % 7), "direct"}[:1+i%3], Conversions: int64(i % 2), Nulls: 1}
		if i%2 == 1 && i > blockRows {
			j.Value = byline.Minor(int64(i%11-3), byline.EUR)
		}
		if i/blockRows == 1 && i%3 == 2 {
			j.Opportunity, j.Lead = 2, i%2
			j.Ages = []time.Duration{time.Hour, time.Minute, 0}
		}
		if i == blockRows+9 {
			j.Path = []string{"only here", "ada"}
			j.Ages, j.Lead, j.Opportunity = nil, 0, 0
		}
		rows = append(rows, j)
	}
	return rows
}

func everything(t *testing.T, tally *Tally) string {
	t.Helper()
	data, err := tally.MarshalBinary()
	require.NoError(t, err)
	c, err := tally.Compare()
	require.NoError(t, err)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	return fmt.Sprintf("%x %s", data, text)
}

// TestBlocks crosses blocks, as they are read and in memory, by up to eight workers.
func TestBlocks(t *testing.T) {
	t.Parallel()
	rows := blocksful()
	aged := Custom{Label: "aged", Weigh: func(j Journey, weights []float64) {
		for i := range weights {
			weights[i] = 1
			if j.Ages != nil {
				weights[i] += j.Ages[i].Hours()
			}
		}
	}}
	models := []Model{
		Linear{}, WShaped{}, LastNonDirect{Direct: "direct"}, aged, Markov{}, Markov{Order: 2},
		Shapley{Variant: OrderedPosition}, Shapley{Variant: SubsetRate},
	}
	j, err := Collect(each(rows), nil)
	require.NoError(t, err)
	if len(j.blocks) != 3 {
		t.Fatalf("%d blocks", len(j.blocks))
	}
	want := ""
	for _, workers := range []int{1, 2, 8} {
		read, err := NewTally(models, &Options{Workers: workers})
		require.NoError(t, err)
		require.NoError(t, read.Read(each(rows[:40_000])))
		require.NoError(t, read.Read(each(rows[40_000:])))
		counted, err := NewTally(models, &Options{Workers: workers})
		require.NoError(t, err)
		require.NoError(t, counted.Count(j))
		got := everything(t, counted)
		if want == "" {
			want = got
		}
		if everything(t, read) != want || got != want {
			t.Errorf("%d workers: other bits", workers)
		}
	}
	var again []Journey
	for journey, err := range j.All() {
		require.NoError(t, err)
		again = append(again, journey)
	}
	tally, err := NewTally(models, nil)
	require.NoError(t, err)
	require.NoError(t, tally.Read(each(again)))
	if everything(t, tally) != want {
		t.Error("what All yields has other bits")
	}
}

// TestAddNothing adds rows that are refused after some of their touches were numbered.
func TestAddNothing(t *testing.T) {
	t.Parallel()
	j, err := NewJourneys(nil)
	require.NoError(t, err)
	for _, row := range []Journey{
		{Path: []string{"ada", "bruno"}, Conversions: 1, Value: byline.Minor(1<<62, byline.EUR)},
		{Path: []string{"cleo", "dario"}, Conversions: 1, Value: byline.Minor(1<<62, byline.EUR)},
		{Path: []string{"cleo"}, Conversions: 1},
	} {
		_ = j.Add(row)
	}
	var paths [][]string
	for journey, err := range j.All() {
		require.NoError(t, err)
		paths = append(paths, journey.Path)
	}
	if diff := cmp.Diff([][]string{{"ada", "bruno"}, {"cleo"}}, paths); diff != "" {
		t.Errorf("paths mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"ada", "bruno", "cleo"}, j.Channels()); diff != "" {
		t.Errorf("channels mismatch (-want +got):\n%s", diff)
	}
}

// TestRelabel changes names and nothing else that is counted.
func TestRelabel(t *testing.T) {
	t.Parallel()
	j, err := NewJourneys(&Options{Repeats: CollapseRepeats})
	require.NoError(t, err)
	for _, row := range []Journey{
		{Path: []string{"ada", "bruno", "cleo"}, Nulls: 1, Value: byline.Minor(0, byline.EUR), Lead: 1, Opportunity: 2},
		{Path: []string{"cleo"}, Nulls: 1},
		{Conversions: 1, Nulls: 3, Value: byline.Minor(400, byline.EUR)},
	} {
		require.NoError(t, j.Add(row))
	}
	got, err := j.Relabel(func(name string) string { return "by " + name })
	require.NoError(t, err)
	want := j.Totals()
	if diff := cmp.Diff(want, got.Totals(), cmp.Comparer(func(a, b byline.Money) bool { return a == b })); diff != "" {
		t.Errorf("totals mismatch (-want +got):\n%s", diff)
	}
	if got.Rows() != j.Rows() || got.turnover != j.turnover {
		t.Errorf("%d rows and a turnover of %d, want %d and %d", got.Rows(), got.turnover, j.Rows(), j.turnover)
	}
	one, err := j.Relabel(func(string) string { return "all" })
	require.NoError(t, err)
	if one.Totals().Touches != 2 {
		t.Errorf("repeats were kept: %+v", one.Totals())
	}
	if _, err := j.Relabel(func(string) string { return "" }); err == nil {
		t.Error("a channel lost its name")
	}
}

// TestAllUntouched has no currency where no journey with a touch has one.
func TestAllUntouched(t *testing.T) {
	t.Parallel()
	j, err := Collect(each([]Journey{{Path: []string{"ada"}, Conversions: 1}, {Conversions: 1, Value: byline.Minor(5, byline.EUR)}}), nil)
	require.NoError(t, err)
	for journey, err := range j.All() {
		require.NoError(t, err)
		if journey.Value != (byline.Money{}) {
			t.Errorf("the value is %v", journey.Value)
		}
	}
}

// TestLongerThanABlock splits a journey of 300,000 touches, beside one of others.
func TestLongerThanABlock(t *testing.T) {
	t.Parallel()
	long := make([]string, 300_000)
	for i := range long {
		long[i] = []string{"ada", "bruno", "cleo"}[i%3]
	}
	rows := []Journey{
		{Path: long, Conversions: 1, Value: byline.Minor(100, byline.EUR), Opportunity: 300_000},
		{Path: long[:299_999], Conversions: 1},
		{Path: long[:2], Conversions: 1},
	}
	c, err := Compare(each(rows), []Model{FirstTouch{}, LastTouch{}, Linear{}, LinearUnique{}, PositionDecay{}, WShaped{}, Markov{}, Shapley{Variant: OrderedPosition}}, nil)
	require.NoError(t, err)
	for _, r := range c.Results {
		sum, minor := 0.0, int64(0)
		for _, credit := range r.Credits {
			sum += credit.Conversions
			minor += credit.Value.Minor()
		}
		if sum != 3 || minor != 100 {
			t.Errorf("%s: sums are %v and %d", r.Model, sum, minor)
		}
	}
	for i, want := range map[int][]float64{0: {3, 0, 0}, 1: {0, 2, 1}} {
		for k, credit := range c.Results[i].Credits {
			if credit.Conversions != want[k] {
				t.Errorf("%s: %+v, want %v", c.Results[i].Model, credit, want[k])
			}
		}
	}
}

// TestPartsOfLongJourneys holds the parts of one long journey at a time.
func TestPartsOfLongJourneys(t *testing.T) {
	t.Parallel()
	s := LastTouch{}.splitter(nil)
	first := s.byLength(5000)
	second := s.byLength(4000)
	if &first[0] != &second[0] || second[3999] != whole || second[0] != 0 {
		t.Error("parts of long journeys are kept")
	}
	if a, b := s.byLength(knownTouches), s.byLength(knownTouches); &a[0] != &b[0] {
		t.Error("parts of short journeys are not")
	}
}

// TestOtherNumbers counts journeys whose channels are numbered otherwise, or are only some
// of those that are known.
func TestOtherNumbers(t *testing.T) {
	t.Parallel()
	rows := []Journey{
		{Path: []string{"ada", "bruno", "direct"}, Conversions: 3, Nulls: 1, Value: byline.Minor(700, byline.EUR)},
		{Path: []string{"bruno", "direct"}, Conversions: 1},
		{Path: []string{"direct", "ada"}, Conversions: 1, Nulls: 8},
	}
	models := append(many(), Linear{}, LinearUnique{}, LastNonDirect{Direct: "direct"}, Markov{}, Markov{Order: 2})
	read := func(rows ...Journey) *Tally {
		tally, err := NewTally(models, nil)
		require.NoError(t, err)
		require.NoError(t, tally.Read(each(rows)))
		return tally
	}
	want := everything(t, read(rows...))
	for name, order := range map[string][]int{"same": {0, 1, 2}, "turned round": {2, 1, 0}, "some first": {1, 0, 2}} {
		for first := range rows {
			got := read(rows[order[0]])
			j, err := Collect(each([]Journey{rows[order[1+first%2]], rows[order[2-first%2]]}), nil)
			require.NoError(t, err)
			require.NoError(t, got.Count(j))
			if everything(t, got) != want {
				t.Errorf("%s, %d: other bits", name, first)
			}
		}
	}
}

// TestDistinct counts ids on both sides of what a word has bits for, for more rounds than
// the set can number.
func TestDistinct(t *testing.T) {
	t.Parallel()
	s := idSet{}
	for i, tt := range []struct {
		ids  []id
		want int
	}{{[]id{0, 63, 0}, 2}, {[]id{0, 64}, 2}, {[]id{64, 0, 128, 64}, 3}, {[]id{1, 65, 65535, 65535}, 3}, {[]id{5}, 1}} {
		if got := s.distinct(tt.ids); got != tt.want {
			t.Errorf("%d: %d distinct of %v", i, got, tt.ids)
		}
	}
	s = idSet{round: 0, stamps: []uint32{1}}
	s.round--
	if s.clear(); !s.add(0) {
		t.Error("what was in after the last round is in after the first")
	}
}
