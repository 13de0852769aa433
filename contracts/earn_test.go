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
		"less what came back":        {func(o *attribution.Order) { o.Refunds = half }, "3.40", "28.34", contracts.ReasonPartlyReturned},
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
			lines, err := draft(t, nil).Earn(decide(t, o), nil)
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
	tests := map[string]struct {
		terms func(*contracts.Terms)
		order func(*attribution.Order)
	}{
		"another creator":             {func(a *contracts.Terms) { a.Creator = "cleo" }, nil},
		"another campaign":            {func(a *contracts.Terms) { a.Campaign = "spring" }, nil},
		"no commission":               {func(a *contracts.Terms) { a.Pay.Percentages = nil }, nil},
		"placed before the terms":     {nil, func(o *attribution.Order) { o.PlacedAt = date(11, 1).Add(-1) }},
		"placed as the terms end":     {nil, func(o *attribution.Order) { o.PlacedAt = date(12, 1) }},
		"not known when it is placed": {nil, func(o *attribution.Order) { o.PlacedAt, o.UpdatedAt = time.Time{}, time.Time{} }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := order()
			if tt.order != nil {
				tt.order(&o)
			}
			d := decide(t, o)
			if _, credited := d.Credit("ada"); !credited {
				t.Fatal("ada has no credit, so the case shows nothing")
			}
			lines, err := draft(t, tt.terms).Earn(d, nil)
			require.NoError(t, err)
			if len(lines) != 0 {
				t.Errorf("lines %+v", lines)
			}
		})
	}
}

// The base is the creator's own, in the campaign of the agreement.
func TestEarnTakesTheCreditOfItsCampaign(t *testing.T) {
	t.Parallel()
	d := attribution.Decision{
		Order: "shop:1", PlacedAt: date(11, 20), Policy: "byline/1", Standing: attribution.StandingEarning, Sold: eur(600), Earning: eur(600),
		Credits: []attribution.Credit{
			{Creator: "ada", Campaign: "autumn", Earning: eur(100)}, {Creator: "ada", Campaign: "spring", Earning: eur(200)},
			{Creator: "bruno", Campaign: "autumn", Earning: eur(300)},
		},
	}
	got, err := draft(t, func(a *contracts.Terms) { a.Campaign = "spring" }).Earn(d, nil)
	require.NoError(t, err)
	want := []contracts.Line{{
		Creator: "ada", Campaign: "spring", Agreement: "ag-ada", Version: 1, Policy: "byline/1", Kind: contracts.Commission,
		EarnedAt: date(11, 20), Amount: eur(24), Base: eur(200), Rule: "sales", Rate: 12 * contracts.Percent, Reason: contracts.ReasonEarned,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// What an order keeps for a creator whose amounts contradict each other is nothing.
func TestEarnOnAnInvalidOrder(t *testing.T) {
	t.Parallel()
	d := attribution.Decision{
		Order: "shop:1", PlacedAt: date(11, 20), Policy: "byline/1", Standing: attribution.StandingInvalid,
		Credits: []attribution.Credit{{Creator: "ada", Campaign: "autumn", Earning: eur(0)}},
	}
	got, err := draft(t, nil).Earn(d, nil)
	require.NoError(t, err)
	if len(got) != 1 || got[0].Amount != eur(0) || got[0].Reason != contracts.ReasonInvalid {
		t.Errorf("lines %+v, want one of nothing because the order is invalid", got)
	}
}

// Whatever keeps an order from earning is named on the line that takes its commission to
// nothing.
func TestEarnSaysWhyNothingIsEarned(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		order  func(*attribution.Order)
		known  attribution.History
		policy attribution.Policy
		reason contracts.Reason
	}{
		"deleted by the shop": {func(o *attribution.Order) { o.DeletedAt = o.UpdatedAt.Add(time.Second) }, attribution.History{}, attribution.Policy{}, contracts.ReasonDeleted},
		"left out by the policy": {func(o *attribution.Order) { o.Renewal = true }, attribution.History{},
			attribution.Policy{Version: "x/1", Exclude: attribution.Exclusions{Renewals: true}}, contracts.ReasonExcluded},
		"disputed": {func(o *attribution.Order) {
			o.Disputes = []attribution.Dispute{{ID: "d", State: attribution.DisputeOpen}}
		}, attribution.History{}, attribution.Policy{}, contracts.ReasonDisputed},
		"on hold": {func(*attribution.Order) {}, attribution.History{Signals: []attribution.Signal{{Code: "leak", Score: 90}}},
			attribution.Policy{Version: "x/1", Trust: []attribution.TrustRule{{Signal: "leak", Mode: attribution.Hold}}}, contracts.ReasonOnHold},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := order()
			tt.order(&o)
			book, err := attribution.NewBook([]attribution.Offer{{Creator: "ada", Campaign: "autumn", Code: "ADA15"}})
			require.NoError(t, err)
			lines, err := draft(t, nil).Earn(attribution.Decide(o, &tt.known, book, tt.policy), nil)
			require.NoError(t, err)
			held := tt.reason == contracts.ReasonOnHold // it waits, and is not lost
			if len(lines) != 1 || lines[0].Amount.IsZero() == held || (lines[0].Account == contracts.Held) != held || lines[0].Reason != tt.reason {
				t.Errorf("lines %+v, want one that cannot be paid because %s", lines, tt.reason)
			}
		})
	}
}
