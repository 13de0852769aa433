package contracts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// PostBatch puts the payouts of an approved batch under way in the ledger, all in one
// unit of work, and returns the batch with what became of each item: ItemUnderWay, or
// ItemRefused when nothing covers it any more. Only what is under way may go out, and
// package rail exports nothing else; so store the batch in the same unit of work, commit,
// and send then.
//
// Posting again, after a crash or by another process, changes nothing: an item that is
// recorded already takes the status it has in the ledger. The error is that of
// [Batch.Check], "batch.state" for a batch that two people have not approved, a
// [*PayoutError] of "payout.other" when a reference is used elsewhere, or the store's;
// then nothing of the unit of work may be kept.
func PostBatch[Tx any](ctx context.Context, tx Tx, store PayoutStore[Tx], b Batch, at time.Time) (Batch, error) {
	if err := b.Check(); err != nil {
		return b, err
	}
	if b.State() == BatchProposed {
		return b, errBatchState()
	}
	b.Items = slices.Clone(b.Items)
	for _, i := range b.byCreator() {
		item := &b.Items[i]
		if item.Status != ItemPlanned {
			continue
		}
		_, err := PostPayout(ctx, tx, store, item.payment(ItemUnderWay), at)
		if conflict, ok := payoutConflict(err, "payout.step"); ok {
			item.Status = ItemStatus(conflict.Recorded)
		} else if _, ok := payoutConflict(err, "payout.uncovered"); ok {
			item.Status = ItemRefused
		} else if err != nil {
			return b, fmt.Errorf("batch %s: %w", b.ID, err)
		} else {
			item.Status = ItemUnderWay
		}
	}
	return b, nil
}

// PostOutcomes brings the ledger to where the items of a batch stand, as
// [Batch.Reconcile] found it, and returns what it appended: nothing when it is there
// already. The error is as for [PostBatch].
func PostOutcomes[Tx any](ctx context.Context, tx Tx, store PayoutStore[Tx], b Batch, at time.Time) ([]Entry, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	if b.State() == BatchProposed {
		return nil, errBatchState()
	}
	var appended []Entry
	for _, item := range b.Items {
		if !item.Status.settled() {
			continue
		}
		entries, err := PostPayout(ctx, tx, store, item.payment(item.Status), at)
		if err != nil {
			return nil, fmt.Errorf("batch %s: %w", b.ID, err)
		}
		appended = append(appended, entries...)
	}
	return appended, nil
}

// byCreator orders items so that two batches at once lock creators in one order, and
// never wait for each other.
func (b Batch) byCreator() []int {
	order := make([]int, len(b.Items))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(b.Items[i].Creator, b.Items[j].Creator) })
	return order
}

func errBatchState() error {
	return &byline.FieldError{Code: "batch.state", Message: "two people have not approved the batch as it is"}
}

func (i BatchItem) payment(s ItemStatus) Payment {
	return Payment{Reference: i.Reference, Creator: i.Creator, Amount: i.Gross, Withheld: i.Withheld, Status: PayoutStatus(s)}
}
