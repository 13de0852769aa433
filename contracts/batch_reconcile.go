package contracts

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Outcome is what a rail reports about one payout.
type Outcome struct {
	Reference string       `json:"reference"`
	Status    PayoutStatus `json:"status"`
	At        time.Time    `json:"at,omitzero"`
	RailID    string       `json:"rail_id,omitempty"` // the rail's own id of the transfer
	Reason    string       `json:"reason,omitempty"`  // the rail's own code of why it failed or came back
	Amount    byline.Money `json:"amount,omitzero"`   // what went to the creator; zero Money: the rail does not say
}

// Reconciliation is a batch beside what its rail reports.
type Reconciliation struct {
	Batch    Batch            `json:"batch"` // with the statuses that follow
	Findings []byline.Finding `json:"findings"`
}

// Reconcile compares the batch with what its rail reports and returns it with the
// statuses that follow, for [PostOutcomes]. Neither the order of outcomes nor how often
// one comes matters, and reconciling the result with the same outcomes changes nothing.
//
// A return counts more than that the money was paid or failed before. Paid and failed
// together contradict each other: the item stays where it was until somebody has looked.
// Findings are blockers about money that is not where it should be, and one warning:
//
//   - "outcome.unknown_reference": nothing in the batch has it
//   - "outcome.amount", "outcome.currency": another one than was approved; it settles nothing
//   - "outcome.status": not a status that is known; it settles nothing
//   - "outcome.contradiction": told both paid and failed
//   - "outcome.not_under_way": the item never went out, and the rail tells of it
//   - "outcome.missing", a warning: under way, and the report does not have it
func (b Batch) Reconcile(outcomes []Outcome) Reconciliation {
	b.Items = slices.Clone(b.Items)
	told := map[string][]Outcome{}
	for _, o := range outcomes {
		told[o.Reference] = append(told[o.Reference], o)
	}
	r := Reconciliation{Findings: []byline.Finding{}}
	for i := range b.Items {
		r.settle(&b.Items[i], fmt.Sprintf("items[%d]", i), told[b.Items[i].Reference])
		delete(told, b.Items[i].Reference)
	}
	for _, reference := range slices.Sorted(maps.Keys(told)) {
		r.find("outcome.unknown_reference", "", fmt.Sprintf("no item has the reference %.40q", reference))
	}
	r.Batch = b
	return r
}

func (r *Reconciliation) find(code, path, message string) {
	severity := byline.Blocker
	if code == "outcome.missing" {
		severity = byline.Warning
	}
	r.Findings = append(r.Findings, byline.Finding{Code: code, Severity: severity, Path: path, Message: message})
}

// settle brings one item to what was told of it.
func (r *Reconciliation) settle(item *BatchItem, path string, told []Outcome) {
	if item.Status == ItemPlanned || item.Status == ItemRefused {
		if len(told) > 0 {
			r.find("outcome.not_under_way", path, "the rail tells of a payout that was never sent")
		}
		return
	}
	if len(told) == 0 {
		if item.Status == ItemUnderWay {
			r.find("outcome.missing", path, "nothing is reported of this payout")
		}
		return
	}
	good := r.usable(*item, path, told)
	if len(good) == 0 {
		return
	}
	if item.Status.settled() {
		good = append(good, item.known())
	}
	says := func(s PayoutStatus) bool {
		return slices.ContainsFunc(good, func(o Outcome) bool { return o.Status == s })
	}
	if says(PayoutPaid) && says(PayoutFailed) {
		r.find("outcome.contradiction", path, "the payout is told to be paid and to have failed")
		if !says(PayoutReturned) {
			return
		}
	}
	latest := slices.MaxFunc(good, compareOutcomes)
	item.Status, item.Outcome = ItemStatus(latest.Status), &latest
}

// usable are the outcomes that are about this payout, and of a status that is known.
func (r *Reconciliation) usable(item BatchItem, path string, told []Outcome) (good []Outcome) {
	var currency, amount, status bool
	for _, o := range told {
		switch {
		case !o.Status.known():
			status = true
		case o.Amount == (byline.Money{}) || o.Amount == item.Net:
			o.At = o.At.UTC().Round(0)
			good = append(good, o)
		case o.Amount.Currency() != item.Net.Currency():
			currency = true
		default:
			amount = true
		}
	}
	if currency {
		r.find("outcome.currency", path, "the rail reports another currency than was approved")
	}
	if amount {
		r.find("outcome.amount", path, "the rail reports another amount than was approved")
	}
	if status {
		r.find("outcome.status", path, "the rail reports a status that is not known")
	}
	return good
}

// known is what was told of a settled item before.
func (i BatchItem) known() Outcome {
	if i.Outcome != nil && i.Outcome.Status == PayoutStatus(i.Status) {
		return *i.Outcome
	}
	return Outcome{Reference: i.Reference, Status: PayoutStatus(i.Status)}
}

// compareOutcomes orders by how final a status is, then by time; the rest only makes the
// choice independent of the order.
func compareOutcomes(a, b Outcome) int {
	return cmp.Or(cmp.Compare(a.finality(), b.finality()), a.At.Compare(b.At), cmp.Compare(a.RailID, b.RailID),
		cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Amount.Minor(), b.Amount.Minor()), cmp.Compare(a.Amount.Currency(), b.Amount.Currency()))
}

func (o Outcome) finality() int {
	switch o.Status {
	case PayoutUnderWay:
		return 0
	case PayoutReturned:
		return 2
	}
	return 1
}
