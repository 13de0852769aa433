package attributiontest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func testSettle[Tx any](h *harness[Tx]) {
	h.accept("a", "b")
	var applied []string
	batch := h.settleAll(func(ctx context.Context, tx Tx, d attribution.Stored) (attribution.Outcome, error) {
		applied = append(applied, d.ID)
		if d.ID == "b" {
			return attribution.Outcome{Status: attribution.StatusDuplicate}, nil
		}
		return processed("order-a"), h.PutOrder(ctx, tx, record("order-a"))
	})
	h.same("applied in turn", []string{"a", "b"}, applied)
	h.same("what waits", []string{}, h.waitingIDs())
	h.stands(batch[0].Seq, attribution.StatusProcessed, true)
	h.stands(batch[1].Seq, attribution.StatusDuplicate, true)
	h.inTx(func(ctx context.Context, tx Tx) error {
		_, err := h.Order(ctx, tx, "order-a")
		return err
	})
}

// failing applies deliveries with an effect each and lets the one named "bad" fail
// after its effect.
func (h *harness[Tx]) failing(fail error) []attribution.Stored {
	h.Helper()
	return h.settleAll(func(ctx context.Context, tx Tx, d attribution.Stored) (attribution.Outcome, error) {
		if first, err := h.Claim(ctx, tx, d.ID); err != nil || !first {
			h.Errorf("Claim(%s) = %t, %v, want it new", d.ID, first, err)
		}
		if err := h.PutOrder(ctx, tx, record(byline.OrderID(d.ID))); err != nil {
			h.Errorf("PutOrder(%s): %v", d.ID, err)
		}
		if d.ID == "bad" {
			return processed("bad"), fail
		}
		return processed(byline.OrderID(d.ID)), nil
	})
}

// keptOnlyGood checks that the orders of the good deliveries are there, and no other.
func (h *harness[Tx]) keptOnlyGood() {
	h.Helper()
	h.inTx(func(ctx context.Context, tx Tx) error {
		_, bad := h.Order(ctx, tx, "bad")
		h.is("the order of the failed delivery", bad, byline.ErrNotFound)
		_, before := h.Order(ctx, tx, "before")
		_, after := h.Order(ctx, tx, "after")
		return errors.Join(before, after)
	})
}

func testPermanent[Tx any](h *harness[Tx]) {
	h.accept("before", "bad", "after")
	batch := h.failing(fmt.Errorf("no order in it: %w", byline.ErrInvalid))
	h.same("what waits", []string{}, h.waitingIDs())
	h.stands(batch[0].Seq, attribution.StatusProcessed, true)
	h.stands(batch[1].Seq, attribution.StatusFailed, true)
	h.stands(batch[2].Seq, attribution.StatusProcessed, true)
	h.keptOnlyGood()
}

func testPassing[Tx any](h *harness[Tx]) {
	h.accept("before", "bad", "after")
	for attempts, fail := range []error{
		errors.New("the database is away"),
		fmt.Errorf("somebody was faster: %w", byline.ErrConflict),
	} {
		h.failing(fail)
		h.same("what waits", []string{"bad"}, h.waitingIDs())
		h.same("attempts", attempts+1, h.waiting()[0].Attempts)
	}
	seq := h.waiting()[0].Seq
	h.failing(nil)
	h.stands(seq, attribution.StatusProcessed, true)
	h.same("what waits in the end", []string{}, h.waitingIDs())
}

func testSettledTwice[Tx any](h *harness[Tx]) {
	h.accept("a")
	calls := 0
	apply := func(context.Context, Tx, attribution.Stored) (attribution.Outcome, error) {
		calls++
		return processed(), nil
	}
	batch := h.settleAll(apply)
	if err := h.Settle(h.Context(), batch, apply); err != nil {
		h.Errorf("Settle again: %v", err)
	}
	if err := h.Settle(h.Context(), nil, apply); err != nil {
		h.Errorf("Settle of nothing: %v", err)
	}
	h.same("calls", 1, calls)
}

