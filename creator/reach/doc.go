// Package reach counts people who follow several creators once.
//
// The sum of follower counts is no reach: who follows three creators of a campaign is in it
// three times. What can be said instead depends on what is known of the audiences:
//
//   - all ids: [DedupExact] and [ExactOverlap] count
//   - a [Sketch] of each, which is small, holds no ids and can be stored and merged: [Dedup],
//     [SketchOverlap], [NewMatrix] and [Incremental] estimate with an interval
//   - shares of a population alone: [DedupShares] bounds the reach, and estimates it by a
//     formula that the caller names
//   - sizes and a Jaccard index from another tool: [JaccardOverlap]
//
// An audience that is not known widens the bounds; it never counts as 0. Every result names
// its method. A [Union] is for searches that try many sets of creators.
//
// A sketch is a HyperLogLog for counts of unions, estimated as by Ertl (2017), together
// with the smallest hashes of the ids for overlaps. Only sketches of one precision, sample
// and seed go together, and the written form carries all three and a version.
//
// Sketches count ids, not people: one person with accounts on two platforms is two unless
// the ids were matched before, and bots count as people. Where a follower list holds a
// sample of the followers, so does the sketch: [Audience.Size] is there to say it.
package reach
