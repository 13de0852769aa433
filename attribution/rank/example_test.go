package rank_test

import (
	"fmt"

	"github.com/bylinehq/byline/attribution/rank"
)

// Orders of clicks of one season. Ida's one order of one click is the highest raw rate, and
// says the least.
func ExampleRates() {
	r, err := rank.Rates([]rank.Trials{
		{CreatorID: "ada", Successes: 60, Trials: 1000},
		{CreatorID: "bruno", Successes: 9, Trials: 400},
		{CreatorID: "cleo", Successes: 41, Trials: 1200},
		{CreatorID: "dario", Successes: 12, Trials: 150},
		{CreatorID: "ella", Successes: 20, Trials: 900},
		{CreatorID: "finn", Successes: 2, Trials: 310},
		{CreatorID: "gaia", Successes: 70, Trials: 2500},
		{CreatorID: "hugo", Successes: 55, Trials: 800},
		{CreatorID: "ida", Successes: 1, Trials: 1},
		{CreatorID: "juno"}, // posts next week for the first time
	}, &rank.Options{Top: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(r.Explain())
	// Output:
	// The prior was learnt from 9 creators: mean 4.13%, standard deviation 2.31%, worth 73.33 trials.
	// Higher is better; the true value lies in the brackets with a chance of 95%.
	// 1. dario: 6.73% (3.83% to 10.4%; raw 8%, 67% own data), 79% to be in the top 3
	// 2. hugo: 6.64% (5.09% to 8.39%; raw 6.88%, 92% own data), 89% to be in the top 3
	// 3. ada: 5.87% (4.55% to 7.35%; raw 6%, 93% own data), 68% to be in the top 3
	// 4. ida: 5.42% (1.53% to 11.5%; raw 100%, 1% own data), 42% to be in the top 3
	// 5. juno: 4.13% (0.881% to 9.69%; no data, the prior alone), 22% to be in the top 3
	// 6. cleo: 3.46% (2.53% to 4.53%; raw 3.42%, 94% own data), under 1% to be in the top 3
	// 7. gaia: 2.84% (2.23% to 3.51%; raw 2.8%, 97% own data), under 1% to be in the top 3
	// 8. bruno: 2.54% (1.32% to 4.14%; raw 2.25%, 85% own data), under 1% to be in the top 3
	// 9. ella: 2.37% (1.51% to 3.41%; raw 2.22%, 92% own data), under 1% to be in the top 3
	// 10. finn: 1.31% (0.43% to 2.67%; raw 0.645%, 81% own data), under 1% to be in the top 3
	// warning: the prior is learnt from fewer than 10 creators, so the intervals are too narrow
}
