package multitouch

// chainGame rates a chain that some channels have left, for eight coalitions at a time.
type chainGame struct {
	graph  *graph
	visits *averages

	stays  []uint8 // by state: in which of the coalitions it is
	place  []int32 // by state: its place among those that are in any, plus one
	in     []int   // the states that are in any
	failed bool    // set when the equations of some coalitions could not be solved
}

func newChainGame(g *graph) *chainGame {
	n := len(g.states)
	return &chainGame{graph: g, visits: g.visits(), stays: make([]uint8, n), place: make([]int32, n)}
}

// Sweeps take time by steps, and elimination by the cube of states. Few states are
// eliminated at once; up to eliminatedStates are where sweeps do not come to an end.
const fewStates = 24

// rates returns conversions and minor units by journeys in eight chains: stays has for
// each channel the bits of those in which it is left.
func (c *chainGame) rates(stays []uint8) (conversions, minor lanes) {
	g, ok := c.graph, false
	c.enter(stays)
	if len(c.in) > fewStates {
		conversions, minor, ok = c.swept()
	}
	if !ok {
		conversions, minor = c.eliminated()
	}
	for i := range g.short {
		e := &g.short[i]
		left := stayOf(e.key, idBits(g.order), stays)
		for l := range conversions {
			if left>>l&1 == 1 {
				conversions[l] += float64(e.value.conversions)
				minor[l] += e.value.minor()
			}
		}
	}
	for l := range conversions {
		conversions[l] /= g.journeys()
		minor[l] /= g.journeys()
	}
	return conversions, minor
}

// swept solves the eight chains by sweeps.
func (c *chainGame) swept() (conversions, minor lanes, ok bool) {
	a := c.restricted()
	removed := make([]uint8, len(c.in))
	for i, s := range c.in {
		removed[i] = ^c.stays[s]
	}
	x := append(a.unknown(), ones())
	if _, ok := a.solve(x, removed); !ok {
		return lanes{}, lanes{}, false
	}
	for i, s := range c.in {
		ends := &c.graph.ends[s]
		for l, share := range x[i] {
			conversions[l] += float64(share * float64(ends.conversions))
			minor[l] += float64(share * ends.minor())
		}
	}
	return conversions, minor, true
}

// eliminated solves each of the eight chains by itself.
func (c *chainGame) eliminated() (conversions, minor lanes) {
	if len(c.in) > eliminatedStates {
		c.failed = true
		return conversions, minor
	}
	places := make([]int, len(c.graph.states))
	for l := range conversions {
		size := 0
		for s, stays := range c.stays {
			places[s] = -1
			if stays>>l&1 == 1 {
				places[s] = size
				size++
			}
		}
		conversions[l], minor[l] = newPrefixes(c.graph, places, size).all()
	}
	return conversions, minor
}

// enter finds the states that are in any coalition.
func (c *chainGame) enter(stays []uint8) {
	c.in = c.in[:0]
	for s, state := range c.graph.states {
		c.stays[s] = stayOf(state, idBits(c.graph.order), stays)
		c.place[s] = 0
		if c.stays[s] != 0 {
			c.in = append(c.in, s)
			c.place[s] = int32(len(c.in))
		}
	}
}

// stayOf returns the bits of the coalitions that all channels of a state are in.
func stayOf(state window, size uint, stays []uint8) uint8 {
	left := ^uint8(0)
	for i := range state.length() {
		left &= stays[state.id(i, size)]
	}
	return left
}

// restricted is the system of visits without the states that are in no coalition, which
// nobody visits. What goes to them leaks.
func (c *chainGame) restricted() *averages {
	n, all := len(c.in), c.visits
	start := int32(len(c.graph.states))
	a := &averages{edges: newEdges(n, len(all.edges.at)), scale: make([]float64, n), leak: make([]float64, n), given: []float64{0}}
	for i, s := range c.in {
		a.scale[i] = all.scale[s]
		a.leak[i] += all.leak[s]
		from, weights := all.edges.of(s)
		for j, p := range from {
			switch {
			case p == start:
				a.edges.add(n, weights[j])
				a.given[0] += weights[j]
			case c.place[p] > 0:
				a.edges.add(int(c.place[p]-1), weights[j])
			}
		}
		a.edges.close()
	}
	for s, place := range c.place {
		if place > 0 {
			continue
		}
		from, weights := all.edges.of(s)
		for j, p := range from {
			if p != start && c.place[p] > 0 {
				a.leak[c.place[p]-1] += weights[j]
			}
		}
	}
	return a
}

// all returns the rates of all coalitions of some players.
func (c *chainGame) all(players int) (rates, values []float64) {
	rates, values = make([]float64, 1<<players), make([]float64, 1<<players)
	stays := make([]uint8, players)
	for first := 0; first < len(rates); first += laneCount {
		for player := range stays {
			stays[player] = 0
			for l := range laneCount {
				stays[player] |= uint8((first+l)>>player&1) << l
			}
		}
		conversions, minor := c.rates(stays)
		copy(rates[first:], conversions[:])
		copy(values[first:], minor[:])
	}
	return rates, values
}

// walk fills in the rates of the first of an order of players.
func (c *chainGame) walk(order []int, worth, value []float64) {
	stays := make([]uint8, len(order))
	for first := 0; first < len(order); first += laneCount {
		for at, player := range order {
			// Who comes at first+2 is in the coalitions from the third on.
			stays[player] = 0
			if late := max(0, at-first); late < laneCount {
				stays[player] = ^uint8(0) << late
			}
		}
		conversions, minor := c.rates(stays)
		copy(worth[first:], conversions[:])
		if value != nil {
			copy(value[first:], minor[:])
		}
	}
}
