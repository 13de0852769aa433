package contracts_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

func commission(creator byline.CreatorID, version int, amount byline.Money) contracts.Line {
	return contracts.Line{Creator: creator, Campaign: "autumn", Agreement: "ag", Version: version, Kind: contracts.Commission, Amount: amount, Reason: contracts.ReasonEarned}
}

// sums adds entries by creator and currency.
func sums(t *testing.T, entries []contracts.Entry) map[string]int64 {
	t.Helper()
	total := map[string]int64{}
	for _, e := range entries {
		total[string(e.Creator)+" "+string(e.Amount.Currency())] += e.Amount.Minor()
	}
	for key, sum := range total {
		if sum == 0 {
			delete(total, key)
		}
	}
	return total
}

func TestReconcile(t *testing.T) {
	t.Parallel()
	at := date(11, 20)
	posted := func(revision int, line contracts.Line) contracts.Entry {
		return contracts.Entry{Subject: "order:1", Revision: revision, PostedAt: at, Line: line}
	}
	because := func(reason contracts.Reason, l contracts.Line) contracts.Line {
		l.Reason = reason
		return l
	}
	withdrawn := because(contracts.ReasonWithdrawn, commission("ada", 1, eur(-500)))
	restated := because(contracts.ReasonRestated, commission("ada", 1, eur(-500)))
	based := commission("ada", 1, eur(500))
	based.Base, based.Rate = eur(5000), 10*contracts.Percent
	unbased := withdrawn
	unbased.Base, unbased.Rate = eur(-5000), based.Rate
	fee := commission("ada", 1, eur(900))
	fee.Kind = contracts.FlatFee
	returned := commission("ada", 1, eur(200))
	returned.Reason = contracts.ReasonPartlyReturned
	counted := commission("ada", 1, eur(0))
	counted.Units = 3
	difference := returned
	difference.Amount = eur(-300)
	waiting := func(l contracts.Line) contracts.Line {
		l.Account, l.Until = contracts.Held, date(12, 1)
		return l
	}
	tests := map[string]struct {
		posted []contracts.Entry
		target []contracts.Line
		want   []contracts.Entry
	}{
		"it waits again": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{waiting(commission("ada", 1, eur(500)))},
			[]contracts.Entry{posted(2, because(contracts.ReasonHeldAgain, commission("ada", 1, eur(-500)))), posted(2, waiting(commission("ada", 1, eur(500))))}},
		"it waits no more": {[]contracts.Entry{posted(1, waiting(commission("ada", 1, eur(500))))}, []contracts.Line{commission("ada", 1, eur(500))},
			[]contracts.Entry{posted(2, commission("ada", 1, eur(500))), posted(2, because(contracts.ReasonReleased, waiting(commission("ada", 1, eur(-500)))))}},
		"units without money":          {nil, []contracts.Line{counted}, []contracts.Entry{posted(1, counted)}},
		"the first time":               {nil, []contracts.Line{commission("ada", 1, eur(500))}, []contracts.Entry{posted(1, commission("ada", 1, eur(500)))}},
		"nothing new":                  {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{commission("ada", 1, eur(500))}, []contracts.Entry{}},
		"nothing owed, nothing posted": {nil, []contracts.Line{commission("ada", 1, eur(0))}, []contracts.Entry{}},
		"less than before":             {[]contracts.Entry{posted(3, commission("ada", 1, eur(500)))}, []contracts.Line{returned}, []contracts.Entry{posted(4, difference)}},
		"no longer this creator": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{commission("bruno", 1, eur(500))},
			[]contracts.Entry{posted(2, withdrawn), posted(2, commission("bruno", 1, eur(500)))}},
		"another version": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{commission("ada", 2, eur(600))},
			[]contracts.Entry{posted(2, restated), posted(2, commission("ada", 2, eur(600)))}},
		"another currency": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{commission("ada", 1, byline.Minor(70, byline.JPY))},
			[]contracts.Entry{posted(2, restated), posted(2, commission("ada", 1, byline.Minor(70, byline.JPY)))}},
		"nothing under another version": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))},
			[]contracts.Line{because(contracts.ReasonUnpaid, commission("ada", 2, eur(0)))},
			[]contracts.Entry{posted(2, because(contracts.ReasonUnpaid, commission("ada", 1, eur(-500))))}},
		"nothing elsewhere, and something": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))},
			[]contracts.Line{because(contracts.ReasonUnpaid, commission("ada", 3, eur(0))), commission("ada", 2, eur(600))},
			[]contracts.Entry{posted(2, restated), posted(2, commission("ada", 2, eur(600)))}},
		"something, and nothing elsewhere": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))},
			[]contracts.Line{commission("ada", 2, eur(600)), because(contracts.ReasonUnpaid, commission("ada", 3, eur(0)))},
			[]contracts.Entry{posted(2, restated), posted(2, commission("ada", 2, eur(600)))}},
		"the next revision, in whatever order they come": {[]contracts.Entry{posted(2, commission("ada", 1, eur(200))), posted(1, commission("ada", 1, eur(300)))}, nil,
			[]contracts.Entry{posted(3, withdrawn)}},
		"another kind is another claim": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{fee},
			[]contracts.Entry{posted(2, withdrawn), posted(2, fee)}},
		"what is taken back takes its base along": {[]contracts.Entry{posted(1, based)}, nil, []contracts.Entry{posted(2, unbased)}},
		"currencies stay apart": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))},
			[]contracts.Line{commission("ada", 1, eur(500)), commission("ada", 1, byline.Minor(70, byline.JPY))},
			[]contracts.Entry{posted(2, commission("ada", 1, byline.Minor(70, byline.JPY)))}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := contracts.Reconcile("order:1", tt.posted, tt.target, at)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
		})
	}
	_, err := contracts.Reconcile("order:2", []contracts.Entry{posted(1, commission("ada", 1, eur(1)))}, nil, at)
	require.ErrorIs(t, err, byline.ErrInvalid)
}

