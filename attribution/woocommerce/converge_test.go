package woocommerce_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

// life is a shop's own account of one order, second by second, and what it sent.
type life struct {
	t       *testing.T
	rng     *rand.Rand
	now     time.Time
	status  string
	refunds []int // ids; refund n was of n cents
	next    int
	pieces  []attribution.Order
}

func newLife(t *testing.T, seed uint64) *life {
	t.Helper()
	return &life{t: t, rng: rand.New(rand.NewPCG(seed, 7)), now: at(t, "2026-10-04T09:00:05Z"), status: "pending", next: 100}
}

// step lets the shop do something, and send what it sends then.
func (l *life) step() {
	l.now = l.now.Add(time.Duration(1+l.rng.IntN(100)) * time.Second)
	switch l.rng.IntN(6) {
	case 0, 1:
		l.status = []string{"processing", "completed", "on-hold", "failed", "pending", "shipped"}[l.rng.IntN(6)]
	case 2:
		l.next++
		l.refunds = append(l.refunds, l.next)
	case 3:
		if n := len(l.refunds); n > 0 {
			l.refunds = l.refunds[:n-1] // deleted, with a later change that makes it known
		}
	case 4:
		l.send("order.deleted", `{"id":1001}`)
		l.now = l.now.Add(time.Second)
		l.send("order.restored", l.document())
		return
	}
	l.send("order.updated", l.document())
}

func (l *life) document() string {
	var refunds []string
	for _, id := range l.refunds {
		refunds = append(refunds, fmt.Sprintf(`{"id":%d,"reason":"","total":"-%d.%02d"}`, id, id/100, id%100))
	}
	return edit(`"status":"processing"`, `"status":"`+l.status+`"`, `2026-10-04T09:00:07`, l.now.Format("2006-01-02T15:04:05"),
		`"refunds":[]`, `"refunds":[`+strings.Join(refunds, ",")+`]`)
}

func (l *life) send(topic, body string) {
	l.t.Helper()
	events, err := decoder().Decode(signed(topic, []byte(body)), []byte(body), l.now)
	require.NoError(l.t, err)
	require.Len(l.t, events, 1)
	l.pieces = append(l.pieces, *events[0].Order)
}

// Whatever the order of arrival and however often each arrives, the end is what the shop
// itself thinks of the order: refunds that vanished are gone, and an order that was
// thrown away and brought back is there.
func TestConvergence(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		l := newLife(t, seed)
		for range 2 + l.rng.IntN(12) {
			l.step()
		}
		want := decodeOrder(t, "order.updated", []byte(l.document()))
		for range 5 {
			pieces := append(append([]attribution.Order{}, l.pieces...), l.pieces[:l.rng.IntN(len(l.pieces))]...)
			l.rng.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
			got := merge(t, pieces...)
			if !got.DeletedAt.IsZero() && !got.UpdatedAt.After(got.DeletedAt) {
				t.Fatalf("seed %d: the order was brought back, and is gone since %s", seed, got.DeletedAt)
			}
			got.DeletedAt = time.Time{} // it was, in between
			if diff := cmp.Diff(merge(t, want, want), got); diff != "" {
				t.Fatalf("seed %d: not what the shop thinks (-shop +merged):\n%s", seed, diff)
			}
		}
	}
}

func TestDeletedStaysDeleted(t *testing.T) {
	t.Parallel()
	gone := func(o attribution.Order) bool {
		return attribution.Decide(o, nil, offers(t), attribution.Policy{}).Standing == attribution.StandingDeleted
	}
	before, trash := sampleOrder(t, "order_completed_account.json"), sampleOrder(t, "order_trash.json")
	deletion, restored := sampleOrder(t, "order_deleted.json"), sampleOrder(t, "order_restored.json")
	before.ID, before.Lines[0].ID = trash.ID, trash.Lines[0].ID
	tests := map[string]struct {
		pieces []attribution.Order
		want   bool
	}{
		"there":                     {[]attribution.Order{before}, false},
		"in the trash":              {[]attribution.Order{before, trash}, true},
		"told by the topic alone":   {[]attribution.Order{before, deletion}, true},
		"told by both":              {[]attribution.Order{before, trash, deletion}, true},
		"and brought back":          {[]attribution.Order{before, trash, deletion, restored}, false},
		"and thrown away once more": {[]attribution.Order{before, deletion, restored, again(t)}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range len(tt.pieces) {
				if got := gone(merge(t, tt.pieces...)); got != tt.want {
					t.Errorf("deleted %t, want %t", got, tt.want)
				}
				tt.pieces = append(tt.pieces[1:], tt.pieces[0])
			}
		})
	}
}

// again is the same deletion a week later: the same body under another id.
func again(t *testing.T) attribution.Order {
	t.Helper()
	body := load(t, "order_deleted.json")
	first, err := decoder().Verify(signed("order.deleted", body), body)
	require.NoError(t, err)
	second, err := decoder().Verify(with(signed("order.deleted", body), deliveryHeader, "a-week-later"), body)
	require.NoError(t, err)
	if first.ID == second.ID {
		t.Error("an inbox takes the second deletion for the first")
	}
	second.ReceivedAt = arrival().AddDate(0, 0, 7)
	events, err := decoder().Parse(second)
	require.NoError(t, err)
	return *events[0].Order
}

// A deleted refund is gone with the next document of its order, however they arrive.
func TestVanishedRefund(t *testing.T) {
	t.Parallel()
	both, one := sampleOrder(t, "order_partial_refunds.json"), sampleOrder(t, "order_refund_deleted.json")
	for _, merged := range []attribution.Order{merge(t, both, one), merge(t, one, both), merge(t, both, one, both)} {
		if len(merged.Refunds) != 1 || merged.Refunds[0].ID != "10097" {
			t.Errorf("the refunds are %+v", merged.Refunds)
		}
	}
	// A body that leaves the list out says nothing of refunds.
	silent := decodeOrder(t, "order.updated", change(t, string(load(t, "order_refund_deleted.json")), `{"refunds":"drop","date_modified_gmt":"2026-10-20T08:00:00"}`))
	if n := len(merge(t, both, silent).Refunds); n != 2 {
		t.Errorf("a body without the list left %d refunds, want 2", n)
	}
	list, err := woocommerce.ParseRefunds([]byte(`[]`), refundList(t))
	require.NoError(t, err)
	if n := len(merge(t, both, list).Refunds); n != 0 {
		t.Errorf("an empty list left %d refunds", n)
	}
}

// A document that says it was changed in the same second as another has to be put in
// some order, and it is the same one always.
func TestTiesAreBrokenOneWay(t *testing.T) {
	t.Parallel()
	pending, paid := plain(t, `{"status":"pending"}`), plain(t, `{}`)
	failed := plain(t, `{"status":"failed"}`)
	for _, merged := range []attribution.Order{merge(t, pending, paid), merge(t, paid, pending)} {
		if merged.Payment != attribution.Paid {
			t.Errorf("created and paid in one second is %q", merged.Payment)
		}
	}
	for _, merged := range []attribution.Order{merge(t, failed, paid), merge(t, paid, failed)} {
		if merged.Payment != attribution.Voided {
			t.Errorf("paid and failed in one second is %q", merged.Payment)
		}
	}
}
