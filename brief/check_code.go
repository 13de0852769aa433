package brief

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// wanted is a code, link, tag or hashtag that the piece or an element asks for.
type wanted struct{ path, text string }

// wantedOf are the piece's own and those of the elements that nobody looked for, each
// once.
func (c *checker) wantedOf(kind ElementKind, own []wanted) []wanted {
	all := slices.DeleteFunc(own, func(w wanted) bool { return w.text == "" || c.lookedFor(kind, w.text) })
	for i, e := range c.brief.Elements {
		applies, known := c.asked(e)
		met := func(w wanted) bool { return sameName(w.text, e.Text) }
		if e.Kind == kind && applies && known && c.post.Looked[i] == disclosure.Unknown && !slices.ContainsFunc(all, met) {
			all = append(all, wanted{fmt.Sprintf("elements[%d]", i), e.Text})
		}
	}
	return all
}

// lookedFor reports whether an element of the piece asks for the same, and somebody has
// looked for it.
func (c *checker) lookedFor(kind ElementKind, text string) bool {
	for i, e := range c.brief.Elements {
		if applies, _ := c.asked(e); applies && e.Kind == kind && sameName(e.Text, text) && c.post.Looked[i] != disclosure.Unknown {
			return true
		}
	}
	return false
}

func (c *checker) pieceOwn(field string, texts ...string) []wanted {
	if c.piece == nil {
		return nil
	}
	var own []wanted
	for i, text := range texts {
		path := fmt.Sprintf("deliverables[%d].%s", *c.check.Piece, field)
		if strings.HasSuffix(field, "s") {
			path += fmt.Sprintf("[%d]", i)
		}
		own = append(own, wanted{path, text})
	}
	return own
}

// sameName compares codes, tags and hashtags in any case, with or without their sign.
func sameName(a, b string) bool { return plainName(a) == plainName(b) }

func plainName(s string) string { return strings.TrimLeft(disclosure.Normal(s), "#@") }

// codes asks for the codes to be named, and that no other is.
func (c *checker) codes() {
	var own []wanted
	if c.piece != nil {
		own = c.pieceOwn("code", c.piece.Code)
	}
	agreed := c.wantedOf(NameCode, own)
	known := make([]string, 0, len(agreed)+len(c.brief.Tracking.Codes))
	for _, w := range agreed {
		known = append(known, plainName(w.text))
	}
	for _, code := range c.brief.Tracking.Codes {
		known = append(known, plainName(code.Code))
	}
	for _, w := range agreed {
		c.code(w, known)
		c.codeExpiry(w)
	}
	c.otherCodes(known)
}

func (c *checker) code(w wanted, known []string) {
	found := c.named(w.text)
	right := found.known == disclosure.Yes
	typos := c.typos(w.text, known, !right)
	severity := byline.Blocker
	if right {
		severity = byline.Warning // it may be something else
	}
	for _, typo := range typos {
		c.find(severity, "code.typo", typo.path, fmt.Sprintf("“%s” looks like a slip for “%s”", typo.text, w.text), fmt.Sprintf("Write “%s”.", w.text))
	}
	what := fmt.Sprintf("the code “%s” is named", w.text)
	switch {
	case !right && len(typos) > 0:
		c.point(w.path, what, Unfulfilled)
	default:
		c.settle(found, w.path, what, blocker("code.missing", "brief."+w.path, fmt.Sprintf("the code “%s” is not named", w.text), fmt.Sprintf("Name “%s”.", w.text)))
	}
}

// named looks for a code. A code without a digit that is found in small letters may be a
// word: then somebody has to look.
func (c *checker) named(code string) answer {
	var perhaps []string
	for i, t := range c.texts {
		if t.Hidden || !spokenOrSeen(t.Where) {
			continue
		}
		switch c.names(t, code) {
		case disclosure.Yes:
			return answer{known: disclosure.Yes}
		case disclosure.Unknown:
			perhaps = append(perhaps, fmt.Sprintf("texts[%d]", i))
		case disclosure.No:
		}
	}
	if perhaps != nil {
		return answer{needs: perhaps}
	}
	return c.unless(spokenOrSeen)
}

// names reports whether a text names a code. What is heard may be written apart: "Ada 15".
func (c *checker) names(t readText, code string) disclosure.Known {
	p := phraseOf(code)
	written := func(token string) bool { return plainName(token) == p.normal }
	found := p.in(t) && strings.Contains(t.normal, p.normal) || (t.Where == disclosure.Spoken && spelt(t.normal, compact(p.normal)))
	switch {
	case !found:
		return disclosure.No
	case strings.ContainsFunc(code, unicode.IsDigit), slices.ContainsFunc(codeTokens(t.Text, false), written):
		return disclosure.Yes
	}
	return disclosure.Unknown
}

// spelt reports whether words that follow each other make the code.
func spelt(text, code string) bool {
	words := strings.FieldsFunc(text, apart)
	for i := range words {
		rest, ok := code, code != ""
		for n := i; ok && rest != "" && n < len(words); n++ {
			rest, ok = strings.CutPrefix(rest, words[n])
		}
		if ok && rest == "" {
			return true
		}
	}
	return false
}

