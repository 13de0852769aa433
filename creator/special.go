package creator

import (
	"strings"
	"time"
	"unicode"

	"github.com/bylinehq/byline"
)

// SpecialCategory is a kind of personal data that article 9 of the GDPR protects above
// others, with words that may tell of it.
type SpecialCategory struct {
	Name  string   `json:"name"`
	Words []string `json:"words"` // in lower case; several words stand in this order
}

// SpecialCategories returns the word list by which [Dossier.Review] asks whether a tag or
// a theme says something of a person's health, religion, politics, sexual orientation,
// ethnicity or union membership. It is short, English and no proof in either direction: a
// theme may be what a creator talks about and not what they are. The categories are those
// of article 9(1) of Regulation (EU) 2016/679, recalled and not read again on 2026-11-22;
// the words are our own.
func SpecialCategories() []SpecialCategory {
	return []SpecialCategory{
		{"health", []string{
			"addiction", "adhd", "anxiety disorder", "autism", "autistic", "cancer", "chronic illness", "depression", "diabetes", "diabetic",
			"disability", "disabled", "eating disorder", "epilepsy", "hiv", "infertility", "mental health", "mental illness", "pregnant", "pregnancy",
		}},
		{"religion or belief", []string{
			"atheist", "buddhist", "catholic", "christian", "evangelical", "hindu", "jewish", "mormon", "muslim", "orthodox", "protestant", "sikh",
		}},
		{"political opinion", []string{
			"communist", "conservative", "democrat", "far left", "far right", "feminist", "left wing", "liberal", "party member", "republican", "right wing", "socialist",
		}},
		{"sexual orientation or sex life", []string{
			"asexual", "bisexual", "gay", "heterosexual", "homosexual", "lesbian", "lgbt", "lgbtq", "lgbtqia", "polyamorous", "queer",
		}},
		{"racial or ethnic origin", []string{
			"african american", "arab", "asian american", "black creator", "ethnic minority", "hispanic", "indigenous", "latina", "latino", "latinx", "person of colour", "person of color",
		}},
		{"trade union membership", []string{"labor union", "labour union", "trade union", "union member"}},
	}
}

func specialRule() *byline.Rule {
	return &byline.Rule{
		ID: "gdpr_art_9_1", Instrument: "Regulation (EU) 2016/679 (GDPR), article 9(1)",
		Effective:  byline.Window{Start: time.Date(2018, time.May, 25, 0, 0, 0, 0, time.UTC)},
		Source:     "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
		Confidence: byline.Recalled,
	}
}

// specialWords finds categories by their words.
type specialWords map[string]string

func newSpecialWords() specialWords {
	words := specialWords{}
	for _, category := range SpecialCategories() {
		for _, w := range category.Words {
			words[w] = category.Name
		}
	}
	return words
}

// longestPhrase is how many words the longest entry of the list has.
const longestPhrase = 3

// category names what a text may tell of, "" where nothing. It takes O(n).
func (s specialWords) category(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := range words {
		for n := 1; n <= longestPhrase && i+n <= len(words); n++ {
			if category, found := s[strings.Join(words[i:i+n], " ")]; found {
				return category
			}
		}
	}
	return ""
}
