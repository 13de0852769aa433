package trust_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

func identity() attribution.Identity {
	return attribution.Identity{Key: "a demo secret of thirty-two bytes or more"}
}

// whoever is known by every trace.
func whoever(name string) attribution.Customer {
	return attribution.Customer{
		ID: "account of " + name, Email: identity().Email(name + "@demo.example"), Phone: "phone of " + name,
		Address: "address of " + name, Payment: "payment of " + name, Visitor: "visitor of " + name,
	}
}

func order(c attribution.Customer) attribution.Order {
	return attribution.Order{ID: "demo:500", Shop: "demo.example", PlacedAt: start, Customer: c}
}

func parties(t *testing.T, list ...trust.Party) *trust.Parties {
	t.Helper()
	p, err := trust.NewParties(list)
	require.NoError(t, err)
	return p
}

// summary is the score and the reasons of each suspicion.
func summary(suspicions []trust.Suspicion) []string {
	var lines []string
	for _, s := range suspicions {
		line := fmt.Sprintf("%s %s %d", s.Code, s.Creator, s.Score)
		for _, p := range s.Points {
			line += fmt.Sprintf(" %s:%d", p.Reason, p.Points)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestSelfDealing(t *testing.T) {
	t.Parallel()
	p := parties(
		t,
		trust.Party{Creator: "ada", Shop: "demo.example", Customer: whoever("ada")},
		trust.Party{Creator: "ada", Customer: attribution.Customer{Email: identity().Email("hello@ada.example")}},
		trust.Party{Creator: "bruno", Shop: "demo.test", Customer: whoever("bruno")},
		trust.Party{Creator: "cleo", Customer: attribution.Customer{Address: "address of ada"}},
	)
	tests := map[string]struct {
		customer attribution.Customer
		want     []string
	}{
		"nobody":                     {attribution.Customer{}, nil},
		"another customer":           {whoever("dario"), nil},
		"the creator":                {whoever("ada"), []string{"self_dealing ada 100 own_account:100 own_email:100 own_payment:90 own_phone:80 own_visitor:50 own_address:40", "self_dealing cleo 40 own_address:40"}},
		"her other address":          {attribution.Customer{Email: identity().Email("Hello+1@Ada.example")}, []string{"self_dealing ada 100 own_email:100"}},
		"her account, another shop":  {attribution.Customer{ID: "account of bruno"}, nil},
		"his payment means":          {attribution.Customer{ID: "x", Email: "y", Payment: "payment of bruno"}, []string{"self_dealing bruno 90 own_payment:90"}},
		"one household":              {attribution.Customer{Email: "y", Address: "address of ada", Visitor: "visitor of ada"}, []string{"self_dealing ada 90 own_visitor:50 own_address:40", "self_dealing cleo 40 own_address:40"}},
		"two creators at one time":   {attribution.Customer{Email: whoever("bruno").Email, Phone: "phone of ada"}, []string{"self_dealing ada 80 own_phone:80", "self_dealing bruno 100 own_email:100"}},
		"staff":                      {attribution.Customer{Staff: true}, []string{"self_dealing  40 staff_order:40"}},
		"one kind's key at another":  {attribution.Customer{Phone: "address of ada", Payment: whoever("ada").Email}, nil},
		"an account's id as a phone": {attribution.Customer{Phone: "account of ada"}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, summary(trust.Rulebook{}.SelfDealing(order(tt.customer), p))); diff != "" {
				t.Errorf("suspicions (-want +got):\n%s", diff)
			}
		})
	}
	forgotten := order(whoever("ada"))
	forgotten.Forgotten = true
	if got := summary((trust.Rulebook{}).SelfDealing(forgotten, p)); got != nil {
		t.Errorf("of a person who was forgotten: %v", got)
	}
	if got := summary((trust.Rulebook{}).SelfDealing(order(whoever("ada")), nil)); got != nil {
		t.Errorf("without parties: %v", got)
	}
}

// An agency's office is the address of all its creators, and says nothing.
func TestSelfDealingInACrowd(t *testing.T) {
	t.Parallel()
	for crowd, want := range map[int]int{0: 0, 6: 6, 5: 0} {
		var list []trust.Party
		for i := range 6 {
			list = append(list, trust.Party{Creator: byline.CreatorID(fmt.Sprint("creator-", i)), Customer: attribution.Customer{Address: "office", Payment: "purse"}})
		}
		o := order(attribution.Customer{Address: "office"})
		if got := (trust.Rulebook{Crowd: crowd}).SelfDealing(o, parties(t, list...)); len(got) != want {
			t.Errorf("crowd %d: %v", crowd, summary(got))
		}
		o.Customer.Payment = "purse"
		if got := (trust.Rulebook{Crowd: crowd}).SelfDealing(o, parties(t, list...)); len(got) != 6 {
			t.Errorf("payment means are never a crowd's: %v", summary(got))
		}
	}
}

func TestPartiesFaults(t *testing.T) {
	t.Parallel()
	p, err := trust.NewParties([]trust.Party{{Creator: "ada", Customer: whoever("ada")}, {}, {Creator: "bruno", Customer: attribution.Customer{Staff: true}}})
	want := []string{"[1].creator party.creator", "[1].customer party.unknown", "[2].customer party.unknown"}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" || p != nil {
		t.Errorf("%v, faults (-want +got):\n%s", p, diff)
	}
}

