package hubspot_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/hubspot"
)

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	table := attributiontest.CodeTable{
		Prefix: "hubspot.", Codes: hubspot.Codes(), Meaning: hubspot.Meaning,
		Elsewhere: []string{"hubspot.pointer"}, // see TestFetchOfPointersThatPointElsewhere
	}
	for _, tt := range faultyChanges {
		table.Met = append(table.Met, tt.want)
	}
	for _, tt := range faultyRecords {
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
