package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// A customer who asks to be forgotten leaves no trace but what was earned, and a late
// webhook does not bring them back.
func TestForgetCustomer(t *testing.T) {
	t.Parallel()
	c := shopConfig()
	c.db = t.TempDir() + "/" + defaultDB
	c.identity = attribution.Identity{Key: demoIdentityKey}
	t.Run("asked", func(t *testing.T) { // what it leaves on disk is looked at afterwards
		forgetCustomer(t, c)
	})
	if onDisk(t, c.db, "casey9001") || !onDisk(t, c.db, "shopify:7700000009001") {
		t.Error("the customer is still on disk, or the order is not")
	}
}

func forgetCustomer(t *testing.T, c config) {
	t.Helper()
	s := launch(t, c, example(t), quiet())
	before := deliver(t, s.url, "orders/paid", "order.json")
	if before.Order.Customer.Email == "" || !onDisk(t, c.db, "casey9001") {
		t.Fatalf("nothing to forget: %+v", before.Order.Customer)
	}
	sold, _ := preparedSale()
	body, err := json.Marshal(bodyForget{ShopID: 1, Domain: demoShop, Customer: sold.orderBody().Customer, Orders: []int64{sold.id}})
	require.NoError(t, err)
	status, answer := webhook(t, s.url, "customers/redact", "forget", body, testSecret)
	answered(t, status, answer, http.StatusOK, "accepted")
	wait(t, s.url)

	after := getJSON[orderJSON](t, s.url+"/api"+exampleOrderPath)
	if !after.Order.Forgotten || after.Order.Customer.Known() {
		t.Errorf("customer %+v", after.Order.Customer)
	}
	if diff := cmp.Diff(before.Owed, after.Owed); diff != "" {
		t.Errorf("owed (-before +after):\n%s", diff)
	}
	if _, page := get(t, s.url+exampleOrderPath); !strings.Contains(page, "the customer asked to be forgotten") {
		t.Error("the page does not say so")
	}
	late := deliver(t, s.url, "refunds/create", "refund.json")
	if late.Order.Customer.Known() {
		t.Errorf("a late webhook brought back %+v", late.Order.Customer)
	}
	if diff := cmp.Diff([]due{{"example-ada", "ag-ada", 1, byline.Minor(10_88, byline.EUR), byline.Minor(0, byline.EUR)}}, late.Owed); diff != "" {
		t.Errorf("owed after a late refund (-want +got):\n%s", diff)
	}
	for _, d := range getJSON[deliveriesJSON](t, s.url+"/api/deliveries").Deliveries {
		if !d.Erased {
			t.Errorf("the body of %s is still there", d.ID)
		}
	}
}

// onDisk looks for text in all that the database has on disk.
func onDisk(t *testing.T, db, text string) bool {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(db + suffix)
		if err == nil && bytes.Contains(content, []byte(text)) {
			return true
		}
	}
	return false
}

// With a key a guest is known again by the e-mail address, and without one nobody is; the
// page says which.
func TestCustomerStatus(t *testing.T) {
	t.Parallel()
	const guest = `, "customer": {"email": "guest@example.com"}`
	tests := map[string]struct {
		identity      attribution.Identity
		first, second attribution.CustomerStatus
		says          string
	}{
		"with a key":    {attribution.Identity{Key: demoIdentityKey}, attribution.NewCustomer, attribution.ReturningCustomer, "They had ordered before"},
		"without a key": {attribution.Identity{}, attribution.CustomerUnknown, attribution.CustomerUnknown, "no keys are made without " + envIdentity},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := shopsOutside(nil)
			out.identity = tt.identity
			s := launch(t, config{identity: tt.identity}, shopsProgramme(t, out, backend()), quiet())
			first, second := backendOrder(t, s.url, "1", guest), backendOrder(t, s.url, "2", strings.Replace(guest, "guest@", " Guest@", 1))
			if first.Decision.Customer != tt.first || second.Decision.Customer != tt.second {
				t.Errorf("first %q, second %q", first.Decision.Customer, second.Decision.Customer)
			}
			if _, page := get(t, s.url+orderPath(second.Order.ID)); !strings.Contains(page, tt.says) {
				t.Errorf("the page does not say %q", tt.says)
			}
		})
	}
}
