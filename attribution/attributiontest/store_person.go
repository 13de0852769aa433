package attributiontest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// person is an order with all by which somebody can be known.
func person(id byline.OrderID) attribution.Record {
	r := standing(id, hour(5), attribution.Customer{
		ID: "her account", Email: "e1.her", Phone: "p1.her", Address: "a1.her", Payment: "m1.her", Visitor: "her browser", Wholesale: true,
	})
	r.Order.Touches = []attribution.Touch{
		{ID: "her click", At: hour(5)}, {ID: "her unknown click", At: hour(5)}, {ID: "her other click", Link: "ava", At: hour(4)},
	}
	r.Order.Claims = []attribution.Claim{{ID: "survey", Kind: attribution.BySurvey, Creator: "ava", Reason: "in her own words", At: hour(6), AsOf: hour(6)}}
	r.History = &attribution.History{
		Touches: []attribution.Touch{{ID: "her click", Link: "ava", At: hour(2), Verified: true}, {ID: "her bare click", At: hour(2)}},
		Credits: []attribution.PastCredit{{Order: "earlier", Creator: "ava", At: hour(1)}}, Customer: attribution.ReturningCustomer,
	}
	book, err := attribution.NewBook([]attribution.Offer{{Creator: "ava", Campaign: "autumn", Code: "AVA15", Link: "ava"}})
	if err != nil {
		panic(err) // the offer above is wrong
	}
	r.Decision = attribution.Decide(r.Order, r.History, book, attribution.Policy{})
	return r
}

func (h *harness[Tx]) redact(r attribution.Redaction) {
	h.Helper()
	h.unit(func(ctx context.Context, tx Tx) error { return h.Redact(ctx, tx, r) })
}

func (h *harness[Tx]) kept(id byline.OrderID) attribution.Record {
	h.Helper()
	var r attribution.Record
	h.unit(func(ctx context.Context, tx Tx) error {
		var err error
		r, err = h.Order(ctx, tx, id)
		return err
	})
	return r
}

func testRedactPerson[Tx any](h *harness[Tx]) {
	her := person("hers")
	h.putRecords(her)
	for _, who := range []attribution.Customer{{Visitor: "her browser"}, {Email: "e1.her"}, {Visitor: "somebody else"}} {
		h.is("RecordOf", h.RecordOf(h.Context(), "a.example", who, click("by "+who.Visitor+who.Email, hour(1))), nil)
	}
	h.is("Record", h.Record(h.Context(), click("her click", hour(2))), nil)
	away := errors.New("and then it failed")
	h.is("a redaction that is undone", h.InTx(h.Context(), func(ctx context.Context, tx Tx) error {
		return errors.Join(h.Redact(ctx, tx, attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{"hers"}}), away)
	}), away)
	h.same("the order, after it was undone", her, h.kept("hers"))
	h.same("the touches, after it was undone", "by e1.her by her browser her click", h.touched(her.Order))

	for range 2 {
		h.redact(attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{"hers"}})
		got := h.kept("hers")
		h.same("the order", her.Forget(), got)
		text, err := json.Marshal(got)
		h.is("the record", err, nil)
		h.same("who it is of", false, strings.Contains(string(text), "her ") || strings.Contains(string(text), ".her"))
		h.same("how it is treated", attribution.Customer{Wholesale: true}, got.Order.Customer)
		h.same("whom it is credited to", her.Decision.Credits, got.Decision.Credits)
		h.same("touches on record", "", h.touched(her.Order))
		for _, mark := range her.Order.CustomerMarks() {
			h.same("orders by "+mark, "", h.marked(mark, attribution.Span{}))
		}
	}
	h.same("what others did", "by somebody else", h.touched(clicked(attribution.Customer{Visitor: "somebody else"})))
	h.is("in the name of another shop", h.InTx(h.Context(), func(ctx context.Context, tx Tx) error {
		return h.Redact(ctx, tx, attribution.Redaction{Shop: "b.example", Orders: []byline.OrderID{"hers"}})
	}), byline.ErrInvalid)
	other := person("of another shop")
	other.Order.Shop = "b.example"
	h.putRecords(person("second"), other)
	h.redact(attribution.Redaction{Shop: "a.example", All: true})
	h.same("all of the shop", []bool{true, true, false}, []bool{h.kept("hers").Order.Forgotten, h.kept("second").Order.Forgotten, h.kept("of another shop").Order.Forgotten})
}

