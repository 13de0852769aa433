package main

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestREADMEShowsThisProgram keeps the README's first program and its output true.
//
//nolint:paralleltest // it lends standard output to main
func TestREADMEShowsThisProgram(t *testing.T) {
	source, err := os.ReadFile("main.go")
	require.NoError(t, err)
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	if !strings.Contains(string(readme), "```go\n"+string(source)+"```") {
		t.Error("README.md does not hold main.go as it is")
	}
	if output := run(t); !strings.Contains(string(readme), "```text\n"+output+"```") {
		t.Errorf("README.md does not hold the program's output:\n%s", output)
	}
	if lines := strings.Count(string(source), "\n"); lines >= 40 {
		t.Errorf("the quickstart has %d lines; it should stay under 40", lines)
	}
}

// run calls main with standard output going into a pipe.
func run(t *testing.T) string {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	stdout := os.Stdout
	os.Stdout = w
	main()
	os.Stdout = stdout
	require.NoError(t, w.Close())
	output, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(output)
}
