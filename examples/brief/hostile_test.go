package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/brief"
)

// worst is text that a terminal, a page and a calendar could each obey.
const worst = "<script>alert(1)</script>\x1b[2J\u202e`|*_\r\nEND:VCALENDAR\x00"

// Whatever a brief says is text in everything that is written.
func TestHostileBrief(t *testing.T) {
	t.Parallel()
	file := mended(t, func(b *brief.Brief) {
		b.Title, b.Message, b.Action, b.Product.Name = worst, worst, worst, worst
		b.Guardrails, b.Usage, b.Contact.Name = []string{worst}, []string{worst}, worst
		b.Pieces[0].Notes, b.Pieces[0].Placement, b.Angles[0].Idea = worst, worst, worst
		b.Elements[1].Text, b.Claims[0].Text, b.Forbidden[0].Why, b.Tracking.Codes[0].Offer = worst, worst, worst, worst
	})
	dir := folder(t, map[string]string{"b.json": file})
	got := call(t, dir, "-brief", "@/b.json", "-known", "@/known.json", "-at", "2026-11-22", "-out", "@/out", "-domain", "demo.example")
	if got.code != exitOK || got.err != "" {
		t.Fatalf("ended with %d: %s", got.code, got.err)
	}
	for _, r := range got.out {
		if r != '\n' && (unicode.IsControl(r) || r == '\u202e') {
			t.Errorf("%U is in the text", r)
		}
	}
	for name, bad := range map[string]string{"brief.html": "<script", "brief.md": "\u202e", "calendar.ics": "\nEND:VCALENDAR\r\nEND"} {
		text, err := os.ReadFile(filepath.Join(dir, "out", name))
		require.NoError(t, err)
		if strings.Contains(string(text), bad) || strings.Contains(string(text), "\x1b") {
			t.Errorf("%s obeys the brief", name)
		}
	}
}

// Names of files and fields come from anybody too.
func TestHostileFault(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(map[string]any{worst: 1, "id": []string{worst}})
	require.NoError(t, err)
	got := call(t, folder(t, map[string]string{"b.json": string(text)}), "-brief", "@/b.json")
	if got.code != exitBad || strings.ContainsAny(got.err, "\x1b\u202e\r\x00") || strings.Count(got.err, "\n") != 3 {
		t.Errorf("ended with %d: %q", got.code, got.err)
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"b.json": strings.Repeat(" ", maxFile+1)})
	got := call(t, dir, "-brief", "@/b.json")
	if want := (ran{exitBad, "", "brief: @/b.json is larger than 4 MB\n"}); got != want {
		t.Errorf("got %+v", got)
	}
}

// What has no fault of its shape can be decoded, and nothing panics.
func FuzzShape(f *testing.F) {
	for _, name := range []string{"draft.json", "mended.json", "post.json", "known.json"} {
		text, err := demoFiles.ReadFile("demo/" + name)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(`{"audience": {"minors": null}, "deliverables": [null], "markets": {}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, into := range []any{&brief.Brief{}, &brief.Content{}, &known{}} {
			if len(shapeFaults(text, reflect.TypeOf(into).Elem())) > 0 {
				continue
			}
			if err := json.Unmarshal(text, into); err != nil {
				t.Errorf("%T: %v", into, err)
			}
		}
	})
}
