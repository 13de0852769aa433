package stripe_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/stripe"
)

// faulty are bodies with what is wrong with each, as "path code".
var faulty = []struct {
	name, file string // the sample that is changed; "" takes the patch as the body
	event      string // patch of the event
	object     string // patch of its object
	want       []string
}{
	{"nothing", "", ``, "", []string{"stripe.json"}},
	{"no JSON", "", `id=evt_1`, "", []string{"stripe.json"}},
	{"a byte order mark", "", "\ufeff{}", "", []string{"stripe.json"}},
	{"something behind it", "", `{}{}`, "", []string{"stripe.json"}},
	{"nested too deeply", "", strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), "", []string{"stripe.json"}},
	{"a hundred thousand values", "", `{"x":[` + strings.Repeat("1,", 100_001) + `1]}`, "", []string{"stripe.size"}},
	{"text", "", `"an event"`, "", []string{"stripe.shape"}},
	{"a list", "", `[{}]`, "", []string{"stripe.shape"}},
	{"null", "", `null`, "", []string{"stripe.shape"}},
	{"an empty object", "", `{}`, "", []string{"stripe.shape"}},
	{"a bare session", "", `{"id":"cs_1","object":"checkout.session"}`, "", []string{"stripe.shape"}},
	{"no type", "session_payment.json", `{"type":null}`, `{}`, []string{"stripe.shape"}},
	{"an object that has a type", "session_payment.json", `{"object":"charge"}`, `{}`, []string{"stripe.shape"}},
	{"a thin event", "", string(thin), "", []string{"stripe.thin_event"}},
	{"an event without anything", "", `{"object":"event","type":"invoice.paid"}`, "", []string{"livemode stripe.required", "created stripe.required"}},
	{"no object", "session_payment.json", `{"data":{}}`, "", []string{"data.object stripe.required"}},
	{"data of an odd type", "session_payment.json", `{"data":7}`, "", []string{"data stripe.shape"}},
	{"an object of an odd type", "session_payment.json", `{"data":{"object":7}}`, "", []string{"data.object stripe.shape"}},
	{"an object of another topic", "session_payment.json", `{"type":"invoice.paid"}`, `{}`, []string{"data.object.object stripe.shape"}},
	{"livemode that is text", "session_payment.json", `{"livemode":"true"}`, `{}`, []string{"livemode stripe.flag"}},
	{"another account", "session_payment.json", `{"account":"acct_other"}`, `{}`, []string{"account stripe.other_account"}},
	{"a time that is text", "session_payment.json", `{"created":"now"}`, `{}`, []string{"created stripe.time"}},

	{"a session's ids", "session_payment.json", `{}`, `{"id":null,"payment_intent":7,"invoice":"in 1"}`, []string{"data.object.id stripe.required", "data.object.invoice stripe.id", "data.object.payment_intent stripe.id"}},
	{"a session's mode", "session_payment.json", `{}`, `{"mode":"lease"}`, []string{"data.object.mode stripe.status"}},
	{"no mode", "session_payment.json", `{}`, `{"mode":null}`, []string{"data.object.mode stripe.required"}},
	{"a session's status", "session_payment.json", `{}`, `{"payment_status":"perhaps"}`, []string{"data.object.payment_status stripe.status"}},
	{"no currency", "session_payment.json", `{}`, `{"currency":null,"amount_total":"x"}`, []string{"data.object.currency stripe.required"}},
	{"a currency that is none", "session_payment.json", `{}`, `{"currency":"euro"}`, []string{"data.object.currency stripe.currency"}},
	{"amounts that are missing", "session_payment.json", `{}`, `{"amount_subtotal":null,"amount_total":"drop"}`, []string{"data.object.amount_subtotal stripe.required", "data.object.amount_total stripe.required"}},
	{"amounts of all kinds", "session_payment.json", `{}`, `{"amount_subtotal":"5000","amount_total":59.38,"total_details":{"amount_discount":1e2,"amount_tax":true,"amount_shipping":[]}}`, []string{
		"data.object.amount_subtotal stripe.money", "data.object.total_details.amount_discount stripe.money", "data.object.total_details.amount_tax stripe.money",
		"data.object.total_details.amount_shipping stripe.money", "data.object.amount_total stripe.money",
	}},
	{"an amount beyond all charges", "session_payment.json", `{}`, `{"amount_subtotal":10000000000001,"amount_total":-10000000000001}`, []string{"data.object.amount_subtotal stripe.money", "data.object.amount_total stripe.money"}},
	{"an amount beyond an int64", "session_payment.json", `{}`, `{"amount_total":99999999999999999999}`, []string{"data.object.amount_total stripe.money"}},
	{"a total of another sum", "session_payment.json", `{}`, `{"amount_total":9999}`, []string{"data.object.amount_total stripe.total"}},
	{"a total below the sum", "session_payment.json", `{}`, `{"amount_total":1}`, []string{"data.object.amount_total stripe.total"}},
	{"a session's time", "session_payment.json", `{}`, `{"created":"now"}`, []string{"data.object.created stripe.time"}},
	{"details of an odd type", "session_payment.json", `{}`, `{"total_details":7}`, []string{"data.object.total_details stripe.shape"}},
	{"discounts of an odd type", "session_guest.json", `{}`, `{"discounts":{}}`, []string{"data.object.discounts stripe.shape"}},
	{"a discount's amount", "session_expanded_code.json", `{}`, `{"total_details":{"amount_discount":"2"}}`, []string{"data.object.total_details.amount_discount stripe.money"}},

	{"an invoice's fields all at once", "invoice_paid.json", `{}`, `{"id":null,"created":null,"status":"lost","currency":"euro"}`, []string{
		"data.object.id stripe.required", "data.object.created stripe.required", "data.object.status stripe.status", "data.object.currency stripe.currency",
	}},
	{"no status", "invoice_paid.json", `{}`, `{"status":null}`, []string{"data.object.status stripe.required"}},
	{"an invoice's amounts", "invoice_paid.json", `{}`, `{"total":null,"pre_payment_credit_notes_amount":"x","shipping_cost":{"amount_total":"x"}}`, []string{
		"data.object.total stripe.required", "data.object.shipping_cost.amount_total stripe.money", "data.object.pre_payment_credit_notes_amount stripe.money",
	}},
	{"lines of an odd type", "invoice_renewal.json", `{}`, `{"lines":[]}`, []string{"data.object.lines stripe.shape"}},
	{"a line of an odd type", "invoice_renewal.json", `{}`, `{"lines":{"data":[7]}}`, []string{"data.object.lines.data stripe.shape", "data.object.lines.data[0].amount stripe.required"}},
	{"amounts inside a line", "invoice_renewal.json", `{}`, `{"lines":{"data":[{"id":"il_1","amount":1,"discount_amounts":[{"amount":1},{}],"taxes":[{"amount":"x"}]},{"tax_amounts":[{"inclusive":true}]}]}}`, []string{
		"data.object.lines.data[0].discount_amounts[1].amount stripe.required", "data.object.lines.data[0].taxes[0].amount stripe.money",
		"data.object.lines.data[1].amount stripe.required", "data.object.lines.data[1].tax_amounts[0].amount stripe.required",
	}},
	{"sums out of range", "invoice_renewal.json", `{}`, `{"lines":{"data":[{"id":"il_1","amount":1,"taxes":[{"amount":9000000000000},{"amount":9000000000000}]}]}}`, []string{"data.object.lines.data[0].taxes stripe.money"}},
	{"amounts of the whole", "invoice_cut_list.json", `{}`, `{"total_taxes":[{"amount":1},{"amount":"x"}],"total_discount_amounts":[{"amount":9000000000000},{"amount":9000000000000}],"total_excluding_tax":"x"}`, []string{
		"data.object.total_taxes[1].amount stripe.money", "data.object.total_excluding_tax stripe.money", "data.object.total_discount_amounts stripe.money",
	}},
	{"payments that are none", "invoice_paid_2020.json", `{}`, `{"payment_intent":"pi 1","charge":7}`, []string{"data.object.payment_intent stripe.id", "data.object.charge stripe.id"}},

	{"an invoice payment without its invoice", "invoice_payment_paid.json", `{}`, `{"invoice":null,"payment":{"payment_intent":7,"charge":"ch 1"}}`, []string{
		"data.object.invoice stripe.required", "data.object.payment.payment_intent stripe.id", "data.object.payment.charge stripe.id",
	}},
	{"an invoice payment of an odd type", "invoice_payment_paid.json", `{}`, `{"payment":"pi_1"}`, []string{"data.object.payment stripe.shape"}},

	{"a refund's faults all at once", "refund_created.json", `{}`, `{"id":"","amount":-0.5,"created":null,"status":"lost","payment_intent":"x y"}`, []string{
		"data.object.payment_intent stripe.id", "data.object.id stripe.id", "data.object.created stripe.required", "data.object.amount stripe.money", "data.object.status stripe.status",
	}},
	{"a refund without a currency", "refund_created.json", `{}`, `{"currency":null}`, []string{"data.object.currency stripe.required"}},
	{"a refund inside a charge", "charge_refunded_2020.json", `{}`, `{"refunds":{"data":[{},{"id":"re_1","currency":"usd","created":1790000000,"amount":"x"}]}}`, []string{
		"data.object.refunds.data[0].currency stripe.required", "data.object.refunds.data[1].amount stripe.money",
	}},
	{"refunds of an odd type", "charge_refunded_2020.json", `{}`, `{"refunds":[]}`, []string{"data.object.refunds stripe.shape"}},
	{"a dispute's faults all at once", "dispute_created.json", `{}`, `{"id":null,"amount":null,"created":"x","status":null,"charge":"x y","currency":"EUR"}`, []string{
		"data.object.charge stripe.id", "data.object.id stripe.required", "data.object.created stripe.time", "data.object.status stripe.required", "data.object.amount stripe.required",
	}},
	{"a dispute's status", "dispute_created.json", `{}`, `{"status":"warm"}`, []string{"data.object.status stripe.status"}},
}

