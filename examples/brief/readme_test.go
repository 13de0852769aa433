package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The commands of the README do what it says, the later ones with the demo's own files.
func TestReadme(t *testing.T) {
	demo, err := filepath.Abs("demo")
	require.NoError(t, err)
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	blocks := strings.Split(string(readme), "```")
	t.Chdir(t.TempDir())
	require.NoError(t, os.CopyFS(".", os.DirFS(demo)))
	require.NoError(t, os.Rename("mended.json", "brief.json"))
	var ended []int
	for i, block := range blocks {
		line, is := strings.CutPrefix(block, "sh\ngo run ./examples/brief ")
		if !is {
			continue
		}
		got := call(t, "no such folder", strings.Fields(line)...)
		ended = append(ended, got.code)
		excerpt, is := strings.CutPrefix(blocks[min(i+2, len(blocks)-1)], "text\n")
		for part := range strings.SplitSeq(excerpt, "…\n") {
			if is && !strings.Contains(got.out, part) {
				t.Errorf("%s does not say:\n%s\nbut:\n%s", line, part, got.out)
			}
		}
		require.Empty(t, got.err)
	}
	require.Equal(t, []int{exitOK, exitOK, exitBlocked}, ended)
}
