package safety

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Wordlist is a dated list of terms, as data: of this package, a vendor's or a brand's own.
type Wordlist struct {
	Name       string            `json:"name"`
	Version    string            `json:"version"`
	Source     string            `json:"source"` // who compiled it
	ReadAt     time.Time         `json:"read_at,omitzero"`
	Confidence byline.Confidence `json:"confidence,omitempty"`
	Terms      []Term            `json:"terms"`
}

// Term is what is looked for. Words are spellings of it, each of one word to eight:
// they are compared without case, accents and punctuation, as whole words. A "*" at the
// end of a spelling stands for any ending of its last word, of which at least three
// letters are given. Other forms of a word are found only where they are listed.
type Term struct {
	ID       string   `json:"id"`       // unique among all lists of a lexicon
	Topic    Topic    `json:"topic"`    // see Topic.Valid
	Language string   `json:"language"` // primary subtag of BCP 47, "en"; "und": read in every language
	Words    []string `json:"words"`
	Risk     Risk     `json:"risk"`             // of a plain use
	Except   []Except `json:"except,omitempty"` // what makes a use harmless or less bad
	// Decisive says that a use fails a creator although no person looked at it. It goes
	// with the floor alone, and no list of this package has it.
	Decisive bool `json:"decisive,omitempty"`
}

// Except is what changes the reading of a term. Words are spellings as in [Term].
//
// As an [Idiom] they hold the term in them ("assassin's creed") and it is then another
// word and no hit. In every other context they stand within twelve words of the term in
// the same post, and the hit is kept at [LowRisk] with the context beside it. Anybody can
// write "documentary" under anything, so a person still looks at terms of the floor.
type Except struct {
	Context Context  `json:"context"`
	Words   []string `json:"words"`
}

// Context is why a use of a term is not what it seems.
type Context string

// Contexts.
const (
	Idiom     Context = "idiom" // a fixed phrase or a name
	News      Context = "news"
	Education Context = "education"
	Survivor  Context = "survivor"  // of those who lived through it, and of help for them
	Reclaimed Context = "reclaimed" // by those whom the word is meant to hurt
	Fiction   Context = "fiction"   // films, books, games
	Recovery  Context = "recovery"  // of those who gave it up
)

func contexts() []Context {
	return []Context{Idiom, News, Education, Survivor, Reclaimed, Fiction, Recovery}
}

// Und is the language of terms that are the same in every language, as numbers and
// emblems are.
const Und = "und"

// Limits of a spelling.
const (
	maxPhrase   = 8   // words
	maxSpelling = 200 // bytes
	minStem     = 3   // letters before a "*"
)

// ListRef says which list was used. Digest is of its terms, in any order.
type ListRef struct {
	Name    string    `json:"name"`
	Version string    `json:"version"`
	Source  string    `json:"source,omitempty"`
	ReadAt  time.Time `json:"read_at,omitzero"`
	Terms   int       `json:"terms"`
	Digest  string    `json:"digest"` // SHA-256, in hex
}

func (l *Wordlist) ref() ListRef {
	sorted := slices.Clone(l.Terms)
	slices.SortFunc(sorted, func(a, b Term) int { return strings.Compare(a.ID, b.ID) })
	sum := sha256.New()
	for _, t := range sorted {
		line, _ := json.Marshal(t) // strings and a bool: it does not fail
		sum.Write(append(line, '\n'))
	}
	return ListRef{l.Name, l.Version, l.Source, l.ReadAt, len(l.Terms), hex.EncodeToString(sum.Sum(nil))}
}

// faults returns what is wrong with the terms of a list, its own name and version included.
func (l *Wordlist) faults(path string, seen map[string]bool) []*byline.FieldError {
	var faults []*byline.FieldError
	add := func(at, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path + at, Code: code, Message: message})
	}
	if l.Name == "" || l.Version == "" {
		add("", "lexicon.list", "a list has a name and a version")
	}
	for i := range l.Terms {
		t := &l.Terms[i]
		at := fmt.Sprintf(".terms[%d]", i)
		if seen[t.ID] {
			add(at+".id", "lexicon.id_twice", "two terms have this id")
		}
		seen[t.ID] = true
		t.check(func(field, code, message string) { add(at+field, code, message) })
	}
	return faults
}

func (t *Term) check(add func(field, code, message string)) {
	if t.ID == "" {
		add(".id", "lexicon.id", "a term has an id")
	}
	if !t.Topic.Valid() {
		add(".topic", "lexicon.topic", `a topic is an id of the taxonomy or begins with "x-"`)
	}
	if t.Language == "" || t.Language != primary(t.Language) {
		add(".language", "lexicon.language", `a language is a primary subtag in lower case, as "en", or "und"`)
	}
	if !t.Risk.Valid() {
		add(".risk", "lexicon.risk", "a risk is one of bsr001 to bsr004")
	}
	if t.Decisive && t.Risk != Floor {
		add(".decisive", "lexicon.decisive", "only a term of the floor decides by itself")
	}
	checkSpellings(".words", t.Words, add)
	for i, e := range t.Except {
		at := fmt.Sprintf(".except[%d]", i)
		if !slices.Contains(contexts(), e.Context) {
			add(at+".context", "lexicon.context", "there is no such context")
		}
		checkSpellings(at+".words", e.Words, add)
	}
}

func checkSpellings(at string, words []string, add func(field, code, message string)) {
	if len(words) == 0 {
		add(at, "lexicon.words", "at least one spelling is required")
	}
	for i, w := range words {
		s := spellingOf(w)
		here := fmt.Sprintf("%s[%d]", at, i)
		switch {
		case len(w) > maxSpelling || len(s.words) > maxPhrase:
			add(here, "lexicon.long", "a spelling has up to eight words and 200 bytes")
		case len(s.words) == 0 || slices.Contains(s.words, ""):
			add(here, "lexicon.words", "a spelling has a letter or a digit")
		case s.open && len([]rune(s.words[len(s.words)-1])) < minStem:
			add(here, "lexicon.stem", `before a "*" stand three letters or more`)
		}
	}
}

// spelling is a phrase as it is compared; open says that its last word may go on.
type spelling struct {
	words []string
	open  bool
}

func spellingOf(text string) spelling {
	text = strings.TrimSpace(text)
	body, open := strings.CutSuffix(text, "*")
	s := spelling{open: open}
	for _, w := range wordsOf(body) {
		s.words = append(s.words, w.key)
	}
	return s
}

// primary returns the primary subtag of a language in lower case.
func primary(language string) string {
	before, _, _ := strings.Cut(strings.ReplaceAll(language, "_", "-"), "-")
	return strings.ToLower(strings.TrimSpace(before))
}
