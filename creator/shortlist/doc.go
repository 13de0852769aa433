// Package shortlist chooses creators under a budget and says how far from the best choice
// it may be.
//
// [Choose] takes candidates with a price and an expected outcome, and a [Request] with a
// budget, counts, quotas, and who must, must not and must not together be on the list. The
// outcome is summed (conversions, contribution) or counted by a [Coverage] (people who are
// reached at least once). [Of] makes a candidate of an assessment, and [SketchCoverage] a
// coverage of sketches.
//
// A [List] never stands alone. It carries a bound that no list within the request exceeds
// and the gap that leaves, for every pick why it is in and what the list loses without it,
// reserves and for whom each may step in, and for every candidate who is not chosen why
// not. What is not known is not counted as nothing: a candidate without a price or an
// outcome cannot be chosen, and a check that is failed or not answered bars.
//
// A [Record] keeps who asked for what and when, so that the list can be made again and
// compared, and forgets a creator on demand.
package shortlist
