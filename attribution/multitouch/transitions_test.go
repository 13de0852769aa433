package multitouch

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// walks counts random paths of some channels.
func walks(seed uint64, order, rows, channels int) *transitions {
	r := rand.New(rand.NewPCG(seed, 3))
	c := newTransitions(order)
	for range rows {
		path := make([]id, 1+r.IntN(8))
		for i := range path {
			path[i] = id(r.IntN(channels))
		}
		e := exit{conversions: r.Int64N(3), nulls: 1 + r.Int64N(4)}
		e.value.addValue(e.conversions*r.Int64N(1000), 1)
		c.add(path, e)
	}
	return c
}

// TestSubsetRates compares with elimination by hand: A>B 1/0; A 1/2; B>A 0/3.
func TestSubsetRates(t *testing.T) {
	t.Parallel()
	c := newTransitions(1)
	c.add([]id{0, 1}, exit{conversions: 1})
	c.add([]id{0}, exit{conversions: 1, nulls: 2})
	c.add([]id{1, 0}, exit{nulls: 3})
	got := c.subsetRates(2)
	want := []float64{0, 2.0 / 7 * 2 / 7, 2.0 / 7 * 3 / 8, 2.0 / 7}
	// Without A: a removal effect of 5/8; without B: one of 5/7.
	for mask, rate := range want {
		if math.Abs(got[mask]-rate) > 1e-15 {
			t.Errorf("rate of %b is %v, want %v", mask, got[mask], rate)
		}
	}
}

// TestSubsetRatesRemoval takes out one channel each, which is what effects do otherwise.
func TestSubsetRatesRemoval(t *testing.T) {
	t.Parallel()
	const channels = 5
	for order := 1; order <= 4; order++ {
		c := walks(uint64(order), order, 80, channels)
		rates, e := c.subsetRates(channels), newGraph(c).effects(channels)
		all := rates[len(rates)-1]
		if math.Abs(all-e.rate) > 1e-13 || rates[0] != 0 {
			t.Errorf("order %d: rates from %v to %v, want 0 to %v", order, rates[0], all, e.rate)
		}
		g := newGraph(c)
		for channel := range channels {
			lost := e.conversions[channel] / g.journeys()
			if without := rates[len(rates)-1-1<<channel]; math.Abs(all-without-lost) > 1e-13 {
				t.Errorf("order %d: %v without %d, want %v", order, without, channel, all-lost)
			}
		}
		if fewer := c.subsetRates(3); !slices.EqualFunc(fewer, rates[:8], func(a, b float64) bool { return math.Abs(a-b) < 1e-14 }) {
			t.Errorf("order %d: rates of three are %v, want %v", order, fewer, rates[:8])
		}
	}
}

// TestEliminationAndSweeps solves the same chain in both ways.
func TestEliminationAndSweeps(t *testing.T) {
	t.Parallel()
	for _, channels := range []int{1, 2, 3, 8, 9, 40} {
		g := newGraph(walks(9, 1, 500, channels))
		direct, swept := g.effects(channels), &effects{conversions: make([]float64, channels), values: make([]float64, channels)}
		swept.sweep(g)
		for i := range channels {
			for _, pair := range [][2]float64{{direct.conversions[i], swept.conversions[i]}, {direct.values[i], swept.values[i]}} {
				if math.Abs(pair[0]-pair[1]) > 1e-13*pair[0] {
					t.Errorf("channel %d of %d: %v and %v", i, channels, pair[0], pair[1])
				}
			}
		}
	}
}

// TestDirect eliminates the states of a system that sweeps solve too.
func TestDirect(t *testing.T) {
	t.Parallel()
	for order := 1; order <= 4; order++ {
		g := newGraph(walks(5, order, 60, 4))
		removed := make([]uint8, len(g.states))
		g.mark(removed, 0)
		outcomes, visits := g.outcomes(), g.visits()
		h := append(outcomes.unknown(), lanes{0: 1}, lanes{1: 1}, lanes{2: 1})
		z := append(visits.unknown(), ones())
		for _, system := range []struct {
			*averages
			x       []lanes
			removed []uint8
		}{{outcomes, h, make([]uint8, len(removed))}, {visits, z, removed}} {
			direct := slices.Clone(system.x)
			if _, ok := system.solve(system.x, system.removed); !ok {
				t.Fatalf("order %d: not solved", order)
			}
			for l := range laneCount {
				system.eliminate(direct, l, system.removed)
			}
			for s := range direct {
				for l, v := range direct[s] {
					if math.Abs(v-system.x[s][l]) > 1e-13*v {
						t.Errorf("order %d: %v by elimination, %v by sweeps", order, v, system.x[s][l])
					}
				}
			}
		}
	}
}

