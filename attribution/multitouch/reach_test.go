package multitouch_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
	"github.com/bylinehq/byline/attribution/rank"
)

func TestReach(t *testing.T) {
	t.Parallel()
	rows := []multitouch.Journey{
		{Path: []string{"cleo", "ada", "cleo", "cleo"}, Conversions: 2, Nulls: 5},
		{Path: []string{"ada"}, Conversions: 4294967295, Nulls: 4294967295},
		{Path: []string{"bruno"}, Nulls: 1},
		{Path: []string{"eva"}},
		{Conversions: 9},
	}
	want := []multitouch.Reach{
		{Channel: "ada", Journeys: 2*4294967295 + 7, Conversions: 4294967297, Nulls: 4294967300},
		{Channel: "bruno", Journeys: 1, Nulls: 1},
		{Channel: "cleo", Journeys: 7, Conversions: 2, Nulls: 5},
	}
	if diff := cmp.Diff(want, collect(t, rows).Reach()); diff != "" {
		t.Errorf("reach mismatch (-want +got):\n%s", diff)
	}
	if got := collect(t, nil).Reach(); len(got) != 0 {
		t.Errorf("nobody was touched: %+v", got)
	}
}

// One who is touched by rows of one number in two blocks is touched twice.
func TestReachBlocks(t *testing.T) {
	t.Parallel()
	rows := []multitouch.Journey{{Path: []string{"ada"}, Conversions: 1}}
	for range 1<<15 - 1 {
		rows = append(rows, multitouch.Journey{Path: []string{"bruno"}, Nulls: 1})
	}
	rows = append(rows, rows[0])
	if got := collect(t, rows).Reach()[0]; got.Journeys != 2 || got.Conversions != 2 {
		t.Errorf("%+v", got)
	}
}

// Over many blocks it is what a count by hand gives.
func TestReachByHand(t *testing.T) {
	t.Parallel()
	rows := aged(40_000, 3)
	counted := map[string]multitouch.Reach{}
	for _, row := range rows {
		seen := map[string]bool{}
		for _, name := range row.Path {
			if r := counted[name]; !seen[name] {
				seen[name] = true
				counted[name] = multitouch.Reach{Channel: name, Journeys: r.Journeys + row.Conversions + row.Nulls, Conversions: r.Conversions + row.Conversions, Nulls: r.Nulls + row.Nulls}
			}
		}
	}
	j := collect(t, rows)
	got := j.Reach()
	for i, r := range got {
		if diff := cmp.Diff(counted[r.Channel], r); diff != "" || r.Channel != j.Channels()[i] {
			t.Errorf("%s: mismatch (-want +got):\n%s", r.Channel, diff)
		}
	}
	if len(got) != len(counted) {
		t.Errorf("%d channels, want %d", len(got), len(counted))
	}
}

// Whose journeys convert the most? A ranking takes the counts as trials and successes, so
// that one conversion of one journey does not lead.
func ExampleJourneys_Reach() {
	journeys, err := multitouch.NewJourneys(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range []multitouch.Journey{
		{Path: []string{"ada"}, Conversions: 60, Nulls: 540},
		{Path: []string{"ada", "bruno"}, Conversions: 30, Nulls: 370},
		{Path: []string{"cleo"}, Conversions: 40, Nulls: 160},
		{Path: []string{"dario", "ella"}, Conversions: 12, Nulls: 388},
		{Path: []string{"ella"}, Conversions: 9, Nulls: 91},
		{Path: []string{"finn"}, Conversions: 1},
	} {
		if err := journeys.Add(row); err != nil {
			fmt.Println(err)
			return
		}
	}
	var trials []rank.Trials
	for _, r := range journeys.Reach() {
		trials = append(trials, rank.Trials{CreatorID: byline.CreatorID(r.Channel), Successes: r.Conversions, Trials: r.Journeys})
	}
	ranking, err := rank.Rates(trials, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range ranking.Creators {
		fmt.Printf("%s %.2f\n", c.CreatorID, c.Mean)
	}
	// Output:
	// cleo 0.19
	// finn 0.13
	// ada 0.09
	// bruno 0.08
	// ella 0.04
	// dario 0.03
}
