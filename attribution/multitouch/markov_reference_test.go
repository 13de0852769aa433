package multitouch_test

import (
	"math/big"
	"slices"
	"strings"

	"github.com/bylinehq/byline/attribution/multitouch"
)

// reference is a chain in exact fractions, built and solved in the plainest way there is:
// one system of equations for each removal.
type reference struct {
	states []string // windows, joined by a byte that no name holds
	start  map[string]*big.Rat
	next   map[string]map[string]*big.Rat
	converts, worth,
	total map[string]*big.Rat
	journeys *big.Rat
}

func newReference(order int, journeys []multitouch.Journey) *reference {
	r := &reference{
		start: map[string]*big.Rat{}, next: map[string]map[string]*big.Rat{}, converts: map[string]*big.Rat{},
		worth: map[string]*big.Rat{}, total: map[string]*big.Rat{}, journeys: new(big.Rat),
	}
	for _, j := range journeys {
		weight := big.NewRat(j.Conversions+j.Nulls, 1)
		if len(j.Path) == 0 || weight.Sign() == 0 {
			continue
		}
		size := min(order, len(j.Path))
		last := ""
		for i := range len(j.Path) - size + 1 {
			state := strings.Join(j.Path[i:i+size], "\x00")
			if i == 0 {
				increase(r.start, state, weight)
			} else {
				if r.next[last] == nil {
					r.next[last] = map[string]*big.Rat{}
				}
				increase(r.next[last], state, weight)
			}
			increase(r.total, state, weight)
			last = state
		}
		increase(r.converts, last, big.NewRat(j.Conversions, 1))
		increase(r.worth, last, big.NewRat(j.Value.Minor(), 1))
		r.journeys.Add(r.journeys, weight)
	}
	for state := range r.total {
		r.states = append(r.states, state)
	}
	slices.Sort(r.states)
	return r
}

func increase(m map[string]*big.Rat, key string, by *big.Rat) {
	if m[key] == nil {
		m[key] = new(big.Rat)
	}
	m[key].Add(m[key], by)
}

// removal returns 1 - h(without c)/h of what a journey earns, for conversions or value.
// It is nil where h is 0.
func (r *reference) removal(rewards map[string]*big.Rat, channel string) *big.Rat {
	all, without := r.earn(rewards, ""), r.earn(rewards, channel)
	if all.Sign() == 0 {
		return nil
	}
	share := new(big.Rat).Quo(without, all)
	return share.Sub(big.NewRat(1, 1), share)
}

// earn returns what a journey is expected to earn from the start, while a channel is
// removed.
func (r *reference) earn(rewards map[string]*big.Rat, channel string) *big.Rat {
	var left []string
	index := map[string]int{}
	for _, state := range r.states {
		if channel == "" || !slices.Contains(strings.Split(state, "\x00"), channel) {
			index[state] = len(left)
			left = append(left, state)
		}
	}
	n := len(left)
	rows := make([][]*big.Rat, n)
	for i, state := range left {
		rows[i] = make([]*big.Rat, n+1)
		for j := range rows[i] {
			rows[i][j] = new(big.Rat)
		}
		rows[i][i].Set(r.total[state])
		for to, weight := range r.next[state] {
			if at, ok := index[to]; ok {
				rows[i][at].Sub(rows[i][at], weight)
			}
		}
		if reward := rewards[state]; reward != nil {
			rows[i][n].Set(reward)
		}
	}
	solution := gauss(rows)
	sum := new(big.Rat)
	for i, state := range left {
		if weight := r.start[state]; weight != nil {
			sum.Add(sum, new(big.Rat).Mul(weight, solution[i]))
		}
	}
	return sum.Quo(sum, r.journeys)
}

func gauss(rows [][]*big.Rat) []*big.Rat {
	n := len(rows)
	for p := range n {
		at := p
		for rows[at][p].Sign() == 0 {
			at++
		}
		rows[p], rows[at] = rows[at], rows[p]
		for i := range n {
			if i == p || rows[i][p].Sign() == 0 {
				continue
			}
			factor := new(big.Rat).Quo(rows[i][p], rows[p][p])
			for j := p; j <= n; j++ {
				if rows[p][j].Sign() != 0 {
					rows[i][j].Sub(rows[i][j], new(big.Rat).Mul(factor, rows[p][j]))
				}
			}
		}
	}
	solution := make([]*big.Rat, n)
	for i := range n {
		solution[i] = rows[i][n].Quo(rows[i][n], rows[i][i])
	}
	return solution
}
