package multitouch

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// Confidence says how sure the credits of several models are. See [Journeys.Bootstrap].
type Confidence struct {
	Totals     Totals            `json:"totals"`
	Seed       uint64            `json:"seed"`
	Replicates int               `json:"replicates"`
	Level      float64           `json:"level"`
	Top        int               `json:"top"`
	Results    []ModelConfidence `json:"results"` // in the order of the models asked for
	// Differences holds an answer for each of BootstrapOptions.Pairs, in their order.
	Differences []Difference `json:"differences,omitempty"`
}

// ModelConfidence is how sure the credits of one model are, or Refused says why there is
// no telling.
type ModelConfidence struct {
	Model   string               `json:"model"`
	Refused *byline.RefusalError `json:"refused,omitempty"`
	// Answered is in how many replicates the model gave credit; the others do not count.
	Answered int `json:"answered,omitempty"`
	// ValueRefused says why there is a value and no interval of it: the model's own
	// refusal, or "bootstrap.unstable".
	ValueRefused *byline.RefusalError `json:"value_refused,omitempty"`
	Channels     []ChannelConfidence  `json:"channels,omitempty"` // in order of name
	// Order holds each channel with the one that has the next most credit, the most first.
	Order []OrderConfidence `json:"order,omitempty"`
}

// ChannelConfidence is how sure the credit of one channel is.
type ChannelConfidence struct {
	Channel     string   `json:"channel"`
	Conversions Interval `json:"conversions"`
	Share       Interval `json:"share"` // of the conversions; in a replicate, of those drawn
	// Value is the zero MoneyInterval where the journeys have no value in all, and where
	// ModelConfidence.ValueRefused says why the model shares none out.
	Value MoneyInterval `json:"value,omitzero"`
	// InTop is the chance of a place among the first Confidence.Top by conversions. Channels
	// that draw for the last places have an equal part of them, so that all chances sum to
	// Top at most. Who has no credit has no place.
	InTop float64 `json:"in_top"`
	// Unseen says that no replicate gave the channel anything, as must be where none of its
	// journeys converted: what was not seen is never drawn. A model that splits each journey
	// by itself, which are the rules, [Custom], [SetSum] and [OrderedPosition], credits at most the journeys in
	// which a channel is. Then Conversions.High is the upper end of a Poisson mean of which
	// 0 were seen, which is -ln((1-Level)/2), 3.69 at 0.95, and Share.High that of Clopper
	// and Pearson, 1-((1-Level)/2)^(1/n) of n conversions. In all other models, and of Value
	// and all standard errors, 0 says nothing of how much it may be.
	Unseen bool `json:"unseen,omitempty"`
}

// OrderConfidence is how sure it is that one channel has more conversions than another.
type OrderConfidence struct {
	Above string `json:"above"`
	Below string `json:"below"`
	// Held is the part of the replicates in which Above had more; a draw counts half.
	Held float64 `json:"held"`
}

// Result returns how sure a model is, by its name.
func (c Confidence) Result(model string) (ModelConfidence, bool) {
	for _, r := range c.Results {
		if r.Model == model {
			return r, true
		}
	}
	return ModelConfidence{}, false
}

// Channel returns how sure the credit of a channel is, by its name.
func (m ModelConfidence) Channel(name string) (ChannelConfidence, bool) {
	i, ok := slices.BinarySearchFunc(m.Channels, name, func(c ChannelConfidence, name string) int { return cmp.Compare(c.Channel, name) })
	if !ok {
		return ChannelConfidence{}, false
	}
	return m.Channels[i], true
}

func (d *draws) confidence() Confidence {
	o := d.options
	c := Confidence{Totals: d.point.Totals, Seed: o.Seed, Replicates: o.Replicates, Level: o.Level, Top: o.Top}
	for m := range d.point.Results {
		c.Results = append(c.Results, d.ofModel(m))
	}
	for _, pair := range o.Pairs {
		c.Differences = append(c.Differences, d.difference(c, pair))
	}
	return c
}

// enough lists the replicates in which all of these hold, or refuses where they are less
// than 19 of 20.
func enough(what string, held ...[]bool) ([]int, *byline.RefusalError) {
	var replicates []int
	of := len(held[0])
	for r := range of {
		if !slices.ContainsFunc(held, func(h []bool) bool { return !h[r] }) {
			replicates = append(replicates, r)
		}
	}
	if need := of - of/20; len(replicates) < need {
		message := fmt.Sprintf("%s only in %d of %d replicates", what, len(replicates), of)
		return nil, &byline.RefusalError{Code: "bootstrap.unstable", Message: message, Have: float64(len(replicates)), Need: float64(need)}
	}
	return replicates, nil
}

