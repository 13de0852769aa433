package contracts

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// UnmarshalJSON reads a batch and checks it: what Check refuses is refused with the same
// faults. A store is trusted with who approved; nothing in a batch is signed.
func (b *Batch) UnmarshalJSON(data []byte) error {
	type bare Batch
	var read bare
	if err := json.Unmarshal(data, &read); err != nil {
		return err
	}
	if err := Batch(read).Check(); err != nil {
		return err
	}
	*b = Batch(read)
	return nil
}

// Check returns all that is wrong with a batch. Beside the faults of [Propose] about its
// head, and those of [Payee.Check], these are of its items: "batch.reference" for one that
// is not its PayoutReference, "batch.item_twice", "batch.amount" when gross is not
// withheld and a positive net together, in one currency, "batch.currency" for one that the
// rail does not carry, "batch.text" for a creator that is not UTF-8, "batch.status" for a
// status that is unknown, and "batch.unapproved" for one that moved although the approvals
// of the batch do not hold.
func (b Batch) Check() error {
	faults := b.headFaults()
	seen := map[string]bool{}
	approved := len(b.holding()) >= neededApprovals
	for i, item := range b.Items {
		at := fmt.Sprintf("items[%d]", i)
		add := func(field, code, message string) {
			faults = append(faults, &byline.FieldError{Path: at + field, Code: code, Message: message})
		}
		if item.Creator == "" || item.Reference != PayoutReference(b.ID, item.Creator, item.Net.Currency()) {
			add(".reference", "batch.reference", "the reference is of another batch, creator or currency")
		}
		if !utf8.ValidString(string(item.Creator)) {
			add(".creator", "batch.text", notUTF8)
		}
		if seen[item.Reference] {
			add("", "batch.item_twice", "the balance of this creator and currency stands twice")
		}
		seen[item.Reference] = true
		if !item.adds() {
			add(".net", "batch.amount", "gross is what is withheld and what is paid together")
		}
		if b.Rail == RailSEPA && item.Net.Currency() != byline.EUR {
			add(".net", "batch.currency", "this rail carries EUR alone")
		}
		switch {
		case !item.Status.known():
			add(".status", "batch.status", "not a status of an item")
		case item.Status != ItemPlanned && !approved:
			add(".status", "batch.unapproved", "the item moved without the approval of two people")
		}
		if b.Rail.known() {
			faults = append(faults, byline.Nest(at+".payee", item.Payee.Check(b.Rail))...)
		}
	}
	return byline.Faults(faults)
}

// adds reports whether the item's amounts are good and sum up.
func (i BatchItem) adds() bool {
	sum, err := i.Withheld.Add(i.Net)
	return err == nil && sum == i.Gross && i.Gross.Currency().Known() && i.Withheld.Currency() == i.Net.Currency() &&
		i.Withheld.Sign() >= 0 && i.Net.Sign() > 0
}
