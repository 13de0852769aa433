package page

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

// phrases are all words of a language by where they stand.
func phrases(v reflect.Value, path string, all map[string]string) map[string]string {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			phrases(v.Field(i), path+"."+v.Type().Field(i).Name, all)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			phrases(v.MapIndex(key), path+"."+key.String(), all)
		}
	default:
		all[path] = v.String()
	}
	return all
}

// TestWordsAreComplete: every language has every phrase of English, with the same places to
// fill, clean of what a printer would have to clean.
func TestWordsAreComplete(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile(`%[a-z%]`)
	want := phrases(reflect.ValueOf(english()), "", map[string]string{})
	for _, l := range languages() {
		t.Run(l, func(t *testing.T) {
			t.Parallel()
			w, own := wordsIn(l)
			if !own || w.language != l {
				t.Fatalf("language is %q, own %v", w.language, own)
			}
			got := phrases(reflect.ValueOf(w), "", map[string]string{})
			if len(got) != len(want) {
				t.Errorf("%d phrases, want %d", len(got), len(want))
			}
			for path, phrase := range want {
				switch {
				case got[path] == "":
					t.Errorf("%s is missing", path)
				case !slices.Equal(verbs.FindAllString(got[path], -1), verbs.FindAllString(phrase, -1)):
					t.Errorf("%s has other places to fill: %q", path, got[path])
				case !strings.HasPrefix(path, ".co") && lines(got[path]) != got[path]:
					t.Errorf("%s is not clean: %q", path, got[path])
				}
			}
		})
	}
	if _, own := wordsIn("pl"); own {
		t.Error("Polish has words of its own, which the list of languages does not tell")
	}
}

// TestWordsAreSentenceCase looks for Words Like These in the languages that do not write
// nouns so.
func TestWordsAreSentenceCase(t *testing.T) {
	t.Parallel()
	title := regexp.MustCompile(`^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+`)
	for _, l := range []string{"en", "fr", "es", "it", "pt", "nl"} {
		w, _ := wordsIn(l)
		for path, phrase := range phrases(reflect.ValueOf(w), "", map[string]string{}) {
			if title.MatchString(phrase) {
				t.Errorf("%s%s: %q", l, path, phrase)
			}
		}
	}
}

// TestWordsNameEverything: what the vocabulary of a brief can say has a word.
func TestWordsNameEverything(t *testing.T) {
	t.Parallel()
	w := english()
	for _, p := range []byline.Platform{
		byline.Blog, byline.Facebook, byline.Instagram, byline.LinkedIn, byline.Pinterest, byline.Podcast, byline.Snapchat,
		byline.Threads, byline.TikTok, byline.Twitch, byline.X, byline.YouTube,
	} {
		for _, f := range brief.Formats(p) {
			if w.pieces.Formats[f] == "" {
				t.Errorf("no word for the format %s", f)
			}
		}
		if name := (&maker{words: w}).platform(p); name == string(p) {
			t.Errorf("no name for the platform %s", p)
		}
	}
	for _, k := range []brief.ElementKind{
		brief.ShowProduct, brief.SayMessage, brief.CallToAction, brief.NameCode, brief.SetLink, brief.TagAccount, brief.UseHashtag, brief.ShowShot,
	} {
		if w.musts.Kinds[k] == "" {
			t.Errorf("no word for the element %s", k)
		}
	}
	for _, tie := range []disclosure.Tie{
		disclosure.Paid, disclosure.GiftWithAsk, disclosure.GiftUnsolicited, disclosure.Affiliate, disclosure.OwnBrand,
		disclosure.Employment, disclosure.Loan, disclosure.Event,
	} {
		if w.label.Tie[tie] == "" {
			t.Errorf("no word for the tie %s", tie)
		}
	}
	for _, rule := range disclosure.Rules() {
		if m := rule.Market; m != "" && marketName("en", m) == string(m) {
			t.Errorf("no name for the market %s", m)
		}
	}
}

// The second opinion is CLDR's data in golang.org/x/text.
func TestMarketNames(t *testing.T) {
	t.Parallel()
	for _, l := range languages() {
		names := display.Regions(language.MustParse(l))
		listed := 0
		for entry := range strings.SplitSeq(strings.Trim(marketNames(l), "|"), "|") {
			code, name, _ := strings.Cut(entry, " ")
			if diff := cmp.Diff(names.Name(language.MustParseRegion(code)), name); diff != "" {
				t.Errorf("%s of %s (-CLDR +here):\n%s", code, l, diff)
			}
			if got := marketName(l, byline.Market(code)); got != name {
				t.Errorf("%s of %s is %q", code, l, got)
			}
			listed++
		}
		if listed != 46 {
			t.Errorf("%s names %d markets", l, listed)
		}
	}
	for in, want := range map[byline.Market]string{"TV": "TV", "": "", "ZZ": "ZZ", "|\n": "|", "DE Germany": "DE Germany"} {
		if got := marketName("en", in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestLanguageNames(t *testing.T) {
	t.Parallel()
	self := display.Self
	for _, code := range []string{"ar", "da", "de", "en", "es", "fi", "fr", "ga", "hi", "it", "ja", "ko", "nb", "nl", "no", "pl", "pt", "sv", "zh"} {
		if diff := cmp.Diff(strings.ToLower(self.Name(language.MustParse(code))), strings.ToLower(autonym(code))); diff != "" && code != "no" {
			t.Errorf("%s (-CLDR +here):\n%s", code, diff)
		}
	}
	for in, want := range map[string]string{"de": "Deutsch", "DE-at": "Deutsch (DE-at)", "tlh": "tlh", "x\ny": "x y"} {
		if got := languageName(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
