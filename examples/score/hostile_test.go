package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// What is wrong with a file is told whole, and nothing is written.
func TestRefused(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"orders.csv": smallOrders, "offers.csv": smallOffers, "empty.csv": "",
		"semicolon.csv": strings.ReplaceAll(smallOrders, ",", ";"),
		"utf16.csv":     "\xff\xfei\x00d\x00",
		"broken.gz":     "\x1f\x8bnothing that could be unpacked",
		"twice.csv":     "id,id,payment\n",
		"offers-bad.csv": "creator,code,start,end,uses,window_days\n" +
			",ADA15,,,,\nada,,,,,\nbruno,BRUNO,1.11.2026,2026-11-30,many,9999\ncleo,CLEO,2026-11-30,2026-11-01,,\ndario,CLEO,,,,\n\"elif\"x,,\nshort\n",
		"offers-columns.csv": "creater,code,code\nada,A,B\n",
		"offers-bad.json":    `[{"creator":"ada","cod":"ADA15"},{"creator":"","code":"B"},{"creator":"cleo","code":"B","active":{"start":"soon"}},{"creator":"dario","code":"b"}]`,
		"offers-list.json":   `{"creator":"ada"}`,
		"policy.json":        `{"version":"v","rules":[{"evidence":["coupon"]},{"evidence":["click"],"pick":"newest_offer","window_days":-1}],"exclud":{}}`,
		"map.json":           `{"shop":"demo.example","delimeter":";"}`,
		"map-twice.json":     `{"shop":"demo.example"} {}`,
		"map-zone.json":      `{"time_zone":"Mars/Olympus"}`,
		"map-bad.json":       `{"delimiter":"ab","columns":{"id":["nobody"]}}`,
	}
	const orders, offers = "-orders @/orders.csv", " -offers @/offers.csv"
	tests := map[string]struct {
		args string
		want []string // in the error
	}{
		"no such file":       {"-orders @/none.csv" + offers, []string{"open @/none.csv: no such file or directory"}},
		"a folder":           {"-orders @" + offers, []string{"open @: is a folder"}},
		"empty":              {"-orders @/empty.csv" + offers, []string{"@/empty.csv has 1 fault:", "ordercsv.header"}},
		"wrong delimiter":    {"-orders @/semicolon.csv" + offers, []string{"ordercsv.column_missing", `say so with {"delimiter": ";"} in a file for -map`}},
		"UTF-16":             {"-orders @/utf16.csv" + offers, []string{"ordercsv.utf16"}},
		"broken gzip":        {"-orders @/broken.gz" + offers, []string{"gzip: invalid header"}},
		"a column twice":     {"-orders @/twice.csv" + offers, []string{"@/twice.csv has 4 faults:", "id: the file has the column twice (ordercsv.column_twice)"}},
		"offers, no file":    {orders + " -offers @/none.csv", []string{"open @/none.csv"}},
		"offers, empty":      {orders + " -offers @/empty.csv", []string{"offers.empty"}},
		"offers, broken zip": {orders + " -offers @/broken.gz", []string{"gzip: invalid header"}},
		"offers, rows": {orders + " -offers @/offers-bad.csv", []string{
			"@/offers-bad.csv has 8 faults:",
			"offer 0 (line 2).creator: an offer belongs to a creator (required)",
			"offer 1 (line 3).code: an offer needs a code, a link, a page or a UTM value (offer.no_evidence)",
			"offer 2 (line 4).start: neither a day such as 2026-11-30 nor a time such as 2026-11-30T18:00:00Z (offers.time)",
			"offer 2 (line 4).window_days: must be 0 to 3650 days (offer.window_days)",
			"offer 2 (line 4).uses: not a whole number (offers.number)",
			"offer 3 (line 5).active: the window ends before it starts (offer.window_order)",
			"offer 5 (line 7): ", "offer 6 (line 8): 1 cells under 6 names (offers.row)",
		}},
		"offers, columns": {orders + " -offers @/offers-columns.csv", []string{`"creater": not one of creator, `, `"code": the file has the column twice`, "creator: the file has no such column"}},
		"offers, JSON": {orders + " -offers @/offers-bad.json", []string{
			`offer 0: json: unknown field "cod" (offers.json)`, "offer 1.creator: an offer belongs to a creator (required)", "offer 2: parsing time", "offer 3.code: the code is already taken",
		}},
		"offers, no list": {orders + " -offers @/offers-list.json", []string{"not a JSON list of offers"}},
		"policy": {orders + offers + " -policy @/policy.json", []string{
			"@/policy.json has 4 faults:", "exclud: a policy has no such field here; names are in lower case (policy.unknown_field)",
			"rules[0].evidence[0]: not a kind of evidence (policy.evidence)", "rules[1].pick: ", "rules[1].window_days: must be 0 to 3650 days (policy.window)",
		}},
		"preset":       {orders + offers + " -preset best", []string{`no preset "best"; there are byline, `}},
		"against":      {orders + offers + " -against @/policy.json", []string{"@/policy.json has 4 faults:"}},
		"against none": {orders + offers + " -against best", []string{"-against best: neither a file nor one of byline, "}},
		"map":          {orders + offers + " -map @/map.json", []string{`@/map.json: json: unknown field "delimeter"`}},
		"map, twice":   {orders + offers + " -map @/map-twice.json", []string{"something stands behind the mapping"}},
		"map, zone":    {orders + offers + " -map @/map-zone.json", []string{"unknown time zone Mars/Olympus"}},
		"map, faults":  {orders + offers + " -map @/map-bad.json", []string{"ordercsv.delimiter"}},
		"all of it": {"-orders @/empty.csv -offers @/offers-bad.json -policy @/policy.json -against best -map @/map.json", []string{
			"@/offers-bad.json has 4 faults", "@/policy.json has 4 faults", "-against best", "@/map.json",
		}},
		"no place for the result": {orders + offers + " -o @/none/out.txt -bad @/none/bad.csv", []string{"cannot write @/none/out.txt", "cannot write @/none/bad.csv"}},
		"a folder for the result": {orders + offers + " -o @", []string{"it is a folder"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, files)
			got := call(t, dir, "", strings.Fields(tt.args)...)
			if got.code != exitFailed || got.out != "" {
				t.Errorf("status %d, and it wrote %q", got.code, got.out)
			}
			for _, want := range tt.want {
				if !strings.Contains(got.err, want) {
					t.Errorf("%q is not in\n%s", want, got.err)
				}
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != len(files) {
				t.Errorf("the folder holds %d files, %v", len(left), err)
			}
		})
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		args string
		want []string
	}{
		"nothing":       {"", []string{"-orders and -offers say what to score"}},
		"unknown flag":  {"-order x", []string{"flag provided but not defined: -order", "-help"}},
		"no offers":     {"-orders x", []string{"-orders and -offers"}},
		"argument":      {"-orders x -offers y z", []string{`unexpected argument "z"`}},
		"format":        {"-orders x -offers y -format xml", []string{`-format is table, json or html, not "xml"`}},
		"two policies":  {"-orders x -offers y -policy p -preset byline", []string{"-policy and -preset"}},
		"changed":       {"-orders x -offers y -changed z", []string{"-changed needs -against"}},
		"over orders":   {"-orders x -offers y -o ./x", []string{"-orders and -o name one file"}},
		"one file":      {"-orders x -offers y -o z -bad z", []string{"-o and -bad name one file"}},
		"demo and more": {"-demo 10 -orders x", []string{"-demo goes with -o alone"}},
		"demo of none":  {"-demo 0", []string{"-demo is 1 to"}},
		"all of it":     {"-format xml -changed z", []string{"-orders and -offers", "-changed needs", "-format is"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, t.TempDir(), "", strings.Fields(tt.args)...)
			if got.code != exitUsage || got.out != "" {
				t.Errorf("status %d, and it wrote %q", got.code, got.out)
			}
			for _, want := range tt.want {
				if !strings.Contains(got.err, want) {
					t.Errorf("%q is not in\n%s", want, got.err)
				}
			}
		})
	}
	if got := call(t, t.TempDir(), "", "-help"); got.code != exitOK || got.err != "" || !strings.Contains(got.out, "-orders file") || !strings.Contains(got.out, "It ends with 0") {
		t.Errorf("-help: %+v", got)
	}
}