func apart(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

func compact(text string) string { return strings.Join(strings.FieldsFunc(text, apart), "") }

// otherCodes looks for codes of other creators.
func (c *checker) otherCodes(known []string) {
	for _, code := range c.opts.OtherCodes {
		if slices.Contains(known, plainName(code)) {
			continue
		}
		for i, t := range c.texts {
			if c.names(t, code) == disclosure.Yes {
				c.find(byline.Blocker, "code.other", fmt.Sprintf("texts[%d]", i), fmt.Sprintf("“%s” is another creator's code", code), "Name your own code.")
			}
		}
	}
}

// codeExpiry counts from when the post is published; afterwards it is only worth knowing.
func (c *checker) codeExpiry(w wanted) {
	for i, code := range c.brief.Tracking.Codes {
		if code.Expires.IsZero() || !sameName(code.Code, w.text) {
			continue
		}
		path := fmt.Sprintf("brief.tracking.codes[%d].expires", i)
		switch {
		case !c.published().Before(code.Expires):
			c.find(byline.Blocker, "code.expired", path, fmt.Sprintf("the code “%s” has expired when it is published", w.text), "Prolong the code, or name another.")
		case !c.at.Before(code.Expires) && c.post.Removed.IsZero():
			c.find(byline.Info, "code.ran_out", path, fmt.Sprintf("the code “%s” has expired since", w.text), "")
		}
	}
}

type typo struct{ path, text string }

// shortestTypo is how long a code must be for a near one to be a slip and no other word.
const shortestTypo = 4

// typos are written words that are nearly the code, and where it is nowhere else, the code
// in two words.
func (c *checker) typos(code string, known []string, inTwo bool) []typo {
	own := plainName(code)
	want := compact(own)
	if n := len([]rune(want)); n < shortestTypo || n > 64 || !strings.ContainsFunc(want, unicode.IsLetter) {
		return nil
	}
	others := map[string]bool{}
	for _, other := range slices.Concat(known, c.opts.OtherCodes) {
		others[compact(plainName(other))] = true
	}
	delete(others, want)
	var found []typo
	for i, t := range c.texts {
		if t.Where == disclosure.Spoken {
			continue
		}
		for _, token := range codeTokens(t.Text, inTwo) {
			is := disclosure.Normal(token)
			if is != own && !others[compact(is)] && near(compact(is), want) {
				others[compact(is)] = true // told once
				found = append(found, typo{fmt.Sprintf("texts[%d]", i), token})
			}
		}
	}
	return found
}

// codeTokens are the words of a text, outside of addresses and names, that may be meant
// as a code: in capitals or with a digit. In two words, the second is a number.
func codeTokens(text string, inTwo bool) []string {
	var tokens []string
	previous := ""
	for field := range strings.FieldsSeq(text) {
		if strings.ContainsAny(field, "/@") {
			previous = ""
			continue
		}
		for word := range strings.FieldsFuncSeq(field, func(r rune) bool { return apart(r) && r != '-' && r != '_' }) {
			word = strings.Trim(word, "-_")
			digits := strings.ContainsFunc(word, unicode.IsDigit)
			if inTwo && digits && shouted(previous) {
				tokens = append(tokens, previous+" "+word)
			}
			if digits || shouted(word) {
				tokens = append(tokens, word)
			}
			previous = word
		}
	}
	return tokens
}

// shouted reports whether a word is written in capitals.
func shouted(word string) bool {
	return strings.ContainsFunc(word, unicode.IsLetter) && strings.ToUpper(word) == word
}

// near reports whether two codes look alike, or differ by one sign or by two that were
// exchanged. A word without a digit is no slip for a code with one.
func near(one, other string) bool {
	if lookalike(one) == lookalike(other) {
		return true
	}
	if strings.ContainsFunc(one, unicode.IsDigit) != strings.ContainsFunc(other, unicode.IsDigit) {
		return false
	}
	is, want := []rune(one), []rune(other)
	if len(is) > len(want)+1 || len(want) > len(is)+1 {
		return false
	}
	for len(is) > 0 && len(want) > 0 && is[0] == want[0] {
		is, want = is[1:], want[1:]
	}
	for len(is) > 0 && len(want) > 0 && is[len(is)-1] == want[len(want)-1] {
		is, want = is[:len(is)-1], want[:len(want)-1]
	}
	exchanged := len(is) == 2 && len(want) == 2 && is[0] == want[1] && is[1] == want[0]
	return len(is) <= 1 && len(want) <= 1 || exchanged
}

// lookalike gives signs that are taken for each other one form, capitals among them. The
// letters of other alphabets are those of the Unicode table of confusable signs (UTS 39,
// recalled on 2026-11-22) that look like a basic Latin one.
func lookalike(code string) string {
	const (
		signs = "oilsbz" + "авекмнорстухіјѕ" + "αβεζηικμνορτυχ"
		looks = "011582" + "a8ekmh0pctyx1j5" + "a8e2h1kmn0ptyx"
	)
	return strings.Map(func(r rune) rune {
		if before, _, ok := strings.Cut(signs, string(r)); ok {
			return rune(looks[utf8.RuneCountInString(before)])
		}
		return r
	}, code)
}
