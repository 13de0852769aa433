package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
	"github.com/bylinehq/byline/attribution/signedjson"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

// posting is one webhook on its way.
type posting struct {
	source string // where it goes
	topic  string
	id     string // of the delivery
	at     time.Time
	body   []byte
	secret attribution.Secret
	want   int // the HTTP status it must be answered with
}

// newPosting signs nothing yet. Bodies are the demo's own types, which always encode.
func newPosting(topic, id string, at time.Time, body any) posting {
	encoded, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return posting{source: source, topic: topic, id: id, at: at, body: encoded, secret: demoSecret, want: http.StatusOK}
}

// header signs the posting as its platform does.
func (p posting) header(shop string) (http.Header, error) {
	h := http.Header{}
	switch p.source {
	case demoStudio:
		// A signature has to be of now, whatever the body tells of.
		return signedjson.Sign(p.id, time.Now(), p.body, p.secret)
	case demoWoo:
		h.Set("X-WC-Webhook-Topic", p.topic)
		h.Set("X-WC-Webhook-Source", demoWooShop+"/")
		h.Set("X-WC-Webhook-Delivery-ID", p.id)
		h.Set("X-WC-Webhook-Signature", woocommerce.Sign(p.body, p.secret))
	default:
		h.Set("X-Shopify-Topic", p.topic)
		h.Set("X-Shopify-Shop-Domain", shop)
		h.Set("X-Shopify-API-Version", "2026-07")
		h.Set("X-Shopify-Webhook-Id", p.id)
		h.Set("X-Shopify-Event-Id", "event-"+p.id)
		h.Set("X-Shopify-Triggered-At", p.at.UTC().Format(time.RFC3339))
		h.Set("X-Shopify-Hmac-Sha256", shopify.Sign(p.body, p.secret))
	}
	return h, nil
}

// sender posts webhooks as a shop does.
type sender struct {
	client *http.Client
	url    string
	shop   string
	sent   int
}

const sendTimeout = 10 * time.Second

func newSender(url, shop string) *sender {
	return &sender{client: &http.Client{Timeout: sendTimeout}, url: url, shop: shop}
}

// send fails when the answer is not the one the posting wants.
func (s *sender) send(ctx context.Context, p posting) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/webhooks/"+p.source, bytes.NewReader(p.body))
	if err != nil {
		return err
	}
	if req.Header, err = p.header(s.shop); err != nil {
		return fmt.Errorf("sign %s: %w", p.id, err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.client.Do(req)
	if err != nil {
		return fmt.Errorf("post %s %s: %w", p.topic, p.id, err)
	}
	defer resp.Body.Close()
	s.sent++
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	if err != nil {
		return fmt.Errorf("post %s %s: %w", p.topic, p.id, err)
	}
	if resp.StatusCode != p.want {
		return fmt.Errorf("post %s %s: got %d %s, want %d", p.topic, p.id, resp.StatusCode, bytes.TrimSpace(answer), p.want)
	}
	return nil
}
