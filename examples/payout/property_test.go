package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// What was earned is what was paid and what is still open, over any months of any orders,
// refunds, payouts and reports: by the statements, by the balances and by the accounts.
func TestMoneyInIsMoneyOut(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			play(t, d, rand.New(rand.NewPCG(seed, 7)))
			checkBooks(t, d)
		})
	}
}

// soldOrder is an order that may come back.
type soldOrder struct {
	row      string
	gross    int
	refunded bool
}

// play makes four months of orders in two currencies, and pays what is payable.
func play(t *testing.T, d desk, random *rand.Rand) {
	t.Helper()
	d.write(t, "terms.json", strings.NewReplacer(
		`"pay": {"currency": "EUR", "percentages": [{"id": "sales", "rate": "10%"}]}`, `"pay": {"percentages": [{"id": "sales", "rate": "10%"}]}`,
	).Replace(d.read(t, "terms.json")))
	payees := d.read(t, "payees-11.json")
	var sold []soldOrder
	for month := range 4 {
		first := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, month, 0)
		text := "id,placed_at,updated_at,payment,currency,gross,codes,refunded\n"
		for range 15 {
			o := soldOrder{gross: 1 + random.IntN(40_000)}
			currency := []string{"EUR", "USD", "JPY"}[random.IntN(3)]
			if currency == "JPY" {
				o.gross *= 100
			}
			code := []string{"ADA10", "BRUNO10", "NOBODY"}[random.IntN(3)]
			o.row = fmt.Sprintf("%d,%s,%%s,%%s,%s,%s,%s,%%s\n", len(sold), first.Add(time.Duration(random.IntN(28*24))*time.Hour).Format(time.RFC3339), currency, shown100(o.gross, currency), code)
			sold = append(sold, o)
			text += fmt.Sprintf(o.row, "", "paid", "")
		}
		for i := range sold[:max(len(sold)-15, 0)] {
			if o := &sold[i]; !o.refunded && random.IntN(4) == 0 {
				o.refunded = true
				currency := strings.Split(o.row, ",")[4]
				text += fmt.Sprintf(o.row, first.AddDate(0, 0, 20).Format(time.RFC3339), "partially_refunded", shown100(100*(o.gross/100/(1+random.IntN(3))), currency))
			}
		}
		d.write(t, "orders.csv", text)
		progress := []string{"progress-10.json", "progress-11.json"}[min(month, 1)]
		last := first.AddDate(0, 1, -1).Format(time.DateOnly)
		settled := d.run(t, "settle -orders orders.csv -offers offers.json -agreements terms.json -progress "+progress+" -at "+last)
		require.Equal(t, exitOK, settled.code, settled.err)
		payOut(t, d, random, first.AddDate(0, 1, 1), payees)
	}
}

func shown100(hundredths int, currency string) string {
	if currency == "JPY" {
		return fmt.Sprint(hundredths / 100)
	}
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}

// payOut pays by CSV, and has the bank answer at random.
func payOut(t *testing.T, d desk, random *rand.Rand, on time.Time, payees string) {
	t.Helper()
	d.write(t, "payees.json", payees)
	at := " -at " + on.Format(time.RFC3339)
	proposed := d.run(t, "propose -payees payees.json -rail csv -min 5.00EUR -by kim -o batch.json"+at)
	require.Equal(t, exitOK, proposed.code, proposed.err)
	if len(d.batch(t, "batch.json").Items) == 0 {
		return
	}
	d.must(t, "approve -batch batch.json -by lena"+at, "approve -batch batch.json -by max"+at, "export -batch batch.json -o payout.csv"+at)
	var report bytes.Buffer
	report.WriteString("reference,status\n")
	for _, item := range d.batch(t, "batch.json").Items {
		fmt.Fprintf(&report, "%s,%s\n", item.Reference, []string{"paid", "paid", "failed", "returned", "under_way"}[random.IntN(5)])
	}
	d.write(t, "report.csv", report.String())
	d.must(t, "reconcile -batch batch.json -report report.csv"+at)
}

func checkBooks(t *testing.T, d desk) {
	t.Helper()
	c := program{dir: d.dir, getenv: func(string) string { return "" }}.call("check")
	s, err := c.openStore(t.Context(), time.Time{}, false)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.close()) }()
	balances, err := s.ledger.Balances(t.Context())
	require.NoError(t, err)
	var months []time.Time
	for i := range 6 {
		months = append(months, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, i, 0))
	}
	earned, paid, currencies := int64(0), int64(0), map[byline.Currency]int64{}
	for _, b := range balances {
		earned, paid = earned+b.Earned.Minor(), paid+b.Paid.Minor()
		if b.Earned.Minor() != b.Paid.Minor()+b.Owed.Minor() {
			t.Errorf("%s: earned %s, paid %s, owed %s", b.Creator, b.Earned, b.Paid, b.Owed)
		}
		total := statementTotals(t, s, b, months)
		if total != [3]int64{b.Earned.Minor(), b.Paid.Minor(), b.Owed.Minor()} {
			t.Errorf("%s in %s: statements say %v, the balance %+v", b.Creator, b.Owed.Currency(), total, b)
		}
	}
	if earned == 0 || paid == 0 {
		t.Errorf("earned %d and paid %d: this proves nothing", earned, paid)
	}
	accounts, err := s.trialBalance(t.Context())
	require.NoError(t, err)
	for a, amount := range accounts {
		currencies[a.currency] += amount.Minor()
	}
	for currency, sum := range currencies {
		if sum != 0 {
			t.Errorf("the accounts in %s sum to %d", currency, sum)
		}
		cash := accounts[account{currency, contracts.Cash}].Minor()
		var left int64
		for _, b := range balances {
			if b.Paid.Currency() == currency {
				left += b.Paid.Minor()
			}
		}
		if cash != left {
			t.Errorf("in %s %d have left, and creators were paid %d", currency, cash, left)
		}
	}
}

// statementTotals sums a creator's statements: what was earned, what was paid, and the
// last closing balance, each of which has to open where the one before closed.
func statementTotals(t *testing.T, s *store, of contracts.Balance, months []time.Time) (total [3]int64) {
	t.Helper()
	for i := range len(months) - 1 {
		statement, err := contracts.NewStatement(t.Context(), s.ledger, contracts.StatementOptions{
			Creator: of.Creator, Period: byline.Window{Start: months[i], End: months[i+1]},
		})
		require.NoError(t, err)
		for _, section := range statement.Sections {
			if section.Currency != of.Owed.Currency() {
				continue
			}
			if section.Opening.Owed.Minor() != total[2] {
				t.Errorf("%s: %s opens with %s and the month before closed with %d", of.Creator, months[i].Format("2006-01"), section.Opening.Owed, total[2])
			}
			total[0] += section.Earned.Minor() + section.Returned.Minor() + section.Adjustments.Minor() + section.WrittenOff.Minor()
			total[1] += section.PaidOut.Minor()
			total[2] = section.Closing.Owed.Minor()
		}
	}
	return total
}
