package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func TestDemo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got := call(t, dir, "-demo", "-out", "@/new/sendable")
	if got.code != exitOK || got.err != "" {
		t.Errorf("ended with %d: %s", got.code, got.err)
	}
	equalGolden(t, "demo.txt", []byte(got.out))
	dir = filepath.Join(dir, "new", "sendable")
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	names := map[string]bool{}
	for _, f := range files {
		names[f.Name()] = true
	}
	var r report
	require.NoError(t, json.Unmarshal([]byte(call(t, dir, "-demo", "-out", "@", "-json").out), &r))
	if len(r.Files) != 4 || len(r.Files) != len(names) {
		t.Errorf("%d files are told of, and %d written", len(r.Files), len(names))
	}
	for _, path := range r.Files {
		name := filepath.Base(path)
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		if len(text) < 1000 {
			t.Errorf("%s has %d bytes", name, len(text))
		}
		if slices.Contains([]string{"brief.md", "calendar.ics"}, name) {
			equalGolden(t, name, text)
		}
	}
}

// The draft has what the README says, and the mended brief nothing that blocks.
func TestDemoFindings(t *testing.T) {
	t.Parallel()
	var r report
	require.NoError(t, json.Unmarshal([]byte(call(t, "no such folder", "-demo", "-json").out), &r))
	got := map[string]bool{}
	for _, f := range r.Draft.Findings {
		got[f.Code] = true
	}
	for _, code := range []string{
		"brief.claim_forbidden", "brief.claim_unproved", "brief.code_expires", "brief.deliverable_size", "brief.deliverable_vague", "brief.disclosure_missing", "brief.disclosure_wrong",
		"brief.product_late", "brief.review_too_long", "brief.script_passage", "brief.script_orders", "brief.silence_open", "brief.toggle_missing",
	} {
		if !got[code] {
			t.Errorf("the draft lacks %s", code)
		}
	}
	if !blocks(r.Draft.Findings) || blocks(r.Brief.Findings) {
		t.Error("the draft can be sent, or the mended brief cannot")
	}
}

func TestPost(t *testing.T) {
	t.Parallel()
	got := call(t, "demo", "-brief", "@/mended.json", "-known", "@/known.json", "-post", "@/post.json", "-at", "2027-01-09")
	if got.code != exitBlocked || got.err != "" {
		t.Errorf("ended with %d: %s", got.code, got.err)
	}
	equalGolden(t, "post.txt", []byte(got.out))
	withDemo := call(t, "demo", "-demo", "-post", "@/post.json", "-at", "2027-01-09")
	if diff := cmp.Diff(got, withDemo, cmp.AllowUnexported(ran{})); diff != "" {
		t.Errorf("the demo's brief is another (-want +got):\n%s", diff)
	}
}

// A draft of which next to nothing is known has open points, and no point is taken for
// granted.
func TestEmptyPost(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"post.json": `{"id": "x", "piece": 0, "texts": []}`})
	got := call(t, dir, "-demo", "-post", "@/post.json")
	if !strings.Contains(got.out, "Nobody can tell yet\n") || !strings.Contains(got.out, "(needs texts)") {
		t.Error(got.out)
	}
}

func TestNothingKnown(t *testing.T) {
	t.Parallel()
	got := call(t, "demo", "-brief", "@/mended.json")
	if got.code != exitOK || !strings.Contains(got.out, "in all: the brand's holidays and time zone are not known") {
		t.Errorf("ended with %d:\n%s%s", got.code, got.out, got.err)
	}
}

