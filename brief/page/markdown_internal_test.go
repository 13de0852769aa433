package page

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEscape(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ begins, inside string }{
		"plain, 9:16; (50%) it's \"so\"!": {"plain, 9:16; (50%) it's \"so\"!", "plain, 9:16; (50%) it's \"so\"!"},
		"1. a":                            {`1\. a`, "1. a"},
		"1.5 a":                           {"1.5 a", "1.5 a"},
		"12) a":                           {`12\) a`, "12) a"},
		"- a":                             {`\- a`, "- a"},
		"+":                               {`\+`, "+"},
		":-":                              {`\:-`, ":-"},
		"a\n- b":                          {"a\n\\- b", "a\n\\- b"},
		"a\n    b":                        {"a\nb", "a\nb"},
		"# a":                             {`\# a`, `\# a`},
		"<b>&amp;":                        {`\<b\>\&amp;`, `\<b\>\&amp;`},
		"https://a.b":                     {`https\://a.b`, `https\://a.b`},
		"WWW.a.b":                         {`WWW\.a.b`, `WWW\.a.b`},
		`a\`:                              {`a\\`, `a\\`},
		"été 日本":                          {"été 日本", "été 日本"},
		"":                                {"", ""},
	}
	for in, want := range tests {
		if got := escape(in, true); got != want.begins {
			t.Errorf("%q begins a line as %q, want %q", in, got, want.begins)
		}
		if got := escape(in, false); got != want.inside {
			t.Errorf("%q is %q inside of a line, want %q", in, got, want.inside)
		}
	}
}

func TestCode(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"ADA15":  "`ADA15`",
		"a`b``c": "```a`b``c```",
		"`a`":    "`` `a` ``",
		"a\nb":   "`a b`",
		"<b>*":   "`<b>*`",
	} {
		if got := code(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// FuzzEscape: a reader of CommonMark gets back what was written, and meets no sign that
// means anything.
func FuzzEscape(f *testing.F) {
	for _, text := range []string{"1. a\n# b", `\`, "`a`", "<!-- -->", "www.a.b https://c", "\xff\\", "2)\n+\n=\n:--", "\t- a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, begins := range []bool{true, false} {
			got := escape(text, begins)
			var read strings.Builder
			for i := 0; i < len(got); i++ {
				switch {
				case got[i] == '\\' && i+1 < len(got) && punctuation(got[i+1]):
					i++
				case strings.IndexByte(always, got[i]) >= 0:
					t.Fatalf("%q has a bare %q", got, got[i])
				}
				read.WriteByte(got[i])
			}
			var want []string
			for line := range strings.SplitSeq(text, "\n") {
				want = append(want, strings.Trim(line, " \t"))
			}
			if read.String() != strings.Join(want, "\n") {
				t.Fatalf("%q reads as %q", text, read.String())
			}
		}
	})
}

// FuzzLines: a cleaned text is clean.
func FuzzLines(f *testing.F) {
	for _, text := range []string{"a\r\n\n b", "\x00\u202e", "\xff", "👩\u200d🚀", "a\u00a0b", "\u2028\u0085"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := lines(text)
		if !utf8.ValidString(got) || lines(got) != got || strings.ContainsAny(got, "\r\t\x00\u202e\u2066\u2028") {
			t.Fatalf("%q", got)
		}
		if strings.Contains(single(text), "\n") {
			t.Fatalf("%q has a break", single(text))
		}
	})
}

// FuzzAddresses: what leads somewhere has no sign that ends it.
func FuzzAddresses(f *testing.F) {
	for _, text := range []string{"https://a.b/>)", "https://a.b/?a=1&copy;", "javascript:x", "mailto:a@b\"", "http://[::1]/", "https://münchen.example/ü"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, address := range []string{webAddress(text), mailAddress(text), phoneNumber(text), followable(text)} {
			if followable(address) != address || strings.ContainsAny(address, "<>\"`\\^{|}(); \n") {
				t.Fatalf("%q leads to %q", text, address)
			}
		}
	})
}
