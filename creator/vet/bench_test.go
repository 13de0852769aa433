package vet_test

import (
	"testing"

	"github.com/bylinehq/byline/creator/vet"
)

// BenchmarkRead is one creator with 30 posts and 90 points.
func BenchmarkRead(b *testing.B) {
	likes := make([]float64, 30)
	for i := range likes {
		likes[i] = float64(100 + 37*i%91)
	}
	d := dossier(likes...)
	for i := range d.Posts {
		d.Posts[i].PublishedAt = now().AddDate(0, 0, -4-2*i)
	}
	d.Series = grew(walk(90, 10_000, 20, 5, 1)).Series
	o := &vet.Options{At: now()}
	b.ReportAllocs()
	for b.Loop() {
		vet.Read(d, ada(), o)
	}
}

// BenchmarkGrowth is ten years of days.
func BenchmarkGrowth(b *testing.B) {
	d := grew(walk(3650, 10_000, 20, 60, 1))
	o := &vet.GrowthOptions{Days: 3650}
	b.ReportAllocs()
	for b.Loop() {
		vet.Growth(d, ada(), now(), o)
	}
}
