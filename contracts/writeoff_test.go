package contracts_test

import (
	"fmt"
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
)

func (s cashbox) forgive(w contracts.Waiver) ([]contracts.Entry, error) {
	return contracts.PostWriteOff(s.Context(), attribution.NoTx{}, s.Ledger, w, date(12, 20))
}

// inDebt is a cashbox in which ada was paid 100.00 and 40.00 of it came back.
func inDebt(t *testing.T) cashbox {
	t.Helper()
	s := newCashbox(t, "ada")
	_, err := s.pay(contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(10000)})
	require.NoError(t, err)
	s.earn("ada", eur(6000))
	return s
}

func TestPostWriteOff(t *testing.T) {
	t.Parallel()
	s := inDebt(t)
	part := contracts.Waiver{Reference: "w1", Creator: "ada", Amount: eur(1500)}
	for i, want := range []int{1, 0} {
		entries, err := s.forgive(part)
		require.NoError(t, err)
		if len(entries) != want {
			t.Errorf("time %d appended %+v", i+1, entries)
		}
	}
	if got := s.stands("ada"); got != "-25.00 0.00 100.00" {
		t.Errorf("stands at %s", got)
	}
	for name, tt := range map[string]struct {
		waiver contracts.Waiver
		want   string
	}{
		"more than is owed":    {contracts.Waiver{Reference: "w2", Creator: "ada", Amount: eur(2501)}, "write_off.too_much"},
		"another currency":     {contracts.Waiver{Reference: "w2", Creator: "ada", Amount: byline.Minor(1, byline.JPY)}, "write_off.too_much"},
		"who owes nothing":     {contracts.Waiver{Reference: "w2", Creator: "bruno", Amount: eur(1)}, "write_off.too_much"},
		"the reference, more":  {contracts.Waiver{Reference: "w1", Creator: "ada", Amount: eur(1501)}, "write_off.other"},
		"the reference, whose": {contracts.Waiver{Reference: "w1", Creator: "bruno", Amount: eur(1500)}, "write_off.other"},
		"the largest there is": {contracts.Waiver{Reference: "w2", Creator: "ada", Amount: eur(math.MaxInt64)}, "write_off.too_much"},
	} {
		if _, err := s.forgive(tt.waiver); conflictOf(err) != tt.want {
			t.Errorf("%s: error %v, want %s", name, err, tt.want)
		}
	}
	_, err := s.forgive(contracts.Waiver{Reference: "w4", Creator: "ada", Amount: eur(2500)})
	require.NoError(t, err)
	if got := s.stands("ada"); got != "0.00 0.00 100.00" {
		t.Errorf("stands at %s", got)
	}
	_, err = s.forgive(contracts.Waiver{Reference: "w5", Creator: "ada", Amount: eur(1)})
	if conflictOf(err) != "write_off.too_much" {
		t.Errorf("nothing is owed any more: error %v", err)
	}
}

// A payout that is under way may come back: what it took off Payable is no debt yet.
func TestWriteOffBeforeThePayoutArrives(t *testing.T) {
	t.Parallel()
	s := newCashbox(t, "ada")
	p := contracts.Payment{Reference: "p", Creator: "ada", Amount: eur(10000), Status: contracts.PayoutUnderWay}
	_, err := s.pay(p)
	require.NoError(t, err)
	s.earn("ada", eur(0)) // the order is refunded
	w := contracts.Waiver{Reference: "w", Creator: "ada", Amount: eur(10000)}
	if _, err := s.forgive(w); conflictOf(err) != "write_off.too_much" {
		t.Errorf("forgiven before it left: error %v", err)
	}
	p.Status = contracts.PayoutPaid
	_, err = s.pay(p)
	require.NoError(t, err)
	_, err = s.forgive(w)
	require.NoError(t, err)
	if got := s.stands("ada"); got != "0.00 0.00 100.00" {
		t.Errorf("stands at %s", got)
	}
}

func TestPostWriteOffRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		waiver contracts.Waiver
		want   []fault
	}{
		"nothing at all":       {contracts.Waiver{}, []fault{{"reference", "required"}, {"creator", "required"}, {"amount", "payment.amount"}}},
		"a debt made by it":    {contracts.Waiver{Reference: "w", Creator: "ada", Amount: eur(-1)}, []fault{{"amount", "payment.amount"}}},
		"in no known currency": {contracts.Waiver{Reference: "w", Creator: "ada", Amount: byline.Minor(1, "XX1")}, []fault{{"amount", "payment.amount"}}},
	} {
		s := inDebt(t)
		entries, err := s.forgive(tt.waiver)
		if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || len(entries) > 0 {
			t.Errorf("%s: posted %+v, faults (-want +got):\n%s", name, entries, diff)
		}
	}
}

func TestWriteOffsAtOnce(t *testing.T) {
	t.Parallel()
	s := inDebt(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			_, err := s.forgive(contracts.Waiver{Reference: fmt.Sprint(i), Creator: "ada", Amount: eur(3000)})
			allowConflict(t, err)
		})
	}
	wg.Wait()
	if got := s.stands("ada"); got != "-10.00 0.00 100.00" {
		t.Errorf("stands at %s", got)
	}
}

func TestDebtSince(t *testing.T) {
	t.Parallel()
	entry := func(day int, account contracts.Account, amount byline.Money) contracts.Entry {
		return contracts.Entry{PostedAt: date(11, day), Line: contracts.Line{Creator: "ada", Account: account, Amount: amount}}
	}
	tests := map[string]struct {
		entries []contracts.Entry
		want    time.Time
	}{
		"nothing":                 {nil, time.Time{}},
		"never below zero":        {[]contracts.Entry{entry(1, "", eur(5)), entry(2, "", eur(-5))}, time.Time{}},
		"since the refund":        {[]contracts.Entry{entry(1, "", eur(5)), entry(2, "", eur(-6)), entry(3, "", eur(-1))}, date(11, 2)},
		"with a break":            {[]contracts.Entry{entry(1, "", eur(-5)), entry(2, "", eur(5)), entry(4, "", eur(-1))}, date(11, 4)},
		"mended at once":          {[]contracts.Entry{entry(1, "", eur(-5)), entry(1, "", eur(5))}, time.Time{}},
		"what is held is no help": {[]contracts.Entry{entry(1, "", eur(-5)), entry(2, contracts.Held, eur(50))}, date(11, 1)},
		"nor another currency":    {[]contracts.Entry{entry(1, "", eur(-5)), entry(2, "", byline.Minor(50, byline.JPY))}, date(11, 1)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(1, 2))
			for range 20 {
				rng.Shuffle(len(tt.entries), func(i, j int) { tt.entries[i], tt.entries[j] = tt.entries[j], tt.entries[i] })
				got, err := contracts.DebtSince(tt.entries, byline.EUR)
				require.NoError(t, err)
				if !got.Equal(tt.want) {
					t.Errorf("since %v, want %v", got, tt.want)
				}
			}
		})
	}
	_, err := contracts.DebtSince([]contracts.Entry{entry(1, "", eur(math.MaxInt64)), entry(2, "", eur(1))}, byline.EUR)
	require.ErrorIs(t, err, byline.ErrInvalid)
}
