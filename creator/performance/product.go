package performance

import (
	"math"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/rank"
	"github.com/bylinehq/byline/creator"
)

// product is the contribution per post: orders per post times contribution per order, which
// are taken as independent given the truth. Nobody needs to know which order came from which
// post. Who posted and sold nothing takes the contribution per order from its prior, and
// little hangs on it.
func product(i int, orders, value *beliefs) creator.Reading {
	out, often := orders.reading(i)
	each, much := value.reading(i)
	at := out.Value.At()
	definition := ContributionPerPost + "=[" + orders.definition + "]*[" + value.definition + "];v1"
	out.Metric = ContributionPerPost
	for _, f := range each.Findings {
		if f.Code == "performance.prior_only" {
			out.Findings = append(out.Findings, f)
		}
	}
	for j := range out.Findings {
		out.Findings[j].Path = ContributionPerPost
	}
	soldNothing := orders.reader.tallies[i].orders == 0 && value.prior != nil && value.refusal == nil
	if much == nil && soldNothing {
		belief := value.widened(value.prior.Belief)
		much = &belief
	}
	switch {
	case often == nil:
		out.Value = byline.Missing(out.Value.Missing(), definition, at)
		return out
	case much == nil:
		out.Value, out.Refusal = byline.Missing(each.Value.Missing(), definition, at), each.Refusal
		out.Low, out.High, out.Level = nil, nil, 0
		return out
	}
	out.Value = byline.Known(often.Mean()*much.Mean(), definition, at)
	tail := (1 - orders.reader.level) / 2
	out.Low, out.High, out.Level = nil, nil, 0
	if p, ok := newMixture(*often, *much); ok {
		orders.reader.bound(&out, p.quantile(tail), p.quantile(1-tail))
	}
	return out
}

// nodes are how many equally probable rates stand for the distribution of a rate, and
// halvings how often a quantile is narrowed down: enough for three digits.
const nodes, halvings = 48, 36

// mixture is the distribution of a rate times a value.
type mixture struct {
	rates     [nodes]float64
	value     rank.Belief
	low, high float64
}

func newMixture(rate, value rank.Belief) (*mixture, bool) {
	m := &mixture{value: value}
	for i := range m.rates {
		x, err := rate.Quantile((float64(i) + .5) / nodes)
		if err != nil {
			return nil, false
		}
		m.rates[i] = math.Max(x, math.SmallestNonzeroFloat32)
	}
	reach := math.Abs(value.Mean()) + 10*value.SD() + math.SmallestNonzeroFloat32
	m.high = m.rates[nodes-1] * reach
	m.low = -m.high
	return m, !math.IsInf(m.high, 0) && !math.IsNaN(m.high)
}

func (m *mixture) cdf(x float64) float64 {
	total := 0.0
	for _, rate := range m.rates {
		total += m.value.CDF(x / rate)
	}
	return total / nodes
}

func (m *mixture) quantile(p float64) float64 {
	low, high := m.low, m.high
	for range halvings {
		middle := low + (high-low)/2
		if m.cdf(middle) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