// Only what waits until an instant that has come is released, all that it counts with it.
func TestRelease(t *testing.T) {
	t.Parallel()
	due, at := date(12, 1), date(12, 5)
	line := func(account contracts.Account, until time.Time, cents, units int64) contracts.Line {
		l := commission("ada", 1, eur(cents))
		l.Account, l.Until, l.Units = account, until, units
		return l
	}
	held := func(until time.Time, cents, units int64) contracts.Line {
		return line(contracts.Held, until, cents, units)
	}
	payable := func(cents, units int64) contracts.Line { return line(contracts.Payable, time.Time{}, cents, units) }
	released := func(lines ...contracts.Line) []contracts.Entry {
		entries := []contracts.Entry{}
		for _, l := range lines {
			l.Reason = contracts.ReasonReleased
			entries = append(entries, contracts.Entry{Subject: "order:1", Revision: 3, PostedAt: at, Line: l})
		}
		return entries
	}
	tests := map[string]struct {
		posted []contracts.Line
		want   []contracts.Entry
	}{
		"nothing":                          {nil, released()},
		"as its time comes":                {[]contracts.Line{held(due, 500, 2)}, released(payable(500, 2), held(due, -500, -2))},
		"a moment before":                  {[]contracts.Line{held(due.Add(time.Microsecond), 500, 2)}, released()},
		"without an end":                   {[]contracts.Line{held(time.Time{}, 500, 2)}, released()},
		"it may be paid out already":       {[]contracts.Line{payable(500, 2)}, released()},
		"taken back meanwhile":             {[]contracts.Line{held(due, 500, 2), held(due, -500, -2)}, released()},
		"units alone, which wait":          {[]contracts.Line{held(due, 0, 2)}, released(payable(0, 2), held(due, 0, -2))},
		"units alone, which do not":        {[]contracts.Line{payable(0, 2)}, released()},
		"units, beside what came and went": {[]contracts.Line{payable(30, 0), payable(-30, 0), held(due, 0, 2)}, released(payable(0, 2), held(due, 0, -2))},
		"of two parts, one":                {[]contracts.Line{held(due, 500, 0), held(due.Add(time.Hour), 70, 0)}, released(payable(500, 0), held(due, -500, 0))},
		"of two parts, both":               {[]contracts.Line{held(due, 500, 0), held(due.Add(-time.Hour), 70, 0)}, released(payable(570, 0), held(due.Add(-time.Hour), -70, 0), held(due, -500, 0))},
		"beside what was paid already":     {[]contracts.Line{payable(30, 0), held(due, 500, 0)}, released(payable(500, 0), held(due, -500, 0))},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var posted []contracts.Entry
			for i, l := range tt.posted {
				posted = append(posted, contracts.Entry{Subject: "order:1", Revision: i + 1, PostedAt: date(11, 20), Line: l})
			}
			got, err := contracts.Release("order:1", posted, due, at)
			require.NoError(t, err)
			for i := range got {
				got[i].Revision = 3
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
		})
	}
}

