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
// with the smallest hashes of the ids for overlaps. Only sketches of one precision, sample,
// seed and id space go together, and the written form carries them and a version.
//
// People are told apart by their ids, so they are counted once within one id space alone:
// who follows a creator on YouTube and another on TikTok has two ids, and nothing here can
// know that they are one. Name the space in [SketchOptions], and sketches of two spaces are
// a fault instead of a wrong number. Over several spaces the reach lies between the largest
// of their reaches and the sum. Only ids that the caller matched, as hashes of one customer
// list, make one space of two platforms.
//
// Bots count as people. Where a follower list holds a sample of the followers, so does the
// sketch: [Audience.Size] is there to say it.
package reach
