package contracts_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// cashbox is a ledger in which each creator has earned 100.00.
type cashbox struct {
	testing.TB
	*contracts.Ledger
}

func newCashbox(t testing.TB, creators ...byline.CreatorID) cashbox {
	t.Helper()
	s := cashbox{t, new(contracts.Ledger)}
	for _, c := range creators {
		s.earn(c, eur(10000))
	}
	return s
}

func (s cashbox) earn(creator byline.CreatorID, amount byline.Money) {
	s.Helper()
	_, err := s.Post(contracts.ForOrder(byline.OrderID(creator)), []contracts.Line{commission(creator, 1, amount)}, date(11, 1))
	require.NoError(s, err)
}

func (s cashbox) pay(p contracts.Payment) ([]contracts.Entry, error) {
	return contracts.PostPayout(s.Context(), attribution.NoTx{}, s.Ledger, p, date(12, 1))
}

// stands is what a creator has in euros: payable, in transit, paid.
func (s cashbox) stands(creator byline.CreatorID) string {
	s.Helper()
	balances, err := s.Balances(creator)
	require.NoError(s, err)
	b := balances[0]
	return b.Payable.Amount() + " " + b.InTransit.Amount() + " " + b.Paid.Amount()
}

func conflictOf(err error) string {
	if conflict, ok := errors.AsType[*contracts.PayoutError](err); ok && errors.Is(err, byline.ErrConflict) {
		return conflict.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestPostPayout(t *testing.T) {
	t.Parallel()
	// Each step is a status, then "!" and a code where it is refused.
	tests := map[string]struct {
		steps string
		want  string // payable, in transit, paid
	}{
		"under way":                      {"under_way", "0.00 100.00 0.00"},
		"paid at once":                   {"paid", "0.00 0.00 100.00"},
		"paid":                           {"under_way paid", "0.00 0.00 100.00"},
		"each twice":                     {"under_way under_way paid paid returned returned", "100.00 0.00 0.00"},
		"failed":                         {"under_way failed failed", "100.00 0.00 0.00"},
		"returned days after":            {"under_way paid returned", "100.00 0.00 0.00"},
		"returned without a word before": {"under_way returned", "100.00 0.00 0.00"},
		"paid, told late":                {"under_way returned paid", "100.00 0.00 0.00"},
		"failed, told late":              {"under_way returned failed", "100.00 0.00 0.00"},
		"a failure comes back":           {"under_way failed returned", "100.00 0.00 0.00"},
		"failed, then paid":              {"under_way failed paid!payout.step", "100.00 0.00 0.00"},
		"paid, then failed":              {"under_way paid failed!payout.step", "0.00 0.00 100.00"},
		"back to under way":              {"under_way paid under_way!payout.step", "0.00 0.00 100.00"},
		"again under a failed reference": {"under_way failed under_way!payout.step", "100.00 0.00 0.00"},
		"again after a return":           {"under_way returned under_way!payout.step", "100.00 0.00 0.00"},
		"a failure of nothing":           {"failed!payout.unknown", "100.00 0.00 0.00"},
		"a return of nothing":            {"returned!payout.unknown", "100.00 0.00 0.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newCashbox(t, "ada")
			for step := range strings.FieldsSeq(tt.steps) {
				status, want, _ := strings.Cut(step, "!")
				_, err := s.pay(contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(10000), Status: contracts.PayoutStatus(status)})
				if got := conflictOf(err); got != want {
					t.Errorf("%s: error %q, want %q", step, got, want)
				}
			}
			if got := s.stands("ada"); got != tt.want {
				t.Errorf("stands at %s, want %s", got, tt.want)
			}
		})
	}
}

