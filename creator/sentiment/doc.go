// Package sentiment says how an English text sounds, by the rules of VADER.
//
// VADER (Hutto and Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis
// of Social Media Text", ICWSM 2014) looks words, emoticons and emoji up in a lexicon that
// people rated, and lets what stands around them weigh: very, not, but, CAPITALS, !!!. It
// learns nothing and knows nothing of who wrote, so the same text always sounds the same.
//
// The lexicon comes from github.com/jonreiter/govader (MIT, © 2020 jr), which carries
// that of vaderSentiment (MIT, © 2016 C.J. Hutto). The rules are written here, because the
// library's differ from the reference on 116 of 4,200 tweets. They give what the reference
// (github.com/cjhutto/vaderSentiment at 44fc044, read 2026-11-22) gives, to the last digit
// that it prints, its oddities included: "so" or "this" just before a word strengthens it
// as "never so" would, and of equal words around a "but" the first is changed first.
//
// # What it cannot do
//
// On those 4,200 tweets, rated by people, the score correlates with their mean at
// r = .872. As three classes (a score of less than .05 either way is neutral, as is a mean
// of less than .2 of 4) it is right for 89.9%, but macro-F1 is only .740, and .35 for the
// neutral class: it tells good from bad and does not know neutral. The tweets are those of
// the paper, from before 2014, so expect less of comments of today; on product reviews the
// same rules reach r = .59.
//
//   - Sarcasm is taken at its word: "great, broken again" is praise to it.
//   - Emoji are read by their name, so 💀 and 😭 are sad where people laugh.
//   - Slang that praises ("sick", "this slaps") is not in the lexicon, or is bad in it; the
//     name of a brand or a product may be a word of the lexicon.
//   - Under a giveaway every comment is cheerful: leave those posts out.
//   - It is made for a sentence or a short comment. Long texts run to -1 or 1.
//
// Therefore report the share of clearly negative comments (a score of -.5 or less) with its
// interval, not the mean, and show some of them.
package sentiment
