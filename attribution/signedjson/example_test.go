package signedjson_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/signedjson"
)

// A backend signs what it sends; Byline reads it.
func ExampleWebhook_Decode() {
	const secret = "whsec_ZGVtby1zZWNyZXQtbm90LWZvci1wcm9kdWN0aW9u"
	now := time.Date(2026, 11, 20, 18, 30, 10, 0, time.UTC)

	// The backend: marshal once, sign those bytes, send those bytes.
	body := []byte(`{"type":"order.changed","timestamp":"2026-11-20T18:30:09Z","data":{
		"id":1001,"placed_at":"2026-11-20T18:30:00Z","payment":"paid","currency":"EUR",
		"lines":[{"id":"a","quantity":2,"unit_price":"25.00","discount":"7.50"}],
		"codes":["ADA15"],"landing_url":"https://demo.example/mugs?bl=ada-autumn"}}`)
	header, err := signedjson.Sign("msg_1", now, body, secret)
	if err != nil {
		fmt.Println(err)
		return
	}

	// Byline, behind an attribution.Receiver or like this.
	hook := signedjson.Webhook{
		Secrets: []attribution.Secret{secret},
		Shop:    "demo.example",
		Now:     func() time.Time { return now },
	}
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
		fmt.Println(e.Order.Codes[0].Code, e.Order.Codes[0].Kind)
		fmt.Println(e.Order.Touches[0].Link, "from", e.Order.Touches[0].Source)
	}

	typo := []byte(`{"type":"order.refunded","timestamp":"2026-11-25T09:00:00Z","data":{
		"order":1001,"id":"r1","currency":"EUR","csah":"21.25"}}`)
	if header, err = signedjson.Sign("msg_2", now, typo, secret); err == nil {
		_, err = hook.Decode(header, typo)
	}
	fmt.Println(err)
	// Output:
	// order.changed demo.example:1001 paid 42.50 EUR
	// ADA15 discount_code
	// ada-autumn from landing_page
	// signedjson: data.cash: a refund says what came back: lines, cash or both; data.csah: the schema has no such field
}
