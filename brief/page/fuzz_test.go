package page_test

import (
	"strings"
	"testing"

	"github.com/bylinehq/byline/brief/page"
)

// FuzzMarkdown puts a text into every place of a document.
func FuzzMarkdown(f *testing.F) {
	for _, text := range attacks() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b := full()
		b.Title = "Demo " + text // some texts are none
		b.Message, b.Guardrails, b.Usage = text, []string{text}, []string{text}
		b.Angles[0].Title, b.Angles[0].Idea = text, text
		b.Disclosures[0].Label, b.Elements[3].Text, b.Elements[4].Text = text, text, text
		b.Product.Name, b.Product.URL = text, text
		b.Contact.Name, b.Contact.Email, b.Contact.Phone = text, text, text
		b.Tracking.Codes[0].Code, b.Tracking.Codes[0].Offer, b.Tracking.Links[0].URL = text, text, text
		doc := made(t, b, "en")
		got := markdown(t, doc)
		for line := range strings.Lines(outsideFences(got)) {
			if rest := unmarked(line); strings.ContainsAny(rest, "<>[]`*_&|~#") {
				t.Errorf("signs that mean something in %q: %q", line, rest)
			}
		}
		if n := starts(got, "## "); n != len(doc.Sections) {
			t.Errorf("%d headings for %d sections:\n%s", n, len(doc.Sections), got)
		}
		checkHTML(t, html(t, doc))
	})
}

func FuzzWriteMarkdown(f *testing.F) {
	f.Add("1. evil\n# evil", ": ", "https://demo.example/>")
	f.Fuzz(func(t *testing.T, text, lead, address string) {
		doc := page.Document{Title: text, Colon: ": ", Sections: []page.Section{{Heading: text, Blocks: []page.Block{{
			Text:  []page.Line{{Lead: lead, Text: text, URL: address, Note: text}},
			Table: &page.Table{Head: []string{text, lead}, Rows: [][]page.Line{{{Text: text, Copy: true}, {Text: lead, URL: address}}}},
		}}}}}
		got := markdown(t, doc)
		for line := range strings.Lines(got) {
			if strings.HasPrefix(line, "> ") || strings.HasPrefix(line, "```") || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "- ") {
				t.Errorf("a block that nobody meant: %q in\n%s", line, got)
			}
		}
	})
}
