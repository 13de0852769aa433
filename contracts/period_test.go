package contracts

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// A month begins when the clocks first show it, where they leave out its midnight too.
func TestStretchesMeetWhereMidnightIsSkipped(t *testing.T) {
	t.Parallel()
	a, err := Draft(Terms{
		ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "spring", Zone: "America/Asuncion",
		Effective: byline.Window{Start: time.Date(2023, 9, 15, 4, 0, 0, 0, time.UTC), End: time.Date(2023, 11, 10, 3, 0, 0, 0, time.UTC)},
		Pay:       Pay{Period: Monthly, Percentages: []Percentage{{ID: "sales", Rate: 12 * Percent}}},
	})
	require.NoError(t, err)
	var got []string
	for _, s := range stretches([]*Agreement{a}, a.terms.Effective.End) {
		got = append(got, s.Start.In(a.Location()).Format(time.DateTime))
	}
	want := []string{"2023-09-15 00:00:00", "2023-10-01 01:00:00", "2023-11-01 00:00:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("periods begin (-want +got):\n%s", diff)
	}
}
