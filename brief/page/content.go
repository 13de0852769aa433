package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func (m *maker) about() []Block {
	w := m.words.about
	var rows rows
	rows.with(Line{Lead: w.Product, Text: single(m.b.Product.Name), URL: webAddress(m.b.Product.URL)})
	rows.add(w.Benefit, lines(m.b.Product.Benefit))
	rows.add(w.Message, lines(m.b.Message))
	rows.add(w.Action, lines(m.b.Action))
	rows.add(w.Goal, m.goal())
	rows.with(Line{Lead: w.Audience, Text: lines(m.b.Audience.Who), Note: m.minors()})
	return []Block{{Rows: rows}}
}

func (m *maker) goal() string {
	w := m.words.about
	name := map[brief.Goal]string{brief.Awareness: w.Awareness, brief.Consideration: w.Consideration, brief.Conversion: w.Conversion, brief.Loyalty: w.Loyalty}[m.b.Objective.Goal]
	sentence := lines(m.b.Objective.Sentence)
	if name != "" && sentence != "" {
		return name + m.words.colon + sentence
	}
	return name + sentence
}

// minors tells of the young part of the audience where it is known; why it is not known is
// nothing that a creator can use.
func (m *maker) minors() string {
	share, known := m.b.Audience.Minors.Value()
	if !known || share < 0 || share > 1 {
		return ""
	}
	number := strconv.FormatFloat(share*100, 'f', 1, 64)
	number = strings.Replace(strings.TrimSuffix(number, ".0"), ".", m.words.decimal, 1)
	return fmt.Sprintf(m.words.about.Minors, fmt.Sprintf(m.words.percent, number))
}

func (m *maker) pieces() []Block {
	var blocks []Block
	for i, p := range m.b.Pieces {
		blocks = append(blocks, Block{Heading: fmt.Sprintf("%d. %s", i+1, m.pieceName(p)), Rows: m.piece(p)})
	}
	return blocks
}

// pieceName is "Instagram · 2 × Reel".
func (m *maker) pieceName(p brief.Piece) string {
	name := m.format(p.Format)
	if p.Count > 1 {
		name = fmt.Sprintf("%d × %s", p.Count, name)
	}
	return m.platform(p.Platform) + " · " + name
}

func (m *maker) format(f brief.Format) string {
	if name := m.words.pieces.Formats[f]; name != "" {
		return name
	}
	return single(string(f))
}

func (m *maker) platform(p byline.Platform) string {
	switch p {
	case byline.Blog:
		return m.words.pieces.Blog
	case byline.Facebook:
		return "Facebook"
	case byline.Instagram:
		return "Instagram"
	case byline.LinkedIn:
		return "LinkedIn"
	case byline.Pinterest:
		return "Pinterest"
	case byline.Podcast:
		return m.words.pieces.Podcast
	case byline.Snapchat:
		return "Snapchat"
	case byline.Threads:
		return "Threads"
	case byline.TikTok:
		return "TikTok"
	case byline.Twitch:
		return "Twitch"
	case byline.X:
		return "X"
	case byline.YouTube:
		return "YouTube"
	}
	return single(string(p))
}

func (m *maker) piece(p brief.Piece) []Line {
	w := m.words.pieces
	var rows rows
	rows.add(w.Live, m.span(p.Posting))
	rows.add(w.Placement, single(p.Placement))
	rows.add(w.Length, m.band(p.Length))
	if p.Frames > 0 {
		rows.add(w.Frames, fmt.Sprintf(w.AtLeast, strconv.Itoa(p.Frames)))
	}
	if p.Live > 0 {
		rows.add(w.StaysUp, fmt.Sprintf(w.AtLeast, m.length(p.Live)))
	}
	rows.with(Line{Lead: w.Tags, Text: joinedWords(p.Tags), Copy: true})
	rows.with(Line{Lead: w.Hashtags, Text: joinedWords(p.Hashtags), Copy: true})
	rows.with(Line{Lead: w.Code, Text: single(p.Code), Copy: true})
	rows.with(m.linkOf(p.Link))
	rows.add(w.Notes, lines(p.Notes))
	return rows
}

// joinedWords are tags in a row, to be copied together.
func joinedWords(words []string) string { return single(strings.Join(words, " ")) }

// linkOf is the row of the link that a piece names by its key: the key alone where the
// brief has no such link.
func (m *maker) linkOf(key string) Line {
	i := slices.IndexFunc(m.b.Tracking.Links, func(l brief.Link) bool { return l.Key == key })
	if i < 0 || key == "" {
		return Line{Lead: m.words.pieces.Link, Text: single(key)}
	}
	address := tracked(m.b.Tracking.Links[i])
	return Line{Lead: m.words.pieces.Link, Text: address, URL: webAddress(address), Copy: true}
}

