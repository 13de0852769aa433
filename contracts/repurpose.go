package contracts

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// AssetResult is what an asset has brought so far. A measure that is missing is missing,
// never 0.
type AssetResult struct {
	Asset    Asset          `json:"asset"`
	Views    byline.Measure `json:"views"`
	Clicks   byline.Measure `json:"clicks"`
	Orders   byline.Measure `json:"orders"`
	NetSales byline.Money   `json:"net_sales"` // the zero Money: not known; nothing sold is 0 of a currency
}

// RankBy is the one number by which assets are ranked.
type RankBy string

// What assets are ranked by, the highest first.
const (
	ByClickRate     RankBy = "click_rate"      // clicks for each view
	ByOrderRate     RankBy = "order_rate"      // orders for each click
	BySalesPerView  RankBy = "sales_per_view"  // net sales in minor units for each view
	BySalesPerClick RankBy = "sales_per_click" // net sales in minor units for each click
)

// Reuse is a planned use for which the best assets are looked for.
type Reuse struct {
	ID  string `json:"id"`
	Use Use    `json:"use"` // with its planned start and end
	By  RankBy `json:"rank_by"`
	// Currency is that of the net sales, where By is one of them: amounts are not compared
	// across currencies.
	Currency byline.Currency `json:"currency,omitempty"`
	// Sample is the least that a rate has to be of: views, or clicks. What is below is
	// refused, not ranked last. At least 1.
	Sample int64 `json:"sample"`
	// LeadDays are how long before the planned start a right has to be asked for, in days
	// of 24 hours.
	LeadDays int `json:"lead_days,omitempty"`
}

// RepurposeOptions are what the answer needs beside the results.
type RepurposeOptions struct {
	At time.Time // now
	// Prices is the caller's table for an asset, and false where there is none. Nil: no
	// price is known for any.
	Prices func(Asset) (RightsPrices, bool)
}

// ReuseList is the answer for one planned use.
type ReuseList struct {
	Reuse    Reuse            `json:"reuse"`
	Ranked   []ReuseCandidate `json:"ranked,omitempty"`
	Refused  []ReuseRefusal   `json:"refused,omitempty"` // by asset
	Findings []byline.Finding `json:"findings,omitempty"`
}

// ReuseCandidate is an asset that is worth using again.
type ReuseCandidate struct {
	Rank  int     `json:"rank"` // from 1; equal scores have equal ranks and stand by asset
	Asset AssetID `json:"asset"`
	Score float64 `json:"score"` // of Reuse.By
	Why   string  `json:"why"`   // the score in words, with the numbers it is made of
	// Permission says whether the use may run and until when: Permission.Until.
	Permission Permission `json:"permission"`
	// AskBy is when the missing right or platform permission has to be asked for; zero
	// where nothing is missing. Late says that this has passed.
	AskBy time.Time `json:"ask_by,omitzero"`
	Late  bool      `json:"late,omitempty"`
	// Draft is the right that is missing and its price, with the id "reuse/asset"; nil where the contract allows the
	// use and where no price is known, which Unpriced then says.
	Draft    *GrantDraft `json:"draft,omitempty"`
	Unpriced string      `json:"unpriced,omitempty"`
}

// ReuseRefusal says why an asset is not ranked: "repurpose.missing" for a number that is
// not known, "repurpose.sample" for too few views or clicks, "repurpose.impossible" for
// numbers that are negative, "repurpose.currency" for net sales in another currency than
// Reuse.Currency.
type ReuseRefusal struct {
	Asset   AssetID `json:"asset"`
	Code    string  `json:"code"`
	Message string  `json:"message"`
}

// Repurpose ranks assets for each planned use by how they did, and says for each whether
// the right is there, until when, what it would cost and by when to ask for it. The order
// of results has no part in it.
//
// The finding "repurpose.definitions" tells of numbers of different definitions in one
// ranking. Faults are reported all at once: "required" for an asset or a use without an
// id, a use without a channel, a market, a start or its end, a sample below 1 and a currency
// that a rank by net sales lacks; "repurpose.twice" for an
// asset or a use that stands twice; "repurpose.rank" for an unknown RankBy.
func (r *Rights) Repurpose(results []AssetResult, uses []Reuse, opts RepurposeOptions) ([]ReuseList, error) {
	if err := byline.Faults(append(resultFaults(results), reuseFaults(uses)...)); err != nil {
		return nil, err
	}
	results = slices.SortedFunc(slices.Values(results), func(a, b AssetResult) int { return cmp.Compare(a.Asset.ID, b.Asset.ID) })
	var lists []ReuseList
	for _, use := range uses {
		list := rankResults(results, use)
		for i := range list.Ranked {
			c := &list.Ranked[i]
			at, _ := slices.BinarySearchFunc(results, c.Asset, func(a AssetResult, id AssetID) int { return cmp.Compare(a.Asset.ID, id) })
			r.judge(c, results[at].Asset, use, opts)
		}
		lists = append(lists, list)
	}
	return lists, nil
}

