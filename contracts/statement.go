package contracts

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// StatementReader is a ledger as statements need it.
type StatementReader interface {
	// BalancesAt sums a creator's entries that were posted before an instant, one balance
	// for each currency, ordered by it.
	BalancesAt(ctx context.Context, creator byline.CreatorID, before time.Time) ([]Balance, error)
	// EntriesOf yields a creator's entries that were posted in a window, ordered by
	// PostedAt, then Subject and Revision. It ends with the first error.
	EntriesOf(ctx context.Context, creator byline.CreatorID, posted byline.Window) iter.Seq2[Entry, error]
	// HeldAt sums what of a creator's entries that were posted before an instant is Held, by
	// currency and by when it is released, in that order; what time alone does not release
	// comes last. Sums of nothing are left out.
	HeldAt(ctx context.Context, creator byline.CreatorID, before time.Time) ([]HeldPart, error)
}

// HeldPart is what waits for one instant. It is negative where a cap that moves along with
// its orders has no day of its own.
type HeldPart struct {
	Amount byline.Money `json:"amount"`
	Until  time.Time    `json:"until,omitzero"` // zero: not released by time
}

// StatementOptions says whose statement is opened, and what stands in its head.
type StatementOptions struct {
	Creator byline.CreatorID
	Name    string // of the creator; their id when empty
	Brand   string // who owes the money; may be empty
	Number  string // the caller's own, may be empty
	// Period is by when entries were posted, Start inside and End outside. Both are needed.
	Period byline.Window
	Zone   *time.Location // of all dates that are shown; nil: UTC
	// PaymentDays are counted from the last day of the period: 14 after November is 14
	// December. At most 3650; 0: no due date is shown.
	PaymentDays int
}

// maxPaymentDays is ten years, far beyond any terms: a higher number is a slip.
const maxPaymentDays = 3650

func (o StatementOptions) validate() error {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if o.Creator == "" {
		add("creator", "required", "a statement is of one creator")
	}
	if o.Period.Start.IsZero() || o.Period.End.IsZero() || !o.Period.Start.Before(o.Period.End) {
		add("period", "statement.period", "a statement has a start and a later end")
	}
	if o.PaymentDays < 0 || o.PaymentDays > maxPaymentDays {
		add("payment_days", "statement.payment_days", "days of payment are 0 to 3650")
	}
	return byline.Faults(faults)
}

// Statement is what happened to a creator's money in a period, by currency. It holds
// totals only; its lines are read from the ledger as they are written.
type Statement struct {
	Creator  byline.CreatorID `json:"creator"`
	Name     string           `json:"name"`
	Brand    string           `json:"brand,omitempty"`
	Number   string           `json:"number,omitempty"`
	Period   byline.Window    `json:"period"`
	DueOn    time.Time        `json:"due_on,omitzero"` // the day's start in the statement's zone; zero: no due date
	Sections []Section        `json:"sections"`        // by currency; none where nothing stands and nothing moved

	ledger StatementReader
	zone   *time.Location
}

// Section is one currency's part of a statement. Owed is Held + Payable + InTransit:
//
//	Closing.Owed = Opening.Owed + Earned + Returned + Adjustments + WrittenOff - PaidOut
//
// and on each account Closing is Opening plus the lines, to the minor unit. The period's
// Closing is the next one's Opening.
type Section struct {
	Currency    byline.Currency `json:"currency"`
	Opening     Balance         `json:"opening"`     // as of the period's start; Earned and Paid are of all time
	Earned      byline.Money    `json:"earned"`      // fees and commissions, restatements included
	Returned    byline.Money    `json:"returned"`    // of what was earned, in this period or before; negative
	Adjustments byline.Money    `json:"adjustments"` // tiers, caps, guarantees and advances; of either sign
	WrittenOff  byline.Money    `json:"written_off"` // what the creator owed and need not bring back
	PaidOut     byline.Money    `json:"paid_out"`    // what has left, less what came back; Withheld included
	Withheld    byline.Money    `json:"withheld"`    // of PaidOut, what was kept back for a tax authority
	Gifts       byline.Money    `json:"gifts"`       // given in goods, at their declared value; in none of the others
	Closing     Balance         `json:"closing"`     // as of the period's end
	// Waiting is what Closing.Held is made of, one part for each day of the statement's zone,
	// the earliest first; Until is the last instant of the day at which some of it is
	// released. What was due before the period's end, and not released, parts from what was not.
	Waiting    []HeldPart `json:"waiting,omitempty"`
	MoneyLines int        `json:"money_lines"` // how many Statement.Lines yields
	GiftLines  int        `json:"gift_lines"`  // how many Statement.GiftLines yields
}

