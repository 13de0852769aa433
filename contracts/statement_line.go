package contracts

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// StatementLine is one line of a statement: an entry of the ledger, or two of one
// revision that moved an amount from one account to another.
//
// Held, Payable, InTransit and Gifts are what the line does to each account; their sums
// over all lines are the difference between a Section's Opening and Closing.
type StatementLine struct {
	At        time.Time         `json:"at"` // when it was posted, in the statement's zone
	Subject   Subject           `json:"subject"`
	Revision  int               `json:"revision"`
	Movement  Movement          `json:"movement"`
	Kind      Kind              `json:"kind"`
	Reason    Reason            `json:"reason"`
	Campaign  byline.CampaignID `json:"campaign,omitempty"`
	Agreement AgreementID       `json:"agreement,omitempty"`
	Version   int               `json:"version,omitempty"`
	Rule      string            `json:"rule,omitempty"`
	Base      byline.Money      `json:"base,omitzero"`
	Rate      Rate              `json:"rate,omitempty"`
	Units     int64             `json:"units,omitempty"`
	Amount    byline.Money      `json:"amount"` // what changed hands, or what was moved: negative where a deduction moved; never zero
	Held      byline.Money      `json:"held,omitzero"`
	Payable   byline.Money      `json:"payable,omitzero"`
	InTransit byline.Money      `json:"in_transit,omitzero"`
	Gifts     byline.Money      `json:"gifts,omitzero"`
	HeldUntil time.Time         `json:"held_until,omitzero"` // in the statement's zone
	About     string            `json:"about"`               // the subject in words: "Order shop:1001"
	For       string            `json:"for"`                 // the kind and movement in words: "Commission released"
	Why       string            `json:"why"`                 // sentences
}

// Moves reports whether the line moves money between accounts and leaves what is owed
// as it was.
func (l StatementLine) Moves() bool {
	switch l.Movement {
	case MovementReleased, MovementHeld, MovementRescheduled, MovementUnderWay, MovementFailed, MovementMoved:
		return true
	}
	return false
}

// Shown is the amount as statements print it: signed where what is owed changes, bare
// where money only moves between accounts.
func (l StatementLine) Shown() string {
	switch {
	case l.Moves() && l.Amount.Sign() < 0:
		return FormatAmount(l.Amount.Neg())
	case l.Moves() || l.Amount.Sign() < 0:
		return FormatAmount(l.Amount)
	}
	return "+" + FormatAmount(l.Amount)
}

// Where names the account the money came to, or left, or both: "held → payable".
func (l StatementLine) Where() string {
	switch l.Movement {
	case MovementReleased:
		return "held → payable"
	case MovementHeld:
		return "payable → held"
	case MovementUnderWay:
		return "payable → under way"
	case MovementFailed:
		return "under way → payable"
	case MovementPaid:
		if l.Kind == Withholding {
			return "to a tax authority"
		}
		return "paid out"
	case MovementMoved:
		return "between accounts"
	case MovementGiven:
		return "in goods"
	}
	switch {
	case !l.Held.IsZero(), l.Movement == MovementRescheduled:
		return "held"
	case !l.InTransit.IsZero():
		return "under way"
	}
	return "payable"
}

// Lines yields the lines about money of one currency, in the order of the ledger, and
// ends with the first error. One that answers to byline.ErrConflict comes after the last
// line when the ledger was written to since the statement was opened.
func (s *Statement) Lines(ctx context.Context, currency byline.Currency) iter.Seq2[StatementLine, error] {
	return s.lines(ctx, currency, false)
}

// GiftLines is [Statement.Lines] of what was given in goods.
func (s *Statement) GiftLines(ctx context.Context, currency byline.Currency) iter.Seq2[StatementLine, error] {
	return s.lines(ctx, currency, true)
}

func (s *Statement) lines(ctx context.Context, currency byline.Currency, gifts bool) iter.Seq2[StatementLine, error] {
	return func(yield func(StatementLine, error) bool) {
		i := slices.IndexFunc(s.Sections, func(section Section) bool { return section.Currency == currency })
		if i < 0 {
			return
		}
		balance := s.Sections[i].Opening
		for m, err := range s.movements(ctx) {
			if err == nil && m.amount.Currency() == currency {
				err = m.addTo(&balance)
			}
			if err != nil {
				yield(StatementLine{}, fmt.Errorf("lines of %s: %w", s.Creator, err))
				return
			}
			if m.amount.Currency() == currency && m.inKind() == gifts && !yield(s.line(m), nil) {
				return
			}
		}
		if !sameAccounts(balance, s.Sections[i].Closing) {
			yield(StatementLine{}, fmt.Errorf("lines of %s: %w", s.Creator, errLedgerMoved()))
		}
	}
}

func (s *Statement) line(m movement) StatementLine {
	e := m.entry
	zero := byline.Minor(0, m.amount.Currency())
	l := StatementLine{
		At: e.PostedAt.In(s.zone), Subject: e.Subject, Revision: e.Revision, Movement: m.what, Kind: e.Kind, Reason: e.Reason,
		Campaign: e.Campaign, Agreement: e.Agreement, Version: e.Version, Rule: e.Rule, Base: e.Base, Rate: e.Rate, Units: e.Units,
		Amount: m.amount, Held: zero, Payable: zero, InTransit: zero, Gifts: zero,
		About: s.about(e), For: whatFor(m), Why: s.why(m),
	}
	if e.Account == Held && !e.Until.IsZero() && m.amount.Sign() > 0 {
		l.HeldUntil = e.Until.In(s.zone)
	}
	*l.account(e.Account) = m.amount
	if m.transfer && m.from != e.Account {
		*l.account(m.from) = m.amount.Neg()
	}
	if m.transfer && m.from == e.Account {
		*l.account(m.from) = zero
	}
	return l
}

func (l *StatementLine) account(a Account) *byline.Money {
	switch a {
	case Held:
		return &l.Held
	case Payable:
		return &l.Payable
	case InTransit:
		return &l.InTransit
	}
	return &l.Gifts
}
