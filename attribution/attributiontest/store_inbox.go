package attributiontest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func testReceipts[Tx any](h *harness[Tx]) {
	first := delivery("a", "one")
	otherBody, otherTopic, otherSource := first, first, first
	otherBody.Body = []byte("two")
	otherTopic.Topic = "orders/updated"
	otherSource.Source = "another shop"

	h.put(attribution.Accepted, first)
	h.put(attribution.Duplicate, first)
	h.put(attribution.Quarantined, otherBody)
	h.put(attribution.Quarantined, otherBody)
	h.put(attribution.Quarantined, otherTopic)
	h.put(attribution.Accepted, otherSource)
	h.put(attribution.Duplicate, first)
	h.same("what waits", []string{"a", "a"}, h.waitingIDs())

	h.settleAll(func(context.Context, Tx, attribution.Stored) (attribution.Outcome, error) { return processed(), nil })
	h.put(attribution.Duplicate, first)
	h.put(attribution.Quarantined, otherBody)
	h.same("what waits in the end", []string{}, h.waitingIDs())
}

func testNameless[Tx any](h *harness[Tx]) {
	d := delivery("", "body")
	_, err := h.Put(h.Context(), d)
	h.is("without an id", err, byline.ErrInvalid)
	d.Source, d.ID = "", "a"
	_, err = h.Put(h.Context(), d)
	h.is("without a source", err, byline.ErrInvalid)
	h.same("what waits", []string{}, h.waitingIDs())
}

func testEqualPuts[Tx any](h *harness[Tx]) {
	var accepted, repeated atomic.Int64
	together(32, func(int) {
		switch receipt, err := h.Put(h.Context(), delivery("a", "one")); {
		case err != nil:
			h.Errorf("Put: %v", err)
		case receipt == attribution.Accepted:
			accepted.Add(1)
		case receipt == attribution.Duplicate:
			repeated.Add(1)
		}
	})
	h.same("accepted and repeated", []int64{1, 31}, []int64{accepted.Load(), repeated.Load()})
	h.same("what waits", []string{"a"}, h.waitingIDs())
}

func testManyPuts[Tx any](h *harness[Tx]) {
	together(32, func(i int) {
		for j := range 8 {
			d := delivery(fmt.Sprintf("%d/%d", i, j), "body")
			if receipt, err := h.Put(h.Context(), d); err != nil || receipt != attribution.Accepted {
				h.Errorf("Put(%s) = %q, %v", d.ID, receipt, err)
			}
		}
	})
	seen, last := map[string]bool{}, int64(0)
	for _, d := range h.waiting() {
		if d.Seq <= last {
			h.Errorf("seq %d follows %d", d.Seq, last)
		}
		seen[d.ID], last = true, d.Seq
	}
	h.same("different deliveries that wait", 32*8, len(seen))
}

func testPending[Tx any](h *harness[Tx]) {
	sent := []attribution.Delivery{delivery("c", "1"), delivery("a", "\x00\xff raw"), delivery("b", "")}
	sent[2].Header = nil
	for _, d := range sent {
		h.put(attribution.Accepted, d)
	}
	two, err := h.Pending(h.Context(), 2)
	if err != nil || len(two) != 2 {
		h.Fatalf("Pending(2) = %d deliveries, %v", len(two), err)
	}
	var got []attribution.Delivery
	for _, d := range h.waiting() {
		got = append(got, d.Delivery)
		h.same("attempts of "+d.ID, 0, d.Attempts)
	}
	h.same("what waits", sent, got)
	h.same("the oldest two", got[:2], []attribution.Delivery{two[0].Delivery, two[1].Delivery})
}

func testFairness[Tx any](h *harness[Tx]) {
	h.accept("a", "b")
	passing := func(context.Context, Tx, attribution.Stored) (attribution.Outcome, error) {
		return attribution.Outcome{}, errors.New("a setting is missing")
	}
	h.settleAll(passing)
	if err := h.Settle(h.Context(), h.waiting()[:1], passing); err != nil {
		h.Fatalf("Settle: %v", err)
	}
	h.accept("c", "d")
	h.same("what waits", []string{"c", "d", "b", "a"}, h.waitingIDs())
}

func testReplay[Tx any](h *harness[Tx]) {
	h.accept("a")
	seq := h.waiting()[0].Seq
	h.is("replay of one that waits", h.Replay(h.Context(), seq), byline.ErrConflict)
	h.is("replay of none", h.Replay(h.Context(), seq+100), byline.ErrNotFound)
	_, _, err := h.Delivery(h.Context(), seq+100)
	h.is("a delivery that is none", err, byline.ErrNotFound)

	claim := func(fail error) {
		h.settleAll(func(ctx context.Context, tx Tx, _ attribution.Stored) (attribution.Outcome, error) {
			if first, err := h.Claim(ctx, tx, "key"); err != nil || !first {
				h.Errorf("Claim = %t, %v, want it new", first, err)
			}
			return processed(), fail
		})
	}
	claim(fmt.Errorf("unreadable: %w", byline.ErrInvalid))
	h.stands(seq, attribution.StatusFailed, true)
	if err := h.Replay(h.Context(), seq); err != nil {
		h.Fatalf("Replay: %v", err)
	}
	h.same("what waits", []string{"a"}, h.waitingIDs())
	claim(nil)
	h.stands(seq, attribution.StatusProcessed, true)
	h.is("replay of a processed one", h.Replay(h.Context(), seq), byline.ErrConflict)
}
