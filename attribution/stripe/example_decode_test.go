package stripe_test

import (
	"fmt"
	"net/http"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/stripe"
)

func ExampleWebhook_Decode() {
	sent := time.Date(2026, 9, 21, 14, 13, 20, 0, time.UTC)
	hook := stripe.Webhook{
		Secrets: []attribution.Secret{"whsec_current", "whsec_previous"},
		Account: "acct_demo",
		Now:     func() time.Time { return sent.Add(2 * time.Second) }, // time.Now in a server
		Codes:   func(id string) string { return map[string]string{"promo_1Q": "ADA10"}[id] },
	}
	// What arrives: raw bytes, exactly as sent, and the headers.
	body := []byte(`{"id":"evt_1Q","object":"event","type":"checkout.session.completed","created":1790000000,"livemode":true,"data":{"object":{
		"id":"cs_live_1Q","object":"checkout.session","mode":"payment","payment_status":"paid","payment_intent":"pi_3Q","currency":"eur",
		"amount_subtotal":4800,"amount_total":5141,"total_details":{"amount_discount":480,"amount_shipping":0,"amount_tax":821},
		"discounts":[{"coupon":"ten_percent","promotion_code":"promo_1Q"}],"client_reference_id":"ada-story"}}}`)
	header := http.Header{}
	header.Set("Stripe-Signature", stripe.Sign(body, sent, "whsec_previous"))

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
	}

	_, err = hook.Decode(header, append(body, ' '))
	fmt.Println(err)
	// Output:
	// order.changed stripe:pi_3Q paid 43.20 EUR
	// ADA10 discount_code 4.80 EUR
	// ada-story from reference
	// stripe: webhook signature does not match
}
