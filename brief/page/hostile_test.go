package page_test

import (
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/page"
)

// attacks are texts that mean something to Markdown, to HTML or to whoever reads them.
func attacks() map[string]string {
	return map[string]string{
		"script":     `<script>alert(1)</script>`,
		"handler":    `"><img src=x onerror=alert(1)>`,
		"comment":    `--><b>evil</b><!--`,
		"cdata":      `]]><b>evil</b>`,
		"script url": `javascript:alert(1)`,
		"split url":  "java\tscript:alert(1)",
		"data url":   `data:text/html,<script>alert(1)</script>`,
		"link":       `[evil](http://evil.example)`,
		"image":      `![evil](http://evil.example/x.png)`,
		"reference":  "[evil]: http://evil.example\n\n[evil]",
		"autolink":   `<http://evil.example>`,
		"bare link":  `http://evil.example www.evil.example`,
		"end of url": "https://demo.example/>) [evil](http://evil.example)",
		"heading":    "# evil\nevil\n===\nevil\n---",
		"list":       "- evil\n1. evil\n2) evil\n+ evil\n* evil",
		"quote":      "> evil",
		"fence":      "```\nevil\n```\n~~~\nevil",
		"ticks":      "`evil``evil```",
		"indent":     "    evil\n\tevil",
		"table":      "| evil | evil |\n| --- | --- |\n:-\nevil",
		"rule":       "***\n___\n- - -",
		"entity":     "&lt;evil&gt; &copy; &#60;evil",
		"emphasis":   "**evil** __evil__ ~~evil~~ *evil*",
		"backslash":  `evil\`,
		"controls":   "\x00evil\x1b[2J\u202eevil\u2066\ufeff\U000E0001",
		"not utf-8":  "evil\xff\xfe",
		"breaks":     "evil\r\nevil\u2028evil\u0085evil\vevil",
		"template":   "{{.Title}} ${evil} {% evil %}",
	}
}

// filled sets every text of a brief but for those that have only a few values.
func filled(v reflect.Value, text string, path ...string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && !slices.Contains(fixed(), strings.Join(append(path, field.Name), ".")) {
				filled(v.Field(i), text, append(path, field.Name)...)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			filled(v.Index(i), text, path...)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf(text), reflect.ValueOf(text))
	case reflect.String:
		v.SetString(text)
	}
}

// fixed are the paths of texts that Make checks, and of those that choose what is shown.
func fixed() []string { return []string{"Language", "Objective.Goal", "Elements.Kind"} }

func attacked(t *testing.T, text string) page.Document {
	t.Helper()
	b := full()
	filled(reflect.ValueOf(&b).Elem(), text)
	return made(t, b, "en")
}

func TestHostileTextIsOnlyTextInHTML(t *testing.T) {
	t.Parallel()
	for name, text := range attacks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkHTML(t, html(t, attacked(t, text)))
		})
	}
}

// open matches the tags that HTML does not close.
func open() *regexp.Regexp { return regexp.MustCompile(`<(?:br|wbr|meta|link)\b[^>]*`) }

// checkHTML reads a page as XML, which it is but for its open tags, and asks that there is
// nothing in it that the template does not write.
func checkHTML(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(open().ReplaceAllString(text, "$0/")))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			checkElement(t, token)
		case xml.Comment:
			t.Errorf("a comment: %s", token)
		}
	}
}

func checkElement(t *testing.T, e xml.StartElement) {
	t.Helper()
	known := strings.Fields("html head meta title style body main header section div h1 h2 h3 p ul li dl dt dd table thead tbody tr th td a code bdi br wbr strong small")
	if !slices.Contains(known, e.Name.Local) {
		t.Errorf("an element <%s>", e.Name.Local)
	}
	for _, a := range e.Attr {
		if !slices.Contains(strings.Fields("lang dir charset http-equiv content name id class href scope aria-label aria-labelledby"), a.Name.Local) {
			t.Errorf("an attribute %s=%q", a.Name.Local, a.Value)
		}
		if scheme, _, _ := strings.Cut(a.Value, ":"); a.Name.Local == "href" && !slices.Contains([]string{"http", "https", "mailto", "tel"}, scheme) {
			t.Errorf("a link to %q", a.Value)
		}
	}
}

func TestHostileTextIsOnlyTextInMarkdown(t *testing.T) {
	t.Parallel()
	for name, text := range attacks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkMarkdown(t, markdown(t, attacked(t, text)), markdown(t, attacked(t, "plain")))
		})
	}
}

// checkMarkdown compares what the lines of two documents of the same shape begin with, and
// asks that no sign of the text is left that means something.
func checkMarkdown(t *testing.T, got, plain string) {
	t.Helper()
	if diff := countBlocks(got, plain); diff != "" {
		t.Errorf("%s\n%s", diff, got)
	}
	for line := range strings.Lines(outsideFences(got)) {
		if rest := unmarked(line); strings.ContainsAny(rest, "<>[]`*_&|~#") {
			t.Errorf("signs that mean something in %q: %q", line, rest)
		}
	}
}

