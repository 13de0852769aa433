package attribution_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

func TestMerge(t *testing.T) {
	t.Parallel()
	later := placed.Add(time.Minute)
	document := func(at time.Time, payment attribution.Payment) attribution.Order {
		o := paidOrder("ADA15")
		o.UpdatedAt, o.Payment = at, payment
		return o
	}
	refund := func(id string, asOf time.Time, state attribution.RefundState) attribution.Order {
		return attribution.Order{ID: "shop:1001", Shop: "demo.example",
			Refunds: []attribution.Refund{{ID: id, At: placed, AsOf: asOf, State: state, Cash: eur(100)}}}
	}
	cancelled := document(placed, attribution.Paid)
	cancelled.CancelledAt = placed
	test := document(placed, attribution.Pending)
	test.Test = true
	type outcome struct {
		Payment   attribution.Payment
		Updated   time.Time
		Cancelled bool
		Test      bool
		Refunds   map[string]attribution.RefundState
	}
	tests := map[string]struct {
		a, b attribution.Order
		want outcome
	}{
		"the later document stays": {document(placed, attribution.Paid), document(later, attribution.PartiallyRefunded),
			outcome{Payment: attribution.PartiallyRefunded, Updated: later}},
		"in one second, the later state": {document(placed, attribution.Pending), document(placed, attribution.Paid),
			outcome{Payment: attribution.Paid, Updated: placed}},
		"in one second, the cancellation": {document(placed, attribution.PartiallyRefunded), cancelled,
			outcome{Payment: attribution.Paid, Updated: placed, Cancelled: true}},
		"a refund before its order": {refund("r1", placed, attribution.Settled), document(later, attribution.Paid),
			outcome{Payment: attribution.Paid, Updated: later, Refunds: map[string]attribution.RefundState{"r1": attribution.Settled}}},
		"two refunds": {refund("r1", placed, attribution.Settled), refund("r2", placed, attribution.RefundPending),
			outcome{Refunds: map[string]attribution.RefundState{"r1": attribution.Settled, "r2": attribution.RefundPending}}},
		"a refund that settles": {refund("r1", placed, attribution.RefundPending), refund("r1", later, attribution.Settled),
			outcome{Refunds: map[string]attribution.RefundState{"r1": attribution.Settled}}},
		"a refund that fails later": {refund("r1", placed, attribution.Settled), refund("r1", later, attribution.RefundFailed),
			outcome{Refunds: map[string]attribution.RefundState{"r1": attribution.RefundFailed}}},
		"of one instant, the settled one": {refund("r1", placed, attribution.RefundFailed), refund("r1", placed, attribution.Settled),
			outcome{Refunds: map[string]attribution.RefundState{"r1": attribution.Settled}}},
		"once a test, always a test": {test, document(later, attribution.Paid),
			outcome{Payment: attribution.Paid, Updated: later, Test: true}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, pair := range [][2]attribution.Order{{tt.a, tt.b}, {tt.b, tt.a}} {
				m, err := pair[0].Merge(pair[1])
				require.NoError(t, err)
				got := outcome{Payment: m.Payment, Updated: m.UpdatedAt, Cancelled: !m.CancelledAt.IsZero(), Test: m.Test}
				for _, r := range m.Refunds {
					if got.Refunds == nil {
						got.Refunds = map[string]attribution.RefundState{}
					}
					got.Refunds[r.ID] = r.State
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("merged (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestMergeRefusesStrangers(t *testing.T) {
	t.Parallel()
	other := paidOrder()
	other.ID = "shop:1002"
	elsewhere := paidOrder()
	elsewhere.Shop = "other.example"
	for code, stranger := range map[string]attribution.Order{"order.other_order": other, "order.other_shop": elsewhere} {
		_, err := paidOrder().Merge(stranger)
		require.ErrorIs(t, err, byline.ErrInvalid)
		if got := byline.Nest("", err)[0].Code; got != code {
			t.Errorf("code %q, want %q", got, code)
		}
	}
}

// TestMergeConverges folds the pieces of random order lives in random orders, with
// repeats and in random groupings, and compares the states.
func TestMergeConverges(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		pieces := attributiontest.Life(rng, "shop:1", "ADA15", "BRUNO10")
		want := fold(t, pieces)
		for range 5 {
			shuffled := append([]attribution.Order{}, pieces...)
			for range rng.IntN(3) {
				shuffled = append(shuffled, pieces[rng.IntN(len(pieces))])
			}
			rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			cut := 1 + rng.IntN(len(shuffled))
			left := stored(t, fold(t, shuffled[:cut]))
			got := left
			if cut < len(shuffled) {
				var err error
				got, err = fold(t, shuffled[cut:]).Merge(left)
				require.NoError(t, err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("another order of arrival, another state (-want +got):\n%s", diff)
			}
		}
	}
}

// stored is an order after it was kept as JSON, as databases do.
func stored(t *testing.T, o attribution.Order) attribution.Order {
	t.Helper()
	data, err := json.Marshal(o)
	require.NoError(t, err)
	var back attribution.Order
	require.NoError(t, json.Unmarshal(data, &back))
	return back
}

func fold(t *testing.T, pieces []attribution.Order) attribution.Order {
	t.Helper()
	state := pieces[0]
	for _, p := range pieces {
		var err error
		state, err = state.Merge(p)
		require.NoError(t, err)
	}
	return state
}
