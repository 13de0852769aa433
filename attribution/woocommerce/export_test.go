package woocommerce

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
func Meaning(code string) string { return fault(code, "").Message }

// DecodeEntities is what is done to a secret.
func DecodeEntities(text string) string { return decodeEntities(text) }

// EmptyBodies are the wire types with nothing and with one empty element in them.
func EmptyBodies() [][]byte {
	notes := wire.Loose[[]wireMeta]{Value: []wireMeta{{}}}
	line := wireLine{MetaData: notes}
	refund := wireRefund{LineItems: []wireLine{line}, ShippingLines: []wireLine{line}, FeeLines: []wireLine{line}}
	order := wireOrder{
		LineItems: []wireLine{line}, CouponLines: []wireCoupon{{}}, Refunds: []wireRefund{refund}, MetaData: notes,
	}
	var bodies [][]byte
	for _, v := range []any{wireOrder{}, order, wireRefund{}, refund, []wireRefund{refund}, wireLine{}, scalar{}} {
		body, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		bodies = append(bodies, body)
	}
	return bodies
}

// RoundColumn rounds amounts that belong to one sum.
func RoundColumn(c byline.Currency, amounts ...string) ([]byline.Money, error) {
	column := column{currency: c}
	var rounded []byline.Money
	for _, text := range amounts {
		m, err := column.next(text)
		if err != nil {
			return nil, err
		}
		rounded = append(rounded, m)
	}
	return rounded, nil
}
