package byline_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
)

// The end of a window is the first instant that is no longer in it.
func ExampleWindow_Contains() {
	december := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	november := byline.Window{Start: december.AddDate(0, -1, 0), End: december}
	fmt.Println(november.Contains(november.Start))
	fmt.Println(november.Contains(december.Add(-time.Nanosecond)))
	fmt.Println(november.Contains(december))

	sinceDecember := byline.Window{Start: december}
	fmt.Println(sinceDecember.Contains(december.AddDate(10, 0, 0)), november.Overlaps(sinceDecember))
	// Output:
	// true
	// true
	// false
	// true false
}
