package attribution

import (
	"cmp"
	"slices"

	"github.com/bylinehq/byline"
)

// credits turns the winning evidence into shares and splits both amounts by them.
func (r *review) credits(sold, earning byline.Money) []Credit {
	credits := []Credit{}
	at := map[owner]int{}
	for _, w := range r.winners() {
		i, known := at[w.owner()]
		if !known {
			i = len(credits)
			at[w.owner()] = i
			credits = append(credits, Credit{Creator: w.Creator, Campaign: w.Campaign, By: w.Kind})
		}
		credits[i].Evidence = append(credits[i].Evidence, w.Evidence)
		// The bound matters for malformed orders only; others keep below it.
		credits[i].Share.Num += min(max(w.Discount.Minor(), 0), maxMinor)
	}
	for _, c := range r.clicks {
		// A click that won does not corroborate itself.
		if i, known := at[c.owner()]; known && c.Reason == ReasonClickCorroborates && credits[i].By == ByCode {
			credits[i].Corroborated = true
		}
	}
	slices.SortFunc(credits, func(a, b Credit) int {
		return cmp.Or(cmp.Compare(a.Creator, b.Creator), cmp.Compare(a.Campaign, b.Campaign))
	})
	for i := range credits {
		slices.Sort(credits[i].Evidence)
	}
	share(credits, sold, earning)
	return credits
}

// share splits what was sold by what each creator's codes took off, and what earns by
// what each then sold, so that nobody earns on more than their part. Where no code took
// anything off, or a click won, the parts are equal.
//
// Among three creators or more, a refund can move one minor unit from one to another,
// as largest remainders do when the whole changes.
func share(credits []Credit, sold, earning byline.Money) {
	if len(credits) == 0 {
		return
	}
	weights := make([]int64, len(credits))
	var total, divisor int64
	for i, c := range credits {
		weights[i] = c.Share.Num
		total += c.Share.Num
		divisor = greatestCommon(divisor, c.Share.Num)
	}
	if total == 0 {
		total, divisor = int64(len(credits)), 1
		for i := range weights {
			weights[i] = 1
		}
	}
	soldParts := split(sold, weights)
	soldWeights := slices.Clone(weights)
	if sold.Sign() > 0 {
		for i, part := range soldParts {
			soldWeights[i] = part.Minor()
		}
	}
	earningParts := split(earning, soldWeights)
	for i := range credits {
		credits[i].Share = Share{weights[i] / divisor, total / divisor}
		credits[i].Sold, credits[i].Earning = soldParts[i], earningParts[i]
	}
}

// split cannot fail: the weights are bounded, not negative and not all zero.
func split(m byline.Money, weights []int64) []byline.Money {
	parts, err := m.Split(weights...)
	if err != nil {
		return make([]byline.Money, len(weights))
	}
	return parts
}

func greatestCommon(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
