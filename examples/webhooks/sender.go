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
)

// posting is one webhook on its way.
type posting struct {
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
	return posting{topic: topic, id: id, at: at, body: encoded, secret: demoSecret, want: http.StatusOK}
}

// sender posts webhooks as a shop does.
type sender struct {
	client *http.Client
	url    string
	shop   string
}

const sendTimeout = 10 * time.Second

func newSender(url, shop string) *sender {
	return &sender{client: &http.Client{Timeout: sendTimeout}, url: url, shop: shop}
}

// send fails when the answer is not the one the posting wants.
func (s *sender) send(ctx context.Context, p posting) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(p.body))
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "X-Shopify-Topic": p.topic, "X-Shopify-Shop-Domain": s.shop,
		"X-Shopify-API-Version": "2026-07", "X-Shopify-Webhook-Id": p.id, "X-Shopify-Event-Id": "event-" + p.id,
		"X-Shopify-Triggered-At": p.at.UTC().Format(time.RFC3339), "X-Shopify-Hmac-Sha256": shopify.Sign(p.body, p.secret),
	} {
		req.Header.Set(name, value)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return fmt.Errorf("post %s %s: %w", p.topic, p.id, err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	if err != nil {
		return fmt.Errorf("post %s %s: %w", p.topic, p.id, err)
	}
	if resp.StatusCode != p.want {
		return fmt.Errorf("post %s %s: got %d %s, want %d", p.topic, p.id, resp.StatusCode, bytes.TrimSpace(answer), p.want)
	}
	return nil
}
