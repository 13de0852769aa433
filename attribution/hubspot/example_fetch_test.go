package hubspot_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/hubspot"
)

func ExampleWebhook_Fetch() {
	// What stands behind https://api.hubapi.com.
	answers := map[string]string{
		"/crm/v3/objects/deals/250": `{"id":"250","createdAt":"2026-10-04T09:00:05Z","updatedAt":"2026-10-04T09:00:06Z",
			"properties":{"dealstage":"closedwon","amount":"1200","deal_currency_code":"EUR"},
			"associations":{"contacts":{"results":[{"id":"123","type":"deal_to_contact"}]}}}`,
		"/crm/v3/objects/contacts/123": `{"id":"123","createdAt":"2026-10-03T18:00:00Z","updatedAt":"2026-10-03T18:00:00Z",
			"properties":{"byline_code":"ADA15","hs_analytics_first_url":"https://demo.example/trays?bl=ada-story"}}`,
	}
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(answers[r.URL.Path])) }))
	defer api.Close()

	now := time.Date(2026, 10, 4, 9, 0, 10, 0, time.UTC)
	hook := hubspot.Webhook{
		Secrets:  []attribution.Secret{"client-secret"},
		URI:      "https://hooks.demo.example/webhooks/hubspot",
		PortalID: 62515,
		Now:      func() time.Time { return now },
		Client:   api.Client(),
		Token:    "access-token",
		BaseURL:  api.URL,
	}
	// What arrives: raw bytes, exactly as sent, and the headers.
	body := []byte(`[{"eventId":1,"subscriptionId":7,"portalId":62515,"occurredAt":1791104406120,
		"subscriptionType":"deal.propertyChange","propertyName":"dealstage","propertyValue":"closedwon","objectId":250}]`)
	delivery, err := hook.Verify(hook.Sign(now, body), body)
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
		fmt.Println(o.Codes[0].Code, o.Codes[0].Kind)
		fmt.Println(o.Touches[0].Link, "from", o.Touches[0].Source)
	}
	// Output:
	// deal.propertyChange 250 is hubspot:62515:deal:250 paid 1200.00 EUR <nil>
	// ADA15 offline
	// ada-story from landing_page
}
