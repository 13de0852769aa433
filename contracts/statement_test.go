package contracts_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func TestNewStatementRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*contracts.StatementOptions)
		want   []string
	}{
		"nobody":                {func(o *contracts.StatementOptions) { o.Creator = "" }, []string{"creator required"}},
		"no start":              {func(o *contracts.StatementOptions) { o.Period.Start = time.Time{} }, []string{"period statement.period"}},
		"no end":                {func(o *contracts.StatementOptions) { o.Period.End = time.Time{} }, []string{"period statement.period"}},
		"an end at its start":   {func(o *contracts.StatementOptions) { o.Period.End = o.Period.Start }, []string{"period statement.period"}},
		"an end before":         {func(o *contracts.StatementOptions) { o.Period.End = date(10, 1) }, []string{"period statement.period"}},
		"days beyond all terms": {func(o *contracts.StatementOptions) { o.PaymentDays = 3651 }, []string{"payment_days statement.payment_days"}},
		"days that have passed": {func(o *contracts.StatementOptions) { o.PaymentDays = -1 }, []string{"payment_days statement.payment_days"}},
		"all at once": {func(o *contracts.StatementOptions) { *o = contracts.StatementOptions{PaymentDays: -1} },
			[]string{"creator required", "period statement.period", "payment_days statement.payment_days"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opts := november()
			tt.change(&opts)
			_, err := contracts.NewStatement(t.Context(), &contracts.Ledger{}, opts)
			require.ErrorIs(t, err, byline.ErrInvalid)
			var got []string
			for _, fault := range byline.Nest("", err) {
				got = append(got, fault.Path+" "+fault.Code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// A statement's days are those of its zone, through a change of the clocks.
func TestStatementZone(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	b := bookedLedger(t)
	b.post(time.Date(2026, 9, 30, 22, 0, 0, 0, time.UTC), "order:shop:1", statementTenPercent(eur(100), eur(1000)))
	b.post(time.Date(2026, 10, 31, 23, 0, 0, 0, time.UTC), "order:shop:2", statementTenPercent(eur(200), eur(2000)))
	opts := contracts.StatementOptions{Creator: "ada", Zone: berlin, PaymentDays: 30, Period: byline.Window{
		Start: time.Date(2026, 10, 1, 0, 0, 0, 0, berlin), End: time.Date(2026, 11, 1, 0, 0, 0, 0, berlin)}}
	s, err := contracts.NewStatement(t.Context(), &b.ledger, opts)
	require.NoError(t, err)
	lines := statementLines(t, s)
	got := []string{s.Dates(), s.DueOn.Format(time.RFC3339), s.Zone(), fmt.Sprint(len(lines)), lines[0].At.Format(time.RFC3339)}
	want := []string{"1 Oct 2026 to 31 Oct 2026", "2026-11-30T00:00:00+01:00", "Europe/Berlin", "1", "2026-10-01T00:00:00+02:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	opts.Period.End = opts.Period.End.Add(-12 * time.Hour)
	s, err = contracts.NewStatement(t.Context(), &b.ledger, opts)
	require.NoError(t, err)
	if want := "1 Oct 2026 to 31 Oct 2026, 12:00"; s.Dates() != want {
		t.Errorf("a period that ends at noon is %q, want %q", s.Dates(), want)
	}
}

func statementLines(t *testing.T, s *contracts.Statement) []contracts.StatementLine {
	t.Helper()
	var all []contracts.StatementLine
	for _, section := range s.Sections {
		for _, lines := range []iter.Seq2[contracts.StatementLine, error]{s.Lines(t.Context(), section.Currency), s.GiftLines(t.Context(), section.Currency)} {
			for line, err := range lines {
				require.NoError(t, err)
				all = append(all, line)
			}
		}
	}
	return all
}

func TestStatementMovements(t *testing.T) {
	t.Parallel()
	until, later := hour(12, 1, 0), hour(12, 8, 0)
	gift := plainPay(contracts.GiftInKind, eur(500))
	gift.Account = contracts.InKind
	back := gift
	back.Amount = eur(-500)
	restated := statementTenPercent(eur(-500), byline.Money{})
	restated.Reason = contracts.ReasonRestated
	second := statementTenPercent(eur(600), eur(6000))
	second.Version = 2
	otherRule := statementTenPercent(eur(500), eur(5000))
	otherRule.Rule = "shoes"
	tests := map[string]struct {
		lines []contracts.Line
		want  []string
	}{
		"released": {[]contracts.Line{heldTill(statementTenPercent(eur(-500), eur(0)), until), statementTenPercent(eur(500), eur(5000))},
			[]string{"released 5.00 EUR held=-5.00 payable=5.00 transit=0.00 gifts=0.00"}},
		"released whatever the order": {[]contracts.Line{statementTenPercent(eur(500), eur(5000)), heldTill(statementTenPercent(eur(-500), eur(0)), until)},
			[]string{"released 5.00 EUR held=-5.00 payable=5.00 transit=0.00 gifts=0.00"}},
		"released with more": {[]contracts.Line{heldTill(statementTenPercent(eur(-500), eur(0)), until), statementTenPercent(eur(700), eur(7000))},
			[]string{"released 5.00 EUR held=-5.00 payable=5.00 transit=0.00 gifts=0.00", "earned 2.00 EUR held=0.00 payable=2.00 transit=0.00 gifts=0.00"}},
		"released from two holds": {[]contracts.Line{heldTill(statementTenPercent(eur(-300), eur(0)), until), heldTill(statementTenPercent(eur(-200), eur(0)), later), statementTenPercent(eur(500), eur(5000))},
			[]string{"released 3.00 EUR held=-3.00 payable=3.00 transit=0.00 gifts=0.00", "released 2.00 EUR held=-2.00 payable=2.00 transit=0.00 gifts=0.00"}},
		"held again": {[]contracts.Line{statementTenPercent(eur(-500), eur(0)), heldTill(statementTenPercent(eur(500), eur(5000)), until)},
			[]string{"held 5.00 EUR held=5.00 payable=-5.00 transit=0.00 gifts=0.00 until 1 Dec"}},
		"held for longer": {[]contracts.Line{heldTill(statementTenPercent(eur(-500), eur(0)), until), heldTill(statementTenPercent(eur(500), eur(5000)), later)},
			[]string{"rescheduled 5.00 EUR held=0.00 payable=0.00 transit=0.00 gifts=0.00 until 8 Dec"}},
		"nothing at all": {[]contracts.Line{statementTenPercent(eur(-500), eur(0)), statementTenPercent(eur(500), eur(5000)), statementTenPercent(eur(0), eur(0))}, nil},
		"another currency is no release": {[]contracts.Line{heldTill(statementTenPercent(eur(-500), eur(0)), until), statementTenPercent(byline.Minor(500, byline.JPY), byline.Minor(5000, byline.JPY))},
			[]string{"returned -5.00 EUR held=-5.00 payable=0.00 transit=0.00 gifts=0.00", "earned 500 JPY held=0 payable=500 transit=0 gifts=0"}},
		"another kind is no release": {[]contracts.Line{heldTill(statementTenPercent(eur(-500), eur(0)), until), plainPay(contracts.BonusPay, eur(500))},
			[]string{"earned 5.00 EUR held=0.00 payable=5.00 transit=0.00 gifts=0.00", "returned -5.00 EUR held=-5.00 payable=0.00 transit=0.00 gifts=0.00"}},
		"another rule is no release": {[]contracts.Line{heldTill(statementTenPercent(eur(-500), eur(0)), until), otherRule},
			[]string{"returned -5.00 EUR held=-5.00 payable=0.00 transit=0.00 gifts=0.00", "earned 5.00 EUR held=0.00 payable=5.00 transit=0.00 gifts=0.00"}},
		"goods do not become money": {[]contracts.Line{back, plainPay(contracts.GiftInKind, eur(500))},
			[]string{"earned 5.00 EUR held=0.00 payable=5.00 transit=0.00 gifts=0.00", "given -5.00 EUR held=0.00 payable=0.00 transit=0.00 gifts=-5.00"}},
		"another version": {[]contracts.Line{restated, second},
			[]string{"restated -5.00 EUR held=0.00 payable=-5.00 transit=0.00 gifts=0.00", "earned 6.00 EUR held=0.00 payable=6.00 transit=0.00 gifts=0.00"}},
		"a gift":            {[]contracts.Line{gift}, []string{"given 5.00 EUR held=0.00 payable=0.00 transit=0.00 gifts=5.00"}},
		"a gift given back": {[]contracts.Line{back}, []string{"given -5.00 EUR held=0.00 payable=0.00 transit=0.00 gifts=-5.00"}},
		"paid at once":      {[]contracts.Line{payoutLine(contracts.Payable, eur(-500))}, []string{"paid -5.00 EUR held=0.00 payable=-5.00 transit=0.00 gifts=0.00"}},
		"under way": {[]contracts.Line{payoutLine(contracts.Payable, eur(-500)), payoutLine(contracts.InTransit, eur(500))},
			[]string{"payout_under_way 5.00 EUR held=0.00 payable=-5.00 transit=5.00 gifts=0.00"}},
		"arrived": {[]contracts.Line{payoutLine(contracts.InTransit, eur(-500))}, []string{"paid -5.00 EUR held=0.00 payable=0.00 transit=-5.00 gifts=0.00"}},
		"failed": {[]contracts.Line{payoutLine(contracts.InTransit, eur(-500)), payoutLine(contracts.Payable, eur(500))},
			[]string{"payout_failed 5.00 EUR held=0.00 payable=5.00 transit=-5.00 gifts=0.00"}},
		"sent back":   {[]contracts.Line{payoutLine(contracts.Payable, eur(500))}, []string{"payout_sent_back 5.00 EUR held=0.00 payable=5.00 transit=0.00 gifts=0.00"}},
		"a write-off": {[]contracts.Line{plainPay(contracts.WriteOff, eur(500))}, []string{"written_off 5.00 EUR held=0.00 payable=5.00 transit=0.00 gifts=0.00"}},
		"a kind of a later version": {[]contracts.Line{plainPay("royalty", eur(500))},
			[]string{"earned 5.00 EUR held=0.00 payable=5.00 transit=0.00 gifts=0.00"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := bookedLedger(t)
			b.post(hour(11, 9, 9), "order:shop:1", tt.lines...)
			s, err := contracts.NewStatement(t.Context(), &b.ledger, november())
			require.NoError(t, err)
			var got []string
			for _, l := range statementLines(t, s) {
				text := fmt.Sprintf("%s %s held=%s payable=%s transit=%s gifts=%s", l.Movement, l.Amount, l.Held.Amount(), l.Payable.Amount(), l.InTransit.Amount(), l.Gifts.Amount())
				if !l.HeldUntil.IsZero() {
					text += l.HeldUntil.Format(" until 2 Jan")
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// randomLedger posts random targets and payouts over a hundred days.
func randomLedger(t *testing.T, rng *rand.Rand) *contracts.Ledger {
	t.Helper()
	var ledger contracts.Ledger
	currencies := []byline.Currency{byline.EUR, byline.JPY, byline.KWD}
	accounts := []contracts.Account{contracts.Payable, contracts.Held, contracts.InTransit, contracts.InKind}
	kinds := []contracts.Kind{contracts.Commission, contracts.FlatFee, contracts.CapAdjustment, contracts.WriteOff, contracts.Payout, contracts.Withholding, contracts.GiftInKind}
	for day := range 100 {
		var target []contracts.Line
		for range rng.IntN(5) {
			line := contracts.Line{
				Creator: byline.CreatorID([]string{"ada", "bruno"}[rng.IntN(2)]), Agreement: "ag", Version: 1 + rng.IntN(2),
				Kind: kinds[rng.IntN(len(kinds))], Account: accounts[rng.IntN(len(accounts))], Reason: contracts.ReasonEarned,
				Amount: byline.Minor(rng.Int64N(2000)-700, currencies[rng.IntN(3)]),
			}
			if line.Account == contracts.Held {
				line.Until = date(9, 1+day)
			}
			if line.Account == contracts.InKind && (line.Kind == contracts.Payout || line.Kind == contracts.Withholding) {
				line.Kind = contracts.GiftInKind // goods are never paid out
			}
			target = append(target, line)
		}
		subject := contracts.Subject(fmt.Sprintf("order:%d", rng.IntN(6)))
		_, err := ledger.Post(subject, target, date(9, 1).Add(time.Duration(day/2)*48*time.Hour))
		require.NoError(t, err)
	}
	return &ledger
}

// accountsOf are what stands on a balance's four accounts, in minor units.
func accountsOf(b contracts.Balance) [4]int64 {
	return [4]int64{b.Held.Minor(), b.Payable.Minor(), b.InTransit.Minor(), b.InKind.Minor()}
}

func statementOver(t *testing.T, ledger contracts.StatementReader, from, to time.Time) *contracts.Statement {
	t.Helper()
	opts := november()
	opts.Period = byline.Window{Start: from, End: to}
	s, err := contracts.NewStatement(t.Context(), ledger, opts)
	require.NoError(t, err)
	return s
}

// TestStatementConserves: on each account opening plus lines is closing, the summary
// adds up, and closing is what the ledger says stands.
func TestStatementConserves(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		ledger := randomLedger(t, rng)
		from := date(9, 1).Add(time.Duration(rng.IntN(60)) * 24 * time.Hour)
		to := from.Add(time.Duration(1+rng.IntN(60)) * 24 * time.Hour)
		s := statementOver(t, ledger, from, to)
		stands, err := ledger.BalancesAt(t.Context(), "ada", to)
		require.NoError(t, err)
		for _, section := range s.Sections {
			i := slices.IndexFunc(stands, func(b contracts.Balance) bool { return b.Owed.Currency() == section.Currency })
			if diff := cmp.Diff(accountsOf(stands[i]), accountsOf(section.Closing)); diff != "" {
				t.Fatalf("the ledger stands elsewhere (-ledger +statement):\n%s", diff)
			}
			checkSection(t, s, section)
		}
	}
}

func checkSection(t *testing.T, s *contracts.Statement, section contracts.Section) {
	t.Helper()
	sum := accountsOf(section.Opening)
	money, gifts := 0, 0
	for _, l := range statementLines(t, s) {
		if l.Amount.Currency() != section.Currency {
			continue
		}
		for i, m := range []byline.Money{l.Held, l.Payable, l.InTransit, l.Gifts} {
			sum[i] += m.Minor()
		}
		if l.Movement == contracts.MovementGiven {
			gifts++
		} else {
			money++
		}
		if l.Amount.IsZero() || l.Why == "" || l.About == "" || l.For == "" {
			t.Fatalf("a line says nothing: %+v", l)
		}
	}
	if diff := cmp.Diff(accountsOf(section.Closing), sum); diff != "" {
		t.Fatalf("opening plus lines (-closing +sum):\n%s", diff)
	}
	if money != section.MoneyLines || gifts != section.GiftLines {
		t.Fatalf("%d and %d lines, the section says %d and %d", money, gifts, section.MoneyLines, section.GiftLines)
	}
	rows := section.Summary()
	total := int64(0)
	for _, row := range rows[:len(rows)-1] {
		total += row.Amount.Minor()
	}
	standing := int64(0)
	for _, row := range section.Standing() {
		standing += row.Amount.Minor()
	}
	if closing := section.Closing.Owed.Minor(); total != closing || standing != closing || !rows[len(rows)-1].Balance {
		t.Fatalf("the summary adds up to %d and %d, closing is %d", total, standing, closing)
	}
	if paid := section.Closing.Paid.Minor() - section.Opening.Paid.Minor(); section.PaidOut.Minor() != paid {
		t.Fatalf("%s were paid out, the balances say %d", section.PaidOut, paid)
	}
	earned := section.Earned.Minor() + section.Returned.Minor() + section.Adjustments.Minor() + section.WrittenOff.Minor()
	if want := section.Closing.Earned.Minor() - section.Opening.Earned.Minor(); earned != want {
		t.Fatalf("earned, returned, adjusted and written off are %d, the balances say %d", earned, want)
	}
	waiting := int64(0)
	for _, row := range s.Waiting(section) {
		waiting += row.Amount.Minor()
	}
	if waiting != section.Closing.Held.Minor() {
		t.Fatalf("%d wait, %s are held", waiting, section.Closing.Held)
	}
	if section.Closing.InKind.Minor() != section.Opening.InKind.Minor()+section.Gifts.Minor() {
		t.Fatalf("gifts: %s and %s are not %s", section.Opening.InKind, section.Gifts, section.Closing.InKind)
	}
}

// TestStatementsChain: however a period is cut, each part opens where the one before
// closed, and the parts have the lines and sums of the whole.
func TestStatementsChain(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		ledger := randomLedger(t, rng)
		start, end := date(9, 1), date(12, 20)
		cuts := []time.Time{start, end}
		for range rng.IntN(6) {
			cuts = append(cuts, start.Add(time.Duration(1+rng.IntN(100*24))*time.Hour))
		}
		slices.SortFunc(cuts, time.Time.Compare)
		cuts = slices.CompactFunc(cuts, time.Time.Equal)
		whole := statementOver(t, ledger, start, end)
		closing := map[byline.Currency][4]int64{}
		sums := map[byline.Currency][6]int64{}
		lines := map[byline.Currency][]contracts.StatementLine{}
		for i := range cuts[1:] {
			part := statementOver(t, ledger, cuts[i], cuts[i+1])
			for _, section := range part.Sections {
				if diff := cmp.Diff(closing[section.Currency], accountsOf(section.Opening)); diff != "" {
					t.Fatalf("opening (-closing of the part before +opening):\n%s", diff)
				}
				closing[section.Currency] = accountsOf(section.Closing)
				sums[section.Currency] = addSums(sums[section.Currency], section)
			}
			for _, l := range statementLines(t, part) {
				lines[l.Amount.Currency()] = append(lines[l.Amount.Currency()], l)
			}
		}
		for _, section := range whole.Sections {
			if diff := cmp.Diff(addSums([6]int64{}, section), sums[section.Currency]); diff != "" {
				t.Fatalf("sums (-whole +parts):\n%s", diff)
			}
			if diff := cmp.Diff(accountsOf(section.Closing), closing[section.Currency]); diff != "" {
				t.Fatalf("closing (-whole +parts):\n%s", diff)
			}
			if got, want := len(lines[section.Currency]), section.MoneyLines+section.GiftLines; got != want {
				t.Fatalf("the parts have %d lines, the whole has %d", got, want)
			}
		}
	}
}

func addSums(sums [6]int64, s contracts.Section) [6]int64 {
	for i, m := range []byline.Money{s.Earned, s.Returned, s.Adjustments, s.WrittenOff, s.PaidOut, s.Gifts} {
		sums[i] += m.Minor()
	}
	return sums
}

// The memory ledger yields by time, subject and revision, keeps to creator and window,
// and stops when it is told to.
func TestLedgerReadsStatements(t *testing.T) {
	t.Parallel()
	var ledger contracts.Ledger
	post := func(subject contracts.Subject, creator byline.CreatorID, cents int64, when time.Time) {
		line := commission(creator, 1, eur(cents))
		_, err := ledger.Post(subject, []contracts.Line{line}, when)
		require.NoError(t, err)
	}
	post("order:2", "ada", 200, hour(11, 2, 0))
	post("order:1", "ada", 100, hour(11, 2, 0))
	post("order:1", "ada", 150, hour(11, 2, 0))
	post("order:3", "bruno", 300, hour(11, 2, 0))
	post("order:4", "ada", 400, hour(11, 1, 0))
	post("order:5", "ada", 500, hour(11, 3, 0))
	var got []string
	for e, err := range ledger.EntriesOf(t.Context(), "ada", byline.Window{Start: hour(11, 1, 0), End: hour(11, 3, 0)}) {
		require.NoError(t, err)
		got = append(got, fmt.Sprintf("%s/%d %s", e.Subject, e.Revision, e.Amount))
	}
	want := []string{"order:4/1 4.00 EUR", "order:1/1 1.00 EUR", "order:1/2 0.50 EUR", "order:2/1 2.00 EUR"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	for _, err := range ledger.EntriesOf(t.Context(), "ada", byline.Window{}) {
		require.NoError(t, err)
		break
	}
	balances, err := ledger.BalancesAt(t.Context(), "ada", hour(11, 2, 0))
	require.NoError(t, err)
	if len(balances) != 1 || balances[0].Owed != eur(400) {
		t.Errorf("balances before the second: %+v", balances)
	}
	balances, err = ledger.BalancesAt(t.Context(), "ada", time.Time{})
	require.NoError(t, err)
	if len(balances) != 0 {
		t.Errorf("balances before all time: %+v", balances)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = ledger.BalancesAt(cancelled, "ada", hour(11, 9, 0))
	require.ErrorIs(t, err, context.Canceled)
}

// movingLedger takes an entry into the period as it is read the second time.
type movingLedger struct {
	*contracts.Ledger
	t    *testing.T
	read int
}

func (m *movingLedger) EntriesOf(ctx context.Context, creator byline.CreatorID, posted byline.Window) iter.Seq2[contracts.Entry, error] {
	if m.read++; m.read == 2 {
		_, err := m.Post("order:late", []contracts.Line{commission("ada", 1, eur(1))}, hour(11, 20, 0))
		require.NoError(m.t, err)
	}
	return m.Ledger.EntriesOf(ctx, creator, posted)
}

func TestStatementOfAMovingLedger(t *testing.T) {
	t.Parallel()
	b := bookedLedger(t)
	b.post(hour(11, 2, 9), "order:shop:1", statementTenPercent(eur(500), eur(5000)))
	s, err := contracts.NewStatement(t.Context(), &movingLedger{Ledger: &b.ledger, t: t}, november())
	require.NoError(t, err)
	require.ErrorIs(t, s.WriteText(t.Context(), io.Discard), byline.ErrConflict)
}

// staleLedger tells other balances at the end than its entries come to.
type staleLedger struct{ *contracts.Ledger }

func (l staleLedger) BalancesAt(ctx context.Context, creator byline.CreatorID, before time.Time) ([]contracts.Balance, error) {
	return l.Ledger.BalancesAt(ctx, creator, before.Add(-30*24*time.Hour))
}

// forgetful is a ledger whose parts of what is held are not those of its balances.
type forgetful struct {
	*contracts.Ledger
	parts []contracts.HeldPart
	err   error
}

func (f forgetful) HeldAt(context.Context, byline.CreatorID, time.Time) ([]contracts.HeldPart, error) {
	return f.parts, f.err
}

func TestStatementOfDisagreeingParts(t *testing.T) {
	t.Parallel()
	b := bookedLedger(t)
	b.post(hour(11, 20, 9), "order:shop:1", heldTill(statementTenPercent(eur(500), eur(5000)), hour(12, 4, 0)))
	tests := map[string]struct {
		ledger forgetful
		want   error
	}{
		"none":             {forgetful{}, byline.ErrConflict},
		"too little":       {forgetful{parts: []contracts.HeldPart{{Amount: eur(499)}}}, byline.ErrConflict},
		"another currency": {forgetful{parts: []contracts.HeldPart{{Amount: eur(500)}, {Amount: byline.Minor(5, byline.JPY)}}}, byline.ErrConflict},
		"beyond money":     {forgetful{parts: []contracts.HeldPart{{Amount: eur(1 << 62)}, {Amount: eur(1 << 62)}}}, byline.ErrInvalid},
		"broken":           {forgetful{err: errBroken}, errBroken},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.ledger.Ledger = &b.ledger
			_, err := contracts.NewStatement(t.Context(), tt.ledger, november())
			require.ErrorIs(t, err, tt.want)
		})
	}
}

func TestStatementOfDisagreeingBalances(t *testing.T) {
	t.Parallel()
	b := bookedLedger(t)
	b.post(hour(11, 20, 9), "order:shop:1", statementTenPercent(eur(500), eur(5000)))
	_, err := contracts.NewStatement(t.Context(), staleLedger{&b.ledger}, november())
	require.ErrorIs(t, err, byline.ErrConflict)
}

// brokenLedger fails after some entries.
type brokenLedger struct {
	*contracts.Ledger
	broken *bool
}

var errBroken = errors.New("the line is down")

func (l brokenLedger) EntriesOf(ctx context.Context, creator byline.CreatorID, posted byline.Window) iter.Seq2[contracts.Entry, error] {
	return func(yield func(contracts.Entry, error) bool) {
		for e, err := range l.Ledger.EntriesOf(ctx, creator, posted) {
			if !yield(e, err) {
				return
			}
			if *l.broken {
				yield(contracts.Entry{}, errBroken)
				return
			}
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestStatementErrors(t *testing.T) {
	t.Parallel()
	b := bookedLedger(t)
	b.post(hour(11, 2, 9), "order:shop:1", statementTenPercent(eur(500), eur(5000)))
	b.post(hour(11, 3, 9), "order:shop:2", statementTenPercent(eur(500), eur(5000)))
	broken := true
	ledger := brokenLedger{&b.ledger, &broken}
	_, err := contracts.NewStatement(t.Context(), ledger, november())
	require.ErrorIs(t, err, errBroken)
	broken = false
	s, err := contracts.NewStatement(t.Context(), ledger, november())
	require.NoError(t, err)
	writers := map[string]func(context.Context, io.Writer) error{"csv": s.WriteCSV, "html": s.WriteHTML, "json": s.WriteJSON, "text": s.WriteText}
	for name, write := range writers {
		require.ErrorIs(t, write(t.Context(), brokenWriter{}), errBroken, name)
	}
	broken = true
	for name, write := range writers {
		require.ErrorIs(t, write(t.Context(), io.Discard), errBroken, name)
	}
	for _, err := range s.Lines(t.Context(), byline.JPY) {
		t.Fatalf("a currency that is not in it yields %v", err)
	}
}

func TestStatementOverflow(t *testing.T) {
	t.Parallel()
	b := bookedLedger(t)
	huge := byline.Minor(1<<62, byline.EUR)
	for i := range 3 {
		b.post(hour(11, 2, i), contracts.Subject(fmt.Sprint("order:", i)), statementTenPercent(huge, byline.Money{}))
	}
	_, err := contracts.NewStatement(t.Context(), &b.ledger, november())
	require.ErrorIs(t, err, byline.ErrInvalid)
	b = bookedLedger(t)
	least := byline.Minor(-1<<63, byline.EUR)
	b.post(hour(11, 2, 0), "order:1", statementTenPercent(least, byline.Money{}), heldTill(statementTenPercent(eur(5), byline.Money{}), date(12, 1)))
	_, err = contracts.NewStatement(t.Context(), &b.ledger, november())
	require.ErrorIs(t, err, byline.ErrInvalid)
}

// hostileTexts are names that try to be something else.
func hostileTexts() []string {
	return []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "=1+2", "@SUM(A1)", "-2+3", "\t=1", "＝1", " =1", "a\r\nb,c", `say "hi"`,
		"\x1b[31m red", "\u202e drawkcab", "\x00", "\xff\xfe", "😀", "{{.}}", "</style><b>", strings.Repeat("long", 3000),
	}
}

func hostileStatement(t *testing.T, text string) *contracts.Statement {
	t.Helper()
	b := bookedLedger(t)
	line := statementTenPercent(eur(500), eur(5000))
	line.Campaign, line.Agreement, line.Rule = byline.CampaignID(text), contracts.AgreementID(text), text
	line.Reason, line.FX = contracts.Reason(text), contracts.Quote{From: byline.Currency(text), Rate: text, At: text, Source: text}
	b.post(hour(11, 2, 9), contracts.Subject("order:"+text), line)
	if text != "" {
		odd := line
		odd.Kind, odd.Account = contracts.Kind(text), contracts.Account(text)
		b.post(hour(11, 3, 9), contracts.Subject(text), odd)
	}
	opts := november()
	opts.Name, opts.Brand, opts.Number = text, text, text
	s, err := contracts.NewStatement(t.Context(), &b.ledger, opts)
	require.NoError(t, err)
	return s
}

// FuzzStatementText: whatever names hold, the page has the tags of a page with plain
// names, no cell is a formula, JSON parses and the text keeps its lines.
func FuzzStatementText(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if text == "" || len(text) > 20000 || contracts.Kind(text) == contracts.Payout {
			t.Skip()
		}
		s, plain := hostileStatement(t, text), hostileStatement(t, "plain")
		var page, plainPage bytes.Buffer
		require.NoError(t, s.WriteHTML(t.Context(), &page))
		require.NoError(t, plain.WriteHTML(t.Context(), &plainPage))
		if len(s.Sections) == 1 && s.Sections[0].GiftLines == 1 {
			for _, mark := range []string{"<", ">", `"`} {
				if got, want := strings.Count(page.String(), mark), strings.Count(plainPage.String(), mark); got != want {
					t.Errorf("%d of %s in the page, want %d", got, mark, want)
				}
			}
		}
		checkCells(t, s)
		var data bytes.Buffer
		require.NoError(t, s.WriteJSON(t.Context(), &data))
		require.True(t, json.Valid(data.Bytes()))
		var out bytes.Buffer
		require.NoError(t, s.WriteText(t.Context(), &out))
		if strings.ContainsAny(out.String(), "\r\x1b\t\u202e\u2028") {
			t.Errorf("the text steers a terminal: %q", out.String())
		}
	})
}

func checkCells(t *testing.T, s *contracts.Statement) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, s.WriteCSV(t.Context(), &out))
	records, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	if len(records) < 2 {
		t.Fatalf("%d records", len(records))
	}
	for _, record := range records[1:] {
		for _, cell := range record {
			if _, err := byline.ParseMoney(cell, byline.KWD); err == nil {
				continue
			}
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("the cell %q is a formula", cell)
			}
		}
	}
}

// streamed is a ledger that makes its entries as they are read.
type streamed struct {
	entries int
	look    func(i int)
}

func (s streamed) EntriesOf(_ context.Context, creator byline.CreatorID, _ byline.Window) iter.Seq2[contracts.Entry, error] {
	return func(yield func(contracts.Entry, error) bool) {
		for i := range s.entries {
			line := statementTenPercent(eur(510), eur(5100))
			line.Creator = creator
			e := contracts.Entry{Subject: contracts.Subject(fmt.Sprintf("order:shop:%08d", i)), Revision: 1, PostedAt: hour(11, 2, 0).Add(time.Duration(i) * time.Second), Line: line}
			if !yield(e, nil) {
				return
			}
			s.look(i)
		}
	}
}

func (streamed) HeldAt(context.Context, byline.CreatorID, time.Time) ([]contracts.HeldPart, error) {
	return nil, nil
}

func (s streamed) BalancesAt(_ context.Context, creator byline.CreatorID, before time.Time) ([]contracts.Balance, error) {
	if before.Equal(november().Period.Start) {
		return nil, nil
	}
	zero, sum := eur(0), eur(int64(s.entries)*510)
	return []contracts.Balance{{Creator: creator, Earned: sum, Owed: sum, Payable: sum, Held: zero, InTransit: zero, InKind: zero, Paid: zero}}, nil
}

// Ten times the lines take no more memory: what is live is looked at while they are read.
func TestStatementMemory(t *testing.T) { //nolint:paralleltest // other tests would be counted too
	live := func(entries int, write func(*contracts.Statement) error) (most uint64) {
		look := func(i int) {
			if i%(entries/4) != entries/8 {
				return
			}
			var stats runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&stats)
			most = max(most, stats.HeapAlloc)
		}
		s, err := contracts.NewStatement(t.Context(), streamed{entries, look}, november())
		require.NoError(t, err)
		require.NoError(t, write(s))
		return most
	}
	for name, write := range map[string]func(*contracts.Statement) error{
		"csv":  func(s *contracts.Statement) error { return s.WriteCSV(t.Context(), io.Discard) },
		"html": func(s *contracts.Statement) error { return s.WriteHTML(t.Context(), io.Discard) },
		"json": func(s *contracts.Statement) error { return s.WriteJSON(t.Context(), io.Discard) },
		"text": func(s *contracts.Statement) error { return s.WriteText(t.Context(), io.Discard) },
	} {
		live(1000, write)
		few, many := live(10_000, write), live(100_000, write)
		if many > few+512<<10 {
			t.Errorf("%s: %d bytes are live with 10,000 lines and %d with 100,000", name, few, many)
		}
	}
}

func BenchmarkStatement(b *testing.B) {
	const lines = 100_000
	s, err := contracts.NewStatement(b.Context(), streamed{lines, func(int) {}}, november())
	require.NoError(b, err)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			_, err := contracts.NewStatement(b.Context(), streamed{lines, func(int) {}}, november())
			require.NoError(b, err)
		}
	})
	for name, write := range map[string]func(context.Context, io.Writer) error{"csv": s.WriteCSV, "html": s.WriteHTML, "json": s.WriteJSON, "text": s.WriteText} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				require.NoError(b, write(b.Context(), io.Discard))
			}
		})
	}
}