// countBlocks counts headings, items, rows and fences.
func countBlocks(got, plain string) string {
	for _, prefix := range []string{"# ", "## ", "### ", "- ", "* ", "| ", "**"} {
		if g, p := starts(got, prefix), starts(plain, prefix); g != p && prefix != "**" {
			return "lines that begin with " + prefix + " differ"
		}
	}
	return ""
}

func starts(text, prefix string) int {
	n := 0
	for line := range strings.Lines(outsideFences(text)) {
		if strings.HasPrefix(line, prefix) {
			n++
		}
	}
	return n
}

// outsideFences drops code blocks: what stands between a line of backticks and the next of
// the same length.
func outsideFences(text string) string {
	var kept strings.Builder
	fence := ""
	for line := range strings.Lines(text) {
		bare := strings.TrimRight(line, "\n")
		switch {
		case fence == "" && len(bare) >= 3 && strings.Trim(bare, "`") == "":
			fence = bare
		case fence != "" && bare == fence:
			fence = ""
		case fence == "":
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// unmarked drops from a line all that is markup by intention, as a reader of CommonMark
// meets it: escaped signs, spans of code, the writer's own links, stars and pipes.
func unmarked(line string) string {
	line = strings.TrimSuffix(line, "\n")
	for _, prefix := range []string{"# ", "## ", "### ", "- ", "* ", "| "} {
		if rest, found := strings.CutPrefix(line, prefix); found {
			line = rest
			break
		}
	}
	var kept strings.Builder
	for i := 0; i < len(line); {
		rest := line[i:]
		switch {
		case rest[0] == '\\' && len(rest) > 1:
			i += 2
		case rest[0] == '`':
			ticks := rest[:len(rest)-len(strings.TrimLeft(rest, "`"))]
			end := strings.Index(rest[len(ticks):], ticks)
			if end < 0 {
				return line
			}
			i += end + 2*len(ticks)
		case strings.HasPrefix(rest, "<http"), strings.HasPrefix(rest, "](<http"), strings.HasPrefix(rest, "](<mailto:"), strings.HasPrefix(rest, "](<tel:"):
			i += strings.IndexByte(rest, '>') + 1
		case strings.HasPrefix(rest, "**"):
			i += 2
		case strings.HasPrefix(rest, " | "), rest == " |", strings.HasPrefix(rest, "| ---"), rest == "| |":
			i += 2
		case rest[0] == '[' && strings.Contains(rest, "](<"):
			i++
		default:
			kept.WriteByte(rest[0])
			i++
		}
	}
	return strings.Trim(kept.String(), "|- ")
}

func TestAddressesLeadNowhereElse(t *testing.T) {
	t.Parallel()
	doc := page.Document{Language: "en", Colon: ": ", Title: "t", Sections: []page.Section{{Key: page.About, Heading: "h", Blocks: []page.Block{{Rows: []page.Line{
		{Text: "a", URL: "javascript:alert(1)"}, {Text: "b", URL: "JAVASCRIPT:alert(1)"}, {Text: "c", URL: "//evil.example"},
		{Text: "d", URL: "data:text/html,x"}, {Text: "e", URL: "https://demo.example/\">x"}, {Text: "f", URL: "https:"},
	}}}}}}
	if text := html(t, doc); strings.Count(text, "href=") != 1 {
		t.Errorf("links in\n%s", text)
	} else {
		checkHTML(t, text)
	}
	if text := markdown(t, doc); strings.Count(text, "](<") != 1 || !strings.Contains(text, "(<https://demo.example/%22%3Ex>)") {
		t.Errorf("links in\n%s", text)
	}
}

func TestLabelStandsAsWritten(t *testing.T) {
	t.Parallel()
	b := full()
	b.Disclosures = []brief.Disclosure{{Market: "DE", Language: "de", Label: "*Werbung* ``` für <Demo> & Söhne", Platform: byline.TikTok}}
	doc := made(t, b, "en")
	if text := markdown(t, doc); !strings.Contains(text, "\n````\n*Werbung* ``` für <Demo> & Söhne\n````\n") {
		t.Errorf("label in\n%s", text)
	}
	if text := html(t, doc); !strings.Contains(text, "*Werbung* ``` für &lt;Demo&gt; &amp; Söhne</p>") {
		t.Errorf("label in\n%s", text)
	}
}
