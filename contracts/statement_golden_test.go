package contracts_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

// booked is a ledger of one creator that takes movements as they are, so that a case
// shows exactly what was posted.
type booked struct {
	t         *testing.T
	ledger    contracts.Ledger
	revisions map[contracts.Subject]int
}

func bookedLedger(t *testing.T) *booked {
	t.Helper()
	return &booked{t: t, revisions: map[contracts.Subject]int{}}
}

func (b *booked) post(at time.Time, subject contracts.Subject, lines ...contracts.Line) {
	b.t.Helper()
	b.revisions[subject]++
	var entries []contracts.Entry
	for _, line := range lines {
		line.Creator = "ada"
		entries = append(entries, contracts.Entry{Subject: subject, Revision: b.revisions[subject], PostedAt: at, Line: line})
	}
	require.NoError(b.t, b.ledger.Append(b.t.Context(), attribution.NoTx{}, entries))
}

// statementTenPercent is what an order earns at 10 %.
func statementTenPercent(amount, base byline.Money) contracts.Line {
	return contracts.Line{
		Campaign: "autumn", Agreement: "ag-ada", Version: 1, Kind: contracts.Commission, Rule: "sales",
		Rate: 10 * contracts.Percent, Base: base, Amount: amount, Reason: contracts.ReasonEarned,
	}
}

func partlyBack(line contracts.Line, sold byline.Money) contracts.Line {
	line.Sold, line.Reason = sold, contracts.ReasonPartlyReturned
	return line
}

func heldTill(line contracts.Line, until time.Time) contracts.Line {
	line.Account, line.Until = contracts.Held, until
	return line
}

func plainPay(k contracts.Kind, amount byline.Money) contracts.Line {
	return contracts.Line{Campaign: "autumn", Agreement: "ag-ada", Version: 1, Kind: k, Amount: amount, Reason: contracts.ReasonEarned}
}

func payoutLine(account contracts.Account, amount byline.Money) contracts.Line {
	return contracts.Line{Kind: contracts.Payout, Account: account, Amount: amount, Reason: contracts.ReasonPaidOut}
}

func hour(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
}

