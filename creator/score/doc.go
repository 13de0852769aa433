// Package score weighs the readings of a creator by an open rubric.
//
// A [Rubric] says what counts, how much, and from where to where: every criterion has a
// floor that is worth nothing and a target that is worth everything, both the caller's.
// Criteria stand in groups, so that three readings of one thing do not count three times.
// What must not be averaged away is no criterion but a gate: the checks that a rubric asks
// for, and its limits.
//
//	s, err := score.New(rubric)
//	a := s.Assess(score.Candidate{CreatorID: "ada", Readings: readings, Checks: checks})
//	fmt.Println(a.Explain())
//
// An [Assessment] is the score over what is known, with the share of the weight that is
// known, the bounds that what is missing leaves open, what each reading adds, and how far
// other weights would move it. The score of one creator depends on that creator and the
// rubric alone: whoever else is on the list changes nothing. That is why anchors are fixed
// and nothing is scaled to the best of a list, as TOPSIS and sums of normalised columns do;
// they change the order of two creators when a third comes along.
//
// [Rank] puts assessments in an order with the places that each could have.
//
// # Who hides a number
//
// A number that is missing is no zero, for most are missing innocently. But that is also
// what makes it pay to hide one: whoever has 100 points in 60 % of the weight and 0 in the
// rest scores 60 with all of it shown and 100 with the rest hidden, and at the default
// coverage may still be ranked. Three things stand against it, and a rubric that decides
// about money wants at least one of them:
//
//   - a [Limit] on a number that must be shown: while it is missing, the candidate is held
//   - a higher Coverage: nobody gains from more than the share that may be missing
//   - the order [ByLow], in which hiding a number never helps, whatever the coverage
//
// What is missing is never hidden from the reader: each assessment says what it is, why,
// and how far down the score could go. Nothing grows old by itself here: leave out the
// readings and checks that are too old, or not yet known, at the time of the [Candidate].
package score
