package creator_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/internal/promise"
)

func goodProfile() creator.Profile {
	seen := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	return creator.Profile{
		ID: "ada", Name: "Ada Acquaviva",
		Accounts: []creator.Account{
			{Platform: byline.YouTube, Handle: "ada.bakes", Followers: byline.Known(12_300, "youtube.subscribers.rounded3", seen)},
			{Platform: byline.TikTok, Handle: "ada_bakes", Followers: byline.Missing(byline.Hidden, "tiktok.followers", seen)},
		},
	}
}

type at struct{ Path, Code string }

// faultsOf returns where the faults of an error are and their codes, in order.
func faultsOf(t *testing.T, err error) []at {
	t.Helper()
	if err == nil {
		return nil
	}
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok || !errors.Is(err, byline.ErrInvalid) {
		t.Fatalf("error is %v", err)
	}
	var faults []at
	for _, f := range all.Fields {
		if f.Message == "" {
			t.Errorf("%s has no message", f.Path)
		}
		faults = append(faults, at{f.Path, f.Code})
	}
	return faults
}

type profileCase struct {
	name string
	edit func(*creator.Profile)
	want at
}

// profileCases break a good profile in one place each.
func profileCases() []profileCase {
	return []profileCase{
		{"no id", func(p *creator.Profile) { p.ID = "" }, at{"id", "required"}},
		{"no name", func(p *creator.Profile) { p.Name = "" }, at{"name", "required"}},
		{"a name of 201 letters", func(p *creator.Profile) { p.Name = strings.Repeat("é", 201) }, at{"name", "max"}},
		{"no accounts", func(p *creator.Profile) { p.Accounts = nil }, at{"accounts", "required"}},
		{"an empty list of accounts", func(p *creator.Profile) { p.Accounts = []creator.Account{} }, at{"accounts", "min"}},
		{"no platform", func(p *creator.Profile) { p.Accounts[1].Platform = "" }, at{"accounts[1].platform", "required"}},
		{"no handle", func(p *creator.Profile) { p.Accounts[0].Handle = "" }, at{"accounts[0].handle", "required"}},
		{"a handle of 201 letters", func(p *creator.Profile) { p.Accounts[1].Handle = strings.Repeat("a", 201) }, at{"accounts[1].handle", "max"}},
		{"an @ before the handle", func(p *creator.Profile) { p.Accounts[1].Handle = "@ada" }, at{"accounts[1].handle", "profile.handle"}},
		{"an @ in the handle", func(p *creator.Profile) { p.Accounts[1].Handle = "ada@home" }, at{"accounts[1].handle", "profile.handle"}},
		{"a space in the handle", func(p *creator.Profile) { p.Accounts[0].Handle = "ada bakes" }, at{"accounts[0].handle", "profile.handle"}},
		{"a line break after the handle", func(p *creator.Profile) { p.Accounts[0].Handle = "ada\r\n" }, at{"accounts[0].handle", "profile.handle"}},
		{"a no-break space from a web page", func(p *creator.Profile) { p.Accounts[0].Handle = "ada\u00a0" }, at{"accounts[0].handle", "profile.handle"}},
		{"an ideographic space", func(p *creator.Profile) { p.Accounts[0].Handle = "ada\u3000" }, at{"accounts[0].handle", "profile.handle"}},
		{
			"fewer than no followers", func(p *creator.Profile) {
				p.Accounts[0].Followers = byline.Known(-1, "youtube.subscribers.rounded3", time.Time{})
			},
			at{"accounts[0].followers", "profile.followers"},
		},
		{
			"fewer than none followed", func(p *creator.Profile) {
				p.Accounts[1].Following = byline.Known(-1, "tiktok.following", time.Time{})
			},
			at{"accounts[1].following", "profile.following"},
		},
		{
			"fewer than no posts", func(p *creator.Profile) { p.Accounts[0].Posts = byline.Known(-0.5, "youtube.videos", time.Time{}) },
			at{"accounts[0].posts", "profile.posts"},
		},
		{"a market that is none", func(p *creator.Profile) { p.Market = "ZZ" }, at{"market", "market"}},
		{"a market in small letters", func(p *creator.Profile) { p.Market = "de" }, at{"market", "market"}},
		{"a language in words", func(p *creator.Profile) { p.Languages = []string{"de", "english"} }, at{"languages[1]", "bcp47_language_tag"}},
		{"an empty language", func(p *creator.Profile) { p.Languages = []string{""} }, at{"languages[0]", "required"}},
		{"a contact that is a word", func(p *creator.Profile) { p.Contact = "maybe" }, at{"contact", "oneof"}},
		{"an empty vector", func(p *creator.Profile) { p.Embeddings = map[string][]float32{"m1": {}} }, at{"embeddings[m1]", "profile.embedding"}},
		{"a vector of no model", func(p *creator.Profile) { p.Embeddings = map[string][]float32{"": {1}} }, at{"embeddings[]", "profile.embedding"}},
		{
			"a vector that is not a number", func(p *creator.Profile) {
				p.Embeddings = map[string][]float32{"m0": {1}, "m1": {1, float32(math.NaN())}}
			},
			at{"embeddings[m1]", "profile.embedding"},
		},
		{
			"a vector without end", func(p *creator.Profile) { p.Embeddings = map[string][]float32{"m1": {float32(math.Inf(-1))}} },
			at{"embeddings[m1]", "profile.embedding"},
		},
		{"an account twice", func(p *creator.Profile) { p.Accounts[1] = p.Accounts[0] }, at{"accounts[1]", "profile.account_twice"}},
		{
			"an account twice, in other case", func(p *creator.Profile) {
				p.Accounts = append(p.Accounts, creator.Account{Platform: byline.YouTube, Handle: "Ada.Bakes"})
			},
			at{"accounts[2]", "profile.account_twice"},
		},
	}
}

func TestValidateRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range profileCases() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := goodProfile()
			tt.edit(&p)
			if diff := cmp.Diff([]at{tt.want}, faultsOf(t, p.Validate())); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValidateKeepsItsPromise(t *testing.T) {
	t.Parallel()
	var produced []string
	for _, first := range profileCases() {
		for _, second := range profileCases() { // with itself too
			p := goodProfile()
			first.edit(&p)
			if len(p.Accounts) > 1 {
				second.edit(&p)
			}
			for _, f := range faultsOf(t, p.Validate()) {
				produced = append(produced, f.Code)
			}
		}
	}
	slices.Sort(produced)
	if diff := cmp.Diff(promise.Codes(t, "profile.go", "Validate"), slices.Compact(produced)); diff != "" {
		t.Errorf("codes mismatch (-promised +produced):\n%s", diff)
	}
}

func TestValidateReportsAllAtOnce(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   creator.Profile
		want []at
	}{
		{"the zero profile", creator.Profile{}, []at{{"id", "required"}, {"name", "required"}, {"accounts", "required"}}},
		{
			"many faults", creator.Profile{Accounts: []creator.Account{
				{Handle: "@ada", Followers: byline.Known(-5, "", time.Time{})},
				{Platform: byline.Blog},
				{Platform: byline.TikTok, Handle: "a b"},
				{Platform: byline.TikTok, Handle: "A B"},
			}},
			[]at{
				{"id", "required"}, {"name", "required"}, {"accounts[0].platform", "required"}, {"accounts[1].handle", "required"},
				{"accounts[0].handle", "profile.handle"}, {"accounts[0].followers", "profile.followers"},
				{"accounts[2].handle", "profile.handle"}, {"accounts[3].handle", "profile.handle"}, {"accounts[3]", "profile.account_twice"},
			},
		},
		{
			"what is missing is not there twice",
			creator.Profile{ID: "ada", Name: "Ada", Accounts: []creator.Account{{Handle: "ada"}, {Handle: "ada"}, {Platform: byline.X}, {Platform: byline.X}}},
			[]at{
				{"accounts[0].platform", "required"}, {"accounts[1].platform", "required"},
				{"accounts[2].handle", "required"}, {"accounts[3].handle", "required"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, faultsOf(t, tt.in.Validate())); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValidateAccepts(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*creator.Profile){
		"a full profile":                  func(*creator.Profile) {},
		"a platform of the caller's own":  func(p *creator.Profile) { p.Accounts[0].Platform = "weibo" },
		"the same handle on two":          func(p *creator.Profile) { p.Accounts[1].Handle = p.Accounts[0].Handle },
		"two handles on the same":         func(p *creator.Profile) { p.Accounts[1].Platform = p.Accounts[0].Platform },
		"no followers at all":             func(p *creator.Profile) { p.Accounts[0].Followers = byline.Known(0, "x", time.Time{}) },
		"followers that nobody asked for": func(p *creator.Profile) { p.Accounts[0].Followers = byline.Measure{} },
		"names of 200 letters": func(p *creator.Profile) {
			p.Name, p.Accounts[0].Handle = strings.Repeat("é", 200), strings.Repeat("é", 200)
		},
	}
	for name, edit := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := goodProfile()
			edit(&p)
			require.NoError(t, p.Validate())
			data, err := json.Marshal(p)
			require.NoError(t, err)
			var back creator.Profile
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(p, back); diff != "" {
				t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProfileWithoutFollowersIsNotZero(t *testing.T) {
	t.Parallel()
	var p creator.Profile
	require.NoError(t, json.Unmarshal([]byte(`{"id":"a","name":"A","accounts":[{"platform":"x","handle":"a"}]}`), &p))
	if _, known := p.Accounts[0].Followers.Value(); known {
		t.Error("followers that are not in the JSON are known")
	}
	if got := p.Accounts[0].Followers.Missing(); got != byline.NotCollected {
		t.Errorf("they are missing because %q", got)
	}
}

func TestAccount(t *testing.T) {
	t.Parallel()
	p := goodProfile()
	p.Accounts = append(p.Accounts, creator.Account{Platform: byline.TikTok, Handle: "second"})
	got, ok := p.Account(byline.TikTok)
	if diff := cmp.Diff(p.Accounts[1], got); diff != "" || !ok {
		t.Errorf("ok %t, account mismatch (-want +got):\n%s", ok, diff)
	}
	if got, ok := p.Account(byline.Podcast); ok || !cmp.Equal(got, creator.Account{}) {
		t.Errorf("an account on no platform of hers: %v, %t", got, ok)
	}
	if got, ok := (creator.Profile{}).Account(""); ok {
		t.Errorf("an empty profile has %v", got)
	}
}