// TestFront counts in the square table and in the other one, while channels come.
func TestFront(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 4))
	fast, slow := newTransitions(1), newTransitions(1)
	for channels := 1; channels < 3000; channels = 2*channels + 1 {
		b := &block{}
		for range 50 {
			for range 1 + r.IntN(5) {
				b.ids = append(b.ids, id(r.IntN(channels)))
			}
			b.ends = append(b.ends, uint32(len(b.ids)))
			b.conversions = append(b.conversions, uint32(r.IntN(3)))
			b.nulls = append(b.nulls, uint32(r.IntN(3)))
			if b.conversions[len(b.conversions)-1] > 0 {
				b.values = append(b.values, r.Int64N(100)-50)
			} else {
				b.nulls[len(b.nulls)-1]++
			}
		}
		fast.count(b, channels)
		start, value := uint32(0), 0
		for i, end := range b.ends {
			e := exit{conversions: int64(b.conversions[i]), nulls: int64(b.nulls[i])}
			if e.conversions > 0 {
				e.value.addValue(b.values[value], 1)
				value++
			}
			slow.add(b.ids[start:end], e)
			start = end
		}
	}
	if !bytes.Equal(fast.appendTo(nil), slow.appendTo(nil)) {
		t.Error("the two tables differ")
	}
}

// TestTransitionsHostile reads counts that no journeys can have.
func TestTransitionsHostile(t *testing.T) {
	t.Parallel()
	step := func(c *transitions, from, to id) { *c.steps.at(c.window([]id{from, to})) += 5 }
	for name, change := range map[string]func(c *transitions){
		"a circle apart":   func(c *transitions) { step(c, 7, 8); step(c, 8, 7) },
		"a loop apart":     func(c *transitions) { step(c, 7, 7) },
		"comes, not goes":  func(c *transitions) { step(c, 0, 7) },
		"comes more often": func(c *transitions) { step(c, 1, 0) },
	} {
		c := newTransitions(1)
		c.add([]id{0, 1}, exit{conversions: 1})
		change(c)
		if newGraph(c) != nil || c.subsetRates(2) != nil {
			t.Errorf("%s: was believed", name)
		}
	}
}

// TestMarkovCounts has totals that do not belong to the steps.
func TestMarkovCounts(t *testing.T) {
	t.Parallel()
	c := Markov{}.counter().(*markovCounter)
	c.add([]id{0, 1}, exit{conversions: 1})
	s := &standing{channels: []string{"a", "b"}, totals: Totals{Touches: 2, Conversions: 1}}
	if r := c.result(s); r.Refused != nil {
		t.Errorf("refused: %v", r.Refused)
	}
	s.totals.Conversions = 2
	if r := c.result(s); r.Refused == nil || r.Refused.Code != "markov.counts" || r.Credits != nil {
		t.Errorf("%+v", r)
	}
}

func FuzzTransitions(f *testing.F) {
	for order := 1; order <= 4; order++ {
		f.Add(order, walks(1, order, 20, 6).appendTo(nil))
	}
	f.Fuzz(func(t *testing.T, order int, data []byte) {
		const channels = 6
		c := newTransitions(1 + int(uint(order)%4))
		d := &decoder{data: data}
		c.load(d, channels)
		if d.failed || len(d.data) > 0 {
			return
		}
		written := c.appendTo([]byte{})
		again := newTransitions(c.order)
		again.load(&decoder{data: written}, channels)
		if diff := cmp.Diff(written, again.appendTo(nil)); diff != "" {
			t.Fatal(diff)
		}
		merged := newTransitions(c.order)
		merged.merge(again, []id{3, 1, 2, 0, 5, 4})
		if g := newGraph(merged); g != nil && len(g.states) < 50 {
			if e := g.effects(channels); !e.failed && g.sum.conversions > 0 && math.IsNaN(e.rate) {
				t.Fatal("not a number")
			}
		}
	})
}

func BenchmarkSubsetRates(b *testing.B) {
	for order := 1; order <= 3; order++ {
		b.Run(fmt.Sprint(order), func(b *testing.B) {
			c := walks(1, order, 5000, 12)
			for b.Loop() {
				c.subsetRates(12)
			}
		})
	}
}
