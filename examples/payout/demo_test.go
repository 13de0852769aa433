package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The story is told the same every time, and so are its files.
func TestDemo(t *testing.T) {
	t.Parallel()
	here := desk{t.TempDir()}
	told := here.run(t, "demo -o story")
	require.Equal(t, exitOK, told.code, told.err)
	equalGolden(t, "demo.txt", []byte(strings.ReplaceAll(told.out, filepath.Join(here.dir, "story"), "FOLDER")))
	story := desk{filepath.Join(here.dir, "story")}
	for _, name := range []string{
		"batch-10.json", "batch-11.json", "payout-10.xml", "payout-11.xml",
		"statement-2026-10-ada.txt", "statement-2026-10-bruno.txt", "statement-2026-10-cleo.txt",
		"statement-2026-11-ada.txt", "statement-2026-11-bruno.txt", "statement-2026-11-cleo.txt",
		"statement-2026-11-bruno.csv", "statement-2026-11-bruno.html", "statement-2026-11-cleo.html",
	} {
		equalGolden(t, name, []byte(story.read(t, name)))
	}
	if !strings.HasPrefix(story.read(t, "statement-2026-11-ada.pdf"), "%PDF-") {
		t.Error("the PDF is none")
	}
	left, err := filepath.Glob(filepath.Join(story.dir, "*.part"))
	require.NoError(t, err)
	if len(left) > 0 {
		t.Errorf("unfinished files are left: %v", left)
	}
	again := here.run(t, "demo -o story")
	if again.code != exitInput || !strings.Contains(again.err, "holds books already") {
		t.Errorf("into the same folder: status %d, %s", again.code, again.err)
	}
}

// TestReadme runs the commands of the README, one after the other in a folder of its own.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	here := desk{t.TempDir()}
	t.Chdir(here.dir)
	commands := 0
	for _, block := range strings.Split(string(text), "```sh\n")[1:] {
		code, _, closed := strings.Cut(block, "\n```")
		require.True(t, closed)
		for line := range strings.SplitSeq(code, "\n") {
			line, _, _ = strings.Cut(line, "  #")
			args, ok := strings.CutPrefix(line, "go run ./examples/payout ")
			if !ok {
				t.Fatalf("not a command of this program: %q", line)
			}
			commands++
			here.must(t, args)
		}
	}
	if commands < 8 {
		t.Errorf("only %d commands", commands)
	}
	for _, name := range []string{"bruno.html", "bruno.pdf", "payout.xml"} {
		require.FileExists(t, filepath.Join(here.dir, name))
	}
}
