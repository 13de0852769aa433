package sentiment

import (
	"math"
	"strconv"
	"strings"
)

// Scores say how a text sounds, rounded as the reference rounds them.
type Scores struct {
	Negative float64 `json:"negative"` // the shares of the text, 0 to 1, to three decimals; they make
	Neutral  float64 `json:"neutral"`  // up one but for rounding, and are all 0 for a text without words
	Positive float64 `json:"positive"`
	Compound float64 `json:"compound"` // all of it, -1 to 1, to four decimals
	Words    int     `json:"words"`
	Known    int     `json:"known"` // words that the lexicon knows; where it is 0 the scores say nothing
}

// spread is the number by which the sum of all valences is brought between -1 and 1.
const spread = 15

// Scores gives all that the reference gives, and 0 where nothing is known, without a look
// at the language: [English.Valence] is the honest one. It takes O(n log n), and O(n)
// unless a text says "but" among very many equal words. Bytes that are not UTF-8 count as
// unknown letters.
func (e *English) Scores(text string) Scores {
	text = e.spell(text)
	words := e.split(text)
	s := Scores{Words: len(words)}
	for i := range words {
		if words[i].known {
			s.Known++
		}
	}
	if len(words) == 0 {
		return s
	}
	weigh(&s, e.valences(words), emphasis(text))
	return s
}

// weigh sums up. Emphasis goes to the side that is ahead.
func weigh(s *Scores, valences []float64, emphasis float64) {
	var sum, positive, negative, neutral float64
	for _, v := range valences {
		sum += v
		switch {
		case v > 0:
			positive += v + 1 // a neutral word counts 1
		case v < 0:
			negative += 1 - v
		default:
			neutral++
		}
	}
	sum += toward(sum, emphasis)
	switch {
	case positive > negative:
		positive += emphasis
	case positive < negative:
		negative += emphasis
	}
	total := positive + negative + neutral
	s.Compound = round(sum/math.Sqrt(sum*sum+spread), 4)
	s.Positive, s.Negative, s.Neutral = round(positive/total, 3), round(negative/total, 3), round(neutral/total, 3)
}

// toward gives an amount the sign of a number; 0 has none.
func toward(number, amount float64) float64 {
	switch {
	case number > 0:
		return amount
	case number < 0:
		return -amount
	}
	return 0
}

// emphasis is what the marks ! and ? add: each ! up to four of them, and ? from the second.
func emphasis(text string) float64 {
	added := 0.292 * float64(min(strings.Count(text, "!"), 4))
	switch asked := strings.Count(text, "?"); {
	case asked > 3:
		added += 0.96
	case asked > 1:
		added += 0.18 * float64(asked)
	}
	return added
}

// round goes by the decimals of the number as it is, half to even, where scaling up and
// down would make a half of what is none.
func round(x float64, decimals int) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', decimals, 64), 64)
	if err != nil || rounded == 0 {
		return 0 // and never a negative zero
	}
	return rounded
}
