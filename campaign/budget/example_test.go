package budget_test

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/budget"
	"github.com/bylinehq/byline/campaign/response"
)

func ExampleAllocate() {
	lines := []budget.Line{
		{ID: "ada", Curve: response.MichaelisMenten{Ceiling: 900, Half: 800}},
		{ID: "bruno", Curve: response.Log{Scale: 150, Spread: 200}},
		// An S: nothing much happens below a thousand.
		{ID: "cleo", Curve: response.Hill{Ceiling: 1200, Half: 1500, Shape: 3}, Ceiling: byline.Minor(200_000, byline.EUR)},
	}
	a, err := budget.Allocate(lines, byline.Minor(450_000, byline.EUR), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Explain())
	// Output:
	// 4500.00 EUR of 4500.00 EUR is allocated and brings 1699.95; an even split brings 1507.97.
	// No other split within the limits brings even a billionth more.
	// ada gets 1549.74 EUR, which brings 593.6.
	// bruno gets 950.26 EUR, which brings 262.4.
	// cleo gets 2000.00 EUR, which brings 844.
	// - the next EUR would bring 0.1304.
	// - the ceiling of cleo binds: one more EUR would bring 0.3754 there and 0.1304 elsewhere; without the ceiling up to 92.82 more, at about 2914.54 EUR.
}

func ExampleDivide() {
	arms := []budget.Arm{
		{ID: "ada", Beta: &budget.Beta{Alpha: 31, Beta: 971}},
		{ID: "bruno", Beta: &budget.Beta{Alpha: 26, Beta: 976}},
		{ID: "cleo", Beta: &budget.Beta{Alpha: 11, Beta: 991}}, // by now nearly out, but for its floor
	}
	shares, _, err := budget.Divide(arms, byline.Minor(100_000, byline.EUR), budget.Thompson{Seed: 1, Floor: 0.05, Step: byline.Minor(1000, byline.EUR)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range shares {
		fmt.Println(s.ID, s.Amount)
	}
	// Output:
	// ada 700.00 EUR
	// bruno 250.00 EUR
	// cleo 50.00 EUR
}
