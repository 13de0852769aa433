// Package campaign holds what a brand plans and runs: the plan with its objectives,
// and the desk at which orders are settled under it.
//
// It is the one room that knows the others: a [Settler] joins attribution (whose
// order is it) with contracts (what is owed for it), over the whole life of an order:
// what changed before and after it, the ids it goes by, and the person who asked to be
// forgotten.
package campaign
