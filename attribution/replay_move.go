package attribution

import (
	"cmp"
	"slices"

	"github.com/bylinehq/byline"
)

type moveKey struct {
	currency byline.Currency
	from, to byline.CreatorID
}

// party is a creator, or nobody, with what an order gives them.
type party struct {
	creator byline.CreatorID
	change  int64 // B less A, in minor units
	a, b    bool  // credited by A, by B
}

// move counts what a changed order takes from whom and gives to whom.
func (c *replayCount) move(a, b *Decision) {
	parties := partiesOf(a, b)
	money := slices.ContainsFunc(parties, func(p party) bool { return p.change != 0 })
	if !money {
		weighCredits(parties)
	}
	losers := slices.DeleteFunc(slices.Clone(parties), func(p party) bool { return p.change >= 0 })
	gainers := slices.DeleteFunc(parties, func(p party) bool { return p.change <= 0 })
	for len(losers) > 0 && len(gainers) > 0 {
		from, to := &losers[0], &gainers[0]
		amount := min(-from.change, to.change)
		from.change += amount
		to.change -= amount
		if !money {
			amount = 0
		}
		c.moved(moveKey{a.Earning.Currency(), from.creator, to.creator}, amount)
		if from.change == 0 {
			losers = losers[1:]
		}
		if to.change == 0 {
			gainers = gainers[1:]
		}
	}
}

func (c *replayCount) moved(key moveKey, amount int64) {
	m := c.moves[key]
	if m == nil {
		m = &Move{Currency: key.currency, From: key.from, To: key.to, Amount: nothing(&Order{Currency: key.currency})}
		c.moves[key] = m
	}
	m.Amount = added(m.Amount, byline.Minor(amount, m.Amount.Currency()))
	m.Orders++
}

// partiesOf lists nobody and the creators that either decision credits, by id. Their
// changes sum to nothing: nobody has what is left of the larger base.
func partiesOf(a, b *Decision) []party {
	whole := max(a.Earning.Minor(), b.Earning.Minor())
	parties := []party{{a: len(a.Credits) == 0, b: len(b.Credits) == 0}}
	for _, credit := range a.Credits {
		p := partyOf(&parties, credit.Creator)
		p.change, p.a = p.change-credit.Earning.Minor()-credit.Held.Minor(), true
	}
	for _, credit := range b.Credits {
		p := partyOf(&parties, credit.Creator)
		p.change, p.b = p.change+credit.Earning.Minor()+credit.Held.Minor(), true
	}
	restA, restB := whole, whole
	for _, credit := range a.Credits {
		restA -= credit.Earning.Minor() + credit.Held.Minor()
	}
	for _, credit := range b.Credits {
		restB -= credit.Earning.Minor() + credit.Held.Minor()
	}
	parties[0].change = restB - restA
	slices.SortFunc(parties, func(a, b party) int { return cmp.Compare(a.creator, b.creator) })
	return parties
}

// partyOf returns the creator's place in the list, which it makes if need be.
func partyOf(parties *[]party, id byline.CreatorID) *party {
	i := slices.IndexFunc(*parties, func(p party) bool { return p.creator == id })
	if i < 0 {
		i = len(*parties)
		*parties = append(*parties, party{creator: id})
	}
	return &(*parties)[i]
}

// weighCredits is for orders in which no money moves: who is credited by A alone makes
// room for those that B alone credits.
func weighCredits(parties []party) {
	var lost, gained int64
	for _, p := range parties {
		if p.a && !p.b {
			lost++
		}
		if p.b && !p.a {
			gained++
		}
	}
	for i := range parties {
		switch p := &parties[i]; {
		case p.a && !p.b:
			p.change = -gained
		case p.b && !p.a:
			p.change = lost
		}
	}
}
