package contracts

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
)

// Payment is money on its way to a creator.
type Payment struct {
	Reference string // the caller's own, one for each payment; makes posting it twice harmless
	Creator   byline.CreatorID
	Amount    byline.Money // positive; what it takes off Payable
	Withheld  byline.Money // of Amount, what goes to a tax authority instead; zero: nothing
	Status    PayoutStatus // paid when empty
	// Approved says what was approved, as a digest of who is paid what, and how. The first
	// posting of a reference records it, as Line.Policy of its entries, and none that says
	// otherwise is taken. A report of what became of the payout may leave it empty.
	Approved string
}

// PayoutStatus is how far a payout has come.
type PayoutStatus string

// Statuses of a payout. A payout under way comes to any of the others. What was paid may
// still be returned, days later; what failed is never paid under the same reference.
const (
	PayoutUnderWay PayoutStatus = "under_way"
	PayoutPaid     PayoutStatus = "paid"
	PayoutFailed   PayoutStatus = "failed"
	PayoutReturned PayoutStatus = "returned"
)

// follow says what a report of one status means where another is recorded: news to post,
// nothing (the same again, or late), or a contradiction.
func (s PayoutStatus) follow(told PayoutStatus) (news, contradiction bool) {
	switch {
	case s == told:
		return false, false
	case s == PayoutUnderWay, s == PayoutPaid && told == PayoutReturned:
		return true, false
	case s == PayoutReturned && told != PayoutUnderWay, s == PayoutFailed && told == PayoutReturned:
		return false, false
	}
	return false, true
}

func (s PayoutStatus) known() bool { return s.reason() != "" }

func (s PayoutStatus) reason() Reason {
	switch s {
	case PayoutUnderWay:
		return ReasonPayoutUnderWay
	case PayoutPaid:
		return ReasonPaidOut
	case PayoutFailed:
		return ReasonPayoutFailed
	case PayoutReturned:
		return ReasonPayoutReturned
	}
	return ""
}

// PayoutError says why a payout or a write-off cannot stand beside what the ledger
// holds. It answers to byline.ErrConflict, but to try again as after a lost race does not
// help: nothing changes until somebody earns, or decides otherwise. A caller who loops on
// byline.ErrConflict leaves the loop at a *PayoutError, "payout.uncovered" above all.
// Codes:
//
//   - "payout.uncovered": the creator's Payable is less than the payout
//   - "payout.other": the reference is recorded with another creator or amount, or with
//     something else that was approved
//   - "payout.step": the payout has come elsewhere already, see Recorded
//   - "payout.unknown": nothing was recorded that could have failed or come back
//   - "write_off.too_much": the creator owes less than what would be written off
//   - "write_off.other": the reference is recorded with another creator or amount
type PayoutError struct {
	Reference string
	Code      string
	Recorded  PayoutStatus // where a payout stands in the ledger, "" where nothing does
}

// Error names the reference and the code.
func (e *PayoutError) Error() string { return fmt.Sprintf("%s: %s", e.Reference, e.Code) }

// Is answers to byline.ErrConflict.
func (e *PayoutError) Is(target error) bool { return target == byline.ErrConflict }

// BalanceStore says what stands in the ledger for a creator.
type BalanceStore[Tx any] interface {
	// BalancesOf returns a creator's balances as tx sees them, one for each currency. It
	// keeps others out: of two units of work that ask for the same creator, one waits
	// until the other ends, or fails with an error that answers to byline.ErrConflict.
	// Without that two payouts at once could both be covered by the same money. SQLite
	// with immediate transactions keeps to it by itself. PostgreSQL does when it is
	// serializable, or when it reads committed and takes a lock on the creator before it
	// reads; with repeatable reads it would wait and then see the balance of before.
	BalancesOf(ctx context.Context, tx Tx, creator byline.CreatorID) ([]Balance, error)
}

// PayoutStore is a ledger that money is paid from.
type PayoutStore[Tx any] interface {
	EntryStore[Tx]
	BalanceStore[Tx]
}

