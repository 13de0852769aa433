package contracts_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// sale is a decided order with what it is worth line by line, without the shop's part of
// the story.
type sale struct {
	decision  attribution.Decision
	breakdown attribution.Breakdown
}

// goods is one line of a sale.
type goods struct {
	product    string
	sold, kept int64
	tax        int64
	quantity   int64
	left       int64
	delivered  time.Time
}

// sell makes a sale that ada brought alone.
func sell(id byline.OrderID, placed time.Time, lines ...goods) sale {
	return shared(id, placed, 1, 1, lines...)
}

// shared makes a sale of which ada brought num of den, and bruno the rest.
func shared(id byline.OrderID, placed time.Time, num, den int64, lines ...goods) sale {
	var s sale
	var sold, kept int64
	for i, g := range lines {
		sold, kept = sold+g.sold, kept+g.kept
		taxKept := int64(0)
		if g.sold > 0 {
			taxKept = g.tax * g.kept / g.sold
		}
		quantity := max(g.quantity, 1)
		left := g.left
		if g.quantity == 0 && g.kept > 0 {
			left = 1
		}
		s.breakdown.Lines = append(s.breakdown.Lines, attribution.LineSales{
			Line: strconv.Itoa(i), Product: g.product, Quantity: quantity, Kept: left, DeliveredAt: g.delivered,
			Net: attribution.Part{Sold: eur(g.sold), Kept: eur(g.kept)}, Tax: attribution.Part{Sold: eur(g.tax), Kept: eur(taxKept)},
		})
	}
	s.breakdown.Sales = attribution.Sales{Sold: eur(sold), Returned: eur(sold - kept), Kept: eur(kept)}
	d := attribution.Decision{
		Order: id, PlacedAt: placed, Policy: "byline/1", Standing: attribution.StandingEarning,
		Sold: eur(sold), Returned: eur(sold - kept), Earning: eur(kept),
	}
	credits := []attribution.Credit{{Creator: "ada", Campaign: "autumn", Share: attribution.Share{Num: num, Den: den}}}
	if num < den {
		credits = append(credits, attribution.Credit{Creator: "bruno", Campaign: "autumn", Share: attribution.Share{Num: den - num, Den: den}})
	}
	weights := []int64{num, den - num}[:len(credits)]
	soldParts, _ := d.Sold.Split(weights...)
	if sold > 0 {
		weights = nil
		for _, part := range soldParts {
			weights = append(weights, part.Minor())
		}
	}
	keptParts, _ := d.Earning.Split(weights...)
	for i := range credits {
		credits[i].Sold, credits[i].Earning = soldParts[i], keptParts[i]
	}
	d.Credits = credits
	s.decision = d
	return s
}

// standing takes what the order would earn to nothing, as a decision does.
func (s sale) standing(why attribution.Standing) sale {
	s.decision.Standing = why
	s.decision.Earning = eur(0)
	s.decision.Credits = slices.Clone(s.decision.Credits)
	for i := range s.decision.Credits {
		s.decision.Credits[i].Earning = eur(0)
	}
	return s
}

func (s sale) options(at time.Time) *contracts.EarnOptions {
	return &contracts.EarnOptions{At: at, Breakdown: func() (attribution.Breakdown, error) { return s.breakdown, nil }}
}

// randomSale is one of an order's states; the goods are the same in all of them.
func randomSale(rng *rand.Rand, id byline.OrderID, placed time.Time, lines []goods) sale {
	now := slices.Clone(lines)
	for i := range now {
		now[i].kept, now[i].left = now[i].sold, now[i].quantity
		if rng.IntN(3) == 0 {
			now[i].left = rng.Int64N(now[i].quantity + 1)
			now[i].kept = now[i].sold * now[i].left / now[i].quantity
		}
		if rng.IntN(2) == 0 {
			now[i].delivered = placed.Add(time.Duration(rng.IntN(20*24)) * time.Hour)
		}
	}
	s := sell(id, placed, now...)
	switch rng.IntN(8) {
	case 0:
		return s.standing(attribution.StandingUnpaid)
	case 1:
		return s.standing(attribution.StandingRefunded)
	}
	return s
}

func randomGoods(rng *rand.Rand) []goods {
	lines := make([]goods, 1+rng.IntN(3))
	for i := range lines {
		lines[i] = goods{
			product: []string{"serum", "sofa", "mug"}[rng.IntN(3)], sold: rng.Int64N(40000), tax: rng.Int64N(2000), quantity: 1 + rng.Int64N(4),
		}
	}
	return lines
}
