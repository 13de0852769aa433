package tracking_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// seen writes touches in short, "click:link/id utm:… page:…", and checks what all share.
func seen(t *testing.T, touches []attribution.Touch) string {
	t.Helper()
	var words []string
	for _, touch := range touches {
		if !touch.At.Equal(at()) || touch.Source != "test" || touch.Verified {
			t.Errorf("a touch of another time or source, or verified: %+v", touch)
		}
		switch touch.Kind {
		case "":
			words = append(words, "click:"+touch.Link+"/"+touch.ID)
		case attribution.ByUTM:
			u := touch.UTM
			words = append(words, "utm:"+strings.Join([]string{u.Source, u.Medium, u.Campaign, u.Content, u.Term, u.ID}, ","))
		case attribution.ByPage:
			words = append(words, "page:"+touch.Page)
		default:
			t.Errorf("a touch of kind %q", touch.Kind)
		}
	}
	return strings.Join(words, " ")
}

func TestVisit(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 256)
	tests := map[string]struct{ url, want string }{
		"a link":                          {"https://demo.example/?bl=ada-autumn", "click:ada-autumn/"},
		"a click id":                      {"https://demo.example/?blc=" + signed, "click:/" + signed},
		"both":                            {"https://demo.example/?blc=x1&bl=ada", "click:ada/x1"},
		"all UTM values":                  {"/?utm_id=6&utm_source=1&utm_medium=2&utm_campaign=3&utm_content=4&utm_term=5", "utm:1,2,3,4,5,6"},
		"one UTM value":                   {"/?utm_content=ada", "utm:,,,ada,,"},
		"a page":                          {"https://demo.example/With/Ada/", "page:/with/ada"},
		"all three":                       {"https://demo.example/ada?bl=a&utm_source=s", "click:a/ utm:s,,,,, page:/ada"},
		"a bare path":                     {"/collections/autumn?bl=ada", "click:ada/ page:/collections/autumn"},
		"a bare query":                    {"?bl=ada", "click:ada/"},
		"the home page":                   {"https://demo.example/", ""},
		"no path":                         {"https://demo.example", ""},
		"no path and a query":             {"https://demo.example?bl=ada", "click:ada/"},
		"nothing":                         {"", ""},
		"a word":                          {"direct", ""},
		"a host without its scheme":       {"demo.example/ada?bl=x", "click:x/"},
		"a relative path":                 {"collections/ada?bl=x", "click:x/"},
		"no scheme, two slashes":          {"//demo.example/ada?bl=x", "click:x/ page:/ada"},
		"two slashes and no path":         {"//ada", ""},
		"slashes in a row":                {"https://demo.example//with//ada", "page:/with/ada"},
		"an address inside a path":        {"/go/https://other.example/x", "page:/go/https:/other.example/x"},
		"an app's own scheme":             {"shop://product/ada?bl=x", "click:x/"},
		"an upper-case scheme":            {"HTTPS://DEMO.EXAMPLE/ADA", "page:/ada"},
		"an international host":           {"https://bücher.example/ada?bl=x", "click:x/ page:/ada"},
		"an international host, encoded":  {"https://xn--bcher-kva.example:8443/ada?bl=x", "click:x/ page:/ada"},
		"a broken host":                   {"https://[::1/ada?bl=x", "click:x/ page:/ada"},
		"user info":                       {"https://mira:pw@demo.example/ada?bl=x", "click:x/ page:/ada"},
		"space around it":                 {" \thttps://demo.example/ada?bl=x\n", "click:x/ page:/ada"},
		"a fragment":                      {"/ada?bl=x#bl=y", "click:x/ page:/ada"},
		"a link in the fragment":          {"/#?bl=x", ""},
		"an empty fragment":               {"/ada#", "page:/ada"},
		"upper-case names":                {"/?BL=x&UTM_Source=s&Utm_Medium=m&BLC=c", "click:x/c utm:s,m,,,,"},
		"an encoded name":                 {"/?utm%5Fsource=s&%62l=x", "click:x/ utm:s,,,,,"},
		"space around a name":             {"/?+bl+=x&%20utm_source=s", "click:x/ utm:s,,,,,"},
		"brackets":                        {"/?utm_content[]=c&utm_term%5B0%5D=t&bl[x]=b", "click:b/ utm:,,,c,t,"},
		"names out of HTML":               {"/?bl=x&amp;utm_source=s&amp;amp;utm_term=t", "click:x/ utm:s,,,,t,"},
		"names that are others":           {"/?xbl=1&bl_=2&utm=3&utm_sourc=4&_bl=5&b%256c=6&blcx=7", ""},
		"plus and percent":                {"/?utm_campaign=early+spring&utm_term=late%20summer", "utm:,,early spring,,late summer,"},
		"a plus that is one":              {"/?utm_term=a%2Bb", "utm:,,,,a+b,"},
		"space at the ends of a value":    {"/?bl=+ada%20&utm_term=%09x%0A", "click:ada/ utm:,,,,x,"},
		"the first of several":            {"/?bl=ada&bl=bruno&utm_source=1&UTM_SOURCE=2", "click:ada/ utm:1,,,,,"},
		"the first that is one":           {"/?bl=&bl=+&bl=mira%40example.com&bl=ada&bl=bruno", "click:ada/"},
		"a semicolon":                     {"/?bl=ada;utm_source=x&utm_term=a;b", "click:ada;utm_source=x/ utm:,,,,a;b,"},
		"no value":                        {"/?bl&blc&utm_source&=x&&=", ""},
		"an equals sign in a value":       {"/?utm_content=a=b==", "utm:,,,a=b==,,"},
		"a question mark in a value":      {"/?utm_content=a?b&bl=x?y=z", "click:x?y=z/ utm:,,,a?b,,"},
		"a broken escape":                 {"/?utm_campaign=50%off&utm_term=%zz%4&bl=a%2", "click:a%2/ utm:,,50%off,,%zz%4,"},
		"encoded twice":                   {"/?utm_campaign=a%2520b&bl=ada%252Dautumn", "click:ada%2Dautumn/ utm:,,a%20b,,,"},
		"another script":                  {"/?bl=%E3%83%8F%E3%83%BC%E3%83%88&utm_term=zoë", "click:ハート/ utm:,,,,zoë,"},
		"another script in the path":      {"/%D0%90%D0%B4%D0%B0", "page:/ада"},
		"invalid UTF-8":                   {"/?bl=%ff&utm_source=%C3&utm_term=ok", "utm:,,,,ok,"},
		"control characters":              {"/?bl=a%00b&blc=a%0ab&utm_source=a%7Fb&utm_term=a%C2%85b&utm_medium=ok", "utm:,ok,,,,"},
		"text that turns round":           {"/?utm_source=a%E2%80%AEb&utm_term=ok", "utm:,,,,ok,"},
		"a page with control characters":  {"/ad%00a?bl=x", "click:x/"},
		"a page that turns round":         {"/ad%E2%80%AEa", ""},
		"values as long as they may be":   {"/?bl=" + long[1:], "click:" + long[1:] + "/"},
		"values that are too long":        {"/?bl=" + long + "&utm_source=" + long + "&utm_term=ok", "utm:,,,,ok,"},
		"a click id as long as it may be": {"/?blc=" + long[56:], "click:/" + long[56:]},
		"a click id that is too long":     {"/?blc=" + long[55:] + "&bl=x", "click:x/"},
		"a click id of other characters":  {"/?blc=a.b&bl=x", "click:x/"},
		"a path that is too long":         {"/" + long + "?bl=x", "click:x/"},
		"an address as long as it may be": {"/?bl=x&y=" + strings.Repeat("a", 8192-9), "click:x/"},
		"an address that is too long":     {"/?bl=x&y=" + strings.Repeat("a", 8192-8), ""},
		"a name that is too long":         {"/?bl" + strings.Repeat("+", 300) + "=x&bl=y", "click:y/"},
		"many parameters":                 {"/?" + strings.Repeat("&", 8000) + "bl=x", "click:x/"},
		"other people's ids":              {"/?gclid=1&fbclid=2&ttclid=3&email=mira%40example.com&bl=x", "click:x/"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := seen(t, tracking.Visit(tt.url, at(), "test")); got != tt.want {
				t.Errorf("Visit(%.120q)\n got %s\nwant %s", tt.url, got, tt.want)
			}
		})
	}
}

