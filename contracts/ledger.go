package contracts

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// EntryStore is an append-only ledger as [Post] needs it. Tx is the store's unit of
// work.
type EntryStore[Tx any] interface {
	// Entries returns all entries of a subject, by rising revision.
	Entries(ctx context.Context, tx Tx, subject Subject) ([]Entry, error)
	// Append adds entries of one revision of one subject. When that revision exists
	// already it adds nothing and the error answers to byline.ErrConflict. What
	// CheckAppend refuses it refuses.
	Append(ctx context.Context, tx Tx, entries []Entry) error
}

// Post brings a subject to its target and returns what it appended, which is nothing
// when nothing changed. A conflict means that another process posted in between: try
// again, nothing was written.
func Post[Tx any](ctx context.Context, tx Tx, store EntryStore[Tx], subject Subject, target []Line, at time.Time) ([]Entry, error) {
	posted, err := store.Entries(ctx, tx, subject)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", subject, err)
	}
	entries, err := Reconcile(subject, posted, target, at)
	if err != nil || len(entries) == 0 {
		return entries, err
	}
	if err := store.Append(ctx, tx, entries); err != nil {
		return nil, fmt.Errorf("append to %s: %w", subject, err)
	}
	return entries, nil
}

// PostRelease moves what a subject held until due to where it may be paid out, and returns
// what it appended; see [Release]. A conflict is as in [Post].
func PostRelease[Tx any](ctx context.Context, tx Tx, store EntryStore[Tx], subject Subject, due, at time.Time) ([]Entry, error) {
	posted, err := store.Entries(ctx, tx, subject)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", subject, err)
	}
	entries, err := Release(subject, posted, due, at)
	if err != nil || len(entries) == 0 {
		return entries, err
	}
	if err := store.Append(ctx, tx, entries); err != nil {
		return nil, fmt.Errorf("append to %s: %w", subject, err)
	}
	return entries, nil
}

// Ledger is an EntryStore in memory, for tests and small programs. The zero Ledger is
// empty and ready; it is safe for concurrent use and must not be copied.
type Ledger struct {
	paying  sync.Mutex // see alone
	mu      sync.Mutex
	entries map[Subject][]Entry
}

var (
	_ EntryStore[attribution.NoTx]   = (*Ledger)(nil)
	_ AccrualStore[attribution.NoTx] = (*Ledger)(nil)
)

// Entries returns a copy of the subject's entries.
func (l *Ledger) Entries(_ context.Context, _ attribution.NoTx, subject Subject) ([]Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries[subject]), nil
}

