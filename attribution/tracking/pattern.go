package tracking

import (
	"strings"

	"github.com/bylinehq/byline"
)

// Alphabet are the characters of generated places. Nineteen are left: no vowel and no Y,
// so that few words can form, and of those that are taken for each other in print or
// handwriting at most one: none of 0 O Q, 1 I L, 2 Z, 5 S and 8 B, G without 6, V without
// U. So no code is another one misread. Nineteen is prime, which the check character
// needs.
const Alphabet = "3479CDFGHJKMNPRTVWX"

const (
	radix = uint64(len(Alphabet))
	// maxGenerated keeps the number of codes below 2^63.
	maxGenerated = 14
	maxCodeLen   = 64
)

// creatorPlace stands in a pattern for the creator.
const creatorPlace = "{creator}"

// cell is one place of a code: a literal character, or '#' for a generated and '*' for
// the check character.
type cell byte

const (
	generated cell = '#'
	check     cell = '*'
)

func (c cell) literal() bool { return c != generated && c != check }

// parsePattern returns the places of a pattern, literals in upper case.
func parsePattern(pattern, creator string) ([]cell, []*byline.FieldError) {
	var faults []*byline.FieldError
	named := strings.Contains(pattern, creatorPlace)
	if named != (creator != "") || creator != "" && !wordly(creator) {
		faults = append(faults, fault("creator", codePattern))
	}
	text := upperASCII(strings.ReplaceAll(pattern, creatorPlace, creator))
	if len(text) > maxCodeLen {
		return nil, append(faults, fault("pattern", codeLength))
	}
	if generatedIn, ok := count(text); !ok || generatedIn == 0 || generatedIn > maxGenerated {
		return nil, append(faults, fault("pattern", codePattern))
	}
	return []cell(text), faults
}

// count returns how many places are generated; ok is false for a pattern that breaks a
// rule.
func count(text string) (places int, ok bool) {
	checked := false
	for i := range len(text) {
		switch c := cell(text[i]); {
		case c == generated:
			if checked {
				return 0, false
			}
			places++
		case c == check:
			if checked || places == 0 {
				return 0, false
			}
			checked = true
		case !wordly(text[i : i+1]):
			return 0, false
		}
	}
	return places, true
}