func TestBlockedBriefIsNotWritten(t *testing.T) {
	t.Parallel()
	dir := folder(t, nil)
	got := call(t, dir, "-brief", "@/draft.json", "-out", "@/out", "-domain", "demo.example", "-at", "2026-11-22T09:00:00Z")
	if _, err := os.Stat(filepath.Join(dir, "out")); got.code != exitBlocked || !errors.Is(err, os.ErrNotExist) || strings.Contains(got.out, "Ready") {
		t.Errorf("ended with %d, and the folder: %v", got.code, err)
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got := call(t, dir, "-demo", "-out", "@", "-lang", "de")
	require.Empty(t, got.err)
	text, err := os.ReadFile(filepath.Join(dir, "brief.html"))
	require.NoError(t, err)
	if !bytes.Contains(text, []byte(`lang="de"`)) {
		t.Error("the page is in another language")
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	got := call(t, "no such folder", "-help")
	if got.code != exitOK || !strings.HasPrefix(got.out, usage) {
		t.Errorf("ended with %d:\n%s", got.code, got.out)
	}
}

func TestCalledWrongly(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args  string
		files map[string]string
		want  string
	}{
		"nothing":          {"", nil, "-brief names the file to review; try -demo first, or -help\n"},
		"two faults":       {"-demo -known x -at tomorrow", nil, "-demo brings its own brief and what is known besides\n-at is a day such as 2026-11-22 or a time such as 2026-11-22T09:00:00Z, not \"tomorrow\"\n"},
		"argument":         {"-demo more", nil, "unexpected argument \"more\"\n"},
		"flag":             {"-deom", nil, "flag provided but not defined: -deom; -help lists what there is\n"},
		"no domain":        {"-brief @/mended.json -out @/out", nil, "-out needs -domain, a domain of your own, for the ids in the calendar\n"},
		"out and post":     {"-demo -out @/out -post @/post.json", nil, "-out sends a brief and -post checks what came of it; one at a time\n"},
		"year":             {"-demo -at 9999-01-01", nil, "-at is a day such as 2026-11-22 or a time such as 2026-11-22T09:00:00Z, not \"9999-01-01\"\n"},
		"no file":          {"-brief @/none.json", nil, "open @/none.json: no such file or directory\n"},
		"a folder":         {"-brief @", nil, "read @: is a directory\n"},
		"not JSON":         {"-brief @/b.json", map[string]string{"b.json": "{\"id\": }"}, "@/b.json has 1 fault:\n  not JSON: invalid character '}' looking for beginning of value, at byte 8 (json.syntax)\n"},
		"two values":       {"-brief @/b.json", map[string]string{"b.json": "{} {}"}, "@/b.json has 1 fault:\n  not JSON: invalid character '{' after top-level value, at byte 4 (json.syntax)\n"},
		"null":             {"-brief @/b.json", map[string]string{"b.json": " null "}, "@/b.json has 1 fault:\n  there is nothing in it (json.value)\n"},
		"a list":           {"-brief @/b.json", map[string]string{"b.json": "[]"}, "@/b.json has 1 fault:\n  this is no JSON object (json.value)\n"},
		"zone":             {"-brief @/mended.json -known @/k.json", map[string]string{"k.json": `{"audience_zone": "Mars/Olympus", "brand": {"zone": "Local"}}`}, "@/k.json has 1 fault:\n  brand.zone: not an IANA time zone that is known here (calendar.zone)\n"},
		"audience":         {"-brief @/mended.json -known @/k.json", map[string]string{"k.json": `{"audience_zone": "Mars/Olympus"}`}, "@/k.json has 1 fault:\n  audience_zone: not an IANA time zone that is known here (known.zone)\n"},
		"post":             {"-demo -post @/p.json", map[string]string{"p.json": `{"texts": [{"were": "caption"}], "looked": {"one": "yes"}}`}, "@/p.json has 2 faults:\n  looked: a JSON number one cannot be read as int (json.value)\n  texts[0].were: there is no such field (json.unknown)\n"},
		"language of page": {"-demo -out @/out -lang english!", nil, "the page has 1 fault:\n  options.language: not a BCP 47 language tag (page.language)\n"},
		"domain":           {"-demo -out @/out -domain a..b", nil, "calendar.ics has 1 fault:\n  domain: not a domain name (ics.domain)\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, folder(t, test.files), strings.Fields(test.args)...)
			if diff := cmp.Diff(ran{exitBad, "", "brief: " + test.want}, got, cmp.AllowUnexported(ran{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What the typefaces lack keeps back the PDF alone.
func TestPDFRefused(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"b.json": mended(t, func(b *brief.Brief) { b.Title = "冬のハンドバーム" })})
	got := call(t, dir, "-brief", "@/b.json", "-known", "@/known.json", "-at", "2026-11-22", "-out", "@/out", "-domain", "demo.example")
	if got.code != exitOK || !strings.Contains(got.out, "Ready to send: @/out/brief.html, @/out/brief.md, @/out/calendar.ics\nNot written: brief.pdf: ") {
		t.Errorf("ended with %d:\n%s%s", got.code, got.out, got.err)
	}
}

// Whoever mends a file gets all its faults, and then all of its sense.
func TestAllFaults(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ file, want string }{
		"shape": {
			`{"Title": 3, "title": 3, "deliverables": [{"count": "a", "posting": {"start": "x", "y": 1}}], "audience": {"minors": {"value": "3"}}, "approval": 1}`,
			`@/b.json has 7 faults:
  Title: there is no such field (json.unknown)
  approval: this is no JSON object (json.value)
  audience.minors: a JSON string cannot be read as float64 (json.value)
  deliverables[0].count: a JSON string cannot be read as int (json.value)
  deliverables[0].posting.start: parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006" (json.value)
  deliverables[0].posting.y: there is no such field (json.unknown)
  title: a JSON number cannot be read as string (json.value)
`,
		},
		"sense": {
			mended(t, func(b *brief.Brief) { b.Markets, b.Pieces[1].Tags, b.Language = nil, []string{"acornandash"}, "" }),
			`@/b.json has 3 faults:
  language: a value is required (required)
  markets: a value is required (required)
  deliverables[1].tags[0]: an account begins with @ (piece.tag)
`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, folder(t, map[string]string{"b.json": test.file}), "-brief", "@/b.json")
			if diff := cmp.Diff(ran{exitBad, "", "brief: " + test.want}, got, cmp.AllowUnexported(ran{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestManyFaults(t *testing.T) {
	t.Parallel()
	file := `{"brands": [` + strings.Repeat("1,", 149) + `1]}`
	got := call(t, folder(t, map[string]string{"b.json": file}), "-brief", "@/b.json")
	if !strings.Contains(got.err, "has 150 faults:") || !strings.HasSuffix(got.err, "\n  and 50 more\n") {
		t.Error(got.err)
	}
}

// What cannot be written is told, and no half of a file stays behind.
func TestWriteFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "brief.html", "taken"), 0o750))
	got := call(t, dir, "-demo", "-out", "@")
	if got.code != exitBad || got.out != "" || !strings.Contains(got.err, "cannot write @/brief.html") {
		t.Errorf("ended with %+v", got)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	if len(left) != 1 {
		t.Errorf("%s stayed behind", left[0].Name())
	}
}

func TestRemarks(t *testing.T) {
	t.Parallel()
	found := []byline.Finding{{Message: "a", Path: "x"}, {Message: "b", Path: "x"}, {Message: "a", Path: "y"}, {Message: "a", Path: "x"}, {Message: "a", Severity: byline.Info}}
	var got []string
	for _, r := range remarksOf(found) {
		got = append(got, r.Message+" "+strings.Join(r.paths, ","))
	}
	if diff := cmp.Diff([]string{"a x,y", "b x", "a "}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
