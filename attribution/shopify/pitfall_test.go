package shopify_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

// summary says in a line what events came of a body, or its faults.
func summary(events []attribution.Event, err error) string {
	if err != nil {
		return strings.Join(codesOf(err), ", ")
	}
	var lines []string
	for _, e := range events {
		lines = append(lines, summaryOf(e))
	}
	return strings.Join(lines, "; ")
}

func summaryOf(e attribution.Event) string {
	switch {
	case e.Redaction != nil && e.Redaction.All:
		return string(e.Kind) + " of everybody"
	case e.Redaction != nil:
		return fmt.Sprintf("%s of %d orders", e.Kind, len(e.Redaction.Orders))
	case e.Order == nil:
		return string(e.Kind)
	case e.Kind == attribution.OrderRefunded:
		r := e.Order.Refunds[0]
		return fmt.Sprintf("%s refund %s %s of %d lines, cash %s, shipping %s", e.Order.ID, r.ID, r.State, len(r.Lines), r.Cash, r.Shipping)
	}
	sales, err := e.Order.Sales()
	if err != nil {
		return err.Error()
	}
	codes := "no code"
	for i, c := range e.Order.Codes {
		if codes = strings.TrimPrefix(codes, "no code"); i > 0 {
			codes += " and "
		}
		codes += fmt.Sprintf("%s %s %s", c.Code, c.Kind, c.Discount)
	}
	return fmt.Sprintf("%s %s keeps %s of %s, %s, test %t", e.Order.ID, e.Order.Payment, sales.Kept, sales.Sold, codes, e.Order.Test)
}

func TestPitfallReencodedBody(t *testing.T) {
	t.Parallel()
	raw := load(t, "order_wire.json")
	h := signed("orders/create", raw)
	var fields map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(raw, &fields))
	reordered, err := json.Marshal(fields)
	require.NoError(t, err)
	tests := []struct {
		name string
		body []byte
	}{
		{"escaped slashes lost", bytes.ReplaceAll(raw, []byte(`\/`), []byte(`/`))},
		{"an escaped ampersand lost", bytes.ReplaceAll(raw, []byte(`\u0026`), []byte(`&`))},
		{"keys in another order", reordered},
		{"a line end added", append(bytes.Clone(raw), '\n')},
		{"a byte order mark added", append([]byte("\ufeff"), raw...)},
		{"the last byte cut", raw[:len(raw)-1]},
	}
	_, err = decoder().Verify(h, raw)
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if bytes.Equal(tt.body, raw) {
				t.Fatal("the body is the same, so nothing is tried")
			}
			_, err := decoder().Verify(h, tt.body)
			require.ErrorIs(t, err, attribution.ErrBadSignature)
		})
	}
}

func TestPitfallSameDeliveryTwice(t *testing.T) {
	t.Parallel()
	body := load(t, "order_wire.json")
	h := signed("orders/create", body)
	first, err := decoder().Verify(h, body)
	require.NoError(t, err)
	second, err := decoder().Verify(h.Clone(), bytes.Clone(body))
	require.NoError(t, err)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("a retry is another delivery (-first +second):\n%s", diff)
	}
	a, err := decoder().Parse(first)
	require.NoError(t, err)
	b, err := decoder().Parse(second)
	require.NoError(t, err)
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("a retry is another fact (-first +second):\n%s", diff)
	}
}

