package multitouch

import "math/bits"

// idSet is a set of ids that is emptied in constant time. It has to be cleared before its
// first use.
type idSet struct {
	stamps []uint32 // by id; what holds the current round is in
	round  uint32
}

func (s *idSet) clear() {
	s.round++
	if s.round == 0 {
		clear(s.stamps)
		s.round = 1
	}
}

// add reports whether the id is new.
func (s *idSet) add(n id) bool {
	if int(n) >= len(s.stamps) {
		s.stamps = append(s.stamps, make([]uint32, int(n)+1-len(s.stamps))...)
	}
	if s.stamps[n] == s.round {
		return false
	}
	s.stamps[n] = s.round
	return true
}

// distinct empties the set and counts the different ids.
func (s *idSet) distinct(ids []id) int {
	mask, all := uint64(0), id(0)
	for _, n := range ids {
		mask |= 1 << (n & 63)
		all |= n
	}
	if all < 64 {
		return bits.OnesCount64(mask)
	}
	s.clear()
	distinct := 0
	for _, n := range ids {
		if s.add(n) {
			distinct++
		}
	}
	return distinct
}
