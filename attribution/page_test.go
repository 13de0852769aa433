package attribution_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline/attribution"
)

func TestNormalizePage(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ path, want string }{
		"already normal":                {"/with/ada-autumn", "/with/ada-autumn"},
		"the home page":                 {"/", "/"},
		"upper case":                    {"/With/ADA", "/with/ada"},
		"a slash at the end":            {"/ada/", "/ada"},
		"only slashes":                  {"///", "/"},
		"slashes in a row":              {"//with///ada", "/with/ada"},
		"dot segments":                  {"/a/./b/../ada/.", "/a/ada"},
		"above the root":                {"/../../ada", "/ada"},
		"encoded dots":                  {"/x/%2e%2E/ada", "/ada"},
		"dots that are none":            {"/.well-known/..ada/a..", "/.well-known/..ada/a.."},
		"percent-encoded":               {"/%61da", "/ada"},
		"encoded twice":                 {"/%2561da", "/ada"},
		"an escape made of two":         {"/%%361da", "/ada"},
		"a broken escape":               {"/50%-off%2", "/50%-off%2"},
		"an encoded slash":              {"/with%2Fada", "/with/ada"},
		"a query":                       {"/ada?utm_source=x", "/ada"},
		"an encoded query":              {"/ada%3Fbl%3Dx", "/ada"},
		"a fragment":                    {"/ada#top", "/ada"},
		"a session in the path":         {"/ada;jsessionid=1/x;y", "/ada/x"},
		"space around a segment":        {"/ ada /", "/ada"},
		"a plus is a plus":              {"/ada+bruno", "/ada+bruno"},
		"accents composed or not":       {"/Zoe\u0308", "/zoë"},
		"accents encoded":               {"/zo%C3%AB", "/zoë"},
		"full width stays apart":        {"/ａda", "/ａda"},
		"no slash in front":             {"ada", ""},
		"a whole address":               {"https://demo.example/ada", ""},
		"nothing":                       {"", ""},
		"invalid UTF-8":                 {"/ad\xff", ""},
		"Latin-1 in an escape":          {"/caf%E9", ""},
		"a control character":           {"/ad\x00a", ""},
		"a control character, encoded":  {"/ada%00", ""},
		"a line break, encoded":         {"/ada%0d%0aset-cookie", ""},
		"the longest":                   {"/" + strings.Repeat("a", 254), "/" + strings.Repeat("a", 254)},
		"longer":                        {"/" + strings.Repeat("a", 255), ""},
		"long text of a short path":     {"/" + strings.Repeat("%61", 254), "/" + strings.Repeat("a", 254)},
		"text that is too long":         {"/" + strings.Repeat("/", 2048), ""},
		"a path that grows in small":    {"/" + strings.Repeat("Ⱥ", 127), ""},
		"an Arabic page":                {"/عروض", "/عروض"},
		"encoded percent signs at last": {"/%25%25", "/%%"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := attribution.NormalizePage(tt.path); got != tt.want {
				t.Errorf("NormalizePage(%+q) = %+q, want %+q", tt.path, got, tt.want)
			}
		})
	}
}

func TestNormalizePageSettlesEveryLetter(t *testing.T) {
	t.Parallel()
	for _, table := range []*unicode.RangeTable{unicode.L, unicode.M, unicode.P, unicode.S, unicode.Z} {
		for _, span := range table.R16 {
			for r := rune(span.Lo); r <= rune(span.Hi); r += rune(span.Stride) {
				for _, path := range []string{"/" + string(r), "/a" + string(r), "/" + string(r) + "\u0301"} {
					checkPage(t, path)
				}
			}
		}
	}
}

//nolint:paralleltest // AllocsPerRun counts what the whole program allocates
func TestNormalizePageOfNormalDoesNotAllocate(t *testing.T) {
	path := "/with/ada-autumn"
	if n := testing.AllocsPerRun(100, func() { path = attribution.NormalizePage(path) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func checkPage(t *testing.T, path string) {
	t.Helper()
	once := attribution.NormalizePage(path)
	if twice := attribution.NormalizePage(once); twice != once && once != "" {
		t.Errorf("not idempotent: %+q -> %+q -> %+q", path, once, twice)
	}
	if once == "" {
		return
	}
	if once[0] != '/' || len(once) > 255 || !utf8.ValidString(once) || strings.Contains(once, "//") ||
		len(once) > 1 && strings.HasSuffix(once, "/") || strings.ContainsAny(once, "?#;\x00\n") || strings.Contains(once+"/", "/../") {
		t.Errorf("not a page: %+q -> %+q", path, once)
	}
}

func FuzzNormalizePage(f *testing.F) {
	for _, seed := range []string{"", "/", "/Ada/", "/%2561", "/a/../b", "/%%3361", "/a;b/c", "/\u212a\u0301", "/%E2%84%AA", "/ %20/", "/%2f..%2f", "/ǰ", "/\u037e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		checkPage(t, path)
		if once := attribution.NormalizePage(path); once != "" {
			for name, same := range map[string]string{"slash": path + "/", "slashes": "//" + path, "query": once + "?x=1"} {
				if strings.ContainsAny(path, "?#%;") && name != "query" || len(path) > 2000 {
					continue
				}
				if got := attribution.NormalizePage(same); got != once {
					t.Errorf("%s matters: %+q -> %+q, %+q -> %+q", name, path, once, same, got)
				}
			}
		}
	})
}
