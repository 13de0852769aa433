package forecast

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/bylinehq/byline"
)

// levels is a model of logarithms that are normal around the creator's level, with levels
// that are normal around a common one (one-way random effects).
type levels struct {
	key      uint64
	creators map[byline.CreatorID]group
	order    []group // by creator, for sums that never change their bits
	within   float64 // sum of squares within creators
	freedom  float64 // its degrees of freedom
	furthest float64 // the largest spread between creators that is considered
}

// group is one creator's values.
type group struct {
	count float64
	mean  float64
}

// observation is one value of one creator. They come sorted by creator.
type observation struct {
	id    byline.CreatorID
	value float64
}

// minFreedom is the least number of values beyond the first of each creator.
const minFreedom = 4

// leastVariance keeps logarithms that are all the same from being certain.
const leastVariance = 1e-8

func fitLevels(what string, data []observation, o Options) (*levels, *byline.RefusalError) {
	m := &levels{key: keyOf(what), creators: map[byline.CreatorID]group{}}
	for from := 0; from < len(data); {
		to := from
		for to < len(data) && data[to].id == data[from].id {
			to++
		}
		g, squares := grouped(data[from:to])
		m.creators[data[from].id], m.order = g, append(m.order, g)
		m.within += squares
		from = to
	}
	m.freedom = float64(len(data) - len(m.order))
	switch {
	case len(data) < o.MinPosts:
		return nil, refused("forecast.thin_history", "too few past posts with "+what, float64(len(data)), float64(o.MinPosts))
	case len(m.order) < o.MinCreators:
		return nil, refused("forecast.few_creators", "too few creators with "+what, float64(len(m.order)), float64(o.MinCreators))
	case m.freedom < minFreedom:
		return nil, refused("forecast.few_repeats", "too few posts beyond the first of each creator with "+what, m.freedom, minFreedom)
	}
	m.furthest = m.widest()
	return m, nil
}

func grouped(data []observation) (g group, squares float64) {
	g.count = float64(len(data))
	for _, d := range data {
		g.mean += d.value / g.count
	}
	for _, d := range data {
		squares += (d.value - g.mean) * (d.value - g.mean)
	}
	return g, squares
}

// widest is four times the standard deviation of the creators' means and of one value
// within: the likelihood of a larger spread is next to nothing.
func (m *levels) widest() float64 {
	_, squares := grouped(m.asObservations())
	return 4 * math.Sqrt(squares/float64(len(m.order)-1)+m.within/m.freedom+leastVariance)
}

func (m *levels) asObservations() []observation {
	all := make([]observation, len(m.order))
	for i, g := range m.order {
		all[i] = observation{value: g.mean}
	}
	return all
}

// common is one draw of what all creators share.
type common struct {
	mean    float64
	between float64 // variance of the levels
	within  float64 // variance of a value around its creator's level
}

// spreads is on how many values of the spread between creators its likelihood is formed.
const spreads = 33

// draw takes the shared parameters from their joint posterior. Time is O(creators).
func (m *levels) draw(s *stream, draw int) common {
	s.at(m.key, draw, 0)
	var c common
	c.within = (m.within + leastVariance) / distuv.ChiSquared{K: m.freedom, Src: s.pcg}.Rand()
	var logs [spreads]float64
	highest := math.Inf(-1)
	for i := range logs {
		spread := m.furthest * float64(i) / (spreads - 1)
		logs[i], _, _ = m.likelihood(spread*spread, c.within)
		highest = math.Max(highest, logs[i])
	}
	var below [spreads]float64 // by trapezoids
	for i := 1; i < spreads; i++ {
		below[i] = below[i-1] + (math.Exp(logs[i]-highest)+math.Exp(logs[i-1]-highest))/2
	}
	target, i := s.random.Float64()*below[spreads-1], 1
	for i < spreads-1 && below[i] < target {
		i++
	}
	within := 0.0
	if width := below[i] - below[i-1]; width > 0 {
		within = (target - below[i-1]) / width
	}
	spread := m.furthest * (float64(i-1) + within) / (spreads - 1)
	c.between = spread * spread
	_, mean, variance := m.likelihood(c.between, c.within)
	c.mean = mean + math.Sqrt(variance)*s.random.NormFloat64()
	return c
}

// likelihood is that of the variances with the common mean integrated out, and that mean's
// normal distribution given them.
func (m *levels) likelihood(between, within float64) (log, mean, variance float64) {
	weights, weighted := 0.0, 0.0
	for _, g := range m.order {
		w := 1 / (between + within/g.count)
		weights, weighted = weights+w, weighted+w*g.mean
	}
	mean, variance = weighted/weights, 1/weights
	for _, g := range m.order {
		v := between + within/g.count
		log -= 0.5 * (math.Log(v) + (g.mean-mean)*(g.mean-mean)/v)
	}
	return log + 0.5*math.Log(variance), mean, variance
}

// creator draws one creator's level given the shared parameters.
func (m *levels) creator(s *stream, c common, id byline.CreatorID, draw int) float64 {
	s.at(mix(m.key^keyOf("level", string(id))), draw, 0)
	g := m.creators[id] // without posts: no weight of its own
	own := g.count * c.between
	weight := 0.0
	if own > 0 {
		weight = own / (own + c.within)
	}
	mean := c.mean + weight*(g.mean-c.mean)
	return mean + math.Sqrt(c.between*(1-weight))*s.random.NormFloat64()
}

// knows reports whether the creator has a value of its own.
func (m *levels) knows(id byline.CreatorID) bool { return m.creators[id].count > 0 }

func reachModel(of cohort, posts []Post, o Options) (*levels, *byline.RefusalError) {
	if _, why := oneDefinition("reach", of, posts, reachMeasure); why != nil {
		return nil, why
	}
	var data []observation
	for _, p := range posts {
		if v, known := p.Reach.Value(); known {
			data = append(data, observation{p.CreatorID, math.Log1p(v)})
		}
	}
	return fitLevels(fmt.Sprintf("a known reach on %s", of), data, o)
}

// valueModel is about the logarithm of the minor units that one conversion brings.
func valueModel(byCreator []Post, o Options) (*levels, *byline.RefusalError) {
	var data []observation
	var priced []Post
	for _, p := range byCreator {
		v, known := p.Conversions.Value()
		if !known || v == 0 || p.Revenue.Sign() <= 0 {
			continue
		}
		each := math.Log(float64(p.Revenue.Minor()) / v)
		if each > maxLogValue {
			return nil, refused("forecast.range", "a conversion brought more than 1e12 minor units", 0, 0)
		}
		data, priced = append(data, observation{p.CreatorID, each}), append(priced, p)
	}
	if _, why := oneDefinition("conversions that have a revenue", cohort{}, priced, conversionMeasure); why != nil {
		return nil, why
	}
	return fitLevels("conversions and revenue", data, o)
}
