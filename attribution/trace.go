package attribution

import (
	"cmp"
	"slices"
	"time"
)

// trace lists codes before touches and those before what people say, each by time and
// text, so that it reads the same however the input was ordered.
func (r *review) trace() []Candidate {
	slices.SortFunc(r.leads, func(a, b lead) int { return cmp.Or(compareLeads(&a, &b), cmp.Compare(a.reason, b.reason)) })
	candidates := make([]Candidate, 0, len(r.leads))
	for i := range r.leads {
		candidates = append(candidates, r.leads[i].candidate(r.windowOf(r.leads[i].kind)))
	}
	return candidates
}

// windowOf is the widest window that the policy gives to a kind of evidence.
func (r *review) windowOf(kind EvidenceKind) time.Duration {
	named, widest := false, time.Duration(0)
	for i := range r.plan.rules {
		if rule := &r.plan.rules[i]; rule.names(kind) {
			named, widest = true, max(widest, rule.window)
		}
	}
	if !named {
		return r.plan.beside
	}
	return widest
}
