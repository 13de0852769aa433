package search

import (
	"slices"

	"github.com/bylinehq/byline"
)

// Index holds what is known of many creators, by columns. It is immutable and safe for
// concurrent use; make one with a [Builder]. The zero Index holds nobody.
type Index struct {
	ids  []byline.CreatorID // sorted, so that a row is a place by id
	live bitmap

	platforms, markets, cities, languages, themes, tags, contact, tokens vocabulary

	checks  map[string]vocabulary
	hidden  map[byline.Platform]posting // who has an account with a follower count that is missing
	numbers map[numberKey]*column
	own     map[readingKey]posting // who has the reading, known or not, and one over all platforms
	shares  map[shareKey]*column
	brands  map[string][]deal
	working bitmap
	prices  map[byline.Currency][]price
}

// Len is how many creators a search can find.
func (x *Index) Len() int { return x.live.count() }

// Has reports whether a creator can be found.
func (x *Index) Has(id byline.CreatorID) bool {
	row, ok := x.row(id)
	return ok && x.live.has(row)
}

func (x *Index) row(id byline.CreatorID) (uint32, bool) {
	at, ok := slices.BinarySearch(x.ids, id)
	return uint32(at), ok
}

// Without returns an index in which these creators can no longer be found or counted, as
// after an erasure; ids that nobody has are passed over. It shares all else with x, so what
// was known of them stays in memory until an index that was built without them takes its
// place: an erasure is complete only then. Time is O(n/64 + k log n).
func (x *Index) Without(ids ...byline.CreatorID) *Index {
	next := *x
	next.live = slices.Clone(x.live)
	for _, id := range ids {
		if row, ok := x.row(id); ok {
			next.live.unset(row)
		}
	}
	return &next
}

// Definitions returns the definitions under which the index has a metric on exactly this
// platform, "" for readings over all of them, in order. "followers" are the counts of the
// accounts.
func (x *Index) Definitions(metric string, on byline.Platform) []string {
	var found []string
	for key := range x.numbers {
		if key.metric == metric && key.platform == on {
			found = append(found, key.definition)
		}
	}
	slices.Sort(found)
	return found
}
