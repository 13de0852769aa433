package contracts

import (
	"cmp"
	"context"
	"errors"
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
// Posting again, after a crash or by another process, changes nothing: the ledger is asked
// for every item, and what it has recorded counts, whatever the batch says. Only an
// outcome that [PostOutcomes] has yet to post stays. An item that was refused stays so
// unless another process has posted it. A batch that was read from a store is posted again
// before it is exported.
//
// The error is that of [Batch.Check], "batch.state" for a batch that two people have not
// approved, a [*PayoutError] of "payout.other" when a reference is recorded with another
// rail, payer, payee or amount, or of "payout.unknown" for an item with an outcome of
// which the ledger has nothing, or the store's; then nothing of the unit of work may be
// kept.
func PostBatch[Tx any](ctx context.Context, tx Tx, store PayoutStore[Tx], b Batch, at time.Time) (Batch, error) {
	b.Posted = false
	if err := b.Check(); err != nil {
		return b, err
	}
	if b.State() == BatchProposed {
		return b, errBatchState()
	}
	b.Items = slices.Clone(b.Items)
	for _, i := range b.byCreator() {
		status, err := postItem(ctx, tx, store, b, b.Items[i], at)
		if err != nil {
			return b, fmt.Errorf("batch %s: %w", b.ID, err)
		}
		b.Items[i].Status = status
	}
	b.Posted = true
	return b, nil
}

// postItem puts an item under way, or says where its payout stands.
func postItem[Tx any](ctx context.Context, tx Tx, store PayoutStore[Tx], b Batch, item BatchItem, at time.Time) (ItemStatus, error) {
	payment := b.payment(item, ItemUnderWay)
	posted, err := store.Entries(ctx, tx, ForPayout(item.Reference))
	if err != nil {
		return "", fmt.Errorf("entries of %s: %w", item.Reference, err)
	}
	if len(posted) == 0 && item.Status == ItemRefused {
		return ItemRefused, nil
	}
	if len(posted) == 0 && item.Status.settled() {
		return "", &PayoutError{Reference: item.Reference, Code: "payout.unknown"}
	}
	_, err = PostPayout(ctx, tx, store, payment, at)
	if conflict, ok := payoutConflict(err, "payout.step"); ok {
		return item.Status.beside(conflict.Recorded), nil
	} else if _, ok := payoutConflict(err, "payout.uncovered"); ok {
		return ItemRefused, nil
	} else if err != nil {
		return "", err
	}
	return item.Status.beside(PayoutUnderWay), nil
}

// beside is the status of an item whose payout is recorded: that of the ledger, or what
// follows from it and is not posted yet.
func (s ItemStatus) beside(recorded PayoutStatus) ItemStatus {
	if news, _ := recorded.follow(PayoutStatus(s)); s.settled() && news {
		return s
	}
	return ItemStatus(recorded)
}

// PostOutcomes brings the ledger to where the items of a batch stand, as
// [Batch.Reconcile] found it, and returns what it appended: nothing when it is there
// already. The error is as for [PostBatch], with one difference: an item that the ledger
// contradicts keeps no other from the books. The rest is posted, and the error joins a
// [*PayoutError] for each of them; so where errors.AsType finds one the entries are good,
// to be committed, and somebody has to look at the items that it names.
func PostOutcomes[Tx any](ctx context.Context, tx Tx, store PayoutStore[Tx], b Batch, at time.Time) ([]Entry, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	if b.State() == BatchProposed {
		return nil, errBatchState()
	}
	var appended []Entry
	var contradictions []error
	for _, item := range b.Items {
		if !item.Status.settled() {
			continue
		}
		entries, err := PostPayout(ctx, tx, store, b.payment(item, item.Status), at)
		if _, ok := errors.AsType[*PayoutError](err); ok {
			contradictions = append(contradictions, fmt.Errorf("batch %s: %w", b.ID, err))
		} else if err != nil {
			return nil, fmt.Errorf("batch %s: %w", b.ID, err)
		}
		appended = append(appended, entries...)
	}
	return appended, errors.Join(contradictions...)
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

func (b Batch) payment(i BatchItem, s ItemStatus) Payment {
	return Payment{
		Reference: i.Reference, Creator: i.Creator, Amount: i.Gross, Withheld: i.Withheld,
		Status: PayoutStatus(s), Approved: b.itemDigest(i),
	}
}

// itemDigest is of all that says where an item's money goes, and from where. Posted under
// one reference it leaves by no other rail and to nobody else.
func (b Batch) itemDigest(i BatchItem) string {
	parts := []string{string(b.Rail), i.Gross.String(), i.Withheld.String(), i.Net.String()}
	for _, p := range []Payee{b.payer(), i.Payee} {
		parts = append(parts, p.Name, p.IBAN, p.BIC, p.StripeAccount, p.PayPalEmail)
	}
	return "BI" + shortDigest(parts...)
}
