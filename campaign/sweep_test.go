package campaign_test

import (
	"context"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

// onDay is a paid order placed some days after the first.
func onDay(id byline.OrderID, days int, c attribution.Customer, codes ...string) attribution.Order {
	o := paidOrder()
	o.ID, o.PlacedAt, o.Customer, o.Codes = id, o.PlacedAt.AddDate(0, 0, days), c, nil
	o.UpdatedAt = o.PlacedAt
	for _, code := range codes {
		o.Codes = append(o.Codes, attribution.CodeUse{Code: code, Kind: attribution.Genuine})
	}
	return o
}

// updated is a later document of an order.
func updated(o attribution.Order, edit func(*attribution.Order)) attribution.Order {
	o.UpdatedAt = o.UpdatedAt.Add(time.Hour)
	edit(&o)
	return o
}

// credited tells whom each order is credited to, and by what.
func (d desk) credited(t *testing.T, ids ...byline.OrderID) map[byline.OrderID]string {
	t.Helper()
	all := map[byline.OrderID]string{}
	for _, id := range ids {
		r, err := d.orders.Order(t.Context(), attribution.NoTx{}, id)
		require.NoError(t, err)
		for _, c := range r.Decision.Credits {
			all[id] += string(c.Creator) + " by " + c.Evidence[0]
		}
	}
	return all
}

// idsOf lists each order once.
func idsOf(pieces []attribution.Order) []byline.OrderID {
	var ids []byline.OrderID
	for _, p := range pieces {
		ids = append(ids, p.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

type credited = map[byline.OrderID]string

// TestChangesAreCarriedForward: each case tells orders in turn and expects the credits
// that the final states have.
func TestChangesAreCarriedForward(t *testing.T) {
	t.Parallel()
	email, both, account := attribution.Customer{Email: "e1.1"}, attribution.Customer{Email: "e1.1", ID: "1"}, attribution.Customer{ID: "1"}
	cancel := func(o *attribution.Order) { o.CancelledAt = o.UpdatedAt }
	first, second, third := onDay("1", 0, email, "bruno15"), onDay("2", 1, both, "bruno15"), onDay("3", 2, account, "bruno15")
	bound := onDay("2", 2, email)
	early, late := onDay("1", 0, email, "cleo15"), onDay("2", 5, attribution.Customer{}, "cleo15")
	tests := map[string]struct {
		policy string
		pieces []attribution.Order
		want   credited
	}{
		"a binding is of orders that come later": {"binding", []attribution.Order{bound, first}, credited{"1": "bruno by bruno15", "2": "bruno by 1"}},
		"and ends with the first":                {"binding", []attribution.Order{first, bound, updated(first, cancel)}, credited{"1": "bruno by bruno15"}},
		"a cool-down goes from order to order":   {"cool-down", []attribution.Order{third, second, first}, credited{"1": "bruno by bruno15", "3": "bruno by bruno15"}},
		"from one customer's to another's":       {"cool-down", []attribution.Order{first, second, third, updated(first, cancel)}, credited{"1": "bruno by bruno15", "2": "bruno by bruno15"}},
		"a customer who turns out to be another": {"binding", []attribution.Order{first, bound, updated(bound, func(o *attribution.Order) { o.Customer = attribution.Customer{ID: "9"} })},
			credited{"1": "bruno by bruno15"}},
		"an earlier order that turns out to be another's": {"binding", []attribution.Order{first, bound, updated(first, func(o *attribution.Order) { o.Customer = attribution.Customer{ID: "9"} })},
			credited{"1": "bruno by bruno15"}},
		"an order that turns out to be older": {"binding", []attribution.Order{
			onDay("2", 1, email), onDay("1", 2, email, "bruno15"), updated(onDay("1", 2, email, "bruno15"), func(o *attribution.Order) { o.PlacedAt = o.PlacedAt.AddDate(0, 0, -2) })},
			credited{"1": "bruno by bruno15", "2": "bruno by 1"}},
		"an order that turns out to be younger": {"binding", []attribution.Order{
			onDay("2", 1, email), first, updated(first, func(o *attribution.Order) { o.PlacedAt = o.PlacedAt.AddDate(0, 0, 2) })},
			credited{"1": "bruno by bruno15"}},
		"a moved order does not use its own code up": {"limits alone", []attribution.Order{late, updated(late, func(o *attribution.Order) { o.PlacedAt = o.PlacedAt.AddDate(0, 0, 2) })},
			credited{"2": "bruno by cleo15"}},
		"nor make its own customer a returning one": {"new customers", []attribution.Order{first, updated(first, func(o *attribution.Order) { o.PlacedAt = o.PlacedAt.AddDate(0, 0, 2) })},
			credited{"1": "bruno by bruno15"}},
		"a code that is taken off frees its use": {"limits alone", []attribution.Order{
			late, onDay("3", 6, email, "cleo15"), updated(late, func(o *attribution.Order) { o.Codes = nil })},
			credited{"3": "bruno by cleo15"}},
		"a use of another offer's time does not count": {"limits alone", []attribution.Order{early, late},
			credited{"1": "cleo by cleo15", "2": "bruno by cleo15"}},
		"an order that moves into another offer's time": {"limits alone", []attribution.Order{
			early, onDay("3", 6, email, "cleo15"), updated(early, func(o *attribution.Order) { o.PlacedAt = o.PlacedAt.AddDate(0, 0, 5) })},
			credited{"1": "bruno by cleo15"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := historyDesk(t, lookingBack()[tt.policy])
			d.settle(t, tt.pieces...)
			got := d.credited(t, idsOf(tt.pieces)...)
			if diff := gocmp.Diff(tt.want, got); diff != "" {
				t.Errorf("credits (-want +got):\n%s", diff)
			}
		})
	}
}

// Whoever a document named once is looked up, even if a later one names somebody else and
// came first.
func TestTouchesOfAnOlderDocument(t *testing.T) {
	t.Parallel()
	older := onDay("1", 0, attribution.Customer{Visitor: "v1"})
	newer := updated(older, func(o *attribution.Order) { o.Customer.Visitor = "v2" })
	for name, pieces := range map[string][]attribution.Order{"in sequence": {older, newer}, "the newer first": {newer, older}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := historyDesk(t)
			click := attribution.Touch{ID: "c", Link: "bruno", At: older.PlacedAt.Add(-time.Hour)}
			require.NoError(t, d.orders.RecordOf(t.Context(), "", attribution.Customer{Visitor: "v1"}, click))
			d.settle(t, pieces...)
			if diff := gocmp.Diff(credited{"1": "bruno by bruno"}, d.credited(t, "1")); diff != "" {
				t.Errorf("credits (-want +got):\n%s", diff)
			}
		})
	}
}

// A click counts although its record went with the retention, once an order was decided
// with it.
func TestTouchesOutliveTheirRecords(t *testing.T) {
	t.Parallel()
	d := historyDesk(t)
	o := onDay("1", 0, attribution.Customer{})
	o.Touches = []attribution.Touch{{ID: "c", At: o.PlacedAt}}
	require.NoError(t, d.orders.Record(t.Context(), attribution.Touch{ID: "c", Link: "bruno", At: o.PlacedAt.Add(-time.Hour)}))
	d.settle(t, o)
	n, err := d.orders.ForgetTouches(t.Context(), o.PlacedAt)
	require.NoError(t, err)
	if n != 1 {
		t.Errorf("%d touches were forgotten", n)
	}
	d.settle(t, updated(o, func(*attribution.Order) {}))
	if diff := gocmp.Diff(credited{"1": "bruno by bruno"}, d.credited(t, "1")); diff != "" {
		t.Errorf("credits (-want +got):\n%s", diff)
	}
}

// signed knows any click id.
type signed struct{}

func (signed) Touches(ids []string) []attribution.Touch {
	var touches []attribution.Touch
	for _, id := range ids {
		touches = append(touches, attribution.Touch{ID: id, Link: "bruno", At: attributiontest.LifeStart().Add(-time.Hour), Verified: true})
	}
	return touches
}

// Signed click ids need no record, and signals change what follows from them.
func TestClicksAndSignals(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	s := *d.Settler
	s.Clicks = signed{}
	s.Policies = []attribution.Policy{{Version: "t/1", Trust: []attribution.TrustRule{{Signal: "leak", Mode: attribution.Withhold}}}}
	doubt := false
	s.Signals = func(_ context.Context, _ attribution.NoTx, o attribution.Order, h attribution.History) ([]attribution.Signal, error) {
		if len(h.Touches) != 1 || o.ID != "1" {
			t.Errorf("asked about order %s with %d touches", o.ID, len(h.Touches))
		}
		if !doubt {
			return nil, nil
		}
		return []attribution.Signal{{Code: "leak", Score: 100}}, nil
	}
	d = d.made(t, s)
	o := onDay("1", 0, attribution.Customer{})
	o.Touches = []attribution.Touch{{ID: "c", At: o.PlacedAt}}
	for _, doubt = range []bool{false, true, false} {
		d.settle(t, o)
		want := credited{"1": "bruno by bruno"}
		if doubt {
			want = credited{}
		}
		if diff := gocmp.Diff(want, d.credited(t, "1")); diff != "" {
			t.Errorf("with doubt %t, credits (-want +got):\n%s", doubt, diff)
		}
	}
}

// What has to be known of a forgotten order under a new name is known.
func TestKinKnowsTheNewName(t *testing.T) {
	t.Parallel()
	email := attribution.Customer{Email: "e1.1"}
	first, second := onDay("pi:1", 0, email, "bruno15"), onDay("2", 2, email)
	d := historyDesk(t, lookingBack()["binding"])
	d.settle(t, first, second)
	d.redact(t, attribution.Redaction{Shop: first.Shop, Orders: []byline.OrderID{"pi:1"}})
	if diff := gocmp.Diff(credited{"2": "bruno by pi:1"}, d.credited(t, "2")); diff != "" {
		t.Errorf("forgotten (-want +got):\n%s", diff)
	}
	require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, linked("in:1", "pi:1")))
	if diff := gocmp.Diff(credited{"2": "bruno by in:1"}, d.credited(t, "2")); diff != "" {
		t.Errorf("linked (-want +got):\n%s", diff)
	}
	d.settle(t, attributiontest.FullRefund(first))
	if diff := gocmp.Diff(credited{}, d.credited(t, "2")); diff != "" {
		t.Errorf("refunded (-want +got):\n%s", diff)
	}
}