// TestLedgerReachesTarget: whatever was posted before, the sum after a posting is the
// target, posting again appends nothing, and no target leaves nothing.
func TestLedgerReachesTarget(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 10))
	currencies := []byline.Currency{byline.EUR, byline.JPY, byline.KWD}
	for range 500 {
		var ledger contracts.Ledger
		for step := range 8 {
			target := map[string]int64{}
			var lines []contracts.Line
			for range rng.IntN(4) {
				l := commission(byline.CreatorID(rune('a'+rng.IntN(3))), 1+rng.IntN(2), byline.Minor(rng.Int64N(2000)-500, currencies[rng.IntN(3)]))
				lines = append(lines, l)
			}
			if step == 7 {
				lines = nil
			}
			for _, l := range lines {
				target[string(l.Creator)+" "+string(l.Amount.Currency())] += l.Amount.Minor()
			}
			for key, sum := range target {
				if sum == 0 {
					delete(target, key)
				}
			}
			_, err := ledger.Post("order:1", lines, date(11, step+1))
			require.NoError(t, err)
			entries, err := ledger.Entries(t.Context(), attribution.NoTx{}, "order:1")
			require.NoError(t, err)
			if diff := cmp.Diff(target, sums(t, entries)); diff != "" {
				t.Fatalf("posted sums (-want +got):\n%s", diff)
			}
			again, err := ledger.Post("order:1", lines, date(11, step+1))
			require.NoError(t, err)
			if len(again) != 0 {
				t.Fatalf("posting twice appended %+v", again)
			}
		}
	}
}

func TestLedgerConflict(t *testing.T) {
	t.Parallel()
	var ledger contracts.Ledger
	entry := contracts.Entry{Subject: "order:1", Revision: 1, PostedAt: date(11, 1), Line: commission("ada", 1, eur(500))}
	require.NoError(t, ledger.Append(t.Context(), attribution.NoTx{}, []contracts.Entry{entry}))
	require.ErrorIs(t, ledger.Append(t.Context(), attribution.NoTx{}, []contracts.Entry{entry}), byline.ErrConflict)
	other := entry
	other.Subject = "order:2"
	require.ErrorIs(t, ledger.Append(t.Context(), attribution.NoTx{}, []contracts.Entry{other, entry}), byline.ErrInvalid)
}

func TestLedgerConcurrently(t *testing.T) {
	t.Parallel()
	var ledger contracts.Ledger
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for {
				_, err := ledger.Post("order:1", []contracts.Line{commission("ada", 1, eur(500))}, date(11, 1))
				if err == nil {
					return
				}
			}
		})
	}
	wg.Wait()
	got, err := ledger.Balances("ada")
	require.NoError(t, err)
	want := []contracts.Balance{balance("ada", eur(500), eur(0), eur(500))}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
}

