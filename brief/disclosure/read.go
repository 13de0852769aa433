package disclosure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// lineLength is how many characters a line holds at most. It is wider than any feed shows
// a caption, so that counting lines never accuses wrongly.
const lineLength = 100

// word is one word, hashtag or name of a text.
type word struct {
	text    string // folded: one spelling for all that a reader takes for the same
	sign    rune   // '#', '@' or 0
	from    int    // characters of the text before it
	to      int    // characters of the text up to its end
	line    int    // in which it ends, from 1
	tagsMet int    // hashtags right before it, where it is one
	opens   bool   // it is the first word of a line
	// apartBefore and apartAfter say that more than spaces stands between it and its
	// neighbour: a bracket, a stroke, an emoji, the end of the text.
	apartBefore, apartAfter bool
	glued                   bool // a sign without spaces ties it to a neighbour: "ad-free", "ad.example"
	unspaced                bool // of a script that is written without spaces
	link                    bool // part of an address
	said                    bool // heard, where nobody hears a #
}

// say marks words as heard.
func say(words []word) {
	for i := range words {
		words[i].said = true
	}
}

type class byte

const (
	gap class = iota
	space
	newline
	unseen // invisible, or a sign that says nothing
	mark
	hash
	at
	letter // and digits, of any script but the following
	han
	hiragana
	katakana
	hangul
)

// brandMark stands for {brand} while a wording is read. It is a private character.
const brandMark = '\uE000'

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return classOfASCII(r)
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		return newline
	case unicode.IsSpace(r):
		return space
	case saysNothing(r):
		return unseen
	case unicode.IsMark(r):
		return mark
	case unicode.IsLetter(r), unicode.IsDigit(r), r == brandMark:
		return scriptOf(r)
	}
	// Signs in which a letter, a # or an @ hides: full width, circled, raised.
	same, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
	if same != r && (same < utf8.RuneSelf || unicode.IsLetter(same)) {
		return classOf(same)
	}
	return gap
}

func classOfASCII(r rune) class {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return letter
	case r == '\n', r == '\r', r == '\v', r == '\f':
		return newline
	case r == ' ', r == '\t':
		return space
	case r == '#':
		return hash
	case r == '@':
		return at
	}
	return gap
}

func scriptOf(r rune) class {
	switch {
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r), r == 'ー', r == '\uFF70', r == '\uFF9E', r == '\uFF9F':
		return katakana
	case unicode.Is(unicode.Hangul, r):
		return hangul
	}
	return letter
}

// saysNothing are signs of direction and width, joiners, fillers, choices of a glyph, and
// the marks behind a name.
func saysNothing(r rune) bool {
	switch {
	case unicode.Is(unicode.Cf, r):
		return true
	case '\uFE00' <= r && r <= '\uFE0F', 0xE0100 <= r && r <= 0xE01EF:
		return true
	}
	return strings.ContainsRune("\u034F\u115F\u1160\u3164\uFFA0\u17B4\u17B5™®©℠", r)
}

// reader cuts a text into words in one pass.
type reader struct {
	text  string
	caser cases.Caser
	words []word

	open     bool // a word is being read
	class    class
	begin    int // in text
	word     word
	sign     rune // read, and no word yet
	signFrom int

	characters, line, column int
	previous                 rune
	half                     bool // the last character is the first half of a flag
	apart, fresh, glued      bool // what stood since the last word
	graphicEnd               int  // of the ASCII run that was searched for an address
	linkFrom, linkTo         int
}

// read returns the words of a text. It takes time linear in its length.
func read(text string) []word {
	r := reader{text: text, caser: cases.Fold(), line: 1, apart: true, fresh: true}
	for i, c := range text {
		r.step(i, c)
	}
	r.close(len(text))
	if n := len(r.words); n > 0 {
		r.words[n-1].apartAfter = true
	}
	return r.words
}

func (r *reader) step(i int, c rune) {
	class := classOf(c)
	if r.open && !r.continues(i, c, class) {
		r.close(i)
	}
	opens := !r.open && class >= letter
	before := r.characters
	if !r.open && !opens {
		r.between(i, c, class)
	}
	r.count(c)
	if opens {
		r.start(i, before, class)
	}
	r.findLink(i, c)
	if opens {
		r.word.link = r.linkFrom <= i && i < r.linkTo
	}
	r.previous = c
}

// continues reports whether a character belongs to the word before it. A hashtag and a
// name go on over a change of script, and a name over dots.
func (r *reader) continues(i int, c rune, next class) bool {
	switch {
	case next == unseen, next == mark:
		return true
	case next >= letter:
		return next == r.class || r.word.sign != 0
	case c == '_', r.word.sign == '@' && (c == '.' || c == '-'):
		following, _ := utf8.DecodeRuneInString(r.text[i+utf8.RuneLen(c):])
		return classOf(following) >= letter
	}
	return false
}

// between takes note of what stands between words.
func (r *reader) between(i int, c rune, class class) {
	if class != unseen && class != mark {
		r.sign = 0
	}
	switch class {
	case newline:
		r.apart, r.fresh = true, true
	case hash:
		r.sign, r.signFrom = '#', r.characters
	case at:
		r.sign, r.signFrom = '@', r.characters
	case gap:
		r.apart = r.apart || !r.glues(i, c)
		r.glued = r.ties(i, c)
	case mark:
		if c == '\u20E3' { // the # was a key on a keypad
			r.sign, r.apart = 0, true
		}
	}
}

// glues reports whether a sign keeps two words in one expression, as an apostrophe does
// wherever it stands.
func (r *reader) glues(i int, c rune) bool {
	return c == '\'' || c == '’' || r.ties(i, c)
}

