// Package budget splits a budget: once, between lines whose response to spend is known
// ([Allocate]), or period by period, between arms that are still being learned
// ([Choose], [Divide]).
//
// Amounts are [byline.Money] and come out in whole steps that sum exactly. Where a curve
// is S-shaped a local search is easily lost: the split found here is the best one, or
// comes with a bound that says how much better any other could be.
package budget
