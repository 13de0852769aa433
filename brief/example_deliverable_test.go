package brief_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func ExampleDeliverable_Validate() {
	start := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	d := brief.Deliverable{
		Platform: byline.YouTube, Format: brief.Reel,
		Posting: byline.Window{Start: start, End: start.AddDate(0, 0, -7)},
	}
	if all, ok := errors.AsType[*byline.ValidationError](d.Validate()); ok {
		for _, f := range all.Fields {
			fmt.Printf("%-8s %-26s %s\n", f.Path, f.Code, f.Message)
		}
	}
	fmt.Println("YouTube carries", brief.Formats(byline.YouTube))

	d.Format, d.Count, d.Posting.End = brief.Short, 2, start.AddDate(0, 0, 7)
	fmt.Println(d.Validate())
	// Output:
	// count    min                        must be at least 1
	// format   deliverable.format         the platform does not carry this format
	// posting  deliverable.posting_order  the posting window ends before it starts
	// YouTube carries [video short livestream post]
	// <nil>
}
