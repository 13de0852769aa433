package attribution_test

import (
	"fmt"

	"github.com/bylinehq/byline/attribution"
)

// A policy that is valid may still be unwise.
func ExamplePolicy_Lint() {
	policy, err := attribution.ParsePolicy([]byte(`{
		"version": "autumn/2",
		"rules": [
			{"evidence": ["manual"]},
			{"evidence": ["code"], "needs": "any_click"},
			{"evidence": ["click", "utm"], "window_days": 30},
			{"evidence": ["click"], "window_days": 7}
		]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range policy.Lint() {
		fmt.Printf("%s: %s: %s\n", f.Severity, f.Path, f.Message)
	}
	// Output:
	// warning: rules[1].needs: people who hear a code in a video often type it without a click: such orders earn the code's owner nothing, though they brought them
	// warning: rules[3]: this rule never credits anyone: all that it accepts is taken before it, by rules[2]
}

// A slip in a policy would change who is paid, so it is refused.
func ExampleParsePolicy() {
	_, err := attribution.ParsePolicy([]byte(`{"version": "autumn/2", "click_windw_days": 7, "cool_down_days": -1}`))
	fmt.Println(err)
	// Output: click_windw_days: a policy has no such field here; names are in lower case; cool_down_days: must be 0 to 3650 days
}