func (d *draws) ofModel(at int) ModelConfidence {
	result, drawn := d.point.Results[at], &d.models[at]
	m := ModelConfidence{Model: result.Model, Refused: result.Refused}
	if m.Refused != nil {
		return m
	}
	replicates, why := enough("the model answered", drawn.answered)
	if why != nil {
		m.Refused = why
		return m
	}
	m.Answered = len(replicates)
	valued, why := d.valued(at)
	m.ValueRefused = why
	for i, credit := range result.Credits {
		c := d.ofChannel(credit, drawn.conversions[i], replicates)
		if valued != nil {
			c.Value = moneyInterval(credit.Value, pick(drawn.values[i], valued), d.options.Level)
		}
		if c.Unseen && drawn.counts {
			c.Conversions.High, c.Share.High = unseenCount(d.options.Level), unseenShare(d.options.Level, d.point.Totals.Conversions)
		}
		m.Channels = append(m.Channels, c)
	}
	d.inTop(drawn, m.Channels, replicates)
	m.Order = d.order(drawn, result.Credits, replicates)
	return m
}

// valued lists the replicates in which a model shared out the value, or says why there are
// too few; both are nil where there is no value to share out.
func (d *draws) valued(at int) ([]int, *byline.RefusalError) {
	if why := d.point.Results[at].ValueRefused; why != nil {
		return nil, why
	}
	if !sharesValue(d.point.Results[at]) {
		return nil, nil
	}
	return enough("the model shared out the value", d.models[at].answered, d.models[at].valued)
}

// sharesValue reports whether a result holds credit of the value.
func sharesValue(r Result) bool { return len(r.Credits) > 0 && r.Credits[0].Value.Currency() != "" }

func (d *draws) ofChannel(credit AnalyticCredit, drawn []float64, replicates []int) ChannelConfidence {
	counts := pick(drawn, replicates)
	shares := make([]float64, len(replicates))
	for i, r := range replicates {
		shares[i] = counts[i] / float64(d.totals[r].Conversions)
	}
	return ChannelConfidence{
		Channel:     credit.Channel,
		Unseen:      credit.Conversions == 0 && !slices.ContainsFunc(counts, func(n float64) bool { return n != 0 }),
		Conversions: interval(credit.Conversions, counts, d.options.Level),
		Share:       interval(credit.Share, shares, d.options.Level),
	}
}

// pick returns a copy of what the replicates gave.
func pick[T any](drawn []T, replicates []int) []T {
	picked := make([]T, len(replicates))
	for i, r := range replicates {
		picked[i] = drawn[r]
	}
	return picked
}

// same is by how much of all conversions two credits differ at most that are one: what
// rounding to a common unit, or a chain's residual, sets between them decides no place.
const same = 1e-12

// tie is how far apart two credits of a replicate are that count as one.
func (d *draws) tie(replicate int) float64 { return same * float64(d.totals[replicate].Conversions) }

func (d *draws) inTop(drawn *modelDraws, channels []ChannelConfidence, replicates []int) {
	last := min(d.options.Top, len(channels))
	at := make([]float64, len(channels))
	for _, r := range replicates {
		for c := range channels {
			at[c] = drawn.conversions[c][r]
		}
		slices.SortFunc(at, func(a, b float64) int { return cmp.Compare(b, a) })
		tie := d.tie(r)
		cut, above, drawing := at[last-1], 0, 0
		for ; above < len(at) && at[above] > cut+tie; above++ {
		}
		for ; above+drawing < len(at) && at[above+drawing] >= cut-tie; drawing++ {
		}
		for c := range channels {
			switch n := drawn.conversions[c][r]; {
			case n <= tie || n < cut-tie:
			case n > cut+tie:
				channels[c].InTop++
			default:
				channels[c].InTop += float64(last-above) / float64(drawing)
			}
		}
	}
	for c := range channels {
		channels[c].InTop /= float64(len(replicates))
	}
}

func (d *draws) order(drawn *modelDraws, credits []AnalyticCredit, replicates []int) []OrderConfidence {
	ranked := make([]int, len(credits))
	for i := range ranked {
		ranked[i] = i
	}
	slices.SortStableFunc(ranked, func(a, b int) int { return cmp.Compare(credits[b].Conversions, credits[a].Conversions) })
	var pairs []OrderConfidence
	for i := 1; i < len(ranked); i++ {
		above, below := ranked[i-1], ranked[i]
		pairs = append(pairs, OrderConfidence{Above: credits[above].Channel, Below: credits[below].Channel, Held: d.above(drawn.conversions[above], drawn.conversions[below], replicates)})
	}
	return pairs
}

// above is the part of the replicates in which a is more than b; a draw counts half.
func (d *draws) above(a, b []float64, replicates []int) float64 {
	held := 0.0
	for _, r := range replicates {
		switch more := a[r] - b[r]; {
		case more > d.tie(r):
			held++
		case more >= -d.tie(r):
			held += 0.5
		}
	}
	return held / float64(len(replicates))
}
