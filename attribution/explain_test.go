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
			"ADA15 was used; it belongs to ada until 30 Nov 2026, and a click on ada-autumn 2 days earlier agrees." + amounts,
		},
		"a click alone": {
			func(o *attribution.Order) {
				o.Touches = []attribution.Touch{{Link: "ada-autumn", At: placed.Add(-3 * time.Hour)}}
			},
			"ada-autumn was the last click, 3 hours earlier; it belongs to ada until 30 Nov 2026." + amounts,
		},
		"nothing": {
			func(*attribution.Order) {},
			"No creator is credited: the order carries no code and no click.",
		},
		"an expired code": {
			func(o *attribution.Order) { o.Codes = []attribution.CodeUse{genuine("OLDADA", 1500)} },
			"No creator is credited. The code OLDADA belonged to ada until 31 Oct 2026.",
		},
		"an unknown code": {
			func(o *attribution.Order) { o.Codes = []attribution.CodeUse{genuine("SAVE5", 1500)} },
			"No creator is credited. The code SAVE5 belongs to nobody.",
		},
		"typed by hand": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{{Code: "ADA15", Kind: attribution.Manual}}
			},
			"No creator is credited. The code ADA15 is a discount listed like a code; no customer used it.",
		},
		"two creators and a partial refund": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{genuine("ADA15", 1000), genuine("BRUNO10", 500)}
				o.Refunds = []attribution.Refund{{ID: "r", State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "tray", Quantity: 1}}}}
			},
			"ADA15 was used; it belongs to ada until 30 Nov 2026, credited with 66.7% of the order, 34.00 EUR. " +
				"BRUNO10 was used; it belongs to bruno until 30 Nov 2026, credited with 33.3% of the order, 17.00 EUR. " +
				"51.00 EUR counts, net of discounts and without tax, shipping, tips and gift cards: 85.00 EUR was sold and 34.00 EUR taken back.",
		},
		"three creators": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{genuine("ADA15", 500), genuine("BRUNO10", 300), genuine("CLEO5", 200)}
			},
			"Codes of several creators were used, who share the order: ada 50%, bruno 30% and cleo 20%." + amounts,
		},
		"two codes of one creator": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{genuine("BRUNO10", 500), genuine("CANDLE", 500)}
			},
			"BRUNO10 and CANDLE were used; they belong to bruno until 30 Nov 2026." + amounts,
		},
		"a code that passes for a sentence": {
			func(o *attribution.Order) { o.Codes = []attribution.CodeUse{genuine("X belongs to ada.\x1b[2J", 500)} },
			`No creator is credited. The code "X belongs to ada.\x1b[2J" belongs to nobody.`,
		},
		"the rejected code of a creator comes before an unknown one": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{genuine("AAA", 500), genuine("DARIO5", 500)}
			},
			"No creator is credited. The code DARIO5 belongs to dario only from 1 Dec 2026. The code AAA belongs to nobody.",
		},
		"everything came back, line by line": {
			func(o *attribution.Order) {
				o.Codes = []attribution.CodeUse{genuine("ADA15", 1500)}
				o.Refunds = []attribution.Refund{{ID: "r", State: attribution.Settled,
					Lines: []attribution.RefundLine{{Line: "mug", Quantity: 2}, {Line: "tray", Quantity: 1}}}}
			},
			"ADA15 was used; it belongs to ada until 30 Nov 2026. All of it came back, 85.00 EUR, so nothing is earned.",
		},
		"a gift card": {
			func(o *attribution.Order) {
				o.Codes, o.Lines = []attribution.CodeUse{genuine("ADA15", 0)}, o.Lines[:1]
				o.Lines[0].GiftCard = true
			},
			"ADA15 was used; it belongs to ada until 30 Nov 2026. Nothing of it counts: it holds only gift cards, goods that were given away, or what the policy leaves out.",
		},
		"a refund before its order": {
			func(o *attribution.Order) {
				*o = attribution.Order{ID: o.ID, Refunds: []attribution.Refund{{ID: "r"}}}
			},
			"The order itself has not arrived yet, only what came after it: nobody is credited and nothing is earned.",
		},
		"unpaid": {
			func(o *attribution.Order) {
				o.Codes, o.Payment = []attribution.CodeUse{genuine("ADA15", 1500)}, attribution.Pending
			},
			"ADA15 was used; it belongs to ada until 30 Nov 2026. Nothing is earned yet: the order is not paid in full.",
		},
		"cancelled": {
			func(o *attribution.Order) {
				o.Codes, o.CancelledAt = []attribution.CodeUse{genuine("ADA15", 1500)}, placed
			},
			"ADA15 was used; it belongs to ada until 30 Nov 2026. The order was cancelled, so nothing is earned.",
		},
		"test": {
			func(o *attribution.Order) { o.Codes, o.Test = []attribution.CodeUse{genuine("ADA15", 1500)}, true },
			"ADA15 was used; it belongs to ada until 30 Nov 2026. It is a test order and earns nothing.",
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
	want := "ADA15 was used; it belongs to Demo Ada until 30 Nov 2026. €85.00 counts, net of discounts and without tax, shipping, tips and gift cards."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
