package shopify

import "encoding/json"

// Codes lists the codes of the table, in its order.
func Codes() []string {
	var list []string
	for _, row := range codes() {
		list = append(list, row.code)
	}
	return list
}

// EmptyBodies are the wire types with nothing and with one empty element in them.
func EmptyBodies() [][]byte {
	order := wireOrder{
		LineItems:            []wireLine{{DiscountAllocations: []wireAllocation{{}}, TaxLines: []wireTaxLine{{}}}},
		ShippingLines:        []wireShippingLine{{DiscountAllocations: []wireAllocation{{}}}},
		DiscountCodes:        []wireDiscountCode{{}},
		DiscountApplications: []wireApplication{{}},
		NoteAttributes:       loose[wireAttribute]{{}},
		PaymentGatewayNames:  loose[scalar]{{}},
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
