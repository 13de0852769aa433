package safety

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// disguises returns other readings of the words of a text: hashtags as the words in them,
// digits and signs as the letters they stand for, and letters that run on as one. There
// is one more where a 1 may be an i or an l, and none where all words are plain.
func (b *Lexicon) disguises(text string, plain []word) [][]word {
	first, changed := b.disguise(text, plain, 'i')
	if !changed {
		return nil
	}
	if !strings.Contains(text, "1") {
		return [][]word{first}
	}
	second, _ := b.disguise(text, plain, 'l')
	if slices.EqualFunc(first, second, func(x, y word) bool { return x.key == y.key }) {
		return [][]word{first}
	}
	return [][]word{first, second}
}

func (b *Lexicon) disguise(text string, plain []word, one rune) (read []word, changed bool) {
	read = make([]word, 0, len(plain))
	for i := 0; i < len(plain); i++ {
		w := plain[i]
		if parts := b.tagParts(text, w); len(parts) > 1 {
			for j, part := range parts {
				read = append(read, word{key: part, start: w.start, end: w.end, kind: tagWord, breaks: w.breaks && j == 0, disguised: true})
			}
			changed = true
			continue
		}
		if w.kind == plainWord {
			i += joinSigns(text, plain[i:], &w)
			if key := letters(w.key, one); key != w.key {
				w.key, w.disguised = key, true
			}
			changed = changed || w.disguised
		}
		read = append(read, w)
	}
	return read, changed
}

// maxJoined is the length in bytes up to which a word is put together around signs.
const maxJoined = 64

// joinSigns joins what "$" and "@" divide, as in "cr@p", and returns how many words it
// joined to the first.
func joinSigns(text string, from []word, w *word) int {
	joined := 0
	for _, next := range from[1:] {
		gap := text[w.end:next.start]
		if gap == "" || len(gap) > 3 || strings.Trim(gap, "$@") != "" || next.kind != plainWord || len(w.key)+len(next.key) > maxJoined {
			break
		}
		w.key += strings.ReplaceAll(strings.ReplaceAll(gap, "$", "s"), "@", "a") + next.key
		w.end, w.disguised = next.end, true
		joined++
	}
	return joined
}

// letters reads digits as letters in a word of two letters or more, and a letter that
// stands three times in a row or more as one. A word with one letter, such as the name of
// a road, is left alone.
func letters(key string, one rune) string {
	count, digits, run, longest := 0, false, 0, 0
	var last rune
	for _, r := range key {
		if unicode.IsLetter(r) {
			count++
		}
		digits = digits || r >= '0' && r <= '9'
		if run++; r != last {
			last, run = r, 1
		}
		longest = max(longest, run)
	}
	if count < 2 || !digits && longest < 3 {
		return key
	}
	return squeeze(strings.Map(func(r rune) rune { return letter(r, one) }, key))
}

func letter(digit, one rune) rune {
	switch digit {
	case '0':
		return 'o'
	case '1':
		return one
	case '3':
		return 'e'
	case '4':
		return 'a'
	case '5':
		return 's'
	case '7':
		return 't'
	}
	return digit
}

// squeeze leaves one of a rune that stands three times in a row or more.
func squeeze(key string) string {
	runes := []rune(key)
	var b strings.Builder
	for i := 0; i < len(runes); {
		end := i + 1
		for end < len(runes) && runes[end] == runes[i] {
			end++
		}
		b.WriteRune(runes[i])
		if end-i == 2 {
			b.WriteRune(runes[i])
		}
		i = end
	}
	return b.String()
}

// maxTag is the length in bytes up to which a hashtag is taken apart.
const maxTag = 80

// tagParts returns the words of a hashtag where they are clear: divided by case or by
// underscores, or, where it is all one, by the words of the lexicon in one way only.
func (b *Lexicon) tagParts(text string, w word) []string {
	if w.kind != tagWord || w.end-w.start > maxTag {
		return nil
	}
	raw := strings.TrimLeft(text[w.start:w.end], "#＃")
	if parts := capitalParts(raw); len(parts) > 1 {
		return parts
	}
	return b.knownParts(w.key)
}

// capitalParts divides "GunSafety", "gun_safety" and "LGBTQRights".
func capitalParts(raw string) []string {
	if isPlain(raw) {
		return nil
	}
	var parts []string
	runes := []rune(raw)
	from := 0
	cut := func(to int) {
		if key := nameKey(string(runes[from:to])); key != "" {
			parts = append(parts, key)
		}
		from = to
	}
	for i := 1; i < len(runes); i++ {
		upper := unicode.IsUpper(runes[i])
		rises := upper && unicode.IsLower(runes[i-1])
		last := upper && unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1])
		if rises || last || runes[i] == '_' {
			cut(i)
		}
	}
	cut(len(runes))
	return parts
}

// Words of the lexicon that a hashtag may consist of, in bytes.
const minPart, maxPart = 3, 24

// knownParts divides a key into words of the lexicon, if there is one way only and it
// neither begins nor ends with a word that says nothing: "therapist" is one word.
func (b *Lexicon) knownParts(key string) []string {
	if key == "" || len(key) > maxTag {
		return nil
	}
	var ways, from [maxTag + 1]uint8 // ways to divide what is before, 2 for more than one
	ways[0] = 1
	for end := minPart; end <= len(key); end++ {
		for start := max(0, end-maxPart); start <= end-minPart; start++ {
			if ways[start] == 0 || !utf8.RuneStart(key[start]) {
				continue
			}
			if _, known := b.words[key[start:end]]; known {
				ways[end], from[end] = min(2, ways[end]+ways[start]), uint8(start) //nolint:gosec // up to maxTag
			}
		}
	}
	if ways[len(key)] != 1 {
		return nil
	}
	var parts []string
	for end := len(key); end > 0; end = int(from[end]) {
		parts = append(parts, key[from[end]:end])
	}
	slices.Reverse(parts)
	if isFiller(parts[0]) || isFiller(parts[len(parts)-1]) {
		return nil
	}
	return parts
}

func isFiller(part string) bool {
	return slices.Contains(strings.Fields("the and for her his she our you your are not all any can who was out with that this from"), part)
}
