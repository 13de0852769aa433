package vet_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

// TestIntervalsCover draws data from a known truth and counts how often the interval
// holds it.
func TestIntervalsCover(t *testing.T) {
	t.Parallel()
	normal := func(rng *rand.Rand, n int) []float64 {
		likes := make([]float64, n)
		for i := range likes {
			likes[i] = 1000 + 200*rng.NormFloat64()
		}
		return likes
	}
	perFollower := vet.Variant{Counts: []creator.Metric{creator.Likes}, Per: creator.FollowerCount, Statistic: vet.Mean}
	tests := map[string]struct {
		draw        func(t *testing.T, rng *rand.Rand) (r creator.Reading, truth float64)
		least, most float64
	}{
		"mean": {func(t *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			return engaged(t, dossier(normal(rng, 12)...), perFollower).Rate, 0.1
		}, 0.925, 0.97},
		"trimmed mean": {func(t *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			return engaged(t, dossier(normal(rng, 20)...), perFollower).TrimmedMean, 0.1
		}, 0.925, 0.97},
		"sponsored ratio": {func(t *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			d := dossier(normal(rng, 24)...)
			for i := range 10 {
				d.Posts[i].Commerce = creator.Sponsored
			}
			return engaged(t, d, perFollower).SponsoredRatio, 1
		}, 0.95, 1},
		"view rate": {func(t *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			return engaged(t, dossier(normal(rng, 12)...), perFollower).ViewRate, 1
		}, 0.935, 1},
		"posts per week": {func(_ *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			d := dossier()
			for ago := rng.ExpFloat64() * 56; ago < 24*90; ago += rng.ExpFloat64() * 56 { // hours, three a week
				p := post(fmt.Sprint(ago), 0, 1, 1, 1)
				p.PublishedAt = now().Add(-time.Duration(ago * float64(time.Hour)))
				d.Posts = append(d.Posts, p)
			}
			return vet.Activity(d, ada(), now(), 0).PostsPerWeek, 3
		}, 0.93, 0.98},
		"sponsored share": {func(_ *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			d := dossier(make([]float64, 17)...)
			for i := range d.Posts {
				if rng.Float64() < 0.3 {
					d.Posts[i].Commerce = creator.Sponsored
				}
			}
			return vet.Activity(d, ada(), now(), 0).SponsoredShare, 0.3
		}, 0.92, 0.99},
		"growth": {func(_ *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			values := walk(60, 10_000, 20, 15, rng.Uint64())
			return vet.Growth(grew(values), ada(), now(), nil).Rate, 20 / values[59]
		}, 0.93, 0.99},
		"rounded growth": {func(_ *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			values := walk(60, 20_000, 150, 40, rng.Uint64())
			grown := (values[59] - values[29]) / 30
			for i := range values {
				values[i] = math.Floor(values[i]/100) * 100
			}
			return vet.Growth(grew(values), ada(), now(), nil).Rate, grown / values[59]
		}, 1, 1},
		"percentile": {func(t *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			values := make([]float64, 40)
			for i := range values {
				values[i] = rng.Float64()
			}
			c, err := vet.NewCohort("ours", "d", now(), values)
			require.NoError(t, err)
			truth := rng.Float64()
			return c.Percentile(rate(truth, "d")), truth
		}, 0.925, 0.98},
		"shrunk": {func(t *testing.T, rng *rand.Rand) (creator.Reading, float64) {
			truth, events := 0.03+0.01*rng.NormFloat64(), 0.0 // a prior worth about 290
			for range 500 {
				if rng.Float64() < truth {
					events++
				}
			}
			p := vet.Prior{Mean: 0.03, Strength: 290, Creators: 50, At: now()}
			r, err := p.Shrunk(vet.Tally{Events: events, Exposure: 500})
			require.NoError(t, err)
			return r, truth
		}, 0.93, 0.99},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(11, 12))
			const tries = 600
			covered := 0
			for range tries {
				r, truth := tt.draw(t, rng)
				if r.Low == nil || r.Level != vet.Level {
					t.Fatalf("no interval: %+v", r)
				}
				if *r.Low <= truth && truth <= *r.High {
					covered++
				}
			}
			share := float64(covered) / tries
			t.Logf("covers %.3f", share)
			if share < tt.least || share > tt.most {
				t.Errorf("the interval covers %.3f of the time, want %v to %v", share, tt.least, tt.most)
			}
		})
	}
}
