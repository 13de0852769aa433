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
	if len(s.programme.Shops) > 0 {
		return []step{s.pointStep()}
	}
	endpoint := s.url + "/webhooks/" + source
	return []step{
		{
			Title: "Tell the server the shop’s signing secret", Done: len(s.config.secrets) > 0,
			Text: "In Shopify: Settings, Notifications, Webhooks. Webhooks of an app are signed with the app’s client secret. " +
				"Shops of other platforms are declared in the programme; the README shows one of each.",
			Command: envSecret + "=your-secret " + envShop + "=your-shop.myshopify.com go run ./examples/webhooks",
		},
		{
			Title: "Say who has which code, link and agreement", Done: len(s.programme.Creators) > 0,
			Text:    "Write a programme file and start the server with it. The example shows every field.",
			Command: "go run ./examples/webhooks -programme " + exampleProgramme,
		},
		{
			Title:   "Send an order",
			Text:    "Point orders/create, orders/updated, orders/paid, orders/cancelled, orders/delete, refunds/create, disputes/create and disputes/update at " + endpoint + ", or post the example order yourself:",
			Command: curlLines(s.url, s.config.shop, `"$`+envSecret+`"`, exampleOrder, "orders/paid", "try-order-1"),
		},
	}
}

// pointStep is all that is left to do once shops are declared.
func (s *server) pointStep() step {
	st := step{Title: "Point each shop’s webhooks at its address", Text: "The README says where each platform wants it. Nothing is shown before the first order has arrived."}
	var lines []string
	for _, sh := range s.shops {
		lines = append(lines, fmt.Sprintf("%s/webhooks/%s  %s", s.url, sh.Name, sh.words()))
	}
	st.Command = strings.Join(lines, "\n")
	return st
}

// words name a shop for a person.
func (s shop) words() string {
	return strings.TrimSpace(platforms()[s.Platform].word + " " + s.Shop)
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
	for _, sh := range s.shops {
		p.printf("Webhooks POST %s/webhooks/%s  %s\n", s.url, sh.Name, sh.words())
	}
	p.printf("Links    %s\n", s.linksPromise())
	p.printf("Keys     %s\n", s.keysPromise())
	p.printf("Database %s\n", s.config.db)
	p.printf("Promise  %s\n", s.orders.Durability())
	if s.config.acceptLoss {
		p.printf("\n*** -accept-loss: A POWER CUT CAN LOSE ORDERS THAT WERE ANSWERED WITH 200. ***\n")
	}
	s.warn(p)
	if s.config.demo || s.ready() {
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

// ready reports whether somebody can send an order and somebody can be credited with it.
func (s *server) ready() bool {
	return (len(s.config.secrets) > 0 || len(s.programme.Shops) > 0) && len(s.programme.Creators) > 0
}

func (s *server) linksPromise() string {
	switch n := len(s.programme.Links); {
	case len(s.config.clicks) == 0:
		return "off: without " + envClick + " no click is recorded"
	case n == 0:
		return "none: the programme says of no link where it leads"
	default:
		return fmt.Sprintf("GET %s/go/{link}, %s; a click is recorded before its customer is sent on", s.url, plural(n, "link", "links"))
	}
}

func (s *server) keysPromise() string {
	if s.config.identity.Key == "" {
		return "none are made without " + envIdentity + ": guests stay unknown, and rules for new customers and bindings pass them over"
	}
	return "customers are known by keyed hashes; no address or number is kept outside of webhook bodies"
}

// warn tells what is valid in a policy and unwise.
func (s *server) warn(p *printer) {
	for i, policy := range s.programme.Policies {
		for _, f := range policy.Lint() {
			p.printf("Warning  policies[%d].%s, %s: %s", i, f.Path, f.Code, f.Message)
			if f.Fix != "" {
				p.printf("; %s", f.Fix)
			}
			p.printf("\n")
		}
	}
}

func indent(text, by string) string {
	return by + strings.ReplaceAll(text, "\n", "\n"+by)
}
