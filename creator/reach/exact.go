package reach

import (
	"github.com/bylinehq/byline"
)

// List is an audience of which all ids are known. They must be the same for the same
// person in every list; keyed hashes do as well as ids. Give the ids of each platform a type
// of their own, and the compiler keeps them apart.
type List[T comparable] struct {
	Creator byline.CreatorID `json:"creator"`
	IDs     []T              `json:"ids"` // in any order; an id that stands twice counts once
}

// DedupExact counts the people of several lists once. It takes O(n) in time and memory for
// n ids. Faults are "reach.creator" and "reach.creator_twice"; no list at all is refused
// as "reach.no_audience".
func DedupExact[T comparable](lists []List[T]) (*Reached, error) {
	if len(lists) == 0 {
		return nil, noAudience()
	}
	creators := make([]byline.CreatorID, len(lists))
	ids := make([][]T, len(lists))
	for i, l := range lists {
		creators[i], ids[i] = l.Creator, l.IDs
	}
	if faults := creatorFaults("lists", creators); len(faults) > 0 {
		return nil, byline.Faults(faults)
	}
	return countLists(ids).reached(creators), nil
}

// census is what counting every person shows.
type census struct {
	unique, sum, repeated int
	exclusive             []int
}

func countLists[T comparable](lists [][]T) census {
	type presence struct{ lists, last int32 }
	seen := map[T]presence{}
	c := census{exclusive: make([]int, len(lists))}
	for i, ids := range lists {
		for _, id := range ids {
			p := seen[id]
			if p.lists == 0 || p.last != int32(i) {
				seen[id] = presence{p.lists + 1, int32(i)}
				c.sum++
			}
		}
	}
	c.unique = len(seen)
	for _, p := range seen {
		if p.lists == 1 {
			c.exclusive[p.last]++
		} else {
			c.repeated++
		}
	}
	return c
}

func (c census) reached(creators []byline.CreatorID) *Reached {
	unique, repeated := float64(c.unique), counted(float64(c.repeated))
	r := &Reached{Low: unique, High: &unique, Level: 1, Method: Exact, Definition: "reach.people{exact};v1", Repeated: &repeated}
	r.set(unique, float64(c.sum))
	for i, id := range creators {
		r.Exclusive = append(r.Exclusive, Exclusive{Creator: id, People: counted(float64(c.exclusive[i]))})
	}
	return r
}
