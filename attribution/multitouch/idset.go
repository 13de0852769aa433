package multitouch

import "math/bits"

// idSet is a set of ids that is emptied in constant time. The zero idSet is empty and
// holds nothing until reset.
type idSet struct {
	stamps []uint32 // by id; what holds the current round is in
	round  uint32
}

// reset empties the set and makes room for ids below channels.
func (s *idSet) reset(channels int) {
	if more := channels - len(s.stamps); more > 0 {
		s.stamps = append(s.stamps, make([]uint32, more)...)
	}
	s.round++
	if s.round == 0 {
		clear(s.stamps)
		s.round = 1
	}
}

// add reports whether the id is new.
func (s *idSet) add(n id) bool {
	if s.stamps[n] == s.round {
		return false
	}
	s.stamps[n] = s.round
	return true
}

// distinct empties the set and counts the different ids, which are below channels.
func (s *idSet) distinct(ids []id, channels int) int {
	if channels <= 64 {
		mask := uint64(0)
		for _, n := range ids {
			mask |= 1 << (n & 63)
		}
		return bits.OnesCount64(mask)
	}
	s.reset(channels)
	distinct := 0
	for _, n := range ids {
		if s.add(n) {
			distinct++
		}
	}
	return distinct
}
