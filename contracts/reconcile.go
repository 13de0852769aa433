package contracts

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Subject is what entries are about: an order, an agreement's fee, a payout.
type Subject string

// ForOrder is the subject of an order's commissions.
func ForOrder(id byline.OrderID) Subject { return Subject("order:" + id) }

// Order returns the order a subject is about, and false for another kind of subject.
func (s Subject) Order() (byline.OrderID, bool) {
	id, ok := strings.CutPrefix(string(s), "order:")
	return byline.OrderID(id), ok
}

// ForAgreement is the subject of an agreement's flat fee.
func ForAgreement(id AgreementID) Subject { return Subject("agreement:" + id) }

// ForPayout is the subject of one payout, by the caller's own reference for it.
func ForPayout(reference string) Subject { return Subject("payout:" + reference) }

// Entry is one movement in a ledger: a Line whose Amount is the difference that was
// posted, not the target. Entries are never changed or removed.
type Entry struct {
	Subject  Subject   `json:"subject"`
	Revision int       `json:"revision"` // rises by one with each posting to the subject
	PostedAt time.Time `json:"posted_at"`
	Line
}

// Reconcile returns the entries that bring a subject from what is posted to its
// target: one for each creator, agreement version, kind, account and currency
// whose sum differs, all with the next revision. It is empty when nothing changed.
//
// Something posted that the target no longer names is taken back in full: with
// ReasonRestated when the creator has a line of that kind under another version or in
// another currency (or with that line's own reason, where it is of nothing), else with
// ReasonWithdrawn.
//
// posted must be all entries of the subject, else the error is of code
// "ledger.other_subject"; a sum beyond what Money holds is "money.range". It is pure; the
// caller stamps PostedAt through at and appends the result under a unique (subject,
// revision).
func Reconcile(subject Subject, posted []Entry, target []Line, at time.Time) ([]Entry, error) {
	positions := map[position]Line{}
	revision := 0
	kept := keptClaims(target)
	for _, e := range posted {
		if e.Subject != subject {
			return nil, &byline.FieldError{Path: "posted", Code: "ledger.other_subject", Message: "an entry belongs to another subject"}
		}
		revision = max(revision, e.Revision)
		// As if nothing of it were left; a line of the target says otherwise below.
		line := e.Line
		line.Base, line.Reason = byline.Money{}, cmp.Or(kept[claim{e.Creator, e.Kind}], ReasonWithdrawn)
		if err := accumulate(positions, line, byline.Money.Sub); err != nil {
			return nil, err
		}
	}
	for _, line := range target {
		if err := accumulate(positions, line, byline.Money.Add); err != nil {
			return nil, err
		}
	}
	entries := []Entry{}
	for _, key := range slices.SortedFunc(maps.Keys(positions), comparePositions) {
		if line := positions[key]; !line.Amount.IsZero() {
			entries = append(entries, Entry{Subject: subject, Revision: revision + 1, PostedAt: at, Line: line})
		}
	}
	return entries, nil
}

// claim is what a creator has a line for, whatever the terms and the currency.
type claim struct {
	creator byline.CreatorID
	kind    Kind
}

// keptClaims returns why something posted for a claim goes from where it was posted. A
// line of nothing does not stand anywhere else; it says itself why it is of nothing.
func keptClaims(target []Line) map[claim]Reason {
	kept := map[claim]Reason{}
	for _, line := range target {
		key := claim{line.Creator, line.Kind}
		if !line.Amount.IsZero() {
			kept[key] = ReasonRestated
		} else if kept[key] == "" {
			kept[key] = line.Reason
		}
	}
	return kept
}

// position is what amounts are compared at. A change of policy alone moves no money.
type position struct {
	creator   byline.CreatorID
	campaign  byline.CampaignID
	agreement AgreementID
	version   int
	kind      Kind
	account   Account
	currency  byline.Currency
}

func comparePositions(a, b position) int {
	return cmp.Or(cmp.Compare(a.creator, b.creator), cmp.Compare(a.campaign, b.campaign), cmp.Compare(a.agreement, b.agreement),
		cmp.Compare(a.version, b.version), cmp.Compare(a.kind, b.kind), cmp.Compare(a.account, b.account), cmp.Compare(a.currency, b.currency))
}

// accumulate keeps the latest line of a position as the description of its movement.
func accumulate(positions map[position]Line, line Line, add func(a, b byline.Money) (byline.Money, error)) error {
	key := position{line.Creator, line.Campaign, line.Agreement, line.Version, line.Kind, line.Account, line.Amount.Currency()}
	sum, err := add(positions[key].Amount, line.Amount)
	if err != nil {
		return fmt.Errorf("ledger position of %s: %w", line.Creator, err)
	}
	line.Amount = sum
	positions[key] = line
	return nil
}