// PostPayment records a payment that was made, whether or not anything covers it, and
// returns what it appended: nothing when the same payment is there already. The same
// reference with another creator, amount or approval, or of a payout that did not stay
// paid, is an error that answers to byline.ErrConflict. A payment with faults is refused with all of
// them: "required" at its reference or creator, "payment.amount" for one that is not
// positive or in no ISO 4217 currency, "payment.withheld" for a part kept back that is
// negative, in another currency or leaves nothing to pay, "payment.status" for one that
// is not paid.
func PostPayment[Tx any](ctx context.Context, tx Tx, store EntryStore[Tx], p Payment, at time.Time) ([]Entry, error) {
	if p.Status != "" && p.Status != PayoutPaid {
		return nil, &byline.FieldError{Path: "status", Code: "payment.status", Message: "what is not yet paid is a matter of PostPayout"}
	}
	step := payoutStep[Tx]{store: store, payment: p, strict: true}
	return step.post(ctx, tx, at)
}

// PostPayout brings the ledger to where a payout stands, and returns what it appended:
//
//	under way   Payable -amount, InTransit +amount
//	paid        Payable -amount
//	failed      nothing: everything is taken back
//	returned    nothing, the same
//
// What is Withheld of the amount moves as [Withholding], the rest as [Payout]. The first
// posting of a reference is refused unless the creator's Payable covers it, which is
// checked in the same unit of work. Reports may come twice and late: one of paid or
// failed behind a return changes nothing. What contradicts the ledger is a
// [*PayoutError]; faults are those of [PostPayment], with "payment.status" for a status
// that is unknown.
func PostPayout[Tx any](ctx context.Context, tx Tx, store PayoutStore[Tx], p Payment, at time.Time) (entries []Entry, err error) {
	step := payoutStep[Tx]{store: store, balances: store, payment: p}
	err = checked(store, func() error {
		entries, err = step.post(ctx, tx, at)
		return err
	})
	return entries, err
}

// payoutStep is one posting of a payout.
type payoutStep[Tx any] struct {
	store    EntryStore[Tx]
	balances BalanceStore[Tx] // nil: covered or not
	payment  Payment
	strict   bool // a late report is a contradiction too
}

func (s payoutStep[Tx]) post(ctx context.Context, tx Tx, at time.Time) ([]Entry, error) {
	s.payment.Status = cmp.Or(s.payment.Status, PayoutPaid)
	if err := s.payment.validate(); err != nil {
		return nil, err
	}
	subject := ForPayout(s.payment.Reference)
	posted, err := s.store.Entries(ctx, tx, subject)
	if err != nil {
		return nil, fmt.Errorf("entries of %s: %w", subject, err)
	}
	if news, err := s.compare(posted); err != nil || !news {
		return nil, err
	}
	if len(posted) > 0 {
		s.payment.Approved = posted[0].Policy
	}
	if len(posted) == 0 && s.balances != nil {
		if err := covered(ctx, tx, s.balances, s.payment); err != nil {
			return nil, err
		}
	}
	entries, err := Reconcile(subject, posted, s.payment.target(), at)
	if err != nil {
		return nil, err
	}
	if err := s.store.Append(ctx, tx, entries); err != nil {
		return nil, fmt.Errorf("append to %s: %w", subject, err)
	}
	return entries, nil
}

// compare says whether the payment is news beside what is posted of it.
func (s payoutStep[Tx]) compare(posted []Entry) (news bool, err error) {
	p := s.payment
	fault := func(code string, recorded PayoutStatus) error {
		return &PayoutError{Reference: p.Reference, Code: code, Recorded: recorded}
	}
	if len(posted) == 0 {
		if p.Status == PayoutFailed || p.Status == PayoutReturned {
			return false, fault("payout.unknown", "")
		}
		return true, nil
	}
	recorded := recordedPayment(posted)
	if recorded.Creator != p.Creator || recorded.Amount != p.Amount || withheld(recorded) != withheld(p) ||
		!p.approvedAs(recorded.Approved) || !recorded.Status.known() {
		return false, fault("payout.other", recorded.Status)
	}
	news, contradiction := recorded.Status.follow(p.Status)
	if contradiction || s.strict && recorded.Status != p.Status {
		return false, fault("payout.step", recorded.Status)
	}
	return news, nil
}

