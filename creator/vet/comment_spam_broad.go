package vet

import "sync"

// BroadEnglishSpam is a filter for a person who looks through comments. It finds more than
// [EnglishSpam], 87 of 100 advertisements under videos that it was not written on, for it
// asks for less: any words may stand between "my" and "videos". So it also names what fans
// say, as in "my mom loves your videos" and "does your discount code still work?". Do not
// take its share for one of advertisements.
func BroadEnglishSpam() *SpamFilter { return broadSpam() }

var broadSpam = sync.OnceValue(func() *SpamFilter { //nolint:gochecknoglobals // never reassigned
	f, err := NewSpamFilter("en.broad.v1", broadSpamRules())
	if err != nil {
		panic(err) // the rules are below
	}
	return f
})

const (
	broadThings = `(channels?|chanels?|channles?|videos?|vids?|vidios?|vidoes?|covers?|remix|mixtape|page|blog|web ?site|site|clips?|beats|book|playlist)`
	broadGap    = `(\W+\w+){0,3}\W+`
)

func broadSpamRules() map[string][]SpamRule {
	return map[string][]SpamRule{
		"": {
			{"link", `https?:|www\.|\b[a-z0-9-]{2,} ?\. ?(com|net|org|info|biz|tv|ly|be|me|ru|io|us|pl|tk|uk|de)\b`, []string{".", "http"}},
		},
		"en": {
			{"own_channel", `\b(my|our|mine)\b` + broadGap + broadThings + `\b`, []string{"my", "our", "mine"}},
			{"check_out", `\b(check|chek|cheek)(ing)?\b((\W+\w+){0,4}\W+(out|` + broadThings + `)|\W+(my|our))\b`, []string{"che"}},
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