func testCancelled[Tx any](h *harness[Tx]) {
	h.accept("a")
	ctx, cancel := context.WithCancel(h.Context())
	err := h.Settle(ctx, h.waiting(), func(ctx context.Context, tx Tx, _ attribution.Stored) (attribution.Outcome, error) {
		if _, err := h.Claim(ctx, tx, "key"); err != nil {
			h.Errorf("Claim: %v", err)
		}
		cancel()
		return attribution.Outcome{}, ctx.Err()
	})
	h.is("Settle", err, context.Canceled)
	h.same("what waits", []string{"a"}, h.waitingIDs())
	h.same("attempts", 0, h.waiting()[0].Attempts)
	h.inTx(func(ctx context.Context, tx Tx) error {
		if first, err := h.Claim(ctx, tx, "key"); err != nil || !first {
			return fmt.Errorf("claim = %t, %w, want it new", first, err)
		}
		return nil
	})
}

func testClaim[Tx any](h *harness[Tx]) {
	h.accept("a", "b")
	var first []bool
	claim := func(ctx context.Context, tx Tx, key string) {
		ok, err := h.Claim(ctx, tx, key)
		if err != nil {
			h.Errorf("Claim(%s): %v", key, err)
		}
		first = append(first, ok)
	}
	h.settleAll(func(ctx context.Context, tx Tx, _ attribution.Stored) (attribution.Outcome, error) {
		claim(ctx, tx, "k")
		claim(ctx, tx, "k")
		return processed(), nil
	})
	h.accept("c")
	h.settleAll(func(ctx context.Context, tx Tx, _ attribution.Stored) (attribution.Outcome, error) {
		claim(ctx, tx, "k")
		claim(ctx, tx, "K")
		return processed(), nil
	})
	h.same("claims", []bool{true, false, false, false, false, true}, first)
}

func testOrder[Tx any](h *harness[Tx]) {
	first, second := record("shop:1"), record("shop:1")
	second.Order.Number = "#2"
	second.Decision.Credits = second.Decision.Credits[:1]
	bare := attribution.Record{Order: attribution.Order{ID: "shop:2", Shop: "a.example", Refunds: first.Order.Refunds}}
	h.inTx(func(ctx context.Context, tx Tx) error {
		_, err := h.Order(ctx, tx, "shop:1")
		h.is("an order that is none", err, byline.ErrNotFound)
		for _, want := range []attribution.Record{first, second, bare} {
			if err := h.PutOrder(ctx, tx, want); err != nil {
				return err
			}
			got, err := h.Order(ctx, tx, want.Order.ID)
			if err != nil {
				return err
			}
			h.same("in the same unit", want, got)
		}
		h.is("an order without an id", h.PutOrder(ctx, tx, attribution.Record{}), byline.ErrInvalid)
		return nil
	})
	h.inTx(func(ctx context.Context, tx Tx) error {
		got, err := h.Order(ctx, tx, "shop:1")
		h.same("in the next unit", second, got)
		return err
	})
}

// record has a bit of everything that must come back: nanoseconds, a zone, shares of
// one third, a code that needs escaping, missing times.
func record(id byline.OrderID) attribution.Record {
	placed := time.Date(2026, 11, 1, 10, 0, 0, 123456789, time.FixedZone("CET", 3600))
	eur := func(minor int64) byline.Money { return byline.Minor(minor, byline.EUR) }
	o := attribution.Order{
		ID: id, Shop: "a.example", Number: "#1001", PlacedAt: placed, UpdatedAt: placed.Add(time.Second),
		Payment: attribution.PartiallyRefunded, Currency: byline.EUR, TaxIncluded: true,
		Lines:       []attribution.Line{{ID: "1", Quantity: 3, Removed: 1, Gross: eur(10_000), Discount: eur(1_500), Tax: eur(1_000), DeliveredAt: placed.Add(72 * time.Hour)}},
		DeliveredAt: placed.Add(96 * time.Hour), Shipping: eur(0), ShippingTax: byline.Money{},
		Codes: []attribution.CodeUse{
			{Code: "AVA15", Kind: attribution.Genuine, Discount: eur(1_000)},
			{Code: "BEN<5>", Kind: attribution.Genuine, Discount: eur(500)},
		},
		Touches: []attribution.Touch{{Link: "ava", At: placed.Add(-time.Hour), Source: "landing_page"}},
		Refunds: []attribution.Refund{{ID: "r", At: placed, AsOf: placed, State: attribution.Settled, Cash: eur(300)}},
	}
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ava", Campaign: "autumn", Code: "AVA15", Link: "ava"},
		{Creator: "ben", Campaign: "autumn", Code: "BEN<5>"},
	})
	if err != nil {
		panic(err) // the offers above are wrong
	}
	return attribution.Record{Order: o, Decision: attribution.Decide(o, nil, book, attribution.Policy{})}
}
