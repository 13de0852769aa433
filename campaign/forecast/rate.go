package forecast

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/rank"
)

// rates is a model of events per reach.
type rates struct {
	key      uint64
	name     string // "clicks per reach on instagram reel"
	prior    rank.Prior
	creators map[byline.CreatorID][]exposed
	// scatter is how much the rate of a post varies around its creator's (the variance of a
	// factor of mean 1), at evenly spaced probabilities of its own uncertainty.
	scatter []float64
}

// exposed is one post's events and reach.
type exposed struct{ count, reach float64 }

func fitRates(what string, of cohort, posts []Post, measure func(Post) byline.Measure, o Options) (*rates, *byline.RefusalError) {
	if _, why := oneDefinition(what, of, posts, measure); why != nil {
		return nil, why
	}
	m := &rates{key: keyOf(what, string(of.platform), of.format), name: fmt.Sprintf("%s per reach on %s", what, of), creators: map[byline.CreatorID][]exposed{}}
	var order []byline.CreatorID
	usable := 0
	for _, p := range posts {
		count, counted := measure(p).Value()
		reach, reached := p.Reach.Value()
		if !counted || !reached || reach == 0 {
			continue
		}
		if len(m.creators[p.CreatorID]) == 0 {
			order = append(order, p.CreatorID)
		}
		m.creators[p.CreatorID] = append(m.creators[p.CreatorID], exposed{count, reach})
		usable++
	}
	if usable < o.MinPosts {
		return nil, refused("forecast.thin_history", fmt.Sprintf("too few past posts with known reach and %s on %s", what, of), float64(usable), float64(o.MinPosts))
	}
	residuals, freedom := m.residuals(order)
	m.scatter = scatters(residuals, freedom)
	if why := m.fitPrior(order, o); why != nil {
		return nil, why
	}
	if freedom < minFreedom {
		return nil, refused("forecast.few_repeats", fmt.Sprintf("too few posts beyond the first of creators with %s on %s", what, of), freedom, minFreedom)
	}
	return m, nil
}

// fitPrior learns how creators differ, with the evidence thinned by what posts of one
// creator differ.
func (m *rates) fitPrior(order []byline.CreatorID, o Options) *byline.RefusalError {
	events := make([]rank.Events, len(order))
	count, reach := 0.0, 0.0
	for i, id := range order {
		events[i].CreatorID = id
		for _, e := range m.creators[id] {
			events[i].Count += int64(e.count)
			events[i].Exposure += e.reach
		}
		count, reach = count+float64(events[i].Count), reach+events[i].Exposure
	}
	effective := 0.0
	for _, id := range order {
		effective += m.weigh(id, count/reach, m.scatter[len(m.scatter)/2]).reach
	}
	dispersion := math.Min(1e6, math.Max(1, reach/effective))
	// Only the prior is wanted: by their size all stand apart, which spares their standing.
	r, err := rank.Counts(events, &rank.Options{MinCreators: o.MinCreators, Dispersion: dispersion, MinSize: neverReached})
	if refusal, ok := errors.AsType[*byline.RefusalError](err); ok {
		why := strings.TrimSuffix(refusal.Message, "; give a prior") // which cannot be given here
		return refused(refusal.Code, m.name+" cannot be learnt: "+why, refusal.Have, refusal.Need)
	}
	if err != nil {
		return refused("forecast.no_rates", "the rates of "+m.name+" cannot be fitted: "+err.Error(), 0, 0)
	}
	m.prior = r.Prior
	return nil
}

// neverReached is more reach than any history adds up to.
const neverReached = 1e30

// weigh adds up a creator's posts. A post that is expected to bring m events speaks with
// 1/(1 + scatter × m) of its weight: a great post is still one post.
func (m *rates) weigh(id byline.CreatorID, rate, scatter float64) exposed {
	var total exposed
	for _, e := range m.creators[id] {
		w := 1 / (1 + scatter*rate*e.reach)
		total.count += w * e.count
		total.reach += w * e.reach
	}
	return total
}

// scatterLevels is at how many probabilities the scatter is solved for.
const scatterLevels = 33

// residuals pairs each post's count with what its creator's own rate expects of it, of
// creators with any event; freedom is the number of posts beyond the first of each.
func (m *rates) residuals(order []byline.CreatorID) (pairs []exposed, freedom float64) {
	for _, id := range order {
		total := m.weigh(id, 0, 0)
		if total.count == 0 || len(m.creators[id]) < 2 {
			continue
		}
		for _, e := range m.creators[id] {
			pairs = append(pairs, exposed{e.count, e.reach * total.count / total.reach})
		}
		freedom += float64(len(m.creators[id]) - 1)
	}
	return pairs, freedom
}

// scatters solves Pearson's statistic for the scatter: with the right one its sum is χ² with
// that freedom.
func scatters(residuals []exposed, freedom float64) []float64 {
	all := make([]float64, scatterLevels)
	if freedom == 0 {
		return all
	}
	for i := range all {
		target := distuv.ChiSquared{K: freedom}.Quantile(1 - (float64(i)+0.5)/scatterLevels)
		all[i] = solveScatter(residuals, target)
	}
	return all
}

// maxScatter is a rate that varies a hundredfold.
const maxScatter = 1e4

func solveScatter(residuals []exposed, target float64) float64 {
	pearson := func(scatter float64) float64 {
		total := 0.0
		for _, r := range residuals {
			total += (r.count - r.reach) * (r.count - r.reach) / (r.reach + scatter*r.reach*r.reach)
		}
		return total
	}
	low, high := 0.0, maxScatter
	if pearson(low) <= target {
		return low
	}
	for range 60 {
		middle := (low + high) / 2
		if pearson(middle) > target {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// shared is one draw of what all creators of the cohort share.
type shared struct {
	prior   rank.Prior
	scatter float64
}

func (m *rates) draw(s *stream, draw int) shared {
	s.at(m.key, draw, 0)
	prior := m.prior.Redraw(s.pcg)
	place := s.random.Float64() * (scatterLevels - 1)
	i := int(place)
	return shared{prior, m.scatter[i] + (place-float64(i))*(m.scatter[i+1]-m.scatter[i])}
}

// creator draws one creator's rate given what is shared.
func (m *rates) creator(s *stream, c shared, id byline.CreatorID, draw int) float64 {
	s.at(mix(m.key^keyOf("rate", string(id))), draw, 0)
	belief := c.prior.Belief
	if belief.Shape == rank.Gamma {
		own := m.weigh(id, belief.Mean(), c.scatter)
		belief.A += own.count
		belief.B += own.reach
	}
	return belief.Draw(s.pcg)
}

// post draws the events of one post.
func (m *rates) post(s *stream, c shared, rate, reach float64) float64 {
	expected := rate * reach
	if c.scatter > 0 && expected > 0 {
		expected *= distuv.Gamma{Alpha: 1 / c.scatter, Beta: 1 / c.scatter, Src: s.pcg}.Rand()
	}
	most := math.Floor(reach)
	if !(expected > 0) || most == 0 {
		return 0
	}
	return math.Min(most, distuv.Poisson{Lambda: math.Min(expected, 2*maxNumber), Src: s.pcg}.Rand())
}
