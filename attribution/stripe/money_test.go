package stripe_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/stripe"
)

// Every currency, one major unit of it in Stripe's units: 1 where Stripe has no decimals,
// 1000 where it has three, 100 otherwise, whatever ISO 4217 says.
func TestCurrencyTable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		currency byline.Currency
		units    int64
		want     string
	}{
		{"BIF", 1, "1"}, {"CLP", 1, "1"}, {"DJF", 1, "1"}, {"GNF", 1, "1"}, {"JPY", 1, "1"}, {"KMF", 1, "1"}, {"KRW", 1, "1"},
		{"MGA", 1, "1.00"}, {"PYG", 1, "1"}, {"RWF", 1, "1"}, {"VND", 1, "1"}, {"VUV", 1, "1"}, {"XAF", 1, "1"}, {"XOF", 1, "1"}, {"XPF", 1, "1"},
		{"BHD", 1000, "1.000"}, {"JOD", 1000, "1.000"}, {"KWD", 1000, "1.000"}, {"OMR", 1000, "1.000"}, {"TND", 1000, "1.000"},
		{"ISK", 100, "1"}, {"UGX", 100, "1"},
		{"USD", 100, "1.00"}, {"EUR", 100, "1.00"}, {"HUF", 100, "1.00"}, {"TWD", 100, "1.00"}, {"IQD", 100, "1.000"}, {"LYD", 100, "1.000"}, {"MRU", 100, "1.00"},
		{"MGA", -7, "-7.00"}, {"ISK", -700, "-7"}, {"KWD", 12340, "12.340"}, {"EUR", 0, "0.00"},
	}
	for _, tt := range tests {
		minor, exact := stripe.Minor(tt.units, tt.currency)
		if got := byline.Minor(minor, tt.currency).Amount(); got != tt.want || !exact {
			t.Errorf("%d of %s = %s (exact: %t), want %s", tt.units, tt.currency, got, exact, tt.want)
		}
	}
}

func TestRounding(t *testing.T) {
	t.Parallel()
	tests := map[int64]int64{149: 1, 150: 2, 151: 2, 199: 2, 49: 0, 50: 1, 1: 0, -49: 0, -50: -1, -149: -1, -150: -2}
	for units, want := range tests {
		if minor, exact := stripe.Minor(units, "ISK"); minor != want || exact {
			t.Errorf("%d of ISK = %d (exact: %t), want %d", units, minor, exact, want)
		}
	}
}

// Money that moved has no hundredths of a króna. What was worked out may have them.
func TestHundredthsOfAKrona(t *testing.T) {
	t.Parallel()
	for _, currency := range []string{"isk", "ugx"} {
		tests := map[string]struct {
			file, patch string
			want        []string
		}{
			"a refund":           {"refund_created.json", `{"amount":1050}`, []string{"data.object.amount stripe.money"}},
			"a dispute":          {"dispute_created.json", `{"amount":1050}`, []string{"data.object.amount stripe.money"}},
			"a payment":          {"session_kwd.json", `{"amount_subtotal":1050,"amount_total":1050}`, []string{"data.object.amount_total stripe.money"}},
			"a tax":              {"session_isk.json", `{}`, nil},
			"an invoice's total": {"invoice_isk.json", `{"total":649050}`, nil},
		}
		for name, tt := range tests {
			patched := changeAt(t, load(t, tt.file), tt.patch, "data", "object")
			_, err := decode(t, changeAt(t, patched, fmt.Sprintf(`{"currency":%q}`, currency), "data", "object"))
			if diff := cmp.Diff(tt.want, codesOf(err)); diff != "" {
				t.Errorf("%s in %s: faults mismatch (-want +got):\n%s", name, currency, diff)
			}
		}
	}
}

// 1,000 kr less 333.50, with 129 of tax in it: 537.50 was sold, and that is rounded, not
// the parts of it.
func TestSoldIsRoundedByItself(t *testing.T) {
	t.Parallel()
	o := order(t, change(t, "session_isk.json", `{"amount_subtotal":100000,"amount_total":66600,"total_details":{"amount_discount":33350,"amount_tax":12900,"amount_shipping":-50}}`))
	sales, err := o.Sales()
	require.NoError(t, err)
	if got := sales.Sold.String(); got != "538 ISK" {
		t.Errorf("%s was sold, want 538 ISK", got)
	}
}
