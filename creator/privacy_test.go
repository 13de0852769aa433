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

	"github.com/bylinehq/byline"
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

// Where the terms of one platform end sooner, the others stay.
func TestPruneOfOnePlatform(t *testing.T) {
	t.Parallel()
	tiktok := creator.Ref{Platform: byline.TikTok, Handle: "ada_bakes"}
	both := func() creator.Dossier {
		d := goodDossier()
		d.Audiences = append(d.Audiences, creator.Audience{Account: tiktok, Kind: creator.Viewers})
		d.Posts[1].Account = tiktok
		d.Series = append(d.Series, creator.Series{Account: tiktok, Metric: creator.Views})
		d.Comments[1].Platform = byline.TikTok
		d.Rates = append(d.Rates, creator.Rate{Pieces: 1, Price: byline.Minor(1, "EUR")})
		return d
	}
	tests := map[string]struct {
		parts   []int // indices of origins that are YouTube's and over
		dropped []creator.Part
		want    func(*creator.Dossier)
	}{
		"posts":    {[]int{2}, []creator.Part{creator.PartPosts}, func(d *creator.Dossier) { d.Posts = d.Posts[1:] }},
		"rates":    {[]int{6}, []creator.Part{creator.PartRates}, func(d *creator.Dossier) { d.Rates = d.Rates[1:] }},
		"comments": {[]int{4}, []creator.Part{creator.PartComments}, func(d *creator.Dossier) { d.Comments = d.Comments[1:] }},
		"what is of no platform": {[]int{5, 7}, []creator.Part{creator.PartPartnerships, creator.PartReviews}, func(d *creator.Dossier) {
			d.Partnerships, d.Reviews = nil, nil
		}},
		"the account": {
			[]int{0}, []creator.Part{creator.PartProfile, creator.PartAudiences, creator.PartPosts, creator.PartSeries, creator.PartComments},
			func(d *creator.Dossier) {
				d.Profile.Accounts, d.Audiences, d.Posts, d.Series, d.Comments = d.Profile.Accounts[1:], d.Audiences[1:], d.Posts[1:], d.Series[1:], d.Comments[1:]
			},
		},
		"two parts": {[]int{1, 3}, []creator.Part{creator.PartAudiences, creator.PartSeries}, func(d *creator.Dossier) {
			d.Audiences, d.Series = d.Audiences[1:], d.Series[1:]
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, want := both(), both()
			require.NoError(t, d.Validate())
			for _, i := range slices.Backward(tt.parts) {
				d.Origins[i].Platform, d.Origins[i].RetainUntil = byline.YouTube, day(22)
				want.Origins = slices.Delete(want.Origins, i, i+1)
			}
			if name != "the account" { // one for the whole part speaks of TikTok too
				d.Origins = append(d.Origins, creator.Origin{Part: d.Origins[tt.parts[0]].Part, Platform: byline.TikTok, Source: "x", Purpose: "x", CollectedAt: day(1)})
				want.Origins = append(want.Origins, d.Origins[8])
			}
			if slices.Contains(tt.parts, 5) {
				want.Origins = want.Origins[:6]
			}
			tt.want(&want)
			got, dropped := d.Prune(day(22))
			if diff := cmp.Diff(want, got); diff != "" || !slices.Equal(dropped, tt.dropped) {
				t.Errorf("dropped %v, pruned mismatch (-want +got):\n%s", dropped, diff)
			}
			if name != "what is of no platform" {
				require.NoError(t, got.Validate())
			}
		})
	}
}

// Whatever has run out: pruning twice is pruning once, nothing that ran out stays, and what
// is left is valid or only an id.
func TestPruneIsIdempotent(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 9))
	emptied := 0
	for range 300 {
		d := goodDossier()
		d.Posts = append(d.Posts, goodPost("p3", 3))
		d.Posts[2].Account = creator.Ref{Platform: byline.TikTok, Handle: "ada_bakes"}
		d.Origins = append(d.Origins, d.Origins...)
		for i := range d.Origins {
			d.Origins[i].CollectedAt, d.Origins[i].RetainUntil = day(1), day(10+r.IntN(18)/(1+i%2))
			if part := d.Origins[i].Part; part != creator.PartPartnerships && part != creator.PartReviews {
				d.Origins[i].Platform = []byline.Platform{"", byline.YouTube, byline.TikTok}[r.IntN(3)]
			}
		}
		require.NoError(t, d.Validate())
		once, dropped := d.Prune(day(15))
		if len(once.Expired(day(15))) > 0 {
			t.Fatalf("%v ran out and stays", once.Expired(day(15)))
		}
		twice, again := once.Prune(day(15))
		if diff := cmp.Diff(once, twice); diff != "" || len(again) > 0 {
			t.Fatalf("%v were dropped again:\n%s", again, diff)
		}
		if len(once.Profile.Accounts) > 0 {
			require.NoError(t, once.Validate())
			continue
		}
		emptied++
		if diff := cmp.Diff(creator.Dossier{Profile: creator.Profile{ID: "ada"}}, once); diff != "" || dropped[0] != creator.PartProfile {
			t.Fatalf("no account is left and something is (-want +got):\n%s", diff)
		}
	}
	if emptied < 20 || emptied > 280 {
		t.Errorf("%d of 300 ran out", emptied)
	}
}

func TestPruneOfTheProfileKeepsItsID(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	d.Origins[0].RetainUntil = day(21)
	got, dropped := d.Prune(day(22))
	if diff := cmp.Diff(creator.Dossier{Profile: creator.Profile{ID: "ada"}}, got); diff != "" || len(dropped) != 8 || got.Validate() == nil {
		t.Errorf("dropped %v, mismatch (-want +got):\n%s", dropped, diff)
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
