package vet

import (
	"html"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Of a comment no more is read, which is more than people write.
const (
	maxCommentBytes = 4_000
	maxCommentWords = 400
)

// foldComment is a text as it is compared: without HTML tags and entities, letters in one form and
// in lower case, without invisible signs, with single spaces.
func foldComment(text string) string {
	text = cutComment(text, maxCommentBytes)
	text = withoutTags(text)
	if strings.Contains(text, "&") {
		text = html.UnescapeString(text)
	}
	text = norm.NFKC.String(strings.ToValidUTF8(text, " "))
	text = strings.ToLower(cutComment(text, maxCommentBytes)) // one sign may stand for eighteen letters
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || r == utf8.RuneError:
			space = b.Len() > 0
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || unicode.IsControl(r):
		default:
			if space {
				b.WriteByte(' ')
			}
			space = false
			if r == '’' {
				r = '\''
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// withoutTags puts a space for each HTML tag, as some sources give comments as they show
// them, with a link around every moment of the video. "<3" is no tag, nor is one that does
// not end.
func withoutTags(text string) string {
	open := strings.IndexByte(text, '<')
	if open < 0 {
		return text
	}
	var b strings.Builder
	for open >= 0 {
		end := strings.IndexByte(text[open:], '>')
		if end < 0 {
			break // nor does any tag after it end
		}
		if c := text[open+1]; c == '/' || isASCIILetter(c) {
			b.WriteString(text[:open])
			b.WriteByte(' ')
		} else {
			end = 0
			b.WriteString(text[:open+1])
		}
		text = text[open+end+1:]
		open = strings.IndexByte(text, '<')
	}
	b.WriteString(text)
	return b.String()
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// cutComment cuts at a letter's end.
func cutComment(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}

// commentWords are the first runs of letters, marks and digits of a folded text. Where a script
// has no spaces between words, each letter is one.
func commentWords(folded string) []string {
	words := make([]string, 0, min(len(folded)/5+1, maxCommentWords))
	start := -1
	flush := func(end int) {
		if start >= 0 {
			words = append(words, folded[start:end])
			start = -1
		}
	}
	for i, r := range folded {
		if len(words) == maxCommentWords {
			return words
		}
		switch {
		case r == '\'' && start >= 0: // "don't" is one word
		case unspaced(r):
			flush(i)
			words = append(words, folded[i:i+utf8.RuneLen(r)])
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
		default:
			flush(i)
		}
	}
	flush(len(folded))
	return words[:min(len(words), maxCommentWords)]
}

// unspaced reports whether a letter is of a script that has no spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// commentLanguage is the primary subtag of a BCP 47 tag; "und" is as good as none.
func commentLanguage(tag string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	if primary == "und" {
		return ""
	}
	return primary
}

var commentPersonal = sync.OnceValue(func() *regexp.Regexp { //nolint:gochecknoglobals // never reassigned
	return regexp.MustCompile(`[\p{L}\d._%+-]*[@＠][\p{L}\p{Cf}\d._-]+|\+?\d[\d ()/.-]{6,}\d`)
})

// quoteComment is a comment as a finding shows it: short, and without the names, addresses
// and numbers of people.
func quoteComment(text string) string {
	// Cut before what is personal is looked for, and wide enough that a cut name is gone too.
	text = strings.Join(strings.Fields(strings.ToValidUTF8(cutComment(text, 2000), " ")), " ")
	text = commentPersonal().ReplaceAllString(text, "…")
	letters := []rune(text)
	if len(letters) > 80 {
		return string(letters[:79]) + "…"
	}
	return text
}
