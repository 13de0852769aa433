// Package disclosure says whether a post makes clear that it is advertising: by the law
// of every market it touches and by the rules of its platform, on the day it is published.
//
// [Evaluate] takes the facts of a draft or a live post and dated rules, and answers for
// each rule that reaches it: a violation, a risk, no known issue, or that it cannot be
// determined and what is missing. It never says that a post is lawful. A rule that is only
// recalled can warn and never block.
//
// The words that do are lists. Where a market says that its list is open, or its list has
// no word of the content's language, another word that may be meant as a label is a risk;
// where nothing of the kind stands in its place, the label is missing.
//
// Words are matched and not understood: a line that begins with "Ad" has a label, whatever
// it goes on to say. Somebody still looks at the post.
//
// [NewBook] makes rules ready for many posts. [Rules] are the built-in records, one file for each market; a caller adds, replaces and
// dates its own with [Merge] and has them checked by [Validate]. [Suggest] names the labels
// that would do. [Changes] tells which rules start or end between two days, and [Touched]
// which posts that concerns. All of it is data with a source and the day on which it was
// read. It is not legal advice.
package disclosure
