package page_test

import (
	"fmt"
	"os"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/page"
)

func Example() {
	start := time.Date(2026, time.December, 2, 0, 0, 0, 0, time.UTC)
	b := brief.Brief{
		Title: "Slow mornings", Language: "de", Brands: []string{"Demo"}, Message: "The right temperature is the *whole* secret.",
		Disclosures: []brief.Disclosure{{Market: "DE", Language: "de", Label: "Werbung"}},
		Pieces: []brief.Piece{{
			Deliverable: brief.Deliverable{
				Platform: byline.Instagram, Format: brief.Reel, Count: 2, Posting: byline.Window{Start: start, End: start.AddDate(0, 0, 7)},
			},
			Length: brief.LengthBand{Min: time.Minute, Max: 90 * time.Second},
		}},
	}
	doc, err := page.Make(b, &page.Options{Language: "en"})
	if err != nil {
		fmt.Println(err)
		return
	}
	doc.Sections = doc.Sections[:3] // without the timeline
	if err := page.WriteMarkdown(os.Stdout, doc); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Slow mornings
	//
	// - **Brand**: Demo
	// - **Language of the content**: Deutsch
	// - **Time zone**: UTC
	//
	// ## What it is about
	//
	// - **The one thing to remember**: The right temperature is the \*whole\* secret.
	//
	// ## What to make
	//
	// ### 1. Instagram · 2 × Reel
	//
	// - **Goes live**: Wed, 2 December – Tue, 8 December 2026
	// - **Length**: 60–90 s
	//
	// ## How to label it as advertising
	//
	// Copy the label exactly as it stands here, without changing a word.
	//
	// **Germany**
	//
	// ```
	// Werbung
	// ```
	//
	// - **Instagram Reel**: in the video itself, in the first seconds
}
