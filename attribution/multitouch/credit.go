package multitouch

import (
	"math"
	"math/big"
	"slices"

	"github.com/bylinehq/byline"
)

// Result is how one model shares out the conversions of all journeys. Either it holds a
// credit for each channel that was touched, in order of name, or Refused says why not.
type Result struct {
	Model   string               `json:"model"`
	Credits []AnalyticCredit     `json:"credits,omitempty"`
	Refused *byline.RefusalError `json:"refused,omitempty"`
	// ValueRefused says why the conversions are shared out and the value, which there is, is
	// not.
	ValueRefused *byline.RefusalError `json:"value_refused,omitempty"`

	Chain *Chain `json:"chain,omitempty"` // of Markov
	Game  *Game  `json:"game,omitempty"`  // of Shapley
}

// AnalyticCredit is what a model makes of one channel. It is an analyst's view and never
// the ground of a payment.
//
// Conversions of all channels sum to Totals.Conversions exactly, in any order, because
// they are rounded to a common unit of at most 2^-52 of the whole (where some are below
// zero, as long as all without their signs sum to less than 2^53); so do Values, to the
// minor unit, by the largest remainder. A model whose game or chain allows it gives
// negative credit, and that is what is reported.
type AnalyticCredit struct {
	Channel     string       `json:"channel"`
	Conversions float64      `json:"conversions"`
	Share       float64      `json:"share"` // of the conversions, before any rounding to a common unit
	Value       byline.Money `json:"value"`
	ValueShare  float64      `json:"value_share,omitempty"` // 0 where all values cancel out
	// Raw is the model's own figure before it is scaled to the conversions: the removal
	// effect of a chain, the Shapley value of a game. Of a rule it is the conversions.
	Raw float64 `json:"raw"`
	// RawValue is the same for the value, where the model has one of its own.
	RawValue float64 `json:"raw_value,omitempty"`
	// StandardError is that of Share where it was sampled, and 0 where it is exact.
	StandardError float64 `json:"standard_error,omitempty"`
}

// Credit returns the credit of a channel, and false where the model has none for it.
func (r Result) Credit(channel string) (AnalyticCredit, bool) {
	i, ok := slices.BinarySearchFunc(r.Credits, channel, func(c AnalyticCredit, name string) int {
		switch {
		case c.Channel < name:
			return -1
		case c.Channel > name:
			return 1
		}
		return 0
	})
	if !ok {
		return AnalyticCredit{}, false
	}
	return r.Credits[i], true
}

func refused(model, code, message string) Result {
	return Result{Model: model, Refused: &byline.RefusalError{Code: code, Message: message}}
}

// shared turns shares of the conversions and of the value, each summing to 1 but for
// rounding, into credits. valueShares is nil where there is no value to share out.
func (s *standing) shared(shares, valueShares []float64) []AnalyticCredit {
	credits := make([]AnalyticCredit, len(s.channels))
	conversions := exactParts(float64(s.totals.Conversions), shares)
	for i, name := range s.channels {
		credits[i] = AnalyticCredit{Channel: name, Conversions: conversions[i], Share: shares[i]}
	}
	if valueShares != nil {
		for i, minor := range apportion(s.totals.Value.Minor(), valueShares) {
			credits[i].Value = byline.Minor(minor, s.totals.Value.Currency())
			credits[i].ValueShare = valueShares[i]
		}
	}
	return credits
}

// hasValue reports whether a journey has a value. All together may have none.
func (s *standing) hasValue() bool { return s.turnover != 0 }

// exactParts returns total times each share, rounded to a common unit so that floating
// point adds the parts up to total without a further rounding. What rounding leaves over
// goes, a unit each, to the largest remainders, and of equal ones to the first.
func exactParts(total float64, shares []float64) []float64 {
	parts := make([]float64, len(shares))
	absolute, negative := 0.0, false
	for i, share := range shares {
		parts[i] = share * total
		absolute += math.Abs(parts[i])
		negative = negative || parts[i] < 0
	}
	most := total // what is positive sums to no more on the way
	if negative {
		most = max(total, absolute)
	}
	_, exponent := math.Frexp(most)
	units := make([]int64, len(parts))
	remainders := make([]float64, len(parts))
	left := int64(math.Ldexp(total, 53-exponent))
	for i, p := range parts {
		scaled := math.Ldexp(p, 53-exponent)
		floor := math.Floor(scaled)
		units[i], remainders[i] = int64(floor), scaled-floor
		left -= units[i]
	}
	handOut(units, left, remainders)
	for i, u := range units {
		parts[i] = math.Ldexp(float64(u), exponent-53)
	}
	return parts
}

// apportion splits a total into whole parts by the largest remainder. Shares may be
// negative, and sum to 1 but for rounding.
func apportion(total int64, shares []float64) []int64 {
	units := make([]int64, len(shares))
	remainders := make([]float64, len(shares))
	left := total
	whole := new(big.Rat).SetInt64(total)
	for i, share := range shares {
		part := new(big.Rat).SetFloat64(share)
		part.Mul(part, whole)
		floor := new(big.Int).Div(part.Num(), part.Denom()) // Euclidean, and the denominator is positive
		rest, _ := part.Sub(part, new(big.Rat).SetInt(floor)).Float64()
		units[i], remainders[i] = floor.Int64(), rest
		left -= units[i]
	}
	handOut(units, left, remainders)
	return units
}

// handOut adds left to the units, one each to the largest remainders, round after round;
// a negative left takes from the smallest. Who has nothing neither gets nor gives, unless
// nobody has anything.
func handOut(units []int64, left int64, remainders []float64) {
	if len(units) == 0 || left == 0 {
		return
	}
	var order []int
	for i, u := range units {
		if u != 0 || left > 0 && remainders[i] != 0 {
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		order = append(order, 0)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case remainders[a] > remainders[b]:
			return -1
		case remainders[a] < remainders[b]:
			return 1
		}
		return 0
	})
	step := int64(1)
	if left < 0 {
		slices.Reverse(order)
		left, step = -left, -1
	}
	n := int64(len(order))
	for i, at := range order {
		units[at] += step * (left / n)
		if int64(i) < left%n {
			units[at] += step
		}
	}
}
