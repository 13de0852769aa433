package sentiment

import (
	"strings"

	"github.com/jonreiter/govader"

	"github.com/bylinehq/byline"
)

// version changes with every change that may change a score.
const version = "vader.en;rules=44fc044;lexicon=govader@f6505c8d03cc;v1"

// English scores English texts. Make it once with [NewEnglish]; it never changes after
// that, so many goroutines may use it. The zero English knows no word and refuses all.
type English struct {
	terms    map[string]term   // by the word in lower case
	emoji    map[string]string // to its name in words
	idioms   []phrase          // whose words together mean something else
	boosters []phrase          // of more than one word, as in "kind of"
}

// term is what is known of one word.
type term struct {
	valence float64 // what people felt at it, from -4 to 4
	boost   float64 // how much stronger, or weaker, it makes the words after it; 0: it does not
	known   bool    // it has a valence
	negates bool
}

// phrase is some words in lower case with what they say together.
type phrase struct {
	words   []string
	valence float64
}

// NewEnglish unpacks the lexicon: some ten milliseconds and five megabytes.
func NewEnglish() *English {
	library := govader.NewSentimentIntensityAnalyzer()
	e := &English{terms: make(map[string]term, len(library.Lexicon)), emoji: library.EmojiDict}
	for word, valence := range library.Lexicon {
		e.terms[word] = term{valence: valence, known: true}
	}
	// Two words here, and three idioms below, that the reference knows and the library does not.
	e.terms["heart"] = term{valence: 3.2, known: true}
	e.terms["hearts"] = term{valence: 3.3, known: true}
	for words, boost := range library.Constants.BoosterDict {
		if strings.Contains(words, " ") {
			e.boosters = append(e.boosters, phrase{strings.Fields(words), boost})
			continue
		}
		t := e.terms[words]
		t.boost = boost
		e.terms[words] = t
	}
	for _, word := range library.Constants.NegateList {
		t := e.terms[word]
		t.negates = true
		e.terms[word] = t
	}
	for words, valence := range library.Constants.SpecialCaseIdioms {
		e.idioms = append(e.idioms, phrase{strings.Fields(words), valence})
	}
	e.idioms = append(e.idioms,
		phrase{[]string{"bus", "stop"}, 0},
		phrase{[]string{"beating", "heart"}, 3.1},
		phrase{[]string{"broken", "heart"}, -2.9},
	)
	return e
}

// Version names the rules and the lexicon. Scores of two versions are not compared.
func (*English) Version() string { return version }

// Valence says how a text sounds, from -1 to 1: the compound score of [English.Scores].
// language is a BCP 47 tag; anything but English is refused with "sentiment.language",
// and so is the empty tag: determine the language first.
//
// A text without any word that the lexicon knows is refused with "sentiment.no_words",
// where VADER says 0. To know nothing is not to know that it is neutral: of the 239 such
// tweets among the 4,200 of the package comment, people found only 94 neutral.
func (e *English) Valence(text, language string) (float64, error) {
	if primary, _, _ := strings.Cut(language, "-"); !strings.EqualFold(primary, "en") {
		message := "the text is not in English"
		if primary == "" || strings.EqualFold(primary, "und") {
			message = "nobody determined the language of the text"
		}
		return 0, &byline.RefusalError{Code: "sentiment.language", Message: message}
	}
	s := e.Scores(text)
	if s.Known == 0 {
		return 0, &byline.RefusalError{Code: "sentiment.no_words", Message: "the lexicon knows no word of the text", Need: 1}
	}
	return s.Compound, nil
}
