package tracking

import (
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
)

// What a note can make us do: text is read up to its bound in bytes, and a person comes
// through few links.
const (
	maxNote    = 16 << 10
	maxTouches = 16
)

// Reference reads a field that is there to hold a reference, such as Stripe's
// client_reference_id: all that [Note] finds, else, when the whole text is one word of
// letters, digits, "-" and "_", the key of a link. A shop that uses the field for ids of
// its own should read it with Note.
func Reference(text string, at time.Time, source string) []attribution.Touch {
	if touches := Note(text, at, source); touches != nil {
		return touches
	}
	// What begins like a click id and is none was changed on the way.
	if key, ok := clean(text); ok && wordly(key) && !strings.HasPrefix(key, clickPrefix) {
		return []attribution.Touch{{Link: key, At: at, Source: source}}
	}
	return nil
}

// Note reads text that a person wrote, such as the note of an order. Only what cannot
// mean anything else counts: a click id as [Clicks] signs them, "bl=ada-autumn" or
// "bl:ada-autumn" (or "blc" with a click id), and an address with such a parameter. Bare words
// never do, and UTM values and pages are not looked for. At most 16 distinct touches
// are returned, in the order of the text; text beyond 16 KiB is not read.
func Note(text string, at time.Time, source string) []attribution.Touch {
	if len(text) > maxNote {
		text = text[:strings.LastIndexByte(text[:maxNote], ' ')+1]
	}
	var touches []attribution.Touch
	for word := range strings.FieldsFuncSeq(text, between) {
		for _, t := range readWord(strings.TrimRight(word, ".,:;!?"), at, source) {
			if len(touches) < maxTouches && !slices.Contains(touches, t) {
				touches = append(touches, t)
			}
		}
	}
	return touches
}

// between tells the characters that stand around words and addresses in a text.
func between(r rune) bool {
	return r <= ' ' || strings.ContainsRune("<>\"'()[]{}|,\u00a0\u3000“”„«»", r)
}

func readWord(word string, at time.Time, source string) []attribution.Touch {
	if looksSigned(word) {
		return []attribution.Touch{{ID: word, At: at, Source: source}}
	}
	word, _, _ = strings.Cut(word, "#")
	_, query, isAddress := strings.Cut(word, "?")
	if !isAddress {
		query = word
		if name, value, found := strings.Cut(word, ":"); found && !strings.Contains(name, "=") {
			query = name + "=" + value
		}
		query = strings.TrimPrefix(query, "_")
	}
	return readQuery(query).clicks(at, source)
}
