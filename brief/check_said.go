package brief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// places are where in a post something counts.
type places func(disclosure.Where) bool

// written are those that a reader sees in the post itself, spokenOrSeen also what is heard.
func written(w disclosure.Where) bool {
	return slices.Contains([]disclosure.Where{disclosure.Title, disclosure.Caption, disclosure.Description, disclosure.Overlay}, w)
}

func spokenOrSeen(w disclosure.Where) bool { return written(w) || w == disclosure.Spoken }

func anywhere(disclosure.Where) bool { return true }

// phrase is words to look for. Without a word, its signs are looked for.
type phrase struct {
	words  disclosure.Words
	normal string
}

func phraseOf(text string) phrase { return phrase{disclosure.WordsOf(text), disclosure.Normal(text)} }

func (p phrase) in(t readText) bool {
	if p.words.Len() == 0 {
		return p.normal != "" && strings.Contains(t.normal, p.normal)
	}
	return t.words.Contains(p.words)
}

// said looks for one of the phrases. It is not missing where nobody read a place that
// counts.
func (c *checker) said(phrases []string, where places) answer {
	for _, text := range phrases {
		p := phraseOf(text)
		for _, t := range c.texts {
			if !t.Hidden && where(t.Where) && p.in(t) {
				return answer{known: disclosure.Yes}
			}
		}
	}
	return c.unless(where)
}

// unless is no, unless a place that counts was not read.
func (c *checker) unless(where places) answer {
	needs := c.unread(where)
	if len(c.texts) == 0 && len(needs) == 0 {
		needs = []string{"texts"}
	}
	if len(needs) > 0 {
		return answer{known: disclosure.Unknown, needs: needs}
	}
	return answer{known: disclosure.No}
}

func (c *checker) unread(where places) []string {
	var paths []string
	for i, w := range c.post.Unread {
		if where(w) {
			paths = append(paths, fmt.Sprintf("unread[%d]", i))
		}
	}
	return paths
}

// elements asks for what has to be in it. Codes, links, tags and hashtags are looked for
// with those of the piece.
func (c *checker) elements() {
	for i, e := range c.brief.Elements {
		applies, known := c.asked(e)
		path, what := fmt.Sprintf("elements[%d]", i), fmt.Sprintf("%s: “%s”", strings.ReplaceAll(string(e.Kind), "_", " "), e.Text)
		looked := c.post.Looked[i]
		switch {
		case !known:
			c.point(path, what, Undetermined, "piece")
		case !applies:
		case looked != disclosure.Unknown:
			c.settle(answer{known: looked}, path, what, notSaid(e, path))
		case e.Kind == ShowShot:
			c.point(path, what, Undetermined, fmt.Sprintf("looked[%d]", i))
		case tracked(e.Kind):
		case e.Verbatim:
			c.verbatim(e, path, what)
		default:
			c.settle(c.said(append([]string{e.Text}, e.Forms...), spokenOrSeen), path, what, notSaid(e, path))
		}
	}
}

// tracked reports whether an element is no text to be said.
func tracked(k ElementKind) bool {
	return k == NameCode || k == SetLink || k == TagAccount || k == UseHashtag
}

// asked reports whether an element is asked of the piece, and whether that is known.
func (c *checker) asked(e Element) (applies, known bool) {
	if len(e.Pieces) == 0 {
		return true, true
	}
	return c.piece != nil && slices.Contains(e.Pieces, *c.check.Piece), c.piece != nil
}

// notSaid only warns where the creator was free in the words: others may say the same.
func notSaid(e Element, path string) byline.Finding {
	f := byline.Finding{
		Code: "element.missing", Severity: byline.Warning, Path: "brief." + path,
		Message: fmt.Sprintf("none of the words for “%s” was found", e.Text), Fix: "Say it, or have somebody confirm that it is said in other words.",
	}
	if e.Verbatim || tracked(e.Kind) || e.Kind == ShowShot {
		f.Severity, f.Message, f.Fix = byline.Blocker, fmt.Sprintf("“%s” is not in it", e.Text), fmt.Sprintf("Put “%s” in, word for word.", e.Text)
	}
	if e.Kind == ShowShot {
		f.Fix = "Show it."
	}
	return f
}

