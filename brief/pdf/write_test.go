package pdf_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/font/gofont/gomono"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/page"
	"github.com/bylinehq/byline/brief/pdf"
	"github.com/bylinehq/byline/internal/golden"
	"github.com/bylinehq/byline/internal/promise"
)

func line(lead, text string) page.Line { return page.Line{Lead: lead, Text: text} }

func lines(texts ...string) []page.Line {
	var all []page.Line
	for _, t := range texts {
		all = append(all, page.Line{Text: t})
	}
	return all
}

// demo is a document with a block of every kind.
func demo() page.Document {
	return page.Document{
		Language: "de", Colon: ": ", Title: "Herbstkessel: eine Tasse in 90 Sekunden",
		Summary: []page.Line{
			line("Märkte", "Deutschland, Österreich"), line("Sprache", "Deutsch"), line("Version", "2 vom 20. Oktober 2026"),
			{Lead: "Zeiten", Text: "Europe/Berlin", Note: "alle Zeiten auf dieser Seite"},
		},
		Notes: []string{"Gekürzt: Der Vertrag entscheidet, nicht diese Seite."},
		Sections: []page.Section{
			{Key: page.About, Heading: "Worum es geht", Blocks: []page.Block{{
				Text: []page.Line{
					line("", "Der Kessel kocht Wasser schneller als jeder andere, den wir kennen, und schaltet sich leise ab. Erzähl davon, wie er deinen Morgen verändert hat; ein Skript gibt es nicht."),
					line("Botschaft", "Schneller Tee, ohne Pfeifen."), line("Aufruf", "Mit dem Code 15 % sparen."),
				},
				Rows: []page.Line{
					{Lead: "Produkt", Text: "Kessel Modell K2", URL: "https://demo.example/kettle"},
					line("Publikum", "Menschen, die morgens wenig Zeit haben und trotzdem keinen Beutel aus der Maschine wollen"),
				},
			}}},
			{Key: page.Deliverables, Heading: "Was du machst", Blocks: []page.Block{
				{Table: &page.Table{
					Caption: "Drei Beiträge auf zwei Plattformen", Head: []string{"Was", "Wann", "Wie lang", "Dazu"},
					Rows: [][]page.Line{
						{line("", "1 × Instagram Reel"), line("", "16. bis 18. November 2026"), line("", "30 bis 60 Sekunden"), {Text: "ADA15", Copy: true, Note: "Code nennen"}},
						{line("", "2 × YouTube Short"), line("", "20. November 2026, 9:00 bis 13:00"), line("", "höchstens 60 Sekunden"), {Text: "https://demo.example/k?utm_source=ada&utm_medium=creator&utm_campaign=herbst", Copy: true, URL: "https://demo.example/k?utm_source=ada&utm_medium=creator&utm_campaign=herbst"}},
					},
				}},
				{Heading: "Reel", List: []page.Line{line("", "Der Kessel ist in den ersten drei Sekunden zu sehen."), {Lead: "Markieren", Text: "@demo.brand", Copy: true}, line("", "Keine Musik ohne Lizenz für Werbung, auch nicht leise im Hintergrund eines gesprochenen Teils, und nichts aus den Charts.")}},
			}},
			{Key: page.Disclosure, Heading: "Kennzeichnung", Blocks: []page.Block{{
				Text: lines("Wörtlich übernehmen."),
				Labels: []page.Label{
					{
						Text: "Werbung", Language: "de", For: "Deutschland, Österreich · Instagram",
						Where:  []page.Line{line("Reel", "gesprochen und als Text im Bild, von der ersten Sekunde an"), line("Story", "auf jedem Bild")},
						Switch: &page.Line{Lead: "Schalter", Text: "Bezahlte Partnerschaft", Note: "ersetzt das Wort nicht"},
					},
					{Text: "Anzeige", Language: "de", For: "Deutschland · YouTube"},
				},
			}}},
			{Key: page.Avoid, Heading: "Was nicht geht", Blocks: []page.Block{{List: lines("„gesund“", "Vergleiche mit anderen Marken", "Kinder im Bild")}}},
		},
	}
}