// personal are values that must not be kept, as a query carries them.
var personal = []string{
	"mira@example.com", "mira%40example.com", "mira%2540example.com", "mira%252540example.com", "mira%25252525252540example.com",
	"Mira+M+%3Cmira@example.com%3E", "mira%EF%BC%A0example.com", "mira@localhost", "mailto:mira@example.com", "@mira@social.example", "hi+mira@example.com!",
	"+49+151+12345678", "%2B4915112345678", "%252B4915112345678", "+4915112345678", "0049+151+12345678", "0151-12345678", "015112345678", "(555)+010-9999+1",
	"555-010-9999", "555.010.9999", "1+555+010+9999", "tel:5550109999", "TEL:+1-555-010-9999", "call+%2B1+555+0109999+now", "ada%2B%2B1-555-010-9999",
}

// kept are values that look a little like them.
var kept = []string{
	"@ada", "%40ada", "ada", "a+b", "12345678901", "23851234567890123", "2026-11-22", "20261122", "01.11.2026", "2026-11-22--2026-11-30", "12345--6789012",
	"autumn-26", "3.50", "10%25", "50%off", "50%25off", "a%2B1", "ada%2B2026", "1/2", "7-9", "v1.2.3-456", "ada@", "100+200",
}

func TestNothingPersonalIsKept(t *testing.T) {
	t.Parallel()
	for _, value := range personal {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			for _, name := range []string{"bl", "blc", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "utm_id"} {
				if got := seen(t, tracking.Visit("https://demo.example/?"+name+"="+value, at(), "test")); got != "" {
					t.Errorf("%s: %s", name, got)
				}
			}
			path := strings.ReplaceAll(value, "+", "%20")
			if got := seen(t, tracking.Visit("/thanks/"+path+"/x?bl=ada", at(), "test")); got != "click:ada/" {
				t.Errorf("in the path: %s", got)
			}
			plain := strings.NewReplacer("%40", "@", "+", " ", "%2B", "+").Replace(value)
			if touch, ok := tracking.Attribute("bl", plain, at(), "test"); ok {
				t.Errorf("as an attribute: %+v", touch)
			}
			for _, read := range []func(string) []attribution.Touch{note, reference} {
				if got := read("bl=" + strings.ReplaceAll(value, "+", "%20")); got != nil && !strings.Contains(value, "<") {
					t.Errorf("in a note: %+v", got)
				}
			}
		})
	}
}

func TestWhatIsNotPersonalIsKept(t *testing.T) {
	t.Parallel()
	for _, value := range kept {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			for _, name := range []string{"bl", "utm_content"} {
				if tracking.Visit("/?"+name+"="+value, at(), "test") == nil {
					t.Errorf("%s is dropped", name)
				}
			}
		})
	}
}

// What is kept has to fit into any store: JSON and text columns without NUL.
func TestTouchesEncode(t *testing.T) {
	t.Parallel()
	want := tracking.Visit("https://demo.example/zo%C3%AB?bl=%F0%9F%8D%81&utm_term=%22%3C%5C", at(), "test")
	encoded, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got []attribution.Touch
	if err := json.Unmarshal(encoded, &got); err != nil {
		t.Fatal(err)
	}
	diff(t, want, got)
}
