package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// Columns stay columns whatever the names are written in.
func TestGrid(t *testing.T) {
	t.Parallel()
	g := grid{}
	g.add("Creator", "Orders", "Earning")
	for _, name := range []string{"ada", "chloé", "chloe\u0301", "美咲", "ｆｕｌｌ", "김", "👩‍🍳", "\x1b[31mred", "a\u202eb", strings.Repeat("long", 30), strings.Repeat("美", 40)} {
		g.add(name, "1,234", "€12.50")
	}
	lines := strings.Split(strings.TrimSuffix(g.String(), "\n"), "\n")
	for _, line := range lines {
		if width(line) != width(lines[0]) {
			t.Errorf("%q is %d columns wide, not %d", line, width(line), width(lines[0]))
		}
		if strings.ContainsAny(line, "\x1b\u202e") {
			t.Errorf("%q holds what a terminal obeys", line)
		}
	}
	if diff := cmp.Diff("ada                                    1,234   €12.50", lines[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"0": showCount(0), "999": showCount(999), "1,000": showCount(1000), "−1,234,567": showCount(-1_234_567), "−100": showCount(-100),
		"–": percent(0, 0), "0%": percent(0, 7), "<1%": percent(1, 1000), "50%": percent(1, 2), ">99%": percent(999, 1000), "100%": percent(7, 7), "33%": percent(1, 3),
		"A. B c.": sentences("a.", "", "b c"), "Éa.": sentences("éa"), "1 Nov 2026": span(day(1), day(1)), "1 Nov 2026 to 2 Nov 2026": span(day(1), day(2)),
		"'=1+1": harmless("=1+1"), "a=1": harmless("a=1"),
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func day(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.UTC) }

func TestProgress(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	at := day(1)
	p := &progress{out: &out, now: func() time.Time { return at }, total: 1000, started: at}
	at = at.Add(10 * time.Second)
	p.at(50_000, 4_000_000, 250)
	p.at(50_001, 4_000_080, 251) // too soon to be shown
	at = at.Add(10 * time.Second)
	p.at(200_000, 16_000_000, 1000)
	p.done()
	want := "\r[######..................]  25%  50,000 rows  4.0 MB  5,000 rows/s  30s left" +
		"\r[########################] 100%  200,000 rows  16.0 MB  10,000 rows/s  0s left" +
		"\r" + strings.Repeat(" ", 78) + "\r"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p.total = 0
	if diff := cmp.Diff("7 rows  0.0 MB  3 rows/s", p.line(2*time.Second, 7, 7, 7)); diff != "" {
		t.Errorf("of a pipe (-want +got):\n%s", diff)
	}
}

// Where nobody looks, nothing is shown.
func TestProgressOnNoTerminal(t *testing.T) {
	t.Parallel()
	file, err := os.Create(t.TempDir() + "/log")
	require.NoError(t, err)
	for _, p := range []*progress{newProgress(&bytes.Buffer{}, false, 1), newProgress(file, false, 1)} {
		p.at(1, 1, 1)
		p.done()
		if p.out != nil {
			t.Error("it writes to what is no terminal")
		}
	}
	info, err := file.Stat()
	require.NoError(t, err)
	require.NoError(t, file.Close())
	if info.Size() > 0 {
		t.Errorf("%d bytes were written", info.Size())
	}
}
