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

// disclosure is the block of labels, one for every wording; markets that share one stand
// together.
func (m *maker) disclosure() []Block {
	var labels []Label
	var markets [][]string
	for _, d := range m.b.Disclosures {
		label := m.labelOf(d)
		if label.Text == "" {
			continue
		}
		market := marketName(m.words.language, d.Market)
		same := slices.IndexFunc(labels, func(l Label) bool { return sameLabel(l, label) })
		if same < 0 {
			labels, markets = append(labels, label), append(markets, []string{market})
		} else if !slices.Contains(markets[same], market) {
			markets[same] = append(markets[same], market)
		}
	}
	if len(labels) == 0 {
		return nil
	}
	for i := range labels {
		places := append([]string{m.joined(markets[i])}, labels[i].For)
		labels[i].For = strings.Join(slices.DeleteFunc(places, func(s string) bool { return s == "" }), " · ")
	}
	text := []Line{{Text: m.words.label.Copy}}
	if several := slices.Compact(slices.Sorted(slices.Values(slices.Concat(markets...)))); len(labels) > 1 && len(several) > 1 {
		text = append(text, Line{Text: m.words.label.Several})
	}
	return []Block{{Text: append(text, m.ties()...), Labels: labels}}
}

// ties are what makes labels necessary.
func (m *maker) ties() []Line {
	w := m.words.label
	var text rows
	var ties []string
	for _, t := range m.b.Product.Ties {
		ties = append(ties, cmp.Or(w.Tie[t], string(t)))
	}
	text.add(w.Ties, m.joined(ties))
	return text
}

// labelOf is a label for the platform that it names, still without its market.
func (m *maker) labelOf(d brief.Disclosure) Label {
	label := Label{Text: lines(d.Label), Language: single(d.Language), For: m.platform(d.Platform), Where: m.where(d)}
	if toggle := single(d.Toggle); toggle != "" {
		label.Switch = &Line{Lead: m.words.label.Switch, Text: toggle}
	}
	return label
}

func sameLabel(a, b Label) bool {
	sameSwitch := (a.Switch == nil) == (b.Switch == nil) && (a.Switch == nil || *a.Switch == *b.Switch)
	return a.Text == b.Text && a.Language == b.Language && a.For == b.For && sameSwitch && slices.Equal(a.Where, b.Where)
}

// where says for each kind of content where the rules of the market want the label.
// Kinds with the same answer share a line.
func (m *maker) where(d brief.Disclosure) []Line {
	var found []Line
	for _, p := range m.b.Pieces {
		if d.Platform != "" && d.Platform != p.Platform {
			continue
		}
		place := m.place(d, p)
		if place == "" {
			continue
		}
		kind := m.platform(p.Platform) + " " + m.format(p.Format)
		same := slices.IndexFunc(found, func(l Line) bool { return l.Text == place })
		switch {
		case same < 0:
			found = append(found, Line{Lead: kind, Text: place})
		case !slices.Contains(strings.Split(found[same].Lead, m.words.comma), kind):
			found[same].Lead += m.words.comma + kind
		}
	}
	return found
}

// place asks the rules of the day on which a piece goes live. It is "" where that day, or
// a rule of the market, is not known.
func (m *maker) place(d brief.Disclosure, p brief.Piece) string {
	at := p.Posting.Start
	if at.IsZero() {
		at = m.at
	}
	if at.IsZero() {
		return ""
	}
	at = at.In(m.zone)
	post := disclosure.Post{
		At: at, Platform: p.Platform, Medium: p.Format.Medium(), Markets: []byline.Market{d.Market},
		Language: m.b.Language, Ties: m.b.Product.Ties, Control: disclosure.Yes, Brands: m.b.Brands,
	}
	asked := m.asked(post)
	if len(asked) == 0 {
		return ""
	}
	today := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC) // as the rules reckon
	var phrases []string
	for _, rule := range m.rules {
		if !slices.Contains(asked, rule.ID) || !rule.Effective.Contains(today) {
			continue
		}
		place, listed := rule.Label.Place[post.Medium]
		if !listed {
			place = rule.Label.Place[""]
		}
		for _, phrase := range m.phrases(place, post.Medium) {
			if !slices.Contains(phrases, phrase) {
				phrases = append(phrases, phrase)
			}
		}
	}
	if len(phrases) == 0 {
		return m.words.label.Visible
	}
	return strings.Join(phrases, m.words.comma)
}

// asked are the ids of the rules that want a label on a post, whether or not they list one
// in its language.
func (m *maker) asked(post disclosure.Post) []string {
	var ids []string
	for _, answer := range disclosure.Evaluate(post, m.rules).Answers {
		if answer.Duty == "label" {
			ids = append(ids, answer.Rule.ID)
		}
	}
	return ids
}

// phrases say in words what a place asks for in a medium, as [disclosure.Suggest] does in
// English.
func (m *maker) phrases(p disclosure.Place, medium disclosure.Medium) []string {
	w := m.words.label
	var phrases []string
	add := func(asked bool, phrase string) {
		if asked {
			phrases = append(phrases, phrase)
		}
	}
	runs := medium == disclosure.Video || medium == disclosure.Audio || medium == disclosure.Live
	add(p.EachFrame && medium == disclosure.Frame, w.EachFrame)
	add(p.InContent && (medium == disclosure.Image || medium == disclosure.Frame), w.OnPicture)
	add(p.InContent && (medium == disclosure.Video || medium == disclosure.Live), w.InVideo)
	add(p.InContent && medium == disclosure.Audio, w.InSpeech)
	add(p.StartOfVideo && runs, w.AtStart)
	add(p.BothChannels && runs && medium != disclosure.Audio, w.SeenAndHeard)
	add(p.Repeated && runs, w.Again)
	if p.InContent {
		return phrases
	}
	add(p.Start, w.FirstWords)
	if !p.Start {
		add(p.FirstLines > 0, fmt.Sprintf(w.FirstLines, p.FirstLines))
		add(p.BeforeFold, w.BeforeCut)
		add(p.MaxHashtags > 0, fmt.Sprintf(w.FirstTags, p.MaxHashtags))
		add(p.NotBuried, w.NotBehind)
	}
	return phrases
}
