package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

const usTerms = `[
  {"id": "ag-ada", "version": 1, "creator": "ada", "campaign": "autumn", "effective": {"start": "2026-01-01T00:00:00Z"},
   "pay": {"currency": "USD", "percentages": [{"id": "sales", "rate": "50%"}]}},
  {"id": "ag-bruno", "version": 1, "creator": "bruno", "campaign": "autumn", "effective": {"start": "2026-01-01T00:00:00Z"},
   "pay": {"currency": "USD", "percentages": [{"id": "sales", "rate": "50%"}]}},
  {"id": "ag-cleo", "version": 1, "creator": "cleo", "campaign": "autumn", "effective": {"start": "2026-01-01T00:00:00Z"},
   "pay": {"currency": "USD", "fees": [{"id": "post", "amount": {"amount": "100.00", "currency": "USD"}}]}}
]`

const usOrders = `id,placed_at,payment,currency,gross,codes
1,2026-10-02T08:15:00Z,paid,USD,4200.00,ADA10
2,2026-10-03T08:15:00Z,paid,EUR,1000.00,BRUNO10
3,2026-10-03T09:15:00Z,paid,GBP,10.00,BRUNO10
`

const usPayees = `{
  "payer": {"name": "Demo Kiln", "market": "US"}, "pay_without_id": false, "pay_undetermined": true,
  "paid_elsewhere": {"bruno": {"amount": "1900.00", "currency": "USD"}},
  "payees": {
    "ada": {"name": "Ada Demo", "stripe_account": "acct_1DemoAda", "paypal_email": "ada@demo.example", "market": "US", "tax_id": true},
    "bruno": {"name": "=Bruno Demo", "stripe_account": "acct_1DemoBruno", "paypal_email": "bruno@demo.example", "market": "US"},
    "cleo": {"name": "Cléo Demo", "stripe_account": "acct_1DemoCleo", "paypal_email": "cleo@demo.example", "market": "FR"}
  }
}`

// usDesk is of a payer in the United States, with orders in other currencies than the pay.
func usDesk(t *testing.T) desk {
	t.Helper()
	d := newDesk(t)
	d.write(t, "terms.json", usTerms)
	d.write(t, "orders.csv", usOrders)
	d.write(t, "payees.json", usPayees)
	d.write(t, "rates.csv", "day,from,to,rate,source\n2026-10-01,EUR,USD,1.10,demo\n2026-10-03,EUR,USD,1.20,demo\n2026-11-01,EUR,USD,9,demo\n")
	d.must(t, "settle -orders orders.csv -offers offers.json -agreements terms.json -rates rates.csv -at 2026-10-31")
	return d
}

// Tax is decided on what the books and the caller say was paid this year.
func TestTax(t *testing.T) {
	t.Parallel()
	d := usDesk(t)
	propose := "propose -payees payees.json -rail csv -by kim -at 2026-11-02 -o batch.json -id "
	d.must(t, propose+"waits")
	b := d.batch(t, "batch.json")
	if len(b.Items) != 2 || b.Items[0].Tax.Why != contracts.TaxNumberOnFile || b.Items[1].Tax.Why != contracts.TaxPayeeElsewhere {
		t.Errorf("items: %+v", b.Items)
	}
	// 1,900.00 elsewhere and half of 1,000.00 EUR at 1.20; the pounds wait for a rate.
	if got := b.LeftOut[1]; got.Creator != "bruno" || got.Payable != byline.Minor(600_00, byline.USD) || got.Tax.Outcome != contracts.TaxFormNeeded {
		t.Errorf("left out: %+v", b.LeftOut)
	}
	d.write(t, "payees.json", strings.Replace(usPayees, `"pay_without_id": false`, `"pay_without_id": true`, 1))
	d.must(t, propose+"withholds")
	b = d.batch(t, "batch.json")
	if len(b.Items) != 3 || b.Items[1].Withheld != byline.Minor(144_00, byline.USD) || b.Items[1].Net != byline.Minor(456_00, byline.USD) {
		t.Errorf("items: %+v", b.Items)
	}
	d.must(t, "approve -batch batch.json -by lena -at 2026-11-02", "approve -batch batch.json -by max -at 2026-11-02", "export -batch batch.json -o payout.csv -at 2026-11-03")
	report := "reference,status\n"
	for _, i := range b.Items {
		report += i.Reference + ",paid\n"
	}
	d.write(t, "report.csv", report)
	d.must(t, "reconcile -batch batch.json -report report.csv -at 2026-11-04")
	books := d.run(t, "books").out
	for _, row := range []string{"House: tax authority", "144.00"} {
		if !strings.Contains(books, row) {
			t.Errorf("the books lack %q:\n%s", row, books)
		}
	}
	// What was just paid counts for the next decision.
	d.write(t, "orders.csv", strings.Replace(usOrders, "1,2026-10-02T08:15:00Z,paid,USD,4200.00,ADA10\n", "4,2026-11-02T08:15:00Z,paid,USD,20.00,ADA10\n", 1))
	d.must(t, "settle -orders orders.csv -offers offers.json -agreements terms.json -rates rates.csv -at 2026-11-30", strings.Replace(propose, "2026-11-02", "2026-12-02", 1)+"december")
	if got := d.batch(t, "batch.json").Items[0]; got.Creator != "ada" || got.Tax.Total != byline.Minor(2110_00, byline.USD) {
		t.Errorf("december: %+v, %+v", got, got.Tax)
	}
}