func TestPayoutEntriesSayWhy(t *testing.T) {
	t.Parallel()
	s := newCashbox(t, "ada")
	var got []string
	for _, status := range []contracts.PayoutStatus{contracts.PayoutUnderWay, contracts.PayoutPaid, contracts.PayoutReturned} {
		entries, err := s.pay(contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(1000), Withheld: eur(240), Status: status})
		require.NoError(t, err)
		for _, e := range entries {
			got = append(got, fmt.Sprintf("%d %s %q %s %s against %s", e.Revision, e.Kind, e.Account, e.Amount.Amount(), e.Reason, e.Kind.Against()))
		}
	}
	want := []string{
		`1 payout "" -7.60 payout_under_way against cash`,
		`1 payout "in_transit" 7.60 payout_under_way against cash`,
		`1 tax_withheld "" -2.40 payout_under_way against tax_authority`,
		`1 tax_withheld "in_transit" 2.40 payout_under_way against tax_authority`,
		`2 payout "in_transit" -7.60 paid_out against cash`,
		`2 tax_withheld "in_transit" -2.40 paid_out against tax_authority`,
		`3 payout "" 7.60 payout_returned against cash`,
		`3 tax_withheld "" 2.40 payout_returned against tax_authority`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

func TestPostPayoutRefuses(t *testing.T) {
	t.Parallel()
	good := contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(500), Status: contracts.PayoutUnderWay}
	tests := map[string]struct {
		change func(*contracts.Payment)
		want   []fault
	}{
		"nothing at all":            {func(p *contracts.Payment) { *p = contracts.Payment{} }, []fault{{"reference", "required"}, {"creator", "required"}, {"amount", "payment.amount"}}},
		"a status of its own":       {func(p *contracts.Payment) { p.Status = "gone" }, []fault{{"status", "payment.status"}}},
		"negative withheld":         {func(p *contracts.Payment) { p.Withheld = eur(-1) }, []fault{{"withheld", "payment.withheld"}}},
		"all of it withheld":        {func(p *contracts.Payment) { p.Withheld = eur(500) }, []fault{{"withheld", "payment.withheld"}}},
		"withheld in another money": {func(p *contracts.Payment) { p.Withheld = byline.Minor(1, byline.JPY) }, []fault{{"withheld", "payment.withheld"}}},
		"the one without opposite":  {func(p *contracts.Payment) { p.Amount = eur(math.MinInt64) }, []fault{{"amount", "payment.amount"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newCashbox(t, "ada")
			p := good
			tt.change(&p)
			entries, err := s.pay(p)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || len(entries) > 0 {
				t.Errorf("posted %+v, faults (-want +got):\n%s", entries, diff)
			}
		})
	}
}

func TestPayoutIsCovered(t *testing.T) {
	t.Parallel()
	s := newCashbox(t, "ada", "bruno")
	first := contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(6000), Status: contracts.PayoutUnderWay}
	_, err := s.pay(first)
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		payment contracts.Payment
		want    string
	}{
		"more than what is left":  {contracts.Payment{Reference: "s", Creator: "ada", Amount: eur(4001)}, "payout.uncovered"},
		"another currency":        {contracts.Payment{Reference: "s", Creator: "ada", Amount: byline.Minor(1, byline.KWD)}, "payout.uncovered"},
		"a creator without money": {contracts.Payment{Reference: "s", Creator: "cleo", Amount: eur(1)}, "payout.uncovered"},
		"the reference, more":     {contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(6001)}, "payout.other"},
		"the reference, whose":    {contracts.Payment{Reference: "r", Creator: "bruno", Amount: eur(6000)}, "payout.other"},
		"the reference, withheld": {contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(6000), Withheld: eur(1)}, "payout.other"},
	} {
		if _, err := s.pay(tt.payment); conflictOf(err) != tt.want {
			t.Errorf("%s: error %v, want %s", name, err, tt.want)
		}
	}
	_, err = s.pay(contracts.Payment{Reference: "s", Creator: "ada", Amount: eur(4000)})
	require.NoError(t, err)
	if got := s.stands("ada"); got != "0.00 60.00 40.00" {
		t.Errorf("stands at %s", got)
	}
}

// What was approved is recorded with the first posting. Nothing else leaves under its
// reference; a report of what became of it need not know.
func TestPayoutIsWhatWasApproved(t *testing.T) {
	t.Parallel()
	s := newCashbox(t, "ada")
	p := contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(10000), Status: contracts.PayoutUnderWay, Approved: "one"}
	for _, approved := range []string{"one!", "two!payout.other", "!payout.other", "one!"} {
		digest, want, _ := strings.Cut(approved, "!")
		p.Approved = digest
		if _, err := s.pay(p); conflictOf(err) != want {
			t.Errorf("%q: error %v, want %q", digest, err, want)
		}
	}
	p.Approved, p.Status = "two", contracts.PayoutPaid
	if _, err := s.pay(p); conflictOf(err) != "payout.other" {
		t.Errorf("paid otherwise than approved: error %v", err)
	}
	p.Approved = ""
	entries, err := s.pay(p)
	require.NoError(t, err)
	if len(entries) != 1 || entries[0].Policy != "one" || s.stands("ada") != "0.00 0.00 100.00" {
		t.Errorf("ada stands at %s after %+v", s.stands("ada"), entries)
	}
}

// talkative is a store that tells of everybody's balances.
type talkative struct{ *contracts.Ledger }

func (s talkative) BalancesOf(context.Context, attribution.NoTx, byline.CreatorID) ([]contracts.Balance, error) {
	bruno, err := s.Balances("bruno")
	ada, errAda := s.Balances("ada")
	return append(bruno, ada...), errors.Join(err, errAda)
}

