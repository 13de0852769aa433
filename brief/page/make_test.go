package page_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
	"github.com/bylinehq/byline/brief/page"
)

func keys(doc page.Document) []page.Key {
	var keys []page.Key
	for _, s := range doc.Sections {
		keys = append(keys, s.Key)
	}
	return keys
}

func section(t *testing.T, doc page.Document, key page.Key) page.Section {
	t.Helper()
	for _, s := range doc.Sections {
		if s.Key == key {
			return s
		}
	}
	t.Fatalf("no section %s", key)
	return page.Section{}
}

func TestSectionsInOrder(t *testing.T) {
	t.Parallel()
	want := []page.Key{
		page.About, page.Deliverables, page.Musts, page.Disclosure, page.Claims, page.Guardrails, page.Avoid, page.Angles,
		page.Schedule, page.Usage, page.Tracking, page.Contact, page.Monitoring,
	}
	if diff := cmp.Diff(want, keys(made(t, full(), "en"))); diff != "" {
		t.Errorf("sections mismatch (-want +got):\n%s", diff)
	}
}

func TestNothingToSayIsLeftOut(t *testing.T) {
	t.Parallel()
	doc := made(t, brief.Brief{Title: "Demo", Language: "en"}, "")
	want := page.Document{
		Language: "en", Colon: ": ", Title: "Demo",
		Summary: []page.Line{{Lead: "Language of the content", Text: "English"}, {Lead: "Time zone", Text: "Europe/Berlin"}},
	}
	if diff := cmp.Diff(want, doc); diff != "" {
		t.Errorf("document mismatch (-want +got):\n%s", diff)
	}
	if text := html(t, doc); strings.Contains(text, "<section") || strings.Contains(text, "<dl class=\"rows\">\n</dl>") {
		t.Errorf("something stands there:\n%s", text)
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		brief, option string
		want          string
		noted         bool
	}{
		"of the brief":       {"fr", "", "fr", false},
		"of the reader":      {"fr", "nl", "nl", false},
		"with a region":      {"pt-PT", "", "pt", false},
		"in upper case":      {"DE", "", "de", false},
		"without words here": {"pl", "", "en", true},
		"asked for without":  {"de", "fi-FI", "en", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := full()
			b.Language = tt.brief
			doc := made(t, b, tt.option)
			if doc.Language != tt.want || (len(doc.Notes) > 0) != tt.noted {
				t.Errorf("language %q, notes %q", doc.Language, doc.Notes)
			}
		})
	}
}

func TestDatesOfTheBrief(t *testing.T) {
	t.Parallel()
	doc, err := page.Make(full(), &page.Options{Language: "en", Zone: berlin()})
	require.NoError(t, err)
	var got []string
	for _, d := range doc.Dates {
		day := ""
		if d.Day {
			day = " (day)"
		}
		got = append(got, d.Key+day+" "+d.Name+": "+d.Text)
	}
	want := []string{
		"product_arrives (day) The product is with you: Mon, 9 November 2026",
		"drafts_due First drafts due: Fri, 20 November 2026, 18:00",
		"approval_by (day) The brand’s last word: Fri, 27 November 2026",
		"embargo_ends (day) Publish nothing before: Tue, 1 December 2026",
		"deliverables[0].posting (day) Instagram · 2 × Reel goes live: Wed, 2 December – Tue, 8 December 2026",
		"deliverables[1].posting (day) Instagram · Story goes live: Thu, 10 December 2026",
		"deliverables[2].posting YouTube · Video goes live: Mon, 28 December 2026, 18:00 – Mon, 4 January 2027, 18:00",
		"campaign_ends (day) The campaign ends: Thu, 31 December 2026",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dates mismatch (-want +got):\n%s", diff)
	}
}

