package disclosure_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// draft is what is known of a picture that ada will publish for a demo brand.
func draft(caption string) disclosure.Post {
	return disclosure.Post{
		At: time.Date(2026, time.November, 24, 18, 0, 0, 0, time.UTC), Platform: byline.Blog, Medium: disclosure.Image,
		Markets: []byline.Market{"US"}, Language: "en", Ties: []disclosure.Tie{disclosure.Paid}, Brands: []string{"Acme"},
		NoCategory: true, NoMark: true, Texts: []disclosure.Passage{{Where: disclosure.Caption, Text: caption}},
	}
}

func onlyUS() []disclosure.Rule {
	return slices.DeleteFunc(disclosure.Rules(), func(r disclosure.Rule) bool { return r.ID != "US" })
}

func ExampleEvaluate() {
	for _, caption := range []string{"Love this #adidas fit", "#spon Love this fit", "#ad Love this fit"} {
		fmt.Println(disclosure.Evaluate(draft(caption), onlyUS()).Status)
	}
	// Output:
	// violation
	// violation
	// no_known_issue
}

func ExampleAssessment_Explain() {
	fmt.Print(disclosure.Evaluate(draft("Thanks Acme! Love this serum"), onlyUS()).Explain())
	// Output:
	// At least one rule is not kept.
	// - US.label, violation: a connection with the brand is disclosed clearly and conspicuously, where the endorsement is and without a click.
	//   “Thanks Acme” does not say clearly enough that this is advertising. Put “#ad” within the first 3 lines, before the text is cut off, not behind other hashtags.
	//   Source: 16 CFR 255, Endorsement Guides under section 5 of the FTC Act (primary), in force since 26 July 2023.
}

func ExampleSuggest() {
	for _, s := range disclosure.Suggest(draft(""), onlyUS())[:3] {
		fmt.Println(s.Label)
	}
	// Output:
	// #ad
	// ad
	// advertisement
}

func ExampleChanges() {
	from := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	var american []disclosure.Rule
	for _, rule := range disclosure.Rules() {
		if rule.Market == "US" {
			american = append(american, rule)
		}
	}
	for _, change := range disclosure.Changes(from, from.AddDate(1, 0, 0), american) {
		fmt.Println(change.At.Format(time.DateOnly), change.Rule.Says)
	}
	// Output: 2026-06-09 a synthetic performer in an advertisement is disclosed conspicuously
}
