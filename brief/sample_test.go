package brief_test

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

func march(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }

// sent is when the sample briefs are reviewed, a Monday.
func sent() time.Time { return march(2, 9) }

// goodBrief is one in which a review finds nothing, with goodOptions.
func goodBrief() brief.Brief {
	return brief.Brief{
		ID: "spring-ada", Version: 1, Campaign: "spring", Creator: "ada", Title: "Ada tries the demo bottle", Language: "en-US",
		Product: brief.Product{
			Name: "Demo bottle", Benefit: "Keeps tea warm on a long ride", URL: "https://demo.example/bottle", Ties: []disclosure.Tie{disclosure.Paid},
		},
		Brands: []string{"Demo", "@demo"}, Markets: []byline.Market{"US"},
		Audience:  brief.Audience{Who: "People who ride to work", Minors: byline.Known(.04, "share under 18", march(1, 0))},
		Objective: brief.Objective{Goal: brief.Conversion, Sentence: "First orders of the bottle"},
		Message:   "Tea stays warm for a whole commute", Action: "Order with the code",
		Elements: []brief.Element{
			{Kind: brief.ShowProduct, Text: "The bottle in use on the way"},
			{Kind: brief.NameCode, Text: "ADA15", Verbatim: true},
		},
		Disclosures: []brief.Disclosure{{Market: "US", Language: "en", Label: "#ad", Toggle: "Paid partnership label"}},
		Guardrails:  []string{"Nobody drinks while riding"},
		Claims:      []brief.Claim{{Text: "Keeps tea warm for six hours", Kind: brief.General, Proof: []brief.Proof{{Title: "Laboratory test", URL: "https://demo.example/test"}}}},
		Forbidden:   []brief.Phrase{{Text: "unbreakable", Forms: []string{"cannot break"}, Why: "It can"}},
		Angles:      []brief.Angle{{Title: "The coldest ride of the winter", Idea: "What a warm drink changes on the way"}},
		References:  []brief.Reference{{URL: "https://demo.example/example", Why: "It shows the product in passing"}},
		Pieces: []brief.Piece{{
			Deliverable: brief.Deliverable{
				Platform: byline.Instagram, Format: brief.Reel, Count: 2, Posting: byline.Window{Start: march(30, 8), End: march(31, 20)}, Code: "ADA15", Link: "ada",
			},
			Placement: "feed", Length: brief.LengthBand{Min: 30 * time.Second, Max: time.Minute}, Live: 8760 * time.Hour, Tags: []string{"@demo"}, Hashtags: []string{"#ad"},
		}},
		Timeline: brief.Timeline{
			ProductArrives: march(6, 12), DraftsDue: march(13, 12), ApprovalBy: march(27, 17), EmbargoEnds: march(30, 0), CampaignEnds: march(31, 23),
		},
		Approval: brief.Approval{Rounds: 2, Days: 5, Silence: brief.SilenceRejects, Who: []string{"brand manager"}},
		Usage:    []string{"Reposts on the brand's own account for 90 days"},
		Tracking: brief.Tracking{
			Codes: []brief.Code{{Code: "ADA15", Expires: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Offer: "15 % off"}},
			Links: []brief.Link{{Key: "ada", URL: "https://demo.example/?c=ada", UTM: map[string]string{"utm_source": "instagram"}}}, Window: 720 * time.Hour,
		},
		Contact:    brief.Contact{Name: "Dario", Email: "dario@demo.example"},
		Monitoring: brief.Monitoring{Who: "brand manager", Within: 24 * time.Hour, Takedown: 24 * time.Hour, Evidence: true},
		Experience: true, OtherBrands: brief.Excluded, Music: brief.Licensed, Politics: brief.Excluded, Profanity: brief.Excluded,
	}
}

// rulesUS are the built-in rules of one market, so that no other decides a test.
func rulesUS() []disclosure.Rule {
	return slices.DeleteFunc(disclosure.Rules(), func(rule disclosure.Rule) bool { return rule.Market != "US" })
}

func goodOptions() *brief.ReviewOptions {
	return &brief.ReviewOptions{Rules: rulesUS(), Brand: &brief.Calendar{}, Creator: &brief.Calendar{}, Audience: time.UTC}
}

func codesOf(findings []byline.Finding) []string {
	var codes []string
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
