package attribution_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

const manyCodes = 1_000_000

func manyOffers() []attribution.Offer {
	list := make([]attribution.Offer, manyCodes)
	for i := range list {
		list[i] = attribution.Offer{
			Creator: byline.CreatorID(fmt.Sprintf("creator-%d", i%5000)), Campaign: "autumn",
			Code: fmt.Sprintf("CODE%07d", i), Link: fmt.Sprintf("LINK%07d", i), Active: november(),
		}
	}
	return list
}

// spread visits codes in an order that caches do not like, as shops' orders do.
func spread(i int) int { return i * 7_368_787 % manyCodes }

// BenchmarkMillionCodes shows Decide beside its physical floor: one look-up of an
// already normalised code in a bare map of the same size.
func BenchmarkMillionCodes(b *testing.B) {
	list := manyOffers()
	book, err := attribution.NewBook(list)
	require.NoError(b, err)
	bare := make(map[string]uint32, len(list))
	for i, o := range list {
		bare[o.Code] = uint32(i)
	}
	orders := make([]attribution.Order, 4096)
	for i := range orders {
		orders[i] = paidOrder(list[spread(i)].Code)
	}
	b.Run("floor/map", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if bare[orders[i%len(orders)].Codes[0].Code] == manyCodes {
				b.Fatal("not there")
			}
		}
	})
	b.Run("CodeOwner", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, ok := book.CodeOwner(orders[i%len(orders)].Codes[0].Code, placed); !ok {
				b.Fatal("no owner")
			}
		}
	})
	decider, err := attribution.NewDecider(book, attribution.Policy{})
	require.NoError(b, err)
	codeless := slices.Clone(orders)
	for i := range codeless {
		codeless[i].Codes = nil
	}
	touches := make([]attribution.Touch, 5)
	for i := range touches {
		touches[i] = attribution.Touch{Link: list[spread(i)].Link, At: placed.Add(-time.Duration(i) * time.Hour)}
	}
	for name, run := range map[string]func(attribution.Order, *attribution.History) attribution.Decision{
		"Decide": decider.Decide, "Score": decider.Score,
	} {
		for kind, tt := range map[string]struct {
			orders  []attribution.Order
			history *attribution.History
		}{
			"code": {orders, nil}, "code and 5 touches": {orders, &attribution.History{Touches: touches}},
			"5 touches": {codeless, &attribution.History{Touches: touches}},
		} {
			b.Run(name+"/"+kind, func(b *testing.B) {
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					if d := run(tt.orders[i%len(orders)], tt.history); len(d.Credits) != 1 {
						b.Fatal("not credited")
					}
				}
			})
		}
	}
	runtime.KeepAlive(bare)
}

func BenchmarkNewBookMillion(b *testing.B) {
	list := manyOffers()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	book, err := attribution.NewBook(list)
	require.NoError(b, err)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportAllocs()
	for b.Loop() {
		if book, err = attribution.NewBook(list); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(book.Len()), "B/offer")
}

func BenchmarkNormalizeCode(b *testing.B) {
	for name, code := range map[string]string{"normal": "AVA15", "lower": "ava15", "full-width": "ａｖａ１５"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				attribution.NormalizeCode(code)
			}
		})
	}
}
