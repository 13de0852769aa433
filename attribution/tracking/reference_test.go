package tracking_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

func note(text string) []attribution.Touch { return tracking.Note(text, at(), "test") }

func reference(text string) []attribution.Touch { return tracking.Reference(text, at(), "test") }

func TestAttribute(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ name, value, want string }{
		"a link":                    {"bl", "ada-autumn", "click:ada-autumn/"},
		"a hidden link":             {"_bl", "ada", "click:ada/"},
		"a click id":                {"blc", signed, "click:/" + signed},
		"a hidden click id":         {"_blc", "x_1-Y", "click:/x_1-Y"},
		"any case":                  {"_BLc", "x", "click:/x"},
		"space around both":         {" BL ", " ada\n", "click:ada/"},
		"a value is not decoded":    {"bl", "a%20b+c", "click:a%20b+c/"},
		"two underscores":           {"__bl", "ada", ""},
		"another name":              {"gift", "ada", ""},
		"a UTM value":               {"utm_source", "x", ""},
		"a name that holds it":      {"bla", "ada", ""},
		"a name that folds to it":   {"b\u2113", "ada", ""},
		"no name":                   {"", "ada", ""},
		"no value":                  {"bl", "", ""},
		"an empty value":            {"bl", " \t", ""},
		"too long":                  {"bl", strings.Repeat("a", 256), ""},
		"a control character":       {"bl", "a\x00b", ""},
		"an e-mail address":         {"bl", "mira@example.com", ""},
		"a number":                  {"_bl", "+1 555 010 9999", ""},
		"an id of other characters": {"blc", "a b", ""},
		"an id that is too long":    {"blc", strings.Repeat("a", 201), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			touch, ok := tracking.Attribute(tt.name, tt.value, at(), "test")
			if !ok {
				diff(t, attribution.Touch{}, touch)
				diff(t, tt.want, "")
				return
			}
			diff(t, tt.want, seen(t, []attribution.Touch{touch}))
		})
	}
}

func TestReferenceAndNote(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, reference, note string }{
		"a click id":                {signed, "click:/" + signed, "click:/" + signed},
		"a click id in a sentence":  {"Ref: " + signed + ", thanks", "click:/" + signed, "click:/" + signed},
		"a click id with its name":  {"blc=" + signed, "click:/" + signed, "click:/" + signed},
		"any id with its name":      {"_blc:x1", "click:/x1", "click:/x1"},
		"a link":                    {"bl=ada-autumn", "click:ada-autumn/", "click:ada-autumn/"},
		"a link with a colon":       {"bl:ada-autumn", "click:ada-autumn/", "click:ada-autumn/"},
		"as a phone writes it":      {"Bl:ada-autumn.", "click:ada-autumn/", "click:ada-autumn/"},
		"in a sentence":             {"Please wrap it (bl=ada). Bye!", "click:ada/", "click:ada/"},
		"in quotes":                 {"“bl=ada”", "click:ada/", "click:ada/"},
		"between lines":             {"hello\nbl=ada\r\nbye", "click:ada/", "click:ada/"},
		"hidden":                    {"_bl=ada", "click:ada/", "click:ada/"},
		"an address":                {"from https://demo.example/ada?utm_source=x&bl=ada&blc=x1#top", "click:ada/x1", "click:ada/x1"},
		"an address of nobody":      {"https://demo.example/ada?utm_source=x", "", ""},
		"a query":                   {"bl=ada&blc=x1", "click:ada/x1", "click:ada/x1"},
		"two links":                 {"bl=ada bl=bruno", "click:ada/ click:bruno/", "click:ada/ click:bruno/"},
		"one link twice":            {"bl=ada bl=ada", "click:ada/", "click:ada/"},
		"the bare key":              {"ada-autumn", "click:ada-autumn/", ""},
		"the bare key in space":     {" ada-autumn\n", "click:ada-autumn/", ""},
		"a sentence":                {"Danke schön", "", ""},
		"a word":                    {"Danke", "click:Danke/", ""},
		"a word of other letters":   {"Grüße", "", ""},
		"a click id cut short":      {signed[:40], "", ""},
		"a click id of too much":    {signed + strings.Repeat("A", 200), "", ""},
		"a link without a value":    {"bl= bl:", "", ""},
		"another name":              {"tabl=ada table:bl=ada", "", ""},
		"spaces in between":         {"bl = ada", "", ""},
		"a colon and a space":       {"BL: 4711", "", ""},
		"an e-mail address":         {"mira@example.com", "", ""},
		"an e-mail address as link": {"bl=mira@example.com", "", ""},
		"a number as link":          {"bl:+15550109999", "", ""},
		"a number":                  {"0151-12345678", "", ""},
		"nothing":                   {"", "", ""},
		"space":                     {" \n\t", "", ""},
		"signs":                     {"?&=#:.,!", "", ""},
		"invalid UTF-8":             {"\xff\xfe bl=\xff", "", ""},
		"a key that is too long":    {strings.Repeat("a", 256), "", ""},
		"far down":                  {strings.Repeat("x ", 8<<10) + "bl=ada", "", ""},
		"cut at the bound":          {strings.Repeat("x", 16<<10-6) + " bl=ada", "", ""},
		"no space at all":           {strings.Repeat("x", 17<<10), "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diff(t, tt.reference, seen(t, reference(tt.text)))
			diff(t, tt.note, seen(t, note(tt.text)))
		})
	}
}

func TestNoteIsBounded(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "bl=ada-%d ", i)
	}
	if got := len(note(text.String())); got != 16 {
		t.Errorf("%d touches, want 16", got)
	}
}