func write(t testing.TB, d page.Document, o *pdf.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, pdf.Write(&out, d, o))
	return out.Bytes()
}

// pages reads back the texts of each page, in the order in which they were set.
func pages(t testing.TB, document []byte) [][]string {
	t.Helper()
	var pages [][]string
	shown := regexp.MustCompile(`(?s)\(((?:[^\\)]|\\.)*)\) ?Tj`)
	for _, object := range regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`).FindAllSubmatch(document, -1) {
		reader, err := zlib.NewReader(bytes.NewReader(object[1]))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(reader)
		require.NoError(t, err)
		var texts []string
		for _, m := range shown.FindAllSubmatch(content, -1) {
			texts = append(texts, decoded(m[1]))
		}
		if len(texts) > 0 {
			pages = append(pages, texts)
		}
	}
	return pages
}

// decoded undoes the escapes of a PDF string and its UTF-16.
func decoded(raw []byte) string {
	raw = regexp.MustCompile(`(?s)\\.`).ReplaceAllFunc(raw, func(b []byte) []byte {
		if b[1] == 'r' {
			return []byte{'\r'}
		}
		return b[1:]
	})
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}

// all is every text of a document but its feet.
func all(t testing.TB, d page.Document, o *pdf.Options) string {
	t.Helper()
	var texts []string
	for _, p := range pages(t, write(t, d, o)) {
		texts = append(texts, p[:len(p)-2]...)
	}
	return strings.Join(texts, "|")
}

func TestWriteGolden(t *testing.T) {
	t.Parallel()
	document := write(t, demo(), &pdf.Options{Stamp: time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC), Author: "Demo Brand"})
	if path := os.Getenv("BYLINE_PDF"); path != "" {
		require.NoError(t, os.WriteFile(path, document, 0o600))
	}
	var texts bytes.Buffer
	for i, p := range pages(t, document) {
		fmt.Fprintf(&texts, "— page %d\n%s\n", i+1, strings.Join(p, "\n"))
	}
	golden.Equal(t, "demo.txt", texts.Bytes())
	for _, want := range []string{"/CreationDate (D:20261020090000", "/Lang (de)", "/URI (https://demo.example/kettle)", "/URI (https://demo.example/k?utm_source=ada&utm_medium=creator&utm_campaign=herbst)"} {
		if !bytes.Contains(document, []byte(want)) {
			t.Errorf("%s is not in the document", want)
		}
	}
}

// The same document gives the same bytes, in whatever company.
func TestWriteTwice(t *testing.T) {
	t.Parallel()
	first := write(t, demo(), nil)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			var again bytes.Buffer
			if err := pdf.Write(&again, demo(), nil); err != nil || !bytes.Equal(first, again.Bytes()) {
				t.Errorf("another document, %v", err)
			}
		})
	}
	wg.Wait()
}

// titled is a document of which only the title is said.
func titled(title string) page.Document { return page.Document{Title: title} }

func labelled(text string) page.Document {
	d := titled("t")
	d.Sections = []page.Section{{Blocks: []page.Block{{Labels: []page.Label{{Text: text}}}}}}
	return d
}

func copied(text string) page.Document {
	d := titled("t")
	d.Summary = []page.Line{{Text: text, Copy: true}}
	return d
}

func TestWriteCharacters(t *testing.T) {
	t.Parallel()
	replace := &pdf.Options{Replace: true}
	tests := map[string]struct {
		document page.Document
		o        *pdf.Options
		want     string // of the first text, or the code of a refusal
	}{
		"latin":                  {titled("Łucja Ağaoğlu Žižka"), nil, "Łucja Ağaoğlu Žižka"},
		"greek and cyrillic":     {titled("Ελένη Жанна Ґудзь"), nil, "Ελένη Жанна Ґудзь"},
		"marks of their own":     {titled("Zoe\u0308 cafe\u0301"), nil, "Zoë café"},
		"brackets":               {titled(`(a\b)`), nil, `(a\b)`},
		"no ink":                 {titled("a\u200db\ufe0fc\u202ed\u00ade\ufeff"), nil, "abcde"},
		"blanks":                 {titled("a\t b\u3000c\u2003d"), nil, "a b c d"},
		"blanks that hold":       {titled("15\u202f%"), nil, "15\u00a0%"},
		"controls":               {titled("a\x00b\x1bc\x7f"), nil, "abc"},
		"no utf-8":               {titled("a\xff\xfeb"), nil, "a\ufffdb"},
		"the alias":              {titled("{\ue000n} {nb}"), replace, "{\ufffdn} {nb}"},
		"the alias as it is":     {titled("{\ue000n}"), nil, "pdf.glyphs"},
		"japanese":               {titled("広告"), nil, "pdf.glyphs"},
		"korean, replaced":       {titled("광고"), replace, "\ufffd\ufffd"},
		"emoji":                  {titled("Tea 🍵"), nil, "pdf.glyphs"},
		"emoji, replaced":        {titled("Tea 🍵"), replace, "Tea \ufffd"},
		"arabic":                 {titled("إعلان"), replace, "pdf.script"},
		"hebrew":                 {titled("פרסומת"), replace, "pdf.script"},
		"hindi":                  {titled("विज्ञापन"), replace, "pdf.script"},
		"thai":                   {titled("โฆษณา"), replace, "pdf.script"},
		"a label, replaced":      {labelled("広告"), replace, "pdf.glyphs"},
		"a code, replaced":       {copied("ADA🍵"), replace, "pdf.glyphs"},
		"a label that is there":  {labelled("Reklāma"), nil, "t"},
		"another typeface":       {titled("Ada"), &pdf.Options{Regular: gomono.TTF}, "Ada"},
		"a typeface of nothing":  {titled("Ada"), &pdf.Options{Regular: []byte("no")}, "pdf.font"},
		"a typeface, cut":        {titled("Ada"), &pdf.Options{Regular: gomono.TTF[:len(gomono.TTF)/2]}, "pdf.font"},
		"a bold that is none":    {titled("Ada"), &pdf.Options{Regular: gomono.TTF, Bold: []byte("OTTO")}, "pdf.font"},
		"a bold without regular": {titled("Ada"), &pdf.Options{Bold: gomono.TTF}, "Ada"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			if err := pdf.Write(&out, tt.document, tt.o); err != nil {
				if code := codeOf(err); code != tt.want || out.Len() > 0 {
					t.Errorf("%v (%s), want %q; %d bytes", err, code, tt.want, out.Len())
				}
				return
			}
			if got := pages(t, out.Bytes())[0][0]; got != tt.want {
				t.Errorf("printed %q, want %q", got, tt.want)
			}
		})
	}
}

func codeOf(err error) string {
	if refused, ok := errors.AsType[*byline.RefusalError](err); ok {
		return refused.Code
	}
	if fault, ok := errors.AsType[*byline.FieldError](err); ok {
		return fault.Code
	}
	return ""
}

// A damaged typeface is a fault, also where the library panics on it.
func TestWriteDamagedFont(t *testing.T) {
	t.Parallel()
	for _, at := range []int{93, 94, 189} { // in the directory of its tables
		font := bytes.Clone(gomono.TTF)
		font[at] ^= 0xff
		var out bytes.Buffer
		if err := pdf.Write(&out, titled("Ada"), &pdf.Options{Regular: font}); codeOf(err) != "pdf.font" || out.Len() > 0 {
			t.Errorf("byte %d: %v, %d bytes", at, err, out.Len())
		}
	}
}

// A refusal says how much is missing, and in code points what.
func TestWriteRefusal(t *testing.T) {
	t.Parallel()
	err := pdf.Write(io.Discard, titled("Tea 広告 🍵"), nil)
	refused, ok := errors.AsType[*byline.RefusalError](err)
	want := &byline.RefusalError{
		Code: "pdf.glyphs", Have: 4, Need: 7,
		Message: "the typeface lacks 3 of 7 characters, among them U+544A U+5E83 U+1F375; give one that has them, or send the HTML",
	}
	if diff := cmp.Diff(want, refused); !ok || diff != "" {
		t.Errorf("refusal (-want +got):\n%s", diff)
	}
}

// Nothing is lost over pages: tables repeat their head, long words are broken, and every
// page has its number.
func TestWritePages(t *testing.T) {
	t.Parallel()
	table := page.Table{Head: []string{"What", "When"}}
	for i := range 200 {
		table.Rows = append(table.Rows, lines(fmt.Sprintf("piece-%03d", i), strings.Repeat("soon ", 30)))
	}
	d := titled("Long")
	d.Sections = []page.Section{
		{Heading: "Table", Blocks: []page.Block{{Table: &table}}},
		{Heading: "Text", Blocks: []page.Block{{
			Text: lines(strings.Repeat("W", 10_000)), Rows: []page.Line{line(strings.Repeat("K", 3000), strings.Repeat("V", 3000))},
			Labels: []page.Label{{Text: strings.Repeat("L", 5000)}}, List: lines(strings.Repeat("I", 5000)),
		}}},
	}
	got := pages(t, write(t, d, nil))
	text := ""
	for i, p := range got {
		if want := fmt.Sprintf("%d / %d", i+1, len(got)); p[len(p)-1] != want {
			t.Errorf("page %d ends with %q", i+1, p[len(p)-1])
		}
		here := strings.Join(p[:len(p)-2], "|")
		if strings.Contains(here, "piece-") && !strings.Contains(here, "What|When|") {
			t.Errorf("page %d has no head of the table", i+1)
		}
		text += here
	}
	for letter, want := range map[string]int{"W": 10_000 + 2*strings.Count(text, "What|When|"), "K": 3000, "V": 3000, "L": 5001, "I": 5000, "piece-": 200} {
		if n := strings.Count(text, letter); n != want {
			t.Errorf("%q is there %d times of %d", letter, n, want)
		}
	}
	if len(got) < 20 {
		t.Errorf("%d pages", len(got))
	}
}

func TestWriteTooLong(t *testing.T) {
	t.Parallel()
	d := titled("Long")
	d.Sections = []page.Section{{Blocks: []page.Block{{Text: lines(strings.Repeat("a\n", 12_000))}}}}
	var out bytes.Buffer
	if err := pdf.Write(&out, d, nil); codeOf(err) != "pdf.pages" || !errors.Is(err, byline.ErrRefused) || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
	d.Sections[0].Blocks[0].Text = lines(strings.Repeat("a\n", 9500))
	if n := len(pages(t, write(t, d, nil))); n < 180 || n > 200 {
		t.Errorf("%d pages", n)
	}
}

// A link opens an address of the web, of mail or of a telephone, and nothing else.
func TestWriteLinks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ url, want string }{
		"the web":         {"https://demo.example/tée?a=b", "https://demo.example/t%C3%A9e?a=b"},
		"mail":            {"mailto:bruno@demo.example", "mailto:bruno@demo.example"},
		"a telephone":     {"tel:+4930123456", "tel:+4930123456"},
		"brackets":        {"https://demo.example/a)>>(b", "https://demo.example/a%29%3E%3E%28b"},
		"a script":        {"javascript:app.alert(1)", ""},
		"a file":          {"file:///etc/passwd", ""},
		"a line":          {"https://demo.example/\r\n/Launch", ""},
		"not ascii":       {"mailto:ü\xff@demo.example", ""},
		"longer than any": {"https://demo.example/" + strings.Repeat("a", 2000), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := titled("t")
			d.Summary = []page.Line{{Lead: "k", Text: "here", URL: tt.url}}
			document := write(t, d, nil)
			got := ""
			if m := regexp.MustCompile(`/URI \((.*)\)>>`).FindSubmatch(document); m != nil {
				got = string(m[1])
			}
			if got != tt.want || bytes.Contains(document, []byte("/JavaScript")) {
				t.Errorf("opens %q, want %q", got, tt.want)
			}
		})
	}
}

// A language is not where something else can be written.
func TestWriteLanguage(t *testing.T) {
	t.Parallel()
	d := titled("t")
	d.Language = "de)/OpenAction(x"
	if document := write(t, d, nil); bytes.Contains(document, []byte("OpenAction(")) {
		t.Error("the language is written as it is")
	}
}

func TestWriteEmpty(t *testing.T) {
	t.Parallel()
	empty := page.Document{Sections: []page.Section{{Blocks: []page.Block{{}, {
		Text: lines(""), List: lines(""), Rows: lines(""), Labels: []page.Label{{Switch: &page.Line{}, Where: lines("")}},
		Table: &page.Table{Head: []string{""}, Rows: [][]page.Line{{{}}}},
	}}}}}
	for name, d := range map[string]page.Document{"nothing": {}, "nothing in it": empty} {
		if got := pages(t, write(t, d, nil)); len(got) != 1 {
			t.Errorf("%s: %d pages", name, len(got))
		}
	}
}

func TestWriteTableFaults(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]page.Table{
		"no column":   {},
		"too many":    {Head: make([]string, 9)},
		"a short row": {Head: make([]string, 2), Rows: [][]page.Line{lines("a", "b"), lines("a")}},
	} {
		d := demo()
		d.Sections[3].Blocks = append(d.Sections[3].Blocks, page.Block{Table: &table})
		err := pdf.Write(io.Discard, d, nil)
		faults := byline.Nest("", err)
		if len(faults) != 1 || faults[0].Code != "pdf.table" || faults[0].Path != "sections[3].blocks[1].table" {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := demo()
	d.Sections[3].Blocks[0].Table = &page.Table{Head: strings.Split("a b c d e f g h", " "), Rows: [][]page.Line{lines(strings.Split(strings.Repeat("word ", 8), " ")[:8]...)}}
	if got := all(t, d, nil); !strings.Contains(got, strings.Repeat("|word", 8)) {
		t.Errorf("texts: %s", got)
	}
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("the line is down")
	require.ErrorIs(t, pdf.Write(full{broken}, demo(), nil), broken)
}

func TestCodes(t *testing.T) {
	t.Parallel()
	want := []string{"pdf.font", "pdf.glyphs", "pdf.pages", "pdf.script", "pdf.table"}
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}

func FuzzWrite(f *testing.F) {
	f.Add("Autumn", "Code: ADA15", "https://demo.example/", "de")
	f.Add("\U0010ffff\ufeff\u202e\n\n", "(\\)\r\x00{nb}{\ue000n}", "http://)>>", ")")
	f.Fuzz(func(t *testing.T, title, text, link, language string) {
		if len(title)+len(text) > 2000 {
			t.Skip()
		}
		d := demo()
		d.Title, d.Language, d.Colon = title, language, text
		d.Summary[0] = page.Line{Lead: text, Text: title, Note: text, URL: link}
		d.Sections[1].Blocks[0].Table.Rows[0][0].Text = text
		d.Sections[2].Blocks[0].Labels[0].For = text
		var out bytes.Buffer
		if err := pdf.Write(&out, d, &pdf.Options{Replace: true}); err != nil {
			if !slices.Contains([]string{"pdf.script", "pdf.glyphs"}, codeOf(err)) {
				t.Fatal(err)
			}
			return
		}
		if got := pages(t, out.Bytes()); len(got) == 0 {
			t.Error("no page")
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	long := demo()
	for range 30 {
		long.Sections = append(long.Sections, demo().Sections...)
	}
	for name, d := range map[string]page.Document{"brief": demo(), "long": long} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				require.NoError(b, pdf.Write(io.Discard, d, nil))
			}
		})
	}
}
