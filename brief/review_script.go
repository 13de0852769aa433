package brief

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline/brief/disclosure"
)

// Rates at which English is read, in words a minute, of grown-ups and prose that is no
// fiction: silently 238, aloud 183. Source: M. Brysbaert, How many words do we read per
// minute?, Journal of Memory and Language 109 (2019), 104047, a review of 190 and 77
// studies; read on 2026-11-22.
const (
	wordsRead  = 238
	wordsAloud = 183
)

// ReadingTime is how long a creator takes to read all texts of a brief, at 238 words a
// minute. The rate is that of English; other languages need more words or fewer for the
// same message.
func (b Brief) ReadingTime() time.Duration {
	return spokenTime(b.words(), wordsRead)
}

func spokenTime(words, perMinute int) time.Duration {
	return time.Duration(words) * time.Minute / time.Duration(perMinute)
}

// english reports whether the brief is written in English.
func (r *review) english() bool {
	written := r.b.Written
	if written == "" {
		written = r.b.Language
	}
	return baseLanguage(written) == "en"
}

// instructions are the texts that say what to say and show, without the guardrails, which
// are orders by their nature, and without codes, links and tags, which have to be as they
// are.
func (b *Brief) instructions() []string {
	texts := []string{b.Message, b.Action}
	for _, e := range b.Elements {
		if e.Kind.worded() {
			texts = append(texts, e.Text)
		}
	}
	for _, a := range b.Angles {
		texts = append(texts, a.Title, a.Idea)
	}
	for _, p := range b.Pieces {
		texts = append(texts, p.Notes)
	}
	return texts
}

// words counts all that is to be read.
func (b *Brief) words() int {
	texts := append(b.instructions(), b.Title, b.Product.Name, b.Product.Benefit, b.Audience.Who, b.Audience.ForMinors, b.Objective.Sentence)
	texts = append(append(texts, b.Guardrails...), b.Usage...)
	for _, c := range b.Claims {
		texts = append(texts, c.Text, c.Manner)
	}
	for _, p := range b.Forbidden {
		texts = append(texts, p.Text, p.Why)
	}
	for _, r := range b.References {
		texts = append(texts, r.Why)
	}
	for _, d := range b.Disclosures {
		texts = append(texts, d.Label, d.Toggle)
	}
	for _, p := range b.Pieces {
		texts = append(texts, p.Placement)
	}
	return countWords(texts)
}

func countWords(texts []string) int {
	n := 0
	for _, text := range texts {
		n += len(wordsOf(text))
	}
	return n
}

// worded reports whether a creator could say or show it in their own way.
func (k ElementKind) worded() bool {
	switch k {
	case ShowProduct, SayMessage, CallToAction, ShowShot:
		return true
	case NameCode, SetLink, TagAccount, UseHashtag:
	}
	return false
}

// checkVerbatim asks how much is to be said word for word.
func checkVerbatim(r *review) {
	verbatim := 0
	for i, e := range r.b.Elements {
		if !e.Verbatim || !e.Kind.worded() {
			continue
		}
		n := len(wordsOf(e.Text))
		verbatim += n
		if r.english() && n > r.norms.VerbatimWords {
			message := fmt.Sprintf("%d words are to be said as they stand, and %d are the most that sound natural: “%s”", n, r.norms.VerbatimWords, excerpt(e.Text))
			r.find("brief.script_passage", entry("elements", i), message).Fix = fmt.Sprintf("Ask for the point: “In your own words: %s” and do not ask for these very words.", excerpt(e.Text))
		}
	}
	if !r.english() {
		r.find("brief.script_unknown", "language", "whether it is a script can be told in English alone")
		return
	}
	r.wordForWord()
	all := countWords(r.b.instructions())
	if all > 0 && float64(verbatim) > r.norms.VerbatimShare*float64(all) {
		message := fmt.Sprintf("%d of %d words about the posts are to be said word for word, more than %.0f%%", verbatim, all, r.norms.VerbatimShare*100)
		r.find("brief.script_verbatim", "elements", message)
	}
}

