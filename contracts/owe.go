package contracts

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Owed returns what an agreement owes beside orders, over all its versions, as the target
// of [ForAgreement]: fees and gifts that a milestone has made due, measured pay, and the
// kill fee of an agreement that was called off.
//
// A fee is owed once, by its id, for the earliest event at which the version then in force
// asks for it; After only delays when. An amendment does not owe it again. A signing counts
// for the version that was signed, the end of the terms for the version that then ends,
// and what happens before or after all terms for the nearest version. posted are the
// subject's entries: a fee or a gift that stands among them stays as it is, whatever is
// registered later.
//
// Measured pay is priced by each version for what was counted from its start until a later
// version's, the first one's also for what was counted before; it goes on after the end
// of the terms for as long as counts come in. It is computed as of at, so at must not go
// back. Errors are "money.range".
func (r *Register) Owed(id AgreementID, posted []Entry, p Progress, at time.Time) ([]Line, error) {
	o := owing{versions: r.versionsOf(id), progress: p, at: at}
	if len(o.versions) == 0 {
		return nil, nil
	}
	o.keep(posted)
	o.fees()
	if err := o.metered(); err != nil {
		return nil, err
	}
	if err := o.killFee(); err != nil {
		return nil, err
	}
	return o.lines, nil
}

// versionsOf returns all versions of an agreement, the earliest first.
func (r *Register) versionsOf(id AgreementID) []*Agreement {
	var versions []*Agreement
	for _, a := range r.Agreements() {
		if a.terms.ID == id {
			versions = append(versions, a)
		}
	}
	slices.SortFunc(versions, func(a, b *Agreement) int { return cmp.Compare(a.terms.Version, b.terms.Version) })
	return versions
}

// owing is what an agreement owes in the making.
type owing struct {
	versions []*Agreement
	progress Progress
	at       time.Time
	kept     map[string]bool // rules of fees and gifts that are posted
	lines    []Line
}

// keep takes over the fees and gifts that are posted.
func (o *owing) keep(posted []Entry) {
	o.kept = map[string]bool{}
	b, err := newBooking(ForAgreement(o.versions[0].terms.ID), posted, len(posted))
	if err != nil {
		return // posted is of another subject; Reconcile will say so
	}
	for _, m := range b.movements {
		if m.Kind != FlatFee && m.Kind != GiftInKind || m.Amount.IsZero() {
			continue
		}
		o.kept[m.Rule] = true
		o.lines = append(o.lines, m.negated())
	}
	slices.SortFunc(o.lines, func(a, b Line) int { return comparePlaces(placeOf(&a), placeOf(&b)) })
}

// dueFee is a fee or a gift with the event that makes it due.
type dueFee struct {
	event time.Time
	line  Line
}

func (o *owing) fees() {
	first := map[string]dueFee{}
	for _, a := range o.versions {
		for _, f := range a.terms.Pay.Fees {
			line := a.line(FlatFee)
			line.Rule, line.Amount, line.Reason = f.ID, f.Amount, ReasonFeeDue
			if o.kept[""] && f.Due == AtStart {
				continue // posted when a fee had no id
			}
			o.consider(first, a, line, f)
		}
		for _, g := range a.terms.Pay.Gifts {
			line := a.line(GiftInKind)
			line.Rule, line.Amount, line.Account, line.Reason = g.ID, g.Value, InKind, ReasonGiven
			o.consider(first, a, line, Fee{Due: g.Due, Of: g.Of})
		}
	}
	due := make([]Line, 0, len(first))
	for rule, f := range first {
		if !o.kept[rule] {
			due = append(due, f.line)
		}
	}
	slices.SortFunc(due, func(a, b Line) int { return comparePlaces(placeOf(&a), placeOf(&b)) })
	o.lines = append(o.lines, due...)
}

