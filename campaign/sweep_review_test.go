package campaign_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/campaign"
)

// genuine is a paid order of one person, hours after the usual one.
func genuine(id byline.OrderID, hours int, codes ...string) attribution.Order {
	o := paidOrder()
	o.ID, o.Codes, o.Customer = id, nil, attribution.Customer{Email: "e1.person", Visitor: "person-browser"}
	for _, code := range codes {
		o.Codes = append(o.Codes, attribution.CodeUse{Code: code, Kind: attribution.Genuine})
	}
	o.PlacedAt, o.UpdatedAt = o.PlacedAt.Add(time.Duration(hours)*time.Hour), o.UpdatedAt.Add(time.Duration(hours)*time.Hour)
	return o
}

// TestOrderThatMovesBehindAnother: a newer document may say that an order was placed
// later. It is decided in its new turn, whatever came first.
func TestOrderThatMovesBehindAnother(t *testing.T) {
	t.Parallel()
	x, b := genuine("shop:x", 0, "bruno15"), genuine("shop:b", 1, "bruno15")
	moved := x
	moved.PlacedAt, moved.UpdatedAt = x.PlacedAt.Add(2*time.Hour), x.UpdatedAt.Add(time.Hour)
	one, other := historyDesk(t, lookingBack()["cool-down"]), historyDesk(t, lookingBack()["cool-down"])
	one.settle(t, x, b, moved)
	other.settle(t, b, moved, x)
	if diff := cmp.Diff(other.balances(t), one.balances(t)); diff != "" {
		t.Errorf("balances by arrival (-moved first +moved last):\n%s", diff)
	}
	settled := one.balances(t)
	_, err := one.Resettle(t.Context(), attribution.NoTx{}, x.ID)
	require.NoError(t, err)
	if diff := cmp.Diff(settled, one.balances(t)); diff != "" {
		t.Errorf("settling again moved money:\n%s", diff)
	}
}

// TestLongLivesConverge is the convergence of customers with many orders, which move in
// time among each other.
func TestLongLivesConverge(t *testing.T) {
	t.Parallel()
	for name, policy := range lookingBack() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(11, 12))
			for i := range 25 {
				pieces := customerLives(rng, 6+rng.IntN(14))
				want := historyDesk(t, policy)
				want.settle(t, inSequence(pieces)...)
				got := historyDesk(t, policy)
				got.settle(t, shuffled(rng, pieces)...)
				if diff := cmp.Diff(want.balances(t), got.balances(t)); diff != "" {
					t.Fatalf("life %d (-in sequence +shuffled):\n%s", i, diff)
				}
			}
		})
	}
}

// TestLaterOrderUnderARemovedPolicy: it stays as it was, is told of, and does not hold up
// the refund of an earlier one.
func TestLaterOrderUnderARemovedPolicy(t *testing.T) {
	t.Parallel()
	a, b := genuine("shop:1", 0, "ada15"), genuine("shop:2", 1, "ada15")
	before := historyDesk(t, attribution.Policy{Version: "old/1"})
	before.settle(t, b)
	now, err := campaign.NewSettler(campaign.Settler[attribution.NoTx]{
		Orders: before.orders, History: before.orders, Ledger: before.ledger, Book: before.Book, Agreements: before.Agreements,
		Policies: []attribution.Policy{{Version: "new/1"}}, Customers: true, Now: before.Now,
	})
	require.NoError(t, err)
	_, err = now.Settle(t.Context(), attribution.NoTx{}, a)
	require.NoError(t, err)
	made, err := now.Settle(t.Context(), attribution.NoTx{}, attributiontest.FullRefund(a))
	require.NoError(t, err)
	if !made.Record.Decision.Earning.IsZero() {
		t.Errorf("the refunded order earns %s", made.Record.Decision.Earning)
	}
	if len(made.Later) != 1 || len(made.Later[0].Findings) != 1 || made.Later[0].Findings[0].Code != "settler.left" {
		t.Errorf("later settlements %+v", made.Later)
	}
}

// TestForgottenByASecondIDBeforeItIsKnown: a redaction may name the payment, and the
// alias come after it. Money and promises are the same as if it had named the order.
func TestForgottenByASecondIDBeforeItIsKnown(t *testing.T) {
	t.Parallel()
	life := func(forget byline.OrderID) (desk, int) {
		d := historyDesk(t, lookingBack()["binding"])
		a := genuine("shop:1", 0, "ada15")
		require.NoError(t, d.orders.RecordOf(t.Context(), a.Shop, attribution.Customer{Visitor: "person-browser"}, attribution.Touch{Link: "bruno", At: a.PlacedAt.Add(-time.Hour)}))
		d.settle(t, a, genuine("shop:2", 1), genuine("shop:3", 2))
		if forget != "" {
			d.redact(t, attribution.Redaction{Shop: a.Shop, Orders: []byline.OrderID{forget}})
		}
		require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, linked("shop:2", "pi:2")))
		for _, id := range []byline.OrderID{"shop:1", "shop:2", "shop:3"} {
			_, err := d.Resettle(t.Context(), attribution.NoTx{}, id)
			require.NoError(t, err)
		}
		left, err := d.orders.Touches(t.Context(), attribution.NoTx{}, a)
		require.NoError(t, err)
		return d, len(left)
	}
	known, touches := life("")
	byOrder, leftByOrder := life("shop:2")
	byPayment, leftByPayment := life("pi:2")
	if diff := cmp.Diff(known.balances(t), byOrder.balances(t)); diff != "" || leftByOrder != 0 || touches == 0 {
		t.Errorf("by the order's id: %d touches left of %d, money:\n%s", leftByOrder, touches, diff)
	}
	if diff := cmp.Diff(known.balances(t), byPayment.balances(t)); diff != "" || leftByPayment != 0 {
		t.Errorf("by the payment's id: %d touches left, money:\n%s", leftByPayment, diff)
	}
}
