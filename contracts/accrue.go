package contracts

import (
	"context"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// AccrualStore is a ledger as pay over many orders, and releases, need it.
type AccrualStore[Tx any] interface {
	// Earnings sums what orders that were placed in a span have earned under an agreement,
	// over all its versions.
	Earnings(ctx context.Context, tx Tx, agreement AgreementID, placed byline.Window) (Earnings, error)
	// Due returns subjects, at most limit, on which something is Held that may be released
	// at an instant. It may return others too, but never the same for ever: releasing a
	// subject makes it go.
	Due(ctx context.Context, tx Tx, at time.Time, limit int) ([]Subject, error)
}

// Earnings are what orders have earned under an agreement, by the entries of a ledger.
type Earnings struct {
	Totals []Total
	Orders []OrderCount
}

// Total sums the entries of orders under one version, part of the pay and account.
type Total struct {
	Version int
	Kind    Kind
	Rule    string
	Account Account
	Amount  byline.Money
	Base    byline.Money
	Sold    byline.Money
	Units   int64
}

// OrderCount counts orders whose entries under one version sum to more than nothing.
type OrderCount struct {
	Version  int
	Orders   int64
	Released int64 // of these, those of which something is Payable
}

// Progress is how far an agreement is, beside its orders.
type Progress struct {
	Events    []Event       `json:"events,omitempty"`
	Readings  []Reading     `json:"readings,omitempty"`
	Cancelled *Cancellation `json:"cancelled,omitempty"` // nil: it stands
}

// Accrue returns what the periods of an agreement make of its orders' pay, as the target
// of [ForPeriods]: tiers, cap, guarantee, bonuses, and what is paid ahead and kept back.
// earned tells what the orders of a span have earned. Every amount is computed anew from
// the sums as they are now, so a refund changes the period that its order was placed in,
// whenever it arrives.
//
// What is released follows what of the orders is released, as if nothing else had been
// earned; the rest is Held. What is paid ahead is kept back from what is released in its
// period, and what is left of it in the next ones.
//
// Over an amendment, an order keeps the tiers of the version that it is under, and what
// was sold under earlier versions of the period counts towards reaching them. Cap,
// guarantee and bonuses are those of the last version that came into force within the
// period, over the orders of all versions; what is paid ahead is of the version in force
// when the period begins. What is in another currency than theirs does not count.
//
// Errors are "money.range" and those of earned.
func (r *Register) Accrue(id AgreementID, earned func(byline.Window) (Earnings, error), p Progress, at time.Time) ([]Line, error) {
	versions := r.versionsOf(id)
	if !slices.ContainsFunc(versions, func(a *Agreement) bool { return a.terms.Pay.overPeriods() }) {
		return nil, nil
	}
	var lines []Line
	owed := map[byline.Currency]int64{} // of what was paid ahead, and not yet kept back
	for _, period := range stretches(versions, at) {
		e, err := earned(period.Window)
		if err != nil {
			return nil, err
		}
		s := periodPay{stretch: period, versions: versions, earned: e, progress: p, at: at}
		if err := s.all(owed); err != nil {
			return nil, err
		}
		lines = append(lines, s.lines...)
	}
	return lines, nil
}

// overPeriods reports whether a period makes anything of the orders' pay.
func (p *Pay) overPeriods() bool {
	return p.Cap != nil || len(p.Bonuses) > 0 || !p.Guarantee.IsZero() || !p.Draw.IsZero() ||
		slices.ContainsFunc(p.Percentages, func(r Percentage) bool { return len(r.Tiers) > 0 })
}

// periodPay is the pay of one period in the making. Sums are in minor units of the pay's
// currency.
type periodPay struct {
	stretch
	versions []*Agreement
	earned   Earnings
	progress Progress
	at       time.Time
	lines    []Line
}

// sums are of what counts as commission.
type sums struct {
	all, released int64 // as it is now
	gross         int64 // as if nothing had come back
}

// add fails where a sum is beyond an int64.
func (s *sums) add(all, released, gross int64) error {
	for _, sum := range [...]struct {
		to   *int64
		part int64
	}{{&s.all, all}, {&s.released, released}, {&s.gross, gross}} {
		total, err := byline.Minor(*sum.to, "").Add(byline.Minor(sum.part, ""))
		if err != nil {
			return err
		}
		*sum.to = total.Minor()
	}
	return nil
}

func (s *periodPay) all(owed map[byline.Currency]int64) error {
	var c sums
	for i := range s.versions {
		if err := s.commission(i, &c); err != nil {
			return err
		}
	}
	if err := s.capped(&c); err != nil {
		return err
	}
	s.guarantee(&c)
	s.draw(&c, owed)
	return s.bonuses()
}

// line adds a line where it is of something. What is not released is Held until the
// orders are.
func (s *periodPay) line(line Line, currency byline.Currency, all, released int64) {
	if released != 0 {
		payable := line
		payable.Amount = byline.Minor(released, currency)
		s.lines = append(s.lines, payable)
	}
	if held := all - released; held != 0 {
		line.Account, line.Amount = Held, byline.Minor(held, currency)
		s.lines = append(s.lines, line)
	}
}

// lineOf starts a line of a version's for the period.
func (s *periodPay) lineOf(a *Agreement, kind Kind, rule string, reason Reason) Line {
	line := a.line(kind)
	line.Rule, line.Reason, line.EarnedAt = rule, reason, stamp(s.Start)
	return line
}

// currency is what the period counts in.
func (s *periodPay) currency() byline.Currency { return s.governing.terms.Pay.Currency }

// totals are those of one part of a version's pay, in a currency. What waits for an
// exchange rate is in another one and does not count yet.
func (s *periodPay) totals(a *Agreement, kind Kind, rule string) (all, released Total, err error) {
	for _, t := range s.earned.Totals {
		if t.Version != a.terms.Version || t.Kind != kind || t.Rule != rule || t.Amount.Currency() != a.terms.Pay.Currency {
			continue
		}
		if err := all.merge(t); err != nil {
			return all, released, err
		}
		if t.Account == Payable {
			if err := released.merge(t); err != nil {
				return all, released, err
			}
		}
	}
	return all, released, nil
}

func (t *Total) merge(o Total) error {
	t.Units += o.Units
	for _, sum := range [...]struct {
		to   *byline.Money
		part byline.Money
	}{{&t.Amount, o.Amount}, {&t.Base, o.Base}, {&t.Sold, o.Sold}} {
		if err := addTo(sum.to, sum.part); err != nil {
			return err
		}
	}
	return nil
}

// commission adds what tiers make of a version's percentages, and sums up what counts in
// the period's currency.
func (s *periodPay) commission(version int, c *sums) error {
	a := s.versions[version]
	counts := a.terms.Pay.Currency == s.currency()
	for i := range a.terms.Pay.Percentages {
		own, err := s.percentage(version, &a.terms.Pay.Percentages[i])
		if err != nil {
			return err
		}
		if counts {
			if err := c.add(own.all, own.released, own.gross); err != nil {
				return err
			}
		}
	}
	for _, p := range a.terms.Pay.PerConversions {
		all, released, err := s.totals(a, PerOrderPay, p.ID)
		if err != nil {
			return err
		}
		if counts {
			if err := c.add(all.Amount.Minor(), released.Amount.Minor(), all.Sold.Minor()); err != nil {
				return err
			}
		}
	}
	return nil
}

// percentage is what one percentage comes to in the period; where it has tiers, they
// adjust what the orders have posted at the first tier's rate.
func (s *periodPay) percentage(version int, p *Percentage) (sums, error) {
	a := s.versions[version]
	all, released, err := s.totals(a, Commission, p.ID)
	if err != nil {
		return sums{}, err
	}
	before, releasedBefore, err := s.soldBefore(version, p.ID)
	if err != nil {
		return sums{}, err
	}
	gross, err := p.beyond(before.Sold.Minor(), all.Sold.Minor(), a.terms.Pay.Currency)
	if err != nil {
		return sums{}, err
	}
	if len(p.Tiers) == 0 {
		return sums{all.Amount.Minor(), released.Amount.Minor(), gross.Minor()}, nil
	}
	whole, err := p.beyond(before.Base.Minor(), all.Base.Minor(), a.terms.Pay.Currency)
	if err != nil {
		return sums{}, err
	}
	part, err := p.beyond(releasedBefore.Base.Minor(), released.Base.Minor(), a.terms.Pay.Currency)
	if err != nil {
		return sums{}, err
	}
	// Where a higher tier has a lower rate, more sales can come to less.
	payable := min(part.Minor(), whole.Minor())
	line := s.lineOf(a, TierAdjustment, p.ID, ReasonTierReached)
	s.line(line, a.terms.Pay.Currency, whole.Minor()-all.Amount.Minor(), payable-released.Amount.Minor())
	return sums{whole.Minor(), payable, gross.Minor()}, nil
}

// soldBefore is what orders under earlier versions have sold by the percentage of the
// same id.
func (s *periodPay) soldBefore(version int, rule string) (all, released Total, err error) {
	for _, a := range s.versions[:version] {
		if a.terms.Pay.Currency != s.versions[version].terms.Pay.Currency {
			continue
		}
		own, ownReleased, err := s.totals(a, Commission, rule)
		if err != nil {
			return all, released, err
		}
		if err := all.merge(own); err != nil {
			return all, released, err
		}
		if err := released.merge(ownReleased); err != nil {
			return all, released, err
		}
	}
	return all, released, nil
}

// capped takes what lies above the cap, from what is held first.
func (s *periodPay) capped(c *sums) error {
	limit := s.governing.terms.Pay.Cap
	if limit == nil {
		return nil
	}
	most := min(c.all, limit.Amount.Minor())
	if gross := max(c.gross, c.all); limit.Headroom == HeadroomSpent && gross > limit.Amount.Minor() && c.all > 0 {
		part, err := limit.Amount.Portion(c.all, gross)
		if err != nil {
			return err
		}
		most = part.Minor()
	}
	released := min(c.released, most)
	s.line(s.lineOf(s.governing, CapAdjustment, "cap", ReasonCapped), s.currency(), most-c.all, released-c.released)
	c.all, c.released = most, released
	return nil
}

// guarantee tops up a period that has ended, unless the agreement was called off before
// it began.
func (s *periodPay) guarantee(c *sums) {
	least := s.governing.terms.Pay.Guarantee.Minor()
	if least == 0 || s.End.IsZero() || s.at.Before(s.End) || s.calledOff() {
		return
	}
	if missing := least - c.all; missing > 0 {
		s.line(s.lineOf(s.governing, GuaranteeTopUp, "guarantee", ReasonGuaranteed), s.currency(), missing, missing)
		c.all, c.released = c.all+missing, c.released+missing
	}
}

func (s *periodPay) calledOff() bool {
	c := s.progress.Cancelled
	return c != nil && !c.At.After(s.Start)
}

// draw pays ahead, and keeps back what of it, and of earlier periods, the released
// commission covers.
func (s *periodPay) draw(c *sums, owed map[byline.Currency]int64) {
	if draw := s.opening.terms.Pay.Draw; !draw.IsZero() && !s.calledOff() {
		s.line(s.lineOf(s.opening, DrawAdvance, "draw", ReasonAdvanced), draw.Currency(), draw.Minor(), draw.Minor())
		owed[draw.Currency()] += draw.Minor()
	}
	back := max(min(owed[s.currency()], c.released), 0)
	s.line(s.lineOf(s.governing, DrawRecovery, "draw", ReasonRecovered), s.currency(), -back, -back)
	owed[s.currency()] -= back
}

// bonuses are paid out once what is released reaches the target by itself.
func (s *periodPay) bonuses() error {
	for _, b := range s.governing.terms.Pay.Bonuses {
		all, released, target, err := s.reached(b)
		if err != nil {
			return err
		}
		line := s.lineOf(s.governing, BonusPay, b.ID, ReasonTargetReached)
		line.Amount, line.Units = b.Amount, all
		if b.Metric == SalesVolume {
			line.Units, line.Base = 0, byline.Minor(all, s.currency())
		}
		switch {
		case all < target:
			line = s.lineOf(s.governing, BonusPay, b.ID, ReasonTargetMissed)
			line.Amount = byline.Minor(0, b.Amount.Currency())
		case released < target:
			line.Account = Held
		}
		s.lines = append(s.lines, line)
	}
	return nil
}

func (s *periodPay) reached(b Bonus) (all, released, target int64, err error) {
	switch b.Metric {
	case Orders:
		for _, o := range s.earned.Orders {
			all, released = all+o.Orders, released+o.Released
		}
		return all, released, b.Target, nil
	case SalesVolume:
		for _, a := range s.versions {
			if a.terms.Pay.Currency != s.currency() {
				continue
			}
			for _, p := range a.terms.Pay.Percentages {
				whole, part, err := s.totals(a, Commission, p.ID)
				if err != nil {
					return 0, 0, 0, err
				}
				all, released = all+whole.Base.Minor(), released+part.Base.Minor()
			}
		}
		return all, released, b.Sales.Minor(), nil
	}
	n, err := countIn(s.progress.Readings, b.Metric, s.Window, s.at)
	return n, n, b.Target, err
}
