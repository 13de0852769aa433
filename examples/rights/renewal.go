package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// renewal is a grant that ends soon, drafted anew from its end on for as long again.
type renewal struct {
	Agreement contracts.AgreementID `json:"agreement"`
	Version   int                   `json:"version"`
	Grant     contracts.GrantID     `json:"grant"`
	Creator   byline.CreatorID      `json:"creator"`
	Assets    []contracts.AssetID   `json:"assets"` // whose right ends soon
	Stops     []string              `json:"stops,omitempty"`
	Basis     *basis                `json:"basis,omitempty"`
	Draft     *contracts.GrantDraft `json:"draft,omitempty"`
	Unpriced  string                `json:"unpriced,omitempty"` // why there is no draft

	since, until time.Time // of the term that ends
}

// basis says how a price was made; a draft does not.
type basis struct {
	Order    contracts.PriceOrder `json:"order"`
	BasePaid bool                 `json:"base_paid,omitempty"`
}

type grantKey struct {
	agreement contracts.AgreementID
	version   int
	grant     contracts.GrantID
}

// renewals drafts each grant once that ends soon for any asset, from the first end on.
func (in inventory) renewals(endings []ending) []renewal {
	byGrant := map[grantKey]int{}
	var list []renewal
	for _, e := range endings { // in the order of their ends
		if e.Kind != contracts.GrantEnds {
			continue
		}
		key := grantKey{e.Agreement, e.Version, e.Grant}
		i, met := byGrant[key]
		if !met {
			i = len(list)
			byGrant[key] = i
			list = append(list, renewal{Agreement: e.Agreement, Version: e.Version, Grant: e.Grant, Creator: e.Creator, since: e.Since, until: e.Until})
		}
		list[i].Assets = append(list[i].Assets, e.Asset)
		list[i].Stops = append(list[i].Stops, e.Stops...)
	}
	for i := range list {
		in.draft(&list[i])
	}
	// What stops a placement comes first.
	slices.SortStableFunc(list, func(a, b renewal) int { return cmp.Compare(min(len(b.Stops), 1), min(len(a.Stops), 1)) })
	return list
}

func (in inventory) draft(r *renewal) {
	prices, ok := in.prices.of(r.Agreement)
	if !ok {
		r.Unpriced = "there is no table of prices for it"
		return
	}
	a := in.agreements[slices.IndexFunc(in.agreements, func(a agreement) bool {
		return a.terms.ID == r.Agreement && a.terms.Version == r.Version
	})]
	g := a.terms.Grants[slices.IndexFunc(a.terms.Grants, func(g contracts.Grant) bool { return g.ID == r.Grant })]
	draft, err := contracts.Renew(g, contracts.Renewal{ID: g.ID + "-renewed", Start: r.until, Since: r.since, Zone: a.Location(), Prices: prices})
	if err != nil {
		r.Unpriced = err.Error()
		return
	}
	r.Basis, r.Draft = &basis{prices.Order, prices.BasePaid}, &draft
}