// recordedPayment reads a payout out of its entries. The first revision says how much
// was taken off Payable, the last one how far it has come.
func recordedPayment(posted []Entry) Payment {
	first, last := posted[0], posted[len(posted)-1]
	p := Payment{Creator: first.Creator, Approved: first.Policy}
	for _, e := range posted {
		if e.Revision != first.Revision || e.Account != Payable {
			continue
		}
		sum, err := p.Amount.Sub(e.Amount)
		if err != nil || e.Creator != first.Creator || !e.Kind.pays() {
			return Payment{}
		}
		p.Amount = sum
		if e.Kind == Withholding {
			p.Withheld = e.Amount.Neg()
		}
	}
	for _, s := range []PayoutStatus{PayoutUnderWay, PayoutPaid, PayoutFailed, PayoutReturned} {
		if s.reason() == last.Reason {
			p.Status = s
		}
	}
	return p
}

// approvedAs reports whether the payment is the one that was recorded. What is about to
// leave has to say so; a report of what has left need not.
func (p Payment) approvedAs(recorded string) bool {
	return p.Approved == recorded || p.Approved == "" && p.Status != PayoutUnderWay
}

func withheld(p Payment) int64 { return p.Withheld.Minor() }

// target is where the payment's money should stand. Lines of nothing say why something
// posted is taken back.
func (p Payment) target() []Line {
	net := byline.Minor(p.Amount.Minor()-withheld(p), p.Amount.Currency())
	lines := p.lines(Payout, net)
	if withheld(p) > 0 {
		lines = append(lines, p.lines(Withholding, p.Withheld)...)
	}
	return lines
}

func (p Payment) lines(kind Kind, amount byline.Money) []Line {
	nothing := byline.Minor(0, amount.Currency())
	off, transit := amount.Neg(), nothing
	switch p.Status {
	case PayoutUnderWay:
		transit = amount
	case PayoutFailed, PayoutReturned:
		off = nothing
	}
	line := Line{Creator: p.Creator, Policy: p.Approved, Kind: kind, Reason: p.Status.reason()}
	payable, inTransit := line, line
	payable.Amount = off
	inTransit.Account, inTransit.Amount = InTransit, transit
	return []Line{payable, inTransit}
}

func covered[Tx any](ctx context.Context, tx Tx, store BalanceStore[Tx], p Payment) error {
	balance, err := balanceOf(ctx, tx, store, p.Creator, p.Amount.Currency())
	if err != nil {
		return err
	}
	if balance.Payable.Minor() < p.Amount.Minor() {
		return &PayoutError{Reference: p.Reference, Code: "payout.uncovered"}
	}
	return nil
}

// balanceOf is a creator's balance in a currency; where nothing stands, the zero Balance.
func balanceOf[Tx any](ctx context.Context, tx Tx, store BalanceStore[Tx], creator byline.CreatorID, c byline.Currency) (Balance, error) {
	balances, err := store.BalancesOf(ctx, tx, creator)
	if err != nil {
		return Balance{}, fmt.Errorf("balances of %s: %w", creator, err)
	}
	for _, b := range balances {
		if b.Creator == creator && b.Payable.Currency() == c {
			return b, nil
		}
	}
	return Balance{}, nil
}

func (p Payment) validate() error {
	faults := fundsFaults(p.Reference, p.Creator, p.Amount)
	if w := p.Withheld; w != (byline.Money{}) && (w.Sign() < 0 || w.Currency() != p.Amount.Currency() || w.Minor() >= max(p.Amount.Minor(), 1)) {
		faults = append(faults, &byline.FieldError{Path: "withheld", Code: "payment.withheld", Message: "what is kept back is a part of the payment, in its currency"})
	}
	if !p.Status.known() {
		faults = append(faults, &byline.FieldError{Path: "status", Code: "payment.status", Message: "not a status of a payout"})
	}
	return byline.Faults(faults)
}

func fundsFaults(reference string, creator byline.CreatorID, amount byline.Money) (faults []*byline.FieldError) {
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if reference == "" {
		add("reference", "required", "a payment needs a reference of its own")
	}
	if creator == "" {
		add("creator", "required", "a payment goes to a creator")
	}
	if amount.Sign() <= 0 || !amount.Currency().Known() {
		add("amount", "payment.amount", "a payment is positive, in an ISO 4217 currency")
	}
	return faults
}

// payoutConflict reports whether err is a PayoutError of a code.
func payoutConflict(err error, code string) (*PayoutError, bool) {
	conflict, ok := errors.AsType[*PayoutError](err)
	return conflict, ok && conflict.Code == code
}
