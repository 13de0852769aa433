package attribution_test

import (
	"testing"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	const amounts = " 85.00 EUR counts, net of discounts and without tax, shipping, tips and gift cards."
	genuine := func(code string, cents int64) attribution.CodeUse {
		return attribution.CodeUse{Code: code, Kind: attribution.Genuine, Discount: eur(cents)}
	}
	tests := map[string]struct {
		change func(*attribution.Order)
		want   string
	}{
		"a code and a click": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{genuine("ADA15", 1500)}
				o.Touches = []attribution.Touch{{Link: "ada-autumn", At: placed.Add(-50 * time.Hour)}}
			},
			"ADA15 was used; it belongs to ada until 1 Dec 2026, and a click on ada-autumn 2 days earlier agrees." + amounts,
		},
		"a click alone": {
			func(o *attribution.Order) {
				o.Touches = []attribution.Touch{{Link: "ada-autumn", At: placed.Add(-3 * time.Hour)}}
			},
			"ada-autumn was the last click, 3 hours earlier; it belongs to ada until 1 Dec 2026." + amounts,
		},
		"nothing": {
			func(*attribution.Order) {},
			"No creator is credited: the order carries no code and no click.",
		},
		"an expired code": {
			func(o *attribution.Order) { o.Codes = []attribution.CodeUse{genuine("OLDADA", 1500)} },
			"No creator is credited. The code OLDADA belonged to ada until 1 Nov 2026.",
		},
		"an unknown code": {
			func(o *attribution.Order) { o.Codes = []attribution.CodeUse{genuine("SAVE5", 1500)} },
			"No creator is credited. The code SAVE5 belongs to nobody.",
		},
		"typed by hand": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{{Code: "ADA15", Kind: attribution.Manual}}
			},
			"No creator is credited. The code ADA15 is a discount typed by hand, not a code a customer used.",
		},
		"two creators and a partial refund": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{genuine("ADA15", 1000), genuine("BRUNO10", 500)}
				o.Refunds = []attribution.Refund{{ID: "r", State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "tray", Quantity: 1}}}}
			},
			"ADA15 was used; it belongs to ada until 1 Dec 2026, credited with 66.7% of the order. " +
				"BRUNO10 was used; it belongs to bruno until 1 Dec 2026, credited with 33.3% of the order. " +
				"51.00 EUR counts, net of discounts and without tax, shipping, tips and gift cards: 85.00 EUR was sold and 34.00 EUR taken back.",
		},
		"unpaid": {
			func(o *attribution.Order) {
				o.Codes, o.Payment = []attribution.CodeUse{genuine("ADA15", 1500)}, attribution.Pending
			},
			"ADA15 was used; it belongs to ada until 1 Dec 2026. Nothing is earned yet: the order is not paid in full.",
		},
		"cancelled": {
			func(o *attribution.Order) {
				o.Codes, o.CancelledAt = []attribution.CodeUse{genuine("ADA15", 1500)}, placed
			},
			"ADA15 was used; it belongs to ada until 1 Dec 2026. The order was cancelled, so nothing is earned.",
		},
		"test": {
			func(o *attribution.Order) { o.Codes, o.Test = []attribution.CodeUse{genuine("ADA15", 1500)}, true },
			"ADA15 was used; it belongs to ada until 1 Dec 2026. It is a test order and earns nothing.",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := paidOrder()
			tt.change(&o)
			got := attribution.Decide(o, nil, testBook(t), attribution.Policy{}).Explain()
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestExplainTo(t *testing.T) {
	t.Parallel()
	d := attribution.Decide(paidOrder("ADA15"), nil, testBook(t), attribution.Policy{})
	got := d.ExplainTo(&attribution.ExplainOptions{
		Name:  func(byline.CreatorID) string { return "Demo Ada" },
		Money: func(m byline.Money) string { return "€" + m.Amount() },
	})
	want := "ADA15 was used; it belongs to Demo Ada until 1 Dec 2026. €85.00 counts, net of discounts and without tax, shipping, tips and gift cards."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
