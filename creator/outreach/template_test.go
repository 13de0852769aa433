package outreach_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator/outreach"
)

func TestCompileReportsFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit func(*outreach.Text)
		want []at
	}{
		"nothing": {func(x *outreach.Text) { *x = outreach.Text{} }, []at{
			{"name", "required"}, {"version", "required"}, {"locale", "required"}, {"body", "required"}, {"disclosure", "required"}, {"opt_out", "required"},
		}},
		"a placeholder that is none":    {func(x *outreach.Text) { x.Body += "{creator.age}" }, []at{{"body", "template.field"}}},
		"an empty placeholder":          {func(x *outreach.Text) { x.Body += "{}" }, []at{{"body", "template.braces"}}},
		"a brace alone":                 {func(x *outreach.Text) { x.Body += "{" }, []at{{"body", "template.braces"}}},
		"a closing brace alone":         {func(x *outreach.Text) { x.Body += "}" }, []at{{"body", "template.braces"}}},
		"a brace over lines":            {func(x *outreach.Text) { x.Body += "{creator\n.name}" }, []at{{"body", "template.braces"}}},
		"a placeholder in itself":       {func(x *outreach.Text) { x.Body += "{creator{creator.name}" }, []at{{"body", "template.braces"}}},
		"a required field that is none": {func(x *outreach.Text) { x.Required = []outreach.Field{"creator.age"} }, []at{{"required[0]", "template.field"}}},
		"a line break in the subject":   {func(x *outreach.Text) { x.Subject = "hi\nBcc: x" }, []at{{"subject", "template.control"}}},
		"a hidden turn":                 {func(x *outreach.Text) { x.Body += "\u202e" }, []at{{"body", "template.control"}}},
		"a line separator":              {func(x *outreach.Text) { x.Body += "\u2028" }, []at{{"body", "template.control"}}},
		"no character":                  {func(x *outreach.Text) { x.Body += "\uffff" }, []at{{"body", "template.control"}}},
		"not UTF-8":                     {func(x *outreach.Text) { x.OptOut += "\xff" }, []at{{"opt_out", "template.control"}}},
		"a subject and a body": {func(x *outreach.Text) { x.Subject, x.Body = "{", "{sender.name}, {sender.company}" }, []at{
			{"subject", "template.braces"}, {"body", "template.no_link"}, {"body", "template.not_specific"},
		}},
		"huge":                 {func(x *outreach.Text) { x.Body = strings.Repeat("a", 10_001) }, []at{{"body", "max"}}},
		"as long as may be":    {func(x *outreach.Text) { x.Body += strings.Repeat("é", 10_000-utf8.RuneCountInString(x.Body)) }, nil},
		"a long part of a tag": {func(x *outreach.Text) { x.Locale = "en-abcdefghi" }, []at{{"locale", "template.locale"}}},
		"a huge name":          {func(x *outreach.Text) { x.Name = strings.Repeat("a", 201) }, []at{{"name", "max"}}},
		"no tag":               {func(x *outreach.Text) { x.Locale = "en_GB" }, []at{{"locale", "template.locale"}}},
		"a tag of one letter":  {func(x *outreach.Text) { x.Locale = "e-GB" }, []at{{"locale", "template.locale"}}},
		"a tag of a digit":     {func(x *outreach.Text) { x.Locale = "e4" }, []at{{"locale", "template.locale"}}},
		"a huge tag":           {func(x *outreach.Text) { x.Locale = strings.Repeat("en-", 50) + "GB" }, []at{{"locale", "template.locale"}}},
		"love for the content": {func(x *outreach.Text) { x.Body = "Hello {creator.name}, I love your content!" }, []at{
			{"body", "template.no_link"}, {"body", "template.not_specific"}, {"", "template.no_sender"},
		}},
		"only a link": {func(x *outreach.Text) { x.Body = strings.ReplaceAll(x.Body, "{post.quote}", "") }, []at{{"body", "template.not_specific"}}},
		"the quote in the subject": {func(x *outreach.Text) {
			x.Body, x.Subject = strings.ReplaceAll(x.Body, "{post.quote}", ""), "{post.quote}"
		}, []at{{"body", "template.not_specific"}}},
		"escaped":  {func(x *outreach.Text) { x.OptOut = "{{sender.opt_out}}" }, []at{{"opt_out", "template.no_opt_out"}}},
		"no offer": {func(x *outreach.Text) { x.Disclosure = "An ad by {campaign.brand}." }, []at{{"disclosure", "template.no_offer"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := texts(t)[0]
			tt.edit(&text)
			_, err := outreach.Compile(text)
			if diff := cmp.Diff(tt.want, faultsOf(t, err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBracesAndLineEnds(t *testing.T) {
	t.Parallel()
	text := texts(t)[0]
	text.Body = strings.ReplaceAll(text.Body, "\n", "\r\n") + " {{creator.name}} }}{{{creator.name}"
	compiled, err := outreach.Compile(text)
	require.NoError(t, err)
	r, err := compiled.Render(goodMessage(), nil)
	require.NoError(t, err)
	if !strings.Contains(r.Body, "Demo Agency {creator.name} }{Ada\n\n") || strings.Contains(r.Body, "\r") {
		t.Errorf("got %q", r.Body)
	}
}

func TestATemplateDoesNotChange(t *testing.T) {
	t.Parallel()
	text := texts(t)[0]
	compiled, err := outreach.Compile(text)
	require.NoError(t, err)
	text.Required[0] = "changed"
	compiled.Text().Required[0] = "changed too"
	if diff := cmp.Diff(texts(t)[0], compiled.Text()); diff != "" {
		t.Errorf("text mismatch (-want +got):\n%s", diff)
	}
	data, err := json.Marshal(compiled.Text())
	require.NoError(t, err)
	var back outreach.Text
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(compiled.Text(), back); diff != "" {
		t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	s := shelf(t)
	tests := map[string]struct{ name, locale, byDefault, want string }{
		"itself":                {"first", "de", "", "de"},
		"wider":                 {"first", "pt-BR", "", "pt"},
		"in another case":       {"first", "PT-br", "", "pt"},
		"past a single":         {"first", "de-x-mine", "", "de"},
		"much wider":            {"first", "de-Latn-CH-1996", "", "de"},
		"the default":           {"first", "fi", "en", "en"},
		"not the default":       {"first", "de", "en", "de"},
		"wider by default":      {"first", "fi", "en-US", "en"},
		"no default":            {"first", "fi", "", ""},
		"a default that is not": {"first", "fi", "sv", ""},
		"another name":          {"second", "en", "en", ""},
		"no locale":             {"first", "", "", ""},
		"a longer language":     {"first", "den", "", ""},
		"a huge tag":            {"first", strings.Repeat("de-", 100_000), "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := s.Find(tt.name, tt.locale, tt.byDefault)
			if tt.want == "" {
				if got := refusalOf(t, err); got != "outreach.no_locale" {
					t.Errorf("refused with %q", got)
				}
				return
			}
			require.NoError(t, err)
			if got := found.Text().Locale; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNewShelfReportsAll(t *testing.T) {
	t.Parallel()
	all := texts(t)
	again := all[1]
	again.Locale = "DE"
	_, err := outreach.NewShelf(append(all, again, outreach.Text{Name: "x", Version: "1", Locale: "en", Body: "}", Disclosure: "-", OptOut: "-"}))
	want := []at{
		{"[3]", "template.twice"}, {"[4].body", "template.braces"}, {"[4].disclosure", "template.no_offer"}, {"[4].opt_out", "template.no_opt_out"},
	}
	if diff := cmp.Diff(want, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func FuzzCompile(f *testing.F) {
	f.Add("hi {creator.name}", "{post.quote} {post.link} {sender.name} {sender.company}")
	f.Add("{{}}", "{{{creator.name}}}")
	f.Add("{", "}\n{\xff}")
	f.Fuzz(func(t *testing.T, subject, body string) {
		text := outreach.Text{
			Name: "fuzz", Version: "1", Locale: "en", Subject: subject, Body: body,
			Disclosure: "{campaign.brand}: {campaign.offer}", OptOut: "{sender.opt_out}",
		}
		compiled, err := outreach.Compile(text)
		if err != nil {
			return
		}
		m := goodMessage()
		m.Sender.Email, m.Campaign.Name = "bruno@demo.example", "autumn"
		m.Channel = "x.direct"
		r, err := compiled.Render(m, nil)
		if len(faultsOf(t, err)) == 0 && err == nil {
			mustBeClean(t, r)
		}
	})
}
