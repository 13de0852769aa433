package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/signedjson"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

// tale is an order worth telling.
type tale struct {
	id    byline.OrderID
	name  string
	title string
}

// jsonBody is what the demo's other shops send: they are small enough to be written down
// as they are.
type jsonBody map[string]any

// playEpilogue tells of today: a click on a tracked link, orders of two more shops, an
// order that a colleague assigns, and a customer who asks to be forgotten. A second run
// on one day adds orders of its own.
func playEpilogue(ctx context.Context, s *server, story *story, out *sender) error {
	landing, err := clickLink(ctx, out.client, s.url+"/go/ada")
	if err != nil {
		return err
	}
	// Shops know no fractions of a second, and the order comes after the click.
	now := s.now().UTC().Truncate(time.Second).Add(time.Second)
	number := now.Unix() % 100_000 * 10
	postings := []posting{
		wooOrder(number, now, landing),
		studioOrder(number, now, "CHLOE15"), studioAnswer(number, now),
		studioOrder(number+1, now, ""),
		story.forget(now),
	}
	if err := sendAll(ctx, s, out, postings); err != nil {
		return err
	}
	assigned := studioOrderID(number + 1)
	if err := s.assignDemo(ctx, out.client, assigned); err != nil {
		return err
	}
	story.epilogue = []tale{
		{woocommerce.OrderID(demoWooShop, number), "Shop 2", "Through a tracked link, in a WooCommerce shop"},
		{studioOrderID(number), "Shop 3", "A code in a shop of one’s own, and what the customer said when asked"},
		{assigned, "Shop 3", "Assigned by hand"},
		{story.forgotten().sale.orderID(), story.forgotten().sale.name(), "The customer asked to be forgotten"},
	}
	return nil
}

// clickLink follows a tracked link as far as the shop, which does not exist, and returns
// the page that the customer would land on.
func clickLink(ctx context.Context, client *http.Client, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	stay := *client
	stay.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := stay.Do(req)
	if err != nil {
		return "", fmt.Errorf("click: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusFound {
		return "", fmt.Errorf("click on %s: got %d, want %d", address, resp.StatusCode, http.StatusFound)
	}
	return resp.Header.Get("Location"), nil
}

// wooOrder is an order as WooCommerce writes it, with its own record of the visit.
func wooOrder(id int64, at time.Time, landing string) posting {
	stamp := at.Format("2006-01-02T15:04:05")
	p := newPosting("order.updated", fmt.Sprintf("demo-woo-%d", id), at, jsonBody{
		"id": id, "number": strconv.FormatInt(id, 10), "status": "processing", "currency": "EUR", "created_via": "checkout",
		"date_created_gmt": stamp, "date_modified_gmt": stamp, "date_paid_gmt": stamp, "customer_id": 0,
		"billing":      jsonBody{"first_name": "Casey", "email": "casey.woo@example.com", "country": "DE"},
		"coupon_lines": []jsonBody{}, "refunds": []jsonBody{},
		"line_items": []jsonBody{{
			"id": 1, "product_id": 5, "sku": "DEMO-WOOL-05", "quantity": 1, "subtotal": "99.17", "total": "99.17", "total_tax": "19.83",
		}},
		"meta_data": []jsonBody{{"id": 1, "key": "_wc_order_attribution_session_entry", "value": landing}},
	})
	p.source, p.secret = demoWoo, demoWooSecret
	return p
}

func studioOrderID(number int64) byline.OrderID {
	return signedjson.OrderID(demoStudioShop, strconv.FormatInt(number, 10))
}

// studioOrder is an order of a backend that writes our own documents.
func studioOrder(number int64, at time.Time, code string) posting {
	line := jsonBody{"id": "a", "sku": "DEMO-WORKSHOP", "quantity": 2, "unit_price": "60.00"}
	data := jsonBody{
		"id": number, "number": fmt.Sprintf("S-%d", number), "placed_at": timeText(at), "payment": "paid", "currency": "EUR", "lines": []jsonBody{line},
		"customer": jsonBody{"email": fmt.Sprintf("casey.studio%d@example.com", number)},
	}
	if code != "" {
		line["discount"] = "18.00"
		data["codes"] = []jsonBody{{"code": code, "discount": "18.00"}}
	}
	return studioPosting("order.changed", number, at, data)
}

// studioAnswer is what the customer said after the purchase.
func studioAnswer(number int64, at time.Time) posting {
	at = at.Add(time.Second)
	return studioPosting("order.claimed", number, at, jsonBody{
		"order": number, "id": "Q1", "kind": string(attribution.BySurvey), "creator": "demo-bruno", "reason": "heard of it in a video", "at": timeText(at),
	})
}

func studioPosting(kind string, number int64, at time.Time, data jsonBody) posting {
	p := newPosting("", fmt.Sprintf("demo-studio-%d-%s", number, strings.ReplaceAll(kind, ".", "-")), at, jsonBody{
		"type": kind, "timestamp": timeText(at), "data": data,
	})
	p.source, p.secret = demoStudio, demoStudioSecret
	return p
}

// assignDemo fills in the form of the order's page.
func (s *server) assignDemo(ctx context.Context, client *http.Client, id byline.OrderID) error {
	form := url.Values{
		"claim": {newClaimID()}, "creator": {"demo-edda"}, "author": {"Demo colleague"},
		"reason": {"booked at her table, and named her on the phone"},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+orderPath(id)+"/assign", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if s.config.token != "" {
		req.Header.Set("Authorization", "Bearer "+string(s.config.token))
	}
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("assign: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("assign: got %d, want %d", resp.StatusCode, http.StatusOK)
	}
	return nil
}

// forgotten is the order of the customer who asks to be forgotten.
func (s *story) forgotten() episode {
	for _, e := range s.episodes {
		if e.title == "" && len(e.sale.codes) > 0 && len(e.refunds) == 0 && !e.sale.test {
			return e
		}
	}
	return s.episodes[0]
}

func (s *story) forget(at time.Time) posting {
	e := s.forgotten()
	body := bodyForget{ShopID: 1, Domain: demoShop, Customer: e.sale.orderBody().Customer, Orders: []int64{e.sale.id}}
	return newPosting("customers/redact", fmt.Sprintf("demo-forget-%d", e.sale.id), at, body)
}