// What can be read of a broken file is scored, and that it is not all is said.
func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(demoFile(t, 2000))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	good := strings.Join(strings.SplitAfter(smallOrders, "\n")[:5], "")
	for name, tt := range map[string]struct {
		orders string
		code   int
		want   []string
	}{
		"header only":      {head, exitOK, []string{"Orders    0\n", "* The file has no order."}},
		"gzip cut short":   {packed.String()[:packed.Len()/2], exitFailed, []string{"! Not all of the file: ordercsv: after row ", "unexpected EOF"}},
		"gzip and rubbish": {packed.String() + "rubbish", exitFailed, []string{"! Not all of the file: "}},
		"10 MB in a field": {good + "99," + strings.Repeat("x", 10<<20) + ",paid,EUR,1,,,,,,\n" + good, exitFailed, []string{"! Not all of the file: line 6: the row is too long", "line 6 "}},
		"an open quote":    {good + "99,\"" + strings.Repeat("x\n", 1<<20), exitFailed, []string{"! Not all of the file: "}},
		"NULs":             {good + "99,2026-11-20T09:00:00Z,paid,EUR,1.00,,\x00A,,,,\n", exitBadRows, []string{"Unreadable  1 row", "line 6  codes: "}},
		"escapes":          {good + "99,\x1b[31m,paid,EUR,1.00,,,,,,\n", exitBadRows, []string{"line 6  placed_at: "}},
		"other cells":      {good + "1,2\n", exitBadRows, []string{"line 6  the row has 2 cells and the header 11"}},
		"only bad rows":    {head + "1,2\n2,3\n", exitBadRows, []string{"Orders      0\n", "Unreadable rows: 2\n", "* None of the rows could be read."}},
		"too much": {
			head + strings.Repeat("1,2026-11-02T09:00:00Z,paid,EUR,2800000000000.00,,,,,,\n2,2026-11-02T09:00:00Z,paid,EUR,2800000000000.00,,,,,,\n", 17_000),
			exitFailed, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, map[string]string{"offers.csv": smallOffers})
			got := call(t, dir, tt.orders, "-orders", "-", "-offers", "@/offers.csv")
			if got.code != tt.code {
				t.Errorf("status %d, not %d: %s", got.code, tt.code, got.err)
			}
			for _, want := range tt.want {
				if !strings.Contains(got.out, want) {
					t.Errorf("%q is not in\n%.2000s", want, got.out)
				}
			}
			if tt.code == exitFailed && got.err == "" {
				t.Error("it failed without a word")
			}
			if tt.want == nil && got.out != "" {
				t.Errorf("a wrong result was written: %s", got.out)
			}
			if strings.ContainsAny(got.out+got.err, "\x00\x1b") {
				t.Error("it obeyed a stranger's control character")
			}
		})
	}
}

