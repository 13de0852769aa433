package attribution_test

import (
	"slices"
	"testing"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// boughtBefore is an order of the customer, placed a day before paidOrder.
func boughtBefore(c attribution.Customer) attribution.Order {
	o := paidOrder()
	o.ID, o.Customer, o.PlacedAt = "shop:900", c, placed.AddDate(0, 0, -1)
	return o
}

func TestStatusOf(t *testing.T) {
	t.Parallel()
	i := identity()
	email, phone := i.Email(demoEmail), i.Phone(demoPhone, "DE")
	account := attribution.Customer{ID: "7"}
	guest := attribution.Customer{Email: email}
	tests := map[string]struct {
		before, now attribution.Customer
		change      func(before, now *attribution.Order)
		want        attribution.CustomerStatus
	}{
		"the same account":                   {before: account, now: account, want: attribution.ReturningCustomer},
		"another account":                    {before: account, now: attribution.Customer{ID: "8"}, want: attribution.NewCustomer},
		"an account of that name elsewhere":  {before: account, now: account, change: func(b, _ *attribution.Order) { b.Shop = "demo.test" }, want: attribution.NewCustomer},
		"a guest again":                      {before: guest, now: guest, want: attribution.ReturningCustomer},
		"a guest again, in other spelling":   {before: attribution.Customer{Email: i.Email("Ada+news@DEMO.example ")}, now: guest, want: attribution.ReturningCustomer},
		"a guest again, at another shop":     {before: guest, now: guest, change: func(b, _ *attribution.Order) { b.Shop = "demo.test" }, want: attribution.ReturningCustomer},
		"a guest who opened an account":      {before: guest, now: attribution.Customer{ID: "7", Email: email}, want: attribution.ReturningCustomer},
		"a member who ordered as a guest":    {before: attribution.Customer{ID: "7", Email: email}, now: guest, want: attribution.ReturningCustomer},
		"a member with a new e-mail address": {before: attribution.Customer{ID: "7", Email: email}, now: attribution.Customer{ID: "7", Email: i.Email("a@demo.example")}, want: attribution.ReturningCustomer},
		"a guest with a new e-mail address":  {before: attribution.Customer{Email: email, Phone: phone}, now: attribution.Customer{Email: i.Email("a@demo.example"), Phone: phone}, want: attribution.ReturningCustomer},
		"another guest":                      {before: guest, now: attribution.Customer{Email: i.Email("bruno@demo.example")}, want: attribution.NewCustomer},
		"guests of whom nothing is known":    {want: attribution.CustomerUnknown},
		"a guest after one of whom nothing is known": {
			now: guest, want: attribution.NewCustomer,
		},
		"known by payment, address and browser alone": {
			before: attribution.Customer{Email: email, Payment: "m1.x", Address: "a1.x", Visitor: "v"},
			now:    attribution.Customer{Payment: "m1.x", Address: "a1.x", Visitor: "v"}, want: attribution.CustomerUnknown,
		},
		"the family's card and address": {
			before: attribution.Customer{Email: email, Payment: "m1.x", Address: "a1.x", Visitor: "v"},
			now:    attribution.Customer{Email: i.Email("bruno@demo.example"), Payment: "m1.x", Address: "a1.x", Visitor: "v"}, want: attribution.NewCustomer,
		},
		"forgotten": {
			before: guest, now: guest, change: func(_, n *attribution.Order) { n.Forgotten = true }, want: attribution.CustomerUnknown,
		},
		"before, forgotten": {
			before: guest, now: guest, change: func(b, _ *attribution.Order) { b.Forgotten = true }, want: attribution.NewCustomer,
		},
		"before, at the same instant": {
			before: guest, now: guest, change: func(b, n *attribution.Order) { b.PlacedAt = n.PlacedAt; b.ID = "shop:1000" }, want: attribution.ReturningCustomer,
		},
		"after, at the same instant": {
			before: guest, now: guest, change: func(b, n *attribution.Order) { b.PlacedAt = n.PlacedAt; b.ID = "shop:1002" }, want: attribution.NewCustomer,
		},
		"later": {
			before: guest, now: guest, change: func(b, n *attribution.Order) { b.PlacedAt = n.PlacedAt.Add(1) }, want: attribution.NewCustomer,
		},
		"in another time zone": {
			before: guest, now: guest, change: func(b, n *attribution.Order) {
				b.PlacedAt = n.PlacedAt.Add(-1).In(time.FixedZone("", 14*3600))
			}, want: attribution.ReturningCustomer,
		},
		"the order itself": {
			before: guest, now: guest, change: func(b, n *attribution.Order) { b.ID = n.ID; b.PlacedAt = n.PlacedAt }, want: attribution.NewCustomer,
		},
		"no time": {
			before: guest, now: guest, change: func(_, n *attribution.Order) { n.PlacedAt = time.Time{} }, want: attribution.CustomerUnknown,
		},
		"before, no time": {
			before: guest, now: guest, change: func(b, _ *attribution.Order) { b.PlacedAt = time.Time{} }, want: attribution.NewCustomer,
		},
		"before, a test":               {before: guest, now: guest, change: func(b, _ *attribution.Order) { b.Test = true }, want: attribution.NewCustomer},
		"before, cancelled":            {before: guest, now: guest, change: func(b, _ *attribution.Order) { b.CancelledAt = placed }, want: attribution.NewCustomer},
		"before, never paid":           {before: guest, now: guest, change: func(b, _ *attribution.Order) { b.Payment = attribution.Pending }, want: attribution.NewCustomer},
		"before, refunded whole":       {before: guest, now: guest, change: func(b, _ *attribution.Order) { b.Payment = attribution.Refunded }, want: attribution.NewCustomer},
		"before, refunded in part":     {before: guest, now: guest, change: func(b, _ *attribution.Order) { b.Payment = attribution.PartiallyRefunded }, want: attribution.ReturningCustomer},
		"before, a lead":               {before: guest, now: guest, change: func(b, _ *attribution.Order) { b.Kind = attribution.Lead }, want: attribution.NewCustomer},
		"before, only a refund so far": {before: guest, now: guest, change: func(b, _ *attribution.Order) { b.UpdatedAt = time.Time{} }, want: attribution.NewCustomer},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, now := boughtBefore(tt.before), paidOrder()
			now.Customer = tt.now
			if tt.change != nil {
				tt.change(&before, &now)
			}
			if got := attribution.StatusOf(now, []attribution.EarlierOrder{before.Earlier()}); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// Of one customer's orders exactly the first is new, however the history is written
// down, and whether it holds the order itself.
func TestExactlyOneOrderIsNew(t *testing.T) {
	t.Parallel()
	i := identity()
	customers := []attribution.Customer{
		{Email: i.Email("ada@demo.example")}, {Email: i.Email("Ada@demo.example"), ID: "7"},
		{ID: "7", Email: i.Email("ada@demo.example"), Phone: "p1.x"}, {Phone: "p1.x", Email: i.Email("ada+2@demo.example")},
	}
	var orders []attribution.Order
	var history []attribution.EarlierOrder
	for k, c := range customers {
		o := paidOrder()
		o.ID = byline.OrderID("shop:" + string(rune('a'+k)))
		o.Customer, o.PlacedAt = c, placed.Add(time.Duration(k/2)*time.Hour)
		orders = append(orders, o)
		history = append(history, o.Earlier())
	}
	for range 2 {
		slices.Reverse(history)
		for k, o := range orders {
			want := attribution.ReturningCustomer
			if k == 0 {
				want = attribution.NewCustomer
			}
			if got := attribution.StatusOf(o, history); got != want {
				t.Errorf("order %s: %q, want %q", o.ID, got, want)
			}
		}
	}
	if got := attribution.StatusOf(orders[3], nil); got != attribution.NewCustomer {
		t.Errorf("without history: %q", got)
	}
}
