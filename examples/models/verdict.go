package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline/attribution/multitouch"
)

const noDifference = 0.05 // conversions; less than it shows as 0.0

// verdict is the answer in one sentence.
func (r report) verdict() string {
	creators := r.creators()
	markov, _ := r.Comparison.Result(multitouch.Markov{}.Name())
	switch {
	case markov.Refused != nil:
		return "The Markov chain gives no credit here, so last touch stands unquestioned."
	case len(r.Standings) == 1:
		return fmt.Sprintf("Only %s was touched, so every model credits all conversions there.", r.Standings[0].Channel)
	case len(creators) == 0:
		return "No creator was touched."
	}
	sorted := byMore(creators)
	under, over := sorted[0], sorted[len(sorted)-1]
	isUnder, isOver := under.More >= noDifference, over.More <= -noDifference
	switch {
	case isUnder && isOver:
		return fmt.Sprintf("Against the exact Markov chain, last touch undervalues %s by %s conversions%s and overvalues %s by %s%s.",
			under.Channel, showNumber(under.More), r.between(under), over.Channel, showNumber(-over.More), r.between(over))
	case isUnder:
		return fmt.Sprintf("Against the exact Markov chain, last touch undervalues %s by %s conversions%s.", under.Channel, showNumber(under.More), r.between(under))
	case isOver:
		return fmt.Sprintf("Against the exact Markov chain, last touch overvalues %s by %s conversions%s.", over.Channel, showNumber(-over.More), r.between(over))
	}
	return "Last touch and the exact Markov chain agree on every creator."
}

// between is the interval of a difference in the words of the verdict, which counts what is
// missing and what is too much alike.
func (r report) between(s standing) string {
	more, known := r.moreOf(s.Channel)
	if !known {
		return ""
	}
	low, high := more.Conversions.Low, more.Conversions.High
	if s.More < 0 {
		low, high = -high, -low
	}
	return fmt.Sprintf(" (%s to %s)", showNumber(low), showNumber(high))
}

// remarks are the sentences below the verdict.
func (r report) remarks() []string {
	var said []string
	if r.Moved >= noDifference {
		text := fmt.Sprintf("Between the two, %s of %s conversions (%s) change hands", showNumber(r.Moved), showCount(r.Totals.Conversions), showPercent(r.Moved/float64(r.Totals.Conversions)))
		if r.hasValue() && !r.MovedValue.IsZero() {
			text += ", with " + showMoney(r.MovedValue) + " of value"
		}
		said = append(said, text+". "+r.certainty())
	}
	if widest, ok := r.widest(); ok && widest.Spread.Width() >= noDifference {
		s := widest.Spread
		said = append(said, fmt.Sprintf("The choice of model matters most for %s: %s conversions by %s, %s by %s, so %s depend on it.",
			s.Channel, showNumber(s.Low), lower(r.label(s.LowModel)), showNumber(s.High), lower(r.label(s.HighModel)), showNumber(s.Width())))
	}
	return said
}

// certainty says for whom the two models differ by more than chance.
func (r report) certainty() string {
	if r.Confidence.Confidence == nil {
		return "How much of it may be chance is not known."
	}
	var apart []string
	for _, s := range r.Standings {
		if s.Apart {
			apart = append(apart, s.Channel)
		}
	}
	if len(apart) == 0 {
		return fmt.Sprintf("Chance may explain it: all %s intervals of the differences hold 0.", showPercent(level))
	}
	return fmt.Sprintf("It is more than chance for %s, where the %s interval of the difference does not hold 0.", listed(apart, 6), showPercent(level))
}

// widest is the creator for whom most depends on the model.
func (r report) widest() (standing, bool) {
	creators := r.creators()
	if len(creators) == 0 {
		return standing{}, false
	}
	return slices.MaxFunc(creators, func(a, b standing) int { return cmp.Compare(a.Spread.Width(), b.Spread.Width()) }), true
}

func (r report) hasValue() bool { return !r.Totals.Value.IsZero() }

// byMore puts first who has the most more by the chain than by last touch.
func byMore(list []standing) []standing {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b standing) int { return cmp.Compare(b.More, a.More) })
	return list
}
