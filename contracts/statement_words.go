package contracts

import (
	"cmp"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
)

// about names what an entry is about for its creator: "Order shop:1001". Of a period only
// the start is known here.
func (s *Statement) about(e Entry) string {
	kind, id, named := strings.Cut(string(e.Subject), ":")
	if !named || kind == "" || id == "" {
		return string(e.Subject)
	}
	if e.Subject == ForPeriods(AgreementID(id)) && !e.EarnedAt.IsZero() {
		return "Period from " + showDay(e.EarnedAt.In(s.zone)) + " · " + id
	}
	return sentenceCase(strings.ReplaceAll(kind, "_", " ")) + " " + id
}

func sentenceCase(text string) string {
	if text == "" || text[0] < 'a' || text[0] > 'z' {
		return text
	}
	return string(text[0]-'a'+'A') + text[1:]
}

// kindWords is what a kind is called. A kind of a later version is called by its code.
func kindWords(k Kind) string {
	switch k {
	case Commission:
		return "Commission"
	case PerOrderPay:
		return "Fixed commission"
	case TierAdjustment:
		return "Tier adjustment"
	case CapAdjustment:
		return "Cap"
	case GuaranteeTopUp:
		return "Guarantee"
	case DrawAdvance:
		return "Advance"
	case DrawRecovery:
		return "Advance kept back"
	case FlatFee:
		return "Fee"
	case KillFeePay:
		return "Kill fee"
	case MeteredPay:
		return "Metered pay"
	case BonusPay:
		return "Bonus"
	case GiftInKind:
		return "Gift"
	case Payout:
		return "Payout"
	case WriteOff:
		return "Write-off"
	case Withholding:
		return "Tax kept back"
	}
	return sentenceCase(strings.ReplaceAll(string(k), "_", " "))
}

// whatFor joins what money is for with what happened to it.
func whatFor(m movement) string {
	kind := kindWords(m.entry.Kind)
	if m.entry.Kind == Withholding {
		return withheldFor(m.what)
	}
	switch m.what {
	case MovementUnderWay:
		return "Under way"
	case MovementFailed:
		return "Failed"
	case MovementPaid:
		return "Paid"
	case MovementSentBack:
		return "Sent back"
	case MovementReturned:
		return kind + " taken back"
	case MovementRestated:
		return kind + " restated"
	case MovementReleased:
		return kind + " released"
	case MovementHeld:
		return kind + " held again"
	case MovementRescheduled:
		return kind + " held until another day"
	case MovementMoved:
		return kind + " moved"
	case MovementGiven:
		if m.amount.Sign() < 0 {
			return kind + " given back"
		}
	case MovementEarned, MovementAdjusted:
		if m.entry.Account == Held {
			return kind + ", held"
		}
	case MovementWrittenOff:
	}
	return kind
}

// withheldFor is whatFor of the part of a payout that goes to a tax authority.
func withheldFor(what Movement) string {
	switch what {
	case MovementUnderWay:
		return "Tax kept back, under way"
	case MovementFailed:
		return "Tax not kept back"
	case MovementSentBack:
		return "Tax given back"
	}
	return kindWords(Withholding)
}

// why tells a line's reason in sentences: what happened, how the amount came about,
// and how long it waits.
func (s *Statement) why(m movement) string {
	var text strings.Builder
	say := func(sentence string) {
		if sentence == "" {
			return
		}
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		text.WriteString(sentenceCase(sentence))
		text.WriteByte('.')
	}
	say(happened(m))
	if !m.transfer {
		say(reckoned(m.entry))
		say(unitsCounted(m.entry))
		say(converted(m.entry.FX, m.amount.Currency()))
	}
	say(s.waits(m))
	return text.String()
}

func happened(m movement) string {
	if m.entry.Kind == Withholding {
		return withheldBecause(m)
	}
	switch m.what {
	case MovementReleased:
		if m.amount.Sign() < 0 {
			return "it now reduces what may be paid out"
		}
		return "the hold is over; it can be paid out now"
	case MovementHeld, MovementRescheduled, MovementMoved:
		if m.amount.Sign() < 0 {
			return "it now reduces what is held"
		}
		return meaning(m.entry.Reason)
	case MovementUnderWay:
		return "it has left what is payable and is on its way to you"
	case MovementFailed:
		if m.entry.Reason == ReasonPayoutReturned {
			return "your bank or wallet sent the money back; the amount is payable again"
		}
		return joined("the payout did not go through; the amount is payable again", payoutMeaning(m.entry.Reason))
	case MovementSentBack:
		return joined("the money came back from your bank or wallet and is owed to you again", payoutMeaning(m.entry.Reason))
	case MovementPaid:
		return joined("money has been paid to you", payoutMeaning(m.entry.Reason))
	case MovementWrittenOff:
		return "you owed this back and need not pay it"
	case MovementEarned, MovementReturned, MovementRestated, MovementAdjusted, MovementGiven:
	}
	told := joined(kindMeaning(m), earnedMeaning(m.entry))
	if told == "" && m.amount.Sign() < 0 {
		return "less of it is owed than before"
	}
	return cmp.Or(told, "it is owed as agreed")
}

// withheldBecause is happened of the part of a payout that goes to a tax authority.
func withheldBecause(m movement) string {
	told := "this part of the payout goes to a tax authority in your name"
	switch m.what {
	case MovementUnderWay:
		told = "it has left what is payable; " + told
	case MovementFailed:
		told = "the payout did not go through, so nothing is kept back; the amount is payable again"
	case MovementSentBack:
		told = "the payout came back; what was kept back from it is owed to you again"
	}
	return joined(told, payoutMeaning(m.entry.Reason))
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ": " + b
}

