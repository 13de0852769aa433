// Package safety looks for sensitive topics in a creator's posts and for work for brands
// that rival the caller's, and answers with evidence: the quote, the post, the dates and
// what would clear it.
//
// A word in a post is evidence and no verdict about a person: news, teaching, fiction,
// survivors and people who made a slur their own use the same words. [Scan] finds them,
// [Judge] holds them against a [Tolerance] and the decisions of people, and fails a
// creator only for what a person rejected, or for a term of the floor that the caller
// declared to be decisive. What nobody looked at yet is undetermined, and so is content
// in a language that the lexicon does not know or that nobody determined. Most platforms
// give posts no language: [ScanOptions] has one to assume, and the answer says for how many
// posts. [Record] keeps an answer with all that it rests on.
//
// Only text is read: captions, titles and transcripts, as far as the posts carry them.
// What a picture shows is not seen. Letters of other scripts that look alike, letters set
// apart by spaces, signs at the ends of a word, irony and quotation are not recognised.
//
// [Conflicts] compares a creator's partnerships, posts and promises with the caller's
// brand, categories, markets and term, and [CheckConflicts] answers as three checks. In a
// [Rivalry] a nil list was never filled, and an empty one says that there is nothing.
//
// The sensitive topics and levels of risk are those of the Content Taxonomy 3.1 and the
// descriptive vectors 3.0 of the IAB Technology Laboratory, github.com/
// InteractiveAdvertisingBureau/Taxonomies, read on 2026-11-22, used under the licence
// CC BY 3.0 (creativecommons.org/licenses/by/3.0); the ids and names are unchanged.
package safety
