package main

import (
	"cmp"
	"maps"
	"slices"

	"github.com/bylinehq/byline"
)

// creatorRow is one creator's sums in one currency.
type creatorRow struct {
	Creator byline.CreatorID `json:"creator"`
	sums
}

// section is one currency of the report.
type section struct {
	Currency byline.Currency `json:"currency,omitempty"` // none: leads, sign-ups and the like
	Total    sums            `json:"total"`
	Nobody   sums            `json:"nobody"`
	Creators []creatorRow    `json:"creators"` // who earns most comes first
}

// sections are all currencies, the one of most orders first.
func (t *tally) sections(clicks bool) []section {
	list := make([]section, 0, len(t.purses))
	for c, p := range t.purses {
		s := section{Currency: c, Total: p.total.settle(c, clicks), Nobody: p.nobody.settle(c, clicks), Creators: []creatorRow{}}
		for id, sums := range p.creators {
			s.Creators = append(s.Creators, creatorRow{id, sums.settle(c, clicks)})
		}
		slices.SortFunc(s.Creators, func(a, b creatorRow) int {
			return cmp.Or(cmp.Compare(b.Earning.Minor(), a.Earning.Minor()), cmp.Compare(b.Orders, a.Orders), cmp.Compare(a.Creator, b.Creator))
		})
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b section) int {
		return cmp.Or(cmp.Compare(b.Total.Orders, a.Total.Orders), cmp.Compare(a.Currency, b.Currency))
	})
	return list
}

// creators are those that were credited with anything.
func (t *tally) creators() map[byline.CreatorID]bool {
	all := map[byline.CreatorID]bool{}
	for p := range maps.Values(t.purses) {
		for id := range p.creators {
			all[id] = true
		}
	}
	return all
}
