package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/contracts"
)

var update = flag.Bool("update", false, "rewrite the golden files with what the tests got")

// equalGolden compares got with a file of testdata, byte by byte.
func equalGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o750))
		require.NoError(t, os.WriteFile(path, got, 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "write it with -update")
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// desk is a folder in which somebody works.
type desk struct{ dir string }

// newDesk has the files of the demo.
func newDesk(t *testing.T) desk {
	t.Helper()
	dir, err := program{}.demoFolder(t.TempDir())
	require.NoError(t, err)
	return desk{dir}
}

// ran is how a command ended.
type ran struct {
	out, err string
	code     int
}

// run runs a command line. Words with spaces are given as words.
func (d desk) run(t testing.TB, line string, words ...string) ran {
	t.Helper()
	var out, told bytes.Buffer
	p := program{dir: d.dir, getenv: func(string) string { return "" }, out: &out, err: &told}
	err := p.run(t.Context(), append(strings.Fields(line), words...))
	tell(&told, err)
	return ran{out.String(), told.String(), exitOf(err)}
}

// must runs command lines that have to go well.
func (d desk) must(t testing.TB, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if got := d.run(t, line); got.code != exitOK {
			t.Fatalf("%s: status %d: %s", line, got.code, got.err)
		}
	}
}

func (d desk) read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(d.dir, name))
	require.NoError(t, err)
	return string(data)
}

func (d desk) write(t testing.TB, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600))
}

func (d desk) batch(t testing.TB, name string) contracts.Batch {
	t.Helper()
	var b contracts.Batch
	require.NoError(t, json.Unmarshal([]byte(d.read(t, name)), &b))
	return b
}

// entries is every row of the ledger, as it stands on the disk.
func (d desk) entries(t testing.TB) []string {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(d.dir, defaultDB))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	rows, err := db.QueryContext(t.Context(), `SELECT subject || ' ' || revision || ' ' || creator || ' ' || kind || ' ' || account || ' ' || amount || currency || ' ' || posted_at
		FROM contracts_entry ORDER BY subject, revision, position`)
	require.NoError(t, err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var row string
		require.NoError(t, rows.Scan(&row))
		all = append(all, row)
	}
	require.NoError(t, rows.Err())
	return all
}

// Lines of the story that tests begin with.
const (
	settleLine  = "settle -orders orders-10.csv -offers offers.json -agreements terms.json -progress progress-10.json -at 2026-10-31"
	proposeLine = "propose -payees payees-10.json -rail sepa -min 25.00EUR -by kim -id 2026-10 -at 2026-11-02T09:00:00Z -o batch.json"
	lenaLine    = "approve -batch batch.json -by lena -at 2026-11-02T10:00:00Z"
	maxLine     = "approve -batch batch.json -by max -at 2026-11-02T11:00:00Z"
	exportLine  = "export -batch batch.json -o payout.xml -at 2026-11-02T12:00:00Z"
	reportLine  = "reconcile -batch batch.json -report report-10.xml -at 2026-11-04T09:00:00Z"
)
