package main

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// ran is how a run ended.
type ran struct {
	code     int
	out, err string
}

// call runs the program. In its arguments and in what it says, @ stands for the folder.
func call(t testing.TB, dir string, args ...string) ran {
	t.Helper()
	for i, arg := range args {
		args[i] = strings.ReplaceAll(arg, "@", dir)
	}
	var out, err bytes.Buffer
	clock := func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
	code := run(context.WithoutCancel(t.Context()), args, surroundings{&out, &err, clock})
	return ran{code, strings.ReplaceAll(out.String(), dir, "@"), strings.ReplaceAll(err.String(), dir, "@")}
}

// folder is a new one with files.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

const (
	smallAgreements = `[{"id":"ag","version":1,"creator":"ada","campaign":"c","effective":{"start":"2026-01-01T00:00:00Z"},"signed_at":"2026-01-02T00:00:00Z",
"pay":{"fees":[{"id":"f","amount":{"amount":"10.00","currency":"EUR"}}]},
"grants":[{"id":"g","channels":["website"],"territory":{"markets":["DE"]},"term":{"from":"signing","months":12}}]}]`
	smallAssets     = `[{"id":"reel","agreement":"ag","creator":"ada"}]`
	smallPlacements = "id,asset,channel,market,start,end\nsite,reel,website,DE,2026-03-01,2026-12-01\n"
)

// given are the flags for the files of small.
func given(more ...string) []string {
	return append([]string{"-agreements", "@/agreements.json", "-assets", "@/assets.json", "-placements", "@/placements.csv"}, more...)
}

// small is an inventory without a fault, but for what overrides it.
func small(override map[string]string) map[string]string {
	files := map[string]string{"agreements.json": smallAgreements, "assets.json": smallAssets, "placements.csv": smallPlacements}
	maps.Copy(files, override)
	return files
}

// reported audits files without going through the command line.
func reported(t testing.TB, override map[string]string) report {
	t.Helper()
	dir := folder(t, small(override))
	at := func(name string) string {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return ""
		}
		return filepath.Join(dir, name)
	}
	r, err := audit(t.Context(), config{
		agreements: at("agreements.json"), assets: at("assets.json"), placements: at("placements.csv"), prices: at("prices.json"), reuse: at("reuse.json"),
		at: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), leads: []int{30, 14, 1},
	})
	require.NoError(t, err)
	r.Files = files{"agreements.json", "assets.json", "placements.csv"}
	return r
}

func demoReport(t testing.TB) report {
	t.Helper()
	at, err := time.Parse(time.RFC3339, demoAt)
	require.NoError(t, err)
	r, err := audit(t.Context(), config{demo: true, at: at, leads: []int{30, 14, 1}})
	require.NoError(t, err)
	return r
}
