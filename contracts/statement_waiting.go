package contracts

import (
	"context"
	"time"

	"github.com/bylinehq/byline"
)

// wait fills in what is still held at the period's end. Parts that do not sum to what is
// Held answer to byline.ErrConflict.
func (s *Statement) wait(ctx context.Context, sections map[byline.Currency]*Section) error {
	parts, err := s.ledger.HeldAt(ctx, s.Creator, s.Period.End)
	if err != nil {
		return err
	}
	sums := map[byline.Currency]byline.Money{}
	for _, part := range parts {
		currency := part.Amount.Currency()
		sum := sums[currency]
		if err := addTo(&sum, part.Amount); err != nil {
			return err
		}
		sums[currency] = sum
		section := sections[currency]
		if section == nil {
			return errLedgerMoved()
		}
		if err := s.addWaiting(section, part); err != nil {
			return err
		}
	}
	for currency, section := range sections {
		if section.Closing.Held.Minor() != sums[currency].Minor() {
			return errLedgerMoved()
		}
	}
	return nil
}

// addWaiting puts a part to those of its day, which come before it.
func (s *Statement) addWaiting(section *Section, part HeldPart) error {
	if !part.Until.IsZero() {
		part.Until = part.Until.In(s.zone)
	}
	last := len(section.Waiting) - 1
	if last < 0 || !s.waitTogether(section.Waiting[last].Until, part.Until) {
		section.Waiting = append(section.Waiting, part)
		return nil
	}
	section.Waiting[last].Until = part.Until
	return addTo(&section.Waiting[last].Amount, part.Amount)
}

func (s *Statement) waitTogether(a, b time.Time) bool {
	return a.IsZero() == b.IsZero() && a.Format(time.DateOnly) == b.Format(time.DateOnly) && s.overdue(a) == s.overdue(b)
}

// overdue reports whether what waited until then could have been released in the period.
func (s *Statement) overdue(until time.Time) bool {
	return !until.IsZero() && until.Before(s.Period.End)
}

// WaitingTitle is the heading of what [Statement.Waiting] returns.
const WaitingTitle = "Still waiting at the end of the period"

// WaitingRow is one row of what is still held.
type WaitingRow struct {
	Label  string // "Until 7 Dec 2026"
	Detail string // more about it; may be empty
	Amount byline.Money
}

// Waiting says until when what is held at the period's end waits, by day. The amounts
// sum to Closing.Held.
func (s *Statement) Waiting(section Section) []WaitingRow {
	rows := make([]WaitingRow, 0, len(section.Waiting))
	for _, part := range section.Waiting {
		row := WaitingRow{Label: "Until " + part.Until.Format(shortDay), Amount: part.Amount}
		switch {
		case part.Until.IsZero() && part.Amount.Sign() < 0:
			row.Label, row.Detail = "No day is set", "taken off when the orders behind it are released"
		case part.Until.IsZero():
			row.Label, row.Detail = "No day is set", "until it is delivered, reviewed or converted, or the orders behind it are released"
		case s.overdue(part.Until):
			row.Label, row.Detail = "Due since "+part.Until.Format(shortDay), "the wait is over; it is not released yet"
		}
		rows = append(rows, row)
	}
	return rows
}
