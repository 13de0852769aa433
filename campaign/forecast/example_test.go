package forecast_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/forecast"
)

// pastPosts are three posts each of four creators: reach, conversions and revenue in cents.
func pastPosts() []forecast.Post {
	numbers := map[byline.CreatorID][3][3]float64{
		"ada":   {{21000, 40, 172000}, {18500, 31, 139500}, {30200, 55, 250000}},
		"bruno": {{9100, 8, 36500}, {7400, 5, 21000}, {12300, 14, 60200}},
		"cleo":  {{44000, 29, 121000}, {61500, 52, 230500}, {38700, 20, 93000}},
		"dario": {{15000, 33, 150000}, {11200, 19, 88000}, {19800, 47, 210000}},
	}
	var posts []forecast.Post
	for id, own := range numbers {
		for week, n := range own {
			at := time.Date(2026, 3, 2+7*week, 9, 0, 0, 0, time.UTC)
			posts = append(posts, forecast.Post{
				CreatorID: id, Platform: byline.Instagram, Format: "reel", At: at,
				Reach:       byline.Known(n[0], "instagram.reach", at),
				Conversions: byline.Known(n[1], "orders", at),
				Revenue:     byline.Minor(int64(n[2]), byline.EUR),
			})
		}
	}
	return posts
}

// Two creators of whom the past is known, and one who posts for the first time.
func ExampleMake() {
	f, err := forecast.Make(pastPosts(), []forecast.Line{
		{CreatorID: "ada", Platform: byline.Instagram, Format: "reel", Posts: 2, Fee: byline.Minor(90000, byline.EUR)},
		{CreatorID: "bruno", Platform: byline.Instagram, Format: "reel", Posts: 1, Fee: byline.Minor(25000, byline.EUR)},
		{CreatorID: "ella", Platform: byline.Instagram, Format: "reel", Posts: 1, Fee: byline.Minor(40000, byline.EUR)},
	}, &forecast.Options{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(f.Explain())
	// Output:
	// Gross reach: P10 54424, P50 79153, P90 151003.
	// Clicks: not forecast, too few past posts with known reach and clicks on instagram reel.
	// Conversions: P10 80, P50 124, P90 238.
	// Revenue: P10 3553.25 EUR, P50 5506.05 EUR, P90 10593.37 EUR.
	// The revenue covers the fees of 1550.00 EUR in over 99% of the draws.
	// ella has no past here: the line has the distribution of all creators on instagram reel.
}
