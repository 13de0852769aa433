package brief_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func ExampleReview() {
	b := goodBrief() // a brief in which nothing is left to mend
	b.Disclosures[0].Label = "#collab"
	b.Claims = append(b.Claims, brief.Claim{Text: "Tea from it cures colds", Kind: brief.Health})
	b.Tracking.Codes[0].Expires = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)

	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, f := range brief.Review(b, at, &brief.ReviewOptions{Brand: &brief.Calendar{}, Creator: &brief.Calendar{}}) {
		fmt.Printf("%s %s\n  %s\n  %s\n", f.Severity, f.Path, f.Message, f.Fix)
	}
	// Output:
	// blocker disclosures[0].label
	//   “#collab” for the United States: “#collab” does not say clearly enough that this is advertising
	//   Put “#ad” in the video itself, both seen and spoken.
	// blocker claims[1].proof
	//   nothing proves “Tea from it cures colds”, a claim of health
	//   Name the proof, or forbid the claim.
	// warning tracking.codes[0].expires
	//   the code ADA15 ends on Wed 1 Apr 2026 00:00 UTC, and the last post needs it until Thu 30 Apr 2026 20:00 UTC
	//   Extend the code, or post earlier.
}

func ExampleEarliestPost() {
	b := brief.Brief{
		Timeline: brief.Timeline{DraftsDue: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)},
		Approval: brief.Approval{Rounds: 2, Days: 5},
	}
	holiday := brief.Calendar{Holidays: []brief.Date{{Year: 2026, Month: time.March, Day: 10}}}
	plain, _ := brief.EarliestPost(b, brief.Calendar{}, brief.Calendar{})
	later, _ := brief.EarliestPost(b, holiday, brief.Calendar{})
	fmt.Println(plain.Format("Mon 2006-01-02"), "or", later.Format("Mon 2006-01-02"))
	// Output:
	// Mon 2026-03-16 or Tue 2026-03-17
}

func ExampleTemplate_For() {
	template := brief.Template{ID: "spring", Brief: goodBrief()}
	bruno := brief.Variant{
		ID:      "bruno",
		Replace: map[string]json.RawMessage{"creator": []byte(`"bruno"`), "message": []byte(`"Cocoa stays warm too"`)},
		Append:  map[string]json.RawMessage{"guardrails": []byte(`["No helmet, no ride"]`)},
	}
	b, err := template.For(bruno)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range brief.Compare(template.Brief, b) {
		fmt.Println(c.Sentence)
	}
	_, err = template.For(brief.Variant{ID: "cleo", Replace: map[string]json.RawMessage{"mesage": []byte(`"Typo"`)}})
	for _, f := range byline.Nest("", err) {
		fmt.Println(f.Path, f.Code)
	}
	// Output:
	// The creator changes from “ada” to “bruno”.
	// The message changes from “Tea stays warm for a whole commute” to “Cocoa stays warm too”.
	// The guardrail is added: “No helmet, no ride”.
	// variants[0].replace[mesage] variant.field
}
