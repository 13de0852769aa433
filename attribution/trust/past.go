package trust

import (
	"cmp"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Past is an order that a creator was credited with, as far as the rules about people
// look at it. Of an order with several creators there is one for each.
type Past struct {
	Order    byline.OrderID       `json:"order"`
	Shop     string               `json:"shop"`
	Creator  byline.CreatorID     `json:"creator"`
	Customer attribution.Customer `json:"customer,omitzero"`
	PlacedAt time.Time            `json:"placed_at"`
	Refunded bool                 `json:"refunded,omitempty"` // all of it came back, or it was charged back
}

// before is half-open, as in attribution.StatusOf.
func (p Past) before(o attribution.Order) bool {
	return !p.PlacedAt.IsZero() && cmp.Or(p.PlacedAt.Compare(o.PlacedAt), cmp.Compare(p.Order, o.ID)) < 0
}
