package main

import (
	"slices"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/shopify"
)

// sale is one order of the made-up shop, before it is written as Shopify writes it.
// Amounts are minor units of EUR, and prices contain the tax, as in the EU.
type sale struct {
	id        int64
	number    int
	placed    time.Time
	updated   time.Time
	cancelled time.Time
	status    string // Shopify's financial_status
	test      bool
	customer  int
	email     string // "": one that goes with the customer
	lines     []soldLine
	codes     []usedCode
	link      string // the creator's link that was clicked
	inCart    bool   // the click arrived as a cart attribute, not in the landing page
	shipping  int64
	refunds   []giveBack
}

type soldLine struct {
	product  product
	quantity int64
}

type product struct {
	number int64
	title  string
	sku    string
	price  int64
}

// usedCode takes percent off every line. One that was typed by hand looks the same in
// discount_codes and is told apart by its application alone.
type usedCode struct {
	code    string
	percent int64
	byHand  bool
}

// giveBack is a refund of units, by the position of their line.
type giveBack struct {
	id       int64
	at       time.Time
	units    map[int]int64
	shipping int64
	note     string
}

const (
	taxPercent   = 20
	lineIDFactor = 10 // line ids are the order's id with the position behind it
)

func (s sale) orderID() byline.OrderID { return shopify.OrderID(s.id) }

func (s sale) name() string { return "#" + strconv.Itoa(s.number) }

func (s sale) lineID(i int) int64 { return s.id*lineIDFactor + int64(i) }

func (l soldLine) gross() int64 { return l.product.price * l.quantity }

// discount is what one code takes off one line, rounded half up as Shopify rounds.
func (l soldLine) discount(c usedCode) int64 { return (l.gross()*c.percent + 50) / 100 }

func (s sale) net(i int) int64 {
	net := s.lines[i].gross()
	for _, c := range s.codes {
		net -= s.lines[i].discount(c)
	}
	return net
}

// taxIn is the tax that an amount contains.
func taxIn(amount int64) int64 { return (amount*taxPercent + (100+taxPercent)/2) / (100 + taxPercent) }

func (s sale) subtotal() int64 {
	var total int64
	for i := range s.lines {
		total += s.net(i)
	}
	return total
}

func (s sale) grossTotal() int64 {
	var total int64
	for _, l := range s.lines {
		total += l.gross()
	}
	return total
}

func (s sale) total() int64 { return s.subtotal() + s.shipping }

// returned is how many units of a line came back.
func (s sale) returned(i int) int64 {
	var units int64
	for _, r := range s.refunds {
		units += r.units[i]
	}
	return units
}

// value is what the shop pays back for units of a line.
func (s sale) value(i int, units int64) int64 { return s.net(i) * units / s.lines[i].quantity }

// currentSubtotal is the subtotal without what came back.
func (s sale) currentSubtotal() int64 {
	var total int64
	for i, l := range s.lines {
		total += s.value(i, l.quantity-s.returned(i))
	}
	return total
}

// positions lists the lines of a refund in their order.
func (r giveBack) positions() []int {
	var list []int
	for i := range r.units {
		list = append(list, i)
	}
	slices.Sort(list)
	return list
}

func (s sale) refundTotal(r giveBack) int64 {
	total := r.shipping
	for _, i := range r.positions() {
		total += s.value(i, r.units[i])
	}
	return total
}

// as returns the sale at a later instant in another payment state.
func (s sale) as(status string, at time.Time) sale {
	s.status, s.updated = status, at
	return s
}

// refunded returns the sale with one more refund on it.
func (s sale) refunded(r giveBack) sale {
	s.refunds = append(slices.Clone(s.refunds), r)
	s.updated, s.status = r.at, "partially_refunded"
	if s.currentSubtotal() == 0 {
		s.status = "refunded"
	}
	return s
}

// everything is a refund of all that was sold.
func (s sale) everything(id int64, at time.Time, note string) giveBack {
	units := map[int]int64{}
	for i, l := range s.lines {
		units[i] = l.quantity
	}
	return giveBack{id: id, at: at, units: units, shipping: s.shipping, note: note}
}