// verbatim asks for these very words; what is heard has no signs to compare.
func (c *checker) verbatim(e Element, path, what string) {
	p := phraseOf(e.Text)
	altered := -1
	for i, t := range c.texts {
		if t.Hidden || !spokenOrSeen(t.Where) || !p.in(t) {
			continue
		}
		if t.Where == disclosure.Spoken || strings.Contains(t.normal, p.normal) {
			c.point(path, what, Fulfilled)
			return
		}
		altered = i
	}
	if altered < 0 {
		c.settle(c.unless(spokenOrSeen), path, what, notSaid(e, path))
		return
	}
	c.lacks(path, what, byline.Finding{
		Code: "element.altered", Severity: byline.Warning, Path: fmt.Sprintf("texts[%d]", altered),
		Message: fmt.Sprintf("the signs in “%s” were changed", e.Text), Fix: fmt.Sprintf("Write “%s”.", e.Text),
	})
}

// forbidden looks for what must not be said, everywhere.
func (c *checker) forbidden() {
	for i, f := range c.brief.Forbidden {
		paths := c.pathsOf(append([]string{f.Text}, f.Forms...))
		path, what := fmt.Sprintf("forbidden[%d]", i), fmt.Sprintf("“%s” is not said", f.Text)
		for _, at := range paths {
			c.find(byline.Blocker, "forbidden.said", at, fmt.Sprintf("“%s” must not be said%s", f.Text, because(f.Why)), "Take it out.")
		}
		c.absent(paths, path, what)
	}
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// absent notes a point that is fulfilled where something was found nowhere.
func (c *checker) absent(found []string, path, what string) {
	none := c.unless(anywhere)
	switch {
	case len(found) > 0:
		c.point(path, what, Unfulfilled)
	case none.known == disclosure.Unknown:
		c.point(path, what, Undetermined, none.needs...)
	default:
		c.point(path, what, Fulfilled)
	}
}

// pathsOf are the texts and tags in which one of the phrases stands.
func (c *checker) pathsOf(phrases []string) []string {
	parsed := make([]phrase, len(phrases))
	for i, text := range phrases {
		parsed[i] = phraseOf(text)
	}
	var paths []string
	look := func(path string, t readText) {
		if slices.ContainsFunc(parsed, func(p phrase) bool { return p.in(t) }) {
			paths = append(paths, path)
		}
	}
	for i, t := range c.texts {
		look(fmt.Sprintf("texts[%d]", i), t)
	}
	for i, tag := range c.post.Hashtags {
		look(fmt.Sprintf("hashtags[%d]", i), signedText('#', tag))
	}
	for i, tag := range c.post.Tags {
		look(fmt.Sprintf("tags[%d]", i), signedText('@', tag))
	}
	return paths
}

// signedText reads a tag that may be written without its sign.
func signedText(sign rune, tag string) readText {
	text := string(sign) + strings.TrimLeft(tag, "#@＃＠")
	return readText{words: disclosure.WordsOf(text), normal: disclosure.Normal(text)}
}

// claims asks that a claim is made in the manner that was agreed.
func (c *checker) claims() {
	for i, claim := range c.brief.Claims {
		if claim.Manner == "" {
			continue
		}
		path, what := fmt.Sprintf("claims[%d].manner", i), fmt.Sprintf("“%s” is said with “%s”", claim.Text, claim.Manner)
		made := c.said([]string{claim.Text}, anywhere)
		switch made.known {
		case disclosure.Yes:
			c.settle(c.said([]string{claim.Manner}, spokenOrSeen), path, what, byline.Finding{
				Code: "claim.manner", Severity: byline.Blocker, Path: "brief." + path,
				Message: fmt.Sprintf("“%s” is claimed without “%s”", claim.Text, claim.Manner), Fix: fmt.Sprintf("Add “%s”.", claim.Manner),
			})
		case disclosure.Unknown:
			c.point(path, what, Undetermined, made.needs...)
		case disclosure.No:
		}
	}
}
