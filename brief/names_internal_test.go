package brief

import (
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// Every market and every language of the rules has the name that the CLDR gives it.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, rule := range disclosure.Rules() {
		if m := rule.Market; len(m) == 2 {
			if got, want := marketName(m), display.English.Regions().Name(language.MustParseRegion(string(m))); got != want {
				t.Errorf("%s is %q, want %q", m, got, want)
			}
		}
		if rule.Label == nil {
			continue
		}
		for _, l := range rule.Label.Accepted {
			if l.Language == "" || l.Language == "no" { // the macrolanguage has the name of its larger form there
				continue
			}
			if got, want := languageName(l.Language+"-XX"), display.English.Languages().Name(language.MustParse(l.Language)); got != want {
				t.Errorf("%s is %q, want %q", l.Language, got, want)
			}
		}
	}
	for got, want := range map[string]string{
		marketName("AQ"): "AQ", marketName(""): "", inMarket("US"): "the United States", inMarket("DE"): "Germany",
		languageName("xx-YY"): "xx-YY", languageName("pt_BR"): "Portuguese", platformName("hologram"): "hologram",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, p := range []byline.Platform{byline.Instagram, byline.TikTok, byline.X, byline.Blog} {
		if platformName(p) == string(p) {
			t.Errorf("%s has no name", p)
		}
	}
}
