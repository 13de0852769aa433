package safety_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator/safety"
	"github.com/bylinehq/byline/internal/golden"
)

// namesUnder reads a table of the taxonomy and returns the names of all that lies right
// under a parent, by id.
func namesUnder(t *testing.T, file, parent string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(golden.SharedData(t, "scoring", "iab", file))
	require.NoError(t, err)
	names := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t"); len(cells) > 2 && cells[1] == parent {
			names[cells[0]] = strings.TrimSpace(cells[2])
		}
	}
	return names
}

func TestTopicsAreThoseOfTheTaxonomy(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for _, topic := range safety.Topics() {
		if topic != safety.Misinformation {
			got[string(topic)] = topic.Name()
		}
	}
	if diff := cmp.Diff(namesUnder(t, "content_taxonomy_3.1.tsv", safety.TopicParent), got); diff != "" {
		t.Errorf("topics (-taxonomy +package):\n%s", diff)
	}
}

func TestRisksAreThoseOfTheVectors(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for _, r := range []safety.Risk{safety.Floor, safety.HighRisk, safety.MediumRisk, safety.LowRisk} {
		got[string(r)] = r.Name()
	}
	if diff := cmp.Diff(namesUnder(t, "content_taxonomy_3.0_descriptive_vectors.tsv", safety.RiskParent), got); diff != "" {
		t.Errorf("risks (-vectors +package):\n%s", diff)
	}
}

func TestTopicOfTheCaller(t *testing.T) {
	t.Parallel()
	for topic, want := range map[safety.Topic]bool{
		safety.Arms: true, safety.Misinformation: true, "x-sugar": true, "": false, "x-": false, "sugar": false, "rm3sit": false,
		safety.Topic("x-" + strings.Repeat("a", 48)): true, safety.Topic("x-" + strings.Repeat("a", 49)): false,
	} {
		if topic.Valid() != want {
			t.Errorf("%q is valid: %t", topic, !want)
		}
	}
	if got := safety.Topic("x-sugar").Name(); got != "sugar" {
		t.Errorf("its name is %q", got)
	}
}
