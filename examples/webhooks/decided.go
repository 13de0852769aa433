package main

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// fact is a line of what led to a decision.
type fact struct {
	Name  string
	Text  string
	Notes []string
}

// decided tells what a decision rests on beside the evidence: the rule, the customer, and
// amounts that are on hold or in dispute.
func (s *server) decided(a account) []fact {
	d := a.record.Decision
	facts := []fact{s.ruleFact(d), s.customerFact(a.record.Order, d)}
	if held := heldOf(d); len(held) > 0 {
		f := fact{Name: "On hold", Text: list(held.show())}
		for _, flag := range d.Flags {
			if flag.Code == "signal.held" {
				flag = readable(flag)
				f.Notes = append(f.Notes, flag.Message, flag.Fix)
			}
		}
		facts = append(facts, f)
	}
	if d.Disputed.Sign() > 0 {
		facts = append(facts, fact{Name: "In dispute", Text: showMoney(d.Disputed), Notes: []string{"It counts again if the shop wins"}})
	}
	return facts
}

// heldOf sums what is on hold.
func heldOf(d attribution.Decision) purse {
	var held purse
	for _, c := range d.Credits {
		if c.Held.Sign() > 0 {
			held = held.add(c.Held)
		}
	}
	return held
}

// countsNow is what earns of an order now, without what is on hold.
func countsNow(d attribution.Decision) byline.Money {
	now := purse{d.Earning}
	for _, m := range heldOf(d) {
		now = now.add(m.Neg())
	}
	return now[0]
}

func (s *server) ruleFact(d attribution.Decision) fact {
	f := fact{Name: "Decided by", Text: "No rule", Notes: []string{"No evidence that a rule accepts"}}
	policy, known := s.programme.policy(d.Policy)
	switch {
	case d.Rule < 1:
	case !known || d.Rule > len(policy.Rules):
		f.Text, f.Notes = fmt.Sprintf("Rule %d", d.Rule), []string{"The policy is no longer in the programme"}
	default:
		f.Text = fmt.Sprintf("Rule %d of %d", d.Rule, len(policy.Rules))
		f.Notes = []string{ruleWords(policy.Rules[d.Rule-1])}
	}
	return f
}

// ruleWords says what a rule accepts, and whom it picks.
func ruleWords(r attribution.Rule) string {
	var kinds []string
	for _, k := range r.Evidence {
		kinds = append(kinds, kindOf(k).Word)
	}
	said := []string{strings.Join(kinds, ", "), "pick: " + words(string(r.Pick))}
	if r.WindowDays > 0 {
		said = append(said, plural(r.WindowDays, "day", "days"))
	}
	if r.Customers != attribution.CustomerUnknown {
		said = append(said, string(r.Customers)+" customers only")
	}
	if r.Needs != attribution.NeedsNothing {
		said = append(said, "needs "+words(string(r.Needs)))
	}
	if r.VerifiedOnly {
		said = append(said, "recorded clicks only")
	}
	return strings.Join(said, " · ")
}

func (s *server) customerFact(o attribution.Order, d attribution.Decision) fact {
	f := fact{Name: "Customer"}
	switch {
	case d.Customer == attribution.NewCustomer:
		f.Text, f.Notes = "New", []string{"No earlier order of theirs is known"}
	case d.Customer == attribution.ReturningCustomer:
		f.Text, f.Notes = "Returning", []string{"They had ordered before"}
	case o.Forgotten:
		f.Text, f.Notes = "Unknown", []string{"Asked to be forgotten"}
	case s.config.identity.Key == "":
		f.Text, f.Notes = "Unknown", []string{"No account on the order, and no keys are made without " + envIdentity}
	default:
		f.Text, f.Notes = "Unknown", []string{"Nothing on the order identifies them"}
	}
	return f
}

// policy returns a policy by its version, with its defaults in it.
func (p *programme) policy(version string) (attribution.Policy, bool) {
	for _, policy := range append([]attribution.Policy{{}}, p.Policies...) {
		if policy = policy.WithDefaults(); policy.Version == version {
			return policy, true
		}
	}
	return attribution.Policy{}, false
}
