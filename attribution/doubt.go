package attribution

import "slices"

// doubt applies the policy's trust rules to a lead: it returns ReasonWithheld, or marks
// the lead as held, or does nothing.
func (r *review) doubt(l *lead) Reason {
	if len(r.history.Signals) == 0 || len(r.plan.trust) == 0 {
		return ""
	}
	for i := range r.history.Signals {
		s := &r.history.Signals[i]
		if !s.concerns(l) {
			continue
		}
		switch r.mode(s, l) {
		case Withhold:
			return ReasonWithheld
		case Hold:
			l.held = true
		}
	}
	return ""
}

func (s *Signal) concerns(l *lead) bool {
	return (s.Creator == "" || s.Creator == l.owner.creator) && (s.Evidence == "" || evidenceKey(s.Evidence) == l.key)
}

// mode is the strictest of the rules that match a signal.
func (r *review) mode(s *Signal, l *lead) TrustMode {
	strictest := Observe
	for _, t := range r.plan.trust {
		if t.Signal != s.Code || s.Score < t.MinScore || t.UnlessClick && r.clicked(l.owner.creator) {
			continue
		}
		if modeRank(t.Mode) > modeRank(strictest) {
			strictest = t.Mode
		}
	}
	return strictest
}

func modeRank(m TrustMode) int { return slices.Index([]TrustMode{Observe, Hold, Withhold}, m) }