// Nobody is paid out of another's balance, and nobody's debt is another's.
func TestBalanceIsTheCreatorsOwn(t *testing.T) {
	t.Parallel()
	s := newCashbox(t, "ada", "bruno")
	s.earn("ada", eur(500))
	_, err := contracts.PostPayout(t.Context(), attribution.NoTx{}, talkative{s.Ledger}, contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(501)}, date(12, 1))
	if conflictOf(err) != "payout.uncovered" {
		t.Errorf("error %v", err)
	}
}

// What was refunded after the money had left is netted, and never covers a payout twice.
func TestRefundWhileUnderWay(t *testing.T) {
	t.Parallel()
	s := newCashbox(t, "ada")
	p := contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(10000), Status: contracts.PayoutUnderWay}
	_, err := s.pay(p)
	require.NoError(t, err)
	s.earn("ada", eur(3000))
	p.Status = contracts.PayoutPaid
	_, err = s.pay(p)
	require.NoError(t, err)
	if got := s.stands("ada"); got != "-70.00 0.00 100.00" {
		t.Errorf("stands at %s", got)
	}
}

// A payment that came back is not posted anew by a repeated report of it.
func TestPostPaymentAfterReturn(t *testing.T) {
	t.Parallel()
	s := newCashbox(t, "ada")
	p := contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(10000)}
	_, err := contracts.PostPayment(t.Context(), attribution.NoTx{}, s.Ledger, p, date(12, 1))
	require.NoError(t, err)
	p.Status = contracts.PayoutReturned
	_, err = s.pay(p)
	require.NoError(t, err)
	p.Status = ""
	_, err = contracts.PostPayment(t.Context(), attribution.NoTx{}, s.Ledger, p, date(12, 1))
	if conflictOf(err) != "payout.step" {
		t.Errorf("error %v", err)
	}
	p.Status = contracts.PayoutUnderWay
	_, err = contracts.PostPayment(t.Context(), attribution.NoTx{}, s.Ledger, p, date(12, 1))
	if diff := cmp.Diff([]fault{{"status", "payment.status"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if got := s.stands("ada"); got != "100.00 0.00 0.00" {
		t.Errorf("stands at %s", got)
	}
}

// Whatever else stands under the subject of a payout is never taken for one.
func TestPayoutOnStrangeEntries(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]contracts.Line{
		"another kind":       commission("ada", 1, eur(-500)),
		"an unknown reason":  {Creator: "ada", Kind: contracts.Payout, Amount: eur(-500), Reason: contracts.ReasonEarned},
		"out of nowhere":     {Creator: "ada", Kind: contracts.Payout, Account: contracts.InTransit, Amount: eur(500), Reason: contracts.ReasonPaidOut},
		"the other way":      {Creator: "ada", Kind: contracts.Payout, Amount: eur(500), Reason: contracts.ReasonPaidOut},
		"in another account": {Creator: "ada", Kind: contracts.Payout, Account: contracts.Held, Amount: eur(-500), Reason: contracts.ReasonPaidOut},
	} {
		s := newCashbox(t, "ada")
		_, err := s.Post(contracts.ForPayout("r"), []contracts.Line{line}, date(11, 2))
		require.NoError(t, err)
		_, err = s.pay(contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(500)})
		if conflictOf(err) != "payout.other" {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// permutations yields every order of what it is given.
func permutations[T any](all []T, yield func([]T)) {
	if len(all) == 0 {
		yield(nil)
		return
	}
	for i := range all {
		rest := slices.Delete(slices.Clone(all), i, i+1)
		permutations(rest, func(p []T) { yield(append([]T{all[i]}, p...)) })
	}
}

// Reports of one payout may come in any order and twice.
func TestPayoutReportsConverge(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		want    string
		reports []contracts.PayoutStatus
	}{
		{"100.00 0.00 0.00", []contracts.PayoutStatus{"paid", "returned", "paid", "returned"}},
		{"100.00 0.00 0.00", []contracts.PayoutStatus{"failed", "returned", "failed"}},
		{"0.00 0.00 100.00", []contracts.PayoutStatus{"paid", "paid"}},
	} {
		permutations(tt.reports, func(order []contracts.PayoutStatus) {
			s := newCashbox(t, "ada")
			for _, status := range append([]contracts.PayoutStatus{contracts.PayoutUnderWay}, order...) {
				_, err := s.pay(contracts.Payment{Reference: "r", Creator: "ada", Amount: eur(10000), Status: status})
				require.NoError(t, err)
			}
			if got := s.stands("ada"); got != tt.want {
				t.Errorf("%v: stands at %s, want %s", order, got, tt.want)
			}
		})
	}
}

// TestBooksBalance: over all accounts of creators and the house the sum is zero, what a
// creator is owed is what stands on their accounts, and the cash and the tax that left
// are what was paid.
func TestBooksBalance(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 11))
	currencies := []byline.Currency{byline.EUR, byline.JPY, byline.KWD}
	statuses := []contracts.PayoutStatus{contracts.PayoutUnderWay, contracts.PayoutPaid, contracts.PayoutFailed, contracts.PayoutReturned}
	for range 200 {
		s := newCashbox(t)
		var subjects []contracts.Subject
		for step := range 40 {
			creator := byline.CreatorID(rune('a' + rng.IntN(3)))
			currency := currencies[rng.IntN(3)]
			reference := fmt.Sprint(rng.IntN(6))
			switch rng.IntN(4) {
			case 0:
				subject := contracts.ForOrder(byline.OrderID(reference))
				subjects = append(subjects, subject)
				_, err := s.Post(subject, []contracts.Line{commission(creator, 1, byline.Minor(rng.Int64N(1000)-200, currency))}, date(11, 1+step/2))
				require.NoError(t, err)
			case 1:
				subjects = append(subjects, contracts.ForWriteOff(reference))
				w := contracts.Waiver{Reference: reference, Creator: creator, Amount: byline.Minor(1+rng.Int64N(300), currency)}
				_, err := contracts.PostWriteOff(t.Context(), attribution.NoTx{}, s.Ledger, w, date(11, 2))
				allowConflict(t, err)
			default:
				subjects = append(subjects, contracts.ForPayout(reference))
				p := contracts.Payment{Reference: reference, Creator: creator, Amount: byline.Minor(2+rng.Int64N(50), currency), Status: statuses[rng.IntN(4)]}
				if rng.IntN(2) == 0 {
					p.Withheld = byline.Minor(1, currency)
				}
				_, err := s.pay(p)
				allowConflict(t, err)
			}
			checkBooks(t, s, subjects)
		}
	}
}

