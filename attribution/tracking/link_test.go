package tracking_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

func TestLinkURL(t *testing.T) {
	t.Parallel()
	utm := attribution.UTM{Source: "s", Medium: "m", Campaign: "c", Content: "n", Term: "t", ID: "i"}
	tests := map[string]struct {
		link tracking.Link
		want string
	}{
		"a key":         {tracking.Link{Target: "https://demo.example/ada", Key: "ada-autumn"}, "https://demo.example/ada?bl=ada-autumn"},
		"everything":    {tracking.Link{Target: "https://demo.example/", Key: "k", Click: "x1", UTM: utm}, "https://demo.example/?bl=k&blc=x1&utm_source=s&utm_medium=m&utm_campaign=c&utm_content=n&utm_term=t&utm_id=i"},
		"nothing":       {tracking.Link{Target: "http://demo.example"}, "http://demo.example"},
		"no path":       {tracking.Link{Target: "https://demo.example", Key: "k"}, "https://demo.example?bl=k"},
		"a query":       {tracking.Link{Target: "https://demo.example/?b=%7E&a=+&&c", Key: "k"}, "https://demo.example/?b=%7E&a=+&&c&bl=k"},
		"an open query": {tracking.Link{Target: "https://demo.example/?", Key: "k"}, "https://demo.example/?bl=k"},
		"a query that stays open": {
			tracking.Link{Target: "https://demo.example/?"}, "https://demo.example/?",
		},
		"a fragment":         {tracking.Link{Target: "https://demo.example/a#b?bl=c", Key: "k"}, "https://demo.example/a?bl=k#b?bl=c"},
		"an empty fragment":  {tracking.Link{Target: "https://demo.example/#", Key: "k"}, "https://demo.example/?bl=k#"},
		"our names replaced": {tracking.Link{Target: "https://demo.example/?x=1&bl=old&UTM_Source=y&y=2&amp;utm_term[]=z&b%6Cc=1", Key: "k"}, "https://demo.example/?x=1&y=2&bl=k"},
		"our names removed":  {tracking.Link{Target: "https://demo.example/?bl=old&utm_id=1"}, "https://demo.example/?"},
		"other names stay":   {tracking.Link{Target: "https://demo.example/?x=1;bl=old&bla=2", Key: "k"}, "https://demo.example/?x=1;bl=old&bla=2&bl=k"},
		"signs are escaped":  {tracking.Link{Target: "https://demo.example/", Key: "a&b=c d+e%f#ü;?"}, "https://demo.example/?bl=a%26b%3Dc+d%2Be%25f%23%C3%BC%3B%3F"},
		"a port and upper case": {
			tracking.Link{Target: "HTTPS://Demo.Example:8443/A/%7e", Key: "k"}, "HTTPS://Demo.Example:8443/A/%7e?bl=k",
		},
		"an international host": {tracking.Link{Target: "https://bücher.example/ü", Key: "k"}, "https://bücher.example/ü?bl=k"},
		"a handle in the path":  {tracking.Link{Target: "https://demo.example/@ada", Key: "@ada"}, "https://demo.example/@ada?bl=%40ada"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.link.URL()
			require.NoError(t, err)
			diff(t, tt.want, got)
			checkRoundTrip(t, tt.link, got)
		})
	}
}

// checkRoundTrip reads an address back.
func checkRoundTrip(t *testing.T, l tracking.Link, address string) {
	t.Helper()
	var got tracking.Link
	for _, touch := range tracking.Visit(address, at(), "test") {
		switch touch.Kind {
		case attribution.ByUTM:
			got.UTM = touch.UTM
		case "":
			got.Key, got.Click = touch.Link, touch.ID
		}
	}
	got.Target = l.Target
	diff(t, l, got)
}

