package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

// maker is a brief with all that it takes to write it down.
type maker struct {
	b     brief.Brief
	words words
	style style
	zone  *time.Location
	at    time.Time
	rules []disclosure.Rule
}

// Make lays a brief out for a reader. It does not ask whether the brief is a good one, so
// that a draft can be looked at: see [brief.Brief.Validate] and [brief.Review]. The same
// brief and options make the same document on any machine.
//
// Faults: "page.title" for a brief without one, "page.language" for a language that is no
// BCP 47 tag, "page.piece" for an element of a deliverable that is not there, "page.year"
// for a time outside the years 1 to 9999.
func Make(b brief.Brief, opts *Options) (Document, error) {
	if opts == nil {
		opts = &Options{}
	}
	if err := byline.Faults(faults(b, opts)); err != nil {
		return Document{}, err
	}
	tag := strings.ToLower(cmp.Or(opts.Language, b.Language))
	base, _, _ := strings.Cut(tag, "-")
	w, own := wordsIn(base)
	m := &maker{b: b, words: w, style: styleIn(w.language, american(tag)), zone: opts.Zone, at: opts.At, rules: opts.Rules}
	if m.zone == nil {
		m.zone = time.UTC
	}
	if m.rules == nil {
		m.rules = disclosure.Rules()
	}
	m.rules = slices.DeleteFunc(slices.Clone(m.rules), func(r disclosure.Rule) bool { return r.Label == nil })
	doc := Document{Language: w.language, Colon: w.colon, Title: single(b.Title), Summary: m.summary(), Sections: m.sections(), Dates: m.dates()}
	if !own {
		doc.Notes = append(doc.Notes, fmt.Sprintf("There are no headings in the language “%s” here, so they are in English.", base))
	}
	return doc, nil
}

// american reports whether a tag in lower case is English of the United States.
func american(tag string) bool { return tag == "en-us" || strings.HasPrefix(tag, "en-us-") }

func faults(b brief.Brief, opts *Options) []*byline.FieldError {
	var all []*byline.FieldError
	add := func(path, code, message string) {
		all = append(all, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if single(b.Title) == "" {
		add("title", "page.title", "a brief is shown under its title")
	}
	switch {
	case opts.Language != "" && !isTag(opts.Language):
		add(under("options", "language"), "page.language", "not a BCP 47 language tag")
	case opts.Language == "" && !isTag(b.Language):
		add("language", "page.language", "not a BCP 47 language tag")
	}
	for i, e := range b.Elements {
		for n, piece := range e.Pieces {
			if piece < 0 || piece >= len(b.Pieces) {
				add(fmt.Sprintf("elements[%d].pieces[%d]", i, n), "page.piece", "there is no such deliverable")
			}
		}
	}
	for _, t := range times(b) {
		if year := t.at.UTC().Year(); !t.at.IsZero() && (year < 1 || year > 9999) {
			add(t.path, "page.year", "the year is outside 1 to 9999")
		}
	}
	return all
}

func under(parent, child string) string { return parent + "." + child }

// isTag reports the shape of a BCP 47 tag: a language of two or three letters and parts of
// up to eight letters and digits.
func isTag(tag string) bool {
	for n, part := range strings.Split(tag, "-") {
		if part == "" || len(part) > 8 || strings.ContainsFunc(part, notOf("")) {
			return false
		}
		if n == 0 && (len(part) < 2 || len(part) > 3 || strings.ContainsAny(part, "0123456789")) {
			return false
		}
	}
	return len(tag) <= 64
}

type timeAt struct {
	path string
	at   time.Time
}

// times are all instants of a brief, with their paths.
func times(b brief.Brief) []timeAt {
	all := []timeAt{
		{under("timeline", "product_arrives"), b.Timeline.ProductArrives},
		{under("timeline", "drafts_due"), b.Timeline.DraftsDue},
		{under("timeline", "approval_by"), b.Timeline.ApprovalBy},
		{under("timeline", "embargo_ends"), b.Timeline.EmbargoEnds},
		{under("timeline", "campaign_ends"), b.Timeline.CampaignEnds},
	}
	for i, p := range b.Pieces {
		all = append(all,
			timeAt{fmt.Sprintf("deliverables[%d].posting.start", i), p.Posting.Start},
			timeAt{fmt.Sprintf("deliverables[%d].posting.end", i), p.Posting.End})
	}
	for i, c := range b.Tracking.Codes {
		all = append(all, timeAt{fmt.Sprintf("tracking.codes[%d].expires", i), c.Expires})
	}
	for i, l := range b.Tracking.Links {
		all = append(all, timeAt{fmt.Sprintf("tracking.links[%d].expires", i), l.Expires})
	}
	return all
}

func (m *maker) summary() []Line {
	w := m.words.summary
	var rows rows
	rows.add(w.For, single(string(m.b.Creator)))
	rows.add(w.Brand, m.joined(m.b.Brands))
	var markets []string
	for _, market := range m.b.Markets {
		markets = append(markets, marketName(m.words.language, market))
	}
	rows.add(w.Markets, m.joined(markets))
	rows.add(w.Language, languageName(m.b.Language))
	rows.add(w.Times, single(m.zone.String()))
	if m.b.Version > 0 {
		rows.with(Line{Lead: w.Version, Text: fmt.Sprint(m.b.Version), Note: single(m.b.ID)})
	}
	return rows
}

// sections returns those that have something to say.
func (m *maker) sections() []Section {
	h := m.words.headings
	var kept []Section
	for _, s := range []Section{
		{About, h.About, m.about()},
		{Deliverables, h.Deliverables, m.pieces()},
		{Musts, h.Musts, m.musts()},
		{Disclosure, h.Label, m.disclosure()},
		{Claims, h.Claims, m.claims()},
		{Guardrails, h.Guardrails, listed(m.b.Guardrails)},
		{Avoid, h.Avoid, m.avoid()},
		{Angles, h.Angles, m.angles()},
		{Schedule, h.Schedule, m.schedule()},
		{Usage, h.Usage, listed(m.b.Usage)},
		{Tracking, h.Tracking, m.tracking()},
		{Contact, h.Contact, m.contact()},
		{Monitoring, h.Monitoring, m.monitoring()},
	} {
		s.Blocks = filled(s.Blocks)
		if len(s.Blocks) > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// filled drops the blocks in which nothing stands but a heading.
func filled(blocks []Block) []Block {
	var kept []Block
	for _, b := range blocks {
		if len(b.Text)+len(b.List)+len(b.Rows)+len(b.Labels) > 0 || b.Table != nil {
			kept = append(kept, b)
		}
	}
	return kept
}

// joined cleans texts and joins those that are left.
func (m *maker) joined(texts []string) string {
	var kept []string
	for _, text := range texts {
		if text = single(text); text != "" {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, m.words.comma)
}

// rows grows by what has a text.
type rows []Line

func (r *rows) add(lead, text string) { r.with(Line{Lead: lead, Text: text}) }

func (r *rows) with(line Line) {
	if line.Text != "" {
		*r = append(*r, line)
	}
}
