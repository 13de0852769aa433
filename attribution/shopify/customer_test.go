package shopify_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

// orderOf decodes as w what must be one event about an order.
func orderOf(t testing.TB, w shopify.Webhook, topic string, body []byte) attribution.Order {
	t.Helper()
	events, err := w.Decode(signed(topic, body), body)
	require.NoError(t, err)
	require.Len(t, events, 1)
	require.NotNil(t, events[0].Order)
	return *events[0].Order
}

func TestCustomerKeys(t *testing.T) {
	t.Parallel()
	keys := identifying().Identity
	home := keys.Address(attribution.PostalAddress{Street: "Harbour Lane 4", PostCode: "YO21 1AA", City: "Whitby", Market: "GB"})
	flat := keys.Address(attribution.PostalAddress{Street: "Quarry Row 9 Flat 2", PostCode: "EH6 6QU", City: "Leith", Market: "GB"})
	email, phone := keys.Email("mira@example.com"), keys.Phone("+441632960111", "GB")
	for name, key := range map[string]string{"home": home, "flat": flat, "email": email, "phone": phone} {
		require.NotEmpty(t, key, name)
	}
	const (
		homeAddress = `{"address1":"Harbour Lane 4","address2":null,"city":"Whitby","zip":"YO21 1AA","country_code":"GB","phone":"01632 960111"}`
		flatAddress = `{"address1":"Quarry Row 9","address2":"Flat 2","city":"Leith","zip":"EH6 6QU","country_code":"gb"}`
		countryOnly = `{"address1":null,"city":null,"zip":null,"country_code":"GB"}`
	)
	tests := []struct {
		name, patch string
		want        attribution.Customer
	}{
		{"nobody", `"customer":null`, attribution.Customer{}},
		{"an account", `"customer":{"id":7301847120991}`, attribution.Customer{ID: "7301847120991"}},
		{"an account beyond 2^53", `"customer":{"id":"9007199254740993"}`, attribution.Customer{ID: "9007199254740993"}},
		{"an account of an odd id", `"customer":{"id":{"a":1}}`, attribution.Customer{}},
		{"a guest", `"customer":null,"email":"mira@example.com"`, attribution.Customer{Email: email}},
		{"an empty address of the order's", `"email":"","contact_email":"mira@example.com"`, attribution.Customer{Email: email}},
		{"an address of the account's alone", `"email":null,"customer":{"id":7,"email":"mira@example.com"}`, attribution.Customer{ID: "7", Email: email}},
		{"the order's address before all others", `"email":"mira@example.com","contact_email":"another@example.com","customer":{"email":"other@example.com"}`, attribution.Customer{Email: email}},
		{"a number", `"phone":"+44 1632 960111"`, attribution.Customer{Phone: phone}},
		{"a number without its country, beside an address", `"phone":"01632 960111","billing_address":` + countryOnly, attribution.Customer{Phone: phone}},
		{"a number of nobody knows where", `"phone":"01632 960111"`, attribution.Customer{}},
		{"the number of a billing address, of its country", `"billing_address":` + homeAddress, attribution.Customer{Phone: phone, Address: home}},
		{"the number of the account", `"customer":{"phone":"+441632960111"},"billing_address":{"phone":"01632 960222"}`, attribution.Customer{Phone: phone}},
		{"the number of a default address is nobody's choice", `"customer":{"default_address":` + homeAddress + `}`, attribution.Customer{}},
		{"a present", `"billing_address":` + homeAddress + `,"shipping_address":` + flatAddress, attribution.Customer{Phone: phone, Address: home}},
		{"a shipping address alone", `"billing_address":null,"shipping_address":` + flatAddress, attribution.Customer{Address: flat}},
		{"a billing address without a street", `"billing_address":` + countryOnly + `,"shipping_address":` + flatAddress, attribution.Customer{Address: flat}},
		{"a country is no address", `"billing_address":` + countryOnly + `,"shipping_address":` + countryOnly, attribution.Customer{}},
		{"a company", `"company":{"id":1,"location_id":2}`, attribution.Customer{Wholesale: true}},
		{"no company", `"company":null`, attribution.Customer{}},
		{"a company of an odd type", `"company":[1]`, attribution.Customer{}},
		{"tokens say nothing of a person", `"checkout_token":"0f0e0d0c","cart_token":"0f0e","token":"a0b1"`, attribution.Customer{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := change(t, plainOrder, `{`+tt.patch+`}`)
			if diff := cmp.Diff(tt.want, orderOf(t, identifying(), "orders/create", body).Customer); diff != "" {
				t.Errorf("Customer mismatch (-want +got):\n%s", diff)
			}
			bare := attribution.Customer{ID: tt.want.ID, Wholesale: tt.want.Wholesale}
			if diff := cmp.Diff(bare, decodeOrder(t, "orders/create", body).Customer); diff != "" {
				t.Errorf("without an Identity, Customer mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCustomerOfSamples(t *testing.T) {
	t.Parallel()
	read := func(file, topic string) attribution.Customer {
		return orderOf(t, identifying(), topic, load(t, file)).Customer
	}
	wire, gift := read("order_wire.json", "orders/create"), read("order_links.json", "orders/create")
	if wire != gift || wire.Email == "" || wire.Phone == "" || wire.Address == "" {
		t.Errorf("two orders of one person are of %+v and %+v", wire, gift)
	}
	if till := read("order_till.json", "orders/create"); till.Known() {
		t.Errorf("a sale at the till is of %+v", till)
	}
	want := attribution.Customer{ID: "7301847120991"}
	if diff := cmp.Diff(want, read("order_redacted.json", "orders/updated")); diff != "" {
		t.Errorf("a redacted order's Customer mismatch (-want +got):\n%s", diff)
	}
	if trade := read("order_company.json", "orders/create"); !trade.Wholesale || !trade.Staff {
		t.Errorf("a company's order, tagged as staff's, is of %+v", trade)
	}
}

// A redaction that the store has carried out is not undone by a later document.
func TestCustomerStaysForgotten(t *testing.T) {
	t.Parallel()
	o := orderOf(t, identifying(), "orders/create", load(t, "order_links.json"))
	forgotten, err := attribution.Order{ID: o.ID, Shop: o.Shop, Forgotten: true}.Merge(o)
	require.NoError(t, err)
	later, err := forgotten.Merge(orderOf(t, identifying(), "orders/updated", load(t, "order_links.json")))
	require.NoError(t, err)
	kept, err := json.Marshal(later)
	require.NoError(t, err)
	for _, word := range []string{o.Customer.ID, o.Customer.Email, o.Customer.Phone, o.Customer.Address} {
		if word == "" || strings.Contains(string(kept), word) {
			t.Errorf("%q is still there", word)
		}
	}
	if later.Lines[0].Gross != byline.Minor(4500, "GBP") {
		t.Errorf("the money went with the person: %v", later.Lines)
	}
}

// Without a document of its own a customer is odd in many ways, and none costs an order.
func TestCustomerOfOddTypes(t *testing.T) {
	t.Parallel()
	for _, field := range []string{"customer", "billing_address", "shipping_address", "email", "contact_email", "phone", "company", "tags", "checkout_token", "note"} {
		for _, value := range []string{`null`, `7`, `"x"`, `true`, `[]`, `[{}]`, `{}`, `{"default_address":7,"phone":{},"address1":[1],"id":true}`} {
			o := orderOf(t, identifying(), "orders/create", change(t, plainOrder, `{"`+field+`":`+value+`}`))
			if o.ID != "shopify:1001" || len(o.Lines) != 1 {
				t.Errorf("%s %s: %+v", field, value, o)
			}
		}
	}
}
