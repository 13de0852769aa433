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
	// The prior was learnt from 9 creators: mean 0.0413, standard deviation 0.02308, worth 73.33 trials.
	// 1. dario: 0.06729 (0.03835 to 0.1035; raw 0.08, 67% own data), 79% to be in the top 3
	// 2. hugo: 0.06644 (0.0509 to 0.08387; raw 0.06875, 92% own data), 89% to be in the top 3
	// 3. ada: 0.05872 (0.04546 to 0.07354; raw 0.06, 93% own data), 68% to be in the top 3
	// 4. ida: 0.05419 (0.01526 to 0.1155; raw 1, 1% own data), 42% to be in the top 3
	// 5. juno: 0.0413 (0.008808 to 0.09693; no data, the prior alone), 22% to be in the top 3
	// 6. cleo: 0.03458 (0.02526 to 0.04528; raw 0.03417, 94% own data), under 1% to be in the top 3
	// 7. gaia: 0.02838 (0.02232 to 0.03513; raw 0.028, 97% own data), under 1% to be in the top 3
	// 8. bruno: 0.02541 (0.01324 to 0.04136; raw 0.0225, 85% own data), under 1% to be in the top 3
	// 9. ella: 0.02366 (0.01508 to 0.03409; raw 0.02222, 92% own data), under 1% to be in the top 3
	// 10. finn: 0.01312 (0.004301 to 0.02668; raw 0.006452, 81% own data), under 1% to be in the top 3
	// warning: the prior is learnt from fewer than 10 creators, so the intervals are too narrow
}
