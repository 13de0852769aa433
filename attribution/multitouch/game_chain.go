package multitouch

import "math"

// chainGame is a chain of any order from which channels can be taken out.
type chainGame struct {
	states []chainState
	steps  []chainStep // by the state they leave
	starts []float64   // how many journeys start at each state

	ends exit // of all journeys

	stays           []bool // by channel; what a caller sets before rate
	active          []int
	reached, valued []float64 // by state
	direct          *prefixes // of the active states
	unsolved        bool      // set when rate gave up
}

// chainState is one state: how its journeys went on.
type chainState struct {
	channels                  []id
	first, end                int // its steps, but for the one to itself
	conversions, nulls, minor float64
	leave                     float64 // how much does not step to the state itself
}

type chainStep struct {
	to     int
	weight float64
}

func newChainGame(t *transitions, players int) *chainGame {
	t.flush()
	g := &chainGame{stays: make([]bool, players)}
	index := map[window]int{}
	at := func(w window) int {
		i, ok := index[w]
		if !ok {
			i = len(g.states)
			index[w] = i
			g.states = append(g.states, chainState{channels: w.distinct(idBits(t.order))})
			g.starts = append(g.starts, 0)
		}
		return i
	}
	exits, steps := t.exits.sorted(), t.steps.sorted()
	for i := range exits {
		e := &exits[i].value
		g.ends.add(*e)
		s := at(exits[i].key)
		g.states[s].conversions, g.states[s].nulls, g.states[s].minor = float64(e.conversions), float64(e.nulls), e.worth()
		g.states[s].leave = e.weight()
		g.starts[s] = e.weight()
	}
	for _, step := range steps { // in order of the state they leave
		from, to := at(t.from(step.key)), at(t.to(step.key))
		if from == to {
			continue
		}
		weight := float64(step.value)
		s := &g.states[from]
		if s.end == 0 {
			s.first = len(g.steps)
		}
		g.steps = append(g.steps, chainStep{to, weight})
		s.end = len(g.steps)
		s.leave += weight
		g.starts[from] += weight
		g.starts[to] -= weight
	}
	g.reached, g.valued = make([]float64, len(g.states)), make([]float64, len(g.states))
	return g
}

// distinct returns the channels of a window.
func (w window) distinct(size uint) []id {
	var channels []id
	for i := range w.length() {
		channels = append(channels, w.id(i, size))
	}
	return channels
}

// addsUp reports whether journeys end as the totals say, and as many enter each state as
// leave it.
func (g *chainGame) addsUp(t *Totals) bool {
	value := wide{}
	value.addValue(t.Value.Minor(), 1)
	for _, n := range g.starts {
		if n < 0 {
			return false
		}
	}
	return g.ends == exit{t.Conversions, t.Nulls, value}
}

// byChannel returns the state of each channel of a chain of order 1, -1 for one without.
func (g *chainGame) byChannel(players int) []int {
	states := make([]int, players)
	for i := range states {
		states[i] = -1
	}
	for i, s := range g.states {
		states[s.channels[0]] = i
	}
	return states
}

// settled is how little a sweep may change, by the largest probability.
const settled = 0x1p-52

// Sweeps take time by steps, and elimination by the cube of states. Few states are
// eliminated at once, and more where sweeps do not settle, because journeys return to a
// state for a long time.
const (
	fewStates     = 48
	maxStates     = 2000
	maxGameSweeps = 2000
)

// rate returns the conversions and the minor units by journeys when only the channels
// that stay are left.
func (g *chainGame) rate() (conversions, minor float64) {
	g.active = g.active[:0]
	for i := range g.states {
		g.reached[i], g.valued[i] = 0, 0
		if s := &g.states[i]; s.leave > 0 && g.allStay(s.channels) {
			g.active = append(g.active, i)
		}
	}
	if len(g.active) > fewStates && g.settle() {
		return g.atStart()
	}
	if len(g.active) > maxStates {
		g.unsolved = true
		return 0, 0
	}
	if g.direct == nil {
		g.direct = newPrefixes(g, nil)
	}
	g.direct.fill(g, g.active)
	return g.direct.all()
}

// settle sweeps over the states in turns of direction (Gauss and Seidel) until they
// settle, and reports whether they did. Sums of what is not negative lose no digits.
func (g *chainGame) settle() bool {
	for sweep := range maxGameSweeps {
		if g.sweep(sweep%2 == 1) {
			return true
		}
	}
	return false
}

func (g *chainGame) atStart() (conversions, minor float64) {
	var rate, value accurate
	for _, i := range g.active {
		rate.add(float64(g.starts[i] * g.reached[i]))
		value.add(float64(g.starts[i] * g.valued[i]))
	}
	journeys := g.ends.weight()
	return rate.value() / journeys, value.value() / journeys
}

func (g *chainGame) allStay(channels []id) bool {
	for _, n := range channels {
		if !g.stays[n] {
			return false
		}
	}
	return true
}

// sweep goes once over the active states and reports whether they have settled. States
// that are out are worth 0.
func (g *chainGame) sweep(backward bool) (done bool) {
	var change, valueChange, most, mostValue float64
	for n := range g.active {
		i := g.active[n]
		if backward {
			i = g.active[len(g.active)-1-n]
		}
		s := &g.states[i]
		rate, value := s.conversions, s.minor
		for _, step := range g.steps[s.first:s.end] {
			rate += float64(step.weight * g.reached[step.to])
			value += float64(step.weight * g.valued[step.to])
		}
		rate, value = rate/s.leave, value/s.leave
		change = max(change, math.Abs(rate-g.reached[i]))
		valueChange = max(valueChange, math.Abs(value-g.valued[i]))
		most, mostValue = max(most, rate), max(mostValue, math.Abs(value))
		g.reached[i], g.valued[i] = rate, value
	}
	return change <= settled*most && valueChange <= settled*mostValue
}
