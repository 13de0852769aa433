package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/contracts"
)

// argsVariable makes the test's own binary run as the program, to be killed.
const argsVariable = "PAYOUT_TEST_ARGS"

func TestMain(m *testing.M) {
	if args := os.Getenv(argsVariable); args != "" {
		p := program{dir: os.Getenv("PAYOUT_TEST_DIR"), getenv: func(string) string { return "" }, out: os.Stdout, err: os.Stderr}
		os.Exit(exitOf(p.run(context.Background(), strings.Fields(args))))
	}
	os.Exit(m.Run())
}

// Every step done twice is done once, also where the files are those of before, as a kill
// between the commit and their writing leaves them.
func TestTwice(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, s := range story() {
		for _, c := range s.commands {
			before := d.files(t)
			require.Equal(t, c.status, d.run(t, c.line).code, c.line)
			entries, files := d.entries(t), d.files(t)
			for _, again := range []string{"again", "with the files of before"} {
				if again != "again" {
					d.restore(t, before)
				}
				got := d.run(t, c.line)
				if got.code != c.status && !strings.Contains(got.err, "batch.same_person") {
					t.Errorf("%s, %s: status %d: %s", c.line, again, got.code, got.err)
				}
				if diff := cmp.Diff(entries, d.entries(t)); diff != "" {
					t.Errorf("%s, %s: entries (-once +twice):\n%s", c.line, again, diff)
				}
				if strings.Contains(got.err, "batch.same_person") {
					d.restore(t, files)
				}
				if diff := cmp.Diff(files, d.files(t)); diff != "" {
					t.Errorf("%s, %s: files (-once +twice):\n%s", c.line, again, diff)
				}
			}
		}
	}
}

// files are those of the desk, beside the database.
func (d desk) files(t *testing.T) map[string]string {
	t.Helper()
	names, err := os.ReadDir(d.dir)
	require.NoError(t, err)
	files := map[string]string{}
	for _, f := range names {
		if !strings.HasPrefix(f.Name(), defaultDB) {
			files[f.Name()] = d.read(t, f.Name())
		}
	}
	return files
}

func (d desk) restore(t *testing.T, files map[string]string) {
	t.Helper()
	for name := range d.files(t) {
		if _, was := files[name]; !was {
			require.NoError(t, os.Remove(filepath.Join(d.dir, name)))
		}
	}
	for name, text := range files {
		d.write(t, name, text)
	}
}

// Neither the order of a report's rows nor how often one comes matters, and a report in
// two parts ends where one does.
func TestReportInAnyOrder(t *testing.T) {
	t.Parallel()
	settle := func(reports ...func(bruno, cleo string) string) (contracts.Batch, []string) {
		d := newDesk(t)
		d.must(t, settleLine, proposeLine, lenaLine, maxLine, exportLine)
		items := d.batch(t, "batch.json").Items
		for _, report := range reports {
			d.write(t, "report.csv", "reference,status,at,reason\n"+report(items[0].Reference, items[1].Reference))
			require.NotEqual(t, exitRefused, d.run(t, "reconcile -batch batch.json -report report.csv -at 2026-11-04").code)
		}
		return d.batch(t, "batch.json"), d.entries(t)
	}
	first := func(bruno, cleo string) string {
		return bruno + ",paid,2026-11-03T10:00:00Z,\n" + cleo + ",failed,2026-11-03T10:00:00Z,AC04\n"
	}
	wantBatch, wantEntries := settle(first)
	for name, reports := range map[string][]func(bruno, cleo string) string{
		"the other way round": {func(bruno, cleo string) string {
			return cleo + ",failed,2026-11-03T10:00:00Z,AC04\n" + bruno + ",paid,2026-11-03T10:00:00Z,\n"
		}},
		"each of them twice": {func(bruno, cleo string) string { return first(bruno, cleo) + first(bruno, cleo) }},
		"in two parts": {
			func(_, cleo string) string { return cleo + ",failed,2026-11-03T10:00:00Z,AC04\n" },
			func(bruno, _ string) string { return bruno + ",paid,2026-11-03T10:00:00Z,\n" },
		},
		"with what was under way before": {func(bruno, cleo string) string {
			return first(bruno, cleo) + bruno + ",under_way,2026-11-04T10:00:00Z,\n"
		}},
	} {
		batch, entries := settle(reports...)
		if diff := cmp.Diff(wantBatch, batch); diff != "" {
			t.Errorf("%s: batch (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(wantEntries, entries); diff != "" {
			t.Errorf("%s: entries (-want +got):\n%s", name, diff)
		}
	}
	returned, entries := settle(first, func(bruno, _ string) string { return bruno + ",returned,2026-11-05T10:00:00Z,AC04\n" }, first)
	if returned.Items[0].Status != contracts.ItemReturned || len(entries) <= len(wantEntries) {
		t.Errorf("what came back is %s, with %d entries", returned.Items[0].Status, len(entries))
	}
}

// Killed in the middle of its transaction, a settlement has left nothing, and the next
// run ends where an undisturbed one does.
func TestKill(t *testing.T) {
	t.Parallel()
	orders := manyOrders(3000)
	undisturbed := newDesk(t)
	undisturbed.write(t, "orders-10.csv", orders)
	undisturbed.must(t, settleLine)

	d := newDesk(t)
	d.write(t, "orders-10.csv", orders)
	var told bytes.Buffer
	killed := exec.CommandContext(t.Context(), os.Args[0])
	killed.Env = append(os.Environ(), argsVariable+"="+settleLine, "PAYOUT_TEST_DIR="+d.dir)
	killed.Stdout, killed.Stderr = &told, &told
	require.NoError(t, killed.Start())
	require.Eventually(t, func() bool {
		log, err := os.Stat(filepath.Join(d.dir, defaultDB+"-wal"))
		return err == nil && log.Size() > 1<<20
	}, time.Minute, time.Millisecond, "it never got to work")
	require.NoError(t, killed.Process.Kill())
	if err := killed.Wait(); err == nil {
		t.Fatalf("it was too fast to be killed: %s", &told)
	}
	if left := d.entries(t); len(left) > 0 {
		t.Errorf("%d entries of half a step are left", len(left))
	}
	d.must(t, settleLine)
	if diff := cmp.Diff(undisturbed.entries(t), d.entries(t)); diff != "" {
		t.Errorf("entries (-undisturbed +killed):\n%s", diff)
	}
}

func manyOrders(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	text.WriteString("id,placed_at,payment,currency,gross,discount,codes\n")
	placed := time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)
	for i := range n {
		code := []string{"ADA10", "BRUNO10", ""}[random.IntN(3)]
		fmt.Fprintf(&text, "%d,%s,paid,EUR,%d.%02d,1.00,%s\n", i, placed.Add(time.Duration(i)*time.Minute).Format(time.RFC3339), 10+random.IntN(200), random.IntN(100), code)
	}
	return text.String()
}
