package chart_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/campaign/chart"
	"github.com/bylinehq/byline/internal/golden"
)

func TestTables(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, c := range append(evil(), dots(), intervals(), lines(), heat(), bars(), chart.Dots{}, chart.Intervals{}, chart.Lines{}, chart.Heat{}, chart.Bars{}) {
		table := c.Table()
		all.WriteString(string(table.HTML()))
		for _, row := range table.Rows {
			if len(row) != len(table.Header) {
				t.Errorf("%T: %d cells under %d headings", c, len(row), len(table.Header))
			}
		}
		data, err := json.Marshal(table)
		require.NoError(t, err)
		var back chart.Table
		require.NoError(t, json.Unmarshal(data, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		if diff := cmp.Diff(string(data), string(again)); diff != "" {
			t.Errorf("%T: JSON and back (-want +got):\n%s", c, diff)
		}
	}
	golden.Equal(t, "tables.html", []byte(all.String()))
}

func TestFigure(t *testing.T) {
	t.Parallel()
	figure, err := chart.Figure(bars(), &chart.Options{ID: "why"})
	require.NoError(t, err)
	svg, err := chart.SVG(bars(), &chart.Options{ID: "why"})
	require.NoError(t, err)
	want := `<figure class="chart-figure">` + string(svg) + "<details><summary>View as table</summary>" + string(bars().Table().HTML()) + "</details></figure>\n"
	if diff := cmp.Diff(want, string(figure)); diff != "" {
		t.Errorf("figure (-want +got):\n%s", diff)
	}
}

// A table of a chart at fault is made of what is there.
func TestTableOfFaults(t *testing.T) {
	t.Parallel()
	c := chart.Heat{Title: "a", Rows: []string{"ada", "bruno"}, Columns: []string{"sale"}, Cells: [][]float64{{1}}}
	if got := len(c.Table().Rows); got != 2 {
		t.Errorf("%d rows", got)
	}
}
