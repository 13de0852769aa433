package contracts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// checkPaymentTerm is C09.
func checkPaymentTerm(r *review, rules []LawRule) {
	// A rule on paying is about who pays and who is paid, not about the audience.
	rules = slices.DeleteFunc(rules, func(rule LawRule) bool {
		return rule.nearness() > 0 && !slices.ContainsFunc(r.principals(), func(p Party) bool { return rule.holdsIn(lawMarket(p.Market)) })
	})
	if len(rules) == 0 {
		return
	}
	rule := nearest(rules)
	path := reviewClause("payment")
	p := r.terms.Clauses.Payment
	switch {
	case p == nil:
		r.find(rule, "review.payment_missing", path, "no term of payment is agreed")
	case p.Days > r.norms.PaymentDaysMost:
		r.find(rule, "review.payment_very_long", path, fmt.Sprintf("pay after %d days is beyond %d", p.Days, r.norms.PaymentDaysMost))
	case p.Days > r.norms.PaymentDays:
		r.find(rule, "review.payment_long", path, fmt.Sprintf("pay after %d days is beyond the usual %d", p.Days, r.norms.PaymentDays))
	}
}

// checkKillFees is C10. Without fees there is nothing that a kill fee is a part of.
func checkKillFees(r *review, rules []LawRule) {
	if len(r.terms.Pay.Fees) == 0 {
		return
	}
	var missing []string
	for _, stage := range []Stage{StageSigned, StageProduced, StageDelivered} {
		if !slices.ContainsFunc(r.terms.Clauses.KillFees, func(k KillFee) bool { return k.Stage == stage }) {
			missing = append(missing, string(stage))
		}
	}
	something := slices.ContainsFunc(r.terms.Clauses.KillFees, func(k KillFee) bool { return k.Rate > 0 })
	switch {
	case len(missing) < 3 && !something:
		r.find(nearest(rules), "review.kill_fee_missing", reviewClause("kill_fees"), "nothing is owed when the brand calls the work off, at whatever stage")
	case len(missing) == 0:
	case len(missing) == 3:
		r.find(nearest(rules), "review.kill_fee_missing", reviewClause("kill_fees"), "what is owed when the brand calls the work off is not agreed")
	default:
		r.find(nearest(rules), "review.kill_fee_stages", reviewClause("kill_fees"), "what is owed when the work is called off is not agreed for the stages: "+strings.Join(missing, ", "))
	}
}

// checkReviewing is C11.
func checkReviewing(r *review, rules []LawRule) {
	path := reviewClause("reviewing")
	t := r.terms.Clauses.Reviewing
	if t == nil {
		r.find(nearest(rules), "review.rounds_open", path, "how often the brand may ask for changes is not agreed")
		return
	}
	if t.Rounds > r.norms.ReviewRounds {
		r.find(nearest(rules), "review.rounds_many", path, fmt.Sprintf("%d rounds of changes are more than the usual %d", t.Rounds, r.norms.ReviewRounds))
	}
	if t.Days == 0 || t.Silence == "" {
		r.find(nearest(rules), "review.silence_open", path, "within how many days the brand answers, or what its silence means, is not agreed")
	}
}

// checkMorals is C12. No clause is no risk.
func checkMorals(r *review, rules []LawRule) {
	m := r.terms.Clauses.Morals
	if m == nil {
		return
	}
	path := reviewClause("morals")
	if !m.Mutual {
		r.find(nearest(rules), "review.morals_one_sided", path, "the morals clause binds the creator alone")
	}
	if strings.TrimSpace(m.Definition) == "" {
		r.find(nearest(rules), "review.morals_undefined", path, "the morals clause does not say what conduct it means")
	}
	if m.ClawsBackDelivered {
		r.find(nearest(rules), "review.morals_clawback", path, "the morals clause takes back pay for work that was delivered")
	}
}

// checkDisclosure is C13. Where a market makes it the brand's duty it blocks; elsewhere
// it is practice.
func checkDisclosure(r *review, rules []LawRule) {
	var markets []byline.Market
	best := &rules[0]
	for i, rule := range rules {
		if rule.Market == "" {
			continue
		}
		if markets = append(markets, rule.Market); best.Market == "" || (!reviewConfirmed(best.Rule) && reviewConfirmed(rule.Rule)) {
			best = &rules[i]
		}
	}
	markets = setOf(markets)
	c := r.terms.Clauses.Compliance
	if c == nil {
		c = &Compliance{}
	}
	path := reviewClause("compliance")
	find := func(bad bool, duty, practice, message string) {
		switch {
		case !bad:
		case len(markets) > 0:
			r.find(best, duty, path, message+", which is a duty of the brand in "+strings.Join(reachMarkets(markets), ", "))
		default:
			r.find(best, practice, path, message)
		}
	}
	find(!c.Disclosure, "review.disclosure_duty", "review.disclosure_advised", "the creator is not bound to label what is advertising")
	find(!c.Monitoring, "review.monitoring_duty", "review.monitoring_advised", "the brand has no right to check what is posted")
	find(c.TakedownHours == 0, "review.takedown_duty", "review.takedown_advised", "within how many hours a post that breaks the rules goes is not agreed")
}

// checkWarranties is C14.
func checkWarranties(r *review, rules []LawRule) {
	w := r.terms.Clauses.Warranties
	if w == nil || !w.GenuineFollowers {
		r.find(nearest(rules), "review.followers_unwarranted", reviewClause("warranties"), "the creator does not vouch for genuine followers")
	}
	if w == nil || !w.Audit {
		r.find(nearest(rules), "review.audit_missing", reviewClause("warranties"), "the brand may not look into what the creator vouches for")
	}
}

// checkCommission is C15. The attribution window is the offer's, not the agreement's.
func checkCommission(r *review, rules []LawRule) {
	p := r.terms.Pay
	if len(p.Percentages)+len(p.PerConversions) == 0 {
		return
	}
	find := func(bad bool, code, path, message string) {
		if bad {
			r.find(nearest(rules), code, path, message)
		}
	}
	tiered := false
	for i, share := range p.Percentages {
		tiered = tiered || len(share.Tiers) > 0
		path := reviewPay(entryPath("percentages", i))
		find(len(share.Tiers) > 0 && share.Mode == "", "review.commission_tiers", path+".tier_mode", fmt.Sprintf("the commission %q has tiers and does not say whether a higher rate is for everything or for what is above", share.ID))
		find(share.Base == "", "review.commission_base", path+".base", fmt.Sprintf("the commission %q does not say its base, so it is of net sales", share.ID))
	}
	counts := tiered || p.Cap != nil || p.Guarantee != (byline.Money{}) || p.Draw != (byline.Money{})
	find(p.Currency == "" && counts, "review.commission_currency", reviewPay("currency"), "tiers, a cap, a guarantee or a draw count money, and the currency is not agreed")
	find(p.Cap != nil && p.Cap.Headroom == "", "review.commission_cap", reviewPay("cap"), "what a refund does to a cap that was reached is not agreed")
	find(strings.TrimSpace(r.terms.Clauses.Statements) == "", "review.commission_statements", reviewClause("statements"), "when the creator gets statements of what is earned is not agreed")
	find(p.Hold.From == NotHeld, "review.commission_returns", reviewPay("hold"), "commission is paid before the time for returns is over, so refunds are taken from later pay")
}
