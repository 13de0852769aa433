package main

import (
	"fmt"
	"io"
	"strings"
)

// step is one thing to do, told the same way in the terminal and on an empty page.
type step struct {
	Title   string
	Text    string
	Command string
	Done    bool
}

// Files of the repository that the steps name.
const (
	exampleProgramme = "examples/webhooks/programme.example.json"
	exampleOrder     = "examples/webhooks/testdata/order.json"
	exampleRefund    = "examples/webhooks/testdata/refund.json"
)

// steps lead from an empty server to the first decision.
func (s *server) steps() []step {
	endpoint := s.url + "/webhooks/" + source
	return []step{
		{
			Title: "Tell the server the shop’s signing secret", Done: len(s.config.secrets) > 0,
			Text:    "In Shopify: Settings, Notifications, Webhooks. Webhooks of an app are signed with the app’s client secret.",
			Command: envSecret + "=your-secret " + envShop + "=your-shop.myshopify.com go run ./examples/webhooks",
		},
		{
			Title: "Say who has which code, link and agreement", Done: len(s.programme.Creators) > 0,
			Text:    "Write a programme file and start the server with it. The example shows every field.",
			Command: "go run ./examples/webhooks -programme " + exampleProgramme,
		},
		{
			Title:   "Send an order",
			Text:    "Point orders/create, orders/paid, orders/updated, orders/cancelled and refunds/create at " + endpoint + ", or post the example order yourself:",
			Command: curlLines(s.url, s.config.shop, `"$`+envSecret+`"`, exampleOrder, "orders/paid", "try-order-1"),
		},
	}
}

// curlLines sign a file as Shopify does and post it. secret is shell text.
func curlLines(url, shop, secret, file, topic, id string) string {
	if shop == "" {
		shop = "your-shop.myshopify.com"
	}
	return strings.Join([]string{
		fmt.Sprintf("sig=$(openssl dgst -sha256 -hmac %s -binary %s | openssl base64 -A)", secret, file),
		fmt.Sprintf(`curl -sS %s/webhooks/%s -H "X-Shopify-Hmac-Sha256: $sig" \`, url, source),
		fmt.Sprintf("  -H 'X-Shopify-Topic: %s' -H 'X-Shopify-Webhook-Id: %s' \\", topic, id),
		fmt.Sprintf("  -H 'X-Shopify-Shop-Domain: %s' -H 'Content-Type: application/json' \\", shop),
		fmt.Sprintf("  --data-binary @%s", file),
	}, "\n")
}

// announce says where the server is and what it promises.
func (s *server) announce(w io.Writer) error {
	p := &printer{out: w}
	p.printf("Byline   %s\n", s.url)
	p.printf("Webhooks POST %s/webhooks/%s\n", s.url, source)
	p.printf("Database %s\n", s.config.db)
	p.printf("Promise  %s\n", s.orders.Durability())
	if s.config.acceptLoss {
		p.printf("\n*** -accept-loss: A POWER CUT CAN LOSE ORDERS THAT WERE ANSWERED WITH 200. ***\n")
	}
	if s.config.demo || len(s.config.secrets) > 0 && len(s.programme.Creators) > 0 {
		return p.err
	}
	p.printf("\nWhat to do next:\n")
	for i, st := range s.steps() {
		if !st.Done {
			p.printf("\n%d. %s\n   %s\n\n%s\n", i+1, st.Title, st.Text, indent(st.Command, "     "))
		}
	}
	return p.err
}

func indent(text, by string) string {
	return by + strings.ReplaceAll(text, "\n", "\n"+by)
}
