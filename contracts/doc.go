// Package contracts says what is owed, under which agreement, and why.
//
// An [Agreement] is one immutable version of the terms between a brand and a creator.
// A [Register] knows which version was in force when. From an order and the decision
// on it, [Register.Earn] computes what should have been earned by now, and
// [Reconcile] compares that with what a ledger has posted and returns the difference
// as new entries.
//
// Money never follows the order of events: target minus posted converges whatever
// arrives, however often. A refund after a payout is a negative entry that the next
// payout nets; nothing posted is ever changed.
package contracts
