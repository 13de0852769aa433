package contracts

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

// The oracle of spans is a set of bits: bit n+1 is the instant spanAt(n), and the lowest
// and the highest bit are what lies before and after all bounds.
const (
	spanBounds   = 7
	spanUniverse = 1<<(spanBounds+1) - 1
)

// union returns the instants that lie in s, in o or in both.
func (s spans) union(o spans) spans { return spansOf(slices.Concat(s, o)...) }

func spanAt(n int) time.Time { return time.Date(2026, 11, 1, 0, 0, n, 0, time.UTC) }

func spanBits(s spans) (bits int) {
	for n := -1; n < spanBounds; n++ {
		if _, ok := s.at(spanAt(n)); ok {
			bits |= 1 << (n + 1)
		}
	}
	return bits
}

// randomSpan draws windows, their bits and what of them is one set: open, empty and the
// wrong way round too.
func randomSpan(r *rand.Rand) (spans, int) {
	var windows []byline.Window
	bits := 0
	for range r.IntN(4) {
		var w byline.Window
		if n := r.IntN(spanBounds+1) - 1; n >= 0 {
			w.Start = spanAt(n).In(time.FixedZone("", 3600*r.IntN(3)))
		}
		if n := r.IntN(spanBounds+1) - 1; n >= 0 {
			w.End = spanAt(n)
		}
		for n := -1; n < spanBounds; n++ {
			if w.Contains(spanAt(n)) {
				bits |= 1 << (n + 1)
			}
		}
		windows = append(windows, w)
	}
	return spansOf(windows...), bits
}

// canonical reports what keeps a set from its canonical form.
func canonical(s spans) error {
	for i, w := range s {
		switch {
		case w.Empty():
			return fmt.Errorf("window %d is empty", i)
		case i > 0 && (w.Start.IsZero() || s[i-1].End.IsZero() || !s[i-1].End.Before(w.Start)):
			return fmt.Errorf("windows %d and %d are not apart", i-1, i)
		case w.Start.Location() != time.UTC || w.End.Location() != time.UTC:
			return fmt.Errorf("window %d is not in UTC", i)
		}
	}
	return nil
}

func TestSpansAgainstBits(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		a, abits := randomSpan(r)
		b, bbits := randomSpan(r)
		for name, tt := range map[string]struct {
			got  spans
			want int
		}{
			"a": {a, abits}, "union": {a.union(b), abits | bbits}, "intersect": {a.intersect(b), abits & bbits},
			"subtract": {a.subtract(b), abits &^ bbits}, "complement": {a.complement(), spanUniverse &^ abits},
		} {
			if err := canonical(tt.got); err != nil {
				t.Fatalf("%s of %v and %v is %v: %v", name, a, b, tt.got, err)
			}
			if got := spanBits(tt.got); got != tt.want {
				t.Fatalf("%s of %v and %v is %09b, want %09b", name, a, b, got, tt.want)
			}
		}
	}
}

func TestSpansAlgebra(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	everything := spansOf(byline.Window{})
	for range 2000 {
		a, _ := randomSpan(r)
		b, _ := randomSpan(r)
		c, _ := randomSpan(r)
		for name, sides := range map[string][2]spans{
			"a union is commutative":               {a.union(b), b.union(a)},
			"an intersection is commutative":       {a.intersect(b), b.intersect(a)},
			"a union is associative":               {a.union(b).union(c), a.union(b.union(c))},
			"an intersection is associative":       {a.intersect(b).intersect(c), a.intersect(b.intersect(c))},
			"a union is idempotent":                {a.union(a), a},
			"an intersection is idempotent":        {a.intersect(a), a},
			"intersection spreads over union":      {a.intersect(b.union(c)), a.intersect(b).union(a.intersect(c))},
			"union spreads over intersection":      {a.union(b.intersect(c)), a.union(b).intersect(a.union(c))},
			"a union absorbs":                      {a.union(a.intersect(b)), a},
			"De Morgan of a union":                 {c.subtract(a.union(b)), c.subtract(a).intersect(c.subtract(b))},
			"De Morgan of an intersection":         {c.subtract(a.intersect(b)), c.subtract(a).union(c.subtract(b))},
			"what is taken off and put back":       {a.subtract(b).union(a.intersect(b)), a},
			"what is put on and taken off":         {a.union(b).subtract(b), a.subtract(b)},
			"nothing is left of itself":            {a.subtract(a), nil},
			"nothing taken off":                    {a.subtract(nil), a},
			"everything taken off":                 {a.subtract(everything), nil},
			"the other of the other":               {a.complement().complement(), a},
			"a set and its other are everything":   {a.union(a.complement()), everything},
			"a set and its other share no instant": {a.intersect(a.complement()), nil},
		} {
			if diff := cmp.Diff(sides[0], sides[1]); diff != "" {
				t.Fatalf("%s: a %v, b %v, c %v (-left +right):\n%s", name, a, b, c, diff)
			}
		}
	}
}

func TestSpansBounds(t *testing.T) {
	t.Parallel()
	window := func(from, to int) byline.Window { return byline.Window{Start: spanAt(from), End: spanAt(to)} }
	tests := map[string]struct {
		windows []byline.Window
		want    spans
	}{
		"none":                   {nil, nil},
		"empty ones":             {[]byline.Window{window(2, 2), window(3, 1)}, nil},
		"one":                    {[]byline.Window{window(1, 2)}, spans{window(1, 2)}},
		"adjacent become one":    {[]byline.Window{window(2, 3), window(1, 2)}, spans{window(1, 3)}},
		"apart by a nanosecond":  {[]byline.Window{window(1, 2), {Start: spanAt(2).Add(1), End: spanAt(3)}}, spans{window(1, 2), {Start: spanAt(2).Add(1), End: spanAt(3)}}},
		"one inside another":     {[]byline.Window{window(1, 5), window(2, 3)}, spans{window(1, 5)}},
		"an open end takes all":  {[]byline.Window{{Start: spanAt(1)}, window(2, 3), window(4, 5)}, spans{{Start: spanAt(1)}}},
		"open on both sides":     {[]byline.Window{{Start: spanAt(3)}, {End: spanAt(3)}}, spans{{}}},
		"a hole of one instant":  {[]byline.Window{{Start: spanAt(3).Add(1)}, {End: spanAt(3)}}, spans{{End: spanAt(3)}, {Start: spanAt(3).Add(1)}}},
		"everything takes all":   {[]byline.Window{window(1, 2), {}}, spans{{}}},
		"two open starts":        {[]byline.Window{{End: spanAt(1)}, {End: spanAt(4)}}, spans{{End: spanAt(4)}}},
		"the wrong way round at": {[]byline.Window{window(5, 1), window(3, 4)}, spans{window(3, 4)}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, spansOf(tt.windows...)); diff != "" {
				t.Errorf("spans (-want +got):\n%s", diff)
			}
		})
	}
}
