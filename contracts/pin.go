package contracts

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Earned is what a decided order owes, and under what.
type Earned struct {
	Lines []Line
	// Pins are the versions that the order's credits are under from now on, ordered by
	// creator and campaign. Keep them with the order, and pass them in next time.
	Pins     []attribution.Pin
	Findings []byline.Finding
}

// Earn returns what a decided order owes everyone it credits, each under one agreement
// version. That is the pinned one as long as its Effective contains d.PlacedAt. Where
// there is no pin, or the order was placed outside of the pinned version after all, it
// is the one in force when the order was placed, which becomes the pin.
//
// So an order stays under the version it was first settled under, whatever it earned
// then: an amendment drafted later, even one dated back, moves neither an order that has
// earned nor one that was still unpaid or earned no commission. Of several pins of one
// creator in one campaign the last counts. Pins of creators whom the order no longer
// credits are kept for the case that the credit comes back, and nothing is pinned before
// the order's document has arrived.
//
// A credited creator without an agreement is owed nothing and reported as a finding of
// code "agreement.missing". A pinned version that is not registered gives an error that
// answers to byline.ErrUnavailable, because any other would silently move money.
//
// The exchange rate that an order's money needs is pinned in the same way, so a refund is
// converted at the rate of the sale.
func (r *Register) Earn(d attribution.Decision, pinned []attribution.Pin, opts *EarnOptions) (Earned, error) {
	pins := pinsOf(pinned)
	var earned Earned
	for _, c := range d.Credits {
		p := party{c.Creator, c.Campaign}
		a, err := r.binding(p, pins, d)
		if err != nil {
			return Earned{}, err
		}
		arrived := d.Standing != attribution.StandingNoDocument
		switch {
		case a == nil && arrived:
			earned.Findings = append(earned.Findings, missingAgreement(c))
			continue
		case a == nil:
			continue
		}
		quote, err := a.pinnedQuote(d, pins[p], opts)
		if err != nil {
			return Earned{}, err
		}
		if arrived {
			pins[p] = attribution.Pin{Creator: c.Creator, Campaign: c.Campaign, Agreement: string(a.terms.ID), Version: a.terms.Version, FX: cmp.Or(quote.String(), pins[p].FX)}
		}
		lines, err := a.earn(d, quote, opts)
		if err != nil {
			return Earned{}, err
		}
		earned.Lines = append(earned.Lines, lines...)
	}
	earned.Pins = slices.SortedFunc(maps.Values(pins), func(a, b attribution.Pin) int {
		return cmp.Or(cmp.Compare(a.Creator, b.Creator), cmp.Compare(a.Campaign, b.Campaign))
	})
	return earned, nil
}

// Registered reports whether the versions that an order's credits are under are
// registered; the error is that of [Register.Earn].
func (r *Register) Registered(d attribution.Decision, pinned []attribution.Pin) error {
	pins := pinsOf(pinned)
	for _, c := range d.Credits {
		if _, err := r.binding(party{c.Creator, c.Campaign}, pins, d); err != nil {
			return err
		}
	}
	return nil
}

// pinnedQuote is the rate of the pin, or a new one where it has none that fits.
func (a *Agreement) pinnedQuote(d attribution.Decision, pin attribution.Pin, opts *EarnOptions) (Quote, error) {
	pinned, err := ParseQuote(pin.FX)
	if err != nil {
		return Quote{}, fmt.Errorf("order %s: %w", d.Order, err)
	}
	return a.quote(d, pinned, opts)
}

func pinsOf(pinned []attribution.Pin) map[party]attribution.Pin {
	pins := make(map[party]attribution.Pin, len(pinned))
	for _, p := range pinned {
		pins[party{p.Creator, p.Campaign}] = p
	}
	return pins
}

// binding returns the version that a credit is under, or nil when there is none.
func (r *Register) binding(p party, pins map[party]attribution.Pin, d attribution.Decision) (*Agreement, error) {
	if pin, pinned := pins[p]; pinned {
		a := r.version(p, pin)
		if a == nil {
			return nil, fmt.Errorf("order %s is under agreement %s version %d, which is not registered: %w", d.Order, pin.Agreement, pin.Version, byline.ErrUnavailable)
		}
		if a.terms.Effective.Contains(d.PlacedAt) {
			return a, nil
		}
	}
	a, _ := r.InForce(p.creator, p.campaign, d.PlacedAt)
	return a, nil
}

func (r *Register) version(p party, pin attribution.Pin) *Agreement {
	for _, a := range r.of(p) {
		if string(a.terms.ID) == pin.Agreement && a.terms.Version == pin.Version {
			return a
		}
	}
	return nil
}

func missingAgreement(c attribution.Credit) byline.Finding {
	return byline.Finding{
		Code: "agreement.missing", Severity: byline.Warning, Path: "credits",
		Message: fmt.Sprintf("%s is credited and had no agreement in force when the order was placed; nothing is owed", c.Creator),
		Fix:     "draft the agreement with an effective window that contains the order, then settle the order again",
	}
}
