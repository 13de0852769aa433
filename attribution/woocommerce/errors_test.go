package woocommerce_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

// faulty are bodies with what is wrong with each, as "path code".
var faulty = []struct {
	name, topic, body string
	want              []string
}{
	{"nothing", "order.updated", ``, []string{"woocommerce.json"}},
	{"no JSON", "order.updated", `webhook_id=3`, []string{"woocommerce.json"}},
	{"a byte order mark", "order.updated", "\ufeff" + plainOrder, []string{"woocommerce.json"}},
	{"something behind it", "order.updated", plainOrder + "{}", []string{"woocommerce.json"}},
	{"nested too deeply", "order.updated", strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), []string{"woocommerce.json"}},
	{"a hundred thousand lines", "order.updated", edit(`{"id":11,`, strings.Repeat("{},", 100_000)+`{"id":11,`), []string{"woocommerce.size"}},
	{"text", "order.updated", `"an order"`, []string{"woocommerce.shape"}},
	{"a list", "order.updated", `[` + plainOrder + `]`, []string{"woocommerce.shape"}},
	{"null", "order.updated", `null`, []string{"woocommerce.shape"}},
	{"an empty order", "order.updated", `{}`, []string{"woocommerce.shape"}},
	{"an id alone", "order.updated", `{"id":1001}`, []string{"woocommerce.shape"}},
	{"an id alone, created", "order.created", `{"id":1001}`, []string{"woocommerce.shape"}},
	{"an id alone, restored", "order.restored", `{"id":1001}`, []string{"woocommerce.shape"}},
	{"lines that are null", "order.updated", `{"id":1,"line_items":null}`, []string{"woocommerce.shape"}},
	{"a product", "order.updated", `{"id":93,"name":"Oak Tray","type":"simple","price":"20.00","meta_data":[]}`, []string{"woocommerce.shape"}},
	{"a coupon", "order.updated", `{"id":9,"code":"ada10","amount":"10.00","meta_data":[]}`, []string{"woocommerce.shape"}},
	{"a subscription", "order.updated", edit(`{"id":1001`, `{"billing_period":"month","id":1001`), []string{"woocommerce.shape"}},
	{"a custom topic", "order.updated", `{"action":"woocommerce_order_status_completed","arg":1001}`, []string{"woocommerce.shape"}},
	{"an order of the legacy API", "order.updated", `{"order":` + plainOrder + `}`, []string{"woocommerce.legacy_api"}},
	{"an order that is gone", "order.updated", `{"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID.","data":{"status":404}}`, []string{"woocommerce.rest_error"}},
	{"an order nobody may see", "order.updated", `{"code":"woocommerce_rest_cannot_view","message":"Sorry","data":{"status":401}}`, []string{"woocommerce.rest_error"}},
	{"lines of an odd type", "order.updated", edit(`"line_items":[`, `"line_items":7,"x":[`), []string{"line_items woocommerce.shape"}},
	{"a line of an odd type", "order.updated", edit(`{"id":11,`, `7,{"id":11,`), []string{
		"line_items woocommerce.shape", "line_items[0].id woocommerce.required", "line_items[0].quantity woocommerce.required",
		"line_items[0].subtotal woocommerce.required", "line_items[0].total_tax woocommerce.required", "line_items[0].total woocommerce.required",
	}},
	{"coupons of an odd type", "order.updated", edit(`"coupon_lines":[]`, `"coupon_lines":{}`), []string{"coupon_lines woocommerce.shape", "coupon_lines woocommerce.required"}},
	{"no list of coupons", "order.updated", edit(`"coupon_lines":[]`, `"coupon_lines":null`), []string{"coupon_lines woocommerce.required"}},
	{"refunds of an odd type", "order.updated", edit(`"refunds":[]`, `"refunds":"none"`), []string{"refunds woocommerce.shape"}},
	{"an id that is none", "order.updated", edit(`"id":1001`, `"id":"WC-1001"`), []string{"id woocommerce.id"}},
	{"an id below one", "order.updated", edit(`"id":1001`, `"id":0`), []string{"id woocommerce.id"}},
	{"a negative id", "order.updated", edit(`"id":1001`, `"id":-1001`), []string{"id woocommerce.id"}},
	{"an id through a float", "order.updated", edit(`"id":1001`, `"id":1.001e3`), []string{"id woocommerce.id"}},
	{"an id beyond 2^63", "order.updated", edit(`"id":1001`, `"id":9223372036854775808`), []string{"id woocommerce.id"}},
	{"an id that is a flag", "order.updated", edit(`"id":1001`, `"id":true`), []string{"id woocommerce.id"}},
	{"no status", "order.updated", edit(`"status":"processing"`, `"status":null`), []string{"status woocommerce.required"}},
	{"no currency", "order.updated", edit(`"currency":"EUR"`, `"currency":""`), []string{"currency woocommerce.required"}},
	{"a currency of no standard", "order.updated", edit(`"currency":"EUR"`, `"currency":"IRT"`), []string{"currency woocommerce.currency"}},
	{"times of the shop's own clock", "order.updated", edit(`"date_created_gmt"`, `"date_created"`, `"date_modified_gmt"`, `"date_modified"`), []string{
		"date_created_gmt woocommerce.time_zone", "date_modified_gmt woocommerce.time_zone",
	}},
	{"times that are null", "order.updated", edit(`"date_created_gmt":"2026-10-04T09:00:05"`, `"date_created":"2026-10-04T09:00:05","date_created_gmt":null`,
		`"date_modified_gmt":"2026-10-04T09:00:07"`, `"date_modified_gmt":null`), []string{
		"date_created_gmt woocommerce.time_zone", "date_modified_gmt woocommerce.required",
	}},
	{"times that are none", "order.updated", edit(`"2026-10-04T09:00:05"`, `"2026-10-04 09:00:05"`, `"2026-10-04T09:00:07"`, `1759568400`), []string{
		"date_created_gmt woocommerce.time", "date_modified_gmt woocommerce.time",
	}},
	{"a year JSON cannot carry", "order.updated", edit(`"2026-10-04T09:00:07"`, `"9999-12-31T23:59:59-14:00"`), []string{"date_modified_gmt woocommerce.time"}},
	{"the zero time", "order.updated", edit(`"2026-10-04T09:00:07"`, `"0001-01-01T00:00:00"`), []string{"date_modified_gmt woocommerce.time"}},
	{"a line's faults all at once", "order.updated", edit(`"id":11,"quantity":2,"subtotal":"20.00","total":"20.00","total_tax":"0.00"`,
		`"quantity":-2,"subtotal":"twenty","total":null,"total_tax":{}`), []string{
		"line_items[0].id woocommerce.required", "line_items[0].quantity woocommerce.quantity", "line_items[0].subtotal woocommerce.money",
		"line_items[0].total_tax woocommerce.money", "line_items[0].total woocommerce.required",
	}},
	{"a quantity that is none", "order.updated", edit(`"quantity":2`, `"quantity":"two"`), []string{"line_items[0].quantity woocommerce.quantity"}},
	{"a quantity with an exponent", "order.updated", edit(`"quantity":2`, `"quantity":1e9`), []string{"line_items[0].quantity woocommerce.quantity"}},
	{"a total with an exponent", "order.updated", edit(`"total":"20.00"`, `"total":2e1`), []string{"line_items[0].total woocommerce.money"}},
	{"a total with a comma", "order.updated", edit(`"total":"20.00"`, `"total":"20,00"`), []string{"line_items[0].total woocommerce.money"}},
	{"a total out of range", "order.updated", edit(`"total":"20.00"`, `"total":"99999999999999999999"`), []string{"line_items[0].total woocommerce.money"}},
	{"a fraction out of range", "order.updated", edit(`"total":"20.00"`, `"total":"99999999999999999999.999"`), []string{"line_items[0].total woocommerce.money"}},
	{"a total of seventy digits", "order.updated", edit(`"total":"20.00"`, `"total":"0.`+strings.Repeat("1", 70)+`"`), []string{"line_items[0].total woocommerce.money"}},
	{"a discount out of range", "order.updated", edit(`"subtotal":"20.00","total":"20.00"`, `"subtotal":"90000000000000000","total":"-90000000000000000"`),
		[]string{"line_items[0].total woocommerce.money"}},
	{"a coupon's discount", "order.updated", edit(`"coupon_lines":[]`, `"coupon_lines":[{"code":"a"},{"code":"b","discount":"1,50"}]`),
		[]string{"coupon_lines[1].discount woocommerce.money"}},
	{"a listed refund", "order.updated", edit(`"refunds":[]`, `"refunds":[{},{"id":7,"total":"--5.00"}]`), []string{
		"refunds[0].id woocommerce.required", "refunds[0].total woocommerce.required", "refunds[1].total woocommerce.money",
	}},

	{"a whole order thrown away", "order.deleted", plainOrder, []string{"woocommerce.shape"}},
	{"a deletion with more in it", "order.deleted", `{"id":1001,"status":"processing"}`, []string{"woocommerce.shape"}},
	{"a deletion of nothing", "order.deleted", `{}`, []string{"woocommerce.shape"}},
	{"a deletion without an id", "order.deleted", `{"code":1001}`, []string{"woocommerce.shape"}},
	{"a list deleted", "order.deleted", `[1001]`, []string{"woocommerce.shape"}},
	{"a null deleted", "order.deleted", `null`, []string{"woocommerce.shape"}},
	{"a deletion of no JSON", "order.deleted", `{"id":`, []string{"woocommerce.json"}},
	{"a deletion of an odd id", "order.deleted", `{"id":{"a":1}}`, []string{"id woocommerce.id"}},
	{"a deletion of null", "order.deleted", `{"id":null}`, []string{"id woocommerce.required"}},
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range faulty {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			events, err := parse(tt.topic, tt.body)
			attributiontest.Refused(t, "woocommerce: "+tt.topic+": ", tt.want, events, err)
		})
	}
}

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	table := attributiontest.CodeTable{
		Prefix: "woocommerce.", Codes: woocommerce.Codes(), Meaning: woocommerce.Meaning,
		// See TestParseNeedsAShop and TestDeletionNeedsATime.
		Elsewhere: []string{"woocommerce.shop", "woocommerce.received_at"},
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
	const word = "guest-one@demo.example"
	bodies := []string{word, `"` + word + `"`, `{"` + word + `":` + word, edit(`"2026-10-04T09:00:07"`, `"`+word+`"`)}
	for _, field := range []string{
		"id", "number", "status", "currency", "date_created_gmt", "date_modified_gmt", "date_paid_gmt", "customer_id", "customer_note", "created_via",
		"billing", "line_items", "coupon_lines", "refunds", "meta_data", "order", "code", "data", "billing_period",
	} {
		for _, value := range []string{`"` + word + `"`, `["` + word + `"]`, `{"` + word + `":"` + word + `"}`, `[{"id":"` + word + `","total":"` + word + `","quantity":"` + word + `"}]`} {
			bodies = append(bodies, string(change(t, plainOrder, `{"`+field+`":`+value+`}`)))
		}
	}
	for _, body := range bodies {
		for _, topic := range []string{"order.updated", "order.deleted"} {
			if _, err := parse(topic, body); err != nil && strings.Contains(err.Error(), word) {
				t.Errorf("%s of %s: the error quotes the body: %v", topic, body, err)
			}
		}
		if _, err := woocommerce.ParseRefunds([]byte(`[`+body+`]`), refundList(t)); err != nil && strings.Contains(err.Error(), word) {
			t.Errorf("refunds of %s: the error quotes the body: %v", body, err)
		}
	}
}

func TestFaultsAreBounded(t *testing.T) {
	t.Parallel()
	_, err := parse("order.updated", edit(`{"id":11,`, strings.Repeat("{},", 1000)+`{"id":11,`))
	if n := len(codesOf(err)); n != 50 {
		t.Errorf("%d faults, want 50", n)
	}
}

func TestParseNeedsAShop(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		_, err := decoder().Parse(attribution.Delivery{Topic: s.topic, Body: load(t, s.file), ReceivedAt: arrival()})
		if diff := cmp.Diff([]string{"woocommerce.shop"}, codesOf(err)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", s.file, diff)
		}
	}
}

func TestDeletionNeedsATime(t *testing.T) {
	t.Parallel()
	_, err := decoder().Parse(attribution.Delivery{Topic: "order.deleted", Header: map[string]string{"source": shop}, Body: []byte(`{"id":1}`)})
	if diff := cmp.Diff([]string{"woocommerce.received_at"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}