func (m *maker) musts() []Block {
	w := m.words.musts
	list := rows{}
	for _, e := range m.b.Elements {
		list.with(m.element(e))
	}
	var text []Line
	if m.b.Experience {
		text = []Line{{Text: w.Experience}}
	}
	var allowed rows
	allowed.add(w.OtherBrands, m.permission(m.b.OtherBrands))
	allowed.add(w.Music, m.permission(m.b.Music))
	allowed.add(w.Politics, m.permission(m.b.Politics))
	allowed.add(w.Profanity, m.permission(m.b.Profanity))
	return []Block{{Text: text, List: list}, {Rows: allowed}}
}

func (m *maker) element(e brief.Element) Line {
	w := m.words.musts
	var notes []string
	if e.Verbatim && (e.Kind == brief.SayMessage || e.Kind == brief.CallToAction || e.Kind == brief.ShowProduct) {
		notes = append(notes, w.Verbatim)
	}
	var numbers []string
	for _, piece := range e.Pieces {
		numbers = append(numbers, strconv.Itoa(piece+1))
	}
	switch len(numbers) {
	case 0:
	case 1:
		notes = append(notes, fmt.Sprintf(w.OnlyOne, numbers[0]))
	default:
		notes = append(notes, fmt.Sprintf(w.OnlyIn, strings.Join(numbers, m.words.comma)))
	}
	line := Line{Lead: w.Kinds[e.Kind], Text: lines(e.Text), Note: strings.Join(notes, m.words.comma)}
	switch e.Kind {
	case brief.NameCode, brief.TagAccount, brief.UseHashtag:
		line.Copy = true
	case brief.SetLink:
		line.Copy, line.URL = true, webAddress(e.Text)
	case brief.ShowProduct, brief.SayMessage, brief.CallToAction, brief.ShowShot:
		line.Copy = e.Verbatim
	}
	return line
}

func (m *maker) permission(p brief.Permission) string {
	w := m.words.musts
	switch p {
	case brief.Unstated:
		return ""
	case brief.Allowed:
		return w.Allowed
	case brief.Licensed:
		return w.Licensed
	case brief.Excluded:
		return w.Excluded
	}
	return single(string(p))
}

func (m *maker) claims() []Block {
	var blocks []Block
	for _, c := range m.b.Claims {
		line := Line{Text: lines(c.Text)}
		if manner := single(c.Manner); manner != "" {
			line.Note = m.words.claims.With + m.words.colon + manner
		}
		var proofs rows
		for _, p := range c.Proof {
			proofs.with(Line{Lead: m.words.claims.Proof, Text: single(p.Title), URL: webAddress(p.URL)})
		}
		if line.Text != "" {
			blocks = append(blocks, Block{Text: []Line{line}, List: proofs})
		}
	}
	return blocks
}

func (m *maker) avoid() []Block {
	var list rows
	for _, p := range m.b.Forbidden {
		list.with(Line{Lead: m.words.musts.DoNotSay, Text: m.quoted(append([]string{p.Text}, p.Forms...)), Note: single(p.Why)})
	}
	return []Block{{List: list}}
}

// quoted sets every phrase once in quotes, those with nothing to see not at all.
func (m *maker) quoted(phrases []string) string {
	var kept []string
	for _, phrase := range phrases {
		if phrase = single(phrase); phrase == "" {
			continue
		}
		if phrase = fmt.Sprintf(m.words.quote, phrase); !slices.Contains(kept, phrase) {
			kept = append(kept, phrase)
		}
	}
	return strings.Join(kept, m.words.comma)
}

func (m *maker) angles() []Block {
	w := m.words.angles
	var ideas, examples rows
	for _, a := range m.b.Angles {
		line := Line{Lead: single(a.Title), Text: lines(a.Idea)}
		if line.Text == "" {
			line = Line{Text: line.Lead}
		}
		ideas.with(line)
	}
	for _, r := range m.b.References {
		lead := w.Like
		if r.Dont {
			lead = w.Unlike
		}
		examples.with(Line{Lead: lead, Text: single(r.URL), URL: webAddress(r.URL), Note: single(r.Why)})
	}
	return []Block{{List: ideas}, {Heading: w.Examples, List: examples}}
}

// listed is a list of texts as they stand.
func listed(texts []string) []Block {
	var list rows
	for _, text := range texts {
		list.add("", lines(text))
	}
	return []Block{{List: list}}
}

func (m *maker) contact() []Block {
	w, c := m.words.contact, m.b.Contact
	var rows rows
	rows.add(w.Name, single(c.Name))
	rows.with(Line{Lead: w.Email, Text: single(c.Email), URL: mailAddress(single(c.Email))})
	rows.with(Line{Lead: w.Phone, Text: single(c.Phone), URL: phoneNumber(single(c.Phone))})
	return []Block{{Rows: rows}}
}
