package multitouch

// prefixes finds the rates of a chain along an order of its states. Who comes is
// eliminated: his steps go on to where they lead. What then leads from the start straight
// to a conversion are the journeys that met nobody else. So one elimination, of about
// n^3/3 steps, has the rates of all that the order begins with. Nothing is ever subtracted
// (Grassmann, Taksar and Heyman, 1985), so that each is accurate to about n roundings,
// however long journeys are.
type prefixes struct {
	size int // how many states
	// Rows are states and the start. Columns are states, conversions, nulls and values.
	base, matrix []float64
	journeys     float64
}

// newPrefixes takes the states of a chain that have a place below size; -1 is none, and
// steps to there lead to no conversion.
func newPrefixes(g *graph, places []int, size int) *prefixes {
	width := size + 3
	p := &prefixes{size: size, base: make([]float64, (size+1)*width), matrix: make([]float64, (size+1)*width), journeys: g.journeys()}
	for s, place := range places {
		if place < 0 {
			continue
		}
		row := p.base[place*width:][:width]
		row[size], row[size+1], row[size+2] = float64(g.ends[s].conversions), float64(g.ends[s].nulls), g.ends[s].minor()
		next, weights := g.out.of(s)
		for i, to := range next {
			if at := places[to]; at >= 0 {
				row[at] = weights[i]
			} else {
				row[size+1] += weights[i]
			}
		}
		p.base[size*width+place] = g.start[s]
	}
	return p
}

// channelPrefixes takes the channels of a chain of order 1, which are its states.
func channelPrefixes(g *graph, players int) *prefixes {
	places := make([]int, len(g.states))
	for s, state := range g.states {
		places[s] = int(state.id(0, idBits(1)))
	}
	return newPrefixes(g, places, players)
}

// walk fills in the rates of order[:i+1] at i.
func (p *prefixes) walk(order []int, worth, value []float64) {
	p.arrange(order)
	n := p.size
	start := p.matrix[n*(n+3):]
	for i := range n {
		p.eliminate(i)
		worth[i] = start[n] / p.journeys
		if value != nil {
			value[i] = start[n+2] / p.journeys
		}
	}
}

// all returns what all states together come to, not yet by journeys.
func (p *prefixes) all() (conversions, minor float64) {
	copy(p.matrix, p.base)
	for i := range p.size {
		p.eliminate(i)
	}
	start := p.matrix[p.size*(p.size+3):]
	return start[p.size], start[p.size+2]
}

// arrange copies the chain with its states in an order.
func (p *prefixes) arrange(order []int) {
	n, width := p.size, p.size+3
	for r := range n + 1 {
		from := p.base[n*width:]
		if r < n {
			from = p.base[order[r]*width:]
		}
		row := p.matrix[r*width:][:width]
		for j, channel := range order {
			row[j] = from[channel]
		}
		copy(row[n:], from[n:width])
	}
}

// eliminate leads what comes to a state on to where it goes from there. Those before it
// were eliminated before.
func (p *prefixes) eliminate(at int) {
	n, width := p.size, p.size+3
	onward := p.matrix[at*width+at+1 : (at+1)*width]
	leave := 0.0
	for _, w := range onward[:len(onward)-1] { // a value is no way to leave
		leave += w
	}
	if leave == 0 {
		return
	}
	for r := at + 1; r <= n; r++ {
		if part := p.matrix[r*width+at] / leave; part != 0 {
			addMultiple(p.matrix[r*width+at+1:(r+1)*width], onward, part)
		}
	}
}