// Deliveries that will speak of a forgotten order by a new name are erased too.
func TestAliasOfAForgottenOrderErasesItsDeliveries(t *testing.T) {
	t.Parallel()
	d := historyDesk(t)
	d.redact(t, attribution.Redaction{Shop: "demo.example", Orders: []byline.OrderID{"in:1"}})
	require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, linked("in:1", "pi:1")))
	_, err := d.orders.Put(t.Context(), attribution.Delivery{Source: "demo", ID: "1", Body: []byte("a person's refund")})
	require.NoError(t, err)
	waiting, err := d.orders.Pending(t.Context(), 1)
	require.NoError(t, err)
	require.NoError(t, d.orders.Settle(t.Context(), waiting, func(context.Context, attribution.NoTx, attribution.Stored) (attribution.Outcome, error) {
		return attribution.Outcome{Orders: []byline.OrderID{"pi:1"}}, nil
	}))
	stored, _, err := d.orders.Delivery(t.Context(), 1)
	require.NoError(t, err)
	if stored.Body != nil {
		t.Errorf("the body is still there: %s", stored.Body)
	}
}

// Of two records that become one, each keeps the agreement it was settled under.
func TestAliasJoinsPins(t *testing.T) {
	t.Parallel()
	order, payment := onDay("in:1", 0, attribution.Customer{}), onDay("pi:1", 0, attribution.Customer{}, "ada15")
	payment.UpdatedAt = payment.UpdatedAt.Add(time.Minute)
	d := historyDesk(t).under(t, adaTerms(1, 7))
	d.settle(t, order, payment)
	d = d.under(t, adaTerms(1, 7), adaTerms(2, 50))
	require.NoError(t, d.Apply(t.Context(), attribution.NoTx{}, linked("in:1", "pi:1")))
	if diff := gocmp.Diff(map[string]int64{"ada EUR": 700}, d.balances(t)); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
}
