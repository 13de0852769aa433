package ordercsv_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/bylinehq/byline/attribution/ordercsv"
)

func ExampleReader_Orders() {
	const file = `Order;Date;Status;Total;Code
1001;20.11.2026 19:30;bezahlt;"1.042,50";ADA15
1002;20.11.2026 20:05;offen;30,00;
1003;20.11.2026;bezahlt;€ 12,00;BRUNO10
`
	r, err := ordercsv.NewReader(strings.NewReader(file), ordercsv.Mapping{
		Shop: "demo.example",
		Columns: map[ordercsv.Column][]string{
			ordercsv.ID: {"Order"}, ordercsv.PlacedAt: {"Date"}, ordercsv.Payment: {"Status"},
			ordercsv.Net: {"Total"}, ordercsv.Codes: {"Code"},
		},
		Fixed:     map[ordercsv.Column]string{ordercsv.Currency: "EUR"},
		Words:     map[ordercsv.Column]map[string]string{ordercsv.Payment: {"bezahlt": "paid", "offen": "pending"}},
		Delimiter: ";", DecimalComma: true, Thousands: ".",
		TimeLayout: "02.01.2006 15:04",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for order, err := range r.Orders() {
		if _, bad := errors.AsType[*ordercsv.RowError](err); bad {
			fmt.Println(err)
			continue
		}
		if err != nil {
			fmt.Println("cannot go on:", err)
			return
		}
		sales, err := order.Sales()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(order.ID, order.Payment, sales.Kept, len(order.Codes))
	}
	fmt.Println(r.Rows(), "rows")
	// Output:
	// demo.example:1001 paid 1042.50 EUR 1
	// demo.example:1002 pending 30.00 EUR 0
	// line 4: placed_at: not a time of the layout, between 1970 and 9999; net: not a plain decimal number
	// 3 rows
}
