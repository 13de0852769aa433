package chart_test

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/chart"
)

// Two models give ada and bruno different credit; the picture stands in a card of 360
// pixels, with its numbers below it for those who do not see it.
func ExampleDots() {
	picture := chart.Dots{
		Title:  "How models disagree",
		Axis:   chart.Axis{Label: "Credited sales", Format: chart.Money(byline.EUR)},
		Series: []string{"Last touch", "Linear"},
		Rows: []chart.DotRow{
			{Name: "ada", Values: []float64{1_250_00, 980_50}},
			{Name: "bruno", Values: []float64{300_00, 569_50}},
		},
	}
	svg, err := chart.SVG(picture, &chart.Options{Width: 360, ID: "models"})
	fmt.Println(err, strings.Count(string(svg), "<circle"), "circles with the legend's")
	table := picture.Table()
	fmt.Println(strings.Join(table.Header, " | "))
	for _, row := range table.Rows {
		fmt.Println(strings.Join(row, " | "))
	}
	// Output:
	// <nil> 3 circles with the legend's
	// Name | Last touch | Linear
	// ada | 1,250.00 EUR | 980.50 EUR
	// bruno | 300.00 EUR | 569.50 EUR
}
