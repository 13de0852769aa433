package contracts

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Entry is one movement in a ledger: a Line whose Amount, Base, Sold and Units are the
// difference that was posted, not the target. Entries are never changed or removed.
type Entry struct {
	Subject  Subject   `json:"subject"`
	Revision int       `json:"revision"` // rises by one with each posting to the subject
	PostedAt time.Time `json:"posted_at"`
	Line
}

// Reconcile returns the entries that bring a subject from what is posted to its
// target: one for each place in the books whose sums differ, all with the next revision.
// It is empty when nothing changed. A place is a creator, agreement version, kind, part of
// the pay, account with its release, time of earning and currency.
//
// Something posted that the target no longer names is taken back in full: with
// ReasonReleased or ReasonHeldAgain when it moves between accounts, with ReasonRestated
// when the creator has a line of that kind elsewhere (or with that line's own reason,
// where it is of nothing), else with ReasonWithdrawn.
//
// posted must be all entries of the subject, else the error is of code
// "ledger.other_subject"; a sum beyond what Money holds is "money.range". It is pure; the
// caller stamps PostedAt through at and appends the result under a unique (subject,
// revision).
func Reconcile(subject Subject, posted []Entry, target []Line, at time.Time) ([]Entry, error) {
	b, err := newBooking(subject, posted, len(target))
	if err != nil {
		return nil, err
	}
	b.reasons(target)
	for _, line := range target {
		if err := b.add(line); err != nil {
			return nil, err
		}
	}
	return b.entries(at), nil
}

// Release returns the entries that move what was held until an instant, due, to where it
// may be paid out. Only what is Held with an end is released by time. The errors are those
// of [Reconcile]; at stamps the entries.
func Release(subject Subject, posted []Entry, due, at time.Time) ([]Entry, error) {
	b, err := newBooking(subject, posted, len(posted))
	if err != nil {
		return nil, err
	}
	var target []Line
	for _, m := range b.movements {
		line := m.negated()
		if line.nothing() {
			continue
		}
		if line.Account == Held && !line.Until.IsZero() && !due.Before(line.Until) {
			line.Account, line.Until, line.Reason = Payable, time.Time{}, ReasonReleased
		}
		target = append(target, line)
	}
	b.reasons(target)
	for _, line := range target {
		if err := b.add(line); err != nil {
			return nil, err
		}
	}
	return b.entries(at), nil
}

// booking is a subject's target less what is posted.
type booking struct {
	subject   Subject
	revision  int
	places    map[place]int // into movements
	movements []Line
}

// place is what amounts are compared at. A change of policy alone moves no money.
type place struct {
	creator   byline.CreatorID
	campaign  byline.CampaignID
	agreement AgreementID
	version   int
	kind      Kind
	rule      string
	account   Account
	until     int64
	earned    int64
	currency  byline.Currency
}

func placeOf(l *Line) place {
	return place{l.Creator, l.Campaign, l.Agreement, l.Version, l.Kind, l.Rule, l.Account, micros(l.Until), micros(l.EarnedAt), l.Amount.Currency()}
}

// micros tells instants apart as finely as a ledger keeps them.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// newBooking makes room for lines to be added, most of them where something is posted.
func newBooking(subject Subject, posted []Entry, lines int) (*booking, error) {
	room := max(len(posted), lines)
	b := &booking{subject: subject, places: make(map[place]int, room), movements: make([]Line, 0, room)}
	for i := range posted {
		e := &posted[i]
		if e.Subject != subject {
			return nil, &byline.FieldError{Path: "posted", Code: "ledger.other_subject", Message: "an entry belongs to another subject"}
		}
		b.revision = max(b.revision, e.Revision)
		if err := b.add(e.negated()); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// add keeps the latest line of a place as the description of its movement.
func (b *booking) add(line Line) error {
	line.Until, line.EarnedAt = stamp(line.Until), stamp(line.EarnedAt)
	key := placeOf(&line)
	i, known := b.places[key]
	if !known {
		b.places[key] = len(b.movements)
		b.movements = append(b.movements, line)
		return nil
	}
	m := &b.movements[i]
	if err := line.add(m); err != nil {
		return fmt.Errorf("ledger position of %s: %w", line.Creator, err)
	}
	*m = line
	return nil
}

// add takes up what another line moves.
func (l *Line) add(o *Line) error {
	l.Units += o.Units
	for _, sum := range [...]struct{ to, part *byline.Money }{{&l.Amount, &o.Amount}, {&l.Base, &o.Base}, {&l.Sold, &o.Sold}} {
		if err := addTo(sum.to, *sum.part); err != nil {
			return err
		}
	}
	return nil
}

func (l Line) negated() Line {
	l.Amount, l.Base, l.Sold, l.Units = l.Amount.Neg(), l.Base.Neg(), l.Sold.Neg(), -l.Units
	return l
}

// nothing reports whether a movement moves nothing.
func (l *Line) nothing() bool {
	return l.Amount.IsZero() && l.Base.IsZero() && l.Sold.IsZero() && l.Units == 0
}

// claim is what a creator has a line for, whatever the terms and the currency.
type claim struct {
	creator byline.CreatorID
	kind    Kind
}

// reasons says why what is posted goes from where it was posted; a line of the target at
// the same place says otherwise later. A line of nothing does not stand anywhere else; it
// says itself why it is of nothing.
func (b *booking) reasons(target []Line) {
	kept := make(map[claim]Reason, len(target))
	stands := make(map[place]bool, len(target))
	for i := range target {
		line := &target[i]
		key := claim{line.Creator, line.Kind}
		if line.Amount.IsZero() {
			if kept[key] == "" {
				kept[key] = line.Reason
			}
			continue
		}
		kept[key] = ReasonRestated
		stands[placeOf(line).on(line.Account)] = true
	}
	for i := range b.movements {
		m := &b.movements[i]
		m.Reason = cmp.Or(kept[claim{m.Creator, m.Kind}], ReasonWithdrawn)
		switch {
		case m.Account == Held && stands[placeOf(m).on(Payable)]:
			m.Reason = ReasonReleased
		case m.Account == Payable && stands[placeOf(m).on(Held)]:
			m.Reason = ReasonHeldAgain
		}
	}
}

// on is where the same money stands on an account, for whatever time.
func (p place) on(account Account) place {
	p.account, p.until = account, 0
	return p
}

func (b *booking) entries(at time.Time) []Entry {
	entries := []Entry{}
	for i := range b.movements {
		m := &b.movements[i]
		if m.nothing() {
			continue
		}
		if len(entries) == 0 {
			entries = make([]Entry, 0, len(b.movements)-i)
		}
		entries = append(entries, Entry{Subject: b.subject, Revision: b.revision + 1, PostedAt: at, Line: *m})
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return comparePlaces(placeOf(&a.Line), placeOf(&b.Line)) })
	return entries
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.creator, b.creator), cmp.Compare(a.campaign, b.campaign), cmp.Compare(a.agreement, b.agreement),
		cmp.Compare(a.version, b.version), cmp.Compare(a.kind, b.kind), cmp.Compare(a.rule, b.rule), cmp.Compare(a.account, b.account),
		cmp.Compare(a.until, b.until), cmp.Compare(a.earned, b.earned), cmp.Compare(a.currency, b.currency))
}
