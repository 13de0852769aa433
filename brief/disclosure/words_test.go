package disclosure_test

import (
	"strings"
	"testing"
	"unicode"

	d "github.com/bylinehq/byline/brief/disclosure"
)

func TestWordsContain(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text, phrase string
		want         bool
	}{
		"a word":                        {"This is a cure.", "cure", true},
		"part of a word":                {"A secure manicure", "cure", false},
		"in capitals":                   {"A CURE", "cure", true},
		"in full width":                 {"Ｃｕｒｅ", "cure", true},
		"with an invisible sign":        {"cu\u200bre", "cure", true},
		"an accent in two forms":        {"cafe\u0301", "café", true},
		"an accent left out":            {"cafe", "café", false},
		"German sharp s":                {"STRASSE", "Straße", true},
		"Turkish i":                     {"İNDİRİM", "indirim", true},
		"as a hashtag":                  {"so good #cure", "cure", true},
		"as a name":                     {"by @cure", "cure", true},
		"a hashtag that is asked for":   {"so good demo", "#demo", false},
		"a hashtag that is there":       {"so good #Demo", "#demo", true},
		"a name is no hashtag":          {"@demo", "#demo", false},
		"several words":                 {"the miracle\ncure", "miracle cure", true},
		"with others between":           {"the miracle of a cure", "miracle cure", false},
		"joined by a hashtag":           {"#MiracleCure", "miracle cure", true},
		"joined by a line":              {"#miracle_cure", "miracle cure", true},
		"joined without a sign":         {"miraclecure", "miracle cure", false},
		"in an address":                 {"see https://shop.example/cure", "cure", false},
		"at the end":                    {"miracle", "miracle cure", false},
		"only signs":                    {"🌱", "🌱", false},
		"nothing":                       {"cure", "", false},
		"Japanese inside a run":         {"新割引情報", "割引", true},
		"Japanese over scripts":         {"このクリームの効果です", "クリームの効果", true},
		"Japanese that is not there":    {"この化粧水", "クリーム", false},
		"Korean with a particle":        {"할인을 받으세요", "할인", true},
		"Thai inside a run":             {"ครีมลดราคาวันนี้", "ลดราคา", true},
		"Cyrillic":                      {"Скидка!", "скидка", true},
		"a letter that only looks like": {"с\u0443re", "cure", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := d.WordsOf(tt.text).Contains(d.WordsOf(tt.phrase)); got != tt.want {
				t.Errorf("%q in %q: %t", tt.phrase, tt.text, got)
			}
		})
	}
}

func TestNormal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		" Up\n to  30 %": "up to 30 %", "“It’s” – ＯＫ": `"it's" - ok`, "a\u200bb": "ab", "": "", "Stra\u00dfe": "strasse",
	} {
		if got := d.Normal(text); got != want {
			t.Errorf("Normal(%q) = %q, want %q", text, got, want)
		}
	}
}

// What holds of any text: it contains itself if it has words and no address, folding
// twice is folding once, and what stands around a phrase does not hide it.
func FuzzWords(f *testing.F) {
	for _, text := range []string{"cure", "#cure @demo", "割引", "Stra\u00dfe", "İ", "a\u0301", "🇩🇪", "ลดราคา", "\xff", "https://demo.example/a"} {
		f.Add(text, "miracle cure")
	}
	f.Fuzz(func(t *testing.T, text, phrase string) {
		words, wanted := d.WordsOf(text), d.WordsOf(phrase)
		if words.Len() > 0 && !words.Contains(words) {
			t.Errorf("%q does not contain itself", text)
		}
		if wanted.Len() == 0 && words.Contains(wanted) {
			t.Errorf("%q contains nothing of %q", text, phrase)
		}
		if words.Contains(wanted) && !d.WordsOf("before\n"+text+"\nafter").Contains(wanted) {
			t.Errorf("%q is lost between others in %q", phrase, text)
		}
		// golang.org/x/text v0.43 folds the capitals of Cherokee to small letters, and those to
		// capitals.
		cherokee := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cherokee, r) })
		if once := d.Normal(text); !cherokee && d.Normal(once) != once {
			t.Errorf("folding %q twice gives another text", text)
		}
	})
}

func BenchmarkWordsContain(b *testing.B) {
	text, phrase := d.WordsOf(strings.Repeat("miracle ", 12_500)), d.WordsOf(strings.Repeat("miracle ", 50)+"cure")
	for b.Loop() {
		text.Contains(phrase)
	}
}
