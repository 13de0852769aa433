package shortlist

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/creator/reach"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	got := map[float64]string{}
	want := map[float64]string{
		0: "0", 7: "7", 0.25: "0.25", -0.5: "-0.5", 999: "999", 999.96: "1,000", 1000: "1,000", -1000: "-1,000", -999: "-999", 12346: "12,350", 123456: "123,500",
		1.0084e6: "1,008,000", -1.0084e6: "-1,008,000", 1234.5: "1,234", 1e15: "1,000,000,000,000,000", 1e-9: "1e-09", 0.0001234: "0.0001234",
	}
	for x := range want {
		got[x] = number(x)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCeilingIsNotBelow(t *testing.T) {
	t.Parallel()
	for x, want := range map[float64]string{
		0: "0", 5: "5", 212: "212", 1234561: "1,234,570", 1234567: "1,234,570", 999999.5: "1,000,000", -1234569: "-1,234,560", 0.1234561: "0.123457", 0.5: "0.5", math.Pi: "3.1416",
	} {
		if got := ceiling(x); got != want {
			t.Errorf("%g is %s, want %s", x, got, want)
		}
	}
}

// TestNoise is the formula of [reach.Union.Gain], four times.
func TestNoise(t *testing.T) {
	t.Parallel()
	s := &reach.Sketch{}
	for id := range uint64(50_000) {
		s.AddHash(id)
	}
	of := &sketched{union: s.Union()}
	if got := of.noise(100); got != 0 {
		t.Errorf("%g beside nobody", got)
	}
	if err := of.union.Add(s); err != nil {
		t.Fatal(err)
	}
	before := of.union.Count().Value
	want := 4 * 1.039 * math.Sqrt(((before+5000)*(before+5000)-before*before)/(1<<14))
	if got := of.noise(5000); math.Abs(got-want) > 0.01*want {
		t.Errorf("%g, want %g", got, want)
	}
}

// TestWithoutEach leaves out by halves as it does one by one.
func TestWithoutEach(t *testing.T) {
	t.Parallel()
	var sketches []*reach.Sketch
	p := &problem{}
	for n := range 7 {
		s := &reach.Sketch{}
		for id := range uint64(300) {
			s.AddHash(uint64(n)*200 + id)
		}
		sketches, p.items = append(sketches, s), append(p.items, item{at: n})
	}
	of, err := SketchCoverage(sketches)
	if err != nil {
		t.Fatal(err)
	}
	c := p.newCover(of)
	for size := range len(sketches) + 1 {
		picks := []int32{6, 5, 4, 3, 2, 1, 0}[:size]
		for k, r := range c.withoutEach(picks) {
			one, reached := c.without(picks, picks[k])
			if math.Abs(r.reached-reached) > 1e-6 || r.of.Gain(int(picks[k])) != one.Gain(int(picks[k])) {
				t.Errorf("%d of %d: %g, want %g", k, size, r.reached, reached)
			}
		}
	}
}
