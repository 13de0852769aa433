package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadme runs the commands of the README, one after the other in a folder of its own,
// and looks whether what they say is there.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	var last ran
	commands := 0
	for line := range strings.SplitSeq(block(t, string(readme), "sh"), "\n") {
		args, ok := strings.CutPrefix(line, "go run ./examples/score ")
		if !ok {
			t.Fatalf("not a command of this program: %q", line)
		}
		commands++
		last = call(t, "no such folder", "", strings.Fields(args)...)
	}
	if commands != 2 || last.code != exitBadRows {
		t.Errorf("%d commands, status %d: %s", commands, last.code, last.err)
	}
	if text := block(t, string(readme), "text"); !strings.HasPrefix(last.out, text+"\n") {
		t.Errorf("the README shows\n%s\nand the program says\n%.1500s", text, last.out)
	}
	for _, name := range []string{demoOrders, demoOffers, demoPolicy} {
		require.FileExists(t, filepath.Join(defaultDemo, name))
	}
}

// block returns the first code block of a language.
func block(t *testing.T, text, language string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, "```"+language+"\n")
	code, _, closed := strings.Cut(rest, "\n```")
	if !found || !closed {
		t.Fatalf("the README has no block of %s", language)
	}
	return code
}

// The same number makes the same files, and the commands that a demo shows work.
func TestDemo(t *testing.T) {
	t.Parallel()
	one, two := t.TempDir(), t.TempDir()
	said := call(t, one, "", "-demo", "300", "-o", "@/demo")
	require.Equal(t, exitOK, said.code, said.err)
	require.Equal(t, exitOK, call(t, two, "", "-demo", "300", "-o", "@/demo").code)
	for _, name := range []string{demoOrders, demoOffers, demoPolicy} {
		a, err := os.ReadFile(filepath.Join(one, "demo", name))
		require.NoError(t, err)
		b, err := os.ReadFile(filepath.Join(two, "demo", name))
		require.NoError(t, err)
		if string(a) != string(b) {
			t.Errorf("%s differs", name)
		}
	}
	shown := 0
	for line := range strings.Lines(said.out) {
		if args, ok := strings.CutPrefix(line, "  score "); ok {
			shown++
			if got := call(t, one, "", strings.Fields(args)...); got.code != exitBadRows || got.err != "" {
				t.Errorf("%s: status %d, %s", line, got.code, got.err)
			}
		}
	}
	if shown != 2 {
		t.Errorf("it shows %d commands:\n%s", shown, said.out)
	}
}
