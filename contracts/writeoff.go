package contracts

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Waiver forgives a creator what they would have to bring back.
type Waiver struct {
	Reference string // the caller's own, one for each; makes posting it twice harmless
	Creator   byline.CreatorID
	Amount    byline.Money // positive, and never more than what is owed
}

// ForWriteOff is the subject of one write-off, by the caller's own reference for it.
func ForWriteOff(reference string) Subject { return Subject("write_off:" + reference) }

// PostWriteOff takes a debt off a creator's Payable, at the house's own cost, and returns
// what it appended: nothing when the same waiver is there already. Only a negative
// Payable is a debt, less what is InTransit and may still come back; that is checked in
// the same unit of work. What contradicts the ledger is a [*PayoutError] of "write_off.too_much" or "write_off.other"; faults are
// "required" and "payment.amount" as for [PostPayment].
func PostWriteOff[Tx any](ctx context.Context, tx Tx, store PayoutStore[Tx], w Waiver, at time.Time) (entries []Entry, err error) {
	if err := byline.Faults(fundsFaults(w.Reference, w.Creator, w.Amount)); err != nil {
		return nil, err
	}
	err = checked(store, func() error {
		entries, err = postWaiver(ctx, tx, store, w, at)
		return err
	})
	return entries, err
}

func postWaiver[Tx any](ctx context.Context, tx Tx, store PayoutStore[Tx], w Waiver, at time.Time) ([]Entry, error) {
	subject := ForWriteOff(w.Reference)
	posted, err := store.Entries(ctx, tx, subject)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", subject, err)
	}
	if len(posted) > 0 {
		if first := posted[0]; len(posted) > 1 || first.Creator != w.Creator || first.Kind != WriteOff || first.Amount != w.Amount {
			return nil, &PayoutError{Reference: w.Reference, Code: "write_off.other"}
		}
		return nil, nil
	}
	balance, err := balanceOf(ctx, tx, store, w.Creator, w.Amount.Currency())
	if err != nil {
		return nil, err
	}
	// A payout that fails comes back to Payable, and would be forgiven and paid again.
	standing, err := balance.Payable.Add(balance.InTransit)
	if err != nil {
		return nil, fmt.Errorf("debt of %s: %w", w.Creator, err)
	}
	if standing.Minor() > -w.Amount.Minor() {
		return nil, &PayoutError{Reference: w.Reference, Code: "write_off.too_much"}
	}
	target := []Line{{Creator: w.Creator, Kind: WriteOff, Amount: w.Amount, Reason: ReasonForgiven}}
	return Post(ctx, tx, store, subject, target, at)
}

// DebtSince returns since when a creator's Payable has been below zero without a break,
// and the zero time when it is not. entries are all of the creator's, in any order; those
// of other currencies are passed over. What was posted at one instant counts together.
// The error is "money.range".
func DebtSince(entries []Entry, c byline.Currency) (time.Time, error) {
	ordered := slices.SortedStableFunc(slices.Values(entries), func(a, b Entry) int { return a.PostedAt.Compare(b.PostedAt) })
	payable := byline.Minor(0, c)
	var since time.Time
	for i, e := range ordered {
		if e.Account == Payable && e.Amount.Currency() == c {
			if err := addTo(&payable, e.Amount); err != nil {
				return time.Time{}, fmt.Errorf("payable of %s: %w", e.Creator, err)
			}
		}
		if i+1 < len(ordered) && ordered[i+1].PostedAt.Equal(e.PostedAt) {
			continue
		}
		if payable.Sign() >= 0 {
			since = time.Time{}
		} else if since.IsZero() {
			since = e.PostedAt
		}
	}
	return since, nil
}
