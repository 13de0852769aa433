package multitouch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault and a refusal that this package has of its own, in
// order. A code may retire and is never reused.
func codes() []string {
	return []string{
		"custom.label",
		"custom.weigh",
		"custom.weights",
		"journey.age",
		"journey.ages",
		"journey.channel",
		"journey.channels",
		"journey.count",
		"journey.currency",
		"journey.faults",
		"journey.negative",
		"journey.stage",
		"journey.stage_order",
		"journey.total",
		"journey.total_value",
		"journey.value",
		"last_non_direct.direct",
		"markov.channels",
		"markov.counts",
		"markov.order",
		"markov.unsolved",
		"markov.value",
		"options.repeats",
		"options.workers",
		"position_based.two_touches",
		"position_based.weights",
		"tally.binary",
		"tally.model",
		"tally.model_twice",
		"tally.no_conversions",
		"tally.no_model",
		"time_decay.half_life",
		"time_decay.no_ages",
		"w_shaped.weights",
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		if diff := cmp.Diff(codes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
