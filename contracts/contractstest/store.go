// Package contractstest holds the conformance suite of ledgers, for tests only.
package contractstest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Ledger is an entry store with a way to a unit of work.
type Ledger[Tx any] struct {
	contracts.EntryStore[Tx]
	// InTx runs step in a unit of work and commits it when step returns nil.
	InTx func(ctx context.Context, step func(ctx context.Context, tx Tx) error) error
}

// TestEntryStore runs the conformance suite of ledgers. open returns an empty one and
// closes it through t.Cleanup. Times need to come back to the microsecond.
func TestEntryStore[Tx any](t *testing.T, open func(t *testing.T) Ledger[Tx]) {
	for name, run := range map[string]func(*harness[Tx]){
		"entries come back as they were appended": testEntries[Tx],
		"subjects are apart":                      testSubjects[Tx],
		"a revision is appended once":             testRevision[Tx],
		"a mixed append is refused whole":         testMixed[Tx],
		"what has no place is refused whole":      testRefused[Tx],
		"posting twice appends once":              testPostTwice[Tx],
		"concurrent posts end with the right sum": testConcurrent[Tx],
		"orders are summed by what they earned":   testEarnings[Tx],
		"what is held is due once":                testDue[Tx],
		"statements read what was posted":         testStatements[Tx],
		"what is held is told by release":         testHeld[Tx],
		"a balance is paid out once":              testPaidOnce[Tx],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(&harness[Tx]{T: t, Ledger: open(t)})
		})
	}
}

type harness[Tx any] struct {
	*testing.T
	Ledger[Tx]
}

const subject = contracts.Subject("order:1")

// entry has a bit of everything that must come back.
func entry(revision int, creator byline.CreatorID, minor int64) contracts.Entry {
	return contracts.Entry{
		Subject: subject, Revision: revision,
		PostedAt: time.Date(2026, 11, 22, 9, 30, revision, 123456000, time.UTC),
		Line: contracts.Line{
			Creator: creator, Campaign: "autumn", Agreement: "a-1", Version: 2, Policy: "default-1",
			Kind: contracts.Commission, Rule: "sales", EarnedAt: time.Date(2026, 11, 20, 8, 0, 0, 123456000, time.UTC), Amount: byline.Minor(minor, byline.EUR), Base: byline.Minor(10*minor, byline.EUR),
			Rate: 125 * contracts.Percent / 10, Reason: contracts.ReasonEarned,
		},
	}
}

func (h *harness[Tx]) append(entries ...contracts.Entry) error {
	return h.InTx(h.Context(), func(ctx context.Context, tx Tx) error { return h.Append(ctx, tx, entries) })
}

func (h *harness[Tx]) mustAppend(entries ...contracts.Entry) {
	h.Helper()
	if err := h.append(entries...); err != nil {
		h.Fatalf("Append: %v", err)
	}
}

func (h *harness[Tx]) has(of contracts.Subject, want ...contracts.Entry) {
	h.Helper()
	var got []contracts.Entry
	err := h.InTx(h.Context(), func(ctx context.Context, tx Tx) (err error) {
		got, err = h.Entries(ctx, tx, of)
		return err
	})
	if err != nil {
		h.Fatalf("Entries(%s): %v", of, err)
	}
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("entries of %s (-want +got):\n%s", of, diff)
	}
}

func (h *harness[Tx]) is(what string, err, want error) {
	h.Helper()
	if !errors.Is(err, want) {
		h.Errorf("%s: error is %v, want one that answers to %v", what, err, want)
	}
}

func testEntries[Tx any](h *harness[Tx]) {
	h.has(subject)
	h.mustAppend()
	bare := contracts.Entry{Subject: subject, Revision: 3, PostedAt: time.Time{}, Line: contracts.Line{Amount: byline.Minor(-5, byline.JPY)}}
	nothing := entry(4, "ava", 7)
	nothing.Base = byline.Minor(0, byline.EUR)
	h.mustAppend(entry(1, "ben", 100), entry(1, "ava", -100))
	h.mustAppend(entry(2, "ava", 1<<60))
	h.mustAppend(bare)
	h.mustAppend(nothing)
	h.has(subject, entry(1, "ben", 100), entry(1, "ava", -100), entry(2, "ava", 1<<60), bare, nothing)
}

func testSubjects[Tx any](h *harness[Tx]) {
	other := entry(1, "ava", 2)
	other.Subject = "order:10"
	h.mustAppend(entry(1, "ava", 1))
	h.mustAppend(other)
	h.has(subject, entry(1, "ava", 1))
	h.has("order:10", other)
	h.has("order:")
}

