package shopify_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

const plainDispute = `{"id":88,"order_id":1001,"type":"chargeback","amount":"20.00","currency":"EUR","reason":"fraudulent",
	"status":"needs_response","evidence_sent_on":null,"finalized_on":null,"initiated_at":"2026-11-18T14:05:00+01:00"}`

func TestDisputeFragment(t *testing.T) {
	t.Parallel()
	body := load(t, "dispute_open.json")
	want := attribution.Order{ID: "shopify:5900000000022", Shop: shop, Disputes: []attribution.Dispute{{
		ID: "88000000000001", At: at(t, "2026-11-18T13:05:00Z"), AsOf: at(t, "2026-11-18T13:05:00Z"),
		State: attribution.DisputeOpen, Amount: money("77.39", "GBP"),
	}}}
	keys := map[string]bool{}
	for _, topic := range []string{"disputes/create", "disputes/update"} {
		events, err := decode(t, topic, body)
		require.NoError(t, err)
		require.Len(t, events, 1)
		if diff := cmp.Diff(want, *events[0].Order); diff != "" {
			t.Errorf("fragment mismatch (-want +got):\n%s", diff)
		}
		if events[0].Kind != attribution.OrderDisputed || events[0].Order.HasDocument() {
			t.Errorf("kind %q, document %t", events[0].Kind, events[0].Order.HasDocument())
		}
		keys[events[0].Key] = true
	}
	if len(keys) != 1 {
		t.Errorf("one dispute under two topics has %d keys", len(keys))
	}
	events, err := decoder().Decode(with(signed("disputes/create", body), "X-Shopify-Triggered-At"), body)
	require.NoError(t, err)
	if !events[0].At.Equal(want.Disputes[0].AsOf) {
		t.Errorf("the event's time is %s, want the dispute's", events[0].At)
	}
}

func TestDisputeStates(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, patch string
		want        attribution.DisputeState
	}{
		{"to be answered", `{"status":"needs_response"}`, attribution.DisputeOpen},
		{"answered", `{"status":"under_review"}`, attribution.DisputeOpen},
		{"in capitals", `{"type":"CHARGEBACK","status":"UNDER_REVIEW"}`, attribution.DisputeOpen},
		{"won", `{"status":"won"}`, attribution.DisputeWon},
		{"lost", `{"status":"lost"}`, attribution.DisputeLost},
		{"accepted by the merchant", `{"status":"accepted"}`, attribution.DisputeLost},
		{"prevented, by paying", `{"status":"prevented"}`, attribution.DisputeLost},
		{"ended by a refund, which takes the money", `{"status":"charge_refunded"}`, attribution.DisputeWon},
		{"an inquiry", `{"type":"inquiry","status":"needs_response"}`, attribution.DisputeInquiry},
		{"an inquiry that is over", `{"type":"inquiry","status":"won"}`, attribution.DisputeInquiry},
		{"an inquiry of a state nobody knows", `{"type":"inquiry","status":"of tomorrow"}`, attribution.DisputeInquiry},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := decodeOrder(t, "disputes/update", change(t, plainDispute, tt.patch)).Disputes[0].State
			if got != tt.want {
				t.Errorf("State = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDisputeClock(t *testing.T) {
	t.Parallel()
	const began, ended = "2026-11-18T13:05:00Z", "2026-12-19T07:00:00Z"
	tests := []struct{ name, patch, want string }{
		{"open", `{}`, began},
		{"answered", `{"status":"under_review","evidence_sent_on":"2026-11-20T10:00:00Z"}`, began},
		{"won", `{"status":"won","finalized_on":"2026-12-19T08:00:00+01:00"}`, ended},
		{"won on an unknown day", `{"status":"won","finalized_on":null}`, began},
		{"won on a day without its time", `{"status":"won","finalized_on":"2026-12-19"}`, began},
		{"won before it began", `{"status":"won","finalized_on":"2026-01-01T00:00:00Z"}`, began},
		{"opened again", `{"status":"under_review","finalized_on":"2026-12-19T08:00:00+01:00"}`, began},
		{"an inquiry that is over", `{"type":"inquiry","status":"won","finalized_on":"2026-12-19T08:00:00+01:00"}`, began},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := decodeOrder(t, "disputes/update", change(t, plainDispute, tt.patch)).Disputes[0]
			if !d.AsOf.Equal(at(t, tt.want)) || !d.At.Equal(at(t, began)) {
				t.Errorf("As of %s, begun at %s, want as of %s", d.AsOf, d.At, tt.want)
			}
		})
	}
}

