package tracking_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

func TestNaming(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		naming tracking.Naming
		want   attribution.UTM
		exact  bool // the ids come back as they were
	}{
		"slugs": {
			tracking.Naming{Campaign: "autumn-26", Creator: "ada", Platform: byline.TikTok, Placement: "bio"},
			attribution.UTM{Source: "tiktok", Medium: "creator", Campaign: "autumn-26", Content: "ada--autumn-26", Term: "bio"}, true,
		},
		"no placement": {
			tracking.Naming{Campaign: "c1", Creator: "cr7", Platform: "x"},
			attribution.UTM{Source: "x", Medium: "creator", Campaign: "c1", Content: "cr7--c1"}, true,
		},
		"numbers": {
			tracking.Naming{Campaign: "2026", Creator: "12345678", Platform: "x"},
			attribution.UTM{Source: "x", Medium: "creator", Campaign: "2026", Content: "12345678--2026"}, true,
		},
		"case, accents and signs": {
			tracking.Naming{Campaign: "Été 2026: 10%!", Creator: "CR_01__Ⅳ", Platform: "You Tube", Placement: "-Story-"},
			attribution.UTM{Source: "you-tube", Medium: "creator", Campaign: "ete-2026-10", Content: "cr-01-iv--ete-2026-10", Term: "story"}, false,
		},
		"letters that do not come apart": {
			tracking.Naming{Campaign: "straße", Creator: "øda", Platform: "x"},
			attribution.UTM{Source: "x", Medium: "creator", Campaign: "stra-e", Content: "da--stra-e"}, false,
		},
		"as long as it may be": {
			tracking.Naming{Campaign: byline.CampaignID(strings.Repeat("c", 74)), Creator: byline.CreatorID(strings.Repeat("a", 74)), Platform: "x"},
			attribution.UTM{Source: "x", Medium: "creator", Campaign: strings.Repeat("c", 74), Content: strings.Repeat("a", 74) + "--" + strings.Repeat("c", 74)}, true,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.naming.UTM()
			require.NoError(t, err)
			diff(t, tt.want, got)
			back, ok := tracking.ReadNaming(got)
			if !ok || (back == tt.naming) != tt.exact {
				t.Errorf("ReadNaming = %+v, %v", back, ok)
			}
			link := tracking.Link{Target: "https://demo.example/", UTM: got}
			address, err := link.URL()
			require.NoError(t, err)
			checkRoundTrip(t, link, address)
		})
	}
}

var faultyNamings = map[string]struct {
	naming tracking.Naming
	want   []string
}{
	"nothing":             {tracking.Naming{}, []string{"campaign required", "creator required", "platform required"}},
	"nothing left":        {tracking.Naming{Campaign: "アダ", Creator: "--", Platform: "x", Placement: "?"}, []string{"campaign tracking.slug", "creator tracking.slug", "placement tracking.slug"}},
	"an e-mail address":   {tracking.Naming{Campaign: "c", Creator: "mira@example.com", Platform: "x"}, []string{"creator tracking.personal"}},
	"a number":            {tracking.Naming{Campaign: "c", Creator: "+49 151 12345678", Platform: "x"}, []string{"creator tracking.personal"}},
	"a number as a slug":  {tracking.Naming{Campaign: "c", Creator: "555_010_9999", Platform: "x"}, []string{"creator tracking.personal"}},
	"an id too long":      {tracking.Naming{Campaign: byline.CampaignID(strings.Repeat("c", 256)), Creator: "a", Platform: "x"}, []string{"campaign tracking.length"}},
	"a slug too long":     {tracking.Naming{Campaign: byline.CampaignID(strings.Repeat("c", 151)), Creator: "a", Platform: "x"}, []string{"campaign tracking.length"}},
	"together too long":   {tracking.Naming{Campaign: byline.CampaignID(strings.Repeat("c", 75)), Creator: byline.CreatorID(strings.Repeat("a", 74)), Platform: "x"}, []string{"creator tracking.length"}},
	"a slug that expands": {tracking.Naming{Campaign: byline.CampaignID(strings.Repeat("\ufdfa", 20)) + "x", Creator: "a", Platform: "\ufb03" + "x"}, nil},
}

func TestNamingFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range faultyNamings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.naming.UTM()
			diff(t, tt.want, faultsOf(err))
			if (got == attribution.UTM{}) == (tt.want == nil) {
				t.Errorf("%+v beside %v", got, err)
			}
		})
	}
}

func TestReadNamingOfOthers(t *testing.T) {
	t.Parallel()
	good := attribution.UTM{Source: "tiktok", Medium: "creator", Campaign: "c", Content: "ada--c", Term: "bio"}
	if _, ok := tracking.ReadNaming(good); !ok {
		t.Fatal("the model is not read")
	}
	others := map[string]func(*attribution.UTM){
		"nothing":              func(u *attribution.UTM) { *u = attribution.UTM{} },
		"another medium":       func(u *attribution.UTM) { u.Medium = "cpc" },
		"no pair":              func(u *attribution.UTM) { u.Content = "ada" },
		"another campaign":     func(u *attribution.UTM) { u.Campaign = "d" },
		"three":                func(u *attribution.UTM) { u.Content = "ada--c--d" },
		"three dashes":         func(u *attribution.UTM) { u.Content = "ada---c" },
		"upper case":           func(u *attribution.UTM) { u.Source = "TikTok" },
		"no creator":           func(u *attribution.UTM) { u.Content = "--c" },
		"an id":                func(u *attribution.UTM) { u.ID = "x" },
		"a placement of signs": func(u *attribution.UTM) { u.Term = "b_io" },
	}
	for name, change := range others {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := good
			change(&u)
			if n, ok := tracking.ReadNaming(u); ok {
				t.Errorf("read as %+v", n)
			}
		})
	}
}

func TestLandingPage(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ base, creator, address, page string }{
		"a shop":             {"https://demo.example", "ada", "https://demo.example/ada", "/ada"},
		"a slash at the end": {"https://demo.example/", "ada", "https://demo.example/ada", "/ada"},
		"below a path":       {"https://demo.example/With", "Ada_1", "https://demo.example/With/ada-1", "/with/ada-1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := tracking.Naming{Creator: byline.CreatorID(tt.creator)}
			address, page, err := n.LandingPage(tt.base)
			require.NoError(t, err)
			diff(t, tt.address, address)
			diff(t, tt.page, page)
			diff(t, "page:"+page, seen(t, tracking.Visit(address, at(), "test")))
		})
	}
}

func TestLandingPageFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		base, creator string
		want          []string
	}{
		"nothing":         {"", "", []string{"base required", "creator required"}},
		"a query":         {"https://demo.example/?x=1", "ada", []string{"base tracking.url"}},
		"a fragment":      {"https://demo.example/#x", "ada", []string{"base tracking.url"}},
		"another scheme":  {"ftp://demo.example/", "mira@example.com", []string{"base tracking.scheme", "creator tracking.personal"}},
		"a path too long": {"https://demo.example/" + strings.Repeat("a", 255), "ada", []string{"base tracking.url"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := tracking.Naming{Creator: byline.CreatorID(tt.creator)}
			_, _, err := n.LandingPage(tt.base)
			diff(t, tt.want, faultsOf(err))
		})
	}
}
