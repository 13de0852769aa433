package contracts

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Placement is a place where an asset runs, has run or is planned to run.
type Placement struct {
	ID    string `json:"id"`
	Asset Asset  `json:"asset"`
	// Use says how. It starts at Use.At; a zero Use.Until means that no end is planned, not
	// that it is an instant.
	Use        Use          `json:"use"`
	URL        string       `json:"url,omitempty"`
	Advertiser string       `json:"advertiser,omitempty"` // as the platform calls the account that runs it
	Cost       byline.Money `json:"cost"`                 // what this placement alone spends; the zero Money: not known
}

// planned is from when until when a placement runs.
func (p Placement) planned() byline.Window {
	return byline.Window{Start: p.Use.At, End: p.Use.Until}
}

// Breach is a stretch of time in which a placement runs without the right to.
type Breach struct {
	Placement Placement `json:"placement"`
	From      time.Time `json:"from"`
	Until     time.Time `json:"until,omitzero"` // when the right sets in or the placement ends; zero: it goes on
	// Permission is the answer to the placement's use from From on, or from the audit's
	// instant on where the breach is older, until Until: it says why.
	Permission Permission `json:"permission"`
	Codes      []string   `json:"codes"` // why in short: of the nearest grant, and "rights.permission_gap"
}

// AuditReport is what an inventory of placements comes to at an instant.
type AuditReport struct {
	At         time.Time `json:"at"`
	Placements int       `json:"placements"`
	Running    int       `json:"running"` // of them at At
	// Now are the breaches that are on, ToCome those that will be when nothing changes: a
	// running placement whose right ends before it, a planned one that has none. Both are
	// ordered by From and then by the placement's id.
	Now    []Breach `json:"now,omitempty"`
	ToCome []Breach `json:"to_come,omitempty"`
	Costs  Costs    `json:"costs"`
	// Unchecked are the placements that are not over and have a right of which something
	// could not be checked, by the placement's id.
	Unchecked []Unchecked `json:"unchecked,omitempty"`
}

// Unchecked is what could not be checked of a placement from the audit's instant on: a
// "rights.cap_unchecked" for each cap of which nobody said how much is used.
type Unchecked struct {
	Placement Placement        `json:"placement"`
	Findings  []byline.Finding `json:"findings"`
}

// Costs are sums of Placement.Cost, one per currency in the currencies' order. Unknown
// counts placements without one: a cost that nobody gave is not zero.
type Costs struct {
	Now           []byline.Money `json:"now,omitempty"`
	NowUnknown    int            `json:"now_unknown,omitempty"`
	ToCome        []byline.Money `json:"to_come,omitempty"` // of placements that are not among Now
	ToComeUnknown int            `json:"to_come_unknown,omitempty"`
}

// Audit checks an inventory of placements against the rights as they are known at an
// instant. What ended before at is not looked at. All faults are reported at once:
// "required" for a placement without an id or a start, "audit.placement_twice",
// "audit.order" for one that ends before it starts; costs that cannot be summed are
// "money.range". It refuses no more than that: of what else [Placement.Validate] finds,
// such as a channel that nobody knows, the report says that it is not granted.
func (r *Rights) Audit(placements []Placement, at time.Time) (AuditReport, error) {
	if err := auditFaults(placements); err != nil {
		return AuditReport{}, err
	}
	report := AuditReport{At: at, Placements: len(placements)}
	for _, p := range placements {
		if p.planned().Contains(at) {
			report.Running++
		}
		if findings := r.unchecked(p, at); len(findings) > 0 {
			report.Unchecked = append(report.Unchecked, Unchecked{Placement: p, Findings: findings})
		}
		for _, breach := range r.breaches(p, at) {
			if breach.From.After(at) {
				report.ToCome = append(report.ToCome, breach)
			} else {
				report.Now = append(report.Now, breach)
			}
		}
	}
	slices.SortFunc(report.Now, compareBreaches)
	slices.SortFunc(report.ToCome, compareBreaches)
	slices.SortFunc(report.Unchecked, func(a, b Unchecked) int { return cmp.Compare(a.Placement.ID, b.Placement.ID) })
	if err := report.sum(); err != nil {
		return AuditReport{}, err
	}
	return report, nil
}

func auditFaults(placements []Placement) error {
	var faults faultList
	seen := map[string]bool{}
	for i, p := range placements {
		at := entryPath("", i)
		switch {
		case p.ID == "":
			faults.add(at+".id", "required", "a value is required")
		case seen[p.ID]:
			faults.add(at+".id", "audit.placement_twice", "this placement stands twice")
		}
		seen[p.ID] = true
		if p.Use.At.IsZero() {
			faults.add(at+".use.at", "required", "a value is required")
		}
		if p.planned().Empty() {
			faults.add(at+".use.until", "audit.order", "the placement ends before it starts")
		}
	}
	return byline.Faults(faults)
}

// breaches are the stretches of a placement that end after at and have no right.
func (r *Rights) breaches(p Placement, at time.Time) []Breach {
	var list []Breach
	for _, gap := range joinSpans([]byline.Window{p.planned()}).subtract(r.runs(p.Asset, p.Use)) {
		if gap.Before(at) {
			continue
		}
		use := p.Use
		use.At, use.Until = gap.Start, gap.End
		if use.At.Before(at) {
			use.At = at
		}
		permission := r.MayUse(p.Asset, use)
		list = append(list, Breach{Placement: p, From: gap.Start, Until: gap.End, Permission: permission, Codes: denialCodes(permission)})
	}
	return list
}

// runs are the stretches in which a use is allowed by contract and platform.
func (r *Rights) runs(asset Asset, use Use) spans {
	contract, platform := r.Windows(asset, use)
	return spans(contract).intersect(platform)
}

// unchecked is what cannot be checked of a placement from at on.
func (r *Rights) unchecked(p Placement, at time.Time) []byline.Finding {
	left := p.planned().Intersect(byline.Window{Start: at})
	if left.Empty() {
		return nil
	}
	fit := r.fitting(p.Asset, p.Use)
	return uncounted(fit, carrier(fit, p.Asset, left.Start), p.Asset, p.Use, left)
}

func compareBreaches(a, b Breach) int {
	return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Placement.ID, b.Placement.ID))
}

// sum adds up costs, each placement once.
func (a *AuditReport) sum() error {
	counted := map[string]bool{}
	var err error
	if a.Costs.Now, a.Costs.NowUnknown, err = breachCosts(a.Now, counted); err != nil {
		return err
	}
	a.Costs.ToCome, a.Costs.ToComeUnknown, err = breachCosts(a.ToCome, counted)
	return err
}

func breachCosts(breaches []Breach, counted map[string]bool) (sums []byline.Money, unknown int, err error) {
	for _, b := range breaches {
		cost := b.Placement.Cost
		switch {
		case counted[b.Placement.ID]:
			continue
		case cost == byline.Money{}:
			unknown++
		default:
			if sums, err = addCost(sums, cost); err != nil {
				return nil, 0, err
			}
		}
		counted[b.Placement.ID] = true
	}
	return sums, unknown, nil
}

// addCost adds an amount to the sum of its currency.
func addCost(sums []byline.Money, m byline.Money) ([]byline.Money, error) {
	i, found := slices.BinarySearchFunc(sums, m.Currency(), func(s byline.Money, c byline.Currency) int { return cmp.Compare(s.Currency(), c) })
	if !found {
		return slices.Insert(sums, i, m), nil
	}
	sum, err := sums[i].Add(m)
	sums[i] = sum
	return sums, err
}
