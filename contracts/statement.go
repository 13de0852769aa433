package contracts

import (
	"context"
	"iter"
	"time"

	"github.com/bylinehq/byline"
)

// StatementReader is a ledger as statements need it.
type StatementReader interface {
	// BalancesAt sums a creator's entries that were posted before an instant, one balance
	// for each currency, ordered by it.
	BalancesAt(ctx context.Context, creator byline.CreatorID, before time.Time) ([]Balance, error)
	// EntriesOf yields a creator's entries that were posted in a window, ordered by
	// PostedAt, then Subject and Revision. It ends with the first error.
	EntriesOf(ctx context.Context, creator byline.CreatorID, posted byline.Window) iter.Seq2[Entry, error]
}