// ties reports whether a sign joins two words into one expression: "ad-free".
func (r *reader) ties(i int, c rune) bool {
	if !strings.ContainsRune("-.'’‐‑&+_", c) || classOf(r.previous) < letter {
		return false
	}
	following, _ := utf8.DecodeRuneInString(r.text[i+utf8.RuneLen(c):])
	return classOf(following) >= letter
}

func (r *reader) start(i, from int, class class) {
	r.open, r.class, r.begin = true, class, i
	if r.sign != 0 {
		from = r.signFrom
	}
	r.word = word{sign: r.sign, from: from, opens: r.fresh, apartBefore: r.apart, glued: r.glued, unspaced: class > letter}
	if n := len(r.words); n > 0 {
		r.words[n-1].apartAfter = r.apart
		r.words[n-1].glued = r.words[n-1].glued || r.glued
		if last := r.words[n-1]; r.sign == '#' && last.sign == '#' {
			r.word.tagsMet = last.tagsMet + 1
		}
	}
	r.sign, r.apart, r.fresh, r.glued = 0, false, false, false
}

func (r *reader) close(end int) {
	if !r.open {
		return
	}
	r.open = false
	r.word.to, r.word.line = r.characters, r.line
	r.word.text = r.fold(r.text[r.begin:end])
	if r.word.text != "" {
		r.words = append(r.words, r.word)
	}
}

// count counts characters as a reader sees them: a letter with its accents, an emoji with
// its colour and its joined parts, and the two halves of a flag are one each. It follows
// the clusters of Unicode's annex 29 for these cases.
func (r *reader) count(c rune) {
	if c == '\n' && r.previous == '\r' {
		return
	}
	if classOf(c) == newline {
		r.characters++
		r.line, r.column = r.line+1, 0
		return
	}
	if r.extends(c) {
		return
	}
	r.characters++
	if r.column++; r.column > lineLength {
		r.line, r.column = r.line+1, 1
	}
}

// extends reports whether a rune belongs to the character before it.
func (r *reader) extends(c rune) bool {
	if 0x1F1E6 <= c && c <= 0x1F1FF {
		r.half = !r.half
		return !r.half
	}
	r.half = false
	if r.characters == 0 || c < utf8.RuneSelf {
		return false
	}
	const joiner = '\u200D'
	jamo := '\u1160' <= c && c <= '\u11FF' && unicode.Is(unicode.Hangul, r.previous)
	colour := 0x1F3FB <= c && c <= 0x1F3FF
	return jamo || colour || unicode.IsMark(c) || unicode.Is(unicode.Cf, c) || (r.previous == joiner && c > '\u2000')
}

// fold gives all spellings of a word one: compatibility forms, case (ß as ss), accents as
// they compose, invisible signs dropped, and the two Turkish i as one. A name loses the
// signs that platforms allow in it.
func (r *reader) fold(raw string) string {
	if folded, ok := foldASCII(raw); ok {
		return r.plainName(folded)
	}
	seen := strings.Map(func(c rune) rune {
		if saysNothing(c) {
			return -1
		}
		return c
	}, raw)
	folded := norm.NFKC.String(r.caser.String(norm.NFKC.String(seen)))
	folded = strings.ReplaceAll(strings.ReplaceAll(folded, "ı", "i"), "i\u0307", "i")
	return r.plainName(folded)
}

func (r *reader) plainName(folded string) string {
	if r.word.sign != '@' {
		return folded
	}
	return strings.Map(func(c rune) rune {
		if c == '.' || c == '_' || c == '-' {
			return -1
		}
		return c
	}, folded)
}

func foldASCII(raw string) (string, bool) {
	for i := range len(raw) {
		if raw[i] >= utf8.RuneSelf {
			return "", false
		}
	}
	return strings.ToLower(raw), true
}

// findLink looks once at each run of ASCII signs for an address: words in it are not
// words to a reader.
func (r *reader) findLink(i int, c rune) {
	if i < r.graphicEnd || c <= ' ' || c >= utf8.RuneSelf {
		return
	}
	run := r.text[i:]
	if end := strings.IndexFunc(run, func(c rune) bool { return c <= ' ' || c >= utf8.RuneSelf }); end >= 0 {
		run = run[:end]
	}
	r.graphicEnd = i + len(run)
	if begin := linkIn(run); begin >= 0 {
		r.linkFrom, r.linkTo = i+begin, r.graphicEnd
	}
}

// linkIn returns where an address begins in a run without spaces, -1 where there is none.
func linkIn(run string) int {
	if before, _, ok := strings.Cut(run, "://"); ok {
		return len(strings.TrimRight(before, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	}
	if begin := mailIn(run); begin >= 0 {
		return begin
	}
	if len(run) > 4 && strings.EqualFold(run[:4], "www.") {
		return 0
	}
	host, _, path := strings.Cut(run, "/")
	dot := strings.LastIndexByte(host, '.')
	if !path || dot < 1 || dot == len(host)-1 {
		return -1
	}
	if classOfASCII(rune(host[dot-1])) == letter && classOfASCII(rune(host[dot+1])) == letter {
		return 0
	}
	return -1
}

// mailIn returns where a mail address begins in a run without spaces, -1 where there is none.
func mailIn(run string) int {
	sign := strings.IndexByte(run, '@')
	if sign < 1 || sign == len(run)-1 || classOfASCII(rune(run[sign-1])) != letter || classOfASCII(rune(run[sign+1])) != letter {
		return -1
	}
	local := func(c rune) bool { return classOfASCII(c) == letter || strings.ContainsRune("._-+", c) }
	return len(strings.TrimRightFunc(run[:sign], local))
}
