package multitouch

// subsetRates returns the conversion rate of a chain when only some channels are left and
// every step to another one ends without a conversion: for each set of the first players
// channels, at the index that has the bits of its members. Channels that do not stand
// among them are never left in. It returns nil for counts that no journeys can have, and
// where sweeps come to no end.
//
// At order 1, sets that agree on their highest members share the work: a channel that
// stays is eliminated, once for all sets below, so that all 2^n rates cost about 10·2^n
// operations instead of n³·2^n. Nothing is ever subtracted, so each rate is accurate to
// about n roundings. At other orders eight sets are solved at a time.
func (t *transitions) subsetRates(players int) []float64 {
	g := newGraph(t)
	if g == nil {
		return nil
	}
	s := &subsets{rates: make([]float64, 1<<players)}
	if t.order > 1 {
		if !s.sweep(g, players) {
			return nil
		}
	} else {
		for n := range players + 1 {
			s.levels = append(s.levels, make([]float64, (n+1)*(n+2)))
		}
		s.fill(g, players)
		s.visit(players, 0)
	}
	for i := range s.rates {
		s.rates[i] /= max(1, g.journeys())
	}
	return s.rates
}

// sweep solves the chain for each set.
func (s *subsets) sweep(g *graph, players int) bool {
	members := make([]uint64, len(g.states)) // of each state, and bit 63 where there are others
	for i, state := range g.states {
		members[i] = g.members(state, players)
	}
	a := g.visits()
	removed := make([]uint8, len(g.states))
	x := append(a.unknown(), ones())
	for first := 0; first < len(s.rates); first += laneCount {
		for i, m := range members {
			removed[i] = 0
			for l := range laneCount {
				if m&^uint64(first+l) != 0 {
					removed[i] |= 1 << l
				}
			}
		}
		clear(x)
		x[len(members)] = ones()
		if _, ok := a.solve(x, removed); !ok {
			return false
		}
		for l, set := 0, first; l < laneCount && set < len(s.rates); l, set = l+1, set+1 {
			for i := range members {
				s.rates[set] += float64(x[i][l] * float64(g.ends[i].conversions))
			}
			for _, e := range g.short {
				if g.members(e.key, players)&^uint64(set) == 0 {
					s.rates[set] += float64(e.value.conversions)
				}
			}
		}
	}
	return true
}

// members returns the bits of the players in a state, and bit 63 where there are others.
func (g *graph) members(state window, players int) uint64 {
	set := uint64(0)
	for i := range state.length() {
		set |= 1 << min(63, uint(state.id(i, idBits(g.order))))
		if int(state.id(i, idBits(g.order))) >= players {
			set |= 1 << 63
		}
	}
	return set
}

// subsets holds one matrix for each number n of channels left to decide on: n+1 rows, of
// which the last is the start, and n+2 columns, of which the last two are the conversions
// and the nulls.
type subsets struct {
	levels [][]float64
	rates  []float64
}

// fill writes the first matrix.
func (s *subsets) fill(g *graph, n int) {
	m, width := s.levels[n], n+2
	for from, state := range g.states {
		channel := int(state.id(0, idBits(1)))
		if channel >= n {
			continue
		}
		m[n*width+channel] = g.start[from]
		row := m[channel*width:][:width]
		row[n], row[n+1] = float64(g.ends[from].conversions), float64(g.ends[from].nulls)
		next, weights := g.out.of(from)
		for i, to := range next {
			at := int(g.states[to].id(0, idBits(1)))
			if at >= n {
				at = n + 1
			}
			row[at] += weights[i]
		}
	}
}

// visit decides on channel n-1 and those before it; mask holds those that stay among the
// ones after it.
func (s *subsets) visit(n, mask int) {
	if n == 0 {
		s.rates[mask] = s.levels[0][0]
		return
	}
	s.decide(n, false)
	s.visit(n-1, mask)
	s.decide(n, true)
	s.visit(n-1, mask|1<<(n-1))
}

// decide writes the matrix for one channel less, the last: if it stays, what comes to it
// is led on to where it goes from there, and else ends without a conversion.
func (s *subsets) decide(n int, stays bool) {
	m, next, width := s.levels[n], s.levels[n-1], n+2
	last := m[(n-1)*width:][:width]
	leaves := last[n] + last[n+1]
	for _, w := range last[:n-1] {
		leaves += w
	}
	for i := range n {
		from := i
		if i == n-1 {
			from = n // the start
		}
		row, to := m[from*width:][:width], next[i*(n+1):][:n+1]
		copy(to, row[:n-1])
		to[n-1], to[n] = row[n], row[n+1]
		comes := row[n-1]
		switch {
		case comes == 0:
		case !stays || leaves == 0:
			to[n] += comes
		default:
			addMultiple(to, last[:n-1], comes/leaves)
			addMultiple(to[n-1:], last[n:], comes/leaves)
		}
	}
}