// workedCases are small histories with the statement of November.
func workedCases() map[string]func(*booked) {
	return map[string]func(*booked){
		"simple_month": func(b *booked) {
			b.post(hour(11, 1, 8), "agreement:ag-ada", contracts.Line{Campaign: "autumn", Agreement: "ag-ada", Version: 1, Kind: contracts.FlatFee, Rule: "fee", Amount: eur(50000), Reason: contracts.ReasonFeeDue})
			b.post(hour(11, 3, 9), "order:shop:1001", statementTenPercent(eur(510), eur(5100)))
			b.post(hour(11, 9, 17), "order:shop:1002", statementTenPercent(eur(511), eur(5105)))
			b.post(hour(11, 12, 10), "payout:2026-10", payoutLine(contracts.Payable, eur(-51021)))
			b.post(hour(11, 28, 20), "order:shop:1003", statementTenPercent(eur(1999), eur(19990)))
			b.post(hour(11, 29, 8), "gift:headphones", contracts.Line{Campaign: "autumn", Agreement: "ag-ada", Version: 1, Kind: contracts.GiftInKind, Account: contracts.InKind, Amount: eur(12900), Reason: contracts.ReasonFeeDue})
		},
		"refund_after_payout": func(b *booked) {
			b.post(hour(10, 20, 9), "order:shop:1001", statementTenPercent(eur(510), eur(5100)))
			b.post(hour(11, 5, 9), "payout:2026-10", payoutLine(contracts.Payable, eur(-510)))
			b.post(hour(11, 20, 9), "order:shop:1001", partlyBack(statementTenPercent(eur(-255), eur(-2550)), eur(0)))
		},
		"carried_over": func(b *booked) {
			b.post(hour(10, 20, 9), "order:shop:1001", statementTenPercent(eur(510), eur(5100)))
			b.post(hour(10, 25, 9), "payout:2026-10", payoutLine(contracts.Payable, eur(-510)))
			b.post(hour(10, 30, 9), "order:shop:1001", partlyBack(statementTenPercent(eur(-255), eur(-2550)), eur(0)))
			b.post(hour(11, 2, 9), "order:shop:1004", statementTenPercent(eur(1000), eur(10000)))
		},
		"held_then_released": func(b *booked) {
			b.post(hour(11, 2, 9), "order:shop:1001", heldTill(statementTenPercent(eur(510), eur(5100)), hour(11, 16, 0)))
			b.post(hour(11, 4, 9), "order:shop:1002", heldTill(statementTenPercent(eur(800), eur(8000)), hour(11, 18, 0)))
			b.post(hour(11, 10, 9), "order:shop:1002", heldTill(partlyBack(statementTenPercent(eur(-400), eur(-4000)), eur(0)), hour(11, 18, 0)))
			b.post(hour(11, 16, 0), "order:shop:1001", heldTill(statementTenPercent(eur(-510), eur(5100)), hour(11, 16, 0)), statementTenPercent(eur(510), eur(5100)))
			// Half of what is left comes back as the hold ends: one part is released, the other gone.
			b.post(hour(11, 18, 0), "order:shop:1002", heldTill(statementTenPercent(eur(-400), eur(-4000)), hour(11, 18, 0)), partlyBack(statementTenPercent(eur(200), eur(2000)), eur(0)))
			b.post(hour(11, 25, 9), "order:shop:1003", heldTill(statementTenPercent(eur(300), eur(3000)), hour(12, 9, 0)))
			doubted := heldTill(statementTenPercent(eur(4100), eur(41000)), time.Time{})
			doubted.Reason = contracts.ReasonOnHold
			b.post(hour(11, 26, 9), "order:shop:1005", doubted)
		},
		"tiers_cap_guarantee": func(b *booked) {
			b.post(hour(11, 2, 9), "order:shop:1001", statementTenPercent(eur(10000), eur(100000)))
			b.post(hour(11, 14, 9), "order:shop:1002", statementTenPercent(eur(5000), eur(50000)))
			b.post(hour(11, 14, 9), periods, ofNovember(contracts.TierAdjustment, contracts.Payable, 2500), ofNovember(contracts.TierAdjustment, contracts.Held, 800))
			b.post(hour(11, 20, 9), periods, ofNovember(contracts.CapAdjustment, contracts.Payable, -1500), ofNovember(contracts.CapAdjustment, contracts.Held, -700))
			b.post(hour(11, 22, 9), periods, ofNovember(contracts.TierAdjustment, contracts.Payable, 500), ofNovember(contracts.TierAdjustment, contracts.Held, -500),
				ofNovember(contracts.CapAdjustment, contracts.Payable, -400), ofNovember(contracts.CapAdjustment, contracts.Held, 400))
			b.post(hour(11, 24, 9), "order:shop:1002", partlyBack(statementTenPercent(eur(-5000), eur(-50000)), eur(0)))
			b.post(hour(11, 24, 9), periods, ofNovember(contracts.TierAdjustment, contracts.Payable, -2500), ofNovember(contracts.CapAdjustment, contracts.Payable, 1500))
			b.post(hour(11, 30, 23), periods, ofNovember(contracts.GuaranteeTopUp, contracts.Payable, 5000),
				ofNovember(contracts.DrawAdvance, contracts.Payable, 20000), ofNovember(contracts.DrawRecovery, contracts.Payable, -4000))
		},
		"tax_kept_back": func(b *booked) {
			kept := func(account contracts.Account, cents int64) contracts.Line {
				line := payoutLine(account, eur(cents))
				line.Kind = contracts.Withholding
				return line
			}
			b.post(hour(10, 20, 9), "order:shop:1000", statementTenPercent(eur(20000), eur(200000)))
			b.post(hour(11, 3, 9), "payout:2026-10", payoutLine(contracts.Payable, eur(-7600)), payoutLine(contracts.InTransit, eur(7600)), kept(contracts.Payable, -2400), kept(contracts.InTransit, 2400))
			b.post(hour(11, 5, 9), "payout:2026-10", payoutLine(contracts.InTransit, eur(-7600)), kept(contracts.InTransit, -2400))
			b.post(hour(11, 9, 9), "payout:2026-10", payoutLine(contracts.Payable, eur(7600)), kept(contracts.Payable, 2400))
			b.post(hour(11, 10, 9), "payout:2026-10-again", payoutLine(contracts.Payable, eur(-7600)), payoutLine(contracts.InTransit, eur(7600)), kept(contracts.Payable, -2400), kept(contracts.InTransit, 2400))
			b.post(hour(11, 11, 9), "payout:2026-10-again", payoutLine(contracts.InTransit, eur(-7600)), payoutLine(contracts.Payable, eur(7600)), kept(contracts.InTransit, -2400), kept(contracts.Payable, 2400))
			b.post(hour(11, 12, 9), "payout:2026-10-third", payoutLine(contracts.Payable, eur(-7600)), kept(contracts.Payable, -2400))
		},
		"still_waiting": func(b *booked) {
			b.post(hour(10, 20, 9), "order:shop:1001", heldTill(statementTenPercent(eur(1200), eur(12000)), hour(11, 20, 9)))
			b.post(hour(10, 21, 9), "order:shop:1002", heldTill(statementTenPercent(eur(3000), eur(30000)), time.Time{}))
			b.post(hour(10, 22, 9), "order:shop:1003", heldTill(statementTenPercent(eur(500), eur(5000)), hour(12, 4, 8)))
			b.post(hour(10, 23, 9), "order:shop:1004", heldTill(statementTenPercent(eur(700), eur(7000)), hour(12, 4, 20)))
			b.post(hour(11, 23, 9), "order:shop:1005", heldTill(statementTenPercent(eur(900), eur(9000)), hour(12, 1, 0)))
		},
		"currencies": func(b *booked) {
			b.post(hour(11, 2, 9), "order:tokyo:1", statementTenPercent(byline.Minor(1235, byline.JPY), byline.Minor(12345, byline.JPY)))
			b.post(hour(11, 3, 9), "order:kuwait:1", statementTenPercent(byline.Minor(1235, byline.KWD), byline.Minor(12345, byline.KWD)))
			b.post(hour(11, 4, 9), "order:tokyo:2", statementTenPercent(byline.Minor(1234567, byline.JPY), byline.Minor(12345670, byline.JPY)))
			converted := statementTenPercent(eur(925), eur(9254))
			converted.FX = contracts.Quote{From: byline.USD, Rate: "0.9230", At: "2026-11-04T09:00:00Z", Source: "house rates"}
			b.post(hour(11, 5, 9), "order:shop:1001", converted)
			b.post(hour(11, 20, 9), "payout:2026-11-jpy", payoutLine(contracts.Payable, byline.Minor(-1235802, byline.JPY)))
		},
		"written_off_and_failed": func(b *booked) {
			b.post(hour(10, 20, 9), "order:shop:1000", statementTenPercent(eur(6000), eur(60000)))
			b.post(hour(11, 3, 9), "payout:2026-10", payoutLine(contracts.Payable, eur(-6000)), payoutLine(contracts.InTransit, eur(6000)))
			b.post(hour(11, 4, 9), "payout:2026-10", payoutLine(contracts.InTransit, eur(-6000)), payoutLine(contracts.Payable, eur(6000)))
			b.post(hour(11, 6, 9), "payout:2026-10-again", payoutLine(contracts.Payable, eur(-6000)), payoutLine(contracts.InTransit, eur(6000)))
			b.post(hour(11, 7, 9), "payout:2026-10-again", payoutLine(contracts.InTransit, eur(-6000)))
			taken := partlyBack(statementTenPercent(eur(-6000), eur(-60000)), eur(0))
			taken.Reason = contracts.ReasonRefunded
			b.post(hour(11, 12, 9), "order:shop:1000", taken)
			b.post(hour(11, 20, 9), "writeoff:2026-11", contracts.Line{Kind: contracts.WriteOff, Amount: eur(5500), Reason: contracts.ReasonEarned})
			b.post(hour(11, 21, 9), "payout:2026-09", payoutLine(contracts.Payable, eur(4000)))
			b.post(hour(11, 28, 9), "payout:2026-11", payoutLine(contracts.Payable, eur(-3500)), payoutLine(contracts.InTransit, eur(3500)))
		},
		"nothing": func(*booked) {},
	}
}

