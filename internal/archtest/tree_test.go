package archtest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/golden"
)

// treeFaults finds folders at the top that are no room of the house.
func treeFaults(t *testing.T, root string) []string {
	t.Helper()
	rooms := []string{"attribution", "brief", "campaign", "contracts", "creator", "docs", "examples", "internal", ".ci"}
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	var faults []string
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(rooms, e.Name()) && !strings.HasPrefix(e.Name(), ".git") {
			faults = append(faults, fmt.Sprintf("%s/ is not a room of the house", e.Name()))
		}
	}
	return faults
}

func TestTopLevelFolders(t *testing.T) {
	t.Parallel()
	report(t, treeFaults(t, golden.ModuleRoot(t)))
}

func TestTopLevelFoldersCanFail(t *testing.T) {
	t.Parallel()
	root := plant(t, map[string]string{"pkg/a.go": "", "creator/a.go": "", ".github/a": "", ".cache/a": "", "README.md": ""})
	want := []string{".cache/ is not a room of the house", "pkg/ is not a room of the house"}
	if diff := cmp.Diff(want, treeFaults(t, root)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// exampleFaults finds examples that reach behind the public packages. The compiler
// lets them, because their module's path lies below ours.
func exampleFaults(sources []source) []string {
	var faults []string
	for _, s := range sources {
		for _, imported := range s.imports() {
			if ours, ok := within(imported); ok && strings.HasPrefix(ours, "internal/") {
				faults = append(faults, fmt.Sprintf("%s: an example must not import %q", s.at(s.file.Package), ours))
			}
		}
	}
	return faults
}

func TestExamplesUsePublicPackages(t *testing.T) {
	t.Parallel()
	report(t, exampleFaults(parse(t, filepath.Join(golden.ModuleRoot(t), "examples"), everything)))
}

func TestExamplesCanFail(t *testing.T) {
	t.Parallel()
	root := plant(t, map[string]string{
		"a/a_test.go": "package a; import _ \"" + modulePath + "/internal/webhook\"",
		"b/b.go":      "package b; import _ \"" + modulePath + "/attribution/shopify\"",
	})
	want := []string{`a/a_test.go:1: an example must not import "internal/webhook"`}
	if diff := cmp.Diff(want, exampleFaults(parse(t, root, everything))); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}
