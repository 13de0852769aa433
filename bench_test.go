package byline_test

import (
	"strconv"
	"testing"

	"github.com/bylinehq/byline"
)

func BenchmarkParseMoney(b *testing.B) {
	for _, text := range []string{"361.9500", "-92233720368547758.07"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := byline.ParseMoney(text, byline.USD); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSplit(b *testing.B) {
	for _, n := range []int{1, 3, 10, 100} {
		weights := make([]int64, n)
		for i := range weights {
			weights[i] = int64(1000 + 7*i)
		}
		m := byline.Minor(1_234_567, byline.EUR)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Split(weights...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAmount(b *testing.B) {
	for _, m := range []byline.Money{byline.Minor(-5, byline.EUR), byline.Minor(123_456_789, "ZAR")} {
		b.Run(m.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = m.Amount()
			}
		})
	}
}
