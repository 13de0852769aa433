package safety_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, in order. A code may retire and
// is never reused.
func codes() []string {
	return []string{
		"conflict.category",
		"conflict.competitor",
		"conflict.exclusivity",
		"conflict.more",
		"conflict.no_facts",
		"decision.person",
		"decision.post",
		"decision.topic",
		"decision.verdict",
		"lexicon.context",
		"lexicon.decisive",
		"lexicon.id",
		"lexicon.id_twice",
		"lexicon.language",
		"lexicon.list",
		"lexicon.long",
		"lexicon.risk",
		"lexicon.stem",
		"lexicon.topic",
		"lexicon.words",
		"rivalry.brand",
		"rivalry.category",
		"rivalry.competitor",
		"rivalry.known",
		"rivalry.lookback",
		"rivalry.market",
		"rivalry.planned",
		"rivalry.promise",
		"rivalry.self",
		"safety.coverage",
		"safety.decision_void",
		"safety.floor",
		"safety.more",
		"safety.rejected",
		"safety.skipped",
		"safety.topic",
		"tolerance.coverage",
		"tolerance.floor",
		"tolerance.risk",
		"tolerance.topic",
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
