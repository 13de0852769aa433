package reach_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
	"github.com/bylinehq/byline/internal/golden"
)

// sketchOf makes a sketch of numbers; a small sample keeps small sets estimated.
func sketchOf(t testing.TB, o *reach.SketchOptions, ids ...uint64) *reach.Sketch {
	t.Helper()
	s, err := reach.NewSketch(o)
	require.NoError(t, err)
	for _, id := range ids {
		s.AddHash(id)
	}
	return s
}

// people makes a sketch of the ids from, from+1, ... to-1.
func people(t testing.TB, o *reach.SketchOptions, from, to uint64) *reach.Sketch {
	t.Helper()
	s := sketchOf(t, o)
	for id := from; id < to; id++ {
		s.AddHash(id)
	}
	return s
}

func written(t testing.TB, s *reach.Sketch) []byte {
	t.Helper()
	data, err := s.MarshalBinary()
	require.NoError(t, err)
	return data
}

func merged(t testing.TB, sketches ...*reach.Sketch) *reach.Sketch {
	t.Helper()
	all := sketches[0].Clone()
	for _, s := range sketches[1:] {
		require.NoError(t, all.Merge(s))
	}
	return all
}

type at struct{ Path, Code string }

// faultsOf returns where the faults of an error are and their codes, in order.
func faultsOf(err error) []at {
	if err == nil {
		return nil
	}
	var faults []at
	for _, f := range byline.Nest("", err) {
		faults = append(faults, at{f.Path, f.Code})
	}
	return faults
}

func TestCountIsWithinItsError(t *testing.T) {
	t.Parallel()
	for _, precision := range []int{14, 16} {
		for n := uint64(1); n <= 120_000; n *= 7 {
			for seed := range uint64(3) {
				s := people(t, &reach.SketchOptions{Precision: precision, Seed: seed}, 0, n)
				u := s.Union()
				require.NoError(t, u.Add(s))
				for name, got := range map[string]reach.Estimate{"sketch": s.Count(), "union": u.Count()} {
					if math.Abs(got.Value-float64(n)) > 4*got.StandardError+1e-9 {
						t.Errorf("precision %d, seed %d: the %s counts %v of %d", precision, seed, name, got, n)
					}
				}
			}
		}
	}
}

func TestCountIsExactBelowTheSample(t *testing.T) {
	t.Parallel()
	for _, n := range []uint64{0, 1, 63, 1000, 1023} {
		s := people(t, nil, 0, n)
		for id := range n {
			s.AddHash(id)
		}
		want := reach.Estimate{Value: float64(n), Low: float64(n), High: float64(n), Level: 1, Method: reach.Exact}
		if diff := cmp.Diff(want, s.Count()); diff != "" {
			t.Errorf("%d people (-want +got):\n%s", n, diff)
		}
	}
	if got := people(t, nil, 0, 1024).Count(); got.Method != reach.HyperLogLog || got.StandardError == 0 {
		t.Errorf("a full sample counts %v", got)
	}
}

// A sample that is full shows as many people as it has.
func TestCountIsNoLessThanSeen(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		const n = 2048
		e := people(t, &reach.SketchOptions{Sample: n, Seed: seed}, 0, n).Count()
		if e.Value < n || e.Low < n || e.High < e.Value || e.Method != reach.HyperLogLog || e.Level != reach.Level {
			t.Errorf("seed %d: %d people seen, and counted %+v", seed, n, e)
		}
		r, err := reach.Dedup([]reach.Audience{{Creator: "ada", Sketch: people(t, &reach.SketchOptions{Sample: n, Seed: seed}, 0, n)}})
		require.NoError(t, err)
		if *r.People < n || r.Low < n {
			t.Errorf("seed %d: %d people seen, and reached %+v", seed, n, r)
		}
	}
}

