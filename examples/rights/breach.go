package main

import (
	"net/url"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// breachItem is a breach as the page shows it.
type breachItem struct {
	Number           int
	Now              bool
	ID               string
	URL              string
	Asset            contracts.AssetID
	Creator          byline.CreatorID
	Channel, Place   string
	Advertiser, Cost string
	From, Until, Lag string
	Why              string
	Mend             []string
	Codes            []string
	Sources          []byline.Rule
}

func newBreachItem(n int, b contracts.Breach, a contracts.AuditReport) breachItem {
	p := b.Placement
	item := breachItem{
		Number: n, Now: !b.From.After(a.At), ID: p.ID, URL: webAddress(p.URL), Asset: p.Asset.ID, Creator: p.Asset.Creator,
		Channel: channelWord(p.Use.Channel), Place: newRow(p).Place, Advertiser: p.Advertiser,
		From: showTime(b.From), Until: "no end", Mend: b.Permission.Remedies, Codes: b.Codes, Why: b.Permission.Why(),
	}
	if !b.Until.IsZero() {
		item.Until = showTime(b.Until)
	}
	if item.Now {
		item.Lag = "for " + distance(b.From, a.At)
	} else {
		item.Lag = "in " + distance(a.At, b.From)
	}
	if p.Cost != (byline.Money{}) {
		item.Cost = showMoney(p.Cost)
	}
	for _, f := range b.Permission.Findings {
		if f.Rule != nil {
			item.Sources = append(item.Sources, *f.Rule)
		}
	}
	return item
}

// webAddress is an address that a page may link to, "" for any other text.
func webAddress(text string) string {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// placementsOf counts placements, of which one can be in several breaches.
func placementsOf(breaches []contracts.Breach) int {
	ids := map[string]bool{}
	for _, b := range breaches {
		ids[b.Placement.ID] = true
	}
	return len(ids)
}

// gapsOf are the breaches in which a platform's permission is what is missing.
func gapsOf(breaches []contracts.Breach, channel contracts.Channel) []contracts.Breach {
	return slices.DeleteFunc(slices.Clone(breaches), func(b contracts.Breach) bool {
		return b.Placement.Use.Channel != channel || !slices.Contains(b.Codes, "rights.permission_gap")
	})
}

// costText sums what placements cost, and says of how many it is not known.
func costText(sums []byline.Money, unknown int) string {
	var parts []string
	for _, m := range sums {
		parts = append(parts, showMoney(m))
	}
	if unknown > 0 {
		parts = append(parts, plural(unknown, "placement", "placements")+" of unknown cost")
	}
	return strings.Join(parts, " and ")
}
