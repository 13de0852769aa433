// Package contracts says what a brand and a creator agreed on, what may be done under it
// and what is owed for it, and why.
//
// It starts with [Terms]. [Review] says before anybody signs what in them is a risk, by
// the laws and norms of a day; [Conflicts] says which other work of the creator or of the
// brand an exclusivity forbids; a [Negotiation] keeps who offered what. [Draft] checks the
// terms and makes them an [Agreement]: one immutable version, signed by its digest and
// changed only by the next version, of which [Diff] tells in sentences what is new.
//
// Then content is used. [Rights.MayUse] answers whether an asset may run here, so and
// then, by contract and by platform, with its reasons and until when; [Rights.Audit] asks
// that of everything that runs, and [Rights.Expiring] tells in time what ends.
//
// Then money is earned. A [Register] knows which version was in force when. From the
// decision on an order, [Register.Earn] computes what should have been earned by now and
// pins the versions it is earned under. [Register.Accrue] does so for what a period makes
// of its orders together, as tiers, a cap, a guarantee or a bonus, and [Register.Owed] for
// what needs no orders: fees, gifts and measured pay.
//
// All of these are targets. [Reconcile] compares a target with what a ledger has posted
// and returns the difference as new entries; [Release] makes payable what has waited long
// enough. [Post] and [PostRelease] do it in a store. Statements read the ledger to the
// minor unit, and a payout is a posting like any other.
//
// Money never follows the order of events: target minus posted converges whatever
// arrives, however often. A refund after a payout is a negative entry that the next
// payout nets; nothing posted is ever changed.
package contracts
