package disclosure

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// texts of words with their sign, "~" before words of an address.
func spelt(text string) []string {
	var all []string
	for _, w := range read(text) {
		s := w.text
		if w.sign != 0 {
			s = string(w.sign) + s
		}
		if w.link {
			s = "~" + s
		}
		all = append(all, s)
	}
	return all
}

func TestRead(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"nothing":                    {"", nil},
		"signs alone":                {"!? # @ … 🎉", nil},
		"a hashtag":                  {"#ad Love", []string{"#ad", "love"}},
		"a longer hashtag":           {"#adidas", []string{"#adidas"}},
		"full width":                 {"＃ＡＤ ａｄ", []string{"#ad", "ad"}},
		"small number sign":          {"﹟ad", []string{"#ad"}},
		"letters in circles":         {"Ⓐⓓ", []string{"ad"}},
		"letters of mathematics":     {"𝐀𝐝 𝓪𝓭", []string{"ad", "ad"}},
		"zero width":                 {"#a\u200bd \u2066#ad\u2069 \ufeffad", []string{"#ad", "#ad", "ad"}},
		"a soft hyphen":              {"Wer\u00adbung", []string{"werbung"}},
		"a Hangul filler":            {"광\u3164고", []string{"광고"}},
		"decomposed":                 {"Publicite\u0301 PUBLICITÉ", []string{"publicité", "publicité"}},
		"struck through":             {"#a\u0336d\u0336", []string{"#a\u0336d\u0336"}},
		"sharp s":                    {"Straße STRASSE STRAẞE", []string{"strasse", "strasse", "strasse"}},
		"Turkish":                    {"İŞBİRLİĞİ işbirliği TANITIM tanıtım", []string{"işbirliği", "işbirliği", "tanitim", "tanitim"}},
		"Hebrew":                     {"\u200fפרסומת: #פרסומת", []string{"פרסומת", "#פרסומת"}},
		"a handle with dots":         {"@acme.skin_care.", []string{"@acmeskincare"}},
		"a name with a sign":         {"Acme™ Acme® Acme’s", []string{"acme", "acme", "acme", "s"}},
		"underscores":                {"_Ad_ #ad_acme", []string{"ad", "#ad_acme"}},
		"a hashtag with a number":    {"#ad2026 #4you", []string{"#ad2026", "#4you"}},
		"Han and kana":               {"広告です", []string{"広告", "です"}},
		"Latin and kana":             {"これはPRです", []string{"これは", "pr", "です"}},
		"half-width kana":            {"ﾌﾟﾛﾓｰｼｮﾝ", []string{"プロモーション"}},
		"a hashtag of two scripts":   {"#PR告知", []string{"#pr告知"}},
		"Hangul in brackets":         {"[광고]오늘", []string{"광고", "오늘"}},
		"decomposed Hangul":          {"\u1100\u116a\u11bc\u1100\u1169", []string{"광고"}},
		"brand and particle":         {"Acme와", []string{"acme", "와"}},
		"an address":                 {"see https://acme.example/ad now", []string{"see", "~https", "~acme", "~example", "~ad", "now"}},
		"an address behind a label":  {"Ad:https://acme.example", []string{"ad", "~https", "~acme", "~example"}},
		"an address without scheme":  {"acme.example/ad www.ad.example", []string{"~acme", "~example", "~ad", "~www", "~ad", "~example"}},
		"two labels and a stroke":    {"Werbung/Anzeige", []string{"werbung", "anzeige"}},
		"a keypad":                   {"#\ufe0f\u20e3ad", []string{"ad"}},
		"broken UTF-8":               {"#ad\xff\xfeok", []string{"#ad", "ok"}},
		"a hashtag glued to a word":  {"wow#ad", []string{"wow", "#ad"}},
		"a hashtag after a hashtag":  {"##ad", []string{"#ad"}},
		"a hashtag that is a number": {"# ad", []string{"ad"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, spelt(tt.text)); diff != "" {
				t.Errorf("words (-want +got):\n%s", diff)
			}
		})
	}
}

// The place of the last word, in characters as a reader counts them.
func TestCharacters(t *testing.T) {
	t.Parallel()
	type place struct{ From, To, Line int }
	tests := map[string]struct {
		text string
		want place
	}{
		"at once":               {"ad", place{0, 2, 1}},
		"with its sign":         {"a #ad", place{2, 5, 1}},
		"sign and zero width":   {"a #\u200bad", place{2, 5, 1}},
		"accents":               {"e\u0301e\u0301 ad", place{3, 5, 1}},
		"an emoji":              {"❤️ ad", place{2, 4, 1}},
		"a family":              {"👨‍👩‍👧‍👦 ad", place{2, 4, 1}},
		"a colour":              {"👍🏽 ad", place{2, 4, 1}},
		"two flags":             {"🇩🇪🇫🇷 ad", place{3, 5, 1}},
		"a line":                {"a\nad", place{2, 4, 2}},
		"a line of Windows":     {"a\r\nad", place{2, 4, 2}},
		"three empty lines":     {"\n\n\nad", place{3, 5, 4}},
		"a line that is full":   {strings.Repeat("a", 97) + " ad", place{98, 100, 1}},
		"a line that is over":   {strings.Repeat("a", 98) + " ad", place{99, 101, 2}},
		"signs before, no text": {"✨✨ [ad]", place{4, 6, 1}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			words := read(tt.text)
			last := words[len(words)-1]
			if diff := cmp.Diff(tt.want, place{last.from, last.to, last.line}); diff != "" {
				t.Errorf("place (-want +got):\n%s", diff)
			}
		})
	}
}
