package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestDemo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got := call(t, dir, "-demo", "-o", "@/report.html", "-json", "@/report.json")
	want := ran{exitOK, "3 placements run without the right to. 5 will, from 1 Dec 2026 on, if nothing changes.\n@/report.html\n", ""}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(ran{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, name := range []string{"report.html", "report.json"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		equalGolden(t, name, text)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("the folder holds %d files, %v", len(left), err)
	}
	if failed := call(t, dir, "-demo", "-fail"); failed.code != exitBreach || !strings.HasPrefix(failed.out, "<!doctype html>") {
		t.Errorf("status %d", failed.code)
	}
}

// What is wrong with any file is told with all that is wrong with the others.
func TestRefused(t *testing.T) {
	t.Parallel()
	bad := map[string]string{
		"agreements.json": `[{"id":"ag","version":1}, {"id":"a","verion":1}, {"id":3}, ` + smallAgreements[1:len(smallAgreements)-1] + `, ` + smallAgreements[1:],
		"assets.json": `[{"id":"reel"},{"id":"reel"},{"agreement":"ag"},{"id":"x","permissions":[{"channel":"website","status":"Active","markets":["XX"]}]},
{"id":"y","views":{"value":1,"missing":"hidden"}}]`,
		"prices.json":    `{"agreements":{"ag":{"base":{"amount":"1.00","currency":"EUR"},"order":"both","add_ons":[{"id":"base","rate":"5%"}]}},"otherwise":{"order":"additive"}}`,
		"reuse.json":     `[{"id":"r","use":{"market":"XX"},"sample":0}]`,
		"header.csv":     "id,asset,chanel,market,market,start\n",
		"list.json":      `{"id":"a"}`,
		"behind.json":    `[] []`,
		"empty.csv":      "",
		"bad-price.json": `{"agreement":{}}`,
	}
	for name, tt := range map[string]struct {
		args []string
		want []string
	}{
		"all of it": {given("-prices", "@/prices.json", "-reuse", "@/reuse.json"), []string{
			"@/agreements.json has ", "[0].creator: ", "[0].campaign: ", "[0].effective.start: ", "(agreement.start)", `[1]: unknown field "verion" (json.value)`,
			"[2].id: a JSON number cannot be read here", "[4].version: this version of the agreement stands twice (rights.version_twice)",
			"@/assets.json has 6 faults:", "[1].id: this asset stands twice (asset.twice)", "[2].id: a value is required (required)",
			"[3].permissions[0].channel: only spark_ad", "[3].permissions[0].status: pending, active", "[3].permissions[0].markets[0]: not an ISO", "[4]: a measure has a value or a reason, not both",
			"@/prices.json has 3 faults:", "agreements.ag.order: ", "agreements.ag.add_ons[0].id: ", "otherwise.base: ",
			"@/reuse.json has ", "\n  [0].use.market", "\n  [0].sample",
		}},
		"header":        {append(given(), "-placements", "@/header.csv"), []string{`"chanel": not one of id, asset`, "market: the file has the column twice", "channel: the file has no such column"}},
		"no list":       {append(given(), "-assets", "@/list.json", "-placements", "@/list.json"), []string{"@/list.json has 1 fault:", "not a JSON list"}},
		"two lists":     {append(given(), "-assets", "@/behind.json"), []string{"something stands behind it"}},
		"empty":         {append(given(), "-placements", "@/empty.csv"), []string{"the file has no header (csv.header)"}},
		"no file":       {append(given(), "-assets", "@/none.json"), []string{"open @/none.json: no such file", "@/agreements.json has"}},
		"prices":        {given("-prices", "@/bad-price.json"), []string{`unknown field "agreement"`}},
		"a folder":      {append(given(), "-assets", "@"), []string{"is a directory"}},
		"nothing":       {nil, []string{"-agreements, -assets and -placements say what to audit"}},
		"demo and more": {given("-demo"), []string{"-demo brings its own data"}},
		"flag":          {[]string{"-demos"}, []string{"-demos", "-help"}},
		"argument":      {[]string{"-demo", "x"}, []string{`unexpected argument "x"`}},
		"at and leads":  {[]string{"-demo", "-at", "today", "-leads", "30,0"}, []string{"-at is a time", "-leads are up to"}},
		"over itself":   {given("-o", "@/assets.json"), []string{"-assets and -o name one file"}},
		"two into one":  {[]string{"-demo", "-o", "@/r", "-json", "@/r"}, []string{"-o and -json name one file"}},
		"no place":      {[]string{"-demo", "-o", "@/none/r.html"}, []string{"cannot write @/none/r.html"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, small(bad))
			got := call(t, dir, append([]string(nil), tt.args...)...)
			if got.code != exitBad || got.out != "" {
				t.Errorf("status %d, and it wrote %.200q", got.code, got.out)
			}
			for _, want := range tt.want {
				if !strings.Contains(got.err, want) {
					t.Errorf("%q is not in\n%s", want, got.err)
				}
			}
		})
	}
}

