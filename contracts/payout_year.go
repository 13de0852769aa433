package contracts

import (
	"context"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
)

// PaidInYear is what a creator was paid in a currency from the beginning of on's calendar
// year in zone until on, for [BatchTax.PaidSoFar]. It counts what was kept back for a tax
// authority, and what is under way: that will be paid. What was under way when the year
// began counts in both years, so that neither misses it; what came back in the year, from
// whenever it was paid, counts against it. zone may be nil: UTC. The error is
// "money.range" or the ledger's.
func PaidInYear(ctx context.Context, ledger StatementReader, creator byline.CreatorID, c byline.Currency, on time.Time, zone *time.Location) (byline.Money, error) {
	if zone == nil {
		zone = time.UTC
	}
	newYear := time.Date(on.In(zone).Year(), time.January, 1, 0, 0, 0, 0, zone)
	// Ledgers keep microseconds, and what was posted at on counts.
	now, err := balanceBefore(ctx, ledger, creator, c, on.Add(time.Microsecond))
	if err != nil {
		return byline.Money{}, err
	}
	then, err := balanceBefore(ctx, ledger, creator, c, newYear)
	if err != nil {
		return byline.Money{}, err
	}
	paid := byline.Minor(0, c)
	for _, part := range []byline.Money{now.Paid, now.InTransit, then.Paid.Neg()} {
		if err := addTo(&paid, part); err != nil {
			return byline.Money{}, fmt.Errorf("paid to %s: %w", creator, err)
		}
	}
	return paid, nil
}

func balanceBefore(ctx context.Context, ledger StatementReader, creator byline.CreatorID, c byline.Currency, before time.Time) (Balance, error) {
	balances, err := ledger.BalancesAt(ctx, creator, before)
	if err != nil {
		return Balance{}, fmt.Errorf("balances of %s: %w", creator, err)
	}
	nothing := byline.Minor(0, c)
	for _, b := range balances {
		if b.Creator == creator && b.Owed.Currency() == c {
			return b, nil
		}
	}
	return Balance{Creator: creator, Paid: nothing, InTransit: nothing}, nil
}