// wordForWord finds notes that ask for the very words without saying so in the element.
func (r *review) wordForWord() {
	asks := scripts()
	ask := func(path, text string) {
		for _, sentence := range sentencesOf(text) {
			if found := firstPhrase(sentence, asks); found != "" {
				r.find("brief.script_passage", path, fmt.Sprintf("“%s” asks for a script: “%s”", found, excerpt(sentence))).
					Fix = "Say instead: “Tell it in your own words; these are the points that matter.”"
			}
		}
	}
	for i, p := range r.b.Pieces {
		ask(entry("deliverables", i)+".notes", p.Notes)
	}
	for i, e := range r.b.Elements {
		if !e.Verbatim {
			ask(entry("elements", i)+".text", e.Text)
		}
	}
}

// scripts are words that ask for a script.
func scripts() [][]string {
	return phrases("word for word", "word-for-word", "verbatim", "read the script", "read out", "stick to the script", "exact words", "exact wording", "exactly as written")
}

// orders are words that make a sentence an order wherever they stand in it, and verbs that
// make it one where they begin it.
func orders() [][]string {
	return phrases("must", "have to", "has to", "need to", "needs to", "make sure", "be sure to", "do not", "don't", "never", "always",
		"required to", "is required", "are required", "mandatory", "under no circumstances", "at all times", "no exceptions", "shall")
}

func imperatives() []string {
	return strings.Fields("add avoid begin click close cut demonstrate display do end ensure explain feature film finish follow give go " +
		"highlight hold include insert introduce keep leave let link look make mention name open place point post put read remind repeat say " +
		"show smile speak stand start state stop swipe tag talk tell try turn upload use wait wear write")
}

func isOrder(sentence string) bool {
	words := wordsOf(sentence)
	if firstPhrase(sentence, orders()) != "" {
		return true
	}
	for len(words) > 0 && slices.Contains([]string{"please", "then", "first", "next", "finally", "now", "and"}, words[0]) {
		words = words[1:]
	}
	return len(words) > 1 && slices.Contains(imperatives(), words[0])
}

// checkOrders asks how much of it is orders. What the audience is told to do is none.
func checkOrders(r *review) {
	if !r.english() {
		return
	}
	var sentences, ordered []string
	for _, text := range r.b.directions() {
		for _, sentence := range sentencesOf(text) {
			sentences = append(sentences, sentence)
			if isOrder(sentence) {
				ordered = append(ordered, sentence)
			}
		}
	}
	if len(sentences) < r.norms.SentencesLeast || float64(len(ordered)) <= r.norms.ImperativeShare*float64(len(sentences)) {
		return
	}
	hardest := slices.MaxFunc(ordered, compareOrders)
	found := r.find("brief.script_orders", "elements", fmt.Sprintf("%d of %d sentences are orders, more than %.0f%%: “%s”",
		len(ordered), len(sentences), r.norms.ImperativeShare*100, excerpt(hardest)))
	found.Fix = fmt.Sprintf("Leave the how to the creator. Say, for one: “%s”", excerpt(gentle(hardest)))
}

// directions are the instructions without what the audience is told.
func (b *Brief) directions() []string {
	var texts []string
	for _, e := range b.Elements {
		if e.Kind.worded() && e.Kind != CallToAction && !e.Verbatim {
			texts = append(texts, e.Text)
		}
	}
	for _, a := range b.Angles {
		texts = append(texts, a.Idea)
	}
	for _, p := range b.Pieces {
		texts = append(texts, p.Notes)
	}
	return texts
}