// A row that cannot be read is told by its number, and the others are audited.
func TestBadRows(t *testing.T) {
	t.Parallel()
	dir := folder(t, small(map[string]string{
		"placements.csv": "\ufeffID, asset ,channel,market,start,end,cost,impressions,raw,edit\n" +
			"good,reel,website,DE,2026-03-01,2026-12-01,1.50 EUR,5,false,\n" +
			",,blog,Germany,,,,,,\n" +
			"late,reel,website,DE,2026-03-01,2026-02-01,1.505 EUR,many,yes,upside-down\n" +
			"good,reel,website,DE,2026-03-01,,,,,\n" +
			"short,reel\n" +
			"quote,\"re\"el,website,DE,2026-03-01,,,,,\n" +
			"late,reel,website,DE,2026-03-01,2026-12-01,,,,\n" +
			"also,reel,email,DE,2026-03-01T10:00:00+01:00,,,,,\n" +
			"order,reel,website,DE,2026-03-01,2026-02-01,,-1,,upside-down\n",
		"placements.json": `[{"id":"good","asset":"nobody's","use":{"channel":"website","market":"DE","at":"2026-03-01T00:00:00Z"},"cost":{"amount":"1.50","currency":"EUR"}},
{"id":"bad","asset":"reel","use":{"channel":"website","market":"DE"}},{"id":"worse","use":3},"none"]`,
	}))
	got := call(t, dir, given("-o", "@/r.html", "-json", "@/r.json")...)
	want := ran{exitBad, "1 placement runs without the right to.\n@/r.html\n", `rights: 6 placements could not be read, and so not audited:
  row 3: id: a value is required (required); asset: a value is required (required); channel: not a channel that this version knows (oneof); market: not an ISO 3166-1 country code (market); and 1 more
  row 4: cost: EUR has 2 decimals (money.precision); impressions: not a whole number (csv.number); raw: neither true nor false (csv.bool)
  row 5: id: row 2 has this id already (placement.twice)
  row 6: the row has 2 cells and the header 10 (csv.cells)
  row 7: extraneous or missing " in quoted-field (csv.syntax)
  row 10: end: the placement ends before it starts (audit.order); edit: not an edit that this version knows (oneof); impressions: a number of 0 or more (min)
`}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(ran{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	page, err := os.ReadFile(filepath.Join(dir, "r.html"))
	require.NoError(t, err)
	if !strings.Contains(string(page), "6 rows of the inventory could not be read") {
		t.Error("the page does not say what is missing from it")
	}
	got = call(t, dir, "-agreements", "@/agreements.json", "-assets", "@/assets.json", "-placements", "@/placements.json", "-json", "@/r.json")
	require.Equal(t, exitBad, got.code)
	for _, want := range []string{"row 2: use.at: a value is required", "row 3: use: a JSON number", "row 4: "} {
		if !strings.Contains(got.err, want) {
			t.Errorf("%q is not in\n%s", want, got.err)
		}
	}
	var r struct {
		Audit   struct{ Placements, Running int } `json:"audit"`
		Unknown []string                          `json:"unknown_assets"`
	}
	text, err := os.ReadFile(filepath.Join(dir, "r.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &r))
	if r.Audit.Running != 1 || len(r.Unknown) != 1 || !strings.Contains(got.out, "1 asset is not in the list of assets") {
		t.Errorf("%+v", r)
	}
}

func TestEnds(t *testing.T) {
	t.Parallel()
	breach := "id,asset,channel,market,start\np,reel,email,DE,2026-03-01\n"
	for name, tt := range map[string]struct {
		placements string
		args       []string
		code       int
		verdict    string
	}{
		"in order":     {smallPlacements, []string{"-fail"}, exitOK, "No known breach, now or to come."},
		"breach":       {breach, nil, exitOK, "1 placement runs without the right to."},
		"breach, fail": {breach, []string{"-fail"}, exitBreach, "1 placement runs without the right to."},
		"to come, fail": {
			"id,asset,channel,market,start\np,reel,website,DE,2026-03-01\n",
			[]string{"-fail"}, exitOK, "No known breach now. 1 will, from 2 Jan 2027 on, if nothing changes.",
		},
		"nothing":         {"id,asset,channel,market,start\n", []string{"-fail"}, exitOK, "There are no placements to audit."},
		"too much money":  {"id,asset,channel,market,start,cost\n" + "a,reel,email,DE,2026-03-01,90000000000000000.00 EUR\nb,reel,email,DE,2026-03-01,90000000000000000.00 EUR\n", nil, exitBad, ""},
		"the end of time": {"id,asset,channel,market,start,end\np,reel,website,DE,0001-01-02,9999-12-31\n", []string{"-json", "/dev/null"}, exitOK, "1 will"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, folder(t, small(map[string]string{"placements.csv": tt.placements})), given(append(tt.args, "-o", "@/r.html")...)...)
			if got.code != tt.code || !strings.Contains(got.out, tt.verdict) || (tt.verdict == "" && got.err == "") {
				t.Errorf("status %d: %s%s", got.code, got.out, got.err)
			}
		})
	}
	if got := call(t, t.TempDir(), "-help"); got.code != exitOK || !strings.Contains(got.out, "-placements") {
		t.Errorf("status %d: %s", got.code, got.out)
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		if got := call(t, t.TempDir(), "-demo", "-o", "/dev/full"); got.code != exitBad || !strings.Contains(got.err, "no space left") {
			t.Errorf("status %d: %s", got.code, got.err)
		}
	}
}
