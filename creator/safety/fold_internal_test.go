package safety

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "Gun", "ＧＵＮ", "Ünïcödé", "İstanbul", "straße", "ẞ", "ΛΌΓΟΣ", "f\u200bu", "ﬁ", "ǅ", "ϴ", "\u0345", "ᾼ", "한글", "हिन्दी", "\xff", "K", "ſ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		once := fold(s)
		if !utf8.ValidString(once) {
			t.Errorf("fold(%q) = %q", s, once)
		}
		if twice := fold(once); twice != once {
			t.Errorf("fold(%q) = %q, again %q", s, once, twice)
		}
		if len(s) < 200 && nameKey(s) != nameKey(strings.ToUpper(strings.ToLower(s))) && isPlain(s) {
			t.Errorf("%q depends on case", s)
		}
		for _, k := range brandKeys(s) {
			if nameKey(k) != k || !slices.Contains(brandKeys(k), k) {
				t.Errorf("a form of the name %q is %q, which is not its own", s, k)
			}
		}
		for _, w := range wordsOf(s) {
			if w.start >= w.end || w.end > len(s) {
				t.Errorf("%q: %+v", s, w)
			}
		}
	})
}

// Every reading covers the text in order, so that places stay places.
func TestWordsAreInOrder(t *testing.T) {
	t.Parallel()
	text := "A #tag, @ada.b! cr@p https://demo.example/x 銃弾 🔫 f\u200bu a_b"
	var got []string
	last := 0
	for _, w := range wordsOf(text) {
		if w.start < last {
			t.Errorf("%+v begins before %d", w, last)
		}
		last = w.end
		got = append(got, w.key)
	}
	if want := "a tag adab cr p 銃 弾 🔫 fu a b"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}
