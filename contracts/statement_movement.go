package contracts

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Movement is what happened to the money of a line.
type Movement string

// Movements.
const (
	MovementEarned      Movement = "earned"
	MovementReturned    Movement = "returned" // taken back; it may have been earned in an earlier period
	MovementRestated    Movement = "restated" // taken away here because it stands elsewhere
	MovementAdjusted    Movement = "adjusted" // by tiers, a cap, a guarantee or an advance
	MovementReleased    Movement = "released" // from held to payable
	MovementHeld        Movement = "held"     // from payable to held
	MovementRescheduled Movement = "rescheduled"
	MovementUnderWay    Movement = "payout_under_way"
	MovementFailed      Movement = "payout_failed" // what was under way is payable again
	MovementPaid        Movement = "paid"
	MovementSentBack    Movement = "payout_sent_back" // it was paid and came back from the bank
	MovementWrittenOff  Movement = "written_off"
	MovementGiven       Movement = "given"            // in goods
	MovementMoved       Movement = "between_accounts" // any other pair of accounts
)

// movement is one entry, or two of one revision that move an amount between accounts.
type movement struct {
	entry    Entry // that describes it; of two, the one on the account that it moved to
	what     Movement
	amount   byline.Money // of two, what moved: positive, or negative where a deduction moved
	from     Account      // of two, where it stood
	transfer bool
}

// movements folds the entries of a creator's period, revision by revision.
func (s *Statement) movements(ctx context.Context) iter.Seq2[movement, error] {
	return func(yield func(movement, error) bool) {
		var revision []Entry
		flush := func() bool {
			all := fold(revision, func(m movement) bool { return yield(m, nil) })
			revision = revision[:0]
			return all
		}
		for e, err := range s.ledger.EntriesOf(ctx, s.Creator, s.Period) {
			if err != nil {
				yield(movement{}, err)
				return
			}
			if len(revision) > 0 && !sameRevision(revision[0], e) && !flush() {
				return
			}
			revision = append(revision, e)
		}
		flush()
	}
}

func sameRevision(a, b Entry) bool {
	return a.Subject == b.Subject && a.Revision == b.Revision && a.PostedAt.Equal(b.PostedAt)
}

// fold yields the movements of one revision, and false when yield wants no more. It
// sorts the entries and eats their amounts.
func fold(revision []Entry, yield func(movement) bool) bool {
	if len(revision) > 1 {
		slices.SortStableFunc(revision, compareClaims)
	}
	for len(revision) > 0 {
		claim := 1
		for claim < len(revision) && compareClaims(revision[0], revision[claim]) == 0 {
			claim++
		}
		if !foldClaim(revision[:claim], yield) {
			return false
		}
		revision = revision[claim:]
	}
	return true
}

// compareClaims orders by all that a release leaves as it is: everything but where the
// money stands. Goods and money never turn into each other.
func compareClaims(a, b Entry) int {
	return cmp.Or(
		cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Campaign, b.Campaign), cmp.Compare(a.Agreement, b.Agreement),
		cmp.Compare(a.Version, b.Version), cmp.Compare(a.Rule, b.Rule), periodOf(a).Compare(periodOf(b)),
		cmp.Compare(a.Amount.Currency(), b.Amount.Currency()), cmp.Compare(accountSide(a.Account), accountSide(b.Account)),
	)
}

// periodOf tells the periods of one subject apart. What an order earns is one thing, even
// where its time of earning is corrected.
func periodOf(e Entry) time.Time {
	if _, ok := e.Subject.Order(); ok {
		return time.Time{}
	}
	return e.EarnedAt
}

func accountSide(a Account) int {
	switch a {
	case Payable, Held, InTransit:
		return 0
	}
	return 1
}

// foldClaim pairs what goes with what comes, and yields what is left of each.
func foldClaim(claim []Entry, yield func(movement) bool) bool {
	goes, comes := 0, 0
	var told Line // by what was moved last
	moving := 0   // the sign of what moves
	for {
		goes, comes = nextOf(claim, goes, -1), nextOf(claim, comes, 1)
		if goes == len(claim) || comes == len(claim) {
			break
		}
		moved := smaller(claim[comes].Amount, claim[goes].Amount)
		m := transfer(claim[goes], claim[comes], moved)
		told, moving = m.entry.Line, m.amount.Sign()
		claim[comes].Amount = byline.Minor(claim[comes].Amount.Minor()-moved.Minor(), moved.Currency())
		claim[goes].Amount = byline.Minor(claim[goes].Amount.Minor()+moved.Minor(), moved.Currency())
		if m.what != "" && !yield(m) {
			return false
		}
	}
	for i, e := range claim {
		if moving != 0 && e.Amount.Sign() == -moving {
			e.Line = retold(claim, i, told)
		}
		if !e.Amount.IsZero() && !yield(movement{entry: e, what: moved(e), amount: e.Amount}) {
			return false
		}
	}
	return true
}

