package forecast

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/bylinehq/byline"
)

// day is the n-th day of a made-up year.
func day(n int) time.Time { return time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

func reachOf(v float64) byline.Measure { return byline.Known(v, "reach", day(0)) }

func countOf(v float64) byline.Measure { return byline.Known(v, "count", day(0)) }

// past is a made-up history that follows the model: creators who differ, posts that vary.
func past(creators, posts int, seed uint64) []Post {
	random := rand.New(rand.NewPCG(seed, 7))
	poisson := func(mean float64) float64 {
		if mean <= 0 {
			return 0
		}
		return distuv.Poisson{Lambda: mean, Src: random}.Rand()
	}
	var history []Post
	for c := range creators {
		level := 10 + 0.8*random.NormFloat64()
		rate := 0.002 * math.Exp(0.5*random.NormFloat64())
		value := math.Log(4500) + 0.3*random.NormFloat64()
		for p := range posts {
			reach := math.Round(math.Exp(level + 0.5*random.NormFloat64()))
			sold := poisson(rate * reach * math.Exp(0.4*random.NormFloat64()-0.08))
			revenue := byline.Minor(int64(sold*math.Exp(value+0.2*random.NormFloat64())), byline.EUR)
			history = append(history, Post{
				CreatorID: byline.CreatorID(fmt.Sprintf("c%02d", c)), Platform: byline.Instagram, Format: "reel",
				At: day(p*7 + c%7), Reach: reachOf(reach), Clicks: countOf(poisson(reach * rate * 8)), Conversions: countOf(sold), Revenue: revenue,
			})
		}
	}
	return history
}

func line(id byline.CreatorID, posts int) Line {
	return Line{CreatorID: id, Platform: byline.Instagram, Format: "reel", Posts: posts}
}
