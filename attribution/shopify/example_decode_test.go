package shopify_test

import (
	"fmt"
	"net/http"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

func ExampleWebhook_Decode() {
	hook := shopify.Webhook{
		Secrets:  []attribution.Secret{"current-secret", "previous-secret"},
		Shop:     "north-pier.myshopify.com",
		Identity: attribution.Identity{Key: "a-key-of-your-own-of-32-bytes-or-more"},
	}
	// What arrives: raw bytes, exactly as sent, and the headers.
	body := []byte(`{"id":450789469,"name":"#1001","currency":"EUR","financial_status":"paid",
		"created_at":"2026-10-04T11:00:05+02:00","updated_at":"2026-10-04T11:00:07+02:00",
		"landing_site":"/products/oak-tray?bl=ava-story","source_name":"web",
		"customer":null,"email":"guest@example.com",
		"line_items":[{"id":1,"quantity":2,"price":"24.00","discount_allocations":[{"amount":"4.80","discount_application_index":0}]}],
		"discount_applications":[{"type":"discount_code","code":"AVA10"}],
		"discount_codes":[{"code":"AVA10","amount":"4.80"}]}`)
	header := http.Header{}
	header.Set("X-Shopify-Topic", "orders/paid")
	header.Set("X-Shopify-Shop-Domain", "north-pier.myshopify.com")
	header.Set("X-Shopify-Hmac-Sha256", shopify.Sign(body, "previous-secret"))

	events, err := hook.Decode(header, body)
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
		fmt.Println(e.Kind, e.Order.ID, e.Order.Payment, sales.Kept)
		fmt.Println(e.Order.Codes[0].Code, e.Order.Codes[0].Kind, e.Order.Codes[0].Discount)
		fmt.Println(e.Order.Touches[0].Link, "from", e.Order.Touches[0].Source)
		fmt.Println("a guest, recognised by a key:", e.Order.Customer.ID == "" && e.Order.Customer.Known())
	}

	_, err = hook.Decode(header, append(body, ' '))
	fmt.Println(err)
	// Output:
	// order.changed shopify:450789469 paid 43.20 EUR
	// AVA10 discount_code 4.80 EUR
	// ava-story from landing_page
	// a guest, recognised by a key: true
	// shopify: webhook signature does not match
}
