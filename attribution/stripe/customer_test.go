package stripe_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
)

// Both documents speak of one person and make the same keys, by the caller's Identity.
func TestCustomer(t *testing.T) {
	t.Parallel()
	hook := decoder()
	hook.Identity = attribution.Identity{Key: attribution.Secret(strings.Repeat("k", 32))}
	id := hook.Identity
	want := attribution.Customer{
		ID: "cus_demo015", Email: id.Email("dario.demo@demo.example"), Phone: id.Phone("+12025550143", "DE"),
		Address: id.Address(attribution.PostalAddress{Street: "Demo Street 7 2nd floor", PostCode: "20099", City: "Seaport", Market: "DE"}),
	}
	for _, file := range []string{"session_subscription_code.json", "invoice_paid.json"} {
		body := load(t, file)
		events, err := hook.Decode(signed(body), body)
		require.NoError(t, err)
		if diff := cmp.Diff(want, events[0].Order.Customer); diff != "" {
			t.Errorf("%s: Customer mismatch (-want +got):\n%s", file, diff)
		}
	}
}

func TestCustomersID(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ patch, want string }{
		"an id":                   {`{"customer":"cus_1"}`, "cus_1"},
		"expanded":                {`{"customer":{"id":"cus_1","object":"customer","email":"x@demo.example"}}`, "cus_1"},
		"a guest":                 {`{"customer":null}`, ""},
		"an account":              {`{"customer":null,"customer_account":"acct_2"}`, "acct_2"},
		"both":                    {`{"customer":"cus_1","customer_account":"acct_2"}`, "cus_1"},
		"an address as an id":     {`{"customer":"dario.demo@demo.example"}`, ""},
		"a name as an id":         {`{"customer":"Dario Demo"}`, ""},
		"deleted":                 {`{"customer":{"id":"cus_1","object":"customer","deleted":true}}`, "cus_1"},
		"an object without an id": {`{"customer":{}}`, ""},
	}
	for name, tt := range tests {
		for _, file := range []string{"session_payment.json", "invoice_paid.json"} {
			if got := order(t, change(t, file, tt.patch)).Customer.ID; got != tt.want {
				t.Errorf("%s in %s: the customer is %q, want %q", name, file, got, tt.want)
			}
		}
	}
}
