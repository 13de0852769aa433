package multitouch

// idSet is a set of ids that is emptied in constant time. It is empty at first.
type idSet struct {
	stamps []uint32 // by id; what holds the current round is in
	round  uint32
}

func newIDSet() *idSet { return &idSet{round: 1} }

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
