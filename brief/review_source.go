package brief

import (
	"time"

	"github.com/bylinehq/byline"
)

// checkRule is the source of a check. Checks of sense alone, as that an embargo ends before
// a post, need none.
func checkRule(check string) (byline.Rule, bool) {
	rule := byline.Rule{ID: "brief." + check, ReadAt: time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC), Confidence: byline.Secondary}
	switch check {
	case "B01":
		rule.Instrument, rule.Source = "practice: vague deliverables are the most common dispute", "influencerfee"
	case "B03":
		rule.Instrument, rule.Source = "FTC Endorsement Guides: an endorser may not claim what the brand could not", "ftc.gov, what people are asking"
		rule.Market, rule.Confidence = "US", byline.Primary
	case "B06":
		rule.Instrument, rule.Source = "practice: five business days a review, two rounds", "business-in-a-box; Influencer Marketing Hub"
	case "B10":
		rule.Instrument, rule.Source = "practice: terms of campaigns", "collectivelyinc"
	case "B11":
		rule.Instrument, rule.Source, rule.Confidence = "platforms' libraries of music for commercial use", "not confirmed", byline.Recalled
	case "B12":
		rule.Instrument, rule.Source = "practice: terms of campaigns", "izea master terms"
	case "B13":
		rule.Instrument, rule.Source = "FTC staff paper on advertising to children; Canadian guidelines of 2025", "ftc.gov; research of 2026-11-22"
	case "B14":
		rule.Instrument, rule.Source = "the brand answers for posts in NL, GB and US", "research of 2026-11-22"
	case "B15":
		rule.Instrument, rule.Source = "the burden of proof in DE, GB and US", "research of 2026-11-22"
	default:
		return byline.Rule{}, false
	}
	return rule, true
}

// experienceRules are what asks that an endorser has used the product: 16 CFR 255.1(c), and
// the Indian Endorsements Know-hows. Read on 2026-11-22.
func experienceRules() []byline.Rule {
	read := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)
	return []byline.Rule{
		{ID: "IN.experience", Market: "IN", Instrument: "Endorsements Know-hows of the CCPA", Source: "research of 2026-11-22", ReadAt: read, Confidence: byline.Secondary},
		{ID: "US.experience", Market: "US", Instrument: "16 CFR 255.1(c), Endorsement Guides", Source: "not confirmed", ReadAt: read, Confidence: byline.Recalled},
	}
}
