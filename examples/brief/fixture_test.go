package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/brief"
)

// ran is how a run ended.
type ran struct {
	code     int
	out, err string
}

// call runs the program on the day of the demo. In its arguments and in what it says, @
// stands for the folder.
func call(t testing.TB, dir string, args ...string) ran {
	t.Helper()
	for i, arg := range args {
		args[i] = strings.ReplaceAll(arg, "@", dir)
	}
	now := func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
	var out, err bytes.Buffer
	code := run(args, surroundings{&out, &err, now})
	return ran{code, strings.ReplaceAll(out.String(), dir, "@"), strings.ReplaceAll(err.String(), dir, "@")}
}

// folder has the demo's files in it, some of them in other words.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("demo")))
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

// mended is the demo's brief with a change, as a file.
func mended(t testing.TB, change func(*brief.Brief)) string {
	t.Helper()
	var b brief.Brief
	require.NoError(t, demo("mended.json", &b))
	change(&b)
	text, err := json.Marshal(b)
	require.NoError(t, err)
	return string(text)
}
