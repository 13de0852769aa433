package budget

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/response"
)

func benchmark(b *testing.B, lines []Line, total byline.Money) {
	b.Helper()
	var a Allocation
	for b.Loop() {
		var err error
		if a, err = Allocate(lines, total, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(a.Nodes), "boxes")
	b.ReportMetric(a.Gap, "gap")
}

func BenchmarkAllocate(b *testing.B) {
	total := byline.Minor(1_000_000, byline.EUR)
	b.Run("50 S-shaped lines in cents", func(b *testing.B) {
		benchmark(b, hills(rand.New(rand.NewPCG(1, 1)), 50, 10_000), total)
	})
	b.Run("50 S-shaped lines of small half", func(b *testing.B) {
		benchmark(b, hills(rand.New(rand.NewPCG(2, 1)), 50, 1000), total)
	})
	b.Run("50 S-shaped lines alike", func(b *testing.B) {
		lines := hills(rand.New(rand.NewPCG(1, 1)), 50, 2000)
		for i := range lines {
			lines[i].Curve = lines[i%3].Curve
		}
		benchmark(b, lines, total)
	})
	b.Run("50 S-shaped lines nearly alike", func(b *testing.B) {
		lines := hills(rand.New(rand.NewPCG(1, 1)), 50, 2000)
		for i := range lines {
			lines[i].Curve = response.Hill{Ceiling: 100 + float64(i)/100, Half: 400 + float64(i)/10, Shape: 3}
		}
		benchmark(b, lines, total)
	})
	b.Run("50 concave lines in cents", func(b *testing.B) {
		lines := hills(rand.New(rand.NewPCG(1, 1)), 50, 10_000)
		for i := range lines {
			h := lines[i].Curve.(response.Hill)
			lines[i].Curve = response.MichaelisMenten{Ceiling: h.Ceiling, Half: h.Half}
		}
		benchmark(b, lines, total)
	})
	b.Run("50 S-shaped lines in posts of 120 to 400", func(b *testing.B) {
		lines := hills(rand.New(rand.NewPCG(1, 1)), 50, 2000)
		for i := range lines {
			lines[i].Step = byline.Minor(int64(12_000+2000*(i%15)), byline.EUR)
		}
		benchmark(b, lines, total)
	})
	b.Run("5 lines in dollars", func(b *testing.B) {
		lines := hills(rand.New(rand.NewPCG(1, 1)), 5, 1000)
		for i := range lines {
			lines[i].Step = byline.Minor(100, byline.EUR)
		}
		benchmark(b, lines, byline.Minor(100_000, byline.EUR))
	})
	for _, n := range []int{500} {
		b.Run(fmt.Sprintf("%d S-shaped lines", n), func(b *testing.B) {
			benchmark(b, hills(rand.New(rand.NewPCG(1, 1)), n, 2000), total)
		})
	}
}

func BenchmarkAllocateWholePosts(b *testing.B) {
	for _, curve := range []string{"concave", "S-shaped"} {
		b.Run(curve, func(b *testing.B) {
			benchmark(b, posts(rand.New(rand.NewPCG(3, 1)), 30, curve == "S-shaped"), byline.Minor(5_000_000, byline.EUR))
		})
	}
}
