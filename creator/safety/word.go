package safety

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a piece of a text that is compared as a whole.
type word struct {
	key        string // folded; "" matches nothing
	start, end int    // in the text, in bytes
	kind       wordKind
	breaks     bool // a sentence or a line ended before it, or it stands apart
	disguised  bool // the key was read out of another spelling
}

type wordKind uint8

const (
	plainWord wordKind = iota
	tagWord            // "#gunsafety"
	mentionWord
)

// maxGap is how many bytes may stand between two words of one phrase.
const maxGap = 20

// reader cuts a text into words.
type reader struct {
	text   string
	at     int
	breaks bool
	found  []word
}

// wordsOf returns the words of a text in their order. Addresses on the web are left out:
// the letters in them are chance.
func wordsOf(text string) []word {
	r := &reader{text: text}
	for r.at < len(text) {
		r.step()
	}
	return r.found
}

func (r *reader) step() {
	c, size := utf8.DecodeRuneInString(r.text[r.at:])
	switch {
	case r.address():
	case (c == '#' || c == '＃') && r.name(size, tagWord):
	case c == '@' && !r.inWord() && r.name(size, mentionWord):
	case isSelector(c): // without a word before it
		r.at += size
	case isWordRune(c):
		r.word(c, size)
	case isSign(c):
		r.add(r.at, r.at+size, r.at, plainWord)
	default:
		r.breaks = r.breaks || r.ends(c, size)
		r.at += size
	}
}

// address passes over "https://…" and "www.…" up to the next white space.
func (r *reader) address() bool {
	if c := r.text[r.at] | 0x20; c != 'h' && c != 'w' || r.inWord() {
		return false
	}
	rest := strings.ToLower(r.text[r.at:min(len(r.text), r.at+len("https://"))])
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") && !strings.HasPrefix(rest, "www.") {
		return false
	}
	length := strings.IndexFunc(r.text[r.at:], unicode.IsSpace)
	if length < 0 {
		length = len(r.text) - r.at
	}
	r.at += length
	return true
}

// inWord reports whether the word before ends right here.
func (r *reader) inWord() bool {
	return len(r.found) > 0 && r.found[len(r.found)-1].end == r.at
}

// name reads a hashtag or a handle, if one follows the sign.
func (r *reader) name(sign int, kind wordKind) bool {
	from, end := r.at+sign, r.at+sign
	for i, c := range r.text[from:] {
		dot := c == '.' && kind == mentionWord
		if !isWordRune(c) && c != '_' && !dot && !unicode.Is(unicode.Cf, c) {
			break
		}
		if !dot { // a dot at the end is the sentence's
			end = from + i + utf8.RuneLen(c)
		}
	}
	if end == from {
		return false
	}
	r.add(r.at, end, from, kind)
	return true
}

func (r *reader) word(first rune, size int) {
	end := r.at + size
	for i, c := range r.text[end:] {
		joins := unicode.IsMark(c) || unicode.Is(unicode.Cf, c) || !isUnspaced(first) && !isUnspaced(c) && isWordRune(c)
		if !joins {
			end += i
			r.add(r.at, end, r.at, plainWord)
			return
		}
	}
	r.add(r.at, len(r.text), r.at, plainWord)
}

func (r *reader) add(start, end, from int, kind wordKind) {
	far := len(r.found) > 0 && start-r.found[len(r.found)-1].end > maxGap
	w := word{start: start, end: end, kind: kind, breaks: r.breaks || far}
	if end-from <= maxWord {
		w.key = fold(strings.ReplaceAll(r.text[from:end], "_", ""))
	}
	r.found, r.at, r.breaks = append(r.found, w), end, false
}

// ends reports whether a rune ends a line, or a sentence if white space follows.
func (r *reader) ends(c rune, size int) bool {
	if c == '\n' || c == '\u2028' || c == '\u2029' {
		return true
	}
	if !strings.ContainsRune(".!?…。！？", c) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(r.text[r.at+size:])
	return unicode.IsSpace(next)
}
