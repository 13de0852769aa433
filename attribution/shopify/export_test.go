package shopify

import (
	"encoding/json"

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

// EmptyBodies are the wire types with nothing and with one empty element in them.
func EmptyBodies() [][]byte {
	order := wireOrder{
		LineItems:            []wireLine{{DiscountAllocations: []wireAllocation{{}}, TaxLines: []wireTaxLine{{}}}},
		ShippingLines:        []wireShippingLine{{DiscountAllocations: []wireAllocation{{}}}},
		DiscountCodes:        []wireDiscountCode{{}},
		DiscountApplications: []wireApplication{{}},
		NoteAttributes:       wire.Loose[[]wireAttribute]{Value: []wireAttribute{{}}},
		PaymentGatewayNames:  wire.Loose[[]scalar]{Value: []scalar{{}}},
	}
	refund := wireRefund{
		RefundLineItems:     []wireRefundLine{{}},
		RefundShippingLines: []wireShippingBack{{}},
		OrderAdjustments:    []wireAdjustment{{}},
		Transactions:        []wireTransaction{{}},
	}
	order.Refunds = []wireRefund{refund}
	var bodies [][]byte
	for _, v := range []any{wireOrder{}, order, wireRefund{}, refund, wireDispute{}, wirePrivacy{}, wireShop{}, wireLine{}, wireSet{}, scalar{}} {
		body, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		bodies = append(bodies, body)
	}
	return bodies
}
