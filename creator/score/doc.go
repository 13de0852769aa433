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
package score
