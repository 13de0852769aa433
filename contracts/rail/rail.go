package rail

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Request is what the caller sends to a payment service, with its own token.
type Request struct {
	Reference string            `json:"reference"` // of the item, or of the request where it holds several
	Method    string            `json:"method"`
	Path      string            `json:"path"`   // behind the service's base address
	Header    map[string]string `json:"header"` // without authorization
	Body      string            `json:"body"`
}

// Check returns all that would keep a batch from being written for its rail, the faults
// of contracts.Batch.Check among them. Call it on a batch that is only proposed, before
// anybody approves: behind PostBatch an item that cannot be written has to be posted as
// failed. [Writable] keeps such items out of a batch.
func Check(b contracts.Batch) error {
	return check(b, func(contracts.BatchItem) bool { return true })
}

// Writable returns what contracts.BatchOptions.Writable asks for: a check of one item, with
// the faults that [Check] would find in it.
func Writable(r contracts.Rail) func(contracts.BatchItem) error {
	return func(item contracts.BatchItem) error { return byline.Faults(itemFaults(r, item)) }
}

// check looks at the batch, and at the items that count.
func check(b contracts.Batch, counts func(contracts.BatchItem) bool) error {
	faults := byline.Nest("", b.Check())
	counted := 0
	for i, item := range b.Items {
		if !counts(item) {
			continue
		}
		counted++
		for _, f := range itemFaults(b.Rail, item) {
			f.Path = fmt.Sprintf("items[%d].%s", i, f.Path)
			faults = append(faults, f)
		}
	}
	if counted > mostItems(b.Rail) {
		faults = append(faults, fault("items", "rail.count"))
	}
	return byline.Faults(faults)
}

func itemFaults(r contracts.Rail, item contracts.BatchItem) (faults []*byline.FieldError) {
	switch r {
	case contracts.RailSEPA:
		if name, ok := sepaText(item.Payee.Name); !ok {
			faults = append(faults, fault("payee.name", "rail.alphabet"))
		} else if len(name) > maxSEPAName {
			faults = append(faults, fault("payee.name", "rail.text"))
		}
		if item.Net.Minor() > maxSEPA {
			faults = append(faults, fault("net", "rail.amount"))
		}
	case contracts.RailStripe:
		if _, ok := stripeUnits(item.Net); !ok {
			faults = append(faults, fault("net", "rail.amount"))
		}
	case contracts.RailPayPal:
		if !paypalCarries(item.Net.Currency()) {
			faults = append(faults, fault("net", "rail.currency"))
		} else if _, ok := paypalValue(item.Net); !ok {
			faults = append(faults, fault("net", "rail.amount"))
		}
	}
	return faults
}

func mostItems(r contracts.Rail) int {
	if r == contracts.RailPayPal {
		return maxPayPalItems
	}
	return maxRows
}

// underWay returns the items of a batch that may go out over a rail. The others keep none
// of them back.
func underWay(b contracts.Batch, r contracts.Rail) ([]contracts.BatchItem, error) {
	if b.Rail != r {
		return nil, fault("rail", "rail.other")
	}
	goesOut := func(i contracts.BatchItem) bool { return i.Status == contracts.ItemUnderWay }
	if err := check(b, goesOut); err != nil {
		return nil, err
	}
	if s := b.State(); !b.Posted || s == contracts.BatchProposed || s == contracts.BatchApproved {
		return nil, fault("", "rail.state")
	}
	items := slices.DeleteFunc(slices.Clone(b.Items), func(i contracts.BatchItem) bool { return !goesOut(i) })
	if len(items) == 0 {
		return nil, fault("items", "rail.nothing")
	}
	return items, nil
}