func allowConflict(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		require.ErrorIs(t, err, byline.ErrConflict)
	}
}

func checkBooks(t *testing.T, s cashbox, subjects []contracts.Subject) {
	t.Helper()
	type place struct {
		account  contracts.Account
		currency byline.Currency
	}
	house, paid := map[place]int64{}, map[place]int64{}
	total := map[byline.Currency]int64{}
	slices.Sort(subjects)
	for _, subject := range slices.Compact(slices.Clone(subjects)) {
		entries, err := s.Entries(t.Context(), attribution.NoTx{}, subject)
		require.NoError(t, err)
		for _, e := range entries {
			house[place{e.Kind.Against(), e.Amount.Currency()}] -= e.Amount.Minor()
			total[e.Amount.Currency()] += e.Amount.Minor()
		}
	}
	for _, creator := range []byline.CreatorID{"a", "b", "c"} {
		balances, err := s.Balances(creator)
		require.NoError(t, err)
		for _, b := range balances {
			c := b.Owed.Currency()
			paid[place{"paid", c}] += b.Paid.Minor()
			if b.Owed.Minor() != b.Held.Minor()+b.Payable.Minor()+b.InTransit.Minor() || b.Owed.Minor() != b.Earned.Minor()-b.Paid.Minor() {
				t.Fatalf("accounts do not add up: %+v", b)
			}
			if b.Paid.Sign() < 0 || b.InTransit.Sign() < 0 {
				t.Fatalf("less than nothing left: %+v", b)
			}
			total[c] -= b.Owed.Minor()
		}
	}
	for c, left := range total {
		out := house[place{contracts.Cash, c}] + house[place{contracts.TaxAuthority, c}]
		if left != 0 || out != paid[place{"paid", c}] {
			t.Fatalf("%s: %d stands nowhere, %d left, %d paid", c, left, out, paid[place{"paid", c}])
		}
	}
}

// Two batches over the same balance at once pay it once.
func TestPayoutsAtOnce(t *testing.T) {
	t.Parallel()
	for range 50 {
		s := newCashbox(t, "ada")
		var wg sync.WaitGroup
		paid := make(chan string, 32)
		for i := range 16 {
			for range 2 {
				wg.Go(func() {
					reference := fmt.Sprint("batch ", i)
					entries, err := s.pay(contracts.Payment{Reference: reference, Creator: "ada", Amount: eur(10000), Status: contracts.PayoutUnderWay})
					if err == nil && len(entries) > 0 {
						paid <- reference
					} else if err != nil && conflictOf(err) != "payout.uncovered" {
						t.Errorf("error %v", err)
					}
				})
			}
		}
		wg.Wait()
		close(paid)
		if len(paid) != 1 || s.stands("ada") != "0.00 100.00 0.00" {
			t.Fatalf("paid %d times, stands at %s", len(paid), s.stands("ada"))
		}
	}
}
