package contracts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// order is worth 85.00 net, brought by ada's and bruno's codes as 2 to 1.
func order() attribution.Order {
	placed := date(11, 20)
	return attribution.Order{
		ID: "shop:1", Shop: "demo.example", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.EUR,
		Lines: []attribution.Line{{ID: "mug", Quantity: 2, Gross: eur(10000), Discount: eur(1500)}},
		Codes: []attribution.CodeUse{
			{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(1000)},
			{Code: "BRUNO10", Kind: attribution.Genuine, Discount: eur(500)},
		},
	}
}

func decide(t *testing.T, o attribution.Order) attribution.Decision {
	t.Helper()
	book, err := attribution.NewBook([]attribution.Offer{{Creator: "ada", Campaign: "autumn", Code: "ADA15"}, {Creator: "bruno", Campaign: "autumn", Code: "BRUNO10"}})
	require.NoError(t, err)
	return attribution.Decide(o, nil, book, attribution.Policy{})
}

func TestEarn(t *testing.T) {
	t.Parallel()
	half := []attribution.Refund{{ID: "r", State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "mug", Quantity: 1, Subtotal: eur(4250)}}}}
	all := []attribution.Refund{{ID: "r", State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "mug", Quantity: 2, Subtotal: eur(8500)}}}}
	tests := map[string]struct {
		change       func(*attribution.Order)
		amount, base string
		reason       contracts.Reason
	}{
		"her part of the order":      {func(*attribution.Order) {}, "6.80", "56.67", contracts.ReasonEarned},
		"less what came back":        {func(o *attribution.Order) { o.Refunds = half }, "3.40", "28.33", contracts.ReasonPartlyReturned},
		"nothing when all came back": {func(o *attribution.Order) { o.Refunds = all }, "0.00", "0.00", contracts.ReasonRefunded},
		"unpaid":                     {func(o *attribution.Order) { o.Payment = attribution.Pending }, "0.00", "0.00", contracts.ReasonUnpaid},
		"test":                       {func(o *attribution.Order) { o.Test = true }, "0.00", "0.00", contracts.ReasonTest},
		"cancelled":                  {func(o *attribution.Order) { o.CancelledAt = o.PlacedAt }, "0.00", "0.00", contracts.ReasonCancelled},
		"voided":                     {func(o *attribution.Order) { o.Payment = attribution.Voided }, "0.00", "0.00", contracts.ReasonVoided},
		"refunded":                   {func(o *attribution.Order) { o.Payment = attribution.Refunded }, "0.00", "0.00", contracts.ReasonRefunded},
		"not arrived":                {func(o *attribution.Order) { o.UpdatedAt = time.Time{} }, "0.00", "0.00", contracts.ReasonNoDocument},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := order()
			tt.change(&o)
			lines, err := draft(t, nil).Earn(decide(t, o), o)
			require.NoError(t, err)
			if len(lines) != 1 {
				t.Fatalf("lines %+v, want one", lines)
			}
			l := lines[0]
			if l.Amount.Amount() != tt.amount || l.Base.Amount() != tt.base || l.Reason != tt.reason {
				t.Errorf("%s of %s because %s; want %s of %s because %s", l.Amount, l.Base, l.Reason, tt.amount, tt.base, tt.reason)
			}
			if l.Agreement != "ag-ada" || l.Version != 1 || l.Policy != "byline/1" || l.Kind != contracts.Commission {
				t.Errorf("line %+v does not say under what it stands", l)
			}
		})
	}
}

func TestEarnWhereNothingIsDue(t *testing.T) {
	t.Parallel()
	o := order()
	d := decide(t, o)
	for name, a := range map[string]*contracts.Agreement{
		"another creator":  draft(t, func(a *contracts.Terms) { a.Creator = "cleo" }),
		"another campaign": draft(t, func(a *contracts.Terms) { a.Campaign = "spring" }),
		"no commission":    draft(t, func(a *contracts.Terms) { a.Rate = 0 }),
	} {
		lines, err := a.Earn(d, o)
		require.NoError(t, err, name)
		if len(lines) != 0 {
			t.Errorf("%s: %+v", name, lines)
		}
	}
	o.ID = "shop:2"
	_, err := draft(t, nil).Earn(d, o)
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func TestRegisterEarn(t *testing.T) {
	t.Parallel()
	o := order()
	d := decide(t, o)
	v1 := draft(t, nil)
	r, err := contracts.NewRegister(v1)
	require.NoError(t, err)
	lines, findings, err := r.Earn(d, o, nil)
	require.NoError(t, err)
	if len(lines) != 1 || len(findings) != 1 || findings[0].Code != "agreement.missing" {
		t.Fatalf("lines %+v, findings %+v; want ada's line and a word on bruno", lines, findings)
	}
	posted, err := contracts.Reconcile(contracts.ForOrder(o.ID), nil, lines, date(11, 21))
	require.NoError(t, err)

	// An amendment dated back changes orders not yet posted, and none that is.
	v2 := draft(t, func(a *contracts.Terms) { a.Version, a.Rate = 2, 50*contracts.Percent })
	r, err = contracts.NewRegister(v1, v2)
	require.NoError(t, err)
	pinned, _, err := r.Earn(d, o, posted)
	require.NoError(t, err)
	if diff := cmp.Diff(lines, pinned); diff != "" {
		t.Errorf("a later amendment moved a posted order (-want +got):\n%s", diff)
	}
	fresh, _, err := r.Earn(d, o, nil)
	require.NoError(t, err)
	if fresh[0].Version != 2 {
		t.Errorf("a new order is under version %d, want 2", fresh[0].Version)
	}

	r, err = contracts.NewRegister(v2)
	require.NoError(t, err)
	_, _, err = r.Earn(d, o, posted)
	require.ErrorIs(t, err, byline.ErrUnavailable)
}
