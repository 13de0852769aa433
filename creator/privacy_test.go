package creator_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/internal/golden"
)

func TestExpired(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	d.Origins[1].RetainUntil, d.Origins[2].RetainUntil, d.Origins[3].RetainUntil = day(22), day(22).Add(1), day(1).AddDate(-9, 0, 0)
	d.Origins[4].RetainUntil = d.Origins[4].RetainUntil.AddDate(-3000, 0, 0)
	want := []creator.Origin{d.Origins[1], d.Origins[3], d.Origins[4]}
	if diff := cmp.Diff(want, d.Expired(day(22))); diff != "" {
		t.Errorf("expired mismatch (-want +got):\n%s", diff)
	}
	var zero creator.Dossier
	zero.Origins = []creator.Origin{{Part: creator.PartPosts}}
	if got := zero.Expired(day(22)); len(got) > 0 {
		t.Errorf("what has no end has ended: %v", got)
	}
}

func TestPrune(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	d.Origins[4].RetainUntil = day(21) // comments
	d.Origins[2].RetainUntil = day(21) // posts
	d.Origins = append(d.Origins, creator.Origin{Part: creator.PartPosts, Source: "another", Purpose: "x", CollectedAt: day(1)})
	before := d
	got, dropped := d.Prune(day(22))
	if diff := cmp.Diff([]creator.Part{creator.PartPosts, creator.PartComments}, dropped); diff != "" {
		t.Errorf("dropped mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, d); diff != "" {
		t.Errorf("pruning changed its input:\n%s", diff)
	}
	want := goodDossier()
	want.Posts, want.Comments = nil, nil
	want.Origins = append(want.Origins[:2:2], want.Origins[3], want.Origins[5], want.Origins[6], want.Origins[7])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pruned mismatch (-want +got):\n%s", diff)
	}
	require.NoError(t, got.Validate())
}

// Whatever has run out: pruning twice is pruning once, and nothing that ran out stays.
func TestPruneIsIdempotent(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 9))
	for range 150 {
		d := generated(r)
		for i := range d.Origins {
			d.Origins[i].RetainUntil = day(1 + r.IntN(28))
		}
		once, dropped := d.Prune(day(15))
		if len(dropped) != len(d.Expired(day(15))) || len(once.Expired(day(15))) > 0 {
			t.Fatalf("%v were dropped", dropped)
		}
		twice, again := once.Prune(day(15))
		if diff := cmp.Diff(once, twice); diff != "" || len(again) > 0 {
			t.Fatalf("%v were dropped again:\n%s", again, diff)
		}
		for _, f := range once.Review(day(15)) {
			if f.Code == "origin.retention_over" {
				t.Fatalf("%v is still there", f)
			}
		}
	}
}

func TestPruneOfTheProfileKeepsItsID(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	d.Origins[0].RetainUntil = day(21)
	got, dropped := d.Prune(day(22))
	if diff := cmp.Diff(creator.Profile{ID: "ada"}, got.Profile); diff != "" || len(dropped) != 1 || got.Validate() == nil {
		t.Errorf("dropped %v, profile mismatch (-want +got):\n%s", dropped, diff)
	}
}

// A tombstone holds nothing of the person: every text of the dossier is searched in it.
func TestEraseKeepsNothingPersonal(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	d.Series = nil
	got := creator.Erase(d, day(22), "asked for by the creator")
	want := creator.Erasure{Creator: "ada", At: day(22), Reason: "asked for by the creator", Parts: []creator.PartCount{
		{Part: creator.PartProfile, Count: 1}, {Part: creator.PartAudiences, Count: 1}, {Part: creator.PartPosts, Count: 2}, {Part: creator.PartComments, Count: 2},
		{Part: creator.PartPartnerships, Count: 1}, {Part: creator.PartRates, Count: 1}, {Part: creator.PartReviews, Count: 1},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("erasure mismatch (-want +got):\n%s", diff)
	}
	data, err := json.Marshal(got)
	require.NoError(t, err)
	for _, personal := range []string{"Acquaviva", "bakes", "Demo Mill", "reviewer", "starter", "9f86d081884c7d65", "demo export"} {
		if strings.Contains(string(data), personal) {
			t.Errorf("the tombstone says %q", personal)
		}
	}
	var back creator.Erasure
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(got, back); diff != "" {
		t.Errorf("round trip mismatch (-want +got):\n%s", diff)
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	d.Origins = d.Origins[:6]
	d.Series = nil
	d.Comments[0].Text = "two\nlines \x1b[31mand red\u202e"
	e := d.Export(day(22))
	data, err := json.Marshal(e)
	require.NoError(t, err)
	var back creator.Export
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(e, back); diff != "" {
		t.Errorf("round trip mismatch (-want +got):\n%s", diff)
	}
	var text strings.Builder
	require.NoError(t, e.WriteText(&text))
	golden.Equal(t, "export.txt", []byte(text.String()))
	if at := strings.IndexFunc(text.String(), func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) }); at >= 0 {
		t.Errorf("a control character at %d", at)
	}
}

// Every text and number of the JSON is in the text for a reader.
func TestExportTextIsComplete(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	e := d.Export(day(22))
	var text strings.Builder
	require.NoError(t, e.WriteText(&text))
	read := strings.ToLower(text.String())
	for _, o := range d.Origins {
		if !strings.Contains(read, strings.ToLower(o.Source+", for "+o.Purpose)) {
			t.Errorf("the text lacks an origin")
		}
	}
	d.Origins = nil
	data, err := json.Marshal(d)
	require.NoError(t, err)
	in := json.NewDecoder(strings.NewReader(string(data)))
	in.UseNumber()
	leaves := 0
	for {
		token, err := in.Token()
		if err != nil {
			break
		}
		leaf := strings.ToLower(fmt.Sprint(token))
		if _, bracket := token.(json.Delim); bracket || slices.Contains([]string{"value", "definition"}, leaf) {
			continue // a measure is told in words
		}
		leaves++
		if !strings.Contains(read, leaf) && !strings.Contains(read, strings.ReplaceAll(leaf, "_", " ")) {
			t.Errorf("the text lacks %q", leaf)
		}
	}
	if leaves < 250 {
		t.Errorf("%d leaves were looked at", leaves)
	}
}
