package main

import (
	"maps"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// payeeFile says who pays and where each creator's money goes.
type payeeFile struct {
	Payer  contracts.Payee                      `json:"payer"`
	Payees map[byline.CreatorID]contracts.Payee `json:"payees"`
	// Review are creators whose balances somebody has yet to look at.
	Review []byline.CreatorID `json:"review,omitempty"`
	// PaidElsewhere is what was paid this year beside these books, for the tax threshold.
	PaidElsewhere map[byline.CreatorID]byline.Money `json:"paid_elsewhere,omitempty"`
	// PayWithoutID withholds tax where a taxpayer number is missing, instead of waiting.
	PayWithoutID bool `json:"pay_without_id,omitempty"`
	// PayUndetermined pays what the tax rules cannot decide on, instead of leaving it out.
	PayUndetermined bool `json:"pay_undetermined,omitempty"`
}

// readPayees leaves the accounts to contracts.Propose: a creator with a fault is only left
// out.
func (p program) readPayees(name string) (payeeFile, error) {
	var f payeeFile
	if err := p.readJSON(name, &f); err != nil {
		return f, err
	}
	var faults []*byline.FieldError
	for _, id := range slices.Sorted(maps.Keys(f.PaidElsewhere)) {
		if !f.PaidElsewhere[id].Currency().Known() {
			faults = append(faults, &byline.FieldError{Path: "paid_elsewhere." + string(id), Code: "required", Message: "an amount has a currency"})
		}
	}
	if err := byline.Faults(faults); err != nil {
		return f, badInput{faultsOf(name, err)}
	}
	return f, nil
}

// payTo is where the money goes, as far as others need to see it.
func payTo(p contracts.Payee, r contracts.Rail) string {
	switch r {
	case contracts.RailSEPA:
		return p.Name + ", account …" + last(p.IBAN, 4)
	case contracts.RailStripe:
		return "account …" + last(p.StripeAccount, 4)
	case contracts.RailPayPal:
		return "PayPal …" + last(p.PayPalEmail, 8)
	}
	return p.Name
}

func last(text string, n int) string { return text[max(len(text)-n, 0):] }
