package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// What the program says of the small orders, in each format and under two policies.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"table":        {},
		"json":         {"-format", "json"},
		"html":         {"-format", "html"},
		"what_if":      {"-against", "last-click"},
		"what_if.json": {"-against", "last-click", "-format", "json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := small(t)
			got := call(t, dir, "", append([]string{"-orders", "@/orders.csv", "-offers", "@/offers.csv"}, args...)...)
			if got.code != exitBadRows || got.err != "" {
				t.Errorf("status %d, %s", got.code, got.err)
			}
			equalGolden(t, name+".golden.txt", []byte(got.out))
		})
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	dir := small(t)
	got := call(t, dir, "", "-orders", "@/orders.csv", "-offers", "@/offers.csv", "-against", "last-click",
		"-changed", "@/changed.csv", "-bad", "@/bad.csv", "-o", "@/result.txt")
	if diff := cmp.Diff(ran{code: exitBadRows}, got, cmp.AllowUnexported(ran{})); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	for _, name := range []string{"changed.csv", "bad.csv"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		equalGolden(t, name, text)
	}
	result, err := os.ReadFile(filepath.Join(dir, "result.txt"))
	require.NoError(t, err)
	for _, want := range []string{"Every changed order with both reasons: " + dir + "/changed.csv", dir + "/bad.csv has them too."} {
		if !strings.Contains(string(result), want) {
			t.Errorf("the result does not say %q", want)
		}
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	if len(left) != 5 {
		t.Errorf("the folder holds %v", left)
	}
}

// The same orders give the same result however they arrive.
func TestWays(t *testing.T) {
	t.Parallel()
	dir := small(t)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := io.WriteString(w, smallOrders)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	offers := `[{"creator":"ada","campaign":"autumn","code":"ADA15","link":"ada","active":{}},` +
		`{"creator":"bruno","campaign":"autumn","code":"BRUNO","link":"bruno","active":{}},` +
		`{"creator":"cleo","campaign":"autumn","code":"CLEO10","link":"cleo","active":{"end":"2026-11-01T00:00:00Z"}}]`
	require.NoError(t, os.WriteFile(filepath.Join(dir, "orders.csv.gz"), packed.Bytes(), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "offers.json"), []byte(offers), 0o600))
	want := call(t, dir, "", "-orders", "@/orders.csv", "-offers", "@/offers.csv").out
	_, want, _ = strings.Cut(want, "\n")
	for name, tt := range map[string]struct {
		stdin string
		args  []string
	}{
		"gzip":           {"", []string{"-orders", "@/orders.csv.gz", "-offers", "@/offers.csv"}},
		"standard input": {smallOrders, []string{"-orders", "-", "-offers", "@/offers.csv"}},
		"gzip on it":     {packed.String(), []string{"-orders", "-", "-offers", "@/offers.csv"}},
		"offers in JSON": {"", []string{"-orders", "@/orders.csv", "-offers", "@/offers.json"}},
		"byline preset":  {"", []string{"-orders", "@/orders.csv", "-offers", "@/offers.csv", "-preset", "byline"}},
		"byte order":     {"\ufeff" + strings.ReplaceAll(smallOrders, "\n", "\r\n"), []string{"-orders", "-", "-offers", "@/offers.csv"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, dir, tt.stdin, tt.args...)
			_, out, _ := strings.Cut(got.out, "\n")
			if name == "byline preset" { // it names itself
				out = strings.ReplaceAll(out, ", which mimics the default of this library: the owner of a genuine code, else the last click or visit", "")
			}
			if diff := cmp.Diff(want, out); diff != "" || got.code != exitBadRows {
				t.Errorf("status %d (-want +got):\n%s\n%s", got.code, diff, got.err)
			}
		})
	}
}

