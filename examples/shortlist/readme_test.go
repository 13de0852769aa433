package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// The commands of the README do what it says, the second with the demo's own folder, and
// every file of the demo is explained.
func TestReadme(t *testing.T) {
	demo, err := filepath.Abs("demo")
	require.NoError(t, err)
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	blocks := strings.Split(string(readme), "```")
	t.Chdir(t.TempDir())
	require.NoError(t, os.CopyFS("folder", os.DirFS(demo)))
	var said []ran
	for _, block := range blocks {
		if line, is := strings.CutPrefix(block, "sh\ngo run ./examples/shortlist "); is {
			said = append(said, call(t, "no such folder", strings.Fields(line)...))
		}
	}
	want := ran{exitOK, strings.TrimPrefix(blocks[3], "text\n"), ""}
	for _, got := range said {
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(ran{})); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if len(said) != 2 {
		t.Errorf("%d commands", len(said))
	}
	files, err := os.ReadDir("folder")
	require.NoError(t, err)
	for _, f := range files {
		if !strings.Contains(string(readme), "`"+f.Name()+"`") {
			t.Errorf("%s is not in it", f.Name())
		}
	}
}
