// Package search filters the caller's own creators by what is known of them.
//
// A [Builder] takes dossiers, readings and checks and makes an [Index], which is immutable
// and may be read from many goroutines. A [Query] is a list of clauses, of which all must
// hold. A clause has three answers for a creator: it holds, it does not, or the facts do
// not say. What happens to the last is never left to chance: [Missing] declares it, for
// the whole query and for each clause.
//
// A [Result] holds the creators who passed, those who stand apart with the clauses that
// nobody could answer for them, and for each clause how many it let through, removed and
// had no data for, which explains an empty page.
//
// Numbers of two definitions are never compared: an engagement rate by another formula
// than the one asked for is a missing one.
//
// The index holds no texts, but it holds their words, and whose they are. To update it,
// build another and put it in the place of the first. [Index.Without] hides creators at once
// but erases nothing: who is to be erased is gone only when the old index is dropped for one
// that was built without them.
package search