// Each rail has its file. Whoever cannot be written for it is left out, and told.
func TestRails(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ rail, file, leftOut string }{
		"stripe": {"stripe", "payout-stripe.json", "cleo: stripe_account: an account's id is acct_ and letters and digits (payee.stripe_account)"},
		"paypal": {"paypal", "payout-paypal.json", ""},
		"csv":    {"csv", "payout.csv", ""},
		"sepa":   {"sepa", "", "not a currency of this rail"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := usDesk(t)
			payees := usPayees
			switch tt.rail {
			case "stripe":
				payees = strings.Replace(payees, "acct_1DemoCleo", "acct 1", 1)
			case "sepa":
				payees = strings.Replace(payees, `"name": "Demo Kiln"`, `"name": "Demo Kiln", "iban": "NL91ABNA0417164300"`, 1)
			}
			d.write(t, "payees.json", payees)
			got := d.run(t, "propose -payees payees.json -by kim -id b -at 2026-11-02 -o batch.json -rail "+tt.rail)
			if got.code != exitOK || !strings.Contains(got.out, tt.leftOut) {
				t.Errorf("status %d: %s%s", got.code, got.out, got.err)
			}
			if tt.file == "" {
				return
			}
			d.must(t, "approve -batch batch.json -by lena -at 2026-11-02", "approve -batch batch.json -by max -at 2026-11-02",
				"export -batch batch.json -at 2026-11-03 -o "+tt.file)
			equalGolden(t, tt.file, []byte(d.read(t, filepath.Base(tt.file))))
		})
	}
}

// A name that the bank's alphabet does not have keeps nobody else from being paid.
func TestNameInAnotherAlphabet(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(t, settleLine)
	d.write(t, "payees-10.json", strings.Replace(d.read(t, "payees-10.json"), "Bruno Demo", "Μπρούνο", 1))
	got := d.run(t, proposeLine)
	b := d.batch(t, "batch.json")
	if got.code != exitOK || len(b.Items) != 1 || b.Items[0].Creator != "cleo" || !strings.Contains(got.out, "bruno: cannot be written in the alphabet of the rail (rail.alphabet)") {
		t.Errorf("status %d:\n%s%s", got.code, got.out, got.err)
	}
}

// Pay for new customers looks at a customer's earlier orders, whoever brought them.
func TestNewCustomers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.write(t, "terms.json", strings.Replace(d.read(t, "terms.json"), `"rate": "10%"`, `"rate": "10%", "scope": {"customer": "new"}`, 1))
	d.write(t, "orders-10.csv", strings.Replace(d.read(t, "orders-10.csv"), "demo-c5", "demo-c2", 1)) // 1005 is a second order of 1002's customer
	got := d.run(t, settleLine)
	if got.code != exitOK || !strings.Contains(got.out, "ada      EUR        10.00") {
		t.Errorf("status %d:\n%s%s", got.code, got.out, got.err)
	}
}
