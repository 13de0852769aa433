package bigcommerce_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/bigcommerce"
)

func ExampleWebhook_Fetch() {
	// What stands behind https://api.bigcommerce.com.
	answers := map[string]string{
		"/stores/abcde/v2/orders/250": `{"id":250,"status_id":11,"payment_status":"captured","default_currency_code":"EUR",
			"date_created":"Sun, 04 Oct 2026 09:00:05 +0000","date_modified":"Sun, 04 Oct 2026 09:00:08 +0000"}`,
		"/stores/abcde/v2/orders/250/coupons":                 `[{"code":"ADA15","discount":"7.2000"}]`,
		"/stores/abcde/v2/orders/250/products":                `[{"id":1,"quantity":2,"total_ex_tax":"48.0000","applied_discounts":[{"amount":"7.2000"}]}]`,
		"/stores/abcde/v3/orders/250/payment_actions/refunds": `{"data":[]}`,
	}
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(answers[r.URL.Path])) }))
	defer api.Close()

	now := time.Date(2026, 10, 4, 9, 0, 10, 0, time.UTC)
	hook := bigcommerce.Webhook{
		Secrets:   []attribution.Secret{"client-secret"},
		StoreHash: "abcde",
		Now:       func() time.Time { return now },
		Client:    api.Client(),
		Token:     "access-token",
		BaseURL:   api.URL,
	}
	// What arrives: raw bytes, exactly as sent, and the headers.
	body := []byte(`{"scope":"store/order/created","producer":"stores/abcde","created_at":1791104408,"data":{"type":"order","id":250}}`)
	delivery, err := hook.Verify(bigcommerce.Sign("msg_1", now, body, "client-secret"), body)
	if err != nil {
		fmt.Println(err)
		return
	}
	// Later, and outside of any unit of work, as an attribution.Worker does it.
	pointers, err := hook.Parse(delivery)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range pointers {
		events, err := hook.Fetch(context.Background(), p)
		if err != nil {
			fmt.Println(err)
			return
		}
		o := events[0].Order
		sales, err := o.Sales()
		fmt.Println(p.Pointer.Type, p.Pointer.ID, "is", o.ID, o.Payment, sales.Kept, err)
		fmt.Println(o.Codes[0].Code, o.Codes[0].Kind, o.Codes[0].Discount)
	}
	// Output:
	// order 250 is bigcommerce:abcde:250 paid 40.80 EUR <nil>
	// ADA15 discount_code 7.20 EUR
}
