package chart_test

import (
	"bytes"
	"testing"

	"github.com/bylinehq/byline/campaign/chart"
)

// Whatever the text and the numbers, a picture is well formed and holds no more than
// pictures hold.
func FuzzPictures(f *testing.F) {
	f.Add("ada", hostile, 1.0, -2.5, 320)
	f.Add(rtlName, cjkName, 1e300, -1e300, 700)
	f.Add("", "]]>", none(), 5e-324, 1100)
	f.Fuzz(func(t *testing.T, name, label string, x, y float64, width int) {
		axis := chart.Axis{Label: label, Format: chart.Custom(func(float64) string { return name })}
		values := []float64{x, y, none()}
		series := []string{name, label, name + label}
		for _, c := range []chart.Chart{
			chart.Dots{Title: name, Description: label, Axis: axis, Series: series, Rows: []chart.DotRow{{name, values}, {label, values}}},
			chart.Intervals{Title: name, Axis: chart.Axis{Label: name}, Reference: &chart.Reference{Value: y, Label: label}, Column: name, Rows: []chart.IntervalRow{{name, x, nil, label}}},
			chart.Lines{Title: name, X: axis, Y: chart.Axis{Label: label}, Series: []chart.Line{{Name: name, Points: []chart.Point{{x, y}, {y, x}, {y, y}}}, {Name: label}}, Marks: []chart.Mark{{label, x, y}, {name, y, y}}},
			chart.Heat{Title: name, RowLabel: label, ColumnLabel: name, Rows: []string{name}, Columns: series, Cells: [][]float64{values}},
			chart.Bars{Title: name, Axis: axis, Rows: []chart.Bar{{label, x}, {name, y}}},
		} {
			var b bytes.Buffer
			if err := c.WriteSVG(&b, &chart.Options{Width: width, Standalone: len(label)%2 == 0}); err != nil {
				continue // a fault, and its own test
			}
			sound(t, b.Bytes())
			_ = c.Table().HTML()
		}
	})
}
