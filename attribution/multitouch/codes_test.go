package multitouch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault or a refusal that this package has of its own, in order.
// A code may retire and is never reused.
func codes() []string {
	return []string{
		"bootstrap.level",
		"bootstrap.min_conversions",
		"bootstrap.pair",
		"bootstrap.range",
		"bootstrap.replicates",
		"bootstrap.too_few_conversions",
		"bootstrap.too_many_credits",
		"bootstrap.top",
		"bootstrap.unstable",
		"csv.age",
		"csv.cells",
		"csv.column_missing",
		"csv.column_twice",
		"csv.column_unknown",
		"csv.count",
		"csv.currency",
		"csv.delimiter",
		"csv.encoding",
		"csv.header",
		"csv.max_row",
		"csv.name",
		"csv.place",
		"csv.quotes",
		"csv.required",
		"csv.row_size",
		"csv.separator",
		"csv.text",
		"csv.value",
		"custom.label",
		"custom.weigh",
		"custom.weights",
		"game.coalitions",
		"game.worth",
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
		"order_options.window",
		"position_based.two_touches",
		"position_based.weights",
		"shapley.cancelled",
		"shapley.cut",
		"shapley.order",
		"shapley.players",
		"shapley.samples",
		"shapley.size",
		"shapley.totals",
		"shapley.unsolved",
		"shapley.unused",
		"shapley.value",
		"shapley.variant",
		"tally.binary",
		"tally.model",
		"tally.model_twice",
		"tally.no_conversions",
		"tally.no_model",
		"time_decay.half_life",
		"time_decay.no_ages",
		"visits.cut_off",
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