// A file in another form, with local times.
func TestMapping(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(readme), "```json\n")
	mapping, _, _ := strings.Cut(rest, "```")
	dir := folder(t, map[string]string{
		"map.json":   mapping,
		"offers.csv": smallOffers,
		// Half past midnight in Berlin is the last of October in UTC, when cleo's code still counts.
		"orders.csv": "Order;Date;Status;Total;Code\n1;01.11.2026 00:30;bezahlt;1042,50;CLEO10\n2;01.11.2026 01:30;offen;30,00;CLEO10\n",
	})
	got := call(t, dir, "", "-orders", "@/orders.csv", "-offers", "@/offers.csv", "-map", "@/map.json", "-format", "json")
	var r report
	require.NoError(t, json.Unmarshal([]byte(got.out), &r))
	if got.code != exitOK || r.Credited != 1 || r.Counted != 2 || r.Clicks || r.Currencies[0].Creators[0].Earning.String() != "1042.50 EUR" {
		t.Errorf("status %d: %s%s", got.code, got.out, got.err)
	}
	_, rest, _ = strings.Cut(string(readme), "```csv\n")
	example, _, _ := strings.Cut(rest, "```")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "example.csv"), []byte(example), 0o600))
	if got := call(t, dir, head, "-orders", "-", "-offers", "@/example.csv"); got.code != exitOK {
		t.Errorf("the README's offers: status %d, %s", got.code, got.err)
	}
}

func TestShopifyExport(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"offers.csv": smallOffers})
	const export = "Name,Email,Financial Status,Currency,Subtotal,Taxes,Discount Code,Discount Amount,Created at,Note Attributes,Canceled at,Refunded Amount,Id,Source\n" +
		"#1001,shopper@demo.example,paid,EUR,42.50,6.79,ADA15,7.50,2026-11-20 13:30:00 -0500,_bl: ada,,0.00,5001,web\n"
	for name, want := range map[string]string{shopifyTaxIncluded: "€35.71", shopifyTaxAdded: "€42.50"} {
		got := call(t, dir, export, "-orders", "-", "-offers", "@/offers.csv", "-map", name, "-shop", "demo.myshopify.com")
		if got.code != exitOK || !strings.Contains(got.out, want) || strings.Contains(got.out, "shopper") {
			t.Errorf("%s: status %d, %s%s", name, got.code, got.out, got.err)
		}
	}
}

// cancelling ends a context when it has given its text, and then says nothing more.
type cancelling struct {
	text   io.Reader
	cancel func()
	silent chan struct{}
}

func (c *cancelling) Read(p []byte) (int, error) {
	n, err := c.text.Read(p)
	if err != nil {
		c.cancel()
		<-c.silent
	}
	return n, nil
}

// Ctrl-C ends the reading, even of a pipe that says nothing, and what was scored stays.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	dir := small(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in := &cancelling{strings.NewReader(smallOrders), cancel, make(chan struct{})}
	defer close(in.silent)
	var out, errs bytes.Buffer
	code := run(ctx, []string{"-orders", "-", "-offers", filepath.Join(dir, "offers.csv"), "-o", filepath.Join(dir, "out.txt")}, streams{in, &out, &errs})
	result, err := os.ReadFile(filepath.Join(dir, "out.txt"))
	require.NoError(t, err)
	if code != exitFailed || !strings.Contains(string(result), "! Not all of the file: interrupted.") || !strings.Contains(string(result), "\nada ") {
		t.Errorf("status %d:\n%s", code, result)
	}
	const want = "score: the end of the standard input was not reached: interrupted; the result is of the first 15 rows\n"
	if diff := cmp.Diff(want, errs.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestInterruptedFile(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"orders.csv": string(demoFile(t, 2000)), "offers.csv": smallOffers})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := callWith(ctx, t, dir, "", "-orders", "@/orders.csv", "-offers", "@/offers.csv")
	if got.code != exitFailed || !strings.Contains(got.out, "! Not all of the file: interrupted.") {
		t.Errorf("status %d, %s%s", got.code, got.out, got.err)
	}
	got = callWith(ctx, t, dir, "", "-demo", "2000", "-o", "@/demo")
	if files, _ := os.ReadDir(filepath.Join(dir, "demo")); got.code != exitFailed || len(files) > 0 {
		t.Errorf("status %d, %v", got.code, files)
	}
}
