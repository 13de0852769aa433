package contracts_test

import (
	"context"
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/contractstest"
)

func TestLedgerIsAnEntryStore(t *testing.T) {
	t.Parallel()
	contractstest.TestEntryStore(t, func(*testing.T) contractstest.Ledger[attribution.NoTx] {
		return contractstest.Ledger[attribution.NoTx]{
			EntryStore: new(contracts.Ledger),
			InTx: func(ctx context.Context, step func(context.Context, attribution.NoTx) error) error {
				return step(ctx, attribution.NoTx{})
			},
		}
	})
}
