package brief

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline/brief/disclosure"
)

// checkPieces asks what every deliverable is: B01.
func checkPieces(r *review) {
	if len(r.b.Pieces) == 0 {
		r.find("brief.deliverable_incomplete", "deliverables", "the brief asks for nothing")
	}
	for i, p := range r.b.Pieces {
		at := entry("deliverables", i)
		if missing := p.missing(); len(missing) > 0 {
			r.find("brief.deliverable_incomplete", at, fmt.Sprintf("the deliverable lacks its %s", joinWords(missing))).
				Fix = fmt.Sprintf("State its %s.", joinWords(missing))
		}
		r.checkSize(at, p)
		r.checkVague(at, p)
	}
}

func (p Piece) missing() []string {
	var missing []string
	for _, field := range []struct {
		missing bool
		name    string
	}{
		{p.Platform == "", "platform"}, {p.Format == "", "format"}, {p.Count < 1, "number"},
		{p.Posting.Start.IsZero() || p.Posting.End.IsZero(), "posting window"},
	} {
		if field.missing {
			missing = append(missing, field.name)
		}
	}
	return missing
}

// checkSize: pictures, articles and posts of words have neither a length nor frames.
func (r *review) checkSize(at string, p Piece) {
	switch p.Format.Medium() {
	case disclosure.Video, disclosure.Audio, disclosure.Live:
		if p.Length.Min <= 0 {
			r.find("brief.deliverable_size", at+".length", fmt.Sprintf("how long the %s is at least is open", p.Format)).Fix = p.lengthFix()
		}
	case disclosure.Frame:
		if p.Frames <= 0 {
			r.find("brief.deliverable_size", at+".frames", "how many frames the story has at least is open").Fix = "Say how many frames the story has at least."
		}
	case disclosure.Image, disclosure.Text:
		if p.Format == Carousel && p.Frames <= 0 {
			r.find("brief.deliverable_size", at+".frames", "how many pictures the carousel has at least is open").Fix = "Say how many pictures the carousel has at least."
		}
	}
}

func (p Piece) lengthFix() string {
	fix := fmt.Sprintf("Say how long the %s is at least", p.Format)
	if p.Length.Max > 0 {
		fix += fmt.Sprintf("; it may last %s at most", durationWords(p.Length.Max))
	}
	return fix + "."
}

// vagueWords say an amount or a time that everybody reads in their own way.
func vagueWords() [][]string {
	return phrases("some", "several", "a few", "a couple", "a bunch", "various", "or so", "or more", "etc", "and so on", "tbd", "tba",
		"to be decided", "to be confirmed", "around", "roughly", "approximately", "as needed", "as appropriate", "regularly", "soon", "asap")
}

func (r *review) checkVague(at string, p Piece) {
	if !r.english() {
		return
	}
	for _, field := range []struct{ name, text string }{{"placement", p.Placement}, {"notes", p.Notes}} {
		for _, sentence := range sentencesOf(field.text) {
			if found := firstPhrase(sentence, vagueWords()); found != "" {
				r.find("brief.deliverable_vague", at+"."+field.name, fmt.Sprintf("“%s” leaves it open how much or when: “%s”", found, excerpt(sentence)))
			}
		}
	}
}

// joinWords lists words: "a, b and c".
func joinWords(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
