package attribution_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/golden"
)

// TestDecisionsDocument: the policies that docs/decisions.md shows can be read and hold,
// and every kind of evidence, pick and mode that it names is one.
func TestDecisionsDocument(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(golden.ModuleRoot(t), "docs", "decisions.md"))
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```json policy\n(.*?)```").FindAllSubmatch(text, -1)
	if len(blocks) == 0 {
		t.Fatal("the document shows no policy")
	}
	for _, block := range blocks {
		p, err := attribution.ParsePolicy(block[1])
		require.NoError(t, err)
		for _, f := range p.Lint() {
			t.Errorf("%s: %s", f.Code, f.Message)
		}
	}
	for _, kind := range []attribution.EvidenceKind{byCode, byClick, byUTM, byPage, byBinding, bySurvey, byManual, byView} {
		if !strings.Contains(string(text), "| `"+string(kind)+"` |") {
			t.Errorf("the document has no row for %s", kind)
		}
	}
	for _, pick := range []attribution.Pick{attribution.PickLast, attribution.PickFirst, attribution.PickEvenly, attribution.PickByTouch, attribution.PickByPosition,
		attribution.SplitByDiscount, attribution.LargestDiscount, attribution.SmallestDiscount, attribution.PickFirstListed, attribution.PickNewest} {
		if !strings.Contains(string(text), "`"+string(pick)+"`") {
			t.Errorf("the document does not name the pick %s", pick)
		}
	}
}
