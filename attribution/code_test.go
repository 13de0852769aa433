package attribution_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline/attribution"
)

func TestNormalizeCode(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ code, want string }{
		"already normal":                   {"AVA15", "AVA15"},
		"lower case":                       {"ava15", "AVA15"},
		"spaces at both ends":              {"  Ava15\t\n", "AVA15"},
		"space inside stays":               {"Alan Test 0123B", "ALAN TEST 0123B"},
		"full-width letters":               {"ａｖａ１５", "AVA15"},
		"ligature":                         {"ﬁne10", "FINE10"},
		"accent composed or not":           {"Chloe\u0301", "CHLOÉ"},
		"no-break space at the end":        {"AVA15\u00a0", "AVA15"},
		"zero-width space from a web page": {"\u200bAVA15\u200b", "AVA15"},
		"byte order mark":                  {"\ufeffAVA15", "AVA15"},
		"signs stay":                       {"30$off-%", "30$OFF-%"},
		"Cyrillic A is another letter":     {"\u0410VA15", "\u0410VA15"},
		"sharp s has no single capital":    {"straße", "STRAßE"},
		"Japanese":                         {"ﾊｰﾄ10", "ハート10"},
		"nothing":                          {" \u200b ", ""},
		"invalid UTF-8 stays apart":        {"AVA\xff", "AVA\ufffd"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := attribution.NormalizeCode(tt.code); got != tt.want {
				t.Errorf("NormalizeCode(%+q) = %+q, want %+q", tt.code, got, tt.want)
			}
		})
	}
}

func TestNormalizeCodeSettlesEveryLetter(t *testing.T) {
	t.Parallel()
	check := func(r rune) {
		for _, code := range []string{string(r), "a" + string(r), string(r) + "\u0301"} {
			once := attribution.NormalizeCode(code)
			if twice := attribution.NormalizeCode(once); twice != once {
				t.Errorf("%U: %+q -> %+q -> %+q", r, code, once, twice)
			}
		}
	}
	for _, table := range []*unicode.RangeTable{unicode.L, unicode.M} {
		for _, span := range table.R16 {
			for r := rune(span.Lo); r <= rune(span.Hi); r += rune(span.Stride) {
				check(r)
			}
		}
	}
}

func FuzzNormalizeCode(f *testing.F) {
	for _, seed := range []string{"", "AVA15", "ava 15", "ａｖａ", "ŉ", "ǰ", "ﬃ", "ΐ", "İi", "ς", "\u0345a", "\xff\xfe", "ᾳ\u0301", "ａ\u200b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		once := attribution.NormalizeCode(code)
		if twice := attribution.NormalizeCode(once); twice != once {
			t.Errorf("not idempotent: %+q -> %+q -> %+q", code, once, twice)
		}
		if upper := attribution.NormalizeCode(strings.Map(upperLatin, code)); upper != once && utf8.ValidString(code) {
			t.Errorf("case matters: %+q -> %+q, its upper case -> %+q", code, once, upper)
		}
		if padded := attribution.NormalizeCode(" " + code + "\n"); padded != once {
			t.Errorf("space matters: %+q -> %+q, padded -> %+q", code, once, padded)
		}
	})
}

func upperLatin(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}