// retold says why less came than went by what came: what went was only moved from where
// it stood, and does not know. Its base is what went and did not come.
func retold(claim []Entry, went int, came Line) Line {
	line := claim[went].Line
	line.Reason, line.Rate, line.Units, line.FX = came.Reason, came.Rate, came.Units, came.FX
	line.Base, line.Sold = byline.Money{}, byline.Money{}
	for _, e := range claim {
		base, err := line.Base.Add(e.Base)
		if err != nil {
			return line
		}
		line.Base = base
	}
	return line
}

// nextOf is the index of the next entry with an amount of that sign, from i on.
func nextOf(claim []Entry, i, sign int) int {
	for i < len(claim) && claim[i].Amount.Sign() != sign {
		i++
	}
	return i
}

// smaller is the lesser of what comes and what goes, as a positive amount.
func smaller(comes, goes byline.Money) byline.Money {
	if comes.Minor() < -goes.Minor() || goes.Neg().Sign() < 0 {
		return comes
	}
	return goes.Neg()
}

// transfer is a pair of entries as one movement. A deduction that moves adds to the
// account that it leaves and takes from the one that it comes to.
func transfer(goes, comes Entry, amount byline.Money) movement {
	if deducts(goes, comes) {
		return movement{entry: goes, what: transferred(comes, goes), amount: amount.Neg(), from: comes.Account, transfer: true}
	}
	return movement{entry: comes, what: transferred(goes, comes), amount: amount, from: goes.Account, transfer: true}
}

// deducts reports whether a pair moves a negative line: by its kind, or because what was
// released left Held by adding to it, and what is held again left Payable so.
func deducts(goes, comes Entry) bool {
	switch {
	case comes.Kind == CapAdjustment || comes.Kind == DrawRecovery:
		return true
	case comes.Account == Held && goes.Account == Payable:
		return comes.Reason == ReasonReleased
	case comes.Account == Payable && goes.Account == Held:
		return comes.Reason == ReasonHeldAgain
	}
	return false
}

// transferred is what a pair of accounts means; "" where nothing has moved.
func transferred(from, to Entry) Movement {
	switch {
	case from.Account == Held && to.Account == Held && !from.Until.Equal(to.Until):
		return MovementRescheduled
	case from.Account == to.Account:
		return ""
	case from.Account == Held && to.Account == Payable:
		return MovementReleased
	case from.Account == Payable && to.Account == Held:
		return MovementHeld
	case from.Account == Payable && to.Account == InTransit:
		return MovementUnderWay
	case from.Account == InTransit && to.Account == Payable:
		return MovementFailed
	}
	return MovementMoved
}

// moved is what an entry means that stands alone.
func moved(e Entry) Movement {
	if accountSide(e.Account) == 1 {
		return MovementGiven
	}
	switch e.Kind {
	case Payout, Withholding:
		if e.Amount.Sign() > 0 {
			return MovementSentBack
		}
		return MovementPaid
	case WriteOff:
		return MovementWrittenOff
	case TierAdjustment, CapAdjustment, GuaranteeTopUp, DrawAdvance, DrawRecovery:
		return MovementAdjusted
	case Commission, PerOrderPay, FlatFee, KillFeePay, MeteredPay, BonusPay, GiftInKind:
	}
	switch {
	case e.Reason == ReasonRestated && e.Amount.Sign() < 0:
		return MovementRestated
	case e.Amount.Sign() < 0:
		return MovementReturned
	}
	return MovementEarned
}

func (m movement) inKind() bool { return accountSide(m.entry.Account) == 1 }

// addTo books the movement as the ledger books its entries.
func (m movement) addTo(b *Balance) error {
	e := m.entry
	e.Amount = m.amount
	if err := b.add(e); err != nil || !m.transfer {
		return err
	}
	e.Account, e.Amount = m.from, m.amount.Neg()
	return b.add(e)
}