// Ids as platforms give them differ in few characters. The counts must not.
func TestIDsAreSpread(t *testing.T) {
	t.Parallel()
	shapes := map[string]func(i int) string{
		"numbers":  func(i int) string { return fmt.Sprint(i) },
		"suffixes": func(i int) string { return fmt.Sprintf("user_%08d", i) },
		"prefixes": func(i int) string { return fmt.Sprintf("%08d@demo.example", i) },
		"bytes":    func(i int) string { return string([]byte{byte(i), byte(i >> 8), byte(i >> 16), 0}) },
		"zeros":    func(i int) string { return strings.Repeat("\x00", i%97) + fmt.Sprint(i/97) },
	}
	for name, id := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s, b reach.Sketch
			const n = 20_000
			for i := range n {
				s.Add(id(i))
				b.AddBytes([]byte(id(i)))
			}
			got := s.Count()
			if math.Abs(got.Value-n) > 4*got.StandardError {
				t.Errorf("counts %v of %d", got, n)
			}
			if !bytes.Equal(written(t, &s), written(t, &b)) {
				t.Error("text and bytes make two sketches")
			}
		})
	}
}

func TestMergeLaws(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	o := &reach.SketchOptions{Sample: 64}
	for round := range 30 {
		var sets [3]*reach.Sketch
		all := sketchOf(t, o)
		for i := range sets {
			sets[i] = sketchOf(t, o)
			for range r.IntN(1 << r.IntN(12)) {
				id := r.Uint64N(3000)
				sets[i].AddHash(id)
				all.AddHash(id)
			}
		}
		a, b, c := sets[0], sets[1], sets[2]
		want := written(t, all)
		for name, got := range map[string]*reach.Sketch{
			"in order":   merged(t, a, b, c),
			"backwards":  merged(t, c, b, a),
			"in groups":  merged(t, a, merged(t, b, c)),
			"repeatedly": merged(t, a, b, a, c, c, b),
		} {
			if !bytes.Equal(want, written(t, got)) {
				t.Fatalf("round %d: merged %s, the bits differ", round, name)
			}
			if diff := cmp.Diff(all.Count(), got.Count()); diff != "" {
				t.Fatalf("round %d: merged %s, the counts differ:\n%s", round, name, diff)
			}
		}
	}
}

func TestShapesDoNotMix(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		o    *reach.SketchOptions
		want []at
	}{
		"another precision": {&reach.SketchOptions{Precision: 16}, []at{{"precision", "sketch.precision"}}},
		"another sample":    {&reach.SketchOptions{Sample: 64}, []at{{"sample", "sketch.sample"}}},
		"another seed":      {&reach.SketchOptions{Seed: 7}, []at{{"seed", "sketch.seed"}}},
		"another space":     {&reach.SketchOptions{Space: "youtube"}, []at{{"space", "sketch.space"}}},
		"all of them": {
			&reach.SketchOptions{Precision: 16, Sample: 64, Seed: 7, Space: "youtube"},
			[]at{{"precision", "sketch.precision"}, {"sample", "sketch.sample"}, {"seed", "sketch.seed"}, {"space", "sketch.space"}},
		},
		"defaults by name": {&reach.SketchOptions{Precision: 14, Sample: 1024}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, o := people(t, nil, 0, 2000), people(t, tt.o, 0, 5000)
			u := s.Union()
			before := written(t, s)
			_, overlapErr := reach.SketchOverlap(s, o)
			for call, err := range map[string]error{"Merge": s.Merge(o), "Union.Add": u.Add(o), "Union.Check": u.Check(o), "SketchOverlap": overlapErr} {
				if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", call, diff)
				}
			}
			if tt.want == nil {
				return
			}
			if !bytes.Equal(before, written(t, s)) || u.Count().Value != 0 || u.Gain(o) != 0 {
				t.Error("a refused sketch left a trace")
			}
		})
	}
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	want := []at{{"precision", "sketch.precision"}, {"sample", "sketch.sample"}, {"space", "sketch.space"}}
	for _, o := range []reach.SketchOptions{
		{Precision: 13, Sample: 63, Space: "two words"}, {Precision: -14, Sample: -1, Space: "\xff"},
		{Precision: 255, Sample: reach.MaxSample + 1, Space: strings.Repeat("x", reach.MaxSpace+1)},
		{Precision: 15, Sample: 1, Space: "\x00"}, {Precision: 12, Sample: 1, Space: "café"}, {Precision: 1, Sample: 1, Space: "\x7f"},
	} {
		_, err := reach.NewSketch(&o)
		if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", o, diff)
		}
		_, err = reach.NewUnion(&o)
		if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
			t.Errorf("union of %+v (-want +got):\n%s", o, diff)
		}
	}
}