// kindMeaning is what a pay that is not of one order is for.
func kindMeaning(m movement) string {
	switch m.entry.Kind {
	case TierAdjustment:
		return "what the tiers make of the period's sales, beside what was booked order by order"
	case CapAdjustment:
		if m.amount.Sign() > 0 {
			return "there is room below the period's cap again"
		}
		return "what lies above the period's cap is not paid"
	case GuaranteeTopUp:
		if m.amount.Sign() < 0 {
			return "the commission grew, so less is needed to reach the guarantee"
		}
		return "the period's commission is topped up to what is guaranteed"
	case DrawAdvance:
		return "paid ahead of commission"
	case DrawRecovery:
		return "commission that pays off the advance"
	case KillFeePay:
		return "the work was called off; a part of the fees is owed"
	case MeteredPay:
		return "paid by what was counted"
	case BonusPay:
		if m.amount.Sign() < 0 {
			return "the period is below its target again"
		}
		return "the period has reached its target"
	case GiftInKind:
		return "goods at their declared value, which are not paid out"
	}
	return ""
}

// earnedMeaning leaves out what only orders say of themselves, and what the kind of pay
// says already.
func earnedMeaning(e Entry) string {
	ofOrder := e.Kind == Commission || e.Kind == PerOrderPay
	switch e.Reason {
	case ReasonEarned, ReasonReleased, ReasonHeldAgain:
		if !ofOrder {
			return ""
		}
	case ReasonFeeDue:
		if e.Kind != FlatFee {
			return ""
		}
	case ReasonWithdrawn:
		if !ofOrder {
			return "it is no longer owed"
		}
	case ReasonTierReached, ReasonCapped, ReasonGuaranteed, ReasonAdvanced, ReasonRecovered, ReasonMeasured,
		ReasonTargetReached, ReasonTargetMissed, ReasonGiven, ReasonCalledOff:
		return ""
	}
	return meaning(e.Reason)
}

// payoutMeaning leaves out what a payout says already.
func payoutMeaning(r Reason) string {
	switch r {
	case ReasonPaidOut, ReasonPayoutUnderWay, ReasonPayoutFailed, ReasonPayoutReturned, ReasonWithdrawn, ReasonRestated:
		return ""
	}
	return meaning(r)
}

// meaning is what a reason means, by the table of reasons; its code where a later
// version wrote it.
func meaning(r Reason) string {
	for _, row := range Reasons() {
		if row.Reason == r {
			return row.Meaning
		}
	}
	return strings.ReplaceAll(string(r), "_", " ")
}

// reckoned shows how an amount came about, where the entry says it. It claims equality
// only where the rate of the base is the amount itself: of a commission that is booked in
// parts the whole was rounded, and no part is.
func reckoned(e Entry) string {
	if e.Rate <= 0 || e.Base.IsZero() {
		return ""
	}
	text := e.Rate.String() + " of " + FormatAmount(e.Base)
	sold := ""
	if e.Revision == 1 && e.Base.Sign() > 0 && e.Sold.Minor() > e.Base.Minor() {
		sold = ", of " + FormatAmount(e.Sold) + " sold"
	}
	product, err := e.Rate.Of(e.Base)
	switch off := product.Minor() - e.Amount.Minor(); {
	case err == nil && off == 0:
		return text + " = " + rounding(e) + sold
	case err == nil && (off == 1 || off == -1):
		return text + sold + "; the whole is rounded, not this line"
	}
	return "part of " + text + sold
}

// rounding tells the exact product before the amount, where they differ.
func rounding(e Entry) string {
	if whole(e.Base.Minor(), int64(e.Rate)) {
		return FormatAmount(e.Amount)
	}
	how := ", rounded half up to "
	if e.Amount.Sign() < 0 {
		how = ", rounded half away from zero to "
	}
	exact := e.Base.Decimal().Mul(decimal.New(int64(e.Rate), -6))
	return grouped(exact.String()) + how + FormatAmount(e.Amount)
}

// whole reports whether a rate of so many minor units is a whole number of them.
func whole(minor, rate int64) bool {
	hi, lo := bits.Mul64(uint64(max(minor, -minor)), uint64(rate))
	return bits.Rem64(hi, lo, uint64(Whole)) == 0
}

func unitsCounted(e Entry) string {
	if e.Units == 0 {
		return ""
	}
	return "counted: " + grouped(strconv.FormatInt(e.Units, 10))
}

func converted(q Quote, to byline.Currency) string {
	if q == (Quote{}) {
		return ""
	}
	return "converted at " + q.Rate + " " + string(to) + " for 1 " + string(q.From) + " (" + q.Source + ", " + q.At + ")"
}

// waits says until when money that comes to Held stays there.
func (s *Statement) waits(m movement) string {
	e := m.entry
	if e.Account != Held || m.amount.Sign() < 0 {
		return ""
	}
	if e.Until.IsZero() && m.what == MovementAdjusted {
		return "held until the orders behind it are released; no day is set"
	}
	if e.Until.IsZero() {
		return "held until it is released; no day is set"
	}
	return "held until " + showDay(e.Until.In(s.zone))
}

// shortDay is the layout of days.
const shortDay = "2 Jan 2006"

// showDay leaves out a time of day that says nothing.
func showDay(t time.Time) string {
	if t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())) {
		return t.Format(shortDay)
	}
	return t.Format(shortDay + ", 15:04")
}
