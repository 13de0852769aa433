package response_test

import (
	"fmt"

	"github.com/bylinehq/byline/campaign/response"
)

func ExampleFitCurve() {
	// Twelve months of spend on one creator and the orders that came of it.
	var observations []response.Observation
	orders := []float64{12, 21, 30, 36, 44, 47, 53, 55, 60, 61, 66, 66}
	for i, n := range orders {
		observations = append(observations, response.Observation{Spend: 100 * float64(i+1), Outcome: n})
	}
	fit, err := response.FitCurve(observations, response.MichaelisMentenFamily, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range fit.Parameters {
		fmt.Printf("%s %.0f, between %.0f and %.0f\n", p.Name, p.Value, *p.Low, *p.High)
	}
	fmt.Printf("one more euro at 500 brings %.3f orders, at 1200 %.3f\n", fit.Curve.Slope(500), fit.Curve.Slope(1200))
	// Output:
	// ceiling 115, between 107 and 124
	// half 846, between 739 and 974
	// one more euro at 500 brings 0.053 orders, at 1200 0.023
}

func ExampleParseCurve() {
	curve, err := response.ParseCurve([]byte(`{"curve":"hill","ceiling":1200,"half":1500,"shape":3}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.0f at 1500, and %.0f at 3000\n", curve.At(1500), curve.At(3000))
	fmt.Printf("concave: %t, S-shaped up to %.0f\n", response.Concave(curve), curve.Inflection())
	// Output:
	// 600 at 1500, and 1067 at 3000
	// concave: false, S-shaped up to 1191
}
