// Package contracts says what is owed, under which agreement, and why.
//
// An [Agreement] is one immutable version of the terms between a brand and a creator.
// A [Register] knows which version was in force when. From the decision on an order,
// [Register.Earn] computes what should have been earned by now and pins the versions it
// is earned under; [Reconcile] compares that with what a ledger has posted and returns
// the difference as new entries.
//
// Money never follows the order of events: target minus posted converges whatever
// arrives, however often. A refund after a payout is a negative entry that the next
// payout nets; nothing posted is ever changed.
package contracts