func TestDisputeAmount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, patch string
		want        byline.Money
	}{
		{"text", `{}`, money("20", "EUR")},
		{"a number", `{"amount":11.5}`, money("11.50", "EUR")},
		{"without decimals", `{"amount":"2592.00","currency":"JPY"}`, money("2592", "JPY")},
		{"of three decimals", `{"amount":"4.125","currency":"KWD"}`, money("4.125", "KWD")},
		{"not stated", `{"amount":null,"currency":null}`, byline.Money{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := orderOf(t, decoder(), "disputes/create", change(t, plainDispute, tt.patch))
			if diff := cmp.Diff(tt.want, o.Disputes[0].Amount); diff != "" {
				t.Errorf("Amount mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// Shopify's own sample of a list has a dispute that belongs to no order.
func TestDisputeOfNoOrder(t *testing.T) {
	t.Parallel()
	events, err := decode(t, "disputes/update", load(t, "dispute_of_no_order.json"))
	require.NoError(t, err)
	require.Empty(t, events)
}

// The body tells no time of its change, so nothing but its content may decide which
// version of a dispute is the latest. Each line of the table is a life, in its order.
func TestDisputeOrderOfArrival(t *testing.T) {
	t.Parallel()
	const (
		inquiry  = `{"type":"inquiry"}`
		open     = `{}`
		answered = `{"status":"under_review","evidence_sent_on":"2026-11-20T10:00:00Z"}`
		wonOn    = `{"status":"won","finalized_on":"2026-12-19T07:00:00Z"}`
		lostOn   = `{"status":"lost","finalized_on":"2026-12-18T07:00:00Z"}`
		lostLate = `{"status":"lost","finalized_on":"2027-01-19T07:00:00Z"}`
		won      = `{"status":"won"}`
	)
	tests := []struct {
		name string
		life []string
		want attribution.DisputeState
	}{
		{"asked about and charged back", []string{inquiry, open}, attribution.DisputeOpen},
		{"answered", []string{open, answered}, attribution.DisputeOpen},
		{"won", []string{inquiry, open, answered, wonOn}, attribution.DisputeWon},
		{"won without a day", []string{open, answered, won}, attribution.DisputeWon},
		{"lost and won the next day", []string{open, lostOn, wonOn}, attribution.DisputeWon},
		{"won and lost a month later", []string{open, wonOn, lostLate}, attribution.DisputeLost},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			pieces := []attribution.Order{decodeOrder(t, "orders/paid", []byte(plainOrder))}
			for _, patch := range tt.life {
				pieces = append(pieces, decodeOrder(t, "disputes/update", change(t, plainDispute, patch)))
			}
			want := merge(t, pieces)
			if len(want.Disputes) != 1 || want.Disputes[0].State != tt.want {
				t.Fatalf("merged into %+v, want one dispute %s", want.Disputes, tt.want)
			}
			for _, order := range permutations(pieces) {
				if diff := cmp.Diff(want, merge(t, order)); diff != "" {
					t.Fatalf("another order of arrival, another state (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func permutations[T any](list []T) [][]T {
	if len(list) <= 1 {
		return [][]T{list}
	}
	var all [][]T
	for i := range list {
		rest := append(append([]T{}, list[:i]...), list[i+1:]...)
		for _, tail := range permutations(rest) {
			all = append(all, append([]T{list[i]}, tail...))
		}
	}
	return all
}