func faultyBody(t testing.TB, file, event, object string) []byte {
	t.Helper()
	if file == "" {
		return []byte(event)
	}
	body := load(t, file)
	if object != "" {
		body = changeAt(t, body, object, "data", "object")
	}
	return changeAt(t, body, event)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range faulty {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			events, err := parse(string(faultyBody(t, tt.file, tt.event, tt.object)))
			attributiontest.Refused(t, "stripe: ", tt.want, events, err)
		})
	}
}

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	table := attributiontest.CodeTable{
		Prefix: "stripe.", Codes: stripe.Codes(), Meaning: stripe.Meaning,
		Elsewhere: []string{"stripe.account"}, // see TestAccounts
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

// objects are one sample of each object, in each of its shapes.
var objects = []string{
	"session_payment.json", "invoice_paid.json", "invoice_paid_2020.json", "invoice_payment_paid.json", "refund_created.json",
	"charge_refunded_2020.json", "dispute_created.json",
}

// A body may hold what is nobody's business. Errors are logged and kept.
func TestErrorsQuoteNothing(t *testing.T) {
	t.Parallel()
	const word = "dario@demo.example"
	bodies := []string{word, `"` + word + `"`, `{"` + word + `":` + word, `{"object":"event","type":"` + word + `"}`}
	for _, value := range []string{`"` + word + `"`, `["` + word + `"]`, `{"` + word + `":"` + word + `"}`, `[{"id":"` + word + `","amount":"` + word + `"}]`} {
		for _, file := range objects {
			body := load(t, file)
			for _, field := range []string{"id", "object", "type", "account", "created", "livemode", "data"} {
				bodies = append(bodies, string(changeAt(t, body, `{"`+field+`":`+value+`}`)))
			}
			for field := range objectOf(t, body) {
				bodies = append(bodies, string(changeAt(t, body, `{"`+field+`":`+value+`}`, "data", "object")))
			}
		}
	}
	refused := 0
	for _, body := range bodies {
		_, err := parse(body)
		if err != nil {
			refused++
		}
		if err != nil && strings.Contains(err.Error(), "@") {
			t.Errorf("the error quotes the body: %v", err)
		}
	}
	if refused < 100 {
		t.Errorf("only %d bodies were refused", refused)
	}
}

func objectOf(t testing.TB, body []byte) map[string]json.RawMessage {
	t.Helper()
	var event struct {
		Data struct {
			Object map[string]json.RawMessage
		}
	}
	require.NoError(t, json.Unmarshal(body, &event))
	return event.Data.Object
}

func TestFaultsAreBounded(t *testing.T) {
	t.Parallel()
	_, err := decode(t, change(t, "invoice_renewal.json", `{"lines":{"data":[`+strings.Repeat(`{},`, 900)+`{}]}}`))
	if got := len(codesOf(err)); got != 50 {
		t.Errorf("%d faults, want 50", got)
	}
}

func TestParseNeedsTheBodyOnly(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		want := events(t, load(t, s.file))
		got, err := decoder().Parse(attribution.Delivery{Body: load(t, s.file), Topic: "refund.created", ID: "x", Header: map[string]string{"account": "acct_other"}})
		require.NoError(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: events mismatch (-want +got):\n%s", s.file, diff)
		}
	}
}
