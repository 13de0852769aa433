package vet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// SpamRule is one sign that a comment advertises something else. Pattern is a regular
// expression of package regexp over the text in lower case with single spaces. Where Needs
// is not empty, the text is only matched when it holds one of these, which saves time.
type SpamRule struct {
	Name    string   `json:"name"`
	Pattern string   `json:"pattern"`
	Needs   []string `json:"needs,omitempty"`
}

// SpamFilter finds signs of spam by rules that a person can read. It is read from many
// goroutines and never changes.
type SpamFilter struct {
	name      string
	languages map[string][]compiledRule
}

type compiledRule struct {
	SpamRule
	pattern *regexp.Regexp
}

// NewSpamFilter makes a filter from rules by language, a primary BCP 47 subtag. Rules of
// "" go for every language there is a list for. The name, with a version, stands in the
// definition of readings. The error has all faults: "spam.name" where a filter or a rule
// has none, and "spam.pattern".
func NewSpamFilter(name string, rules map[string][]SpamRule) (*SpamFilter, error) {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if name == "" {
		add("name", "spam.name", "a filter has a name")
	}
	f := &SpamFilter{name: name, languages: map[string][]compiledRule{}}
	languages := make([]string, 0, len(rules))
	for language := range rules {
		languages = append(languages, language)
	}
	slices.Sort(languages)
	for _, language := range languages {
		list := f.languages[commentLanguage(language)]
		for i, r := range rules[language] {
			path := fmt.Sprintf("rules.%s[%d]", language, i)
			if r.Name == "" {
				add(path+".name", "spam.name", "a rule has a name")
			}
			pattern, err := regexp.Compile(r.Pattern)
			if err != nil {
				add(path+".pattern", "spam.pattern", "not a regular expression")
				continue
			}
			list = append(list, compiledRule{r, pattern})
		}
		f.languages[commentLanguage(language)] = list
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return f, nil
}

// EnglishSpam is the filter that is used where the caller brings none: links, the writer's
// own channel, begging for subscribers, votes and money, and giveaways. It was written on
// YouTube comments of 2013 to 2015 and knows no other language. It would rather miss an
// advertisement than call a fan one: of labelled comments under videos that it was not
// written on it finds 79 of 100 that are spam, and of 1,000 that it names 2 are none. A link
// is a sign wherever it leads, to the creator's own shop too. [BroadEnglishSpam] finds more
// and is less fair. It is built once, so that a call costs nothing.
func EnglishSpam() *SpamFilter { return englishSpam() }

var englishSpam = sync.OnceValue(func() *SpamFilter { //nolint:gochecknoglobals // never reassigned
	f, err := NewSpamFilter(englishBook, englishSpamRules())
	if err != nil {
		panic(err) // the rules are below
	}
	return f
})

// What somebody may own and want others to see, and how it is praised. Words that stand
// between "my" and such a thing are listed: with any words between, "my mom loves your
// videos" would be an advertisement.
const (
	spamThings = `(channels?|chanels?|channles?|videos?|vids?|vidios?|vidoes?|covers?|remix(es)?|mixtape|page|blog|web ?site|site|clips?|beats|music|songs?|tracks?|book|bio|profile)`
	spamPraise = `((new|newest|latest|last|first|second|own|next|recent|other|small|little|best|cool|awesome|amazing|funny|gaming|music|rap|dance|vlog|cover|song|original|official|youtube|you tube|yt|facebook|fb|instagram|insta|twitter)\W+){0,3}`
	spamMine   = `(my|our)\W+` + spamPraise
	spamAsk    = `(watch|view|visit|see|support|like|share|love|follow|listen to|look at|go to|come to|click on|click|subscribe to|sub to)`
	spamCheck  = `\b(check|chek|cheek|chk|chack)(ing|ed)?\W+`
	spamPlease = `(please|pleas|pls|plz|plez)`
)

func englishSpamRules() map[string][]SpamRule {
	return map[string][]SpamRule{
		"": {
			{"link", `https?:|www\.|\bwatch\?v=|\b[a-z0-9-]{2,} ?\. ?com\b|\b[a-z0-9-]{2,}\.(net|org|info|biz|tv|ru|pl|tk|uk)\b|\b[a-z0-9-]{1,}\.(ly|be|me|io|us|de|gl|gg)/`, []string{".", "http", "watch?"}},
		},
		"en": {
			{"own_channel", `\b` + spamMine + `(channels?|chanels?|channles?)\b|\b(my|our)\W+(new|newest|latest|own|first)\W+` + spamPraise + spamThings + `\b`, []string{"my", "our"}},
			{"come_to_me", `\b` + spamAsk + `\W+(out\W+|at\W+|some of\W+|one of\W+|all\W+)?` + spamMine + spamThings + `\b|\b` + spamPlease + `\W+(\w+\W+)?(watch|view|visit|support|like)\W+(me|us|my|our)\b`, []string{"my", "our", "ple", "pls", "plz"}},
			{"check_out", spamCheck + `((out|at)\W+)?((some|one|all) of\W+|all\W+)?` + spamMine + spamThings + `\b|` + spamCheck + `(me|us)\W+out\b|` + spamCheck + `out\W+((some|one|all) of\W+)?(my|our|mah|me|us)\b|(^|\b(` + spamPlease + `|hey|guys|everyone|everybody|go|and|also)\W+)` + spamCheck + `out\W+(t[^h]|[^t\W])|` + spamCheck + `out\W+(this|the|these|a|an|his|her|their)\W+(\w+\W+){0,2}?(playlists?|` + spamThings + `)\b|` + spamCheck + `(it|this|them|him|her)\W+out( ?:|\W+(if|guys|please|pls|on my|thanks?)\b)|\b(` + spamPlease + `|guys|everyone|hey|go|if (you|u) (want|wanna|like))\W+(and\W+|to\W+)?` + spamCheck + `(it|this|them|him|her)\W+out\b`, []string{"ch"}},
			{"new_channel", `\b(this|a)\W+new\W+((youtube|yt)\W+)?(channels?|chanels?|youtuber)\b|\bchannels? (called|named)\b|\bnew to (youtube|yt)\b`, []string{"chan", "youtuber", "new to"}},
			{"subscribe", `(^|\b` + spamPlease + `\W+|\b(and|or|go|just|then|also|guys|everyone|everybody|people|who|whoever|hit|press|click)\W+|\b(you|u)\W+((can|could|should|must|will|would|to|guys|please)\W+)?|[.,!?:;&*+/-] ?)subs?cri?be?\b|\bsubs?cri?be?\W+(to\W+)?(me|us|my|our|him|` + spamPlease + `|for|4|back)\b|\bsub(s|bed)?\W+(to|me|my|for|back|4)\W|\bsub ?4 ?sub\b`, []string{"sub", "sus"}},
			{"follow_me", `\bfollow\W+(me+|us|my|back|4|for follow)\b|\b(add|dm|pm|text|message|contact|inbox)\W+(me+|us)\W+(on|at|for|via|if|back)\b`, []string{"follow", "add", "dm", "pm", "text", "message", "contact", "inbox"}},
			{"giveaway", `\b(my|our|doing an?|hosting an?|running an?)\W+(\w+\W+)?give ?aways?\b|\b(win|get|earn|free|claim)\W+(\w+\W+){0,2}?gift ?cards?\b|\bfree (gift|money|codes?|iphones?|stuff|music|games?|android|followers|subs)|\b(my|our)\W+(\w+\W+)?(promo|discount|referral|coupon|invite) ?(codes?|links?)\b|\bclick (here|my|this link|the link)\b|\bdownload (my|our|free|now|here|this app)\b`, []string{"give", "gift", "free", "code", "link", "click", "download"}},
			{"money", `\b(free|get|earn|win) pay ?pal\b|\b(make|makes|making|made|earn|earns|earning|earned|win|get|getting|pays?|paid (me|you))\W+(\w+\W+){0,4}?(\$ ?\d|\d+ ?(\$|dollars|bucks))|\b(make|making|earn|earning)\W+(\w+\W+)?(money|cash|dollars)\W+(online|fast|easily|easy|at home|from home|by|just|while|every|per)\b`, []string{"pal", "money", "cash", "dollar", "bucks", "$"}},
			{"begging", `\b(donate|donations?)\W+(to|at|here|now|are|would|via|through|` + spamPlease + `)\b|\b` + spamPlease + `\W+(\w+\W+)?donate\b|\bgo ?fund ?me\b|\bkick ?starter\b|\bindie ?go ?go\b|\b(my|our)\W+patreon\b|\bsign\W+(\w+\W+)?petition\b|\b(vote for|sponsor)\W+(me|us|my|our)\b|\bhelp (me|us) (out|reach|grow|raise|become|achieve|get\W+(\w+\W+){0,2}?(\d+|subs|subscribers|views|likes|followers|fans|famous|known|noticed|discovered|started|there|out there))\b|\bneed\W+(\w+\W+)?(money|subs|subscribers|followers|views)\b|\bpledge\b`, []string{"donat", "fund", "kick", "go", "patreon", "petition", "vote", "sponsor", "help", "need", "pledge"}},
			{"wants_numbers", `\b(get|reach|hit|need|want|give|gain|for|to|got|have|at|with)\W+(\w+\W+){0,2}?\d+\W+(subs|subscribers|likes)\b`, []string{"subs", "likes"}},
			{"artist", `\b(new|small|upcoming|up and coming|young|aspiring|unsigned|independent|amateur)\W+(\w+\W+)?(rapper|singer|artist|band|musicians?|youtubers?|producer)\b`, []string{"rapper", "singer", "artist", "band", "musician", "youtuber", "producer"}},
		},
	}
}

// A pattern takes microseconds for each byte of a text that was written to cost much.
const maxSpamBytes = 1_000

// Signs returns the names of the rules that a comment meets, and whether it can be judged:
// not where its language is not stated, or the filter has no rules for it. A text without
// letters and digits advertises nothing in any language. It reads the first 1,000 bytes.
func (f *SpamFilter) Signs(text, language string) (signs []string, judged bool) {
	folded := foldComment(text)
	return f.signs(folded, len(commentWords(folded)) > 0, language)
}

func (f *SpamFilter) signs(folded string, wordy bool, language string) (signs []string, judged bool) {
	if folded == "" {
		return nil, false
	}
	if !wordy {
		return nil, true
	}
	primary := commentLanguage(language)
	rules, known := f.languages[primary]
	if primary == "" || !known {
		return nil, false
	}
	folded = cutComment(folded, maxSpamBytes)
	for _, list := range [][]compiledRule{f.languages[""], rules} {
		for _, r := range list {
			if r.met(folded) {
				signs = append(signs, r.Name)
			}
		}
	}
	return signs, true
}

func (r compiledRule) met(folded string) bool {
	holds := func(needed string) bool { return strings.Contains(folded, needed) }
	return (len(r.Needs) == 0 || slices.ContainsFunc(r.Needs, holds)) && r.pattern.MatchString(folded)
}

func (t *commentThread) spam() creator.Reading {
	s := tally{metric: SpamComments, formula: "rules=" + t.Spam.name}
	var q quotes
	for _, r := range t.remarks {
		signs, judged := t.Spam.signs(r.folded, len(r.words) > 0, r.Language)
		if judged {
			s.judged++
			s.bare += bare(r)
		}
		if len(signs) > 0 {
			s.hits++
			q.add(r)
		}
	}
	if s.hits > 0 {
		s.found = []byline.Finding{fitFinding("comments.spam", byline.Info, "%d of %d comments look like advertisements of something else: %s", s.hits, s.judged, q)}
	}
	s.judgedOf(len(t.remarks))
	return t.share(s)
}
