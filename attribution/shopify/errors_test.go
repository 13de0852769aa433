package shopify_test

import (
	"strings"
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/shopify"
)

// faulty are bodies with what is wrong with each, as "path code".
var faulty = []struct {
	name, topic, body string
	want              []string
}{
	{"nothing", "orders/create", ``, []string{"shopify.json"}},
	{"no JSON", "orders/create", `id=1001`, []string{"shopify.json"}},
	{"a byte order mark", "orders/create", "\ufeff" + plainOrder, []string{"shopify.json"}},
	{"something behind it", "orders/create", plainOrder + "{}", []string{"shopify.json"}},
	{"nested too deeply", "orders/create", strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), []string{"shopify.json"}},
	{"a hundred thousand lines", "orders/create", edit(`{"id":11,`, strings.Repeat("{},", 100_000)+`{"id":11,`), []string{"shopify.size"}},
	{"text", "orders/create", `"an order"`, []string{"shopify.shape"}},
	{"a list", "orders/create", `[` + plainOrder + `]`, []string{"shopify.shape"}},
	{"null", "orders/create", `null`, []string{"shopify.shape"}},
	{"an empty order", "orders/create", `{}`, []string{"shopify.shape"}},
	{"no lines", "orders/create", `{"id":1}`, []string{"shopify.shape"}},
	{"lines that are null", "orders/create", `{"id":1,"line_items":null}`, []string{"shopify.shape"}},
	{"an order of the REST API", "orders/create", `{"order":` + plainOrder + `}`, []string{"shopify.rest_envelope"}},
	{"a refund of the REST API", "refunds/create", `{"refund":` + plainRefund + `}`, []string{"shopify.rest_envelope"}},
	{"a refund as an order", "orders/create", plainRefund, []string{"shopify.shape"}},
	{"an order as a refund", "refunds/create", plainOrder, []string{"shopify.shape"}},
	{"a fulfilment as an order", "orders/create", `{"id":1,"order_id":2,"line_items":[],"status":"success"}`, []string{"shopify.shape"}},
	{"a fulfilment as a refund", "refunds/create", `{"id":1,"order_id":2,"line_items":[],"status":"success"}`, []string{"shopify.shape"}},
	{"a refund without its order", "refunds/create", `{"id":1,"refund_line_items":[]}`, []string{"shopify.shape"}},
	{"a refund without an id", "refunds/create", `{"order_id":1,"refund_line_items":[]}`, []string{"shopify.shape"}},
	{"lines of an odd type", "orders/create", edit(`"line_items":[`, `"line_items":7,"x":[`), []string{"line_items shopify.shape"}},
	{"a line of an odd type", "orders/create", edit(`{"id":11,`, `7,{"id":11,`), []string{
		"line_items shopify.shape", "line_items[0].id shopify.required", "line_items[0].quantity shopify.required", "line_items[0].price shopify.required",
	}},
	{"an amount of an odd type", "orders/create", edit(`"price":"10.00"`, `"price":"10.00","price_set":"x"`), []string{"line_items.price_set shopify.shape"}},
	{"an id that is none", "orders/create", edit(`"id":1001`, `"id":"gid://shopify/Order/1001"`), []string{"id shopify.id"}},
	{"an id below one", "orders/create", edit(`"id":1001`, `"id":0`), []string{"id shopify.id"}},
	{"a negative id", "orders/create", edit(`"id":1001`, `"id":-1001`), []string{"id shopify.id"}},
	{"an id through a float", "orders/create", edit(`"id":1001`, `"id":1.001e3`), []string{"id shopify.id"}},
	{"an id beyond 2^63", "orders/create", edit(`"id":1001`, `"id":9223372036854775808`), []string{"id shopify.id"}},
	{"no currency", "orders/create", edit(`"currency":"EUR"`, `"currency":null`), []string{"currency shopify.required"}},
	{"a currency that is none", "orders/create", edit(`"currency":"EUR"`, `"currency":"EURO"`), []string{"currency shopify.currency"}},
	{"no updated_at", "orders/create", edit(`"updated_at"`, `"x"`), []string{"updated_at shopify.required"}},
	{"no time of placing", "orders/create", edit(`"created_at"`, `"x"`), []string{"created_at shopify.required"}},
	{"times that are none", "orders/create", edit(`"2026-10-04T09:00:05Z"`, `"2026-10-04 09:00:05","cancelled_at":1759568400,"updated_at":"0001-01-01T00:00:00Z"`), []string{
		"created_at shopify.time", "updated_at shopify.time", "cancelled_at shopify.time",
	}},
	{"a year JSON cannot carry", "orders/create", edit(`"2026-10-04T09:00:07Z"`, `"9999-12-31T23:59:59-14:00"`), []string{"updated_at shopify.time"}},
	{"flags that are none", "orders/create", edit(`"id":1001`, `"id":1001,"test":"maybe","taxes_included":{}`), []string{"test shopify.flag", "taxes_included shopify.flag"}},
	{"a line's faults all at once", "orders/create", edit(`"id":11,"quantity":2,"price":"10.00"`, `"quantity":1.5,"current_quantity":-1,"price":"ten","gift_card":1`), []string{
		"line_items[0].id shopify.required", "line_items[0].quantity shopify.quantity", "line_items[0].gift_card shopify.flag",
		"line_items[0].current_quantity shopify.quantity", "line_items[0].price shopify.money",
	}},
	{"a price that is missing", "orders/create", edit(`"price":"10.00"`, `"price":null`), []string{"line_items[0].price shopify.required"}},
	{"an empty price", "orders/create", edit(`"price":"10.00"`, `"price":""`), []string{"line_items[0].price shopify.money"}},
	{"a price with an exponent", "orders/create", edit(`"price":"10.00"`, `"price":1e3`), []string{"line_items[0].price shopify.money"}},
	{"a third decimal of euro", "orders/create", edit(`"price":"10.00"`, `"price":"10.001"`), []string{"line_items[0].price shopify.money"}},
	{"a price that is out of range", "orders/create", edit(`"price":"10.00"`, `"price":"99999999999999999999"`), []string{"line_items[0].price shopify.money"}},
	{"price times quantity out of range", "orders/create", edit(`"quantity":2,"price":"10.00"`, `"quantity":9000000000,"price":"90000000000"`), []string{"line_items[0].price shopify.money"}},
	{
		"shop money in another currency", "orders/create",
		edit(`"price":"10.00"`, `"price":"10.00","price_set":{"shop_money":{"amount":"10.00","currency_code":"USD"}}`),
		[]string{"line_items[0].price_set.shop_money.currency_code shopify.currency"},
	},
	{
		"a set with a bad amount", "orders/create",
		edit(`"price":"10.00"`, `"price":"10.00","price_set":{"shop_money":{"amount":"x","currency_code":"EUR"}}`),
		[]string{"line_items[0].price_set.shop_money.amount shopify.money"},
	},
	{
		"amounts inside a line", "orders/create",
		edit(`"discount_allocations":[],"tax_lines":[]`, `"discount_allocations":[{"amount":"1"},{}],"tax_lines":[{"price":"1"},{"price":{}}]`),
		[]string{"line_items[0].discount_allocations[1].amount shopify.required", "line_items[0].tax_lines[1].price shopify.money"},
	},
	{
		"sums out of range", "orders/create",
		edit(`"tax_lines":[]`, `"tax_lines":[{"price":"90000000000000000"},{"price":"90000000000000000"}]`),
		[]string{"line_items[0].tax_lines shopify.money"},
	},
	{
		"shares of codes that cannot be told", "orders/create",
		edit(`"discount_applications":[],"shipping_lines":[]`, `"discount_applications":[{"type":"discount_code","code":"A"}],
			"shipping_lines":[{"discount_allocations":[{"amount":"1","discount_application_index":-1}]}]`,
			`"discount_allocations":[]`, `"discount_allocations":[{"amount":"1"},{"amount":"1","discount_application_index":0},{"amount":"1","discount_application_index":1}]`),
		[]string{
			"line_items[0].discount_allocations[0].discount_application_index shopify.discount_index",
			"line_items[0].discount_allocations[2].discount_application_index shopify.discount_index",
			"shipping_lines[0].discount_allocations[0].discount_application_index shopify.discount_index",
		},
	},
	{
		"a listed code's amount", "orders/create", edit(`"discount_codes":[]`, `"discount_codes":[{"code":"A","amount":"1,50"}]`),
		[]string{"discount_codes[0].amount shopify.money"},
	},
	{
		"an embedded refund", "orders/updated",
		edit(`"refunds":[]`, `"refunds":[{},{"id":7,"created_at":"x","refund_line_items":[{"line_item_id":11,"quantity":1,"subtotal":true}]}]`),
		[]string{
			"refunds[0].created_at shopify.required", "refunds[0].id shopify.required",
			"refunds[1].created_at shopify.time", "refunds[1].refund_line_items[0].subtotal shopify.money",
		},
	},
	{
		"a refund's faults all at once", "refunds/create",
		`{"id":77,"order_id":"x","created_at":"2026-10-09T13:30:00Z","processed_at":"later",
		"total_duties_set":{"shop_money":{"amount":"0","currency_code":"EUR"}},
		"refund_line_items":[{"line_item_id":null,"quantity":"one","subtotal_set":{"shop_money":{"amount":"1","currency_code":"USD"}}}],
		"refund_shipping_lines":[{"subtotal_amount_set":{"shop_money":{"amount":"?","currency_code":"EUR"}}}],
		"order_adjustments":[{"kind":"shipping_refund","amount":"?"}],
		"transactions":[{"kind":"refund","status":"success","currency":"EUR"}]}`,
		[]string{
			"order_id shopify.id", "refund_line_items[0].line_item_id shopify.required", "refund_line_items[0].quantity shopify.quantity",
			"refund_line_items[0].subtotal_set.shop_money.currency_code shopify.currency", "order_adjustments[0].amount shopify.money",
			"refund_shipping_lines[0].subtotal_amount_set.shop_money.amount shopify.money", "transactions[0].amount shopify.required",
			"processed_at shopify.time",
		},
	},
	{
		"an amount without a currency", "refunds/create",
		`{"id":77,"order_id":1001,"created_at":"2026-10-09T13:30:00Z","refund_line_items":[{"line_item_id":11,"quantity":1,"subtotal":19.5,"total_tax":0.0}]}`,
		[]string{"refund_line_items[0].subtotal shopify.currency"},
	},
	{"a dispute of the REST API", "disputes/create", `{"dispute":` + plainDispute + `}`, []string{"shopify.rest_envelope"}},
	{"an order as a dispute", "disputes/create", plainOrder, []string{"shopify.shape"}},
	{"a refund as a dispute", "disputes/update", plainRefund, []string{"shopify.shape"}},
	{"a transaction as a dispute", "disputes/update", `{"id":1,"order_id":1001,"kind":"refund","status":"success","amount":"1.00","currency":"EUR","created_at":"2026-10-04T09:00:07Z"}`, []string{"shopify.shape"}},
	{"a dispute as an order", "orders/create", plainDispute, []string{"shopify.shape"}},
	{"a dispute as a refund", "refunds/create", plainDispute, []string{"shopify.shape"}},
	{"a dispute without its order", "disputes/create", `{"id":88,"type":"chargeback","initiated_at":"2026-10-04T09:00:07Z"}`, []string{"shopify.shape"}},
	{"a dispute that says nothing of when", "disputes/create", `{"id":88,"order_id":1001,"type":"chargeback","status":"lost"}`, []string{"shopify.shape"}},
	{"a dispute that says nothing of what", "disputes/create", `{"id":88,"order_id":1001,"type":null,"initiated_at":"2026-10-04T09:00:07Z"}`, []string{"shopify.shape"}},
	{
		"a dispute's faults all at once", "disputes/create",
		`{"id":-1,"order_id":"x","type":"quarrel","amount":"20.001","currency":"EUR","initiated_at":"yesterday"}`,
		[]string{"order_id shopify.id", "initiated_at shopify.time", "id shopify.id", "type shopify.dispute", "amount shopify.money"},
	},
	{"a chargeback of a state nobody knows", "disputes/create", strings.Replace(plainDispute, "needs_response", "of tomorrow", 1), []string{"status shopify.dispute"}},
	{"a dispute without a time", "disputes/create", `{"id":1,"order_id":2,"type":"inquiry","initiated_at":null}`, []string{"initiated_at shopify.required"}},
	{"a disputed amount of no currency", "disputes/create", `{"id":1,"order_id":2,"type":"inquiry","initiated_at":"2026-10-04T09:00:07Z","amount":"20.00"}`, []string{"currency shopify.required"}},
	{"a dispute that is no JSON", "disputes/create", `{`, []string{"shopify.json"}},
	{"an order as a deletion", "orders/delete", plainOrder, []string{"shopify.shape"}},
	{"a deletion with more in it", "orders/delete", `{"id":1,"email":null}`, []string{"shopify.shape"}},
	{"a deletion of nothing", "orders/delete", `{}`, []string{"shopify.shape"}},
	{"a deletion of something else", "orders/delete", `{"order_id":1}`, []string{"shopify.shape"}},
	{"a deletion that is null", "orders/delete", `null`, []string{"shopify.shape"}},
	{"a list of deletions", "orders/delete", `[{"id":1}]`, []string{"shopify.shape"}},
	{"a deletion of an order that is none", "orders/delete", `{"id":"gid://shopify/Order/1"}`, []string{"id shopify.id", "shopify.time"}},
	{"a deletion as an order", "orders/create", `{"id":1001}`, []string{"shopify.shape"}},
	{"a deletion as a refund", "refunds/create", `{"id":1001}`, []string{"shopify.shape"}},
	{"a deletion as a dispute", "disputes/create", `{"id":1001}`, []string{"shopify.shape"}},
	{"a redaction of orders that are none", "customers/redact", `{"shop_domain":"north-pier.myshopify.com","customer":{},"orders_to_redact":[1,"x",null]}`, []string{
		"orders_to_redact[1] shopify.id", "orders_to_redact[2] shopify.id",
	}},
	{"a redaction for another shop", "shop/redact", `{"shop_id":1,"shop_domain":"south-pier.myshopify.com"}`, []string{"shop_domain shopify.other_shop"}},
	{"a redaction of no shop", "shop/redact", `{"shop_id":1}`, []string{"shopify.shape"}},
	{"a redaction with orders of an odd type", "customers/redact", `{"shop_domain":"north-pier.myshopify.com","customer":{},"orders_to_redact":{}}`, []string{"orders_to_redact shopify.shape"}},
	{"a removal from another shop", "app/uninstalled", `{"id":1,"myshopify_domain":"south-pier.myshopify.com"}`, []string{"myshopify_domain shopify.other_shop"}},
	{"a removal that is none", "app/uninstalled", plainOrder, []string{"shopify.shape"}},
	{"a removal that is no JSON", "app/uninstalled", `{`, []string{"shopify.json"}},
}

