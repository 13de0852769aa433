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
// A fee is owed once, by its id, at the earliest instant at which the version then in
// force says so; an amendment does not owe it again. posted are the subject's entries: a
// fee or a gift that stands among them stays as it is, whatever is registered later.
// Measured pay is priced by each version for what was counted while it was in force.
//
// Versions are in force one after the other, each from the start of its Effective until
// the next one's. Errors are "money.range".
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

func (o *owing) keep(posted []Entry) {
	o.kept = map[string]bool{}
	sums := map[place]Line{}
	for _, e := range posted {
		if e.Kind != FlatFee && e.Kind != GiftInKind {
			continue
		}
		key := placeOf(&e.Line)
		line := e.Line
		line.Amount = byline.Minor(sums[key].Amount.Minor()+line.Amount.Minor(), line.Amount.Currency())
		sums[key] = line
	}
	for _, line := range sums {
		if !line.Amount.IsZero() {
			o.kept[line.Rule] = true
			o.lines = append(o.lines, line)
		}
	}
	slices.SortFunc(o.lines, func(a, b Line) int { return comparePlaces(placeOf(&a), placeOf(&b)) })
}

// dueFee is a fee or a gift with the instant at which it falls due.
type dueFee struct {
	at   time.Time
	line Line
}

func (o *owing) fees() {
	first := map[string]dueFee{}
	for _, a := range o.versions {
		for _, f := range a.terms.Pay.Fees {
			line := a.line(FlatFee)
			line.Rule, line.Amount, line.Reason = f.ID, f.Amount, ReasonFeeDue
			o.consider(first, a, line, f.Due, f.Of, f.After)
		}
		for _, g := range a.terms.Pay.Gifts {
			line := a.line(GiftInKind)
			line.Rule, line.Amount, line.Account, line.Reason = g.ID, g.Value, InKind, ReasonGiven
			o.consider(first, a, line, g.Due, "", 0)
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

// consider takes a fee that is due by the version in force then, if it is the earliest
// of its id.
func (o *owing) consider(first map[string]dueFee, a *Agreement, line Line, m Milestone, of string, after int) {
	at, happened := o.reached(a, m, of)
	if !happened {
		return
	}
	if after > 0 {
		at = at.In(a.Location()).AddDate(0, 0, after)
	}
	// What is due before the terms hold, as at signing, is by the version it comes from.
	binding := at
	if a.terms.Effective.After(at) {
		binding = a.terms.Effective.Start
	}
	if at.After(o.at) || inForce(o.versions, binding) != a {
		return
	}
	if c := o.progress.Cancelled; c != nil && at.After(c.At) {
		return
	}
	if known, ok := first[line.Rule]; !ok || at.Before(known.at) {
		first[line.Rule] = dueFee{at, line}
	}
}

// reached is when a milestone happened, and whether it has.
func (o *owing) reached(a *Agreement, m Milestone, of string) (time.Time, bool) {
	t := &a.terms
	switch m {
	case AtStart:
		return t.Effective.Start, true
	case AtSigning:
		return t.SignedAt, !t.SignedAt.IsZero()
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
		if i+1 < len(o.versions) {
			span.End = o.versions[i+1].terms.Effective.Start
		}
		if span.Empty() {
			continue
		}
		for _, m := range a.terms.Pay.Metered {
			units := countIn(o.progress.Readings, m.Metric, span, o.at)
			if m.AtMost > 0 {
				units = min(units, m.AtMost)
			}
			units = max(units-m.From, 0)
			line := a.line(MeteredPay)
			line.Rule, line.Units, line.Reason = m.ID, units, ReasonMeasured
			var err error
			if line.Amount, err = portion(m.Amount, units, m.Per); err != nil {
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
	a := inForce(o.versions, c.At)
	if a == nil {
		return nil
	}
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
		if l.Kind == FlatFee && l.Amount.Currency() == all.Currency() {
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
