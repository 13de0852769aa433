package lift_test

import (
	"fmt"
	"testing"

	"github.com/bylinehq/byline/attribution/lift"
)

func BenchmarkCompareProportions(b *testing.B) {
	for name, n := range map[string]int64{"10k": 10_000, "1G": 1_000_000_000} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := lift.CompareProportions(arm(n/40, n), arm(n/50, n), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The longest sums: equal rates of one half.
func BenchmarkFisherOfABillion(b *testing.B) {
	for b.Loop() {
		if _, err := lift.CompareProportions(arm(500_010_000, 1e9), arm(500_000_000, 1e9), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCUPED(b *testing.B) {
	var units []lift.PrePost
	for i := range 100_000 {
		units = append(units, lift.PrePost{Before: float64(i % 977), After: float64(i % 1013)})
	}
	for b.Loop() {
		if _, err := lift.CUPED(units, units, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSize(b *testing.B) {
	b.Run("proportions", func(b *testing.B) {
		for b.Loop() {
			if _, err := (lift.ProportionDesign{ControlRate: .02, TreatedRate: .025}).Size(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("means", func(b *testing.B) {
		for b.Loop() {
			if _, err := (lift.MeanDesign{Effect: .02}).Size(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkAssign(b *testing.B) {
	h := lift.Holdout{Experiment: "spring", TreatedShare: .9}
	for b.Loop() {
		if _, err := h.Assign("customer-123456", day(1)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAnalyse(b *testing.B) {
	h := lift.Holdout{Experiment: "spring", TreatedShare: .9}
	assignments, conversions := trial(b, h, 100_000, 3000, 250)
	b.ReportMetric(float64(len(assignments)), "units")
	for b.Loop() {
		if _, err := h.Analyse(assignments, conversions, nil); err != nil {
			b.Fatal(fmt.Errorf("analyse: %w", err))
		}
	}
}
