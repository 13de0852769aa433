package main

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// assetFile is an element of the file of assets: an asset, and what it has brought where
// that is known.
type assetFile struct {
	contracts.Asset

	Views    byline.Measure `json:"views,omitzero"`
	Clicks   byline.Measure `json:"clicks,omitzero"`
	Orders   byline.Measure `json:"orders,omitzero"`
	NetSales byline.Money   `json:"net_sales"`
}

func (in *inventory) readAssets(s *source) {
	in.assets = map[contracts.AssetID]contracts.Asset{}
	for i, text := range s.elements() {
		var given assetFile
		if !s.element(i, text, &given) {
			continue
		}
		in.addAsset(s, at(i), given)
	}
}

func (in *inventory) addAsset(s *source, path string, given assetFile) {
	a := given.Asset
	if a.ID == "" {
		s.add(path+".id", "required", "a value is required")
		return
	}
	if _, twice := in.assets[a.ID]; twice {
		s.add(path+".id", "asset.twice", "this asset stands twice")
		return
	}
	for i, p := range a.Permissions {
		at := fmt.Sprintf("%s.permissions[%d]", path, i)
		if !p.Channel.NeedsPermission() {
			s.add(at+".channel", "oneof", "only "+string(contracts.ChannelSparkAd)+" and "+string(contracts.ChannelPartnershipAd)+" have a platform's permission")
		}
		if !p.Status.Known() {
			s.add(at+".status", "oneof", "pending, active, revoked or expired")
		}
		for j, m := range p.Markets {
			if !m.Known() {
				s.add(fmt.Sprintf("%s.markets[%d]", at, j), "market", "not an ISO 3166-1 country code")
			}
		}
	}
	in.assets[a.ID] = a
	in.results = append(in.results, contracts.AssetResult{Asset: a, Views: given.Views, Clicks: given.Clicks, Orders: given.Orders, NetSales: given.NetSales})
}

func (in *inventory) readReuse(s *source) {
	for i, text := range s.elements() {
		var given contracts.Reuse
		if s.element(i, text, &given) {
			in.reuse = append(in.reuse, given)
		}
	}
	if len(s.faults) > 0 {
		return // paths would count from what could be read
	}
	// Nobody has any rights here: the call says what is wrong with the plans alone.
	_, err := (*contracts.Rights)(nil).Repurpose(nil, in.reuse, contracts.RepurposeOptions{})
	for _, f := range byline.Nest("", err) {
		f.Path = strings.TrimPrefix(f.Path, "uses") // the file is the list
		s.faults = append(s.faults, f)
	}
}
