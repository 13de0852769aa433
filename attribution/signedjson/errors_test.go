package signedjson_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/signedjson"
)

type faultyBody struct {
	body string
	want []string // "path code"
}

// faulty are bodies with what is wrong with each.
func faulty(t testing.TB) map[string]faultyBody {
	t.Helper()
	bare := func(data string) string { return envelope("order.changed", data) }
	line := func(fields string) string { return order(t, `"lines":[{`+fields+`}]`) }
	refund := func(fields string) string { return order(t, `"refunds":[{`+fields+`}]`) }
	return map[string]faultyBody{
		"nothing":                       {``, []string{"signedjson.json"}},
		"no JSON":                       {`id=1`, []string{"signedjson.json"}},
		"a byte order mark":             {"\ufeff" + bare(plain), []string{"signedjson.json"}},
		"something behind it":           {bare(plain) + "{}", []string{"signedjson.json"}},
		"no UTF-8":                      {bare(`{"id":"` + "\xff" + `"}`), []string{"signedjson.json"}},
		"nested too deeply":             {strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), []string{"signedjson.json"}},
		"a hundred thousand lines":      {bare(`{"lines":[` + strings.Repeat("{},", 100_001) + `{}]}`), []string{"signedjson.size"}},
		"text":                          {`"order.changed"`, []string{"signedjson.shape"}},
		"a list":                        {`[` + bare(plain) + `]`, []string{"signedjson.shape"}},
		"null":                          {`null`, []string{"signedjson.shape"}},
		"an empty object":               {`{}`, []string{"type signedjson.required"}},
		"a type of an odd type":         {`{"type":7}`, []string{"type signedjson.shape"}},
		"no envelope":                   {plain, []string{"type signedjson.required"}},
		"two types":                     {`{"type":"ping","type":"order.changed"}`, []string{"type signedjson.field_twice", "timestamp signedjson.required", "data signedjson.required"}},
		"a type alone":                  {`{"type":"order.changed"}`, []string{"timestamp signedjson.required", "data signedjson.required"}},
		"data of an odd type":           {bare(`[` + plain + `]`), []string{"data signedjson.shape"}},
		"a timestamp in seconds":        {`{"type":"shop.redact","timestamp":1764000000,"data":{"shop":"demo.example"}}`, []string{"timestamp signedjson.time"}},
		"empty data":                    {bare(`{}`), []string{"data.id signedjson.required", "data.placed_at signedjson.required", "data.payment signedjson.required", "data.gross signedjson.required"}},
		"what a typo would cost":        {order(t, `"discont":"5.00"`), []string{"data.discont signedjson.unknown_field"}},
		"another case":                  {order(t, `"Payment":"paid"`), []string{"data.Payment signedjson.unknown_field"}},
		"a name that is personal":       {order(t, `"shopper@demo.example":1,"5550100":2`), []string{"data.* signedjson.unknown_field", "data.* signedjson.unknown_field"}},
		"a long name":                   {order(t, `"`+strings.Repeat("x", 41)+`":1`), []string{"data.* signedjson.unknown_field"}},
		"a name with an escape":         {bare(`{"\u0069d":"1","placed_at":"2026-11-20T18:30:00Z","payment":"paid","currency":"EUR","gross":"1","disc\u006fnt":1}`), []string{"data.discont signedjson.unknown_field"}},
		"a field that stands twice":     {bare(strings.Replace(plain, `"currency"`, `"payment":"paid","currency"`, 1)), []string{"data.payment signedjson.field_twice"}},
		"an id of an odd type":          {order(t, `"id":["1"]`), []string{"data.id signedjson.id"}},
		"an empty id":                   {order(t, `"id":""`), []string{"data.id signedjson.required"}},
		"an id with space around it":    {order(t, `"id":"1 "`), []string{"data.id signedjson.id"}},
		"an id with a NUL":              {order(t, `"id":"1\u0000"`), []string{"data.id signedjson.id"}},
		"a negative id":                 {order(t, `"id":-1`), []string{"data.id signedjson.id"}},
		"an id through a float":         {order(t, `"id":1e3`), []string{"data.id signedjson.id"}},
		"an id that is too long":        {order(t, `"id":"`+strings.Repeat("1", 256)+`"`), []string{"data.id signedjson.id"}},
		"a number that is too long":     {order(t, `"number":`+strings.Repeat("1", 256)), []string{"data.number signedjson.id"}},
		"another shop":                  {order(t, `"shop":"other.example"`), []string{"data.shop signedjson.other_shop"}},
		"a shop of an odd type":         {order(t, `"shop":{}`), []string{"data.shop signedjson.shape"}},
		"words that are none":           {order(t, `"kind":"sale","channel":"web","payment":"PAID"`), []string{"data.kind signedjson.word", "data.channel signedjson.word", "data.payment signedjson.word"}},
		"words of an odd type":          {order(t, `"kind":1,"channel":false,"payment":{}`), []string{"data.kind signedjson.word", "data.channel signedjson.word", "data.payment signedjson.word"}},
		"no payment":                    {order(t, `"payment":null`), []string{"data.payment signedjson.required"}},
		"flags that are none":           {order(t, `"renewal":"true","test":0,"tax_included":[]`), []string{"data.renewal signedjson.shape", "data.test signedjson.shape", "data.tax_included signedjson.shape"}},
		"times that are none":           {order(t, `"placed_at":"2026-11-20 18:30:00","updated_at":1764000000,"cancelled_at":"0001-01-01T00:00:00Z"`), []string{"data.placed_at signedjson.time", "data.updated_at signedjson.time", "data.cancelled_at signedjson.time"}},
		"shipping that is none":         {order(t, `"shipping":4.9,"shipping_tax":"-1","delivered_at":"today"`), []string{"data.delivered_at signedjson.time", "data.shipping signedjson.money", "data.shipping_tax signedjson.money"}},
		"a delivery that is none":       {line(`"quantity":1,"gross":"1","delivered_at":7`), []string{"data.lines[0].delivered_at signedjson.time"}},
		"a year JSON cannot carry":      {order(t, `"updated_at":"9999-12-31T23:59:59-14:00"`), []string{"data.updated_at signedjson.time"}},
		"no currency":                   {order(t, `"currency":null,"codes":[{"code":"A","discount":"1"}]`), []string{"data.currency signedjson.required"}},
		"a currency that is none":       {order(t, `"currency":"EURO"`), []string{"data.currency signedjson.currency"}},
		"a currency with space":         {order(t, `"currency":" EUR"`), []string{"data.currency signedjson.currency"}},
		"no lines and no total":         {order(t, `"lines":null`), []string{"data.gross signedjson.required"}},
		"a lead with half a total":      {order(t, `"kind":"lead","lines":null,"tax":"1.00"`), []string{"data.gross signedjson.required"}},
		"lines and totals":              {order(t, `"gross":"20.00","discount":"0","tax":"0"`), []string{"data.gross signedjson.together", "data.discount signedjson.together", "data.tax signedjson.together"}},
		"an empty list of lines":        {order(t, `"lines":[]`), []string{"data.lines signedjson.required"}},
		"lines of an odd type":          {order(t, `"lines":{"id":"a"}`), []string{"data.lines signedjson.shape"}},
		"a line of an odd type":         {order(t, `"lines":[7,null]`), []string{"data.lines[0] signedjson.shape", "data.lines[1] signedjson.shape"}},
		"a line's faults all at once":   {line(`"id":"","quantity":1.5,"unit_price":"ten","tax":7,"gift_card":"no","size":"M"`), []string{"data.lines[0].id signedjson.id", "data.lines[0].quantity signedjson.count", "data.lines[0].tax signedjson.money", "data.lines[0].gift_card signedjson.shape", "data.lines[0].unit_price signedjson.money", "data.lines[0].size signedjson.unknown_field"}},
		"a line without its price":      {line(`"quantity":1`), []string{"data.lines[0].gross signedjson.required"}},
		"a line with two prices":        {line(`"quantity":1,"gross":"1","unit_price":"1"`), []string{"data.lines[0].unit_price signedjson.together"}},
		"a line without its quantity":   {line(`"gross":"1"`), []string{"data.lines[0].quantity signedjson.required"}},
		"a quantity as text":            {line(`"gross":"1","quantity":"1"`), []string{"data.lines[0].quantity signedjson.count"}},
		"a quantity out of range":       {line(`"gross":"1","quantity":281474976710657`), []string{"data.lines[0].quantity signedjson.count"}},
		"collections of odd types":      {line(`"gross":"1","quantity":1,"collections":[null,"",{}]`), []string{"data.lines[0].collections[0] signedjson.id", "data.lines[0].collections[1] signedjson.id", "data.lines[0].collections[2] signedjson.id"}},
		"the same line twice":           {order(t, `"lines":[{"id":"a","quantity":1,"gross":"1"},{"id":"a","quantity":1,"gross":"1"}],"refunds":[{"id":"r","lines":[{"line":"a","quantity":1}]}]`), []string{"data.lines[1].id order.line_twice"}},
		"more lines than an order has":  {order(t, `"lines":[`+strings.Repeat(`{"quantity":1,"gross":"1"},`, 4096)+`{"quantity":1,"gross":"1"}]`), []string{"data.lines order.size"}},
		"money as a number":             {line(`"quantity":1,"gross":19.9`), []string{"data.lines[0].gross signedjson.money"}},
		"money with a symbol":           {line(`"quantity":1,"gross":"€19.90"`), []string{"data.lines[0].gross signedjson.money"}},
		"money with a comma":            {line(`"quantity":1,"gross":"19,90"`), []string{"data.lines[0].gross signedjson.money"}},
		"money with an exponent":        {line(`"quantity":1,"gross":"1e3"`), []string{"data.lines[0].gross signedjson.money"}},
		"empty money":                   {line(`"quantity":1,"gross":""`), []string{"data.lines[0].gross signedjson.money"}},
		"negative money":                {line(`"quantity":1,"gross":"-1.00","discount":"-0"`), []string{"data.lines[0].discount signedjson.money", "data.lines[0].gross signedjson.money"}},
		"a third decimal of euro":       {line(`"quantity":1,"gross":"1.001"`), []string{"data.lines[0].gross signedjson.money"}},
		"a decimal of yen":              {order(t, `"currency":"JPY","lines":[{"quantity":1,"gross":"1.5"}]`), []string{"data.lines[0].gross signedjson.money"}},
		"money out of range":            {line(`"quantity":1,"gross":"99999999999999999999"`), []string{"data.lines[0].gross signedjson.money"}},
		"money beyond an order's":       {line(`"quantity":1,"gross":"2814749767106.57"`), []string{"data.lines[0].gross signedjson.money"}},
		"a product out of range":        {line(`"quantity":281474976710656,"unit_price":"2000000000000.00"`), []string{"data.lines[0].unit_price signedjson.money"}},
		"money of another currency":     {line(`"quantity":1,"gross":{"amount":"1","currency":"USD"}`), []string{"data.lines[0].gross.currency signedjson.currency"}},
		"money of half an object":       {line(`"quantity":1,"gross":{"amount":"1"},"tax":{"currency":"EUR"},"discount":{"amount":1,"currency":"EUR","scale":2}`), []string{"data.lines[0].discount.amount signedjson.shape", "data.lines[0].discount.scale signedjson.unknown_field", "data.lines[0].tax.amount signedjson.required", "data.lines[0].gross.currency signedjson.required"}},
		"money of an odd type":          {line(`"quantity":1,"gross":["1"]`), []string{"data.lines[0].gross signedjson.shape"}},
		"codes of odd types":            {order(t, `"codes":["",null,{"kind":"coupon"},[]]`), []string{"data.codes[0] signedjson.id", "data.codes[1] signedjson.id", "data.codes[2].code signedjson.required", "data.codes[2].kind signedjson.word", "data.codes[3] signedjson.id"}},
		"a customer of an odd type":     {order(t, `"customer":"c-1"`), []string{"data.customer signedjson.shape"}},
		"a customer's faults":           {order(t, `"customer":{"id":"shopper@demo.example","visitor":"a@b","email":7,"country":"Germany","address":"Harbour Lane","name":"x","phone":5}`), []string{"data.customer.country signedjson.country", "data.customer.id signedjson.personal", "data.customer.visitor signedjson.personal", "data.customer.email signedjson.shape", "data.customer.phone signedjson.shape", "data.customer.address signedjson.shape", "data.customer.name signedjson.unknown_field"}},
		"an address in another country": {order(t, `"customer":{"address":{"country":"ZZ","zip":"1"}}`), []string{"data.customer.address.country signedjson.country", "data.customer.address.zip signedjson.unknown_field"}},
		"touches of nothing":            {order(t, `"touches":[{},{"utm":{}},{"viewed":true},{"viewed":true,"page":"/a"}]`), []string{"data.touches[0] signedjson.required", "data.touches[2].link signedjson.required", "data.touches[3].link signedjson.required"}},
		"a touch's odd types":           {order(t, `"touches":[{"link":{},"utm":null},{"utm":{"source":[],"term":"x"}},{"id":true,"source":"\u0000"}],"landing_url":7,"reference":{}`), []string{"data.touches[0].link signedjson.shape", "data.touches[1].utm.source signedjson.shape", "data.touches[2].source signedjson.text", "data.touches[2].id signedjson.shape", "data.landing_url signedjson.shape", "data.reference signedjson.shape"}},
		"touches of two things":         {order(t, `"touches":[{"link":"a","page":"/a"},{"id":"a","utm":{"source":"b"}},{"utm":{"source":"b"},"page":"/a"}]`), []string{"data.touches[0] signedjson.together", "data.touches[1] signedjson.together", "data.touches[2] signedjson.together"}},
		"pages that are none":           {order(t, `"touches":[{"page":"ada"},{"page":""},{"page":"/\u0001"},{"page":7}]`), []string{"data.touches[0].page signedjson.page", "data.touches[1].page signedjson.page", "data.touches[3].page signedjson.shape"}},
		"attributes of an odd type":     {order(t, `"attributes":[{"name":"bl","value":"x"}]`), []string{"data.attributes signedjson.shape"}},
		"a refund of nothing":           {refund(`"id":"r"`), []string{"data.refunds[0].cash signedjson.required"}},
		"a refund's faults":             {refund(`"state":"done","cash":"-1","shipping":false,"at":"now","lines":[{"subtotal":"x"}]`), []string{"data.refunds[0].id signedjson.required", "data.refunds[0].at signedjson.time", "data.refunds[0].shipping signedjson.shape", "data.refunds[0].state signedjson.word", "data.refunds[0].cash signedjson.money", "data.refunds[0].lines[0].line signedjson.required", "data.refunds[0].lines[0].quantity signedjson.required", "data.refunds[0].lines[0].subtotal signedjson.money"}},
		"a dispute's faults":            {order(t, `"disputes":[{"amount":5}]`), []string{"data.disputes[0].id signedjson.required", "data.disputes[0].amount signedjson.money", "data.disputes[0].state signedjson.required"}},
		"a colleague without a reason":  {order(t, `"claims":[{"id":"c","kind":"manual","creator":"ada","author":""}]`), []string{"data.claims[0].author signedjson.required", "data.claims[0].reason signedjson.required"}},
		"a claim's faults":              {order(t, `"claims":[{"kind":"guess"}]`), []string{"data.claims[0].id signedjson.required", "data.claims[0].kind signedjson.word", "data.claims[0].creator signedjson.required"}},
		"a refund alone, of no order":   {envelope("order.refunded", `{"id":"r","cash":"1"}`), []string{"data.order signedjson.required", "data.currency signedjson.required"}},
		"a refund alone, unknown field": {envelope("order.refunded", `{"order":1,"id":"r","currency":"EUR","cash":"1","amount":"1"}`), []string{"data.amount signedjson.unknown_field"}},
		"an order as a refund":          {envelope("order.refunded", plain), []string{"data.order signedjson.required", "data.lines[0].line signedjson.required", "data.lines[0].id signedjson.unknown_field", "data.lines[0].unit_price signedjson.unknown_field", "data.placed_at signedjson.unknown_field", "data.payment signedjson.unknown_field"}},
		"a dispute alone":               {envelope("order.disputed", `{"order":1}`), []string{"data.id signedjson.required", "data.state signedjson.required"}},
		"a claim alone":                 {envelope("order.claimed", `{"order":1,"creator":"ada"}`), []string{"data.id signedjson.required", "data.kind signedjson.required"}},
		"nothing deleted":               {envelope("order.deleted", `{"id":1}`), []string{"data.order signedjson.required", "data.id signedjson.unknown_field"}},
		"nobody to forget":              {envelope("person.redact", `{}`), []string{"data.orders signedjson.required"}},
		"orders that are none":          {envelope("person.redact", `{"orders":[1,"",null]}`), []string{"data.orders[1] signedjson.id", "data.orders[2] signedjson.id"}},
		"somebody of another shop":      {envelope("person.redact", `{"shop":"other.example","orders":[1]}`), []string{"data.shop signedjson.other_shop"}},
		"a shop that is not named":      {envelope("shop.redact", `{}`), []string{"data.shop signedjson.required"}},
		"another shop to forget":        {envelope("shop.redact", `{"shop":"other.example"}`), []string{"data.shop signedjson.other_shop"}},
		"one person as a shop":          {envelope("shop.redact", `{"shop":"demo.example","orders":[1]}`), []string{"data.orders signedjson.unknown_field"}},
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range faulty(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, err := parse(tt.body)
			attributiontest.Refused(t, "signedjson: ", tt.want, events, err)
		})
	}
}

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	table := attributiontest.CodeTable{
		Prefix: "signedjson.", Codes: signedjson.Codes(), Meaning: signedjson.Meaning,
		// See TestParseNeedsAShop, TestCheck and TestSignRefuses.
		Elsewhere: []string{"signedjson.shop", "signedjson.secrets", "signedjson.clock", "signedjson.not_signable"},
	}
	for _, tt := range faulty(t) {
		// Order.Sales adds its own.
		foreign := func(w string) bool { return !strings.Contains(w, "signedjson.") }
		table.Met = append(table.Met, slices.DeleteFunc(slices.Clone(tt.want), foreign))
	}
	attributiontest.TestCodes(t, table)
}

