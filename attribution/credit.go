package attribution

import (
	"slices"

	"github.com/bylinehq/byline"
)

// credits turns the winning evidence into shares and splits both amounts by them.
func (r *review) credits(sold, earning byline.Money) []Credit {
	var room [few]part
	parts := room[:0]
	for i := range r.leads {
		if w := &r.leads[i]; w.won {
			parts = addPart(parts, w)
		}
	}
	slices.SortFunc(parts, func(a, b part) int { return compareOwners(a.owner, b.owner) })
	credits := make([]Credit, len(parts))
	for i, p := range parts {
		credits[i] = Credit{Creator: p.owner.creator, Campaign: p.owner.campaign, By: p.by, Evidence: r.evidence(p)}
		credits[i].Corroborated = r.traced && !p.by.isTouch() && r.corroborated(p.owner)
	}
	share(credits, parts, sold, earning)
	for i, p := range parts {
		if p.held {
			credits[i].OnHold, credits[i].Held = true, credits[i].Earning
			credits[i].Earning = byline.Minor(0, earning.Currency())
		}
	}
	return credits
}

// part is what one owner's winning evidence comes to.
type part struct {
	owner  owner
	by     EvidenceKind
	weight int64
	pieces int
	held   bool
}

func addPart(parts []part, w *lead) []part {
	i := slices.IndexFunc(parts, func(p part) bool { return p.owner == w.owner })
	if i < 0 {
		i = len(parts)
		parts = append(parts, part{owner: w.owner, by: w.kind})
	}
	p := &parts[i]
	if kindRank(w.kind) < kindRank(p.by) {
		p.by = w.kind
	}
	p.weight += w.weight
	p.pieces++
	p.held = p.held || w.held
	return parts
}

func (r *review) evidence(p part) []string {
	evidence := make([]string, 0, p.pieces)
	for i := range r.leads {
		if l := &r.leads[i]; l.won && l.owner == p.owner {
			evidence = append(evidence, l.evidence)
		}
	}
	slices.Sort(evidence)
	return slices.Compact(evidence)
}

func (r *review) corroborated(o owner) bool {
	return slices.ContainsFunc(r.leads, func(l lead) bool { return l.reason == ReasonClickCorroborates && l.owner == o })
}

// share splits what was sold by the weights, and what earns by what each then sold, so
// that nobody earns on more than their part.
//
// Among three creators or more, a refund can move one minor unit from one to another,
// as largest remainders do when the whole changes.
func share(credits []Credit, parts []part, sold, earning byline.Money) {
	if len(parts) == 1 {
		credits[0].Share, credits[0].Sold, credits[0].Earning = Share{1, 1}, sold, earning
		return
	}
	weights := make([]int64, len(parts))
	var total, divisor int64
	for i, p := range parts {
		weights[i] = p.weight
		total += p.weight
		divisor = greatestCommon(divisor, p.weight)
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
