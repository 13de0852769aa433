package attribution

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
)

// ExplainOptions say how an explanation speaks to its reader.
type ExplainOptions struct {
	// Name turns a creator's id into what the reader calls them. Default: the id.
	Name func(byline.CreatorID) string
	// Money writes an amount in the reader's way. Default: Money.String.
	Money func(byline.Money) string
}

// Explain renders the decision for a person, in plain English, one to five sentences.
// The wording may change; programs read the fields.
func (d Decision) Explain() string { return d.ExplainTo(nil) }

// ExplainTo is Explain in the reader's own names and number format. Nil options are
// the defaults.
func (d Decision) ExplainTo(opts *ExplainOptions) string {
	e := explanation{Decision: d, name: func(id byline.CreatorID) string { return string(id) }, money: byline.Money.String}
	if opts != nil && opts.Name != nil {
		e.name = opts.Name
	}
	if opts != nil && opts.Money != nil {
		e.money = opts.Money
	}
	said := append(e.credits(), e.standing()...)
	return strings.Join(append(said, e.held()...), " ")
}

// explanation is a decision with the words for it.
type explanation struct {
	Decision
	name  func(byline.CreatorID) string
	money func(byline.Money) string
}

func (d explanation) standing() []string {
	switch d.Standing {
	case StandingNoDocument:
		return []string{"The order itself has not arrived yet, only what came after it: nobody is credited and nothing is earned."}
	case StandingTest:
		return []string{"It is a test order and earns nothing."}
	case StandingDeleted:
		return []string{"The shop deleted the order, so nothing is earned."}
	case StandingExcluded:
		return []string{"The policy leaves out orders of this kind, so nothing is earned."}
	case StandingCancelled:
		return []string{"The order was cancelled, so nothing is earned."}
	case StandingVoided:
		return []string{"The payment was voided, so nothing is earned."}
	case StandingRefunded:
		return []string{"The whole order was refunded, so nothing is earned."}
	case StandingInvalid:
		return []string{"Its amounts contradict each other, so nothing is earned until it is corrected."}
	case StandingUnpaid:
		return []string{"Nothing is earned yet: the order is not paid in full."}
	}
	if len(d.Credits) == 0 {
		return nil
	}
	return []string{d.amounts()}
}

func (d explanation) amounts() string {
	switch {
	case d.Sold.IsZero() && d.Kind != Purchase:
		return fmt.Sprintf("It counts once, as a conversion of the kind %s.", strings.ReplaceAll(string(d.Kind), "_", " "))
	case d.Sold.IsZero():
		return "Nothing of it counts: it holds only gift cards, goods that were given away, or what the policy leaves out."
	case d.Earning.IsZero() && d.Disputed.Sign() > 0:
		return fmt.Sprintf("A dispute takes %s, and nothing is left to earn on.", d.money(d.Disputed))
	case d.Earning.IsZero():
		return fmt.Sprintf("All of it came back, %s, so nothing is earned.", d.money(d.Returned))
	}
	text := fmt.Sprintf("%s counts, net of discounts and without tax, shipping, tips and gift cards", d.money(d.Earning))
	if d.Returned.Sign() > 0 {
		text += fmt.Sprintf(": %s was sold and %s taken back", d.money(d.Sold), d.money(d.Returned))
	}
	if d.Disputed.Sign() > 0 {
		text += fmt.Sprintf(", %s of it by a dispute", d.money(d.Disputed))
	}
	return text + "."
}

// held tells of amounts that wait.
func (d explanation) held() []string {
	var names []string
	var held []byline.Money
	for _, c := range d.Credits {
		if c.OnHold {
			names, held = append(names, d.name(c.Creator)), append(held, c.Held)
		}
	}
	sum, err := byline.Sum(held...)
	switch {
	case len(held) == 0 || err != nil:
		return nil
	case sum.Sign() <= 0:
		return []string{fmt.Sprintf("The credit of %s is on hold: a signal casts doubt on it.", joinAnd(names))}
	}
	return []string{fmt.Sprintf("%s for %s is on hold: a signal casts doubt on it.", d.money(sum), joinAnd(names))}
}