// TestRefundAfterPayout follows one creator through a payout and a refund that comes
// after it.
func TestRefundAfterPayout(t *testing.T) {
	t.Parallel()
	var ledger contracts.Ledger
	post := func(subject contracts.Subject, line contracts.Line, at time.Time) {
		_, err := ledger.Post(subject, []contracts.Line{line}, at)
		require.NoError(t, err)
	}
	pay := func(reference string, cents int64) error {
		_, err := contracts.PostPayment(t.Context(), attribution.NoTx{}, &ledger, contracts.Payment{Reference: reference, Creator: "ada", Amount: eur(cents)}, date(12, 5))
		return err
	}
	expect := func(what string, earned, paid, owed int64) {
		t.Helper()
		got, err := ledger.Balances("ada")
		require.NoError(t, err)
		want := []contracts.Balance{balance("ada", eur(earned), eur(paid), eur(owed))}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	post("order:1", commission("ada", 1, eur(1020)), date(11, 20))
	expect("after the order", 1020, 0, 1020)
	require.NoError(t, pay("2026-11/ada", 1020))
	require.NoError(t, pay("2026-11/ada", 1020))
	expect("after the payout, sent twice", 1020, 1020, 0)
	require.ErrorIs(t, pay("2026-11/ada", 1021), byline.ErrConflict)
	post("order:1", commission("ada", 1, eur(612)), date(12, 10))
	expect("after the refund: carried forward", 612, 1020, -408)
	post("order:2", commission("ada", 1, eur(1000)), date(12, 12))
	expect("netted by the next order", 1612, 1020, 592)
}

func TestEntryIsStableJSON(t *testing.T) {
	t.Parallel()
	line := commission("ada", 2, eur(-408))
	line.Policy, line.Base, line.Rate, line.Reason = "byline/1", eur(5100), 12*contracts.Percent, contracts.ReasonPartlyReturned
	nothing := line
	nothing.Base, nothing.Reason = eur(0), contracts.ReasonRefunded
	fee := contracts.Line{Creator: "ada", Campaign: "autumn", Agreement: "ag", Version: 1, Kind: contracts.FlatFee, Amount: eur(50000), Reason: contracts.ReasonFeeDue}
	entries := []contracts.Entry{
		{Subject: contracts.ForOrder("shop:1001"), Revision: 2, PostedAt: date(12, 10), Line: line},
		{Subject: contracts.ForOrder("shop:1001"), Revision: 3, PostedAt: date(12, 11), Line: nothing},
		{Subject: contracts.ForAgreement("ag"), Revision: 1, PostedAt: date(11, 1), Line: fee},
	}
	got, err := json.MarshalIndent(entries, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "entry.golden.json", append(got, '\n'))
	var back []contracts.Entry
	require.NoError(t, json.Unmarshal(got, &back))
	if diff := cmp.Diff(entries, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

func TestCheckAppend(t *testing.T) {
	t.Parallel()
	good := contracts.Entry{Subject: "order:1", Revision: 1, PostedAt: date(11, 1), Line: commission("ada", 1, eur(500))}
	tests := map[string]struct {
		change func(*contracts.Entry)
		want   []fault
	}{
		"good":                       {func(e *contracts.Entry) { e.Base = eur(0) }, nil},
		"a withdrawn currency":       {func(e *contracts.Entry) { e.Amount = byline.Minor(1, "BGN") }, nil},
		"no currency":                {func(e *contracts.Entry) { e.Amount = byline.Minor(1, "") }, []fault{{"amount", "ledger.currency"}}},
		"an unknown currency":        {func(e *contracts.Entry) { e.Amount = byline.Minor(1, "eur") }, []fault{{"amount", "ledger.currency"}}},
		"a base in another currency": {func(e *contracts.Entry) { e.Base = byline.Minor(0, byline.JPY) }, []fault{{"base", "ledger.other_currency"}}},
		"sold in another currency":   {func(e *contracts.Entry) { e.Sold = byline.Minor(5, byline.USD) }, []fault{{"sold", "ledger.other_currency"}}},
		"another subject":            {func(e *contracts.Entry) { e.Subject = "order:2" }, []fault{{"", "ledger.mixed_append"}}},
		"another revision":           {func(e *contracts.Entry) { e.Revision = 2 }, []fault{{"", "ledger.mixed_append"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			second := good
			tt.change(&second)
			if diff := cmp.Diff(tt.want, faultsOf(contracts.CheckAppend([]contracts.Entry{good, second}))); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
	want := []fault{{"subject", "required"}}
	if diff := cmp.Diff(want, faultsOf(contracts.CheckAppend([]contracts.Entry{{Line: good.Line}}))); diff != "" {
		t.Errorf("without a subject (-want +got):\n%s", diff)
	}
	require.NoError(t, contracts.CheckAppend(nil))
}

func TestPostPaymentRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		payment contracts.Payment
		want    []fault
	}{
		"nothing at all":         {contracts.Payment{}, []fault{{"reference", "required"}, {"creator", "required"}, {"amount", "payment.amount"}}},
		"exactly zero":           {contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(0)}, []fault{{"amount", "payment.amount"}}},
		"less than nothing":      {contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(-1)}, []fault{{"amount", "payment.amount"}}},
		"in no currency":         {contracts.Payment{Reference: "r", Creator: "ada", Amount: byline.Minor(1, "")}, []fault{{"amount", "payment.amount"}}},
		"in an unknown currency": {contracts.Payment{Reference: "r", Creator: "ada", Amount: byline.Minor(1, "XX1")}, []fault{{"amount", "payment.amount"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ledger contracts.Ledger
			entries, err := contracts.PostPayment(t.Context(), attribution.NoTx{}, &ledger, tt.payment, date(12, 5))
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || len(entries) != 0 {
				t.Errorf("posted %+v; faults (-want +got):\n%s", entries, diff)
			}
		})
	}
}

// A reference belongs to one payment: to its creator, its amount and its currency.
func TestAPaymentIsRecordedOnce(t *testing.T) {
	t.Parallel()
	var ledger contracts.Ledger
	pay := func(p contracts.Payment) (int, error) {
		entries, err := contracts.PostPayment(t.Context(), attribution.NoTx{}, &ledger, p, date(12, 5))
		return len(entries), err
	}
	first := contracts.Payment{Reference: "2026-11", Creator: "ada", Amount: eur(500)}
	for i, want := range []int{1, 0} {
		posted, err := pay(first)
		require.NoError(t, err)
		if posted != want {
			t.Errorf("time %d posted %d entries, want %d", i+1, posted, want)
		}
	}
	for name, other := range map[string]contracts.Payment{
		"another creator":  {Reference: "2026-11", Creator: "bruno", Amount: eur(500)},
		"another amount":   {Reference: "2026-11", Creator: "ada", Amount: eur(501)},
		"another currency": {Reference: "2026-11", Creator: "ada", Amount: byline.Minor(500, byline.JPY)},
	} {
		_, err := pay(other)
		require.ErrorIs(t, err, byline.ErrConflict, name)
	}
}

// balance is one of which nothing waits.
func balance(creator byline.CreatorID, earned, paid, owed byline.Money) contracts.Balance {
	zero := byline.Minor(0, earned.Currency())
	return contracts.Balance{Creator: creator, Earned: earned, Paid: paid, Owed: owed, Held: zero, Payable: owed, InTransit: zero, InKind: zero}
}

func TestBalances(t *testing.T) {
	t.Parallel()
	entry := func(creator byline.CreatorID, kind contracts.Kind, amount byline.Money) contracts.Entry {
		return contracts.Entry{Line: contracts.Line{Creator: creator, Kind: kind, Amount: amount}}
	}
	yen := func(n int64) byline.Money { return byline.Minor(n, byline.JPY) }
	tests := map[string]struct {
		entries []contracts.Entry
		want    []contracts.Balance
	}{
		"nothing": {nil, nil},
		"fees and commissions are earned, payouts are paid": {
			[]contracts.Entry{entry("ada", contracts.FlatFee, eur(1000)), entry("ada", contracts.Commission, eur(-300)), entry("ada", contracts.Payout, eur(-900))},
			[]contracts.Balance{balance("ada", eur(700), eur(900), eur(-200))},
		},
		"by creator, then currency": {
			[]contracts.Entry{entry("bruno", contracts.Commission, eur(1)), entry("ada", contracts.Commission, yen(2)), entry("ada", contracts.Commission, eur(3))},
			[]contracts.Balance{
				balance("ada", eur(3), eur(0), eur(3)),
				balance("ada", yen(2), yen(0), yen(2)),
				balance("bruno", eur(1), eur(0), eur(1)),
			},
		},
		"what came to nothing is listed": {
			[]contracts.Entry{entry("ada", contracts.Commission, eur(5)), entry("ada", contracts.Commission, eur(-5))},
			[]contracts.Balance{balance("ada", eur(0), eur(0), eur(0))},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := contracts.Balances(tt.entries)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("balances (-want +got):\n%s", diff)
			}
		})
	}
	for _, kind := range []contracts.Kind{contracts.Commission, contracts.Payout} {
		_, err := contracts.Balances([]contracts.Entry{entry("ada", kind, eur(math.MaxInt64)), entry("ada", kind, eur(1))})
		require.ErrorIs(t, err, byline.ErrInvalid, kind)
	}
}

func TestSubjectNamesItsOrder(t *testing.T) {
	t.Parallel()
	if id, ok := contracts.ForOrder("shop:1").Order(); !ok || id != "shop:1" {
		t.Errorf("got %q %v", id, ok)
	}
	if id, ok := contracts.ForAgreement("order:1").Order(); ok {
		t.Errorf("an agreement's subject names order %q", id)
	}
}
