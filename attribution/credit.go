package attribution

import (
	"cmp"
	"slices"

	"github.com/bylinehq/byline"
)

// credits turns the winning evidence into shares and splits both amounts by them.
func (r *review) credits(sold, earning byline.Money) []Credit {
	credits := []Credit{}
	for _, w := range r.winners() {
		weight := w.Discount.Minor()
		i := slices.IndexFunc(credits, func(c Credit) bool { return c.Creator == w.Creator && c.Campaign == w.Campaign })
		if i < 0 {
			credits = append(credits, Credit{Creator: w.Creator, Campaign: w.Campaign, By: w.Kind})
			i = len(credits) - 1
		}
		credits[i].Evidence = append(credits[i].Evidence, w.Evidence)
		credits[i].Share.Num += max(weight, 0)
	}
	slices.SortFunc(credits, func(a, b Credit) int {
		return cmp.Or(cmp.Compare(a.Creator, b.Creator), cmp.Compare(a.Campaign, b.Campaign))
	})
	for i := range credits {
		slices.Sort(credits[i].Evidence)
		credits[i].Corroborated = r.corroborated(credits[i])
	}
	share(credits, sold, earning)
	return credits
}

// corroborated reports whether a click agrees; a click never corroborates itself.
func (r *review) corroborated(c Credit) bool {
	return c.By == ByCode && slices.ContainsFunc(r.clicks, func(e Candidate) bool {
		return e.Reason == ReasonClickCorroborates && e.Creator == c.Creator && e.Campaign == c.Campaign
	})
}

// share splits both amounts by what each creator's codes took off. Where no code took
// anything off, or a click won, the parts are equal.
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
	soldParts, errSold := sold.Split(weights...)
	earningParts, errEarning := earning.Split(weights...)
	for i := range credits {
		credits[i].Share = Share{weights[i] / divisor, total / divisor}
		if errSold == nil && errEarning == nil {
			credits[i].Sold, credits[i].Earning = soldParts[i], earningParts[i]
		}
	}
}

func greatestCommon(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