// past makes an earlier order of ada's, of the customer.
func past(id int, c attribution.Customer) trust.Past {
	return trust.Past{
		Order: byline.OrderID(fmt.Sprintf("demo:%03d", id)), Shop: "demo.example", Creator: "ada", Customer: c,
		PlacedAt: start.Add(-time.Duration(id) * time.Hour),
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	me := whoever("me")
	sharing := func(name string, share func(*attribution.Customer)) attribution.Customer {
		c := attribution.Customer{Email: "e-mail of " + name}
		share(&c)
		return c
	}
	all := func(c *attribution.Customer) {
		c.Payment, c.Phone, c.Visitor, c.Address = me.Payment, me.Phone, me.Visitor, me.Address
	}
	home := func(c *attribution.Customer) { c.Address = me.Address }
	card := func(c *attribution.Customer) { c.Payment = me.Payment }
	later := past(1, sharing("b", all))
	later.PlacedAt = start.Add(time.Hour)
	undated := past(1, sharing("b", all))
	undated.PlacedAt = time.Time{}
	brunos := past(3, sharing("c", card))
	brunos.Creator = "bruno"
	var office []trust.Past
	for i := range 6 {
		office = append(office, past(i+1, sharing(fmt.Sprint(i), home)))
	}
	tests := map[string]struct {
		past []trust.Past
		want []string
	}{
		"no past":           {nil, nil},
		"strangers":         {[]trust.Past{past(1, whoever("b")), past(2, whoever("c"))}, nil},
		"the same customer": {[]trust.Past{past(1, me), past(2, me)}, nil},
		"the same customer as a guest": {
			[]trust.Past{past(1, attribution.Customer{Email: me.Email, Payment: me.Payment})}, nil,
		},
		"the same account with another e-mail address": {
			[]trust.Past{past(1, attribution.Customer{ID: me.ID, Email: "new", Payment: me.Payment})}, nil,
		},
		"perhaps the same, a guest without an address": {[]trust.Past{past(1, attribution.Customer{Payment: me.Payment})}, nil},
		"another with the same card":                   {[]trust.Past{past(1, sharing("b", card))}, []string{"duplicate_identity ada 40 shared_payment:40"}},
		"another account with the same card": {
			[]trust.Past{past(1, attribution.Customer{ID: "7", Payment: me.Payment})}, []string{"duplicate_identity ada 40 shared_payment:40"},
		},
		"another of the household": {[]trust.Past{past(1, sharing("b", all))}, []string{"duplicate_identity ada 100 shared_payment:40 shared_phone:30 shared_visitor:20 shared_address:10"}},
		"a card and a home":        {[]trust.Past{past(1, sharing("b", card)), past(2, sharing("c", home))}, []string{"duplicate_identity ada 50 shared_payment:40 shared_address:10"}},
		"three with the same card": {
			[]trust.Past{past(1, sharing("b", card)), past(2, sharing("c", card)), past(3, sharing("d", card)), past(4, sharing("d", card))},
			[]string{"duplicate_identity ada 70 shared_payment:40 many_identities:30"},
		},
		"of two creators": {[]trust.Past{brunos, past(1, sharing("b", card))}, []string{"duplicate_identity ada 40 shared_payment:40", "duplicate_identity bruno 40 shared_payment:40"}},
		"later":           {[]trust.Past{later}, nil},
		"without a time":  {[]trust.Past{undated}, nil},
		"an office":       {office, nil},
		"five neighbours": {office[1:], []string{"duplicate_identity ada 40 shared_address:10 many_identities:30"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 2 {
				if diff := cmp.Diff(tt.want, summary((trust.Rulebook{}).Duplicates(order(me), tt.past))); diff != "" {
					t.Errorf("suspicions (-want +got):\n%s", diff)
				}
				slices.Reverse(tt.past)
			}
		})
	}
	itself := past(0, sharing("b", all))
	itself.Order = "demo:500"
	forgotten, dateless := order(me), order(me)
	forgotten.Forgotten, dateless.PlacedAt = true, time.Time{}
	for name, got := range map[string][]trust.Suspicion{
		"the order itself":  (trust.Rulebook{}).Duplicates(order(me), []trust.Past{itself}),
		"a forgotten order": (trust.Rulebook{}).Duplicates(forgotten, []trust.Past{past(1, sharing("b", all))}),
		"no time":           (trust.Rulebook{}).Duplicates(dateless, []trust.Past{past(1, sharing("b", all))}),
	} {
		if got != nil {
			t.Errorf("%s: %v", name, summary(got))
		}
	}
}

// sold makes orders of a creator by as many customers, the first of them refunded.
func sold(creator byline.CreatorID, customers, refunded int) []trust.Past {
	orders := make([]trust.Past, customers)
	for i := range orders {
		orders[i] = past(i, attribution.Customer{Email: fmt.Sprintf("%s's customer %d", creator, i)})
		orders[i].Order = byline.OrderID(fmt.Sprintf("%s:%d", creator, i))
		orders[i].Creator, orders[i].Refunded = creator, i < refunded
	}
	return orders
}

func TestRefunds(t *testing.T) {
	t.Parallel()
	guests := sold("ada", 40, 10)
	for i := range guests {
		guests[i].Customer = attribution.Customer{}
	}
	one := sold("ada", 30, 10)
	for i := range one {
		one[i].Customer = attribution.Customer{Email: "one"}
	}
	moved := sold("ada", 20, 5)
	for i := range moved[:5] {
		moved[i].Customer.ID = "an account of later"
	}
	tests := map[string]struct {
		book trust.Rulebook
		past []trust.Past
		want []string
	}{
		"none":                      {past: nil},
		"few refunds":               {past: sold("ada", 100, 24)},
		"a quarter":                 {past: sold("ada", 20, 5), want: []string{"repeat_refunds ada 40 refund_share:40"}},
		"a quarter of too few":      {past: sold("ada", 19, 19)},
		"a quarter of guests":       {past: guests, want: []string{"repeat_refunds ada 40 refund_share:40"}},
		"a quarter is usual":        {past: slices.Concat(sold("ada", 200, 80), sold("bruno", 200, 76)), want: []string{"repeat_refunds ada 40 refund_share:40", "repeat_refunds bruno 40 refund_share:40"}},
		"a quarter is unusual":      {past: slices.Concat(sold("ada", 60, 24), sold("bruno", 400, 12)), want: []string{"repeat_refunds ada 80 refund_share:40 unusual_refund_share:40"}},
		"less, and unusual":         {past: slices.Concat(sold("ada", 200, 40), sold("bruno", 400, 12)), want: []string{"repeat_refunds ada 40 unusual_refund_share:40"}},
		"unusual, by too few":       {past: slices.Concat(sold("ada", 60, 24), sold("bruno", 19, 0)), want: []string{"repeat_refunds ada 40 refund_share:40"}},
		"more, and by chance":       {past: slices.Concat(sold("ada", 20, 4), sold("bruno", 400, 24))},
		"one customer":              {past: one, want: []string{"repeat_refunds ada 20 same_customer_refunds:20"}},
		"one customer, two refunds": {past: slices.Concat(one[:2], one[10:])},
		"another threshold":         {book: trust.Rulebook{RefundPercent: 60, MinCustomers: 5}, past: slices.Concat(sold("ada", 5, 3), sold("bruno", 20, 11)), want: []string{"repeat_refunds ada 40 refund_share:40"}},
		"an account that was opened": {
			past: moved, want: []string{"repeat_refunds ada 40 refund_share:40"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, orders := range [][]trust.Past{tt.past, append(slices.Clone(tt.past), tt.past...)} {
				if diff := cmp.Diff(tt.want, summary(tt.book.Refunds(orders))); diff != "" {
					t.Errorf("suspicions of %d orders (-want +got):\n%s", len(orders), diff)
				}
			}
		})
	}
}

func TestRulebookPoints(t *testing.T) {
	t.Parallel()
	p := parties(t, trust.Party{Creator: "ada", Shop: "demo.example", Customer: whoever("ada")})
	book := trust.Rulebook{Points: map[trust.Reason]int{trust.OwnAccount: 0, trust.OwnEmail: 0, trust.OwnPayment: 0, trust.OwnPhone: 30, trust.OwnAddress: 1}}
	require.NoError(t, book.Validate())
	want := []string{"self_dealing ada 81 own_phone:30 own_visitor:50 own_address:1"}
	if diff := cmp.Diff(want, summary(book.SelfDealing(order(whoever("ada")), p))); diff != "" {
		t.Errorf("suspicions (-want +got):\n%s", diff)
	}
	off := trust.Rulebook{Points: map[trust.Reason]int{trust.StaffOrder: 0}}
	if got := off.SelfDealing(order(attribution.Customer{Staff: true}), p); got != nil {
		t.Errorf("all rules that speak are off: %v", summary(got))
	}
}

func TestRulebookFaults(t *testing.T) {
	t.Parallel()
	require.NoError(t, trust.Rulebook{}.Validate())
	err := trust.Rulebook{
		Points: map[trust.Reason]int{trust.OwnEmail: 101, trust.NoClick: 5, "mood": 5, trust.OwnPhone: -1, trust.OwnAddress: 100},
		Crowd:  -1, RefundPercent: 101, MinCustomers: -1,
	}.Validate()
	want := []string{
		"points.mood rulebook.points", "points.no_click rulebook.points", "points.own_email rulebook.points", "points.own_phone rulebook.points",
		"crowd rulebook.crowd", "refund_percent rulebook.refund_percent", "min_customers rulebook.min_customers",
	}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// A signal's message goes to logs and to pages, where nobody's data belongs.
func TestSignalsNameNobody(t *testing.T) {
	t.Parallel()
	p := parties(t, trust.Party{Creator: "ada", Shop: "demo.example", Customer: whoever("ada")})
	twin := whoever("ada")
	twin.ID, twin.Email = "account of b", "e-mail of b"
	refunds := sold("ada", 20, 10)
	for i := range refunds[:5] {
		refunds[i].Customer = twin
	}
	book := trust.Rulebook{MinCustomers: 5}
	suspicions := slices.Concat(book.SelfDealing(order(whoever("ada")), p), book.Duplicates(order(whoever("ada")), []trust.Past{past(1, twin)}), book.Refunds(refunds))
	require.Len(t, suspicions, 3)
	for _, s := range suspicions {
		signal := s.Signal()
		if diff := cmp.Diff(attribution.Signal{Code: s.Code, Creator: "ada", Score: s.Score, Message: signal.Message}, signal); diff != "" {
			t.Errorf("signal (-want +got):\n%s", diff)
		}
		for _, told := range []string{" of ada", " of b", "demo", "customer 1", identity().Email("ada@demo.example")} {
			if strings.Contains(signal.Message, told) {
				t.Errorf("%q tells %q", signal.Message, told)
			}
		}
		for _, points := range s.Points {
			if !strings.Contains(signal.Message, fmt.Sprintf("%s (%d points)", points.Message, points.Points)) {
				t.Errorf("%q leaves out %q", signal.Message, points.Message)
			}
		}
	}
}
