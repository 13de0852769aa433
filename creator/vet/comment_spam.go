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
// YouTube comments of 2013 to 2015 and knows no other language.
func EnglishSpam() *SpamFilter { return englishSpam() }

var englishSpam = sync.OnceValue(func() *SpamFilter { //nolint:gochecknoglobals // never reassigned
	f, err := NewSpamFilter(englishBook, englishSpamRules())
	if err != nil {
		panic(err) // the rules are below
	}
	return f
})

const (
	spamThings = `(channels?|chanels?|channles?|videos?|vids?|vidios?|vidoes?|covers?|remix|mixtape|page|blog|web ?site|site|clips?|beats|book|playlist)`
	spamGap    = `(\W+\w+){0,3}\W+`
)

func englishSpamRules() map[string][]SpamRule {
	return map[string][]SpamRule{
		"": {
			{"link", `https?:|www\.|\b[a-z0-9-]{2,} ?\. ?(com|net|org|info|biz|tv|ly|be|me|ru|io|us|pl|tk|uk|de)\b`, []string{".", "http"}},
		},
		"en": {
			{"own_channel", `\b(my|our|mine)\b` + spamGap + spamThings + `\b`, []string{"my", "our", "mine"}},
			{"check_out", `\b(check|chek|cheek)(ing)?\b((\W+\w+){0,4}\W+(out|` + spamThings + `)|\W+(my|our))\b`, []string{"che"}},
			{"new_channel", `\b(this|new|youtube|yt)\W+(channels?|chanels?|youtuber)\b|\bchannels? (called|named)\b`, []string{"chan", "youtuber"}},
			{"come_to_me", `\b(watch|view|visit|listen to|support|like|share)\W+(me|us|my|our)\b`, []string{"watch", "vi", "listen", "support", "like", "share"}},
			{"subscribe", `\bsubs?cri?be?\b|\bsubscribing\b|\bsub(s|bed|scribes?)?\W+(to|me|my|for|back|4)\b`, []string{"sub", "sus"}},
			{"follow_me", `\b(follow|add|pm|text|message)\W+(me+|us|my|him|her|back|this)\b`, []string{"follow", "add", "pm", "text", "message"}},
			{"giveaway", `\b(give ?aways?|gift ?cards?|free (gift|money|codes?|iphones?|stuff|music|games?|android|followers|subs)|promo codes?|discount codes?|click (here|on|the|this)|download)\b`, []string{"give", "gift", "free", "code", "click", "download"}},
			{"money", `\bpay ?pal\b|\b(make|making|earn|earning|win|get) (\w+ )?(money|cash|dollars|bucks)\b|\bwork(ing)? (from|at) home\b|\$ ?\d`, []string{"pal", "money", "cash", "dollar", "bucks", "work", "$"}},
			{"begging", `\b(donat(e|ions?)|go ?fund ?me|kick ?starter|indie ?go ?go|patreon|petition|vote for|sponsor|help (me|us) (get|out|by|reach|grow|with|raise)|need (money|subs|subscribers|help)|pledge)\b`, []string{"donat", "fund", "kick", "go", "patreon", "petition", "vote", "sponsor", "help", "need", "pledge"}},
			{"wants_numbers", `\b\d+\W+(subs|subscribers|likes)\b`, []string{"subs", "likes"}},
			{"artist", `\b(i'?m|i am|we are|we're|were) (an? )?(\w+ )?(new |small |upcoming |young )?(\w+ )?(rapper|singer|artist|band|musicians?|youtubers?|producer|group)\b`, []string{"rapper", "singer", "artist", "band", "musician", "youtuber", "producer", "group"}},
		},
	}
}

// Signs returns the names of the rules that a comment meets, and whether it can be judged:
// not where its language is not stated, or the filter has no rules for it. A text without
// letters and digits advertises nothing in any language.
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
		}
		if len(signs) > 0 {
			s.hits++
			q.add(r)
		}
	}
	if s.hits > 0 {
		s.found = []byline.Finding{fitFinding("comments.spam", byline.Info, "%d of %d comments advertise something else: %s", s.hits, s.judged, q)}
	}
	s.judgedOf(len(t.remarks))
	return t.share(s)
}