// A disk that is full is no success.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skip("no " + full + " here")
	}
	for _, flags := range [][]string{{"-o", full}, {"-o", full, "-format", "html"}, {"-bad", full}, {"-changed", full, "-against", "last-click"}} {
		got := call(t, small(t), "", append([]string{"-orders", "@/orders.csv", "-offers", "@/offers.csv"}, flags...)...)
		if got.code != exitFailed || !strings.Contains(got.err, "no space left on device") {
			t.Errorf("%v: status %d, %s", flags, got.code, got.err)
		}
	}
}

// What stood in the place of a result stays until the new one is whole.
func TestOutputsAreWholeOrNotThere(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"old.txt": "old"})
	path := filepath.Join(dir, "old.txt")
	link := filepath.Join(dir, "link.txt")
	require.NoError(t, os.Symlink(path, link))
	read := func() string {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		return string(text)
	}
	for _, commit := range []bool{false, true} {
		o, err := create(link)
		require.NoError(t, err)
		_, err = o.WriteString("new")
		require.NoError(t, err)
		require.NoError(t, o.Flush())
		if read() != "old" {
			t.Errorf("half of it is there: %q", read())
		}
		if commit {
			require.NoError(t, o.commit())
		}
		o.discard()
	}
	info, err := os.Lstat(link)
	require.NoError(t, err)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	if read() != "new" || info.Mode()&os.ModeSymlink == 0 || len(left) != 2 {
		t.Errorf("%q, %v, %v", read(), info.Mode(), left)
	}
	if diff := cmp.Diff(os.FileMode(0o600), mode(t, path)); diff != "" {
		t.Errorf("mode (-want +got):\n%s", diff)
	}
}

func mode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return info.Mode().Perm()
}

func FuzzOffers(f *testing.F) {
	f.Add([]byte(smallOffers))
	f.Add([]byte(`[{"creator":"ada","code":"ADA15","active":{"start":"2026-11-01T00:00:00Z"}}]`))
	f.Add([]byte("creator,start,uses,products\nada,2026-11-30,3,a|b\n\"x"))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "offers")
		require.NoError(t, os.WriteFile(path, text, 0o600))
		book, offers, err := readOffers(t.Context(), path)
		if err == nil && book.Len() != len(offers) {
			t.Errorf("%d of %d offers", book.Len(), len(offers))
		}
		if err != nil && (err.Error() == "" || book != nil) {
			t.Errorf("%v beside %q", book, err)
		}
	})
}
