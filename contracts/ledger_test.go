package contracts_test

import (
	"encoding/json"
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
	withdrawn := commission("ada", 1, eur(-500))
	withdrawn.Reason = contracts.ReasonWithdrawn
	returned := commission("ada", 1, eur(200))
	returned.Reason = contracts.ReasonPartlyReturned
	difference := returned
	difference.Amount = eur(-300)
	tests := map[string]struct {
		posted []contracts.Entry
		target []contracts.Line
		want   []contracts.Entry
	}{
		"the first time":               {nil, []contracts.Line{commission("ada", 1, eur(500))}, []contracts.Entry{posted(1, commission("ada", 1, eur(500)))}},
		"nothing new":                  {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{commission("ada", 1, eur(500))}, []contracts.Entry{}},
		"nothing owed, nothing posted": {nil, []contracts.Line{commission("ada", 1, eur(0))}, []contracts.Entry{}},
		"less than before":             {[]contracts.Entry{posted(3, commission("ada", 1, eur(500)))}, []contracts.Line{returned}, []contracts.Entry{posted(4, difference)}},
		"no longer this creator": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{commission("bruno", 1, eur(500))},
			[]contracts.Entry{posted(2, withdrawn), posted(2, commission("bruno", 1, eur(500)))}},
		"another version": {[]contracts.Entry{posted(1, commission("ada", 1, eur(500)))}, []contracts.Line{commission("ada", 2, eur(600))},
			[]contracts.Entry{posted(2, withdrawn), posted(2, commission("ada", 2, eur(600)))}},
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
	want := []contracts.Balance{{Creator: "ada", Earned: eur(500), Paid: eur(0), Owed: eur(500)}}
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
		want := []contracts.Balance{{Creator: "ada", Earned: eur(earned), Paid: eur(paid), Owed: eur(owed)}}
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
	require.ErrorIs(t, pay("", 0), byline.ErrInvalid)
	post("order:1", commission("ada", 1, eur(612)), date(12, 10))
	expect("after the refund: carried forward", 612, 1020, -408)
	post("order:2", commission("ada", 1, eur(1000)), date(12, 12))
	expect("netted by the next order", 1612, 1020, 592)
}

func TestEntryIsStableJSON(t *testing.T) {
	t.Parallel()
	line := commission("ada", 2, eur(-408))
	line.Policy, line.Base, line.Rate, line.Reason = "byline/1", eur(5100), 12*contracts.Percent, contracts.ReasonPartlyReturned
	got, err := json.MarshalIndent(contracts.Entry{Subject: contracts.ForOrder("shop:1001"), Revision: 2, PostedAt: date(12, 10), Line: line}, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "entry.golden.json", append(got, '\n'))
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

func TestReasonsAreListedOnce(t *testing.T) {
	t.Parallel()
	seen := map[contracts.Reason]bool{}
	for _, r := range contracts.Reasons() {
		if seen[r.Reason] || r.Meaning == "" {
			t.Errorf("reason %q stands twice or means nothing", r.Reason)
		}
		seen[r.Reason] = true
	}
}
