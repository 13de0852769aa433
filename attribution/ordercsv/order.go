package ordercsv

import (
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// What an order of totals calls its only line and its only refund.
const (
	totalLine     = "total"
	refundedSoFar = "refunded"
)

// draft is an order while its rows are read.
type draft struct {
	attribution.Order

	id           string   // as the file writes it
	first        []string // the cells of its first row, where it may have others
	line, end    int
	rows         int
	lastBroken   bool
	currencyTold bool
	status       attribution.CustomerStatus
	faults       []told
}

// told is a fault of a row.
type told struct {
	row    int
	column Column
	fault  *byline.FieldError
}

// begin starts an order with the row.
func (r *Reader) begin() {
	beside, last := r.order.lastBroken && r.m.Grouped, r.order.id
	r.order = draft{line: r.row.line, end: r.row.end, rows: 1, first: r.order.first[:0], lastBroken: r.row.fault != nil}
	if r.row.fault != nil {
		r.order.faults = append(r.order.faults, told{fault: r.row.fault})
		return
	}
	r.readOrder()
	if beside {
		r.order.faults = append(r.order.faults, told{fault: fault("", codeBroken, "")})
	}
	if r.m.Grouped {
		r.order.first = append(r.order.first, r.row.cells...)
	} else if r.order.id != "" && r.order.id == last {
		r.fault(ID, codeIDTwice, "")
	}
	r.readLines()
}

// continues reports whether the row belongs to the order above it. One that cannot be
// read may.
func (r *Reader) continues() bool {
	if r.row.fault != nil {
		return true
	}
	id := r.cell(ID)
	return id == "" || id == r.order.id
}

// add takes another row of the order.
func (r *Reader) add() {
	r.order.rows++
	r.order.end = r.row.end
	if r.order.lastBroken = r.row.fault != nil; r.order.lastBroken {
		r.order.faults = append(r.order.faults, told{row: r.order.rows - 1, fault: r.row.fault})
		return
	}
	if len(r.order.first) == 0 {
		return // its first row cannot be read, and there is nothing to add to
	}
	for i := range r.sources {
		c, s := Column(i), &r.sources[i]
		if c.ofLine() || s.index < 0 {
			continue
		}
		if again := strings.TrimSpace(r.row.cells[s.index]); again != "" && again != strings.TrimSpace(r.order.first[s.index]) {
			r.fault(c, codeContradicts, "")
		}
	}
	if r.linewise {
		r.readLines()
	}
}

// finish returns the order, or why it is none.
func (r *Reader) finish() (attribution.Order, error) {
	d := &r.order
	r.line = d.line
	if len(d.faults) == 0 && d.Kind == attribution.Purchase && len(d.Lines) == 0 {
		r.fault(r.priceColumn(), codeRequired, "")
	}
	if len(d.faults) == 0 {
		_, err := d.Sales()
		for _, f := range byline.Nest("", err) {
			d.faults = append(d.faults, told{row: -1, fault: f})
		}
	}
	if len(d.faults) == 0 {
		r.status = d.status
		return d.Order, nil
	}
	wrong := &RowError{Line: d.line, End: d.end}
	for _, t := range d.faults {
		if d.rows > 1 && t.row >= 0 {
			wrong.Faults = append(wrong.Faults, byline.Nest(fmt.Sprintf("rows[%d]", t.row), t.fault)...)
		} else {
			wrong.Faults = append(wrong.Faults, t.fault)
		}
	}
	return attribution.Order{}, wrong
}

// fixedFaults finds what is wrong with what a mapping fixes, once and not in each row.
func (r *Reader) fixedFaults() (found []*byline.FieldError) {
	r.row = row{cells: make([]string, r.width)}
	r.begin()
	for _, t := range r.order.faults {
		if r.sources[t.column].fixed != "" {
			found = append(found, t.fault)
		}
	}
	r.order = draft{}
	return found
}

// readOrder reads what is said of the whole order.
func (r *Reader) readOrder() {
	d := &r.order
	id := r.must(ID)
	if !readable(id, maxText) {
		r.fault(ID, codeID, "")
	}
	d.ID = byline.OrderID(r.m.IDPrefix + id)
	d.id = string(d.ID)[len(r.m.IDPrefix):]
	d.Shop = r.m.Shop
	d.Number = strings.Clone(r.text(Number, maxText))
	if kind := r.word(Kind); kind != wordPurchase {
		d.Kind = attribution.Conversion(kind)
	}
	if channel := r.word(Channel); channel != wordOnline {
		d.Channel = attribution.Channel(channel)
	}
	if d.Kind == attribution.Purchase {
		r.must(Payment)
	}
	d.Payment = attribution.Payment(r.word(Payment))
	d.Renewal, d.Test, d.TaxIncluded = r.flag(Renewal), r.flag(Test), r.flag(TaxIncluded)
	r.readTimes()
	r.readCurrency()
	d.Shipping, d.ShippingTax = r.money(Shipping), r.money(ShippingTax)
	r.readCustomer()
	r.readCodes()
	d.Touches = r.touches(d.PlacedAt)
	r.readRefund()
}

func (r *Reader) readTimes() {
	d := &r.order
	r.must(PlacedAt)
	d.PlacedAt, d.UpdatedAt, d.CancelledAt = r.time(PlacedAt), r.time(UpdatedAt), r.time(CancelledAt)
	d.DeliveredAt = r.time(DeliveredAt)
	if d.UpdatedAt.IsZero() {
		d.UpdatedAt = d.PlacedAt
	}
	if r.flag(Cancelled) && d.CancelledAt.IsZero() {
		d.CancelledAt = d.UpdatedAt
	}
}

func (r *Reader) readCurrency() {
	text := r.cell(Currency)
	if text == "" {
		return
	}
	c, ok := r.kept.parse(text)
	if !ok {
		r.order.currencyTold = true
		r.fault(Currency, codeCurrency, "")
	}
	r.order.Currency = c
}

// readCustomer keeps keys. What they were made of goes no further, and what none can be
// made of costs nobody the order.
func (r *Reader) readCustomer() {
	r.order.Customer.ID, r.order.Customer.Visitor = r.impersonal(CustomerID), r.impersonal(Visitor)
	if r.m.Identity != (attribution.Identity{}) {
		country, _ := byline.ParseMarket(r.cell(Country))
		r.order.Customer.Email = r.m.Identity.Email(r.cell(Email))
		r.order.Customer.Phone = r.m.Identity.Phone(r.cell(Phone), country)
	}
	r.order.status = attribution.CustomerStatus(r.word(CustomerStatus))
}

func (r *Reader) readCodes() {
	list := r.text(Codes, maxList)
	if list == "" {
		return
	}
	kind := attribution.CodeKind(r.word(CodeKind))
	if kind == "" {
		kind = attribution.Genuine
	}
	for entry := range strings.SplitSeq(list, r.m.CodeSeparator) {
		code, amount, hasAmount := strings.Cut(entry, r.m.CodeAmount)
		if code = strings.TrimSpace(code); code == "" && !hasAmount {
			continue
		}
		if code == "" || !readable(code, maxText) {
			r.fault(Codes, codeText, "")
			return
		}
		use := attribution.CodeUse{Code: r.kept.word(code), Kind: kind}
		if hasAmount {
			use.Discount = r.amount(Codes, strings.TrimSpace(amount))
		}
		r.order.Codes = append(r.order.Codes, use)
	}
}

// touches reads what the order carries of where its customer came from. It is what a
// stranger's browser sent: what cannot be evidence is left out, and costs nobody the
// order.
func (r *Reader) touches(placed time.Time) []attribution.Touch {
	touches := tracking.Visit(r.cell(LandingURL), placed, attribution.SourceLandingPage)
	if t, ok := tracking.Attribute(attribution.LinkParameter, r.cell(Link), placed, attribution.SourceOrderMeta); ok {
		touches = append(touches, t)
	}
	for line := range strings.Lines(r.cell(Attributes)) {
		name, value, _ := strings.Cut(line, ":")
		if t, ok := tracking.Attribute(name, strings.TrimSpace(value), placed, attribution.SourceCartAttribute); ok {
			touches = append(touches, t)
		}
	}
	touches = append(touches, tracking.Reference(r.cell(Reference), placed, attribution.SourceReference)...)
	for i := range touches {
		r.detach(&touches[i])
	}
	return touches
}

// detach makes a touch that is no part of the row.
func (r *Reader) detach(t *attribution.Touch) {
	for _, text := range [...]*string{&t.ID, &t.Link, &t.Page, &t.UTM.Source, &t.UTM.Medium, &t.UTM.Campaign, &t.UTM.Content, &t.UTM.Term, &t.UTM.ID} {
		if *text != "" {
			*text = r.kept.word(*text)
		}
	}
}

// readRefund makes one refund of what came back so far. An order that is refunded in
// part, without a word of how much, would be paid as if it were not.
func (r *Reader) readRefund() {
	d := &r.order
	back := r.money(Refunded)
	if back.Sign() > 0 {
		d.Refunds = []attribution.Refund{{ID: refundedSoFar, At: d.UpdatedAt, AsOf: d.UpdatedAt, State: attribution.Settled, Cash: back}}
	}
	if d.Payment == attribution.PartiallyRefunded && back.Sign() == 0 {
		r.fault(Refunded, codeRefund, "")
	}
}

// readLines reads the line of the row, or makes one of the order's totals.
func (r *Reader) readLines() {
	if r.linewise {
		r.readLine()
		return
	}
	d := &r.order
	gross, net, discount, tax := r.money(Gross), r.money(Net), r.money(Discount), r.money(Tax)
	stated := gross != (byline.Money{}) || net != (byline.Money{})
	if !stated && d.Kind != attribution.Purchase && discount.IsZero() && tax.IsZero() {
		return
	}
	if !stated && r.cell(Gross) == "" && r.cell(Net) == "" {
		r.fault(r.amountColumn(), codeRequired, "")
	}
	if r.sources[Net].has() {
		gross = r.sum(Net, net, discount)
	}
	line := attribution.Line{ID: totalLine, Quantity: r.count(Quantity, 1), Gross: gross, Discount: discount, Tax: tax}
	if id := r.text(LineID, maxText); id != "" {
		line.ID = strings.Clone(id)
	}
	r.readGoods(&line)
	d.Lines = append(d.Lines, line)
}

// amountColumn is where the amount of an order of totals is missing.
func (r *Reader) amountColumn() Column {
	if r.sources[Net].has() {
		return Net
	}
	return Gross
}

func (r *Reader) priceColumn() Column {
	if r.sources[LineGross].has() {
		return LineGross
	}
	return UnitPrice
}

// readLine passes over a row that has no word of a line, such as one of a parcel.
func (r *Reader) readLine() {
	price := r.priceColumn()
	if r.cell(price) == "" {
		empty := true
		for c := LineID; int(c) < columnCount; c++ {
			empty = empty && (r.sources[c].index < 0 || r.cell(c) == "")
		}
		if !empty {
			r.fault(price, codeRequired, "")
		}
		return
	}
	line := attribution.Line{ID: strings.Clone(r.text(LineID, maxText)), Gross: r.money(price), Discount: r.money(LineDiscount), Tax: r.money(LineTax)}
	if price == UnitPrice {
		r.must(Quantity)
		line.Quantity = r.count(Quantity, 0)
		line.Gross = r.times(UnitPrice, line.Gross, line.Quantity)
	} else {
		line.Quantity = r.count(Quantity, 1)
	}
	r.readGoods(&line)
	r.order.Lines = append(r.order.Lines, line)
}

func (r *Reader) readGoods(line *attribution.Line) {
	line.Product = r.kept.word(r.text(Product, maxText))
	line.SKU = r.kept.word(r.text(SKU, maxText))
	line.GiftCard = r.flag(GiftCard)
	line.DeliveredAt = r.time(LineDeliveredAt)
}