// consider takes a fee that is due by the version in force at its event, if that is the
// earliest of its id.
func (o *owing) consider(first map[string]dueFee, a *Agreement, line Line, f Fee) {
	event, happened := o.reached(a, f.Due, f.Of)
	if !happened || event.In(a.Location()).AddDate(0, 0, f.After).After(o.at) {
		return
	}
	switch f.Due {
	case AtSigning:
	case AtEnd:
		if o.nearest(event.Add(-1)) != a {
			return
		}
	default:
		if o.nearest(event) != a {
			return
		}
	}
	if c := o.progress.Cancelled; c != nil && event.After(c.At) {
		return
	}
	if known, ok := first[line.Rule]; !ok || event.Before(known.event) {
		first[line.Rule] = dueFee{event, line}
	}
}

// nearest is the version in force at an instant; before all of them the one that comes
// first, and where there is none any more, or none yet again, the latest that was.
func (o *owing) nearest(at time.Time) *Agreement {
	if a := inForce(o.versions, at); a != nil {
		return a
	}
	for _, a := range slices.Backward(o.versions) {
		if !a.terms.Effective.After(at) {
			return a
		}
	}
	return inForce(o.versions, nextStart(o.versions, time.Time{}))
}

// reached is when a milestone happened, and whether it has.
func (o *owing) reached(a *Agreement, m Milestone, of string) (time.Time, bool) {
	t := &a.terms
	switch m {
	case AtStart:
		return t.Effective.Start, true
	case AtSigning:
		signed := a.SignedAt()
		return signed, !signed.IsZero()
	case AtEnd:
		return t.Effective.End, !t.Effective.End.IsZero()
	}
	var first time.Time
	for _, e := range o.progress.Events {
		if e.Milestone == m && (of == "" || e.Of == of) && !e.At.IsZero() && (first.IsZero() || e.At.Before(first)) {
			first = e.At
		}
	}
	return first, !first.IsZero()
}

// metered prices each version's share of what was counted.
func (o *owing) metered() error {
	for i, a := range o.versions {
		span := byline.Window{Start: a.terms.Effective.Start}
		if i == 0 {
			span.Start = time.Time{}
		}
		for _, later := range o.versions[i+1:] {
			span = span.Intersect(byline.Window{End: later.terms.Effective.Start})
		}
		if span.Empty() {
			continue
		}
		for _, m := range a.terms.Pay.Metered {
			units, err := countIn(o.progress.Readings, m.Metric, span, o.at)
			if err != nil {
				return err
			}
			if m.AtMost > 0 {
				units = min(units, m.AtMost)
			}
			units = max(units-m.From, 0)
			line := a.line(MeteredPay)
			line.Rule, line.Units, line.Reason = m.ID, units, ReasonMeasured
			if line.Amount, err = m.Amount.Portion(units, m.Per); err != nil {
				return err
			}
			o.lines = append(o.lines, line)
		}
	}
	return nil
}

// killFee is what of all fees is owed by how far the work was, less what is owed anyway.
func (o *owing) killFee() error {
	c := o.progress.Cancelled
	if c == nil || c.At.After(o.at) {
		return nil
	}
	a := o.nearest(c.At)
	i := slices.IndexFunc(a.terms.Clauses.KillFees, func(k KillFee) bool { return k.Stage == c.Stage })
	if i < 0 {
		return nil
	}
	var all, owed byline.Money
	for _, f := range a.terms.Pay.Fees {
		if err := addTo(&all, f.Amount); err != nil {
			return err
		}
	}
	for _, l := range o.lines {
		if l.Kind == FlatFee && slices.ContainsFunc(a.terms.Pay.Fees, func(f Fee) bool { return f.ID == l.Rule }) {
			if err := addTo(&owed, l.Amount); err != nil {
				return err
			}
		}
	}
	if all.IsZero() {
		return nil
	}
	line := a.line(KillFeePay)
	line.Rule, line.Base, line.Rate, line.Reason = string(c.Stage), all, a.terms.Clauses.KillFees[i].Rate, ReasonCalledOff
	amount, err := line.Rate.Of(all)
	if err != nil {
		return err
	}
	line.Amount = byline.Minor(max(amount.Minor()-owed.Minor(), 0), all.Currency())
	o.lines = append(o.lines, line)
	return nil
}
