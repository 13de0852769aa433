package contracts_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// What is kept back for a tax authority is paid, not returned by a customer; and when the
// payout comes back it is not earned.
func TestStatementOfWithholding(t *testing.T) {
	t.Parallel()
	var ledger contracts.Ledger
	_, err := ledger.Post("order:shop:1", []contracts.Line{commission("ada", 1, eur(10000))}, date(11, 1))
	require.NoError(t, err)
	post := func(status contracts.PayoutStatus, day int) {
		_, err := contracts.PostPayout(t.Context(), attribution.NoTx{}, &ledger, contracts.Payment{
			Reference: "p-1", Creator: "ada", Amount: eur(10000), Withheld: eur(2400), Status: status}, date(12, day))
		require.NoError(t, err)
	}
	post(contracts.PayoutUnderWay, 1)
	post(contracts.PayoutPaid, 2)
	post(contracts.PayoutReturned, 4)
	tests := map[string]struct {
		from, to int
		want     []string // paid out, withheld, earned, returned, then the lines
	}{
		"under way": {1, 2, []string{"0.00 0.00 0.00 0.00", "Under way 76.00 payable → under way", "Tax kept back, under way 24.00 payable → under way"}},
		"paid":      {1, 3, []string{"100.00 24.00 0.00 0.00", "Under way 76.00 payable → under way", "Tax kept back, under way 24.00 payable → under way", "Paid −76.00 paid out", "Tax kept back −24.00 to a tax authority"}},
		"came back": {4, 5, []string{"-100.00 -24.00 0.00 0.00", "Sent back +76.00 payable", "Tax given back +24.00 payable"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := statementOver(t, &ledger, date(12, tt.from), date(12, tt.to))
			section := s.Sections[0]
			checkSection(t, s, section)
			got := []string{fmt.Sprint(section.PaidOut.Amount(), " ", section.Withheld.Amount(), " ", section.Earned.Amount(), " ", section.Returned.Amount())}
			for _, l := range statementLines(t, s) {
				got = append(got, l.For+" "+strings.TrimSuffix(l.Shown(), "\u00a0EUR")+" "+l.Where())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("statement (-want +got):\n%s", diff)
			}
		})
	}
}

