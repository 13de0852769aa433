package contractstest

import (
	"context"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

// earning is an entry of an order that was placed at an instant.
func earning(id string, revision int, placed time.Time, change func(*contracts.Line)) contracts.Entry {
	e := entry(revision, "ava", 100)
	e.Subject, e.EarnedAt, e.Sold = contracts.Subject("order:"+id), placed, e.Base
	if change != nil {
		change(&e.Line)
	}
	return e
}

func held(until time.Time) func(*contracts.Line) {
	return func(l *contracts.Line) { l.Account, l.Until = contracts.Held, until }
}

func back(l *contracts.Line) {
	l.Amount, l.Base, l.Sold = l.Amount.Neg(), l.Base.Neg(), l.Sold.Neg()
}

// accruals is the ledger as pay over many orders needs it; every ledger must be one.
func (h *harness[Tx]) accruals() contracts.AccrualStore[Tx] {
	h.Helper()
	s, ok := h.EntryStore.(contracts.AccrualStore[Tx])
	if !ok {
		h.Fatal("the ledger is no AccrualStore")
	}
	return s
}

func (h *harness[Tx]) earns(what string, placed byline.Window, want contracts.Earnings) {
	h.Helper()
	var got contracts.Earnings
	err := h.InTx(h.Context(), func(ctx context.Context, tx Tx) (err error) {
		got, err = h.accruals().Earnings(ctx, tx, "a-1", placed)
		return err
	})
	if err != nil {
		h.Fatalf("Earnings: %v", err)
	}
	if len(want.Totals) == 0 && len(got.Totals)+len(got.Orders) == 0 {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func testEarnings[Tx any](h *harness[Tx]) {
	from := day(10).Add(time.Microsecond)
	h.earns("an empty ledger", byline.Window{}, contracts.Earnings{})
	h.mustAppend(earning("1", 1, day(10), nil))
	h.mustAppend(earning("2", 1, from, nil))
	h.mustAppend(earning("3", 1, day(12), held(day(20))))
	h.mustAppend(earning("3", 2, day(12), func(l *contracts.Line) { held(day(20))(l); back(l) }))
	h.mustAppend(earning("4", 1, day(12), func(l *contracts.Line) { held(time.Time{})(l); l.Units, l.Version = 3, 3 }))
	h.mustAppend(earning("5", 1, day(20), nil))
	h.mustAppend(earning("6", 1, day(12), func(l *contracts.Line) { l.Agreement = "a-10" }))
	h.mustAppend(earning("7", 1, day(12), func(l *contracts.Line) {
		l.Kind, l.Rule, l.Base, l.Sold, l.Amount = contracts.PerOrderPay, "lead", byline.Money{}, byline.Money{}, byline.Minor(9, byline.JPY)
	}))
	fee := entry(1, "ava", 5)
	fee.Subject, fee.Kind, fee.EarnedAt = "agreement:a-1", contracts.FlatFee, time.Time{}
	h.mustAppend(fee)
	total := func(version int, account contracts.Account, cents, base, sold, units int64) contracts.Total {
		eur := func(n int64) byline.Money { return byline.Minor(n, byline.EUR) }
		return contracts.Total{Version: version, Kind: contracts.Commission, Rule: "sales", Account: account, Amount: eur(cents), Base: eur(base), Sold: eur(sold), Units: units}
	}
	yen := contracts.Total{Version: 2, Kind: contracts.PerOrderPay, Rule: "lead", Amount: byline.Minor(9, byline.JPY)}
	h.earns("from the first microsecond to the last", byline.Window{Start: from, End: day(20)}, contracts.Earnings{
		Totals: []contracts.Total{total(2, contracts.Payable, 100, 1000, 1000, 0), total(2, contracts.Held, 0, 0, 0, 0), yen, total(3, contracts.Held, 100, 1000, 1000, 3)},
		Orders: []contracts.OrderCount{{Version: 2, Orders: 2, Released: 2}, {Version: 3, Orders: 1}},
	})
	h.earns("a window of nothing", byline.Window{Start: day(25)}, contracts.Earnings{})
	h.earns("an open window", byline.Window{}, contracts.Earnings{
		Totals: []contracts.Total{total(2, contracts.Payable, 300, 3000, 3000, 0), total(2, contracts.Held, 0, 0, 0, 0), yen, total(3, contracts.Held, 100, 1000, 1000, 3)},
		Orders: []contracts.OrderCount{{Version: 2, Orders: 4, Released: 4}, {Version: 3, Orders: 1}},
	})
}

func (h *harness[Tx]) due(at time.Time, limit int, want ...contracts.Subject) {
	h.Helper()
	var got []contracts.Subject
	err := h.InTx(h.Context(), func(ctx context.Context, tx Tx) (err error) {
		got, err = h.accruals().Due(ctx, tx, at, limit)
		return err
	})
	if err != nil {
		h.Fatalf("Due: %v", err)
	}
	if !slices.Equal(want, got) {
		h.Errorf("due at %s: %v, want %v", at, got, want)
	}
}

func testDue[Tx any](h *harness[Tx]) {
	h.due(day(28), 10)
	h.mustAppend(earning("1", 1, day(1), held(day(10))))
	h.mustAppend(earning("2", 1, day(1), held(day(10))), earning("2", 1, day(2), held(day(12))))
	h.mustAppend(earning("3", 1, day(1), held(time.Time{})))
	h.mustAppend(earning("4", 1, day(1), held(day(10))))
	h.mustAppend(earning("4", 2, day(1), func(l *contracts.Line) { held(day(10))(l); back(l) }))
	h.due(day(10).Add(-time.Microsecond), 10)
	h.due(day(10), 10, "order:1", "order:2")
	h.due(day(10), 1, "order:1")
	for _, subject := range []contracts.Subject{"order:1", "order:2"} {
		err := h.InTx(h.Context(), func(ctx context.Context, tx Tx) error {
			_, err := contracts.PostRelease(ctx, tx, h.EntryStore, subject, day(10), day(11))
			return err
		})
		if err != nil {
			h.Fatalf("PostRelease: %v", err)
		}
	}
	h.due(day(10), 10)
	h.due(day(12), 10, "order:2")
}

func testStatements[Tx any](h *harness[Tx]) {
	reader, ok := h.EntryStore.(contracts.StatementReader)
	if !ok {
		h.Fatal("the ledger is no StatementReader")
	}
	posted := func(id string, revision int, at time.Time, change func(*contracts.Line)) contracts.Entry {
		e := earning(id, revision, day(1), change)
		e.PostedAt = at
		return e
	}
	entries := []contracts.Entry{
		posted("2", 1, day(10), nil), posted("1", 1, day(11), held(day(20))), posted("2", 2, day(11), back),
		posted("3", 1, day(12), func(l *contracts.Line) { l.Kind, l.Account = contracts.GiftInKind, contracts.InKind }),
	}
	transit := posted("p", 1, day(13), func(l *contracts.Line) { l.Kind, l.Account = contracts.Payout, contracts.InTransit })
	left := posted("p", 1, day(13), func(l *contracts.Line) { l.Kind = contracts.Payout; back(l) })
	bens := posted("4", 1, day(11), func(l *contracts.Line) { l.Creator = "ben" })
	for _, e := range []contracts.Entry{entries[3], entries[0], bens, entries[2], entries[1]} {
		h.mustAppend(e)
	}
	h.mustAppend(left, transit)
	all := append(slices.Clone(entries), left, transit)
	for _, window := range []byline.Window{{}, {Start: day(11)}, {Start: day(11), End: day(12)}, {End: day(11)}, {Start: day(28)}} {
		var want, got []contracts.Entry
		for _, e := range all {
			if window.Contains(e.PostedAt) {
				want = append(want, e)
			}
		}
		for e, err := range reader.EntriesOf(h.Context(), "ava", window) {
			if err != nil {
				h.Fatalf("EntriesOf: %v", err)
			}
			got = append(got, e)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			h.Errorf("entries of %v (-want +got):\n%s", window, diff)
		}
	}
	for _, at := range []time.Time{day(1), day(11), day(12).Add(time.Nanosecond), day(28)} {
		var before []contracts.Entry
		for _, e := range all {
			if e.PostedAt.Before(at) {
				before = append(before, e)
			}
		}
		want, err := contracts.Balances(before)
		if err != nil {
			h.Fatal(err)
		}
		got, err := reader.BalancesAt(h.Context(), "ava", at)
		if err != nil {
			h.Fatalf("BalancesAt: %v", err)
		}
		if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
			h.Errorf("balances before %s (-want +got):\n%s", at, diff)
		}
	}
}

// testHeld: what is held is told by currency and release, as of any instant.
func testHeld[Tx any](h *harness[Tx]) {
	reader, ok := h.EntryStore.(contracts.StatementReader)
	if !ok {
		h.Fatal("the ledger is no StatementReader")
	}
	hold := func(id string, posted, until time.Time, change func(*contracts.Line)) {
		e := earning(id, posted.Day(), day(1), held(until))
		e.PostedAt = posted
		if change != nil {
			change(&e.Line)
		}
		h.mustAppend(e)
	}
	yen := func(l *contracts.Line) {
		l.Amount, l.Base, l.Sold = byline.Minor(7, byline.JPY), byline.Money{}, byline.Money{}
	}
	early := day(20).Add(time.Microsecond)
	hold("1", day(10), time.Time{}, nil)
	hold("2", day(10), day(21), nil)
	hold("3", day(10), early, nil)
	hold("4", day(10), day(20), yen)
	hold("5", day(10), day(20), nil)
	hold("6", day(11), day(20), nil)
	hold("7", day(11), day(20), func(l *contracts.Line) { l.Creator = "ben" })
	hold("8", day(11), day(20), func(l *contracts.Line) { l.Account, l.Until = contracts.Payable, time.Time{} })
	hold("5", day(12), day(20), back)
	hold("6", day(12), day(20), back)
	hold("1", day(13), time.Time{}, back)
	hold("1", day(14), time.Time{}, back)
	part := func(cents int64, until time.Time) contracts.HeldPart {
		return contracts.HeldPart{Amount: byline.Minor(cents, byline.EUR), Until: until}
	}
	tokyo := contracts.HeldPart{Amount: byline.Minor(7, byline.JPY), Until: day(20)}
	tests := []struct {
		before time.Time
		want   []contracts.HeldPart
	}{
		{time.Time{}, nil},
		{day(10), nil},
		{day(10).Add(time.Nanosecond), []contracts.HeldPart{part(100, day(20)), part(100, early), part(100, day(21)), part(100, time.Time{}), tokyo}},
		{day(12), []contracts.HeldPart{part(200, day(20)), part(100, early), part(100, day(21)), part(100, time.Time{}), tokyo}},
		{day(13), []contracts.HeldPart{part(100, early), part(100, day(21)), part(100, time.Time{}), tokyo}},
		{day(14), []contracts.HeldPart{part(100, early), part(100, day(21)), tokyo}},
		{day(15), []contracts.HeldPart{part(100, early), part(100, day(21)), part(-100, time.Time{}), tokyo}},
	}
	for _, tt := range tests {
		got, err := reader.HeldAt(h.Context(), "ava", tt.before)
		if err != nil {
			h.Fatalf("HeldAt: %v", err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" && len(tt.want)+len(got) > 0 {
			h.Errorf("held before %s (-want +got):\n%s", tt.before, diff)
		}
	}
}
