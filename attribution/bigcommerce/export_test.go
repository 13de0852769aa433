package bigcommerce

import (
	"encoding/json"

	"github.com/bylinehq/byline/attribution"
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
func Meaning(code string) string { return fault(code).Message }

// Convert reads the four documents of an order as Fetch does.
func Convert(w Webhook, id string, head, coupons, products, refunds []byte) (attribution.Order, error) {
	r := newReader()
	var d documents
	var list wireRefunds
	r.Decode(head, &d.head)
	r.Decode(coupons, &d.coupons)
	r.Decode(products, &d.products)
	r.Decode(refunds, &list)
	d.refunds = list.Data
	o := d.order(&r, w, id)
	return o, r.Err("order " + id)
}

// EmptyDocuments are the wire types with one empty element in them.
func EmptyDocuments() [][]byte {
	var list [][]byte
	for _, v := range []any{
		wireOrder{}, []wireCoupon{{}}, []wireProduct{{AppliedDiscounts: []wireDiscount{{}}}},
		wireRefunds{Data: []wireRefund{{Items: []wireRefundItem{{}}, Payments: []wireRefundPayment{{}}}}},
	} {
		body, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		list = append(list, body)
	}
	return list
}