// The signature covers the body alone, so a good one proves nothing about the headers.
func TestPitfallSpoofedHeaders(t *testing.T) {
	t.Parallel()
	order, redact := load(t, "order_wire.json"), load(t, "customers_redact.json")
	tests := []struct {
		name, header, value string
		topic               string
		body                []byte
		want                error
	}{
		{"an order as a refund", "X-Shopify-Topic", "refunds/create", "orders/create", order, byline.ErrInvalid},
		{"an order as an erasure", "X-Shopify-Topic", "customers/redact", "orders/create", order, byline.ErrInvalid},
		{"one person's erasure as the shop's", "X-Shopify-Topic", "shop/redact", "customers/redact", redact, byline.ErrInvalid},
		{"one person's erasure as a removal", "X-Shopify-Topic", "app/uninstalled", "customers/redact", redact, byline.ErrInvalid},
		{"a shop's order at another's endpoint", "X-Shopify-Shop-Domain", "south-pier.myshopify.com", "orders/create", order, attribution.ErrBadSignature},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := with(signed(tt.topic, tt.body), tt.header, tt.value)
			events, err := decoder().Decode(h, tt.body)
			require.ErrorIs(t, err, tt.want)
			require.Empty(t, events)
		})
	}
	t.Run("an erasure under another shop's name, where any is believed", func(t *testing.T) {
		t.Parallel()
		h := with(signed("customers/redact", redact), "X-Shopify-Shop-Domain", "south-pier.myshopify.com")
		_, err := shopify.Webhook{Secrets: []attribution.Secret{secret}}.Decode(h, redact)
		if diff := cmp.Diff([]string{"shop_domain shopify.other_shop"}, codesOf(err)); diff != "" {
			t.Errorf("faults mismatch (-want +got):\n%s", diff)
		}
	})
}

func TestPitfallSpoofedDeliveryID(t *testing.T) {
	t.Parallel()
	body := load(t, "order_wire.json")
	first, err := decoder().Decode(signed("orders/create", body), body)
	require.NoError(t, err)
	h := with(signed("orders/updated", body), "X-Shopify-Webhook-Id", "another")
	second, err := decoder().Decode(with(h, "X-Shopify-Triggered-At", "2030-01-01T00:00:00Z"), body)
	require.NoError(t, err)
	if first[0].Key != second[0].Key {
		t.Error("a body replayed under another id, topic and time is another fact")
	}
}

func TestPitfallHostileBodies(t *testing.T) {
	t.Parallel()
	want := decodeOrder(t, "orders/create", []byte(plainOrder))
	deep := strings.Repeat("[", 9000) + strings.Repeat("]", 9000)
	tests := []struct {
		name, body string
		want       func(o *attribution.Order)
	}{
		{"five megabytes of padding", string(change(t, plainOrder, `{"note":"`+strings.Repeat("a", 5<<20)+`"}`)), nil},
		{"deep nesting in what is not read", string(change(t, plainOrder, `{"note":`+deep+`}`)), nil},
		{"invalid UTF-8 in what is not read", edit(`{"id":1001`, `{"note":"`+"\xff\xc3"+`","id":1001`), nil},
		{"invalid UTF-8 in what is kept", edit(`{"id":1001`, `{"name":"#`+"\xff"+`","id":1001`), func(o *attribution.Order) { o.Number = "#\ufffd" }},
		{"a lone surrogate", edit(`{"id":1001`, `{"name":"#\ud800","id":1001`), func(o *attribution.Order) { o.Number = "#\ufffd" }},
		{"a key that stands twice, the last counts", edit(`{"id":1001`, `{"id":7,"name":"first","name":"last","id":1001`), func(o *attribution.Order) { o.Number = "last" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			expected := want
			if tt.want != nil {
				tt.want(&expected)
			}
			if diff := cmp.Diff(expected, decodeOrder(t, "orders/create", []byte(tt.body))); diff != "" {
				t.Errorf("order mismatch (-want +got):\n%s", diff)
			}
		})
	}
	for name, body := range map[string]string{
		"a million levels":       strings.Repeat("[", 1<<20),
		"deep nesting as lines":  string(change(t, plainOrder, `{"line_items":[`+deep+`]}`)),
		"compressed":             "\x1f\x8b\x08\x00",
		"a control character":    edit(`"EUR"`, "\"EU\x01R\""),
		"text that does not end": plainOrder[:len(plainOrder)-20],
	} {
		_, err := decode(t, "orders/create", []byte(body))
		if err == nil {
			t.Errorf("%s was taken for an order", name)
			continue
		}
		require.ErrorIs(t, err, byline.ErrInvalid, name)
	}
}

// A redaction of a customer nobody knows is an event like any other; whose orders they
// are is for the store to say.
func TestPitfallRedactOfNobody(t *testing.T) {
	t.Parallel()
	events, err := decode(t, "customers/redact", []byte(`{"shop_id":1,"shop_domain":"`+shop+`","customer":{"email":"x@example.com"},"orders_to_redact":[]}`))
	if got := summary(events, err); got != "person.redact of 0 orders" {
		t.Errorf("got %s", got)
	}
}
