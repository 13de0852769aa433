package trust_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/trust"
)

func BenchmarkMonitorAdd(b *testing.B) {
	uses := simulate(1, 4096, 2048, honest(), leaked())
	m, err := trust.NewMonitor(nil)
	require.NoError(b, err)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%len(uses) == 0 {
			m.Forget("ADA15", "ada")
		}
		if _, err := m.Add(uses[i%len(uses)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMonitorMemory shows what a code costs after many uses.
func BenchmarkMonitorMemory(b *testing.B) {
	const codes = 200
	uses := simulate(1, 500, 250, honest(), leaked())
	m, err := trust.NewMonitor(nil)
	require.NoError(b, err)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for k := range codes {
		for _, u := range uses {
			u.Code = fmt.Sprintf("CODE%d", k)
			if _, err := m.Add(u); err != nil {
				b.Fatal(err)
			}
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	for b.Loop() {
		runtime.KeepAlive(m)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/codes, "B/code")
}

func BenchmarkReport(b *testing.B) {
	uses := simulate(1, 500, 250, honest(), leaked())
	m, err := trust.NewMonitor(nil)
	require.NoError(b, err)
	for _, u := range uses {
		if _, err := m.Add(u); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Report("ADA15", "ada")
	}
}

func BenchmarkPeople(b *testing.B) {
	const creators = 10_000
	list := make([]trust.Party, creators)
	for i := range list {
		list[i] = trust.Party{Creator: byline.CreatorID(fmt.Sprint("creator-", i)), Shop: "demo.example", Customer: whoever(fmt.Sprint(i))}
	}
	parties, err := trust.NewParties(list)
	require.NoError(b, err)
	stranger, creator := order(whoever("a stranger")), order(whoever("77"))
	orders := make([]trust.Past, 1000)
	for i := range orders {
		orders[i] = past(i+1, whoever(fmt.Sprint(i)))
	}
	b.Run("SelfDealing/a stranger", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			trust.Rulebook{}.SelfDealing(stranger, parties)
		}
	})
	b.Run("SelfDealing/a creator", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			trust.Rulebook{}.SelfDealing(creator, parties)
		}
	})
	b.Run("Duplicates/1000 orders", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			trust.Rulebook{}.Duplicates(stranger, orders)
		}
	})
	b.Run("Refunds/1000 orders", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			trust.Rulebook{}.Refunds(orders)
		}
	})
}