// judge fills in what a candidate's use needs.
func (r *Rights) judge(c *ReuseCandidate, asset Asset, reuse Reuse, opts RepurposeOptions) {
	c.Permission = r.MayUse(asset, reuse.Use)
	if c.Permission.Allowed {
		return
	}
	c.AskBy = reuse.Use.At.Add(-time.Duration(reuse.LeadDays) * 24 * time.Hour)
	c.Late = opts.At.After(c.AskBy)
	if c.Permission.ByContract {
		return
	}
	prices, ok := RightsPrices{}, false
	if opts.Prices != nil {
		prices, ok = opts.Prices(asset)
	}
	if !ok {
		c.Unpriced = "there is no table of prices for it"
		return
	}
	draft, err := reuse.draft(asset, prices)
	if err != nil {
		c.Unpriced = err.Error()
		return
	}
	c.Draft = &draft
}

// draft is the narrowest grant that allows a use, priced. Its id is that of the planned
// use and the asset, so that one agreement can take several.
func (r Reuse) draft(asset Asset, prices RightsPrices) (GrantDraft, error) {
	u := r.Use
	g := Grant{
		ID: GrantID(url.PathEscape(r.ID) + "/" + url.PathEscape(string(asset.ID))), Assets: []AssetID{asset.ID}, Channels: []Channel{u.Channel},
		Term: Term{From: FromDate, Start: u.At, End: u.Until}, RawFootage: u.Raw,
	}
	if g.Territory.Markets = []byline.Market{u.Market}; u.Region != "" {
		g.Territory = Territory{Subdivisions: []string{u.Region}}
	}
	if u.Edit != "" {
		g.Edits = []Edit{u.Edit}
	}
	if u.Likeness != LikenessAsPosted {
		g.Likeness = []Likeness{u.Likeness}
	}
	if u.AI != "" {
		g.AI = []AIUse{u.AI}
	}
	if u.By != TheBrand {
		g.Sublicence = []Licensee{u.By}
	}
	holds := byline.Window{Start: u.At, End: u.Until}
	lines, price, err := prices.Price(g, holds)
	g.Fee = price
	return GrantDraft{Grant: g, Holds: holds, Lines: lines, Price: price}, err
}

// unplanned is what a planned use lacks.
func (u Use) unplanned() []*byline.FieldError {
	var faults faultList
	if u.Channel == "" {
		faults.add("channel", "required", "a value is required")
	}
	if !u.Market.Known() {
		faults.add("market", "required", "not an ISO 3166-1 country code")
	}
	if u.At.IsZero() {
		faults.add("at", "required", "a value is required")
	}
	if !u.Until.After(u.At) {
		faults.add("until", "required", "a planned use ends later than it starts")
	}
	return faults
}

func resultFaults(results []AssetResult) []*byline.FieldError {
	var faults faultList
	seen := map[AssetID]bool{}
	for i, result := range results {
		id := result.Asset.ID
		path := entryPath("results", i) + ".asset.id"
		switch {
		case id == "":
			faults.add(path, "required", "a value is required")
		case seen[id]:
			faults.add(path, "repurpose.twice", "this asset stands twice")
		}
		seen[id] = true
	}
	return faults
}

func reuseFaults(uses []Reuse) []*byline.FieldError {
	var faults faultList
	seen := map[string]bool{}
	for i, u := range uses {
		at := entryPath("uses", i) + "."
		if u.ID == "" {
			faults.add(at+"id", "required", "a value is required")
		} else if seen[u.ID] {
			faults.add(at+"id", "repurpose.twice", "this use stands twice")
		}
		seen[u.ID] = true
		faults = append(faults, byline.Nest(at+"use", byline.Faults(u.Use.unplanned()))...)
		if u.Sample < 1 {
			faults.add(at+"sample", "required", "say how many views or clicks are enough to tell, at least 1")
		}
		if u.By.ofSales() && !u.Currency.Known() {
			faults.add(at+"currency", "required", "say in which currency to compare net sales")
		}
		if !slices.Contains([]RankBy{ByClickRate, ByOrderRate, BySalesPerView, BySalesPerClick}, u.By) {
			faults.add(at+"rank_by", "repurpose.rank", "say what to rank by")
		}
	}
	return faults
}
