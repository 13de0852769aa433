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

// windowOf is the window that the policy gives to a kind of evidence.
func (r *review) windowOf(kind EvidenceKind) time.Duration {
	for i := range r.plan.rules {
		if r.plan.rules[i].names(kind) {
			return r.plan.rules[i].window
		}
	}
	return r.plan.touchWindow()
}