// compareOrders puts those last that a gentler wording is known for, and of these the
// longest. One that asks for a script is told of elsewhere.
func compareOrders(a, b string) int {
	known := func(s string) int {
		switch {
		case firstPhrase(s, scripts()) != "":
			return 0
		case gentle(s) == s:
			return 1
		}
		return 2
	}
	if d := known(a) - known(b); d != 0 {
		return d
	}
	if d := len(a) - len(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}

// gentle puts an order as a wish, as far as words alone can.
func gentle(text string) string {
	text = strings.TrimSpace(text)
	softer := strings.NewReplacer(
		"You must not ", "We would rather you did not ", "you must not ", "we would rather you did not ",
		"You must ", "It would help if you could ", "you must ", "it would help if you could ",
		"You have to ", "It would help if you could ", "you have to ", "it would help if you could ",
		"You need to ", "It would help if you could ", "you need to ", "it would help if you could ",
		"must be", "could be", "Make sure to ", "If it fits, ", "make sure to ", "if it fits, ",
		"Make sure you ", "If it fits, ", "make sure you ", "if it fits, ",
		"Make sure that ", "It matters to us that ", "Always ", "Where it fits, ", "always ", "mostly ", "Never ", "We would rather you did not ",
		"Do not ", "We would rather you did not ", "Don't ", "We would rather you did not ",
	).Replace(text)
	if softer != text {
		return softer
	}
	if words := wordsOf(text); len(words) > 0 && slices.Contains(imperatives(), words[0]) {
		first := string(firstRune(text))
		return "If it suits your style, " + strings.ToLower(first) + strings.TrimPrefix(text, first)
	}
	return text
}

// checkCrowded asks whether what must be said fits into the shortest piece that has a
// length.
func checkCrowded(r *review) {
	if !r.english() {
		return
	}
	shortest := -1
	for i, p := range r.b.Pieces {
		if p.room() > 0 && (shortest < 0 || r.fuller(i, shortest)) {
			shortest = i
		}
	}
	if shortest < 0 {
		return
	}
	room := r.b.Pieces[shortest].room()
	says, words := r.mustSay(shortest)
	spoken, most := spokenTime(words, wordsAloud), max(2, int(r.norms.SaysPerMinute*room.Minutes()))
	at := entry("deliverables", shortest) + ".length"
	if float64(spoken) > r.norms.SpokenShare*float64(room) {
		r.find("brief.script_crowded", at, fmt.Sprintf("what must be said takes about %s of %s, more than %.0f%%",
			durationWords(spoken.Round(time.Second)), durationWords(room), r.norms.SpokenShare*100))
	} else if says > most {
		r.find("brief.script_crowded", at, fmt.Sprintf("%s must be said in %s, and %d are the most that fit", plural(says, "thing"), durationWords(room), most))
	}
}

// room is the time that a piece has: what it may last, else what it lasts at least.
func (p Piece) room() time.Duration {
	switch p.Format.Medium() {
	case disclosure.Video, disclosure.Audio, disclosure.Live:
		if p.Length.Max > 0 {
			return p.Length.Max
		}
		return p.Length.Min
	case disclosure.Image, disclosure.Text, disclosure.Frame:
	}
	return 0
}

// fuller orders pieces by their room, then by how much must be said in it.
func (r *review) fuller(i, j int) bool {
	if a, b := r.b.Pieces[i].room(), r.b.Pieces[j].room(); a != b {
		return a < b
	}
	saysI, wordsI := r.mustSay(i)
	saysJ, wordsJ := r.mustSay(j)
	return wordsI > wordsJ || wordsI == wordsJ && saysI > saysJ
}

// mustSay counts what must be said in a piece, and its words.
func (r *review) mustSay(piece int) (says, words int) {
	for _, e := range r.b.Elements {
		spoken := e.Kind == SayMessage || e.Kind == CallToAction || e.Kind == ShowProduct || e.Kind == NameCode
		if spoken && (len(e.Pieces) == 0 || slices.Contains(e.Pieces, piece)) {
			says++
			words += len(wordsOf(e.Text))
		}
	}
	return says, words
}

// checkReading asks how long it takes to read, in English.
func checkReading(r *review) {
	if !r.english() {
		return
	}
	n := r.b.words()
	if takes := spokenTime(n, wordsRead); takes > r.norms.ReadingTime {
		r.find("brief.long", "", fmt.Sprintf("its %d words take %s to read, and %s is long", n, durationWords(takes.Round(time.Second)), durationWords(r.norms.ReadingTime)))
	} else if n < r.norms.WordsLeast {
		r.find("brief.thin", "", fmt.Sprintf("it has %s, and fewer than %d leave too much open", plural(n, "word"), r.norms.WordsLeast))
	}
}
