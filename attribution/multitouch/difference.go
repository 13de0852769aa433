package multitouch

import "github.com/bylinehq/byline"

// ModelPair names two models, of which B is taken from A.
type ModelPair struct {
	A string `json:"a"` // a Model's Name, as B
	B string `json:"b"`
}

// Difference is how sure it is what model A credits more than model B, or Refused says why
// there is no telling. Both credit the same drawing of journeys, so that a difference is
// surer than it looks by two intervals that overlap.
type Difference struct {
	ModelPair

	Refused *byline.RefusalError `json:"refused,omitempty"`
	// Answered is in how many replicates both models gave credit; the others do not count.
	Answered int `json:"answered,omitempty"`
	// ValueRefused says why there is a value and no interval of it.
	ValueRefused *byline.RefusalError `json:"value_refused,omitempty"`
	Channels     []ChannelDifference  `json:"channels,omitempty"` // in order of name
}

// ChannelDifference is what A credits to one channel more than B, below 0 where it is less.
type ChannelDifference struct {
	Channel     string        `json:"channel"`
	Conversions Interval      `json:"conversions"`
	Share       Interval      `json:"share"` // of all conversions
	Value       MoneyInterval `json:"value,omitzero"`
	// Above is the part of the replicates in which A credits more conversions; a draw counts
	// half.
	Above float64 `json:"above"`
	// Unseen says that A or B gave the channel nothing in any replicate; see
	// ChannelConfidence.Unseen. Where there is an upper end to what was not seen, it widens
	// the intervals of Conversions and Share on the side of that model. Value and Above know
	// nothing of it.
	Unseen bool `json:"unseen,omitempty"`
}

// Difference returns what one model credits more than another, of the pairs asked for.
func (c Confidence) Difference(a, b Model) (Difference, bool) {
	for _, d := range c.Differences {
		if d.A == a.Name() && d.B == b.Name() {
			return d, true
		}
	}
	return Difference{}, false
}

// Channel returns the difference of a channel, by its name.
func (d Difference) Channel(name string) (ChannelDifference, bool) {
	for _, c := range d.Channels {
		if c.Channel == name {
			return c, true
		}
	}
	return ChannelDifference{}, false
}

// Clear reports whether all of the interval of the conversions lies on one side of 0.
func (c ChannelDifference) Clear() bool { return c.Conversions.Low > 0 || c.Conversions.High < 0 }

// sides are the two models of a pair, by their places among those asked.
type sides struct{ a, b int }

func (d *draws) difference(c Confidence, pair ModelPair) Difference {
	made := Difference{ModelPair: pair}
	var at sides
	for i, result := range c.Results {
		if result.Model == pair.A {
			at.a = i
		}
		if result.Model == pair.B {
			at.b = i
		}
	}
	a, b := c.Results[at.a], c.Results[at.b]
	if made.Refused = first(a.Refused, b.Refused); made.Refused != nil {
		return made
	}
	replicates, why := enough("both models answered", d.models[at.a].answered, d.models[at.b].answered)
	if made.Refused = why; why != nil {
		return made
	}
	made.Answered = len(replicates)
	var valued []int
	if made.ValueRefused = first(a.ValueRefused, b.ValueRefused); made.ValueRefused == nil && d.shareValue(at) {
		valued, made.ValueRefused = enough("both models shared out the value", d.models[at.a].valued, d.models[at.b].valued)
	}
	for i := range a.Channels {
		channel := d.ofDifference(at, i, replicates)
		channel.Value = d.valueDifference(at, i, valued)
		channel.Unseen = a.Channels[i].Unseen || b.Channels[i].Unseen
		channel.widen(a.Channels[i], b.Channels[i])
		made.Channels = append(made.Channels, channel)
	}
	return made
}

func first(refusals ...*byline.RefusalError) *byline.RefusalError {
	for _, why := range refusals {
		if why != nil {
			return why
		}
	}
	return nil
}

func (d *draws) shareValue(at sides) bool {
	return sharesValue(d.point.Results[at.a]) && sharesValue(d.point.Results[at.b])
}

func (d *draws) ofDifference(at sides, channel int, replicates []int) ChannelDifference {
	drawnA, drawnB := d.models[at.a].conversions[channel], d.models[at.b].conversions[channel]
	counts, shares := make([]float64, len(replicates)), make([]float64, len(replicates))
	for i, r := range replicates {
		counts[i] = drawnA[r] - drawnB[r]
		shares[i] = counts[i] / float64(d.totals[r].Conversions)
	}
	a, b := d.point.Results[at.a].Credits[channel], d.point.Results[at.b].Credits[channel]
	return ChannelDifference{
		Channel:     a.Channel,
		Conversions: interval(a.Conversions-b.Conversions, counts, d.options.Level),
		Share:       interval(a.Share-b.Share, shares, d.options.Level),
		Above:       d.above(drawnA, drawnB, replicates),
	}
}

// valueDifference has no interval where a difference does not fit, which games that credit
// far more than there is can bring about.
func (d *draws) valueDifference(at sides, channel int, replicates []int) MoneyInterval {
	if replicates == nil {
		return MoneyInterval{}
	}
	a, b := d.point.Results[at.a].Credits[channel].Value, d.point.Results[at.b].Credits[channel].Value
	estimate, err := a.Sub(b)
	if err != nil {
		return MoneyInterval{}
	}
	amounts := make([]int64, len(replicates))
	for i, r := range replicates {
		amount, err := byline.Minor(d.models[at.a].values[channel][r], a.Currency()).Sub(byline.Minor(d.models[at.b].values[channel][r], a.Currency()))
		if err != nil {
			return MoneyInterval{}
		}
		amounts[i] = amount.Minor()
	}
	return moneyInterval(estimate, amounts, d.options.Level)
}

// widen makes room for what was not seen. The upper end of a side is 0 where there is none.
func (c *ChannelDifference) widen(a, b ChannelConfidence) {
	if a.Unseen {
		c.Conversions.High += a.Conversions.High
		c.Share.High += a.Share.High
	}
	if b.Unseen {
		c.Conversions.Low -= b.Conversions.High
		c.Share.Low -= b.Share.High
	}
}
