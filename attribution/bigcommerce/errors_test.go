package bigcommerce_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/bigcommerce"
)

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	table := attributiontest.CodeTable{
		Prefix: "bigcommerce.", Codes: bigcommerce.Codes(), Meaning: bigcommerce.Meaning,
		// See TestFetchOfPointersThatPointElsewhere and TestFetchOfAnOrderThatIsNotThere.
		Elsewhere: []string{"bigcommerce.pointer", "bigcommerce.gone"},
	}
	for _, tt := range faultyNotices {
		table.Met = append(table.Met, tt.want)
	}
	for _, tt := range faultyOrders {
		table.Met = append(table.Met, tt.want)
	}
	for _, tt := range wrongly() {
		for _, want := range tt.want {
			if want != "identity.key identity.key" {
				table.Met = append(table.Met, []string{want})
			}
		}
	}
	attributiontest.TestCodes(t, table)
}
