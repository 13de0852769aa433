package attributiontest

import (
	"context"
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// speaking settles deliveries that are named after the order they speak of, each with
// its effect. One named "redact" asks for a redaction.
func (h *harness[Tx]) speaking(redaction attribution.Redaction, fail error) map[string]int64 {
	h.Helper()
	seqs := map[string]int64{}
	h.settleAll(func(ctx context.Context, tx Tx, d attribution.Stored) (attribution.Outcome, error) {
		seqs[d.ID] = d.Seq
		if strings.HasPrefix(d.ID, "redact") {
			if err := h.Redact(ctx, tx, redaction); err != nil {
				h.Errorf("Redact: %v", err)
			}
			return processed(redaction.Orders...), fail
		}
		id := byline.OrderID(d.Body)
		return processed(id), h.PutOrder(ctx, tx, record(id))
	})
	return seqs
}

func (h *harness[Tx]) says(id, order string) {
	h.Helper()
	h.put(attribution.Accepted, delivery(id, order))
}

func testRedact[Tx any](h *harness[Tx]) {
	h.says("before", "hers")
	h.says("his", "his")
	h.says("redact", "her name")
	h.says("behind", "hers")
	seqs := h.speaking(attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{"hers", "unknown yet"}}, nil)
	h.says("later", "hers")
	h.says("unknown", "unknown yet")
	h.says("his later", "his")
	h.says("redact again", "a person without orders")
	later := h.speaking(attribution.Redaction{Shop: "a.example"}, nil)

	h.stands(seqs["before"], attribution.StatusProcessed, false)
	h.stands(seqs["his"], attribution.StatusProcessed, true)
	h.stands(seqs["redact"], attribution.StatusProcessed, false)
	h.stands(seqs["behind"], attribution.StatusProcessed, false)
	h.stands(later["later"], attribution.StatusProcessed, false)
	h.stands(later["unknown"], attribution.StatusProcessed, false)
	h.stands(later["his later"], attribution.StatusProcessed, true)
	h.stands(later["redact again"], attribution.StatusProcessed, false)
	h.inTx(func(ctx context.Context, tx Tx) error { // money and ids stay
		got, err := h.Order(ctx, tx, "hers")
		h.same("the order itself", record("hers"), got)
		return err
	})
	h.put(attribution.Duplicate, delivery("before", "hers"))
	h.put(attribution.Quarantined, delivery("before", "not hers"))
}

func testRedactShop[Tx any](h *harness[Tx]) {
	h.says("one", "first")
	h.says("two", "second")
	other := delivery("other", "elsewhere")
	other.Source = "another shop"
	h.put(attribution.Accepted, other)
	h.accept("unreadable")
	failed := h.waiting()[3].Seq
	err := h.Settle(h.Context(), h.waiting()[3:], func(context.Context, Tx, attribution.Stored) (attribution.Outcome, error) {
		return attribution.Outcome{}, fmt.Errorf("unreadable: %w", byline.ErrInvalid)
	})
	if err != nil {
		h.Fatalf("Settle: %v", err)
	}
	h.says("redact", "everybody")
	seqs := h.speaking(attribution.Redaction{Shop: "another.example", All: true}, nil)
	h.says("new", "after coming back")
	later := h.speaking(attribution.Redaction{}, nil)

	h.stands(seqs["one"], attribution.StatusProcessed, false)
	h.stands(seqs["two"], attribution.StatusProcessed, false)
	h.stands(failed, attribution.StatusFailed, false)
	h.stands(seqs["redact"], attribution.StatusProcessed, false)
	h.stands(seqs["other"], attribution.StatusProcessed, true)
	h.stands(later["new"], attribution.StatusProcessed, true)
	h.is("replay without a body", h.Replay(h.Context(), failed), byline.ErrConflict)
}

func testRedactUndone[Tx any](h *harness[Tx]) {
	h.says("before", "hers")
	h.says("redact", "her name")
	seqs := h.speaking(attribution.Redaction{Shop: "a.example", Orders: []byline.OrderID{"hers"}, All: true},
		fmt.Errorf("no such customer: %w", byline.ErrInvalid))
	h.says("later", "hers")
	later := h.speaking(attribution.Redaction{}, nil)
	h.stands(seqs["before"], attribution.StatusProcessed, true)
	h.stands(seqs["redact"], attribution.StatusFailed, true)
	h.stands(later["later"], attribution.StatusProcessed, true)
}

// testErase: a request to forget that says nothing new still names a person.
func testErase[Tx any](h *harness[Tx]) {
	h.accept("repeated request", "request that failed", "order")
	h.settleAll(func(_ context.Context, _ Tx, d attribution.Stored) (attribution.Outcome, error) {
		switch d.ID {
		case "repeated request":
			return attribution.Outcome{Status: attribution.StatusDuplicate, Erase: true}, nil
		case "request that failed":
			return attribution.Outcome{Erase: true}, byline.ErrInvalid
		}
		return processed(), nil
	})
	h.stands(1, attribution.StatusDuplicate, false)
	h.stands(2, attribution.StatusFailed, true)
	h.stands(3, attribution.StatusProcessed, true)
}
