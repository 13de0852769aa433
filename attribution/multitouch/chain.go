package multitouch

// Chain is what a [Markov] chain says besides the credit.
type Chain struct {
	Order  int `json:"order"`
	States int `json:"states"` // without the start and the two ends
	// ConversionRate is the probability to convert from the start, as solved. That it is
	// Totals.ConversionRate at every order is a test of the solution, not of the model.
	ConversionRate float64 `json:"conversion_rate"`
	// Residual is by what part, at most, an equation of the chain is missed: of order 1, a
	// conversion rate found by way of any channel; else the average that a state is.
	Residual float64 `json:"residual"`
	// RemovalSum is the sum of all removal effects. It is mostly above 1, because two
	// channels of one journey are both needed; so a removal effect is no share.
	RemovalSum float64 `json:"removal_sum"`
	// Sweeps is how many the slowest system of equations took, 0 where all were solved
	// directly.
	Sweeps int `json:"sweeps,omitempty"`
	// Transitions holds all steps where Markov.Transitions asks for them: those from the
	// start first, then by the state they leave and the one they reach, in order of names;
	// a state's ends come after its steps.
	Transitions []Transition `json:"transitions,omitempty"`
}

// End is how a journey ends.
type End string

// The ends of a journey.
const (
	EndConversion End = "conversion"
	EndNull       End = "null"
)

// Transition is a step from one state to another, or to an end. A state is named by its
// touches, the last one last: as many as the order, or all of a shorter path.
type Transition struct {
	From   []string `json:"from,omitempty"` // none at the start
	To     []string `json:"to,omitempty"`   // none where the journey ends
	End    End      `json:"end,omitempty"`  // set where it does
	Weight int64    `json:"weight"`         // how many journeys took it, as often as they did
	// Probability is the weight over that of all steps from the same state.
	Probability float64 `json:"probability"`
}

// loop reports whether a step leads to where it comes from.
func (t Transition) loop() bool {
	if t.End != "" || len(t.From) != len(t.To) {
		return false
	}
	for i := range t.From {
		if t.From[i] != t.To[i] {
			return false
		}
	}
	return true
}

// WithoutLoops returns the chain with steps from a state to itself taken out of
// Transitions, and probabilities made to sum to 1 again. Nothing else changes: how long a
// journey stays somewhere has no influence on where it ends.
func (c Chain) WithoutLoops() Chain {
	all := c.Transitions
	c.Transitions = nil
	for len(all) > 0 {
		n, total := 0, int64(0)
		for ; n < len(all) && sameState(all[n].From, all[0].From); n++ {
			if !all[n].loop() {
				total += all[n].Weight
			}
		}
		for _, t := range all[:n] {
			if !t.loop() {
				t.Probability = float64(t.Weight) / float64(total)
				c.Transitions = append(c.Transitions, t)
			}
		}
		all = all[n:]
	}
	return c
}

func sameState(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// transitions names all steps.
func (g *graph) transitions(channels []string) []Transition {
	name := func(state window) []string {
		names := make([]string, state.length())
		for i := range names {
			names[len(names)-1-i] = channels[state.id(i, idBits(g.order))]
		}
		return names
	}
	var all []Transition
	add := func(from, to []string, end End, weight int64, total float64) {
		if weight > 0 {
			all = append(all, Transition{from, to, end, weight, float64(weight) / total})
		}
	}
	for _, e := range g.short {
		add(nil, name(e.key), "", e.value.journeys(), g.journeys())
	}
	names := make([][]string, len(g.states))
	for s, state := range g.states {
		names[s] = name(state)
		add(nil, names[s], "", int64(g.start[s]), g.journeys())
	}
	ends := func(from []string, e exit, total float64) {
		add(from, nil, EndConversion, e.conversions, total)
		add(from, nil, EndNull, e.nulls, total)
	}
	for _, e := range g.short {
		ends(name(e.key), e.value, float64(e.value.journeys()))
	}
	for s := range g.states {
		next, weights := g.out.of(s)
		for i, to := range next {
			add(names[s], names[to], "", int64(weights[i]), g.total[s])
		}
		ends(names[s], g.ends[s], g.total[s])
	}
	return all
}