func testRedactUnknown[Tx any](h *harness[Tx]) {
	h.redact(attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{"hers"}})
	tombstone := h.kept("hers")
	h.same("the tombstone", attribution.Order{ID: "hers", Shop: "a.example", Forgotten: true}, tombstone.Order)
	h.same("where it stands", attribution.StandingNoDocument, tombstone.Decision.Standing)
	merged, err := tombstone.Order.Merge(person("hers").Order)
	h.is("the order that arrives", err, nil)
	h.same("its customer", attribution.Customer{Wholesale: true}, merged.Customer)
}

func testRedactAlias[Tx any](h *harness[Tx]) {
	h.putRecords(person("in"))
	h.unit(func(ctx context.Context, tx Tx) error {
		return errors.Join(
			h.Link(ctx, tx, "a.example", attribution.Alias{Order: "in", Also: "pi"}),
			h.Link(ctx, tx, "a.example", attribution.Alias{Order: "in", Also: "ch"}))
	})
	says := func(orders ...byline.OrderID) map[string]int64 {
		seqs := map[string]int64{}
		for _, id := range orders {
			h.steps++
			h.says(strings.Repeat("x", h.steps), string(id))
		}
		h.settleAll(func(_ context.Context, _ Tx, d attribution.Stored) (attribution.Outcome, error) {
			seqs[string(d.Body)] = d.Seq
			return processed(byline.OrderID(d.Body)), nil
		})
		return seqs
	}
	before := says("in", "pi", "ch", "his")
	h.redact(attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{"pi"}})
	after := says("in", "pi", "ch", "his")
	for _, seqs := range []map[string]int64{before, after} {
		h.stands(seqs["in"], attribution.StatusProcessed, false)
		h.stands(seqs["pi"], attribution.StatusProcessed, false)
		h.stands(seqs["ch"], attribution.StatusProcessed, false)
		h.stands(seqs["his"], attribution.StatusProcessed, true)
	}
	h.same("the order", true, h.kept("in").Order.Forgotten)
	h.unit(func(ctx context.Context, tx Tx) error {
		_, err := h.Order(ctx, tx, "pi")
		h.is("a tombstone of the alias", err, byline.ErrNotFound)
		return nil
	})
}

func testKin[Tx any](h *harness[Tx]) {
	c := attribution.Customer{Email: "e1.x", Phone: "p1.x"}
	h.putRecords(standing("1", hour(1), c), standing("2", hour(2), c), standing("3", hour(3), attribution.Customer{Phone: "p1.x"}), standing("other", hour(2), attribution.Customer{Email: "e1.y"}))
	kin := func() map[byline.OrderID][]byline.OrderID {
		all := map[byline.OrderID][]byline.OrderID{}
		for _, id := range []byline.OrderID{"1", "2", "3", "other"} {
			all[id] = h.kept(id).Kin
		}
		return all
	}
	h.redact(attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{"2"}})
	h.same("kin of one forgotten", map[byline.OrderID][]byline.OrderID{"1": nil, "2": {"1"}, "3": {"2"}, "other": nil}, kin())
	h.same("who knows it", "3", h.marked(attribution.KinMark("2"), attribution.Span{}))
	h.redact(attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{"1", "3", "2"}})
	h.same("kin of all forgotten", map[byline.OrderID][]byline.OrderID{"1": nil, "2": {"1"}, "3": {"1", "2"}, "other": nil}, kin())
	h.same("who knows the first", "2 3", h.marked(attribution.KinMark("1"), attribution.Span{}))
}
