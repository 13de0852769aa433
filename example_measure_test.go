package byline_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
)

// A number that a platform does not give says why, and is never 0.
func ExampleMissing() {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, m := range []byline.Measure{
		byline.Known(12_300, "youtube.subscribers.rounded3", at),
		byline.Missing(byline.Hidden, "youtube.subscribers.rounded3", at),
		{},
	} {
		value, known := m.Value()
		data, err := json.Marshal(m)
		fmt.Println(value, known, m.Missing(), err)
		fmt.Println(string(data))
	}
	// Output:
	// 12300 true  <nil>
	// {"value":12300,"definition":"youtube.subscribers.rounded3","at":"2026-11-22T09:00:00Z"}
	// 0 false hidden <nil>
	// {"missing":"hidden","definition":"youtube.subscribers.rounded3","at":"2026-11-22T09:00:00Z"}
	// 0 false not_collected <nil>
	// {"missing":"not_collected"}
}
