package main

import (
	"maps"
	"slices"

	"github.com/bylinehq/byline/contracts"
)

// priceTables say what rights cost.
type priceTables struct {
	Agreements map[contracts.AgreementID]contracts.RightsPrices `json:"agreements"`
	Otherwise  *contracts.RightsPrices                          `json:"otherwise"` // of agreements that are not named
}

// of is the table of an agreement.
func (p priceTables) of(id contracts.AgreementID) (contracts.RightsPrices, bool) {
	if table, ok := p.Agreements[id]; ok {
		return table, true
	}
	if p.Otherwise != nil {
		return *p.Otherwise, true
	}
	return contracts.RightsPrices{}, false
}

func (in *inventory) readPrices(s *source) {
	if s.name == "" {
		return
	}
	if err := strictly(s.text, &in.prices); err != nil {
		s.nest("", jsonFault(err))
		return
	}
	for _, id := range slices.Sorted(maps.Keys(in.prices.Agreements)) {
		s.nest("agreements."+string(id), in.prices.Agreements[id].Validate())
	}
	if in.prices.Otherwise != nil {
		s.nest("otherwise", in.prices.Otherwise.Validate())
	}
}
