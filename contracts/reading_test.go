package contracts

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// What is counted within a span is what the counts have grown by, whatever the order in
// which they are told.
func TestCountIn(t *testing.T) {
	t.Parallel()
	views := func(post string, count int64, at string) Reading {
		return Reading{Metric: Views, Post: post, Count: count, At: day(t, at)}
	}
	late := func(r Reading) Reading {
		r.At = r.At.Add(-1)
		return r
	}
	tests := map[string]struct {
		readings []Reading
		want     int64
	}{
		"nothing":                           {nil, 0},
		"another metric":                    {[]Reading{{Metric: Clicks, Count: 9, At: day(t, "2026-11-12")}}, 0},
		"the latest of a post":              {[]Reading{views("a", 5, "2026-11-12"), views("a", 9, "2026-11-13")}, 9},
		"the latest, though it is lower":    {[]Reading{views("a", 9, "2026-11-12"), views("a", 5, "2026-11-13")}, 5},
		"posts are added up":                {[]Reading{views("a", 5, "2026-11-12"), views("b", 9, "2026-11-13"), views("", 1, "2026-11-13")}, 15},
		"two of one instant":                {[]Reading{views("a", 5, "2026-11-12"), views("a", 9, "2026-11-12"), views("a", 7, "2026-11-12")}, 9},
		"as the span begins":                {[]Reading{views("a", 5, "2026-11-10")}, 5},
		"before it begins":                  {[]Reading{late(views("a", 5, "2026-11-10")), views("a", 8, "2026-11-11")}, 3},
		"as the span ends":                  {[]Reading{late(views("a", 5, "2026-11-20")), views("a", 8, "2026-11-20")}, 5},
		"after it is asked for":             {[]Reading{views("a", 5, "2026-11-15"), views("a", 8, "2026-11-16")}, 5},
		"nothing in the span":               {[]Reading{views("a", 5, "2026-11-01")}, 0},
		"the most before":                   {[]Reading{views("a", 9, "2026-11-01"), views("a", 2, "2026-11-05"), views("a", 12, "2026-11-12")}, 3},
		"it has fallen":                     {[]Reading{views("a", 9, "2026-11-01"), views("a", 2, "2026-11-12")}, 0},
		"one has fallen, another grows":     {[]Reading{views("a", 9, "2026-11-01"), views("a", 2, "2026-11-12"), views("b", 4, "2026-11-12")}, 4},
		"a count below nothing":             {[]Reading{views("a", -5, "2026-11-12")}, 0},
		"a count below nothing is no count": {[]Reading{views("a", 7, "2026-11-11"), views("a", -5, "2026-11-12")}, 7},
	}
	span := byline.Window{Start: day(t, "2026-11-10"), End: day(t, "2026-11-20")}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := day(t, "2026-11-30")
			if name == "after it is asked for" {
				at = day(t, "2026-11-15")
			}
			back := slices.Clone(tt.readings)
			slices.Reverse(back)
			for _, readings := range [][]Reading{tt.readings, back} {
				got, err := countIn(readings, Views, span, at)
				require.NoError(t, err)
				if got != tt.want {
					t.Errorf("counted %d of %+v, want %d", got, readings, tt.want)
				}
			}
		})
	}
	_, err := countIn([]Reading{views("a", math.MaxInt64, "2026-11-12"), views("b", 1, "2026-11-12")}, Views, span, span.End)
	require.ErrorIs(t, err, byline.ErrInvalid)
}
