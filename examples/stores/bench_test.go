package stores_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
)

// BenchmarkPut answers how many deliveries of 4 KiB a second become durable. The
// figure is that of the disk: compare it with nothing but itself.
func BenchmarkPut(b *testing.B) {
	body := strings.Repeat("x", 4096)
	for _, callers := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			s := newDatabase(b).orders(b, orders.Options{})
			var next atomic.Int64
			b.ReportAllocs()
			b.ResetTimer()
			var group sync.WaitGroup
			for range callers {
				group.Go(func() {
					for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
						if _, err := s.Put(b.Context(), delivery(fmt.Sprintf("%08d-7c2e-4ffe-9a51-1f0a4f1c2b3d", i), body)); err != nil {
							b.Error(err)
						}
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "deliveries/s")
		})
	}
}

// BenchmarkSettle answers how many deliveries a second are processed with all that an
// order costs: a claim, the order's state and decision, two credits, two entries.
func BenchmarkSettle(b *testing.B) {
	db := newDatabase(b)
	s, l := db.orders(b, orders.Options{}), db.ledger(b)
	r := record(b, "template", attribution.Paid, "ava", "ben")
	const batch = 64
	b.ReportAllocs()
	settled := 0
	for b.Loop() {
		b.StopTimer()
		fill(b, s, settled, batch)
		waiting, err := s.Pending(b.Context(), batch)
		require.NoError(b, err)
		b.StartTimer()
		require.NoError(b, s.Settle(b.Context(), waiting, func(ctx context.Context, tx *sql.Tx, d attribution.Stored) (attribution.Outcome, error) {
			r.Order.ID = byline.OrderID(d.ID)
			outcome := attribution.Outcome{Status: attribution.StatusProcessed, Orders: []byline.OrderID{r.Order.ID}}
			if _, err := s.Claim(ctx, tx, d.ID); err != nil {
				return outcome, err
			}
			if err := s.PutOrder(ctx, tx, r); err != nil {
				return outcome, err
			}
			_, err := contracts.Post(ctx, tx, l, contracts.ForOrder(r.Order.ID), lines(r), now())
			return outcome, err
		}))
		settled += len(waiting)
	}
	b.ReportMetric(float64(settled)/b.Elapsed().Seconds(), "deliveries/s")
}

func fill(b *testing.B, s *orders.Store, from, n int) {
	b.Helper()
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			if _, err := s.Put(b.Context(), delivery(fmt.Sprintf("delivery-%08d", from+i), strings.Repeat("x", 4096))); err != nil {
				b.Error(err)
			}
		})
	}
	group.Wait()
}

func lines(r attribution.Record) []contracts.Line {
	var lines []contracts.Line
	for _, c := range r.Decision.Credits {
		lines = append(lines, contracts.Line{
			Creator: c.Creator, Kind: contracts.Commission, Amount: c.Earning, Base: c.Earning, Reason: contracts.ReasonEarned,
		})
	}
	return lines
}

// BenchmarkSettler answers what one more order costs on a database, alone and behind five
// of the same customer to whom it is bound. Each is a commit of its own.
func BenchmarkSettler(b *testing.B) {
	for name, policy := range map[string]attribution.Policy{"default policy": {}, "binding": bindingPolicy()} {
		b.Run(name, func(b *testing.B) {
			d := newDatabase(b).desk(b, policy)
			n := 0
			b.ReportAllocs()
			for b.Loop() {
				who := attribution.Customer{Email: fmt.Sprintf("e1.%d", n/6), Visitor: fmt.Sprint(n / 6)}
				o := ordered(byline.OrderID(fmt.Sprintf("%08d", n)), n%6, who)
				if n%6 == 0 {
					o.Codes = []attribution.CodeUse{{Code: "ben15", Kind: attribution.Genuine}}
				}
				d.apply(b, told(o))
				n++
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "orders/s")
		})
	}
}

// BenchmarkRecord answers how many clicks a second become durable.
func BenchmarkRecord(b *testing.B) {
	s := newDatabase(b).orders(b, orders.Options{})
	var next atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				click := attribution.Touch{ID: fmt.Sprintf("blc1_%032d", i), Link: "ava", At: now(), Verified: true}
				if err := s.RecordOf(b.Context(), "", attribution.Customer{Visitor: fmt.Sprint(i % 1000)}, click); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "touches/s")
}
