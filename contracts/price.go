package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// RightsPrices is a caller's table of what rights cost: a base and what is added to it.
// Byline has no prices of its own; published ones differ by a factor of two to four.
type RightsPrices struct {
	// Base is what the add-ons are taken of, such as the creator's fee for the work.
	Base byline.Money `json:"base"`
	// BasePaid leaves the base out of the price: it was paid with the work.
	BasePaid bool       `json:"base_paid,omitempty"`
	Order    PriceOrder `json:"order"`
	AddOns   []AddOn    `json:"add_ons"` // in the order in which they are taken
}

// PriceOrder says what an add-on's rate is taken of. There is no default: the two differ
// by real money.
type PriceOrder string

// Orders of operation. A base of 1,000 with 30 % and 25 % is 1,550 Additive and 1,625
// Compounded.
const (
	Additive   PriceOrder = "additive"   // each of the base
	Compounded PriceOrder = "compounded" // each of the base with the add-ons before it
)

// AddOn is a rate for some grants. Each field that is set narrows it; one without any is
// for all grants.
type AddOn struct {
	ID        string    `json:"id"`
	Rate      Rate      `json:"rate"`
	Channels  []Channel `json:"channels,omitempty"` // a grant for any of them, counted once
	Edits     []Edit    `json:"edits,omitempty"`    // a grant with any of them
	Exclusive bool      `json:"exclusive,omitempty"`
	Worldwide bool      `json:"worldwide,omitempty"`
	Raw       bool      `json:"raw,omitempty"`
	Likeness  bool      `json:"likeness,omitempty"`  // a grant with more than LikenessAsPosted
	AI        bool      `json:"ai,omitempty"`        // a grant with any AIUse
	Others    bool      `json:"others,omitempty"`    // a grant to others than the brand
	Perpetual bool      `json:"perpetual,omitempty"` // a grant without end
	// FromDays and ToDays are the length of the term, both inclusive, in days of 24 hours,
	// rounded to the nearest one so that a change of the clocks counts for nothing. 0: no
	// limit. A grant without end is of no length: with either set it does not match.
	FromDays int `json:"from_days,omitempty"`
	ToDays   int `json:"to_days,omitempty"`
}

// PriceLine is one item of a price.
type PriceLine struct {
	ID     string       `json:"id"`             // "base", or the add-on's
	Rate   Rate         `json:"rate,omitempty"` // of Of
	Of     byline.Money `json:"of,omitzero"`
	Amount byline.Money `json:"amount"`
}

// Price prices a grant that holds for a window, of which an open end is without end: the
// add-ons that match it, on the base. Each line is rounded half away from zero to the
// minor unit, and the amount is the sum of the lines, exactly.
//
// Faults of the table are reported all at once: "price.base" for a base that is negative
// or in no ISO 4217 currency, "price.order", "price.rate" for a negative one,
// "price.twice" for two add-ons of one id or one that is called base, and "required" for one without. A grant that no
// add-on matches has no price, which is not one of zero: "price.unpriced".
func (p RightsPrices) Price(g Grant, holds byline.Window) ([]PriceLine, byline.Money, error) {
	if err := p.Validate(); err != nil {
		return nil, byline.Money{}, err
	}
	total := p.Base
	var lines []PriceLine
	for _, a := range p.AddOns {
		if !a.matches(g, holds) {
			continue
		}
		of := p.Base
		if p.Order == Compounded {
			of = total
		}
		amount, err := a.Rate.Of(of)
		if err != nil {
			return nil, byline.Money{}, err
		}
		if total, err = total.Add(amount); err != nil {
			return nil, byline.Money{}, err
		}
		lines = append(lines, PriceLine{ID: a.ID, Rate: a.Rate, Of: of, Amount: amount})
	}
	if len(lines) == 0 {
		return nil, byline.Money{}, &byline.FieldError{Path: "add_ons", Code: "price.unpriced", Message: "no add-on of the table is for this grant"}
	}
	if p.BasePaid {
		total, err := total.Sub(p.Base)
		return lines, total, err
	}
	return slices.Insert(lines, 0, PriceLine{ID: "base", Amount: p.Base}), total, nil
}

// Validate returns the faults of the table that [RightsPrices.Price] names, whatever the
// grant.
func (p RightsPrices) Validate() error { return byline.Faults(p.faults()) }

func (p RightsPrices) faults() []*byline.FieldError {
	var faults faultList
	if p.Base.Sign() < 0 || !p.Base.Currency().Known() {
		faults.add("base", "price.base", "the base is an amount of 0 or more in an ISO 4217 currency")
	}
	if p.Order != Additive && p.Order != Compounded {
		faults.add("order", "price.order", "say whether add-ons are additive or compounded")
	}
	seen := map[string]bool{"base": true}
	for i, a := range p.AddOns {
		at := entryPath("add_ons", i) + "."
		switch {
		case a.ID == "":
			faults.add(at+"id", "required", "a value is required")
		case seen[a.ID]:
			faults.add(at+"id", "price.twice", "this add-on stands twice")
		}
		seen[a.ID] = true
		if a.Rate < 0 {
			faults.add(at+"rate", "price.rate", "a rate is 0 % or more")
		}
	}
	return faults
}

func (a AddOn) matches(g Grant, holds byline.Window) bool {
	anyOf := func(n int, has func() bool) bool { return n == 0 || has() }
	return anyOf(len(a.Channels), func() bool { return slices.ContainsFunc(a.Channels, g.hasChannel) }) &&
		anyOf(len(a.Edits), func() bool {
			return slices.ContainsFunc(a.Edits, func(e Edit) bool { return slices.Contains(g.Edits, e) })
		}) &&
		(g.Exclusive || !a.Exclusive) && (g.Territory.Worldwide || !a.Worldwide) && (g.RawFootage || !a.Raw) &&
		(len(g.Likeness) > 0 || !a.Likeness) && (len(g.AI) > 0 || !a.AI) && (len(g.Sublicence) > 0 || !a.Others) &&
		(holds.End.IsZero() || !a.Perpetual) && a.ofLength(holds)
}

func (a AddOn) ofLength(holds byline.Window) bool {
	if a.FromDays == 0 && a.ToDays == 0 {
		return true
	}
	if holds.End.IsZero() {
		return false
	}
	const day = 24 * time.Hour
	days := int(holds.End.Sub(holds.Start).Round(day) / day)
	return days >= a.FromDays && (a.ToDays == 0 || days <= a.ToDays)
}
