package vet

import (
	"strings"
	"sync"
	"unicode"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// PhraseBook knows, by language, words that would fit under any post. It is read from many
// goroutines and never changes.
type PhraseBook struct {
	name      string
	languages map[string]map[string]bool
	longest   int
}

// NewPhraseBook makes a book from phrases by language, a primary BCP 47 subtag. The name,
// with a version, stands in the definition of readings.
func NewPhraseBook(name string, phrases map[string][]string) *PhraseBook {
	b := &PhraseBook{name: name, languages: map[string]map[string]bool{}}
	for language, list := range phrases {
		set := make(map[string]bool, len(list))
		for _, phrase := range list {
			words := commentWords(foldComment(phrase))
			set[strings.Join(words, " ")] = true
			b.longest = max(b.longest, len(words))
		}
		b.languages[commentLanguage(language)] = set
	}
	return b
}

// EnglishPhrases is the book that is used where the caller brings none. It was written
// from what generic comments are said to look like, not from labelled ones, and knows no
// other language.
func EnglishPhrases() *PhraseBook { return englishPhrases() }

var englishPhrases = sync.OnceValue(func() *PhraseBook { //nolint:gochecknoglobals // never reassigned
	return NewPhraseBook(englishBook, map[string][]string{"en": strings.Split(genericEnglish, ",")})
})

const genericEnglish = "nice,nice one,very nice,so nice,nice post,nice pic,nice picture,nice photo,nice video,nice shot,nice work,nice job," +
	"great,great post,great pic,great picture,great photo,great video,great shot,great content,great work,great job,great one,so great," +
	"good,good post,good pic,good video,good one,good job,good work,so good,very good,good vibes,well done,keep it up,keep going," +
	"cool,so cool,very cool,cool post,cool pic,cool video,awesome,awesome post,awesome pic,awesome video,awesome content,so awesome," +
	"amazing,so amazing,amazing post,amazing pic,amazing photo,amazing video,amazing content,amazing work,this is amazing,absolutely amazing," +
	"beautiful,so beautiful,very beautiful,gorgeous,so gorgeous,stunning,so stunning,absolutely stunning,absolutely beautiful,perfect,perfection,so perfect," +
	"love,love it,love this,love that,love you,love it so much,love this so much,love this post,love this pic,love this photo,love this video,i love it,i love this,i love this video,i love you,loved it,loving this,much love," +
	"wow,oh wow,omg,oh my god,yes,yess,yas,so true,true,facts,agreed,same,goals,mood,vibes,slay,queen,king,icon,legend,fire,lit,dope,sick,epic,insane,wonderful,fantastic,fabulous,brilliant,excellent,incredible,superb,super,lovely,so lovely,cute,so cute,adorable,so adorable,pretty,so pretty,hot,best,the best,you are the best,you're the best," +
	"first,second,early,lol,haha,hahaha,thanks,thank you,thank you so much,thanks for sharing,thank you for sharing,thx,hi,hello,hey,congrats,congratulations,happy birthday,good morning,good night,have a great day,have a nice day,god bless,god bless you,amen,dm,dm me,dm us,dm sent,check your dm,send pic,promote it on,collab,let's collab,follow back"

// fits reports whether a comment is made of phrases alone, and whether it can be judged. A
// comment without letters and digits, such as a row of hearts, is generic in all languages.
func (b *PhraseBook) fits(r remark) (generic, judged bool) {
	text := strings.ReplaceAll(r.folded, "<3", "♥")
	text = withoutMentions(text)
	if strings.TrimSpace(text) == "" { // nothing, or a friend who is called
		return false, r.folded != "" && b.knows(r.Language)
	}
	words := commentWords(text)
	if len(words) == 0 {
		return strings.ContainsFunc(text, func(c rune) bool { return c > unicode.MaxLatin1 || unicode.IsPunct(c) }), true
	}
	set, known := b.languages[commentLanguage(r.Language)]
	if !known {
		return false, false
	}
	return len(words) <= 3*max(1, b.longest) && b.covers(set, words), true
}

func (b *PhraseBook) knows(language string) bool {
	_, known := b.languages[commentLanguage(language)]
	return known
}

// covers reports whether words can be cut into phrases.
func (b *PhraseBook) covers(set map[string]bool, words []string) bool {
	reached := make([]bool, len(words)+1)
	reached[0] = true
	for end := 1; end <= len(words); end++ {
		for start := max(0, end-b.longest); start < end && !reached[end]; start++ {
			reached[end] = reached[start] && inPhrases(set, words[start:end])
		}
	}
	return reached[len(words)]
}

// inPhrases also knows words that are drawn out: "sooo cuuute".
func inPhrases(set map[string]bool, words []string) bool {
	phrase := strings.Join(words, " ")
	return set[phrase] || set[squeeze(phrase, 2)] || set[squeeze(phrase, 1)]
}

// squeeze cuts runs of one letter that are longer than two down to some.
func squeeze(text string, to int) string {
	var b strings.Builder
	letters := []rune(text)
	for i := 0; i < len(letters); {
		end := i
		for end < len(letters) && letters[end] == letters[i] {
			end++
		}
		n := end - i
		if n > 2 {
			n = to
		}
		for range n {
			b.WriteRune(letters[i])
		}
		i = end
	}
	return b.String()
}

// withoutMentions leaves out words that begin with @.
func withoutMentions(text string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	var kept []string
	for word := range strings.FieldsSeq(text) {
		if !strings.HasPrefix(word, "@") || len(word) == 1 {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

// bare is 1 for a comment without letters and digits, as many people say what they feel.
func bare(r remark) int {
	if len(r.words) == 0 {
		return 1
	}
	return 0
}

func (t *commentThread) generic() creator.Reading {
	s := tally{metric: GenericComments, formula: "phrases=" + t.Generic.name + ";or_no_words"}
	var q quotes
	wordless := 0
	for _, r := range t.remarks {
		generic, judged := t.Generic.fits(r)
		if judged {
			s.judged++
			s.bare += bare(r)
		}
		if generic {
			s.hits++
			wordless += bare(r)
			q.add(r)
		}
	}
	if s.hits > 0 {
		s.found = []byline.Finding{fitFinding("comments.generic", byline.Info, "%d of %d comments would fit under any post, %d of them without a word: %s", s.hits, s.judged, wordless, q)}
	}
	s.judgedOf(len(t.remarks))
	return t.share(s)
}
