package contractstest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// testPaidOnce has many payouts reach for one balance at once.
func testPaidOnce[Tx any](h *harness[Tx]) {
	store, ok := h.EntryStore.(contracts.PayoutStore[Tx])
	if !ok {
		h.Fatal("the ledger is no PayoutStore")
	}
	h.mustAppend(entry(1, "ava", 1000))
	pay := func(reference string, status contracts.PayoutStatus) error {
		return h.InTx(h.Context(), func(ctx context.Context, tx Tx) error {
			_, err := contracts.PostPayout(ctx, tx, store, contracts.Payment{
				Reference: reference, Creator: "ava", Amount: byline.Minor(600, byline.EUR), Withheld: byline.Minor(144, byline.EUR), Status: status,
			}, day(20))
			return err
		})
	}
	const reaching = 8
	errs := make([]error, reaching)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = pay(fmt.Sprint("p-", i), contracts.PayoutUnderWay) })
	}
	all.Wait()
	var paid []string
	for i, err := range errs {
		switch {
		case err == nil:
			paid = append(paid, fmt.Sprint("p-", i))
		case !errors.Is(err, byline.ErrConflict):
			h.Errorf("a payout that came too late: %v, want a conflict", err)
		}
	}
	if len(paid) != 1 {
		h.Fatalf("%d payouts of one balance: %v", len(paid), paid)
	}
	h.stands("under way", 400, 600, 0)
	for _, status := range []contracts.PayoutStatus{contracts.PayoutPaid, contracts.PayoutPaid} {
		if err := pay(paid[0], status); err != nil {
			h.Fatalf("paid: %v", err)
		}
	}
	h.stands("paid", 400, 0, 600)
	if err := pay(paid[0], contracts.PayoutReturned); err != nil {
		h.Fatalf("returned: %v", err)
	}
	h.stands("returned", 1000, 0, 0)
}

// stands compares ava's accounts in euro cents, as a unit of work sees them.
func (h *harness[Tx]) stands(what string, payable, inTransit, paid int64) {
	h.Helper()
	var got []contracts.Balance
	err := h.InTx(h.Context(), func(ctx context.Context, tx Tx) (err error) {
		got, err = h.EntryStore.(contracts.PayoutStore[Tx]).BalancesOf(ctx, tx, "ava")
		return err
	})
	if err != nil {
		h.Fatalf("BalancesOf: %v", err)
	}
	eur := func(n int64) byline.Money { return byline.Minor(n, byline.EUR) }
	want := []contracts.Balance{{
		Creator: "ava", Earned: eur(1000), Paid: eur(paid), Owed: eur(1000 - paid), Held: eur(0), Payable: eur(payable), InTransit: eur(inTransit), InKind: eur(0),
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
