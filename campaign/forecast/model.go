package forecast

import (
	"cmp"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// model is everything learnt from a history, with the draws of what is shared.
type model struct {
	options  Options
	cohorts  map[cohort]*learnt
	value    *levels
	noValue  *byline.RefusalError
	values   []common
	currency byline.Currency
	stream   *stream
}

// learnt is one cohort's part. A refusal stands where there is no model.
type learnt struct {
	reach       *levels
	noReach     *byline.RefusalError
	clicks      *rates
	noClicks    *byline.RefusalError
	sales       *rates
	noSales     *byline.RefusalError
	reaches     []common
	clickRates  []shared
	saleRates   []shared
	posts       []Post
	definitions [3]string // of reach, clicks and conversions
}

// learn fits the cohorts that are asked for to a history that is in order.
func learn(history []Post, wanted []cohort, o Options) *model {
	m := &model{options: o, cohorts: map[cohort]*learnt{}, stream: newStream(o.Seed)}
	for _, c := range wanted {
		m.cohorts[c] = &learnt{}
	}
	for _, p := range history {
		if l := m.cohorts[p.cohort()]; l != nil {
			l.posts = append(l.posts, p)
		}
		if m.currency == "" {
			m.currency = p.Revenue.Currency()
		}
	}
	for c, l := range m.cohorts {
		l.fit(c, o)
		l.drawShared(m.stream, o.Draws)
	}
	m.learnValue(history)
	return m
}

func (m *model) learnValue(history []Post) {
	byCreator := slices.Clone(history)
	slices.SortStableFunc(byCreator, func(a, b Post) int { return cmp.Compare(a.CreatorID, b.CreatorID) })
	if m.value, m.noValue = valueModel(byCreator, m.options); m.noValue != nil {
		return
	}
	m.values = make([]common, m.options.Draws)
	for d := range m.values {
		m.values[d] = m.value.draw(m.stream, d)
	}
}

func (l *learnt) fit(of cohort, o Options) {
	l.reach, l.noReach = reachModel(of, l.posts, o)
	l.clicks, l.noClicks = fitRates("clicks", of, l.posts, clickMeasure, o)
	l.sales, l.noSales = fitRates("conversions", of, l.posts, conversionMeasure, o)
	for i, measure := range []func(Post) byline.Measure{reachMeasure, clickMeasure, conversionMeasure} {
		l.definitions[i], _ = oneDefinition("", of, l.posts, measure) // its refusal stands above
	}
}

func (l *learnt) drawShared(s *stream, draws int) {
	l.reaches = drawEach(draws, l.noReach == nil, func(d int) common { return l.reach.draw(s, d) })
	l.clickRates = drawEach(draws, l.noClicks == nil, func(d int) shared { return l.clicks.draw(s, d) })
	l.saleRates = drawEach(draws, l.noSales == nil, func(d int) shared { return l.sales.draw(s, d) })
}

func drawEach[T any](draws int, known bool, draw func(int) T) []T {
	if !known {
		return nil
	}
	all := make([]T, draws)
	for d := range all {
		all[d] = draw(d)
	}
	return all
}

// sample is a line's draws, in the order of the draws. What is refused is nil.
type sample struct {
	reach, clicks, sales, revenue []float64
	noClicks, noSales, noRevenue  *byline.RefusalError
}

// simulate draws a line whose cohort has a model of reach.
func (m *model) simulate(l Line) sample {
	known := m.cohorts[l.cohort()]
	n := m.options.Draws
	s := sample{reach: make([]float64, n), noClicks: known.noClicks, noSales: known.noSales, noRevenue: cmp.Or(known.noSales, m.noValue)}
	s.clicks, s.sales, s.revenue = room(n, s.noClicks), room(n, s.noSales), room(n, s.noRevenue)
	for d := range n {
		m.simulateDraw(l, known, s, d)
	}
	return s
}

func room(n int, refused *byline.RefusalError) []float64 {
	if refused != nil {
		return nil
	}
	return make([]float64, n)
}

// simulateDraw takes each post from a place of the stream of its own, so that one more post
// changes nothing of the others and only adds.
func (m *model) simulateDraw(l Line, known *learnt, s sample, d int) {
	var clickRate, saleRate, value float64
	level := known.reach.creator(m.stream, known.reaches[d], l.CreatorID, d)
	if s.clicks != nil {
		clickRate = known.clicks.creator(m.stream, known.clickRates[d], l.CreatorID, d)
	}
	if s.sales != nil {
		saleRate = known.sales.creator(m.stream, known.saleRates[d], l.CreatorID, d)
	}
	if s.revenue != nil {
		value = m.value.creator(m.stream, m.values[d], l.CreatorID, d)
	}
	key := keyOf("post", string(l.Platform), l.Format, string(l.CreatorID))
	for j := range l.Posts {
		m.stream.at(key, d, j+1)
		deviation := math.Sqrt(known.reaches[d].within) * m.stream.random.NormFloat64()
		reach := math.Min(maxNumber, math.Max(0, math.Expm1(level+deviation)))
		s.reach[d] += reach
		if s.clicks != nil {
			s.clicks[d] += known.clicks.post(m.stream.at(key+1, d, j+1), known.clickRates[d], clickRate, reach)
		}
		if s.sales == nil {
			continue
		}
		sold := known.sales.post(m.stream.at(key+2, d, j+1), known.saleRates[d], saleRate, reach)
		s.sales[d] += sold
		if s.revenue != nil && sold > 0 {
			m.stream.at(key+3, d, j+1)
			s.revenue[d] += sold * math.Exp(math.Min(maxLogValue, value+math.Sqrt(m.values[d].within)*m.stream.random.NormFloat64()))
		}
	}
}

// maxLogValue keeps the value of a conversion below 1e12 minor units. A history beyond it is
// refused.
const maxLogValue = 27.6