func TestOptionsComeBack(t *testing.T) {
	t.Parallel()
	for _, o := range []*reach.SketchOptions{
		{Precision: reach.DefaultPrecision, Sample: reach.DefaultSample},
		{Precision: reach.FinePrecision, Sample: reach.MinSample, Seed: 9, Space: strings.Repeat("~", reach.MaxSpace)},
		{Precision: reach.FinePrecision, Sample: reach.MaxSample, Space: "!crm/hmac-2026"},
	} {
		var back reach.Sketch
		require.NoError(t, back.UnmarshalBinary(written(t, sketchOf(t, o, 1, 2))))
		if diff := cmp.Diff(o, back.Options()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if diff := cmp.Diff(sketchOf(t, nil).Options(), new(reach.Sketch).Options()); diff != "" {
		t.Errorf("of the zero sketch (-want +got):\n%s", diff)
	}
}

func TestZeroSketch(t *testing.T) {
	t.Parallel()
	var zero reach.Sketch
	if got := zero.Count(); got.Value != 0 || got.Method != reach.Exact {
		t.Errorf("counts %v", got)
	}
	if !bytes.Equal(written(t, &zero), written(t, sketchOf(t, nil))) {
		t.Error("the zero sketch is not the empty one")
	}
	require.NoError(t, zero.Clone().Merge(&reach.Sketch{}))
	require.NoError(t, zero.Merge(nil))
	o, err := reach.SketchOverlap(&zero, &reach.Sketch{})
	require.NoError(t, err)
	if o.Union.Value != 0 || o.OfSmaller != nil {
		t.Errorf("two empty audiences: %+v", o)
	}
	require.NoError(t, zero.Merge(people(t, nil, 0, 5)))
	if got := zero.Count().Value; got != 5 {
		t.Errorf("counts %v after a merge", got)
	}
	spaced := people(t, &reach.SketchOptions{Space: "tiktok"}, 0, 2000)
	before := written(t, spaced)
	var sum reach.Sketch
	require.NoError(t, sum.Merge(spaced))
	sum.AddHash(3000)
	if !bytes.Equal(before, written(t, spaced)) {
		t.Error("a merged sketch is written into")
	}
	if diff := cmp.Diff(spaced.Options(), sum.Options()); diff != "" {
		t.Errorf("the shape after a merge (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]at{{"space", "sketch.space"}}, faultsOf(sum.Merge(&reach.Sketch{}))); diff != "" {
		t.Errorf("faults of merging a zero sketch (-want +got):\n%s", diff)
	}
}

func TestCloneIsApart(t *testing.T) {
	t.Parallel()
	s := people(t, nil, 0, 3000)
	before := written(t, s)
	c := s.Clone()
	for id := range uint64(10_000) {
		c.AddHash(id)
	}
	if !bytes.Equal(before, written(t, s)) {
		t.Error("the clone writes into its model")
	}
}

// The bytes of a sketch are stored by callers. If this test fails, the format version must
// change with them, and the old version must stay readable.
func TestFormatNeverChanges(t *testing.T) {
	t.Parallel()
	small := sketchOf(t, &reach.SketchOptions{Precision: 16, Sample: 64, Seed: 42, Space: "demo"})
	for _, id := range []string{"", "ada", "bruno", "cleo", "dario"} {
		small.Add(id)
	}
	golden.Equal(t, "small.v1.bin", written(t, small))
	golden.Equal(t, "full.v1.bin", written(t, people(t, nil, 0, 20_000)))
}

func TestBinaryRoundTrip(t *testing.T) {
	t.Parallel()
	for _, n := range []uint64{0, 1, 63, 64, 65, 5000, 100_000} {
		for _, o := range []*reach.SketchOptions{nil, {Precision: 16, Sample: 64, Seed: math.MaxUint64, Space: "tiktok"}} {
			s := people(t, o, 0, n)
			data := written(t, s)
			var back reach.Sketch
			require.NoError(t, back.UnmarshalBinary(data))
			if !bytes.Equal(data, written(t, &back)) {
				t.Errorf("%d people: another sketch comes back", n)
			}
			if diff := cmp.Diff(s.Count(), back.Count()); diff != "" {
				t.Errorf("%d people: another count comes back:\n%s", n, diff)
			}
			u := s.Union()
			require.NoError(t, u.Add(s))
			if gain := u.Gain(&back); gain != 0 {
				t.Errorf("%d people: what comes back adds %v", n, gain)
			}
			text, err := json.Marshal(map[string]*reach.Sketch{"sketch": s})
			require.NoError(t, err)
			var read map[string]*reach.Sketch
			require.NoError(t, json.Unmarshal(text, &read))
			if !bytes.Equal(data, written(t, read["sketch"])) {
				t.Errorf("%d people: another sketch comes back from JSON", n)
			}
		}
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	t.Parallel()
	full, small := written(t, people(t, nil, 0, 20_000)), written(t, people(t, nil, 0, 3))
	edit := func(data []byte, f func([]byte)) []byte {
		data = bytes.Clone(data)
		f(data)
		return data
	}
	const registersAt = 15 + 8*1024
	tests := map[string]struct {
		data []byte
		want string
	}{
		"nothing":                   {nil, "sketch.malformed"},
		"version 0":                 {edit(small, func(d []byte) { d[0] = 0 }), "sketch.version"},
		"version 2":                 {[]byte{2}, "sketch.version"},
		"a header cut short":        {small[:14], "sketch.malformed"},
		"precision 0":               {edit(small, func(d []byte) { d[1] = 0 }), "sketch.malformed"},
		"precision 15":              {edit(small, func(d []byte) { d[1] = 15 }), "sketch.precision"},
		"sample 0":                  {edit(small, func(d []byte) { d[2], d[3] = 0, 0 }), "sketch.malformed"},
		"sample 1":                  {edit(small, func(d []byte) { d[2], d[3] = 0, 1 }), "sketch.sample"},
		"more hashes than follow":   {edit(small, func(d []byte) { d[13] = 4 }), "sketch.malformed"},
		"more than the sample":      {edit(small, func(d []byte) { d[12] = 255 }), "sketch.malformed"},
		"cut short":                 {full[:len(full)-1], "sketch.malformed"},
		"too long":                  {append(bytes.Clone(full), 0), "sketch.malformed"},
		"a hash twice":              {edit(small, func(d []byte) { copy(d[23:31], d[15:23]) }), "sketch.malformed"},
		"hashes in another order":   {edit(small, func(d []byte) { d[15] = 255 }), "sketch.malformed"},
		"one more than the sample":  {edit(written(t, people(t, nil, 0, 65)), func(d []byte) { d[2], d[3] = 0, 64 }), "sketch.malformed"},
		"nobody, and sample 0":      {edit(written(t, people(t, nil, 0, 0)), func(d []byte) { d[2], d[3] = 0, 0 }), "sketch.malformed"},
		"the last rank too low":     {edit(full, lowerLast), "sketch.malformed"},
		"a space cut short":         {edit(small, func(d []byte) { d[14] = 25 }), "sketch.malformed"},
		"a space of hashes":         {edit(small, func(d []byte) { d[13], d[14] = 2, 8 }), "sketch.space"},
		"a space without end":       {append(bytes.Clone(small[:14]), bytes.Repeat([]byte{65}, 66)...), "sketch.space"},
		"a rank above the hashes":   {edit(full, func(d []byte) { d[registersAt] |= 0x80 }), "sketch.malformed"},
		"a rank below the hashes":   {edit(full, func(d []byte) { clear(d[registersAt : registersAt+12]) }), "sketch.malformed"},
		"a rank that no hash gives": {edit(full, func(d []byte) { d[len(d)-1] = 0x3f }), "sketch.malformed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := people(t, nil, 0, 7)
			before := written(t, s)
			if diff := cmp.Diff([]at{{"", tt.want}}, faultsOf(s.UnmarshalBinary(tt.data)), cmp.Transformer("code", func(a at) string { return a.Code })); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if !bytes.Equal(before, written(t, s)) {
				t.Error("the sketch changed")
			}
		})
	}
	if err := new(reach.Sketch).UnmarshalText([]byte("!")); !errors.Is(err, byline.ErrInvalid) {
		t.Errorf("no base64: %v", err)
	}
	text, err := people(t, nil, 0, 1).MarshalText()
	require.NoError(t, err)
	text[len(text)-2]++ // bits that no byte takes
	if err := new(reach.Sketch).UnmarshalText(text); !errors.Is(err, byline.ErrInvalid) {
		t.Errorf("a second form in base64: %v", err)
	}
}

// lowerLast clears the register that the last hash of a full default sketch chooses.
func lowerLast(data []byte) {
	const hashesAt, registersAt = 15, 15 + 8*1024
	at := int(binary.BigEndian.Uint64(data[hashesAt+8*1023:]) >> 50)
	for bit := at * 6; bit < at*6+6; bit++ {
		data[registersAt+bit/8] &^= 0x80 >> (bit % 8)
	}
}

// ertl computes the estimate as the paper has it, from how many registers hold which rank.
func ertl(t *testing.T, data []byte) float64 {
	t.Helper()
	const m, q = 1 << 14, 64 - 14
	packed := data[len(data)-m*6/8:]
	var held [q + 2]float64
	for i := range m {
		bits := uint32(packed[i*6/8]) << 8
		if i*6/8+1 < len(packed) {
			bits |= uint32(packed[i*6/8+1])
		}
		held[bits>>(10-i*6%8)&0x3f]++
	}
	x, weight := 1-held[q+1]/m, 1.0
	tau := 1 - x
	for range 100 {
		x, weight = math.Sqrt(x), weight/2
		tau -= (1 - x) * (1 - x) * weight
	}
	z := m * tau / 3
	for rank := q; rank > 0; rank-- {
		z = (z + held[rank]) / 2
	}
	x, weight = held[0]/m, 1
	sigma := x
	for range 100 {
		x *= x
		sigma += x * weight
		weight *= 2
	}
	return m * m / (2 * math.Ln2 * (z + m*sigma))
}

func TestCountIsTheNamedEstimate(t *testing.T) {
	t.Parallel()
	o := &reach.SketchOptions{Sample: 64}
	tests := map[string]*reach.Sketch{
		"few": people(t, o, 0, 3000), "many": people(t, o, 0, 200_000),
		"half at the end": hostile(t, 0, 0xcf, 0x0c, 0x33), "nearly all": hostile(t, 0, 0xcf, 0x3c, 0xf3, 0xcf, 0x3c, 0xf2),
	}
	for name, s := range tests {
		want, got := min(ertl(t, written(t, s)), 1<<63), s.Count().Value
		if math.Abs(got/want-1) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// hostile is a sketch of 64 hashes from one on, with registers of three bytes repeated.
func hostile(t testing.TB, first uint64, registers ...byte) *reach.Sketch {
	t.Helper()
	data := append([]byte{1, 14, 0, 64}, make([]byte, 8)...)
	data = append(data, 0, 64, 0)
	for i := range uint64(64) {
		data = binary.BigEndian.AppendUint64(data, first+i)
	}
	var s reach.Sketch
	require.NoError(t, s.UnmarshalBinary(append(data, bytes.Repeat(registers, 1<<14*6/8/len(registers))...)))
	return &s
}

// A sketch can be written so that its registers are at their end, where no people could
// take them. Its numbers stay numbers.
func TestHostileSketchStaysFinite(t *testing.T) {
	t.Parallel()
	last := make([]byte, 1<<14*6/8)
	last[len(last)-1] = 51
	tests := map[string]*reach.Sketch{
		"all at the end":  hostile(t, 0, 0xcf, 0x3c, 0xf3),
		"one at the end":  hostile(t, math.MaxUint64-63, last...),
		"people as usual": people(t, &reach.SketchOptions{Sample: 64}, 0, 5000),
	}
	for name, s := range tests {
		for other, o := range tests {
			got := []float64{s.Count().Value, s.Count().High, s.Union().Gain(o)}
			u := s.Union()
			require.NoError(t, u.Add(s))
			overlap, err := reach.SketchOverlap(s, o)
			require.NoError(t, err)
			checkOverlap(t, overlap)
			r, err := reach.Dedup([]reach.Audience{{Creator: "ada", Sketch: s}, {Creator: "bruno", Sketch: o}})
			require.NoError(t, err)
			if want := s.Union(); want.Add(s) != nil || want.Gain(o) != r.Exclusive[1].People.Value {
				t.Errorf("%s and %s: %v alone, and a union gains %v", name, other, r.Exclusive[1].People.Value, want.Gain(o))
			}
			for _, v := range append(got, u.Gain(o), *r.People, r.Low, *r.High, r.Repeated.High, r.Exclusive[0].People.High) {
				if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
					t.Errorf("%s and %s: %v", name, other, v)
				}
			}
		}
	}
}

func FuzzSketch(f *testing.F) {
	f.Add(written(f, people(f, nil, 0, 3)))
	f.Add(written(f, people(f, &reach.SketchOptions{Sample: 64}, 0, 300)))
	f.Add(written(f, people(f, &reach.SketchOptions{Sample: 64, Space: "youtube"}, 0, 3)))
	f.Add([]byte{1, 14, 4, 0})
	model := people(f, &reach.SketchOptions{Sample: 64}, 0, 500)
	f.Fuzz(func(t *testing.T, data []byte) {
		var s reach.Sketch
		if err := s.UnmarshalBinary(data); err != nil {
			if !errors.Is(err, byline.ErrInvalid) {
				t.Fatalf("error is %v", err)
			}
			return
		}
		if !bytes.Equal(data, written(t, &s)) {
			t.Fatal("a sketch has two forms")
		}
		count := s.Count()
		if math.IsNaN(count.Value) || math.IsInf(count.High, 0) || count.Low > count.Value || count.Value > count.High {
			t.Fatalf("counts %+v", count)
		}
		text := base64.StdEncoding.EncodeToString(data)
		var again reach.Sketch
		require.NoError(t, again.UnmarshalText([]byte(text)))
		u := model.Union()
		require.NoError(t, u.Add(model))
		if u.Check(&s) == nil {
			if gain := u.Gain(&s); gain < 0 || math.IsNaN(gain) || math.IsInf(gain, 0) {
				t.Fatalf("gain %v", gain)
			}
		}
	})
}

// The sample alone counts without leaning, and its interval holds the truth.
func TestCountBySample(t *testing.T) {
	t.Parallel()
	for _, people := range []int{0, 255, 256, 257, 5000} {
		held, lean := 0, 0.0
		const draws = 200
		for draw := range uint64(draws) {
			s, err := reach.NewSketch(&reach.SketchOptions{Sample: reach.MinSample, Seed: draw})
			require.NoError(t, err)
			for i := range people {
				s.AddHash(uint64(i))
			}
			e := s.CountBySample()
			if e.Low <= float64(people) && float64(people) <= e.High {
				held++
			}
			lean += e.Value - float64(people)
			// Both ends lie about two standard errors away, the upper one further.
			if down, up := (e.Value-e.Low)/e.StandardError, (e.High-e.Value)/e.StandardError; e.Method == reach.BottomK && people > 1000 && (down < 1.6 || up > 2.3 || up < down) {
				t.Fatalf("the ends are %.2f and %.2f errors away", down, up)
			}
			if people < reach.MinSample && e.Method != reach.Exact {
				t.Fatalf("%d people are estimated: %+v", people, e)
			}
		}
		// Three standard errors of a mean of so many draws.
		if limit := 3 * float64(people) / math.Sqrt(draws*(reach.MinSample-2)); math.Abs(lean/draws) > limit+1 || held < draws*91/100 {
			t.Errorf("%d people: held %d of %d, leans by %.1f", people, held, draws, lean/draws)
		}
	}
}
