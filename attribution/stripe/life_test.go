package stripe_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// life is all that Stripe says of one sale of 100.00, in any order, and what is left of
// it, reckoned here by other means than there.
type life struct {
	events []string
	kept   int64
}

// story writes the events of a life. Times often tie.
type story struct {
	rng    *rand.Rand
	events []string
	clock  int64
}

func (s *story) pass() int64 {
	s.clock += s.rng.Int64N(3)
	return s.clock
}

// say adds an event, now and then as two events.
func (s *story) say(topic, format string, args ...any) int64 {
	moment := s.pass()
	for range 1 + s.rng.IntN(3)/2 {
		s.events = append(s.events, fmt.Sprintf(`{"id":"evt_%d","object":"event","type":%q,"created":%d,"livemode":true,"data":{"object":%s}}`,
			len(s.events), topic, made().Unix()+moment, fmt.Sprintf(format, args...)))
	}
	return moment
}

const (
	lifeSession = `{"id":"cs_1","object":"checkout.session","mode":%q,"payment_status":%q,"created":1789999000,"currency":"eur","amount_subtotal":10000,
		"amount_total":10000,"client_reference_id":"ada-story","payment_intent":%s,"invoice":%s,"discounts":[%s],"total_details":{"amount_discount":0,"amount_tax":0}}`
	lifeInvoice = `{"id":"in_1","object":"invoice","status":%q,"created":1789999990,"currency":"eur","total":10000,"billing_reason":"subscription_create",%s
		"lines":{"data":[{"id":"il_1","amount":10000,"quantity":1}],"has_more":false},"discounts":["di_1"],"metadata":{"bl":"ada-bio"}}`
	lifeRefund  = `{"id":%q,"object":"refund","created":1790000000,"currency":"eur","amount":%d,"status":%q,%s}`
	lifeDispute = `{"id":"du_1","object":"dispute","created":1790000000,"currency":"eur","amount":%d,"status":%q,"payment_intent":"pi_1","charge":"ch_1"}`
)

func newLife(seed uint64) life {
	s := &story{rng: rand.New(rand.NewPCG(seed, 7))}
	paid := int64(10000)
	payment := `"payment_intent":"pi_1","charge":"ch_1"`
	switch s.rng.IntN(3) {
	case 0:
		paid = s.bySession()
	case 1:
		s.byInvoice()
	default:
		payment = s.byOldInvoice()
	}
	back := s.refunds(payment) + s.dispute()
	return life{events: s.events, kept: paid - min(back, paid)}
}

// bySession is a payment, at once or some days later, or not at all.
func (s *story) bySession() (paid int64) {
	session := func(topic, status string) {
		s.say(topic, lifeSession, "payment", status, `"pi_1"`, "null", `{"promotion_code":"promo_1QdemoAda10"}`)
	}
	if s.rng.IntN(2) == 0 {
		session("checkout.session.completed", "paid")
		return 10000
	}
	session("checkout.session.completed", "unpaid")
	if s.rng.IntN(3) == 0 {
		session("checkout.session.async_payment_failed", "unpaid")
		return 0
	}
	session("checkout.session.async_payment_succeeded", "paid")
	return 10000
}

// byInvoice is a subscription made in a Checkout, in the shapes of now.
func (s *story) byInvoice() {
	if s.rng.IntN(2) == 0 {
		s.say("invoice.payment_failed", lifeInvoice, "open", "")
	}
	if s.rng.IntN(4) == 0 {
		s.say("invoice.marked_uncollectible", lifeInvoice, "uncollectible", "")
	}
	session := func(topic, status string) {
		s.say(topic, lifeSession, "subscription", status, "null", `"in_1"`, `{"promotion_code":"promo_1QdemoAda10"}`)
	}
	if s.rng.IntN(2) == 0 {
		session("checkout.session.completed", "paid")
	} else {
		session("checkout.session.completed", "unpaid")
		defer session("checkout.session.async_payment_succeeded", "paid")
	}
	s.say("invoice.paid", lifeInvoice, "paid", "")
	s.say("invoice.payment_succeeded", lifeInvoice, "paid", "")
	s.say("invoice_payment.paid", `{"object":"invoice_payment","invoice":"in_1","payment":{"type":"payment_intent","payment_intent":"pi_1"}}`)
}

// byOldInvoice is one of version 2020-08-27; its refunds may name the charge alone.
func (s *story) byOldInvoice() (payment string) {
	s.say("invoice.paid", lifeInvoice, "paid", `"payment_intent":"pi_1","charge":"ch_1",`)
	s.say("invoice.payment_succeeded", lifeInvoice, "paid", `"payment_intent":"pi_1","charge":"ch_1",`)
	return []string{`"payment_intent":"pi_1","charge":"ch_1"`, `"payment_intent":null,"charge":"ch_1"`}[s.rng.IntN(2)]
}