// TestWhereTheLabelStands follows the rules of the day on which a piece goes live.
func TestWhereTheLabelStands(t *testing.T) {
	t.Parallel()
	start := day(time.December, 1)
	rule := func(id string, effective byline.Window, place disclosure.Place) disclosure.Rule {
		return disclosure.Rule{
			Rule: byline.Rule{ID: id, Market: "DE", Instrument: "demo", Effective: effective, Confidence: byline.Primary}, Force: disclosure.Law,
			Label: &disclosure.LabelDuty{Accepted: []disclosure.Label{{Text: "Demo"}}, Place: map[disclosure.Medium]disclosure.Place{"": place}},
		}
	}
	since := time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC) // as rules are dated
	rules := []disclosure.Rule{
		rule("old", byline.Window{End: since}, disclosure.Place{FirstLines: 2, MaxHashtags: 3, NotBuried: true}),
		rule("new", byline.Window{Start: since}, disclosure.Place{Repeated: true, BothChannels: true, InContent: true}),
	}
	b := brief.Brief{Title: "Demo", Language: "de", Brands: []string{"Demo"}, Disclosures: []brief.Disclosure{{Market: "DE", Language: "de", Label: "Demo"}}}
	piece := func(f brief.Format, at time.Time) brief.Piece {
		return brief.Piece{Deliverable: brief.Deliverable{Platform: byline.Instagram, Format: f, Count: 1, Posting: byline.Window{Start: at}}}
	}
	tests := map[string]struct {
		pieces []brief.Piece
		want   []page.Line
	}{
		"the rule before": {[]brief.Piece{piece(brief.Post, start.AddDate(0, 0, -1))}, []page.Line{{
			Lead: "Instagram Post", Text: "within the first lines (2), among the first hashtags (3), not behind other hashtags",
		}}},
		"the rule after": {[]brief.Piece{piece(brief.Reel, start)}, []page.Line{{
			Lead: "Instagram Reel", Text: "in the video itself, both seen and spoken, again later on",
		}}},
		"kinds together": {[]brief.Piece{piece(brief.Reel, start), piece(brief.Livestream, start), piece(brief.Reel, start)}, []page.Line{{
			Lead: "Instagram Reel, Instagram Livestream", Text: "in the video itself, both seen and spoken, again later on",
		}}},
		"no day": {[]brief.Piece{piece(brief.Reel, time.Time{})}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := b
			b.Pieces = tt.pieces
			doc, err := page.Make(b, &page.Options{Language: "en", Zone: berlin(), Rules: rules})
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, section(t, doc, page.Disclosure).Blocks[0].Labels[0].Where); diff != "" {
				t.Errorf("places mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhereTheLabelStandsWithoutAPostingWindow(t *testing.T) {
	t.Parallel()
	b := full()
	for i := range b.Pieces {
		b.Pieces[i].Posting = byline.Window{}
	}
	for _, at := range []time.Time{{}, day(time.December, 1)} {
		doc, err := page.Make(b, &page.Options{Language: "en", At: at})
		require.NoError(t, err)
		if where := section(t, doc, page.Disclosure).Blocks[0].Labels[0].Where; (len(where) > 0) != !at.IsZero() {
			t.Errorf("at %v: %+v", at, where)
		}
	}
}

func TestLabelsOfTwoMarketsStandTogether(t *testing.T) {
	t.Parallel()
	b := full()
	b.Disclosures = append(b.Disclosures[:2:2], b.Disclosures[0])
	b.Pieces = nil
	b.Elements = nil
	labels := section(t, made(t, b, "en"), page.Disclosure).Blocks[0].Labels
	if len(labels) != 1 || labels[0].For != "Germany, Austria · Instagram" {
		t.Errorf("labels are %+v", labels)
	}
}

func TestTrackedAddressCarriesItsParameters(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ url, want string }{
		"none there":    {"https://demo.example/", "https://demo.example/?utm_content=a+b&utm_source=x"},
		"one there":     {"https://demo.example/?utm_source=own", "https://demo.example/?utm_source=own&utm_content=a+b"},
		"all there":     {"https://demo.example/?utm_source=own&utm_content=", "https://demo.example/?utm_source=own&utm_content="},
		"a fragment":    {"https://demo.example/#f?x", "https://demo.example/?utm_content=a+b&utm_source=x#f?x"},
		"an open query": {"https://demo.example/?", "https://demo.example/?utm_content=a+b&utm_source=x"},
		"no address":    {"javascript:alert(1)", "javascript:alert(1)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := brief.Brief{Title: "Demo", Language: "en", Tracking: brief.Tracking{
				Links: []brief.Link{{Key: "demo", URL: tt.url, UTM: map[string]string{"utm_source": "x", "utm_content": "a b"}}},
			}}
			if got := section(t, made(t, b, "en"), page.Tracking).Blocks[0].Rows[0].Text; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAddressesOfPeople(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in   brief.Contact
		want []page.Line
	}{
		"good": {brief.Contact{Email: "a.b+c@demo.example", Phone: "+49 (30) 00-00"}, []page.Line{
			{Lead: "Email", Text: "a.b+c@demo.example", URL: "mailto:a.b+c@demo.example"}, {Lead: "Phone", Text: "+49 (30) 00-00", URL: "tel:+49300000"},
		}},
		"more than an address": {brief.Contact{Email: "a@demo.example?bcc=evil@demo.example", Phone: "0900;phone-context=evil"}, []page.Line{
			{Lead: "Email", Text: "a@demo.example?bcc=evil@demo.example"}, {Lead: "Phone", Text: "0900;phone-context=evil"},
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := made(t, brief.Brief{Title: "Demo", Language: "en", Contact: tt.in}, "en")
			if diff := cmp.Diff(tt.want, section(t, doc, page.Contact).Blocks[0].Rows); diff != "" {
				t.Errorf("rows mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMakeTwice(t *testing.T) {
	t.Parallel()
	b := full()
	first := made(t, b, "ko")
	if diff := cmp.Diff(first, made(t, full(), "ko")); diff != "" {
		t.Errorf("documents differ:\n%s", diff)
	}
	if diff := cmp.Diff(full(), b); diff != "" {
		t.Errorf("the brief has changed:\n%s", diff)
	}
	again := made(t, b, "ko")
	if diff := cmp.Diff(html(t, first), html(t, again)); diff != "" {
		t.Errorf("pages differ:\n%s", diff)
	}
}

func TestDocumentSurvivesJSON(t *testing.T) {
	t.Parallel()
	doc := made(t, full(), "fr")
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	var back page.Document
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(doc, back); diff != "" {
		t.Errorf("document mismatch (-want +got):\n%s", diff)
	}
}

func TestStylesheetOfTheHost(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, page.WriteHTML(&b, made(t, full(), "en"), &page.HTMLOptions{Stylesheet: "/brief.css"}))
	checkHTML(t, strings.Replace(b.String(), `<link rel="stylesheet" href="/brief.css">`, "", 1))
	if text := b.String(); strings.Contains(text, "<style") || !strings.Contains(text, `<link rel="stylesheet" href="/brief.css">`) || !strings.Contains(text, "style-src &#39;self&#39;") {
		t.Errorf("page:\n%s", text)
	}
	if !strings.Contains(html(t, made(t, full(), "en")), "<style>"+page.Stylesheet()+"</style>") {
		t.Error("the style in the page is not the one that its policy names")
	}
}

// broken fails from the first byte on.
type broken struct{}

var errBroken = errors.New("broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWritersReportTheirError(t *testing.T) {
	t.Parallel()
	doc := made(t, full(), "en")
	if err := page.WriteMarkdown(broken{}, doc); !errors.Is(err, errBroken) {
		t.Errorf("Markdown: %v", err)
	}
	if err := page.WriteHTML(broken{}, doc, nil); !errors.Is(err, errBroken) {
		t.Errorf("HTML: %v", err)
	}
}
