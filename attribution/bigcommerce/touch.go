package bigcommerce

import (
	"slices"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// touches reads the links and click ids in the order's notes. There is nothing else:
// BigCommerce keeps no UTM parameters with an order.
func (h *wireOrder) touches(placed time.Time) []attribution.Touch {
	return slices.Concat(
		tracking.Note(h.CustomerMessage.Words(), placed, attribution.SourceOrderNote),
		tracking.Note(h.StaffNotes.Words(), placed, attribution.SourceOrderNote),
	)
}
