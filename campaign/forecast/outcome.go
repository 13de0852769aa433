package forecast

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Quantile is the value that is not exceeded with probability Level. Low and High hold the
// exact quantile of the model with 95% confidence: the error of the simulation, which more
// draws make smaller. Where the first or the last draw is one of them, for a level so far out
// that fewer than about four draws lie beyond it, the confidence is less. It says nothing of
// the error of the model.
type Quantile struct {
	Level float64 `json:"level"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Outcome is the distribution of a number, or the reason why there is none.
type Outcome struct {
	Quantiles []Quantile           `json:"quantiles,omitempty"` // by rising level
	Refused   *byline.RefusalError `json:"refused,omitempty"`
}

// At returns the value at a level that was asked for in [Options.Levels].
func (o Outcome) At(level float64) (float64, bool) {
	for _, q := range o.Quantiles {
		if q.Level == level {
			return q.Value, true
		}
	}
	return 0, false
}

// MoneyQuantile is a [Quantile] of an amount, rounded to whole minor units.
type MoneyQuantile struct {
	Level float64      `json:"level"`
	Value byline.Money `json:"value"`
	Low   byline.Money `json:"low"`
	High  byline.Money `json:"high"`
}

// MoneyOutcome is the distribution of an amount, or the reason why there is none.
type MoneyOutcome struct {
	Quantiles []MoneyQuantile      `json:"quantiles,omitempty"` // by rising level
	Refused   *byline.RefusalError `json:"refused,omitempty"`
}

// At returns the amount at a level that was asked for in [Options.Levels].
func (o MoneyOutcome) At(level float64) (byline.Money, bool) {
	for _, q := range o.Quantiles {
		if q.Level == level {
			return q.Value, true
		}
	}
	return byline.Money{}, false
}

// Chance is a probability found by simulation, with its standard error.
type Chance struct {
	Value float64 `json:"value"`
	Error float64 `json:"error"`
}

// quantilesOf sorts a copy of the draws. A quantile is a draw of its own, the smallest that
// at least that share of the draws does not exceed.
func quantilesOf(draws, levels []float64) []Quantile {
	sorted := slices.Clone(draws)
	slices.Sort(sorted)
	n := float64(len(sorted))
	at := func(rank float64) float64 { return sorted[int(math.Min(n, math.Max(1, math.Ceil(rank))))-1] }
	all := make([]Quantile, len(levels))
	for i, level := range levels {
		// The number of draws below the true quantile is binomial.
		half := 1.96 * math.Sqrt(n*level*(1-level))
		all[i] = Quantile{Level: level, Value: at(n * level), Low: at(n*level - half), High: at(n*level + half + 1)}
	}
	return all
}

func outcomeOf(draws, levels []float64, why *byline.RefusalError) Outcome {
	if why != nil {
		return Outcome{Refused: why}
	}
	return Outcome{Quantiles: quantilesOf(draws, levels)}
}

// maxMinor keeps amounts where floats are whole numbers.
const maxMinor = 1 << 53

func moneyOf(draws, levels []float64, c byline.Currency, why *byline.RefusalError) MoneyOutcome {
	if why != nil {
		return MoneyOutcome{Refused: why}
	}
	var o MoneyOutcome
	for _, q := range quantilesOf(draws, levels) {
		if q.High > maxMinor {
			return MoneyOutcome{Refused: refused("forecast.range", "the amounts are too large to forecast", 0, 0)}
		}
		o.Quantiles = append(o.Quantiles, MoneyQuantile{q.Level, rounded(q.Value, c), rounded(q.Low, c), rounded(q.High, c)})
	}
	return o
}

func rounded(minor float64, c byline.Currency) byline.Money {
	return byline.Minor(int64(math.Round(minor)), c)
}
