package attribution

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// trustSignals are those that package trust makes, which this package can't ask.
func trustSignals() []string {
	return []string{"leak", "self_dealing", "duplicate_identity", "repeat_refunds"}
}

func (l *linter) trust(i int) {
	t, path := &l.written.Trust[i], fmt.Sprintf("trust[%d]", i)
	if t.Signal != "" && !slices.Contains(trustSignals(), t.Signal) {
		l.add(byline.Info, "policy.trust_unknown_signal", path+".signal", "package trust makes no such signal; it has to come from elsewhere, or nothing follows", "look for a slip in its name")
	}
	if t.Mode == Withhold && t.MinScore == 0 {
		l.add(byline.Warning, "policy.trust_any_score", path+".min_score", "the faintest doubt takes the whole credit from a creator", "set min_score, or hold instead of withhold")
	}
	if t.Mode == Observe && t.UnlessClick {
		l.unused(path+".unless_click", "nothing follows from what is observed, clicked or not")
	}
	if k := l.outdoneBy(i); k >= 0 {
		message := fmt.Sprintf("trust[%d] is at least as strict wherever this rule applies, and the strictest counts", k)
		if t.Mode == Observe {
			message = fmt.Sprintf("this exempts nothing from trust[%d]: the strictest rule counts, and observing is the default", k)
		}
		l.add(byline.Warning, "policy.trust_shadowed", path, message, "take it out")
	}
}

// outdoneBy returns a rule beside which i changes nothing, or -1. Of two that are alike
// it is the later one that changes nothing.
func (l *linter) outdoneBy(i int) int {
	t := &l.written.Trust[i]
	for k := range l.written.Trust {
		other := &l.written.Trust[k]
		switch {
		case k == i || other.Signal != t.Signal || modeRank(t.Mode) < 0:
		case t.Mode == Observe && modeRank(other.Mode) > modeRank(Observe):
			return k
		case other.covers(t) && (k < i || !t.covers(other)):
			return k
		}
	}
	return -1
}

// covers reports whether t is at least as strict as other wherever other applies.
func (t *TrustRule) covers(other *TrustRule) bool {
	return modeRank(t.Mode) >= modeRank(other.Mode) && t.MinScore <= other.MinScore && (!t.UnlessClick || other.UnlessClick)
}
