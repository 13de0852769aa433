package woocommerce_test

import (
	"fmt"
	"net/http"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

func ExampleWebhook_Decode() {
	hook := woocommerce.Webhook{
		Secrets: []attribution.Secret{"secret-of-updated", "secret-of-deleted"},
		Shop:    "https://demo.example/",
	}
	// What arrives: raw bytes, exactly as sent, and the headers.
	body := []byte(`{"id":727,"status":"processing","currency":"EUR",
		"date_created_gmt":"2026-10-04T09:00:05","date_modified_gmt":"2026-10-09T13:30:00",
		"line_items":[{"id":315,"quantity":2,"subtotal":"48.00","total":"43.20","total_tax":"8.21"}],
		"coupon_lines":[{"code":"ada10","discount":"4.80"}],
		"refunds":[{"id":801,"reason":"","total":"-25.70"}],
		"meta_data":[{"key":"_wc_order_attribution_session_entry","value":"https://demo.example/?bl=ada-story"}]}`)
	header := http.Header{}
	header.Set("X-WC-Webhook-Source", "https://demo.example/")
	header.Set("X-WC-Webhook-Topic", "order.updated")
	header.Set("X-WC-Webhook-Signature", woocommerce.Sign(body, "secret-of-updated"))
	arrived := time.Date(2026, 10, 9, 13, 30, 2, 0, time.UTC)

	events, err := hook.Decode(header, body, arrived)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range events {
		sales, err := e.Order.Sales()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(e.Kind, e.Order.ID, e.Order.Payment)
		fmt.Println("sold", sales.Sold, "returned", sales.Returned, "kept", sales.Kept)
		fmt.Println(e.Order.Codes[0].Code, e.Order.Codes[0].Kind, e.Order.Codes[0].Discount)
		fmt.Println(e.Order.Touches[0].Link, "from", e.Order.Touches[0].Source)
	}

	_, err = hook.Decode(header, append(body, ' '), arrived)
	fmt.Println(err)
	// Output:
	// order.changed woocommerce:demo.example:727 partially_refunded
	// sold 43.20 EUR returned 21.60 EUR kept 21.60 EUR
	// ada10 discount_code 4.80 EUR
	// ada-story from order_meta
	// woocommerce: webhook signature does not match
}
