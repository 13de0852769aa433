package attributiontest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Store is all that a store of package attribution does. Tx is its unit of work.
type Store[Tx any] interface {
	attribution.Inbox
	attribution.Queue[Tx]
	attribution.RecordStore[Tx]
	// InTx runs work in a unit of work that no delivery caused.
	InTx(ctx context.Context, work func(ctx context.Context, tx Tx) error) error
	// Redact forgets persons and erases bodies and headers, now and as later deliveries
	// settle.
	Redact(ctx context.Context, tx Tx, r attribution.Redaction) error
	// Delivery returns one delivery and where it stands. An erased body is nil.
	Delivery(ctx context.Context, seq int64) (attribution.Stored, attribution.Status, error)
	// Replay lets a failed or quarantined delivery wait again.
	Replay(ctx context.Context, seq int64) error

	// Resolve returns the order that an id of a shop stands for.
	Resolve(ctx context.Context, tx Tx, shop string, id byline.OrderID) (byline.OrderID, error)
	// Aliases returns the ids that stand for an order.
	Aliases(ctx context.Context, tx Tx, shop string, id byline.OrderID) ([]byline.OrderID, error)
	// Link notes an alias and forgets what was kept under it.
	Link(ctx context.Context, tx Tx, shop string, a attribution.Alias) error

	// Record keeps a touch that is known by its click id.
	Record(ctx context.Context, t attribution.Touch) error
	// RecordOf keeps a touch and who made it.
	RecordOf(ctx context.Context, shop string, who attribution.Customer, t attribution.Touch) error
	// Touches returns what was recorded under an order's TouchKeys.
	Touches(ctx context.Context, tx Tx, o attribution.Order) ([]attribution.Touch, error)
	// ForgetTouches forgets touches before an instant.
	ForgetTouches(ctx context.Context, before time.Time) (int, error)

	// Cursor returns what PutCursor kept, or the zero time.
	Cursor(ctx context.Context, name string) (time.Time, error)
	// PutCursor keeps an instant to the microsecond.
	PutCursor(ctx context.Context, name string, at time.Time) error
}

// TestStore runs the conformance suite of stores. open returns an empty store and
// closes it through t.Cleanup. Times need to come back to the microsecond.
func TestStore[Tx any](t *testing.T, open func(t *testing.T) Store[Tx]) {
	for name, run := range map[string]func(*harness[Tx]){
		"put tells new, repeated and contradicting deliveries apart": testReceipts[Tx],
		"put refuses a delivery without a name":                      testNameless[Tx],
		"put answers for one of many equal deliveries":               testEqualPuts[Tx],
		"put keeps all of many different deliveries":                 testManyPuts[Tx],
		"pending returns the oldest first and whole":                 testPending[Tx],
		"pending returns those tried least often first":              testFairness[Tx],
		"settle keeps effects and removes from pending":              testSettle[Tx],
		"settle undoes a permanent failure alone":                    testPermanent[Tx],
		"settle undoes a passing failure and counts it":              testPassing[Tx],
		"settle passes over what is settled":                         testSettledTwice[Tx],
		"settle leaves all that a cancelled context cut off":         testCancelled[Tx],
		"claim is true once":                                         testClaim[Tx],
		"an order comes back as it was put":                          testOrder[Tx],
		"replay starts a failed delivery anew":                       testReplay[Tx],
		"redact erases what spoke of an order":                       testRedact[Tx],
		"redact erases a whole shop":                                 testRedactShop[Tx],
		"a redaction that failed has erased nothing":                 testRedactUndone[Tx],
		"settle erases what its outcome says":                        testErase[Tx],
		"a unit of work of no delivery is kept whole or not at all":  testInTx[Tx],
		"units of work on one order lose nothing":                    testOneOrder[Tx],
		"units of work on one customer see each other":               testOneMark[Tx],
		"orders are found by what they have in common":               testMarked[Tx],
		"marks follow the record":                                    testMarksFollow[Tx],
		"an id can stand for another":                                testAlias[Tx],
		"touches are found by click, browser and account":            testTouches[Tx],
		"a browser that clicks without end":                          testManyTouches[Tx],
		"touches that nobody could find are refused":                 testTouchesRefused[Tx],
		"touches are forgotten by their time":                        testForgetTouches[Tx],
		"redact forgets the person and keeps the order":              testRedactPerson[Tx],
		"redact waits for an order that is not known":                testRedactUnknown[Tx],
		"redact reaches an order by any of its ids":                  testRedactAlias[Tx],
		"orders of a forgotten person still bear on each other":      testKin[Tx],
		"cursors are kept by name":                                   testCursor[Tx],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(&harness[Tx]{T: t, Store: open(t)})
		})
	}
}

