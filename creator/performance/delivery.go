package performance

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// Delivery is what one creator did and sold in a period.
type Delivery struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Window    byline.Window    `json:"window,omitzero"` // when the posts were published and the orders placed
	// Clicks on the creator's links, and Posts that were published: whole numbers, or why
	// they are missing. An order by a code needs no click.
	Clicks byline.Measure `json:"clicks"`
	Posts  byline.Measure `json:"posts"`
	Orders []Order        `json:"orders,omitempty"` // all that were credited to the creator, refunded ones too
}

// Order is an order, or the creator's part of one. An order that is credited to two
// creators counts as one for each of them, with each one's part of the contribution; one that
// is credited to a creator twice, as by two campaigns, is one order with the sum of both.
type Order struct {
	ID       byline.OrderID `json:"id"`
	Clicked  bool           `json:"clicked,omitempty"`  // it came through one of Clicks
	Refunded bool           `json:"refunded,omitempty"` // nothing of it was kept, whenever it went back; a part that went back lowers Contribution alone
	// Contribution is what the order left: sales that were kept, less goods and fees. A refund
	// may leave less than nothing. nil where it is not known.
	Contribution *byline.Money `json:"contribution,omitempty"`
}

// maxCount is the largest count that rank takes.
const maxCount = 1 << 52

// check returns the faults of all deliveries, and the one currency of them.
func check(deliveries []Delivery) (byline.Currency, []*byline.FieldError) {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	var currency byline.Currency
	seen := map[byline.CreatorID]bool{}
	for i := range deliveries {
		d, path := &deliveries[i], fmt.Sprintf("deliveries[%d]", i)
		if d.CreatorID == "" {
			add(path+".creator_id", "performance.creator", "the creator is missing")
		} else if seen[d.CreatorID] {
			add(path+".creator_id", "performance.creator_twice", "a creator stands once, with all orders")
		}
		seen[d.CreatorID] = true
		if !whole(d.Clicks) {
			add(path+".clicks", "performance.count", "a count is a whole number from 0")
		}
		if !whole(d.Posts) {
			add(path+".posts", "performance.count", "a count is a whole number from 0")
		}
		currency = checkOrders(d.Orders, path, currency, add)
	}
	return currency, faults
}

func whole(m byline.Measure) bool {
	n, known := m.Value()
	return !known || n >= 0 && n <= maxCount && n == math.Trunc(n)
}

func checkOrders(orders []Order, path string, currency byline.Currency, add func(path, code, message string)) byline.Currency {
	seen := make(map[byline.OrderID]bool, len(orders))
	for j, o := range orders {
		switch {
		case o.ID == "":
			add(fmt.Sprintf("%s.orders[%d].id", path, j), "performance.order", "the order has no id")
		case seen[o.ID]:
			add(fmt.Sprintf("%s.orders[%d].id", path, j), "performance.order_twice", "an order stands once for a creator")
		}
		seen[o.ID] = true
		if o.Contribution == nil {
			continue
		}
		of := o.Contribution.Currency()
		if currency == "" {
			currency = of
		}
		if of == "" || of != currency {
			add(fmt.Sprintf("%s.orders[%d].contribution", path, j), "performance.currency", "all contributions are of one currency; convert them first")
		}
	}
	return currency
}

// tally is a delivery in numbers.
type tally struct {
	kept, refunded, orders int64
	clicked, keptClicked   int64   // that came through a click
	sum, centred           float64 // of contributions, in major units; centred: squares around their mean
	unknown                bool    // whether a contribution is
}

func (d *Delivery) tally() tally {
	var t tally
	mean, seen := 0.0, 0.0
	for _, o := range d.Orders {
		t.orders++
		if o.Refunded {
			t.refunded++
		} else {
			t.kept++
		}
		if o.Clicked {
			t.clicked++
			if !o.Refunded {
				t.keptClicked++
			}
		}
		if o.Contribution == nil {
			t.unknown = true
			continue
		}
		x := o.Contribution.Decimal().InexactFloat64()
		t.sum += x
		// Welford's update: squares less sum would lose all digits on large, equal amounts.
		seen++
		delta := x - mean
		mean += delta / seen
		t.centred += delta * (x - mean)
	}
	return t
}