// A body may hold what is nobody's business. Errors are logged and kept.
func TestErrorsQuoteNothing(t *testing.T) {
	t.Parallel()
	const word = "shopper@demo.example"
	tried := 0
	for _, file := range samples {
		if file == "unknown_type.json" {
			continue
		}
		v := decodeAny(t, load(t, file))
		for _, body := range []string{word, `"` + word + `"`, `{"` + word + `":` + word} {
			if _, err := parse(body); strings.Contains(err.Error(), "@") {
				t.Errorf("the error quotes the body: %v", err)
			}
		}
		replaceEach(v, word, func(body string) {
			tried++
			if _, err := parse(body); err != nil && strings.Contains(err.Error(), "@") {
				t.Errorf("the error quotes the body: %v", err)
			}
		})
	}
	if tried < 200 {
		t.Errorf("%d bodies were tried", tried)
	}
}

func TestFaultsAreBounded(t *testing.T) {
	t.Parallel()
	_, err := parse(order(t, `"lines":[`+strings.Repeat(`{},`, 5000)+`{}]`))
	if got := len(codesOf(err)); got != 50 {
		t.Errorf("%d faults, want 50", got)
	}
}

// encoding/json would take the last value, and a test that patches fields through a map
// cannot write two.
func TestFieldsThatStandTwice(t *testing.T) {
	t.Parallel()
	body := strings.Replace(envelope("order.changed", plain), `"unit_price"`, `"discount":"1.00","discount":"2.00","unit_price"`, 1)
	_, err := parse(body)
	if diff := cmp.Diff([]string{"data.lines[0].discount signedjson.field_twice"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestParseNeedsAShop(t *testing.T) {
	t.Parallel()
	for _, header := range []map[string]string{nil, {"shop": " "}, {"shop": "a:b"}} {
		_, err := decoder().Parse(attribution.Delivery{ID: "msg_1", Header: header, Body: []byte(envelope("order.changed", plain))})
		if diff := cmp.Diff([]string{"signedjson.shop"}, codesOf(err)); diff != "" {
			t.Errorf("faults mismatch (-want +got):\n%s", diff)
		}
	}
}
