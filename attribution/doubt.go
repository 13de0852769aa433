package attribution

import "slices"

// doubt applies the policy's trust rules to a lead: it returns ReasonWithheld, or marks
// the lead as held, or does nothing.
func (r *review) doubt(l *lead) Reason {
	switch r.strictest(l, true) {
	case Withhold:
		return ReasonWithheld
	case Hold:
		l.held = true
	}
	return ""
}

// withheld reports whether a touch is in such doubt that it cannot speak for a code.
func (r *review) withheld(l *lead) bool {
	return r.strictest(l, false) == Withhold
}

// strictest is the strictest mode of the trust rules that match a signal about a lead.
// Those that a click spares are left out unless one may be asked for.
func (r *review) strictest(l *lead, mayAsk bool) TrustMode {
	strictest := Observe
	for i := range r.plan.trust {
		t := &r.plan.trust[i]
		if modeRank(t.Mode) <= modeRank(strictest) || t.UnlessClick && !mayAsk || !r.signalled(l, t) {
			continue
		}
		if !t.UnlessClick || !r.clicked(l.owner) {
			strictest = t.Mode
		}
	}
	return strictest
}

// signalled reports whether a signal strong enough for a trust rule is about a lead.
func (r *review) signalled(l *lead, t *TrustRule) bool {
	for i := range r.history.Signals {
		if s := &r.history.Signals[i]; s.Code == t.Signal && s.Score >= t.MinScore && r.concerns(i, l) {
			return true
		}
	}
	return false
}

// concerns reports whether a signal is about a lead.
func (r *review) concerns(i int, l *lead) bool {
	s := &r.history.Signals[i]
	if s.Creator != "" && s.Creator != l.owner.creator || !l.owned() {
		return false
	}
	if s.Evidence == "" {
		return true
	}
	if l.kind == ByPage {
		return pageKey(s.Evidence) == l.key
	}
	if r.evidences == nil {
		r.evidences = make([]string, len(r.history.Signals))
		for k := range r.history.Signals {
			r.evidences[k] = evidenceKey(r.history.Signals[k].Evidence)
		}
	}
	return r.evidences[i] == l.key
}

func modeRank(m TrustMode) int { return slices.Index([]TrustMode{Observe, Hold, Withhold}, m) }
