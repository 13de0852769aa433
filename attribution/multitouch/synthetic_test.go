package multitouch_test

import (
	"fmt"
	"iter"
	"sync"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

// synthetic draws journeys from a seed: a length of at least 1 that goes on with
// probability 0.8, to 100 at most; channels by Zipf's law, repeated with probability 0.3;
// a conversion that more channels make likelier. The figures in docs/performance.md are
// of 1,000,000 journeys, 50 channels and seed 42.
func synthetic(journeys, channels int, seed uint64) iter.Seq2[multitouch.Journey, error] {
	g := &generator{state: seed, seen: make([]int, channels), names: make([]string, channels)}
	total := 0.0
	for i := range channels {
		total += 1 / float64(i+1)
		g.cumulative = append(g.cumulative, total)
		g.names[i] = fmt.Sprintf("c%02d", i)
	}
	return func(yield func(multitouch.Journey, error) bool) {
		for k := range journeys {
			if !yield(g.journey(k+1), nil) {
				return
			}
		}
	}
}

type generator struct {
	state      uint64
	cumulative []float64
	names      []string
	path       []string
	seen       []int
}

func (g *generator) next() uint64 {
	g.state += 0x9E3779B97F4A7C15
	z := g.state
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB
	return z ^ (z >> 31)
}

func (g *generator) uniform() float64 { return float64(g.next()>>11) / (1 << 53) }

func (g *generator) channel() int {
	x := g.uniform() * g.cumulative[len(g.cumulative)-1]
	for i, v := range g.cumulative {
		if x < v {
			return i
		}
	}
	return len(g.cumulative) - 1
}

func (g *generator) journey(k int) multitouch.Journey {
	at := g.channel()
	g.path = append(g.path[:0], g.names[at])
	distinct := 1
	g.seen[at] = k
	for len(g.path) < 100 && g.uniform() < 0.8 {
		if g.uniform() >= 0.3 {
			at = g.channel()
		}
		g.path = append(g.path, g.names[at])
		if g.seen[at] != k {
			g.seen[at] = k
			distinct++
		}
	}
	j := multitouch.Journey{Path: g.path}
	p := 0.02 + 0.01*float64(min(distinct, 8)) + 0.002*float64((at*7)%10)
	if g.uniform() < p {
		j.Conversions, j.Value = 1, byline.Minor(int64(1000+g.next()%9000), byline.EUR)
	} else {
		j.Nulls = 1
	}
	return j
}

// million is the set that speeds are quoted for, drawn once.
var million = sync.OnceValue(func() *multitouch.Journeys {
	j, err := multitouch.Collect(synthetic(1_000_000, 50, 42), nil)
	if err != nil {
		panic(err)
	}
	return j
})

// TestSynthetic compares with what the generator is known to draw.
func TestSynthetic(t *testing.T) {
	t.Parallel()
	j, err := multitouch.Collect(synthetic(10_000, 50, 42), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := j.Totals()
	if got.Touches != 51_044 || got.Conversions != 614 || got.Nulls != 10_000-614 {
		t.Errorf("totals are %+v", got)
	}
}
