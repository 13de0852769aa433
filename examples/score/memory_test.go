package main

import (
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// sampled measures the live heap a few times while it is read.
type sampled struct {
	from         io.Reader
	every, until int64
	most         uint64
}

func (s *sampled) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	if s.until -= int64(n); s.until <= 0 {
		s.until = s.every
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		s.most = max(s.most, m.HeapAlloc)
	}
	return n, err
}

// The memory of a pass does not grow with the orders. Up to a bound it grows with the
// uses of codes that wait to be watched, which is what the test allows.
//
//nolint:paralleltest // others would be measured with it
func TestMemoryIsFlat(t *testing.T) {
	const allowed = 6 << 20 // 65,536 uses of less than 64 bytes, and what the rest varies by
	given := demoTold(t, config{against: "demo"})
	live := func(orders int) uint64 {
		r, w := io.Pipe()
		go func() { w.CloseWithError(writeDemoOrders(t.Context(), w, orders)) }()
		s := &sampled{from: r, every: int64(orders) * 4, until: int64(orders) * 4}
		got := pass(t, given, s)
		require.Greater(t, got.Orders, int64(orders*99/100))
		return s.most
	}
	few, many := live(20_000), live(200_000)
	t.Logf("%.1f MB with 20,000 orders, %.1f MB with 200,000", float64(few)/1e6, float64(many)/1e6)
	if many > few+allowed {
		t.Errorf("%d bytes with 20,000 orders, %d with 200,000", few, many)
	}
}