// NewStatement opens the statement of a creator for a period. It reads the period once;
// [Statement.Lines] reads it once more for each currency. Memory grows with the number of
// currencies, with the instants that money waits for and with the largest revision, not
// with the lines.
//
// Options with faults are refused with all of them: "required" at the creator,
// "statement.period" for a period without a start or a later end, and
// "statement.payment_days" for a number below 0 or above 3650. A ledger that was written
// to while it was read answers to byline.ErrConflict: open the statement again. A period
// that lies in the past, in a ledger whose entries are stamped as they are posted, has no
// such writes.
func NewStatement(ctx context.Context, ledger StatementReader, opts StatementOptions) (*Statement, error) {
	if err := opts.validate(); err != nil {
		return nil, err
	}
	s := &Statement{
		Creator: opts.Creator, Name: cmp.Or(opts.Name, string(opts.Creator)), Brand: opts.Brand, Number: opts.Number,
		Period: opts.Period, ledger: ledger, zone: cmp.Or(opts.Zone, time.UTC),
	}
	if opts.PaymentDays > 0 {
		year, month, day := s.lastDay().Date()
		s.DueOn = time.Date(year, month, day+opts.PaymentDays, 0, 0, 0, 0, s.zone)
	}
	if err := s.total(ctx); err != nil {
		return nil, fmt.Errorf("statement of %s: %w", s.Creator, err)
	}
	return s, nil
}

// lastDay is an instant inside of the period's last day.
func (s *Statement) lastDay() time.Time { return s.Period.End.Add(-1).In(s.zone) }

// total fills the sections from the balances at both ends and one pass over the period.
func (s *Statement) total(ctx context.Context) error {
	opening, err := s.ledger.BalancesAt(ctx, s.Creator, s.Period.Start)
	if err != nil {
		return err
	}
	sections := map[byline.Currency]*Section{}
	for _, b := range opening {
		section := newSection(s.Creator, b.Owed.Currency())
		section.Opening, section.Closing = b, b
		sections[section.Currency] = section
	}
	for m, err := range s.movements(ctx) {
		if err != nil {
			return err
		}
		currency := m.amount.Currency()
		if sections[currency] == nil {
			sections[currency] = newSection(s.Creator, currency)
		}
		if err := sections[currency].count(m); err != nil {
			return err
		}
	}
	if err := s.agree(ctx, sections); err != nil {
		return err
	}
	for _, currency := range slices.Sorted(maps.Keys(sections)) {
		if section := sections[currency]; section.worthShowing() {
			s.Sections = append(s.Sections, *section)
		}
	}
	return nil
}

// agree compares what the entries came to with what the ledger says stands at the end.
func (s *Statement) agree(ctx context.Context, sections map[byline.Currency]*Section) error {
	closing, err := s.ledger.BalancesAt(ctx, s.Creator, s.Period.End)
	if err != nil {
		return err
	}
	stands := map[byline.Currency]Balance{}
	for _, b := range closing {
		stands[b.Owed.Currency()] = b
		if sections[b.Owed.Currency()] == nil {
			sections[b.Owed.Currency()] = newSection(s.Creator, b.Owed.Currency())
		}
	}
	for currency, section := range sections {
		b, stands := stands[currency]
		if !stands {
			b = newSection(s.Creator, currency).Closing
		}
		if !sameAccounts(section.Closing, b) {
			return errLedgerMoved()
		}
	}
	return s.wait(ctx, sections)
}

// errLedgerMoved is of a ledger that took an entry into the period while it was read.
func errLedgerMoved() error {
	return fmt.Errorf("the ledger was written to while it was read: %w", byline.ErrConflict)
}

// sameAccounts compares what stands, not the running totals of all time.
func sameAccounts(a, b Balance) bool {
	return a.Held == b.Held && a.Payable == b.Payable && a.InTransit == b.InTransit && a.InKind == b.InKind
}

func newSection(creator byline.CreatorID, currency byline.Currency) *Section {
	zero := byline.Minor(0, currency)
	b := Balance{Creator: creator, Earned: zero, Paid: zero, Owed: zero, Held: zero, Payable: zero, InTransit: zero, InKind: zero}
	return &Section{
		Currency: currency, Opening: b, Closing: b, Earned: zero, Returned: zero, Adjustments: zero,
		WrittenOff: zero, PaidOut: zero, Withheld: zero, Gifts: zero,
	}
}

// count adds a movement to the totals that it belongs to.
func (s *Section) count(m movement) error {
	if err := m.addTo(&s.Closing); err != nil {
		return err
	}
	if m.inKind() {
		s.GiftLines++
	} else {
		s.MoneyLines++
	}
	amount := m.amount
	switch m.what {
	case MovementEarned, MovementRestated:
		return addTo(&s.Earned, amount)
	case MovementReturned:
		return addTo(&s.Returned, amount)
	case MovementAdjusted:
		return addTo(&s.Adjustments, amount)
	case MovementWrittenOff:
		return addTo(&s.WrittenOff, amount)
	case MovementPaid, MovementSentBack:
		if m.entry.Kind == Withholding {
			if err := addTo(&s.Withheld, amount.Neg()); err != nil {
				return err
			}
		}
		return addTo(&s.PaidOut, amount.Neg())
	case MovementGiven:
		return addTo(&s.Gifts, amount)
	case MovementReleased, MovementHeld, MovementRescheduled, MovementUnderWay, MovementFailed, MovementMoved:
	}
	return nil
}

func (s *Section) worthShowing() bool {
	return s.MoneyLines+s.GiftLines+len(s.Waiting) > 0 || !sameAccounts(s.Opening, newSection("", s.Currency).Opening)
}
