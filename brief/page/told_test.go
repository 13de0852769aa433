package page_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/page"
)

func TestEveryExclusionIsTold(t *testing.T) {
	t.Parallel()
	doc := made(t, brief.Brief{
		Title: "Demo", Language: "en", OtherBrands: brief.Allowed, Music: brief.Licensed, Politics: brief.Excluded, Profanity: brief.Excluded,
	}, "en")
	want := []page.Block{{Rows: []page.Line{
		{Lead: "Other brands", Text: "allowed"},
		{Lead: "Music", Text: "only with a licence that covers the agreed use"},
		{Lead: "Politics", Text: "not allowed"},
		{Lead: "Swearing", Text: "not allowed"},
	}}}
	if diff := cmp.Diff(want, section(t, doc, page.Musts).Blocks); diff != "" {
		t.Errorf("blocks mismatch (-want +got):\n%s", diff)
	}
}

// TestPlaceOfALabelInAnotherLanguage: rules that list no word in the language of the
// content still say where a label has to stand.
func TestPlaceOfALabelInAnotherLanguage(t *testing.T) {
	t.Parallel()
	places := func(language string) []page.Line {
		b := full()
		b.Language, b.Disclosures = language, b.Disclosures[:1]
		return section(t, made(t, b, "en"), page.Disclosure).Blocks[0].Labels[0].Where
	}
	want := places("de")
	if len(want) == 0 {
		t.Fatal("no places for German")
	}
	for _, language := range []string{"en", "fi"} {
		if diff := cmp.Diff(want, places(language)); diff != "" {
			t.Errorf("places for %s (-German +%s):\n%s", language, language, diff)
		}
	}
}

func TestLabelsOfSeveralMarketsAddUp(t *testing.T) {
	t.Parallel()
	label := func(market, text string) brief.Disclosure {
		return brief.Disclosure{Market: byline.Market(market), Language: "de", Label: text}
	}
	tests := map[string]struct {
		labels []brief.Disclosure
		want   bool
	}{
		"one market":                  {[]brief.Disclosure{label("DE", "Anzeige")}, false},
		"one market, two labels":      {[]brief.Disclosure{label("DE", "Anzeige"), label("DE", "Werbung")}, false},
		"two markets with one label":  {[]brief.Disclosure{label("DE", "Werbung"), label("AT", "Werbung")}, false},
		"two markets with their own":  {[]brief.Disclosure{label("DE", "Anzeige"), label("AT", "Werbung")}, true},
		"a market without a label":    {[]brief.Disclosure{label("DE", "Anzeige"), label("AT", " ")}, false},
		"two that share and a third":  {[]brief.Disclosure{label("DE", "Werbung"), label("AT", "Werbung"), label("CH", "Anzeige")}, true},
		"the same market in two ways": {[]brief.Disclosure{label("DE", "Anzeige"), label("DE", "Anzeige")}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := made(t, brief.Brief{Title: "Demo", Language: "de", Disclosures: tt.labels}, "en")
			said := slices.ContainsFunc(section(t, doc, page.Disclosure).Blocks[0].Text, func(l page.Line) bool {
				return strings.Contains(l.Text, "the labels of all of them")
			})
			if said != tt.want {
				t.Errorf("said %v, want %v", said, tt.want)
			}
		})
	}
}

func TestGuardrailsHaveTheirOwnHeading(t *testing.T) {
	t.Parallel()
	doc := made(t, full(), "en")
	want := page.Section{Key: page.Guardrails, Heading: "Ground rules", Blocks: []page.Block{{List: []page.Line{
		{Text: "No boiling water near children or pets."}, {Text: "Nothing about other makers' prices."},
	}}}}
	if diff := cmp.Diff(want, section(t, doc, page.Guardrails)); diff != "" {
		t.Errorf("section mismatch (-want +got):\n%s", diff)
	}
}

func TestFormsOfAPhraseStandBesideIt(t *testing.T) {
	t.Parallel()
	b := brief.Brief{Title: "Demo", Language: "en", Forbidden: []brief.Phrase{
		{Text: "heals", Forms: []string{"healed", "", "heals", "heal\ning"}, Why: "a cosmetic"}, {Text: " ", Forms: []string{"cures"}}, {Text: "\n"},
	}}
	want := []page.Block{{List: []page.Line{
		{Lead: "Do not say", Text: "“heals”, “healed”, “heal ing”", Note: "a cosmetic"}, {Lead: "Do not say", Text: "“cures”"},
	}}}
	if diff := cmp.Diff(want, section(t, made(t, b, "en"), page.Avoid).Blocks); diff != "" {
		t.Errorf("blocks mismatch (-want +got):\n%s", diff)
	}
}

func TestNotesArePartedFromTheirValue(t *testing.T) {
	t.Parallel()
	doc := made(t, brief.Brief{ID: "winter-ada", Version: 2, Title: "Demo", Language: "en"}, "en")
	if text := html(t, doc); !strings.Contains(text, "<bdi>2</bdi> <small>– <bdi>winter-ada</bdi></small>") {
		t.Errorf("page:\n%s", text)
	}
}

func TestAddressesBreakBehindTheirSigns(t *testing.T) {
	t.Parallel()
	address := "https://demo.example/go/ada?a=1&b=2"
	doc := made(t, brief.Brief{
		Title: "Demo", Language: "en", References: []brief.Reference{{URL: address}},
		Tracking: brief.Tracking{Links: []brief.Link{{Key: "demo", URL: address, Expires: day(time.December, 1)}}},
	}, "en")
	want := "https://<wbr>demo.example/<wbr>go/<wbr>ada?<wbr>a=1&amp;<wbr>b=2<"
	text := html(t, doc)
	require.Equal(t, 2, strings.Count(text, want), text)
	checkHTML(t, text)
}
