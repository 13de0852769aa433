package rail

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Request is what the caller sends to a payment service, with its own token.
type Request struct {
	Method    string
	Path      string            // behind the service's base address
	Header    map[string]string // without authorization
	Body      []byte
	Reference string // of the item, or of the request where it holds several
}

// Check returns all that would keep a batch from being written for its rail, the faults
// of contracts.Batch.Check among them. Call it on a batch that is only proposed, before
// anybody approves: behind PostBatch an item that cannot be written has to be posted as
// failed.
func Check(b contracts.Batch) error {
	faults := byline.Nest("", b.Check())
	for i, item := range b.Items {
		for _, f := range itemFaults(b.Rail, item) {
			f.Path = fmt.Sprintf("items[%d].%s", i, f.Path)
			faults = append(faults, f)
		}
	}
	if len(b.Items) > mostItems(b.Rail) {
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

// underWay returns the items of a batch that may go out over a rail.
func underWay(b contracts.Batch, r contracts.Rail) ([]contracts.BatchItem, error) {
	if b.Rail != r {
		return nil, fault("rail", "rail.other")
	}
	if err := Check(b); err != nil {
		return nil, err
	}
	if s := b.State(); s == contracts.BatchProposed || s == contracts.BatchApproved {
		return nil, fault("", "rail.state")
	}
	items := slices.DeleteFunc(slices.Clone(b.Items), func(i contracts.BatchItem) bool { return i.Status != contracts.ItemUnderWay })
	if len(items) == 0 {
		return nil, fault("items", "rail.nothing")
	}
	return items, nil
}
