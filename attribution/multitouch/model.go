package multitouch

import (
	"slices"

	"github.com/bylinehq/byline"
)

// Model is a way to share out conversions among touches. The models are the structs of
// this package; a caller's own is a [Custom].
type Model interface {
	// Name is stable and holds the parameters: "linear", "time_decay(168h0m0s)",
	// "markov(2)". Results bear it.
	Name() string

	// faults returns what is wrong with the parameters.
	faults() []*byline.FieldError
}

// rule is a model that looks at one journey at a time. All rules share one pass.
type rule interface {
	Model
	// splitter returns what splits journeys whose ids a directory gave.
	splitter(d *directory) splitter
}

// splitter splits one converted journey, which has at least one touch. Parts are in units
// of 1/whole and sum to whole exactly.
type splitter struct {
	// byLength returns the parts of a journey of n touches, where nothing else counts. Its
	// slice is good until the next call.
	byLength func(n int) []uint64
	// parts does it where something else counts, or says why it cannot; beside byLength, it
	// does so for journeys with a stage. Its slice is good until the next call.
	parts func(r *row) ([]uint64, *byline.RefusalError)
}

// knownTouches is up to how many touches parts are kept: those of all longer journeys
// would need memory by the square of the longest.
const knownTouches = 256

// splitByLength returns a splitter that computes the parts once for each length. fill gets
// parts of nothing.
func splitByLength(fill func(parts []uint64)) splitter {
	var known [][]uint64
	var long []uint64
	return splitter{byLength: func(n int) []uint64 {
		if n > knownTouches {
			long = slices.Grow(long[:0], n)[:n]
			clear(long)
			fill(long)
			return long
		}
		if n >= len(known) {
			known = append(known, make([][]uint64, n+1-len(known))...)
		}
		if known[n] == nil {
			known[n] = make([]uint64, n)
			fill(known[n])
		}
		return known[n]
	}}
}

// learner is a model that learns from all journeys together.
type learner interface {
	Model
	// counter returns an empty set of what the model needs to know.
	counter() counter
}

// counter holds what one model needs to know of the journeys, in whole numbers only: so
// any split of the input, merged in any order, holds the same.
type counter interface {
	// count adds the rows of a block. Its ids are below channels.
	count(b *block, channels int)
	// merge adds what another counter of the same model counted; renumber holds for each
	// id there the id here.
	merge(other counter, renumber []id)
	// result computes the credit. It is called once every id stands for the name at its
	// place in s.channels, which are in order. It changes nothing that was counted.
	result(s *standing) Result
	// appendTo writes what was counted, in one order whatever came first, and load reads
	// it back into an empty counter; see wire.go.
	appendTo(data []byte) []byte
	load(d *decoder, channels int)
}

// standing is what is known of all journeys when credit is computed.
type standing struct {
	channels []string // by id, in order
	totals   Totals
	turnover int64 // see Journeys
}
