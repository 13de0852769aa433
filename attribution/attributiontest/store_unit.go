package attributiontest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// unit runs a step in a unit of work of no delivery.
func (h *harness[Tx]) unit(step func(ctx context.Context, tx Tx) error) {
	h.Helper()
	if err := h.InTx(h.Context(), step); err != nil {
		h.Fatalf("in a unit of work: %v", err)
	}
}

func testInTx[Tx any](h *harness[Tx]) {
	work := func(fail error) error {
		return h.InTx(h.Context(), func(ctx context.Context, tx Tx) error {
			first, err := h.Claim(ctx, tx, "key")
			if err != nil || !first {
				return fmt.Errorf("claim = %t, %w, want it new", first, err)
			}
			alias := attribution.Alias{Order: "order", Also: "also"}
			return errors.Join(h.PutOrder(ctx, tx, record("order")), h.Link(ctx, tx, "a.example", alias), fail)
		})
	}
	away := errors.New("something else went wrong")
	h.is("a unit that fails", work(away), away)
	h.unit(func(ctx context.Context, tx Tx) error {
		_, err := h.Order(ctx, tx, "order")
		h.is("an order of a unit that failed", err, byline.ErrNotFound)
		stands, err := h.Resolve(ctx, tx, "a.example", "also")
		h.same("an alias of a unit that failed", byline.OrderID("also"), stands)
		return err
	})
	h.is("the unit again", work(nil), nil)
	h.unit(func(ctx context.Context, tx Tx) error {
		_, err := h.Order(ctx, tx, "order")
		return err
	})
	ctx, cancel := context.WithCancel(h.Context())
	cancel()
	h.is("a unit without time", h.InTx(ctx, func(context.Context, Tx) error { return nil }), context.Canceled)
}

// parallel is how many units of work contend, each many times.
const (
	parallel = 8
	contests = 6
)

// contend lets all deliveries be settled by several workers at once, each until none
// waits. One that meets a conflict tries again.
func (h *harness[Tx]) contend(apply attribution.ApplyFunc[Tx]) {
	h.Helper()
	for i := range parallel * contests {
		h.accept(fmt.Sprintf("%03d", i))
	}
	together(parallel, func(worker int) {
		for range 100 * parallel * contests {
			waiting, err := h.Pending(h.Context(), 2*parallel)
			if err != nil || len(waiting) == 0 {
				h.is("Pending", err, nil)
				return
			}
			at := worker % len(waiting)
			err = h.Settle(h.Context(), waiting[at:at+1], apply)
			if err != nil && !errors.Is(err, byline.ErrConflict) {
				h.Errorf("Settle: %v", err)
				return
			}
		}
		h.Errorf("worker %d found no end", worker)
	})
	h.same("what waits", []string{}, h.waitingIDs())
}

// testOneOrder lets every unit of work learn something else of one order. A store that
// lets two of them read it and then both write it loses what the first wrote.
func testOneOrder[Tx any](h *harness[Tx]) {
	h.contend(func(ctx context.Context, tx Tx, d attribution.Stored) (attribution.Outcome, error) {
		refund := attribution.Refund{ID: d.ID, At: d.ReceivedAt, AsOf: d.ReceivedAt, State: attribution.Settled}
		piece := attribution.Order{ID: "one", Shop: "a.example", Refunds: []attribution.Refund{refund}}
		known, err := h.Order(ctx, tx, "one")
		if errors.Is(err, byline.ErrNotFound) {
			known.Order, err = piece, nil
		}
		if err != nil {
			return attribution.Outcome{}, err
		}
		known.Order, err = known.Order.Merge(piece)
		if err != nil {
			return attribution.Outcome{}, err
		}
		return processed("one"), h.PutOrder(ctx, tx, known)
	})
	h.unit(func(ctx context.Context, tx Tx) error {
		r, err := h.Order(ctx, tx, "one")
		h.same("what was learnt", parallel*contests, len(r.Order.Refunds))
		return err
	})
}

// testOneMark lets every unit of work count the orders of a customer and add one. Two
// that count the same have not seen each other, as happens where transactions that read
// the same rows may all add to them.
func testOneMark[Tx any](h *harness[Tx]) {
	h.contend(func(ctx context.Context, tx Tx, d attribution.Stored) (attribution.Outcome, error) {
		id := byline.OrderID(d.ID)
		o := attribution.Order{ID: id, Shop: "a.example", PlacedAt: d.ReceivedAt, UpdatedAt: d.ReceivedAt, Customer: attribution.Customer{Email: "e1.one"}}
		before, err := h.Marked(ctx, tx, o.CustomerMarks()[0], attribution.Span{})
		if err != nil {
			return attribution.Outcome{}, err
		}
		o.Number = strconv.Itoa(len(before))
		return processed(id), h.PutOrder(ctx, tx, attribution.Record{Order: o})
	})
	var counted []string
	h.unit(func(ctx context.Context, tx Tx) error {
		for i := range parallel * contests {
			r, err := h.Order(ctx, tx, byline.OrderID(fmt.Sprintf("%03d", i)))
			if err != nil {
				return err
			}
			counted = append(counted, r.Order.Number)
		}
		return nil
	})
	slices.Sort(counted)
	h.same("different counts", parallel*contests, len(slices.Compact(counted)))
}

func testCursor[Tx any](h *harness[Tx]) {
	at := time.Date(2026, 11, 22, 10, 0, 0, 123456000, time.FixedZone("CET", 3600))
	read := func(name string) time.Time {
		got, err := h.Cursor(h.Context(), name)
		h.is("Cursor", err, nil)
		return got
	}
	h.same("a cursor that is none", time.Time{}, read("shop"))
	for _, want := range []time.Time{at, at.Add(time.Hour), at.Add(-time.Hour)} {
		h.is("PutCursor", h.PutCursor(h.Context(), "shop", want), nil)
		h.same("the cursor", want.UTC(), read("shop"))
	}
	h.same("another cursor", time.Time{}, read("shop 2"))
}
