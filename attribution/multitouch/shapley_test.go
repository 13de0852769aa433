package multitouch

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
)

// drawn returns random rows over channels "a", "b" and so on.
func drawn(r *random, rows, channels int) []Journey {
	journeys := make([]Journey, rows)
	for i := range journeys {
		j := &journeys[i]
		for range 1 + r.below(6) {
			j.Path = append(j.Path, string(rune('a'+r.below(channels))))
		}
		j.Conversions, j.Nulls = int64(r.below(3)), int64(r.below(5))
		if j.Conversions > 0 {
			j.Value = byline.Minor(int64(r.below(9000)-500), byline.EUR)
		}
	}
	journeys[0].Conversions, journeys[0].Value = 2, byline.Minor(50_000, byline.EUR)
	return journeys
}

func each(journeys []Journey) func(yield func(Journey, error) bool) {
	return func(yield func(Journey, error) bool) {
		for _, j := range journeys {
			if !yield(j, nil) {
				return
			}
		}
	}
}

func attribute(t *testing.T, journeys []Journey, m Model) Result {
	t.Helper()
	r, err := Attribute(each(journeys), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// names returns the channels of rows that count, in order.
func names(journeys []Journey) []string {
	var all []string
	for _, j := range journeys {
		if j.Conversions+j.Nulls > 0 {
			all = append(all, j.Path...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func rat(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func ratio(a, b int64) *big.Rat {
	if b == 0 {
		return new(big.Rat)
	}
	return big.NewRat(a, b)
}

// count is what rows hold together.
type count struct{ conversions, journeys, minor int64 }

func (c count) of(value bool) int64 {
	if value {
		return c.minor
	}
	return c.conversions
}

func countOf(journeys []Journey, match func(Journey) bool) count {
	var c count
	for _, j := range journeys {
		if match(j) {
			c.conversions += j.Conversions
			c.journeys += j.Conversions + j.Nulls
			c.minor += j.Value.Minor()
		}
	}
	return c
}

func members(mask int, channels []string) []string {
	var in []string
	for i, name := range channels {
		if mask>>i&1 == 1 {
			in = append(in, name)
		}
	}
	return in
}

func within(path, channels []string) bool {
	return !slices.ContainsFunc(path, func(name string) bool { return !slices.Contains(channels, name) })
}

// firsts returns the channels of a path in the order of their first touches.
func firsts(path []string) []string {
	var order []string
	for _, name := range path {
		if !slices.Contains(order, name) {
			order = append(order, name)
		}
	}
	return order
}

// reference computes phi of all channels from the definition of a variant.
func reference(m Shapley, journeys []Journey, value bool) []*big.Rat {
	m = m.orDefault()
	channels := names(journeys)
	game := func(worth func(in []string) *big.Rat) []*big.Rat {
		return shapleyByOrders(len(channels), func(mask int) *big.Rat { return worth(members(mask, channels)) })
	}
	switch m.Variant {
	case JourneyRate, JourneyRateOrdered:
		return journeyReference(m, journeys, value)
	case SubsetRate:
		return game(func(in []string) *big.Rat {
			c := countOf(journeys, func(j Journey) bool { return within(j.Path, in) })
			return ratio(c.of(value), c.journeys)
		})
	case MarkovGame:
		return game(func(in []string) *big.Rat { return chainReference(m.Order, journeys, in, value) })
	default:
		return game(func(in []string) *big.Rat {
			return rat(countOf(journeys, func(j Journey) bool { return within(j.Path, in) }).of(value))
		})
	}
}

func journeyReference(m Shapley, journeys []Journey, value bool) []*big.Rat {
	channels := names(journeys)
	key := func(path []string) string {
		order := firsts(path)
		if m.Cut == CutByName {
			slices.Sort(order)
		}
		order = order[max(0, len(order)-m.Size):]
		if m.Variant == JourneyRate {
			slices.Sort(order)
		}
		return strings.Join(order, ">")
	}
	counts := func(of string) count {
		return countOf(journeys, func(j Journey) bool { return key(j.Path) == of })
	}
	total := make([]*big.Rat, len(channels))
	for i := range total {
		total[i] = new(big.Rat)
	}
	done := map[string]bool{}
	for _, j := range journeys {
		whole := key(j.Path)
		set := strings.Split(whole, ">")
		c := counts(whole)
		if done[whole] || c.conversions == 0 {
			continue
		}
		done[whole] = true
		phi := shapleyByOrders(len(set), func(mask int) *big.Rat {
			part := counts(strings.Join(members(mask, set), ">"))
			return ratio(part.of(value), part.journeys)
		})
		for i, name := range set {
			at := slices.Index(channels, name)
			total[at].Add(total[at], phi[i].Mul(phi[i], rat(c.journeys)))
		}
	}
	return total
}

// chainReference solves by Gauss's elimination of fractions the chain whose states are
// windows of touches, without those of channels that are out.
func chainReference(order int, journeys []Journey, in []string, value bool) *big.Rat {
	index := map[string]int{}
	var system [][]*big.Rat // flow out of each state, less what comes back to it
	var out []int64
	starts, total := map[int]int64{}, int64(0)
	at := func(window []string) int {
		key := fmt.Sprint(window)
		if i, ok := index[key]; ok {
			return i
		}
		index[key] = len(index)
		out = append(out, 0)
		return len(index) - 1
	}
	type step struct{ from, to int }
	steps, rewards := map[step]int64{}, map[int]int64{}
	for _, j := range journeys {
		weight := j.Conversions + j.Nulls
		total += weight
		last := -1
		for end := min(order, len(j.Path)); end <= len(j.Path); end++ {
			window := j.Path[max(0, end-order):end]
			state := -1
			if within(window, in) {
				state = at(window)
			}
			switch {
			case last >= 0:
				out[last] += weight
				steps[step{last, state}] += weight
			case end == min(order, len(j.Path)) && state >= 0:
				starts[state] += weight
			}
			last = state
		}
		if last >= 0 {
			out[last] += weight
			rewards[last] += count{conversions: j.Conversions, minor: j.Value.Minor()}.of(value)
		}
	}
	n := len(index)
	for i := range n {
		row := make([]*big.Rat, n+1)
		for k := range n {
			row[k] = rat(-steps[step{i, k}])
		}
		row[i].Add(row[i], rat(out[i]))
		row[n] = rat(rewards[i])
		system = append(system, row)
	}
	h := eliminate(system)
	sum := new(big.Rat)
	for state, weight := range starts {
		sum.Add(sum, new(big.Rat).Mul(h[state], rat(weight)))
	}
	return sum.Quo(sum, rat(total))
}

// eliminate solves a system of which nothing is known but that it has a solution; an
// unknown that does not matter is 0.
func eliminate(system [][]*big.Rat) []*big.Rat {
	n := len(system)
	for i := range n {
		pivot := slices.IndexFunc(system[i:], func(row []*big.Rat) bool { return row[i].Sign() != 0 })
		if pivot < 0 {
			continue
		}
		system[i], system[i+pivot] = system[i+pivot], system[i]
		for r := range n {
			if r == i || system[r][i].Sign() == 0 {
				continue
			}
			factor := new(big.Rat).Quo(system[r][i], system[i][i])
			for k := i; k <= n; k++ {
				system[r][k] = new(big.Rat).Sub(system[r][k], new(big.Rat).Mul(factor, system[i][k]))
			}
		}
	}
	h := make([]*big.Rat, n)
	for i := range h {
		h[i] = new(big.Rat)
		if system[i][i].Sign() != 0 {
			h[i].Quo(system[i][n], system[i][i])
		}
	}
	return h
}

func variants() []Shapley {
	return []Shapley{
		{Variant: SetSum},
		{Variant: OrderedPosition},
		{Variant: JourneyRate},
		{Variant: JourneyRate, Size: 3},
		{Variant: JourneyRate, Size: 2, Cut: CutByName},
		{Variant: JourneyRateOrdered, Size: 3},
		{Variant: JourneyRateOrdered, Size: 64},
		{Variant: SubsetRate},
		{Variant: MarkovGame},
		{Variant: MarkovGame, Order: 2},
		{Variant: MarkovGame, Order: 3},
		{Variant: MarkovGame, Order: 4},
	}
}

// TestShapleyExact compares every variant with its definition, in fractions.
func TestShapleyExact(t *testing.T) {
	t.Parallel()
	for _, m := range variants() {
		t.Run(m.Name(), func(t *testing.T) {
			t.Parallel()
			r := random(5)
			for range 8 {
				journeys := drawn(&r, 4+r.below(22), 2+r.below(3))
				compareExact(t, m, journeys)
			}
		})
	}
}

func compareExact(t *testing.T, m Shapley, journeys []Journey) {
	t.Helper()
	got := attribute(t, journeys, m)
	phi, valuePhi := reference(m, journeys, false), reference(m, journeys, true)
	sum, valueSum := new(big.Rat), new(big.Rat)
	for i := range phi {
		sum.Add(sum, phi[i])
		valueSum.Add(valueSum, valuePhi[i])
	}
	conversions, minor := 0.0, int64(0)
	largest, _ := valueSum.Float64()
	for i, c := range got.Credits {
		near(t, "raw of "+c.Channel, c.Raw, phi[i], 1e-13*max(1, c.Conversions))
		near(t, "share of "+c.Channel, c.Share, new(big.Rat).Quo(phi[i], sum), 1e-13)
		near(t, "raw value of "+c.Channel, c.RawValue, valuePhi[i], 1e-12*max(1, math.Abs(largest)))
		near(t, "value share of "+c.Channel, c.ValueShare, new(big.Rat).Quo(valuePhi[i], valueSum), 1e-12)
		conversions += c.Conversions
		minor += c.Value.Minor()
	}
	totals := countOf(journeys, func(Journey) bool { return true })
	if conversions != float64(totals.conversions) || minor != totals.minor {
		t.Errorf("credits sum to %v and %d, want %d and %d", conversions, minor, totals.conversions, totals.minor)
	}
	near(t, "grand value", got.Game.GrandValue, sum, 1e-13*float64(totals.conversions))
	if got.Game.Gap > 1e-12 || !got.Game.Exact || got.Game.Players != len(phi) || got.Game.Variant != m.Variant {
		t.Errorf("game is %+v", got.Game)
	}
}
