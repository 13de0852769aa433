package attributiontest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// customers' own time.
func hour(n int) time.Time { return time.Date(2026, 11, 1, n, 0, 0, 0, time.UTC) }

// standing is an order of a customer that earns for two creators.
func standing(id byline.OrderID, at time.Time, c attribution.Customer) attribution.Record {
	r := record(id)
	r.Order.PlacedAt, r.Order.Customer = at, c
	r.Decision.PlacedAt = at
	return r
}

// cancelled is the same order, which tells later ones nothing any more.
func cancelled(r attribution.Record) attribution.Record {
	r.Order.CancelledAt = r.Order.PlacedAt
	r.Decision.Standing, r.Decision.Earning = attribution.StandingCancelled, byline.Money{}
	return r
}

func (h *harness[Tx]) putRecords(records ...attribution.Record) {
	h.Helper()
	h.unit(func(ctx context.Context, tx Tx) error {
		for _, r := range records {
			if err := h.PutOrder(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// marked lists the orders of a mark, "-" behind those that do not stand.
func (h *harness[Tx]) marked(mark string, span attribution.Span) string {
	h.Helper()
	var ids []string
	h.unit(func(ctx context.Context, tx Tx) error {
		found, err := h.Marked(ctx, tx, mark, span)
		for _, p := range found {
			id := string(p.Place.ID)
			if !p.Stands {
				id += "-"
			}
			ids = append(ids, id)
		}
		return err
	})
	return strings.Join(ids, " ")
}

func testMarked[Tx any](h *harness[Tx]) {
	c := attribution.Customer{ID: "7", Email: "e1.x"}
	a, b, b2, d := standing("a", hour(1), c), standing("b", hour(2), c), cancelled(standing("b2", hour(2), c)), standing("d", hour(4), c)
	other := standing("c", hour(3), attribution.Customer{ID: "7", Email: "e1.y"})
	other.Order.Shop = "b.example"
	h.putRecords(d, b2, a, other, b, attribution.Record{Order: attribution.Order{ID: "none", Shop: "a.example", Customer: c}})
	email := a.Order.CustomerMarks()[1]
	place := func(r attribution.Record) attribution.Place { return r.Order.Place() }
	for name, c := range map[string]struct {
		span attribution.Span
		want string
	}{
		"all":                         {attribution.Span{}, "none- a b b2- d"},
		"the latest first":            {attribution.Span{Latest: true}, "d b2- b a none-"},
		"after one":                   {attribution.Span{After: place(b)}, "b2- d"},
		"before one":                  {attribution.Span{Before: place(b2)}, "none- a b"},
		"before, latest":              {attribution.Span{Before: place(d), Latest: true, Most: 2}, "b2- b"},
		"between":                     {attribution.Span{After: place(a), Before: place(d)}, "b b2-"},
		"an instant":                  {attribution.Span{After: attribution.Place{At: hour(2)}, Before: attribution.Place{At: hour(4)}}, "b b2-"},
		"those that stand":            {attribution.Span{Standing: true}, "a b d"},
		"standing, latest":            {attribution.Span{Standing: true, Latest: true, Most: 1}, "d"},
		"standing, latest before one": {attribution.Span{Standing: true, Latest: true, Before: place(d)}, "b a"},
		"the second to stand":         {attribution.Span{Standing: true, Skip: 1, Most: 1}, "b"},
		"beyond the last":             {attribution.Span{Skip: 9, Most: 1}, ""},
	} {
		h.same(name, c.want, h.marked(email, c.span))
	}
	h.same("the account", "none- a b b2- d", h.marked(a.Order.CustomerMarks()[0], attribution.Span{}))
	h.same("the account of another shop", "c", h.marked(other.Order.CustomerMarks()[0], attribution.Span{}))
	h.same("nobody's", "", h.marked("person:nobody", attribution.Span{}))
	h.unit(func(ctx context.Context, tx Tx) error {
		found, err := h.Marked(ctx, tx, email, attribution.Span{Before: place(b2)})
		h.same("what they tell", []attribution.Past{{Place: attribution.Place{ID: "none"}}, a.Trace().Past, b.Trace().Past}, found)
		return err
	})
}

func testMarksFollow[Tx any](h *harness[Tx]) {
	first := standing("a", hour(1), attribution.Customer{Email: "e1.x"})
	mark, code := first.Order.CustomerMarks()[0], "code:"+attribution.NormalizeCode("ava15")
	first.History = &attribution.History{
		Touches: []attribution.Touch{{ID: "c", Link: "ava", At: hour(0), Verified: true}}, Customer: attribution.NewCustomer,
		Credits: []attribution.PastCredit{{Order: "o", Creator: "ava", Campaign: "autumn", At: hour(0)}}, Uses: map[string]int64{"X": 2},
		Signals: []attribution.Signal{{Code: "leak", Score: 3}},
	}
	first.Kin = []byline.OrderID{"k1", "k2"}
	h.putRecords(first, first)
	h.same("by its code", "a", h.marked(code, attribution.Span{}))
	h.same("by its kin", "a", h.marked(attribution.KinMark("k2"), attribution.Span{}))
	h.unit(func(ctx context.Context, tx Tx) error {
		got, err := h.Order(ctx, tx, "a")
		h.same("the record", first, got)
		return err
	})
	second := cancelled(standing("a", hour(2), attribution.Customer{Email: "e1.y"}))
	second.Order.Codes = nil
	h.putRecords(second)
	h.same("by what it was", "", h.marked(mark, attribution.Span{})+h.marked(code, attribution.Span{})+h.marked(attribution.KinMark("k2"), attribution.Span{}))
	h.same("by what it is", "a-", h.marked(second.Order.CustomerMarks()[0], attribution.Span{}))
	err := h.InTx(h.Context(), func(ctx context.Context, tx Tx) error {
		return errors.Join(h.PutOrder(ctx, tx, first), errors.New("and then it failed"))
	})
	h.same("a unit that fails", true, err != nil)
	h.same("by what it would have been", "", h.marked(mark, attribution.Span{}))
}

func testAlias[Tx any](h *harness[Tx]) {
	resolve := func(shop string, id byline.OrderID) byline.OrderID {
		var order byline.OrderID
		h.unit(func(ctx context.Context, tx Tx) error {
			var err error
			order, err = h.Resolve(ctx, tx, shop, id)
			return err
		})
		return order
	}
	payment := standing("pi", hour(1), attribution.Customer{Email: "e1.x"})
	h.putRecords(standing("in", hour(1), attribution.Customer{}), payment)
	h.same("before", byline.OrderID("pi"), resolve("a.example", "pi"))
	h.unit(func(ctx context.Context, tx Tx) error {
		return errors.Join(
			h.Link(ctx, tx, "a.example", attribution.Alias{Order: "in", Also: "pi"}), h.Link(ctx, tx, "a.example", attribution.Alias{Order: "in", Also: "pi"}),
			h.Link(ctx, tx, "a.example", attribution.Alias{Order: "in", Also: "ch"}))
	})
	h.same("after", byline.OrderID("in"), resolve("a.example", "pi"))
	h.same("the order itself", byline.OrderID("in"), resolve("a.example", "in"))
	h.same("in another shop", byline.OrderID("pi"), resolve("b.example", "pi"))
	h.same("its marks", "", h.marked(payment.Order.CustomerMarks()[0], attribution.Span{}))
	h.unit(func(ctx context.Context, tx Tx) error {
		_, gone := h.Order(ctx, tx, "pi")
		h.is("its record", gone, byline.ErrNotFound)
		_, kept := h.Order(ctx, tx, "in")
		also, err := h.Aliases(ctx, tx, "a.example", "in")
		h.same("aliases", []byline.OrderID{"ch", "pi"}, also)
		none, noneErr := h.Aliases(ctx, tx, "b.example", "in")
		h.same("aliases in another shop", 0, len(none))
		return errors.Join(kept, err, noneErr)
	})
}

func click(id string, at time.Time) attribution.Touch {
	return attribution.Touch{ID: id, Link: "ava", At: at, Source: attribution.SourceRedirect, Verified: true, UTM: attribution.UTM{Campaign: "<autumn>"}}
}

// clicked is an order that carries click ids.
func clicked(c attribution.Customer, ids ...string) attribution.Order {
	o := attribution.Order{ID: "o", Shop: "a.example", PlacedAt: hour(5), Customer: c}
	for _, id := range ids {
		o.Touches = append(o.Touches, attribution.Touch{ID: id, At: hour(5)})
	}
	return o
}

// touched lists the ids of the touches that a store recalls for an order.
func (h *harness[Tx]) touched(o attribution.Order) string {
	h.Helper()
	var ids []string
	h.unit(func(ctx context.Context, tx Tx) error {
		found, err := h.Touches(ctx, tx, o)
		for _, t := range found {
			ids = append(ids, t.ID)
		}
		return err
	})
	return strings.Join(ids, " ")
}

func testTouches[Tx any](h *harness[Tx]) {
	keep := func(shop string, who attribution.Customer, t attribution.Touch) {
		h.is("RecordOf", h.RecordOf(h.Context(), shop, who, t), nil)
	}
	h.is("Record", h.Record(h.Context(), click("c1", hour(1))), nil)
	h.is("Record", h.Record(h.Context(), click("c1", hour(1))), nil)
	keep("", attribution.Customer{Visitor: "v"}, click("c1", hour(1)))
	keep("", attribution.Customer{Visitor: "v"}, click("c2", hour(2)))
	keep("a.example", attribution.Customer{ID: "7", Email: "e1.x", Phone: "p1.x"}, click("c3", hour(3)))
	keep("", attribution.Customer{Visitor: "v"}, click("late", hour(6)))
	page := attribution.Touch{Kind: attribution.ByPage, Page: "/ava", At: time.Date(2026, 11, 1, 4, 0, 0, 1000, time.FixedZone("", 3600))}
	keep("", attribution.Customer{Visitor: "w"}, page)
	forgotten := clicked(attribution.Customer{Visitor: "v"}, "c1")
	forgotten.Forgotten = true
	elsewhere := clicked(attribution.Customer{ID: "7"})
	elsewhere.Shop = "b.example"
	unplaced := clicked(attribution.Customer{Visitor: "v"}, "late")
	unplaced.PlacedAt = time.Time{}
	for name, c := range map[string]struct {
		order attribution.Order
		want  string
	}{
		"by click id":                            {clicked(attribution.Customer{}, "c1", "c3", "unknown"), "c1 c3"},
		"by browser":                             {clicked(attribution.Customer{Visitor: "v"}), "c1 c2"},
		"by account":                             {clicked(attribution.Customer{ID: "7"}), "c3"},
		"by e-mail key":                          {clicked(attribution.Customer{Email: "e1.x"}), "c3"},
		"by phone key":                           {clicked(attribution.Customer{Phone: "p1.x"}), "c3"},
		"by all at once":                         {clicked(attribution.Customer{ID: "7", Email: "e1.x", Visitor: "v"}, "c1"), "c1 c2 c3"},
		"a click after the order":                {clicked(attribution.Customer{}, "late"), "late"},
		"of an order that has no time":           {unplaced, "late"},
		"of an account of another shop":          {elsewhere, ""},
		"of a person who was forgotten":          {forgotten, "c1"},
		"of a customer of whom nothing is known": {clicked(attribution.Customer{}), ""},
	} {
		h.same(name, c.want, h.touched(c.order))
	}
	h.unit(func(ctx context.Context, tx Tx) error {
		found, err := h.Touches(ctx, tx, clicked(attribution.Customer{Visitor: "w"}, "c1"))
		page.At = page.At.UTC()
		h.same("as they were recorded", []attribution.Touch{click("c1", hour(1)), page}, found)
		return err
	})
}

func testManyTouches[Tx any](h *harness[Tx]) {
	const all = attribution.MaxRecalled + 20
	together(all, func(i int) {
		at := hour(1).Add(time.Duration(i) * time.Second)
		h.is("RecordOf", h.RecordOf(h.Context(), "", attribution.Customer{Visitor: "v"}, click(fmt.Sprintf("%03d", i), at)), nil)
	})
	ids := strings.Fields(h.touched(clicked(attribution.Customer{Visitor: "v"})))
	h.same("how many are recalled", attribution.MaxRecalled, len(ids))
	h.same("the earliest and the latest", []string{"020", fmt.Sprintf("%03d", all-1)}, []string{ids[0], ids[len(ids)-1]})
}

func testTouchesRefused[Tx any](h *harness[Tx]) {
	for name, t := range map[string]attribution.Touch{
		"nobody's":          {Link: "ava", At: hour(1)},
		"without a time":    {ID: "c", Link: "ava"},
		"not a touch":       {ID: "c", Kind: attribution.ByCode, At: hour(1)},
		"of the year 10000": {ID: "c", At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		h.is(name, h.Record(h.Context(), t), byline.ErrInvalid)
	}
	h.same("what was kept", "", h.touched(clicked(attribution.Customer{}, "c")))
}

func testForgetTouches[Tx any](h *harness[Tx]) {
	for i := range 5 {
		h.is("RecordOf", h.RecordOf(h.Context(), "", attribution.Customer{Visitor: "v"}, click(fmt.Sprint(i), hour(i))), nil)
	}
	forget := func(before time.Time) int {
		n, err := h.ForgetTouches(h.Context(), before)
		h.is("ForgetTouches", err, nil)
		return n
	}
	h.same("forgotten", []int{3, 0}, []int{forget(hour(3)), forget(hour(3))})
	h.same("left", "3 4", h.touched(clicked(attribution.Customer{Visitor: "v"}, "0")))
}
