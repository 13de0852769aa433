package stripe

import (
	"encoding/json"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

// Codes lists the codes of the table, in its order.
func Codes() []string {
	var list []string
	for _, row := range codes() {
		list = append(list, row.Code)
	}
	return list
}

// Meaning is what a fault of the code says.
func Meaning(code string) string { return wire.Fault(codes(), "", code, "").Message }

// Minor converts Stripe's units.
func Minor(units int64, c byline.Currency) (minor int64, exact bool) { return toMinor(units, c) }

// Known reports whether a topic means something here.
func Known(topic string) bool { return parserOf(topic) != nil }

// EmptyObjects are the wire types with nothing and with one empty element in them.
func EmptyObjects() []string {
	var invoice wireInvoice
	invoice.Lines.Data = []wireLine{{DiscountAmounts: []wireTaken{{}}, Taxes: []wireTax{{}}}}
	invoice.Discounts, invoice.DiscountAmounts, invoice.TotalTaxes = []wireDiscount{{}}, []wireTaken{{}}, []wireTax{{}}
	session := wireSession{Discounts: []wireDiscount{{}}, Metadata: metadata{"": scalar{}}}
	charge := wireCharge{Refunds: wireRefunds{Data: []wireRefund{{}}}}
	var bodies []string
	for _, v := range []any{wireSession{}, session, wireInvoice{}, invoice, wireInvoicePayment{}, wireCharge{}, charge, wireRefund{}, wireDispute{}} {
		body, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		bodies = append(bodies, string(body))
	}
	return bodies
}
