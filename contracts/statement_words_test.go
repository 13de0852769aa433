package contracts_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// What a line says, for each kind of pay and turn that it can take.
func TestStatementWords(t *testing.T) {
	t.Parallel()
	with := func(line contracts.Line, change func(*contracts.Line)) contracts.Line {
		change(&line)
		return line
	}
	because := func(reason contracts.Reason) func(*contracts.Line) {
		return func(l *contracts.Line) { l.Reason = reason }
	}
	metered := with(plainPay(contracts.MeteredPay, eur(6000)), func(l *contracts.Line) { l.Units = 12000 })
	tests := map[string]struct {
		revision int
		line     contracts.Line
		want     string
	}{
		"an exact product": {1, statementTenPercent(eur(510), eur(5100)), "Commission: The order is paid and nothing of it came back. 10% of 51.00 EUR = 5.10 EUR."},
		"half a cent":      {1, statementTenPercent(eur(511), eur(5105)), "Commission: The order is paid and nothing of it came back. 10% of 51.05 EUR = 5.105, rounded half up to 5.11 EUR."},
		"less than half a cent": {1, statementTenPercent(eur(510), eur(5104)),
			"Commission: The order is paid and nothing of it came back. 10% of 51.04 EUR = 5.104, rounded half up to 5.10 EUR."},
		"a base below zero": {1, statementTenPercent(eur(-511), eur(-5105)),
			"Commission taken back: The order is paid and nothing of it came back. 10% of −51.05 EUR = −5.105, rounded half away from zero to −5.11 EUR."},
		"a part of the commission": {1, statementTenPercent(eur(200), eur(5100)), "Commission: The order is paid and nothing of it came back. Part of 10% of 51.00 EUR."},
		"a difference": {2, partlyBack(statementTenPercent(eur(-255), eur(-2550)), eur(0)),
			"Commission taken back: Part of the order came back; the commission is on what is left. 10% of −25.50 EUR = −2.55 EUR."},
		"a difference that the whole rounds": {2, partlyBack(statementTenPercent(eur(-256), eur(-2550)), eur(0)),
			"Commission taken back: Part of the order came back; the commission is on what is left. 10% of −25.50 EUR; the whole is rounded, not this line."},
		"a difference that the whole rounds up": {2, partlyBack(statementTenPercent(eur(256), eur(2550)), eur(0)),
			"Commission: Part of the order came back; the commission is on what is left. 10% of 25.50 EUR; the whole is rounded, not this line."},
		"two cents off are a part": {2, partlyBack(statementTenPercent(eur(257), eur(2550)), eur(0)),
			"Commission: Part of the order came back; the commission is on what is left. Part of 10% of 25.50 EUR."},
		"a difference of what was sold": {2, partlyBack(statementTenPercent(eur(255), eur(2550)), eur(5100)),
			"Commission: Part of the order came back; the commission is on what is left. 10% of 25.50 EUR = 2.55 EUR."},
		"a part of what was sold": {1, partlyBack(statementTenPercent(eur(255), eur(2550)), eur(5100)),
			"Commission: Part of the order came back; the commission is on what is left. 10% of 25.50 EUR = 2.55 EUR, of 51.00 EUR sold."},
		"a base beyond reckoning": {1, statementTenPercent(eur(1), byline.Minor(1<<62, byline.EUR)),
			"Commission: The order is paid and nothing of it came back. Part of 10% of 46 116 860 184 273 879.04 EUR."},
		"withdrawn":        {2, with(statementTenPercent(eur(-510), byline.Money{}), because(contracts.ReasonWithdrawn)), "Commission taken back: The order is no longer credited to this creator."},
		"restated":         {2, with(statementTenPercent(eur(-510), byline.Money{}), because(contracts.ReasonRestated)), "Commission restated: The same credit stands under another agreement version or in another currency."},
		"disputed":         {2, with(statementTenPercent(eur(-510), byline.Money{}), because(contracts.ReasonDisputed)), "Commission taken back: A dispute takes what the order would earn, until it is won."},
		"held by the hour": {1, heldTill(statementTenPercent(eur(510), byline.Money{}), hour(12, 4, 15)), "Commission, held: The order is paid and nothing of it came back. Held until 4 Dec 2026, 15:00."},
		"fixed":            {1, plainPay(contracts.PerOrderPay, eur(500)), "Fixed commission: The order is paid and nothing of it came back."},
		"a fee":            {1, with(plainPay(contracts.FlatFee, eur(500)), because(contracts.ReasonFeeDue)), "Fee: The agreed fee is due."},
		"a fee taken back": {2, with(plainPay(contracts.FlatFee, eur(-500)), because(contracts.ReasonWithdrawn)), "Fee taken back: It is no longer owed."},
		"a fee cut":        {2, plainPay(contracts.FlatFee, eur(-500)), "Fee taken back: Less of it is owed than before."},
		"a kill fee":       {1, with(plainPay(contracts.KillFeePay, eur(500)), because(contracts.ReasonFeeDue)), "Kill fee: The work was called off; a part of the fees is owed."},
		"metered":          {1, metered, "Metered pay: Paid by what was counted. Counted: 12 000."},
		"a bonus":          {1, plainPay(contracts.BonusPay, eur(500)), "Bonus: The period has reached its target."},
		"a bonus lost":     {2, plainPay(contracts.BonusPay, eur(-500)), "Bonus taken back: The period is below its target again."},
		"a cap":            {1, plainPay(contracts.CapAdjustment, eur(-500)), "Cap: What lies above the period's cap is not paid."},
		"a cap again":      {2, plainPay(contracts.CapAdjustment, eur(500)), "Cap: There is room below the period's cap again."},
		"a guarantee":      {1, plainPay(contracts.GuaranteeTopUp, eur(500)), "Guarantee: The period's commission is topped up to what is guaranteed."},
		"less of it":       {2, plainPay(contracts.GuaranteeTopUp, eur(-500)), "Guarantee: The commission grew, so less is needed to reach the guarantee."},
		"an unknown kind":  {1, plainPay("stage_prize", eur(500)), "Stage prize: It is owed as agreed."},
		"an unknown reason": {1, with(plainPay(contracts.TierAdjustment, eur(500)), because("stars_aligned")),
			"Tier adjustment: What the tiers make of the period's sales, beside what was booked order by order: stars aligned."},
		"a tier": {1, with(plainPay(contracts.TierAdjustment, eur(500)), because(contracts.ReasonTierReached)),
			"Tier adjustment: What the tiers make of the period's sales, beside what was booked order by order."},
		"a tier of what is held": {1, with(heldTill(plainPay(contracts.TierAdjustment, eur(500)), time.Time{}), because(contracts.ReasonTierReached)),
			"Tier adjustment, held: What the tiers make of the period's sales, beside what was booked order by order. Held until the orders behind it are released; no day is set."},
		"a tier taken from what is held": {2, with(heldTill(plainPay(contracts.TierAdjustment, eur(-500)), time.Time{}), because(contracts.ReasonWithdrawn)),
			"Tier adjustment, held: What the tiers make of the period's sales, beside what was booked order by order: it is no longer owed."},
		"a gift": {1, with(plainPay(contracts.GiftInKind, eur(500)), func(l *contracts.Line) { l.Account, l.Reason = contracts.InKind, contracts.ReasonGiven }),
			"Gift: Goods at their declared value, which are not paid out."},
		"a called off work": {1, with(plainPay(contracts.KillFeePay, eur(500)), because(contracts.ReasonCalledOff)), "Kill fee: The work was called off; a part of the fees is owed."},
		"tax kept back": {1, with(payoutLine(contracts.Payable, eur(-500)), func(l *contracts.Line) { l.Kind = contracts.Withholding }),
			"Tax kept back: This part of the payout goes to a tax authority in your name."},
		"a payout's own reason": {1, with(payoutLine(contracts.Payable, eur(500)), because("account_closed")),
			"Sent back: The money came back from your bank or wallet and is owed to you again: account closed."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ledger contracts.Ledger
			tt.line.Creator = "ada"
			entry := contracts.Entry{Subject: "order:shop:1", Revision: tt.revision, PostedAt: hour(11, 2, 9), Line: tt.line}
			require.NoError(t, ledger.Append(t.Context(), attribution.NoTx{}, []contracts.Entry{entry}))
			s, err := contracts.NewStatement(t.Context(), &ledger, november())
			require.NoError(t, err)
			lines := statementLines(t, s)
			if got := strings.ReplaceAll(lines[0].For+": "+lines[0].Why, "\u00a0", " "); got != tt.want {
				t.Errorf("words (-want +got):\n%s", cmp.Diff(tt.want, got))
			}
		})
	}
}

func TestFormatAmount(t *testing.T) {
	t.Parallel()
	tests := map[string]byline.Money{
		"0":                   {},
		"0.05~EUR":            eur(5),
		"−0.05~EUR":           eur(-5),
		"999.99~EUR":          eur(99999),
		"1~000.00~EUR":        eur(100000),
		"−123~456~789.00~EUR": eur(-12345678900),
		"1~234~567~JPY":       byline.Minor(1234567, byline.JPY),
		"12.345~KWD":          byline.Minor(12345, byline.KWD),
	}
	for want, amount := range tests {
		want = strings.ReplaceAll(want, "~", "\u00a0")
		if got := contracts.FormatAmount(amount); got != want {
			t.Errorf("FormatAmount(%s) = %q, want %q", amount, got, want)
		}
	}
}
