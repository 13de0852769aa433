package multitouch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution/multitouch"
)

// TestSpreadOf looks at some of the models alone, and past those that refused or that
// nobody asked.
func TestSpreadOf(t *testing.T) {
	t.Parallel()
	rows := []multitouch.Journey{{Path: []string{"ada", "bruno"}, Conversions: 4, Nulls: 2}}
	c, err := collect(t, rows).Compare([]multitouch.Model{
		multitouch.FirstTouch{}, multitouch.Linear{}, multitouch.LastTouch{}, multitouch.TimeDecay{},
	}, nil)
	require.NoError(t, err)
	if n := c.Totals.Journeys(); n != 6 {
		t.Errorf("there are %d journeys, want 6", n)
	}
	want := []multitouch.Spread{
		{Channel: "ada", Low: 2, LowModel: "linear", High: 4, HighModel: "first_touch"},
		{Channel: "bruno", Low: 0, LowModel: "first_touch", High: 2, HighModel: "linear"},
	}
	got := c.SpreadOf("linear", "first_touch", "time_decay(168h0m0s)", "markov(1)")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spread mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]multitouch.Spread{{Channel: "ada"}, {Channel: "bruno"}}, c.SpreadOf()); diff != "" {
		t.Errorf("spread of no model (-want +got):\n%s", diff)
	}
}