func testRevision[Tx any](h *harness[Tx]) {
	h.mustAppend(entry(1, "ava", 1), entry(1, "ben", 1))
	h.mustAppend(entry(2, "ava", 2))
	h.is("the latest revision again", h.append(entry(2, "ben", 3)), byline.ErrConflict)
	h.is("an earlier revision", h.append(entry(1, "ava", 1), entry(1, "ben", 1), entry(1, "cy", 1)), byline.ErrConflict)
	h.mustAppend(entry(4, "ava", 4))
	h.is("a revision that was passed over", h.append(entry(3, "ava", 3)), byline.ErrConflict)
	h.has(subject, entry(1, "ava", 1), entry(1, "ben", 1), entry(2, "ava", 2), entry(4, "ava", 4))
}

func testMixed[Tx any](h *harness[Tx]) {
	other := entry(1, "ava", 1)
	other.Subject = "order:2"
	h.is("two subjects", h.append(entry(1, "ava", 1), other), byline.ErrInvalid)
	h.is("two revisions", h.append(entry(1, "ava", 1), entry(2, "ava", 1)), byline.ErrInvalid)
	h.has(subject)
	h.has("order:2")
}

func testRefused[Tx any](h *harness[Tx]) {
	nameless, priceless, strange, crossed := entry(1, "ava", 1), entry(1, "ava", 1), entry(1, "ava", 1), entry(1, "ava", 1)
	nameless.Subject = ""
	priceless.Amount, priceless.Base = byline.Minor(1, ""), byline.Money{}
	strange.Amount, strange.Base = byline.Minor(1, "ZZZ"), byline.Money{}
	crossed.Base = byline.Minor(1, byline.JPY)
	h.refused("no subject", "required", nameless)
	h.refused("no currency", "ledger.currency", entry(1, "ava", 1), priceless)
	h.refused("an unknown currency", "ledger.currency", entry(1, "ava", 1), strange)
	h.refused("a base in another currency", "ledger.other_currency", entry(1, "ava", 1), crossed)
	h.has(subject)
	h.has("")
}

func (h *harness[Tx]) refused(what, code string, entries ...contracts.Entry) {
	h.Helper()
	err := h.append(entries...)
	h.is(what, err, byline.ErrInvalid)
	if fault, ok := errors.AsType[*byline.FieldError](err); ok && fault.Code != code {
		h.Errorf("%s: code %q, want %q", what, fault.Code, code)
	}
}

// post brings the subject to a target and tries again after a conflict, as a worker
// does.
func (h *harness[Tx]) post(minor int64) (posted int) {
	h.Helper()
	target := []contracts.Line{entry(1, "ava", minor).Line}
	for range 1000 {
		err := h.InTx(h.Context(), func(ctx context.Context, tx Tx) error {
			entries, err := contracts.Post(ctx, tx, h.EntryStore, subject, target, time.Unix(0, 0).UTC())
			posted = len(entries)
			return err
		})
		if err == nil {
			return posted
		}
		if !errors.Is(err, byline.ErrConflict) {
			h.Errorf("Post: %v", err)
			return 0
		}
	}
	h.Errorf("no end of conflicts")
	return 0
}

func testPostTwice[Tx any](h *harness[Tx]) {
	got := fmt.Sprint(h.post(100), h.post(100), h.post(60), h.post(60), h.post(0), h.post(0))
	if want := "1 0 1 0 1 0"; got != want {
		h.Errorf("posted %s, want %s", got, want)
	}
}

// testConcurrent posts different targets at once. Whoever came last, the sum must be
// one of them, and what one more post finds must bring it to its own.
func testConcurrent[Tx any](h *harness[Tx]) {
	var group sync.WaitGroup
	for i := range 32 {
		group.Go(func() { h.post(int64(100 + i%4)) })
	}
	group.Wait()
	if sum := h.sum(); sum < 100 || sum > 103 {
		h.Errorf("the sum is %d, which nobody posted", sum)
	}
	h.post(250)
	if sum := h.sum(); sum != 250 {
		h.Errorf("the sum is %d, want 250", sum)
	}
}

// sum also checks that revisions rise by one.
func (h *harness[Tx]) sum() (sum int64) {
	h.Helper()
	err := h.InTx(h.Context(), func(ctx context.Context, tx Tx) error {
		entries, err := h.Entries(ctx, tx, subject)
		for i, e := range entries {
			if e.Revision != i+1 {
				h.Errorf("entry %d has revision %d", i, e.Revision)
			}
			sum += e.Amount.Minor()
		}
		return err
	})
	if err != nil {
		h.Fatalf("Entries: %v", err)
	}
	return sum
}
