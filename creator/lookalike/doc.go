// Package lookalike finds creators who resemble those who delivered, and says whether such
// a resemblance told anything in the caller's own past.
//
// Creators are compared group by group: themes, tone, style, tags, embeddings, audience,
// place, platforms, size, readings and price. Each group gives a similarity from 0 to 1, or
// nothing where one of the two lacks the facts: what is missing lowers the coverage and is
// never taken for unlike. What candidates may be expected to deliver is the mean of the
// outcomes of those they resemble most, weighted by how much, and drawn towards the mean of
// all. There is nothing to train, and every number can be taken apart.
//
// Anchors, word weights and outcomes come from the known creators alone, so no candidate
// changes another's score. Before a [Model] is handed out it is put to the test on the known
// ones: each pair of them is predicted from the others. If it tells who did better no more
// often than when their outcomes are shuffled, there is no model but the refusal
// "lookalike.no_signal".
package lookalike