const periods = contracts.Subject("periods:ag-ada")

// ofNovember is what November makes of its orders' pay.
func ofNovember(k contracts.Kind, account contracts.Account, cents int64) contracts.Line {
	line := plainPay(k, eur(cents))
	line.Account, line.EarnedAt = account, date(11, 1)
	return line
}

func november() contracts.StatementOptions {
	return contracts.StatementOptions{
		Creator: "ada", Name: "Ada", Brand: "Demo Brand", Number: "2026-11",
		Period: byline.Window{Start: date(11, 1), End: date(12, 1)}, PaymentDays: 14,
	}
}

func TestStatementGolden(t *testing.T) {
	t.Parallel()
	for name, history := range workedCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := bookedLedger(t)
			history(b)
			s, err := contracts.NewStatement(t.Context(), &b.ledger, november())
			require.NoError(t, err)
			var text, csv, html, data bytes.Buffer
			require.NoError(t, s.WriteText(t.Context(), &text))
			require.NoError(t, s.WriteCSV(t.Context(), &csv))
			require.NoError(t, s.WriteHTML(t.Context(), &html))
			require.NoError(t, s.WriteJSON(t.Context(), &data))
			golden.Equal(t, "statement_"+name+".txt", text.Bytes())
			golden.Equal(t, "statement_"+name+".csv", csv.Bytes())
			golden.Equal(t, "statement_"+name+".html", html.Bytes())
			golden.Equal(t, "statement_"+name+".json", data.Bytes())
		})
	}
}
