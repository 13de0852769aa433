package contracts

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// SummaryRow is one row of a section's summary: balances, and between them what changed.
type SummaryRow struct {
	Label   string
	Amount  byline.Money
	Balance bool // the opening or closing balance; else a change
}

// Summary is how the opening balance became the closing one. Rows of zero are left out,
// but for what was earned.
func (s Section) Summary() []SummaryRow {
	rows := []SummaryRow{{"Opening balance", s.Opening.Owed, true}, {"Earned", s.Earned, false}}
	for _, row := range []SummaryRow{
		{"Came back", s.Returned, false},
		{"Tiers, caps, guarantees and advances", s.Adjustments, false},
		{"Written off", s.WrittenOff, false},
		{"Paid out", byline.Minor(s.Withheld.Minor()-s.PaidOut.Minor(), s.Currency), false},
		{"Tax kept back", s.Withheld.Neg(), false},
	} {
		if !row.Amount.IsZero() {
			rows = append(rows, row)
		}
	}
	return append(rows, SummaryRow{"Closing balance", s.Closing.Owed, true})
}

// Standing says where the closing balance stands: payable always, held and under way
// where they are not zero. The amounts sum to it.
func (s Section) Standing() []SummaryRow {
	rows := []SummaryRow{{Label: "Payable", Amount: s.Closing.Payable}}
	if !s.Closing.Held.IsZero() {
		rows = append(rows, SummaryRow{Label: "Held", Amount: s.Closing.Held})
	}
	if !s.Closing.InTransit.IsZero() {
		rows = append(rows, SummaryRow{Label: "In a payout under way", Amount: s.Closing.InTransit})
	}
	return rows
}

// Headline is the one amount that a creator looks for.
func (s Section) Headline() SummaryRow {
	switch s.Closing.Payable.Sign() {
	case -1:
		return SummaryRow{Label: "Carried forward", Amount: s.Closing.Payable}
	case 0:
		return SummaryRow{Label: "Nothing to pay out now", Amount: s.Closing.Payable}
	}
	return SummaryRow{Label: "Can be paid out", Amount: s.Closing.Payable}
}

// Notes are sentences about what a creator would ask next: when money comes, what waits,
// what was carried over.
func (s *Statement) Notes(section Section) []string {
	var notes []string
	note := func(m byline.Money, before, after string) {
		notes = append(notes, before+FormatAmount(m)+after)
	}
	if opening := section.Opening.Payable; opening.Sign() < 0 {
		note(opening, "Carried over: ", " was open from before and is taken from what you earn.")
	}
	switch payable := section.Closing.Payable; {
	case payable.Sign() < 0:
		note(payable, "Carried forward: ", " will be taken from what you earn next.")
	case payable.Sign() > 0 && !s.DueOn.IsZero():
		note(payable, "", " is due by "+showDay(s.DueOn)+".")
	}
	if held := section.Closing.Held; !held.IsZero() {
		note(held, "", " is held; until when is listed under “"+WaitingTitle+"”.")
	}
	if sent := section.Closing.InTransit; !sent.IsZero() {
		note(sent, "", " is in a payout that is under way.")
	}
	return notes
}

// Title is what the statement is called: "Statement 2026-11".
func (s *Statement) Title() string { return strings.TrimSpace("Statement " + s.Number) }

// Dates is the period in words, its last day included: "1 Nov 2026 to 30 Nov 2026". A
// bound that is not a day's start is written with its time, and the end as it is.
func (s *Statement) Dates() string {
	end := s.Period.End.In(s.zone)
	if last := s.lastDay(); time.Date(last.Year(), last.Month(), last.Day()+1, 0, 0, 0, 0, s.zone).Equal(end) {
		end = time.Date(last.Year(), last.Month(), last.Day(), 0, 0, 0, 0, s.zone)
	}
	return showDay(s.Period.Start.In(s.zone)) + " to " + showDay(end)
}

// Zone names the zone of all dates.
func (s *Statement) Zone() string { return s.zone.String() }

// FormatAmount writes an amount as statements print it: U+2212 for minus, the digits
// before the point in groups of three parted by U+00A0, and the currency.
func FormatAmount(m byline.Money) string {
	if m.Currency() == "" {
		return grouped(m.Amount())
	}
	return grouped(m.Amount()) + "\u00a0" + string(m.Currency())
}

// grouped parts the digits of a plain decimal number.
func grouped(number string) string {
	digits, negative := strings.CutPrefix(number, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	var text strings.Builder
	if negative {
		text.WriteString("−")
	}
	for i, digit := range []byte(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			text.WriteString("\u00a0")
		}
		text.WriteByte(digit)
	}
	if point {
		text.WriteString("." + fraction)
	}
	return text.String()
}
