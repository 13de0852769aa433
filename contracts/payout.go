package contracts

import (
	"context"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
)

// Payment is money that a caller has paid a creator.
type Payment struct {
	Reference string // the caller's own, one for each payment; makes posting it twice harmless
	Creator   byline.CreatorID
	Amount    byline.Money // positive
}

// PostPayment records a payment and returns what it appended: nothing when the same
// payment is there already. The same reference with another creator or amount is an
// error that answers to byline.ErrConflict. A payment with faults is refused with all of
// them: "required" at its reference or creator, "payment.amount" for one that is not
// positive or in no ISO 4217 currency.
func PostPayment[Tx any](ctx context.Context, tx Tx, store EntryStore[Tx], p Payment, at time.Time) ([]Entry, error) {
	if err := p.validate(); err != nil {
		return nil, err
	}
	subject := ForPayout(p.Reference)
	line := Line{Creator: p.Creator, Kind: Payout, Amount: p.Amount.Neg(), Reason: ReasonPaidOut}
	posted, err := store.Entries(ctx, tx, subject)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", subject, err)
	}
	if len(posted) > 0 && posted[0].Line != line {
		return nil, fmt.Errorf("payout %s is recorded otherwise: %w", p.Reference, byline.ErrConflict)
	}
	return Post(ctx, tx, store, subject, []Line{line}, at)
}

func (p Payment) validate() error {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if p.Reference == "" {
		add("reference", "required", "a payment needs a reference of its own")
	}
	if p.Creator == "" {
		add("creator", "required", "a payment goes to a creator")
	}
	if p.Amount.Sign() <= 0 || !p.Amount.Currency().Known() {
		add("amount", "payment.amount", "a payment is positive, in an ISO 4217 currency")
	}
	return byline.Faults(faults)
}
