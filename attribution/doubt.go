package attribution

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

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

// flagSignals tells of every signal and what followed from it.
func (r *review) flagSignals() {
	for i := range r.history.Signals {
		s := &r.history.Signals[i]
		f := byline.Finding{
			Code: "signal.observed", Severity: byline.Info, Path: s.Code,
			Message: fmt.Sprintf("%s (score %d): %s", s.Code, s.Score, s.Message),
		}
		for k := range r.leads {
			l := &r.leads[k]
			switch {
			case !s.concerns(l):
			case l.reason == ReasonWithheld:
				f.Code, f.Severity = "signal.withheld", byline.Warning
				f.Fix = "look at the order; assign it by hand if the credit is due"
			case l.won && l.held && f.Code == "signal.observed":
				f.Code, f.Severity = "signal.held", byline.Warning
				f.Fix = "look at the order; assign it by hand to release the amount"
			}
		}
		r.flags = append(r.flags, f)
	}
}