// Append adds entries, all or none. A revision that exists already, or is older than one
// that does, answers to byline.ErrConflict; the other faults are those of [CheckAppend].
func (l *Ledger) Append(_ context.Context, _ attribution.NoTx, entries []Entry) error {
	if err := CheckAppend(entries); err != nil || len(entries) == 0 {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	subject, revision := entries[0].Subject, entries[0].Revision
	if last := len(l.entries[subject]); last > 0 && l.entries[subject][last-1].Revision >= revision {
		return fmt.Errorf("revision %d of %s exists: %w", revision, subject, byline.ErrConflict)
	}
	if l.entries == nil {
		l.entries = map[Subject][]Entry{}
	}
	l.entries[subject] = append(l.entries[subject], entries...)
	return nil
}

// Earnings reads every entry: time is linear in the ledger.
func (l *Ledger) Earnings(_ context.Context, _ attribution.NoTx, agreement AgreementID, placed byline.Window) (Earnings, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var t tally
	for subject, entries := range l.entries {
		if _, ok := subject.Order(); !ok {
			continue
		}
		if err := t.order(entries, agreement, placed); err != nil {
			return Earnings{}, err
		}
	}
	return t.earnings(), nil
}

// Due reads every entry: time is linear in the ledger. Subjects are in order.
func (l *Ledger) Due(_ context.Context, _ attribution.NoTx, at time.Time, limit int) ([]Subject, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	due := []Subject{}
	for _, subject := range slices.Sorted(maps.Keys(l.entries)) {
		if len(due) >= limit {
			break
		}
		entries, err := Release(subject, l.entries[subject], at, at)
		if err != nil {
			return nil, err
		}
		if len(entries) > 0 {
			due = append(due, subject)
		}
	}
	return due, nil
}

// CheckAppend reports what no store may append, for implementations of [EntryStore]:
// "ledger.mixed_append" for entries of several subjects or revisions, "required" for an
// entry without a subject, "ledger.currency" for an amount in no ISO 4217 currency,
// "ledger.other_currency" for a base, or for what was sold, in another one than the amount.
func CheckAppend(entries []Entry) error {
	for _, e := range entries {
		switch {
		case e.Subject != entries[0].Subject || e.Revision != entries[0].Revision:
			return &byline.FieldError{Code: "ledger.mixed_append", Message: "entries of several subjects or revisions"}
		case e.Subject == "":
			return &byline.FieldError{Path: "subject", Code: "required", Message: "an entry is about something"}
		case !e.Amount.Currency().Known():
			return &byline.FieldError{Path: "amount", Code: "ledger.currency", Message: "an amount is in an ISO 4217 currency"}
		case e.Sold != byline.Money{} && e.Sold.Currency() != e.Amount.Currency():
			return &byline.FieldError{Path: "sold", Code: "ledger.other_currency", Message: "what was sold is in another currency than the amount"}
		case e.Base != byline.Money{} && e.Base.Currency() != e.Amount.Currency():
			return &byline.FieldError{Path: "base", Code: "ledger.other_currency", Message: "the base is in another currency than the amount"}
		}
	}
	return nil
}

// Post brings a subject to its target; see [Post].
func (l *Ledger) Post(subject Subject, target []Line, at time.Time) ([]Entry, error) {
	return Post(context.Background(), attribution.NoTx{}, l, subject, target, at)
}

// Balances returns what stands in the ledger for a creator, one per currency.
func (l *Ledger) Balances(creator byline.CreatorID) ([]Balance, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var own []Entry
	for _, subject := range slices.Sorted(maps.Keys(l.entries)) {
		for _, e := range l.entries[subject] {
			if e.Creator == creator {
				own = append(own, e)
			}
		}
	}
	return Balances(own)
}

// Balance is a creator's accounts in one currency. Earned is everything but payouts and
// gifts; Owed = Earned - Paid = Held + Payable + InTransit. A negative Payable is
// carried forward and netted by what is earned next.
type Balance struct {
	Creator   byline.CreatorID `json:"creator"`
	Earned    byline.Money     `json:"earned"`     // fees and commissions, less what came back
	Paid      byline.Money     `json:"paid"`       // what has left for good
	Owed      byline.Money     `json:"owed"`       //
	Held      byline.Money     `json:"held"`       // of Owed, what waits
	Payable   byline.Money     `json:"payable"`    // of Owed, what may be paid out
	InTransit byline.Money     `json:"in_transit"` // of Owed, what is in a payout under way
	InKind    byline.Money     `json:"in_kind"`    // gifts at their declared value; not in Earned
}

// Balances sums entries by creator and currency, ordered by both. The only error is a
// sum beyond what Money holds, "money.range".
func Balances(entries []Entry) ([]Balance, error) {
	type account struct {
		creator  byline.CreatorID
		currency byline.Currency
	}
	accounts := map[account]Balance{}
	for _, e := range entries {
		key := account{e.Creator, e.Amount.Currency()}
		b, known := accounts[key]
		if !known {
			zero := byline.Minor(0, key.currency)
			b = Balance{Creator: e.Creator, Earned: zero, Paid: zero, Owed: zero, Held: zero, Payable: zero, InTransit: zero, InKind: zero}
		}
		if err := b.add(e); err != nil {
			return nil, fmt.Errorf("balance of %s: %w", e.Creator, err)
		}
		accounts[key] = b
	}
	return slices.SortedFunc(maps.Values(accounts), func(a, b Balance) int {
		return cmp.Or(cmp.Compare(a.Creator, b.Creator), cmp.Compare(a.Owed.Currency(), b.Owed.Currency()))
	}), nil
}

// add books an entry. A payout under way lies on InTransit and is not yet paid.
func (b *Balance) add(e Entry) error {
	sums := []*byline.Money{&b.InKind}
	switch e.Account {
	case Held:
		sums = []*byline.Money{&b.Held, &b.Owed}
	case Payable:
		sums = []*byline.Money{&b.Payable, &b.Owed}
	case InTransit:
		sums = []*byline.Money{&b.InTransit, &b.Owed}
	}
	if e.Account != InKind && !e.Kind.pays() {
		sums = append(sums, &b.Earned)
	}
	for _, sum := range sums {
		if err := addTo(sum, e.Amount); err != nil {
			return err
		}
	}
	if e.Kind.pays() {
		return addTo(&b.Paid, e.Amount.Neg())
	}
	return nil
}

// pays reports whether movements of the kind pay a creator, or somebody in their name.
func (k Kind) pays() bool { return k == Payout || k == Withholding }

func addTo(sum *byline.Money, amount byline.Money) (err error) {
	*sum, err = sum.Add(amount)
	return err
}