// faultyLinks are links with what is wrong with each.
var faultyLinks = map[string]struct {
	link tracking.Link
	want []string
}{
	"nothing":             {tracking.Link{}, []string{"target required"}},
	"a path":              {tracking.Link{Target: "/ada"}, []string{"target tracking.scheme", "target tracking.host"}},
	"no scheme":           {tracking.Link{Target: "//demo.example/ada"}, []string{"target tracking.scheme"}},
	"another scheme":      {tracking.Link{Target: "javascript:alert(1)"}, []string{"target tracking.scheme", "target tracking.host"}},
	"a file":              {tracking.Link{Target: "ftp://demo.example/"}, []string{"target tracking.scheme"}},
	"no host":             {tracking.Link{Target: "https:///ada"}, []string{"target tracking.host"}},
	"a port alone":        {tracking.Link{Target: "https://:443/ada"}, []string{"target tracking.host"}},
	"opaque":              {tracking.Link{Target: "https:demo.example"}, []string{"target tracking.host"}},
	"a user":              {tracking.Link{Target: "https://ada@demo.example"}, []string{"target tracking.user_info"}},
	"a password":          {tracking.Link{Target: "ftp://ada:pw@demo.example"}, []string{"target tracking.scheme", "target tracking.user_info"}},
	"a backslash":         {tracking.Link{Target: `https://demo.example\@other.example`}, []string{"target tracking.url"}},
	"a backslash in it":   {tracking.Link{Target: `https://demo.example/\x`}, []string{"target tracking.url"}},
	"a space":             {tracking.Link{Target: "https://demo.example/a b"}, []string{"target tracking.url"}},
	"a line break":        {tracking.Link{Target: "https://demo.example/\r\nSet-Cookie: x"}, []string{"target tracking.url"}},
	"a broken escape":     {tracking.Link{Target: "https://demo.example/%zz"}, []string{"target tracking.url"}},
	"a broken host":       {tracking.Link{Target: "https://[::1"}, []string{"target tracking.url"}},
	"invalid UTF-8":       {tracking.Link{Target: "https://demo.example/\xff"}, []string{"target tracking.url"}},
	"text that turns":     {tracking.Link{Target: "https://demo.example/\u202eada"}, []string{"target tracking.url"}},
	"an e-mail in a path": {tracking.Link{Target: "https://demo.example/x/mira@example.com"}, []string{"target tracking.personal"}},
	"an e-mail in a query": {
		tracking.Link{Target: "https://demo.example/?a=1&e=mira%2540example.com"}, []string{"target tracking.personal"},
	},
	"a target too long":       {tracking.Link{Target: "https://demo.example/" + strings.Repeat("a", 8192)}, []string{"target tracking.length"}},
	"an address too long":     {tracking.Link{Target: "https://demo.example/" + strings.Repeat("a", 8100), Key: strings.Repeat("a", 200)}, []string{"target tracking.length"}},
	"a key too long":          {tracking.Link{Target: "https://demo.example/", Key: strings.Repeat("a", 256)}, []string{"key tracking.length"}},
	"a click id too long":     {tracking.Link{Target: "https://demo.example/", Click: strings.Repeat("a", 201)}, []string{"click tracking.length"}},
	"a click id of signs":     {tracking.Link{Target: "https://demo.example/", Click: "a.b"}, []string{"click tracking.value"}},
	"a click id like a phone": {tracking.Link{Target: "https://demo.example/", Click: "0151-12345678"}, []string{"click tracking.personal"}},
	"space at an end":         {tracking.Link{Target: "https://demo.example/", Key: "ada "}, []string{"key tracking.value"}},
	"space alone":             {tracking.Link{Target: "https://demo.example/", Key: " "}, []string{"key tracking.value"}},
	"all at once": {
		tracking.Link{Target: "ftp://ada@demo.example", Key: "a\x00", Click: "ä", UTM: attribution.UTM{
			Source: "mira@example.com", Medium: "\xff", Campaign: strings.Repeat("a", 256), Content: "+1 555 010 9999", Term: "x\n", ID: "a%40b.example",
		}},
		[]string{
			"target tracking.scheme", "target tracking.user_info", "key tracking.value", "click tracking.value", "utm.source tracking.personal",
			"utm.medium tracking.value", "utm.campaign tracking.length", "utm.content tracking.personal", "utm.term tracking.value", "utm.id tracking.personal",
		},
	},
}

func TestLinkFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range faultyLinks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, build := range []func(tracking.Link) (string, error){tracking.Link.URL, tracking.Link.QRText} {
				got, err := build(tt.link)
				require.ErrorIs(t, err, byline.ErrInvalid)
				diff(t, tt.want, faultsOf(err))
				diff(t, "", got)
				if strings.ContainsAny(err.Error(), "@\x00") {
					t.Errorf("the error quotes the link: %v", err)
				}
			}
		})
	}
}

func TestQRText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		link tracking.Link
		want string
	}{
		"a short link in capitals":  {tracking.Link{Target: "https://go.demo.example/ADA-AUTUMN"}, "HTTPS://GO.DEMO.EXAMPLE/ADA-AUTUMN"},
		"a port and an escape":      {tracking.Link{Target: "http://go.demo.example:8080/A%2FB/"}, "HTTP://GO.DEMO.EXAMPLE:8080/A%2FB/"},
		"a host alone":              {tracking.Link{Target: "https://go.demo.example"}, "HTTPS://GO.DEMO.EXAMPLE"},
		"a small letter":            {tracking.Link{Target: "https://go.demo.example/ada"}, "https://go.demo.example/ada"},
		"an escape in small":        {tracking.Link{Target: "https://go.demo.example/A%2fB"}, "https://go.demo.example/A%2fB"},
		"a query":                   {tracking.Link{Target: "https://go.demo.example/A?B"}, "https://go.demo.example/A?B"},
		"a fragment":                {tracking.Link{Target: "https://go.demo.example/A#B"}, "https://go.demo.example/A#B"},
		"an underscore":             {tracking.Link{Target: "https://go.demo.example/A_B"}, "https://go.demo.example/A_B"},
		"a key":                     {tracking.Link{Target: "https://demo.example/A", Key: "ADA"}, "https://demo.example/A?bl=ADA"},
		"an international host":     {tracking.Link{Target: "https://bücher.example/A"}, "https://bücher.example/A"},
		"a host that folds":         {tracking.Link{Target: "https://straße.example/A"}, "https://straße.example/A"},
		"an address inside a path":  {tracking.Link{Target: "https://go.demo.example/A://B/C"}, "HTTPS://GO.DEMO.EXAMPLE/A://B/C"},
		"a host of figures (IPv4)":  {tracking.Link{Target: "http://192.0.2.7/A"}, "HTTP://192.0.2.7/A"},
		"a host in brackets (IPv6)": {tracking.Link{Target: "http://[2001:db8::7]/A"}, "http://[2001:db8::7]/A"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.link.QRText()
			require.NoError(t, err)
			diff(t, tt.want, got)
		})
	}
}