// refunds tells each refund's states as they are, by events and inside of the charge, and
// returns what they come to in the end.
func (s *story) refunds(payment string) (back int64) {
	rank := map[string]int{"pending": 1, "failed": 2, "succeeded": 3}
	for i := range s.rng.IntN(4) {
		id, amount := fmt.Sprintf("re_%d", i), 1+s.rng.Int64N(6000)
		last, lastAt := "", int64(-1)
		for _, status := range [][]string{{"succeeded"}, {"pending", "succeeded"}, {"pending", "failed"}, {"succeeded", "failed"}}[s.rng.IntN(4)] {
			refund := fmt.Sprintf(lifeRefund, id, amount, status, payment)
			moment := int64(0)
			switch topic := []string{"refund.created", "refund.updated", "charge.refund.updated", "charge.refunded"}[s.rng.IntN(4)]; topic {
			case "charge.refunded":
				moment = s.say(topic, `{"id":"ch_1","object":"charge",%s,"amount_refunded":9999,"refunds":{"data":[%s]}}`, strings.Split(payment, ",")[0], refund)
			default:
				moment = s.say(topic, "%s", refund)
			}
			if moment > lastAt || rank[status] > rank[last] {
				last, lastAt = status, moment
			}
		}
		if last == "succeeded" {
			back += amount
		}
		if s.rng.IntN(2) == 0 {
			s.say("charge.refunded", `{"id":"ch_1","object":"charge","payment_intent":"pi_1","amount_refunded":%d,"refunded":false}`, amount)
		}
	}
	return back
}

func (s *story) dispute() (back int64) {
	if s.rng.IntN(2) == 0 {
		return 0
	}
	amount := 1 + s.rng.Int64N(10000)
	s.say("charge.dispute.created", lifeDispute, amount, "needs_response")
	s.say("charge.dispute.funds_withdrawn", lifeDispute, amount, "needs_response")
	if s.rng.IntN(3) == 0 {
		return amount
	}
	s.say("charge.dispute.updated", lifeDispute, amount, "under_review")
	end := []string{"won", "lost"}[s.rng.IntN(2)]
	s.say("charge.dispute.closed", lifeDispute, amount, end)
	if end == "won" {
		s.say("charge.dispute.funds_reinstated", lifeDispute, amount, end)
		return 0
	}
	return amount
}

// books is what a store would make of events: it knows the aliases, and keeps what came
// under a name that turned out to be another's.
type books struct {
	orders map[byline.OrderID]attribution.Order
	names  map[byline.OrderID]byline.OrderID
}

func (b *books) apply(t testing.TB, e attribution.Event) {
	t.Helper()
	switch {
	case e.Alias != nil:
		b.names[e.Alias.Also] = e.Alias.Order
		if known, ok := b.orders[e.Alias.Also]; ok {
			delete(b.orders, e.Alias.Also)
			b.put(t, known)
		}
	case e.Order != nil:
		b.put(t, *e.Order)
	}
}

func (b *books) put(t testing.TB, o attribution.Order) {
	t.Helper()
	o.ID = cmp.Or(b.names[o.ID], o.ID)
	known, ok := b.orders[o.ID]
	if !ok {
		known = o
	}
	merged, err := known.Merge(o)
	require.NoError(t, err)
	b.orders[o.ID] = merged
}

// after applies the bodies in turn and returns the one order there is.
func after(t testing.TB, bodies []string) attribution.Order {
	t.Helper()
	b := books{orders: map[byline.OrderID]attribution.Order{}, names: map[byline.OrderID]byline.OrderID{}}
	for _, body := range bodies {
		for _, e := range events(t, []byte(body)) {
			b.apply(t, e)
		}
	}
	require.Len(t, b.orders, 1)
	for _, o := range b.orders {
		return o
	}
	return attribution.Order{}
}

// Whatever the order of arrival, the same is left, and it is what was reckoned.
func TestLivesConverge(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		l := newLife(seed)
		want := after(t, l.events)
		sales, err := want.Sales()
		require.NoError(t, err)
		if got := sales.Kept.Minor(); got != l.kept {
			t.Fatalf("life %d: %d is kept, want %d", seed, got, l.kept)
		}
		rng := rand.New(rand.NewPCG(seed, 8))
		for range 4 {
			shuffled := slices.Concat(l.events, l.events[:rng.IntN(len(l.events))])
			rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			if diff := gocmp.Diff(want, after(t, shuffled)); diff != "" {
				t.Fatalf("life %d: another order of arrival, another state (-want +got):\n%s", seed, diff)
			}
		}
	}
}
