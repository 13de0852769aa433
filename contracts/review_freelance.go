package contracts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// checkFreelance is C08, state by state.
func checkFreelance(r *review, rules []LawRule) {
	for i := range rules {
		rule := &rules[i]
		missing := r.freelanceFaults(*rule)
		// A rule's day is the first on which it looks back.
		back := byline.Window{Start: r.day.AddDate(0, 0, -rule.Days), End: r.day.AddDate(0, 0, 1)}
		value := r.between(back, *rule, func(string) bool { return true })
		switch {
		case value.reached:
			for _, m := range missing {
				r.find(rule, m.code, m.path, m.message)
			}
		case len(missing) > 0 && len(value.open) > 0:
			r.find(rule, "review.freelance_unknown", "pay", fmt.Sprintf("whether %s within %d days is reached cannot be determined, because of %s; the agreement has not all that would be needed then", rule.Threshold, rule.Days, strings.Join(value.open, ", ")))
		}
	}
}

func (r *review) freelanceFaults(rule LawRule) []reviewFault {
	c := r.terms.Clauses
	var faults reviewFaults
	faults.add(!c.Written, "review.freelance_unwritten", reviewClause("written"), "the agreement is not in writing")
	for _, gap := range r.partyGaps(false) {
		faults.add(true, "review.freelance_parties", gap.path, gap.message)
	}
	itemised := len(c.Services) > 0 && !slices.ContainsFunc(c.Services, func(s Service) bool { return s.Value.IsZero() || s.Description == "" })
	faults.add(!itemised, "review.freelance_services", reviewClause("services"), "the services are not itemised with their value")
	faults.add(r.terms.Pay.owesNothing(), "review.freelance_pay", "pay", "the rate and the method of pay are not stated")
	pay := c.Payment
	faults.add(pay == nil, "review.freelance_date", reviewClause("payment"), "no day of payment is agreed, so pay is due 30 days after completion")
	if pay != nil {
		late := rule.PayWithin > 0 && pay.Days > rule.PayWithin
		faults.add(late, "review.freelance_late", reviewClause("payment"), fmt.Sprintf("pay after %d days is later than the %d that the law leaves after completion", pay.Days, rule.PayWithin))
		faults.add(rule.PayWithin > 0 && pay.From != FromDelivery, "review.freelance_from", reviewClause("payment"), fmt.Sprintf("pay is counted from the %s and not from completion, as the law counts", pay.From))
		faults.add(pay.From == FromInvoice && pay.Mechanism == "", "review.freelance_list", reviewClause("payment"), "pay is counted from an invoice, and by when the creator has to list the services is not stated")
	}
	return faults
}
