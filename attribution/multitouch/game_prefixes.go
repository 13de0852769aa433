package multitouch

// prefixes finds the rates of a chain along an order of its states, or of the channels of
// a chain of order 1. Who comes is eliminated: his steps go on to where they lead. What
// then leads from the start straight to a conversion are the journeys that met nobody
// else. So one elimination, of about n^3/3 steps, has the rates of all that the order
// begins with. Nothing is ever subtracted (Grassmann, Taksar and Heyman, 1985), so that
// each is accurate to about n roundings, however long journeys are.
type prefixes struct {
	states int
	// Rows are states and the start. Columns are states, conversions, nulls and values.
	base, matrix []float64
	journeys     float64
	columns      []int // by state of the game, its place here plus one; 0 where it is out
}

func newPrefixes(g *chainGame, states []int) *prefixes {
	e := &prefixes{journeys: g.ends.weight(), columns: make([]int, len(g.states))}
	e.fill(g, states)
	return e
}

// fill takes some states of a game, in an order in which -1 stands for none. Steps to all
// others lead nowhere.
func (e *prefixes) fill(g *chainGame, states []int) {
	n := len(states)
	width := n + 3
	e.states = n
	e.base = resized(e.base, (n+1)*width)
	e.matrix = resized(e.matrix, (n+1)*width)
	clear(e.base)
	clear(e.columns)
	for i, state := range states {
		if state >= 0 {
			e.columns[state] = i + 1
		}
	}
	for i, state := range states {
		if state < 0 {
			continue
		}
		s := &g.states[state]
		row := e.base[i*width:][:width]
		row[n], row[n+1], row[n+2] = s.conversions, s.nulls, s.minor
		for _, step := range g.steps[s.first:s.end] {
			if column := e.columns[step.to]; column > 0 {
				row[column-1] = step.weight
			} else {
				row[n+1] += step.weight
			}
		}
		e.base[n*width+i] = g.starts[state]
	}
}

func resized(reused []float64, n int) []float64 {
	if cap(reused) < n {
		return make([]float64, n)
	}
	return reused[:n]
}

// walk fills in the rates of order[:p+1] at p.
func (e *prefixes) walk(order []int, worth, value []float64) {
	e.arrange(order)
	n := e.states
	start := e.matrix[n*(n+3):]
	for p := range n {
		e.eliminate(p)
		worth[p] = start[n] / e.journeys
		if value != nil {
			value[p] = start[n+2] / e.journeys
		}
	}
}

// all returns the rates of all states together.
func (e *prefixes) all() (conversions, minor float64) {
	copy(e.matrix, e.base)
	n := e.states
	for p := range n {
		e.eliminate(p)
	}
	start := e.matrix[n*(n+3):]
	return start[n] / e.journeys, start[n+2] / e.journeys
}

// eliminate leads what comes to a state on to where it goes from there. Those before it
// were eliminated before.
func (e *prefixes) eliminate(p int) {
	n, width := e.states, e.states+3
	pivot := e.matrix[p*width+p+1 : (p+1)*width]
	leave := 0.0
	for _, w := range pivot[:len(pivot)-1] { // a value is no way to leave
		leave += w
	}
	if leave == 0 {
		return
	}
	for r := p + 1; r <= n; r++ {
		part := e.matrix[r*width+p] / leave
		if part == 0 {
			continue
		}
		row := e.matrix[r*width+p+1 : (r+1)*width]
		for j, w := range pivot {
			row[j] += float64(part * w)
		}
	}
}

// arrange copies the chain with its states in an order.
func (e *prefixes) arrange(order []int) {
	n, width := e.states, e.states+3
	for r := range n + 1 {
		from := e.base[n*width:]
		if r < n {
			from = e.base[order[r]*width:]
		}
		row := e.matrix[r*width:][:width]
		for j, state := range order {
			row[j] = from[state]
		}
		copy(row[n:], from[n:width])
	}
}
