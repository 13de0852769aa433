package vet

import (
	"sync"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// PublishedBenchmarks returns the rows that ship with this version, dated and sourced.
// They are studies of vendors whose method nobody audited, and for the same cell they
// differ up to fourfold: the caller's own [Cohort] is sounder. Rows of YouTube per view
// are of before 2026-08-27, when the platform began to count views otherwise.
func PublishedBenchmarks() Benchmarks { return shippedBenchmarks() }

// ownBenchmarks are made once and handed out to nobody.
var ownBenchmarks = sync.OnceValue(shippedBenchmarks) //nolint:gochecknoglobals // never reassigned

func shippedBenchmarks() Benchmarks {
	var b Benchmarks
	b = append(b, sociaVault()...)
	b = append(b, playerSells()...)
	return append(b, overall()...)
}

// benchmarkRows spreads rows of percentages over tiers; a row is {p25, median, p75}, or
// one average.
func benchmarkRows(common Benchmark, bounds []int64, percent [][]float64) Benchmarks {
	rows := make(Benchmarks, len(percent))
	for i, p := range percent {
		row := common
		row.From = bounds[i]
		if i+1 < len(bounds) {
			row.To = bounds[i+1]
		}
		switch len(p) {
		case 1:
			row.Average = share(p[0])
		default:
			row.P25, row.Median, row.P75 = share(p[0]), share(p[1]), share(p[2])
		}
		rows[i] = row
	}
	return rows
}

func share(percent float64) *float64 { return new(percent / 100) }

func benchmarksReadAt() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) }

// viewsRedefined is when YouTube began to count every start and replay as a view.
func viewsRedefined() time.Time { return time.Date(2026, 8, 27, 0, 0, 0, 0, time.UTC) }

func sociaVault() Benchmarks {
	common := Benchmark{
		Published: "2026", Source: "SociaVault Labs, 350,000 accounts", ReadAt: benchmarksReadAt(), Confidence: byline.Secondary,
		Note: "study of a vendor, method not audited",
	}
	bounds := []int64{1_000, 10_000, 50_000, 100_000, 500_000}
	instagram, tiktok, youtube, linkedin := common, common, common, common
	instagram.Platform, instagram.Counts, instagram.Per = byline.Instagram, likesAndComments(), creator.FollowerCount
	tiktok.Platform, tiktok.Per = byline.TikTok, creator.FollowerCount
	tiktok.Counts = append(likesAndComments(), creator.Shares)
	youtube.Platform, youtube.Counts, youtube.Per, youtube.Until = byline.YouTube, likesAndComments(), creator.Views, viewsRedefined()
	linkedin.Platform, linkedin.Counts, linkedin.Per = byline.LinkedIn, likesAndComments(), creator.Impressions
	linkedin.Note = "two posts of the source disagree by up to 10%; the numerator is not stated; read as likes and comments"
	linkedin.Confidence = byline.Recalled
	rows := benchmarkRows(instagram, bounds, [][]float64{{4.2}, {2.8}, {1.9}, {1.4}, {0.9}})
	rows = append(rows, benchmarkRows(tiktok, bounds, [][]float64{
		{4.92, 7.84, 12.31}, {3.28, 5.21, 8.14}, {2.47, 3.89, 6.02}, {1.71, 2.73, 4.22}, {1.12, 1.84, 2.89},
	})...)
	rows = append(rows, benchmarkRows(youtube, bounds, [][]float64{
		{3.41, 5.23, 7.82}, {2.48, 3.74, 5.43}, {1.87, 2.81, 4.12}, {1.38, 2.12, 3.24}, {0.89, 1.41, 2.18},
	})...)
	return append(rows, benchmarkRows(linkedin, bounds, [][]float64{{5.42}, {3.87}, {2.74}, {1.89}, {1.08}})...)
}

func playerSells() Benchmarks {
	common := Benchmark{
		Platform: byline.X, Counts: append(likesAndComments(), creator.Shares), Per: creator.FollowerCount,
		Published: "2026-10", Source: "PlayerSells, 152,291 accounts, CC BY 4.0", ReadAt: benchmarksReadAt(), Confidence: byline.Recalled,
		Note: "biased sample; says interactions per post, read as likes, comments and shares",
	}
	return benchmarkRows(common, []int64{1_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000}, [][]float64{
		{0.067, 0.327, 1.34}, {0.204, 0.676, 1.97}, {0.022, 0.107, 0.431}, {0.012, 0.065, 0.27}, {0.005, 0.033, 0.14}, {0.003, 0.02, 0.08},
	})
}

// overall are single medians.
func overall() Benchmarks {
	per := func(on byline.Platform, of creator.Metric, median float64, source, published string) Benchmark {
		b := Benchmark{
			Platform: on, Counts: likesAndComments(), Per: of, Median: share(median), Published: published, Source: source,
			ReadAt: benchmarksReadAt(), Confidence: byline.Secondary, Note: "one median over accounts of all sizes",
		}
		if on == byline.YouTube && of == creator.Views {
			b.Until = viewsRedefined()
		}
		return b
	}
	crawl := Benchmarks{
		per(byline.TikTok, creator.Views, 5.52, "SocialCrawl, 79 large accounts", "2026"),
		per(byline.YouTube, creator.Views, 2.66, "SocialCrawl, 79 large accounts", "2026"),
		per(byline.Instagram, creator.Views, 2.34, "SocialCrawl, 79 large accounts", "2026"),
	}
	for i := range crawl {
		crawl[i].From = 100_000
		crawl[i].Note = "the source does not say how large; read as 100,000 followers and more"
	}
	const rival, insider = "Rival IQ, industry report", "Socialinsider, benchmark report"
	brands := Benchmarks{
		per(byline.TikTok, creator.FollowerCount, 3.70, insider, "2025"), per(byline.TikTok, creator.FollowerCount, 5.69, rival, "2022"),
		per(byline.Instagram, creator.FollowerCount, 0.48, insider, "2025"), per(byline.Instagram, creator.FollowerCount, 0.47, rival, "2022"),
		per(byline.Facebook, creator.FollowerCount, 0.15, insider, "2025"), per(byline.Facebook, creator.FollowerCount, 0.06, rival, "2022"),
		per(byline.X, creator.FollowerCount, 0.12, insider, "2025"), per(byline.X, creator.FollowerCount, 0.035, rival, "2022"),
	}
	for i := range brands {
		brands[i].Brands, brands[i].Confidence = true, byline.Recalled
		brands[i].Note = "brands' own accounts of all sizes; the numerator is not stated, read as likes and comments"
	}
	return append(crawl, brands...)
}
