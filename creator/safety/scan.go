package safety

import (
	"cmp"
	"slices"
	"time"
	"unicode"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// ScanOptions say what is read. The zero value and nil: every post, in every language that
// the lexicon knows.
type ScanOptions struct {
	Since     time.Time // posts before it are left out; zero: none
	Until     time.Time // posts at it and after are left out; zero: none
	Languages []string  // BCP 47, by their primary subtags; empty: all that the lexicon knows
	// AssumeLanguage is taken for posts that name none, as most platforms give none: "en"
	// where that is the creator's language. The record marks every such post. "": they stay
	// unread, and what is unread is not known to be clean.
	AssumeLanguage string
}

// Scanned is the record of a scan: with which lists, which texts were read and which were
// not, and what was found. It is complete, so that it can be stored and shown later; the
// decisions of people are kept beside it, see [Judge].
type Scanned struct {
	Method         string        `json:"method"`                    // [ScanMethod]
	Window         byline.Window `json:"window,omitzero"`           // that was asked for
	Languages      []string      `json:"languages,omitempty"`       // that were asked for; empty: all of the lexicon
	AssumeLanguage string        `json:"assume_language,omitempty"` // see [ScanOptions]
	Lexicon        []ListRef     `json:"lexicon"`
	Posts          []ReadPost    `json:"posts"`             // by platform, id and text
	Outside        int           `json:"outside,omitempty"` // posts that are not of the window
	Hits           []Hit         `json:"hits"`              // by falling risk, then by post and term
}

// ScanMethod names the rules by which [Scan] reads. Two scans of one method, one lexicon
// and one set of posts are the same.
const ScanMethod = "safety.scan{words,hashtags,disguises;reach=12};v1"

// ReadPost is a post that was looked at. Skipped says why its text was not read; it is
// then not known to be clean.
type ReadPost struct {
	Platform    byline.Platform `json:"platform"`
	ID          string          `json:"id"`
	PublishedAt time.Time       `json:"published_at,omitzero"`
	Language    string          `json:"language,omitempty"` // primary subtag
	Assumed     bool            `json:"assumed,omitempty"`  // the post names no language, see ScanOptions.AssumeLanguage
	TextHash    string          `json:"text_hash"`          // see HashText
	Skipped     SkipReason      `json:"skipped,omitempty"`
}

// SkipReason is why a post was not read.
type SkipReason string

// Reasons.
const (
	SkipNoText          SkipReason = "no_text"
	SkipNoLanguage      SkipReason = "no_language"      // nobody determined it
	SkipUnknownLanguage SkipReason = "unknown_language" // the lexicon has no terms of it
	SkipNotAsked        SkipReason = "not_asked"        // ScanOptions.Languages has it not
	// SkipOtherScript is a text of mostly other letters than those of its language, such as
	// Cyrillic in a post that says it is English. Its terms are looked for all the same.
	SkipOtherScript SkipReason = "other_script"
)

// Hit is a term in the text of a post, with all its uses there. Quote, place and spelling
// are of the worst use, of those the first.
type Hit struct {
	Platform    byline.Platform `json:"platform"`
	PostID      string          `json:"post_id"`
	PublishedAt time.Time       `json:"published_at,omitzero"`
	Language    string          `json:"language,omitempty"` // of the post
	Link        string          `json:"link,omitempty"`
	TextHash    string          `json:"text_hash"`
	TermID      string          `json:"term_id"`
	Topic       Topic           `json:"topic"`
	Risk        Risk            `json:"risk"`   // LowRisk where a context speaks for it
	Listed      Risk            `json:"listed"` // of the term
	Decisive    bool            `json:"decisive,omitempty"`
	Quote       string          `json:"quote"`                // with a few words before and after, on one line
	Found       string          `json:"found"`                // as the post has it
	Start       int             `json:"start"`                // in the text, in bytes
	End         int             `json:"end"`                  // behind the last byte
	Uses        int             `json:"uses"`                 // of the term in the post, without idioms
	InContext   int             `json:"in_context,omitempty"` // of them, with a context
	Context     Context         `json:"context,omitempty"`
	Because     string          `json:"because,omitempty"` // the words that show the context
	Disguised   bool            `json:"disguised,omitempty"`
}

// Scan looks for the terms of a lexicon in posts. It matches whole words, so a term is not
// found inside another word; it reads hashtags as the words in them where these are
// clear, and "sh1t" and "cr@p" as what they stand for. Handles and web addresses are not
// read.
//
// A post in a language that the lexicon does not know, or that nobody determined, is
// skipped but for the terms of [Und], unless a language is assumed. So is a post without
// text. A post of other letters than its language has is not counted as read either. A
// post without a time is in every window. The same text of the same post counts once, two texts of one post are
// two. A nil lexicon knows no language.
//
// The result does not depend on the order of posts, terms and lists. The time is linear
// in the letters of the posts and the hits, but for sorting, whatever the lexicon.
func Scan(posts []creator.Post, book *Lexicon, o *ScanOptions) Scanned {
	if book == nil {
		book = &Lexicon{}
	}
	if o == nil {
		o = &ScanOptions{}
	}
	s := Scanned{
		Method: ScanMethod, Window: byline.Window{Start: o.Since, End: o.Until}, Languages: primaries(o.Languages), AssumeLanguage: primary(o.AssumeLanguage),
		Lexicon: append([]ListRef{}, book.lists...), Posts: []ReadPost{}, Hits: []Hit{},
	}
	asked := s.Languages
	if len(asked) == 0 {
		asked = book.languages
	}
	var read []reading
	for i := range posts {
		p := &posts[i]
		if !p.PublishedAt.IsZero() && !s.Window.Contains(p.PublishedAt) {
			s.Outside++
			continue
		}
		read = append(read, readingOf(p, s.AssumeLanguage))
	}
	slices.SortFunc(read, compareReadings)
	read = slices.CompactFunc(read, func(a, b reading) bool {
		return a.Platform == b.Platform && a.ID == b.ID && a.TextHash == b.TextHash
	})
	for _, r := range read {
		r.words = wordsOf(r.post.Text)
		r.Skipped = book.skip(r, asked)
		s.Posts = append(s.Posts, r.ReadPost)
		s.Hits = append(s.Hits, book.hits(r)...)
	}
	slices.SortFunc(s.Hits, compareHits)
	return s
}

// reading is a post on its way through a scan.
type reading struct {
	ReadPost
	post  *creator.Post
	words []word
}

func readingOf(p *creator.Post, assumed string) reading {
	r := reading{ReadPost{Platform: p.Account.Platform, ID: p.ID, PublishedAt: p.PublishedAt, Language: primary(p.Language), TextHash: HashText(p.Text)}, p, nil}
	if (r.Language == "" || r.Language == Und) && assumed != "" {
		r.Language, r.Assumed = assumed, true
	}
	return r
}

// compareReadings puts of one text the reading first that says most.
func compareReadings(a, b reading) int {
	return cmp.Or(
		compareText(string(a.Platform), string(b.Platform), a.ID, b.ID, a.TextHash, b.TextHash),
		b.PublishedAt.Compare(a.PublishedAt), compareBool(a.Assumed, b.Assumed),
		compareText(b.Language, a.Language, b.post.Link, a.post.Link),
	)
}

// primaries returns the primary subtags of languages, sorted, each once.
func primaries(languages []string) []string {
	var list []string
	for _, l := range languages {
		list = append(list, primary(l))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (b *Lexicon) skip(r reading, asked []string) SkipReason {
	switch {
	case len(r.words) == 0:
		return SkipNoText
	case r.Language == "" || r.Language == Und:
		return SkipNoLanguage
	case !slices.Contains(b.languages, r.Language):
		return SkipUnknownLanguage
	case !slices.Contains(asked, r.Language):
		return SkipNotAsked
	case b.latin[r.Language] && !mostlyLatin(r.words):
		return SkipOtherScript
	}
	return ""
}

// mostlyLatin reports whether no more letters are of other scripts than of the Latin one.
// Handles say nothing about the language.
func mostlyLatin(words []word) bool {
	balance := 0
	for _, w := range words {
		if w.kind == mentionWord {
			continue
		}
		for _, r := range w.key {
			switch {
			case unicode.Is(unicode.Latin, r):
				balance++
			case unicode.IsLetter(r):
				balance--
			}
		}
	}
	return balance >= 0
}

// hits returns the hits of one post, one for each term. A post that is skipped is read
// for the terms of every language alone, unless only its letters are in doubt.
func (b *Lexicon) hits(r reading) []Hit {
	language := r.Language
	if r.Skipped != "" && r.Skipped != SkipOtherScript {
		language = Und
	}
	var all []use
	for _, words := range append([][]word{r.words}, b.disguises(r.post.Text, r.words)...) {
		all = append(all, b.uses(words, language)...)
	}
	q := quoter{r.post.Text, r.words}
	var list []Hit
	for each := range perTerm(all) {
		list = append(list, b.hit(r, each, q))
	}
	return list
}

func (b *Lexicon) hit(r reading, uses []use, q quoter) Hit {
	t := &b.terms[uses[0].term]
	h := Hit{
		Platform: r.Platform, PostID: r.ID, PublishedAt: r.PublishedAt, Language: r.Language, Link: r.post.Link, TextHash: r.TextHash,
		TermID: t.ID, Topic: t.Topic, Risk: t.Risk, Listed: t.Risk, Decisive: t.Decisive, Uses: len(uses),
	}
	worst := uses[0]
	for _, u := range uses {
		if u.context != "" {
			h.InContext++
		}
		if worst.context != "" && u.context == "" {
			worst = u
		}
	}
	h.Start, h.End, h.Disguised = worst.start, worst.end, worst.disguised
	h.Found, h.Quote = oneLine(r.post.Text[worst.start:worst.end]), q.around(worst.start, worst.end)
	if worst.context != "" {
		h.Risk, h.Context, h.Because = LowRisk, worst.context, worst.words
	}
	return h
}

func compareHits(a, b Hit) int {
	return cmp.Or(
		cmp.Compare(b.Risk.rank(), a.Risk.rank()),
		compareText(string(a.Platform), string(b.Platform), a.PostID, b.PostID, a.TextHash, b.TextHash, a.TermID, b.TermID),
	)
}
