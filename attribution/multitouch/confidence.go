package multitouch

import (
	"cmp"
	"fmt"
	"math"
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
}

// ModelConfidence is how sure the credits of one model are, or Refused says why there is
// no telling.
type ModelConfidence struct {
	Model   string               `json:"model"`
	Refused *byline.RefusalError `json:"refused,omitempty"`
	// Answered is in how many replicates the model gave credit; the others do not count.
	Answered int                 `json:"answered,omitempty"`
	Channels []ChannelConfidence `json:"channels,omitempty"` // in order of name
	// Order holds each channel with the one that has the next most credit, the most first.
	Order []OrderConfidence `json:"order,omitempty"`
}

// ChannelConfidence is how sure the credit of one channel is.
type ChannelConfidence struct {
	Channel     string        `json:"channel"`
	Conversions Interval      `json:"conversions"`
	Share       Interval      `json:"share"` // of the conversions; in a replicate, of those drawn
	Value       MoneyInterval `json:"value,omitzero"`
	// InTop is the part of the replicates in which less than Confidence.Top channels have
	// more conversions.
	InTop float64 `json:"in_top"`
}

// Interval is a number, the ends between which Confidence.Level of the replicates lie,
// and their standard deviation, which is the number's standard error.
type Interval struct {
	Estimate      float64 `json:"estimate"`
	Low           float64 `json:"low"`
	High          float64 `json:"high"`
	StandardError float64 `json:"standard_error"`
}

// MoneyInterval is an Interval of an amount, to the minor unit.
type MoneyInterval struct {
	Estimate      byline.Money `json:"estimate"`
	Low           byline.Money `json:"low"`
	High          byline.Money `json:"high"`
	StandardError byline.Money `json:"standard_error"`
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
	for m, result := range d.point.Results {
		c.Results = append(c.Results, d.ofModel(result, &d.models[m]))
	}
	return c
}

func (d *draws) ofModel(result Result, drawn *modelDraws) ModelConfidence {
	if result.Refused != nil {
		return ModelConfidence{Model: result.Model, Refused: result.Refused}
	}
	var replicates []int
	for r, ok := range drawn.answered {
		if ok {
			replicates = append(replicates, r)
		}
	}
	of, need := len(drawn.answered), len(drawn.answered)-len(drawn.answered)/20
	if len(replicates) < need {
		message := fmt.Sprintf("the model answered only %d of %d replicates", len(replicates), of)
		return ModelConfidence{Model: result.Model, Refused: &byline.RefusalError{Code: "bootstrap.unstable", Message: message, Have: float64(len(replicates)), Need: float64(need)}}
	}
	m := ModelConfidence{Model: result.Model, Answered: len(replicates)}
	for i, credit := range result.Credits {
		m.Channels = append(m.Channels, d.ofChannel(credit, drawn.conversions[i], drawn.values[i], replicates))
	}
	drawn.inTop(m.Channels, replicates, d.options.Top)
	m.Order = drawn.order(result.Credits, replicates)
	return m
}

func (d *draws) ofChannel(credit AnalyticCredit, conversions []float64, values []int64, replicates []int) ChannelConfidence {
	n := len(replicates)
	counts, shares, amounts := make([]float64, n), make([]float64, n), make([]int64, n)
	for i, r := range replicates {
		counts[i], amounts[i] = conversions[r], values[r]
		shares[i] = conversions[r] / float64(d.totals[r].Conversions)
	}
	c := ChannelConfidence{
		Channel:     credit.Channel,
		Conversions: interval(credit.Conversions, counts, d.options.Level),
		Share:       interval(credit.Share, shares, d.options.Level),
	}
	if d.point.Totals.Value.Minor() != 0 {
		c.Value = moneyInterval(credit.Value, amounts, d.options.Level)
	}
	return c
}

// tailSize is which of n replicates, counted from either end, is the end of an interval.
func tailSize(n int, level float64) int {
	const rounding = 1e-9
	return int(float64(n+1)*(1-level)/2 + rounding)
}

// interval sorts the replicates.
func interval(estimate float64, drawn []float64, level float64) Interval {
	slices.Sort(drawn)
	tail := max(1, tailSize(len(drawn), level))
	return Interval{Estimate: estimate, Low: drawn[tail-1], High: drawn[len(drawn)-tail], StandardError: deviation(drawn)}
}

// moneyInterval sorts the replicates.
func moneyInterval(estimate byline.Money, drawn []int64, level float64) MoneyInterval {
	slices.Sort(drawn)
	floats := make([]float64, len(drawn))
	for i, v := range drawn {
		floats[i] = float64(v)
	}
	tail := max(1, tailSize(len(drawn), level))
	amount := func(minor int64) byline.Money { return byline.Minor(minor, estimate.Currency()) }
	return MoneyInterval{
		Estimate: estimate, Low: amount(drawn[tail-1]), High: amount(drawn[len(drawn)-tail]),
		StandardError: amount(int64(math.Round(deviation(floats)))),
	}
}

func deviation(values []float64) float64 {
	n := float64(len(values))
	if n < 2 {
		return 0
	}
	mean := 0.0
	for _, v := range values {
		mean += v / n
	}
	squares := 0.0
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares / (n - 1))
}

func (m *modelDraws) inTop(channels []ChannelConfidence, replicates []int, top int) {
	last := min(top, len(channels))
	at := make([]float64, len(channels))
	for _, r := range replicates {
		for c := range channels {
			at[c] = m.conversions[c][r]
		}
		slices.SortFunc(at, func(a, b float64) int { return cmp.Compare(b, a) })
		for c := range channels {
			if m.conversions[c][r] >= at[last-1] {
				channels[c].InTop++
			}
		}
	}
	for c := range channels {
		channels[c].InTop /= float64(len(replicates))
	}
}

func (m *modelDraws) order(credits []AnalyticCredit, replicates []int) []OrderConfidence {
	ranked := make([]int, len(credits))
	for i := range ranked {
		ranked[i] = i
	}
	slices.SortStableFunc(ranked, func(a, b int) int { return cmp.Compare(credits[b].Conversions, credits[a].Conversions) })
	var pairs []OrderConfidence
	for i := 1; i < len(ranked); i++ {
		above, below := ranked[i-1], ranked[i]
		held := 0.0
		for _, r := range replicates {
			switch cmp.Compare(m.conversions[above][r], m.conversions[below][r]) {
			case 1:
				held++
			case 0:
				held += 0.5
			}
		}
		pairs = append(pairs, OrderConfidence{Above: credits[above].Channel, Below: credits[below].Channel, Held: held / float64(len(replicates))})
	}
	return pairs
}
