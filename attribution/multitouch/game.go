package multitouch

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Game is what a game found besides the credit.
type Game struct {
	Variant Variant `json:"variant"`
	Players int     `json:"players"` // how many channels were touched
	// Exact is false where orders of the players were sampled. Then Samples says how many,
	// and each credit has its StandardError.
	Exact   bool `json:"exact"`
	Samples int  `json:"samples,omitempty"`
	// GrandValue is v of all players together: a rate of SubsetRate and MarkovGame, and the
	// conversions of the other variants.
	GrandValue float64 `json:"grand_value"`
	// Gap is how far the sum of all phi is from GrandValue: rounding alone.
	Gap float64 `json:"gap"`
	// Sets is how many sets of channels converted, and so had a game of their own, and
	// NegativeSets in how many of them a member has less than nothing. JourneyRate and
	// JourneyRateOrdered alone have them.
	Sets         int `json:"sets,omitempty"`
	NegativeSets int `json:"negative_sets,omitempty"`
	// Positions is the credit of OrderedPosition by place, in order of channel and place.
	Positions []PositionCredit `json:"positions,omitempty"`
}

// PositionCredit is the credit that a channel has from journeys whose touch at Position,
// counted from 1, was its first.
type PositionCredit struct {
	Channel     string       `json:"channel"`
	Position    int          `json:"position"`
	Conversions float64      `json:"conversions"` // sums to those of the channel, but for rounding
	Value       byline.Money `json:"value"`       // sums to that of the channel
}

// cancelled is below which part of their absolute sum the sum of Shapley values is noise.
const cancelled = 1e-9

// played holds the Shapley values of all channels.
type played struct {
	phi      []float64 // of conversions
	valuePhi []float64 // of minor units, nil where there is no value
	errors   []float64 // the standard errors of phi, nil where they are exact
	game     Game
}

// credit scales Shapley values to the totals.
func (s *standing) credit(model string, p played) Result {
	if !slices.ContainsFunc(p.valuePhi, func(phi float64) bool { return phi != 0 }) {
		p.valuePhi = nil
	}
	shares, sum := proportions(p.phi)
	if shares == nil {
		return refused(model, "shapley.cancelled", "the Shapley values cancel each other, so there is nothing to share out by")
	}
	valueShares, _ := proportions(p.valuePhi)
	var valueRefused *byline.RefusalError
	if p.valuePhi != nil && !fit(valueShares, s.totals.Value) {
		valueRefused = &byline.RefusalError{Code: "shapley.value", Message: "the Shapley values of the value cancel each other, so there is nothing to share it out by"}
		p.valuePhi, valueShares = nil, nil
	}
	p.game.Gap = math.Abs(sum - p.game.GrandValue)
	credits := s.shared(shares, valueShares)
	for i := range credits {
		credits[i].Raw = p.phi[i]
		if p.valuePhi != nil {
			credits[i].RawValue = p.valuePhi[i]
		}
		if p.errors != nil {
			credits[i].StandardError = p.errors[i] / math.Abs(sum)
		}
	}
	return Result{Model: model, Credits: credits, ValueRefused: valueRefused, Game: &p.game}
}

// fit reports whether shares of a value have room in Money. What is not above the whole
// has.
func fit(shares []float64, whole byline.Money) bool {
	return shares != nil && !slices.ContainsFunc(shares, func(share float64) bool {
		return math.Abs(share) > 1 && math.Abs(share*float64(whole.Minor())) > 1<<62
	})
}

// proportions divides values by their sum, and returns nil where they cancel.
func proportions(values []float64) (shares []float64, sum float64) {
	var signed, absolute accurate
	for _, v := range values {
		signed.add(v)
		absolute.add(math.Abs(v))
	}
	sum = signed.value()
	if !(math.Abs(sum) > cancelled*absolute.value()) {
		return nil, sum
	}
	shares = make([]float64, len(values))
	for i, v := range values {
		shares[i] = v / sum
	}
	return shares, sum
}

// accurate sums floating-point numbers and keeps what each addition rounds off
// (Neumaier, 1974).
type accurate struct{ sum, rest float64 }

func (a *accurate) add(v float64) {
	sum := a.sum + v
	if math.Abs(a.sum) >= math.Abs(v) {
		a.rest += (a.sum - sum) + v
	} else {
		a.rest += (v - sum) + a.sum
	}
	a.sum = sum
}

func (a *accurate) value() float64 { return a.sum + a.rest }
