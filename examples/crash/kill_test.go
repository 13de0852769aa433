//go:build unix

package crash_test

import (
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestKill kills the server three times in the middle of 2,000 orders. Every order is
// sent until it is answered with 200, every fifth is then sent again.
//
//nolint:paralleltest // the senders and the server share the machine as it is
func TestKill(t *testing.T) {
	const orders, senders = 2000, 8
	db := filepath.Join(t.TempDir(), "byline.db")
	var running atomic.Pointer[server]
	running.Store(start(t, db))

	var mu sync.Mutex
	var acked []int
	ids := make(chan int)
	var senderGroup sync.WaitGroup
	for range senders {
		senderGroup.Go(func() {
			for id := range ids {
				deadline := time.Now().Add(time.Minute)
				for !post(t.Context(), running.Load().url, id) {
					if time.Now().After(deadline) {
						t.Errorf("order %d was never answered", id)
						return
					}
					time.Sleep(5 * time.Millisecond)
				}
				mu.Lock()
				acked = append(acked, id)
				mu.Unlock()
				if id%5 == 0 {
					post(t.Context(), running.Load().url, id)
				}
			}
		})
	}
	for i := range orders {
		ids <- 1_000_000 + i
		if i == orders/4 || i == orders/2 || i == 3*orders/4 {
			running.Load().kill()
			running.Store(start(t, db))
		}
	}
	close(ids)
	senderGroup.Wait()
	settle(t, running.Load())
	running.Load().kill()

	slices.Sort(acked)
	if unique := len(slices.Compact(slices.Clone(acked))); unique != orders {
		t.Fatalf("%d of %d orders were answered", unique, orders)
	}
	if got := inspect(t, db, acked); got != (audit{}) {
		t.Errorf("of %d orders answered with 200: %+v", len(acked), got)
	}
}

// settle waits until nothing waits in the inbox any more.
func settle(t *testing.T, s *server) {
	t.Helper()
	require.Eventually(t, func() bool { return drained(t, s) }, time.Minute, 20*time.Millisecond, "deliveries still wait: %s", s.log)
}
