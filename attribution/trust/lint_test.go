package trust_test

import (
	"slices"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

// TestPoliciesKnowTheSignals: a policy may follow every signal that is made here, and is
// told of one that nobody makes.
func TestPoliciesKnowTheSignals(t *testing.T) {
	t.Parallel()
	unknown := func(signal string) bool {
		p := attribution.Policy{Version: "x/1", Trust: []attribution.TrustRule{{Signal: signal, Mode: attribution.Hold, MinScore: 80}}}
		return slices.ContainsFunc(p.Lint(), func(f byline.Finding) bool { return f.Code == "policy.trust_unknown_signal" })
	}
	for _, row := range trust.Reasons() {
		if unknown(row.Signal) {
			t.Errorf("policies do not know the signal %s", row.Signal)
		}
	}
	if !unknown("no_such_signal") {
		t.Error("a signal that nobody makes passes")
	}
}