// harness is a store under test with words for what tests do with it.
type harness[Tx any] struct {
	*testing.T
	Store[Tx]
	steps int
}

func delivery(id, body string) attribution.Delivery {
	// Microseconds and no more, as PostgreSQL keeps them.
	received := time.Date(2026, 11, 22, 9, 30, 0, 123456000, time.UTC)
	return attribution.Delivery{
		Source: "shop", ID: id, Topic: "orders/create",
		Header: map[string]string{"X-Topic": "orders/create"}, Body: []byte(body), ReceivedAt: received,
	}
}

func (h *harness[Tx]) accept(ids ...string) {
	h.Helper()
	for _, id := range ids {
		h.put(attribution.Accepted, delivery(id, "body of "+id))
	}
}

func (h *harness[Tx]) put(want attribution.Receipt, d attribution.Delivery) {
	h.Helper()
	got, err := h.Put(h.Context(), d)
	if err != nil || got != want {
		h.Fatalf("Put(%s) = %q, %v, want %q", d.ID, got, err, want)
	}
}

func (h *harness[Tx]) waiting() []attribution.Stored {
	h.Helper()
	waiting, err := h.Pending(h.Context(), 1000)
	if err != nil {
		h.Fatalf("Pending: %v", err)
	}
	return waiting
}

func (h *harness[Tx]) waitingIDs() []string {
	h.Helper()
	ids := []string{}
	for _, d := range h.waiting() {
		ids = append(ids, d.ID)
	}
	return ids
}

// settleAll settles what waits and returns it as it was.
func (h *harness[Tx]) settleAll(apply attribution.ApplyFunc[Tx]) []attribution.Stored {
	h.Helper()
	batch := h.waiting()
	if err := h.Settle(h.Context(), batch, apply); err != nil {
		h.Fatalf("Settle: %v", err)
	}
	return batch
}

// inTx runs a step in a unit of work, under a delivery made for it.
func (h *harness[Tx]) inTx(step func(ctx context.Context, tx Tx) error) {
	h.Helper()
	h.steps++
	name := fmt.Sprintf("step %d", h.steps)
	h.accept(name)
	own := slices.DeleteFunc(h.waiting(), func(d attribution.Stored) bool { return d.ID != name })
	err := h.Settle(h.Context(), own, func(ctx context.Context, tx Tx, _ attribution.Stored) (attribution.Outcome, error) {
		if err := step(ctx, tx); err != nil {
			h.Errorf("in a unit of work: %v", err)
		}
		return processed(), nil
	})
	if err != nil {
		h.Fatalf("Settle: %v", err)
	}
}

func (h *harness[Tx]) same(what string, want, got any) {
	h.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func (h *harness[Tx]) is(what string, err, want error) {
	h.Helper()
	if !errors.Is(err, want) {
		h.Errorf("%s: error is %v, want one that answers to %v", what, err, want)
	}
}

// stands checks where a delivery stands and whether its body is still there.
func (h *harness[Tx]) stands(seq int64, want attribution.Status, body bool) {
	h.Helper()
	d, got, err := h.Delivery(h.Context(), seq)
	if err != nil || got != want {
		h.Errorf("delivery %d stands at %q, %v, want %q", seq, got, err, want)
	}
	if (d.Body != nil) != body || (len(d.Header) > 0) != body {
		h.Errorf("delivery %d (%s) has a body: %t and headers: %t, want %t", seq, d.ID, d.Body != nil, len(d.Header) > 0, body)
	}
}

func processed(orders ...byline.OrderID) attribution.Outcome {
	return attribution.Outcome{Status: attribution.StatusProcessed, Orders: orders}
}

// together runs n calls at once and waits for all.
func together(n int, call func(i int)) {
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			<-start
			call(i)
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
}