// edit replaces pairs of texts in plainOrder.
func edit(pairs ...string) string {
	body := plainOrder
	for i := 0; i < len(pairs); i += 2 {
		body = strings.Replace(body, pairs[i], pairs[i+1], 1)
	}
	return body
}

func parse(topic, body string) ([]attribution.Event, error) {
	return decoder().Parse(attribution.Delivery{Topic: topic, Header: map[string]string{"shop-domain": shop}, Body: []byte(body)})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range faulty {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			events, err := parse(tt.topic, tt.body)
			attributiontest.Refused(t, "shopify: "+tt.topic+": ", tt.want, events, err)
		})
	}
}

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	table := attributiontest.CodeTable{
		Prefix: "shopify.", Codes: shopify.Codes(), Meaning: shopify.Meaning,
		Elsewhere: []string{"shopify.shop"}, // see TestParseNeedsAShop
	}
	for _, tt := range faulty {
		table.Met = append(table.Met, tt.want)
	}
	for _, tt := range wrongly() {
		for _, want := range tt.want {
			if want != "identity.key identity.key" {
				table.Met = append(table.Met, []string{want})
			}
		}
	}
	attributiontest.TestCodes(t, table)
}

// A body may hold what is nobody's business. Errors are logged and kept.
func TestErrorsQuoteNothing(t *testing.T) {
	t.Parallel()
	const word = "mira@example.com"
	bodies := []string{word, `"` + word + `"`, `{"` + word + `":` + word, edit(`"2026-10-04T09:00:07Z"`, `"`+word+`"`)}
	for _, field := range []string{
		"id", "name", "currency", "financial_status", "updated_at", "created_at", "processed_at", "cancelled_at", "test", "taxes_included",
		"line_items", "shipping_lines", "discount_codes", "discount_applications", "refunds", "order_id", "landing_site", "note_attributes",
		"refund_line_items", "transactions", "customer", "billing_address", "shipping_address", "email", "contact_email", "phone", "company",
		"note", "source_name", "tags", "checkout_token", "type", "status", "amount", "initiated_at", "finalized_on", "order_adjustments", "shop_domain", "myshopify_domain", "orders_to_redact",
	} {
		for _, value := range []string{`"` + word + `"`, `["` + word + `"]`, `{"` + word + `":"` + word + `"}`, `[{"id":"` + word + `","price":"` + word + `"}]`} {
			bodies = append(bodies, string(change(t, plainOrder, `{"`+field+`":`+value+`}`)), string(change(t, plainRefund, `{"`+field+`":`+value+`}`)))
		}
	}
	for _, s := range samples {
		for _, body := range bodies {
			_, err := parse(s.topic, body)
			if err != nil && strings.Contains(err.Error(), "@") {
				t.Errorf("%s: the error quotes the body: %v", s.topic, err)
			}
		}
	}
}

func TestFaultsAreBounded(t *testing.T) {
	t.Parallel()
	_, err := parse("orders/create", edit(`{"id":11,`, strings.Repeat(`{},`, 5000)+`{"id":11,`))
	if got := len(codesOf(err)); got != 50 {
		t.Errorf("%d faults, want 50", got)
	}
}