// A cap takes from what is held first. When the orders are released it moves along, the
// same way as they do; and back.
func TestStatementTellsThatCapsMoveAlong(t *testing.T) {
	t.Parallel()
	on := func(account contracts.Account, cents int64) contracts.Line {
		line := plainPay(contracts.CapAdjustment, eur(cents))
		line.Creator, line.Account, line.Rule, line.Reason = "ada", account, "cap", contracts.ReasonCapped
		return line
	}
	draw := func(account contracts.Account) contracts.Line {
		line := on(account, -5000)
		line.Kind = contracts.TierAdjustment
		return line
	}
	tests := map[string]struct {
		before, after []contracts.Line
		want          []string
	}{
		"released": {[]contracts.Line{on(contracts.Held, -5000)}, []contracts.Line{on(contracts.Payable, -5000)},
			[]string{"Cap released 50.00 held → payable, held=50.00 payable=-50.00: It now reduces what may be paid out."}},
		"released in part": {[]contracts.Line{on(contracts.Held, -5000)}, []contracts.Line{on(contracts.Held, -2000), on(contracts.Payable, -3000)},
			[]string{"Cap released 30.00 held → payable, held=30.00 payable=-30.00: It now reduces what may be paid out."}},
		"released, and less of it": {[]contracts.Line{on(contracts.Held, -5000)}, []contracts.Line{on(contracts.Payable, -3000)},
			[]string{"Cap released 30.00 held → payable, held=30.00 payable=-30.00: It now reduces what may be paid out.",
				"Cap, held +20.00 held, held=20.00 payable=0.00: There is room below the period's cap again. Held until the orders behind it are released; no day is set."}},
		"released, and more of it": {[]contracts.Line{on(contracts.Held, -5000)}, []contracts.Line{on(contracts.Payable, -6000)},
			[]string{"Cap released 50.00 held → payable, held=50.00 payable=-50.00: It now reduces what may be paid out.",
				"Cap −10.00 payable, held=0.00 payable=-10.00: What lies above the period's cap is not paid."}},
		"held again": {[]contracts.Line{on(contracts.Payable, -5000)}, []contracts.Line{on(contracts.Held, -5000)},
			[]string{"Cap held again 50.00 payable → held, held=-50.00 payable=50.00: It now reduces what is held."}},
		"another deduction, by what was posted": {[]contracts.Line{draw(contracts.Held)}, []contracts.Line{draw(contracts.Payable)},
			[]string{"Tier adjustment released 50.00 held → payable, held=50.00 payable=-50.00: It now reduces what may be paid out."}},
		"another deduction held again": {[]contracts.Line{draw(contracts.Payable)}, []contracts.Line{draw(contracts.Held)},
			[]string{"Tier adjustment held again 50.00 payable → held, held=-50.00 payable=50.00: It now reduces what is held."}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ledger contracts.Ledger
			_, err := ledger.Post("periods:ag-ada", tt.before, date(11, 1))
			require.NoError(t, err)
			_, err = ledger.Post("periods:ag-ada", tt.after, date(11, 10))
			require.NoError(t, err)
			s := statementOver(t, &ledger, date(11, 9), date(11, 12))
			checkSection(t, s, s.Sections[0])
			var got []string
			for _, l := range statementLines(t, s) {
				shown := strings.TrimSuffix(l.Shown(), "\u00a0EUR")
				got = append(got, fmt.Sprintf("%s %s %s, held=%s payable=%s: %s", l.For, shown, l.Where(), l.Held.Amount(), l.Payable.Amount(), l.Why))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// Two periods of one agreement are two things: what one of them takes is not released by
// what the other gives. A line names its period by the day on which it starts.
func TestStatementTellsPeriodsApart(t *testing.T) {
	t.Parallel()
	of := func(month time.Month, account contracts.Account, cents int64) contracts.Line {
		line := plainPay(contracts.TierAdjustment, eur(cents))
		line.Account, line.EarnedAt, line.Reason = account, date(month, 1), contracts.ReasonTierReached
		return line
	}
	b := bookedLedger(t)
	b.post(hour(11, 9, 9), contracts.ForPeriods("ag-ada"), of(10, contracts.Held, -600), of(11, contracts.Payable, 600))
	var got []string
	for _, l := range statementLines(t, statementOver(t, &b.ledger, date(11, 1), date(12, 1))) {
		got = append(got, l.About+": "+string(l.Movement)+" "+l.Amount.Amount())
	}
	want := []string{"Period from 1 Oct 2026 · ag-ada: adjusted -6.00", "Period from 1 Nov 2026 · ag-ada: adjusted 6.00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// randomFlow posts orders that change, releases, payouts that come and fail, and
// write-offs, as they happen in the field.
func randomFlow(t *testing.T, seed uint64) *contracts.Ledger {
	t.Helper()
	ledger, rng := new(contracts.Ledger), rand.New(rand.NewPCG(seed, 1))
	payments := map[string]contracts.Payment{}
	at := date(9, 1)
	for range 60 {
		at = at.Add(time.Duration(rng.IntN(40)) * time.Hour)
		switch rng.IntN(6) {
		case 0, 1, 2:
			id := rng.IntN(5)
			_, err := ledger.Post(contracts.Subject(fmt.Sprint("order:", id)), randomTarget(rng, date(9, 1+id)), at)
			require.NoError(t, err)
		case 3:
			due, err := ledger.Due(t.Context(), attribution.NoTx{}, at, 10)
			require.NoError(t, err)
			for _, subject := range due {
				_, err := contracts.PostRelease(t.Context(), attribution.NoTx{}, ledger, subject, at, at)
				require.NoError(t, err)
			}
		case 4:
			reference := fmt.Sprint("p", rng.IntN(6))
			p, known := payments[reference]
			if !known {
				p = contracts.Payment{Reference: reference, Creator: "ada", Amount: eur(1 + rng.Int64N(500))}
				if seed%2 == 0 {
					p.Withheld = eur(p.Amount.Minor() / 4)
				}
			}
			p.Status = []contracts.PayoutStatus{contracts.PayoutUnderWay, contracts.PayoutPaid, contracts.PayoutFailed, contracts.PayoutReturned}[rng.IntN(4)]
			_, err := contracts.PostPayout(t.Context(), attribution.NoTx{}, ledger, p, at)
			allowConflict(t, err)
			if err == nil {
				payments[p.Reference] = p
			}
		case 5:
			w := contracts.Waiver{Reference: fmt.Sprint("w", rng.IntN(20)), Creator: "ada", Amount: eur(1 + rng.Int64N(50))}
			_, err := contracts.PostWriteOff(t.Context(), attribution.NoTx{}, ledger, w, at)
			allowConflict(t, err)
		}
	}
	return ledger
}

func randomTarget(rng *rand.Rand, placed time.Time) []contracts.Line {
	var target []contracts.Line
	for part := range 1 + rng.IntN(2) {
		line := statementTenPercent(eur(rng.Int64N(999)), eur(rng.Int64N(9999)))
		line.Creator, line.EarnedAt, line.Rule = "ada", placed, fmt.Sprint("r", part)
		switch rng.IntN(3) {
		case 0:
			line = heldTill(line, date(9, 1+rng.IntN(60)))
		case 1:
			line = heldTill(line, time.Time{})
		}
		target = append(target, line)
	}
	return target
}

// TestStatementFlows: over random flows the summary agrees with the balances, of all
// time too, and what waits is never less than nothing.
func TestStatementFlows(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		ledger := randomFlow(t, seed)
		from := date(9, 1+int(seed%50))
		s := statementOver(t, ledger, from, from.AddDate(0, 0, 20))
		closing, err := ledger.BalancesAt(t.Context(), "ada", s.Period.End)
		require.NoError(t, err)
		for _, section := range s.Sections {
			checkSection(t, s, section)
			i := slices.IndexFunc(closing, func(b contracts.Balance) bool { return b.Owed.Currency() == section.Currency })
			if diff := cmp.Diff(closing[i], section.Closing); diff != "" {
				t.Fatalf("seed %d: closing (-ledger +statement):\n%s", seed, diff)
			}
			for _, part := range section.Waiting {
				if part.Amount.Sign() <= 0 {
					t.Fatalf("seed %d: %s wait until %s", seed, part.Amount, part.Until)
				}
			}
		}
	}
}

// The waiting of 1000 orders, each to its own second, is told by day.
func TestStatementWaiting(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	b := bookedLedger(t)
	wait := func(id string, line contracts.Line) { b.post(hour(11, 2, 9), contracts.Subject("order:"+id), line) }
	for i := range 1000 {
		wait(fmt.Sprint("many:", i), heldTill(statementTenPercent(eur(100), eur(1000)), hour(12, 4, 8).Add(time.Duration(i)*time.Second)))
	}
	wait("late", heldTill(statementTenPercent(eur(1200), eur(12000)), hour(11, 20, 23)))
	wait("at the end", heldTill(statementTenPercent(eur(900), eur(9000)), time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC)))
	wait("undelivered", heldTill(statementTenPercent(eur(3000), eur(30000)), time.Time{}))
	yen := heldTill(statementTenPercent(byline.Minor(50, byline.JPY), byline.Minor(500, byline.JPY)), hour(12, 2, 12))
	wait("tokyo", yen)
	b.post(hour(11, 3, 9), periods, heldTill(plainPay(contracts.CapAdjustment, byline.Minor(-20, byline.JPY)), time.Time{}))
	opts := november()
	opts.Zone = berlin
	opts.Period = byline.Window{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, berlin), End: time.Date(2026, 12, 1, 0, 0, 0, 0, berlin)}
	s, err := contracts.NewStatement(t.Context(), &b.ledger, opts)
	require.NoError(t, err)
	var got []string
	for _, section := range s.Sections {
		checkSection(t, s, section)
		for _, row := range s.Waiting(section) {
			got = append(got, strings.TrimSpace(row.Label+" "+row.Amount.String()+" "+row.Detail))
		}
	}
	want := []string{
		"Due since 21 Nov 2026 12.00 EUR the wait is over; it is not released yet",
		"Until 1 Dec 2026 9.00 EUR",
		"Until 4 Dec 2026 1000.00 EUR",
		"No day is set 30.00 EUR until it is delivered, reviewed or converted, or the orders behind it are released",
		"Until 2 Dec 2026 50 JPY",
		"No day is set -20 JPY taken off when the orders behind it are released",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("waiting (-want +got):\n%s", diff)
	}
}

// A day in which a period ends has what is due and what is not.
func TestStatementWaitingAcrossTheEnd(t *testing.T) {
	t.Parallel()
	b := bookedLedger(t)
	b.post(hour(11, 2, 9), "order:1", heldTill(statementTenPercent(eur(100), eur(1000)), hour(11, 20, 11)))
	b.post(hour(11, 2, 9), "order:2", heldTill(statementTenPercent(eur(200), eur(2000)), hour(11, 20, 12)))
	s := statementOver(t, &b.ledger, date(11, 1), hour(11, 20, 12))
	var got []string
	for _, row := range s.Waiting(s.Sections[0]) {
		got = append(got, row.Label+" "+row.Amount.String())
	}
	if diff := cmp.Diff([]string{"Due since 20 Nov 2026 1.00 EUR", "Until 20 Nov 2026 2.00 EUR"}, got); diff != "" {
		t.Errorf("waiting (-want +got):\n%s", diff)
	}
}
